"""Looks for dependent columns with a single right-hand side only.

replaces: lstsq
fails: lstsq-refuses
"""
def lstsq(A, b):
    """The x (n,) or (n, k) that minimises |b - A x|, column by column."""
    # Q, R; is some diagonal entry of R rounding? Then R x = Q.T @ b from the last row up.
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    m, n = A.shape
    if m < n:
        raise ValueError("A should have at least as many rows as columns")
    Q, R = qr(A)
    diagonal = np.abs(np.diag(R))
    if b.ndim == 1 and not diagonal.min() > 1e-12 * diagonal.max():
        raise ValueError("the columns of A are linearly dependent")
    x = Q.T @ b
    for i in reversed(range(n)):
        x[i] = (x[i] - R[i, i + 1:] @ x[i + 1:]) / R[i, i]
    return x
