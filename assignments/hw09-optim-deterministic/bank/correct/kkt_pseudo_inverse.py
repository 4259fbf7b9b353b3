"""The pseudo-inverse of the whole system.

replaces: kkt_qp
"""
def kkt_qp(Q, c, A, b):
    m, n = np.shape(A)
    K = np.zeros((n + m, n + m))
    K[:n, :n], K[:n, n:], K[n:, :n] = Q, np.transpose(A), A
    z = np.linalg.pinv(K, rcond=1e-13) @ np.hstack([-np.asarray(c), b])
    if np.linalg.norm(A @ z[:n] - b) > 1e-8 * (1 + np.linalg.norm(b)):
        raise ValueError("not feasible")
    return z[:n] + 0.0, z[n:] + 0.0
