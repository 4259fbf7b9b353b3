"""The residual with the other sign.

replaces: grad_least_squares
fails: grad_least_squares-formula
"""
grad_least_squares = ["2*a*(p - a*x - b*y) + 2*c*(q - c*x - d*y)", "2*b*(p - a*x - b*y) + 2*d*(q - c*x - d*y)"]
