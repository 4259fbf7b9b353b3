"""Divides the eigenvalues the wrong way round for kappa.

replaces: optimal_lr
fails: optimal_lr-by_hand optimal_lr-values
"""
def optimal_lr(H):
    w = np.linalg.eigvalsh(H)
    kappa = w[0] / w[-1]
    return float(2 / (w[0] + w[-1])), float((kappa - 1) / (kappa + 1))
