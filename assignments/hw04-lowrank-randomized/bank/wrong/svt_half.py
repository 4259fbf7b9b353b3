"""Takes off half of tau.

replaces: svt
fails: svt-by_hand svt-minimiser svt-edges svt-habits
"""
def svt(A, tau):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U * np.maximum(s - tau / 2, 0)) @ Vt
