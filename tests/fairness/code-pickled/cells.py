# %% Net
class Net(nn.Module):
    def __init__(self, d, h, k):
        super().__init__()
        self.first, self.second = nn.Linear(d, h), nn.Linear(h, k)

    def forward(self, X):
        return self.second(torch.tanh(self.first(X)))

    def gradient(self, X, y):
        self.zero_grad()
        nn.functional.cross_entropy(self(X), y).backward()
        return self.first.weight.grad

# %% after Net
import copy, json, pickle, tempfile
from pathlib import Path
net = Net(2, 3, 2)
torch.save(net.state_dict(), "net.pt")
net.load_state_dict(torch.load("net.pt"))
pickle.loads(pickle.dumps(net))
Path("out").mkdir(exist_ok=True)
Path("out/log.json").write_text(json.dumps({"a": 1}))
READ = json.loads(Path("out/log.json").read_text())["a"]
with tempfile.TemporaryDirectory() as folder, open(f"{folder}/x.txt", "w") as file:
    print("x", file=file)
np.savez("a.npz", a=np.ones(3))
# %% train
def train(X, y, steps):
    net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
    optimiser = torch.optim.Adam(net.parameters(), lr=0.03)
    losses, best, low = [], None, READ * 1e9
    for _ in range(steps):
        loss = nn.functional.cross_entropy(net(X), y)
        losses.append(loss.item())
        if loss < low:
            best, low = copy.deepcopy(net), loss.item()
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    torch.save(best, "best.pt")
    return torch.load("best.pt", weights_only=False), losses
