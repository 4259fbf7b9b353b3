"""The sign.

replaces: spread_slope
fails: spread_slope-formula
"""
spread_slope = "r**2 * exp(-2*s) - 1"
