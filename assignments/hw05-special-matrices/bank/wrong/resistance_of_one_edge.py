"""One over the weight, as if no other way existed.

replaces: effective_resistance
fails: effective_resistance-by_hand effective_resistance-values effective_resistance-pieces
    effective_resistance-habits
"""
def effective_resistance(W):
    W = np.array(W, dtype=float)
    R = np.divide(1.0, W, out=np.full(W.shape, np.inf), where=W > 0)
    np.fill_diagonal(R, 0.0)
    return R
