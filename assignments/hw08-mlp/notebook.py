# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # The multilayer perceptron
#
# A network is a chain of simple maps, and training it needs three things: the gradient of the chain, a start that
# neither explodes nor dies, and steps. You build all of them, and meet the symmetries that every such network has.
#
# **You will learn to**
# - write the backward pass of a layer, and of a network, and verify both by laws that must hold;
# - choose the variance of the first weights so that thirty layers keep the size of a signal;
# - train on data that no straight line separates, with a history that you can trust;
# - read from a symmetry of the loss what gradient flow conserves, and see what skip connections change.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | layers: six short functions | 12 | 10 lines |
# | 2 | `mlp_loss` | 22 | 20 lines |
# | 3 | `init_params` | 12 | 10 lines |
# | 4 | `train_mlp` | 16 | 20 lines |
# | 5 | symmetry: four functions | 14 | 30 lines |
# | 6 | residual networks: three functions | 6 | 30 lines |
# | 7 | on paper: five answers, one proof | 8 + 10 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is
# graded, with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem
# can be solved without the earlier ones. You work in pairs and hand in one notebook.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Arrays are float64, rows are examples, logarithms are natural.

# %% given="setup"
import numpy as np
import torch

from autograder import checks

# %% [markdown]
# ## 1 · Layers
#
# A layer knows nothing of the network around it. Forward, it maps its input to its output and keeps what it will
# need; backward, it receives the *cotangent* $\bar z = \partial L/\partial z$ of its output and returns that of every
# input, by the transposed Jacobian. For $z = xW + \mathbf 1 b^\top$ and for an activation $a = \varphi(z)$ applied to
# each entry,
#
# $$\bar x = \bar z\,W^\top,\qquad \bar W = x^\top \bar z,\qquad \bar b = \bar z^\top \mathbf 1,\qquad\qquad
# \bar z = \bar a \odot \varphi'(z).$$
#
# Transposed means: for every direction $u$, $\langle \bar z, J u\rangle = \langle J^\top \bar z, u\rangle$. That law
# needs no finite differences and holds to the last digits, so the tests ask for it.

# %% [markdown]
# **Write three pairs of functions** (12 points)
#
# | forward | backward |
# |---|---|
# | `affine_fwd(x, W, b) -> (z, cache)` | `affine_bwd(dout, cache) -> (dx, dW, db)` |
# | `relu_fwd(z) -> (a, cache)` | `relu_bwd(dout, cache) -> dz` |
# | `tanh_fwd(z) -> (a, cache)` | `tanh_bwd(dout, cache) -> dz` |
#
# - `W (d_in, d_out)`, `b (d_out,)`; `x (n, d_in)`, or `(n, …)` with more axes, which are flattened: an image is a
#   row. `dx` has the shape of `x`. The activations take arrays of any shape; at 0 the slope of ReLU is 0.
# - `cache` is a tuple with whatever the backward pass needs; what is in it is up to you. A cache stays good when the
#   forward function is called again, and when the backward one is: nothing is kept elsewhere.
# - Every result is a new array and no argument is changed, `dout` and `cache` included.
# - Not allowed: `torch`, `scipy`. A solution that uses them gets no points for this problem.

# %% solution="affine_fwd"
def affine_fwd(x, W, b):
    """z = x W + b for each example: returns z (n, d_out) and a cache."""
    # Flatten all axes of x but the first;
    # keep what affine_bwd will need.
    ### BEGIN SOLUTION
    z = x.reshape(len(x), -1) @ W + b
    return z, (x, W)
    ### END SOLUTION

# %% solution="affine_bwd"
def affine_bwd(dout, cache):
    """Cotangents of x, W and b for dout (n, d_out): returns dx, dW, db."""
    # Write down the shapes first: only one order of the factors
    # fits each of them.
    ### BEGIN SOLUTION
    x, W = cache
    dx = (dout @ W.T).reshape(x.shape)
    dW = x.reshape(len(x), -1).T @ dout
    db = dout.sum(axis=0)
    return dx, dW, db
    ### END SOLUTION

# %% solution="relu_fwd"
def relu_fwd(z):
    """max(z, 0) for each entry: returns a and a cache."""
    # Which entries were positive is all
    # that the way back will ask.
    ### BEGIN SOLUTION
    return np.maximum(z, 0), (z > 0,)
    ### END SOLUTION

# %% solution="relu_bwd"
def relu_bwd(dout, cache):
    """Cotangent of z for dout, of the same shape."""
    # Let dout through where z was positive,
    # in a new array.
    ### BEGIN SOLUTION
    (positive,) = cache
    return dout * positive
    ### END SOLUTION

# %% solution="tanh_fwd"
def tanh_fwd(z):
    """tanh(z) for each entry: returns a and a cache."""
    # The slope of tanh can be written
    # with its value.
    ### BEGIN SOLUTION
    a = np.tanh(z)
    return a, (a,)
    ### END SOLUTION

# %% solution="tanh_bwd"
def tanh_bwd(dout, cache):
    """Cotangent of z for dout, of the same shape."""
    # Differentiate tanh once by hand;
    # try your formula at z = 0.
    ### BEGIN SOLUTION
    (a,) = cache
    return dout * (1 - a**2)
    ### END SOLUTION

# %% test="affine_bwd-by_hand" points=1
for function in (affine_fwd, affine_bwd):
    checks.forbid(function, ["torch", "scipy"])

# Two examples with three numbers each, two outputs: all of this can be done on paper.
x, dout = np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([[1.0, 2], [0, 1]])
W, b = np.array([[1.0, 0], [0, 2], [-1, 1]]), np.array([10.0, 20])
z, cache = checks.ask(affine_fwd, x, W, b)
checks.close(z, [[8, 27], [8, 36]], "z")
dx, dW, db = checks.ask(affine_bwd, dout, cache)
checks.close(dx, [[1, 4, 1], [0, 2, 1]], "the result dx")
checks.close(dW, [[1, 6], [2, 9], [3, 12]], "the result dW", hint="dW has the shape of W.")
checks.close(db, [1, 3], "the result db", hint="Every example adds its row.")

# %% test="relu_fwd-by_hand" points=1
for function in (relu_fwd, relu_bwd, tanh_fwd, tanh_bwd):
    checks.forbid(function, ["torch", "scipy"])

z = np.array([[-1.0, 0.0, 2.0], [3.0, -4.0, 0.5]])
dout = np.array([[5.0, 6.0, -7.0], [8.0, 9.0, 1.0]])
a, cache = checks.ask(relu_fwd, z)
checks.close(a, [[0, 0, 2], [3, 0, 0.5]], "the ReLU of z")
dz = checks.ask(relu_bwd, dout, cache)
checks.close(dz, [[0, 0, -7], [8, 0, 1]], "the result dz of the ReLU")

# tanh(log 2) = 3/5, where the slope is 1 - 9/25 = 16/25.
a, cache = checks.ask(tanh_fwd, np.array([0.0, np.log(2)]))
checks.close(a, [0, 0.6], "tanh of 0 and log 2")
dz = checks.ask(tanh_bwd, np.array([3.0, 25.0]), cache)
checks.close(dz, [3, 16], "the result dz of tanh")

# %% test="affine_bwd-tools" points=0
# The grader keeps some helpers here.
### BEGIN HIDDEN TESTS
def no_libraries(*functions):
    for function in functions:
        checks.forbid(function, ["torch", "scipy"])

def chained(forward, backward):
    """Forward and backward as one function of (dout, inputs), beside the student's code: z and the cotangents."""
    def layer(dout, *inputs):
        z, cache = forward(*inputs)
        return z, backward(dout, cache)
    layer.__name__ = "your layer"
    return layer

def asked_twice(forward, backward):
    """Backward twice with one cache, beside the student's code: z and the second cotangents, after both."""
    def layer(dout, *inputs):
        z, cache = forward(*inputs)
        backward(dout, cache)
        return z, backward(dout, cache)
    layer.__name__ = "your layer"
    return layer

def both(forward, backward, dout, *inputs):
    """The same through the grader: z, and the cotangents as a list."""
    z, cache = checks.ask(forward, *inputs)
    back = checks.ask(backward, dout, cache)
    return z, list(back) if isinstance(back, (tuple, list)) else [back]
### END HIDDEN TESTS

# %% test="affine_bwd-gradient" points=3
# Hidden: z, dx, dW and db for rectangular and square W, against finite differences of
# <c, z> with random c, and <dout, J u> = <back, u> to twelve digits.
### BEGIN HIDDEN TESTS
no_libraries(affine_fwd, affine_bwd)
rng = checks.fresh_rng("affine_bwd-gradient")
for n, d, k in [(4, 7, 5), (6, 3, 3), (3, 3, 3)]:
    inputs, c = [rng.normal(size=(n, d)), rng.normal(size=(d, k)), rng.normal(size=k)], rng.normal(size=(n, k))
    z, back = both(affine_fwd, affine_bwd, c, *inputs)
    checks.close(z, inputs[0] @ inputs[1] + inputs[2], "z", hidden=True)
    checks.gradient(lambda p: float(np.sum(c * (p[0] @ p[1] + p[2]))), inputs, back, rng=rng, names=["x", "W", "b"])
    x, W, b = inputs
    directions = [("dx", x + 1, (x + 1) @ W), ("dW", W - 1, x @ (W - 1)), ("db", b + 1, np.tile(b + 1, (n, 1)))]
    for got, (name, u, Ju) in zip(back, directions, strict=True):
        checks.close(np.sum(got * u), np.sum(c * Ju), f"the law <dout, J u> = <{name}, u>", rtol=1e-12, hidden=True)
### END HIDDEN TESTS

# %% test="affine_fwd-shapes" points=2
# Hidden: a batch of one, one input, one output; x with more axes is flattened, and dx has
# its shape.
### BEGIN HIDDEN TESTS
no_libraries(affine_fwd, affine_bwd)
rng = checks.fresh_rng("affine_fwd-shapes")
for shape, k in [((1, 7), 5), ((4, 1), 5), ((4, 7), 1), ((1, 1), 1), ((5, 3, 4), 2), ((3, 2, 5, 4), 7)]:
    x, W, b = rng.normal(size=shape), rng.normal(size=(int(np.prod(shape[1:])), k)), rng.normal(size=k)
    c, rows = rng.normal(size=(shape[0], k)), x.reshape(shape[0], -1)
    z, back = both(affine_fwd, affine_bwd, c, x, W, b)
    checks.close(z, rows @ W + b, "z", hidden=True)
    expected = {"dx": (c @ W.T).reshape(shape), "dW": rows.T @ c, "db": c.sum(axis=0)}
    for got, (name, ours) in zip(back, expected.items(), strict=True):
        checks.close(got, ours, f"the result {name} for x with {len(shape)} axes", hidden=True)
### END HIDDEN TESTS

# %% test="relu_bwd-gradient" points=2
# Hidden: values and slopes of ReLU for arrays of one to four axes, by finite differences and
# to twelve digits.
### BEGIN HIDDEN TESTS
no_libraries(relu_fwd, relu_bwd)
rng = checks.fresh_rng("relu_bwd-gradient")
for shape in [(9,), (7, 5), (3, 4, 5), (2, 3, 4, 5)]:
    z, c = rng.normal(size=shape), rng.normal(size=shape)
    a, back = both(relu_fwd, relu_bwd, c, z)
    checks.close(a, np.clip(z, 0, None), "the ReLU of z", rtol=1e-12, hidden=True)
    checks.gradient(lambda p: float(np.sum(c * np.clip(p[0], 0, None))), [z], back, rng=rng, names=["z"])
    checks.close(back[0], np.where(z > 0, c, 0.0), "the result dz of the ReLU", rtol=1e-12, hidden=True)
### END HIDDEN TESTS

# %% test="tanh_bwd-gradient" points=1
# Hidden: the same for tanh, also far out, where its slope is nearly zero.
### BEGIN HIDDEN TESTS
no_libraries(tanh_fwd, tanh_bwd)
rng = checks.fresh_rng("tanh_bwd-gradient")
for shape, width in [((9,), 1.0), ((7, 5), 1.0), ((3, 4, 5), 3.0), ((8,), 300.0)]:
    z, c = width * rng.normal(size=shape), rng.normal(size=shape)
    a, back = both(tanh_fwd, tanh_bwd, c, z)
    checks.close(a, np.tanh(z), "tanh of z", rtol=1e-12, hidden=True)
    checks.gradient(lambda p: float(np.sum(c * np.tanh(p[0]))), [z], back, rng=rng, names=["z"])
    checks.close(back[0], c / np.cosh(np.clip(z, -350, 350)) ** 2, "the result dz of tanh", rtol=1e-12, hidden=True)
### END HIDDEN TESTS

# %% test="tanh_fwd-caches" points=1
# Hidden: a cache gives the same answer after another forward call, and when it is asked twice,
# for all three layers.
### BEGIN HIDDEN TESTS
no_libraries(affine_fwd, affine_bwd, relu_fwd, relu_bwd, tanh_fwd, tanh_bwd)
rng = checks.fresh_rng("tanh_fwd-caches")
W, b = rng.normal(size=(5, 5)), rng.normal(size=5)
x, other, c = (rng.normal(size=(6, 5)) for _ in range(3))
for forward, backward, extra, z, expected in [
        (affine_fwd, affine_bwd, (W, b), x @ W + b, c @ W.T),
        (relu_fwd, relu_bwd, (), np.clip(x, 0, None), np.where(x > 0, c, 0.0)),
        (tanh_fwd, tanh_bwd, (), np.tanh(x), c / np.cosh(x) ** 2)]:
    first = (lambda back: back[0]) if extra else (lambda back: back)            # of dx, dW, db, or dz alone
    _, cache = checks.ask(forward, x, *extra)
    checks.ask(forward, other, *[2 * part for part in extra])
    back = first(checks.ask(backward, c, cache))
    checks.close(back, expected, "the result for the earlier of two caches", hidden=True)
    output, back = checks.ask(checks.remote(asked_twice)(forward, backward), c, x, *extra)
    checks.close(first(back), expected, "the result for a cache that is asked a second time", hidden=True)
    checks.close(output, z, "the output of the forward pass, after the backward pass", hidden=True)
### END HIDDEN TESTS

# %% test="tanh_bwd-habits" points=1
# Hidden, for all three layers: no argument is changed, the memory layout does not matter,
# float32 and integer inputs work.
### BEGIN HIDDEN TESTS
no_libraries(affine_fwd, affine_bwd, relu_fwd, relu_bwd, tanh_fwd, tanh_bwd)
rng = checks.fresh_rng("tanh_bwd-habits")
x, W, b = rng.normal(size=(6, 3, 4)), rng.normal(size=(12, 5)), rng.normal(size=5)
z, dout = rng.normal(size=(6, 5)), rng.normal(size=(6, 5))
whole = np.rint(3 * z)
checks.battery(checks.remote(chained)(affine_fwd, affine_bwd), dout, x, W, b)
for forward, backward in [(relu_fwd, relu_bwd), (tanh_fwd, tanh_bwd)]:
    checks.battery(checks.remote(chained)(forward, backward), dout, z)
for forward, backward, others in [
        (affine_fwd, affine_bwd, (W[:5], b)), (relu_fwd, relu_bwd, ()), (tanh_fwd, tanh_bwd, ())]:
    _, back = both(forward, backward, dout, whole, *others)
    _, from_integers = both(forward, backward, dout, whole.astype(int), *others)
    checks.close(from_integers[0], back[0], "the cotangent of an integer input", hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The two slopes: what a unit lets through on the way back, for inputs from -4 to 4. A unit of tanh that is
# far out hears almost nothing; a ReLU hears all or nothing.

# %% look="tanh_bwd"
import matplotlib.pyplot as plt

z = np.linspace(-4, 4, 401)
plt.figure(figsize=(6, 2.6))
for name, forward, backward in [("ReLU", relu_fwd, relu_bwd), ("tanh", tanh_fwd, tanh_bwd)]:
    plt.plot(z, backward(np.ones_like(z), forward(z)[1]), label=f"slope of {name}")
plt.xlabel("z"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 2 · The gradients of a network
#
# A multilayer perceptron alternates affine maps and an activation $\varphi$, and ends with an affine map:
#
# $$Z_l = H_{l-1} W_l + \mathbf 1 b_l^\top,\qquad H_l = \varphi(Z_l),\qquad H_0 = X,\qquad \text{scores} = Z_L .$$
#
# With $P$ the row-wise softmax of the scores and $Y$ the one-hot labels, the mean cross-entropy has the simple start
# $\partial L/\partial Z_L = (P - Y)/n$. From there the chain rule walks back: a layer needs its input for $W$, the
# sum over rows for $b$, and hands $\partial L/\partial H_{l-1} = (\partial L/\partial Z_l)\,W_l^\top$ to the layer
# below.

# %% [markdown]
# **Write `mlp_loss(params, X, y, act="tanh", reg=0.0) -> (loss, grads)`** (22 points)
#
# - `params` is a list of pairs `(W, b)`, `W (d_in, d_out)`, `b (d_out,)`; the list may have length one. `X (n, d)`;
#   `y (n,)` holds integers in `0 … k-1`; `act` is `"tanh"` or `"relu"`, not applied after the last layer.
# - `loss` is the mean cross-entropy in nats plus `reg / 2` times the sum of all squared weights; biases are not
#   penalised.
# - `grads` is a list of pairs `(dW, db)` in the order of `params`, with the same shapes.
# - Scores of size 1000 must not overflow. All results are new, and no argument is changed.
# - Not allowed: `torch`, `scipy`, finite differences.

# %% solution="mlp_loss"
def mlp_loss(params, X, y, act="tanh", reg=0.0):
    """Mean cross-entropy of an MLP and its gradients: returns loss, [(dW, db), ...]."""
    # Forward: keep the input of every layer.
    # Backward: start from (P - Y) / n and walk the list in reverse.
    ### BEGIN SOLUTION
    n, H, inputs = len(X), X, []
    for layer, (W, b) in enumerate(params):
        inputs.append(H)
        Z = H @ W + b
        if layer < len(params) - 1:
            H = np.tanh(Z) if act == "tanh" else np.maximum(Z, 0)
    Z = Z - Z.max(axis=1, keepdims=True)
    log_p = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    loss = -log_p[np.arange(n), y].mean() + reg / 2 * sum((W**2).sum() for W, _ in params)

    G = np.exp(log_p)
    G[np.arange(n), y] -= 1
    G /= n
    grads = []
    for (W, _), H in zip(reversed(params), reversed(inputs)):
        grads.append((H.T @ G + reg * W, G.sum(axis=0)))
        G = G @ W.T * (1 - H**2 if act == "tanh" else H > 0)
    return loss, grads[::-1]
    ### END SOLUTION

# %% test="mlp_loss-by_hand" points=4
checks.forbid(mlp_loss, ["torch", "scipy"])

# With all weights zero the three classes are equally likely, so the loss is log 3.
zero = [(np.zeros((2, 4)), np.zeros(4)), (np.zeros((4, 3)), np.zeros(3))]
X, y = np.array([[1.0, 2.0], [3.0, -1.0]]), np.array([2, 0])
loss, grads = checks.ask(mlp_loss, zero, X, y)
checks.close(loss, np.log(3), "the loss of the zero network")
last = [-1/6, 1/3, -1/6]
checks.close(grads[1][1], last, "the gradient db of its last layer", hint="Sum (P - Y) / n.")

# Against finite differences of your own loss. The hidden tests use a loss of ours.
params = [(np.linspace(-1, 1, 8).reshape(2, 4), np.ones(4)), (np.eye(4, 3), np.zeros(3))]
mine = lambda p: checks.ask(mlp_loss, p, X, y)[0]
grads = checks.ask(mlp_loss, params, X, y)[1]
checks.gradient(mine, params, grads, rng=np.random.default_rng(0), names=["W1", "b1", "W2", "b2"])

# %% test="mlp_loss-reference" points=0
# The grader keeps a loss of its own here.
### BEGIN HIDDEN TESTS
def reference_loss(params, X, y, act="tanh", reg=0.0):
    H = X
    for W, b in params[:-1]:
        H = np.tanh(H @ W + b) if act == "tanh" else np.clip(H @ W + b, 0, None)
    scores = H @ params[-1][0] + params[-1][1]
    top = scores.max(axis=1)
    losses = np.log(np.exp(scores - top[:, None]).sum(axis=1)) + top - scores[np.arange(len(y)), y]
    return float(np.mean(losses) + reg * sum(np.sum(W * W) for W, _ in params) / 2)

def random_net(rng, *sizes, n=11):
    """Parameters with biases away from zero, and a batch: X (n, sizes[0]), y (n,), all classes in turn from 0 on."""
    params = [(rng.normal(size=(a, b)) / np.sqrt(a), 0.3 * rng.normal(size=b)) for a, b in zip(sizes, sizes[1:])]
    return params, rng.normal(size=(n, sizes[0])), np.arange(n) % sizes[-1]
### END HIDDEN TESTS

# %% test="mlp_loss-value" points=4
# Hidden: the loss equals ours for one to three layers, with and without penalty,
# and survives scores of size 1000.
### BEGIN HIDDEN TESTS
checks.forbid(mlp_loss, ["torch", "scipy"])
rng = checks.fresh_rng("mlp_loss-value")
for sizes, act, reg in [((5, 3), "tanh", 0.0), ((7, 5, 3), "relu", 0.0), ((4, 6, 5, 3), "tanh", 0.1)]:
    params, X, y = random_net(rng, *sizes)
    loss, _ = checks.ask(mlp_loss, params, X, y, act, reg)
    checks.close(loss, reference_loss(params, X, y, act, reg), "the loss", hidden=True)
params, X, y = random_net(rng, 5, 3)
loss, _ = checks.ask(mlp_loss, params, 1000 * X, y)
checks.close(loss, reference_loss(params, 1000 * X, y), "the loss for large scores", hidden=True)
### END HIDDEN TESTS

# %% test="mlp_loss-gradients" points=8
# Hidden: every block agrees with finite differences, for one to four layers,
# tanh and ReLU, also after some training.
### BEGIN HIDDEN TESTS
checks.forbid(mlp_loss, ["torch", "scipy"])
rng = checks.fresh_rng("mlp_loss-gradients")
for sizes in [(5, 3), (7, 5, 3), (4, 6, 5, 3), (6, 5, 7, 4, 3)]:
    for act in ("tanh", "relu"):
        params, X, y = random_net(rng, *sizes)
        names = [f"{kind}{layer}" for layer in range(1, len(sizes)) for kind in "Wb"]
        for steps in (0, 20):
            for _ in range(steps):
                _, grads = checks.ask(mlp_loss, params, X, y, act)
                params = [(W - 0.1 * dW, b - 0.1 * db) for (W, b), (dW, db) in zip(params, grads)]
            _, grads = checks.ask(mlp_loss, params, X, y, act)
            checks.gradient(lambda p: reference_loss(p, X, y, act), params, grads, rng=rng, names=names)
### END HIDDEN TESTS

# %% test="mlp_loss-penalty" points=2
# Hidden: the gradient of the penalty, which leaves the biases alone.
### BEGIN HIDDEN TESTS
checks.forbid(mlp_loss, ["torch", "scipy"])
rng = checks.fresh_rng("mlp_loss-penalty")
params, X, y = random_net(rng, 7, 5, 4, 3)
_, grads = checks.ask(mlp_loss, params, X, y, "tanh", 0.5)
names = ["W1", "b1", "W2", "b2", "W3", "b3"]
checks.gradient(lambda p: reference_loss(p, X, y, "tanh", 0.5), params, grads, rng=rng, names=names)
### END HIDDEN TESTS

# %% test="mlp_loss-laws" points=2
# Hidden: a batch of one works, in which most classes are missing; doubling the batch changes
# nothing; a dead ReLU unit has gradient exactly zero; rescaling a ReLU unit is a direction in
# which the loss is flat; the gradient survives scores of size 1000 as well.
### BEGIN HIDDEN TESTS
checks.forbid(mlp_loss, ["torch", "scipy"])
rng = checks.fresh_rng("mlp_loss-laws")
params, X, y = random_net(rng, 7, 5, 3, n=1)
_, grads = checks.ask(mlp_loss, params, X, y)
checks.gradient(lambda p: reference_loss(p, X, y), params, grads, rng=rng)

params, X, y = random_net(rng, 7, 5, 3, n=300)
params[0][1][2] = -100.0
loss, grads = checks.ask(mlp_loss, params, X, y, "relu")
twice, doubled = checks.ask(mlp_loss, params, np.vstack([X, X]), np.concatenate([y, y]), "relu")
checks.close(twice, loss, "the loss of a doubled batch", hidden=True)
for one, two in zip(grads, doubled):
    checks.close(two[0], one[0], "the gradient dW of a doubled batch", hidden=True)
    checks.close(two[1], one[1], "the gradient db of a doubled batch", hidden=True)
checks.close(grads[0][0][:, 2], np.zeros(7), "the gradient dW of a dead ReLU unit", rtol=0, hidden=True)
into = np.sum(params[0][0] * grads[0][0], axis=0) + params[0][1] * grads[0][1]
out = np.sum(params[1][0] * grads[1][0], axis=1)
checks.close(into, out, "the slope along a rescaling of ReLU units", rtol=1e-10, hidden=True)

params, X, y = random_net(rng, 5, 3)
_, ((dW, db),) = checks.ask(mlp_loss, params, 1000 * X, y)
scores = 1000 * X @ params[0][0] + params[0][1]
P = np.exp(scores - scores.max(axis=1)[:, None])
G = (P / P.sum(axis=1)[:, None] - np.eye(3)[y]) / len(y)
checks.close(dW, 1000 * X.T @ G, "the gradient dW for large scores", hidden=True)
checks.close(db, G.sum(axis=0), "the gradient db for large scores", hidden=True)
### END HIDDEN TESTS

# %% test="mlp_loss-habits" points=2
# Hidden: no argument is changed, the memory layout does not matter,
# float32 and integer inputs work.
### BEGIN HIDDEN TESTS
checks.forbid(mlp_loss, ["torch", "scipy"])
rng = checks.fresh_rng("mlp_loss-habits")
params, X, y = random_net(rng, 7, 5, 3)
checks.battery(mlp_loss, params, X, y)
checks.battery(mlp_loss, params, X, y, "relu", 0.1)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Where finite differences are good: the error of one slope falls with $h^2$ and rises again with rounding
# $\varepsilon/h$. A right gradient shows the whole valley; a wrong one is a flat line far above it.

# %% look="mlp_loss"
import matplotlib.pyplot as plt

rng = np.random.default_rng(1)
W1, W2, u = rng.normal(size=(3, 5)), rng.normal(size=(5, 2)), rng.normal(size=(3, 5))
X, y = rng.normal(size=(8, 3)), np.arange(8) % 2
at = lambda h: mlp_loss([(W1 + h * u, np.ones(5)), (W2, np.zeros(2))], X, y)
slope = np.sum(at(0)[1][0][0] * u)

steps = np.logspace(-11, 0, 45)
plt.figure(figsize=(6, 3))
plt.loglog(steps, [abs((at(h)[0] - at(-h)[0]) / (2 * h) - slope) for h in steps], ".-")
plt.xlabel("h"); plt.ylabel("|difference quotient - gradient|"); plt.tight_layout()

# %% [markdown]
# ## 3 · The first weights
#
# A ReLU layer with independent weights of variance $v$ multiplies the second moment of its signal by
# $v\,d_\text{in}/2$ on average: the sum over $d_\text{in}$ inputs gives the first factor, the half that ReLU cuts
# away the second. Over thirty layers a factor of $1/2$ becomes $10^{-9}$, and nothing is left to learn from. The
# usual schemes choose
#
# $$v_\text{he} = \frac{2}{d_\text{in}},\qquad v_\text{xavier} = \frac{2}{d_\text{in} + d_\text{out}},\qquad
# v_\text{lecun} = \frac{1}{d_\text{in}} .$$
#
# These are variances. A uniform law on $(-a, a)$ has the variance $a^2/3$; a normal law has the standard deviation
# $\sqrt v$.

# %% [markdown]
# **Write `init_params(sizes, scheme, dist, rng) -> params`** (12 points)
#
# - `sizes` is a sequence of at least two integers, input first; `scheme` is `"he"`, `"xavier"` or `"lecun"`; `dist`
#   is `"normal"` (not truncated) or `"uniform"`; `rng` is a `numpy.random.Generator`, the only source of randomness.
# - `params` is a list of pairs `(W, b)` of float64 arrays, `W (d_in, d_out)` with independent entries of mean zero
#   and the variance of the scheme, `b (d_out,)` zero. In which order you draw is up to you.
# - Not allowed: `torch`, `scipy`.

# %% solution="init_params"
def init_params(sizes, scheme, dist, rng):
    """First weights of an MLP: returns [(W, b), ...] with W (d_in, d_out), b (d_out,) zero."""
    # One variance per layer, from its two sizes;
    # then one draw of the whole matrix.
    ### BEGIN SOLUTION
    params = []
    for a, b in zip(sizes, sizes[1:]):
        variance = {"he": 2 / a, "xavier": 2 / (a + b), "lecun": 1 / a}[scheme]
        if dist == "normal":
            W = rng.normal(scale=np.sqrt(variance), size=(a, b))
        else:
            bound = np.sqrt(3 * variance)
            W = rng.uniform(-bound, bound, size=(a, b))
        params.append((W, np.zeros(b)))
    return params
    ### END SOLUTION

# %% test="init_params-shapes" points=2
checks.forbid(init_params, ["torch", "scipy"])

def weights_for(seed):
    return checks.ask(init_params, (7, 5, 3), "he", "normal", np.random.default_rng(seed))

params = weights_for(0)
checks.equal(len(params), 2, "the number of layers")
for (W, b), (d_in, d_out) in zip(params, [(7, 5), (5, 3)]):
    checks.array(W, "W", shape=(d_in, d_out), dtype="float64")
    checks.array(b, "b", shape=(d_out,), dtype="float64")
checks.close(params[0][1], np.zeros(5), "the first bias")
again, other = weights_for(0), weights_for(1)
checks.close(again[0][0], params[0][0], "W, drawn again with the same seed,")
checks.equal(np.array_equal(other[0][0], params[0][0]), False, "equality of W for two seeds")

# %% test="init_params-tools" points=0
# The grader keeps the variances here.
### BEGIN HIDDEN TESTS
VARIANCE = {"he": lambda a, b: 2 / a, "xavier": lambda a, b: 2 / (a + b), "lecun": lambda a, b: 1 / a}

def drawn(scheme, dist, rng, *sizes):
    """The student's parameters, after a look at their form."""
    params = checks.ask(init_params, list(sizes), scheme, dist, np.random.default_rng(rng.integers(2**32)))
    checks.equal(len(params), len(sizes) - 1, "the number of layers")
    for (W, b), d_in, d_out in zip(params, sizes, sizes[1:]):
        checks.array(W, "W", shape=(d_in, d_out))
        checks.array(b, "b", shape=(d_out,))
        checks.close(b, np.zeros(d_out), "a bias", rtol=0)
    return params
### END HIDDEN TESTS

# %% test="init_params-variance" points=4
# Hidden: mean and variance of 131 072 weights between layers of 256 and 512 units, for each
# scheme and law; six standard errors are tolerated.
### BEGIN HIDDEN TESTS
checks.forbid(init_params, ["torch", "scipy"])
rng = checks.fresh_rng("init_params-variance")
for scheme, variance in VARIANCE.items():
    for dist in ("normal", "uniform"):
        (W, _), (V, _) = drawn(scheme, dist, rng, 256, 512, 64)
        checks.moments(W, f"W ({scheme}, {dist})", var=variance(256, 512), shape=None)
        checks.moments(V, f"W of a later layer ({scheme}, {dist})", var=variance(512, 64), shape=None)
### END HIDDEN TESTS

# %% test="init_params-law" points=2
# Hidden: the shape of the law: its kurtosis is that of a normal or of a uniform law, and
# uniform weights fill their interval.
### BEGIN HIDDEN TESTS
checks.forbid(init_params, ["torch", "scipy"])
rng = checks.fresh_rng("init_params-law")
for scheme in ("he", "lecun"):
    W = drawn(scheme, "normal", rng, 256, 512)[0][0]
    checks.moments(W, f"W ({scheme}, normal)", var=VARIANCE[scheme](256, 512), shape="normal")
    W = drawn(scheme, "uniform", rng, 512, 256)[0][0]
    checks.bounded(W, f"W ({scheme}, uniform)", bound=np.sqrt(3 * VARIANCE[scheme](512, 256)))
    checks.moments(W, f"W ({scheme}, uniform)", var=VARIANCE[scheme](512, 256), shape="uniform")
### END HIDDEN TESTS

# %% test="init_params-signal" points=2
# Hidden: through thirty ReLU layers of 128 units started by "he", the second moment of a signal
# keeps its size within a factor of a million; with variance 1 / d_in it shrinks to 1e-9.
### BEGIN HIDDEN TESTS
checks.forbid(init_params, ["torch", "scipy"])
rng = checks.fresh_rng("init_params-signal")
for dist in ("normal", "uniform"):
    H = rng.normal(size=(32, 128))
    start = np.mean(H**2)
    for W, _ in drawn("he", dist, rng, *[128] * 31):
        H = np.maximum(H @ W, 0)
    growth = np.log10(np.mean(H**2) / start + 1e-300)
    checks.within(growth, "the logarithm of the signal's growth", at_least=-6, at_most=6,
                  hint="Is it the variance of the scheme, with the number of inputs?")
### END HIDDEN TESTS

# %% test="init_params-independent" points=1
# Hidden: the weights of different layers are independent, and those of different units.
### BEGIN HIDDEN TESTS
checks.forbid(init_params, ["torch", "scipy"])
rng = checks.fresh_rng("init_params-independent")
for dist in ("normal", "uniform"):
    weights = [W for W, _ in drawn("he", dist, rng, 64, 64, 64, 32, 64)]
    for i in range(4):
        for j in range(i):
            checks.uncorrelated(weights[i], weights[j], "different layers")
            checks.uncorrelated(weights[i], np.transpose(weights[j]), "different layers")
    for W in weights[:3]:
        half = W.shape[1] // 2
        checks.uncorrelated(W[:, ::2], W[:, 1::2], "neighbouring units")
        checks.uncorrelated(W[:, :half], W[:, half:], "different units")
    # Over 64 units chance spreads |w|^2 by sqrt(2 / 64) of its mean (normal; 0.63 of that if uniform), give or take a
    # tenth: a fifth is more than 7 sd below both. Orthogonal columns all have one length.
    lengths = np.sum(np.square(weights[0]), axis=0)
    spread = np.std(lengths) / np.mean(lengths) / np.sqrt(2 / 64)
    checks.within(spread, "the spread of |w| over the units, beside that of independent weights,", at_least=0.2)
### END HIDDEN TESTS

# %% test="init_params-habits" points=1
# Hidden: the same generator gives the same weights, the global random state is untouched.
### BEGIN HIDDEN TESTS
checks.forbid(init_params, ["torch", "scipy"])
rng = checks.fresh_rng("init_params-habits")
for dist in ("normal", "uniform"):
    checks.battery(init_params, np.array([7, 5, 3]), "xavier", dist, np.random.default_rng(rng.integers(2**32)))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The second moment of a signal on its way through thirty ReLU layers, for each scheme, three times. Where all
# layers have the same width, xavier and lecun are one.

# %% look="init_params"
import matplotlib.pyplot as plt

plt.figure(figsize=(6, 3))
for scheme, style in [("he", "C0-"), ("xavier", "C1-"), ("lecun", "k:")]:
    for seed in range(3):
        rng = np.random.default_rng(seed)
        H, sizes = rng.normal(size=(32, 128)), []
        for W, b in init_params([128] * 31, scheme, "normal", rng):
            H = np.maximum(H @ W + b, 0)
            sizes.append(np.mean(H**2))
        plt.semilogy(sizes, style, label=scheme if seed == 0 else None)
plt.xlabel("layer"); plt.ylabel("second moment"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 4 · Training on spirals
#
# Three spiral arms wind around each other; straight lines between them are right for little more than a third of the
# points, which is guessing. A network with one hidden layer of 64 ReLU units separates them. What you return is not a
# score but the parameters and the loss of every step. The grader computes the score from your parameters, with
# spirals that nobody has seen and class numbers that change from run to run, and looks at your history at a few
# steps, so an honest history is the only one that works.

# %% given="spirals"
def spirals(n, k, rng, noise=0.15, turns=1.0, rotation=0.0, scale=1.0):
    """k spiral arms: points X (n, 2), labels y (n,) in 0 ... k-1."""
    y = rng.integers(k, size=n)
    radius = rng.uniform(0.1, 1.0, size=n)
    angle = rotation + 2 * np.pi * (y / k + turns * radius) + noise * rng.normal(size=n)
    return scale * radius[:, None] * np.stack([np.cos(angle), np.sin(angle)], axis=1), y


def forward(params, X):
    """Scores (n, k) of a ReLU network. The grader reads your parameters with this function."""
    for W, b in params[:-1]:
        X = np.maximum(X @ W + b, 0)
    return X @ params[-1][0] + params[-1][1]

# %% [markdown]
# **Write `train_mlp(X, y, k, rng, on_step=None) -> (params, history)`** (16 points)
#
# - `X (n, 2)`, `y (n,)` in `0 … k-1`, `rng` a `numpy.random.Generator`, the only source of randomness.
# - `params` is a list of pairs `(W, b)` of numpy arrays for `forward` above, with at most **400 numbers** in total.
# - Before every update, call `on_step(params, rows)` if it is not `None`: the parameters at that moment, and the
#   indices of the rows in the mini-batch. `history` is the list of mean cross-entropies of those mini-batches, one
#   per update, without penalty.
# - At most two million example gradients per run (600 points, 120 epochs are 72 000).
# - Any optimiser. You may use your `mlp_loss`, or torch and its autograd (with tensors that you draw from `rng`:
#   `torch.nn.Linear` draws from the global state of torch). The reference uses momentum and mini-batches of 100, takes
#   a fifth of a second and is right on 99 % of new points; 95 % on average over three runs is asked.
# - `X` and `y` stay as they are.

# %% solution="train_mlp"
def train_mlp(X, y, k, rng, on_step=None):
    """Train a ReLU network on (X, y): returns params [(W, b), ...] and history [loss, ...]."""
    # Draw the first weights from rng (all zeros would never leave the saddle).
    # Then loop: rows, on_step, loss and gradients, update.
    ### BEGIN SOLUTION
    sizes, lr, momentum = [X.shape[1], 64, k], 0.2, 0.9
    params = [(rng.normal(size=(a, b)) * np.sqrt(2 / a), np.zeros(b)) for a, b in zip(sizes, sizes[1:])]
    speed = [(np.zeros_like(W), np.zeros_like(b)) for W, b in params]
    history = []
    for epoch in range(120):
        for rows in np.array_split(rng.permutation(len(X)), max(1, len(X) // 100)):
            if on_step is not None:
                on_step(params, rows)
            loss, grads = mlp_loss(params, X[rows], y[rows], act="relu")
            history.append(loss)
            for layer, layer_speed, layer_grads in zip(params, speed, grads):
                for p, v, g in zip(layer, layer_speed, layer_grads):
                    v *= momentum
                    v -= lr * g
                    p += v
    return params, history
    ### END SOLUTION

# %% test="train_mlp-small_run" points=3
checks.forbid(train_mlp)

# One run on spirals that you may look at: small network, true history, some success.
def example_data(rng):
    return *spirals(600, 3, rng), *spirals(600, 3, rng)

checks.training(train_mlp, example_data, forward=forward, classes=3, runs=1, at_least=0.8,
                max_params=400, max_examples=2_000_000, rng=np.random.default_rng(0))

# %% test="train_mlp-data" points=0
# The grader keeps its data here: spirals, turned and scaled anew for every run.
### BEGIN HIDDEN TESTS
def turned_data(rng):
    turned = dict(rotation=rng.uniform(0, 2 * np.pi), scale=rng.uniform(0.8, 1.25))
    return *spirals(600, 3, rng, **turned), *spirals(1500, 3, rng, **turned)

def upright_data(rng):              # what stored weights would have been trained on
    return *spirals(600, 3, rng), *spirals(1500, 3, rng)

def few_points(rng):
    return *spirals(250, 3, rng), *spirals(10, 3, rng)
### END HIDDEN TESTS

# %% test="train_mlp-accuracy" points=8
# Hidden: at least 95 % on average on three new sets of spirals, turned, scaled and with their
# classes renamed, within both budgets, with a true history.
### BEGIN HIDDEN TESTS
checks.forbid(train_mlp)
checks.training(train_mlp, turned_data, forward=forward, classes=3, runs=3, at_least=0.95,
                max_params=400, max_examples=2_000_000, rng=checks.fresh_rng("train_mlp-accuracy"))
### END HIDDEN TESTS

# %% test="train_mlp-noise" points=3
# Hidden: trained on shuffled labels, the network knows nothing about the true ones, and its
# history is true.
### BEGIN HIDDEN TESTS
checks.forbid(train_mlp)
checks.training_on_noise(train_mlp, upright_data, forward=forward, classes=3, at_most=0.9,
                         max_params=400, max_examples=2_000_000, rng=checks.fresh_rng("train_mlp-noise"))
### END HIDDEN TESTS

# %% test="train_mlp-habits" points=2
# Hidden: the same rng gives the same parameters, another rng gives others; X, y and the global
# random state are left alone; on_step may be left out, 250 points are enough to run, and there
# may be two classes.
### BEGIN HIDDEN TESTS
checks.forbid(train_mlp)
rng = checks.fresh_rng("train_mlp-habits")
checks.training_follows_rng(train_mlp, few_points, classes=3, rng=rng)
X, y, _, _ = few_points(rng)
checks.battery(train_mlp, X, y, 3, np.random.default_rng(rng.integers(2**32)), skip=("layout", "float32", "integer"))
X, y = spirals(100, 2, rng)
params, history = checks.ask(train_mlp, X, y, 2, np.random.default_rng(rng.integers(2**32)))
checks.equal(np.shape(forward(params, X)), (100, 2), "the shape of the scores for two classes")
checks.holds(len(history) > 0, "The history has one loss per update, also without on_step.")
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The regions that your network has learned, the points it learned them from, and the loss on the way.

# %% look="train_mlp"
import matplotlib.pyplot as plt

rng = np.random.default_rng(2)
X, y = spirals(600, 3, rng)
params, history = train_mlp(X, y, 3, rng)

u = np.linspace(-1.2, 1.2, 250)
plane = np.stack(np.meshgrid(u, u), axis=-1).reshape(-1, 2)
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3.2))
regions = forward(params, plane).argmax(axis=1).reshape(250, 250)
left.contourf(u, u, regions, levels=[-0.5, 0.5, 1.5, 2.5], alpha=0.3)
left.scatter(*X.T, c=y, s=4); left.set_aspect("equal")
right.semilogy(history, lw=0.5); right.set(xlabel="update", ylabel="mini-batch loss")
fig.tight_layout()

# %% [markdown]
# ## 5 · Symmetry, and what it conserves
#
# Because $\varphi(\alpha z) = \alpha\varphi(z)$ for ReLU and $\alpha > 0$, the input of a hidden unit can be
# multiplied by $\alpha$ and its output divided by $\alpha$: another network, the same function. Units can also change
# places. The loss does not move along a rescaling, so its gradient is orthogonal to it, and *gradient flow*
# $\dot\theta = -\nabla L$ conserves
#
# $$C_l = W_l^\top W_l + b_l b_l^\top - W_{l+1} W_{l+1}^\top,$$
#
# its diagonal for ReLU networks, the whole matrix for linear ones. You prove that in problem 7. Gradient descent
# takes finite steps, and $C_l$ drifts in proportion to their size.

# %% [markdown]
# **Write four functions** (14 points)
#
# - `rescale(params, layer, alpha)` returns new parameters of the same ReLU network: the units of hidden layer `layer`
#   (the one that `params[layer]` computes, counted from 0) receive `alpha` times as much. `alpha` is a positive
#   number, or an array with one for each unit; a factor that is not positive raises `ValueError`.
# - `permute(params, layer, perm)` returns new parameters in which unit `j` of that hidden layer is the old unit
#   `perm[j]`.
# - `balancedness(params)` is the list of the matrices $C_l$, one for each hidden layer.
# - `gradient_flow_drift(params, X, Y, lr, T)`: for the *linear* network (no activation) with the loss
#   $\frac{1}{2n}\sum_i \|f(x_i) - y_i\|^2$, take `round(T / lr)` plain gradient steps from `params`; the result is
#   the largest Frobenius norm of $C_l(\text{end}) - C_l(\text{start})$ over the hidden layers, a float.
#
# `params` is a list of at least two pairs `(W, b)`. All arrays in a result are new, also those that stay the same.
# Torch is allowed.

# %% solution="rescale"
def rescale(params, layer, alpha):
    """The same ReLU network with hidden layer `layer` scaled by alpha: returns [(W, b), ...]."""
    # Two layers change, and one of them in its bias as well.
    # Which axis of each W belongs to the unit?
    ### BEGIN SOLUTION
    if np.any(np.asarray(alpha) <= 0):
        raise ValueError("a ReLU unit can be rescaled by positive factors only")
    new = [(W.copy(), b.copy()) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    factor = np.broadcast_to(alpha, b.shape)
    new[layer], new[layer + 1] = (W * factor, b * factor), (V / factor[:, None], c)
    return new
    ### END SOLUTION

# %% solution="permute"
def permute(params, layer, perm):
    """The same network with unit j of hidden layer `layer` taken from unit perm[j]."""
    # What belongs to a unit: a column, a bias,
    # and a row of the next layer.
    ### BEGIN SOLUTION
    new = [(W.copy(), b.copy()) for W, b in params]
    (W, b), (V, c) = new[layer], new[layer + 1]
    new[layer], new[layer + 1] = (W[:, perm], b[perm]), (V[perm], c)
    return new
    ### END SOLUTION

# %% solution="balancedness"
def balancedness(params):
    """The matrices C_l = W_l^T W_l + b_l b_l^T - W_{l+1} W_{l+1}^T, one for each hidden layer."""
    # Pair each layer with the next one;
    # C_l is square, with one row for each hidden unit.
    ### BEGIN SOLUTION
    return [W.T @ W + np.outer(b, b) - V @ V.T for (W, b), (V, _) in zip(params, params[1:])]
    ### END SOLUTION

# %% solution="gradient_flow_drift"
def gradient_flow_drift(params, X, Y, lr, T):
    """Largest change of C_l after round(T / lr) gradient steps of a linear network on (X, Y)."""
    # Backpropagation without an activation;
    # then compare balancedness at the end and at the start.
    ### BEGIN SOLUTION
    start, params = balancedness(params), list(params)
    for _ in range(round(T / lr)):
        inputs = [X]
        for W, b in params:
            inputs.append(inputs[-1] @ W + b)
        G = (inputs.pop() - Y) / len(X)
        for layer in reversed(range(len(params))):
            W, b = params[layer]
            params[layer] = W - lr * inputs[layer].T @ G, b - lr * G.sum(axis=0)
            G = G @ W.T
    return float(max(np.linalg.norm(end - begin) for end, begin in zip(balancedness(params), start)))
    ### END SOLUTION

# %% test="rescale-by_hand" points=1
checks.forbid(rescale)

# A 2-3-2 network: with alpha = 2 the first layer doubles, the second is halved.
params = [(np.array([[1.0, -2, 0], [3, 1, -1]]), np.array([1.0, 0, -1])),
          (np.array([[1.0, 2], [0, 4], [6, -2]]), np.array([5.0, 7]))]
(W, b), (V, c) = checks.ask(rescale, params, 0, 2.0)
checks.close(W, [[2, -4, 0], [6, 2, -2]], "W of the first layer")
checks.close(b, [2, 0, -2], "b of the first layer", hint="Its units receive b as well.")
checks.close(V, [[0.5, 1], [0, 2], [3, -1]], "W of the second layer")
checks.close(c, [5, 7], "b of the second layer")

# %% test="permute-by_hand" points=0.5
checks.forbid(permute)

# Unit 0 becomes the old unit 2, unit 1 the old unit 0, unit 2 the old unit 1.
params = [(np.array([[1.0, -2, 0], [3, 1, -1]]), np.array([1.0, 0, -1])),
          (np.array([[1.0, 2], [0, 4], [6, -2]]), np.array([5.0, 7]))]
(W, b), (V, c) = checks.ask(permute, params, 0, np.array([2, 0, 1]))
checks.close(W, [[0, 1, -2], [-1, 3, 1]], "W of the first layer")
checks.close(b, [-1, 1, 0], "b of the first layer")
checks.close(V, [[6, -2], [1, 2], [0, 4]], "W of the second layer")
checks.close(c, [5, 7], "b of the second layer")

# %% test="gradient_flow_drift-halving" points=1
checks.forbid(balancedness)
checks.forbid(gradient_flow_drift)

# C of a 1-2-1 network: [[2, 2], [2, 2]] + [[0, 0], [0, 1]] - [[1, -1], [-1, 1]].
params = [(np.array([[2**0.5, 2**0.5]]), np.array([0.0, 1.0])),
          (np.array([[1.0], [-1.0]]), np.array([0.5]))]
(C,) = checks.ask(balancedness, params)
checks.close(C, [[1, 3], [3, 2]], "C")

# Half the step, half the drift: flow conserves C, and finite steps miss it by their size.
X, Y = np.array([[1.0], [-1.0], [2.0]]), np.array([[1.0], [0.0], [2.0]])
drifts = [checks.ask(gradient_flow_drift, params, X, Y, lr, 1.0) for lr in (2e-3, 1e-3)]
checks.within(drifts[1], "the drift for lr = 0.001", at_least=1e-5)
checks.close(drifts[0], 2 * drifts[1], "the drift for lr = 0.002", rtol=0.05, floor=0)

# %% test="rescale-tools" points=0
# The grader keeps networks and the reference of the drift here.
### BEGIN HIDDEN TESTS
def random_params(rng, *sizes):
    return [(rng.normal(size=(a, b)) / np.sqrt(a), 0.5 * rng.normal(size=b)) for a, b in zip(sizes, sizes[1:])]

def relu_net(params, X):
    for W, b in params[:-1]:
        X = np.clip(X @ W + b, 0, None)
    return X @ params[-1][0] + params[-1][1]

def reference_C(params):
    return [np.einsum("ia,ib->ab", W, W) + np.einsum("a,b->ab", b, b) - np.einsum("aj,bj->ab", V, V)
            for (W, b), (V, _) in zip(params, params[1:])]

def reference_drifts(params, X, Y, lr, T):
    """The drift after 0, 1, ..., round(T / lr) steps."""
    start, drifts = reference_C(params), [0.0]
    for _ in range(round(T / lr)):
        H = [X]
        for W, b in params:
            H.append(H[-1] @ W + b)
        back = (H[-1] - Y) / len(X)
        new = []
        for (W, b), below in zip(params[::-1], H[-2::-1]):
            new.append((W - lr * below.T @ back, b - lr * back.sum(axis=0)))
            back = back @ W.T
        params = new[::-1]
        drifts.append(max(np.linalg.norm(C - C0) for C, C0 in zip(reference_C(params), start)))
    return drifts

def linear_problem(rng, *sizes):
    """Parameters and data for a linear network: params, X, Y."""
    params, X = random_params(rng, *sizes), rng.normal(size=(13, sizes[0]))
    return params, X, X @ rng.normal(size=(sizes[0], sizes[-1])) + 1

def returning(rng):
    """A problem on which the drift falls again before T = 3, with lr = 0.1."""
    while True:
        problem = linear_problem(rng, 2, 3, 2)
        drifts = reference_drifts(*problem, 0.1, 3.0)
        if 1.02 * drifts[-1] < max(drifts) < 10:
            return problem

def same_params(got, expected, what, rtol=1e-12):
    checks.equal(len(got), len(expected), f"the number of layers {what}")
    for number, ((W, b), (V, c)) in enumerate(zip(got, expected), 1):
        checks.close(W, V, f"W of layer {number} {what}", rtol=rtol, hidden=True)
        checks.close(b, c, f"b of layer {number} {what}", rtol=rtol, hidden=True)
### END HIDDEN TESTS

# %% test="rescale-function" points=2
# Hidden: every hidden layer of a deeper network, one alpha or one for each unit: the function
# stays the same to twelve digits, and the parameters are those of the statement.
### BEGIN HIDDEN TESTS
checks.forbid(rescale)
rng = checks.fresh_rng("rescale-function")
params, X = random_params(rng, 6, 7, 5, 4, 3), rng.normal(size=(11, 6))
each = {layer: rng.uniform(0.5, 2, size=size) for layer, size in enumerate((7, 5, 4))}
for layer, alpha in [*each.items(), (0, 3.0), (2, 0.01)]:
    got = checks.ask(rescale, params, layer, alpha)
    checks.close(relu_net(got, X), relu_net(params, X), "the function of the rescaled network", rtol=1e-12, hidden=True)
    (W, b), (V, c) = params[layer:layer + 2]
    scale = np.ones(len(b)) * alpha
    ours = [(W * scale, b * scale), (V / scale[:, None], c)]
    same_params(got, [*params[:layer], *ours, *params[layer + 2:]], "after rescaling")
### END HIDDEN TESTS

# %% test="rescale-negative" points=1
# Hidden: alpha = 0, a negative alpha, or one negative entry raise ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(rescale)
rng = checks.fresh_rng("rescale-negative")
params = random_params(rng, 4, 5, 3)
checks.ask(rescale, params, 0, 1.5)
for alpha in (-2.0, 0.0, np.array([1.0, 2.0, -0.5, 1.0, 3.0])):
    checks.raises(ValueError, rescale, params, 0, alpha, when="when an alpha is not positive")
### END HIDDEN TESTS

# %% test="permute-function" points=2.5
# Hidden: the function stays the same, the parameters are those of the statement, and the inverse
# permutation restores them exactly.
### BEGIN HIDDEN TESTS
checks.forbid(permute)
rng = checks.fresh_rng("permute-function")
params, X = random_params(rng, 6, 7, 5, 4, 3), rng.normal(size=(11, 6))
for layer in (0, 1, 2):
    units = np.arange(len(params[layer][1]))
    perm = rng.permutation(units)
    perm = np.roll(units, 1) if (perm[perm] == units).all() else perm           # not its own inverse
    got = checks.ask(permute, params, layer, perm)
    checks.close(relu_net(got, X), relu_net(params, X), "the function of the permuted network", rtol=1e-12, hidden=True)
    checks.close(got[layer][1], params[layer][1][perm], "b of the permuted layer", rtol=0, hidden=True)
    same_params(checks.ask(permute, got, layer, np.argsort(perm)), params, "after going there and back", rtol=0)
### END HIDDEN TESTS

# %% test="balancedness-matrices" points=2
# Hidden: the matrices for networks with one to three hidden layers, to twelve digits; they are
# symmetric.
### BEGIN HIDDEN TESTS
checks.forbid(balancedness)
rng = checks.fresh_rng("balancedness-matrices")
for sizes in [(7, 5, 3), (3, 6, 6, 4), (4, 7, 5, 6, 2)]:
    params = random_params(rng, *sizes)
    got, expected = checks.ask(balancedness, params), reference_C(params)
    checks.equal(len(got), len(expected), "the number of matrices")
    for C, C_ours in zip(got, expected):
        checks.close(C, C_ours, "C", rtol=1e-12, hidden=True)
        checks.close(C, np.transpose(C), "C transposed", rtol=1e-12, hidden=True)
### END HIDDEN TESTS

# %% test="gradient_flow_drift-value" points=2
# Hidden: the drift equals ours for one and two hidden layers and several steps, also where it was
# larger on the way; T = 0 gives 0.
### BEGIN HIDDEN TESTS
checks.forbid(gradient_flow_drift)
rng = checks.fresh_rng("gradient_flow_drift-value")
for sizes, lr, T in [((4, 5, 3), 0.02, 1.0), ((3, 5, 4, 2), 0.01, 0.5), ((4, 5, 3), 0.03, 0.1), ((4, 5, 3), 0.03, 0.08),
                     ((4, 5, 3), 0.02, 0.0), ("returning", 0.1, 3.0)]:
    problem = returning(rng) if sizes == "returning" else linear_problem(rng, *sizes)
    got = checks.ask(gradient_flow_drift, *problem, lr, T)
    checks.close(got, reference_drifts(*problem, lr, T)[-1], "the drift", rtol=1e-8, hidden=True)
### END HIDDEN TESTS

# %% test="gradient_flow_drift-rate" points=1
# Hidden: over three decades of lr the drift is proportional to lr: slope 0.9 to 1.1 in a log-log
# plot.
### BEGIN HIDDEN TESTS
checks.forbid(gradient_flow_drift)
rng = checks.fresh_rng("gradient_flow_drift-rate")
params, X = random_params(rng, 3, 4, 2), rng.normal(size=(9, 3))
Y, rates = X @ rng.normal(size=(3, 2)), [1e-2, 1e-3, 1e-4]
drifts = [checks.ask(gradient_flow_drift, params, X, Y, lr, 0.3) for lr in rates]
checks.within(min(drifts), "the drift", at_least=1e-12, hint="Plain gradient steps miss the conservation law a little.")
slope, _ = np.polyfit(np.log(rates), np.log(drifts), 1)
checks.within(slope, "the slope of log drift over log lr", at_least=0.9, at_most=1.1)
### END HIDDEN TESTS

# %% test="gradient_flow_drift-habits" points=1
# Hidden, for all four functions: no argument is changed, results are new arrays, the memory
# layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
for function in (rescale, permute, balancedness, gradient_flow_drift):
    checks.forbid(function)
rng = checks.fresh_rng("gradient_flow_drift-habits")
params, X, Y = random_params(rng, 6, 5, 4, 3), rng.normal(size=(7, 6)), rng.normal(size=(7, 3))
checks.battery(rescale, params, 0, rng.uniform(0.5, 2, size=5))
checks.battery(rescale, params, 1, 2.5)
checks.battery(permute, params, 1, np.array([2, 3, 1, 0]))
checks.battery(permute, params, 1, np.arange(4))
checks.battery(balancedness, params)
checks.battery(gradient_flow_drift, params, X, Y, 0.05, 0.2, skip=("layout", "float32", "integer"))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The drift over the step size, for a linear network with two hidden layers. The dotted line has slope one.

# %% look="gradient_flow_drift"
import matplotlib.pyplot as plt

rng = np.random.default_rng(3)
params = [(rng.normal(size=(a, b)) / a**0.5, np.zeros(b)) for a, b in [(4, 5), (5, 5), (5, 2)]]
X = rng.normal(size=(20, 4))
Y = X @ rng.normal(size=(4, 2))
rates = np.logspace(-3, -1, 9)
drifts = [gradient_flow_drift(params, X, Y, lr, 1.0) for lr in rates]

plt.figure(figsize=(6, 3))
plt.loglog(rates, drifts, "o-"); plt.loglog(rates, drifts[0] * rates / rates[0], "k:")
plt.xlabel("lr"); plt.ylabel("drift of C"); plt.tight_layout()

# %% [markdown]
# ## 6 · Residual networks
#
# A residual block adds to its input what a small network makes of it, and nothing comes after the sum:
#
# $$h_{l+1} = h_l + \operatorname{relu}(h_l U_l + \mathbf 1 b_l^\top)\,V_l .$$
#
# Whatever the branch does, the way back keeps one path on which the cotangent arrives unchanged: a hundred layers do
# not silence it. With $U$ of variance $2/d$, $V$ of variance $1/m$ and $b = 0$ the branch has on average the second
# moment of its input, so a block whose branch is multiplied by $s$ lets the second moment grow by $1 + s^2$: a
# thousandfold over ten blocks for $s = 1$, but never more than $e$-fold for $s = 1/\sqrt{\text{depth}}$.

# %% [markdown]
# **Write three functions** (6 points)
#
# - `resnet_forward(blocks, x) -> h`: `blocks` is a list of triples `(U, b, V)`, `U (d, m)`, `b (m,)`, `V (m, d)`,
#   where `m` may differ from block to block; `x (n, d)`; `h (n, d)` is the output of the last block. A block whose
#   branch does not have the shape of its input raises `ValueError`: an addition that broadcasts would hide the
#   mistake.
# - `resnet_backward(blocks, x, dout) -> (grads, dx)`: the cotangents for `dout (n, d)`; `grads` is a list of triples
#   `(dU, db, dV)` in the order of `blocks`.
# - `variance_profile(depth, branch_scale, rng) -> q`: draw `x` of shape `(50, 100)` standard normal and `depth`
#   blocks with `d = 100`, `m = 200`, normal `U` of variance `2/d`, `b = 0`, normal `V` of variance `1/m`; each branch
#   is multiplied by `branch_scale`. `q (depth + 1,)` holds the mean squares of $h_0, h_1, \dots$; `rng` is the only
#   source of randomness.
# - Not allowed: `torch`, `scipy`.

# %% solution="resnet_forward"
def resnet_forward(blocks, x):
    """Output of the last block for x (n, d)."""
    # The sum is the last thing that happens in a block;
    # look at the shapes before it.
    ### BEGIN SOLUTION
    h = np.array(x)
    for U, b, V in blocks:
        branch = np.maximum(h @ U + b, 0) @ V
        if branch.shape != h.shape:
            raise ValueError(f"the branch has shape {branch.shape}, its input {h.shape}")
        h = h + branch
    return h
    ### END SOLUTION

# %% solution="resnet_backward"
def resnet_backward(blocks, x, dout):
    """Cotangents for dout (n, d): returns [(dU, db, dV), ...] and dx (n, d)."""
    # Forward once more, keeping the input of each block;
    # on the way back two paths meet at every block.
    ### BEGIN SOLUTION
    inputs, h = [], x
    for U, b, V in blocks:
        inputs.append(h)
        h = h + np.maximum(h @ U + b, 0) @ V
    grads, G = [], np.array(dout)
    for (U, b, V), h in zip(reversed(blocks), reversed(inputs)):
        z = h @ U + b
        dz = (G @ V.T) * (z > 0)
        grads.append((h.T @ dz, dz.sum(axis=0), np.maximum(z, 0).T @ G))
        G = G + dz @ U.T
    return grads[::-1], G
    ### END SOLUTION

# %% solution="variance_profile"
def variance_profile(depth, branch_scale, rng):
    """Mean squares of h_0 ... h_depth in a random residual network: (depth + 1,)."""
    # New U and V for every block;
    # only the branch is scaled.
    ### BEGIN SOLUTION
    d, m = 100, 200
    h = rng.normal(size=(50, d))
    squares = [np.mean(h**2)]
    for _ in range(depth):
        U, V = rng.normal(size=(d, m)) * np.sqrt(2 / d), rng.normal(size=(m, d)) / np.sqrt(m)
        h = h + branch_scale * np.maximum(h @ U, 0) @ V
        squares.append(np.mean(h**2))
    return np.array(squares)
    ### END SOLUTION

# %% test="resnet_forward-by_hand" points=1
checks.forbid(resnet_forward, ["torch", "scipy"])

# One block with d = 2 and m = 3 on paper: h U + b = (4, -1, 3), so the branch is 4 V_0 + 3 V_2.
U, V = np.array([[1.0, 0, 1], [1, -1, 0]]), np.array([[1.0, 0], [5, 5], [0, -1]])
h = checks.ask(resnet_forward, [(U, np.array([1.0, 0, 1]), V)], np.array([[2.0, 1.0]]))
checks.close(h, [[6, -2]], "h after one block")

# A block whose branch is zero is the identity, also for negative numbers.
silent = (np.ones((2, 3)), np.ones(3), np.zeros((3, 2)))
x = np.array([[1.0, -2.0], [-3.0, 4.0]])
checks.close(checks.ask(resnet_forward, [silent, silent], x), x, "h after two silent blocks")

# %% test="resnet_forward-tools" points=0
# The grader keeps a residual network of its own here.
### BEGIN HIDDEN TESTS
def reference_resnet(blocks, x):
    for U, b, V in blocks:
        x = x + np.einsum("nm,md->nd", np.clip(x @ U + b, 0, None), V)
    return x

def random_blocks(rng, d, *widths, scale=0.5):
    return [(rng.normal(size=(d, m)) / np.sqrt(d), 0.3 * rng.normal(size=m),
             scale * rng.normal(size=(m, d)) / np.sqrt(m)) for m in widths]
### END HIDDEN TESTS

# %% test="resnet_forward-value" points=1
# Hidden: zero to four blocks of different widths; a branch of another shape raises ValueError,
# also when numpy could broadcast it.
### BEGIN HIDDEN TESTS
checks.forbid(resnet_forward, ["torch", "scipy"])
rng = checks.fresh_rng("resnet_forward-value")
for widths in [(), (7,), (3, 7), (7, 4, 6, 3)]:
    blocks, x = random_blocks(rng, 5, *widths), rng.normal(size=(6, 5))
    h = checks.ask(resnet_forward, blocks, x)
    checks.close(h, reference_resnet(blocks, x), f"h after {len(widths)} blocks", rtol=1e-12, hidden=True)
U, b, V = random_blocks(rng, 5, 7)[0]
for width in (1, 3):
    narrow = (U, b, V[:, :width])
    for blocks in ([narrow], [(U, b, V), narrow]):
        checks.raises(ValueError, resnet_forward, blocks, x, when="when a branch has another width than its input")
### END HIDDEN TESTS

# %% test="resnet_backward-gradient" points=2
# Hidden: all blocks and dx agree with finite differences of <dout, h>, for one to four blocks.
### BEGIN HIDDEN TESTS
checks.forbid(resnet_backward, ["torch", "scipy"])
rng = checks.fresh_rng("resnet_backward-gradient")
for widths in [(7,), (3, 7), (7, 4, 6, 3)]:
    blocks, x, c = random_blocks(rng, 5, *widths), rng.normal(size=(6, 5)), rng.normal(size=(6, 5))
    grads, dx = checks.ask(resnet_backward, blocks, x, c)
    names = [f"{kind}{number}" for number in range(1, len(widths) + 1) for kind in "UbV"]
    loss = lambda p: float(np.sum(c * reference_resnet(*p)))
    checks.gradient(loss, [blocks, x], [grads, dx], rng=rng, names=[*names, "x"])
### END HIDDEN TESTS

# %% test="resnet_backward-laws" points=1
# Hidden: silent blocks hand dout back exactly; through 100 blocks with branches of size 1/10 it
# neither vanishes nor explodes; no argument is changed, layout and number type do not matter.
### BEGIN HIDDEN TESTS
for function in (resnet_forward, resnet_backward):
    checks.forbid(function, ["torch", "scipy"])
rng = checks.fresh_rng("resnet_backward-laws")
x, c = rng.normal(size=(6, 5)), rng.normal(size=(6, 5))
silent = [(U, b, 0 * V) for U, b, V in random_blocks(rng, 5, 7, 3, 4)]
checks.close(checks.ask(resnet_forward, silent, x), x, "h after silent blocks", rtol=0, hidden=True)
checks.close(checks.ask(resnet_backward, silent, x, c)[1], c, "the result dx of silent blocks", rtol=0, hidden=True)
deep = random_blocks(rng, 5, *[7] * 100, scale=0.1)
growth = np.linalg.norm(checks.ask(resnet_backward, deep, x, c)[1]) / np.linalg.norm(c)
checks.within(np.log10(growth + 1e-300), "the logarithm of dx over dout after 100 blocks", at_least=-1.5, at_most=1.5)
checks.battery(resnet_forward, random_blocks(rng, 5, 7, 3), x)
checks.battery(resnet_backward, random_blocks(rng, 5, 7, 3), x, c)
### END HIDDEN TESTS

# %% test="variance_profile-growth" points=1
# Hidden: h_0 has mean square 1; silent branches change nothing; the growth over 12 blocks is 2^12
# for scale 1, and over 50 blocks e for scale 1 / sqrt(50), within measured limits; by chance it
# differs from block to block.
### BEGIN HIDDEN TESTS
checks.forbid(variance_profile, ["torch", "scipy"])
rng = checks.fresh_rng("variance_profile-growth")

def profile(depth, scale):
    q = checks.ask(variance_profile, depth, scale, np.random.default_rng(rng.integers(2**32)))
    checks.equal(np.shape(q), (depth + 1,), "the shape of q")
    return q

q = profile(9, 0.0)
checks.within(q[0], "the mean square of h_0", at_least=0.85, at_most=1.15)
checks.close(q, np.full(10, q[0]), "q of silent branches", rtol=1e-12, hidden=True)
q = profile(12, 1.0)
checks.within(np.log2(q[-1]) / 12, "the growth per block", at_least=0.75, at_most=1.3)
checks.holds(bool(np.ptp(np.diff(np.log2(q))) > 1e-6), "The growth of a network that is drawn differs from block to block.")
calm = profile(50, 50**-0.5)
growth = np.log(calm[-1] / calm[0])
checks.within(growth, "the logarithm of the growth over the whole depth", at_least=0.65, at_most=1.4)
checks.battery(variance_profile, 3, 0.5, np.random.default_rng(rng.integers(2**32)))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The second moment along the depth, for branches of size 1 and of size $1/\sqrt{\text{depth}}$.

# %% look="variance_profile"
import matplotlib.pyplot as plt

plt.figure(figsize=(6, 3))
for depth in (10, 20, 40):
    for style, scale in [("-", 1.0), ("--", depth**-0.5)]:
        q = variance_profile(depth, scale, np.random.default_rng(0))
        plt.semilogy(q, style, label=f"depth {depth}, scale {scale:.2f}")
plt.xlabel("block"); plt.ylabel("second moment"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 7 · On paper
#
# **7a · A saddle at zero** (5 points)
#
# The smallest deep linear network is a product of numbers, $L(w) = \frac12 (w_1 w_2 \cdots w_D - c)^2$ with $c > 0$.
#
# - `saddle_eigenvalue`: for $D = 2$, the smallest eigenvalue of the Hessian at $w = 0$, as a formula in `c`.
# - `vanishing_order`: for $D = 5$, the largest $r$ such that all partial derivatives of the orders $1, \dots, r$
#   vanish at $w = 0$: an integer.
# - `escape_time`: for $D = 3$, start with all $w_i = \varepsilon$ and follow gradient flow while the product is
#   small, $\dot w = c\,w^2$. The time until $w = 1$, as a formula in `eps` and `c`. (For $D = 2$ it would be
#   $\log(1/\varepsilon)/c$: there the saddle lets go.)
#
# A formula is a string with `+ - * / **`, numbers, `sqrt`, `exp`, `log`, …; any equivalent form is right.

# %% solution="saddle_eigenvalue"
saddle_eigenvalue = ""      # a formula in c
### BEGIN SOLUTION
saddle_eigenvalue = "-c"
### END SOLUTION

# %% solution="vanishing_order"
vanishing_order = None      # an integer
### BEGIN SOLUTION
vanishing_order = 4
### END SOLUTION

# %% solution="escape_time"
escape_time = ""            # a formula in eps and c
### BEGIN SOLUTION
escape_time = "(1 / eps - 1) / c"
### END SOLUTION

# %% test="escape_time-at_half" points=1
# From 1/2 to 1 with c = 1: the integral of dw / w^2 is 2 - 1.
checks.formula_value(escape_time, at={"eps": 0.5, "c": 1}, expected=1)

# %% test="escape_time-formula" points=1
# Hidden: the same function for every eps between 0.01 and 1 and every c between 0.5 and 3.
### BEGIN HIDDEN TESTS
checks.formula(escape_time, "1/(c*eps) - 1/c", {"eps": (0.01, 1), "c": (0.5, 3)},
               rng=checks.fresh_rng("escape_time-formula"))
### END HIDDEN TESTS

# %% test="saddle_eigenvalue-formula" points=2
# Hidden: the same function for every c between 0.5 and 3.
### BEGIN HIDDEN TESTS
checks.formula(saddle_eigenvalue, "-c", {"c": (0.5, 3)}, rng=checks.fresh_rng("saddle_eigenvalue-formula"))
### END HIDDEN TESTS

# %% test="vanishing_order-value" points=1
# Hidden: the integer.
### BEGIN HIDDEN TESTS
checks.integer(vanishing_order, 4)
### END HIDDEN TESTS

# %% [markdown]
# **7b · Counting** (3 points)
#
# - `symmetry_count`: a network with one hidden layer of 6 tanh units computes the same function when its units change
#   places, or when all weights of a unit, those into it, its bias and those out of it, change their sign. How many
#   parameter vectors does that give for one generic network, itself included? An integer.
# - `parameter_count`: the number of parameters of a network with $d$ inputs, hidden layers of $m$ and $2m$ units and
#   $k$ outputs, biases included, as a formula in `d`, `m`, `k`.

# %% solution="symmetry_count"
symmetry_count = None       # an integer
### BEGIN SOLUTION
symmetry_count = 720 * 64
### END SOLUTION

# %% solution="parameter_count"
parameter_count = ""        # a formula in d, m, k
### BEGIN SOLUTION
parameter_count = "d*m + m + 2*m**2 + 2*m + 2*m*k + k"
### END SOLUTION

# %% test="parameter_count-at_ones" points=1
# One input, hidden layers of 1 and 2 units, one output: 2 + 4 + 3 parameters.
checks.formula_value(parameter_count, at={"d": 1, "m": 1, "k": 1}, expected=9)

# %% test="parameter_count-formula" points=1
# Hidden: the same function of d, m and k.
### BEGIN HIDDEN TESTS
checks.formula(parameter_count, "(d + 1)*m + (m + 1)*2*m + (2*m + 1)*k", {"d": (1, 90), "m": (1, 90), "k": (1, 90)},
               rng=checks.fresh_rng("parameter_count-formula"))
### END HIDDEN TESTS

# %% test="symmetry_count-value" points=1
# Hidden: the integer.
### BEGIN HIDDEN TESTS
checks.integer(symmetry_count, 46080)
### END HIDDEN TESTS

# %% [markdown]
# **7c · The conservation law** (10 points, marked by hand)
#
# A ReLU network follows gradient flow, $\dot W_l = -\partial L/\partial W_l$ and $\dot b_l = -\partial L/\partial
# b_l$, on a loss that depends on the parameters only through the outputs of the network. Prove for every hidden layer
# $l$ and each of its units $j$ that
#
# $$\sum_i W_l[i, j]^2 + b_l[j]^2 - \sum_k W_{l+1}[j, k]^2$$
#
# does not change, as long as no input of a unit is exactly zero. Then say in one or two sentences why gradient
# descent does not conserve it, and of which order in the step size the change per step is. Ten to fifteen lines are
# enough; write them below, or hand in a typed page as `written.pdf` and say so below.

# %% [markdown] manual="conservation_law" points=10
# <!-- BEGIN SOLUTION -->
# Fix a unit $j$ of layer $l$ and let $\theta(\alpha)$ be the parameters in which $W_l[\cdot, j]$ and $b_l[j]$ are
# multiplied by $\alpha > 0$ and $W_{l+1}[j, \cdot]$ is divided by $\alpha$. The input of the unit is multiplied by
# $\alpha$, hence its output as well, as $\varphi(\alpha z) = \alpha\varphi(z)$; the next layer receives
# $\alpha\varphi(z)\cdot W_{l+1}[j, \cdot]/\alpha$, the same as before. So the network computes the same function and
# $L(\theta(\alpha)) = L(\theta)$ for all $\alpha > 0$. Where no input of a unit is zero, $L$ is differentiable, and
# the derivative at $\alpha = 1$ gives
#
# $$0 = \sum_i W_l[i, j]\,\frac{\partial L}{\partial W_l[i, j]} + b_l[j]\,\frac{\partial L}{\partial b_l[j]}
# - \sum_k W_{l+1}[j, k]\,\frac{\partial L}{\partial W_{l+1}[j, k]} .$$
#
# Along gradient flow the time derivative of the claimed quantity is $2\sum_i W_l[i,j]\dot W_l[i,j] + 2 b_l[j]\dot
# b_l[j] - 2\sum_k W_{l+1}[j,k]\dot W_{l+1}[j,k]$, which is $-2$ times the right-hand side above, hence zero. A step
# of gradient descent $W \to W - \eta\nabla$ changes the quantity by the same first-order term, which is zero, plus
# $\eta^2\big(\|\nabla_{W_l[\cdot,j]}L\|^2 + (\partial L/\partial b_l[j])^2 - \|\nabla_{W_{l+1}[j,\cdot]}L\|^2\big)$:
# order $\eta^2$ per step, so order $\eta$ over a fixed time.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 2 | the rescaling (or an equivalent identity for the gradients) is written down with $W_l$, $b_l$ and $W_{l+1}$ in the right places |
# | 2 | the function does not change, because $\varphi(\alpha z) = \alpha\varphi(z)$ for $\alpha > 0$ (or $\varphi(z) = z\varphi'(z)$) |
# | 2 | differentiating at $\alpha = 1$ gives the orthogonality, with signs; differentiability is mentioned |
# | 2 | the time derivative along the flow is $-2$ times it, hence zero |
# | 2 | gradient descent: the first-order term vanishes, what remains is of order $\eta^2$ per step |
#
# A proof by backpropagation, $\operatorname{diag}(W_l^\top\nabla_{W_l}L + b_l\nabla_{b_l}L^\top) =
# \operatorname{diag}(\nabla_{W_{l+1}}L\,W_{l+1}^\top)$, gets all points. Without biases: at most 8. For linear
# networks only: at most 7.
# <!-- END SOLUTION -->
