"""As one fraction.

replaces: sketch_ratio
"""
sketch_ratio = "(r - 1)/(r - n - 1)"
