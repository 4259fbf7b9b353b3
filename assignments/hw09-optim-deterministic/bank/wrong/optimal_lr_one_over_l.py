"""The safe step 1 / L, and its rate 1 - mu / L.

replaces: optimal_lr
fails: optimal_lr-by_hand optimal_lr-values optimal_lr-promise
"""
def optimal_lr(H):
    w = np.linalg.eigvalsh(H)
    return float(1 / w[-1]), float(1 - w[0] / w[-1])
