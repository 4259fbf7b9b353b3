"""Least squares with rows added.

replaces: ridge
"""
def ridge(X, y, alpha):
    p = X.shape[1]
    A = np.vstack([X, np.sqrt(alpha) * np.eye(p)])
    return np.linalg.lstsq(A, np.concatenate([y, np.zeros(p)]), rcond=None)[0]
