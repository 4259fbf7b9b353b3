"""Finds the pieces by walking, then grounds one node of each.

replaces: effective_resistance
"""
def effective_resistance(W):
    W = np.array(W, dtype=float)
    np.fill_diagonal(W, 0.0)
    n = len(W)
    R = np.full((n, n), np.inf)
    left = set(range(n))
    while left:
        piece, todo = set(), [left.pop()]
        while todo:
            i = todo.pop()
            piece.add(i)
            todo += [j for j in np.flatnonzero(W[i]).tolist() if j not in piece]
        left -= piece
        nodes = np.array(sorted(piece))
        L = np.diag(W[nodes].sum(axis=1)) - W[np.ix_(nodes, nodes)]
        G = np.zeros_like(L)
        G[1:, 1:] = np.linalg.inv(L[1:, 1:])
        R[np.ix_(nodes, nodes)] = np.diag(G)[:, None] + np.diag(G) - 2 * G
    np.fill_diagonal(R, 0.0)
    return R
