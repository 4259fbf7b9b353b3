"""The same polynomial, expanded.

replaces: slope
"""
slope = "2*m - 2*x"
