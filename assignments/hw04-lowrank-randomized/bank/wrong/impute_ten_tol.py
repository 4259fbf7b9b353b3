"""Stops at ten times tol.

replaces: soft_impute
fails: soft_impute-stops
sometimes: soft_impute-recovers
"""
def soft_impute(M, mask, lam, tol, maxit):
    M, obj = np.where(mask, M, 0.0), []
    X = np.zeros(M.shape)
    for _ in range(maxit):
        old = X
        U, s, Vt = np.linalg.svd(np.where(mask, M, X), full_matrices=False)
        s = np.maximum(s - lam, 0)
        X = (U * s) @ Vt
        obj.append(float(0.5 * np.sum((X - M)[mask] ** 2) + lam * s.sum()))
        if np.linalg.norm(X - old) <= 10 * tol * np.linalg.norm(X):
            break
    return X, obj
