"""Writes zeros into the gaps of M.

replaces: soft_impute
fails: soft_impute-habits
"""
def soft_impute(M, mask, lam, tol, maxit):
    M[~mask] = 0.0
    X, obj = np.zeros(M.shape), []
    for _ in range(maxit):
        old = X
        U, s, Vt = np.linalg.svd(np.where(mask, M, X), full_matrices=False)
        s = np.maximum(s - lam, 0)
        X = (U * s) @ Vt
        obj.append(float(0.5 * np.sum((X - M)[mask] ** 2) + lam * s.sum()))
        if np.linalg.norm(X - old) <= tol * np.linalg.norm(X):
            break
    return X, obj
