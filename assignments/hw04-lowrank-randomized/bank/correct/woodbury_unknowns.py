"""Solves for z = V^T x first, then for x.

replaces: woodbury_solve
"""
def woodbury_solve(d, U, V, b):
    inverse = 1.0 / d
    if b.ndim == 2:
        inverse = inverse[:, None]
    z = np.linalg.solve(np.eye(U.shape[1]) + V.T @ (U.T * (1.0 / d)).T, V.T @ (inverse * b))
    return inverse * (b - U @ z)
