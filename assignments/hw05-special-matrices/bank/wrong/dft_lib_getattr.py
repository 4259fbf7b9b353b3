"""The same, the module fetched by name.

replaces: dft_matrix
fails: dft_matrix-by_hand dft_matrix-entries dft_matrix-laws dft_matrix-accuracy
    dft_matrix-habits
"""
def dft_matrix(n):
    return getattr(np, "fft").fft(np.eye(n), norm="ortho")
