"""Three digits.

replaces: samples_ratio
"""
samples_ratio = 3.88
