"""By torch.

replaces: vjp_softmax
fails: vjp_softmax-by_hand vjp_softmax-adjoint vjp_softmax-edges vjp_softmax-habits
"""
import torch


def vjp_softmax(z, g):
    z = torch.tensor(np.asarray(z, dtype=float), requires_grad=True)
    torch.softmax(z, -1).backward(torch.tensor(np.asarray(g, dtype=float)))
    return z.grad.numpy()
