"""The transforms of torch.

replaces: toep_matvec
fails: toep_matvec-by_hand toep_matvec-product toep_matvec-corner toep_matvec-complex
    toep_matvec-large toep_matvec-habits
"""
import torch


def toep_matvec(c, r, x):
    size = len(c) + len(r) - 1
    column, x = torch.tensor(np.concatenate([c, r[:0:-1]])), torch.tensor(np.asarray(x))
    y = torch.fft.ifft(torch.fft.fft(column) * torch.fft.fft(x, size)).numpy()[:len(c)]
    return y.copy() if column.is_complex() or x.is_complex() else y.real.copy()
