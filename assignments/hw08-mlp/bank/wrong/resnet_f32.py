"""Computes in float32 (mutant f32).

replaces: resnet_forward
fails: resnet_forward-value resnet_backward-laws
"""
def resnet_forward(blocks, x):
    """Output of the last block for x (n, d)."""
    h = np.array(x, dtype=np.float32)
    for U, b, V in blocks:
        branch = np.maximum(h @ U + b, 0) @ V
        if branch.shape != h.shape:
            raise ValueError(f"the branch has shape {branch.shape}, its input {h.shape}")
        h = h + branch.astype(np.float32)
    return h
