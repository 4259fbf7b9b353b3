"""complex64 on the way.

replaces: dft_matrix
fails: dft_matrix-by_hand dft_matrix-entries dft_matrix-laws dft_matrix-accuracy
"""
def dft_matrix(n):
    j = np.arange(n)
    F = np.exp(-2j * np.pi * (np.outer(j, j) % n) / n) / np.sqrt(n)
    return F.astype(np.complex64).astype(complex)
