"""Multiplies the pivots and takes one logarithm.

replaces: slogdet
fails: slogdet-scale
"""
def slogdet(A):
    A = np.array(A, dtype=np.result_type(A, float))
    det = 1.0
    for k in range(len(A)):
        p = k + np.argmax(np.abs(A[k:, k]))
        if A[p, k] == 0:
            return 0.0, -np.inf
        if p != k:
            A[[k, p]] = A[[p, k]]
            det = -det
        det = det * A[k, k]
        A[k + 1:, k:] -= np.outer(A[k + 1:, k] / A[k, k], A[k, k:])
    return det / abs(det), math.log(abs(det))
