"""The same, behind a string.

replaces: cg
fails: cg-two_steps cg-few_eigenvalues cg-rate cg-honest cg-stops cg-products cg-zero cg-habits
"""
tools = np.linalg


def cg(A, b, tol, maxit):
    M = np.column_stack([A.matvec(e) for e in np.eye(len(b))])
    x = getattr(tools, "lstsq")(M, b, None)[0]
    return x, [float(np.linalg.norm(b)), float(np.linalg.norm(b - M @ x))]
