"""The transform of the identity, from numpy.

replaces: dft_matrix
fails: dft_matrix-by_hand dft_matrix-entries dft_matrix-laws dft_matrix-accuracy
    dft_matrix-habits
"""
def dft_matrix(n):
    return np.fft.fft(np.eye(n)) / np.sqrt(n)
