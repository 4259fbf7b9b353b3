"""Degrees are numbers of edges.

replaces: laplacian
fails: laplacian-by_hand laplacian-comb laplacian-normalised laplacian-edges
    effective_resistance-by_hand fiedler-eigenpair fiedler-known effective_resistance-values
    effective_resistance-pieces effective_resistance-habits
"""
def laplacian(W, kind="comb"):
    W = np.array(W, dtype=float)
    np.fill_diagonal(W, 0.0)
    d = (W > 0).sum(axis=1).astype(float)
    L = np.diag(d) - W
    inverse = np.divide(1.0, d, out=np.zeros_like(d), where=d > 0)
    if kind == "comb":
        return L
    if kind == "rw":
        return inverse[:, None] * L
    if kind == "sym":
        return np.sqrt(inverse)[:, None] * L * np.sqrt(inverse)
    raise ValueError("kind is comb, sym or rw")
