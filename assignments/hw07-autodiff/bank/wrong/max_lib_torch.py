"""By torch.

replaces: vjp_max
fails: vjp_max-by_hand vjp_max-gradient vjp_max-ties vjp_max-habits
"""
import torch


def vjp_max(x, axis, g):
    x = torch.tensor(np.asarray(x, dtype=float), requires_grad=True)
    torch.amax(x, dim=axis).backward(torch.tensor(np.asarray(g, dtype=float)))
    return x.grad.numpy()
