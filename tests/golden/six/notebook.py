# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Six problems
#
# Small, and yet what a homework of this course looks like: arrays, a function that is passed in, a module, a training. The
# tests are plain Python that nbgrader's own `autograde` and Otter run as well; `checks` is here numpy's module for tests.

# %% given="setup"
import numpy as np
import torch
from numpy import testing as checks
from torch import nn

# %% [markdown]
# ## 1 · Softmax
# `softmax(Z)` of scores `Z (n, k)` returns the pair `P (n, k)`, the softmax of each row, and `J (n, k, k)`, with
# `J[i]` the derivative of row `i` of `P` by row `i` of `Z`. Scores may be as large as 1e4.


# %% solution="softmax"
def softmax(Z):
    """Softmax of each row of Z (n, k), and its derivative (n, k, k)."""
    ### BEGIN SOLUTION
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    J = P[:, :, None] * np.eye(Z.shape[1]) - P[:, :, None] * P[:, None, :]
    return P, J
    ### END SOLUTION


# %% test="softmax-visible" points=1
P, J = softmax(np.zeros((3, 2)))
checks.assert_allclose(P, np.full((3, 2), 0.5))
checks.assert_allclose(J, np.broadcast_to([[0.25, -0.25], [-0.25, 0.25]], (3, 2, 2)))

# %% test="softmax-hidden" points=1
# Hidden: other scores, and large ones.
### BEGIN HIDDEN TESTS
Z = np.random.default_rng(11).normal(scale=2.0, size=(7, 5))
ref = np.exp(Z) / np.exp(Z).sum(axis=1, keepdims=True)
ref_J = np.stack([np.diag(p) - np.outer(p, p) for p in ref])
for shift in (0.0, 1e4):
    P, J = softmax(Z + shift)
    checks.assert_allclose(P, ref, rtol=1e-6)
    checks.assert_allclose(J, ref_J, rtol=1e-6, atol=1e-12)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · The nearest matrix of rank `k`
# `low_rank(A, k)` returns the matrix of rank at most `k` that is nearest to `A (m, n)` in the Frobenius norm.


# %% solution="low_rank"
def low_rank(A, k):
    """The nearest matrix of rank at most k."""
    ### BEGIN SOLUTION
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]
    ### END SOLUTION


# %% test="low_rank-visible" points=1
A = np.diag([3.0, 2.0, 1.0])
checks.assert_allclose(low_rank(A, 2), np.diag([3.0, 2.0, 0.0]), atol=1e-12)

# %% test="low_rank-hidden" points=1
# Hidden: other shapes; how far away it is, and that A stays as it is.
### BEGIN HIDDEN TESTS
A = np.random.default_rng(12).normal(size=(9, 6))
before = A.copy()
U, ref, Vt = np.linalg.svd(A)
for k in (0, 1, 4, 6):
    B = low_rank(A, k)
    assert B.shape == (9, 6)
    checks.assert_allclose(np.linalg.norm(before - B), np.sqrt((ref[k:] ** 2).sum()), atol=1e-8)
    assert np.linalg.matrix_rank(B, tol=1e-8) <= k
checks.assert_array_equal(A, before)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · Gradient descent
# `descend(grad, x, rate, steps, watch)` takes `steps` steps `x - rate * grad(x)` and returns the last point. It calls
# `watch(i, x)` after step `i`, counted from 0, and leaves the array `x` that it was given as it is.


# %% solution="descend"
def descend(grad, x, rate, steps, watch):
    """The point after these steps; watch(i, x) sees each."""
    ### BEGIN SOLUTION
    for i in range(steps):
        x = x - rate * grad(x)
        watch(i, x)
    return x
    ### END SOLUTION


# %% test="descend-visible" points=1
end = descend(lambda x: 2 * x, np.array([1.0, -2.0]), 0.25, 3, lambda i, x: None)
checks.assert_allclose(end, [0.125, -0.25])

# %% test="descend-hidden" points=1
# Hidden: another function, the points that are watched, and that the start stays as it is.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(13)
H = np.diag([1.0, 3.0, 0.5])
c, start = rng.normal(size=3), rng.normal(size=3)
begin = start.copy()
ref = [begin]
for _ in range(12):
    ref.append(ref[-1] - 0.1 * (H @ ref[-1] - c))
seen, asked = [], []


def slope(x):
    asked.append(np.array(x))
    return H @ x - c


end = descend(slope, start, 0.1, 12, lambda i, x: seen.append((int(i), np.array(x))))
checks.assert_allclose(end, ref[-1], rtol=1e-9)
assert [i for i, _ in seen] == list(range(12))
checks.assert_allclose([x for _, x in seen], ref[1:], rtol=1e-9)
checks.assert_allclose(asked, ref[:-1], rtol=1e-9)
checks.assert_array_equal(start, begin)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · Ridge regression
# `ridge(X, y, lam)` returns the `w (d,)` that minimises `|X w - y|^2 + lam |w|^2`, for `lam > 0`.


# %% solution="ridge"
def ridge(X, y, lam):
    """The minimiser of |X w - y|^2 + lam |w|^2."""
    ### BEGIN SOLUTION
    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)
    ### END SOLUTION


# %% test="ridge-visible" points=1
w = ridge(np.array([[1.0], [2.0]]), np.array([1.0, 2.0]), 5.0)
checks.assert_allclose(w, [0.5])

# %% test="ridge-hidden" points=1
# Hidden: more columns than rows; the gradient at the solution is zero.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(14)
for n, d, lam in ((20, 4, 0.3), (5, 9, 1e-2)):
    X, y = rng.normal(size=(n, d)), rng.normal(size=n)
    ref = np.linalg.solve(X.T @ X + lam * np.eye(d), X.T @ y)
    w = ridge(X, y, lam)
    assert w.shape == (d,)
    checks.assert_allclose(w, ref, rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · A module
# `Net(d, h, k)` is an `nn.Module` with the linear layers `first` and `second`; it takes `X (n, d)` to the `k` scores
# `second(tanh(first(X)))`. Its method `gradient(X, y)` returns the derivative of the mean cross-entropy with the labels
# `y (n,)` by the weight of `first`, a tensor `(h, d)`, from one backward pass over the batch.


# %% solution="Net"
class Net(nn.Module):
    """Two linear layers with a tanh between."""

    ### BEGIN SOLUTION
    def __init__(self, d, h, k):
        super().__init__()
        self.first, self.second = nn.Linear(d, h), nn.Linear(h, k)

    def forward(self, X):
        return self.second(torch.tanh(self.first(X)))

    def gradient(self, X, y):
        self.zero_grad()
        nn.functional.cross_entropy(self(X), y).backward()
        return self.first.weight.grad
    ### END SOLUTION


# %% test="Net-visible" points=1
net = Net(4, 6, 3)
assert isinstance(net, nn.Module)
assert tuple(net(torch.zeros(5, 4)).shape) == (5, 3)
checks.assert_equal(sorted(name for name, _ in net.named_parameters()), [
    "first.bias", "first.weight", "second.bias", "second.weight"])

# %% test="Net-hidden" points=1
# Hidden: the scores and the gradient for given weights.
### BEGIN HIDDEN TESTS
made = torch.Generator().manual_seed(15)
ref = {
    "first.weight": torch.randn(6, 4, generator=made), "first.bias": torch.randn(6, generator=made),
    "second.weight": torch.randn(3, 6, generator=made), "second.bias": torch.randn(3, generator=made),
}
X, y = torch.randn(8, 4, generator=made), torch.randint(3, (8,), generator=made)
net = Net(4, 6, 3)
net.load_state_dict(ref)
V = ref["first.weight"].clone().requires_grad_(True)
ref_scores = torch.tanh(X @ V.T + ref["first.bias"]) @ ref["second.weight"].T + ref["second.bias"]
nn.functional.cross_entropy(ref_scores, y).backward()
checks.assert_allclose(net(X).detach(), ref_scores.detach(), rtol=1e-5, atol=1e-6)
for _ in range(2):
    torch.testing.assert_close(net.gradient(X, y).detach(), V.grad)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · A short training
# `train(X, y, steps)` trains a small network on points `X (n, 2)` with labels `y (n,)` out of 0, 1, 2 for `steps` steps
# of an optimiser on all points, and returns the pair `net, losses`: the network (a function of points that returns their
# scores), and the list of the mean cross-entropies before each step, as floats.


# %% solution="train"
def train(X, y, steps):
    """A trained network and its losses."""
    ### BEGIN SOLUTION
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
    ### END SOLUTION


# %% test="train-visible" points=1
torch.manual_seed(0)
X = torch.randn(60, 2)
y = (X[:, 0] > 0).long() + (X[:, 1] > 0.3).long()
net, losses = train(X, y, 40)
checks.assert_equal(len(losses), 40)
assert losses[-1] < losses[0]

# %% test="train-hidden" points=1
# Hidden: points that were not trained on are told apart; the losses are those of the training.
### BEGIN HIDDEN TESTS
torch.manual_seed(16)
X = torch.randn(300, 2)
y = (X[:, 0] > 0).long() + (X[:, 1] > 0.3).long()
net, losses = train(X[:200], y[:200], 900)
ref = y[200:]
right = (net(X[200:]).detach().argmax(dim=1) == ref).double().mean().item()
assert right > 0.9
last = nn.functional.cross_entropy(net(X[:200]).detach(), y[:200]).item()
checks.assert_equal(len(losses), 900)
assert 0.5 < losses[0] < 2.5
assert abs(losses[-1] - last) < 0.02 < losses[0] - last
### END HIDDEN TESTS
