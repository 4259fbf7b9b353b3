"""Halves the columns: the left half first, then a triangular system, then the rest.

replaces: lu
"""
def factor(A):
    m, n = A.shape
    if n == 1:
        p, best = np.arange(m), int(np.argmax(np.abs(A[:, 0])))
        p[[0, best]] = p[[best, 0]]
        A[[0, best]] = A[[best, 0]]
        if A[0, 0] != 0:
            A[1:, 0] = A[1:, 0] / A[0, 0]
        return p
    h = n // 2
    p = factor(A[:, :h])
    A[:, h:] = A[p, h:]
    for i in range(1, h):
        A[i, h:] = A[i, h:] - A[i, :i] @ A[:i, h:]
    A[h:, h:] = A[h:, h:] - A[h:, :h] @ A[:h, h:]
    q = factor(A[h:, h:])
    A[h:, :h] = A[h:, :h][q]
    p[h:] = p[h:][q]
    return p


def lu(A):
    A = np.array(A, dtype=np.result_type(A, float))
    p = factor(A)
    L = np.tril(A, -1)
    np.fill_diagonal(L, 1)
    return p, L, np.triu(A)
