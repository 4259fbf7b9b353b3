"""The walk that never stays.

replaces: spectral_gap
fails: spectral_gap-number
"""
spectral_gap = "1 - cos(pi/6)"
