"""The eigenvalues of torch.

replaces: fiedler
fails: fiedler-by_hand fiedler-eigenpair fiedler-known fiedler-habits
    spectral_bipartition-by_hand spectral_bipartition-planted spectral_bipartition-habits
"""
import torch


def fiedler(W):
    w, V = torch.linalg.eigh(torch.tensor(laplacian(W)))
    return float(w[1]), V[:, 1].numpy().copy()
