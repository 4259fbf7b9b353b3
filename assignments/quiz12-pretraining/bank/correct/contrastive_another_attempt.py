"""The answer for the numbers of another attempt.

replaces: contrastive
"""
attempt = 139
positive, negatives, tau = contrastive_numbers(attempt).values()
scores = np.array([positive, *negatives])
contrastive = np.log(np.exp(scores / tau).sum()) - positive / tau
