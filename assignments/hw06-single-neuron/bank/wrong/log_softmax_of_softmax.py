"""The logarithm of the probabilities: -inf where they underflow.

replaces: log_softmax
fails: log_softmax-large log_softmax-by_hand
"""
def log_softmax(Z):
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    E = np.exp(Z - top)
    return np.log(E / E.sum(axis=-1, keepdims=True))
