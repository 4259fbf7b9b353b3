"""Complete orthogonal factorisation: QR with column exchanges, then QR from the other side; no SVD.

replaces: pinv
"""
def pinv(A, rcond=None):
    A = np.array(A, dtype=complex if np.iscomplexobj(A) else float)
    m, n = A.shape
    cut = max(m, n) * np.finfo(float).eps if rcond is None else rcond
    scale = np.abs(A).max()
    if scale == 0:
        return np.zeros((n, m), dtype=A.dtype)
    R, Q = A / scale, np.zeros((m, 0), dtype=A.dtype)
    first = None
    while Q.shape[1] < min(m, n):                           # greedy: the longest remaining column
        lengths = np.sqrt((np.abs(R) ** 2).sum(axis=0))
        j = np.argmax(lengths)
        first = first or lengths[j]
        if lengths[j] <= cut * first:
            break
        q = R[:, j] / lengths[j]
        q = q - Q @ (Q.conj().T @ q)
        Q = np.column_stack([Q, q / np.sqrt((np.abs(q) ** 2).sum())])
        R = A / scale - Q @ (Q.conj().T @ (A / scale))
    C = Q.conj().T @ A                                      # A = Q C with C of full row rank
    W, T = np.linalg.qr(C.conj().T)
    return W @ np.linalg.solve(T.conj().T, Q.conj().T)
