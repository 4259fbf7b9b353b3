"""The value at (1, 1) in place of a formula.

replaces: grad_saddle
fails: grad_saddle-formula
"""
grad_saddle = ["2", "-2"]
