"""The transform of torch.

replaces: dft_matrix
fails: dft_matrix-by_hand dft_matrix-entries dft_matrix-laws dft_matrix-accuracy
    dft_matrix-habits
"""
import torch


def dft_matrix(n):
    return torch.fft.fft(torch.eye(n, dtype=torch.float64)).numpy() / np.sqrt(n)
