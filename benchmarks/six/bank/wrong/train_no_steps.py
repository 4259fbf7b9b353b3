"""Computes the gradients and never steps.

replaces: train
fails: train-visible train-hidden
"""
def train(X, y, steps):
    net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(net(X), y)
        losses.append(loss.item())
        net.zero_grad()
        loss.backward()
    return net, losses
