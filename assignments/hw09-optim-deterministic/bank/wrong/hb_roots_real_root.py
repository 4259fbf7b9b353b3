"""The square root of a negative number: nan where the ball swings.

replaces: hb_roots
fails: hb_roots-by_hand hb_roots-roots hb_roots-double
"""
def hb_roots(lam, lr, beta):
    b = 1 - lr * lam + beta
    root = np.sqrt(b * b - 4 * beta)
    return np.array([b + root, b - root], dtype=complex) / 2
