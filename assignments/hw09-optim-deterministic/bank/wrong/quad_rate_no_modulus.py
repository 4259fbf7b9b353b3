"""Forgets the modulus: an overshooting step seems fast.

replaces: quad_rate
fails: quad_rate-by_hand quad_rate-values
"""
def quad_rate(H, lr):
    return float((1 - lr * np.linalg.eigvalsh(H)).max())
