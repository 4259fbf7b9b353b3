"""The derivative with respect to the logarithm of the variance, doubled by mistake.

replaces: spread_slope
fails: spread_slope-formula
"""
spread_slope = "1/2 - r**2 * exp(-2*s) / 2"
