"""Lets torch do it.

replaces: best_rank_k
fails: best_rank_k-by_hand best_rank_k-optimal best_rank_k-edges best_rank_k-ties best_rank_k-complex
    best_rank_k-habits
"""
import torch


def best_rank_k(A, k):
    U, s, Vh = torch.linalg.svd(torch.as_tensor(np.array(A)), full_matrices=False)
    return (U[:, :k] * s[:k]).numpy(), Vh[:k].numpy()
