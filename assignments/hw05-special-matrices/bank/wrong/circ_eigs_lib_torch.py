"""The transform of torch.

replaces: circ_eigs
fails: circ_eigs-by_hand circ_eigs-values circ_eigs-habits
"""
import torch


def circ_eigs(c):
    return torch.fft.fft(torch.tensor(np.asarray(c))).numpy()
