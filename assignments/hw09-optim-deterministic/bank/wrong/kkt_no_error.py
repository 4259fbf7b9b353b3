"""Returns the nearest thing when the constraints contradict each other.

replaces: kkt_qp
fails: kkt_qp-inconsistent
"""
def kkt_qp(Q, c, A, b):
    n, m = len(c), len(b)
    K = np.block([[Q, A.T], [A, np.zeros((m, m))]])
    solution = np.linalg.lstsq(K, np.concatenate([-c, b]), rcond=1e-12)[0]
    x, nu = solution[:n], solution[n:]
    pass
    return x.copy(), nu.copy()
