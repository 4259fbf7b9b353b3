"""Walks back through all iterates.

replaces: fixed_point_grad
fails: fixed_point_grad-calls
"""
def fixed_point_grad(f, jvp_z, vjp_z, vjp_theta, dloss, theta, z0):
    """The fixed point, and the gradient through every one of its iterations."""
    zs = [np.array(z0, dtype=float)]
    for _ in range(300):
        zs.append(f(zs[-1], theta))
    u, gtheta = dloss(zs[-1]), 0.0
    for z in reversed(zs[:-1]):
        gtheta = gtheta + vjp_theta(z, theta, u)
        u = vjp_z(z, theta, u)
    return zs[-1], gtheta
