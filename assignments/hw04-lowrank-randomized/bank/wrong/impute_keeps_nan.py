"""Multiplies by the mask: nan stays nan.

replaces: soft_impute
fails: soft_impute-descends soft_impute-objective soft_impute-minimiser soft_impute-recovers soft_impute-stops
"""
def soft_impute(M, mask, lam, tol, maxit):
    M, obj = mask * M, []
    X = np.zeros(M.shape)
    for _ in range(maxit):
        old = X
        U, s, Vt = np.linalg.svd(mask * M + (1 - mask) * X, full_matrices=False)
        s = np.maximum(s - lam, 0)
        X = (U * s) @ Vt
        obj.append(float(0.5 * np.sum((X - M)[mask] ** 2) + lam * s.sum()))
        if np.linalg.norm(X - old) <= tol * np.linalg.norm(X):
            break
    return X, obj
