"""Calls svt, and computes the objective anew; an array of values.

replaces: soft_impute
"""
def soft_impute(M, mask, lam, tol, maxit):
    seen = np.flatnonzero(mask)
    data = np.array(M, dtype=float).flat[seen]
    X, values = np.zeros(np.shape(M)), np.zeros(maxit)
    for step in range(maxit):
        filled = X.copy()
        filled.flat[seen] = data
        new = svt(filled, lam)
        nuclear = np.linalg.svd(new, compute_uv=False).sum()
        values[step] = np.sum((new.flat[seen] - data) ** 2) / 2 + lam * nuclear
        change, X = np.linalg.norm(new - X), new
        if change <= tol * np.linalg.norm(X):
            return X, values[:step + 1]
    return X, values
