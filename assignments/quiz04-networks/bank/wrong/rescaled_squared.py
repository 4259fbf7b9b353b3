"""Divides twice.

replaces: rescaled
fails: rescaled-value
"""
g, c = rescaled_numbers(attempt).values()
rescaled = g / c**2
