"""Solves the normal equations by Cholesky.

replaces: lstsq
fails: lstsq-accurate
"""
def lstsq(A, b):
    """The x (n,) or (n, k) that minimises |b - A x|, column by column."""
    # Q, R; is some diagonal entry of R rounding? Then R x = Q.T @ b from the last row up.
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    m, n = A.shape
    if m < n:
        raise ValueError("A should have at least as many rows as columns")
    try:
        R = cholesky(A.T @ A).T
    except NotPositiveDefinite:
        raise ValueError("the columns of A are linearly dependent") from None
    diagonal = np.abs(np.diag(R))
    if not diagonal.min() > 1e-7 * diagonal.max():
        raise ValueError("the columns of A are linearly dependent")
    x = A.T @ b
    for i in range(n):
        x[i] = (x[i] - R[:i, i] @ x[:i]) / R[i, i]
    for i in reversed(range(n)):
        x[i] = (x[i] - R[i, i + 1:] @ x[i + 1:]) / R[i, i]
    return x
