"""The resistance of the shortest way alone.

replaces: effective_resistance
fails: effective_resistance-values effective_resistance-pieces
"""
def effective_resistance(W):
    W = np.array(W, dtype=float)
    R = np.divide(1.0, W, out=np.full(W.shape, np.inf), where=W > 0)
    np.fill_diagonal(R, 0.0)
    for k in range(len(W)):
        R = np.minimum(R, R[:, k, None] + R[k])
    return R
