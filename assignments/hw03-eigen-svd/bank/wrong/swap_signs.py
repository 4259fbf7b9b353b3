"""A negative singular value.

replaces: swap_values
fails: swap_values-both
"""
swap_values = [5, -2]
