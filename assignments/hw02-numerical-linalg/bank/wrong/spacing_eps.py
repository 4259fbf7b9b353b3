"""The spacing at 1.

replaces: spacing
fails: spacing-number
"""
spacing = 2.0**-52
