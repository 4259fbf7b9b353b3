"""Compares the shapes in the first block only.

replaces: resnet_forward
fails: resnet_forward-value
"""
def resnet_forward(blocks, x):
    """Output of the last block for x (n, d)."""
    h = np.array(x)
    for number, (U, b, V) in enumerate(blocks):
        branch = np.maximum(h @ U + b, 0) @ V
        if number == 0 and branch.shape != h.shape:
            raise ValueError(f"the branch has shape {branch.shape}, its input {h.shape}")
        h = h + branch
    return h
