"""All singular values by rotations of the columns; a value that is only rounding counts as zero.

replaces: cond_report
"""
def cond_report(A, b, x):
    U, n = np.array(A, dtype=float), len(A)
    for _ in range(40):
        for p in range(n - 1):
            for q in range(p + 1, n):
                a, c, d = U[:, p] @ U[:, p], U[:, q] @ U[:, q], U[:, p] @ U[:, q]
                if abs(d) > 1e-15 * np.sqrt(a * c):
                    z = (c - a) / (2 * d)
                    t = np.copysign(1, z) / (abs(z) + np.hypot(1, z))
                    U[:, [p, q]] = U[:, [p, q]] @ (np.array([[1, t], [-t, 1]]) / np.hypot(1, t))
    s = np.sqrt((U * U).sum(axis=0))
    kappa = s.max() / s.min() if s.min() > n * 2.0**-52 * s.max() else np.inf
    b, x = np.array(b, dtype=float), np.array(x, dtype=float)
    r = np.array(b - np.array(A, dtype=float) @ x)
    eta = np.sqrt(r @ r) / (s.max() * np.sqrt(x @ x) + np.sqrt(b @ b)) if r.any() else 0.0
    t = kappa * eta
    return {"kappa_est": kappa, "backward": eta, "forward_bound": 2 * t / (1 - t) if t < 1 else np.inf}
