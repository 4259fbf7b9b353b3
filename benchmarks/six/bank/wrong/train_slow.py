"""A rate that is far too small.

replaces: train
fails: train-hidden
"""
def train(X, y, steps):
    torch.manual_seed(1)
    net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
    optimiser = torch.optim.Adam(net.parameters(), lr=1e-5)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(net(X), y)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return net, losses
