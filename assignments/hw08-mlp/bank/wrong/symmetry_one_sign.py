"""One sign for the whole layer.

replaces: symmetry_count
fails: symmetry_count-value
"""
symmetry_count = 1440
