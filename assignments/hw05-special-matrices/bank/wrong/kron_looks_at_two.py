"""Real when A and X are, whatever B is.

replaces: kron_matvec
fails: kron_matvec-product
"""
def kron_matvec(A, B, X):
    y = (np.asarray(A) @ np.asarray(X) @ np.asarray(B).T).ravel()
    return y.real.copy() if np.isrealobj(A) and np.isrealobj(X) else y
