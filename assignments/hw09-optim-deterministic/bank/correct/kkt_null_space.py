"""A basis of the null space: first a feasible point, then a smaller problem.

replaces: kkt_qp
"""
def kkt_qp(Q, c, A, b):
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float))
    rank = int(np.sum(s > 1e-10 * s[0]))
    Z = Vt[rank:].T
    x = Vt[:rank].T @ ((U[:, :rank].T @ b) / s[:rank])
    if np.linalg.norm(A @ x - b) > 1e-8 * (1 + np.linalg.norm(b)):
        raise ValueError("not feasible")
    if Z.shape[1]:
        x = x - Z @ np.linalg.solve(Z.T @ Q @ Z, Z.T @ (Q @ x + c))
    nu = -U[:, :rank] @ ((Vt[:rank] @ (Q @ x + c)) / s[:rank])
    return x, nu
