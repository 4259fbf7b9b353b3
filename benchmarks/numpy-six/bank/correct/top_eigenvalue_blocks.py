"""Iterates a block, and takes the first of it.

replaces: top_eigenvalue
"""
def top_eigenvalue(A, steps=500):
    Q = np.linalg.qr(np.random.default_rng(1).normal(size=(len(A), 2)))[0]
    for _ in range(steps):
        Q, R = np.linalg.qr(A @ Q)
    values = np.linalg.eigvalsh(Q.T @ A @ Q)
    return values[np.argmax(np.abs(values))]
