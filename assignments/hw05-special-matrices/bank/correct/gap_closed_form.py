"""With a root.

replaces: spectral_gap
"""
spectral_gap = "(2 - sqrt(3)) / 4"
