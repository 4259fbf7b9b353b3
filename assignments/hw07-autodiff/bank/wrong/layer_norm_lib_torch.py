"""By torch.

replaces: vjp_layer_norm
fails: vjp_layer_norm-by_hand vjp_layer_norm-adjoint vjp_layer_norm-habits
"""
import torch


def vjp_layer_norm(x, g):
    x = torch.tensor(np.asarray(x, dtype=float), requires_grad=True)
    torch.nn.functional.layer_norm(x, x.shape[-1:]).backward(torch.tensor(np.asarray(g, dtype=float)))
    return x.grad.numpy()
