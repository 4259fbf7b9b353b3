"""An optimiser of torch walks.

replaces: gd
fails: gd-by_hand gd-recursion gd-bound gd-edges gd-habits
"""
def gd(orc, x0, lr, steps):
    import torch

    x = torch.tensor(np.array(x0, dtype=float), requires_grad=True)
    walker, X = torch.optim.SGD([x], lr=lr), [x.detach().numpy().copy()]
    for _ in range(steps):
        x.grad = torch.from_numpy(orc.g(x.detach().numpy().copy()))
        walker.step()
        X.append(x.detach().numpy().copy())
    return np.array(X)
