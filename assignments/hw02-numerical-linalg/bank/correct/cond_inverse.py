"""The inverse of numpy, and the same iteration for both matrices.

replaces: cond_report
"""
def cond_report(A, b, x):
    A = np.asarray(A, dtype=float)
    b, x = np.asarray(b, dtype=float), np.asarray(x, dtype=float)

    def spectral(M):
        v = np.random.default_rng(7).uniform(0.5, 1.0, M.shape[1])
        for _ in range(60):
            v = M.T @ (M @ v)
            top = np.abs(v).max()
            if top == 0:
                return 0.0
            v = v / top
        return np.sqrt((M @ v) @ (M @ v) / (v @ v))

    size = spectral(A)
    try:
        kappa = size * spectral(np.linalg.inv(A))
    except np.linalg.LinAlgError:
        kappa = np.inf
    r = b - A @ x
    eta = np.sqrt(r @ r) / max(size * np.sqrt(x @ x) + np.sqrt(b @ b), 1e-300)
    if kappa == np.inf or kappa * eta >= 1:
        return {"kappa_est": kappa, "backward": eta, "forward_bound": np.inf}
    return {"kappa_est": kappa, "backward": eta, "forward_bound": 2 * kappa * eta / (1 - kappa * eta)}
