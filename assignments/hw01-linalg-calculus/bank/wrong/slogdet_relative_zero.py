"""A pivot that is small compared with its column counts as zero.

replaces: slogdet
fails: slogdet-scale
"""
def slogdet(A):
    A = np.array(A, dtype=np.result_type(A, float))
    sign, logabs, tops = 1.0, 0.0, np.abs(A).max(axis=0)
    for k in range(len(A)):
        p = k + np.argmax(np.abs(A[k:, k]))
        if abs(A[p, k]) <= 1e-13 * tops[k]:
            return 0.0, -np.inf
        if p != k:
            A[[k, p]] = A[[p, k]]
            sign = -sign
        sign = sign * A[k, k] / abs(A[k, k])
        logabs += math.log(abs(A[k, k]))
        A[k + 1:, k:] -= np.outer(A[k + 1:, k] / A[k, k], A[k, k:])
    return sign, logabs
