"""Leaves the right view out of the sum.

replaces: contrastive
fails: contrastive-value
"""
positive, negatives, tau = contrastive_numbers(attempt).values()
scores = np.array([positive, *negatives])
contrastive = np.log(np.exp(scores[1:] / tau).sum()) - positive / tau
