"""X is transposed first: the two factors exchanged.

replaces: kron_matvec
fails: kron_matvec-product kron_matvec-large
"""
def kron_matvec(A, B, X):
    return (np.asarray(B) @ np.asarray(X).T @ np.asarray(A).T).ravel()
