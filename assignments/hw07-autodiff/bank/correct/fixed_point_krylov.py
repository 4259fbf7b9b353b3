"""Both systems by Krylov subspaces: Newton's method with JVPs forward, VJPs backward.

replaces: fixed_point_grad
"""
def fixed_point_grad(f, jvp_z, vjp_z, vjp_theta, dloss, theta, z0):
    """The fixed point z = f(z, theta) reached from z0, and the gradient of L(z) by theta."""
    def solved(product, b):
        """x with x - product(x) = b, in a Krylov space of dimension at most 60."""
        if not np.any(b):
            return b
        basis, columns = [b / np.linalg.norm(b)], []
        for _ in range(min(60, len(b))):
            columns.append(basis[-1] - product(basis[-1]))
            w = columns[-1].copy()
            for _ in range(2):
                for q in basis:
                    w = w - (q @ w) * q
            if np.linalg.norm(w) < 1e-13:
                break
            basis.append(w / np.linalg.norm(w))
        A = np.array(columns).T
        c = np.linalg.lstsq(A, b, rcond=1e-14)[0]
        return np.array(basis[:len(columns)]).T @ c

    z = np.array(z0, dtype=float)
    for _ in range(12):
        z = z + solved(lambda v: jvp_z(z, theta, v), f(z, theta) - z)
    return z, vjp_theta(z, theta, solved(lambda u: vjp_z(z, theta, u), dloss(z)))
