# %% ridge
def ridge(X, y, lam):
    X, y = torch.tensor(X), torch.tensor(y)
    return torch.linalg.solve(X.T @ X + lam * torch.eye(X.shape[1], dtype=X.dtype), X.T @ y)
# %% descend
def descend(grad, x, rate, steps, watch):
    x = torch.tensor(x)
    for i in range(steps):
        x = x - rate * torch.as_tensor(grad(x.numpy()))
        watch(i, x.numpy().copy())
    return x
# %% softmax
def softmax(Z):
    Z = (Z - Z.max(axis=1, keepdims=True)).astype(np.float32)
    P = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1], dtype=np.float64) - P[:, :, None] * P[:, None, :]
    return P, J
