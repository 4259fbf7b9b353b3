"""The variance with replacement.

replaces: batch_variance
fails: batch_variance-formula
"""
batch_variance = "sigma**2/b"
