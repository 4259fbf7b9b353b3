"""Gram and Schmidt with a second pass; a column without a direction of its own takes a unit vector.

replaces: qr
"""
def qr(A):
    A = np.array(A, dtype=np.result_type(A, float))
    m, n = A.shape
    Q, R = np.zeros_like(A), np.zeros((n, n), A.dtype)

    def length(v):
        return np.sqrt(np.sum(np.abs(v) ** 2))

    def cleaned(v, j, twice=2):
        parts = np.zeros(j, A.dtype)
        for _ in range(twice):
            part = Q[:, :j].conj().T @ v
            parts, v = parts + part, v - Q[:, :j] @ part
        return parts, v

    for j in range(n):
        R[:j, j], v = cleaned(A[:, j], j)
        if length(v) > 1e-15 * length(A[:, j]):
            R[j, j] = length(v)
            v = v / length(v)
            Q[:, j] = cleaned(v, j)[1] / length(cleaned(v, j)[1])       # again, where little was left
        else:
            free = [cleaned(e, j)[1] for e in np.eye(m, dtype=A.dtype)]
            best = max(free, key=length)
            Q[:, j] = best / length(best)
    return Q, R
