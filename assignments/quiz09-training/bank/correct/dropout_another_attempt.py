"""The answer for the numbers of another attempt.

replaces: dropout
"""
attempt = 106
x, p = dropout_numbers(attempt).values()
dropout = x**2 * (1 - p) / p
