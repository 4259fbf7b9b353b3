"""A sum of outer products.

replaces: low_rank
"""
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A)
    B = np.zeros(A.shape)
    for i in range(k):
        B += s[i] * np.outer(U[:, i], Vt[i])
    return B
