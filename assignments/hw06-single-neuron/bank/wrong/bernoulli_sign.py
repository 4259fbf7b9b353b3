"""The sign.

replaces: bernoulli_slope
fails: bernoulli_slope-formula
"""
bernoulli_slope = "y - 1 / (1 + exp(-z))"
