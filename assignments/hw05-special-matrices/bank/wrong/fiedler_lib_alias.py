"""The eigenvalues of torch under another name.

replaces: fiedler
fails: fiedler-by_hand fiedler-eigenpair fiedler-known fiedler-habits
    spectral_bipartition-by_hand spectral_bipartition-planted spectral_bipartition-habits
"""
import torch.linalg as tools
from torch import from_numpy as wrap


def fiedler(W):
    w, V = tools.eigh(wrap(laplacian(W)))
    return float(w[1]), V[:, 1].numpy().copy()
