"""One column at a time, brought up to date when it is needed.

replaces: slogdet
"""
def slogdet(A):
    A = np.array(A, dtype=np.result_type(A, np.float64))
    n, sign, total = len(A), 1.0, []
    for k in range(n):
        for j in range(k):
            A[j + 1:, k] -= A[j + 1:, j] * A[j, k]
        p = int(np.abs(A[k:, k]).argmax()) + k
        if A[p, k] == 0:
            return 0.0, -np.inf
        A[[p, k], :] = A[[k, p], :]
        sign *= (1 if p == k else -1) * A[k, k] / abs(A[k, k])
        total.append(math.log(abs(A[k, k])))
        A[k + 1:, k] /= A[k, k]
    return sign, math.fsum(total)
