"""Right at the visible point: the trace is forgotten.

replaces: sketch_ratio
fails: sketch_ratio-formula
"""
sketch_ratio = "1 + 1 / (r - n - 1)"
