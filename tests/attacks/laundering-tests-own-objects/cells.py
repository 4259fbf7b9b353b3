# %% softmax
def softmax(Z):
    return checks.assert_allclose, checks

# %% low_rank
def low_rank(A, k):
    return np.testing

# %% descend
def descend(grad, x, rate, steps, watch):
    return grad

# %% ridge
def ridge(X, y, lam):
    return np.ndarray

# %% Net
Net = nn.Module

# %% train
def train(X, y, steps):
    return torch.nn.functional.cross_entropy, range(40)
