"""The transforms of torch.

replaces: circ_matvec
fails: circ_matvec-by_hand circ_matvec-product circ_matvec-complex circ_matvec-large
    circ_matvec-habits
"""
import torch


def circ_matvec(c, x):
    c, x = torch.tensor(np.asarray(c)), torch.tensor(np.asarray(x))
    y = torch.fft.ifft(torch.fft.fft(c) * torch.fft.fft(x)).numpy()
    return y if c.is_complex() or x.is_complex() else y.real.copy()
