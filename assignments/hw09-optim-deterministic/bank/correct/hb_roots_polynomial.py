"""numpy finds the roots of the polynomial.

replaces: hb_roots
"""
def hb_roots(lam, lr, beta):
    total, product = 1 - lr * lam + beta, beta
    first = np.roots([1.0, -total, product]).astype(complex) if product else np.array([total, 0], dtype=complex)
    return first
