"""Forgets scale and shift.

replaces: batch_norm
fails: batch_norm-value
"""
x, gamma, beta = batch_norm_numbers(attempt).values()
batch_norm = (x[0] - np.mean(x)) / np.std(x)
