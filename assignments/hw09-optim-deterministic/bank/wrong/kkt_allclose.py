"""Compares A x with b by allclose, which forgives a hundred thousandth.

replaces: kkt_qp
fails: kkt_qp-inconsistent
"""
def kkt_qp(Q, c, A, b):
    n, m = len(c), len(b)
    K = np.block([[Q, A.T], [A, np.zeros((m, m))]])
    solution = np.linalg.lstsq(K, np.concatenate([-c, b]), rcond=1e-12)[0]
    x, nu = solution[:n], solution[n:]
    if not np.allclose(A @ x, b):
        raise ValueError("no x satisfies A x = b")
    return x.copy(), nu.copy()
