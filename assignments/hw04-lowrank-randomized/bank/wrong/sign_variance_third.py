"""Another power of d, right in one and two dimensions.

replaces: sign_variance
fails: sign_variance-formula
"""
sign_variance = "2 / r * (1 - 1 / d) * (4 - d) * (d + 1) / 6"
