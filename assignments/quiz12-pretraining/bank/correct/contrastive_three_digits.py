"""Rounded to three digits.

replaces: contrastive
"""
positive, negatives, tau = contrastive_numbers(attempt).values()
scores = np.array([positive, *negatives])
contrastive = f"{np.log(np.exp(scores / tau).sum()) - positive / tau:.3g}"
