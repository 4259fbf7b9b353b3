"""Eliminates x with the inverse of Q, which need not exist.

replaces: kkt_qp
fails: kkt_qp-singular
"""
def kkt_qp(Q, c, A, b):
    inverse = np.linalg.inv(Q)
    nu = np.linalg.lstsq(A @ inverse @ A.T, -(b + A @ inverse @ c), rcond=1e-12)[0]
    x = -inverse @ (c + A.T @ nu)
    if np.linalg.norm(A @ x - b) > 1e-8 * (1 + np.linalg.norm(b)):
        raise ValueError("no x satisfies A x = b")
    return x, nu
