"""The gradient by hand.

replaces: Net
"""
class Net(nn.Module):
    def __init__(self, d, h, k):
        super().__init__()
        self.first, self.second, self.classes = nn.Linear(d, h), nn.Linear(h, k), k

    def forward(self, X):
        return self.second(torch.tanh(self.first(X)))

    def gradient(self, X, y):
        with torch.no_grad():
            H = torch.tanh(self.first(X))
            slope = torch.softmax(self.second(H), dim=1) - nn.functional.one_hot(y, self.classes)
            return ((slope @ self.second.weight) * (1 - H**2)).T @ X / len(y)
