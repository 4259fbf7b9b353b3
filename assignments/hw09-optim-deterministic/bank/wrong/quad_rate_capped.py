"""Says 1 where the iteration diverges.

replaces: quad_rate
fails: quad_rate-by_hand quad_rate-values quad_rate-not_positive
"""
def quad_rate(H, lr):
    return float(min(1.0, np.abs(1 - lr * np.linalg.eigvalsh(H)).max()))
