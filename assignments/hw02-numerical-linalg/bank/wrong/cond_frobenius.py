"""Takes the Frobenius norms of A and its inverse.

replaces: cond_report
fails: cond_report-diagonal cond_report-kappa cond_report-backward cond_report-habits
"""
def cond_report(A, b, x):
    A, b, x = (np.array(given, dtype=float) for given in (A, b, x))

    def length(v):
        return float(np.sqrt(np.sum(v * v)))

    try:
        kappa = length(A) * length(np.linalg.inv(A))
    except np.linalg.LinAlgError:
        kappa = np.inf
    residual = length(b - A @ x)
    backward = residual / (length(A) * length(x) + length(b)) if residual else 0.0
    t = kappa * backward
    return {"kappa_est": kappa, "backward": backward, "forward_bound": 2 * t / (1 - t) if t < 1 else np.inf}
