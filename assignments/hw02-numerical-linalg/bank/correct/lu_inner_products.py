"""Column by column with inner products (Crout and Doolittle), the multipliers in the lower half.

replaces: lu
"""
def lu(A):
    LU = np.array(A, dtype=np.result_type(A, float))
    n = LU.shape[0]
    p = list(range(n))
    for j in range(n):
        for i in range(1, n):
            k = min(i, j)
            if k:
                LU[i, j] = LU[i, j] - LU[i, :k] @ LU[:k, j]
        best = max(range(j, n), key=lambda i: abs(LU[i, j]))
        if best != j:
            LU[[j, best]] = LU[[best, j]]
            p[j], p[best] = p[best], p[j]
        if LU[j, j] != 0:
            LU[j + 1:, j] = LU[j + 1:, j] / LU[j, j]
    L = np.tril(LU, -1)
    L[range(n), range(n)] = 1
    return np.array(p), L, np.triu(LU)
