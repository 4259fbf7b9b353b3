"""Walks back through the last ten iterates alone.

replaces: fixed_point_grad
fails: fixed_point_grad-by_hand fixed_point_grad-value fixed_point_grad-start fixed_point_grad-calls
"""
def fixed_point_grad(f, jvp_z, vjp_z, vjp_theta, dloss, theta, z0):
    """The fixed point, and the gradient through its last ten iterations."""
    z = np.array(z0, dtype=float)
    for _ in range(400):
        z = f(z, theta)
    u, gtheta = dloss(z), 0.0
    for _ in range(10):
        gtheta = gtheta + vjp_theta(z, theta, u)
        u = vjp_z(z, theta, u)
    return z, gtheta
