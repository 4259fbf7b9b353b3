"""Returns the moduli.

replaces: hb_roots
fails: hb_roots-roots hb_roots-double
"""
def hb_roots(lam, lr, beta):
    b = 1 - lr * lam + beta
    root = np.sqrt(complex(b * b - 4 * beta))
    return np.abs(np.array([b + root, b - root]) / 2).astype(complex)
