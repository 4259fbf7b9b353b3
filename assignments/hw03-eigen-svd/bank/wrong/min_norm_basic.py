"""A basic solution with as few nonzero entries as equations: it solves, and is not the shortest.

replaces: min_norm_solve
fails: min_norm_solve-shortest
"""
def min_norm_solve(A, b):
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    m, n = A.shape
    if m >= n:
        return pinv(A) @ b
    x = np.zeros(n)
    x[:m] = pinv(A[:, :m]) @ b
    if m == 1:
        x[:] = pinv(A)[:, 0] * b[0]
    return x
