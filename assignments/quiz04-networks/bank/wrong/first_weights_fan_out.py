"""Counts the outputs.

replaces: first_weights
fails: first_weights-value
"""
n, m = first_weights_numbers(attempt).values()
first_weights = np.sqrt(2 / m)
