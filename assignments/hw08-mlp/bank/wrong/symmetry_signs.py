"""Signs only.

replaces: symmetry_count
fails: symmetry_count-value
"""
symmetry_count = 64
