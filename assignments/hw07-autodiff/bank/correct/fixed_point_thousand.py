"""All 1000 calls, every time.

replaces: fixed_point_grad
"""
def fixed_point_grad(f, jvp_z, vjp_z, vjp_theta, dloss, theta, z0):
    """The fixed point z = f(z, theta) reached from z0, and the gradient of L(z) by theta."""
    z = np.array(z0, dtype=float)
    for _ in range(1000):
        z = f(z, theta)
    g = dloss(z)
    u = np.zeros(len(z))
    for _ in range(1000):
        u = g + vjp_z(z, theta, u)
    return z, vjp_theta(z, theta, u)
