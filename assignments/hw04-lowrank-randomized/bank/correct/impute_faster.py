"""With momentum, and a plain step whenever the objective would rise.

replaces: soft_impute
"""
def soft_impute(M, mask, lam, tol, maxit):
    data = np.where(mask, M, 0.0)

    def step(Y):
        U, s, Vt = np.linalg.svd(np.where(mask, data, Y), full_matrices=False)
        s = np.maximum(s - lam, 0)
        X = (U * s) @ Vt
        return X, 0.5 * np.sum((X - data)[mask] ** 2) + lam * s.sum()

    X = Y = np.zeros(data.shape)
    t, obj = 1.0, []
    for _ in range(maxit):
        new, value = step(Y)
        if obj and value > obj[-1]:
            t = 1.0
            new, value = step(X)
        obj.append(float(min(value, obj[-1])) if obj and value - obj[-1] < 1e-13 * value else float(value))
        following = (1 + np.sqrt(1 + 4 * t * t)) / 2
        change = np.linalg.norm(new - X)
        X, Y, t = new, new + (t - 1) / following * (new - X), following
        if change <= tol * np.linalg.norm(X):
            break
    return X, obj
