"""Multiplies instead of dividing.

replaces: rescaled
fails: rescaled-value
"""
g, c = rescaled_numbers(attempt).values()
rescaled = g * c
