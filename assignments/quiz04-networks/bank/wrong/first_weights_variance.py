"""Gives the variance.

replaces: first_weights
fails: first_weights-value
"""
n, m = first_weights_numbers(attempt).values()
first_weights = 2 / n
