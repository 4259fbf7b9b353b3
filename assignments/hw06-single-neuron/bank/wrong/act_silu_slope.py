"""The slope of silu without the product rule.

replaces: act
fails: act-slopes act-large act-by_hand
"""
def act(name, z):
    z = np.array(z, dtype=float)
    s = (1 + np.tanh(z / 2)) / 2
    if name == "sigmoid":
        return s, s * (1 - s)
    if name == "tanh":
        return np.tanh(z), 1 - np.tanh(z) ** 2
    if name == "relu":
        return np.maximum(z, 0), (z > 0) * 1.0
    if name == "leaky":
        return np.where(z > 0, z, 0.01 * z), np.where(z > 0, 1.0, 0.01)
    if name == "softplus":
        return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))), s
    if name == "gelu":
        Phi = (1 + np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2))) / 2
        return z * Phi, Phi + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    if name == "silu":
        return z * s, z * s * (1 - s)
    raise ValueError(name)
