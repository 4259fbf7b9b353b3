"""Small singular values become negative.

replaces: svt
fails: svt-by_hand svt-minimiser svt-edges svt-habits
"""
def svt(A, tau):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U * (s - tau)) @ Vt
