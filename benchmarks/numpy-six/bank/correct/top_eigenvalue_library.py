"""All eigenvalues from the library.

replaces: top_eigenvalue
"""
def top_eigenvalue(A, steps=500):
    values = np.linalg.eigvalsh(A)
    return values[np.abs(values).argmax()]
