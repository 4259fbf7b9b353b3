"""Compares the distance with 1e-8, however large b is.

replaces: kkt_qp
fails: kkt_qp-dependent
"""
def kkt_qp(Q, c, A, b):
    n, m = len(c), len(b)
    K = np.block([[Q, A.T], [A, np.zeros((m, m))]])
    solution = np.linalg.lstsq(K, np.concatenate([-c, b]), rcond=1e-12)[0]
    x, nu = solution[:n], solution[n:]
    if np.linalg.norm(A @ x - b) > 1e-8:
        raise ValueError("no x satisfies A x = b")
    return x.copy(), nu.copy()
