"""Three loops over lists of numbers, and the last of several equal pivots.

replaces: lu
"""
def lu(A):
    rows = [list(row) for row in np.array(A, dtype=np.result_type(A, float))]
    n = len(rows)
    multipliers = [[0] * n for _ in rows]
    p = list(range(n))
    for k in range(n):
        best = k
        for i in range(k, n):
            if abs(rows[i][k]) >= abs(rows[best][k]):
                best = i
        for table in (rows, multipliers, p):
            table[k], table[best] = table[best], table[k]
        multipliers[k][k] = 1
        for i in range(k + 1, n):
            if rows[k][k] != 0:
                factor = rows[i][k] / rows[k][k]
                multipliers[i][k] = factor
                for j in range(k + 1, n):
                    rows[i][j] = rows[i][j] - factor * rows[k][j]
            rows[i][k] = 0
    dtype = np.result_type(A, float)
    return np.array(p), np.array(multipliers, dtype=dtype), np.array(rows, dtype=dtype)
