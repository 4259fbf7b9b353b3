"""Takes nodes of small degree for nodes without edges.

replaces: laplacian
fails: laplacian-normalised
"""
def laplacian(W, kind="comb"):
    W = np.array(W, dtype=float)
    np.fill_diagonal(W, 0.0)
    d = W.sum(axis=1)
    L = np.diag(d) - W
    inverse = 1 / np.where(d > 1e-6, d, np.inf)
    if kind == "comb":
        return L
    if kind == "rw":
        return inverse[:, None] * L
    if kind == "sym":
        return np.sqrt(inverse)[:, None] * L * np.sqrt(inverse)
    raise ValueError("kind is comb, sym or rw")
