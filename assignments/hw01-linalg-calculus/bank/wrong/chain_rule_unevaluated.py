"""The derivative is not worked out.

replaces: chain_rule
fails: chain_rule-formula
"""
chain_rule = "Derivative(sin(x**2), x)"
