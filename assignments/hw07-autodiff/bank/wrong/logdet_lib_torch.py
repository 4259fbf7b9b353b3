"""By torch.

replaces: vjp_logdet
fails: vjp_logdet-by_hand vjp_logdet-gradient vjp_logdet-negative vjp_logdet-habits
"""
import torch


def vjp_logdet(A, g):
    A = torch.tensor(np.asarray(A, dtype=float), requires_grad=True)
    (g * torch.linalg.slogdet(A)[1]).backward()
    return A.grad.numpy()
