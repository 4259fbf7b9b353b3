"""A branch of width one is added to every feature without complaint.

replaces: resnet_forward
fails: resnet_forward-value
"""
def resnet_forward(blocks, x):
    """Output of the last block for x (n, d)."""
    h = np.array(x)
    for U, b, V in blocks:
        branch = np.maximum(h @ U + b, 0) @ V
        h = h + branch
    return h
