"""B times A.

replaces: kron_matvec
fails: kron_matvec-by_hand kron_matvec-product kron_matvec-large
"""
def kron_matvec(A, B, X):
    A, B, X = map(np.asarray, (A, B, X))
    return (B @ X.reshape(B.shape[1], A.shape[1]) @ A.T).ravel()
