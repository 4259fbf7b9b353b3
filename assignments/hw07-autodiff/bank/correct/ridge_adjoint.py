"""One adjoint system, from the side of the loss.

replaces: ridge_hypergrad
"""
def ridge_hypergrad(X, y, lam, Xv, yv):
    """The derivative of the validation loss by lam, through the ridge solution w(lam)."""
    n, d = X.shape
    stacked = np.vstack([X, lam**0.5 * np.eye(d)])
    w = np.linalg.lstsq(stacked, np.append(y, np.zeros(d)), rcond=None)[0]
    u = np.linalg.solve(stacked.T @ stacked, Xv.T @ (Xv @ w - yv))
    return -float(u @ w)
