"""Sympy solves the quadratic equation.

replaces: hb_roots
fails: hb_roots-by_hand hb_roots-roots hb_roots-double
"""
def hb_roots(lam, lr, beta):
    import sympy

    return np.array(sympy.Poly([1, -(1 - lr * lam + beta), beta], sympy.Symbol("r")).nroots(n=30), dtype=complex)
