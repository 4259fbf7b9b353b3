"""From all eigenvectors with eigenvalues that are not zero.

replaces: effective_resistance
"""
def effective_resistance(W):
    L = laplacian(W)
    w, V = np.linalg.eigh(L)
    keep = w > 1e-10 * max(w[-1], 1e-300)
    Y = V[:, keep] / np.sqrt(w[keep])
    R = ((Y[:, None, :] - Y[None, :, :]) ** 2).sum(axis=2)
    Z = V[:, ~keep]
    R[Z @ Z.T < 0.5 / len(L)] = np.inf
    return R
