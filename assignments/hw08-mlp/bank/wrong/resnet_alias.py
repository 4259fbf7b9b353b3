"""Adds the branch to the caller's x (mutant alias).

replaces: resnet_forward
fails: resnet_backward-laws
"""
def resnet_forward(blocks, x):
    """Output of the last block for x (n, d)."""
    h = x
    for U, b, V in blocks:
        branch = np.maximum(h @ U + b, 0) @ V
        if branch.shape != h.shape:
            raise ValueError(f"the branch has shape {branch.shape}, its input {h.shape}")
        h += branch
    return h
