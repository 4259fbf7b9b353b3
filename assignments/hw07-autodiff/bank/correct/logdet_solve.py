"""Solves with the transpose.

replaces: vjp_logdet
"""
def vjp_logdet(A, g):
    """Cotangent of A (n, n) for the cotangent g (a number) of log |det A|."""
    return np.linalg.solve(np.asarray(A, dtype=float).T, g * np.eye(len(A)))
