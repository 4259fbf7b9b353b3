"""exp(-s) instead of its square.

replaces: spread_slope
fails: spread_slope-formula
"""
spread_slope = "1 - r**2 * exp(-s)"
