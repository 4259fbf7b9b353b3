"""As a product of projections, a matrix for every row.

replaces: vjp_layer_norm
"""
def vjp_layer_norm(x, g):
    """Cotangent of x (..., n) for the cotangent g of its normalised last axis."""
    x, g = np.asarray(x, dtype=float), np.asarray(g, dtype=float)
    n, result = x.shape[-1], np.empty(x.shape)
    centre = np.eye(n) - 1 / n
    for index in np.ndindex(x.shape[:-1]):
        c = centre @ x[index]
        sd = (c @ c / n + 1e-5) ** 0.5
        J = centre / sd - np.outer(c, c) / (n * sd**3)
        result[index] = J.T @ g[index]
    return result
