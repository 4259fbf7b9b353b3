"""Scales with the root of |d| on both sides.

replaces: woodbury_solve
"""
def woodbury_solve(d, U, V, b):
    root = np.sqrt(np.abs(d))
    sign = np.sign(d)[:, None]
    left, right = U / root[:, None], V / root[:, None]
    y = (b.T / root).T.reshape(len(d), -1) * sign
    small = np.eye(U.shape[1]) + right.T @ (sign * left)
    y = y - sign * left @ np.linalg.solve(small, right.T @ y)
    return (y / root[:, None]).reshape(b.shape)
