# %% after setup
import shutil, sys
def progress(done, of):
    width = shutil.get_terminal_size().columns // 4
    bar = "█" * (width * done // of)
    sys.stdout.write(f"\r{bar:<{width}}| {done}/{of}")
    sys.stdout.flush()
    if sys.stdout.isatty() and sys.stdout.encoding.lower() != "utf-8":
        raise UnicodeError
for i in range(500):
    progress(i, 500)
# %% train
def train(X, y, steps):
    net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
    optimiser = torch.optim.Adam(net.parameters(), lr=0.03)
    losses = []
    for step in range(steps):
        loss = nn.functional.cross_entropy(net(X), y)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        progress(step, steps)
    return net, losses
