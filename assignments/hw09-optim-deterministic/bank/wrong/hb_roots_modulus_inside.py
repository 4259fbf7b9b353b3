"""Takes the modulus under the root: complex roots become real.

replaces: hb_roots
fails: hb_roots-by_hand hb_roots-roots
"""
def hb_roots(lam, lr, beta):
    b = 1 - lr * lam + beta
    root = np.sqrt(abs(b * b - 4 * beta))
    return np.array([b + root, b - root], dtype=complex) / 2
