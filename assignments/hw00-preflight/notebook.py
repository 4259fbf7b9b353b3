# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Preflight
#
# Welcome! This first notebook checks your tools before the course takes off: arrays, labels, gradients, random numbers, and
# the rules of the house. It takes about two hours, and everybody hands in their own. You **pass with 80 of the 100 points**,
# if each of the problems 1 to 4 gives you some of them.
#
# **You will learn to**
# - write array code without loops, and keep an eye on shapes;
# - turn labels into vectors, and refuse labels that make no sense;
# - let torch differentiate for you, without side effects;
# - draw random numbers that you can draw again.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `pairwise_sq_dists` | 20 | 4 lines |
# | 2 | `one_hot` | 20 | 6 lines |
# | 3 | `quad_grad` | 20 | 4 lines |
# | 4 | `sample_report` | 20 | 4 lines |
# | 5 | five questions on the rules | 20 | five letters |

# %% [markdown]
# ## Setup
# Run this cell first, and again after every restart of the kernel. Click into it and press Shift+Enter.

# %% given="setup"
import numpy as np
import torch

from autograder import checks

# %% [markdown]
# ## How it works here
#
# **A problem** is an idea, a statement with all its rules, a cell for your function, a test that you see, and short cells that
# only name a property. In your cell, replace the line `raise NotImplementedError()` and the one above it; then run the test
# below. If it prints nothing, it has passed. The short cells are *hidden tests*: they run when your work is graded, with other
# numbers. Hidden are the inputs, never the rules: whatever they ask for stands in the notebook. A test is worth all of its
# points or none, and its numbers are new for every submission, so a stored answer earns nothing.
#
# **A solution** works with its arguments alone. Where homework is graded there are Python (3.11 or later) with its own
# library, numpy, torch, sympy, mpmath and matplotlib, and no others: no scipy, no pandas. Use them as you like, unless a
# problem rules them out. Your own imports go into your own cells: the setup cell and the tests are put back before your work
# is graded. Code that opens files or looks around in the running program (`open`, `eval`, `os`, `sys`, `inspect`, …) gets no
# points for its problem. Arguments are never changed, and the global random state is left alone.
#
# **Pairs.** From homework 1 on you work in pairs. One invites, the other accepts, until pairs are locked before the due time.
# Either partner hands in, for both, and both get the same points. Working alone or as three needs a permit from the staff.
# For the next homework you may change partners.
#
# **Honesty.** Discuss ideas with anybody. Write code and text in your own pair, from your own understanding, and name at the
# top of the notebook who or what helped you: a classmate, a book, a forum, a chatbot. Do not read other pairs' solutions, nor
# show them yours.
#
# **Handing in again.** Hand in as often as you like. The newest submission that is in by the due time counts; only if there is
# none, the newest late one, with the course's deduction.
#
# **Units.** Logarithms are natural, so entropies and losses are in *nats*: the cross-entropy of giving probability $p$ to the
# right class is $-\ln p$. Angles are in radians; arrays are float64 and rows are examples, unless a problem says otherwise.

# %% [markdown]
# ## 1 · Distances without loops
#
# How far is every point of one set from every point of another? Two loops and a sum would do, and a thousand points would take
# seconds. numpy does the same in a few array operations that run a hundred times faster. One way is *broadcasting*: axes of
# length one stretch, so `X[:, None, :] - Y[None, :, :]` holds all differences at once. Another way expands the square,
#
# $$D_{ij} = \|x_i - y_j\|^2 = \|x_i\|^2 - 2\,x_i^\top y_j + \|y_j\|^2 ,$$
#
# and needs only a matrix product. It has a price: the difference of large numbers. Rounding can leave a tiny *negative*
# number where two points coincide, and later somebody takes a square root.

# %% [markdown]
# **Write `pairwise_sq_dists(X, Y) -> D`** (20 points)
#
# - `X (n, d)` and `Y (m, d)` are arrays of numbers: float64, float32 or int64. `n` or `m` may be 0, and `d` may be 1.
# - Returns a new array `D (n, m)`, float64 for float64 input (whole numbers may stay integers), with `D[i, j]` the squared
#   Euclidean distance of `X[i]` and `Y[j]`.
# - No entry is ever negative, and small distances are not rounded to zero.
# - No Python loop over the rows (one over the `d` coordinates is fine). A hidden test with 1500 and 1000 points counts the
#   lines of Python that run: at most 500.
# - Far from the origin it still works: with all coordinates near 1000, spread by about 1, the error of `D` is below
#   $10^{-6}$ of its norm. In float64 either way above does it.

# %% solution="pairwise_sq_dists"
def pairwise_sq_dists(X, Y):
    """Squared Euclidean distances of the rows of X (n, d) and Y (m, d): returns D (n, m)."""
    # Either sum the squares of X[:, None, :] - Y[None, :, :] over the last axis,
    # or expand the square, and let np.maximum remove what rounding leaves below zero.
    ### BEGIN SOLUTION
    X, Y = np.asarray(X, dtype=float), np.asarray(Y, dtype=float)
    D = (X**2).sum(axis=1)[:, None] - 2 * X @ Y.T + (Y**2).sum(axis=1)[None, :]
    return np.maximum(D, 0)
    ### END SOLUTION

# %% test="pairwise_sq_dists-by_hand" points=4
# Asked of every solution: no files, no looking around.
checks.forbid(pairwise_sq_dists)

# Two points and three points: the 3-4-5 triangle.
X = np.array([[0.0, 0.0], [3.0, 4.0]])
Y = np.array([[0.0, 0.0], [0.0, 4.0], [3.0, 0.0]])
D = checks.ask(pairwise_sq_dists, X, Y)
checks.array(D, "the result", shape=(2, 3))
checks.close(D, [[0, 16, 9], [25, 9, 16]], "the matrix of squared distances")

# A law: every point has distance 0 from itself.
checks.close(checks.ask(pairwise_sq_dists, X, X), [[0, 25], [25, 0]], "the matrix for X and X")

# %% test="pairwise_sq_dists-reference" points=0
# The grader keeps two loops and a sum here.
### BEGIN HIDDEN TESTS
def looped_sq_dists(X, Y):
    return np.array([[np.sum((x - y) ** 2) for y in Y] for x in X]).reshape(len(X), len(Y))
### END HIDDEN TESTS

# %% test="pairwise_sq_dists-values" points=6
# Hidden: right to rounding for several random sets of points, also for points that are close
# together.
### BEGIN HIDDEN TESTS
checks.forbid(pairwise_sq_dists)
rng = checks.fresh_rng("pairwise_sq_dists-values")
for n, m, d in [(7, 5, 3), (4, 9, 6), (11, 2, 4)]:
    X, Y = rng.normal(size=(n, d)), rng.normal(size=(m, d))
    checks.close(checks.ask(pairwise_sq_dists, X, Y), looped_sq_dists(X, Y), "the matrix of squared distances",
                 rtol=1e4 * 2.0**-52, floor=0, hidden=True, hint="D[i, j] belongs to X[i] and Y[j], without a root.")
    X, Y = 1e-5 * X, 1e-5 * Y
    checks.close(checks.ask(pairwise_sq_dists, X, Y), looped_sq_dists(X, Y), "the matrix of small distances",
                 rtol=1e4 * 2.0**-52, floor=0, hidden=True, hint="Only what is below zero is removed.")
### END HIDDEN TESTS

# %% test="pairwise_sq_dists-shifted" points=2
# Hidden: near 1000 the relative error is below 1e-6, and no entry is negative.
### BEGIN HIDDEN TESTS
checks.forbid(pairwise_sq_dists)
rng = checks.fresh_rng("pairwise_sq_dists-shifted")
X = 1000 + rng.normal(size=(60, 20))
Y = np.vstack([X[:40], 1000 + rng.normal(size=(5, 20))])        # forty distances are exactly zero
D = checks.ask(pairwise_sq_dists, X, Y)
checks.close(D, looped_sq_dists(X, Y), "the matrix for points near 1000", rtol=1e-6, floor=0, hidden=True,
             hint="Keep float64: the squares are near a million.")
checks.holds(np.min(D) >= 0, "No squared distance should be negative. Rounding can leave a tiny negative number; "
                             "np.maximum removes it.")
### END HIDDEN TESTS

# %% test="pairwise_sq_dists-shapes" points=2
# Hidden: one coordinate, one point, no point at all.
### BEGIN HIDDEN TESTS
checks.forbid(pairwise_sq_dists)
rng = checks.fresh_rng("pairwise_sq_dists-shapes")
for n, m, d in [(5, 3, 1), (1, 4, 2), (0, 4, 3), (5, 0, 3)]:
    X, Y = rng.normal(size=(n, d)), rng.normal(size=(m, d))
    checks.close(checks.ask(pairwise_sq_dists, X, Y), looped_sq_dists(X, Y), f"the matrix for n = {n}, m = {m}, d = {d}",
                 hidden=True)
### END HIDDEN TESTS

# %% test="pairwise_sq_dists-large" points=4
# Hidden: 1500 and 1000 points, in at most 500 lines of Python.
### BEGIN HIDDEN TESTS
checks.forbid(pairwise_sq_dists)
rng = checks.fresh_rng("pairwise_sq_dists-large")
X, Y = rng.normal(size=(1500, 8)), rng.normal(size=(1000, 8))
checks.close(checks.ask(pairwise_sq_dists, X[:3], Y[:2]), looped_sq_dists(X[:3], Y[:2]), "a small matrix", hidden=True)
checks.steps(pairwise_sq_dists, X, Y, at_most=500, hint="Let numpy do it: see the first paragraph of the problem.")
D = checks.ask(pairwise_sq_dists, X, Y)
checks.array(D, "the result", shape=(1500, 1000))
checks.close(D[::300, ::250], looped_sq_dists(X[::300], Y[::250]), "a part of the large matrix", hidden=True)
### END HIDDEN TESTS

# %% test="pairwise_sq_dists-habits" points=2
# Hidden: X and Y are unchanged, their memory layout does not matter, float32 and integers
# work, the global random state stays as it was.
### BEGIN HIDDEN TESTS
checks.forbid(pairwise_sq_dists)
rng = checks.fresh_rng("pairwise_sq_dists-habits")
X, Y = rng.normal(size=(6, 4)), rng.normal(size=(5, 4))
checks.close(checks.ask(pairwise_sq_dists, X, Y), looped_sq_dists(X, Y), "the matrix of squared distances", hidden=True)
checks.battery(pairwise_sq_dists, X, Y)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The distances along a spiral: every bright band is a turn later, where the curve comes close to itself again.

# %% look="pairwise_sq_dists"
import matplotlib.pyplot as plt

t = np.linspace(0, 6 * np.pi, 300)
spiral = np.stack([t * np.cos(t), t * np.sin(t)], axis=1)

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2))
left.plot(*spiral.T); left.set_aspect("equal"); left.set_title("points")
image = right.imshow(np.sqrt(pairwise_sq_dists(spiral, spiral)), cmap="magma_r")
fig.colorbar(image, ax=right); right.set_title("distance of points i and j")
fig.tight_layout()

# %% [markdown]
# ## 2 · Labels as vectors
#
# A classifier does not return "class 2" but a probability for every class, so the truth it is compared with must be a vector
# as well: the *one-hot* row $e_y$, with a one in column $y$ and zeros elsewhere. A whole batch of labels is a matrix,
#
# $$T \in \{0, 1\}^{n \times k},\qquad T_{ic} = 1 \iff y_i = c .$$
#
# Its rows sum to one, and `T.argmax(axis=1)` gives the labels back. The trap: indexing with `-1` is legal in Python and means
# the *last* class. A label that was lost on the way then trains your network on nonsense, silently. Good code says so, loudly.

# %% [markdown]
# **Write `one_hot(y, k) -> T`** (20 points)
#
# - `y (n,)` is an array of integers of any integer type, possibly empty; `k` is the number of classes, a positive `int`.
# - Returns a numpy array `T (n, k)` of dtype float64, also when a class does not occur in `y`.
# - Raises `ValueError` if any label lies outside of `0 … k-1`.
# - The reference is six lines; `np.eye` or a comparison with `np.arange(k)` makes it short.

# %% solution="one_hot"
def one_hot(y, k):
    """One-hot rows of the labels y (n,) in 0 ... k-1: returns T (n, k), or raises ValueError."""
    # First look for labels below 0 or above k - 1, then pick rows.
    # Try it with an empty y as well: np.array([], dtype=int).
    ### BEGIN SOLUTION
    y = np.asarray(y)
    if ((y < 0) | (y >= k)).any():
        raise ValueError(f"labels must lie in 0 ... {k - 1}")
    T = np.zeros((len(y), k))
    T[np.arange(len(y)), y] = 1.0
    return T
    ### END SOLUTION

# %% test="one_hot-by_hand" points=4
checks.forbid(one_hot)

# Four labels, four classes, of which the last one does not occur.
T = checks.ask(one_hot, np.array([2, 0, 1, 1]), 4)
checks.array(T, "the result", shape=(4, 4), dtype="float64")
checks.close(T, [[0, 0, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 1, 0, 0]], "the matrix T")

# A law: every row sums to one.
T = checks.ask(one_hot, np.array([0, 2, 1]), 4)
checks.array(T, "the result for three labels", shape=(3, 4), dtype="float64")
checks.close(T.sum(axis=1), [1, 1, 1], "the sum of the rows")

# %% test="one_hot-values" points=6
# Hidden: other labels, other k, also with classes that do not occur.
### BEGIN HIDDEN TESTS
checks.forbid(one_hot)
rng = checks.fresh_rng("one_hot-values")
for n, k in [(9, 5), (1, 3), (6, 8), (5, 600)]:
    y = rng.integers(k - 1, size=n)                 # the last class does not occur
    y[n // 2] = k - 2                               # a uint8 would hold 598 as 86
    T = checks.ask(one_hot, y, k)
    checks.close(T, np.eye(k)[y], "the matrix T", rtol=0, hidden=True,
                 hint="It has k columns, and row i has its one in column y[i].")
### END HIDDEN TESTS

# %% test="one_hot-negative" points=2
# Hidden: a negative label raises ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(one_hot)
rng = checks.fresh_rng("one_hot-negative")
for bad in (-1, -3):
    y = rng.integers(4, size=7)
    y[rng.integers(7)] = bad
    checks.raises(ValueError, one_hot, y, 4, when="when a label is negative")
### END HIDDEN TESTS

# %% test="one_hot-too_large" points=2
# Hidden: a label k or larger raises ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(one_hot)
rng = checks.fresh_rng("one_hot-too_large")
for bad in (4, 9):
    y = rng.integers(4, size=7)
    y[rng.integers(7)] = bad
    checks.raises(ValueError, one_hot, y, 4, when="when a label is k or larger")
### END HIDDEN TESTS

# %% test="one_hot-edges" points=4
# Hidden: no labels at all, a single class, and small integer types with many classes.
### BEGIN HIDDEN TESTS
checks.forbid(one_hot)
rng = checks.fresh_rng("one_hot-edges")
checks.close(checks.ask(one_hot, np.array([], dtype=int), 3), np.zeros((0, 3)), "the matrix of no labels", hidden=True)
checks.close(checks.ask(one_hot, np.zeros(4, dtype=int), 1), np.ones((4, 1)), "the matrix for one class", hidden=True)
for dtype in (np.int8, np.uint8, np.uint64):
    y = rng.integers(100, 127, size=5)
    checks.close(checks.ask(one_hot, y.astype(dtype), 400), np.eye(400)[y], f"the matrix for {np.dtype(dtype)} labels",
                 rtol=0, hidden=True, hint="An int8 holds no number above 127, a uint8 none above 255.")
### END HIDDEN TESTS

# %% test="one_hot-habits" points=2
# Hidden: float64, a numpy array, y is unchanged, its memory layout does not matter,
# the global random state stays as it was.
### BEGIN HIDDEN TESTS
checks.forbid(one_hot)
rng = checks.fresh_rng("one_hot-habits")
y = rng.integers(5, size=8)
T = checks.ask(one_hot, y, 6)
checks.array(T, "the result", shape=(8, 6), dtype="float64")
checks.close(T, np.eye(6)[y], "the matrix T", rtol=0, hidden=True)
checks.battery(one_hot, y, 6, skip=("float32", "integer"))
### END HIDDEN TESTS

# %% [markdown]
# ## 3 · A gradient from autograd
#
# Every training run asks for gradients of a number, the loss, with respect to many others. torch records the operations on
# tensors that require a gradient and walks the record backwards: *reverse mode*, all partial derivatives for about the price
# of one evaluation. Here the function is the simplest with a curved surface,
#
# $$f(x) = \tfrac12\, x^\top A x - b^\top x .$$
#
# For symmetric $A$ the gradient is $Ax - b$, and at the solution of $Ax = b$ it vanishes. For other $A$ that formula is wrong,
# and autograd is not. Mind its habit: `backward()` *adds* to `x.grad`, which belongs to whoever made `x`.

# %% [markdown]
# **Write `quad_grad(A, b, x) -> g`** (20 points)
#
# - `A (n, n)`, not always symmetric, `b (n,)` and `x (n,)` are torch tensors, all float64 or all float32.
# - Returns the gradient of $f$ at `x`, a tensor `g (n,)` of the same dtype.
# - Through reverse-mode autograd: `backward()`, `torch.autograd.grad`, `torch.func.grad`, … A formula of your own is worth at
#   most half of the points here: two tests change what the backward pass carries and look whether the result follows. A
#   check of your own gradient (an `assert`, `gradcheck`) would complain there; it goes into a cell of its own.
# - Nothing is left behind: `A`, `b`, `x` are unchanged, also when `x` comes with `requires_grad=True`; then `x.grad` stays
#   `None`. A second call with the same tensors gives the same result.

# %% solution="quad_grad"
def quad_grad(A, b, x):
    """Gradient of x'Ax/2 - b'x at x (n,), through autograd: returns g (n,)."""
    # Take a copy of x that has no history (detach, clone) and requires a gradient,
    # compute f with it, and ask for the gradient with respect to the copy.
    ### BEGIN SOLUTION
    x = x.detach().clone().requires_grad_()
    f = 0.5 * x @ A @ x - b @ x
    (g,) = torch.autograd.grad(f, x)
    return g
    ### END SOLUTION

# %% test="quad_grad-by_hand" points=4
checks.forbid(quad_grad)

A = torch.tensor([[2.0, 0.0], [0.0, 4.0]], dtype=torch.float64)
b, x = torch.ones(2, dtype=torch.float64), torch.ones(2, dtype=torch.float64)
g = checks.ask(quad_grad, A, b, x)
checks.array(g, "the gradient", shape=(2,), dtype="float64", of="torch")
checks.close(g, [1, 3], "the gradient at (1, 1)")

# A law: at the solution of Ax = b the gradient vanishes.
checks.close(checks.ask(quad_grad, A, b, torch.tensor([0.5, 0.25]).double()), [0, 0],
             "the gradient at (1/2, 1/4)")
checks.through_autograd(quad_grad, A, b, x)

# %% test="quad_grad-values" points=4
# Hidden: right to rounding, for matrices that are not symmetric.
### BEGIN HIDDEN TESTS
checks.forbid(quad_grad)
rng = checks.fresh_rng("quad_grad-values")
for n in (5, 1, 8):
    A, b, x = rng.normal(size=(n, n)), rng.normal(size=n), rng.normal(size=n)
    g = checks.ask(quad_grad, torch.tensor(A), torch.tensor(b), torch.tensor(x))
    checks.close(g, (A + A.T) @ x / 2 - b, "the gradient", rtol=1e3 * 2.0**-52, hidden=True,
                 hint="A is not symmetric, and everything is float64.")
### END HIDDEN TESTS

# %% test="quad_grad-autograd" points=6
# Hidden: the result follows the backward pass of torch.
### BEGIN HIDDEN TESTS
checks.forbid(quad_grad)
rng = checks.fresh_rng("quad_grad-autograd")
A, b, x = (torch.tensor(rng.normal(size=shape)) for shape in [(6, 6), (6,), (6,)])
checks.close(checks.ask(quad_grad, A, b, x), (A + A.T) @ x / 2 - b, "the gradient", rtol=1e-3, hidden=True)
checks.through_autograd(quad_grad, A, b, x)
### END HIDDEN TESTS

# %% test="quad_grad-repeat" points=2
# Hidden: a second call with the same three tensors gives the same result.
### BEGIN HIDDEN TESTS
@checks.remote
def two_calls(function, A, b, x):               # the very same tensors, so it runs beside the student's code
    return [function(A, b, x).detach().clone() for _ in range(2)]

checks.forbid(quad_grad)
rng = checks.fresh_rng("quad_grad-repeat")
A, b, x = (torch.tensor(rng.normal(size=shape)) for shape in [(4, 4), (4,), (4,)])
checks.close(checks.ask(quad_grad, A, b, x), (A + A.T) @ x / 2 - b, "the gradient", rtol=1e-3, hidden=True)
first, second = checks.ask(two_calls, quad_grad, A, b, x)
checks.close(second, first, "the gradient of the second call", hidden=True,
             hint="backward() adds to x.grad; work with a fresh copy of x.")
### END HIDDEN TESTS

# %% test="quad_grad-caller" points=2
# Hidden: when x comes with requires_grad=True, its grad stays None.
### BEGIN HIDDEN TESTS
@checks.remote
def asked_with_history(function, A, b, x):      # does the caller's x keep its empty grad?
    x = x.detach().clone().requires_grad_()
    g = function(A, b, x)
    return g.detach().clone(), x.grad is None and x.requires_grad

checks.forbid(quad_grad)
rng = checks.fresh_rng("quad_grad-caller")
A, b, x = (torch.tensor(rng.normal(size=shape)) for shape in [(3, 3), (3,), (3,)])
checks.close(checks.ask(quad_grad, A, b, x), (A + A.T) @ x / 2 - b, "the gradient", rtol=1e-3, hidden=True)
g, untouched = checks.ask(asked_with_history, quad_grad, A, b, x)
checks.close(g, (A + A.T) @ x / 2 - b, "the gradient for an x that requires one", rtol=1e-3, hidden=True)
checks.holds(untouched, "quad_grad leaves a gradient on the caller's x. Differentiate with respect to "
                        "x.detach().clone().requires_grad_().")
### END HIDDEN TESTS

# %% test="quad_grad-habits" points=2
# Hidden: A, b, x are unchanged, their memory layout does not matter, float32 works and gives
# float32, the global random state stays as it was.
### BEGIN HIDDEN TESTS
checks.forbid(quad_grad)
rng = checks.fresh_rng("quad_grad-habits")
A, b, x = (torch.tensor(rng.normal(size=shape)) for shape in [(7, 7), (7,), (7,)])
checks.close(checks.ask(quad_grad, A, b, x), (A + A.T) @ x / 2 - b, "the gradient", rtol=1e-3, hidden=True)
checks.battery(quad_grad, A, b, x, skip=("integer",))
checks.array(checks.ask(quad_grad, A.float(), b.float(), x.float()), "the gradient for float32", shape=(7,), dtype="float32",
             of="torch")
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Against the gradient is the steepest way down, and it stands at right angles on the level lines. It does not point
# at the minimum, unless you are lucky. Much of this course is about what to do then.

# %% look="quad_grad"
import matplotlib.pyplot as plt

A = torch.tensor([[1.0, 0.5], [0.1, 3.0]], dtype=torch.float64)
b = torch.tensor([0.5, -0.5], dtype=torch.float64)
u = np.linspace(-2, 2, 120)
plane = np.stack(np.meshgrid(u, u), axis=-1)
level = 0.5 * np.einsum("...i,ij,...j", plane, A.numpy(), plane) - plane @ b.numpy()
points = plane[7::15, 7::15].reshape(-1, 2)
arrows = np.array([-quad_grad(A, b, torch.tensor(p)).numpy() for p in points])

plt.figure(figsize=(4.5, 4))
plt.contour(u, u, level, levels=15, linewidths=0.7)
plt.quiver(*points.T, *arrows.T, angles="xy", width=0.004)
plt.gca().set_aspect("equal"); plt.tight_layout()

# %% [markdown]
# ## 4 · Random numbers that come again
#
# An experiment that cannot be repeated cannot be debugged. `np.random.seed(0)` seems to help, but it sets one *global* state
# that all libraries share: one more draw anywhere, and every later number is another one. A **generator** of your own is an
# object that holds the state. Made from the same seed it gives the same numbers, whatever else happens:
#
# $$\text{seed} \;\mapsto\; (z_1, z_2, \dots),\qquad z_i \sim \mathcal N(0, 1)\ \text{independent}.$$
#
# numpy and torch each have their own kind: `np.random.default_rng` and `torch.Generator`. In this course randomness always
# comes through such an object, never through the global state.

# %% [markdown]
# **Write `sample_report(seed) -> report`** (20 points)
#
# - `seed` is an `int` from 0 to $2^{32} - 1$.
# - Returns a `dict` with two entries of five independent standard normal numbers each: `"np"`, a float64 numpy array `(5,)`,
#   and `"torch"`, a tensor `(5,)` of dtype float32 or float64.
# - The same seed always gives the same report, other seeds give others, and the two entries are drawn separately: the tensor
#   is no copy of the array.
# - The global random states of numpy, torch and `random` stay as they were.

# %% solution="sample_report"
def sample_report(seed):
    """Five standard normals each from local generators of numpy and torch: returns a dict."""
    # np.random.default_rng makes the one generator, torch.Generator().manual_seed the other;
    # torch.randn takes it as the argument generator=.
    ### BEGIN SOLUTION
    rng = np.random.default_rng(seed)
    generator = torch.Generator().manual_seed(seed)
    return {"np": rng.standard_normal(5), "torch": torch.randn(5, generator=generator)}
    ### END SOLUTION

# %% test="sample_report-same_seed" points=4
checks.forbid(sample_report)

report = checks.ask(sample_report, 0)
checks.holds(type(report) is dict and set(report) == {"np", "torch"},
             'The result should be a dict with the keys "np" and "torch".')
checks.array(report["np"], 'report["np"]', shape=(5,), dtype="float64")
checks.array(report["torch"], 'report["torch"]', shape=(5,), dtype=["float32", "float64"],
             of="torch")

# The same seed again, and another one.
again, other = checks.ask(sample_report, 0), checks.ask(sample_report, 1)
for key in ("np", "torch"):
    checks.equal(again[key], report[key], f'report["{key}"] of the same seed')
    new = (other[key] != report[key]).all()
    checks.holds(bool(new), f'Another seed should give another report["{key}"].')

# %% test="sample_report-repeat" points=3
# Hidden: the same for other seeds, with calls in between; not one report for all seeds.
### BEGIN HIDDEN TESTS
checks.forbid(sample_report)
rng = checks.fresh_rng("sample_report-repeat")
seeds = [2**32 - 1, *(int(s) for s in rng.integers(2**32, size=5))]
first = [checks.ask(sample_report, seed) for seed in seeds]
second = [checks.ask(sample_report, seed) for seed in seeds]
for one, two in zip(first, second):
    checks.equal(two["np"], one["np"], "the array of the same seed")
    checks.equal(two["torch"], one["torch"], "the tensor of the same seed")
checks.holds(any((report["np"] != first[0]["np"]).any() for report in first), "The report should depend on the seed.")
### END HIDDEN TESTS

# %% test="sample_report-differ" points=4
# Hidden: other seeds, near and far, give other reports, and the tensor is no copy of the array.
### BEGIN HIDDEN TESTS
checks.forbid(sample_report)
rng = checks.fresh_rng("sample_report-differ")
start = int(rng.integers(100, 2**31))
seeds = [*range(start, start + 100), 0, 42, start + 2**16, start + 2**31]
reports = [checks.ask(sample_report, seed) for seed in seeds]
for key in ("np", "torch"):
    values = np.array([np.asarray(report[key], dtype=float) for report in reports])
    checks.holds(np.isfinite(values).all(), f'All numbers of report["{key}"] should be finite.')
    checks.holds(len(np.unique(values, axis=0)) == len(seeds), f'Another seed should give another report["{key}"].')
    checks.holds(len(np.unique(values[0])) >= 4, f'The five numbers of report["{key}"] should be drawn independently.')
one, two = (np.round(np.abs(np.asarray(reports[0][key], dtype=float)), 5) for key in ("np", "torch"))
checks.holds(not np.isin(two, one).all(), "The tensor should be drawn with a generator of torch, not copied from the array.")
### END HIDDEN TESTS

# %% test="sample_report-normal" points=5
# Hidden: over three thousand seeds the numbers have mean 0, variance 1 and fourth moment 3,
# each of the ten for itself has mean 0, and no two of them are correlated; with six standard
# errors of room or more.
### BEGIN HIDDEN TESTS
@checks.remote
def pooled(function, start, count):             # all numbers of many seeds in one go
    reports = [function(seed) for seed in range(start, start + count)]
    return [[float(value) for report in reports for value in report[key]] for key in ("np", "torch")]

checks.forbid(sample_report)
rng = checks.fresh_rng("sample_report-normal")
report = checks.ask(sample_report, 3)
checks.holds(type(report) is dict and {"np", "torch"} <= set(report), "The result should be a dict with both keys.")
both = [np.asarray(values, dtype=float) for values in checks.ask(pooled, sample_report, int(rng.integers(2**31)), 3000)]
for name, values in zip(["the array", "the tensor"], both):
    n = len(values)
    checks.close(n, 15000, f"the count of the numbers of {name} over 3000 seeds", rtol=0, hidden=True)
    checks.close(np.mean(values), 0, f"the mean of {name}", rtol=6 * np.sqrt(1 / n), hidden=True)
    checks.close(np.mean(values**2), 1, f"the variance of {name}", rtol=6 * np.sqrt(2 / n), hidden=True,
                 hint="Standard normal numbers: standard_normal and randn.")
    checks.close(np.mean(values**4), 3, f"the fourth moment of {name}", rtol=7 * np.sqrt(96 / n) / 3, hidden=True,
                 hint="Standard normal numbers: standard_normal and randn.")
ten = np.hstack([values.reshape(3000, 5) for values in both])
products = np.triu(ten.T @ ten, 1) / 3000           # of two standard normals: mean 0, variance 1; 45 pairs: 1e-7
checks.holds(np.abs(ten.mean(axis=0)).max() <= 6 / np.sqrt(3000), "Each of the ten numbers should have mean 0 over many seeds.")
checks.holds(np.abs(products).max() <= 6 / np.sqrt(3000), "Over many seeds no two of the ten numbers should be correlated: draw "
                                                          "each for itself, and the tensor with torch.")
### END HIDDEN TESTS

# %% test="sample_report-global_state" points=4
# Hidden: the global random states of numpy, torch and random stay as they were,
# while the reports depend on the seed.
### BEGIN HIDDEN TESTS
checks.forbid(sample_report)
rng = checks.fresh_rng("sample_report-global_state")
seeds = [int(seed) for seed in rng.integers(2**31, size=6)]
checks.battery(sample_report, seeds[0], skip=("layout", "float32", "integer"))
reports = [checks.ask(sample_report, seed) for seed in seeds]
checks.holds(any((report["np"] != reports[0]["np"]).any() for report in reports), "The report should depend on the seed.")
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Fifteen hundred numbers of each kind under the density that they are drawn from.

# %% look="sample_report"
import matplotlib.pyplot as plt

reports = [sample_report(seed) for seed in range(300)]
z = np.linspace(-4, 4, 200)
plt.figure(figsize=(6, 3))
for key in ("np", "torch"):
    drawn = np.concatenate([np.asarray(report[key]) for report in reports])
    plt.hist(drawn, bins=40, density=True, histtype="step", label=key)
plt.plot(z, np.exp(-(z**2) / 2) / np.sqrt(2 * np.pi), "k--", lw=1, label="density")
plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 5 · The rules of the house
#
# Five questions on the section *How it works here*, 4 points each. Put the letter of the one right answer between the quotes
# and delete the two lines below it. What you see is only whether your answer can be read; whether it is right shows after
# grading, and you may hand in again.
#
# **5a · Pairs.** You and a partner have found together for homework 1. Who hands in?
#
# - a. Each of you, separately; the better one counts for both.
# - b. Only the one who sent the invitation.
# - c. Either of you, for both, and both get the same points.
# - d. Each of you, separately, and each gets their own points.

# %% solution="quiz_pairs"
quiz_pairs = ""     # "a", "b", "c" or "d"
### BEGIN SOLUTION
quiz_pairs = "c"
### END SOLUTION

# %% test="quiz_pairs-letter" points=4
checks.answered(quiz_pairs, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
checks.choice(quiz_pairs, "c", hint="Read the paragraph on pairs again.")
### END HIDDEN TESTS

# %% [markdown]
# **5b · Honesty.** Somebody from another pair explains an idea to you at the whiteboard, and it helps. What is right?
#
# - a. Ask for their notebook, and rename the variables before you use it.
# - b. Write the code yourselves from what you understood, and name who helped at the top of the notebook.
# - c. Write the code yourselves. A whiteboard is not a file, so there is nothing to say.
# - d. Nothing may be used: talking about homework is forbidden.

# %% solution="quiz_honesty"
quiz_honesty = ""   # "a", "b", "c" or "d"
### BEGIN SOLUTION
quiz_honesty = "b"
### END SOLUTION

# %% test="quiz_honesty-letter" points=4
checks.answered(quiz_honesty, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
checks.choice(quiz_honesty, "b", hint="Read the paragraph on honesty again.")
### END HIDDEN TESTS

# %% [markdown]
# **5c · Hidden tests.** What is hidden?
#
# - a. Some of the rules: the tests may ask for more than the statement says.
# - b. The points: they are published at the end of the term.
# - c. Nothing: the cells that you see are the tests that are run.
# - d. The inputs: the numbers are others, the rules all stand in the notebook.

# %% solution="quiz_hidden"
quiz_hidden = ""    # "a", "b", "c" or "d"
### BEGIN SOLUTION
quiz_hidden = "d"
### END SOLUTION

# %% test="quiz_hidden-letter" points=4
checks.answered(quiz_hidden, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
checks.choice(quiz_hidden, "d", hint="Read the paragraph on problems again.")
### END HIDDEN TESTS

# %% [markdown]
# **5d · Handing in again.** The homework is due at 23:59. You hand in at 20:00 with everything right, at 23:30 with a cell
# broken by accident, and at 02:00 with that cell repaired. Which one counts?
#
# - a. The one of 23:30.
# - b. The one of 20:00.
# - c. The one of 02:00, with the deduction for being late.
# - d. The one with the most points.

# %% solution="quiz_again"
quiz_again = ""     # "a", "b", "c" or "d"
### BEGIN SOLUTION
quiz_again = "a"
### END SOLUTION

# %% test="quiz_again-letter" points=4
checks.answered(quiz_again, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
checks.choice(quiz_again, "a", hint="Read the paragraph on handing in again.")
### END HIDDEN TESTS

# %% [markdown]
# **5e · Units.** A classifier knows nothing and gives each of four classes probability 1/4. What is its cross-entropy, in
# the units of this course?
#
# - a. 2
# - b. 0.602
# - c. 1.386
# - d. 0.25

# %% solution="quiz_units"
quiz_units = ""     # "a", "b", "c" or "d"
### BEGIN SOLUTION
quiz_units = "c"
### END SOLUTION

# %% test="quiz_units-letter" points=4
checks.answered(quiz_units, "abcd")
# Hidden: whether it is the right letter.
### BEGIN HIDDEN TESTS
checks.choice(quiz_units, "c", hint="Read the paragraph on units again.")
### END HIDDEN TESTS

# %% [markdown]
# ## Before you hand in
#
# Restart the kernel and run all cells from top to bottom (*Kernel → Restart Kernel and Run All Cells*). If no cell complains,
# save the notebook and hand it in. Then look at your feedback, repair what it names, and hand in again.
