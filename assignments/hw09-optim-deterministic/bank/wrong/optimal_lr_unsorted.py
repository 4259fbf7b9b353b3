"""Takes the first and the last eigenvalue of an unsorted list.

replaces: optimal_lr
fails: optimal_lr-values optimal_lr-promise
"""
def optimal_lr(H):
    w = np.linalg.eigvals(H).real
    mu, L = w[0], w[-1]
    return float(2 / (mu + L)), float(abs(L - mu) / (L + mu))
