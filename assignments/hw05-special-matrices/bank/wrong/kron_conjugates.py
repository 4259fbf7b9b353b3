"""The conjugate transpose of B.

replaces: kron_matvec
fails: kron_matvec-product
"""
def kron_matvec(A, B, X):
    return (np.asarray(A) @ np.asarray(X) @ np.asarray(B).conj().T).ravel()
