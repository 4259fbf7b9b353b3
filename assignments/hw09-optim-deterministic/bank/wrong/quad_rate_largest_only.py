"""Looks at the largest eigenvalue alone.

replaces: quad_rate
fails: quad_rate-values quad_rate-not_positive
"""
def quad_rate(H, lr):
    return float(abs(1 - lr * np.linalg.eigvalsh(H)[-1]))
