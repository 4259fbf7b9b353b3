"""A quotient.

replaces: spread_slope
"""
spread_slope = "1 - r^2 / exp(2*s)"
