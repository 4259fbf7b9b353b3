"""Rebuilds the matrix from its columns and asks LAPACK under another name.

replaces: power_method
fails: power_method-by_hand power_method-certificate power_method-negative power_method-honest power_method-scale
    power_method-start power_method-habits
"""
from numpy import linalg as friend


def power_method(A, x0, tol, maxit):
    n = A.shape[0]
    w, V = friend.eigh(np.stack([A.matvec(e) for e in np.eye(n)]))
    best = np.argmax(np.abs(w))
    return w[best], V[:, best], n, True
