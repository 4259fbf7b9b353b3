"""The eigenvalues of the 2 x 2 matrix.

replaces: hb_roots
"""
def hb_roots(lam, lr, beta):
    return np.linalg.eigvals(np.array([[1 - lr * lam + beta, -beta], [1.0, 0.0]])).astype(complex)
