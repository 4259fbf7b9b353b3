"""Takes the gradient for unchanged.

replaces: rescaled
fails: rescaled-value
"""
g, c = rescaled_numbers(attempt).values()
rescaled = g
