"""Takes the rate of momentum.

replaces: contraction
fails: contraction-value
"""
mu, L = contraction_numbers(attempt).values()
contraction = (np.sqrt(L / mu) - 1) / (np.sqrt(L / mu) + 1)
