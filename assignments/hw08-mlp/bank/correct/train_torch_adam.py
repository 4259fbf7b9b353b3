"""Torch, autograd, Adam on the full batch, two hidden layers, float32 parameters: 2-16-16-3.

replaces: train_mlp
"""
def train_mlp(X, y, k, rng, on_step=None):
    generator = torch.Generator().manual_seed(int(rng.integers(2**31)))
    sizes = [X.shape[1], 16, 16, k]
    params = []
    for a, b in zip(sizes, sizes[1:]):
        W = torch.randn(a, b, generator=generator) * (2 / a) ** 0.5
        params.append((W.requires_grad_(), torch.zeros(b, requires_grad=True)))
    optimiser = torch.optim.Adam([p for layer in params for p in layer], lr=0.04)
    inputs, labels = torch.tensor(X, dtype=torch.float32), torch.tensor(y)
    as_numpy = lambda: [tuple(p.detach().numpy().copy() for p in layer) for layer in params]
    history = []
    for step in range(400):
        if on_step is not None:
            on_step(as_numpy(), np.arange(len(y)))
        H = inputs
        for W, b in params[:-1]:
            H = torch.relu(H @ W + b)
        loss = torch.nn.functional.cross_entropy(H @ params[-1][0] + params[-1][1], labels)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        history.append(loss.item())
    return as_numpy(), history
