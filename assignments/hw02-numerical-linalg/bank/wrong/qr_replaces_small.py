"""Gram and Schmidt twice; a column that nearly depends on others is replaced, and what was left of it forgotten.

replaces: qr
fails: qr-stable
"""
def qr(A):
    A = np.array(A, dtype=np.result_type(A, float))
    m, n = A.shape
    Q, R = np.zeros_like(A), np.zeros((n, n), A.dtype)

    def length(v):
        return np.sqrt(np.sum(np.abs(v) ** 2))

    def cleaned(v, j):
        parts = np.zeros(j, A.dtype)
        for _ in range(2):
            part = Q[:, :j].conj().T @ v
            parts, v = parts + part, v - Q[:, :j] @ part
        return parts, v

    for j in range(n):
        R[:j, j], v = cleaned(A[:, j], j)
        R[j, j] = length(v)
        if not length(v) > 1e-8 * length(A[:, j]):
            v = max((cleaned(e, j)[1] for e in np.eye(m, dtype=A.dtype)), key=length)
        v = cleaned(v / length(v), j)[1]
        Q[:, j] = v / length(v)
    return Q, R
