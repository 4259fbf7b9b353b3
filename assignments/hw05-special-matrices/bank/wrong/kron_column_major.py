"""Columns behind one another instead of rows.

replaces: kron_matvec
fails: kron_matvec-product kron_matvec-large
"""
def kron_matvec(A, B, X):
    return (np.asarray(A) @ np.asarray(X) @ np.asarray(B).T).ravel(order="F")
