"""The singular value is not squared.

replaces: logistic_constant
fails: logistic_constant-formula
"""
logistic_constant = "s / (2 * n)"
