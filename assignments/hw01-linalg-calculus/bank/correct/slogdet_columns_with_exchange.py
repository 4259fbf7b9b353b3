"""Columns are eliminated and exchanged: the same for the transposed matrix.

replaces: slogdet
"""
def slogdet(A):
    A = np.array(A).astype(np.result_type(A, float))
    sign, logabs = 1.0, np.float64(0)
    for k in range(A.shape[1]):
        p = k + np.abs(A[k, k:]).argmax()
        if p > k:
            A[:, [k, p]] = A[:, [p, k]]
            sign = -sign
        pivot = A[k, k]
        if pivot == 0:
            return 0.0, -np.inf
        sign, logabs = sign * (pivot / np.abs(pivot)), logabs + np.log(np.abs(pivot))
        A[k:, k + 1:] -= A[k:, k, None] * (A[k, k + 1:] / pivot)
    return sign, logabs
