"""Another unit.

replaces: contrastive
"""
positive, negatives, tau = contrastive_numbers(attempt).values()
contrastive = f"{np.log2(1 + sum(np.exp((other - positive) / tau) for other in negatives))} bits"
