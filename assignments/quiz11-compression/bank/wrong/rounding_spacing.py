"""Gives the distance of the levels.

replaces: rounding
fails: rounding-value
"""
low, high, b = rounding_numbers(attempt).values()
rounding = (high - low) / (2**b - 1)
