"""The expansion around the mean, in blocks of a hundred rows, by a helper.

replaces: pairwise_sq_dists
"""
def block(X, Y):
    D = np.einsum("nd,nd->n", X, X)[:, None] + np.einsum("nd,nd->n", Y, Y) - 2 * np.matmul(X, Y.T)
    return np.where(D > 0, D, 0.0)

def pairwise_sq_dists(X, Y):
    X, Y = np.asarray(X, dtype=np.float64), np.asarray(Y, dtype=np.float64)
    centre = np.concatenate([X, Y]).mean(axis=0)
    blocks = [block(X[i:i + 100] - centre, Y - centre) for i in range(0, len(X), 100)]
    return np.concatenate(blocks) if blocks else np.zeros((0, len(Y)))
