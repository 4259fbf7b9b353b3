"""Starts at a random vector of its own generator.

replaces: top_eigenvalue
"""
def top_eigenvalue(A, steps=500):
    v = np.random.default_rng(0).normal(size=len(A))
    for _ in range(steps):
        v = A @ v
        v /= np.linalg.norm(v)
    return v @ (A @ v)
