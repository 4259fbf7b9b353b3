"""The explicit matrix: 80 GB for the large test.

replaces: circ_matvec
fails: circ_matvec-large
"""
def circ_matvec(c, x):
    c, x, n = np.asarray(c), np.asarray(x), len(c)
    C = np.empty((n, n), dtype=np.result_type(c, float))
    for j in range(n):
        C[:, j] = np.roll(c, j)
    return C @ x
