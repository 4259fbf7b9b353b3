"""The answer for the numbers of another attempt.

replaces: batch_norm
"""
attempt = 106
x, gamma, beta = batch_norm_numbers(attempt).values()
batch_norm = gamma * (x[0] - np.mean(x)) / np.std(x) + beta
