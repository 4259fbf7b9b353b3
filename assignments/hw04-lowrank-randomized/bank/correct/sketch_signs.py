"""Random signs, scaled, and the small problem by QR.

replaces: sketch_lstsq
"""
def sketch_lstsq(A, b, r, rng):
    m, n = np.shape(A)
    if r < n:
        raise ValueError("too few rows")
    S = rng.choice([-1.0, 1.0], size=(r, m)) / np.sqrt(r)
    Q, R = np.linalg.qr(S @ A)
    return np.linalg.solve(R, Q.T @ (S @ b))
