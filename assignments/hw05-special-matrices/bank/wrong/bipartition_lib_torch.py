"""The eigenvectors of torch.

replaces: spectral_bipartition
fails: spectral_bipartition-by_hand spectral_bipartition-planted spectral_bipartition-habits
"""
import torch


def spectral_bipartition(W):
    v = torch.linalg.eigh(torch.tensor(laplacian(W)))[1][:, 1]
    return (v > 0).to(torch.int64).numpy()
