"""Gives the mean square.

replaces: dropout
fails: dropout-value
"""
x, p = dropout_numbers(attempt).values()
dropout = x**2 / p
