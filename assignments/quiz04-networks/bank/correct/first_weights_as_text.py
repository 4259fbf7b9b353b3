"""A formula as a text.

replaces: first_weights
"""
n, m = first_weights_numbers(attempt).values()
first_weights = f"sqrt(2/{n})"
