"""Takes small negative numbers under the root for rounding.

replaces: cholesky
fails: cholesky-indefinite
"""
def cholesky(A):
    """The lower triangular L (n, n) with A = L @ L.conj().T; raises NotPositiveDefinite."""
    # Is A Hermitian? Then column by column: what stands under the root, its sign, the rest.
    A = np.array(A, dtype=np.result_type(A, float))
    if A.shape != A.T.shape or (np.abs(A - A.conj().T) > 1e-10 * np.abs(A).max()).any():
        raise NotPositiveDefinite("A should be Hermitian")
    n, L = len(A), np.zeros_like(A)
    for j in range(n):
        column = A[j:, j] - L[j:, :j] @ L[j, :j].conj()
        square = column[0].real
        if not square > -1e-12:
            raise NotPositiveDefinite(f"the pivot in column {j} is not positive")
        square = max(square, 1e-16)
        L[j:, j] = column / np.sqrt(square)
        L[j, j] = np.sqrt(square)
    return L
