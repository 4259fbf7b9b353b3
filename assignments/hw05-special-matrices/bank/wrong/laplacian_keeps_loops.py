"""Loops count for the degree.

replaces: laplacian
fails: laplacian-edges
"""
def laplacian(W, kind="comb"):
    W = np.array(W, dtype=float)
    d = W.sum(axis=1)
    L = np.diag(d) - W
    inverse = np.divide(1.0, d, out=np.zeros_like(d), where=d > 0)
    if kind == "comb":
        return L
    if kind == "rw":
        return inverse[:, None] * L
    if kind == "sym":
        return np.sqrt(inverse)[:, None] * L * np.sqrt(inverse)
    raise ValueError("kind is comb, sym or rw")
