"""Elimination on the whole matrix: right, with n^3 / 3 multiplications.

replaces: levinson
fails: levinson-counted
"""
def levinson(t, b):
    t, b = (a.copy() if a.dtype == object else a.astype(float) for a in map(np.asarray, (t, b)))
    n = len(t)
    A = t[np.abs(np.arange(n)[:, None] - np.arange(n))]
    for k in range(n):
        if not A[k, k] > 0:
            raise ValueError("T should be positive definite")
        factors = A[k + 1:, k] / A[k, k]
        A[k + 1:, k:] = A[k + 1:, k:] - factors[:, None] * A[k, k:]
        b[k + 1:] = b[k + 1:] - factors * b[k]
    for k in range(n)[::-1]:
        b[k] = (b[k] - (A[k, k + 1:] @ b[k + 1:] if k < n - 1 else 0.0)) / A[k, k]
    return b
