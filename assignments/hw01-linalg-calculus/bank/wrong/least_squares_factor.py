"""The factor 2 is missing.

replaces: grad_least_squares
fails: grad_least_squares-formula
"""
grad_least_squares = ["a*(a*x + b*y - p) + c*(c*x + d*y - q)", "b*(a*x + b*y - p) + d*(c*x + d*y - q)"]
