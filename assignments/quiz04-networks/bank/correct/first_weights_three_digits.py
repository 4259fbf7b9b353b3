"""Rounded to three digits.

replaces: first_weights
"""
n, m = first_weights_numbers(attempt).values()
first_weights = f"{np.sqrt(2 / n):.3g}"
