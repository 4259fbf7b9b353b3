"""Two factors.

replaces: spread_slope
"""
spread_slope = "(1 - r*exp(-s)) * (1 + r*exp(-s))"
