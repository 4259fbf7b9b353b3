"""Exchanges rows only where the pivot is zero.

replaces: slogdet
fails: slogdet-zero_pivot slogdet-values
"""
def slogdet(A):
    A = np.array(A, dtype=np.result_type(A, float))
    sign, logabs = 1.0, 0.0
    for k in range(len(A)):
        p = k if A[k, k] != 0 else k + np.argmax(np.abs(A[k:, k]))
        if A[p, k] == 0:
            return 0.0, -np.inf
        if p != k:
            A[[k, p]] = A[[p, k]]
            sign = -sign
        sign = sign * A[k, k] / abs(A[k, k])
        logabs += math.log(abs(A[k, k]))
        A[k + 1:, k:] -= np.outer(A[k + 1:, k] / A[k, k], A[k, k:])
    return sign, logabs
