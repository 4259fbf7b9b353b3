"""A sum over edges of (e_i - e_j)(e_i - e_j)^T.

replaces: laplacian
"""
def laplacian(W, kind="comb"):
    if kind not in ("comb", "sym", "rw"):
        raise ValueError(kind)
    W = np.asarray(W, dtype=float)
    n = len(W)
    L = np.zeros((n, n))
    for i in range(n):
        for j in range(i):
            L[[i, j], [i, j]] += W[i, j]
            L[[i, j], [j, i]] -= W[i, j]
    d = np.diag(L).copy()
    d[d == 0] = 1.0
    return {"comb": L, "rw": L / d[:, None], "sym": L / np.sqrt(d[:, None] * d)}[kind]
