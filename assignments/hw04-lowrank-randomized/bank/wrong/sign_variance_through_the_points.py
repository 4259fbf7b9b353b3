"""Right at the two visible points.

replaces: sign_variance
fails: sign_variance-formula
"""
sign_variance = "(d - 1) / r"
