"""Gives up from t = 1/2 on.

replaces: cond_report
fails: cond_report-bound
"""
def cond_report(A, b, x):
    """How good x is for A x = b: a dict with kappa_est, backward and forward_bound."""
    # A helper that finds the norm of v -> apply(v), given apply and its transpose, does both
    # norms. Catch the zero pivot, and t that is not below 1.
    A, b, x = (np.array(given, dtype=float) for given in (A, b, x))

    def length(v):
        return float(np.sqrt(v @ v))

    def norm(apply, transposed):
        v = np.random.default_rng(0).normal(size=len(A))
        for _ in range(100):
            v = v / length(v)
            image = apply(v)
            v = transposed(image)
            if not length(v) > 0:
                break
        return length(image)

    size = norm(lambda v: A @ v, lambda v: A.T @ v)
    try:
        inverse = norm(lambda v: np.linalg.solve(A, v), lambda v: np.linalg.solve(A.T, v))
    except np.linalg.LinAlgError:
        inverse = np.inf
    kappa = size * inverse if size else np.inf
    residual = length(b - A @ x)
    backward = residual / (size * length(x) + length(b)) if residual else 0.0
    t = kappa * backward
    return {"kappa_est": kappa, "backward": backward, "forward_bound": 2 * t / (1 - t) if t < 0.5 else np.inf}
