"""The logarithm of the normaliser is forgotten.

replaces: spread_slope
fails: spread_slope-formula
"""
spread_slope = "-r**2 * exp(-2*s)"
