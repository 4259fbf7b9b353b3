"""Makes the system regular by adding 1e-6.

replaces: kkt_qp
fails: kkt_qp-by_hand kkt_qp-optimal kkt_qp-singular kkt_qp-dependent kkt_qp-inconsistent kkt_qp-price
"""
def kkt_qp(Q, c, A, b):
    n, m = len(c), len(b)
    K = np.block([[Q, A.T], [A, -1e-6 * np.eye(m)]])
    solution = np.linalg.lstsq(K, np.concatenate([-c, b]), rcond=1e-12)[0]
    x, nu = solution[:n], solution[n:]
    if np.linalg.norm(A @ x - b) > 1e-3 * (1 + np.linalg.norm(b)):
        raise ValueError("no x satisfies A x = b")
    return x.copy(), nu.copy()
