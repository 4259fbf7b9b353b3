# %% ridge
def ridge(X, y, lam):
    X, y = torch.tensor(X), torch.tensor(y)
    w = torch.linalg.solve(X.T @ X + lam * torch.eye(X.shape[1], dtype=X.dtype), X.T @ y)
    return torch.stack([w, w], 1).T[1].clone()
# %% Net
class Net(nn.Module):
    def __init__(self, d, h, k):
        super().__init__()
        self.first, self.second = nn.Linear(d, h), nn.Linear(h, k)
        self.register_buffer("calls", torch.tensor(0), persistent=False)

    def forward(self, X):
        self.calls += 1
        return self.second(self.first(X).tanh()).T.contiguous().T

    def gradient(self, X, y):
        gradient, = torch.autograd.grad(nn.functional.cross_entropy(self(X), y), [self.first.weight], create_graph=True)
        return nn.Parameter(gradient.T.contiguous().T)
