"""The largest, not that of largest modulus.

replaces: top_eigenvalue
fails: top_eigenvalue-negative
"""
def top_eigenvalue(A, steps=500):
    return np.linalg.eigvalsh(A)[-1]
