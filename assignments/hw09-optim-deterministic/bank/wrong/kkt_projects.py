"""Minimises without the constraints and moves to the nearest feasible point.

replaces: kkt_qp
fails: kkt_qp-optimal kkt_qp-dependent kkt_qp-price
"""
def kkt_qp(Q, c, A, b):
    free = np.linalg.lstsq(Q, -c, rcond=1e-12)[0]
    x = free - np.linalg.pinv(A) @ (A @ free - b)
    if np.linalg.norm(A @ x - b) > 1e-8 * (1 + np.linalg.norm(b)):
        raise ValueError("no x satisfies A x = b")
    nu = np.linalg.lstsq(A.T, -(Q @ x + c), rcond=1e-12)[0]
    return x, nu
