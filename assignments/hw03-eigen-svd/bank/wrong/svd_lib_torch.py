"""torch.svd does the work.

replaces: svd_thin
fails: svd_thin-by_hand svd_thin-factors svd_thin-small_values svd_thin-rank_deficient svd_thin-signs
    svd_thin-habits
"""
import torch


def svd_thin(A):
    U, s, V = torch.svd(torch.from_numpy(np.array(A, dtype=float)))
    return U.numpy(), s.numpy(), V.numpy().T
