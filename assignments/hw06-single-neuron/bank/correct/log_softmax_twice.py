"""Applies the same map to its own result: a second time changes nothing but rounding.

replaces: log_softmax
"""
def log_softmax(Z):
    Z = np.asarray(Z, dtype=float) + 0.0
    for _ in range(2):
        highest = np.amax(Z, axis=-1, keepdims=True)
        if np.any(highest == -np.inf):
            raise ValueError("no finite score")
        Z = Z - highest
        Z = Z - np.log(np.sum(np.exp(Z), axis=-1, keepdims=True))
    return Z
