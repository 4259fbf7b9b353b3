"""One score too few.

replaces: train
fails: train-visible train-hidden
"""
def train(X, y, steps):
    net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 2))
    optimiser = torch.optim.Adam(net.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(net(X), y)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return net, losses
