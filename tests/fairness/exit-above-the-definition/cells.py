# %% softmax
exit()
def softmax(Z):
    quit()
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
# %% ridge
quit(0)
def ridge(X, y, lam):
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
# %% Net
exit
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
