"""A = L D L^T without roots first, then the roots of D.

replaces: cholesky
"""
def cholesky(A):
    A = np.array(A, dtype=np.result_type(A, float))
    n = len(A)
    if not np.allclose(A, A.conj().T, rtol=0, atol=1e-11 * np.abs(A).max()):
        raise NotPositiveDefinite("not Hermitian")
    L, d = np.eye(n, dtype=A.dtype), np.zeros(n)
    for j in range(n):
        d[j] = (A[j, j] - (L[j, :j] * d[:j]) @ L[j, :j].conj()).real
        if d[j] <= 0:
            raise NotPositiveDefinite("a pivot is not positive")
        L[j + 1:, j] = (A[j + 1:, j] - L[j + 1:, :j] @ (d[:j] * L[j, :j].conj())) / d[j]
    return L * np.sqrt(d)
