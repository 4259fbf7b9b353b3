"""n / r, as for many rows.

replaces: sketch_ratio
fails: sketch_ratio-formula
"""
sketch_ratio = "1 + n / r"
