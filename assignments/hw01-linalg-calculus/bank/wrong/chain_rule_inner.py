"""The inner derivative is missing.

replaces: chain_rule
fails: chain_rule-formula
"""
chain_rule = "cos(x**2)"
