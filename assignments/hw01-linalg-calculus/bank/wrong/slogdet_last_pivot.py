"""Nothing is left to eliminate with the last pivot, so nobody looks whether it is zero.

replaces: slogdet
fails: slogdet-singular
"""
def slogdet(A):
    A = np.array(A, dtype=np.result_type(A, float))
    sign = 1.0
    for k in range(len(A) - 1):
        p = k + np.argmax(np.abs(A[k:, k]))
        if A[p, k] == 0:
            return 0.0, -np.inf
        if p != k:
            A[[k, p]] = A[[p, k]]
            sign = -sign
        A[k + 1:, k:] -= np.outer(A[k + 1:, k] / A[k, k], A[k, k:])
    pivots = np.diag(A)
    for pivot in pivots[pivots != 0]:
        sign = sign * pivot / abs(pivot)
    return sign, np.log(np.abs(pivots)).sum()
