"""One term per label.

replaces: bernoulli_slope
"""
bernoulli_slope = "(1 - y) * exp(z) / (1 + exp(z)) - y / (exp(z) + 1)"
