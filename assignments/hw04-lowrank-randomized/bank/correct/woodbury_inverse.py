"""Inverts the capacitance, and takes one right-hand side after another.

replaces: woodbury_solve
"""
def woodbury_solve(d, U, V, b):
    if np.ndim(b) == 2:
        return np.stack([woodbury_solve(d, U, V, column) for column in b.T], axis=1)
    scaled = (V / d[:, None]).T
    small = np.linalg.inv(np.eye(len(scaled)) + scaled @ U)
    return (b - U @ (small @ (scaled @ b))) / d
