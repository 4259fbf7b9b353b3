"""As products of sums.

replaces: grad_saddle
"""
grad_saddle = ["(x + y) + (x - y)", "-(x + y) + (x - y)"]
