"""Four digits.

replaces: spacing
"""
spacing = "1.137e-13"
