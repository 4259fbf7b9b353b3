"""Compares the distance with |b| alone, which is zero for b = 0.

replaces: kkt_qp
fails: kkt_qp-dependent
"""
def kkt_qp(Q, c, A, b):
    n, m = len(c), len(b)
    K = np.block([[Q, A.T], [A, np.zeros((m, m))]])
    solution = np.linalg.lstsq(K, np.concatenate([-c, b]), rcond=1e-12)[0]
    x, nu = solution[:n], solution[n:]
    if np.linalg.norm(A @ x - b) > 1e-8 * np.linalg.norm(b):
        raise ValueError("no x satisfies A x = b")
    return x.copy(), nu.copy()
