# %% softmax
def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = [np.diag(p) - np.outer(p, p) for p in P]
    return [P.tolist(), J]
# %% low_rank
from collections import namedtuple
Pair = namedtuple("Pair", "net losses")
# %% descend
def descend(grad, x, rate, steps, watch):
    for i in np.arange(steps):
        x = x - rate * np.asarray(grad(x))
        watch(i, list(x))
    return tuple(x)
# %% low_rank
def low_rank(A, k):
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    svd = np.linalg.svd(A, full_matrices=False)
    return np.asarray((svd.U[:, :k] * svd.S[:k]) @ svd.Vh[:k])
# %% train
from collections import deque
def train(X, y, steps):
    net = nn.Sequential(nn.Linear(2, 16), nn.Tanh(), nn.Linear(16, 3))
    optimiser = torch.optim.Adam(net.parameters(), lr=0.03)
    losses = deque()
    for _ in range(steps):
        loss = nn.functional.cross_entropy(net(X), y)
        losses.append(loss.detach().numpy())
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
    return [net, np.array(losses)]
