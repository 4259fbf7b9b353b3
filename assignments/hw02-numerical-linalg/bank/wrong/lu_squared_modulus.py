"""Looks for the largest square of the absolute value, which underflows.

replaces: lu
fails: lu-tiny_pivot lu-complex
"""
def lu(A):
    """LU with partial pivoting: p (n,) whole numbers, L and U (n, n) with A[p] = L @ U."""
    # Step k: find the pivot, exchange rows of U, of L and entries of p together, then
    # subtract multiples of row k below it.
    U = np.array(A, dtype=np.result_type(A, float))
    n = len(U)
    p, L = np.arange(n), np.zeros_like(U)
    for k in range(n):
        r = k + int(np.argmax(np.abs(U[k:, k]) ** 2))
        for rows in (p, L, U):
            rows[[k, r]] = rows[[r, k]]
        L[k, k] = 1
        if U[k, k] != 0:
            L[k + 1:, k] = U[k + 1:, k] / U[k, k]
            U[k + 1:, k + 1:] -= np.outer(L[k + 1:, k], U[k, k + 1:])
            U[k + 1:, k] = 0
    return p, L, U
