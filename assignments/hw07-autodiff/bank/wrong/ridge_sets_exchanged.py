"""Trains on the validation data.

replaces: ridge_hypergrad
fails: ridge_hypergrad-by_hand ridge_hypergrad-value ridge_hypergrad-range
"""
def ridge_hypergrad(X, y, lam, Xv, yv):
    """The derivative of the validation loss by lam, through the ridge solution w(lam)."""
    # Solve for w, solve once more for dw / dlam,
    # then the chain rule.
    X, y, Xv, yv = Xv, yv, X, y
    M = X.T @ X + lam * np.eye(X.shape[1])
    w = np.linalg.solve(M, X.T @ y)
    return float((Xv @ w - yv) @ (Xv @ np.linalg.solve(M, -w)))
