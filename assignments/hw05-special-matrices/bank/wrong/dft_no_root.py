"""Without the factor in front.

replaces: dft_matrix
fails: dft_matrix-by_hand dft_matrix-entries dft_matrix-laws dft_matrix-accuracy
"""
def dft_matrix(n):
    j = np.arange(n)
    return np.exp(-2j * np.pi * (np.outer(j, j) % n) / n)
