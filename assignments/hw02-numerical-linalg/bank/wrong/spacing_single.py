"""The spacing of float32.

replaces: spacing
fails: spacing-number
"""
spacing = "2**-14"
