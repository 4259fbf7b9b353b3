"""numpy's QR, for whom their own does not work yet.

replaces: lstsq
"""
def lstsq(A, b):
    A = np.asarray(A, dtype=float)
    if A.shape[0] < A.shape[1]:
        raise ValueError("wide")
    Q, R = np.linalg.qr(A)
    if np.min(np.abs(np.diag(R))) < 1e-12 * np.linalg.norm(R):
        raise ValueError("rank deficient")
    y = Q.T @ np.asarray(b, dtype=float)
    x = np.empty_like(y)
    for i in range(len(R) - 1, -1, -1):
        x[i] = y[i]
        for j in range(i + 1, len(R)):
            x[i] -= R[i, j] * x[j]
        x[i] /= R[i, i]
    return x
