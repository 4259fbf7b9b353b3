"""Adds up the terms that stay, one by one.

replaces: svt
"""
def svt(A, tau):
    U, s, Vt = np.linalg.svd(np.array(A, dtype=float))
    X = np.zeros(np.shape(A))
    for j, value in enumerate(s):
        if value > tau:
            X += (value - tau) * np.outer(U[:, j], Vt[j])
    return X
