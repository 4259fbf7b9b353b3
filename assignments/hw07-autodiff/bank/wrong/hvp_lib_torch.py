"""By torch.

replaces: hvp
fails: hvp-by_hand hvp-product hvp-exact hvp-scale hvp-calls hvp-habits
"""
import torch


def hvp(grad, x, v):
    x = torch.tensor(x)
    return np.imag(grad(x.numpy() + 1e-30j * v)) / 1e-30
