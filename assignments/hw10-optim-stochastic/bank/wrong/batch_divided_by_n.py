"""n in place of n - 1.

replaces: batch_variance
fails: batch_variance-of_one batch_variance-formula
"""
batch_variance = "sigma**2/b*(n - b)/n"
