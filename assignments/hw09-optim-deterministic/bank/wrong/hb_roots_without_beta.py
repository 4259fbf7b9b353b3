"""Forgets beta in the sum of the roots.

replaces: hb_roots
fails: hb_roots-roots hb_roots-double
"""
def hb_roots(lam, lr, beta):
    b = 1 - lr * lam
    root = np.sqrt(complex(b * b - 4 * beta))
    return np.array([b + root, b - root]) / 2
