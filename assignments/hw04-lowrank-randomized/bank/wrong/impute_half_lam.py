"""Thresholds with lam / 2, and counts as much in F.

replaces: soft_impute
fails: soft_impute-descends soft_impute-objective soft_impute-minimiser
"""
def soft_impute(M, mask, lam, tol, maxit):
    M, obj = np.where(mask, M, 0.0), []
    X = np.zeros(M.shape)
    for _ in range(maxit):
        old = X
        U, s, Vt = np.linalg.svd(np.where(mask, M, X), full_matrices=False)
        s = np.maximum(s - lam / 2, 0)
        X = (U * s) @ Vt
        obj.append(float(0.5 * np.sum((X - M)[mask] ** 2) + lam / 2 * s.sum()))
        if np.linalg.norm(X - old) <= tol * np.linalg.norm(X):
            break
    return X, obj
