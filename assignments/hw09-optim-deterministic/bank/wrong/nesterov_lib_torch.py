"""An optimiser of torch walks.

replaces: nesterov
fails: nesterov-first_steps nesterov-looks_ahead nesterov-convex nesterov-strongly_convex nesterov-spectrum
    nesterov-edges nesterov-habits
"""
def nesterov(orc, x0, L, mu, steps):
    import torch

    x = torch.tensor(np.array(x0, dtype=float), requires_grad=True)
    walker, X = torch.optim.SGD([x], lr=1 / L, momentum=0.9, nesterov=True), [x.detach().numpy().copy()]
    for _ in range(steps):
        x.grad = torch.from_numpy(orc.g(x.detach().numpy().copy()))
        walker.step()
        X.append(x.detach().numpy().copy())
    return np.array(X)
