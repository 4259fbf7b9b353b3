"""The smaller value first.

replaces: swap_values
fails: swap_values-both
"""
swap_values = [2, 5]
