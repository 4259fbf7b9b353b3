"""p_j = 1 / sum_i exp(z_i - z_j): overflow there means probability 0.

replaces: softmax
"""
def softmax(Z):
    Z = np.array(Z, dtype=np.float64)
    if np.any(np.all(np.isneginf(Z), axis=-1)):
        raise ValueError("no finite score")
    out = np.where(np.isneginf(Z), 0.0, 1.0)
    Z = np.where(np.isneginf(Z), -1e6, Z)
    with np.errstate(over="ignore"):
        return out / np.exp(Z[..., None, :] - Z[..., :, None]).sum(axis=-1)
