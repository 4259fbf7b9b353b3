# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Optimisation with exact gradients
#
# Learning means to tune parameters until a function is small. Here the function is exact and known only through its
# values and gradients; what changes is how cleverly you walk. You build the methods, from gradient descent to Newton,
# and check each against the theorem that promises how fast it is.
#
# **You will learn to**
# - choose a step size, and predict from the curvatures what it does;
# - accelerate: from $1/k$ to $1/k^2$, and from $\kappa$ to $\sqrt\kappa$, with one more vector in memory;
# - make Newton's method safe far from the minimum, and keep it quadratic close to it;
# - minimise where there is no gradient, by thresholds and by sub-gradients;
# - solve under equality constraints, and read the price of a constraint off its multiplier.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `gd` | 10 | 5 lines |
# | 2 | `quad_rate`, `optimal_lr`, `predict` | 10 | 8 lines |
# | 3 | `nesterov` | 16 | 12 lines |
# | 4 | `heavy_ball`, `hb_tune`, `hb_roots` | 8 | 12 lines |
# | 5 | `armijo`, `newton` | 12 | 25 lines |
# | 6 | `ista`, `fista`, `subgradient` | 12 | 30 lines |
# | 7 | `kkt_qp`, `penalty_path` | 8 | 12 lines |
# | 8 | on paper: seven answers, one proof, one picture | 14 + 8 + 2 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is
# graded, with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem
# can be solved without the earlier ones. You work in pairs and hand in one notebook.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Arrays are float64.
#
# Methods receive an **oracle** `orc`: `orc.f(x)` is the value at `x (d,)`, a float, and `orc.g(x)` the gradient, a new
# array `(d,)`. You cannot see more of the function than that. Every question is recorded, so the tests know where you
# asked, and how often: keep what `orc.g` returns instead of asking twice.
#
# In all problems `scipy`, `torch` and `sympy` are not allowed; a solution that uses them gets no points for its
# function. `np.linalg` is fine. Arguments are left unchanged, and results share no memory with them.

# %% given="setup"
import numpy as np

from autograder import checks

NOT_HERE = ["scipy", "torch", "sympy"]

# %% [markdown]
# ## 1 · Gradient descent
#
# The gradient points uphill, so go the other way:
#
# $$x_{k+1} = x_k - \eta\,\nabla f(x_k).$$
#
# If $f$ is convex and its gradient changes by at most $L$ per unit length, the step $\eta = 1/L$ never overshoots,
# and after $k$ steps, with $R = \|x_0 - x^*\|$,
#
# $$f(x_k) - f^* \le \frac{L R^2}{2k} .$$
#
# Nearly half of that really happens: on a parabola that goes over into straight lines at $|x| = R/(2N+1)$, the value
# after $N$ steps is exactly $LR^2/(4N+2)$. Keep this function in mind: it is how the tests tell gradient descent from
# faster methods.

# %% [markdown]
# **Write `gd(orc, x0, lr, steps) -> X`** (10 points)
#
# - `x0 (d,)` is the start, `lr` the step size, `steps` a whole number, 0 or more.
# - `X (steps + 1, d)` holds all iterates as rows: `X[0]` is `x0`, and each further row is one step of the formula,
#   with the gradient that `orc.g` gave you for the row before. The step size stays as it is.
# - `orc.g` is asked at most `steps + 1` times.

# %% solution="gd"
def gd(orc, x0, lr, steps):
    """Gradient descent with a fixed step size: all iterates, X (steps + 1, d)."""
    # Make room for all rows first. A list of one array that you change in place
    # holds the same array many times.
    ### BEGIN SOLUTION
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        X[k + 1] = X[k] - lr * orc.g(X[k])
    return X
    ### END SOLUTION

# %% test="gd-by_hand" points=2
checks.forbid(gd, NOT_HERE)

# f(x) = x^2 / 2 has the gradient x: with lr = 1/2 every step halves x.
orc = checks.Oracle(lambda x: x @ x / 2, lambda x: x, 1)
X = checks.ask(gd, orc, np.array([4.0]), 0.5, 3)
checks.close(X, [[4.0], [2.0], [1.0], [0.5]], "X for x^2 / 2")

# Two unknowns: every row follows from the recorded gradients, and the values fall.
orc = checks.Oracle(lambda x: x[0]**2 / 2 + 2 * x[1]**2, lambda x: x * [1.0, 4.0], 2)
X = checks.ask(gd, orc, np.array([3.0, 1.0]), 0.2, 5)
checks.trace(X, orc, lambda k, X, x, g: x - 0.2 * g, start=[3.0, 1.0], steps=5)
values = [orc.value(x) for x in X]
falling = bool(np.all(np.diff(values) < 0))
checks.holds(falling, "With lr below 2 / L the values fall at every step.")

# %% test="gd-tools" points=0
# The grader keeps some functions here, for this problem and the later ones.
### BEGIN HIDDEN TESTS
def turned(rng, values):
    """A symmetric matrix with these eigenvalues."""
    Q, _ = np.linalg.qr(rng.normal(size=(len(values), len(values))))
    H = (Q * np.asarray(values, dtype=float)) @ Q.T
    return (H + H.T) / 2

def quadratic(H, centre):
    """(x - centre)^T H (x - centre) / 2."""
    return checks.Oracle(lambda x: (x - centre) @ H @ (x - centre) / 2, lambda x: H @ (x - centre), len(centre))

def logcosh(z):
    return np.abs(z) + np.log1p(np.exp(-2 * np.abs(z))) - np.log(2)

def cosines(A, centre, mu=0.0):
    """sum of log cosh of A (x - centre), plus mu |x - centre|^2 / 2: minimum 0 at the centre, L = |A|^2 + mu."""
    return checks.Oracle(
        lambda x: float(np.sum(logcosh(A @ (x - centre)))) + mu * (x - centre) @ (x - centre) / 2,
        lambda x: A.T @ np.tanh(A @ (x - centre)) + mu * (x - centre), len(centre))

def hubers(A, centre, kink):
    """sum of Huber functions of A (x - centre): minimum 0 at the centre, L = |A|^2."""
    def f(x):
        z = np.abs(A @ (x - centre))
        return float(np.sum(np.where(z <= kink, z**2 / 2, kink * z - kink**2 / 2)))
    return checks.Oracle(f, lambda x: A.T @ np.clip(A @ (x - centre), -kink, kink), len(centre))

def hardest(rng, N):
    """A function on which N steps of gradient descent are as slow as theory allows: oracle, start, L, R."""
    L, R, centre, side = rng.uniform(0.5, 5), rng.uniform(0.5, 5), rng.normal(size=1), rng.choice([-1.0, 1.0])
    hard = checks.hard_for_gradient_descent(N, L=L, R=R)
    orc = checks.Oracle(lambda x: hard.f(x - centre), lambda x: hard.gradient(x - centre), 1)
    return orc, centre + side * R, L, R

def convex(rng):
    """Three smooth convex functions with minimum 0: oracle, start, L, R each."""
    for d, make in [(5, lambda A, centre: quadratic(A.T @ A, centre)), (7, cosines), (3, lambda *s: hubers(*s, 0.3))]:
        A, centre = rng.normal(size=(d + 4, d)), rng.normal(size=d)
        x0 = centre + 3 * rng.normal(size=d)
        yield make(A, centre), x0, float(np.linalg.norm(A, 2) ** 2), float(np.linalg.norm(x0 - centre))

def run_gd(orc, x0, lr, steps):
    """X of the student, which follows the recursion with the recorded gradients."""
    orc.clear()
    X = checks.ask(gd, orc, x0, lr, steps)
    checks.trace(X, orc, lambda k, X, x, g: x - lr * g, start=x0, steps=steps)
    checks.queries(orc, g=steps + 1)
    return X
### END HIDDEN TESTS

# %% test="gd-recursion" points=4
# Hidden: quadratics and other functions, small and large steps, also steps that diverge:
# every row follows from the one before and the recorded gradient.
### BEGIN HIDDEN TESTS
checks.forbid(gd, NOT_HERE)
rng = checks.fresh_rng("gd-recursion")
for orc, x0, L, R in convex(rng):
    for factor in (0.3, 1.0, 2.5):
        run_gd(orc, x0, factor / L, 25)
### END HIDDEN TESTS

# %% test="gd-bound" points=2
# Hidden: with lr = 1 / L the values stay below L R^2 / (2 k), and meet the worst case where
# it is exact.
### BEGIN HIDDEN TESTS
checks.forbid(gd, NOT_HERE)
rng = checks.fresh_rng("gd-bound")
for orc, x0, L, R in convex(rng):
    X = run_gd(orc, x0, 1 / L, 60)
    checks.rate([orc.value(x) for x in X], "gradient descent", "gd", L=L, R=R)
orc, x0, L, R = hardest(rng, 50)
X = run_gd(orc, x0, 1 / L, 50)
checks.close(orc.value(X[-1]) / (L * R**2), 1 / 202, "f(x_50) in the worst case", rtol=1e-9, hidden=True)
### END HIDDEN TESTS

# %% test="gd-edges" points=1
# Hidden: no steps at all, one unknown, a start at the minimum, and gradients of size 1e-10.
### BEGIN HIDDEN TESTS
checks.forbid(gd, NOT_HERE)
rng = checks.fresh_rng("gd-edges")
centre = rng.normal(size=4)
orc = quadratic(turned(rng, [1.0, 2.0, 3.0, 4.0]), centre)
run_gd(orc, rng.normal(size=4), 0.1, 0)
run_gd(orc, centre, 0.1, 3)
run_gd(quadratic(np.array([[2.0]]), rng.normal(size=1)), rng.normal(size=1), 0.1, 4)
run_gd(quadratic(1e-10 * turned(rng, [1.0, 2.0, 3.0]), np.zeros(3)), rng.normal(size=3), 1e9, 4)
### END HIDDEN TESTS

# %% test="gd-habits" points=1
# Hidden: x0 is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(gd, NOT_HERE)
rng = checks.fresh_rng("gd-habits")
orc = quadratic(turned(rng, [1.0, 2.0, 3.0, 4.0]), rng.normal(size=4))
checks.battery(gd, orc, 2 + rng.normal(size=4), 0.13, 4)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A long valley, and three step sizes: too small, right, and close to $2/L$.

# %% look="gd"
import matplotlib.pyplot as plt

valley = checks.Oracle(lambda x: x[0]**2 / 2 + 5 * x[1]**2, lambda x: x * [1.0, 10.0], 2)
u, v = np.meshgrid(np.linspace(-1, 6.5, 80), np.linspace(-1.6, 1.6, 60))

plt.figure(figsize=(7, 3))
plt.contour(u, v, u**2 / 2 + 5 * v**2, levels=np.geomspace(0.2, 30, 9), colors="0.8")
for lr, style in [(0.03, "o-"), (0.18, "s-"), (0.197, "x:")]:
    plt.plot(*gd(valley, np.array([6.0, 1.0]), lr, 20).T, style, ms=4, label=f"lr = {lr}")
plt.xlabel("x[0]"); plt.ylabel("x[1]"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 2 · Step size and curvature
#
# Near a minimum every smooth function is a quadratic, $f(w) = \tfrac12 w^\top H w$, and there gradient descent can be
# solved: $w_t = (I - \eta H)^t\, w_0$. In the basis of eigenvectors each part of the error is multiplied by its own
# $1 - \eta\lambda$ at every step. The slowest part wins:
#
# $$\rho(\eta) = \max_\lambda |1 - \eta\lambda|,$$
#
# the *rate*. Above $\eta = 2/L$ it exceeds 1 and the iteration diverges; below, steep directions want a small step and
# flat ones a large step. The best compromise treats the smallest eigenvalue $\mu$ and the largest $L$ alike.

# %% [markdown]
# **Write three functions** (10 points)
#
# - `quad_rate(H, lr) -> rate`: for symmetric `H (d, d)` with any eigenvalues. If one of them is negative, the rate is
#   above 1 for every positive `lr`; if one is zero, it is at least 1.
# - `optimal_lr(H) -> (lr, rate)`: the step size with the smallest rate, and that rate; `H` has no negative eigenvalue
#   and is not zero. If the smallest eigenvalue is zero, the formula for the step still applies, with rate 1.
# - `predict(H, w0, lr, t) -> w_t (d,)`: the iterate after `t` steps from `w0 (d,)`, $t \ge 0$, for symmetric `H`, to a
#   relative error of $10^{-10}$. A closed form or repeated products, as you like.
#
# Rates and step sizes are floats. `H` comes in no particular order: do not expect sorted eigenvalues.

# %% solution="quad_rate"
def quad_rate(H, lr):
    """The largest |1 - lr lambda| over the eigenvalues of H (d, d)."""
    # Which eigenvalue is the slowest depends on lr:
    # do not guess it.
    ### BEGIN SOLUTION
    return float(np.abs(1 - lr * np.linalg.eigvalsh(H)).max())
    ### END SOLUTION

# %% solution="optimal_lr"
def optimal_lr(H):
    """The best fixed step size for w^T H w / 2, and its rate: lr, rate."""
    # Draw |1 - lr mu| and |1 - lr L| over lr:
    # where is the larger one smallest?
    ### BEGIN SOLUTION
    w = np.linalg.eigvalsh(H)
    mu, L = w[0], w[-1]
    return float(2 / (mu + L)), float((L - mu) / (L + mu))
    ### END SOLUTION

# %% solution="predict"
def predict(H, w0, lr, t):
    """(I - lr H)^t w0, the iterate after t steps of gradient descent."""
    # In the basis of eigenvectors the power
    # is one of numbers.
    ### BEGIN SOLUTION
    w, V = np.linalg.eigh(H)
    return V @ ((1 - lr * w) ** t * (V.T @ w0))
    ### END SOLUTION

# %% test="quad_rate-by_hand" points=0.5
checks.forbid(quad_rate, NOT_HERE)

# Curvatures 1 and 9 and lr = 1/5: the factors are 0.8 and -0.8. With lr = 1/4: 3/4 and -5/4.
checks.close(checks.ask(quad_rate, np.diag([1.0, 9.0]), 0.2), 0.8, "the rate for lr = 1/5")
checks.close(checks.ask(quad_rate, np.diag([1.0, 9.0]), 0.25), 1.25, "the rate for lr = 1/4")

# %% test="optimal_lr-by_hand" points=0.5
checks.forbid(optimal_lr, NOT_HERE)

lr, rate = checks.ask(optimal_lr, np.diag([1.0, 9.0]))
checks.close(lr, 0.2, "the step lr for the curvatures 1 and 9")
checks.close(rate, 0.8, "the rate for the curvatures 1 and 9")

# %% test="predict-by_hand" points=1
checks.forbid(predict, NOT_HERE)

# (I - H / 4) for H = [[2, 1], [1, 2]] is [[2, -1], [-1, 2]] / 4.
H, w0 = np.array([[2.0, 1.0], [1.0, 2.0]]), np.array([1.0, 0.0])
checks.close(checks.ask(predict, H, w0, 0.25, 1), [0.5, -0.25], "one step")
checks.close(checks.ask(predict, H, w0, 0.25, 2), [0.3125, -0.25], "two steps")

# %% test="quad_rate-values" points=1.5
# Hidden: any spectrum and any order of the axes, small steps and large ones.
### BEGIN HIDDEN TESTS
checks.forbid(quad_rate, NOT_HERE)
rng = checks.fresh_rng("quad_rate-values")
for values in ([5.0, 3.0, 9.0, 1.0], [0.01, 0.5, 1.0], [4.0] * 3, [7.0]):
    for H in (np.diag(values), turned(rng, values)):
        for lr in (0.1 / max(values), 1 / max(values), 1.9 / max(values), 3 / max(values)):
            expected = np.abs(1 - lr * np.array(values)).max()
            checks.close(checks.ask(quad_rate, H, lr), expected, "the rate", rtol=1e-10, hidden=True)
### END HIDDEN TESTS

# %% test="quad_rate-not_positive" points=1
# Hidden: above 1 as soon as one eigenvalue is negative, 1 for a singular H and a small step.
### BEGIN HIDDEN TESTS
checks.forbid(quad_rate, NOT_HERE)
rng = checks.fresh_rng("quad_rate-not_positive")
for values, expected in [([3.0, -1.0, 2.0], 1.1), ([-5.0, 1.0], 1.5), ([0.0, 2.0, 4.0], 1.0)]:
    checks.close(checks.ask(quad_rate, turned(rng, values), 0.1), expected, "the rate", rtol=1e-10, hidden=True)
### END HIDDEN TESTS

# %% test="optimal_lr-values" points=1.5
# Hidden: lr and its rate for any spectrum and any order of the axes; a singular H.
### BEGIN HIDDEN TESTS
checks.forbid(optimal_lr, NOT_HERE)
rng = checks.fresh_rng("optimal_lr-values")
for values in ([3.0, 9.0, 1.0, 5.0], [2.0, 0.01, 1.0], [4.0] * 3, [7.0], [0.0, 3.0, 1.0]):
    mu, L = min(values), max(values)
    for H in (np.diag(values), turned(rng, values)):
        lr, rate = checks.ask(optimal_lr, H)
        checks.close(lr * L, 2 * L / (mu + L), "the step lr", rtol=1e-10, hidden=True)
        checks.close(rate, (L - mu) / (L + mu), "the rate", rtol=1e-10, hidden=True)
### END HIDDEN TESTS

# %% test="optimal_lr-promise" points=0.5
# Hidden: gradient descent with your lr falls by (kappa - 1) / (kappa + 1) per step, kappa = 100.
### BEGIN HIDDEN TESTS
checks.forbid(optimal_lr, NOT_HERE)
rng = checks.fresh_rng("optimal_lr-promise")
values = np.concatenate([[20.0], rng.permutation([1.0, 100.0, 40.0, 60.0]), [30.0]])
lr, _ = checks.ask(optimal_lr, np.diag(values))
errors = [rng.choice([-1.0, 1.0], 6)]
for _ in range(300):
    errors.append(errors[-1] - lr * values * errors[-1])
lengths = np.linalg.norm(errors, axis=1)
checks.rate(lengths, "gradient descent on a quadratic", "With your lr", kappa=100.0, start=float(lengths[0]))
### END HIDDEN TESTS

# %% test="predict-values" points=1.5
# Hidden: many steps, also of a step size that diverges, any symmetric H, also with equal
# eigenvalues, no step at all.
### BEGIN HIDDEN TESTS
checks.forbid(predict, NOT_HERE)
rng = checks.fresh_rng("predict-values")
for values, lr in [([1.0, 3.0, 9.0, 5.0], 0.2), ([0.02, 1.0, 0.3], 1.0), ([2.0, -1.0, 1.0], 0.1), ([4.0, 1.0], 0.6),
                   ([4.0, 4.0, 4.0, 1.0, 1.0], 0.3)]:
    Q, _ = np.linalg.qr(rng.normal(size=(len(values), len(values))))
    H, w0 = (Q * np.array(values)) @ Q.T, Q @ rng.uniform(1, 2, len(values))
    for t in (0, 1, 7, 150):
        expected = Q @ ((1 - lr * np.array(values)) ** t * (Q.T @ w0))
        got, scale = checks.ask(predict, (H + H.T) / 2, w0, lr, t), np.linalg.norm(expected)
        checks.close(np.asarray(got) / scale, expected / scale, "w_t", rtol=1e-10, hidden=True)
### END HIDDEN TESTS

# %% test="predict-law" points=0.5
# Hidden: t steps and then s steps are t + s steps.
### BEGIN HIDDEN TESTS
checks.forbid(predict, NOT_HERE)
rng = checks.fresh_rng("predict-law")
H, w0 = turned(rng, [1.0, 2.0, 4.0, 0.5, 3.0]), rng.uniform(1, 2, 5)
halfway, both = checks.ask(predict, H, w0, 0.3, 9), checks.ask(predict, H, w0, 0.3, 13)
checks.holds(bool(np.any(np.asarray(both) != 0)), "After 13 steps something is left.")
checks.close(checks.ask(predict, H, halfway, 0.3, 4), both, "9 steps and then 4", floor=0, hidden=True)
### END HIDDEN TESTS

# %% test="quad_rate-habits" points=0.5
# Hidden: H is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(quad_rate, NOT_HERE)
rng = checks.fresh_rng("quad_rate-habits")
checks.battery(quad_rate, turned(rng, [2.0, 3.0, 4.0, 5.0]), 0.3)
### END HIDDEN TESTS

# %% test="optimal_lr-habits" points=0.5
# Hidden: the same for optimal_lr.
### BEGIN HIDDEN TESTS
checks.forbid(optimal_lr, NOT_HERE)
rng = checks.fresh_rng("optimal_lr-habits")
checks.battery(optimal_lr, turned(rng, [2.0, 3.0, 4.0, 5.0]))
### END HIDDEN TESTS

# %% test="predict-habits" points=0.5
# Hidden: the same for predict, and w_0 is no view of w0.
### BEGIN HIDDEN TESTS
checks.forbid(predict, NOT_HERE)
rng = checks.fresh_rng("predict-habits")
H, w0 = turned(rng, [2.0, 3.0, 4.0, 5.0]), 3 + rng.normal(size=4)
checks.battery(predict, H, w0, 0.03, 0)
checks.battery(predict, H, w0, 0.03, 3)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The rate over the step size for curvatures between 1 and 9, and the step that you chose.

# %% look="optimal_lr"
import matplotlib.pyplot as plt

H = np.diag([1.0, 4.0, 9.0])
lrs = np.linspace(0, 0.25, 100)
lr, rate = optimal_lr(H)

plt.figure(figsize=(6, 3))
plt.plot(lrs, [quad_rate(H, step) for step in lrs], label="quad_rate")
plt.plot(lr, rate, "o", label="optimal_lr")
plt.axhline(1, color="k", lw=0.5); plt.axvline(2 / 9, color="k", lw=0.5, ls=":")
plt.xlabel("lr"); plt.ylabel("rate"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 3 · Nesterov's method
#
# Gradient descent forgets where it came from. Nesterov looks *ahead* along the last step, and asks for the gradient
# there:
#
# $$y_k = x_k + \beta_k\,(x_k - x_{k-1}),\qquad x_{k+1} = y_k - \tfrac1L \nabla f(y_k),\qquad x_{-1} = x_0 .$$
#
# With $\beta_k$ growing towards 1 in the right way (such as $\frac{k}{k+3}$, or from $t_{k+1} = \frac12\big(1 +
# \sqrt{1 + 4t_k^2}\big)$), every convex function with gradient constant $L$ has $f(x_k) - f^* \le 2LR^2/k^2$. No
# method that sees gradients alone does better by more than a constant. If the curvature is also at least $\mu > 0$,
# the constant $\beta = \frac{\sqrt L - \sqrt\mu}{\sqrt L + \sqrt\mu}$ gives
#
# $$f(x_k) - f^* \le \Big(1 - \sqrt{\mu/L}\Big)^k \Big(f(x_0) - f^* + \tfrac\mu2 R^2\Big).$$

# %% [markdown]
# **Write `nesterov(orc, x0, L, mu, steps) -> X`** (16 points)
#
# - `x0 (d,)`, `L > 0`, `0 <= mu <= L`, `steps >= 0`; `X (steps + 1, d)` holds $x_0, x_1, \dots$ as rows.
# - `mu = 0`: convex; the values satisfy the first bound. `mu > 0`: strongly convex; they satisfy the second.
# - Every row follows from a recorded gradient by the formulas above. Which $\beta_k$ in $[0, 1]$ you take is up to you
#   (also a restart now and then), as long as both bounds hold; counting $k$ from one further on is fine.
# - `orc.g` is asked at most `steps + 1` times.

# %% solution="nesterov"
def nesterov(orc, x0, L, mu, steps):
    """Nesterov's accelerated gradient method: all iterates, X (steps + 1, d)."""
    # beta from k, or from sqrt(mu) and sqrt(L); then look ahead,
    # ask there, and step from there.
    ### BEGIN SOLUTION
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        beta = k / (k + 3) if mu == 0 else (np.sqrt(L) - np.sqrt(mu)) / (np.sqrt(L) + np.sqrt(mu))
        y = X[k] + beta * (X[k] - X[max(k - 1, 0)])
        X[k + 1] = y - orc.g(y) / L
    return X
    ### END SOLUTION

# %% test="nesterov-first_steps" points=3
checks.forbid(nesterov, NOT_HERE)

# f(x) = x[0]^2 / 2 + 2 x[1]^2 from (3, 1): the first step is one of gradient descent.
orc = checks.Oracle(lambda x: x[0]**2 / 2 + 2 * x[1]**2, lambda x: x * [1.0, 4.0], 2)
X = checks.ask(nesterov, orc, np.array([3.0, 1.0]), 5.0, 0.0, 4)
checks.close(X[0], [3.0, 1.0], "X[0]")
checks.close(X[1], [2.4, 0.2], "X[1]")

# Every step starts from a point where you asked; the third and later ones are ahead of X[k].
step = lambda k, X, y, g: y - g / 5
y = checks.followed(X, orc, step, start=[3.0, 1.0], steps=4, anywhere=True)
ahead = [(y[k] - X[k]) @ (X[k] - X[k - 1]) for k in (2, 3)]
checks.holds(min(ahead) > 0, "In the third and fourth step the gradient is asked ahead of X[k].")

# %% test="nesterov-tools" points=0
# The grader keeps two functions here.
### BEGIN HIDDEN TESTS
def run_nesterov(orc, x0, L, mu, steps):
    """X of the student, which follows from recorded gradients, and the points y_k where they were asked."""
    orc.clear()
    X = checks.ask(nesterov, orc, x0, L, mu, steps)
    y = checks.followed(X, orc, lambda k, X, y, g: y - g / L, start=x0, steps=steps, anywhere=True)
    checks.queries(orc, g=steps + 1)
    return X, y

def looks_ahead(X, y):
    """y_k is x_k + beta_k (x_k - x_{k-1}) with beta_k in [0, 1], and beta_k is above zero more often than not."""
    checks.holds(bool(np.linalg.norm(y[0] - X[0]) <= 1e-9 * np.linalg.norm(X[0])), "The first gradient is asked at x0.")
    positive = 0
    for k in range(1, len(y)):
        step, ahead = X[k] - X[k - 1], y[k] - X[k]
        scale = np.linalg.norm(X[k]) + np.linalg.norm(X[k - 1])
        beta = float(ahead @ step) / max(float(step @ step), 1e-300)
        moved = np.linalg.norm(step) > 1e-6 * scale
        checks.holds(bool(np.linalg.norm(ahead - beta * step) <= 1e-9 * scale),
                     "Each gradient is asked on the line through the last two iterates.")
        checks.holds(not moved or -1e-6 <= beta <= 1 + 1e-6, "beta lies between 0 and 1: the line is followed ahead.")
        positive += beta > 1e-3
    checks.holds(positive >= 0.5 * (len(y) - 2), "The gradient is asked at y_k, ahead of x_k, not at x_k itself.")
### END HIDDEN TESTS

# %% test="nesterov-looks_ahead" points=4
# Hidden: every gradient is asked at y_k, and x_{k+1} follows from it; at most steps + 1 of them.
### BEGIN HIDDEN TESTS
checks.forbid(nesterov, NOT_HERE)
rng = checks.fresh_rng("nesterov-looks_ahead")
for orc, x0, L, R in convex(rng):
    looks_ahead(*run_nesterov(orc, x0, L, 0.0, 25))
values = np.geomspace(0.1, 3.0, 6)
orc = quadratic(turned(rng, values), rng.normal(size=6))
looks_ahead(*run_nesterov(orc, rng.normal(size=6), 3.0, 0.1, 25))
orc = quadratic(turned(rng, [1.0, 1.5, 2.0]), rng.normal(size=3))
looks_ahead(*run_nesterov(orc, rng.normal(size=3), 2.0, 1.0, 10))
### END HIDDEN TESTS

# %% test="nesterov-convex" points=4
# Hidden: mu = 0 and the functions on which gradient descent is slowest, also for 200 steps:
# below 2 L R^2 / k^2.
### BEGIN HIDDEN TESTS
checks.forbid(nesterov, NOT_HERE)
rng = checks.fresh_rng("nesterov-convex")
for N, steps in [(50, 50), (2000, 200)]:        # of the second the bound allows 0.95 of beta = k / (k + 3) and its like;
    orc, x0, L, R = hardest(rng, N)             # k / (k + 2) takes 1.05, at most 0.95 takes 1.25, always 0.9 takes 2.6
    X, _ = run_nesterov(orc, x0, L, 0.0, steps)
    checks.rate([orc.value(x) for x in X[1:]], "Nesterov", "nesterov", L=L, R=R)      # k counts one less
for orc, x0, L, R in convex(rng):
    X, _ = run_nesterov(orc, x0, L, 0.0, 40)
    checks.rate([orc.value(x) for x in X[1:]], "Nesterov", "nesterov", L=L, R=R)
### END HIDDEN TESTS

# %% test="nesterov-strongly_convex" points=2.5
# Hidden: mu = L / 100 and mu = L / 4, quadratics and another function: the second bound holds.
### BEGIN HIDDEN TESTS
checks.forbid(nesterov, NOT_HERE)
rng = checks.fresh_rng("nesterov-strongly_convex")
A = rng.normal(size=(9, 5))
A *= np.sqrt(2.0) / np.linalg.norm(A, 2)
wide, narrow, short = rng.normal(size=8), rng.normal(size=5), rng.normal(size=3)
flat = np.array([0.0, 0.0, 1.0])                # from there right methods take 0.28 to 0.32 of the bound
for orc, centre, side, L, mu, steps in [
        (quadratic(turned(rng, np.geomspace(0.05, 5.0, 8)), wide), wide, rng.normal(size=8), 5.0, 0.05, 200),
        (cosines(A, narrow, mu=2 / 99), narrow, rng.normal(size=5), 200 / 99, 2 / 99, 200),
        (quadratic(np.diag([2.0, 1.0, 0.5]), short), short, flat, 2.0, 0.5, 40)]:
    x0 = centre + 3 * side
    X, _ = run_nesterov(orc, x0, L, mu, steps)
    values = [orc.value(x) for x in X[1:]]                                           # k counts one less
    checks.rate(values, "strongly convex Nesterov", "nesterov with mu > 0", L=L, mu=mu, start=orc.value(x0),
                R=float(np.linalg.norm(x0 - centre)))
### END HIDDEN TESTS

# %% test="nesterov-spectrum" points=1
# Hidden: curvatures 1/1000, 2/1000, ..., 1 and mu = 0: the values fall faster than k^-1.8.
### BEGIN HIDDEN TESTS
checks.forbid(nesterov, NOT_HERE)
rng = checks.fresh_rng("nesterov-spectrum")
values = rng.permutation(np.arange(1, 1001) / 1000)
L, signs = rng.uniform(0.5, 5), rng.choice([-1.0, 1.0], 1000)
orc = checks.Oracle(lambda x: L * float(values @ (x * x)) / 2, lambda x: L * values * x, 1000)
X, _ = run_nesterov(orc, signs / np.sqrt(values), L, 0.0, 250)
checks.converges([orc.value(x) for x in X], "power", "nesterov", at_most=-1.9, skip=40)
### END HIDDEN TESTS

# %% test="nesterov-edges" points=0.5
# Hidden: no steps, one unknown, mu = L, a start at the minimum.
### BEGIN HIDDEN TESTS
checks.forbid(nesterov, NOT_HERE)
rng = checks.fresh_rng("nesterov-edges")
centre = rng.normal(size=3)
orc = quadratic(turned(rng, [1.0, 2.0, 4.0]), centre)
run_nesterov(orc, rng.normal(size=3), 4.0, 1.0, 0)
run_nesterov(orc, rng.normal(size=3), 4.0, 0.0, 1)
run_nesterov(orc, centre, 4.0, 0.0, 5)
ball = quadratic(np.array([[2.0]]), rng.normal(size=1))
X, _ = run_nesterov(ball, rng.normal(size=1), 2.0, 2.0, 6)
checks.holds(bool(ball.value(X[-1]) <= 1e-20), "With mu = L one step is enough.")
### END HIDDEN TESTS

# %% test="nesterov-habits" points=1
# Hidden: x0 is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(nesterov, NOT_HERE)
rng = checks.fresh_rng("nesterov-habits")
orc = quadratic(turned(rng, [1.0, 2.0, 3.0, 4.0]), rng.normal(size=4))
checks.battery(nesterov, orc, 2 + rng.normal(size=4), 4.0, 0.0, 4)
checks.battery(nesterov, orc, 2 + rng.normal(size=4), 4.0, 1.0, 4)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Your method beside gradient descent on a quadratic with curvatures between 0 and 1, and both theorems.

# %% look="nesterov"
import matplotlib.pyplot as plt

curvature = np.arange(1, 301) / 300
orc = checks.Oracle(lambda x: curvature @ (x * x) / 2, lambda x: curvature * x, 300)
start, slow, k = 1 / np.sqrt(curvature), [], np.arange(1, 201)
x, R2 = start, start @ start
for _ in k:
    x = x - orc.g(x)
    slow.append(orc.value(x))
fast = [orc.value(x) for x in nesterov(orc, start, 1.0, 0.0, 200)[1:]]

plt.figure(figsize=(6, 3))
plt.loglog(k, slow, label="gradient descent"); plt.loglog(k, fast, label="your nesterov")
plt.loglog(k, R2 / (2 * k), ":k", lw=1, label=r"$LR^2/2k$")
plt.loglog(k, 2 * R2 / k**2, "--k", lw=1, label=r"$2LR^2/k^2$")
plt.xlabel("k"); plt.ylabel("f"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 4 · The heavy ball
#
# Polyak's ball has mass: it keeps a part $\beta$ of its last step and asks for the gradient where it *is*,
#
# $$x_{k+1} = x_k - \eta\,\nabla f(x_k) + \beta\,(x_k - x_{k-1}),\qquad x_{-1} = x_0 .$$
#
# On a quadratic each eigenvalue $\lambda$ has its own recursion for the pair $(x_k, x_{k-1})$, with the matrix
# $\begin{pmatrix}1 - \eta\lambda + \beta & -\beta\\ 1 & 0\end{pmatrix}$. Its two roots say everything: complex ones
# swing, with $|r| = \sqrt\beta$ whatever $\lambda$ is. Tuned so that the roots are double at both ends $\mu$ and $L$
# of the spectrum, the rate is $\sqrt\beta = \frac{\sqrt\kappa - 1}{\sqrt\kappa + 1}$, $\kappa = L/\mu$. On other
# functions the ball may circle for ever: there is no theorem like Nesterov's.

# %% [markdown]
# **Write three functions** (8 points)
#
# - `heavy_ball(orc, x0, lr, beta, steps) -> X (steps + 1, d)`: all iterates, `X[0]` is `x0`, `steps >= 0`. `orc.g` is
#   asked at most `steps + 1` times.
# - `hb_tune(mu, L) -> (lr, beta)`: the tuned values for curvatures between `mu > 0` and `L >= mu`.
# - `hb_roots(lam, lr, beta) -> r`: the two roots for the number `lam`, a complex array `(2,)`, in any order, also when
#   they are real. The roots satisfy $r_1 + r_2$ and $r_1 r_2$ as the matrix says, to $10^{-12}$.

# %% solution="heavy_ball"
def heavy_ball(orc, x0, lr, beta, steps):
    """Gradient descent with momentum beta: all iterates, X (steps + 1, d)."""
    # The first step has no past:
    # x_{-1} is x_0.
    ### BEGIN SOLUTION
    X = np.zeros((steps + 1, len(x0)))
    X[0] = x0
    for k in range(steps):
        X[k + 1] = X[k] - lr * orc.g(X[k]) + beta * (X[k] - X[max(k - 1, 0)])
    return X
    ### END SOLUTION

# %% solution="hb_tune"
def hb_tune(mu, L):
    """Step size and momentum for curvatures between mu and L: lr, beta."""
    # Double roots at mu and at L: two equations,
    # two unknowns.
    ### BEGIN SOLUTION
    a, b = np.sqrt(mu), np.sqrt(L)
    return float(4 / (a + b) ** 2), float(((b - a) / (b + a)) ** 2)
    ### END SOLUTION

# %% solution="hb_roots"
def hb_roots(lam, lr, beta):
    """The two roots of the heavy ball for curvature lam: complex, (2,)."""
    # The square root of a negative real number is nan:
    # make it complex first.
    ### BEGIN SOLUTION
    b = 1 - lr * lam + beta
    root = np.sqrt(complex(b * b - 4 * beta))
    return np.array([b + root, b - root]) / 2
    ### END SOLUTION

# %% test="heavy_ball-by_hand" points=0.5
checks.forbid(heavy_ball, NOT_HERE)

# f(x) = x^2 / 2, lr = 1/2, beta = 1/4: from 8 to 8 - 4, then 4 - 2 - 1, then 1 - 1/2 - 3/4.
orc = checks.Oracle(lambda x: x @ x / 2, lambda x: x, 1)
X = checks.ask(heavy_ball, orc, np.array([8.0]), 0.5, 0.25, 3)
checks.close(X, [[8.0], [4.0], [1.0], [-0.25]], "X")

# %% test="hb_tune-by_hand" points=0.5
checks.forbid(hb_tune, NOT_HERE)

# Curvatures 1 and 9: kappa = 9, so the rate is (3 - 1) / (3 + 1) = 1/2, and beta its square.
lr, beta = checks.ask(hb_tune, 1.0, 9.0)
checks.close(lr, 0.25, "the step lr for the curvatures 1 and 9")
checks.close(beta, 0.25, "the momentum beta for the curvatures 1 and 9")

# %% test="hb_roots-by_hand" points=0.5
checks.forbid(hb_roots, NOT_HERE)

# lr lam = 1, beta = 1/4: r^2 - r/4 + 1/4 = 0, complex, |r| = 1/2. Without beta: 1 - lr lam and 0.
r = checks.ask(hb_roots, 2.0, 0.5, 0.25)
checks.array(r, "r", shape=(2,), dtype="complex128")
checks.close(np.abs(r), [0.5, 0.5], "|r| for lr lam = 1, beta = 1/4")
r = checks.ask(hb_roots, 2.0, 0.1, 0.0)
checks.close(np.sum(r), 0.8, "the sum of the roots without beta")

# %% test="heavy_ball-tools" points=0
# The grader keeps two functions here.
### BEGIN HIDDEN TESTS
def run_heavy_ball(orc, x0, lr, beta, steps):
    orc.clear()
    X = checks.ask(heavy_ball, orc, x0, lr, beta, steps)
    checks.trace(X, orc, lambda k, X, x, g: x - lr * g + beta * (x - X[max(k - 1, 0)]), start=x0, steps=steps)
    checks.queries(orc, g=steps + 1)
    return X

def are_roots(r, lam, lr, beta):
    checks.array(r, "r", shape=(2,), dtype="complex128")
    total = 1 - lr * lam + beta
    scale = max(1.0, abs(total)) ** 2
    checks.close(np.sum(r) / scale, total / scale, "the sum of the roots", rtol=1e-12, hidden=True)
    checks.close(np.prod(r) / scale, beta / scale, "the product of the roots", rtol=1e-12, hidden=True)
### END HIDDEN TESTS

# %% test="heavy_ball-recursion" points=2
# Hidden: every row follows from the two before and the recorded gradient; no gradient twice.
### BEGIN HIDDEN TESTS
checks.forbid(heavy_ball, NOT_HERE)

rng = checks.fresh_rng("heavy_ball-recursion")
for orc, x0, L, R in convex(rng):
    run_heavy_ball(orc, x0, 0.9 / L, 0.7, 25)
    run_heavy_ball(orc, x0, 0.1 / L, 0.95, 25)
### END HIDDEN TESTS

# %% test="heavy_ball-edges" points=0.5
# Hidden: without beta it is gradient descent; no steps, one unknown.
### BEGIN HIDDEN TESTS
checks.forbid(heavy_ball, NOT_HERE)
rng = checks.fresh_rng("heavy_ball-edges")
H, centre, x0 = turned(rng, [1.0, 2.0, 3.0]), rng.normal(size=3), rng.normal(size=3)
plain = [x0]
for _ in range(8):
    plain.append(plain[-1] - 0.2 * H @ (plain[-1] - centre))
checks.close(checks.ask(heavy_ball, quadratic(H, centre), x0, 0.2, 0.0, 8), plain, "X without beta", hidden=True)
checks.close(checks.ask(heavy_ball, quadratic(H, centre), x0, 0.2, 0.5, 0), [x0], "X without steps", hidden=True)
orc, x0 = quadratic(np.array([[2.0]]), rng.normal(size=1)), rng.normal(size=1)
checks.array(checks.ask(heavy_ball, orc, x0, 0.2, 0.5, 3), "X", shape=(4, 1))
### END HIDDEN TESTS

# %% test="heavy_ball-habits" points=0.5
# Hidden: x0 is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(heavy_ball, NOT_HERE)
rng = checks.fresh_rng("heavy_ball-habits")
orc = quadratic(turned(rng, [1.0, 2.0, 3.0, 4.0]), rng.normal(size=4))
checks.battery(heavy_ball, orc, 2 + rng.normal(size=4), 0.13, 0.4, 4)
### END HIDDEN TESTS

# %% test="hb_tune-values" points=1
# Hidden: lr and beta for condition numbers from 1 to 10000.
### BEGIN HIDDEN TESTS
checks.forbid(hb_tune, NOT_HERE)
rng = checks.fresh_rng("hb_tune-values")
for kappa in (1.0, 2.0, 100.0, 1e4):
    mu = rng.uniform(0.2, 4)
    lr, beta = checks.ask(hb_tune, mu, kappa * mu)
    root = (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)
    checks.close(lr * mu * (1 + np.sqrt(kappa)) ** 2, 4, "the step lr", rtol=1e-10, hidden=True)
    checks.close(beta, root**2, "the momentum beta", rtol=1e-10, hidden=True)
### END HIDDEN TESTS

# %% test="hb_tune-promise" points=0.5
# Hidden: for kappa = 100 a ball with your values has the rate (10 - 1) / (10 + 1).
### BEGIN HIDDEN TESTS
checks.forbid(hb_tune, NOT_HERE)
rng = checks.fresh_rng("hb_tune-promise")
scale = rng.uniform(0.2, 4)
values = scale * np.append(rng.uniform(1, 100, 6), [1.0, 100.0])
lr, beta = checks.ask(hb_tune, scale, 100 * scale)
before = now = rng.choice([-1.0, 1.0], 8) * rng.uniform(0.5, 2, 8)
errors = [np.linalg.norm(now)]
for _ in range(150):
    before, now = now, now - lr * values * now + beta * (now - before)
    errors.append(np.linalg.norm(now))
checks.converges(errors, "linear", "With your values", at_most=9 / 11, skip=50)
### END HIDDEN TESTS

# %% test="hb_roots-roots" points=1.5
# Hidden: real and complex roots, of small and large curvatures, any order.
### BEGIN HIDDEN TESTS
checks.forbid(hb_roots, NOT_HERE)

rng = checks.fresh_rng("hb_roots-roots")
for _ in range(10):
    lam, lr, beta = rng.uniform(0.1, 10), rng.uniform(0.05, 0.5), rng.uniform(0, 0.95)
    are_roots(checks.ask(hb_roots, lam, lr, beta), lam, lr, beta)
for lam, lr, beta in [(1.0, 0.01, 0.1), (1.0, 0.3, 0.9), (100.0, 0.1, 0.5), (0.0, 0.3, 0.5)]:
    are_roots(checks.ask(hb_roots, lam, lr, beta), lam, lr, beta)
### END HIDDEN TESTS

# %% test="hb_roots-double" points=0.5
# Hidden: double roots, where the tuned ball lives; beta = 0; a negative curvature.
### BEGIN HIDDEN TESTS
checks.forbid(hb_roots, NOT_HERE)
for mu, L in [(1.0, 9.0), (1.0, 100.0), (3.0, 3.0)]:
    a, b = np.sqrt(mu), np.sqrt(L)
    for lam in (mu, L):
        lr, beta = float(4 / (a + b) ** 2), float(((b - a) / (b + a)) ** 2)
        are_roots(checks.ask(hb_roots, lam, lr, beta), lam, lr, beta)
are_roots(checks.ask(hb_roots, 3.0, 0.2, 0.0), 3.0, 0.2, 0.0)
are_roots(checks.ask(hb_roots, -2.0, 0.2, 0.6), -2.0, 0.2, 0.6)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The larger $|r|$ over the curvature, with the values tuned for 1 to 9: flat where the roots are complex.

# %% look="hb_roots"
import matplotlib.pyplot as plt

lams = np.linspace(0.2, 10.5, 200)
lr, beta = hb_tune(1.0, 9.0)

plt.figure(figsize=(6, 3))
plt.plot(lams, [np.abs(hb_roots(lam, lr, beta)).max() for lam in lams], label="heavy ball")
plt.plot(lams, np.abs(1 - 0.2 * lams), ":", label="gradient descent, lr = 1/5")
plt.xlabel("curvature"); plt.ylabel("factor per step"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 5 · Line search and Newton's method
#
# Newton minimises the quadratic model: $p = -\nabla^2 f(x)^{-1}\,\nabla f(x)$. Close to a minimum the error squares at
# every step, and the method does not care how the axes are scaled. Far away the model may be nonsense: the step too
# long, or, where the Hessian has a negative eigenvalue, uphill. Two repairs make it safe. Turn the direction downhill
# where the Hessian is not positive definite (make its eigenvalues positive, add a multiple of $I$, or take
# $-\nabla f$). And shorten the step until *Armijo's* condition holds,
#
# $$f(x + tp) \le f(x) + c\,t\,\nabla f(x)^\top p,$$
#
# starting with $t = 1$, so that close to the minimum nothing is changed.

# %% [markdown]
# **Write `armijo(orc, x, p, c=1e-4) -> t` and `newton(orc, hess, x0, tol) -> (x, trace)`** (12 points)
#
# - `armijo`: a float `t` in $(0, 1]$ that satisfies the condition. It is 1 if 1 will do; otherwise you tried a step at
#   most ten times longer, and it failed. The right `t` may be as small as $10^{-12}$. Where `orc.f` is `nan` or `inf`,
#   the condition does not hold. One gradient is enough. If `p` is not a descent direction
#   ($\nabla f(x)^\top p \ge 0$), raise `ValueError`.
# - `newton`: `hess(x)` is the Hessian `(d, d)`, symmetric. `trace (k + 1, d)` holds all iterates as rows, from `x0` to
#   `x`; the method ends at the first one with $\|\nabla f(x)\| \le$ `tol` (`tol` is $10^{-7}$ or larger), after at
#   most 200 steps. The steps are Armijo's, with $c = 10^{-4}$: the values never rise, and a minimum of a quadratic
#   takes one step. Where the Hessian is positive definite the direction is Newton's; where it is not (it may also be
#   singular), any downhill direction will do. Of the functions here some are not convex.

# %% solution="armijo"
def armijo(orc, x, p, c=1e-4):
    """A step t in (0, 1] along p that satisfies Armijo's condition."""
    # One value and one gradient at x, then halve t until the condition holds.
    # Mind how a comparison with nan ends.
    ### BEGIN SOLUTION
    f0, slope = orc.f(x), orc.g(x) @ p
    if not slope < 0:
        raise ValueError("p is not a descent direction")
    t = 1.0
    while not orc.f(x + t * p) <= f0 + c * t * slope:
        t /= 2
    return t
    ### END SOLUTION

# %% solution="newton"
def newton(orc, hess, x0, tol):
    """Newton's method with Armijo's step: the last iterate, and all of them, trace (k + 1, d)."""
    # The eigenvalues of the Hessian tell whether it is positive definite,
    # and how to make it so. Your armijo gives the step.
    ### BEGIN SOLUTION
    x = np.array(x0, dtype=float)
    trace, g = [x], orc.g(x)
    while np.linalg.norm(g) > tol and len(trace) <= 200:
        w, V = np.linalg.eigh(hess(x))
        w = np.maximum(np.abs(w), 1e-10 * np.abs(w).max())
        p = -V @ ((V.T @ g) / w)
        f0, slope, t = orc.f(x), g @ p, 1.0
        while not orc.f(x + t * p) <= f0 + 1e-4 * t * slope and t > 1e-20:
            t /= 2
        x = x + t * p
        g = orc.g(x)
        trace.append(x)
    return x.copy(), np.array(trace)
    ### END SOLUTION

# %% test="armijo-by_hand" points=1
checks.forbid(armijo, NOT_HERE)

# f(x) = 2 x^2 at x = 1, p = -4: t = 1 lands at -3, t = 1/2 at -1, t = 1/4 at the minimum.
orc = checks.Oracle(lambda x: 2 * x @ x, lambda x: 4 * x, 1)
x, p = np.array([1.0]), np.array([-4.0])
t = checks.ask(armijo, orc, x, p)
checks.holds(0 < t <= 1, "The step t is a number in (0, 1].")
lower = orc.value(x + t * p) <= 2 - 1e-4 * t * 16
checks.holds(lower, "Armijo's condition holds for 2 x^2 at x = 1.")
checks.close(checks.ask(armijo, orc, x, np.array([-1.0])), 1.0, "t for p = -1, where 1 will do")

# %% test="armijo-tools" points=0
# The grader keeps a function here.
### BEGIN HIDDEN TESTS
def good_step(orc, x, p, c=1e-4):
    """t of the student: in (0, 1], satisfies the condition, and a step at most ten times longer was tried and failed."""
    orc.clear()
    t = checks.ask(armijo, orc, x, p) if c == 1e-4 else checks.ask(armijo, orc, x, p, c)
    checks.close(t, t, "t", hidden=True)
    checks.holds(np.ndim(t) == 0 and bool(0 < t <= 1), "The step t is a number in (0, 1].")
    start, slope = orc.value(x), float(orc.gradient(x) @ p)
    fine = lambda s: bool(orc.value(x + s * p) <= start + c * s * slope + 1e-13 * abs(start))
    checks.holds(fine(t), "Armijo's condition does not hold at your step. Has c its sign, and nan its due?")
    tried = [float(np.linalg.norm(y - x) / np.linalg.norm(p)) for y in orc.f_points]
    longer = any(t * 1.0001 < s <= 10.001 * t and not fine(s * (1 - 1e-12)) for s in tried)
    checks.holds(t == 1 or longer, "The step is shorter than it has to be: 1 comes first, and each next one is at most "
                 "ten times shorter.")
    checks.queries(orc, g=2)
### END HIDDEN TESTS

# %% test="armijo-condition" points=1.5
# Hidden: convex and other functions, several c: the condition holds, no step is too short.
### BEGIN HIDDEN TESTS
checks.forbid(armijo, NOT_HERE)

rng = checks.fresh_rng("armijo-condition")
for orc, x, L, R in convex(rng):
    g = orc.gradient(x)
    for factor, c in [(0.1, 1e-4), (3.0, 1e-4), (40.0, 1e-4), (1.7, 0.4), (40.0, 0.4)]:
        good_step(orc, x, -factor / L * g, c)
        turn = rng.normal(size=len(x))
        turn -= g * (turn @ g) / (g @ g)
        good_step(orc, x, factor / L * (turn * np.linalg.norm(g) / np.linalg.norm(turn) - g), c)
waves = checks.Oracle(lambda x: float(np.sum(np.sin(3 * x)) + x @ x / 10), lambda x: 3 * np.cos(3 * x) + x / 5, 3)
for _ in range(5):
    x = rng.uniform(-2, 2, 3)
    good_step(waves, x, -rng.uniform(0.1, 3) * waves.gradient(x))
### END HIDDEN TESTS

# %% test="armijo-tiny" points=0.5
# Hidden: the right step is about 1e-12; values and slopes of size 1e-20.
### BEGIN HIDDEN TESTS
checks.forbid(armijo, NOT_HERE)
rng = checks.fresh_rng("armijo-tiny")
for _ in range(3):
    orc, x = quadratic(1e12 * turned(rng, [0.5, 1.0, 2.0]), np.zeros(3)), rng.normal(size=3)
    good_step(orc, x, -orc.gradient(x))
orc, x = quadratic(1e-20 * turned(rng, [0.5, 1.0, 2.0]), np.zeros(3)), rng.normal(size=3)
good_step(orc, x, -3e20 * orc.gradient(x))
### END HIDDEN TESTS

# %% test="armijo-refuses" points=1
# Hidden: uphill and level directions raise ValueError; a step to nan or inf is no descent.
### BEGIN HIDDEN TESTS
checks.forbid(armijo, NOT_HERE)
rng = checks.fresh_rng("armijo-refuses")
orc, x = quadratic(np.diag([1.0, 2.0]), np.zeros(2)), np.array([1.0, rng.uniform(1, 2)])
checks.raises(ValueError, armijo, orc, x, orc.gradient(x), when="when p points uphill")
checks.raises(ValueError, armijo, orc, x, np.zeros(2), when="when p is zero")
barrier = checks.Oracle(lambda x: float(np.sum(-np.log(1 - x) - np.log(1 + x))), lambda x: 2 * x / (1 - x * x), 2)
wall = checks.Oracle(lambda x: float(x @ x) if np.all(np.abs(x) < 1) else np.inf, lambda x: 2 * x, 2)
for walled in (barrier, wall):
    x = rng.uniform(0.5, 0.8, 2)
    good_step(walled, x, -rng.uniform(6, 30) * walled.gradient(x))
### END HIDDEN TESTS

# %% test="armijo-habits" points=0.5
# Hidden: x and p are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(armijo, NOT_HERE)
rng = checks.fresh_rng("armijo-habits")
orc = quadratic(np.diag([1.0, 2.0, 3.0, 4.0]), np.zeros(4))
x = rng.choice([-1.0, 1.0], 4) * rng.uniform(1, 1.1, 4)
checks.battery(armijo, orc, x, -2.9 * x * [1.0, 2.0, 3.0, 4.0])
### END HIDDEN TESTS

# %% test="newton-by_hand" points=1
checks.forbid(newton, NOT_HERE)

# (1 - x)^2 + (y - x)^2 / 2 is a quadratic: one step from anywhere to (1, 1).
orc = checks.Oracle(lambda x: (1 - x[0])**2 + (x[1] - x[0])**2 / 2,
                    lambda x: np.array([-2 * (1 - x[0]) - (x[1] - x[0]), x[1] - x[0]]), 2)
hess = lambda x: np.array([[3.0, -1.0], [-1.0, 1.0]])
x, trace = checks.ask(newton, orc, hess, np.array([-1.2, 1.0]), 1e-6)
checks.close(x, [1.0, 1.0], "x")
checks.close(trace, [[-1.2, 1.0], [1.0, 1.0]], "the trace")

# %% test="newton-tools" points=0
# The grader keeps two functions here.
### BEGIN HIDDEN TESTS
def logistic(rng, d, ridge=0.1):
    """A logistic loss with a ridge: oracle, Hessian, minimiser."""
    Z = rng.normal(size=(4 * d, d)) + 0.5
    f = lambda x: float(np.mean(np.logaddexp(0, Z @ x))) + ridge * x @ x / 2 - float(np.mean(Z[: 2 * d] @ x)) / 2
    s = lambda x: 1 / (1 + np.exp(-(Z @ x)))
    g = lambda x: Z.T @ s(x) / len(Z) + ridge * x - Z[: 2 * d].mean(axis=0) / 2
    hess = lambda x: (Z.T * (s(x) * (1 - s(x)))) @ Z / len(Z) + ridge * np.eye(d)
    x = np.zeros(d)
    for _ in range(60):
        x = x - np.linalg.solve(hess(x), g(x))
    return checks.Oracle(f, g, d), hess, x

def run_newton(orc, hess, x0, tol, at_most=200):
    """The trace of the student: from x0 to x, down all the way, to a point with a small gradient."""
    orc.clear()
    x, trace = checks.ask(newton, orc, hess, x0, tol)
    trace = np.asarray(trace)
    checks.array(trace, "the trace", shape=(len(trace), len(x0)))
    checks.close(trace[0], x0, "trace[0]", rtol=1e-15, hidden=True)
    checks.close(x, trace[-1], "x, beside the last row of the trace,", rtol=1e-15, hidden=True)
    checks.holds(len(trace) <= at_most + 1, "Newton's method takes far fewer steps. Is the Hessian used, and the step "
                 "of length 1 tried first?")
    values = np.array([orc.value(row) for row in trace])
    checks.holds(bool(np.all(values[1:] <= values[:-1] + 1e-12 * np.abs(values[:-1]))), "The values never rise. Is "
                 "every direction downhill, and every step tested?")
    checks.stationary(orc.gradient(x), "x", at_most=tol * (1 + 1e-6))
    slopes = [np.linalg.norm(orc.gradient(row)) for row in trace[:-1]]
    checks.holds(min(slopes, default=np.inf) > tol * (1 - 1e-6), "The method ends at the first small gradient.")
    return trace
### END HIDDEN TESTS

# %% test="newton-order" points=2
# Hidden: the error squares near the minimum; quadratics take one step, also ill-conditioned ones.
### BEGIN HIDDEN TESTS
checks.forbid(newton, NOT_HERE)
rng = checks.fresh_rng("newton-order")
for d in (1, 3, 6):
    # f is the sum of exp(w) - 1 - w, w = B (x - centre): a full step takes each w to w - 1 + exp(-w)
    B, centre = turned(rng, rng.uniform(0.5, 3, d)), rng.normal(size=d)
    orc = checks.Oracle(lambda x: float(np.sum(np.expm1(B @ (x - centre)) - B @ (x - centre))),
                        lambda x: B.T @ np.expm1(B @ (x - centre)), d)
    hess = lambda x: (B.T * np.exp(B @ (x - centre))) @ B
    x0 = centre + np.linalg.solve(B, rng.choice([-1.0, 1.0], d) * rng.uniform(1.0, 2.0, d))
    w = np.abs((run_newton(orc, hess, x0, 1e-6, at_most=30) - centre) @ B.T).max(axis=1)
    near = w[:-1] <= 0.25                       # there the whole step satisfies Armijo for c up to 0.44
    checks.holds(bool(np.all(w[1:][near] <= 0.83 * w[:-1][near] ** 2 + 1e-12)), "Near the minimum the error squares at "
                 "every step. Is the Hessian the current one, and the whole step taken there?")
H, centre = turned(rng, np.geomspace(1e-4, 1.0, 5)), rng.normal(size=5)
trace = run_newton(quadratic(H, centre), lambda x: H, rng.normal(size=5), 1e-7)
checks.equal(len(trace), 2, "the number of iterates for a quadratic")
### END HIDDEN TESTS

# %% test="newton-affine" points=1
# Hidden: in other coordinates, x = A y, the iterates are the same points.
### BEGIN HIDDEN TESTS
checks.forbid(newton, NOT_HERE)
rng = checks.fresh_rng("newton-affine")
orc, hess, centre = logistic(rng, 4)
A = turned(rng, [0.3, 1.0, 2.0, 3.0]) @ turned(rng, [1.0, -1.0, 1.0, 1.0])
other = checks.Oracle(lambda y: orc.value(A @ y), lambda y: A.T @ orc.gradient(A @ y), 4)
y0 = 0.3 * rng.normal(size=4)
ours = run_newton(orc, hess, A @ y0, 1e-6)
theirs = run_newton(other, lambda y: A.T @ hess(A @ y) @ A, y0, 1e-6) @ A.T
common = min(len(ours), len(theirs))
checks.holds(common > 2, "The method takes some steps in both coordinates.")
checks.close(theirs[:common], ours[:common], "the iterates in other coordinates", rtol=1e-8, hidden=True)
### END HIDDEN TESTS

# %% test="newton-damped" points=1
# Hidden: starts from which steps of length 1 run away, at the minimum, and close to it.
### BEGIN HIDDEN TESTS
checks.forbid(newton, NOT_HERE)
rng = checks.fresh_rng("newton-damped")
for d in (1, 4):
    A, centre = turned(rng, rng.uniform(1, 1.5, d)), rng.normal(size=d)
    hess = lambda x: (A.T / np.cosh(A @ (x - centre)) ** 2) @ A
    x0 = centre + np.linalg.solve(A, rng.choice([-1.0, 1.0], d) * rng.uniform(2, 4, d))
    run_newton(cosines(A, centre), hess, x0, 1e-6)
run_newton(quadratic(np.eye(4), centre), lambda x: np.eye(4), centre, 1e-6)
for entry in (0.8e-6, 0.4e-6):              # |g| is 1.6e-6, which is too much, or 0.8e-6: there is nothing to do
    run_newton(quadratic(np.eye(4), np.zeros(4)), lambda x: np.eye(4), np.full(4, entry), 1e-6)
### END HIDDEN TESTS

# %% test="newton-not_convex" points=2
# Hidden: Rosenbrock's valley and double wells, from where the Hessian is not positive definite;
# a start where it is singular.
### BEGIN HIDDEN TESTS
checks.forbid(newton, NOT_HERE)
rng = checks.fresh_rng("newton-not_convex")
valley = checks.Oracle(
    lambda x: (1 - x[0]) ** 2 + 100 * (x[1] - x[0] ** 2) ** 2,
    lambda x: np.array([2 * (x[0] - 1) - 400 * x[0] * (x[1] - x[0] ** 2), 200 * (x[1] - x[0] ** 2)]), 2)
bent = lambda x: np.array([[2 + 1200 * x[0] ** 2 - 400 * x[1], -400 * x[0]], [-400 * x[0], 200.0]])
for x0 in (np.array([-1.2, 1.0]), np.array([rng.uniform(-0.2, 0.2), rng.uniform(0.8, 1.2)])):
    trace = run_newton(valley, bent, x0, 1e-6)
    checks.close(trace[-1], [1.0, 1.0], "the minimum of Rosenbrock's valley", rtol=1e-4, hidden=True)
tilt = 0.1 * rng.normal(size=4)
wells = checks.Oracle(lambda x: float(np.sum((x * x - 1) ** 2)) / 4 + tilt @ x, lambda x: x**3 - x + tilt, 4)
for _ in range(3):
    run_newton(wells, lambda x: np.diag(3 * x * x - 1), rng.uniform(-0.4, 0.4, 4), 1e-6)
slope = rng.uniform(0.5, 2)
level = checks.Oracle(lambda x: x[0] ** 4 / 4 - slope * x[0] + x[1] ** 2 / 2,
                      lambda x: np.array([x[0] ** 3 - slope, x[1]]), 2)
run_newton(level, lambda x: np.diag([3 * x[0] ** 2, 1.0]), np.array([0.0, 1.0]), 1e-6)
### END HIDDEN TESTS

# %% test="newton-habits" points=0.5
# Hidden: x0 is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(newton, NOT_HERE)
rng = checks.fresh_rng("newton-habits")
H = turned(rng, [1.0, 2.0, 3.0, 4.0])
checks.battery(newton, quadratic(H, np.zeros(4)), lambda x: H, 2 + rng.normal(size=4), 1e-6)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Rosenbrock's valley, and your way through it.

# %% look="newton"
import matplotlib.pyplot as plt

f = lambda x: (1 - x[0])**2 + 100 * (x[1] - x[0]**2)**2
slope = lambda x: np.array([2 * x[0] - 2 - 400 * x[0] * (x[1] - x[0]**2), 200 * (x[1] - x[0]**2)])
bent = lambda x: np.array([[2 + 1200 * x[0]**2 - 400 * x[1], -400 * x[0]], [-400 * x[0], 200]])
valley = checks.Oracle(f, slope, 2)
x, trace = newton(valley, bent, np.array([-1.2, 1.0]), 1e-6)
u, v = np.meshgrid(np.linspace(-1.5, 1.4, 100), np.linspace(-0.6, 1.6, 80))

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
left.contour(u, v, f([u, v]), levels=np.geomspace(0.1, 500, 9), colors="0.8")
left.plot(*trace.T, "o-", ms=4); left.set(xlabel="x[0]", ylabel="x[1]")
right.semilogy(np.linalg.norm(trace - 1, axis=1)[:-1], "o-")
right.set(xlabel="step", ylabel="distance to the minimum"); fig.tight_layout()

# %% [markdown]
# ## 6 · Without a gradient
#
# The *lasso* looks for a sparse solution of $Ax \approx b$:
#
# $$F(x) = \tfrac12\|Ax - b\|^2 + \lambda\,\|x\|_1 .$$
#
# The first part is smooth, with $L = \|A\|_2^2$; the second has a kink wherever an entry is zero, which is why
# entries become *exactly* zero. ISTA takes a gradient step for the first and then minimises exactly with the second,
# which is the soft threshold $S_\tau(v) = \operatorname{sign}(v)\max(|v| - \tau, 0)$, entry by entry:
#
# $$x_{k+1} = S_{\lambda/L}\!\big(x_k - \tfrac1L A^\top(Ax_k - b)\big).$$
#
# FISTA does the same from Nesterov's $y_k$. The theorems stay: $F(x_k) - F^* \le LR^2/2k$ and $2LR^2/(k+1)^2$. If
# nothing is known but a *sub-gradient* $g$ ($f(y) \ge f(x) + g^\top(y - x)$ for all $y$), values may rise at a step;
# still, with steps of length $R/\sqrt N$ the best of $N$ points is within $RG/\sqrt N$, where $G$ bounds $\|g\|$.

# %% [markdown]
# **Write three functions** (12 points)
#
# - `ista(A, b, lam, steps) -> X` and `fista(A, b, lam, steps) -> X`: `A (m, n)` not zero, `b (m,)`, `lam > 0`. `X
#   (steps + 1, n)` holds all iterates; `X[0]` is zero; the step size is $1/L$. The bounds above hold ($F$ of `ista`
#   never rises), and entries that vanish are exactly zero. If `lam` is at least the largest $|A^\top b|$, the solution
#   is zero, exactly.
# - `subgradient(orc, x0, steps, R, f_star=None) -> (x, value)`: `orc.g` gives one sub-gradient. Start at `x0 (d,)`,
#   ask at `steps >= 1` points, and return the point with the smallest value among them, and this value. From each
#   point move along $-g$: by the length $R/\sqrt{\text{steps}}$; or, when `f_star` (the minimum) is given, by Polyak's
#   step $\frac{f(x) - f^*}{\|g\|^2}\,g$. If $g$ is zero, the point is a minimum: stop there. Ask for at most `steps`
#   gradients and `steps` values.

# %% solution="ista"
def ista(A, b, lam, steps):
    """Proximal gradient method for |A x - b|^2 / 2 + lam |x|_1 from zero: X (steps + 1, n)."""
    # Gradient step with 1 / L, then the soft threshold
    # with lam / L.
    ### BEGIN SOLUTION
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    for k in range(steps):
        v = X[k] - A.T @ (A @ X[k] - b) / L
        X[k + 1] = np.sign(v) * np.maximum(np.abs(v) - lam / L, 0)
    return X
    ### END SOLUTION

# %% solution="fista"
def fista(A, b, lam, steps):
    """The same with Nesterov's momentum: X (steps + 1, n)."""
    # y looks ahead along the last two iterates; the gradient step
    # and the threshold start from y.
    ### BEGIN SOLUTION
    L = np.linalg.norm(A, 2) ** 2
    X = np.zeros((steps + 1, A.shape[1]))
    t = 1.0
    y = X[0]
    for k in range(steps):
        v = y - A.T @ (A @ y - b) / L
        X[k + 1] = np.sign(v) * np.maximum(np.abs(v) - lam / L, 0)
        t, before = (1 + np.sqrt(1 + 4 * t * t)) / 2, t
        y = X[k + 1] + (before - 1) / t * (X[k + 1] - X[k])
    return X
    ### END SOLUTION

# %% solution="subgradient"
def subgradient(orc, x0, steps, R, f_star=None):
    """Sub-gradient method: the best of the points that were asked, and its value."""
    # The last point need not be the best one:
    # remember which was.
    ### BEGIN SOLUTION
    x = np.array(x0, dtype=float)
    best, value = x, np.inf
    for _ in range(steps):
        f, g = orc.f(x), orc.g(x)
        if f < value:
            best, value = x, f
        length = np.linalg.norm(g)
        if length == 0:
            break
        x = x - (R / np.sqrt(steps) / length if f_star is None else (f - f_star) / length**2) * g
    return best.copy(), float(value)
    ### END SOLUTION

# %% test="ista-by_hand" points=1
checks.forbid(ista, NOT_HERE)

# A = I: one step is the soft threshold. S_1(3) = 2, S_1(-0.5) = 0, S_1(-2) = -1.
X = checks.ask(ista, np.eye(3), np.array([3.0, -0.5, -2.0]), 1.0, 2)
checks.close(X, [[0, 0, 0], [2, 0, -1], [2, 0, -1]], "X for A = I")

# A = [[2, 0], [0, 1], [0, 0]], lam = 1: L = 4, the first gradient step goes to (1, 1).
A, b = np.array([[2.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), np.array([2.0, 4.0, 7.0])
checks.close(checks.ask(ista, A, b, 1.0, 1)[1], [0.75, 0.75], "X[1] for a rectangular A")

# %% test="fista-by_hand" points=0.5
checks.forbid(fista, NOT_HERE)

# The first step is one of ista; after many the conditions for a minimum hold.
A, b = np.array([[2.0, 0.0], [0.0, 1.0], [0.0, 0.0]]), np.array([2.0, 4.0, 7.0])
checks.close(checks.ask(fista, A, b, 1.0, 1), [[0, 0], [0.75, 0.75]], "X after one step")
checks.kkt_lasso(checks.ask(fista, A, b, 1.0, 200)[-1], A, b, 1.0)

# %% test="subgradient-by_hand" points=0.5
checks.forbid(subgradient, NOT_HERE)

# f(x) = |x| from 3, 4 steps, R = 4: steps of length 2, to 3, 1, -1, 1. The best value is 1.
orc = checks.Oracle(lambda x: abs(x[0]), lambda x: np.sign(x), 1)
x, value = checks.ask(subgradient, orc, np.array([3.0]), 4, 4.0)
checks.close(orc.points, [[3.0], [1.0], [-1.0], [1.0]], "the points that you asked")
checks.close(value, 1.0, "the best value")

# %% test="ista-tools" points=0
# The grader keeps some functions here.
### BEGIN HIDDEN TESTS
def lasso(A, b, lam):
    """The objective as a function of X (k, n): one value for each row."""
    return lambda X: np.sum((X @ A.T - b) ** 2, axis=1) / 2 + lam * np.abs(X).sum(axis=1)

def sparse(rng, m, n):
    """Data with a condition number of about 5 and a sparse solution: A, b, lam."""
    U, _ = np.linalg.qr(rng.normal(size=(m, n)))
    V, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = (U * np.geomspace(1.0, 0.4, n) * rng.uniform(1, 4)) @ V.T
    truth = rng.choice([-1.0, 1.0], n) * rng.uniform(1, 2, n) * (np.arange(n) % 2)
    b = A @ truth + 0.05 * rng.normal(size=m)
    return A, b, 0.1 * float(np.abs(A.T @ b).max())

def slow_lasso(rng, N):
    """A lasso on which N steps of ista are slow: the solution lies where the curvature is L / (2 N): A, b, lam, x*."""
    L, n = rng.uniform(0.5, 4), 4
    curvature = L * np.array([1.0, 0.3, 0.5 / N, 0.1])
    place = rng.permutation(n)
    curvature, truth = curvature[place], np.zeros(n)
    slow = int(np.argmin(curvature))
    truth[slow] = rng.choice([-1.0, 1.0]) * rng.uniform(1, 2)
    lam = 1e-6 * curvature[slow]
    A = np.diag(np.sqrt(curvature))
    return A, np.linalg.solve(A, curvature * truth + lam * np.sign(truth)), lam, truth

def iterates(function, A, b, lam, steps):
    """X of the student: shape, a start at zero, finite."""
    X = checks.ask(function, A, b, lam, steps)
    checks.array(X, "X", shape=(steps + 1, A.shape[1]))
    checks.close(X[0], np.zeros(A.shape[1]), "X[0]", rtol=0, floor=0, hidden=True)
    return X

def values_above(function, A, b, lam, best, steps):
    """The iterates x_k, F(x_k) - F(best), and L and R of the theorems."""
    F = lasso(A, b, lam)
    X = iterates(function, A, b, lam, steps)
    L, R = float(np.linalg.norm(A, 2) ** 2), float(np.linalg.norm(best))
    first = A.T @ b - np.clip(A.T @ b, -lam, lam)
    checks.close(X[1] * L, first, "L times the first step from zero", floor=0, hidden=True, hint="Is L the square of the "
                 "largest singular value?")
    return X, F(X) - F(best[None])[0], L, R

def solved(A, b, lam):
    """The minimum of a well-conditioned lasso, by 3000 proximal steps of our own."""
    L, x = np.linalg.norm(A, 2) ** 2, np.zeros(A.shape[1])
    for _ in range(3000):
        v = x - A.T @ (A @ x - b) / L
        x = np.sign(v) * np.maximum(np.abs(v) - lam / L, 0)
    return x
### END HIDDEN TESTS

# %% test="ista-optimal" points=1.5
# Hidden: after many steps the conditions for a minimum hold, with exact zeros.
### BEGIN HIDDEN TESTS
checks.forbid(ista, NOT_HERE)
rng = checks.fresh_rng("ista-optimal")
for m, n in [(9, 5), (12, 8)]:
    A, b, lam = sparse(rng, m, n)
    checks.kkt_lasso(iterates(ista, A, b, lam, 400)[-1], A, b, lam)
### END HIDDEN TESTS

# %% test="ista-bound" points=1
# Hidden: every row is one step from the row before; F falls and stays below L R^2 / (2 k).
### BEGIN HIDDEN TESTS
checks.forbid(ista, NOT_HERE)
rng = checks.fresh_rng("ista-bound")
for A, b, lam, best in [(*data, solved(*data)) for data in (sparse(rng, 9, 5), sparse(rng, 7, 6))] + [slow_lasso(rng, 60)]:
    X, errors, L, R = values_above(ista, A, b, lam, best, 60)
    checks.rate(errors, "gradient descent", "ista", L=L, R=R)
    v = X[:-1] - (X[:-1] @ A.T - b) @ A / L
    checks.close(X[1:], np.sign(v) * np.maximum(np.abs(v) - lam / L, 0), "a step of ista", rtol=1e-10, floor=0, hidden=True,
                 hint="The step size is 1 / L, and all entries move at once.")
    scale = 1e-12 * np.abs(errors).max()
    checks.holds(bool(np.all(np.diff(errors) <= scale)), "F of ista never rises.")
### END HIDDEN TESTS

# %% test="ista-zero" points=0.5
# Hidden: for lam at or above the largest |A^T b| every iterate is exactly zero; below it is not.
### BEGIN HIDDEN TESTS
checks.forbid(ista, NOT_HERE)
rng = checks.fresh_rng("ista-zero")
A, b = rng.normal(size=(4, 7)), rng.normal(size=4)
edge = float(np.abs(A.T @ b).max())
for factor in (1 + 1e-12, 3.0):
    checks.equal(iterates(ista, A, b, factor * edge, 5), np.zeros((6, 7)), "X for a large lam")
checks.holds(bool(np.any(iterates(ista, A, b, 0.9 * edge, 5)[-1] != 0)), "For lam below the largest |A^T b| the solution "
             "is not zero.")
### END HIDDEN TESTS

# %% test="fista-optimal" points=1.5
# Hidden: after many steps the conditions for a minimum hold, with exact zeros.
### BEGIN HIDDEN TESTS
checks.forbid(fista, NOT_HERE)
rng = checks.fresh_rng("fista-optimal")
for m, n in [(9, 5), (12, 8)]:
    A, b, lam = sparse(rng, m, n)
    checks.kkt_lasso(iterates(fista, A, b, lam, 800)[-1], A, b, lam)
edge = float(np.abs(A.T @ b).max())
checks.equal(iterates(fista, A, b, 1.5 * edge, 5), np.zeros((6, 8)), "X for a large lam")
### END HIDDEN TESTS

# %% test="fista-bound" points=1.5
# Hidden: F stays below 2 L R^2 / (k + 1)^2, also where ista does not, and for 400 steps.
### BEGIN HIDDEN TESTS
checks.forbid(fista, NOT_HERE)
rng = checks.fresh_rng("fista-bound")
data = sparse(rng, 9, 5)
for A, b, lam, best, steps in [(*slow_lasso(rng, 100), 100), (*slow_lasso(rng, 40), 100), (*slow_lasso(rng, 4000), 400),
                               (*data, solved(*data), 100)]:
    _, errors, L, R = values_above(fista, A, b, lam, best, steps)
    checks.rate(errors, "Nesterov", "fista", L=L, R=R)                              # k counts one less
### END HIDDEN TESTS

# %% test="subgradient-tools" points=0
# The grader keeps some functions here.
### BEGIN HIDDEN TESTS
def absolute(A, centre):
    """|A (x - centre)|_1: minimum 0 at the centre, and a bound G for its sub-gradients."""
    G = float(np.linalg.norm(A, axis=1).sum())
    f, g = lambda x: float(np.abs(A @ (x - centre)).sum()), lambda x: A.T @ np.sign(A @ (x - centre))
    return checks.Oracle(f, g, len(centre)), G

def run_subgradient(orc, x0, steps, R, *f_star):
    """The points that were asked, and the answer: x, value, which is the best of them."""
    orc.clear()
    x, value = checks.ask(subgradient, orc, x0, steps, R, *f_star)
    checks.queries(orc, g=steps, f=steps)
    checks.close(orc.value(x), value, "the value at x", floor=0, hidden=True)
    checks.holds(bool(np.any(np.all(orc.points == x, axis=1))), "The point x is one of those that were asked.")
    checks.holds(bool(value <= min(orc.value(y) for y in orc.points)), "The best of the points is returned, not the "
                 "last one: values may rise.")
    return orc.points, value

def moves(points, orc, x0, steps, length):
    """Each point is the one before less `length(x, g)` in the direction g."""
    checks.equal(points.shape, (steps, len(x0)), "the shape of the points that were asked")
    checks.close(points[0], x0, "the first point", hidden=True)
    for k in range(steps - 1):
        g = orc.gradient(points[k])
        target = points[k] - length(points[k], g) * g / np.linalg.norm(g)
        checks.close(points[k + 1], target, "the next point", hidden=True, hint="Its distance and direction are those "
                     "of the statement.")

def restless(rng, d, steps, step):
    """|A (x - centre)|_1 and a start from which the last point is not the best one: oracle, G, start, R."""
    while True:
        A, centre, x0 = rng.normal(size=(d + 3, d)), rng.normal(size=d), 2 * rng.normal(size=d)
        (orc, G), R = absolute(A, centre), float(np.linalg.norm(x0 - centre))
        points = [x0]
        for _ in range(steps - 1):
            g = orc.gradient(points[-1])
            points.append(points[-1] - step(orc, points[-1], R) * g / np.linalg.norm(g))
        values = [orc.value(x) for x in points]
        if min(values) < 0.99 * values[-1]:
            return orc, G, x0, R
### END HIDDEN TESTS

# %% test="subgradient-steps" points=1
# Hidden: each point follows from the one before with a step of length R / sqrt(steps) along -g,
# also where sub-gradients are small.
### BEGIN HIDDEN TESTS
checks.forbid(subgradient, NOT_HERE)

rng = checks.fresh_rng("subgradient-steps")
for d, steps in [(3, 20), (1, 7)]:
    orc, _, x0, R = restless(rng, d, steps, lambda orc, x, R: R / np.sqrt(steps))
    for some in (steps, 1):
        points, _ = run_subgradient(orc, x0, some, R)
        moves(points, orc, x0, some, lambda x, g: R / np.sqrt(some))
small = checks.Oracle(lambda x: 1e-6 * orc.value(x), lambda x: 1e-6 * orc.gradient(x), d)
points, _ = run_subgradient(small, x0, steps, R)
moves(points, small, x0, steps, lambda x, g: R / np.sqrt(steps))
### END HIDDEN TESTS

# %% test="subgradient-best" points=1
# Hidden: the best point is returned with its value, which is below R G / sqrt(steps); values
# below zero; a zero sub-gradient ends the search.
### BEGIN HIDDEN TESTS
checks.forbid(subgradient, NOT_HERE)
rng = checks.fresh_rng("subgradient-best")
for d, steps in [(4, 60), (2, 25)]:
    orc, G, x0, R = restless(rng, d, steps, lambda orc, x, R: R / np.sqrt(steps))
    _, value = run_subgradient(orc, x0, steps, R)
    checks.rate(np.append(orc.value(x0), np.full(steps, value)), "sub-gradient", "subgradient", G=G, R=R)
    run_subgradient(checks.Oracle(lambda x: orc.value(x) - 100, orc.gradient, d), x0, steps, R)
orc, _ = absolute(np.eye(1), np.zeros(1))
x, value = checks.ask(subgradient, orc, np.array([3.0]), 9, 9.0)                        # 3, 0
checks.holds(orc.g_count == 2, "Where the sub-gradient is zero the search ends.")
checks.close([float(np.ravel(x)[0]), value], [0, 0], "the end at a zero sub-gradient", hidden=True)
### END HIDDEN TESTS

# %% test="subgradient-polyak" points=0.5
# Hidden: with f_star, which may be zero or negative, each step is Polyak's.
### BEGIN HIDDEN TESTS
checks.forbid(subgradient, NOT_HERE)
rng = checks.fresh_rng("subgradient-polyak")
plain, _, x0, _ = restless(rng, 3, 15, lambda orc, x, R: orc.value(x) / np.linalg.norm(orc.gradient(x)))
for low in (rng.uniform(1, 3), 0.0, -100.0):
    orc = checks.Oracle(lambda x: plain.value(x) + low, plain.gradient, 3)
    points, _ = run_subgradient(orc, x0, 15, 1.0, low)
    moves(points, orc, x0, 15, lambda x, g: (orc.value(x) - low) / np.linalg.norm(g))
### END HIDDEN TESTS

# %% test="ista-habits" points=0.5
# Hidden: arguments are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(ista, NOT_HERE)
rng = checks.fresh_rng("ista-habits")
A, b = 2 * np.eye(5)[:, :4] + 0.1 * rng.normal(size=(5, 4)), rng.uniform(2, 4, 5)
checks.battery(ista, A, b, 0.5, 4)
### END HIDDEN TESTS

# %% test="fista-habits" points=0.5
# Hidden: the same for fista.
### BEGIN HIDDEN TESTS
checks.forbid(fista, NOT_HERE)
rng = checks.fresh_rng("fista-habits")
A, b = 2 * np.eye(5)[:, :4] + 0.1 * rng.normal(size=(5, 4)), rng.uniform(2, 4, 5)
checks.battery(fista, A, b, 0.5, 4)
### END HIDDEN TESTS

# %% test="subgradient-habits" points=0.5
# Hidden: the same for subgradient.
### BEGIN HIDDEN TESTS
checks.forbid(subgradient, NOT_HERE)
rng = checks.fresh_rng("subgradient-habits")
orc = checks.Oracle(lambda x: float(np.linalg.norm(x)), lambda x: x / max(np.linalg.norm(x), 1e-300), 4)
checks.battery(subgradient, orc, 2 + rng.normal(size=4), 4, 1.0)
checks.battery(subgradient, orc, 2 + rng.normal(size=4), 1, 1.0)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Twenty unknowns, five of them not zero: how fast both methods find them.

# %% look="fista"
import matplotlib.pyplot as plt

rng = np.random.default_rng(2)
A = rng.normal(size=(30, 20)) * np.linspace(0.2, 1, 20)
truth = np.where(np.arange(20) % 4 == 0, 2.0, 0.0)
b, lam = A @ truth + 0.1 * rng.normal(size=30), 0.5
F = lambda X: np.sum((X @ A.T - b)**2, axis=1) / 2 + lam * np.abs(X).sum(axis=1)
slow, fast = ista(A, b, lam, 400), fista(A, b, lam, 400)
best = min(F(slow).min(), F(fast).min())

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
left.semilogy(F(slow) - best + 1e-16, label="ista")
left.semilogy(F(fast) - best + 1e-16, label="fista")
left.set(xlabel="k", ylabel="F above the best"); left.legend()
right.stem(fast[-1]); right.plot(truth, "x", label="truth")
right.set(xlabel="entry"); right.legend()
fig.tight_layout()

# %% [markdown]
# ## 7 · Equality constraints
#
# Minimise $\tfrac12 x^\top Q x + c^\top x$ subject to $Ax = b$. With one multiplier per constraint, the conditions of
# Karush, Kuhn and Tucker are linear,
#
# $$\begin{pmatrix}Q & A^\top\\ A & 0\end{pmatrix}\begin{pmatrix}x\\ \nu\end{pmatrix} =
# \begin{pmatrix}-c\\ b\end{pmatrix},$$
#
# and they are sufficient if $Q$ is positive definite *on the directions that the constraints leave free*: $Q$ alone
# may be singular. The multiplier is a price: moving $b$ by a little changes the minimum by $-\nu^\top\,\mathrm db$.
# Without constraints, one can punish their violation instead, with $\tfrac\rho2\|Ax - b\|^2$; as $\rho$ grows, the
# minimiser approaches the constrained one at the speed $1/\rho$, and the system becomes ill-conditioned.

# %% [markdown]
# **Write two functions** (8 points)
#
# - `kkt_qp(Q, c, A, b) -> (x, nu)`: `Q (n, n)` symmetric, positive semidefinite, and positive definite on the null
#   space of `A`; `c (n,)`, `A (m, n)`, `b (m,)`. `x (n,)` is the minimiser and `nu (m,)` solves $Qx + c + A^\top\nu =
#   0$; mind its sign. Both conditions hold to $10^{-10}$ relative to their terms. Rows of `A` may depend on each other:
#   then any such `nu` is right. If no `x` satisfies $Ax = b$ (a distance above $10^{-8}(1 + \|b\|)$), raise
#   `ValueError`.
# - `penalty_path(Q, c, A, b, rhos) -> X (len(rhos), n)`: row `i` minimises $\tfrac12 x^\top Q x + c^\top x +
#   \tfrac{\rho_i}2\|Ax - b\|^2$, for `rhos (r,)`, positive and at most $10^6$: there the gradient is zero to $10^{-8}$
#   relative to its terms. Here `b` need not be reachable.

# %% solution="kkt_qp"
def kkt_qp(Q, c, A, b):
    """Minimiser and multipliers of x^T Q x / 2 + c^T x subject to A x = b: x (n,), nu (m,)."""
    # Build the system; which solver stands dependent rows?
    # Then look whether the constraints hold.
    ### BEGIN SOLUTION
    n, m = len(c), len(b)
    K = np.block([[Q, A.T], [A, np.zeros((m, m))]])
    solution = np.linalg.lstsq(K, np.concatenate([-c, b]), rcond=1e-12)[0]
    x, nu = solution[:n], solution[n:]
    if np.linalg.norm(A @ x - b) > 1e-8 * (1 + np.linalg.norm(b)):
        raise ValueError("no x satisfies A x = b")
    return x.copy(), nu.copy()
    ### END SOLUTION

# %% solution="penalty_path"
def penalty_path(Q, c, A, b, rhos):
    """Minimisers with a quadratic penalty, one row for each rho: X (len(rhos), n)."""
    # Set the gradient to zero:
    # one linear system for each rho.
    ### BEGIN SOLUTION
    return np.array([np.linalg.solve(Q + rho * (A.T @ A), rho * (A.T @ b) - c) for rho in rhos])
    ### END SOLUTION

# %% test="kkt_qp-by_hand" points=1
checks.forbid(kkt_qp, NOT_HERE)

# Nearest to the origin on the line x + y = 1: Q = 2 I, x = (1/2, 1/2), nu = -1.
Q, c, A, b = 2 * np.eye(2), np.zeros(2), np.array([[1.0, 1.0]]), np.array([1.0])
x, nu = checks.ask(kkt_qp, Q, c, A, b)
checks.close(x, [0.5, 0.5], "x")
checks.close(nu, [-1.0], "the multiplier nu", hint="Q x + c + A^T nu = 0.")
checks.close(A @ x, b, "A x")

# %% test="penalty_path-by_hand" points=0.5
checks.forbid(penalty_path, NOT_HERE)

# The same with a penalty: 2 x + rho (x + y - 1) = 0, so x = y = rho / (2 + 2 rho).
Q, c, A, b = 2 * np.eye(2), np.zeros(2), np.array([[1.0, 1.0]]), np.array([1.0])
X = checks.ask(penalty_path, Q, c, A, b, np.array([1.0, 3.0, 9.0]))
checks.close(X, [[0.25, 0.25], [0.375, 0.375], [0.45, 0.45]], "X for rho = 1, 3, 9")

# %% test="kkt_qp-tools" points=0
# The grader keeps two functions here.
### BEGIN HIDDEN TESTS
def program(rng, n, m):
    """A positive definite Q, and constraints with independent rows: Q, c, A, b."""
    return turned(rng, rng.uniform(0.5, 4, n)), rng.normal(size=n), rng.normal(size=(m, n)), rng.normal(size=m)

def optimal(Q, c, A, b):
    """x, nu of the student, which satisfy the conditions."""
    x, nu = checks.ask(kkt_qp, Q, c, A, b)
    checks.kkt_qp(x, nu, Q, c, A, b)
    return x, nu
### END HIDDEN TESTS

# %% test="kkt_qp-optimal" points=2
# Hidden: stationary and feasible, for several shapes, also as many constraints as unknowns.
### BEGIN HIDDEN TESTS
checks.forbid(kkt_qp, NOT_HERE)
rng = checks.fresh_rng("kkt_qp-optimal")
for n, m in [(5, 2), (7, 3), (4, 1), (1, 1), (6, 5)]:
    optimal(*program(rng, n, m))
Q, c, _, _ = program(rng, 3, 1)
optimal(Q, c, turned(rng, [1.0, 2.0, -3.0]), rng.normal(size=3))
optimal(1e5 * Q, 1e5 * c, np.array([[1.0, 2.0, 0.5]]), np.array([3.0]))
### END HIDDEN TESTS

# %% test="kkt_qp-singular" points=1
# Hidden: Q is singular, and positive definite only where the constraints leave freedom.
### BEGIN HIDDEN TESTS
checks.forbid(kkt_qp, NOT_HERE)
rng = checks.fresh_rng("kkt_qp-singular")
for n, m in [(5, 2), (4, 3)]:
    basis, _ = np.linalg.qr(rng.normal(size=(n, n)))
    free, rows = basis[:, m:], basis[:, :m]
    Q = (free * rng.uniform(1, 3, n - m)) @ free.T
    optimal(Q, rng.normal(size=n), rng.normal(size=(m, m)) @ rows.T + 2 * rows.T, rng.normal(size=m))
### END HIDDEN TESTS

# %% test="kkt_qp-dependent" points=0.5
# Hidden: rows of A that depend on each other, with a b that fits, also zero or large.
### BEGIN HIDDEN TESTS
checks.forbid(kkt_qp, NOT_HERE)
rng = checks.fresh_rng("kkt_qp-dependent")
for n, m in [(5, 2), (3, 1)]:
    Q, c, A, b = program(rng, n, m)
    mix = np.vstack([np.eye(m), np.eye(m)[:1], np.zeros((1, m)), rng.normal(size=(1, m))])
    for size in (1.0, 0.0, 1e9):
        optimal(Q, c, mix @ A, size * (mix @ b))
### END HIDDEN TESTS

# %% test="kkt_qp-inconsistent" points=0.5
# Hidden: ValueError when no x satisfies the constraints.
### BEGIN HIDDEN TESTS
checks.forbid(kkt_qp, NOT_HERE)
rng = checks.fresh_rng("kkt_qp-inconsistent")
Q, c, A, b = program(rng, 5, 2)
for gap in (1.0, 1e-3, 1e-6):                   # the last one is a distance of about ten times 1e-8 (1 + |b|)
    checks.raises(ValueError, kkt_qp, Q, c, np.vstack([A, A[0] + A[1]]), np.append(b, b.sum() + gap),
                  when="when no x satisfies A x = b")
### END HIDDEN TESTS

# %% test="kkt_qp-price" points=0.5
# Hidden: -nu is the derivative of the minimum with respect to b.
### BEGIN HIDDEN TESTS
checks.forbid(kkt_qp, NOT_HERE)
rng = checks.fresh_rng("kkt_qp-price")
Q, c, A, b = program(rng, 6, 3)
x, nu = checks.ask(kkt_qp, Q, c, A, b)
checks.array(nu, "nu", shape=(3,))
for i in range(3):
    ends = []
    for h in (1e-3, -1e-3):
        moved = b.copy()
        moved[i] += h
        y = np.linalg.solve(np.block([[Q, A.T], [A, np.zeros((3, 3))]]), np.append(-c, moved))[:6]
        ends.append(float(y @ Q @ y / 2 + c @ y))
    checks.close(-nu[i], (ends[0] - ends[1]) / 2e-3, "the price -nu", rtol=1e-7, hidden=True)
### END HIDDEN TESTS

# %% test="penalty_path-minima" points=1
# Hidden: the gradient is zero for every rho up to 1e6, in any order, also for a singular Q, a b
# out of reach.
### BEGIN HIDDEN TESTS
checks.forbid(penalty_path, NOT_HERE)
rng = checks.fresh_rng("penalty_path-minima")
basis, _ = np.linalg.qr(rng.normal(size=(5, 5)))
singular = (basis[:, 2:] * [1.0, 2.0, 3.0]) @ basis[:, 2:].T
Q, c, A, b = program(rng, 5, 2)
for data in [(Q, c, A, b), (Q, c, np.vstack([A, A[0]]), rng.normal(size=3)), (singular, c, basis[:, :2].T + 0.0, b)]:
    rhos = np.array([3.0, 1e-2, 1e6, 1e3])
    X = checks.ask(penalty_path, *data, rhos)
    checks.array(X, "X", shape=(4, 5))
    Q_, c_, A_, b_ = data
    for x, rho in zip(X, rhos):
        slope = Q_ @ x + c_ + rho * A_.T @ (A_ @ x - b_)
        size = (np.linalg.norm(Q_) + rho * np.linalg.norm(A_) ** 2) * np.linalg.norm(x) + np.linalg.norm(c_)
        size += rho * np.linalg.norm(A_) * np.linalg.norm(b_)
        checks.close(slope / size, np.zeros(5), "the gradient, relative to its terms,", rtol=1e-8, hidden=True)
### END HIDDEN TESTS

# %% test="kkt_qp-habits" points=0.5
# Hidden: arguments are unchanged, memory layout does not matter, integers work.
### BEGIN HIDDEN TESTS
checks.forbid(kkt_qp, NOT_HERE)
rng = checks.fresh_rng("kkt_qp-habits")
Q, c = 3 * np.eye(4) + turned(rng, [0.5, 0.3, -0.3, 0.2]), rng.uniform(1, 2, 4)
A = np.array([[2.0, 0.0, 0.0, -1.0], [0.0, 1.0, 2.0, 0.0]]) + 0.1 * rng.uniform(-1, 1, (2, 4))
checks.battery(kkt_qp, Q, c, A, 1 + rng.uniform(0, 1, 2), skip=["float32"])
### END HIDDEN TESTS

# %% test="penalty_path-habits" points=0.5
# Hidden: the same for penalty_path, and float32 works.
### BEGIN HIDDEN TESTS
checks.forbid(penalty_path, NOT_HERE)
rng = checks.fresh_rng("penalty_path-habits")
Q, c = 3 * np.eye(4) + turned(rng, [0.5, 0.3, -0.3, 0.2]), rng.uniform(1, 2, 4)
A = np.array([[2.0, 0.0, 0.0, -1.0], [0.0, 1.0, 2.0, 0.0]]) + 0.1 * rng.uniform(-1, 1, (2, 4))
checks.battery(penalty_path, Q, c, A, 1 + rng.uniform(0, 1, 2), np.array([1.0, 3.0, 9.0]))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The way of the penalised minimisers to the constraint, and their distance from the constrained one.

# %% look="penalty_path"
import matplotlib.pyplot as plt

Q, c, A, b = np.diag([1.0, 4.0]), np.array([0.5, -1.0]), np.array([[1.0, 2.0]]), np.array([3.0])
rhos = np.geomspace(1e-2, 1e6, 25)
X, (x, nu) = penalty_path(Q, c, A, b, rhos), kkt_qp(Q, c, A, b)

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
left.plot(*X.T, "o-", ms=3, label="penalty_path"); left.plot(*x, "k*", label="kkt_qp")
left.plot([-1, 2], [2, 0.5], ":k", lw=1, label="A x = b")
left.set(xlabel="x[0]", ylabel="x[1]"); left.legend()
right.loglog(rhos, np.linalg.norm(X - x, axis=1), "o-", ms=3, label="distance")
right.loglog(rhos, 1 / rhos, ":k", lw=1, label=r"$1/\rho$")
right.set(xlabel=r"$\rho$"); right.legend()
fig.tight_layout()

# %% [markdown]
# ## 8 · On paper
#
# Seven short answers, each checked by a test (2 points each). A formula is a string with `+ - * / **`, numbers,
# `sqrt`, `exp`, `log`, …; any equivalent form is right. A number may be a number or a string such as `"3/8"`.
#
# **8a.** The logistic loss is $f(w) = \frac1n\sum_{i=1}^n \log\big(1 + e^{-y_i x_i^\top w}\big)$ with $y_i = \pm1$. What is
# the smallest $L$ that bounds its second derivatives for *every* choice of the labels and every $w$? Write it with
# the largest singular value `s` of the matrix with rows $x_i$, and the number `n`.

# %% solution="logistic_constant"
logistic_constant = ""      # your formula in s and n goes between the quotes
### BEGIN SOLUTION
logistic_constant = "s**2 / (4 * n)"
### END SOLUTION

# %% test="logistic_constant-formula" points=2
# For one example of length 2 it is 1. Hidden: the same function of s and n.
checks.formula_value(logistic_constant, at={"s": 2, "n": 1}, expected=1.0)
### BEGIN HIDDEN TESTS
checks.formula(logistic_constant, "s*s/n/4", {"s": (0.5, 5), "n": (1, 90)}, rng=checks.fresh_rng("logistic_constant-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **8b.** A quadratic has curvatures between 1 and 100. How many steps of gradient descent with the best fixed step
# size guarantee that $\|x_k - x^*\| \le 10^{-6}\,\|x_0 - x^*\|$? Give the smallest number that the rate of problem 2
# proves.

# %% solution="steps_plain"
steps_plain = 0             # a whole number
### BEGIN SOLUTION
steps_plain = 691
### END SOLUTION

# %% test="steps_plain-number" points=2
# A whole number below 4000. Hidden: which.
checks.integer(steps_plain, 0, off_by=np.inf)                        # can it be read as one?
whole = checks.integer.verdict(steps_plain, 2000, off_by=1999)       # 1 to 3999
checks.holds(whole.status == "ok", "A whole number, at least 1 and below 4000.")
### BEGIN HIDDEN TESTS
checks.integer(steps_plain, 691)
### END HIDDEN TESTS

# %% [markdown]
# **8c.** The same curvatures, and Nesterov's method with $\mu = 1$, $L = 100$. How many steps guarantee that
# $f(x_k) - f^*$ is at most $10^{-6}$ times the bracket of problem 3? Again the smallest number that the bound proves.

# %% solution="steps_nesterov"
steps_nesterov = 0          # a whole number
### BEGIN SOLUTION
steps_nesterov = 132
### END SOLUTION

# %% test="steps_nesterov-number" points=2
# A whole number below 600. Hidden: which.
checks.integer(steps_nesterov, 0, off_by=np.inf)                     # can it be read as one?
less = checks.integer.verdict(steps_nesterov, 300, off_by=299)       # 1 to 599
checks.holds(less.status == "ok", "A whole number, at least 1 and below 600.")
### BEGIN HIDDEN TESTS
checks.integer(steps_nesterov, 132)
### END HIDDEN TESTS

# %% [markdown]
# **8d.** At $x = (9, 1)$ you walk on $f(x) = \frac12(x_1^2 + 9x_2^2)$ along the negative gradient. Which step $t$ makes
# $f(x - t\nabla f(x))$ as small as possible?

# %% solution="exact_step"
exact_step = 0              # a number
### BEGIN SOLUTION
exact_step = "1/5"
### END SOLUTION

# %% test="exact_step-number" points=2
# The step lies between 0 and 1. Hidden: the number, to three digits.
checks.number(exact_step, 0, rtol=np.inf)                           # can it be read as a number?
between = checks.number.verdict(exact_step, 0.5, rtol=0.99)         # 0.5, give or take 0.5
checks.holds(between.status == "ok", "The step lies between 0 and 1.")
### BEGIN HIDDEN TESTS
checks.number(exact_step, 0.2)
### END HIDDEN TESTS

# %% [markdown]
# **8e.** The *elastic net* punishes with $\lambda|x| + \frac\mu2x^2$. Which $x$ minimises
# $\frac12(x - v)^2 + \lambda|x| + \frac\mu2x^2$ for $v > \lambda$? A formula in `v`, `l` (for $\lambda$) and `mu`.

# %% solution="elastic_step"
elastic_step = ""           # your formula in v, l and mu goes between the quotes
### BEGIN SOLUTION
elastic_step = "(v - l) / (1 + mu)"
### END SOLUTION

# %% test="elastic_step-formula" points=2
# For v = 3, l = 1, mu = 0 it is the soft threshold, 2. Hidden: the same function.
checks.formula_value(elastic_step, at={"v": 3, "l": 1, "mu": 0}, expected=2.0)
### BEGIN HIDDEN TESTS
checks.formula(elastic_step, "(v-l)/(mu+1)", {"v": (2, 5), "l": (0, 2), "mu": (0, 3)}, rng=checks.fresh_rng("elastic_step-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **8f.** Minimise $x^2 + 2y^2$ subject to $x + y = s$. By how much does the minimum grow per unit of $s$, at $s = 3$?

# %% solution="price"
price = 0                   # a number
### BEGIN SOLUTION
price = 4
### END SOLUTION

# %% test="price-number" points=2
# The minimum grows with s. Hidden: the number.
checks.number(price, 0, rtol=np.inf)                                 # can it be read as a number?
positive = checks.number.verdict(price, 50.0, rtol=0.999)            # 50, give or take 50
checks.holds(positive.status == "ok", "A larger s costs more.")
### BEGIN HIDDEN TESTS
checks.number(price, 4)
### END HIDDEN TESTS

# %% [markdown]
# **8g.** Which of these are true? Name all of them, such as `"a, d"`.
#
# - **a** On a convex function the values of Nesterov's method fall at every step.
# - **b** On a convex function with gradient constant $L$, the values of gradient descent with step $1/L$ fall at every
#   step that does not start at a minimum.
# - **c** A step along a negative sub-gradient may raise the value however short it is.
# - **d** Newton's method with full steps reaches the minimum of every strictly convex function.
# - **e** With roots of the heavy ball that are complex for every curvature, a larger $\beta$ converges faster.

# %% solution="true_ones"
true_ones = ""              # letters between the quotes
### BEGIN SOLUTION
true_ones = "b, c"
### END SOLUTION

# %% test="true_ones-all" points=2
# Letters from a to e. Hidden: which.
checks.answered(true_ones, "abcde", several=True)
### BEGIN HIDDEN TESTS
checks.choices(true_ones, "bc", "abcde")
### END HIDDEN TESTS

# %% [markdown]
# **8h · Why 1/k** (8 points, marked by hand)
#
# Let $f$ be convex and differentiable, with $f(y) \le f(x) + \nabla f(x)^\top(y - x) + \frac L2\|y - x\|^2$ for all $x, y$,
# and let $x^*$ be a minimiser. Prove for $x_{k+1} = x_k - \frac1L\nabla f(x_k)$ that
# $f(x_k) - f(x^*) \le \dfrac{L\|x_0 - x^*\|^2}{2k}$ for every $k \ge 1$. Ten lines are enough; write them below, or
# hand in a page as `written.pdf` and say so below.

# %% [markdown] manual="why_one_over_k" points=8
# <!-- BEGIN SOLUTION -->
# Write $g_k = \nabla f(x_k)$ and $f^* = f(x^*)$. The inequality for $y = x_{k+1} = x_k - g_k/L$ gives
# $f(x_{k+1}) \le f(x_k) - \frac{1}{2L}\|g_k\|^2$; so the values do not rise. By convexity
# $f(x_k) \le f^* + g_k^\top(x_k - x^*)$. Both together:
# $f(x_{k+1}) - f^* \le g_k^\top(x_k - x^*) - \frac1{2L}\|g_k\|^2$.
#
# Completing the square, the right side is
# $\frac L2\big(\|x_k - x^*\|^2 - \|x_k - x^* - \frac1L g_k\|^2\big) = \frac L2\big(\|x_k - x^*\|^2 - \|x_{k+1} - x^*\|^2\big)$.
#
# The sum over the steps $0, \dots, k-1$ telescopes:
# $\sum_{i=1}^{k}\big(f(x_i) - f^*\big) \le \frac L2\big(\|x_0 - x^*\|^2 - \|x_k - x^*\|^2\big) \le \frac L2\|x_0 - x^*\|^2$.
# As the values do not rise, each term on the left is at least $f(x_k) - f^*$, hence
# $k\,(f(x_k) - f^*) \le \frac L2\|x_0 - x^*\|^2$.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 2 | the descent $f(x_{k+1}) \le f(x_k) - \|g_k\|^2/2L$ from the given inequality |
# | 2 | convexity, used in the right direction at $x^*$ |
# | 2 | the square completed: a difference of squared distances |
# | 1 | the telescoping sum |
# | 1 | values do not rise, so the last one is at most the mean |
#
# A proof by a Lyapunov function ($k(f(x_k) - f^*) + \frac L2\|x_k - x^*\|^2$ does not rise) gets all points. For a bound
# with a larger constant: at most 6.
# <!-- END SOLUTION -->

# %% [markdown]
# **8i · Three methods in one picture** (2 points, marked by hand)
#
# Draw $f(x_k)$ over $k = 0, \dots, 150$ on a logarithmic axis for gradient descent (best fixed step), the tuned heavy
# ball and Nesterov's method with $\mu = 1$, $L = 100$, all from `start` on the function `bowl` below; with labels and a
# legend, and for each method a thin line with the rate that theory gives.

# %% given="bowl"
curvatures = np.geomspace(1, 100, 12)
bowl = checks.Oracle(lambda x: curvatures @ (x * x) / 2, lambda x: curvatures * x, 12)
start = np.ones(12)

# %% manual="three_methods" points=2
# Three runs, then plt.semilogy; the value at x is bowl.value(x).
import matplotlib.pyplot as plt

### BEGIN SOLUTION
lr, beta = 4 / (1 + 10) ** 2, (9 / 11) ** 2
runs = {"gradient descent": (gd(bowl, start, 2 / 101, 150), (99 / 101) ** 2),
        "heavy ball": (heavy_ball(bowl, start, lr, beta, 150), (9 / 11) ** 2),
        "Nesterov": (nesterov(bowl, start, 100.0, 1.0, 150), 1 - 1 / 10)}
plt.figure(figsize=(6, 3.5))
for (name, (X, factor)), colour in zip(runs.items(), ["C0", "C1", "C2"]):
    plt.semilogy([bowl.value(x) for x in X], color=colour, label=name)
    plt.semilogy(bowl.value(start) * factor ** np.arange(151), ":", color=colour, lw=1)
plt.xlabel("k"); plt.ylabel("f"); plt.legend(); plt.tight_layout()

# Rubric: 1 point for three right curves on one logarithmic axis with labels and a legend; 1 point for
# the lines of theory: (99/101)^2, (9/11)^2 and 9/10 per step (f is the square of a distance).
### END SOLUTION
