"""That of a Gaussian sketch.

replaces: sign_variance
fails: sign_variance-formula
"""
sign_variance = "2 / r"
