"""The rate of the heavy ball for that of gradient descent.

replaces: optimal_lr
fails: optimal_lr-by_hand optimal_lr-values
"""
def optimal_lr(H):
    w = np.linalg.eigvalsh(H)
    mu, L = max(w[0], 0.0), w[-1]
    return float(2 / (mu + L)), float((np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu)))
