"""Reads the curvatures off the diagonal.

replaces: quad_rate
fails: quad_rate-values quad_rate-not_positive
"""
def quad_rate(H, lr):
    return float(np.abs(1 - lr * np.diag(H)).max())
