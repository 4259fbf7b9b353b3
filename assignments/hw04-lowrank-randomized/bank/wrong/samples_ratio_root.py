"""The root: of the errors, not of their squares.

replaces: samples_ratio
fails: samples_ratio-number
"""
samples_ratio = (66 / 17) ** 0.5
