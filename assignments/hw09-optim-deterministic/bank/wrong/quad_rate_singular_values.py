"""Takes singular values: a negative curvature seems to converge.

replaces: quad_rate
fails: quad_rate-not_positive
"""
def quad_rate(H, lr):
    return float(np.abs(1 - lr * np.linalg.svd(H, compute_uv=False)).max())
