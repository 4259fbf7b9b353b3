"""The eigenvalues of the explicit matrix.

replaces: circ_eigs
fails: circ_eigs-values
"""
def circ_eigs(c):
    n = len(c)
    C = np.empty((n, n), dtype=np.result_type(c, float))
    for j in range(n):
        C[:, j] = np.roll(c, j)
    return np.linalg.eigvals(C)
