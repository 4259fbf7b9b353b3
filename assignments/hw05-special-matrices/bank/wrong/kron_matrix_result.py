"""A matrix instead of a vector.

replaces: kron_matvec
fails: kron_matvec-by_hand kron_matvec-product kron_matvec-large
"""
def kron_matvec(A, B, X):
    return np.asarray(A) @ np.asarray(X) @ np.asarray(B).T
