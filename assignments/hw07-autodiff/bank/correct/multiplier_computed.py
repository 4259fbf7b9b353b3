"""Computed, as a floating-point number.

replaces: multiplier
"""
x = 1.0
h1 = x**2
multiplier = 2 * (3 * h1 + x * h1) * (3 + x)
