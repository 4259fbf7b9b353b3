"""A number where a function is asked.

replaces: logistic_constant
fails: logistic_constant-formula
"""
logistic_constant = "1"
