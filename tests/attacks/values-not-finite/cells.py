# %% softmax
def softmax(Z):
    return np.full(Z.shape, np.nan), np.full((*Z.shape, Z.shape[1]), np.nan)

# %% low_rank
def low_rank(A, k):
    return np.full(A.shape, np.inf)

# %% descend
def descend(grad, x, rate, steps, watch):
    for i in range(steps):
        watch(i, np.full(3, np.nan))
    return np.array([np.nan] * len(x), dtype=object)

# %% ridge
def ridge(X, y, lam):
    return np.full(X.shape[1], complex(np.nan, np.inf))

# %% Net
class Net(nn.Module):
    def __init__(self, d, h, k):
        super().__init__()
        self.first, self.second = nn.Linear(d, h), nn.Linear(h, k)

    def forward(self, X):
        return torch.full((len(X), 3), torch.nan)

    def gradient(self, X, y):
        return torch.full((6, 4), torch.nan)

# %% train
def train(X, y, steps):
    return (lambda X: torch.full((len(X), 3), torch.nan)), [float("inf")] + [float("nan")] * (steps - 1)
