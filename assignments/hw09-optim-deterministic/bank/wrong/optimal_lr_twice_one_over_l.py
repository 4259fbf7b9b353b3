"""The largest step that does not diverge.

replaces: optimal_lr
fails: optimal_lr-by_hand optimal_lr-values optimal_lr-promise
"""
def optimal_lr(H):
    w = np.linalg.eigvalsh(H)
    return float(2 / w[-1]), float((w[-1] - w[0]) / (w[-1] + w[0]))
