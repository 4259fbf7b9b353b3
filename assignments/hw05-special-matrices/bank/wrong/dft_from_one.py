"""Indices from 1 to n.

replaces: dft_matrix
fails: dft_matrix-by_hand dft_matrix-entries dft_matrix-laws dft_matrix-accuracy
"""
def dft_matrix(n):
    j = np.arange(1, n + 1)
    return np.exp(-2j * np.pi * (np.outer(j, j) % n) / n) / np.sqrt(n)
