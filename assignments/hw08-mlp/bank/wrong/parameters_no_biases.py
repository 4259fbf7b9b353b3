"""Weights only.

replaces: parameter_count
fails: parameter_count-formula parameter_count-at_ones
"""
parameter_count = "d*m + 2*m**2 + 2*m*k"
