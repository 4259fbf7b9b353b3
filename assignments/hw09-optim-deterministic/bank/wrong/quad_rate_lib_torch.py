"""Torch finds the eigenvalues.

replaces: quad_rate
fails: quad_rate-by_hand quad_rate-values quad_rate-not_positive quad_rate-habits
"""
def quad_rate(H, lr):
    import torch

    w = torch.linalg.eigvalsh(torch.tensor(np.array(H, dtype=float))).numpy()
    return float(np.abs(1 - lr * w).max())
