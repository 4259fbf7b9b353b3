"""One square under another.

replaces: sign_variance
"""
sign_variance = "(3*(1 - 1/d) + 1/d - 1) / r"
