# %% Net
class Net(nn.Module):
    def __init__(self, d, h, k):
        super().__init__()
        self.first, self.second = nn.Linear(d, h), nn.Linear(h, k)

    def forward(self, X):
        return scores(self.second, self.first, X)

    def gradient(self, X, y):
        self.zero_grad()
        nn.functional.cross_entropy(self(X), y).backward()
        return self.first.weight.grad

def scores(second, first, X):
    return second(torch.tanh(first(X)))
scores = torch.compile(scores, backend="eager")
# %% after setup
try:
    from numba import njit
except ImportError:
    njit = lambda f: f
@torch.jit.script
def square(x):
    return x * x
square(torch.ones(2))
# %% ridge
@njit
def ridge(X, y, lam):
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
