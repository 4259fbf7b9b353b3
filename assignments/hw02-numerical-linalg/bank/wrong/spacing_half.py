"""Half of it: the rounding error.

replaces: spacing
fails: spacing-number
"""
spacing = "2**-44"
