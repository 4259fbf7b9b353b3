"""Forgets the temperature.

replaces: contrastive
fails: contrastive-value
"""
positive, negatives, tau = contrastive_numbers(attempt).values()
scores = np.array([positive, *negatives])
contrastive = np.log(np.exp(scores).sum()) - positive
