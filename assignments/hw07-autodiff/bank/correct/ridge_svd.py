"""By the singular values of X.

replaces: ridge_hypergrad
"""
def ridge_hypergrad(X, y, lam, Xv, yv):
    """The derivative of the validation loss by lam, through the ridge solution w(lam)."""
    U, s, Vt = np.linalg.svd(np.asarray(X, dtype=float), full_matrices=False)
    c, K = U.T @ y, Xv @ Vt.T
    r = K @ (s * c / (s * s + lam)) - yv
    return -float(r @ (K @ (s * c / (s * s + lam) ** 2)))
