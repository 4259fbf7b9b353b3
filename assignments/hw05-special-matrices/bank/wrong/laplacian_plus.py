"""D + W, the Laplacian without signs.

replaces: laplacian
fails: laplacian-by_hand laplacian-comb laplacian-normalised laplacian-edges
    effective_resistance-by_hand spectral_bipartition-by_hand fiedler-eigenpair fiedler-known
    effective_resistance-values effective_resistance-pieces spectral_bipartition-planted
    effective_resistance-habits
"""
def laplacian(W, kind="comb"):
    W = np.array(W, dtype=float)
    np.fill_diagonal(W, 0.0)
    d = W.sum(axis=1)
    L = np.diag(d) + W
    inverse = np.divide(1.0, d, out=np.zeros_like(d), where=d > 0)
    if kind == "comb":
        return L
    if kind == "rw":
        return inverse[:, None] * L
    if kind == "sym":
        return np.sqrt(inverse)[:, None] * L * np.sqrt(inverse)
    raise ValueError("kind is comb, sym or rw")
