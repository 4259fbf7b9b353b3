# %% after setup
list = [1, 2, 3]
sum = 6
max = 3
min = 1
len_ = len
str = "text"
input = np.ones(3)
type = "ridge"
range_ = range
print = lambda *a, **k: None
isinstance = abs = sorted = zip = None
# %% train
def train(X, y, steps):
    net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
    optimiser = torch.optim.Adam(net.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(net(X), y)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return net, losses
