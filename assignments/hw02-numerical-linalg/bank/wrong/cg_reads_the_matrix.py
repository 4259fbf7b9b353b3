"""Reads A column by column, eliminates, and claims one step.

replaces: cg
fails: cg-two_steps cg-few_eigenvalues cg-rate cg-honest cg-stops cg-products cg-habits
"""
def cg(A, b, tol, maxit):
    b = np.array(b, dtype=float)
    n = len(b)
    if not b.any():
        return b, [0.0]
    M = np.column_stack([A.matvec(e) for e in np.eye(n)])
    p, L, U = lu(M)
    y = b[p]
    for i in range(n):
        y[i] -= L[i, :i] @ y[:i]
    for i in reversed(range(n)):
        y[i] = (y[i] - U[i, i + 1:] @ y[i + 1:]) / U[i, i]
    return y, [float(np.linalg.norm(b)), float(np.linalg.norm(b - M @ y))]
