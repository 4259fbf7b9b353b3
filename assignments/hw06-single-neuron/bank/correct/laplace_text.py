"""Numbers and fractions as text.

replaces: laplace_fit
"""
laplace_fit = ["3", "11/5"]
