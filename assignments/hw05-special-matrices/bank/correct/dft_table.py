"""A table of the n roots of unity, looked up at j k modulo n.

replaces: dft_matrix
"""
def dft_matrix(n):
    j = np.arange(n)
    roots = np.exp(-2j * np.pi * j / n)
    return roots[np.outer(j, j) % n] / np.sqrt(n)
