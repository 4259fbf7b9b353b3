"""The answer for the numbers of another attempt.

replaces: posterior
"""
attempt = 139
prior, found, false = posterior_numbers(attempt).values()
posterior = prior * found / (prior * found + (1 - prior) * false)
