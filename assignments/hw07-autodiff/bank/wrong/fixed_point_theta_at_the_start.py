"""The last VJP is taken at z0.

replaces: fixed_point_grad
fails: fixed_point_grad-value fixed_point_grad-start fixed_point_grad-calls
"""
def fixed_point_grad(f, jvp_z, vjp_z, vjp_theta, dloss, theta, z0):
    """The fixed point z = f(z, theta) reached from z0, and the gradient of L(z) by theta."""
    # Iterate until z stands still. Then do the same for u,
    # and ask vjp_theta once.
    def settled(step, z):
        for _ in range(900):
            before, z = z, step(z)
            if np.abs(z - before).max() <= 1e-12 * np.abs(z).max():
                break
        return z

    z = settled(lambda z: f(z, theta), np.array(z0, dtype=float))
    g = dloss(z)
    u = settled(lambda u: g + vjp_z(z, theta, u), np.zeros(len(z)))
    return z, vjp_theta(np.array(z0), theta, u)
