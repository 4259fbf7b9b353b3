"""Householder's reflections, each with determinant -1.

replaces: slogdet
"""
def slogdet(A):
    A = np.array(A, dtype=np.result_type(A, float))
    n, sign, logabs = len(A), 1.0, 0.0
    for k in range(n):
        size = math.sqrt(np.sum(np.abs(A[k:, k]) ** 2))
        if size == 0:
            return 0.0, -np.inf
        phase = A[k, k] / abs(A[k, k]) if A[k, k] != 0 else 1.0
        logabs += math.log(size)
        if k == n - 1:
            return sign * phase, logabs
        v = A[k:, k].copy()
        v[0] += phase * size
        A[k:, k:] -= np.outer(2 * v / np.sum(np.abs(v) ** 2), v.conj() @ A[k:, k:])
        sign = sign * phase                             # (-1) of the reflection, (-phase) of the pivot
