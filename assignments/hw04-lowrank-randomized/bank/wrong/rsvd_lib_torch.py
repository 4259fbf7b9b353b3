"""Lets torch do it.

replaces: rsvd
fails: rsvd-exact_rank rsvd-accuracy rsvd-powers rsvd-stable rsvd-products rsvd-edges rsvd-generator rsvd-mean_zero
    rsvd-habits
"""
import torch


def rsvd(A, k, p, q, rng):
    whole = torch.as_tensor(np.hstack([A.matmat(np.eye(A.shape[1])[:, [j]]) for j in range(A.shape[1])]))
    U, s, V = torch.svd_lowrank(whole, k + p, q)
    return U[:, :k].numpy(), s[:k].numpy(), V[:, :k].numpy().T
