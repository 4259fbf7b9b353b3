# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Stochastic optimisation
#
# A loss over a million examples is a mean, and a gradient of one example estimates the gradient of all. Trading accuracy
# of a step for its price is what made deep learning possible. Here you write the methods, from a shuffled epoch to a
# training loop that can be interrupted, and you find out what their randomness does: exactly where that is possible, and
# with honest error bars where it is not.
#
# **You will learn to**
# - draw mini-batches and single examples so that the estimate of the gradient is unbiased;
# - compute the second moment of SGD in closed form, and read stability and noise floor off it;
# - write the update rules from momentum to AdamW as pure functions with a state;
# - remove the noise, by averaging iterates or by variance reduction, and report a mean with its confidence interval;
# - train so that a run continued from a checkpoint is the same run, bit for bit.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `minibatches` | 8 | 7 lines |
# | 2 | `sgd`, `second_moment` | 16 | 10 lines |
# | 3 | seven optimiser steps | 20 | 40 lines |
# | 4 | `lr_at` | 6 | 15 lines |
# | 5 | `svrg` | 12 | 10 lines |
# | 6 | `polyak`, `estimate_rate` | 8 | 12 lines |
# | 7 | `train_loop`, `checkpoint`, `restore` | 10 | 25 lines |
# | 8 | on paper: nine answers, one proof | 12 + 8 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is graded,
# with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem can be
# solved without the earlier ones. You work in pairs and hand in one notebook.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Arrays are float64, and `rng` is a `numpy.random.Generator` (in problem 7 a
# `torch.Generator`): the only source of randomness, everywhere. Random functions are tested by their laws, so draw in
# any order you like. The limits of those tests lie six standard errors away: a right solution need not fear bad luck.

# %% given="setup"
import numpy as np
import torch

from autograder import checks

# What the problems rule out; the statements say the same in words.
NOT_IN_1_TO_6 = ["torch", "scipy", "sklearn"]
NOT_IN_7 = ["torch.nn.utils"]

# %% [markdown]
# ## 1 · Mini-batches
#
# A *mini-batch* is a small set $B$ of examples, and its mean gradient estimates that of all $n$:
#
# $$\mathbb E\Big[\frac1{|B|}\sum_{i\in B}\nabla f_i(w)\Big] = \frac1n\sum_{i=1}^n \nabla f_i(w)
# \qquad\text{if every example is equally likely to be in } B .$$
#
# In practice one walks through a random order and cuts it into pieces: an *epoch*. Each example comes once per epoch, so
# the noise is smaller than with replacement, and no example is forgotten. The order must be new in every epoch and
# uniform among all orders. Cutting the data first and shuffling the pieces, or starting the old order at a random place,
# keeps neighbours together for ever; the network will notice.

# %% [markdown]
# **Write `minibatches(n, bs, rng, drop_last=False)`** (8 points)
#
# - One epoch: an iterator (or a list) of integer arrays, the row numbers of each mini-batch. Together they hold
#   $0, \dots, n-1$, each once. All orders are equally likely, and every call draws a new one from `rng`.
# - Every batch has `bs` entries, only the last may have fewer; with `drop_last=True` such a last one is left out. The
#   order within a batch is free. `n` may be 0, and `bs` larger than `n`.
# - Every batch is a new array: the next one does not overwrite it.
# - `bs < 1` raises `ValueError`, at the latest when the first batch is asked for.
# - Not allowed: `torch`, `scipy`, `sklearn`. A solution that uses them gets no points for this problem.

# %% solution="minibatches"
def minibatches(n, bs, rng, drop_last=False):
    """One epoch over 0 ... n-1 in random order: yields integer arrays of bs rows."""
    # Draw one order of all rows;
    # then cut it. Where does the last whole batch end?
    ### BEGIN SOLUTION
    if bs < 1:
        raise ValueError("a batch has at least one row")
    order = rng.permutation(n)
    end = n - n % bs if drop_last else n
    for start in range(0, end, bs):
        yield order[start:start + bs]
    ### END SOLUTION

# %% test="minibatches-sizes" points=1.5
checks.forbid(minibatches, NOT_IN_1_TO_6)

def epoch_of(batches):
    """One epoch as a list, collected beside your code: generators do not travel."""
    def collected(*args, **options):
        return list(batches(*args, **options))
    collected.__name__ = "minibatches"
    return collected

# Seven rows in batches of three: 3, 3 and 1; together each row once.
one_epoch = checks.remote(epoch_of)(minibatches)
batches = checks.ask(one_epoch, 7, 3, np.random.default_rng(0))
checks.equal([len(rows) for rows in batches], [3, 3, 1], "the sizes for n = 7, bs = 3")
checks.equal(sorted(int(i) for rows in batches for i in rows), list(range(7)), "all rows, sorted")
batches = checks.ask(one_epoch, 7, 3, np.random.default_rng(0), drop_last=True)
checks.equal([len(rows) for rows in batches], [3, 3], "the sizes with drop_last=True")

# %% test="minibatches-tools" points=0
# The grader keeps two helpers here.
### BEGIN HIDDEN TESTS
def many_epochs(batches):
    """Several epochs from one generator."""
    def collected(count, *args, **options):
        return [list(batches(*args, **options)) for _ in range(count)]
    collected.__name__ = "minibatches"
    return collected

def batches_of(epoch, n):
    """For each row the number of the batch that holds it; -1 where none does."""
    found = {int(row): place for place, rows in enumerate(epoch) for row in rows}
    return [found.get(row, -1) for row in range(n)]
### END HIDDEN TESTS

# %% test="minibatches-permutation" points=2
# Hidden: for several n and bs each row comes exactly once, batches are integer arrays of the
# right sizes, and two epochs differ.
### BEGIN HIDDEN TESTS
checks.forbid(minibatches, NOT_IN_1_TO_6)
rng = checks.fresh_rng("minibatches-permutation")
for n, bs in [(60, 7), (48, 8), (31, 1), (int(rng.integers(90, 120)), 11)]:
    epochs = checks.ask(checks.remote(many_epochs)(minibatches), 2, n, bs, np.random.default_rng(rng.integers(2**32)))
    for epoch in epochs:
        for rows in epoch:
            checks.holds(isinstance(rows, np.ndarray) and rows.dtype.kind in "iu" and rows.ndim == 1,
                         "A batch should be an array of integers with one axis.")
        sizes = [bs] * (n // bs) + [n % bs] * (n % bs > 0)
        checks.equal([len(rows) for rows in epoch], sizes, "the list of sizes",
                     hint="Only the last batch may be smaller.")
        checks.equal(np.sort(np.concatenate(epoch)).tolist(), list(range(n)), "the sorted list of all rows",
                     hint="Every row comes once per epoch; and does a later batch overwrite an earlier one?")
    checks.holds(not np.array_equal(np.concatenate(epochs[0]), np.concatenate(epochs[1])),
                 "Two epochs from one rng should differ. Draw a new order in every call.")
### END HIDDEN TESTS

# %% test="minibatches-uniform" points=2.5
# Hidden: over 3000 epochs every row is equally likely to be in each batch, whatever batch it
# was in before, and two rows share a batch as often as they should.
### BEGIN HIDDEN TESTS
checks.forbid(minibatches, NOT_IN_1_TO_6)
rng = checks.fresh_rng("minibatches-uniform")
n, bs, count = 12, 3, 3000
epochs = checks.ask(checks.remote(many_epochs)(minibatches), count, n, bs, np.random.default_rng(rng.integers(2**32)))
places = np.array([batches_of(epoch, n) for epoch in epochs])
checks.holds(bool((places >= 0).all()), "Every row comes once per epoch; and does a later batch overwrite an earlier one?")
for column in places.T:
    checks.chi2_uniform(column, n // bs, "the batches in which one row is found")
# All rows and batches in one. The sums of rows and columns of this table are fixed, so its covariance is 3/11 of the count
# times a projection of rank 11 * 3, and 11/12 of the statistic has the chi-square law with 33 degrees of freedom: above 107
# with probability 1e-9. (A shuffle that swaps every row with any row: 283, sd 32.)
counts = np.array([np.bincount(column, minlength=n // bs) for column in places.T])
checks.holds(11 / 12 * ((counts - count / 4) ** 2).sum() / (count / 4) <= 107,
             "Some rows are more often in some batches. All orders should be equally likely: is every swap of your shuffle right?")
checks.chi2_uniform(places[0::2, 0] * 4 + places[1::2, 0], 16, "the batches of one row in two epochs that follow")
for other in (1, n - 1):
    together = (places[:, 0] == places[:, other]).astype(float)
    checks.holds(0 < together.mean() < 1, "Two rows are in the same batch always, or never. Shuffle the rows, not the batches.")
    checks.mean_is(together, (bs - 1) / (n - 1), "How often two rows share a batch")
### END HIDDEN TESTS

# %% test="minibatches-edges" points=1.5
# Hidden: bs larger than n, no rows at all, drop_last with and without a rest, bs below one.
### BEGIN HIDDEN TESTS
checks.forbid(minibatches, NOT_IN_1_TO_6)
rng = checks.fresh_rng("minibatches-edges")
one_epoch = checks.remote(epoch_of)(minibatches)
for n, bs, drop, sizes in [(5, 8, False, [5]), (5, 8, True, []), (0, 3, False, []), (0, 3, True, []), (9, 3, True, [3] * 3),
                           (11, 4, True, [4, 4]), (1, 1, False, [1]), (6, 6, True, [6])]:
    epoch = checks.ask(one_epoch, n, bs, np.random.default_rng(rng.integers(2**32)), drop_last=drop)
    checks.equal([len(rows) for rows in epoch], sizes, "the list of sizes in an edge case")
    rows = np.concatenate([np.zeros(0, int), *epoch])
    checks.holds(len(np.unique(rows)) == len(rows) and bool(((rows >= 0) & (rows < n)).all()),
                 "The rows of an epoch should be different numbers from 0 to n - 1.")
for bs in (0, -2):
    checks.raises(ValueError, one_epoch, 5, bs, np.random.default_rng(0), when="when bs is below one")
dropped = [checks.ask(one_epoch, 4, 3, np.random.default_rng(rng.integers(2**32)), drop_last=True) for _ in range(400)]
left = np.array([6 - int(sum(epoch[0])) for epoch in dropped])              # of 0 + 1 + 2 + 3 = 6 the row left out
checks.chi2_uniform(left, 4, "the rows that drop_last leaves out")
### END HIDDEN TESTS

# %% test="minibatches-habits" points=0.5
# Hidden: the same rng gives the same epoch, and no global random state is touched.
### BEGIN HIDDEN TESTS
checks.forbid(minibatches, NOT_IN_1_TO_6)
rng = checks.fresh_rng("minibatches-habits")
one_epoch = checks.remote(epoch_of)(minibatches)
checks.equal(len(checks.ask(one_epoch, 10, 4, np.random.default_rng(1))), 3, "the number of batches")
checks.battery(one_epoch, 10, 4, np.random.default_rng(rng.integers(2**32)))
### END HIDDEN TESTS

# %% [markdown]
# ## 2 · SGD and its second moment
#
# *Stochastic gradient descent* follows one random term of the mean at a time, $w \leftarrow w - \eta\,\nabla f_i(w)$ with
# $i$ uniform in $0, \dots, n-1$, drawn with replacement. For $f_i(w) = \tfrac12 h_i w^2$ everything is known: the step is
# $w \leftarrow (1 - \eta h_i)\,w$, factors of different steps are independent, and with $\bar h$ and $\rho$ the mean and
# the variance of the $h_i$ (divided by $n$),
#
# $$\mathbb E\,w_t^2 = \Big((1-\eta\bar h)^2 + \eta^2\rho\Big)^t\,w_0^2 .$$
#
# The first term is gradient descent, the second the price of sampling: a step size at which gradient descent converges
# can make the second moment explode. With additive noise the second moment does not go to zero but to a floor
# proportional to $\eta$.

# %% [markdown]
# **Write `sgd(gi, n, x0, lr, steps, rng) -> X` and `second_moment(h, lr, t)`** (16 points)
#
# - `gi(i, x)` is the gradient of term `i` at `x (d,)`, an array `(d,)`; `i` is in `0 … n-1`. Each call is counted:
#   one per step.
# - `X (steps + 1, d)` holds all iterates in float64, `X[0] = x0`. In every step a new index is drawn, all `n` equally
#   likely, independent of the others. `x0` stays as it is; `steps` may be 0.
# - `second_moment`: `h (n,)` holds the curvatures above, `t` is an integer from 0 on or an array of them. The result is
#   $\mathbb E\,w_t^2$ for $w_0 = 1$, a number or an array of the shape of `t`.
# - Not allowed: `torch`, `scipy`, `sklearn`.

# %% solution="sgd"
def sgd(gi, n, x0, lr, steps, rng):
    """Plain SGD with one term per step: returns all iterates X (steps + 1, d)."""
    # One index, one gradient, one new row;
    # allocate X as float64 whatever x0 is.
    ### BEGIN SOLUTION
    X = np.empty((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        X[k + 1] = X[k] - lr * gi(int(rng.integers(n)), X[k])
    return X
    ### END SOLUTION

# %% solution="second_moment"
def second_moment(h, lr, t):
    """E w_t^2 for w <- (1 - lr h_i) w with i uniform and w_0 = 1."""
    # Mean and variance of h, divided by n;
    # the formula above does the rest.
    ### BEGIN SOLUTION
    h = np.asarray(h, dtype=float)
    return ((1 - lr * h.mean()) ** 2 + lr**2 * h.var()) ** np.asarray(t)
    ### END SOLUTION

# %% test="sgd-by_hand" points=2
checks.forbid(sgd, NOT_IN_1_TO_6)

# One term x^2 / 2 leaves no choice: with lr = 1/2 every step halves x.
X = checks.ask(sgd, lambda i, x: x, 1, np.array([8.0, -4.0]), 0.5, 3, np.random.default_rng(0))
checks.close(X, [[8, -4], [4, -2], [2, -1], [1, -0.5]], "X for f(x) = x^2 / 2")

# Two terms that pull to 0 and to 1: with lr = 1 every iterate is one of them.
X = checks.ask(sgd, lambda i, x: x - i, 2, np.array([5.0]), 1.0, 50, np.random.default_rng(0))
checks.equal(sorted(set(X[1:, 0].tolist())), [0.0, 1.0], "the values of the iterates")

# %% test="second_moment-by_hand" points=0.5
checks.forbid(second_moment, NOT_IN_1_TO_6)

# h = (1, 3), lr = 1/4: the factor is 3/4 or 1/4, so E w_1^2 = (9 + 1) / 32.
checks.close(checks.ask(second_moment, np.array([1.0, 3.0]), 0.25, 1), 5 / 16, "E w_1^2")
checks.close(checks.ask(second_moment, np.array([1.0, 3.0]), 0.25, 2), 25 / 256, "E w_2^2")

# %% test="sgd-recursion" points=4
# Hidden: each iterate follows from the one before by one gradient of one term, asked there and
# counted; X[0] is x0.
### BEGIN HIDDEN TESTS
checks.forbid(sgd, NOT_IN_1_TO_6)
rng = checks.fresh_rng("sgd-recursion")
for n, d, steps in [(5, 3, 40), (2, 7, 45), (9, 1, 30)]:
    A, b, lr = rng.normal(size=(n, d)), rng.normal(size=n), rng.uniform(0.02, 0.2)
    terms, x0 = checks.FiniteSum(lambda i, x: A[i] * (A[i] @ x - b[i]), n, d), rng.normal(size=d)
    X = checks.ask(sgd, terms.gi, n, x0, lr, steps, np.random.default_rng(rng.integers(2**32)))
    checks.followed(X, terms, lambda k, rows, q, g: q - lr * g, start=x0, steps=steps)
    checks.equal(len(terms.indices), steps, "the number of calls of gi", hint="One term per step is enough.")
    checks.holds(len(set(terms.indices)) > 1, "Every step draws a new index: here they are all the same.")
X = checks.ask(sgd, lambda i, x: x, 4, np.array([1.0, 2.0]), 0.1, 0, np.random.default_rng(0))
checks.close(X, [[1, 2]], "X for steps = 0")
### END HIDDEN TESTS

# %% test="sgd-uniform" points=3
# Hidden: all indices are equally likely, and an index does not depend on the one before
# (2000 steps).
### BEGIN HIDDEN TESTS
checks.forbid(sgd, NOT_IN_1_TO_6)
rng = checks.fresh_rng("sgd-uniform")
terms = checks.FiniteSum(lambda i, x: x - i, 4, 1)
X = checks.ask(sgd, terms.gi, 4, np.array([1.0]), 0.1, 2000, np.random.default_rng(rng.integers(2**32)))
checks.equal(len(terms.indices), 2000, "the number of calls of gi")
drawn = np.array(terms.indices)
checks.close(X[-1], terms.points[-1] - 0.1 * terms.gradients[-1], "the last iterate", rtol=1e-12, hidden=True)
checks.chi2_uniform(drawn, 4, "the indices")
for lag in (1, 2, 4):
    first = np.arange(2000 - lag)
    first = first[first // lag % 2 == 0]
    checks.chi2_uniform(drawn[first] * 4 + drawn[first + lag], 16, "pairs of indices")
### END HIDDEN TESTS

# %% test="sgd-noise" points=1.5
# Hidden: over 4000 runs the mean of w_t^2 is the one that the formula gives, with curvatures
# that differ, and at the noise floor of additive noise.
### BEGIN HIDDEN TESTS
checks.forbid(sgd, NOT_IN_1_TO_6)
rng = checks.fresh_rng("sgd-noise")

def runs_of_sgd(sgd, h, c, start, lr, steps, seeds):
    """The last iterate of SGD on h_i w^2 / 2 - c_i w, one for each seed."""
    import numpy as np
    return [float(sgd(lambda i, w: h[i] * w - c[i], len(h), np.array([start]), lr, steps,
                      np.random.default_rng(seed))[-1][0]) for seed in seeds]

def squares(*setting):
    seeds = [int(seed) for seed in rng.integers(2**62, size=4000)]
    return np.array(checks.ask(checks.remote(runs_of_sgd), sgd, *setting, seeds)) ** 2

h = rng.permutation([0.5, 1.0, 1.5, 2.0])
checks.mean_is(squares(h, np.zeros(4), 1.0, 0.4, 3), np.mean((1 - 0.4 * h) ** 2) ** 3, "w_3^2")
mu, c = 1.0, rng.permutation([-2.0, -1.0, 1.0, 2.0])
floor = 0.5 * np.mean(c**2) / (mu * (2 - 0.5 * mu))
checks.mean_is(squares(np.full(4, mu), c, 0.0, 0.5, 22), floor, "w_t^2 at the noise floor")
### END HIDDEN TESTS

# %% test="second_moment-paths" points=2.5
# Hidden: the mean of w_t^2 over all 4^8 paths, to twelve digits.
### BEGIN HIDDEN TESTS
checks.forbid(second_moment, NOT_IN_1_TO_6)
rng = checks.fresh_rng("second_moment-paths")
for h in (rng.uniform(0.2, 3, size=4), np.array([0.0, 0.0, 0.0, rng.uniform(2, 4)]), rng.normal(size=4)):
    lr, squares = rng.uniform(0.1, 0.9), np.ones(1)
    for t in range(1, 9):
        squares = np.outer(squares, (1 - lr * h) ** 2).ravel()
        if t in (1, 3, 8):
            checks.close(checks.ask(second_moment, h, lr, t), squares.mean(), "E w_t^2", rtol=1e-12, floor=0, hidden=True)
### END HIDDEN TESTS

# %% test="second_moment-limits" points=1.5
# Hidden: t = 0, one term, an array of t, the step size 2 mean(h) / mean(h^2), at which the
# second moment neither falls nor grows, and one at which a single step ends at zero.
### BEGIN HIDDEN TESTS
checks.forbid(second_moment, NOT_IN_1_TO_6)
rng = checks.fresh_rng("second_moment-limits")
h = rng.uniform(0.5, 3, size=7)
limit = 2 * h.mean() / np.mean(h**2)
checks.close(checks.ask(second_moment, h, limit, 40), 1.0, "E w_t^2 at the limit of stability", rtol=1e-12, hidden=True)
checks.holds(checks.ask(second_moment, h, 1.01 * limit, 500) > 1 > checks.ask(second_moment, h, 0.99 * limit, 500),
             "Above the limit of stability the second moment grows, below it falls.")
checks.close(checks.ask(second_moment, h, 0.3, 0), 1.0, "E w_0^2", hidden=True)
checks.close(checks.ask(second_moment, h[:1], 0.3, 5), (1 - 0.3 * h[0]) ** 10, "E w_t^2 for one term", rtol=1e-12, floor=0,
             hidden=True)
checks.close(checks.ask(second_moment, np.array([2.0]), 0.5, np.array([0, 1, 2])), [1, 0, 0], "E w_t^2 where one step ends at zero",
             hidden=True)
times = np.array([[0, 1, 2], [5, 3, 11]])
checks.close(checks.ask(second_moment, h, 0.3, times), np.mean((1 - 0.3 * h) ** 2) ** times, "E w_t^2 for an array of t",
             rtol=1e-12, hidden=True)
### END HIDDEN TESTS

# %% test="sgd-habits" points=0.5
# Hidden: x0 is unchanged, its memory layout does not matter, float32 and integers work, and no
# global random state is touched.
### BEGIN HIDDEN TESTS
checks.forbid(sgd, NOT_IN_1_TO_6)
rng = checks.fresh_rng("sgd-habits")

def pulls(targets):
    return lambda i, x: x - targets[i]

gi = checks.remote(pulls)(rng.normal(size=(4, 3)))
x0, seed = rng.normal(size=3), int(rng.integers(2**32))
checks.array(checks.ask(sgd, gi, 4, x0, 0.1, 6, np.random.default_rng(seed)), "the result X", shape=(7, 3))
checks.battery(sgd, gi, 4, x0, 0.1, 6, np.random.default_rng(seed))
### END HIDDEN TESTS

# %% test="second_moment-habits" points=0.5
# Hidden: h is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(second_moment, NOT_IN_1_TO_6)
rng = checks.fresh_rng("second_moment-habits")
h = rng.uniform(0.5, 3, size=5)
checks.close(checks.ask(second_moment, h, 0.2, 3), np.mean((1 - 0.2 * h) ** 2) ** 3, "E w_3^2", floor=0, hidden=True)
checks.battery(second_moment, h, 0.2, 3)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Forty runs of your `sgd` on $\tfrac12 w^2$ with noisy gradients, for two step sizes, and two standard
# deviations of the noise floor. A smaller step is slower, and ends nearer.

# %% look="sgd"
import matplotlib.pyplot as plt

c = np.array([-1.0, 1.0])                       # the gradients are w - c_i
fig, axes = plt.subplots(1, 2, figsize=(8, 3), sharey=True)
for axis, lr in zip(axes, [0.5, 0.05]):
    for seed in range(40):
        X = sgd(lambda i, w: w - c[i], 2, np.array([3.0]), lr, 80, np.random.default_rng(seed))
        axis.plot(X[:, 0], "b", lw=0.4, alpha=0.4)
    floor = np.sqrt(lr / (2 - lr))
    axis.axhline(2 * floor, color="k", ls="--"); axis.axhline(-2 * floor, color="k", ls="--")
    axis.set(title=f"lr = {lr}", xlabel="step")
axes[0].set_ylabel("w"); fig.tight_layout()

# %% [markdown]
# ## 3 · Seven steps
#
# An optimiser is a function of parameters, gradient and memory. Written as a pure function
# $(p, g, \text{state}) \mapsto (p', \text{state}')$ it can be tested, repeated and stored, and two parameter sets never
# disturb each other. The recipes differ in two choices: what direction ($g$ itself, or an average of past gradients), and
# what length (the same for all, or divided entry by entry by the size that gradients had). Averages that begin at zero
# are too small at first; Adam divides by $1-\beta^t$ to repair that. And $\varepsilon$ stands *outside* the root:
# for gradients of size $10^{-8}$ that is no detail.

# %% [markdown]
# **Write seven functions `step(p, g, state, *, ...) -> (p', state')`** (20 points)
#
# | function | keyword arguments | new memory | step $p - p'$ |
# |---|---|---|---|
# | `sgd_step` | `lr` | | $\eta g$ |
# | `momentum_step` | `lr, beta=0.9` | $v' = \beta v + g$ | $\eta v'$ |
# | `nesterov_step` | `lr, beta=0.9` | $v' = \beta v + g$ | $\eta\,(g + \beta v')$ |
# | `adagrad_step` | `lr, eps=1e-8` | $s' = s + g^2$ | $\eta\, g / (\sqrt{s'} + \varepsilon)$ |
# | `rmsprop_step` | `lr, rho=0.9, eps=1e-8` | $s' = \rho s + (1-\rho) g^2$ | $\eta\, g / (\sqrt{s'} + \varepsilon)$ |
# | `adam_step` | `lr, beta1=0.9, beta2=0.999, eps=1e-8` | $t' = t + 1$, $\;m' = \beta_1 m + (1-\beta_1) g$, $\;s' = \beta_2 s + (1-\beta_2) g^2$ | $\eta\,\hat m/(\sqrt{\hat s} + \varepsilon)$ with $\hat m = m'/(1-\beta_1^{t'})$, $\hat s = s'/(1-\beta_2^{t'})$ |
# | `adamw_step` | as `adam_step`, and `wd=0.01` | as `adam_step` | $\eta\,\hat m/(\sqrt{\hat s} + \varepsilon) + \eta\,\mathrm{wd}\,p$ |
#
# - `p` and `g` have the same shape, any one; all memory begins at zero. The first call gets `state=None`, later calls
#   get what the call before returned. What is in a state is up to you: arrays and numbers in plain lists, tuples or dicts
#   (nothing else comes back as it was: no classes of your own, no named tuples).
# - `lr` may change from call to call. Nothing is kept elsewhere and no argument is changed, the old state included: the
#   same call again gives the same result. Results are new arrays. Where all gradients were zero, the step is finite.
# - Not allowed: `torch`, `scipy`, `sklearn`.

# %% solution="sgd_step"
def sgd_step(p, g, state, *, lr):
    """One step of SGD: returns p', state'."""
    # No memory at all.
    ### BEGIN SOLUTION
    return p - lr * g, None
    ### END SOLUTION

# %% solution="momentum_step"
def momentum_step(p, g, state, *, lr, beta=0.9):
    """One step with momentum (heavy ball): returns p', state'."""
    # v begins at zero;
    # then v' is g, but not the same array.
    ### BEGIN SOLUTION
    v = g + (0 if state is None else beta * state)
    return p - lr * v, v
    ### END SOLUTION

# %% solution="nesterov_step"
def nesterov_step(p, g, state, *, lr, beta=0.9):
    """One step with Nesterov momentum: returns p', state'."""
    # Look one step ahead
    # with the new velocity.
    ### BEGIN SOLUTION
    v = g + (0 if state is None else beta * state)
    return p - lr * (g + beta * v), v
    ### END SOLUTION

# %% solution="adagrad_step"
def adagrad_step(p, g, state, *, lr, eps=1e-8):
    """One step of AdaGrad: returns p', state'."""
    # Sum the squares,
    # divide by the root.
    ### BEGIN SOLUTION
    s = g**2 + (0 if state is None else state)
    return p - lr * g / (np.sqrt(s) + eps), s
    ### END SOLUTION

# %% solution="rmsprop_step"
def rmsprop_step(p, g, state, *, lr, rho=0.9, eps=1e-8):
    """One step of RMSProp: returns p', state'."""
    # As AdaGrad, with
    # a memory that fades.
    ### BEGIN SOLUTION
    s = (1 - rho) * g**2 + (0 if state is None else rho * state)
    return p - lr * g / (np.sqrt(s) + eps), s
    ### END SOLUTION

# %% solution="adam_step"
def adam_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8):
    """One step of Adam: returns p', state'."""
    # Count the calls in the state;
    # correct both averages before you divide.
    ### BEGIN SOLUTION
    m, s, t = (0, 0, 0) if state is None else state
    m, s, t = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2, t + 1
    step = m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return p - lr * step, (m, s, t)
    ### END SOLUTION

# %% solution="adamw_step"
def adamw_step(p, g, state, *, lr, beta1=0.9, beta2=0.999, eps=1e-8, wd=0.01):
    """One step of Adam with decoupled weight decay: returns p', state'."""
    # The decay acts on p,
    # and never enters the averages.
    ### BEGIN SOLUTION
    m, s, t = (0, 0, 0) if state is None else state
    m, s, t = beta1 * m + (1 - beta1) * g, beta2 * s + (1 - beta2) * g**2, t + 1
    step = m / (1 - beta1**t) / (np.sqrt(s / (1 - beta2**t)) + eps)
    return p - lr * step - lr * wd * p, (m, s, t)
    ### END SOLUTION

# %% test="momentum_step-by_hand" points=1
for step in (sgd_step, momentum_step, nesterov_step):
    checks.forbid(step, NOT_IN_1_TO_6)

# Two steps from p = 1 with g = 1, lr = 0.1 and beta = 0.5; v' is 1, then 1.5.
one = np.array([1.0])
for step, hyper, first, second in [(sgd_step, {}, 0.9, 0.8),
                                   (momentum_step, {"beta": 0.5}, 0.9, 0.75),
                                   (nesterov_step, {"beta": 0.5}, 0.85, 0.675)]:
    p, state = checks.ask(step, one, one, None, lr=0.1, **hyper)
    checks.close(p, [first], f"p' of {step.__name__}")
    p, state = checks.ask(step, p, one, state, lr=0.1, **hyper)
    checks.close(p, [second], f"p' of {step.__name__}, second step")

# %% test="adam_step-by_hand" points=1
for step in (adagrad_step, rmsprop_step, adam_step, adamw_step):
    checks.forbid(step, NOT_IN_1_TO_6)

# The first step of Adam is lr times the sign of g; without the correction 3.16 times that.
p, g = np.array([1.0, 1.0]), np.array([0.3, -40.0])
for step, hyper, expected in [(adagrad_step, {}, [0.9, 1.1]),
                              (rmsprop_step, {"rho": 0.75}, [0.8, 1.2]),
                              (adam_step, {}, [0.9, 1.1]),
                              (adamw_step, {"wd": 0.5}, [0.85, 1.05])]:
    new, state = checks.ask(step, p, g, None, lr=0.1, **hyper)
    checks.close(new, expected, f"p' of {step.__name__}", rtol=1e-6)

# %% test="momentum_step-tools" points=0
# The grader keeps its own steps here.
### BEGIN HIDDEN TESTS
def adam_like(g, memory, beta1, beta2, eps):
    m, s, t = memory or (np.zeros_like(g), np.zeros_like(g), 0)
    m, s, t = m + (1 - beta1) * (g - m), s + (1 - beta2) * (g * g - s), t + 1
    return (m / (1 - beta1**t)) / (np.sqrt(s / (1 - beta2**t)) + eps), (m, s, t)

def our_step(name, p, g, memory, *, lr, beta=0.9, rho=0.9, beta1=0.9, beta2=0.999, eps=1e-8, wd=0.01):
    """One step of the method as the statement has it: p', memory'."""
    zero = np.zeros_like(g) if memory is None else memory
    if name == "sgd_step":
        return p - lr * g, None
    if name in ("momentum_step", "nesterov_step"):
        v = beta * zero + g
        return p - lr * (v if name == "momentum_step" else g + beta * v), v
    if name in ("adagrad_step", "rmsprop_step"):
        s = zero + g * g if name == "adagrad_step" else rho * zero + (1 - rho) * g * g
        return p - lr * g / (np.sqrt(s) + eps), s
    direction, memory = adam_like(g, memory, beta1, beta2, eps)
    return p - lr * direction - (lr * wd * p if name == "adamw_step" else 0), memory

def the_seven():
    """The student's steps by name, looked up when this is called: a missing one costs no other problem."""
    return {"sgd_step": sgd_step, "momentum_step": momentum_step, "nesterov_step": nesterov_step, "adagrad_step": adagrad_step,
            "rmsprop_step": rmsprop_step, "adam_step": adam_step, "adamw_step": adamw_step}

HYPER = {"momentum_step": ("beta",), "nesterov_step": ("beta",), "adagrad_step": ("eps",), "rmsprop_step": ("rho", "eps"),
         "adam_step": ("beta1", "beta2", "eps"), "adamw_step": ("beta1", "beta2", "eps", "wd"), "sgd_step": ()}

HINT = {"adagrad_step": "The new square counts at once, and eps stands outside the root.",
        "rmsprop_step": "The new square counts at once with 1 - rho, and eps stands outside the root.",
        "adam_step": "Both averages begin at zero and are corrected, t is 1 in the first step, eps stands outside the root.",
        "adamw_step": "The decay is lr * wd * p with the old p, and g enters the averages alone.",
        "momentum_step": "v' = beta v + g, and lr multiplies v' afterwards.",
        "nesterov_step": "v' = beta v + g, and lr multiplies g + beta v' afterwards.", "sgd_step": "p' = p - lr g."}

def hyper(name, rng):
    """Hyperparameters off the usual places."""
    drawn = {"beta": rng.uniform(0.5, 0.95), "rho": rng.uniform(0.5, 0.95), "beta1": rng.uniform(0.5, 0.95),
             "beta2": rng.uniform(0.9, 0.995), "eps": 10 ** rng.uniform(-3, -2), "wd": rng.uniform(0.5, 2)}
    return {"lr": rng.uniform(0.05, 0.2)} | {key: float(drawn[key]) for key in HYPER[name]}

def follows(name, step, rng, steps=50, shapes=((5, 3), (7,), (2, 1, 4)), defaults=False, size=1.0):
    """The student's step stays beside ours, also when lr changes; gradients of size around `size`.

    One entry is always zero; later every other gradient is zero in a third of its entries, and every fourth throughout.
    """
    for place, shape in enumerate(shapes):
        options = {"lr": 0.1} if defaults else hyper(name, rng)
        p = ours = rng.normal(size=shape)
        state = memory = None
        for count in range(steps if place == 0 else min(steps, 12)):
            g = size * rng.normal(size=shape)
            g.flat[-1] = 0.0
            if count % 2 == 1:
                g *= 0.0 if count % 4 == 3 else rng.random(size=shape) > 1 / 3
            options["lr"] = 0.1 if defaults else rng.uniform(0.05, 0.2)
            answer = checks.ask(step, p, g, state, **options)
            checks.holds(isinstance(answer, tuple | list) and len(answer) == 2, f"{name} should return two things: p', state'.")
            (p, state), (ours, memory) = answer, our_step(name, ours, g, memory, **options)
            checks.close(p, ours, f"p' of {name}", rtol=2.2e-12, hidden=True, hint=HINT[name])
### END HIDDEN TESTS

# %% test="sgd_step-steps" points=1
# Hidden: random steps of SGD for several shapes.
### BEGIN HIDDEN TESTS
checks.forbid(sgd_step, NOT_IN_1_TO_6)
follows("sgd_step", sgd_step, checks.fresh_rng("sgd_step-steps"), steps=10)
### END HIDDEN TESTS

# %% test="momentum_step-steps" points=2
# Hidden: fifty random steps with momentum, for several beta and shapes, while lr changes; some
# gradients are zero, here and for the other methods.
### BEGIN HIDDEN TESTS
checks.forbid(momentum_step, NOT_IN_1_TO_6)
follows("momentum_step", momentum_step, checks.fresh_rng("momentum_step-steps"))
follows("momentum_step", momentum_step, checks.fresh_rng("momentum_step-steps"), steps=5, defaults=True)
### END HIDDEN TESTS

# %% test="nesterov_step-steps" points=2
# Hidden: fifty random steps with Nesterov momentum.
### BEGIN HIDDEN TESTS
checks.forbid(nesterov_step, NOT_IN_1_TO_6)
follows("nesterov_step", nesterov_step, checks.fresh_rng("nesterov_step-steps"))
follows("nesterov_step", nesterov_step, checks.fresh_rng("nesterov_step-steps"), steps=5, defaults=True)
### END HIDDEN TESTS

# %% test="adagrad_step-steps" points=1.5
# Hidden: fifty random steps of AdaGrad; also with gradients of size 1e-8, and zeros.
### BEGIN HIDDEN TESTS
checks.forbid(adagrad_step, NOT_IN_1_TO_6)
follows("adagrad_step", adagrad_step, checks.fresh_rng("adagrad_step-steps"))
follows("adagrad_step", adagrad_step, checks.fresh_rng("adagrad_step-steps"), steps=5, defaults=True, size=1e-8)
### END HIDDEN TESTS

# %% test="rmsprop_step-steps" points=1.5
# Hidden: fifty random steps of RMSProp; also with gradients of size 1e-8, and zeros.
### BEGIN HIDDEN TESTS
checks.forbid(rmsprop_step, NOT_IN_1_TO_6)
follows("rmsprop_step", rmsprop_step, checks.fresh_rng("rmsprop_step-steps"))
follows("rmsprop_step", rmsprop_step, checks.fresh_rng("rmsprop_step-steps"), steps=5, defaults=True, size=1e-8)
### END HIDDEN TESTS

# %% test="adam_step-steps" points=2
# Hidden: fifty random steps of Adam, for several hyperparameters and shapes.
### BEGIN HIDDEN TESTS
checks.forbid(adam_step, NOT_IN_1_TO_6)
follows("adam_step", adam_step, checks.fresh_rng("adam_step-steps"))
### END HIDDEN TESTS

# %% test="adam_step-tiny" points=1.5
# Hidden: gradients of size 1e-8 with the usual eps, which stands outside the root.
### BEGIN HIDDEN TESTS
checks.forbid(adam_step, NOT_IN_1_TO_6)
follows("adam_step", adam_step, checks.fresh_rng("adam_step-tiny"), steps=10, defaults=True, size=1e-8)
### END HIDDEN TESTS

# %% test="adam_step-zeros" points=0.75
# Hidden: gradients that are zero, some or all of them, give finite steps.
### BEGIN HIDDEN TESTS
checks.forbid(adam_step, NOT_IN_1_TO_6)
rng = checks.fresh_rng("adam_step-zeros")
follows("adam_step", adam_step, rng, steps=3, defaults=True, size=0.0)
p, state = checks.ask(adam_step, np.ones(3), np.array([0.0, 2.0, 0.0]), None, lr=0.1)
p, state = checks.ask(adam_step, p, np.zeros(3), state, lr=0.1)
checks.close(p[[0, 2]], [1, 1], "the entries of p whose gradients were zero", hidden=True)
first, memory = our_step("adam_step", np.ones(3), np.array([0.0, 2.0, 0.0]), None, lr=0.1)
checks.close(p, our_step("adam_step", first, np.zeros(3), memory, lr=0.1)[0], "p' after a gradient that is zero", hidden=True,
             hint="The averages go on without it.")
follows("adam_step", adam_step, rng, steps=3, shapes=((),), defaults=True)
### END HIDDEN TESTS

# %% test="adamw_step-steps" points=2.5
# Hidden: fifty random steps of AdamW, with large gradients and strong decay, where the decay of
# Adam with a penalty would be lost.
### BEGIN HIDDEN TESTS
checks.forbid(adamw_step, NOT_IN_1_TO_6)
rng = checks.fresh_rng("adamw_step-steps")
follows("adamw_step", adamw_step, rng)
follows("adamw_step", adamw_step, rng, steps=20, shapes=((5, 3),), size=100.0)
follows("adamw_step", adamw_step, rng, steps=5, defaults=True, size=1e-8)
### END HIDDEN TESTS

# %% test="momentum_step-interleaved" points=1.5
# Hidden, for all seven: two parameter sets in turn end where each ends alone, and the same call
# with the same state object again gives the same result. Not whether the result is right.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng("momentum_step-interleaved")

def two_equal_steps(step, p, g, state, options):
    """The same call two times in one process, the state being one object."""
    first = step(p.copy(), g.copy(), state, **options)[0].copy()
    return first, step(p.copy(), g.copy(), state, **options)[0]

for name, step in the_seven().items():
    checks.forbid(step, NOT_IN_1_TO_6)
    options, starts = hyper(name, rng), [rng.normal(size=(5, 3)), rng.normal(size=4)]
    slopes = [[rng.normal(size=start.shape) for _ in range(6)] for start in starts]
    alone = []
    for start, gradients in zip(starts, slopes):
        p, state = start, None
        for g in gradients:
            first, again = checks.ask(checks.remote(two_equal_steps), step, p, g, state, options)
            checks.close(again, first, f"the second of two equal calls of {name}", rtol=0, hidden=True)
            p, state = checks.ask(step, p, g, state, **options)
        alone.append(p)
    turns, sets = [0, 1, 1, 0, 1, 0, 0, 0, 1, 1, 0, 1], [[start, None] for start in starts]
    for place in turns:
        sets[place] = list(checks.ask(step, sets[place][0], slopes[place].pop(0), sets[place][1], **options))
    for (p, state), single in zip(sets, alone):
        checks.close(p, single, f"what two parameter sets in turn give with {name}", rtol=0, hidden=True)
### END HIDDEN TESTS

# %% test="momentum_step-care" points=0
# The grader asks the habits of all seven in one way.
### BEGIN HIDDEN TESTS
def moved(step, name):
    """The step without its state: what a state shares with the one before is not asked."""
    def parameters(*args, **options):
        return step(*args, **options)[0]
    parameters.__name__ = name
    return parameters

def with_care(name, step):
    """The habits of one step: at the start, and with the state of an earlier step."""
    rng = checks.fresh_rng(f"{name}-habits")
    options = hyper(name, rng)
    p, g = rng.normal(size=(5, 3)), rng.choice([-1.0, 1.0], size=(5, 3)) * rng.uniform(0.5, 1.5, size=(5, 3))
    answer = checks.ask(step, p, g, None, **options)
    checks.holds(isinstance(answer, tuple | list) and len(answer) == 2, f"{name} should return two things: p', state'.")
    checks.close(answer[0], our_step(name, p, g, None, **options)[0], f"p' of {name}", hidden=True)
    checks.battery(step, p, g, None, **options)
    checks.battery(checks.remote(moved)(step, name), p, g, answer[1], skip=("float32", "integer"), **options)
### END HIDDEN TESTS

# %% test="sgd_step-habits" points=0.25
# Hidden: arguments are unchanged, results are new, memory layout and number type do not matter.
### BEGIN HIDDEN TESTS
checks.forbid(sgd_step, NOT_IN_1_TO_6)
with_care("sgd_step", sgd_step)
### END HIDDEN TESTS

# %% test="momentum_step-habits" points=0.25
# Hidden: the same habits for momentum, the state included.
### BEGIN HIDDEN TESTS
checks.forbid(momentum_step, NOT_IN_1_TO_6)
with_care("momentum_step", momentum_step)
### END HIDDEN TESTS

# %% test="nesterov_step-habits" points=0.25
# Hidden: the same habits for Nesterov momentum.
### BEGIN HIDDEN TESTS
checks.forbid(nesterov_step, NOT_IN_1_TO_6)
with_care("nesterov_step", nesterov_step)
### END HIDDEN TESTS

# %% test="adagrad_step-habits" points=0.25
# Hidden: the same habits for AdaGrad.
### BEGIN HIDDEN TESTS
checks.forbid(adagrad_step, NOT_IN_1_TO_6)
with_care("adagrad_step", adagrad_step)
### END HIDDEN TESTS

# %% test="rmsprop_step-habits" points=0.25
# Hidden: the same habits for RMSProp.
### BEGIN HIDDEN TESTS
checks.forbid(rmsprop_step, NOT_IN_1_TO_6)
with_care("rmsprop_step", rmsprop_step)
### END HIDDEN TESTS

# %% test="adam_step-habits" points=0.25
# Hidden: the same habits for Adam.
### BEGIN HIDDEN TESTS
checks.forbid(adam_step, NOT_IN_1_TO_6)
with_care("adam_step", adam_step)
### END HIDDEN TESTS

# %% test="adamw_step-habits" points=0.25
# Hidden: the same habits for AdamW.
### BEGIN HIDDEN TESTS
checks.forbid(adamw_step, NOT_IN_1_TO_6)
with_care("adamw_step", adamw_step)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Your steps in the narrow valley $f(x, y) = \tfrac12(x^2 + 50 y^2)$, from $(-4, 1)$. Methods that divide by the
# size of the gradients do not see that the axes differ.

# %% look="adam_step"
import matplotlib.pyplot as plt

curvature = np.array([1.0, 50.0])
u, v = np.meshgrid(np.linspace(-4.5, 1.5, 120), np.linspace(-1.3, 1.3, 120))
plt.figure(figsize=(7, 3.4))
plt.contour(u, v, (u**2 + 50 * v**2) / 2, levels=np.logspace(-1.5, 2, 10), colors="0.8")
for step, hyper in [(sgd_step, {"lr": 0.03}), (momentum_step, {"lr": 0.01, "beta": 0.9}),
                    (adagrad_step, {"lr": 0.6}), (adam_step, {"lr": 0.3})]:
    p, state, path = np.array([-4.0, 1.0]), None, []
    for _ in range(60):
        path.append(p)
        p, state = step(p, curvature * p, state, **hyper)
    plt.plot(*np.array(path).T, ".-", lw=0.8, label=step.__name__)
plt.legend(fontsize=8); plt.tight_layout()

# %% [markdown]
# ## 4 · Schedules
#
# With a constant step size SGD stops falling at its noise floor; with one that falls too fast it never arrives. Practice
# uses simple schedules: drop by a factor now and then, fall like a cosine, or like $1/\sqrt{\text{step}}$. Adaptive
# methods begin with a few averages over hardly any gradients, so large models *warm up*: the step size rises linearly
# from 0 during the first $w$ steps. With base step size $\eta$, floor $\eta_{\min}$ and $T$ steps in total:
#
# $$\text{cosine:}\quad \eta_{\min} + \tfrac12(\eta - \eta_{\min})\Big(1 + \cos\frac{\pi\,(k - w)}{T - w}\Big),\quad w \le k \le T;
# \qquad\quad \text{inverse root:}\quad \eta\,\sqrt{\frac{\max(w, 1)}{\max(k, 1)}},\quad k \ge w .$$

# %% [markdown]
# **Write `lr_at(step, kind, *, lr, warmup=0, total=1000, min_lr=0.0, drop=0.5, every=100)`** (6 points)
#
# - `step` is an integer $k \ge 0$ or an array of them; the result is a float, or an array of the same shape.
# - `kind` is one of the following; anything else raises `ValueError`.
#   - `"constant"`: `lr`, always.
#   - `"step"`: `lr` times `drop` to the power $\lfloor k / \texttt{every} \rfloor$.
#   - `"cosine"`: the formula above; before the step `warmup` it is `lr * k / warmup`, after `total` it stays at `min_lr`.
#   - `"inverse_sqrt"`: the formula above, with the same warm-up.
# - `warmup` may be 0: then there is none, and the step 0 has the full `lr`. You may rely on `warmup < total`.
# - Not allowed: `torch`, `scipy`, `sklearn`.

# %% solution="lr_at"
def lr_at(step, kind, *, lr, warmup=0, total=1000, min_lr=0.0, drop=0.5, every=100):
    """The step size of a schedule at an integer step, or at an array of them."""
    # np.where and np.clip serve numbers and arrays alike;
    # mind the division by warmup when it is 0.
    ### BEGIN SOLUTION
    k = np.asarray(step)
    rise = lr * k / max(warmup, 1)
    if kind == "constant":
        rate = lr + 0.0 * k
    elif kind == "step":
        rate = lr * float(drop) ** (k // every)
    elif kind == "cosine":
        part = np.clip((k - warmup) / (total - warmup), 0, 1)
        rate = np.where(k < warmup, rise, min_lr + (lr - min_lr) * (1 + np.cos(np.pi * part)) / 2)
    elif kind == "inverse_sqrt":
        rate = np.where(k < warmup, rise, lr * np.sqrt(max(warmup, 1) / np.maximum(k, 1)))
    else:
        raise ValueError(f"unknown kind {kind!r}")
    return float(rate) if np.ndim(rate) == 0 else rate
    ### END SOLUTION

# %% test="lr_at-by_hand" points=1
checks.forbid(lr_at, NOT_IN_1_TO_6)

# Warm-up for 4 of 10 steps to 0.8, then down to 0.2 along a cosine: half-way at step 7.
cosine = dict(lr=0.8, warmup=4, total=10, min_lr=0.2)
for step, expected in [(0, 0.0), (2, 0.4), (4, 0.8), (7, 0.5), (10, 0.2)]:
    checks.close(checks.ask(lr_at, step, "cosine", **cosine), expected, f"cosine at {step}")
checks.close(checks.ask(lr_at, 250, "step", lr=0.8), 0.2, "step at 250, with two drops")
checks.close(checks.ask(lr_at, 36, "inverse_sqrt", lr=0.8, warmup=9), 0.4, "inverse_sqrt at 36")
checks.close(checks.ask(lr_at, 36, "constant", lr=0.8), 0.8, "constant at 36")

# %% test="lr_at-tools" points=0
# The grader keeps its own schedules here.
### BEGIN HIDDEN TESTS
def our_lr(k, kind, lr, warmup=0, total=1000, min_lr=0.0, drop=0.5, every=100):
    import math
    if kind == "constant":
        return lr
    if kind == "step":
        return lr * drop ** (k // every)
    if k < warmup:
        return lr * k / warmup
    if kind == "inverse_sqrt":
        return lr * math.sqrt(max(warmup, 1) / max(k, 1))
    return min_lr + (lr - min_lr) * math.cos(math.pi / 2 * min((k - warmup) / (total - warmup), 1)) ** 2
### END HIDDEN TESTS

# %% test="lr_at-boundaries" points=2
# Hidden: the first and last step, the steps around the end of the warm-up, around total and
# around each drop.
### BEGIN HIDDEN TESTS
checks.forbid(lr_at, NOT_IN_1_TO_6)
rng = checks.fresh_rng("lr_at-boundaries")
lr, low = rng.uniform(0.1, 0.9), rng.uniform(0.001, 0.05)
for warmup, total in [(6, 31), (1, 9), (50, 51)]:
    for k in (0, 1, warmup - 1, warmup, warmup + 1, total - 1, total, total + 1, total + 5, 3 * total):
        for kind in ("cosine", "inverse_sqrt"):
            got = checks.ask(lr_at, k, kind, lr=lr, warmup=warmup, total=total, min_lr=low)
            checks.close(got, our_lr(k, kind, lr, warmup, total, low), f"the schedule {kind} at a boundary", rtol=1e-12, floor=lr,
                         hidden=True)
for k in (0, 6, 7, 8, 13, 14, 15, 70):
    got = checks.ask(lr_at, k, "step", lr=lr, drop=0.3, every=7)
    checks.close(got, our_lr(k, "step", lr, drop=0.3, every=7), "the schedule step at a boundary", rtol=1e-12, floor=0, hidden=True)
### END HIDDEN TESTS

# %% test="lr_at-arrays" points=2
# Hidden: arrays of steps of any shape, for every kind and random numbers.
### BEGIN HIDDEN TESTS
checks.forbid(lr_at, NOT_IN_1_TO_6)
rng = checks.fresh_rng("lr_at-arrays")
for shape in [(40,), (3, 5), (1,)]:
    k = rng.integers(0, 300, size=shape)
    drawn = dict(lr=rng.uniform(0.1, 0.9), warmup=int(rng.integers(20, 60)), total=int(rng.integers(150, 200)), min_lr=0.01,
                 drop=rng.uniform(0.2, 0.8), every=int(rng.integers(20, 40)))
    for kind in ("constant", "step", "cosine", "inverse_sqrt"):
        expected = np.array([our_lr(int(each), kind, **drawn) for each in k.ravel()]).reshape(shape)
        checks.close(checks.ask(lr_at, k, kind, **drawn), expected, f"the schedule {kind} for an array of steps", rtol=1e-12,
                     floor=0, hidden=True)
### END HIDDEN TESTS

# %% test="lr_at-edges" points=0.5
# Hidden: no warm-up, and a kind that does not exist.
### BEGIN HIDDEN TESTS
checks.forbid(lr_at, NOT_IN_1_TO_6)
for k in (0, 1, 4, 60):
    for kind in ("cosine", "inverse_sqrt"):
        got = checks.ask(lr_at, k, kind, lr=0.3, warmup=0, total=60)
        checks.close(got, our_lr(k, kind, 0.3, 0, 60), f"the schedule {kind} without warm-up", rtol=1e-12, hidden=True)
for kind in ("linear", "cosines"):
    checks.raises(ValueError, lr_at, 3, kind, lr=0.1, when="when kind is not known")
### END HIDDEN TESTS

# %% test="lr_at-habits" points=0.5
# Hidden: an array of steps is unchanged, its memory layout does not matter.
### BEGIN HIDDEN TESTS
checks.forbid(lr_at, NOT_IN_1_TO_6)
rng = checks.fresh_rng("lr_at-habits")
k = rng.permutation(np.arange(0, 96, 8)).reshape(4, 3)
expected = np.array([our_lr(int(each), "cosine", 0.3, 10, 70) for each in k.ravel()]).reshape(4, 3)
checks.close(checks.ask(lr_at, k, "cosine", lr=0.3, warmup=10, total=70), expected, "the schedule", hidden=True)
for kind in ("constant", "step", "cosine", "inverse_sqrt"):
    checks.battery(lr_at, k, kind, lr=0.3, warmup=10, total=70)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Your four schedules over 1000 steps.

# %% look="lr_at"
import matplotlib.pyplot as plt

k = np.arange(1101)
plt.figure(figsize=(6, 2.8))
for kind in ("constant", "step", "cosine", "inverse_sqrt"):
    rate = lr_at(k, kind, lr=1.0, warmup=100, total=1000, min_lr=0.05, every=250)
    plt.plot(k, rate, label=kind)
plt.xlabel("step"); plt.ylabel("step size"); plt.legend(fontsize=8); plt.tight_layout()

# %% [markdown]
# ## 5 · Variance reduction
#
# The noise of SGD does not vanish at the minimum, where single gradients still differ. *SVRG* removes it: keep a snapshot
# $\tilde x$ with its full gradient, and correct each single gradient by what it was there,
#
# $$x \leftarrow x - \eta\,\big(\nabla f_i(x) - \nabla f_i(\tilde x) + \nabla f(\tilde x)\big),\qquad i \text{ uniform}.$$
#
# The mean over $i$ is $\nabla f(x)$ as before. But near the minimum $x$ and $\tilde x$ are close, the two single
# gradients nearly cancel, and a *constant* step size converges linearly: for the price of a pass over the data now and
# then, and of two single gradients per step, $n + 2m$ per epoch.

# %% [markdown]
# **Write `svrg(gi, full, n, x0, lr, m, epochs, rng) -> X`** (12 points)
#
# - `gi(i, x)` is the gradient of term `i`, `full(x)` the mean of all `n` at once. Single gradients are counted, `full` as
#   `n` of them: `epochs * (n + 2 * m)` are allowed. (You may store gradients and use fewer.)
# - An epoch takes `m` steps from the snapshot, with that snapshot and its full gradient throughout; the last iterate is
#   the next snapshot. Each step draws a new index, uniform in `0 … n-1`.
# - `X (epochs + 1, d)` holds the snapshots in float64, `X[0] = x0`; `x0` stays as it is; `epochs` may be 0.
# - Not allowed: `torch`, `scipy`, `sklearn`.

# %% solution="svrg"
def svrg(gi, full, n, x0, lr, m, epochs, rng):
    """SVRG with m steps per epoch: returns the snapshots X (epochs + 1, d)."""
    # Outer loop: snapshot and its full gradient.
    # Inner loop: the corrected direction; x and the snapshot must not be one array.
    ### BEGIN SOLUTION
    X = np.empty((epochs + 1, len(x0)))
    X[0] = x0
    for epoch in range(epochs):
        snapshot, x = X[epoch], X[epoch].copy()
        mean = full(snapshot)
        for i in rng.integers(n, size=m):
            x = x - lr * (gi(int(i), x) - gi(int(i), snapshot) + mean)
        X[epoch + 1] = x
    return X
    ### END SOLUTION

# %% test="svrg-by_hand" points=2
checks.forbid(svrg, NOT_IN_1_TO_6)

# Terms (x - a_i)^2 / 2 with a = (0, 3, 6): the direction is x - 3 whatever i is. With lr = 1/2
# and m = 2 the distance to 3 is a quarter after every epoch.
a = [0.0, 3.0, 6.0]
X = checks.ask(svrg, lambda i, x: x - a[i], lambda x: x - 3.0, 3, np.array([19.0]), 0.5, 2, 2,
               np.random.default_rng(0))
checks.close(X, [[19], [7], [4]], "the snapshots X")

# %% test="svrg-tools" points=0
# The grader keeps its problems here, and what it reads from the calls.
### BEGIN HIDDEN TESTS
def least_squares(rng, n, d):
    """A (n, d) and b (n,) of the terms (a_i x - b_i)^2 / 2 + x^2 / 20, with rows of different lengths up to 1.5."""
    A = rng.normal(size=(n, d))
    return A * rng.uniform(0.7, 1.5, size=(n, 1)) / np.linalg.norm(A, axis=1, keepdims=True), rng.normal(size=n)

def counted(A, b):
    return checks.FiniteSum(lambda i, x: A[i] * (A[i] @ x - b[i]) + 0.1 * x, len(A), A.shape[1])

def replayed(X, terms, x0, lr, m, epochs):
    """The indices of all steps but the first of each epoch, read from the log; a failed check when X does not follow.

    The first step of an epoch is -lr times the full gradient whatever its index is. Then each iterate, computed by us,
    must have been asked about, and the term that was asked there gives the next one: in whatever order the student asks,
    and whatever is stored.
    """
    checks.array(X, "the result X", shape=(epochs + 1, terms.dim))
    checks.holds(np.array_equal(X[0], x0), "X[0] should be x0, unchanged.")
    indices, points, at, drawn = terms.indices, terms.points, 0, []
    for epoch in range(epochs):
        snapshot = X[epoch]
        mean = terms.gradient(snapshot)
        x = snapshot - lr * mean
        for _ in range(m - 1):
            near = 1e-10 * (1 + np.linalg.norm(x))
            at = next((k for k in range(at, len(points)) if indices[k] >= 0 and np.linalg.norm(points[k] - x) <= near), None)
            checks.holds(at is not None, "A step of an epoch does not follow from the one before: the direction is the "
                                         "gradient of one term at x, minus that at the snapshot, plus the full gradient there.")
            i = indices[at]
            drawn.append(i)
            x = x - lr * (terms._term(i, x) - terms._term(i, snapshot) + mean)
        checks.close(X[epoch + 1], x, "the snapshot after an epoch", rtol=1e-10, hidden=True)
    return np.array(drawn)
### END HIDDEN TESTS

# %% test="svrg-recursion" points=4
# Hidden: every step of every epoch follows from the one before, with the snapshot and the full
# gradient of its epoch.
### BEGIN HIDDEN TESTS
checks.forbid(svrg, NOT_IN_1_TO_6)
rng = checks.fresh_rng("svrg-recursion")
for n, d, m, epochs in [(7, 3, 12, 4), (4, 5, 9, 3), (3, 1, 1, 5), (5, 2, 4, 0)]:
    A, b = least_squares(rng, n, d)
    terms, x0, lr = counted(A, b), rng.normal(size=d), rng.uniform(0.02, 0.08)
    X = checks.ask(svrg, terms.gi, terms.full, n, x0, lr, m, epochs, np.random.default_rng(rng.integers(2**32)))
    drawn = replayed(X, terms, x0, lr, m, epochs)
    checks.holds(len(drawn) < 12 or len(set(drawn.tolist())) > 1, "Every step draws a new index: here they are all the same.")
### END HIDDEN TESTS

# %% test="svrg-work" points=2
# Hidden: no more than epochs * (n + 2 m) gradients of single terms, full counted as n.
### BEGIN HIDDEN TESTS
checks.forbid(svrg, NOT_IN_1_TO_6)
rng = checks.fresh_rng("svrg-work")
for n, m, epochs in [(20, 15, 3), (6, 25, 2)]:
    A, b = least_squares(rng, n, 3)
    terms, x0 = counted(A, b), rng.normal(size=3)
    X = checks.ask(svrg, terms.gi, terms.full, n, x0, 0.03, m, epochs, np.random.default_rng(rng.integers(2**32)))
    checks.holds(terms.count <= epochs * (n + 2 * m), "More than epochs * (n + 2 m) single gradients were computed. The full "
                                                      "gradient is asked once per epoch.")
    replayed(X, terms, x0, 0.03, m, epochs)
### END HIDDEN TESTS

# %% test="svrg-linear" points=2
# Hidden: after 6 epochs of 2 n steps the loss is nearly at its minimum, where SGD with as much
# work is not; the mean over five problems.
### BEGIN HIDDEN TESTS
checks.forbid(svrg, NOT_IN_1_TO_6)
rng = checks.fresh_rng("svrg-linear")

def terms_of(A, b):
    """gi and full beside the student's code, without a call back for each."""
    def gi(i, x):
        return A[i] * (A[i] @ x - b[i]) + 0.1 * x
    def full(x):
        return A.T @ (A @ x - b) / len(A) + 0.1 * x
    return gi, full

gaps = []
for _ in range(5):
    A, b = least_squares(rng, 50, 5)
    H = A.T @ A / 50 + 0.1 * np.eye(5)
    best, x0 = np.linalg.solve(H, A.T @ b / 50), 3 * rng.normal(size=5)
    gi, full = checks.remote(terms_of)(A, b)
    X = checks.ask(svrg, gi, full, 50, x0, 0.1, 100, 6, np.random.default_rng(rng.integers(2**32)))
    checks.array(X, "the result X", shape=(7, 5))
    with np.errstate(all="ignore"):
        gaps.append((X[-1] - best) @ H @ (X[-1] - best) / ((x0 - best) @ H @ (x0 - best)))
checks.within(float(np.mean(np.log10(gaps))), "the mean decimal logarithm of the gap that is left after 6 epochs",
              at_most=-4.5, hint="Is the correction taken at the snapshot, with the right sign?")
### END HIDDEN TESTS

# %% test="svrg-uniform" points=1.5
# Hidden: all indices are equally likely, and an index does not depend on those before, in its
# epoch or in earlier ones.
### BEGIN HIDDEN TESTS
checks.forbid(svrg, NOT_IN_1_TO_6)
rng = checks.fresh_rng("svrg-uniform")
A, b = least_squares(rng, 4, 2)
terms, x0 = counted(A, b), rng.normal(size=2)
# Many short epochs: indices drawn once for all of them, or without replacement within each, are seen.
X = checks.ask(svrg, terms.gi, terms.full, 4, x0, 1e-3, 7, 268, np.random.default_rng(rng.integers(2**32)))
drawn = replayed(X, terms, x0, 1e-3, 7, 268)
checks.chi2_uniform(drawn, 4, "the indices")
for first in (0, 1):                                        # pairs that follow each other, in both ways to form them
    early, late = drawn[first::2], drawn[first + 1::2]
    checks.chi2_uniform(early[:len(late)] * 4 + late, 16, "pairs of indices")
### END HIDDEN TESTS

# %% test="svrg-habits" points=0.5
# Hidden: x0 is unchanged, its memory layout does not matter, float32 and integers work, and no
# global random state is touched.
### BEGIN HIDDEN TESTS
checks.forbid(svrg, NOT_IN_1_TO_6)
rng = checks.fresh_rng("svrg-habits")

def slopes_of(A, b):
    def gi(i, x):
        return A[i] * (A[i] @ x - b[i])
    def full(x):
        return A.T @ (A @ x - b) / len(A)
    return gi, full

gi, full = checks.remote(slopes_of)(*least_squares(rng, 6, 3))
x0, seed = rng.normal(size=3), int(rng.integers(2**32))
X = checks.ask(svrg, gi, full, 6, x0, 0.05, 5, 2, np.random.default_rng(seed))
checks.array(X, "the result X", shape=(3, 3))
checks.close(X[0], x0, "X[0]", hidden=True)
checks.battery(svrg, gi, full, 6, x0, 0.05, 5, 2, np.random.default_rng(seed))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Least squares with 50 terms: the gap to the minimum against the number of single gradients, for your `svrg`
# and your `sgd` with the same step size.

# %% look="svrg"
import matplotlib.pyplot as plt

rng = np.random.default_rng(1)
A, b = rng.normal(size=(50, 5)), rng.normal(size=50)
best = np.linalg.lstsq(A, b, rcond=None)[0]
gi = lambda i, x: A[i] * (A[i] @ x - b[i])
full = lambda x: A.T @ (A @ x - b) / 50

x0 = np.full(5, 5.0)
snapshots = svrg(gi, full, 50, x0, 0.03, 100, 12, np.random.default_rng(0))
iterates = sgd(gi, 50, x0, 0.03, 3000, np.random.default_rng(0))
plt.figure(figsize=(6, 3))
plt.semilogy(250 * np.arange(13), ((snapshots - best) ** 2).sum(axis=1), "o-", label="svrg")
plt.semilogy(((iterates - best) ** 2).sum(axis=1), lw=0.5, label="sgd")
plt.xlabel("single gradients"); plt.ylabel("squared distance"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 6 · Averages and error bars
#
# The iterates of SGD dance around the minimum; their mean sits much closer. *Polyak averaging* leaves the first `burn`
# iterates out, which still remember the start, and averages the rest: for free.
#
# The same arithmetic keeps us honest. One run of a random method proves nothing; $R$ runs with different seeds have a
# mean $\bar y$, a standard deviation $s$, and the mean has a *standard error* $s/\sqrt R$:
#
# $$\bar y \pm 3.2905\,\frac{s}{\sqrt R},\qquad s^2 = \frac1{R-1}\sum_{r=1}^R (y_r - \bar y)^2,$$
#
# covers the true mean in 99.9 % of all cases when $R$ is large. Two methods whose intervals overlap have not been told
# apart, whatever the table in the paper says.

# %% [markdown]
# **Write `polyak(X, burn) -> mean` and `estimate_rate(run, seeds) -> (mean, lo, hi)`** (8 points)
#
# - `polyak`: `X (k, d)` holds iterates, the start first; `burn` of them are left out. The result `(d,)` is the mean of the
#   others, a new array. `burn` from 0 to `k - 1`; anything else raises `ValueError`.
# - `estimate_rate`: `run(seed)` returns a number, and is called once for each seed in the list `seeds`. The result is the
#   mean and the ends of the interval above, a tuple of three floats, with the factor 3.2905 whatever the number of seeds
#   is; $s$ is accurate also where the runs differ little. Fewer than two seeds raise `ValueError`.
# - Not allowed: `torch`, `scipy`, `sklearn`.

# %% solution="polyak"
def polyak(X, burn):
    """Mean (d,) of the iterates X (k, d) without the first burn."""
    # A slice and a mean;
    # what does a negative burn do?
    ### BEGIN SOLUTION
    if not 0 <= burn < len(X):
        raise ValueError("burn leaves nothing to average")
    return np.asarray(X[burn:], dtype=float).mean(axis=0)
    ### END SOLUTION

# %% solution="estimate_rate"
def estimate_rate(run, seeds):
    """Mean of run(seed) over the seeds and its 99.9 % interval: returns mean, lo, hi."""
    # Divide by R - 1 for s,
    # and by the root of R for the error of the mean.
    ### BEGIN SOLUTION
    if len(seeds) < 2:
        raise ValueError("two runs at least")
    values = np.array([float(run(seed)) for seed in seeds])
    mean, half = values.mean(), 3.2905 * values.std(ddof=1) / np.sqrt(len(values))
    return float(mean), float(mean - half), float(mean + half)
    ### END SOLUTION

# %% test="polyak-by_hand" points=0.5
checks.forbid(polyak, NOT_IN_1_TO_6)

# Four iterates in the plane, the first two left out.
X = np.array([[9.0, 9.0], [5.0, 1.0], [2.0, 4.0], [4.0, 0.0]])
checks.close(checks.ask(polyak, X, 2), [3, 2], "the mean of the last two")
checks.close(checks.ask(polyak, X, 0), [5, 3.5], "the mean of all four")

# %% test="estimate_rate-by_hand" points=1
checks.forbid(estimate_rate, NOT_IN_1_TO_6)

# Runs that give 1, 2, 3, 4: the mean is 2.5, s^2 = 5/3, and s / sqrt(4) = 0.6455.
answer = checks.ask(estimate_rate, lambda seed: seed + 1.0, [0, 1, 2, 3])
checks.holds(isinstance(answer, tuple | list) and len(answer) == 3,
             "The result should be a tuple: mean, lo, hi.")
mean, lo, hi = answer
checks.close(mean, 2.5, "the mean")
checks.close(hi - mean, 3.2905 * (5 / 12) ** 0.5, "half the width of the interval", rtol=1e-4)
checks.close(mean - lo, hi - mean, "the lower half", hint="The interval is symmetric.")

# %% test="polyak-mean" points=1.5
# Hidden: the mean of the rows from burn on, for several shapes; burn at its ends, and outside.
### BEGIN HIDDEN TESTS
checks.forbid(polyak, NOT_IN_1_TO_6)
rng = checks.fresh_rng("polyak-mean")
for k, d, burn in [(40, 3, 11), (7, 5, 6), (9, 1, 0), (200, 2, 100)]:
    X = rng.normal(size=(k, d)) + 10.0
    checks.close(checks.ask(polyak, X, burn), X[burn:].sum(axis=0) / (k - burn), "the mean", rtol=1e-12, hidden=True)
for burn in (7, 12, -1):
    checks.raises(ValueError, polyak, rng.normal(size=(7, 2)), burn, when="when burn is not from 0 to k - 1")
### END HIDDEN TESTS

# %% test="polyak-variance" points=0.75
# Hidden: on 400 runs of SGD (ours) the average has a much smaller variance than the last iterate.
### BEGIN HIDDEN TESTS
checks.forbid(polyak, NOT_IN_1_TO_6)
rng = checks.fresh_rng("polyak-variance")
paths = np.full((201, 400), 30.0)
for step in range(200):
    paths[step + 1] = 0.7 * paths[step] + 0.3 * rng.normal(size=400)
averages = np.array([checks.ask(polyak, path[:, None], 40)[0] for path in paths.T])
ratio = float(np.log10(np.mean(averages**2) / np.mean(paths[-1] ** 2)))
checks.within(ratio, "the decimal logarithm of the variance of the average, over that of the last iterate", at_most=-1,
              at_least=-1.9, hint="Are the first iterates left out, and no others?")
### END HIDDEN TESTS

# %% test="polyak-habits" points=0.25
# Hidden: X is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(polyak, NOT_IN_1_TO_6)
rng = checks.fresh_rng("polyak-habits")
X = rng.normal(size=(9, 3)) + 2.0
checks.close(checks.ask(polyak, X, 3), X[3:].mean(axis=0), "the mean", hidden=True)
checks.battery(polyak, X, 3)
checks.battery(polyak, X, 8)
### END HIDDEN TESTS

# %% test="estimate_rate-interval" points=2
# Hidden: mean and interval for few and for many runs; run is called once for each seed.
### BEGIN HIDDEN TESTS
checks.forbid(estimate_rate, NOT_IN_1_TO_6)
rng = checks.fresh_rng("estimate_rate-interval")
for R in (2, 5, 60):
    values, seeds, asked = rng.normal(rng.uniform(3, 9), 2.0, size=R), [int(s) for s in rng.permutation(1000)[:R]], []
    table = dict(zip(seeds, values))
    def run(seed):
        asked.append(int(seed))
        return float(table[int(seed)])
    answer = checks.ask(estimate_rate, run, seeds)
    checks.holds(isinstance(answer, tuple | list) and len(answer) == 3, "The result should be a tuple: mean, lo, hi.")
    checks.equal(sorted(asked), sorted(seeds), "the list of seeds that run was called with")
    half = 3.2905 * np.sqrt(((values - values.mean()) ** 2).sum() / (R - 1) / R)
    checks.close(answer[0], values.mean(), "the mean", hidden=True)
    checks.close(answer[2] - answer[0], half, "half the width of the interval", rtol=1e-4, floor=0, hidden=True,
                 hint="s has the divisor R - 1, and its root of R is still to come.")
    checks.close(answer[0] - answer[1], half, "the lower half of the interval", rtol=1e-4, floor=0, hidden=True)
### END HIDDEN TESTS

# %% test="estimate_rate-coverage" points=1.25
# Hidden: of 1000 intervals from 40 runs each, at least 985 cover the true mean, which lies
# between lo and hi; and the intervals are not wider than they need to be.
### BEGIN HIDDEN TESTS
checks.forbid(estimate_rate, NOT_IN_1_TO_6)
rng = checks.fresh_rng("estimate_rate-coverage")

def intervals_of_estimate_rate(estimate, table):
    """One interval for each row of the table."""
    return [tuple(map(float, estimate(lambda seed: float(row[seed]), list(range(len(row)))))) for row in table]

truth = rng.uniform(1, 5)
found = np.array(checks.ask(checks.remote(intervals_of_estimate_rate), estimate_rate, truth + rng.normal(size=(1000, 40))))
checks.holds(found.shape == (1000, 3) and bool((found[:, 1] < found[:, 0]).all() and (found[:, 0] < found[:, 2]).all()),
             "The mean should lie between lo and hi.")
covered = int(((found[:, 1] <= truth) & (truth <= found[:, 2])).sum())
checks.within(covered, "the number of intervals that cover the truth", at_least=985)
checks.within(float(np.mean(found[:, 2] - found[:, 1])), "the mean width of the intervals", at_least=0.9, at_most=1.15,
              hint="It should be about 2 times 3.29 over the root of 40.")
### END HIDDEN TESTS

# %% test="estimate_rate-edges" points=0.5
# Hidden: runs that all agree or differ little, and fewer than two seeds.
### BEGIN HIDDEN TESTS
checks.forbid(estimate_rate, NOT_IN_1_TO_6)
for value in (0.75, 0.1):                                   # 0.1 is rounded, and so are its squares
    checks.close(checks.ask(estimate_rate, lambda seed: value, [4, 9, 6]), [value] * 3, "mean, lo, hi of equal runs", hidden=True)
plain, shifted = (checks.ask(estimate_rate, lambda seed: start + seed, [0, 1, 2, 3]) for start in (0.0, 1e8))
checks.close(shifted[2] - shifted[0], plain[2] - plain[0], "half the width of the interval where runs differ little", rtol=1e-4,
             floor=0, hidden=True, hint="The difference of two large sums loses all digits; add the squares of y - mean.")
checks.close(checks.ask(estimate_rate, lambda seed: seed, [2, 4])[0], 3.0, "the mean of integers", hidden=True)
for seeds in ([], [3]):
    checks.raises(ValueError, estimate_rate, lambda seed: 1.0, seeds, when="when there are fewer than two seeds")
### END HIDDEN TESTS

# %% test="estimate_rate-habits" points=0.25
# Hidden: no global random state is touched, and nothing is kept from an earlier call.
### BEGIN HIDDEN TESTS
checks.forbid(estimate_rate, NOT_IN_1_TO_6)
checks.close(checks.ask(estimate_rate, lambda seed: seed**2, [1, 2, 6])[0], 41 / 3, "the mean", hidden=True)
checks.battery(estimate_rate, lambda seed: seed**2, [1, 2, 6])
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Fifty intervals from ten runs each, and the truth. How many miss it? (Ten runs are few: the factor 3.29 is that
# of a normal law, and $s$ is itself uncertain.)

# %% look="estimate_rate"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
plt.figure(figsize=(7, 2.6))
for place in range(50):
    values = rng.normal(size=10)
    mean, lo, hi = estimate_rate(lambda seed: values[seed], range(10))
    plt.plot([place, place], [lo, hi], "r" if lo > 0 or hi < 0 else "b")
    plt.plot(place, mean, "k.")
plt.axhline(0, color="k", lw=0.5); plt.xlabel("experiment"); plt.tight_layout()

# %% [markdown]
# ## 7 · A training loop that can be interrupted
#
# A loop is seven lines, and each has its own way to be silently wrong: gradients that add up over steps, a loss written
# down after the update, clipping that bends the direction because every tensor is scaled by itself. *Clipping* limits the
# length of the whole gradient $g = (g_1, \dots, g_L)$ over all tensors and keeps its direction:
#
# $$g \leftarrow g\cdot\min\Big(1, \frac{c}{\|g\|}\Big),\qquad \|g\|^2 = \sum_l \|g_l\|^2 .$$
#
# Long runs are interrupted. A *checkpoint* holds all that the rest of the run and its result depend on: parameters and
# buffers of the model (such as the running means of batch normalisation), the optimiser's memory and its present step
# size, and the state of the random generator. Then the continued run is the same run, to the last bit.

# %% [markdown]
# **Write `train_loop`, `checkpoint` and `restore`** (10 points), with torch
#
# - `train_loop(model, loader, opt, clip, steps, rng) -> log`. `rng` is a `torch.Generator`. Each step takes one
#   mini-batch `x, y = loader(rng)`, computes the mean squared error of `model(x)` and `y` (the mean over all entries),
#   clips its gradient to the length `clip` over all parameters together (`None`: no clipping), and calls `opt.step()` once.
# - `log` is a list of `steps` floats: the loss of each mini-batch, before its update.
# - Gradients that `model` brings along do not count. The model trains in training mode (`model.train()`), and has the mode
#   in which it came when the function returns, in all its layers.
# - `checkpoint(model, opt, rng) -> state` and `restore(state, model, opt, rng)`, which changes its three last arguments in
#   place and returns nothing. A run of `k` steps, a checkpoint, another model, optimiser and generator of the same kinds
#   into which it is restored, and `k` more steps give the same numbers as `2 * k` steps, bit for bit. What is in `state`
#   is up to you.
# - A state is a snapshot: training on does not change it, and it can be restored any number of times.
# - Not allowed: `torch.nn.utils`, where clipping is ready made. A solution that uses it gets no points for this problem.
#   Files and pickles are out of bounds too (`io`, `pickle`, `torch.load`): a copy in memory is enough.

# %% solution="train_loop"
def train_loop(model, loader, opt, clip, steps, rng):
    """Train for some steps with clipped gradients: returns the list of mini-batch losses."""
    # Remember the mode. Then, per step: batch, loss, log, fresh gradients, clip, step.
    # The length of the gradient is one number for all tensors.
    ### BEGIN SOLUTION
    mode, log = model.training, []
    model.train()
    for _ in range(steps):
        x, y = loader(rng)
        loss = torch.nn.functional.mse_loss(model(x), y)
        log.append(loss.item())
        opt.zero_grad()
        loss.backward()
        grads = [p.grad for p in model.parameters() if p.grad is not None]
        length = torch.sqrt(sum((g**2).sum() for g in grads))
        if clip is not None and length > clip:
            for g in grads:
                g.mul_(clip / length)
        opt.step()
    model.train(mode)
    return log
    ### END SOLUTION

# %% solution="checkpoint"
def checkpoint(model, opt, rng):
    """All that the rest of a run depends on, as a snapshot."""
    # state_dict() returns the tensors themselves,
    # and a snapshot is a copy.
    ### BEGIN SOLUTION
    import copy
    return copy.deepcopy({"model": model.state_dict(), "opt": opt.state_dict(), "rng": rng.get_state()})
    ### END SOLUTION

# %% solution="restore"
def restore(state, model, opt, rng):
    """Bring model, optimiser and generator to the state of a checkpoint."""
    # An optimiser takes the tensors that it is given as its own:
    # give it copies.
    ### BEGIN SOLUTION
    import copy
    model.load_state_dict(state["model"])
    opt.load_state_dict(copy.deepcopy(state["opt"]))
    rng.set_state(state["rng"])
    ### END SOLUTION

# %% test="train_loop-by_hand" points=1
checks.forbid(train_loop, NOT_IN_7)

def step_of_train_loop(train_loop, clip):
    """One step from w = 0, x = (1.5, 2), y = -1: the gradient of (w x - y)^2 is (3, 4)."""
    import torch
    model = torch.nn.Linear(2, 1, bias=False).double()
    torch.nn.init.zeros_(model.weight)
    x, y = torch.tensor([[1.5, 2.0]]).double(), torch.tensor([[-1.0]]).double()
    opt = torch.optim.SGD(model.parameters(), lr=1.0)
    log = train_loop(model, lambda rng: (x, y), opt, clip, 1, torch.Generator())
    return log, model.weight.detach().numpy()

# The length of the gradient is 5. Clipped to 1 it is (0.6, 0.8); the first loss is 1.
for clip, expected in [(1.0, [[-0.6, -0.8]]), (None, [[-3, -4]]), (7.0, [[-3, -4]])]:
    log, weight = checks.ask(checks.remote(step_of_train_loop), train_loop, clip)
    checks.close(weight, expected, f"the weights after one step with clip = {clip}")
    checks.close(log, [1.0], "the log", hint="One loss per step, before the update.")

# %% test="checkpoint-nothing_lost" points=0.5
for function in (checkpoint, restore):
    checks.forbid(function, NOT_IN_7)

def checkpoint_and_restore(checkpoint, restore):
    """Store a model, spoil it, restore it: its weights, and two numbers from the generator."""
    import torch
    model = torch.nn.Linear(2, 1, bias=False).double()
    torch.nn.init.ones_(model.weight)
    opt, rng = torch.optim.SGD(model.parameters(), lr=1.0), torch.Generator().manual_seed(3)
    state = checkpoint(model, opt, rng)
    first = torch.rand(2, generator=rng)
    torch.nn.init.zeros_(model.weight)
    restore(state, model, opt, rng)
    return model.weight.detach().numpy(), first.numpy(), torch.rand(2, generator=rng).numpy()

weight, first, again = checks.ask(checks.remote(checkpoint_and_restore), checkpoint, restore)
checks.close(weight, [[1, 1]], "the restored weights")
checks.close(again, first, "the numbers that the restored generator draws")

# %% test="train_loop-tools" points=0
# The grader keeps its own loop here, and a way to run yours.
### BEGIN HIDDEN TESTS
def our_loop(model, loader, opt, clip, steps, rng):
    mode, log = model.training, []
    model.train()
    for _ in range(steps):
        x, y = loader(rng)
        loss = ((model(x) - y) ** 2).mean()
        grads = torch.autograd.grad(loss, list(model.parameters()))
        length = float(torch.cat([g.flatten() for g in grads]).norm())
        scale = 1.0 if clip is None else min(1.0, clip / max(length, 1e-300))
        for p, g in zip(model.parameters(), grads):
            p.grad = scale * g
        log.append(loss.item())
        opt.step()
    model.train(mode)
    return log

def run_of_train_loop(train_loop, weights, X, y, clip, steps, seed, adam=False, dirty=False, training=True):
    """A run of train_loop on a network with these weights: its log, the weights at the end, and what it did on the way."""
    import torch
    modes, batches = [], []

    class Spy(torch.nn.Module):
        def forward(self, x):
            modes.append(self.training)
            return x

    with torch.random.fork_rng():
        layers = [torch.nn.Linear(weights[0].shape[1], weights[0].shape[0]), Spy(), torch.nn.Tanh(),
                  torch.nn.Linear(weights[2].shape[1], weights[2].shape[0])]
    model = torch.nn.Sequential(*layers).double()
    for p, w in zip(model.parameters(), weights):
        p.data.copy_(w)
        if dirty:
            p.grad = torch.full_like(p, 10.0)
    opt = (torch.optim.Adam(model.parameters(), lr=0.05) if adam
           else torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.5))

    def loader(rng):
        rows = torch.randint(len(X), (4,), generator=rng)
        batches.append(rows)
        return X[rows], y[rows]

    model.train(training)
    log = train_loop(model, loader, opt, clip, steps, torch.Generator().manual_seed(seed))
    return {"log": log, "weights": [p.detach().clone() for p in model.parameters()], "modes": modes, "batches": len(batches),
            "training": [layer.training for layer in model.modules()]}

def network_and_data(rng):
    weights = [torch.from_numpy(rng.normal(size=shape)) for shape in [(7, 3), (7,), (2, 7), (2,)]]
    return weights, torch.from_numpy(rng.normal(size=(20, 3))), torch.from_numpy(3 * rng.normal(size=(20, 2)))

def both(*setting, **options):
    """The student's run and ours."""
    return checks.ask(checks.remote(run_of_train_loop), train_loop, *setting, **options), run_of_train_loop(our_loop, *setting, **options)

def same_weights(theirs, ours, what, hint):
    for got, want in zip(theirs["weights"], ours["weights"], strict=True):
        checks.close(got, want, what, rtol=1e-10, hidden=True, hint=hint)
### END HIDDEN TESTS

# %% test="train_loop-clip" points=2
# Hidden: with several tensors and several limits the weights are those of a gradient clipped as
# a whole; also where nothing has to be clipped.
### BEGIN HIDDEN TESTS
checks.forbid(train_loop, NOT_IN_7)
rng = checks.fresh_rng("train_loop-clip")
for clip, steps in [(0.5, 6), (2.0, 6), (1e6, 4), (None, 4)]:
    theirs, ours = both(*network_and_data(rng), clip, steps, int(rng.integers(2**31)))
    same_weights(theirs, ours, "a weight after training", "Clip by one length for all tensors together, between backward and step, "
                 "and only what is longer, by c / length without a small number in it; gradients do not add up over steps.")
### END HIDDEN TESTS

# %% test="train_loop-log" points=1.5
# Hidden: the log is the loss of every mini-batch before its update, as floats, with one batch
# per step.
### BEGIN HIDDEN TESTS
checks.forbid(train_loop, NOT_IN_7)
rng = checks.fresh_rng("train_loop-log")
for steps in (1, 9, 0):
    theirs, ours = both(*network_and_data(rng), 1.5, steps, int(rng.integers(2**31)))
    checks.holds(isinstance(theirs["log"], list | tuple) and all(isinstance(loss, float) for loss in theirs["log"]),
                 "The log should be a list of floats.")
    checks.equal(len(theirs["log"]), steps, "the length of the log")
    checks.close(theirs["log"], ours["log"], "the log", rtol=1e-10, hidden=True)
    checks.equal(theirs["batches"], steps, "the number of calls of loader")
### END HIDDEN TESTS

# %% test="train_loop-fresh_gradients" points=1
# Hidden: gradients from before do not count, neither those of an earlier step nor those that
# the model brings along.
### BEGIN HIDDEN TESTS
checks.forbid(train_loop, NOT_IN_7)
rng = checks.fresh_rng("train_loop-fresh_gradients")
for adam in (False, True):
    theirs, ours = both(*network_and_data(rng), None, 5, int(rng.integers(2**31)), adam=adam, dirty=True)
    same_weights(theirs, ours, "a weight after training of a model that had gradients", "Clear them before each backward.")
### END HIDDEN TESTS

# %% test="train_loop-mode" points=0.75
# Hidden: the model trains in training mode and comes back in its own.
### BEGIN HIDDEN TESTS
checks.forbid(train_loop, NOT_IN_7)
rng = checks.fresh_rng("train_loop-mode")
for training in (True, False):
    theirs, ours = both(*network_and_data(rng), 1.0, 3, int(rng.integers(2**31)), training=training)
    checks.holds(len(theirs["modes"]) >= 3 and all(theirs["modes"]), "During training the model should be in training mode.")
    checks.holds(all(mode == training for mode in theirs["training"]),
                 "After training the model should be in the mode in which it came, with all its layers.")
### END HIDDEN TESTS

# %% test="train_loop-habits" points=0.25
# Hidden: the same generator gives the same run, and no global random state is touched.
### BEGIN HIDDEN TESTS
checks.forbid(train_loop, NOT_IN_7)
rng = checks.fresh_rng("train_loop-habits")
weights, X, y = network_and_data(rng)

def run_of(train_loop, trained_log):
    def run(weights, X, y, seed):
        return trained_log(train_loop, weights, X, y, 1.0, 3, seed)
    run.__name__ = "train_loop"
    return run

def log_of(train_loop, weights, X, y, clip, steps, seed):
    import torch
    with torch.random.fork_rng():
        model = torch.nn.Linear(3, 2).double()
    for p, w in zip(model.parameters(), weights):
        p.data.copy_(w)
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    def loader(rng):
        rows = torch.randint(len(X), (4,), generator=rng)
        return X[rows].clone(), y[rows].clone()
    return train_loop(model, loader, opt, clip, steps, torch.Generator().manual_seed(seed))

run = checks.remote(run_of)(train_loop, checks.remote(log_of))
linear = [torch.from_numpy(rng.normal(size=(2, 3))), torch.from_numpy(rng.normal(size=2))]
checks.close(checks.ask(run, linear, X, y, 5), log_of(our_loop, linear, X, y, 1.0, 3, 5), "the log", hidden=True)
checks.battery(run, linear, X, y, 5, skip=("float32", "integer"))
### END HIDDEN TESTS

# %% test="checkpoint-tools" points=0
# The grader interrupts a run here.
### BEGIN HIDDEN TESTS
def run_with_checkpoint(checkpoint, restore, weights, X, y, steps, seed, adam=True, elsewhere=True, times=1):
    """A run of 2 * steps and one that is interrupted in the middle: models of both, and of the second as often as asked.

    Their step size is halved before the checkpoint, and the whole run ends with a checkpoint of its own.

    elsewhere  restored into another model, optimiser and generator; otherwise into the same ones
    """
    import torch

    def fresh(spoiled):
        with torch.random.fork_rng():
            model = torch.nn.Sequential(torch.nn.Linear(3, 7), torch.nn.BatchNorm1d(7, affine=False), torch.nn.Tanh(),
                                        torch.nn.Linear(7, 2)).double()
        for p, w in zip(model.parameters(), weights):
            p.data.copy_(w + (1.0 if spoiled else 0.0))
        opt = (torch.optim.Adam(model.parameters(), lr=0.05) if adam
               else torch.optim.SGD(model.parameters(), lr=0.1, momentum=0.9))
        return model, opt, torch.Generator().manual_seed(seed + spoiled)

    def loader(rng):
        rows = torch.randint(len(X), (4,), generator=rng)
        return X[rows], y[rows]

    def go(model, opt, rng):
        for _ in range(steps):
            x, target = loader(rng)
            opt.zero_grad()
            ((model(x) - target) ** 2).mean().backward()
            opt.step()
        return [value.detach().clone() for value in model.state_dict().values()]

    run = fresh(False)
    go(*run)
    run[1].param_groups[0]["lr"] /= 2
    state = checkpoint(*run)
    whole, parts = go(*run), []
    checkpoint(*run)
    for _ in range(times):
        other = fresh(True) if elsewhere else run
        restore(state, *other)
        parts.append(go(*other))
    return whole, parts

def unbroken(times, rng, **options):
    """The interrupted run ends where the other one does, bit for bit, and where ours does."""
    setting = (*network_and_data(rng), 5, int(rng.integers(2**31)))
    whole, parts = checks.ask(checks.remote(run_with_checkpoint), checkpoint, restore, *setting, times=times, **options)
    ours, _ = run_with_checkpoint(lambda *_: None, lambda *_: None, *setting, times=0, **options)
    for got, want in zip(whole, ours, strict=True):
        checks.close(got, want, "a weight of the run that is not interrupted", rtol=1e-10, hidden=True)
    for part in parts:
        for got, want in zip(part, whole, strict=True):
            checks.holds(bool(torch.equal(got, want)), "The run that was continued from a checkpoint ends with another model. Parameters "
                         "and buffers, the optimiser's memory and step size, and the generator belong to it, as copies.")
### END HIDDEN TESTS

# %% test="checkpoint-resume" points=1.25
# Hidden: the same objects brought back to the checkpoint end with the same weights and buffers,
# bit for bit, with SGD with momentum and with Adam.
### BEGIN HIDDEN TESTS
for function in (checkpoint, restore):
    checks.forbid(function, NOT_IN_7)
rng = checks.fresh_rng("checkpoint-resume")
for adam in (True, False):
    unbroken(1, rng, adam=adam, elsewhere=False)
### END HIDDEN TESTS

# %% test="checkpoint-snapshot" points=0.5
# Hidden: a state can be restored three times, with training in between.
### BEGIN HIDDEN TESTS
for function in (checkpoint, restore):
    checks.forbid(function, NOT_IN_7)
rng = checks.fresh_rng("checkpoint-snapshot")
for adam in (True, False):
    unbroken(3, rng, adam=adam)
### END HIDDEN TESTS

# %% test="checkpoint-habits" points=0.25
# Hidden: no global random state is touched by storing.
### BEGIN HIDDEN TESTS
for function in (checkpoint, restore):
    checks.forbid(function, NOT_IN_7)
rng = checks.fresh_rng("checkpoint-habits")

def storing(checkpoint, restore, run_with_checkpoint):
    def stored(weights, X, y, seed):
        whole, parts = run_with_checkpoint(checkpoint, restore, weights, X, y, 2, seed)
        return whole + parts[0]
    stored.__name__ = "checkpoint, with restore,"
    return stored

stored = checks.remote(storing)(checkpoint, restore, checks.remote(run_with_checkpoint))
checks.battery(stored, *network_and_data(rng), 5, skip=("layout", "float32", "integer"))
### END HIDDEN TESTS

# %% test="restore-elsewhere" points=0.75
# Hidden: restored into another model, optimiser and generator of the same kinds, the run ends
# with the same weights and buffers, bit for bit.
### BEGIN HIDDEN TESTS
for function in (checkpoint, restore):
    checks.forbid(function, NOT_IN_7)
rng = checks.fresh_rng("restore-elsewhere")
for adam in (True, False):
    unbroken(1, rng, adam=adam)
### END HIDDEN TESTS

# %% test="restore-habits" points=0.25
# Hidden: restoring changes nothing in the state, and no global random state is touched.
### BEGIN HIDDEN TESTS
for function in (checkpoint, restore):
    checks.forbid(function, NOT_IN_7)
rng = checks.fresh_rng("restore-habits")
unbroken(2, rng, adam=False, elsewhere=False)

def restoring(checkpoint, restore, run_with_checkpoint):
    def restored(weights, X, y, seed):
        whole, parts = run_with_checkpoint(checkpoint, restore, weights, X, y, 2, seed, False)
        return whole + parts[0]
    restored.__name__ = "restore, with checkpoint,"
    return restored

restored = checks.remote(restoring)(checkpoint, restore, checks.remote(run_with_checkpoint))
checks.battery(restored, *network_and_data(rng), 7, skip=("layout", "float32", "integer"))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The losses of your loop on a small regression problem, at a step size where only clipping keeps it stable.

# %% look="train_loop"
import matplotlib.pyplot as plt

plt.figure(figsize=(6, 2.8))
for clip in (None, 1.0):
    torch.manual_seed(0)
    model = torch.nn.Sequential(torch.nn.Linear(1, 32), torch.nn.Tanh(), torch.nn.Linear(32, 1))

    def loader(rng):
        x = 6 * torch.rand(16, 1, generator=rng) - 3
        return x, 5 * torch.sin(2 * x)

    opt = torch.optim.SGD(model.parameters(), lr=0.07, momentum=0.9)
    log = train_loop(model, loader, opt, clip, 400, torch.Generator().manual_seed(1))
    plt.semilogy(log, lw=0.7, label=f"clip = {clip}")
plt.xlabel("step"); plt.ylabel("mini-batch loss"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 8 · On paper
#
# Nine short answers, each checked by a test, and one proof. A formula is a string with `+ - * / **`, numbers, `sqrt`,
# `exp`, `log`, …; any equivalent form is right.
#
# **8a · Three formulas** (6 points)
#
# - `noise_floor`: SGD on $\tfrac12\mu w^2$ with gradients $\mu w - \xi$, where the $\xi$ are independent with mean 0 and
#   variance $\sigma^2$. The limit of $\mathbb E\,w_t^2$ for a constant step size, as a formula in `eta`, `mu`, `sigma`.
# - `stable_lr`: for the terms $\tfrac12 h_i w^2$ of problem 2, the step size above which $\mathbb E\,w_t^2$ grows, as a
#   formula in the mean `hbar` and the variance `rho` of the $h_i$.
# - `batch_variance`: $n$ numbers have the variance $\sigma^2$ (divided by $n$). The variance of the mean of `b` of them,
#   drawn *without* replacement, as a formula in `n`, `b`, `sigma`.

# %% solution="noise_floor"
noise_floor = ""        # a formula in eta, mu, sigma
### BEGIN SOLUTION
noise_floor = "eta * sigma**2 / (mu * (2 - eta * mu))"
### END SOLUTION

# %% solution="stable_lr"
stable_lr = ""          # a formula in hbar, rho
### BEGIN SOLUTION
stable_lr = "2 * hbar / (hbar**2 + rho)"
### END SOLUTION

# %% solution="batch_variance"
batch_variance = ""     # a formula in n, b, sigma
### BEGIN SOLUTION
batch_variance = "sigma**2 / b * (n - b) / (n - 1)"
### END SOLUTION

# %% test="noise_floor-at_one" points=0.4
# With mu = 1 and eta = 1 each iterate is the last xi.
checks.formula_value(noise_floor, at={"eta": 1, "mu": 1, "sigma": 3}, expected=9)

# %% test="noise_floor-formula" points=1.6
# Hidden: the same function wherever SGD is stable.
### BEGIN HIDDEN TESTS
checks.formula(noise_floor, "eta*sigma^2/(2*mu - eta*mu^2)", {"eta": (0, 0.5), "mu": (0.2, 4), "sigma": (0, 3)},
               rng=checks.fresh_rng("noise_floor-formula"), aliases={"lr": "eta"})
### END HIDDEN TESTS

# %% test="stable_lr-without_variance" points=0.4
# Without variance it is the limit of gradient descent, 2 / hbar.
checks.formula_value(stable_lr, at={"hbar": 4, "rho": 0}, expected=0.5)

# %% test="stable_lr-formula" points=1.6
# Hidden: the same function of hbar and rho.
### BEGIN HIDDEN TESTS
checks.formula(stable_lr, "2*hbar/(hbar^2 + rho)", {"hbar": (0.2, 5), "rho": (0, 9)}, rng=checks.fresh_rng("stable_lr-formula"))
### END HIDDEN TESTS

# %% test="batch_variance-of_one" points=0.4
# One number alone has the variance of all.
checks.formula_value(batch_variance, at={"n": 10, "b": 1, "sigma": 3}, expected=9)

# %% test="batch_variance-formula" points=1.6
# Hidden: the same function of n, b and sigma.
### BEGIN HIDDEN TESTS
checks.formula(batch_variance, "sigma^2*(n - b)/(b*(n - 1))", {"n": (20, 90), "b": (1, 20), "sigma": (0, 5)},
               rng=checks.fresh_rng("batch_variance-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **8b · Four numbers** (4 points). A number, or a text such as `"3/8"` or `"2.5e-3"`; three digits are enough. What you
# see of the tests here and in 8c only looks whether an answer can be read.
#
# - `adam_first`: Adam with $\beta_1 = 0.9$, $\beta_2 = 0.999$ and without both corrections. How many times the step size
#   is its first step?
# - `half_memory`: after how many steps does $1 - \beta_2^t$ exceed one half for the first time? An integer.
# - `svrg_gradients`: how many single gradients do 10 epochs of SVRG need with $n = 1000$ and $m = 2n$, without storing
#   any? An integer.
# - `adam_memory`: the two averages of Adam for 25 million parameters in float32, as a text with its unit, such as
#   `"30 GB"` (MB are $10^6$ bytes, MiB are $2^{20}$).

# %% solution="adam_first"
adam_first = None       # a number
### BEGIN SOLUTION
adam_first = "0.1 / sqrt(0.001)"
### END SOLUTION

# %% solution="half_memory"
half_memory = None      # an integer
### BEGIN SOLUTION
half_memory = 693
### END SOLUTION

# %% solution="svrg_gradients"
svrg_gradients = None   # an integer
### BEGIN SOLUTION
svrg_gradients = 10 * (1000 + 2 * 2000)
### END SOLUTION

# %% solution="adam_memory"
adam_memory = ""        # a number with its unit: B, kB, MB, GB, KiB, MiB or GiB
### BEGIN SOLUTION
adam_memory = "200 MB"
### END SOLUTION

# %% test="adam_first-value" points=1
checks.number(adam_first, 0, rtol=np.inf)
# Hidden: the number.
### BEGIN HIDDEN TESTS
checks.number(adam_first, 10**0.5)
### END HIDDEN TESTS

# %% test="half_memory-value" points=1
checks.integer(half_memory, 0, off_by=10**15)
# Hidden: the integer.
### BEGIN HIDDEN TESTS
checks.integer(half_memory, 693)
### END HIDDEN TESTS

# %% test="svrg_gradients-value" points=1
checks.integer(svrg_gradients, 0, off_by=10**15)
# Hidden: the integer.
### BEGIN HIDDEN TESTS
checks.integer(svrg_gradients, 50_000)
### END HIDDEN TESTS

# %% test="adam_memory-value" points=1
checks.holds(isinstance(adam_memory, str),
             "The answer should be a text with a number and its unit.")
checks.number(adam_memory, 0, rtol=np.inf, unit="bytes")
# Hidden: the number; any unit of memory is right.
### BEGIN HIDDEN TESTS
checks.number(adam_memory, 2e8, unit="bytes")
### END HIDDEN TESTS

# %% [markdown]
# **8c · Two questions** (2 points)
#
# `constant_step`: which of these does SGD with a constant step size $\eta < 2/L$ do on strongly convex $f$ whose terms have
# different minima? One letter.
#
# - a: it converges to the minimum of $f$ if it runs long enough;
# - b: it comes near at a linear rate, and then stays in a cloud whose variance is of order $\eta$;
# - c: it comes near at a linear rate, and then stays in a cloud whose variance is of order $\eta^2$.
#
# `decoupled`: which of these hold for AdamW in contrast to Adam with the penalty $\tfrac{\mathrm{wd}}2\|p\|^2$ in the loss?
# All that are right, as letters.
#
# - a: where $g$ is zero in every step, $p$ shrinks by the factor $1 - \eta\,\mathrm{wd}$ per step;
# - b: parameters with large gradients are decayed less;
# - c: multiplying the loss (without decay) by 10 changes nothing as long as $\varepsilon$ is negligible;
# - d: for $\mathrm{wd} = 0$ the two differ.

# %% solution="constant_step"
constant_step = ""      # one letter
### BEGIN SOLUTION
constant_step = "b"
### END SOLUTION

# %% solution="decoupled"
decoupled = ""          # all letters that are right, such as "ab"
### BEGIN SOLUTION
decoupled = "ac"
### END SOLUTION

# %% test="constant_step-choice" points=1
checks.answered(constant_step, "abc")
# Hidden: the letter.
### BEGIN HIDDEN TESTS
checks.choice(constant_step, "b", "abc")
### END HIDDEN TESTS

# %% test="decoupled-choices" points=1
checks.answered(decoupled, "abcd", several=True)
# Hidden: the letters.
### BEGIN HIDDEN TESTS
checks.choices(decoupled, "ac", "abcd")
### END HIDDEN TESTS

# %% [markdown]
# **8d · SGD with a falling step size** (8 points, marked by hand)
#
# Let $f$ be $\mu$-strongly convex with minimum $x^*$, let $g_k$ be random with $\mathbb E[g_k\mid x_k] = \nabla f(x_k)$ and
# $\mathbb E\|g_k\|^2 \le G^2$, and $x_{k+1} = x_k - \eta_k g_k$ with $\eta_k = \frac{2}{\mu (k+2)}$, $k = 0, 1, \dots$
# Prove that the weighted mean $\hat x = \frac{2}{K(K+1)}\sum_{k=0}^{K-1}(k+1)\,x_k$ satisfies
#
# $$\mathbb E\,f(\hat x) - f(x^*) \le \frac{2\,G^2}{\mu\,(K+1)} .$$
#
# Hint: expand $\|x_{k+1} - x^*\|^2$, use strong convexity in the form
#
# $$\langle\nabla f(x), x - x^*\rangle \ge f(x) - f(x^*) + \tfrac\mu2\|x - x^*\|^2,$$
#
# multiply by $k + 1$ and add up: the distances cancel. Then say in one sentence where the proof breaks for a constant step
# size. Ten to fifteen lines are enough; write them below, or hand in a typed page as `written.pdf` and say so
# below.

# %% [markdown] manual="falling_step" points=8
# <!-- BEGIN SOLUTION -->
# Let $D_k = \mathbb E\|x_k - x^*\|^2$ and $\delta_k = \mathbb E f(x_k) - f(x^*)$. Expanding the square and taking the
# expectation, first given $x_k$,
#
# $$D_{k+1} = D_k - 2\eta_k\,\mathbb E\langle\nabla f(x_k), x_k - x^*\rangle + \eta_k^2\,\mathbb E\|g_k\|^2
# \le D_k - 2\eta_k\delta_k - \eta_k\mu D_k + \eta_k^2 G^2 ,$$
#
# hence
#
# $$\delta_k \le \frac{1 - \mu\eta_k}{2\eta_k} D_k - \frac1{2\eta_k} D_{k+1} + \frac{\eta_k}2 G^2
# = \frac{\mu k}{4} D_k - \frac{\mu(k+2)}4 D_{k+1} + \frac{G^2}{\mu(k+2)} .$$
#
# Multiplied by $k+1$ this is
# $(k+1)\delta_k \le \frac\mu4\big(k(k+1)D_k - (k+1)(k+2)D_{k+1}\big) + \frac{G^2}\mu\cdot\frac{k+1}{k+2}$. The
# sum over $k = 0, \dots, K-1$ telescopes: its first part is $-\frac\mu4 K(K+1) D_K \le 0$ (the term for $k = 0$ has the
# factor 0, so the start does not appear), the second at most $K G^2/\mu$. As $f$ is convex,
#
# $$\mathbb E f(\hat x) - f(x^*) \le \frac2{K(K+1)}\sum_k (k+1)\delta_k \le \frac{2}{K(K+1)}\cdot\frac{K G^2}{\mu}
# = \frac{2G^2}{\mu(K+1)} .$$
#
# With a constant $\eta$ the noise term $\frac\eta2 G^2$ does not become small, and no weights make it so: the bound stays at
# the noise floor.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 2 | the square expanded, conditional expectation used for the middle term, $G^2$ for the last |
# | 2 | strong convexity inserted with both of its terms, and solved for $\delta_k$ |
# | 2 | the weights $k+1$ make the distances telescope; the first term vanishes, the last has the right sign |
# | 1 | Jensen for the weighted mean, and the constant |
# | 1 | the constant step size: the noise term does not fall |
#
# A proof with $\eta_k = 1/(\mu(k+1))$ and the plain mean, which gives $G^2(1 + \log K)/(2\mu K)$: at most 6.
# <!-- END SOLUTION -->
