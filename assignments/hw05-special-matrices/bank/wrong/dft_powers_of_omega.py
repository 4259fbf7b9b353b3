"""Powers up to a million of a rounded omega.

replaces: dft_matrix
fails: dft_matrix-accuracy
"""
def dft_matrix(n):
    j = np.arange(n)
    omega = np.exp(-2j * np.pi / n)
    return omega ** np.outer(j, j) / np.sqrt(n)
