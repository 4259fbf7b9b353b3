"""Returns the X before the last one.

replaces: soft_impute
fails: soft_impute-stops
"""
def soft_impute(M, mask, lam, tol, maxit):
    M, obj = np.where(mask, M, 0.0), []
    X = np.zeros(M.shape)
    for _ in range(maxit):
        U, s, Vt = np.linalg.svd(np.where(mask, M, X), full_matrices=False)
        s = np.maximum(s - lam, 0)
        new = (U * s) @ Vt
        obj.append(float(0.5 * np.sum((new - M)[mask] ** 2) + lam * s.sum()))
        if np.linalg.norm(new - X) <= tol * np.linalg.norm(new):
            break
        X = new
    return X, obj
