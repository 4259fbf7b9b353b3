"""Another library differentiates.

replaces: act
fails: act-slopes act-values act-large act-gelu act-kinks act-by_hand act-habits
"""
def act(name, z):
    import torch
    t = torch.tensor(np.array(z, dtype=float), requires_grad=True)
    functions = {"sigmoid": torch.sigmoid, "tanh": torch.tanh, "relu": torch.relu, "softplus": torch.nn.functional.softplus,
                 "leaky": torch.nn.functional.leaky_relu, "gelu": torch.nn.functional.gelu, "silu": torch.nn.functional.silu}
    a = functions[name](t)
    (da,) = torch.autograd.grad(a.sum(), t)
    return a.detach().numpy(), da.numpy()
