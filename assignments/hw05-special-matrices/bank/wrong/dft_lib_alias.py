"""The same, under another name.

replaces: dft_matrix
fails: dft_matrix-by_hand dft_matrix-entries dft_matrix-laws dft_matrix-accuracy
    dft_matrix-habits
"""
from numpy.fft import fft as turn


def dft_matrix(n):
    return turn(np.eye(n), norm="ortho")
