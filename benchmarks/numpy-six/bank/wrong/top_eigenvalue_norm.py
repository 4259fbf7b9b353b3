"""The norm has lost the sign.

replaces: top_eigenvalue
fails: top_eigenvalue-negative
"""
def top_eigenvalue(A, steps=500):
    v = np.random.default_rng(0).normal(size=len(A))
    for _ in range(steps):
        v = A @ v
        size = np.linalg.norm(v)
        v = v / size
    return float(size)
