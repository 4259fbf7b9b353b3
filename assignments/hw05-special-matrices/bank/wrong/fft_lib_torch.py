"""torch has one.

replaces: fft
fails: fft-by_hand fft-values fft-complex fft-counted fft-edges fft-laws fft-habits ifft-by_hand
    ifft-inverse ifft-habits
"""
import torch


def fft(x):
    if len(x) < 1 or len(x) & (len(x) - 1):
        raise ValueError("the length should be a power of two")
    return torch.fft.fft(torch.tensor(np.asarray(x))).numpy()
