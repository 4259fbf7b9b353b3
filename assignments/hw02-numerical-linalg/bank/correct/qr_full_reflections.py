"""Multiplies full m x m reflections together; the diagonal of R is made positive.

replaces: qr
"""
def qr(A):
    R = np.array(A, dtype=np.result_type(A, float))
    m, n = R.shape
    Q = np.eye(m, dtype=R.dtype)
    for k in range(min(m - 1, n)):
        x = R[k:, k]
        size = np.sqrt(np.sum(np.abs(x) ** 2))
        if size == 0:
            continue
        v = x.copy()
        v[0] = v[0] + (size if x[0] == 0 else size * x[0] / np.abs(x[0]))
        H = np.eye(m, dtype=R.dtype)
        H[k:, k:] -= 2 * np.outer(v, v.conj()) / np.sum(np.abs(v) ** 2)
        R, Q = H @ R, Q @ H.conj().T
    diagonal = np.diag(R)[:n]
    phase = np.where(diagonal == 0, 1, diagonal) / np.where(diagonal == 0, 1, np.abs(diagonal))
    return Q[:, :n] * phase, np.triu(phase.conj()[:, None] * R[:n])
