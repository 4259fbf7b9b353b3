"""torch does it.

replaces: lstsq
fails: lstsq-line lstsq-optimal lstsq-accurate lstsq-columns lstsq-refuses lstsq-habits
"""
import torch


def lstsq(A, b):
    A, b = torch.tensor(np.array(A, dtype=float)), torch.tensor(np.array(b, dtype=float))
    if A.shape[0] < A.shape[1] or torch.linalg.matrix_rank(A, rtol=1e-12) < A.shape[1]:
        raise ValueError("dependent columns")
    return torch.linalg.lstsq(A, b.reshape(len(b), -1)).solution.reshape(A.shape[1], *b.shape[1:]).numpy()
