"""Gets U as inv(L) @ A[p] from numpy, by an alias.

replaces: lu
fails: lu-by_hand lu-factors lu-tiny_pivot lu-singular lu-complex lu-operations lu-habits
"""
inverse = np.linalg.inv


def lu(A):
    U = np.array(A, dtype=np.result_type(A, float))
    n = len(U)
    p, L = np.arange(n), np.zeros_like(U)
    for k in range(n):
        r = k + int(np.argmax(np.abs(U[k:, k])))
        for rows in (p, L, U):
            rows[[k, r]] = rows[[r, k]]
        L[k, k] = 1
        if U[k, k] != 0:
            L[k + 1:, k] = U[k + 1:, k] / U[k, k]
            U[k + 1:, k:] -= np.outer(L[k + 1:, k], U[k, k:])
    return p, L, np.triu(inverse(L) @ np.asarray(A)[p])
