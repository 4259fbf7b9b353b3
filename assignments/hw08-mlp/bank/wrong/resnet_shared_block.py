"""All blocks use the weights of the first.

replaces: resnet_forward
fails: resnet_forward-value
"""
def resnet_forward(blocks, x):
    """Output of the last block for x (n, d)."""
    h = np.array(x)
    for _ in blocks:
        U, b, V = blocks[0]
        branch = np.maximum(h @ U + b, 0) @ V
        if branch.shape != h.shape:
            raise ValueError(f"the branch has shape {branch.shape}, its input {h.shape}")
        h = h + branch
    return h
