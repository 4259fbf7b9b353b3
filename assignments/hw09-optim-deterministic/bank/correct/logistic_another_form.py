"""The same with a power of one half.

replaces: logistic_constant
"""
logistic_constant = "(s/2)^2/n"
