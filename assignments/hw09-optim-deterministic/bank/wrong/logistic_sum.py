"""A sum over the examples, not a mean.

replaces: logistic_constant
fails: logistic_constant-formula
"""
logistic_constant = "s**2 / 4"
