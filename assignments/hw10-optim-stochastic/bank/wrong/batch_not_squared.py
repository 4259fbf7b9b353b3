"""Forgets the square.

replaces: batch_variance
fails: batch_variance-of_one batch_variance-formula
"""
batch_variance = "sigma/b*(n - b)/(n - 1)"
