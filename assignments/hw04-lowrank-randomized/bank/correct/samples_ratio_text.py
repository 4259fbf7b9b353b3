"""As a text.

replaces: samples_ratio
"""
samples_ratio = "66 / 17"
