"""Stops at the probability.

replaces: contrastive
fails: contrastive-value
"""
positive, negatives, tau = contrastive_numbers(attempt).values()
scores = np.array([positive, *negatives])
right = np.log(np.exp(scores / tau).sum()) - positive / tau
contrastive = np.exp(-right)
