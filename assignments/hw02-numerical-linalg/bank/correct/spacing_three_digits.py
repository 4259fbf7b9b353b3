"""Three digits, rightly rounded: 0.3 % off.

replaces: spacing
"""
spacing = "1.14e-13"
