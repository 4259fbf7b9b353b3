"""A in place of its transpose.

replaces: grad_least_squares
fails: grad_least_squares-formula
"""
grad_least_squares = ["2*a*(a*x + b*y - p) + 2*b*(c*x + d*y - q)", "2*c*(a*x + b*y - p) + 2*d*(c*x + d*y - q)"]
