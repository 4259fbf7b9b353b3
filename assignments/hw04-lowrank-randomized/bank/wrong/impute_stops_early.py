"""Stops when the objective changes little: long before X does.

replaces: soft_impute
fails: soft_impute-minimiser soft_impute-stops
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
        if len(obj) > 1 and obj[-2] - obj[-1] <= max(tol, 1e-4) * obj[-1]:
            break
    return X, obj
