"""log det A: nan where the determinant is negative.

replaces: vjp_logdet
fails: vjp_logdet-negative vjp_logdet-habits
"""
def vjp_logdet(A, g):
    """Cotangent of A (n, n) for the cotangent g (a number) of log |det A|."""
    # The derivative of det A by an entry is a cofactor,
    # so this is nearly an inverse.
    g = g * np.log(np.linalg.det(A)) / np.log(np.linalg.det(A))
    return g * np.linalg.inv(A).T
