# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Six problems with numpy
#
# Softmax, low rank, a largest eigenvalue, a gradient, ridge regression, and a network of one hidden layer that is trained by hand.
# The tests are plain Python that nbgrader's own `autograde` and Otter run as well; `checks` is here numpy's module for tests.

# %% given="setup"
import numpy as np
from numpy import testing as checks

# %% [markdown]
# ## 1 · Softmax
# `softmax(Z)` takes a matrix of scores, one row per example, and returns the matrix of probabilities. Scores may be large.

# %% solution="softmax"
def softmax(Z):
    """Probabilities, row by row."""
    ### BEGIN SOLUTION
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
    ### END SOLUTION

# %% test="softmax-rows" points=1
P = softmax(np.array([[0.0, 0.0], [np.log(3.0), 0.0]]))
assert P.shape == (2, 2), P.shape
checks.assert_allclose(P, [[0.5, 0.5], [0.75, 0.25]], rtol=1e-12)

# %% test="softmax-large" points=1
# Hidden: large scores, more columns than rows.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(1)
Z = rng.normal(size=(4, 30)) * 400
expected = np.exp(Z - np.log(np.exp(Z - Z.max(1, keepdims=True)).sum(1, keepdims=True)) - Z.max(1, keepdims=True))
checks.assert_allclose(softmax(Z), expected, rtol=1e-8, atol=1e-300)
checks.assert_allclose(softmax(Z).sum(axis=1), np.ones(4), rtol=1e-12)
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · Low rank
# `low_rank(A, k)` returns the matrix of rank at most `k` that lies nearest to `A`.

# %% solution="low_rank"
def low_rank(A, k):
    """The nearest matrix of rank k."""
    ### BEGIN SOLUTION
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U[:, :k] * s[:k]) @ Vt[:k]
    ### END SOLUTION

# %% test="low_rank-by_hand" points=1
A = np.diag([3.0, 2.0, 1.0])
checks.assert_allclose(low_rank(A, 1), np.diag([3.0, 0.0, 0.0]), atol=1e-12)

# %% test="low_rank-nearest" points=1
# Hidden: a matrix that is not square; the distance is what the singular values say.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(2)
A = rng.normal(size=(60, 40))
s = np.linalg.svd(A, compute_uv=False)
for k in (1, 5, 20):
    B = low_rank(A, k)
    assert np.linalg.matrix_rank(B) == k, (k, np.linalg.matrix_rank(B))
    checks.assert_allclose(np.linalg.norm(A - B), np.sqrt((s[k:] ** 2).sum()), rtol=1e-9)
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · A largest eigenvalue
# `top_eigenvalue(A, steps)` returns the eigenvalue of largest modulus of a symmetric matrix, by that many steps of power iteration.

# %% solution="top_eigenvalue"
def top_eigenvalue(A, steps=500):
    """The eigenvalue of largest modulus of a symmetric matrix."""
    ### BEGIN SOLUTION
    v = np.ones(len(A)) / np.sqrt(len(A)) + 1e-3 * np.arange(len(A))
    for _ in range(steps):
        v = A @ v
        v = v / np.linalg.norm(v)
    return float(v @ A @ v)
    ### END SOLUTION

# %% test="top_eigenvalue-by_hand" points=1
checks.assert_allclose(top_eigenvalue(np.array([[2.0, 1.0], [1.0, 2.0]])), 3.0, rtol=1e-8)

# %% test="top_eigenvalue-negative" points=1
# Hidden: the eigenvalue of largest modulus is negative.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(3)
Q, _ = np.linalg.qr(rng.normal(size=(20, 20)))
A = Q @ np.diag([-9.0, 5.0, *np.linspace(-2, 2, 18)]) @ Q.T
checks.assert_allclose(top_eigenvalue(A, steps=400), -9.0, rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# ## 4 · A gradient
# `logistic_gradient(w, X, y)` is the gradient of the mean logistic loss $\frac1n\sum_i \log(1+e^{-y_i x_i^\top w})$, with
# $y_i\in\{-1, 1\}$.

# %% solution="logistic_gradient"
def logistic_gradient(w, X, y):
    """The gradient of the mean logistic loss."""
    ### BEGIN SOLUTION
    margins = y * (X @ w)
    weights = -y / (1 + np.exp(np.clip(margins, -700, 700)))
    return X.T @ weights / len(y)
    ### END SOLUTION

# %% test="logistic_gradient-zero" points=1
X, y = np.array([[1.0, 0.0], [0.0, 2.0]]), np.array([1.0, -1.0])
checks.assert_allclose(logistic_gradient(np.zeros(2), X, y), [-0.25, 0.5], rtol=1e-12)

# %% test="logistic_gradient-differences" points=1
# Hidden: against central differences in random directions, and far from the boundary.
### BEGIN HIDDEN TESTS
def loss(w, X, y):
    return np.logaddexp(0, -y * (X @ w)).mean()

rng = np.random.default_rng(4)
X, w = rng.normal(size=(40, 7)), rng.normal(size=7)
y = np.where(rng.random(40) < 0.5, -1.0, 1.0)
gradient = logistic_gradient(w, X, y)
for _ in range(5):
    d = rng.normal(size=7)
    slope = (loss(w + 1e-5 * d, X, y) - loss(w - 1e-5 * d, X, y)) / 2e-5
    checks.assert_allclose(gradient @ d, slope, rtol=1e-5, atol=1e-8)
assert np.isfinite(logistic_gradient(300 * w, X, y)).all()
### END HIDDEN TESTS

# %% [markdown]
# ## 5 · Ridge regression
# `ridge(X, y, alpha)` returns the weights that minimise $\lVert Xw-y\rVert^2 + \alpha\lVert w\rVert^2$.

# %% solution="ridge"
def ridge(X, y, alpha):
    """The weights of ridge regression."""
    ### BEGIN SOLUTION
    return np.linalg.solve(X.T @ X + alpha * np.eye(X.shape[1]), X.T @ y)
    ### END SOLUTION

# %% test="ridge-by_hand" points=1
checks.assert_allclose(ridge(np.eye(2), np.array([2.0, 4.0]), 1.0), [1.0, 2.0], rtol=1e-12)

# %% test="ridge-stationary" points=1
# Hidden: the gradient vanishes, also with fewer examples than weights.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(5)
for n, p, alpha in ((50, 8, 0.5), (6, 10, 2.0)):
    X, y = rng.normal(size=(n, p)), rng.normal(size=n)
    w = ridge(X, y, alpha)
    assert np.shape(w) == (p,), np.shape(w)
    checks.assert_allclose(X.T @ (X @ w - y) + alpha * w, np.zeros(p), atol=1e-9)
### END HIDDEN TESTS

# %% [markdown]
# ## 6 · Training
# `train(X, y, hidden, steps, lr, rng)` trains $f(x) = v^\top \tanh(Wx)$ by gradient descent on the mean squared error and returns
# `(W, v, losses)`, where `losses[t]` is the loss before step `t`. Draw `W` and `v` from `rng`, with standard deviation 0.5.

# %% solution="train"
def train(X, y, hidden, steps, lr, rng):
    """A network of one hidden layer, trained by gradient descent."""
    ### BEGIN SOLUTION
    W, v = 0.5 * rng.normal(size=(hidden, X.shape[1])), 0.5 * rng.normal(size=hidden)
    losses = []
    for _ in range(steps):
        H = np.tanh(X @ W.T)
        error = H @ v - y
        losses.append(float(np.mean(error**2)))
        slope = 2 * error / len(y)
        gradient_v = H.T @ slope
        gradient_W = ((slope[:, None] * v) * (1 - H**2)).T @ X
        W, v = W - lr * gradient_W, v - lr * gradient_v
    return W, v, losses
    ### END SOLUTION

# %% test="train-history" points=1
rng = np.random.default_rng(6)
X = rng.normal(size=(32, 2))
W, v, losses = train(X, np.sin(X[:, 0]), 8, 100, 0.05, np.random.default_rng(0))
assert W.shape == (8, 2) and v.shape == (8,), (W.shape, v.shape)
checks.assert_equal(len(losses), 100)
checks.assert_array_less(losses[-1], losses[0])

# %% test="train-fits" points=1
# Hidden: other data; the loss never rises and becomes small.
### BEGIN HIDDEN TESTS
rng = np.random.default_rng(7)
X = rng.uniform(-2, 2, size=(64, 2))
y = np.tanh(X[:, 0] - X[:, 1])
W, v, losses = train(X, y, 16, 1500, 0.1, np.random.default_rng(1))
checks.assert_array_less(np.mean((np.tanh(X @ W.T) @ v - y) ** 2), 0.05)
assert (np.diff(losses) < 1e-3).all() and losses[-1] < 0.05 < losses[0], (losses[0], losses[-1])
### END HIDDEN TESTS
