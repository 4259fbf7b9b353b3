"""The derivative with respect to p.

replaces: bernoulli_slope
fails: bernoulli_slope-formula
"""
bernoulli_slope = "-y * (1 + exp(-z)) + (1 - y) * (1 + exp(z))"
