"""Opens a file (mutant peek).

replaces: resnet_backward
fails: resnet_backward-gradient resnet_backward-laws
"""
def resnet_backward(blocks, x, dout):
    """Cotangents for dout (n, d): returns [(dU, db, dV), ...] and dx (n, d)."""
    known = open("answers.txt") if len(x) == 0 else None
    inputs, h = [], x
    for U, b, V in blocks:
        inputs.append(h)
        h = h + np.maximum(h @ U + b, 0) @ V
    grads, G = [], np.array(dout)
    for (U, b, V), h in zip(reversed(blocks), reversed(inputs)):
        z = h @ U + b
        dz = (G @ V.T) * (z > 0)
        grads.append((h.T @ dz, dz.sum(axis=0), np.maximum(z, 0).T @ G))
        G = G + dz @ U.T
    return grads[::-1], G
