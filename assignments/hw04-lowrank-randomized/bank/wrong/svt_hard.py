"""A hard threshold: what stays is not made smaller.

replaces: svt
fails: svt-by_hand svt-minimiser svt-edges svt-habits
"""
def svt(A, tau):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U * np.where(s > tau, s, 0)) @ Vt
