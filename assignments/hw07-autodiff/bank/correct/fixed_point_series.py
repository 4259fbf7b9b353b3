"""The Neumann series, term by term, after a fixed number of steps.

replaces: fixed_point_grad
"""
def fixed_point_grad(f, jvp_z, vjp_z, vjp_theta, dloss, theta, z0):
    """The fixed point z = f(z, theta) reached from z0, and the gradient of L(z) by theta."""
    z = np.asarray(z0, dtype=float)
    for _ in range(350):
        z = f(z, theta)
    term = dloss(z)
    total = 0.0 * term
    while np.linalg.norm(term) > 1e-11 * np.linalg.norm(total):
        total = total + term
        term = vjp_z(z, theta, term)
    return z, vjp_theta(z, theta, total)
