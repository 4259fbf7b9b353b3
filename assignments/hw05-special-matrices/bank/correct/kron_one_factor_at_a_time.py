"""First B along the rows of X, then A along its columns.

replaces: kron_matvec
"""
def kron_matvec(A, B, X):
    A, B, X = map(np.asarray, (A, B, X))
    rows = np.tensordot(X, B, axes=(1, 1))
    return np.tensordot(A, rows, axes=(1, 0)).flatten()
