"""An optimiser of torch walks.

replaces: heavy_ball
fails: heavy_ball-by_hand heavy_ball-recursion heavy_ball-edges heavy_ball-habits
"""
def heavy_ball(orc, x0, lr, beta, steps):
    import torch

    x = torch.tensor(np.array(x0, dtype=float), requires_grad=True)
    walker, X = torch.optim.SGD([x], lr=lr, momentum=beta), [x.detach().numpy().copy()]
    for _ in range(steps):
        x.grad = torch.from_numpy(orc.g(x.detach().numpy().copy()))
        walker.step()
        X.append(x.detach().numpy().copy())
    return np.array(X)
