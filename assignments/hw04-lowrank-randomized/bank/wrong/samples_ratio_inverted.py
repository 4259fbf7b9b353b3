"""The other way round.

replaces: samples_ratio
fails: samples_ratio-number
"""
samples_ratio = 17 / 66
