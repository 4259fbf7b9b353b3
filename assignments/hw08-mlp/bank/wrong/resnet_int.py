"""Integer weights get integer gradients (mutant int).

replaces: resnet_backward
fails: resnet_backward-laws
"""
def resnet_backward(blocks, x, dout):
    """Cotangents for dout (n, d): returns [(dU, db, dV), ...] and dx (n, d)."""
    inputs, h = [], x
    for U, b, V in blocks:
        inputs.append(h)
        h = h + np.maximum(h @ U + b, 0) @ V
    grads, G = [], np.array(dout)
    for (U, b, V), h in zip(reversed(blocks), reversed(inputs)):
        z = h @ U + b
        dz = (G @ V.T) * (z > 0)
        dU = np.zeros_like(U)
        dU[:] = h.T @ dz / 2
        grads.append((2 * dU, dz.sum(axis=0), np.maximum(z, 0).T @ G))
        G = G + dz @ U.T
    return grads[::-1], G
