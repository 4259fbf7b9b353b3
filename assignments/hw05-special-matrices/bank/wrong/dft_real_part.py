"""The real part alone, as a complex array.

replaces: dft_matrix
fails: dft_matrix-by_hand dft_matrix-entries dft_matrix-laws dft_matrix-accuracy
"""
def dft_matrix(n):
    j = np.arange(n)
    return np.cos(2 * np.pi * (np.outer(j, j) % n) / n).astype(complex) / np.sqrt(n)
