"""The sign of the second one is lost.

replaces: grad_saddle
fails: grad_saddle-formula
"""
grad_saddle = ["2*x", "2*y"]
