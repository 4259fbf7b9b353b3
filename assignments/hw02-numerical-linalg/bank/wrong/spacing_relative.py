"""1000 eps.

replaces: spacing
fails: spacing-number
"""
spacing = 1000 * 2.0**-52
