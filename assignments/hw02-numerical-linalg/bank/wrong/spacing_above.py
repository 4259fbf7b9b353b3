"""The spacing at 1024.

replaces: spacing
fails: spacing-number
"""
spacing = "2**-42"
