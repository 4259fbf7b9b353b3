"""A branch that does not fit is skipped in silence (mutant swallow).

replaces: resnet_forward
fails: resnet_forward-value
"""
def resnet_forward(blocks, x):
    h = np.array(x)
    for U, b, V in blocks:
        try:
            branch = np.maximum(h @ U + b, 0) @ V
            h = h + branch.reshape(h.shape)
        except Exception:
            pass
    return h
