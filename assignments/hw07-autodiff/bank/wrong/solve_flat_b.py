"""A b with one column comes back as a vector.

replaces: vjp_solve
fails: vjp_solve-adjoint
"""
def vjp_solve(A, b, gx):
    """Cotangents of A (n, n) and b for the cotangent gx of x = A^-1 b: returns gA, gb."""
    # Two systems, the second with the transpose of A.
    # A vector b is a matrix with one column.
    x, gb = np.linalg.solve(A, b), np.linalg.solve(np.transpose(A), gx)
    gA = -gb.reshape(len(A), -1) @ x.reshape(len(A), -1).T
    return gA, gb.ravel() if gb.ndim == 2 and gb.shape[1] == 1 else gb
