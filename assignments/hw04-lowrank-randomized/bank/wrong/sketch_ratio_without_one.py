"""Only what is added to one.

replaces: sketch_ratio
fails: sketch_ratio-formula
"""
sketch_ratio = "n / (r - n - 1)"
