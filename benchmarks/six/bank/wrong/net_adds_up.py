"""The second call adds to the first.

replaces: Net
fails: Net-hidden
"""
class Net(nn.Module):
    def __init__(self, d, h, k):
        super().__init__()
        self.first, self.second = nn.Linear(d, h), nn.Linear(h, k)

    def forward(self, X):
        return self.second(torch.tanh(self.first(X)))

    def gradient(self, X, y):
        nn.functional.cross_entropy(self(X), y).backward()
        return self.first.weight.grad
