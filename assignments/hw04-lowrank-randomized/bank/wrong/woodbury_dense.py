"""Forms the matrix.

replaces: woodbury_solve
fails: woodbury_solve-large
"""
def woodbury_solve(d, U, V, b):
    return np.linalg.solve(np.diag(d) + U @ V.T, b)
