"""np.kron under another name.

replaces: kron_matvec
fails: kron_matvec-by_hand kron_matvec-product kron_matvec-large kron_matvec-habits
"""
from numpy import kron as product


def kron_matvec(A, B, X):
    return product(A, B) @ np.asarray(X).ravel()
