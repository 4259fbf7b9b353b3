"""Both ends of the spectrum from two spectral norms.

replaces: optimal_lr
"""
def optimal_lr(H):
    H = np.asarray(H, dtype=float)
    L = np.linalg.norm(H, 2)
    mu = L - np.linalg.norm(L * np.eye(len(H)) - H, 2)
    lr = 2 / (L + mu)
    return lr, 1 - lr * mu
