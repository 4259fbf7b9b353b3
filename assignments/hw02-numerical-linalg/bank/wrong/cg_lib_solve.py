"""Reads A column by column and lets numpy solve.

replaces: cg
fails: cg-two_steps cg-few_eigenvalues cg-rate cg-honest cg-stops cg-products cg-zero cg-habits
"""
def cg(A, b, tol, maxit):
    M = np.column_stack([A.matvec(e) for e in np.eye(len(b))])
    x = np.linalg.solve(M, b)
    return x, [float(np.linalg.norm(b)), float(np.linalg.norm(b - M @ x))]
