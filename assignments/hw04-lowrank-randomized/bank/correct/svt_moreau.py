"""A minus its projection onto the matrices of spectral norm at most tau.

replaces: svt
"""
def svt(A, tau):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return A - (U * np.minimum(s, tau)) @ Vt
