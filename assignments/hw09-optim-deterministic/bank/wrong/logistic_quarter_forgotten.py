"""The largest slope of the sigmoid taken for 1.

replaces: logistic_constant
fails: logistic_constant-formula
"""
logistic_constant = "s**2 / n"
