"""Reads x in the order of its memory (mutant ravel).

replaces: resnet_forward
fails: resnet_backward-laws
"""
def resnet_forward(blocks, x):
    """Output of the last block for x (n, d)."""
    h = x.ravel(order="K").reshape(x.shape)
    for U, b, V in blocks:
        branch = np.maximum(h @ U + b, 0) @ V
        if branch.shape != h.shape:
            raise ValueError(f"the branch has shape {branch.shape}, its input {h.shape}")
        h = h + branch
    return h
