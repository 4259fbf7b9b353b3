"""In percent.

replaces: posterior
"""
prior, found, false = posterior_numbers(attempt).values()
posterior = f"{100 / (1 + (1 - prior) * false / (prior * found))} %"
