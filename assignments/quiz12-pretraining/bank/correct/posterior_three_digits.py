"""Rounded to three digits.

replaces: posterior
"""
prior, found, false = posterior_numbers(attempt).values()
posterior = f"{prior * found / (prior * found + (1 - prior) * false):.3g}"
