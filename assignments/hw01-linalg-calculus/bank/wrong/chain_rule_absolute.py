"""The root of the square of x is not x where x is negative.

replaces: chain_rule
fails: chain_rule-formula
"""
chain_rule = "2*sqrt(x**2)*cos(x**2)"
