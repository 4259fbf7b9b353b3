"""Notes the objective before the step.

replaces: soft_impute
fails: soft_impute-objective
"""
def soft_impute(M, mask, lam, tol, maxit):
    M, obj = np.where(mask, M, 0.0), []
    X = np.zeros(M.shape)
    for _ in range(maxit):
        old = X
        U, s, Vt = np.linalg.svd(np.where(mask, M, X), full_matrices=False)
        s = np.maximum(s - lam, 0)
        X = (U * s) @ Vt
        obj.append(float(0.5 * np.sum((old - M)[mask] ** 2) + lam * np.linalg.svd(old, compute_uv=False).sum()))
        if np.linalg.norm(X - old) <= tol * np.linalg.norm(X):
            break
    return X, obj
