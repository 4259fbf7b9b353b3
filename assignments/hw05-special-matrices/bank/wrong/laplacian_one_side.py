"""The root of D on one side only.

replaces: laplacian
fails: laplacian-by_hand laplacian-normalised laplacian-edges
"""
def laplacian(W, kind="comb"):
    W = np.array(W, dtype=float)
    np.fill_diagonal(W, 0.0)
    d = W.sum(axis=1)
    L = np.diag(d) - W
    inverse = np.divide(1.0, d, out=np.zeros_like(d), where=d > 0)
    if kind == "comb":
        return L
    if kind == "rw":
        return inverse[:, None] * L
    if kind == "sym":
        return np.sqrt(inverse)[:, None] * L
    raise ValueError("kind is comb, sym or rw")
