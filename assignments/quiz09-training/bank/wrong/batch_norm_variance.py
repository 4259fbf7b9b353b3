"""Divides by the variance.

replaces: batch_norm
fails: batch_norm-value
"""
x, gamma, beta = batch_norm_numbers(attempt).values()
batch_norm = gamma * (x[0] - np.mean(x)) / np.var(x) + beta
