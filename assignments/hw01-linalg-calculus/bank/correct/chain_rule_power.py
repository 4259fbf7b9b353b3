"""With ^ and a sum.

replaces: chain_rule
"""
chain_rule = "x*(cos(x^2) + cos(x*x))"
