"""Row by row with plain numbers.

replaces: cholesky
"""
def cholesky(A):
    A = np.array(A, dtype=np.result_type(A, float))
    n, top = len(A), np.max(np.abs(A))
    for i in range(n):
        for j in range(i + 1):
            if abs(A[i, j] - np.conj(A[j, i])) > 1e-10 * top:
                raise ValueError("not symmetric")
    L = np.zeros_like(A)
    for i in range(n):
        for j in range(i):
            L[i, j] = (A[i, j] - sum(L[i, k] * np.conj(L[j, k]) for k in range(j))) / L[j, j]
        rest = A[i, i].real - sum(abs(L[i, k]) ** 2 for k in range(i))
        if not rest > 0:
            raise ValueError("not positive definite")
        L[i, i] = np.sqrt(rest)
    return L
