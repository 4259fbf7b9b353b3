"""The eigenvalue instead of the gap.

replaces: spectral_gap
fails: spectral_gap-number
"""
spectral_gap = "(1 + cos(pi/6)) / 2"
