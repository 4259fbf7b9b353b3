"""Divides by n - 1.

replaces: batch_norm
fails: batch_norm-value
"""
x, gamma, beta = batch_norm_numbers(attempt).values()
batch_norm = gamma * (x[0] - np.mean(x)) / np.std(x, ddof=1) + beta
