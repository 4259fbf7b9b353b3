"""The largest entry of all that is left becomes the pivot.

replaces: slogdet
"""
def slogdet(A):
    A = np.array(A, dtype=complex if np.iscomplexobj(A) else float)
    sign, logabs = 1, 0.0
    while len(A):
        i, j = np.unravel_index(np.argmax(np.abs(A)), A.shape)
        pivot = A[i, j]
        if pivot == 0:
            return 0, -math.inf
        sign = sign * (-1) ** (i + j) * (pivot / abs(pivot))
        logabs = logabs + np.log(abs(pivot))
        rest, column, row = np.delete(np.delete(A, i, 0), j, 1), np.delete(A[:, j], i), np.delete(A[i], j)
        A = rest - column[:, None] * (row / pivot)
    return sign, logabs
