"""The value at the point that is shown.

replaces: bernoulli_slope
fails: bernoulli_slope-formula
"""
bernoulli_slope = "-1/2"
