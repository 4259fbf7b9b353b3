"""Another library differentiates.

replaces: scalar_loss
fails: scalar_loss-values scalar_loss-slopes scalar_loss-kinks scalar_loss-by_hand scalar_loss-habits
"""
def scalar_loss(name, r, delta=1.0):
    from torch import autograd, tensor
    t = tensor(np.array(r, dtype=float), requires_grad=True)
    size = t.abs()
    huber = (size <= delta) * t**2 / 2 + (size > delta) * delta * (size - delta / 2)
    l = {"squared": t**2 / 2, "absolute": size, "huber": huber, "hinge": (1 - t).clamp(min=0),
         "insensitive": (size - delta).clamp(min=0)}[name]
    return l.detach().numpy(), autograd.grad(l.sum(), t)[0].numpy()
