"""exp of the score less the log-sum-exp: loses the digits of a common level.

replaces: softmax
"""
def softmax(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("no finite score")
    return np.exp(Z - (top + np.log(np.exp(Z - top).sum(axis=-1, keepdims=True))))
