"""Gives the standard deviation.

replaces: dropout
fails: dropout-value
"""
x, p = dropout_numbers(attempt).values()
right = x**2 * (1 - p) / p
dropout = np.sqrt(right)
