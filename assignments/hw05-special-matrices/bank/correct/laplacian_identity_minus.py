"""Identity minus a normalised W, with the identity only at nodes that have edges.

replaces: laplacian
"""
def laplacian(W, kind="comb"):
    W = np.asarray(W, dtype=float) * (1 - np.eye(len(W)))
    d = W.sum(axis=0)
    some = np.where(d > 0, d, np.inf)
    match kind:
        case "comb":
            return np.diag(d) - W
        case "sym":
            return np.diag((d > 0) * 1.0) - W / np.sqrt(some)[:, None] / np.sqrt(some)
        case "rw":
            return np.diag((d > 0) * 1.0) - W / some[:, None]
    raise ValueError(f"no Laplacian is called {kind}")
