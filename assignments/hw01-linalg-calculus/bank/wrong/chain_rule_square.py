"""The square of the sine.

replaces: chain_rule
fails: chain_rule-formula
"""
chain_rule = "2*sin(x)*cos(x)"
