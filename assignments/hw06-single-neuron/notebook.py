# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # A single neuron
#
# One neuron computes $z = w^\top x + b$, and everything else is the question what to do with $z$: turn it into a
# probability, compare it with a label, take a step. Here you build these parts so that they survive any input, fit the
# neuron with a proof that it is fitted, and measure how good it is.
#
# **You will learn to**
# - compute exponentials and logarithms that neither overflow nor lose their digits;
# - write a loss together with its gradient, and keep the two consistent: means, weights, penalties;
# - run the perceptron inside the bound of its theorem, and logistic regression down to a certificate;
# - choose an activation or a loss knowing its kinks, its tails and the noise behind it;
# - read a classifier off a table of four numbers, and off all of its thresholds at once.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `logsumexp`, `softmax`, `log_softmax` | 14 | 15 lines |
# | 2 | `bce_logits` | 10 | 6 lines |
# | 3 | `softmax_reg` | 16 | 12 lines |
# | 4 | `perceptron` | 10 | 10 lines |
# | 5 | `fit_logistic` | 16 | 25 lines |
# | 6 | `act`, `scalar_loss` | 14 | 30 lines |
# | 7 | `confusion`, `prf`, `roc_auc` | 8 | 15 lines |
# | 8 | on paper: four answers, one proof | 4 + 8 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is graded,
# with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem can be
# solved without the earlier ones. You work in pairs and hand in one notebook.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Arrays are float64, rows are examples, logarithms are natural.

# %% given="setup"
import math

import numpy as np

from autograder import checks

# What the problems rule out; the statements say the same in words.
NOT_ALLOWED = ["scipy", "sklearn", "torch", "sympy"]
NOT_IN_1 = ["numpy.logaddexp", *NOT_ALLOWED]
NOT_IN_5 = ["scipy", "sklearn", "statsmodels", "sympy"]

# %% [markdown]
# ## 1 · The log-sum-exp family
#
# A row of scores $z_1, \dots, z_k$ becomes a row of probabilities by the *softmax* $p_j = e^{z_j} / \sum_i e^{z_i}$. Its
# denominator is where programs die: $e^{1000}$ is infinite, and if all scores are $-1000$, the sum is zero. A common
# shift changes nothing,
#
# $$\log \sum_i e^{z_i} = t + \log \sum_i e^{z_i - t}\quad\text{for every } t,\qquad
# \log p_j = z_j - \log\sum_i e^{z_i},$$
#
# and with $t = \max_i z_i$ of *this* row no exponential exceeds 1 and one of them is exactly 1. The logarithm of the
# probabilities has a formula of its own: $\log(\mathrm{softmax}(z))$ would ask for the logarithm of zero where
# $p_j = e^{-1000}$.

# %% [markdown]
# **Write `logsumexp(Z)`, `softmax(Z)` and `log_softmax(Z)`** (14 points)
#
# - `Z` has shape `(n, k)` or more axes, `(a, n, k)`; all three work along the *last* axis, `k >= 1`. `logsumexp` returns
#   `(n,)` or `(a, n)`, the other two the shape of `Z`.
# - Scores may be of size $10^4$, with rows at very different levels, in float64 and in float32. Errors stay below 64 eps,
#   relative to the norm of the result (probabilities of such large scores, and their logarithms: $10^{-10}$). float32
#   input may give float32 or float64, with an error of $10^{-6}$.
# - An entry may be `-inf` (a class that is ruled out): its probability is 0, the logarithm of it `-inf`. A row of nothing
#   but `-inf` raises `ValueError` in all three.
# - `Z` is left unchanged.
# - Not allowed: `np.logaddexp`, `scipy`, `sklearn`, `torch`, `sympy`. A function that uses them gets no points.

# %% solution="logsumexp"
def logsumexp(Z):
    """log of the sum of exp along the last axis: (..., k) -> (...)."""
    # The top of each row first (and whether it is -inf);
    # then exp of what is left, its sum, its log, and the top again.
    ### BEGIN SOLUTION
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    return np.log(np.exp(Z - top).sum(axis=-1)) + top[..., 0]
    ### END SOLUTION

# %% solution="softmax"
def softmax(Z):
    """Probabilities along the last axis: (..., k) -> (..., k)."""
    # The same shift,
    # then exp divided by its sum.
    ### BEGIN SOLUTION
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    E = np.exp(Z - top)
    return E / E.sum(axis=-1, keepdims=True)
    ### END SOLUTION

# %% solution="log_softmax"
def log_softmax(Z):
    """Logarithms of the probabilities along the last axis: (..., k) -> (..., k)."""
    # No logarithm of a probability:
    # subtract.
    ### BEGIN SOLUTION
    Z = np.asarray(Z, dtype=float)
    top = Z.max(axis=-1, keepdims=True)
    if np.isneginf(top).any():
        raise ValueError("a row of nothing but -inf")
    Z = Z - top
    return Z - np.log(np.exp(Z).sum(axis=-1, keepdims=True))
    ### END SOLUTION

# %% test="logsumexp-by_hand" points=1
checks.forbid(logsumexp, NOT_IN_1)

# exp(0) + exp(log 3) = 4, and exp(0) + exp(0) + exp(log 6) = 8.
Z = np.array([[0.0, np.log(3)]])
checks.close(checks.ask(logsumexp, Z), [np.log(4)], "logsumexp of (0, log 3)")
Z = np.array([[0.0, 0.0, np.log(6)], [1.0, 1.0, 1.0]])
checks.close(checks.ask(logsumexp, Z), [np.log(8), 1 + np.log(3)], "logsumexp of two rows")

# A shift by 1000 comes out again.
checks.close(checks.ask(logsumexp, Z + 1000), [1000 + np.log(8), 1001 + np.log(3)],
             "logsumexp of the rows plus 1000", hint="Take the largest score out before exp.")

# %% test="softmax-by_hand" points=1
checks.forbid(softmax, NOT_IN_1)

Z = np.array([[0.0, 0.0, np.log(6)], [5.0, 5.0, 5.0]])
expected = [[1 / 8, 1 / 8, 6 / 8], [1 / 3, 1 / 3, 1 / 3]]
checks.close(checks.ask(softmax, Z), expected, "softmax of two rows")
checks.close(checks.ask(softmax, Z + 1000), expected, "softmax of the rows plus 1000")

# %% test="log_softmax-by_hand" points=0.5
checks.forbid(log_softmax, NOT_IN_1)

Z = np.array([[0.0, np.log(3)]])
checks.close(checks.ask(log_softmax, Z), [[-np.log(4), np.log(0.75)]],
             "log_softmax of (0, log 3)")
checks.close(checks.ask(log_softmax, np.array([[1000.0, 0.0]])), [[0.0, -1000.0]],
             "log_softmax of (1000, 0)", hint="exp(-1000) is rounded to 0, and log(0) is -inf.")

# %% test="logsumexp-tools" points=0
# The grader keeps its own sums here.
### BEGIN HIDDEN TESTS
RT = 64 * np.finfo(float).eps

def exact_logsumexp(Z):
    """Row by row, with sums that are rounded once."""
    def one(row):
        top = max(row)
        return top + math.log(math.fsum(math.exp(z - top) for z in row))
    return np.apply_along_axis(one, -1, np.asarray(Z, dtype=float))

def exact_log_softmax(Z):
    """Shifted first: z - logsumexp(z) loses the digits of a common level."""
    Z = np.asarray(Z, dtype=float) - np.max(Z, axis=-1, keepdims=True).astype(float)
    return Z - exact_logsumexp(Z)[..., None]

def exact_softmax(Z):
    return np.exp(exact_log_softmax(Z))

def ordinary(rng):
    """Square, wide, tall, one class, three axes."""
    return [3 * rng.normal(size=shape) for shape in [(5, 5), (3, 7), (7, 2), (4, 1), (2, 3, 4), (1, 200)]]

def extreme(rng):
    """Scores of size 1e4; all at -1000; rows at very different levels."""
    level = np.array([[0.0], [8000.0], [-9000.0], [1000.0]])
    return [1e4 * rng.normal(size=(5, 5)), rng.normal(size=(3, 4)) - 1000, rng.normal(size=(4, 3)) + level,
            np.array([[1e4, -1e4, 0.0], [-1e4, -1e4, -1e4]])]

def masked(rng):
    """Some entries -inf, in each row a finite one."""
    Z = rng.normal(size=(4, 5))
    Z[0, 2] = Z[1, :4] = Z[3, 0] = -np.inf
    return Z

SINGLE = np.array([[1e4, 1e4 - 1, 0.0], [-1e4, 0.0, 3.0]], dtype=np.float32)
### END HIDDEN TESTS

# %% test="logsumexp-values" points=1.5
# Hidden: the value for square, wide and tall Z, for one class, for three axes; a shift of Z by
# c adds c.
### BEGIN HIDDEN TESTS
checks.forbid(logsumexp, NOT_IN_1)
rng = checks.fresh_rng("logsumexp-values")
for Z in ordinary(rng):
    checks.close(checks.ask(logsumexp, Z), exact_logsumexp(Z), "logsumexp", rtol=RT)
Z = np.round(2.0**20 * rng.normal(size=(5, 3))) / 2**20
checks.close(checks.ask(logsumexp, Z + 512), checks.ask(logsumexp, Z) + 512, "logsumexp of Z + c", rtol=RT)
### END HIDDEN TESTS

# %% test="logsumexp-large" points=1.5
# Hidden: scores of size 1e4, in float64 and float32; all scores at -1000; rows at very different
# levels.
### BEGIN HIDDEN TESTS
checks.forbid(logsumexp, NOT_IN_1)
rng = checks.fresh_rng("logsumexp-large")
for Z in extreme(rng):
    checks.close(checks.ask(logsumexp, Z), exact_logsumexp(Z), "logsumexp for large scores", rtol=RT,
                 hint="Take out the largest score of each row.")
checks.close(checks.ask(logsumexp, SINGLE), exact_logsumexp(SINGLE), "logsumexp for float32 scores", rtol=1e-6)
### END HIDDEN TESTS

# %% test="logsumexp-masked" points=0.5
# Hidden: entries -inf count for nothing; a row of nothing but -inf raises ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(logsumexp, NOT_IN_1)
rng = checks.fresh_rng("logsumexp-masked")
Z = masked(rng)
checks.close(checks.ask(logsumexp, Z), exact_logsumexp(Z), "logsumexp with entries -inf", rtol=RT)
Z[2] = -np.inf
checks.raises(ValueError, logsumexp, Z, when="when a row is -inf throughout")
deep = rng.normal(size=(2, 3, 4))
deep[1, 2] = -np.inf
checks.raises(ValueError, logsumexp, deep, when="when a row is -inf throughout, with three axes")
### END HIDDEN TESTS

# %% test="logsumexp-habits" points=0.5
# Hidden: Z is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(logsumexp, NOT_IN_1)
Z = checks.fresh_rng("logsumexp-habits").normal(size=(7, 5))
checks.holds(np.any(checks.ask(logsumexp, Z)), "The result should not be zero.")
checks.battery(logsumexp, Z)
### END HIDDEN TESTS

# %% test="softmax-values" points=2
# Hidden: the probabilities for square, wide and tall Z, for one class, for three axes; rows sum
# to 1; a shift of Z changes nothing.
### BEGIN HIDDEN TESTS
checks.forbid(softmax, NOT_IN_1)
rng = checks.fresh_rng("softmax-values")
for Z in ordinary(rng):
    P = checks.ask(softmax, Z)
    checks.close(P, exact_softmax(Z), "softmax", rtol=RT)
    k = Z.shape[-1]
    checks.holds(np.abs(np.sum(P, axis=-1) - 1).max() <= max(k, 4) * np.finfo(float).eps, "Rows should sum to 1.")
Z = np.round(2.0**20 * rng.normal(size=(5, 3))) / 2**20
checks.close(checks.ask(softmax, Z + 512), checks.ask(softmax, Z), "softmax of Z + c", rtol=1e-11)
### END HIDDEN TESTS

# %% test="softmax-large" points=1
# Hidden: scores of size 1e4, in float64 and float32; all scores at -1000; rows at very different
# levels.
### BEGIN HIDDEN TESTS
checks.forbid(softmax, NOT_IN_1)
rng = checks.fresh_rng("softmax-large")
for Z in extreme(rng):
    P = checks.ask(softmax, Z)
    checks.close(P, exact_softmax(Z), "softmax for large scores", rtol=1e-10,
                 hint="Take out the largest score of each row.")
checks.close(checks.ask(softmax, SINGLE), exact_softmax(SINGLE), "softmax for float32 scores", rtol=1e-6)
### END HIDDEN TESTS

# %% test="softmax-masked" points=0.5
# Hidden: the probability of an entry -inf is 0; a row of nothing but -inf raises ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(softmax, NOT_IN_1)
rng = checks.fresh_rng("softmax-masked")
Z = masked(rng)
P = checks.ask(softmax, Z)
checks.close(P, exact_softmax(Z), "softmax with entries -inf", rtol=RT)
checks.close(P[np.isneginf(Z)], np.zeros(6), "softmax at entries -inf", rtol=0)
Z[2] = -np.inf
checks.raises(ValueError, softmax, Z, when="when a row is -inf throughout")
deep = rng.normal(size=(2, 3, 4))
deep[1, 2] = -np.inf
checks.raises(ValueError, softmax, deep, when="when a row is -inf throughout, with three axes")
### END HIDDEN TESTS

# %% test="softmax-habits" points=0.5
# Hidden: Z is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(softmax, NOT_IN_1)
Z = checks.fresh_rng("softmax-habits").normal(size=(7, 5))
checks.holds(np.any(checks.ask(softmax, Z)), "The result should not be zero.")
checks.battery(softmax, Z)
### END HIDDEN TESTS

# %% test="log_softmax-values" points=1.5
# Hidden: the logarithms for square, wide and tall Z, for one class, for three axes; a shift of Z
# changes nothing.
### BEGIN HIDDEN TESTS
checks.forbid(log_softmax, NOT_IN_1)
rng = checks.fresh_rng("log_softmax-values")
for Z in ordinary(rng):
    checks.close(checks.ask(log_softmax, Z), exact_log_softmax(Z), "log_softmax", rtol=RT)
Z = np.round(2.0**20 * rng.normal(size=(5, 3))) / 2**20
checks.close(checks.ask(log_softmax, Z + 512), checks.ask(log_softmax, Z), "log_softmax of Z + c", rtol=1e-11)
### END HIDDEN TESTS

# %% test="log_softmax-large" points=1
# Hidden: scores of size 1e4, in float64 and float32; all scores at -1000; rows at very different
# levels.
### BEGIN HIDDEN TESTS
checks.forbid(log_softmax, NOT_IN_1)
rng = checks.fresh_rng("log_softmax-large")
for Z in extreme(rng):
    checks.close(checks.ask(log_softmax, Z), exact_log_softmax(Z), "log_softmax for large scores",
                 rtol=1e-10, hint="Subtract; do not take the logarithm of a probability.")
checks.close(checks.ask(log_softmax, SINGLE), exact_log_softmax(SINGLE), "log_softmax for float32", rtol=1e-6)
### END HIDDEN TESTS

# %% test="log_softmax-masked" points=0.5
# Hidden: the logarithm at an entry -inf is -inf; a row of nothing but -inf raises ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(log_softmax, NOT_IN_1)
rng = checks.fresh_rng("log_softmax-masked")
Z = masked(rng)
checks.close(checks.ask(log_softmax, Z), exact_log_softmax(Z), "log_softmax with entries -inf", rtol=RT)
Z[2] = -np.inf
checks.raises(ValueError, log_softmax, Z, when="when a row is -inf throughout")
deep = rng.normal(size=(2, 3, 4))
deep[1, 2] = -np.inf
checks.raises(ValueError, log_softmax, deep, when="when a row is -inf throughout, with three axes")
### END HIDDEN TESTS

# %% test="log_softmax-habits" points=0.5
# Hidden: Z is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(log_softmax, NOT_IN_1)
Z = checks.fresh_rng("log_softmax-habits").normal(size=(7, 5))
checks.holds(np.any(checks.ask(log_softmax, Z)), "The result should not be zero.")
checks.battery(log_softmax, Z)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The probabilities of the scores $(2, 1, 0)$ at temperature $T$, that is `softmax(z / T)`: a hard choice on the
# left, no choice on the right. At $T = 0.001$ the scores are in the thousands.

# %% look="softmax"
import matplotlib.pyplot as plt

T = np.logspace(-3, 2, 200)
P = softmax(np.array([2.0, 1.0, 0.0]) / T[:, None])

plt.figure(figsize=(6, 3))
plt.semilogx(T, P, label=["score 2", "score 1", "score 0"])
plt.axhline(1 / 3, color="k", lw=0.5)
plt.xlabel("temperature"); plt.ylabel("probability"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 2 · Binary cross-entropy from logits
#
# With two classes one score is enough: $p = \sigma(z) = 1/(1 + e^{-z})$. A label $y$ costs
#
# $$\ell(z, y) = -\,\omega\, y \log \sigma(z) - (1 - y)\log\big(1 - \sigma(z)\big)
# = \omega\, y\,\operatorname{softplus}(-z) + (1 - y)\operatorname{softplus}(z),$$
#
# where $\operatorname{softplus}(z) = \log(1 + e^z)$, and the weight $\omega$ of the positive class says how much a missed
# positive hurts. The first form fails at $z = 40$: there $\sigma(z)$ is rounded to 1, and $\log(1 - \sigma(z))$ is
# infinite. The second needs only a softplus that does not overflow, which is problem 1 with the scores $(0, z)$. The
# slope of softplus is $\sigma$.

# %% [markdown]
# **Write `bce_logits(z, y, w_pos=1.0) -> (loss, dz)`** (10 points)
#
# - `z (n,)` are logits of any size, `y (n,)` labels from 0 to 1: not only 0 and 1, a label of 0.3 means "positive with
#   probability 0.3".
# - `loss` is the *mean* of $\ell$ over the batch, a number; `w_pos` is $\omega$. (The mean divides by $n$, whatever the
#   weight.)
# - `dz (n,)` is the gradient of `loss` with respect to `z`.
# - For $|z| = 1000$ the loss (1000 for the wrong label) and the gradient are still right to rounding.
# - Arguments are left unchanged. `np.logaddexp` is allowed here. Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a
#   solution that uses them gets no points for this problem.

# %% solution="bce_logits"
def bce_logits(z, y, w_pos=1.0):
    """Mean binary cross-entropy of logits z (n,) and labels y (n,), and its gradient dz (n,)."""
    # Two softplus terms, and a sigmoid that does not overflow.
    # Where do w_pos and 1 / n go in the gradient?
    ### BEGIN SOLUTION
    z, y = np.asarray(z, dtype=float), np.asarray(y, dtype=float)
    rest = np.log1p(np.exp(-np.abs(z)))
    positive, negative = np.maximum(-z, 0) + rest, np.maximum(z, 0) + rest
    p = (1 + np.tanh(z / 2)) / 2
    loss = np.mean(w_pos * y * positive + (1 - y) * negative)
    return float(loss), ((1 - y) * p - w_pos * y * (1 - p)) / len(z)
    ### END SOLUTION

# %% test="bce_logits-by_hand" points=2
checks.forbid(bce_logits, NOT_ALLOWED)

# At z = 0 the loss is log 2 for either label; the gradients are -1/2 and 1/2, divided by n = 3.
value, slope = checks.ask(bce_logits, np.zeros(3), np.array([1, 0, 1]))
checks.close(value, np.log(2), "the loss at z = 0")
checks.close(slope, [-1 / 6, 1 / 6, -1 / 6], "dz at z = 0")

# z = log 3 means p = 3/4. With w_pos = 2 a positive costs 2 log(4/3), a negative log 4.
value, slope = checks.ask(bce_logits, np.log([3.0, 3.0]), np.array([1, 0]), 2.0)
checks.close(value, (2 * np.log(4 / 3) + np.log(4)) / 2, "the loss with w_pos = 2")
checks.close(slope, [-1 / 4, 3 / 8], "dz with w_pos = 2")

# More of the right answer is better, and dz is the slope of your loss.
value = checks.ask(bce_logits, np.ones(1), np.ones(1))[0]
checks.holds(value < np.log(2), "A positive logit suits y = 1.")
z, y = np.array([-2.0, 0.5, 3.0]), np.array([0.3, 1.0, 0.0])
checks.gradient(lambda z: checks.ask(bce_logits, z, y)[0], z, checks.ask(bce_logits, z, y)[1],
                rng=np.random.default_rng(0), names=["z"], own=True)

# %% test="bce_logits-tools" points=0
# The grader keeps its own loss here.
### BEGIN HIDDEN TESTS
def exact_bce(z, y, w_pos=1.0):
    """Example by example; at |z| = 1000 the small exponential vanishes."""
    def softplus(t):
        return max(t, 0.0) + math.log1p(math.exp(-abs(t)))
    return math.fsum(w_pos * b * softplus(-a) + (1 - b) * softplus(a)
                     for a, b in zip(np.asarray(z, dtype=float), np.asarray(y, dtype=float))) / len(z)

def exact_bce_slope(z, y, w_pos=1.0):
    """The derivative of each term, written with exponentials that stay below 1."""
    def term(a, b):
        e = math.exp(-abs(a))
        right, left = (1 / (1 + e), e / (1 + e)) if a >= 0 else (e / (1 + e), 1 / (1 + e))
        return ((1 - b) * right - w_pos * b * left) / len(z)
    return np.array([term(a, b) for a, b in zip(np.asarray(z, dtype=float), np.asarray(y, dtype=float))])
### END HIDDEN TESTS

# %% test="bce_logits-loss" points=2
# Hidden: the mean loss, for batches of 1, 7 and 40 and for soft labels.
### BEGIN HIDDEN TESTS
checks.forbid(bce_logits, NOT_ALLOWED)
rng = checks.fresh_rng("bce_logits-loss")
for n in (1, 7, 40):
    z = 3 * rng.normal(size=n)
    for y in (rng.integers(2, size=n), rng.random(n), np.full(n, 0.3)):
        value, _ = checks.ask(bce_logits, z, y)
        checks.close(value, exact_bce(z, y), "the loss", rtol=1e-13, hint="It is the mean over the batch.")
### END HIDDEN TESTS

# %% test="bce_logits-gradient" points=2
# Hidden: dz agrees with the slope of our loss, for batches of 1, 7 and 40 and for soft labels.
### BEGIN HIDDEN TESTS
checks.forbid(bce_logits, NOT_ALLOWED)
rng = checks.fresh_rng("bce_logits-gradient")
for n in (1, 7, 40):
    z = 3 * rng.normal(size=n)
    for y in (rng.integers(2, size=n), rng.random(n), np.full(n, 0.3)):
        _, slope = checks.ask(bce_logits, z, y)
        checks.gradient(lambda z: exact_bce(z, y), z, slope, rng=rng, names=["z"])
        checks.close(slope, exact_bce_slope(z, y), "dz", rtol=1e-13, floor=0.01)
### END HIDDEN TESTS

# %% test="bce_logits-large" points=2
# Hidden: logits of 40 and 1000 with either sign and either label: the loss and its gradient.
### BEGIN HIDDEN TESTS
checks.forbid(bce_logits, NOT_ALLOWED)
for z in (40.0, -40.0, 1e3, -1e3):
    for y in (0, 1):
        value, slope = checks.ask(bce_logits, np.array([z]), np.array([y]))
        checks.close(value, exact_bce([z], [y]), f"the loss at |z| = {abs(z):.0f}", rtol=1e-13)
        checks.close(slope, exact_bce_slope([z], [y]), f"dz at |z| = {abs(z):.0f}", rtol=1e-13)
z, y = np.array([1e3, -1e3, 0.5, 40.0, -40.0]), np.array([0, 1, 1, 1, 0])
value, slope = checks.ask(bce_logits, z, y)
checks.close(value, exact_bce(z, y), "the loss of a mixed batch", rtol=1e-13)
checks.close(slope, exact_bce_slope(z, y), "dz of a mixed batch", rtol=1e-13)
### END HIDDEN TESTS

# %% test="bce_logits-weight" points=1
# Hidden: w_pos weighs the positive part, in the loss and in the gradient alike, also for soft
# labels.
### BEGIN HIDDEN TESTS
checks.forbid(bce_logits, NOT_ALLOWED)
rng = checks.fresh_rng("bce_logits-weight")
for w_pos, y in [(0.25, np.append([0, 1], rng.integers(2, size=9))), (9.0, rng.random(11)), (0.25, rng.random(11))]:
    z = 2 * rng.normal(size=11)
    value, slope = checks.ask(bce_logits, z, y, w_pos)
    checks.close(value, exact_bce(z, y, w_pos), "the loss with w_pos", rtol=1e-13)
    checks.gradient(lambda z: exact_bce(z, y, w_pos), z, slope, rng=rng, names=["z"])
    checks.close(slope, exact_bce_slope(z, y, w_pos), "dz with w_pos", rtol=1e-13)
### END HIDDEN TESTS

# %% test="bce_logits-habits" points=1
# Hidden: arguments are unchanged, their memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(bce_logits, NOT_ALLOWED)
rng = checks.fresh_rng("bce_logits-habits")
z, y = 2 * rng.normal(size=7), rng.integers(2, size=7)
checks.holds(np.any(checks.ask(bce_logits, z, y, 2.0)[1]), "dz should not be zero.")
checks.battery(bce_logits, z, y, 2.0)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The loss for $y = 0$ as a function of the logit, with a weak and a strong weight on the positives for $y = 1$,
# and what the formula with $\log(1 - \sigma(z))$ makes of it: it breaks off near $z = 37$.

# %% look="bce_logits"
import matplotlib.pyplot as plt

z = np.linspace(-10, 60, 500)
each = lambda y, w: [bce_logits(np.array([t]), np.array([y]), w)[0] for t in z]
with np.errstate(divide="ignore"):
    naive = -np.log(1 - 1 / (1 + np.exp(-z)))

plt.figure(figsize=(6, 3))
plt.plot(z, each(0, 1.0), label="y = 0")
plt.plot(z, each(1, 1.0), label="y = 1")
plt.plot(z, each(1, 3.0), label="y = 1, w_pos = 3")
plt.plot(z, naive, "k:", lw=3, label="y = 0, naive")
plt.xlabel("logit"); plt.ylabel("loss"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 3 · Softmax regression
#
# One neuron per class, $z = xW + b$, probabilities by softmax, and the mean negative logarithm of the probability of the
# true class as the loss. With a penalty on the weights, and not on the biases (a shift of all data should cost nothing),
#
# $$L(W, b) = \frac1n \sum_{i=1}^n -\log p_{i, y_i} + \frac{\mathrm{reg}}2 \|W\|_F^2,\qquad
# \frac{\partial L}{\partial z_{ij}} = \frac{p_{ij} - [\,y_i = j\,]}n .$$
#
# That one line is why this loss and softmax belong together: the gradient is the error. The rest is the chain rule
# through $z = xW + b$, and each shape fits in one way only.

# %% [markdown]
# **Write `softmax_reg(W, b, X, y, reg) -> (loss, dW, db)`** (16 points)
#
# - `W (d, k)`, `b (k,)`, `X (n, d)`, `y (n,)` whole numbers from 0 to `k - 1`, `reg >= 0`. Some classes may not occur in
#   `y`, and `n` may be 1.
# - `loss` is a number, `dW (d, k)` and `db (k,)` are its gradients. The loss is judged against ours, and the gradients
#   against the slope of *our* loss: an error that you make twice does not cancel.
# - Scores may be in the thousands.
# - Arguments are left unchanged. Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a solution that uses them gets no
#   points for this problem.

# %% solution="softmax_reg"
def softmax_reg(W, b, X, y, reg):
    """Loss of softmax regression with penalty reg on W, and its gradients dW (d, k), db (k,)."""
    # Scores, shifted row by row; log probabilities; the loss.
    # Then the error (P - Y) / n, and back through X @ W + b.
    ### BEGIN SOLUTION
    W, b, X = (np.asarray(part, dtype=float) for part in (W, b, X))
    n = len(X)
    Z = X @ W + b
    Z = Z - Z.max(axis=1, keepdims=True)
    log_P = Z - np.log(np.exp(Z).sum(axis=1, keepdims=True))
    value = -np.mean(log_P[np.arange(n), y]) + reg * np.sum(W * W) / 2
    error = np.exp(log_P)
    error[np.arange(n), y] -= 1
    error = error / n
    return float(value), X.T @ error + reg * W, error.sum(axis=0)
    ### END SOLUTION

# %% test="softmax_reg-by_hand" points=3
checks.forbid(softmax_reg, NOT_ALLOWED)

# Two examples, three features, four classes. W = 0: every probability is 1/4, the loss log 4.
X, y = np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]), np.array([0, 3])
value, dW, db = checks.ask(softmax_reg, np.zeros((3, 4)), np.zeros(4), X, y, 0.1)
checks.close(value, np.log(4), "the loss at W = 0")
checks.close(db, [-1 / 4, 1 / 4, 1 / 4, -1 / 4], "db at W = 0")
checks.close(np.array(dW)[0], [-3 / 8, 1 / 8, 1 / 8, 1 / 8], "the first row of dW at W = 0")

# Equal columns in W: still log 4, and the penalty 0.1 / 2 times the sum of the squares (4 * 14).
W = np.outer([1.0, 2.0, 3.0], np.ones(4))
value = checks.ask(softmax_reg, W, np.zeros(4), X, y, 0.1)[0]
checks.close(value, np.log(4) + 2.8, "the loss with a penalty")

# Every example twice is the same mean; and the gradients are the slopes of your loss.
W, b = np.random.default_rng(0).normal(size=(3, 4)), np.array([0.5, -1.0, 0.0, 2.0])
value, dW, db = checks.ask(softmax_reg, W, b, X, y, 0.1)
twice = checks.ask(softmax_reg, W, b, np.vstack([X, X]), np.append(y, y), 0.1)
checks.close(twice[0], value, "the loss of the doubled batch")
checks.gradient(lambda p: checks.ask(softmax_reg, p[0], p[1], X, y, 0.1)[0], [W, b], [dW, db],
                rng=np.random.default_rng(0), names=["W", "b"], own=True)

# %% test="softmax_reg-tools" points=0
# The grader keeps its own loss here.
### BEGIN HIDDEN TESTS
def exact_softmax_loss(W, b, X, y, reg):
    """Example by example, with sums that are rounded once."""
    total = []
    for row, label in zip(np.asarray(X, dtype=float) @ W + b, y):
        top = max(row)
        total.append(top + math.log(math.fsum(math.exp(z - top) for z in row)) - row[label])
    return math.fsum(total) / len(y) + reg * float(np.sum(np.square(W))) / 2

def slopes_of_softmax_loss(W, b, X, y, reg):
    """Probabilities less the labels, summed example by example."""
    dW, db = reg * np.asarray(W, dtype=float), np.zeros(len(b))
    for row, label in zip(np.asarray(X, dtype=float), y):
        p = np.exp(row @ W + b - max(row @ W + b))
        p = p / p.sum()
        p[label] -= 1
        dW, db = dW + np.outer(row, p) / len(y), db + p / len(y)
    return dW, db

def neurons(rng, n, d, k):
    """W, b, X, y, with biases away from zero; the last class occurs."""
    y = np.append(k - 1, rng.integers(k, size=n - 1))
    return rng.normal(size=(d, k)), rng.normal(size=k), rng.normal(size=(n, d)), y

SIZES = [(7, 5, 3), (5, 4, 4), (30, 2, 6), (3, 6, 2)]
### END HIDDEN TESTS

# %% test="softmax_reg-loss" points=4
# Hidden: the loss, with and without penalty, for several sizes, d = k and d != k.
### BEGIN HIDDEN TESTS
checks.forbid(softmax_reg, NOT_ALLOWED)
rng = checks.fresh_rng("softmax_reg-loss")
for sizes in SIZES:
    for reg in (0.0, 0.7):
        W, b, X, y = neurons(rng, *sizes)
        value = checks.ask(softmax_reg, W, b, X, y, reg)[0]
        checks.close(value, exact_softmax_loss(W, b, X, y, reg), "the loss", rtol=1e-12,
                     hint="A mean over the examples, and reg / 2 times the squares of W.")
### END HIDDEN TESTS

# %% test="softmax_reg-gradient" points=4
# Hidden: dW and db agree with the slope of our loss, with and without penalty.
### BEGIN HIDDEN TESTS
checks.forbid(softmax_reg, NOT_ALLOWED)
rng = checks.fresh_rng("softmax_reg-gradient")
for sizes in SIZES:
    for reg in (0.0, 0.7):
        W, b, X, y = neurons(rng, *sizes)
        value, dW, db = checks.ask(softmax_reg, W, b, X, y, reg)
        checks.gradient(lambda p: exact_softmax_loss(p[0], p[1], X, y, reg), [W, b], [dW, db], rng=rng,
                        names=["W", "b"])
        exact = slopes_of_softmax_loss(W, b, X, y, reg)
        checks.close(dW, exact[0], "dW", rtol=1e-12, floor=0.1)
        checks.close(db, exact[1], "db", rtol=1e-12, floor=0.1)
### END HIDDEN TESTS

# %% test="softmax_reg-edges" points=2
# Hidden: one example; X = 0, where only the biases and the penalty count; classes without
# examples; two classes.
### BEGIN HIDDEN TESTS
checks.forbid(softmax_reg, NOT_ALLOWED)
rng = checks.fresh_rng("softmax_reg-edges")
for n, d, k, change in [(1, 4, 3, None), (7, 5, 3, "zero"), (6, 3, 8, "few"), (9, 4, 2, None), (5, 1, 3, None)]:
    W, b, X, y = neurons(rng, n, d, k)
    X = 0 * X if change == "zero" else X
    y = np.where(y < 4, 1, 6) if change == "few" else y
    value, dW, db = checks.ask(softmax_reg, W, b, X, y, 0.3)
    exact = slopes_of_softmax_loss(W, b, X, y, 0.3)
    checks.close(value, exact_softmax_loss(W, b, X, y, 0.3), "the loss", rtol=1e-12)
    checks.close(dW, exact[0], "dW", rtol=1e-12, floor=0.1)
    checks.close(db, exact[1], "db", rtol=1e-12, floor=0.1)
### END HIDDEN TESTS

# %% test="softmax_reg-large" points=1
# Hidden: scores in the thousands, of either sign.
### BEGIN HIDDEN TESTS
checks.forbid(softmax_reg, NOT_ALLOWED)
rng = checks.fresh_rng("softmax_reg-large")
W, b, X, y = neurons(rng, 7, 5, 3)
for weights, biases in [(2000 * W, b), (W, b - 3000)]:
    value, dW, db = checks.ask(softmax_reg, weights, biases, X, y, 0.0)
    exact = slopes_of_softmax_loss(weights, biases, X, y, 0.0)
    checks.close(value, exact_softmax_loss(weights, biases, X, y, 0.0), "the loss for large scores", rtol=1e-10)
    checks.close(dW, exact[0], "dW for large scores", rtol=1e-9)
    checks.close(db, exact[1], "db for large scores", rtol=1e-9)
### END HIDDEN TESTS

# %% test="softmax_reg-law" points=1
# Hidden: adding the same vector to every column of W changes nothing when reg is 0, and the
# columns of dW sum to zero.
### BEGIN HIDDEN TESTS
checks.forbid(softmax_reg, NOT_ALLOWED)
rng = checks.fresh_rng("softmax_reg-law")
W, b, X, y = neurons(rng, 9, 4, 6)
value, dW, db = checks.ask(softmax_reg, W, b, X, y, 0.0)
other = checks.ask(softmax_reg, W + rng.normal(size=(4, 1)), b + 2, X, y, 0.0)
checks.holds(abs(value) > 1e-3, "The loss of random weights is not zero.")
checks.close(other[0], value, "the loss after a common change of all columns", rtol=1e-12)
checks.close(other[1], dW, "dW after a common change of all columns", rtol=1e-12)
checks.close(np.sum(dW, axis=1), np.zeros(4), "the sum of the columns of dW", rtol=1e-12)
checks.close(np.sum(db), 0.0, "the sum of db", rtol=1e-12)
### END HIDDEN TESTS

# %% test="softmax_reg-habits" points=1
# Hidden: arguments are unchanged, their memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(softmax_reg, NOT_ALLOWED)
rng = checks.fresh_rng("softmax_reg-habits")
W, b, X, y = neurons(rng, 7, 5, 3)
checks.holds(np.any(checks.ask(softmax_reg, W, b, X, y, 0.5)[1]), "dW should not be zero.")
checks.battery(softmax_reg, W, b, X, y, 0.5)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Three clouds, gradient descent with your gradients, and the regions where each class is most probable.

# %% look="softmax_reg"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
y = np.arange(150) % 3
X = rng.normal(size=(150, 2)) + 3 * np.array([[0, 0], [1, 0.2], [0.3, 1]])[y]
W, b, losses = np.zeros((2, 3)), np.zeros(3), []
for step in range(300):
    value, dW, db = softmax_reg(W, b, X, y, 0.01)
    W, b = W - 0.5 * dW, b - 0.5 * db
    losses.append(value)

u, v = np.meshgrid(np.linspace(-3, 6, 200), np.linspace(-3, 6, 200))
fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
left.plot(losses); left.set(xlabel="step", ylabel="loss")
right.contourf(u, v, (u[..., None] * W[0] + v[..., None] * W[1] + b).argmax(axis=-1), alpha=0.3)
right.scatter(*X.T, c=y, s=8); right.set(xlabel="$x_1$", ylabel="$x_2$"); fig.tight_layout()

# %% [markdown]
# ## 4 · The perceptron
#
# The oldest training rule asks of each example only whether it is on the right side, $y_i\, w^\top x_i > 0$, and if not,
# adds it: $w \leftarrow w + y_i x_i$. It needs no step size. If some unit vector $u$ separates the data with margin
# $\gamma$, that is $y_i\, u^\top x_i \ge \gamma > 0$ for all $i$, and no example is longer than $R$, then each mistake
# brings $u^\top w$ up by $\gamma$ at least and $\|w\|^2$ by $R^2$ at most, so
#
# $$\text{mistakes}\cdot\gamma \;\le\; u^\top w \;\le\; \|w\| \;\le\; \sqrt{\text{mistakes}}\; R
# \quad\Longrightarrow\quad \text{mistakes} \le (R / \gamma)^2,$$
#
# in any dimension and for any number of examples. Without such a $u$ it never ends by itself.

# %% [markdown]
# **Write `perceptron(X, y, max_epochs) -> (w, mistakes)`** (10 points)
#
# - `X (n, d)`, `y (n,)` holds $1$ and $-1$. There is no bias.
# - Start from `w = 0` and take the rows in their order, again and again. The order is part of the statement, so `w` and
#   `mistakes` are determined. An example with $y_i\,w^\top x_i \le 0$ is a mistake (also with $= 0$): add $y_i x_i$.
# - Stop after the first epoch (one pass over all rows) without a mistake, or after `max_epochs` epochs.
# - `w (d,)` is float64, `mistakes` the number of updates, an int.
# - Arguments are left unchanged. Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a solution that uses them gets no
#   points for this problem.

# %% solution="perceptron"
def perceptron(X, y, max_epochs):
    """Cyclic perceptron through the origin: returns w (d,) and the number of updates."""
    # Two loops: epochs, rows. Count the updates
    # and remember whether this epoch had one.
    ### BEGIN SOLUTION
    X = np.asarray(X, dtype=float)
    w, mistakes = np.zeros(X.shape[1]), 0
    for epoch in range(max_epochs):
        before = mistakes
        for x, label in zip(X, y):
            if label * (w @ x) <= 0:
                w = w + label * x
                mistakes += 1
        if mistakes == before:
            break
    return w, mistakes
    ### END SOLUTION

# %% test="perceptron-by_hand" points=2
checks.forbid(perceptron, NOT_ALLOWED)

# Four points, on paper: three updates in the first epoch, one in the second, none in the third.
X, y = np.array([[3.0, 1.0], [-2.0, 1.0], [3.0, -1.0], [0.0, -1.0]]), np.array([1, 1, -1, -1])
w, mistakes = checks.ask(perceptron, X, y, 1)
checks.close(w, [-2.0, 3.0], "w after one epoch", hint="At w = 0 the first row is a mistake.")
w, mistakes = checks.ask(perceptron, X, y, 10)
checks.close(w, [1.0, 4.0], "w")
checks.close(mistakes, 4, "the number of mistakes")

# The second axis separates them with margin 1, and the longest is sqrt(10).
checks.holds(mistakes <= 10, "There should be at most (R / gamma)^2 = 10 mistakes.")

# %% test="perceptron-tools" points=0
# The grader replays the rule here.
### BEGIN HIDDEN TESTS
def replayed(X, y, max_epochs):
    """w, mistakes, and the smallest distance to a decision beyond the start."""
    w, mistakes, nearest = np.zeros(X.shape[1]), 0, np.inf
    for _ in range(max_epochs):
        wrong_now = 0
        for x, label in zip(X, y):
            side = label * float(w @ x)
            nearest = min(nearest, abs(side) if np.any(w) else np.inf)
            if side <= 0:
                w, wrong_now = w + label * x, wrong_now + 1
        mistakes += wrong_now
        if not wrong_now:
            break
    return w, mistakes, nearest

def planted(rng, n, d, gamma):
    """Points with margin gamma along a unit vector u, and u."""
    u = rng.normal(size=d)
    u = u / np.sqrt(u @ u)
    X = rng.normal(size=(n, d))
    y = np.where(X @ u > 0, 1, -1)
    return X + np.outer(y * (gamma - np.minimum(np.abs(X @ u), gamma)), u), y, u

def whole_numbers(rng, n, d):
    """Separable points with whole coordinates: nothing is rounded, equality included."""
    u = rng.integers(1, 4, size=d) * rng.choice([-1, 1], d)
    X = rng.integers(-4, 5, size=(20 * n, d)).astype(float)
    X = X[X @ u != 0][:n]
    return X, np.where(X @ u > 0, 1, -1)
### END HIDDEN TESTS

# %% test="perceptron-replay" points=3
# Hidden: w and the number of mistakes are those of the stated order, for points with whole and
# with other coordinates.
### BEGIN HIDDEN TESTS
checks.forbid(perceptron, NOT_ALLOWED)
rng = checks.fresh_rng("perceptron-replay")
sets = [whole_numbers(rng, n, d) for n, d in [(12, 3), (30, 5), (7, 2)]]
while len(sets) < 6:
    X, y, u = planted(rng, 25, 4, 0.1)
    if replayed(X, y, 500)[2] > 1e-9:               # no decision hangs on rounding
        sets.append((X, y))
for X, y in sets:
    w, mistakes = checks.ask(perceptron, X, y, 500)
    expected, count, _ = replayed(X, y, 500)
    checks.equal(int(mistakes), count, "the number of mistakes", hint="Rows in their order, from w = 0.")
    checks.close(w, expected, "w", rtol=1e-12)
### END HIDDEN TESTS

# %% test="perceptron-bound" points=2
# Hidden: data with a planted margin are separated, within (R / gamma)^2 mistakes.
### BEGIN HIDDEN TESTS
checks.forbid(perceptron, NOT_ALLOWED)
rng = checks.fresh_rng("perceptron-bound")
for n, d, gamma in [(200, 3, 0.05), (150, 8, 0.1), (80, 2, 0.05)]:
    X, y, u = planted(rng, n, d, gamma)
    if d == 8:                                      # the same with labels of one kind
        X, y = X * y[:, None], np.ones(n, dtype=int)
    w, mistakes = checks.ask(perceptron, X, y, 5000)
    checks.array(w, "w", shape=(d,))
    checks.holds((y * (X @ w) > 0).all(), "w should separate separable data: every y_i w^T x_i above zero.")
    R, margin = np.sqrt((X * X).sum(axis=1)).max(), (y * (X @ u)).min()
    checks.holds(1 <= mistakes <= (R / margin) ** 2, "There should be at most (R / gamma)^2 mistakes, and one at least.")
### END HIDDEN TESTS

# %% test="perceptron-stops" points=1
# Hidden: data that no line separates stop after max_epochs epochs, with all mistakes counted.
### BEGIN HIDDEN TESTS
checks.forbid(perceptron, NOT_ALLOWED)
rng = checks.fresh_rng("perceptron-stops")
corners = np.array([[1.0, 1], [1, -1], [-1, 1], [-1, -1]]), np.array([1, -1, -1, 1])
others = np.vstack([rng.integers(-3, 4, size=(24, 3)), np.zeros(3)]), rng.choice([-1, 1], 25)
for X, y in (corners, others):
    X, y = np.vstack([X, X[:1]]), np.append(y, -y[0])           # the same point with both labels
    for epochs in (1, 7):
        w, mistakes = checks.ask(perceptron, X, y, epochs)
        expected, count, _ = replayed(X, y, epochs)
        checks.equal(int(mistakes), count, "the number of mistakes on data that cannot be separated")
        checks.close(w, expected, "w on data that cannot be separated", rtol=1e-12)
### END HIDDEN TESTS

# %% test="perceptron-scale" points=1
# Hidden: data times c give w times c and the same mistakes; one example, one feature.
### BEGIN HIDDEN TESTS
checks.forbid(perceptron, NOT_ALLOWED)
rng = checks.fresh_rng("perceptron-scale")
X, y = whole_numbers(rng, 15, 4)
w, mistakes = checks.ask(perceptron, X, y, 300)
checks.holds(np.any(w), "w should not be zero.")
for c in (2.0**-30, 2.0**20):
    scaled, count = checks.ask(perceptron, c * X, y, 300)
    checks.close(np.array(scaled) / c, w, "w of the scaled data, divided by c")
    checks.equal(int(count), int(mistakes), "the number of mistakes of the scaled data")
w, mistakes = checks.ask(perceptron, np.array([[-3.0]]), np.array([1]), 5)
checks.close(w, [-3.0], "w for one example")
checks.equal(int(mistakes), 1, "the number of mistakes for one example")
### END HIDDEN TESTS

# %% test="perceptron-habits" points=1
# Hidden: arguments are unchanged, their memory layout does not matter, float32 and integers
# work, no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(perceptron, NOT_ALLOWED)
rng = checks.fresh_rng("perceptron-habits")
X, y = whole_numbers(rng, 9, 3)
checks.holds(np.any(checks.ask(perceptron, X, y, 200)[0]), "w should not be zero.")
checks.battery(perceptron, X, y, 200)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The number of mistakes for smaller and smaller margins, and the bound of the theorem. The bound holds for the
# worst data of this size; these are ordinary ones.

# %% look="perceptron"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
margins, counts, bounds = np.logspace(-2, 0, 15), [], []
for gamma in margins:
    X = rng.uniform(-1, 1, size=(80, 2))
    y = np.where(X[:, 0] > 0, 1, -1)
    X[:, 0] += gamma * y
    counts.append(perceptron(X, y, 10000)[1])
    bounds.append((X**2).sum(axis=1).max() / np.abs(X[:, 0]).min() ** 2)

plt.figure(figsize=(6, 3))
plt.loglog(margins, counts, "o-", label="your mistakes")
plt.loglog(margins, bounds, "k:", label=r"$(R / \gamma)^2$")
plt.xlabel("margin"); plt.ylabel("mistakes"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 5 · Logistic regression with a certificate
#
# Fitting a neuron means minimising
#
# $$F(w, b) = \frac{\sum_i c_i\, \ell(w^\top x_i + b,\ y_i)}{\sum_i c_i} + \frac\lambda2 \|w\|^2,\qquad
# \ell(z, y) = \operatorname{softplus}(z) - y z,$$
#
# where $c_i$ is the weight of the class of example $i$. "Run 1000 steps" is no answer: on badly scaled data the loss
# looks flat long before it is minimal. A *certificate* is one. $F$ is convex, so a point with gradient zero is a global
# minimum; and $F$ is $\lambda$-strongly convex in $w$, so that at a point with $\partial F/\partial b = 0$
#
# $$F(w, b) - \min F \;\le\; \frac{\|\nabla_w F(w, b)\|^2}{2\lambda} .$$
#
# So stop when $\|\nabla F\| \le \mathrm{tol}$, and nobody needs to know which method you used.

# %% [markdown]
# **Write `fit_logistic(X, y, lam, class_weight=None, tol=1e-8) -> (w, b, info)`** (16 points)
#
# - `X (n, d)`, `y (n,)` holds 0 and 1, `lam > 0`. `class_weight` is `None` (all weights 1) or a pair `(c0, c1)` of
#   positive numbers, the weights of class 0 and class 1. The loss is divided by the *sum of the weights*.
# - `w (d,)` and the number `b` minimise $F$; the bias is *not* penalised. `info["gradient_norm"]` is the length of
#   $\nabla F(w, b)$, all `d + 1` entries, at what you return. More entries are up to you.
# - Stop when that length is at most `tol`. The tests compute it themselves and accept $10^{-6}$ for the default `tol`
#   ($10^{-4}$ for float32 input).
# - Asked as well: separable data with $\lambda = 10^{-3}$; features of sizes from $10^{-3}$ to $10^3$; labels of one class
#   only, where `b` has to run as far as `tol` asks. At most 400 examples and 12 features.
# - Any optimiser will do: Newton's method takes some ten steps (halve a step that does not reduce $F$). `torch` and
#   `np.linalg` are allowed. Not allowed: `scipy`, `sklearn`, `statsmodels`, `sympy`; a solution that uses them gets no
#   points for this problem.

# %% solution="fit_logistic"
def fit_logistic(X, y, lam, class_weight=None, tol=1e-8):
    """Minimise the weighted mean cross-entropy + lam / 2 |w|^2: returns w (d,), b, info."""
    # A column of ones for the bias, its penalty zero. Newton: gradient, Hessian, solve;
    # halve the step while F grows; stop on the gradient.
    ### BEGIN SOLUTION
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    n, d = X.shape
    A = np.column_stack([X, np.ones(n)])
    c = np.ones(n) if class_weight is None else np.where(y == 1, class_weight[1], class_weight[0])
    c = c / c.sum()
    penalty = lam * np.append(np.ones(d), 0.0)

    def F(theta):
        z = A @ theta
        return c @ (np.logaddexp(0, z) - y * z) + penalty @ theta**2 / 2

    theta = np.zeros(d + 1)
    for step in range(200):
        p = (1 + np.tanh(A @ theta / 2)) / 2
        gradient = A.T @ (c * (p - y)) + penalty * theta
        length = float(np.sqrt(gradient @ gradient))
        if length <= tol:
            break
        hessian = (A.T * (c * p * (1 - p))) @ A + np.diag(penalty)
        move = np.linalg.solve(hessian, gradient)
        while F(theta - move) > F(theta) + 1e-13:
            move = move / 2
        theta = theta - move
    return theta[:d], float(theta[d]), {"gradient_norm": length, "steps": step}
    ### END SOLUTION

# %% test="fit_logistic-by_hand" points=3
checks.forbid(fit_logistic, NOT_IN_5)

# Ten points: five at (1, 0) with y = 1, five at (-1, 0) with y = 0, lam = 1. By symmetry b = 0
# and w = (t, 0); the gradient is t - 1 / (1 + exp(t)): zero at t = 0.401058.
X = np.array([[1.0, 0.0]] * 5 + [[-1.0, 0.0]] * 5)
y = np.array([1] * 5 + [0] * 5)
w, b, info = checks.ask(fit_logistic, X, y, 1.0)
checks.close(w, [0.40105814, 0.0], "w", rtol=1e-6)
checks.close(b, 0.0, "b", rtol=1e-6)
checks.stationary([w[0] - 1 / (1 + np.exp(w[0])), w[1]], "(w, b)", at_most=1e-6)
checks.holds(info["gradient_norm"] <= 1e-6, "info should hold the length of the gradient.")

# Moving all points by (3, 0) moves the boundary and nothing else: the bias is free.
w2, b2, info = checks.ask(fit_logistic, X + [3.0, 0.0], y, 1.0)
checks.close(w2, w, "w of the moved points", rtol=1e-5, hint="The bias is not penalised.")

# %% test="fit_logistic-tools" points=0
# The grader keeps the gradient of F and its data here.
### BEGIN HIDDEN TESTS
def slope_of_F(w, b, X, y, lam, class_weight=None):
    X, y = np.asarray(X, dtype=float), np.asarray(y, dtype=float)
    c0, c1 = class_weight or (1.0, 1.0)
    c = np.where(y == 1, c1, c0)
    z = X @ w + b
    e = np.exp(-np.abs(z))
    # p - y, without cancellation: 1 - p is e / (1 + e) where z is positive.
    error = np.where(y == 1, -np.where(z >= 0, e, 1.0), np.where(z >= 0, 1.0, e)) / (1 + e)
    return [X.T @ (c * error) / c.sum() + lam * w, np.sum(c * error) / c.sum()]

@checks.verdict.checker
def certified(function, X, y, lam, class_weight=None, **more):
    """The gradient of F, ours, vanishes at what comes back."""
    found = checks.ask(function, X, y, lam, class_weight, **more)
    checks.holds(isinstance(found, (tuple, list)) and len(found) == 3, "There should be three results: w, b, info.")
    w, b, info = found
    checks.holds(np.shape(w) == (X.shape[1],) and np.shape(b) == (), "w should have shape (d,), and b be a number.")
    checks.holds(np.isfinite(np.append(w, b)).all(), "w and b should be finite.")
    slopes = slope_of_F(np.asarray(w, dtype=float), float(b), X, y, lam, class_weight)
    if np.asarray(X).dtype == np.float32:
        return checks.stationary.verdict(slopes, "(w, b)", at_most=1e-4)
    return checks.stationary.verdict(slopes, "(w, b)", at_most=1e-6, hint="Stop on the gradient, not on a step count.")

def two_clouds(rng, n, d, gap):
    """Labels of both kinds, and normal clouds `gap` apart, both away from the origin."""
    u = rng.normal(size=d)
    y = np.append([0, 1], rng.integers(2, size=n - 2))
    return rng.normal(size=(n, d)) + 1.0 + np.outer(y - 0.5, gap * u / np.sqrt(u @ u)), y
### END HIDDEN TESTS

# %% test="fit_logistic-certificate" points=3
# Hidden: the gradient of F is at most 1e-6 for overlapping clouds, also with shuffled labels;
# the order of the features does not matter.
### BEGIN HIDDEN TESTS
checks.forbid(fit_logistic, NOT_IN_5)
rng = checks.fresh_rng("fit_logistic-certificate")
for n, d, lam in [(60, 3, 0.1), (200, 7, 0.01), (30, 12, 1.0)]:
    X, y = two_clouds(rng, n, d, 2.0)
    certified(fit_logistic, X, y, lam)
    certified(fit_logistic, X, rng.permutation(y), lam)
X, y = two_clouds(rng, 80, 5, 2.0)
order = rng.permutation(5)
first, other = checks.ask(fit_logistic, X, y, 0.1), checks.ask(fit_logistic, X[:, order], y, 0.1)
checks.close(X[:, order] @ other[0] + other[1], X @ first[0] + first[1], "the predictions for reordered features",
             rtol=1e-4)
### END HIDDEN TESTS

# %% test="fit_logistic-separable" points=2
# Hidden: clouds that can be separated, with lam = 1e-3.
### BEGIN HIDDEN TESTS
checks.forbid(fit_logistic, NOT_IN_5)
rng = checks.fresh_rng("fit_logistic-separable")
for n, d, gap in [(80, 2, 8.0), (40, 9, 12.0)]:
    X, y = two_clouds(rng, n, d, gap)
    certified(fit_logistic, X, y, 1e-3)
certified(fit_logistic, np.array([[5.0], [6.0]]), np.array([0, 1]), 1e-3)
### END HIDDEN TESTS

# %% test="fit_logistic-scaled" points=2
# Hidden: features of sizes from 1e-3 to 1e3.
### BEGIN HIDDEN TESTS
checks.forbid(fit_logistic, NOT_IN_5)
rng = checks.fresh_rng("fit_logistic-scaled")
for n, lam in [(150, 1e-2), (300, 1e-3)]:
    X, y = two_clouds(rng, n, 7, 2.0)
    certified(fit_logistic, X * 10.0 ** rng.permutation(np.arange(-3, 4)), y, lam)
### END HIDDEN TESTS

# %% test="fit_logistic-weights" points=2
# Hidden: class weights of 9 to 1, either way; both weights times ten change nothing.
### BEGIN HIDDEN TESTS
checks.forbid(fit_logistic, NOT_IN_5)
rng = checks.fresh_rng("fit_logistic-weights")
for weights in [(1.0, 9.0), (9.0, 1.0), (90.0, 10.0)]:
    X, y = two_clouds(rng, 120, 4, 1.5)
    y[rng.random(120) < 0.5] = 0
    y[0] = 1
    certified(fit_logistic, X, y, 0.05, weights)
### END HIDDEN TESTS

# %% test="fit_logistic-one_class" points=2
# Hidden: labels of one class only: b runs as far as tol asks, and w stays near zero.
### BEGIN HIDDEN TESTS
checks.forbid(fit_logistic, NOT_IN_5)
rng = checks.fresh_rng("fit_logistic-one_class")
for label in (0, 1):
    X, y = two_clouds(rng, 50, 3, 2.0)
    y = np.full(50, label)
    certified(fit_logistic, X, y, 0.1)
    w, b, info = checks.ask(fit_logistic, X, y, 0.1)
    checks.holds(b > 10 if label else b < -10, "With one class only, b should be large: it is not penalised.")
    checks.holds(np.abs(w).max() < 1e-3, "With one class only, w should stay near zero: it is penalised.")
### END HIDDEN TESTS

# %% test="fit_logistic-honest" points=1
# Hidden: info tells the length of the gradient at what is returned, also for tol = 0.01.
### BEGIN HIDDEN TESTS
checks.forbid(fit_logistic, NOT_IN_5)
rng = checks.fresh_rng("fit_logistic-honest")
for tol in (1e-2, 1e-5):
    X, y = two_clouds(rng, 100, 5, 2.0)
    w, b, info = checks.ask(fit_logistic, X, y, 0.05, (2.0, 1.0), tol=tol)
    slopes = np.append(*slope_of_F(np.asarray(w, dtype=float), float(b), X, y, 0.05, (2.0, 1.0)))
    length = float(np.sqrt(slopes @ slopes))
    checks.holds(length <= tol * 1.001, "The gradient should be at most tol.")
    checks.holds(isinstance(info, dict) and "gradient_norm" in info, 'info should be a dict with "gradient_norm".')
    checks.close(info["gradient_norm"], length, 'info["gradient_norm"]', rtol=1e-6, floor=1e-6,
                 hint="It belongs to the w and b that are returned.")
### END HIDDEN TESTS

# %% test="fit_logistic-habits" points=1
# Hidden: arguments are unchanged, their memory layout does not matter, float32 and integers
# work, no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(fit_logistic, NOT_IN_5)
rng = checks.fresh_rng("fit_logistic-habits")
X, y = two_clouds(rng, 40, 3, 1.0)
certified(fit_logistic, X, y, 0.1)
checks.battery(fit_logistic, X, y, 0.1, same=certified)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** One class is rare. The boundary $w^\top x + b = 0$ without and with class weights, and the length of the
# gradient at each.

# %% look="fit_logistic"
import matplotlib.pyplot as plt

rng = np.random.default_rng(2)
y = (np.arange(200) < 20).astype(int)
X = rng.normal(size=(200, 2)) + np.outer(y, [1.5, 1.0])

plt.figure(figsize=(6, 3.5))
plt.scatter(*X.T, c=y, s=8, cmap="coolwarm")
ends = np.array([-3.0, 4.0])
for weights, style in [(None, "k-"), ((1.0, 9.0), "k--")]:
    w, b, info = fit_logistic(X, y, 1e-2, weights)
    plt.plot(ends, -(b + w[0] * ends) / w[1], style, label=f"class_weight = {weights}")
    print(f"class_weight = {weights}: gradient {info['gradient_norm']:.0e}")
plt.ylim(-3.5, 4.5); plt.xlabel("$x_1$"); plt.ylabel("$x_2$"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 6 · Activations and losses
#
# Backpropagation asks every function of one variable for its value and its slope. The formulas are short, the tails and
# corners are where they go wrong: $e^{800}$ overflows, $0\cdot\infty$ is no number, and at a kink there is no slope but an
# interval. For a convex $f$ any $g$ between the slope from the left and the slope from the right is a *sub-gradient*,
# $f(u) \ge f(z) + g\,(u - z)$ for all $u$, and any of them will do. With $\sigma$ the logistic function and $\Phi$ the
# distribution function of the standard normal law, $\Phi(z) = \tfrac12\big(1 + \operatorname{erf}(z/\sqrt2)\big)$:
#
# | activation | | loss | |
# |---|---|---|---|
# | `sigmoid` | $\sigma(z)$ | `squared` | $r^2/2$ |
# | `tanh` | $\tanh z$ | `absolute` | $\lvert r\rvert$ |
# | `relu` | $\max(z, 0)$ | `huber` | $r^2/2$ for $\lvert r\rvert \le \delta$, then $\delta\,(\lvert r\rvert - \delta/2)$ |
# | `leaky` | $z$ for $z > 0$, else $0.01\,z$ | `hinge` | $\max(1 - r, 0)$ |
# | `softplus` | $\log(1 + e^z)$ | `insensitive` | $\max(\lvert r\rvert - \delta, 0)$ |
# | `gelu` | $z\,\Phi(z)$ | | |
# | `silu` | $z\,\sigma(z)$ | | |

# %% [markdown]
# **Write `act(name, z) -> (a, da)` and `scalar_loss(name, r, delta=1.0) -> (l, dl)`** (14 points)
#
# - `name` is one of the names above; `z` and `r` are arrays of any shape, and the results have that shape: value and
#   slope, entry by entry. `r` is a residual (for `hinge` the margin $y z$), and the slopes are with respect to `z` and to `r`.
# - `gelu` is the exact one, with `math.erf` (`np.vectorize(math.erf, otypes=[float])` takes arrays), not the
#   approximation by a tanh, which is off by $5\cdot 10^{-4}$.
# - Everything is finite and right for $|z| = 800$, where `softplus` is 800 or 0.
# - At a kink any sub-gradient is right: 0, 1 or 0.5 for `relu` at 0. `huber` has no kink.
# - Arguments are left unchanged. Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a solution that uses them gets no
#   points for this problem.

# %% solution="act"
def act(name, z):
    """Value and slope of an activation at z (any shape): returns a, da."""
    # A sigmoid that never overflows helps four of them.
    # Differentiate on paper; try z = 0, 1, -1, 800, -800.
    ### BEGIN SOLUTION
    z = np.array(z, dtype=float)
    s = (1 + np.tanh(z / 2)) / 2
    if name == "sigmoid":
        return s, s * (1 - s)
    if name == "tanh":
        return np.tanh(z), 1 - np.tanh(z) ** 2
    if name == "relu":
        return np.maximum(z, 0), (z > 0) * 1.0
    if name == "leaky":
        return np.where(z > 0, z, 0.01 * z), np.where(z > 0, 1.0, 0.01)
    if name == "softplus":
        return np.maximum(z, 0) + np.log1p(np.exp(-np.abs(z))), s
    if name == "gelu":
        Phi = (1 + np.vectorize(math.erf, otypes=[float])(z / math.sqrt(2))) / 2
        return z * Phi, Phi + z * np.exp(-z * z / 2) / math.sqrt(2 * math.pi)
    if name == "silu":
        return z * s, s + z * s * (1 - s)
    raise ValueError(name)
    ### END SOLUTION

# %% solution="scalar_loss"
def scalar_loss(name, r, delta=1.0):
    """Value and slope of a loss at r (any shape): returns l, dl."""
    # One line each: np.where, np.sign, np.abs, np.clip.
    # Draw huber before you write it.
    ### BEGIN SOLUTION
    r = np.array(r, dtype=float)
    size = np.abs(r)
    if name == "squared":
        return r * r / 2, r
    if name == "absolute":
        return size, np.sign(r)
    if name == "huber":
        return np.where(size <= delta, r * r / 2, delta * (size - delta / 2)), np.clip(r, -delta, delta)
    if name == "hinge":
        return np.maximum(1 - r, 0), -1.0 * (r < 1)
    if name == "insensitive":
        return np.maximum(size - delta, 0), np.sign(r) * (size > delta)
    raise ValueError(name)
    ### END SOLUTION

# %% test="act-by_hand" points=1.5
checks.forbid(act, NOT_ALLOWED)

# Values at -1, 0, 1 and slopes at 0, where there is one. p is sigmoid(1).
z, p = np.array([-1.0, 0.0, 1.0]), 1 / (1 + np.exp(-1.0))
checks.close(checks.ask(act, "sigmoid", z)[0], [1 - p, 0.5, p], "sigmoid")
checks.close(checks.ask(act, "relu", z)[0], [0, 0, 1], "relu")
checks.close(checks.ask(act, "leaky", z)[0], [-0.01, 0, 1], "leaky")
checks.close(checks.ask(act, "softplus", z)[0], [-np.log(p), np.log(2), 1 - np.log(p)],
             "softplus")
checks.close(checks.ask(act, "gelu", z)[0], [-0.1586552539, 0, 0.8413447461], "gelu")
slopes = {"sigmoid": 0.25, "tanh": 1, "softplus": 0.5, "gelu": 0.5, "silu": 0.5}
for name, slope in slopes.items():
    checks.close(checks.ask(act, name, z)[1][1], slope, f"the slope of {name} at 0")

# Laws: tanh is odd, sigmoid(-z) = 1 - sigmoid(z), three differ from their mirror image by z.
z = np.linspace(-6, 7, 12).reshape(4, 3)
mirrored = {"tanh": lambda a: -a, "sigmoid": lambda a: 1 - a, "softplus": lambda a: a - z,
            "silu": lambda a: a - z, "gelu": lambda a: a - z}
for name, law in mirrored.items():
    expected = law(checks.ask(act, name, z)[0])
    checks.close(checks.ask(act, name, -z)[0], expected, f"{name} at -z")

# %% test="scalar_loss-by_hand" points=1
checks.forbid(scalar_loss, NOT_ALLOWED)

# At -2, 0, 1/2, 3 with delta = 1.
r = np.array([-2.0, 0.0, 0.5, 3.0])
by_hand = {"squared": [2, 0, 1 / 8, 9 / 2], "absolute": [2, 0, 1 / 2, 3],
           "huber": [1.5, 0, 1 / 8, 2.5], "hinge": [3, 1, 1 / 2, 0], "insensitive": [1, 0, 0, 2]}
for name, values in by_hand.items():
    checks.close(checks.ask(scalar_loss, name, r)[0], values, name)
checks.close(checks.ask(scalar_loss, "huber", r)[1], [-1, 0, 0.5, 1], "the slope of huber")

# Both of these are even: their slopes are odd.
for name in ("squared", "huber"):
    slope, other = checks.ask(scalar_loss, name, r)[1], checks.ask(scalar_loss, name, -r)[1]
    checks.close(np.add(slope, other), np.zeros(4), f"the slope of {name} at r plus that at -r")

# %% test="act-tools" points=0
# The grader keeps its own formulas here.
### BEGIN HIDDEN TESTS
SMOOTH = {          # also for complex z: their slopes come from a complex step
    "sigmoid": lambda z: 1 / (1 + np.exp(-z)),
    "tanh": lambda z: np.sinh(z) / np.cosh(z),
    "softplus": lambda z: np.log(1 + np.exp(z)),
    "silu": lambda z: z / (1 + np.exp(-z)),
}
BENT = {"relu": lambda z: np.where(z > 0, z, 0.0), "leaky": lambda z: np.where(z > 0, z, z / 100)}
LOSSES = {
    "squared": lambda r, d: r * r / 2,
    "absolute": lambda r, d: np.maximum(r, -r),
    "huber": lambda r, d: np.where(r > d, d * r - d * d / 2, np.where(r < -d, -d * r - d * d / 2, r * r / 2)),
    "hinge": lambda r, d: np.where(r < 1, 1 - r, 0.0),
    "insensitive": lambda r, d: np.where(r > d, r - d, np.where(r < -d, -r - d, 0.0)),
}

def slope_by_step(f, z):
    """The slope of a smooth function of one variable, entry by entry, to the last digits."""
    return checks.complex_step(f, z, np.ones_like(z))

def exact_gelu(z):
    """Value and slope, from erfc where that keeps the digits."""
    Phi = np.vectorize(lambda t: math.erfc(-t / math.sqrt(2)) / 2, otypes=[float])(z)
    return z * Phi, Phi + z * np.exp(-z * z / 2) / np.sqrt(2 * np.pi)

def without_kinks(rng, shape, *kinks):
    """Random numbers, each at least 0.01 away from the kinks."""
    z = 3 * rng.normal(size=shape)
    for kink in kinks:
        z = np.where(np.abs(z - kink) < 0.01, kink + 0.02, z)
    return z
### END HIDDEN TESTS

# %% test="act-values" points=1.5
# Hidden: the values of all activations but gelu, for arrays of any shape, with |z| up to 25.
### BEGIN HIDDEN TESTS
checks.forbid(act, NOT_ALLOWED)
rng = checks.fresh_rng("act-values")
far = np.array([11.0, 13, 16, 21, 25])              # softplus(21) = 21 + 8e-10, and the tolerance is below 1e-10
for z in [3 * rng.normal(size=9), 3 * rng.normal(size=(4, 5)), 3 * rng.normal(size=(2, 3, 4)), np.array(3 * rng.normal()), far, -far]:
    for name, f in {**SMOOTH, **BENT}.items():
        checks.close(checks.ask(act, name, z)[0], f(z), name, rtol=1e-12, floor=0.1)
### END HIDDEN TESTS

# %% test="act-slopes" points=2
# Hidden: the slopes of all activations but gelu, away from kinks, with |z| up to 25, with respect
# to z.
### BEGIN HIDDEN TESTS
checks.forbid(act, NOT_ALLOWED)
rng = checks.fresh_rng("act-slopes")
far = np.array([11.0, 13, 16, 21, 25])
for z in [without_kinks(rng, 9, 0.0), without_kinks(rng, (4, 5), 0.0), far, -far]:
    for name, f in SMOOTH.items():
        checks.close(checks.ask(act, name, z)[1], slope_by_step(f, z), f"the slope of {name}", rtol=1e-12, floor=0.1)
    checks.close(checks.ask(act, "relu", z)[1], np.where(z > 0, 1.0, 0.0), "the slope of relu")
    checks.close(checks.ask(act, "leaky", z)[1], np.where(z > 0, 1.0, 0.01), "the slope of leaky")
### END HIDDEN TESTS

# %% test="act-gelu" points=1
# Hidden: gelu is the exact one, to 1e-12, and so is its slope.
### BEGIN HIDDEN TESTS
checks.forbid(act, NOT_ALLOWED)
rng = checks.fresh_rng("act-gelu")
for z in [2 * rng.normal(size=9), 2 * rng.normal(size=(4, 5)), np.array([5.5, -5.5, 6.6, -6.6])]:
    a, da = checks.ask(act, "gelu", z)
    checks.close(a, exact_gelu(z)[0], "gelu", rtol=1e-12, hint="With erf, not with the approximation by tanh.")
    checks.close(da, exact_gelu(z)[1], "the slope of gelu", rtol=1e-12)
### END HIDDEN TESTS

# %% test="act-kinks" points=0.5
# Hidden: at 0 the slopes of relu and leaky are sub-gradients.
### BEGIN HIDDEN TESTS
checks.forbid(act, NOT_ALLOWED)
rng = checks.fresh_rng("act-kinks")
z = np.array([0.0, -0.0, 1.0, -1.0, 0.0, 2.5])
for name in ("relu", "leaky"):
    a, da = checks.ask(act, name, z)
    checks.close(a, BENT[name](z), name)
    checks.subgradient(lambda z: float(np.sum(BENT[name](z))), z, da, rng=rng, what=f"the slope of {name} at 0")
### END HIDDEN TESTS

# %% test="act-large" points=1.5
# Hidden: values and slopes at 40 and 800, with either sign: finite and right.
### BEGIN HIDDEN TESTS
checks.forbid(act, NOT_ALLOWED)
z = np.array([800.0, -800.0, 40.0, -40.0])
one, up = np.array([1.0, 0.0, 1.0, 0.0]), np.array([800.0, 0.0, 40.0, 0.0])
for name, a, da in [("sigmoid", one, 0 * one), ("tanh", 2 * one - 1, 0 * one), ("relu", up, one),
                    ("leaky", up + z * (z < 0) / 100, 0.01 + 0.99 * one), ("softplus", up, one), ("gelu", up, one),
                    ("silu", up, one)]:
    value, slope = checks.ask(act, name, z)
    checks.close(value, a, f"{name} for large |z|", rtol=1e-13, hint="Does an exponential overflow?")
    checks.close(slope, da, f"the slope of {name} for large |z|", rtol=1e-13, hint="Does an exponential overflow?")
### END HIDDEN TESTS

# %% test="act-habits" points=0.5
# Hidden: z is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(act, NOT_ALLOWED)
z = checks.fresh_rng("act-habits").normal(size=(4, 5))
z = z + 0.5 * np.sign(z)                        # no kinks, also after rounding to whole numbers
for name in (*SMOOTH, *BENT):
    checks.holds(np.any(checks.ask(act, name, z)[0]), f"{name} should not be zero.")
    checks.battery(act, name, z)
### END HIDDEN TESTS

# %% test="scalar_loss-values" points=1.5
# Hidden: the values of all losses, for arrays of any shape and other delta.
### BEGIN HIDDEN TESTS
checks.forbid(scalar_loss, NOT_ALLOWED)
rng = checks.fresh_rng("scalar_loss-values")
for shape, delta in [((9,), 1.0), ((4, 5), 0.3), ((2, 3, 4), 2.5)]:
    r = 3 * rng.normal(size=shape)
    for name, f in LOSSES.items():
        checks.close(checks.ask(scalar_loss, name, r, delta)[0], f(r, delta), name, rtol=1e-12)
for delta in (0.3, 2.5):                        # huber where its two formulas meet
    r = delta * np.array([1.0, 1 + 1e-9, 1 - 1e-9, -1.0])
    checks.close(checks.ask(scalar_loss, "huber", r, delta)[0], LOSSES["huber"](r, delta), "huber near delta",
                 rtol=1e-12)
### END HIDDEN TESTS

# %% test="scalar_loss-slopes" points=1.5
# Hidden: the slopes of all losses away from kinks, for other delta; huber at delta.
### BEGIN HIDDEN TESTS
checks.forbid(scalar_loss, NOT_ALLOWED)
rng = checks.fresh_rng("scalar_loss-slopes")
for shape, delta in [((9,), 1.0), ((4, 5), 0.3), ((2, 3, 4), 2.5)]:
    r = without_kinks(rng, shape, 0.0, 1.0, delta, -delta)
    slopes = {"squared": r, "absolute": np.where(r > 0, 1.0, -1.0), "huber": np.maximum(np.minimum(r, delta), -delta),
              "hinge": np.where(r < 1, -1.0, 0.0),
              "insensitive": np.where(r > delta, 1.0, np.where(r < -delta, -1.0, 0.0))}
    for name, slope in slopes.items():
        checks.close(checks.ask(scalar_loss, name, r, delta)[1], slope, f"the slope of {name}", rtol=1e-12)
    at = delta * np.array([1.0, -1.0])
    checks.close(checks.ask(scalar_loss, "huber", at, delta)[1], at, "the slope of huber at delta")
### END HIDDEN TESTS

# %% test="scalar_loss-kinks" points=1
# Hidden: at their kinks the slopes of absolute, hinge and insensitive are sub-gradients.
### BEGIN HIDDEN TESTS
checks.forbid(scalar_loss, NOT_ALLOWED)
rng = checks.fresh_rng("scalar_loss-kinks")
for name, r, delta in [("absolute", [0.0, 2.0, -0.0, -1.0], 1.0), ("hinge", [1.0, 0.5, 3.0], 1.0),
                       ("insensitive", [0.25, -0.25, 0.0, 1.0], 0.25)]:
    f, r = LOSSES[name], np.array(r)
    value, slope = checks.ask(scalar_loss, name, r, delta)
    checks.close(value, f(r, delta), name)
    checks.subgradient(lambda r: float(np.sum(f(r, delta))), r, slope, rng=rng, what=f"the slope of {name} at its kink")
### END HIDDEN TESTS

# %% test="scalar_loss-habits" points=0.5
# Hidden: r is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(scalar_loss, NOT_ALLOWED)
r = checks.fresh_rng("scalar_loss-habits").normal(size=(4, 5))
r = r + 0.6 * np.sign(r)                        # no kinks, also after rounding to whole numbers
for name in LOSSES:
    checks.holds(np.any(checks.ask(scalar_loss, name, r, 0.5)[0]), f"{name} should not be zero.")
    checks.battery(scalar_loss, name, r, 0.5)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** All of them, and the slopes of the activations.

# %% look="act"
import matplotlib.pyplot as plt

z = np.linspace(-4, 4, 401)
fig, (left, middle, right) = plt.subplots(1, 3, figsize=(10, 3))
for name in ("sigmoid", "tanh", "relu", "leaky", "softplus", "gelu", "silu"):
    a, da = act(name, z)
    left.plot(z, a, label=name)
    middle.plot(z, da)
for name in ("squared", "absolute", "huber", "hinge", "insensitive"):
    right.plot(z, scalar_loss(name, z)[0], label=name)
left.set(title="activations", ylim=(-1.2, 3)); left.legend(fontsize=7)
middle.set(title="their slopes"); right.set(title="losses", ylim=(0, 4)); right.legend(fontsize=7)
fig.tight_layout()

# %% [markdown]
# ## 7 · How good is a classifier?
#
# Four counts say all about one set of decisions: true and false, positives and negatives. *Precision* is the share of
# true ones among the claimed positives, *recall* the share of the positives that were found, and $F_1$ their harmonic
# mean. A score decides only together with a threshold; over all thresholds at once, the *area under the ROC curve* has
# a meaning that needs no curve,
#
# $$\mathrm{AUC} = P\big(s^+ > s^-\big) + \tfrac12 P\big(s^+ = s^-\big),$$
#
# for a random positive and a random negative example. Ties count one half, which a careless
# trapezoid forgets. Only the order of the scores matters.

# %% [markdown]
# **Write `confusion(y, yhat) -> C`, `prf(y, yhat) -> (precision, recall, f1)`, `roc_auc(y, score) -> auc`** (8 points)
#
# - `y (n,)` and `yhat (n,)` hold 0 and 1; `score (n,)` are real numbers.
# - `C (2, 2)` holds whole numbers: `C[i, j]` counts the examples of class `i` that were called `j`. The first index is the
#   truth.
# - The three numbers of `prf` belong to class 1; where a denominator is zero (nothing called positive, no positives, both
#   precision and recall zero), the result is 0.
# - `roc_auc` is the formula above, to rounding; `ValueError` when `y` holds one class only. `n` is at most 2000, and
#   comparing all pairs is fine.
# - Arguments are left unchanged. Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a function that uses them gets no
#   points.

# %% solution="confusion"
def confusion(y, yhat):
    """Counts (2, 2): C[i, j] examples of class i were called j."""
    # Four sums.
    ### BEGIN SOLUTION
    y, yhat = np.asarray(y), np.asarray(yhat)
    return np.array([[np.sum((y == i) & (yhat == j)) for j in (0, 1)] for i in (0, 1)])
    ### END SOLUTION

# %% solution="prf"
def prf(y, yhat):
    """Precision, recall and F1 of class 1; 0 where a denominator is zero."""
    # Which three of the four counts are needed?
    # F1 is 2 TP / (2 TP + FP + FN).
    ### BEGIN SOLUTION
    y, yhat = np.asarray(y), np.asarray(yhat)
    tp, called, there = np.sum((y == 1) & (yhat == 1)), np.sum(yhat == 1), np.sum(y == 1)
    ratio = lambda a, b: float(a / b) if b > 0 else 0.0
    return ratio(tp, called), ratio(tp, there), ratio(2 * tp, called + there)
    ### END SOLUTION

# %% solution="roc_auc"
def roc_auc(y, score):
    """P(s+ > s-) + P(s+ = s-) / 2 over all pairs of a positive and a negative example."""
    # Compare all pairs, or sort the scores
    # and count with np.searchsorted.
    ### BEGIN SOLUTION
    y, score = np.asarray(y), np.asarray(score)
    positive, negative = score[y == 1], np.sort(score[y == 0])
    if not (len(positive) and len(negative)):
        raise ValueError("both classes are needed")
    below = np.searchsorted(negative, positive, side="left")
    up_to = np.searchsorted(negative, positive, side="right")
    return float((below + up_to).sum() / (2 * len(positive) * len(negative)))
    ### END SOLUTION

# %% test="confusion-by_hand" points=0.25
checks.forbid(confusion, NOT_ALLOWED)

# Of three negatives two are called so, of four positives one.
C = checks.ask(confusion, np.array([0, 0, 0, 1, 1, 1, 1]), np.array([0, 1, 0, 0, 1, 0, 0]))
checks.close(C, [[2, 1], [3, 1]], "the counts", hint="The first index is the truth.")

# %% test="prf-by_hand" points=0.5
checks.forbid(prf, NOT_ALLOWED)

# The same seven: two are called positive, one of them rightly; four are positive.
found = checks.ask(prf, np.array([0, 0, 0, 1, 1, 1, 1]), np.array([0, 1, 0, 0, 1, 0, 0]))
checks.close(found, [1 / 2, 1 / 4, 1 / 3], "precision, recall and F1")

# %% test="roc_auc-by_hand" points=0.75
checks.forbid(roc_auc, NOT_ALLOWED)

# Positives 0.9, 0.7, 0.4, 0.3, negatives 0.7, 0.35: four of eight pairs in order, one tied.
y, score = np.array([1, 0, 1, 1, 0, 1]), np.array([0.9, 0.7, 0.7, 0.4, 0.35, 0.3])
auc = checks.ask(roc_auc, y, score)
checks.close(auc, 4.5 / 8, "the AUC of six scores")
checks.close(auc + checks.ask(roc_auc, y, -score), 1.0, "AUC(s) + AUC(-s)")

# %% test="confusion-counts" points=1
# Hidden: the counts for random and for one-sided decisions, and one example.
### BEGIN HIDDEN TESTS
checks.forbid(confusion, NOT_ALLOWED)
rng = checks.fresh_rng("confusion-counts")
for n in (1, 11, 300):
    y, yhat = (rng.random((2, n)) < [[0.3], [0.6]]).astype(int)
    for claim in (yhat, 0 * yhat, 0 * yhat + 1, y):
        expected = np.zeros((2, 2))
        for truth, told in zip(y, claim):
            expected[truth, told] += 1
        checks.close(checks.ask(confusion, y, claim), expected, "the counts")
### END HIDDEN TESTS

# %% test="confusion-habits" points=0.25
# Hidden: arguments are unchanged, their memory layout does not matter, no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(confusion, NOT_ALLOWED)
rng = checks.fresh_rng("confusion-habits")
y, yhat = np.append(rng.integers(2, size=(2, 20)), [[0, 1], [0, 1]], axis=1)
checks.holds(np.any(checks.ask(confusion, y, yhat)), "The counts should not be zero.")
checks.battery(confusion, y, yhat)
### END HIDDEN TESTS

# %% test="prf-tools" points=0
# The grader counts here.
### BEGIN HIDDEN TESTS
def counted_prf(y, yhat):
    pairs = list(zip(np.asarray(y).tolist(), np.asarray(yhat).tolist()))
    tp, fp, fn = pairs.count((1, 1)), pairs.count((0, 1)), pairs.count((1, 0))
    return [tp / max(tp + fp, 1), tp / max(tp + fn, 1), 2 * tp / max(2 * tp + fp + fn, 1)]

def counted_auc(y, score):
    """All pairs, twice the count a whole number."""
    twice = sum(2 * (a > b) + (a == b) for a in score[y == 1].tolist() for b in score[y == 0].tolist())
    return twice / (2 * int(np.sum(y == 1)) * int(np.sum(y == 0)))

def both_classes(rng, n, share):
    return np.append([0, 1], (rng.random(n - 2) < share).astype(int))
### END HIDDEN TESTS

# %% test="prf-values" points=1
# Hidden: the three numbers for random decisions, few and many positives.
### BEGIN HIDDEN TESTS
checks.forbid(prf, NOT_ALLOWED)
rng = checks.fresh_rng("prf-values")
for n, share in [(13, 0.5), (200, 0.1), (90, 0.8)]:
    y, yhat = both_classes(rng, n, share), rng.integers(2, size=n)
    checks.close(checks.ask(prf, y, yhat), counted_prf(y, yhat), "precision, recall and F1", rtol=1e-12)
    checks.close(checks.ask(prf, y, y), [1, 1, 1], "precision, recall and F1 of the truth", rtol=1e-12)
### END HIDDEN TESTS

# %% test="prf-undefined" points=0.75
# Hidden: 0 where a denominator is zero: nothing called positive, no positives, nothing found.
### BEGIN HIDDEN TESTS
checks.forbid(prf, NOT_ALLOWED)
rng = checks.fresh_rng("prf-undefined")
y = both_classes(rng, 20, 0.4)
nothing = np.zeros(20, dtype=int)
for truth, claim in [(y, nothing), (nothing, y), (nothing, nothing), (y, 1 - y), (y, y)]:
    checks.close(checks.ask(prf, truth, claim), counted_prf(truth, claim), "precision, recall and F1",
                 rtol=1e-12, hint="A ratio with denominator zero is 0 here.")
### END HIDDEN TESTS

# %% test="prf-habits" points=0.25
# Hidden: arguments are unchanged, their memory layout does not matter, no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(prf, NOT_ALLOWED)
rng = checks.fresh_rng("prf-habits")
y, yhat = both_classes(rng, 20, 0.5), both_classes(rng, 20, 0.5)
checks.holds(np.any(checks.ask(prf, y, yhat)), "Precision and recall should not be zero.")
checks.battery(prf, y, yhat)
### END HIDDEN TESTS

# %% test="roc_auc-pairs" points=1.25
# Hidden: the share of all pairs in order, without ties, for few and for many positives.
### BEGIN HIDDEN TESTS
checks.forbid(roc_auc, NOT_ALLOWED)
rng = checks.fresh_rng("roc_auc-pairs")
for n, share in [(15, 0.5), (300, 0.1), (150, 0.7)]:
    y = both_classes(rng, n, share)
    score = rng.normal(size=n) + 2 * y
    checks.close(checks.ask(roc_auc, y, score), counted_auc(y, score), "the AUC", rtol=1e-12)
### END HIDDEN TESTS

# %% test="roc_auc-ties" points=1
# Hidden: heavy ties; constant scores give 1/2.
### BEGIN HIDDEN TESTS
checks.forbid(roc_auc, NOT_ALLOWED)
rng = checks.fresh_rng("roc_auc-ties")
for n, levels in [(40, 3), (200, 5), (7, 2)]:
    y = both_classes(rng, n, 0.4)
    score = (rng.integers(levels, size=n) + (levels - 1) * y) / 4.0
    checks.close(checks.ask(roc_auc, y, score), counted_auc(y, score), "the AUC with ties", rtol=1e-12,
                 hint="A tied pair counts one half.")
checks.close(checks.ask(roc_auc, y, np.full(7, 0.3)), 0.5, "the AUC of constant scores", rtol=1e-12)
### END HIDDEN TESTS

# %% test="roc_auc-laws" points=0.5
# Hidden: an increasing change of the scores leaves the AUC, -s gives 1 - AUC, perfect scores
# give 1; one class only raises ValueError.
### BEGIN HIDDEN TESTS
checks.forbid(roc_auc, NOT_ALLOWED)
rng = checks.fresh_rng("roc_auc-laws")
y = both_classes(rng, 60, 0.3)
score = (rng.permutation(60) - 30 + 4.5 * y) / 16.0
auc = counted_auc(y, score)
for changed in (np.exp(score), score**3, 1e6 * score - 5, 1 + 1e-12 * score):      # steps of 1/16: 6e-14, above eps
    checks.close(checks.ask(roc_auc, y, changed), auc, "the AUC after an increasing change", rtol=1e-12)
checks.close(checks.ask(roc_auc, y, -score), 1 - auc, "the AUC of -s", rtol=1e-12)
checks.close(checks.ask(roc_auc, y, y + rng.random(60) / 2), 1.0, "the AUC of perfect scores", rtol=1e-12)
for label in (0, 1):
    checks.raises(ValueError, roc_auc, np.full(9, label), rng.normal(size=9), when="when there is one class only")
### END HIDDEN TESTS

# %% test="roc_auc-habits" points=0.5
# Hidden: arguments are unchanged, their memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(roc_auc, NOT_ALLOWED)
rng = checks.fresh_rng("roc_auc-habits")
y = both_classes(rng, 25, 0.4)
score = rng.permutation(25) - 9.5
checks.holds(checks.ask(roc_auc, y, score) > 0, "The AUC should not be zero.")
checks.battery(roc_auc, y, score)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Scores of two classes, the curve of all thresholds, and your AUC: the area below.

# %% look="roc_auc"
import matplotlib.pyplot as plt

rng = np.random.default_rng(4)
y = (rng.random(200) < 0.3).astype(int)
score = np.round(rng.normal(size=200) + 1.2 * y, 1)
cuts = np.append(np.unique(score)[::-1], -np.inf)
rates = np.array([[np.mean(score[y == label] >= cut) for label in (0, 1)] for cut in cuts])

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
left.hist([score[y == 0], score[y == 1]], bins=20, label=["y = 0", "y = 1"]); left.legend()
left.set(xlabel="score", ylabel="examples")
right.plot(*np.vstack([[0, 0], rates]).T, label=f"AUC = {roc_auc(y, score):.3f}")
right.plot([0, 1], [0, 1], "k:"); right.legend()
right.set(xlabel="false positives, share", ylabel="true positives, share"); fig.tight_layout()

# %% [markdown]
# ## 8 · On paper
#
# Four short answers, each checked by a test (1 point each), and one proof.
#
# **8a.** A loss is a negative log-likelihood. Observed is $y = f(x) + \text{noise}$, or a label that is 1 with
# probability $\sigma(f(x))$. Maximum likelihood for $f$ minimises which sum over the examples?
#
# - (a) $\lvert r\rvert$, with $r = y - f(x)$
# - (b) $r^2$
# - (c) $\operatorname{softplus}(z) - yz$, with $z = f(x)$
# - (d) $\max(1 - yz, 0)$
#
# Write one letter for normal noise of fixed variance, one for Laplace noise of fixed scale, one for Bernoulli labels.

# %% solution="likelihoods"
likelihoods = ["", "", ""]      # normal, Laplace, Bernoulli: a letter each
### BEGIN SOLUTION
likelihoods = ["b", "a", "c"]
### END SOLUTION

# %% test="likelihoods-matched" points=1
# Each answer is one of the letters. Hidden: the right ones.
checks.holds(len(likelihoods) == 3, "There should be three letters.")
for letter in likelihoods:
    checks.answered(letter, "abcd")
### BEGIN HIDDEN TESTS
for letter, right in zip(likelihoods, "bac"):
    checks.choice(letter, right, "abcd")
### END HIDDEN TESTS

# %% [markdown]
# **8b.** The numbers $1, 2, 3, 4, 10$ come from the Laplace law with density
# $\frac1{2s}\exp(-\lvert y - m\rvert / s)$. What are the maximum likelihood estimates of $m$ and of $s$?

# %% solution="laplace_fit"
laplace_fit = [0, 0]        # m, s
### BEGIN SOLUTION
laplace_fit = [3, 2.2]
### END SOLUTION

# %% test="laplace_fit-both" points=1
# A scale is positive. Hidden: both numbers, to three digits.
checks.holds(len(laplace_fit) == 2, "There should be two numbers: m and s.")
is_zero = checks.number.verdict(laplace_fit[1], 0).status == "ok"
checks.holds(not is_zero, "The scale should not be zero.")
### BEGIN HIDDEN TESTS
checks.numbers(laplace_fit, [3, 2.2], ordered=True)
### END HIDDEN TESTS

# %% [markdown]
# **8c.** The negative log-likelihood of a label $y$ under a Bernoulli law with probability $p = 1/(1 + e^{-z})$ is
# $-y\log p - (1 - y)\log(1 - p)$. Write its derivative with respect to $z$ as a formula in `y` and `z`: a string with
# `+ - * / **`, numbers, `exp`, `log`, … Any equivalent form is right.

# %% solution="bernoulli_slope"
bernoulli_slope = ""        # your formula goes between the quotes, such as "exp(-z) / (1 + y)"
### BEGIN SOLUTION
bernoulli_slope = "1 / (1 + exp(-z)) - y"
### END SOLUTION

# %% test="bernoulli_slope-formula" points=1
# At y = 1, z = 0 the slope is -1/2. Hidden: the same function for all y and z.
checks.formula_value(bernoulli_slope, at={"y": 1, "z": 0}, expected=-0.5)
### BEGIN HIDDEN TESTS
checks.formula(bernoulli_slope, "1/(1 + exp(-z)) - y", {"y": (0, 1), "z": (-4, 4)},
               rng=checks.fresh_rng("bernoulli_slope-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **8d.** A neuron that also predicts how sure it is: the residual $r$ is normal with mean 0 and standard deviation $e^s$.
# Write the derivative of the negative log-likelihood of one $r$ with respect to $s$ as a formula in `r` and `s`.

# %% solution="spread_slope"
spread_slope = ""           # a formula in r and s
### BEGIN SOLUTION
spread_slope = "1 - r**2 * exp(-2*s)"
### END SOLUTION

# %% test="spread_slope-formula" points=1
# It is zero where the spread is the size of the residual. Hidden: the same function everywhere.
checks.formula_value(spread_slope, at={"r": 1, "s": 0}, expected=0.0)
### BEGIN HIDDEN TESTS
checks.formula(spread_slope, "1 - (r*exp(-s))**2", {"r": (-3, 3), "s": (-1, 2)},
               rng=checks.fresh_rng("spread_slope-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **8e · Why the certificate is one** (8 points, marked by hand)
#
# For $F(w, b) = \frac1n\sum_i \ell(w^\top x_i + b,\, y_i) + \frac\lambda2\|w\|^2$ with $\ell(z, y) = \log(1 + e^z) - yz$ and
# $\lambda > 0$:
#
# 1. Compute the Hessian of $F$ with respect to $\theta = (w, b)$ and write it as a sum of $\tilde x_i\tilde x_i^\top$,
#    $\tilde x_i = (x_i, 1)$, plus a diagonal matrix.
# 2. Prove that it is positive definite at every $\theta$. (The diagonal matrix alone is not: its last entry is 0.)
# 3. Conclude that a point with $\nabla F = 0$ is the only global minimum, and say why $F$ is still *not* strongly convex
#    in $\theta$ on the whole space.
#
# Eight to twelve lines are enough; write them below, or hand in a page as `written.pdf` and say so below.

# %% [markdown] manual="convexity" points=8
# <!-- BEGIN SOLUTION -->
# 1. With $z_i = \tilde x_i^\top\theta$ and $p_i = \sigma(z_i)$: $\partial\ell/\partial z = p - y$ and
# $\partial^2\ell/\partial z^2 = p(1 - p)$. By the chain rule ($z_i$ is linear in $\theta$)
# $\nabla^2 F = \frac1n\sum_i p_i(1 - p_i)\,\tilde x_i\tilde x_i^\top + \lambda D$, $D = \mathrm{diag}(1, \dots, 1, 0)$.
#
# 2. For $v = (u, a)$: $v^\top\nabla^2F\,v = \frac1n\sum_i p_i(1 - p_i)(\tilde x_i^\top v)^2 + \lambda\|u\|^2 \ge 0$, as
# $p_i(1 - p_i) > 0$ for every finite $z_i$. If it is zero, then $u = 0$ by the last term, so $\tilde x_i^\top v = a$, and the
# sum is $a^2\,\frac1n\sum_i p_i(1 - p_i)$, which is zero only for $a = 0$. Hence $v = 0$: positive definite.
#
# 3. $F$ is strictly convex, so $F(\theta') > F(\theta) + \nabla F(\theta)^\top(\theta' - \theta)$ for $\theta' \ne \theta$. With
# $\nabla F(\theta) = 0$: $F(\theta') > F(\theta)$, a global minimum and the only one. Along $v = (0, 1)$ the curvature is
# $\frac1n\sum_i p_i(1 - p_i)$, which tends to 0 for $b \to \infty$: no $\mu > 0$ bounds it from below everywhere.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 2 | the Hessian: $p(1 - p)$, the outer products, $\lambda$ on $w$ only |
# | 1 | the quadratic form is not negative, with $p(1 - p) > 0$ |
# | 2 | definite: $u = 0$ from the penalty, then $a = 0$ from the data |
# | 2 | stationary implies global minimum and unique, from the first-order inequality of a (strictly) convex function |
# | 1 | not strongly convex: the curvature along $b$ tends to 0 |
#
# Semidefinite only, with a correct conclusion that a stationary point is a global minimum: at most 5.
# <!-- END SOLUTION -->
