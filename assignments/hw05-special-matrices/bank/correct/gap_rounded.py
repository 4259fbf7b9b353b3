"""Three digits.

replaces: spectral_gap
"""
spectral_gap = 0.067
