"""Lets torch draw and multiply.

replaces: sampled_matmul
fails: sampled_matmul-one_column sampled_matmul-unbiased sampled_matmul-variance sampled_matmul-given_law
    sampled_matmul-edges sampled_matmul-habits
"""
import torch


def sampled_matmul(A, B, s, rng, probs=None):
    n = len(B)
    probs = np.full(n, 1 / n) if probs is None else np.asarray(probs, dtype=float)
    generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
    chosen = torch.multinomial(torch.as_tensor(probs), s, replacement=True, generator=generator).numpy()
    return (A[:, chosen] / (s * probs[chosen])) @ B[chosen]
