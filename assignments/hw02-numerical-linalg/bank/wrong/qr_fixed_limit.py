"""Calls a column zero below 1e-12, whatever the size of the matrix.

replaces: qr
fails: qr-edges
"""
def qr(A):
    """Thin QR: Q (m, n) with orthonormal columns, R (n, n) upper triangular, A = Q @ R."""
    # Keep the vectors v. R is what the reflections make of A; Q is what they make of the
    # first n columns of the identity, applied in the opposite order.
    R = np.array(A, dtype=np.result_type(A, float))
    m, n = R.shape
    Q, mirrors = np.eye(m, n, dtype=R.dtype), []
    for k in range(n):
        v = R[k:, k].copy()
        length = np.sqrt(np.sum(np.abs(v) ** 2))
        if length < 1e-12:
            continue
        v[0] += length * (v[0] / abs(v[0]) if v[0] != 0 else 1)
        v /= np.sqrt(np.sum(np.abs(v) ** 2))
        R[k:, k:] -= 2 * np.outer(v, v.conj() @ R[k:, k:])
        mirrors.append((k, v))
    for k, v in reversed(mirrors):
        Q[k:] -= 2 * np.outer(v, v.conj() @ Q[k:])
    return Q, np.triu(R[:n])
