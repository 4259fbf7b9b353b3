"""Row by row, with a list of rows.

replaces: slogdet
"""
def slogdet(A):
    rows = [np.array(row, dtype=np.result_type(row, float)) for row in np.asarray(A)]
    n, exchanges, pivots = len(rows), 0, []
    for k in range(n):
        p = max(range(k, n), key=lambda i: abs(rows[i][k]))
        rows[k], rows[p] = rows[p], rows[k]
        exchanges += p != k
        if rows[k][k] == 0:
            return 0.0, float("-inf")
        pivots.append(rows[k][k])
        for i in range(k + 1, n):
            rows[i] = rows[i] - rows[i][k] / rows[k][k] * rows[k]
    pivots = np.array(pivots)
    return (-1) ** exchanges * np.prod(pivots / np.abs(pivots)), np.log(np.abs(pivots)).sum()
