"""For y = 1 alone.

replaces: bernoulli_slope
fails: bernoulli_slope-formula
"""
bernoulli_slope = "-1 / (1 + exp(z))"
