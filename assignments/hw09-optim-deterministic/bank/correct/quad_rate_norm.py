"""The spectral norm of I - lr H.

replaces: quad_rate
"""
def quad_rate(H, lr):
    return float(np.linalg.norm(np.eye(len(H)) - lr * np.asarray(H, dtype=float), 2))
