"""np.kron.

replaces: kron_matvec
fails: kron_matvec-by_hand kron_matvec-product kron_matvec-large kron_matvec-habits
"""
def kron_matvec(A, B, X):
    return np.kron(A, B) @ np.asarray(X).ravel()
