"""Does not divide.

replaces: posterior
fails: posterior-value
"""
prior, found, false = posterior_numbers(attempt).values()
posterior = prior * found
