# %% softmax
def softmax(Z):
    return np.zeros((3000, 3000)), np.ones((200, 200, 200))

# %% low_rank
def low_rank(A, k):
    return np.random.default_rng(0).normal(size=(2500, 2500))

# %% descend
def descend(grad, x, rate, steps, watch):
    return [10**200000] * 20

# %% ridge
def ridge(X, y, lam):
    return [[["0" * 1000] * 100] * 10] * 10

# %% Net
class Net(nn.Module):
    def __init__(self, *sizes):
        super().__init__()
        self.first, self.second = nn.Linear(4, 6), nn.Linear(6, 3)
    def forward(self, X):
        return torch.zeros(3000, 3000)
    def named_parameters(self):
        return ((str(i), i) for i in range(20000))

# %% train
def train(X, y, steps):
    return lambda X: torch.zeros(2000, 3000), [0.0] * 500_000
