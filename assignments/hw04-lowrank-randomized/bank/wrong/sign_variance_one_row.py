"""That of one row.

replaces: sign_variance
fails: sign_variance-formula
"""
sign_variance = "2 * (1 - 1 / d)"
