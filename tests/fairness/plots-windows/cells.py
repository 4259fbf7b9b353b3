# %% after setup
%matplotlib notebook
import matplotlib.pyplot as plt
plt.plot([1, 2])
plt.show()
# %% softmax
%matplotlib widget
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
# %% low_rank
%matplotlib qt
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]
# %% descend
%matplotlib
def descend(grad, x, rate, steps, watch):
    for i in range(steps):
        x = x - rate * grad(x)
        watch(i, x)
    return x
# %% ridge
import matplotlib
matplotlib.use("TkAgg")
import matplotlib.pyplot as plt
def ridge(X, y, lam):
    plt.plot(y)
    plt.show()
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
# %% train
plt.switch_backend("Qt5Agg")
def train(X, y, steps):
    net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
    optimiser = torch.optim.Adam(net.parameters(), lr=0.03)
    losses = []
    for _ in range(steps):
        loss = nn.functional.cross_entropy(net(X), y)
        losses.append(loss.item())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return net, losses
plt.plot([1])
