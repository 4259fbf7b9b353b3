"""By the mean of the squares.

replaces: batch_norm
"""
x, gamma, beta = batch_norm_numbers(attempt).values()
mean = sum(x) / 4
batch_norm = gamma * (x[0] - mean) / (sum(value**2 for value in x) / 4 - mean**2) ** 0.5 + beta
