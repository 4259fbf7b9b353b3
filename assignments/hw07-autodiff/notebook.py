# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Automatic differentiation
#
# Every training step of every network begins with a gradient that nobody derived by hand. Here you build the machines
# that do it, forward and backward, and then go where they stop: second derivatives, solutions of equations, corners.
#
# **You will learn to**
# - carry derivatives along with numbers, and keep two derivatives apart that are nested;
# - record a computation as a graph and walk it backward in the right order, once;
# - write the backward step of an operation from its mathematics instead of its program;
# - multiply by a Hessian that you never form, and differentiate through an answer without its iterations;
# - say what a derivative is where there is none, and what each mode costs.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `Dual`, `jvp` | 14 | 55 lines |
# | 2 | `Tensor` | 24 | 75 lines |
# | 3 | five backward steps: `vjp_softmax`, … | 14 | 25 lines |
# | 4 | `hvp`, `hvp_exact` | 10 | 25 lines |
# | 5 | `ridge_hypergrad`, `fixed_point_grad` | 12 | 20 lines |
# | 6 | `subgrad`, `is_subgradient` | 10 | 25 lines |
# | 7 | `forward_reverse_cost` | 6 | 10 lines |
# | 8 | on paper: two answers, one derivation | 2 + 8 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is graded,
# with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem can be
# solved without the earlier ones. You work in pairs and hand in one notebook.
#
# Everywhere: numpy is all you need. `torch`, `scipy`, `sympy`, `jax`, `autograd` and `tensorflow` are **not allowed**;
# a solution that uses them gets no points for its function. Nor does one that looks around in the running program
# (`sys`, `os`, `inspect`, `gc`, `vars`, `exec`, …) or computes the names that it uses: write `np.exp(u)`, not
# `getattr(np, name)(u)`, and a loop where recursion would need a higher limit.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Arrays are float64, logarithms are natural.

# %% given="setup"
import itertools

import numpy as np

from autograder import checks

# What all problems rule out; the text says the same in words.
OTHERS = ["torch", "scipy", "sympy", "jax", "autograd", "tensorflow"]

# %% [markdown]
# ## 1 · Numbers that carry a derivative
#
# Add to the real numbers one symbol $\varepsilon$ with $\varepsilon^2 = 0$. Then Taylor's formula ends after two terms,
#
# $$f(a + b\,\varepsilon) = f(a) + f'(a)\,b\,\varepsilon ,$$
#
# so whoever computes with such *dual numbers* gets derivatives for nothing: $(a + b\varepsilon)(c + d\varepsilon) =
# ac + (ad + bc)\varepsilon$ is the product rule. A function of $n$ variables, started with $x_i + v_i\varepsilon$, returns
# $f(x) + (\nabla f(x)^\top v)\,\varepsilon$: one pass, one direction. This is *forward mode*.
#
# Derivatives may be nested, and then each needs an $\varepsilon$ of its own. In
# $\frac{d}{dx}\big[x\cdot\frac{d}{dy}(x + y)\big]$ the inner derivative is 1 and the outer one is 1; with a single
# $\varepsilon$ for both, $x$ takes part in the inner derivative, and the answer becomes 2.

# %% [markdown]
# **Write the class `Dual(val, eps)` and `jvp(f, x, v) -> (value, slope)`** (14 points)
#
# - A `Dual` has the attributes `val` and `eps`; the operators `+ - * / **` with Duals and with Python numbers on either
#   side (`2 - x`, `3 / x`, `2 ** x`, `x ** y`) and the sign `-x`; the methods `exp()`, `log()`, `sin()`, `tanh()`,
#   `relu()`; and `abs(x)`. Each gives a new `Dual` and leaves its operands alone.
# - `val` and `eps` are numbers, or Duals themselves: `Dual(Dual(x, 1.0), Dual(1.0, 0.0))` carries a second derivative.
#   With a number as `val`, `eps` may be an array `(n,)`: $n$ directions at once.
# - Negative bases have whole powers, and $x^0$ has the slope 0 everywhere, also at 0. At the corner of `relu` and `abs`
#   any slope between those of the two sides will do.
# - `jvp`: `f` takes a list of `n` Duals and returns a `Dual` (or a plain number, whose slope is 0); `x` and `v` are lists
#   or arrays of `n` numbers, or of Duals where calls are nested. It returns $f(x)$ and $\nabla f(x)^\top v$, calls `f`
#   once, and keeps nested derivatives apart. You may give `Dual` more attributes for that, with default values.
# - The slopes are exact: relative errors of about $10^{-15}$, not $10^{-6}$.

# %% solution="Dual"
class Dual:
    """val + eps * e with e * e = 0; `level` may say which jvp the symbol e belongs to."""

    # Bring both operands to (val, eps) first: a number, or a Dual of a lower level, has eps 0.
    # Then each operation is two lines: the value, and the rule of calculus.
    def __init__(self, val, eps, level=0):
        ### BEGIN SOLUTION
        self.val, self.eps, self.level = val, eps, level

    def apply(self, other, swapped, rule):
        """rule(a, a', b, b') -> value, slope, for the operands in their order."""
        level = max(self.level, other.level) if isinstance(other, Dual) else self.level
        a, b = (other, self) if swapped else (self, other)
        parts = []
        for part in (a, b):
            own = isinstance(part, Dual) and part.level == level
            parts += [part.val, part.eps] if own else [part, 0.0]
        return Dual(*rule(*parts), level)

    def __add__(self, other):
        return self.apply(other, False, lambda a, da, b, db: (a + b, da + db))

    def __mul__(self, other):
        return self.apply(other, False, lambda a, da, b, db: (a * b, da * b + a * db))

    def quotient(self, other, swapped=False):
        def rule(a, da, b, db):
            q = a / b
            return q, (da - q * db) / b
        return self.apply(other, swapped, rule)

    def power(self, other, swapped=False):
        constant = not isinstance(other, Dual) and not swapped

        def rule(a, da, b, db):
            value = a ** b
            if constant:
                return value, 0.0 * da if b == 0 else b * a ** (b - 1) * da
            return value, value * (db * np.log(a) + b * da / a)
        return self.apply(other, swapped, rule)

    __radd__, __rmul__ = __add__, __mul__
    __truediv__, __pow__ = quotient, power

    def __rtruediv__(self, other):
        return self.quotient(other, swapped=True)

    def __rpow__(self, other):
        return self.power(other, swapped=True)

    def __neg__(self):
        return -1.0 * self

    def __sub__(self, other):
        return self + (-1.0) * other

    def __rsub__(self, other):
        return other + (-1.0) * self

    def exp(self):
        value = np.exp(self.val)
        return Dual(value, value * self.eps, self.level)

    def log(self):
        return Dual(np.log(self.val), self.eps / self.val, self.level)

    def sin(self):
        # cos, without a method of its own
        return Dual(np.sin(self.val), np.sin(self.val + np.pi / 2) * self.eps, self.level)

    def tanh(self):
        value = np.tanh(self.val)
        return Dual(value, (1.0 - value * value) * self.eps, self.level)

    def positive(self):
        value = self.val
        while isinstance(value, Dual):
            value = value.val
        return value > 0

    def relu(self):
        return self * float(self.positive())

    def __abs__(self):
        return self * (1.0 if self.positive() else -1.0)
        ### END SOLUTION

# %% solution="jvp"
def jvp(f, x, v):
    """f(x) and its derivative at x along v, in one call of f: returns value, slope."""
    # Start f with Duals that no other jvp knows, such as those of a new level.
    # What comes back and does not know them either is a constant.
    ### BEGIN SOLUTION
    level = next(LEVELS)
    y = f([Dual(a, b, level) for a, b in zip(x, v)])
    if isinstance(y, Dual) and y.level == level:
        return y.val, y.eps
    return y, 0.0


LEVELS = itertools.count(1)
    ### END SOLUTION

# %% test="Dual-by_hand" points=2
checks.forbid(Dual, OTHERS)

# Student objects are used in helpers of their own, which return plain numbers.
def Dual_in_x_squared_sin_x(Dual, at):
    x = Dual(at, 1.0)
    y = x**2 * x.sin()
    return y.val, y.eps

def Dual_products(Dual, a, b):
    p, q = Dual(*a) * Dual(*b), Dual(*a) / Dual(*b)
    return p.val, p.eps, q.val, q.eps

value, slope = checks.ask(checks.remote(Dual_in_x_squared_sin_x), Dual, 1.0)
checks.close(value, np.sin(1), "x**2 sin(x) at 1")
checks.close(slope, 2 * np.sin(1) + np.cos(1), "its slope at 1")

# (3 + 2 e)(4 + 5 e) = 12 + 23 e and (3 + 2 e) / (4 + 5 e) = 3/4 - 7/16 e.
both = checks.ask(checks.remote(Dual_products), Dual, (3.0, 2.0), (4.0, 5.0))
checks.close(both, [12, 23, 0.75, -0.4375], "val and eps of the product and of the quotient")

# %% test="Dual-tools" points=0
# The grader keeps its functions here.
### BEGIN HIDDEN TESTS
def Dual_expressions(Dual, trees, points):
    """(val, eps) of each expression tree at x = Dual(*point), beside the student's code."""
    two = {"+": lambda a, b: a + b, "-": lambda a, b: a - b, "*": lambda a, b: a * b, "/": lambda a, b: a / b,
           "**": lambda a, b: a ** b}
    one = {"exp": lambda a: a.exp(), "log": lambda a: a.log(), "sin": lambda a: a.sin(), "tanh": lambda a: a.tanh(),
           "relu": lambda a: a.relu(), "abs": abs, "neg": lambda a: -a}

    def walk(tree, x):
        if tree[0] == "x":
            return x
        if tree[0] == "number":
            return tree[1]
        parts = [walk(part, x) for part in tree[1:]]
        return (two if len(parts) == 2 else one)[tree[0]](*parts)

    results = []
    for tree, point in zip(trees, points):
        y = walk(tree, Dual(*point))
        results.append((y.val, y.eps))
    return results

def own_value(tree, z, sizes=None):
    """The same for a complex z. With `sizes`, those of all intermediate results, and an exception near corners and poles."""
    if tree[0] == "x":
        return z
    if tree[0] == "number":
        return complex(tree[1])
    parts = [own_value(part, z, sizes) for part in tree[1:]]
    a, b = parts[0], parts[-1]
    if sizes is not None and (tree[0] in ("log", "**") and not a.real > 0.1 or tree[0] in ("relu", "abs") and not abs(a.real) > 0.01):
        raise ZeroDivisionError
    y = {"+": lambda: a + b, "-": lambda: a - b, "*": lambda: a * b, "/": lambda: a / b, "**": lambda: np.exp(b * np.log(a)),
         "exp": lambda: np.exp(a), "log": lambda: np.log(a), "sin": lambda: np.sin(a), "tanh": lambda: np.tanh(a),
         "relu": lambda: a if a.real > 0 else 0 * a, "abs": lambda: a if a.real > 0 else -a, "neg": lambda: -a}[tree[0]]()
    if sizes is not None:
        sizes.append((abs(y.real), abs(y.imag) / STEP))
    return y

STEP = 1e-30
LEAF, SQUARE = ("x",), ("*", ("x",), ("x",))
WAVE = ("sin", SQUARE)
EVERY = [("exp", WAVE), ("log", SQUARE), WAVE, ("tanh", SQUARE), ("relu", SQUARE), ("+", ("relu", ("neg", SQUARE)), LEAF), ("abs", SQUARE),
         ("abs", ("neg", SQUARE)), ("neg", WAVE), ("+", WAVE, SQUARE), ("-", WAVE, SQUARE), ("*", WAVE, LEAF), ("/", WAVE, LEAF), ("**", SQUARE, WAVE)]

SMOOTH = ["+", "-", "*", "/", "**", "exp", "log", "sin", "tanh", "neg"]

def random_tree(rng, depth, kinds):
    if depth == 0:
        return LEAF
    kind = str(rng.choice(kinds))
    if kind in ("+", "-", "*", "/", "**"):
        pair = [random_tree(rng, depth - 1, kinds), random_tree(rng, int(rng.integers(depth)), kinds)]
        return (kind, *(pair if rng.random() < 0.5 else pair[::-1]))
    return (kind, random_tree(rng, depth - 1, kinds))

def random_trees(rng, count, depths=(2, 3, 4, 5), kinds=(*SMOOTH, "relu", "abs"), limit=50):
    """Every operation once, then trees and points where no intermediate result is extreme; value and slope by a complex step."""
    trees, points, values, slopes, scales = [], [], [], [], []
    while len(trees) < count:
        fixed = len(trees) < len(EVERY)
        tree, at, sizes = EVERY[len(trees)] if fixed else random_tree(rng, int(rng.choice(depths)), kinds), float(rng.uniform(0.5, 2)), []
        try:
            with np.errstate(all="ignore"):
                y = own_value(tree, complex(at, STEP), sizes)
        except (ZeroDivisionError, OverflowError):
            continue
        big = np.array(sizes)
        if fixed or np.isfinite(big).all() and big[:, 0].min() > 0.05 and big.max() < limit and big[-1, 1] > 1e-3:
            trees.append(tree)
            points.append((at, 1.0))
            values.append(y.real)
            slopes.append(y.imag / STEP)
            scales.append(max(1.0, big.max()))
    return trees, points, np.array(values), np.array(slopes), np.array(scales)
### END HIDDEN TESTS

# %% test="Dual-trees" points=3
# Hidden: values and slopes of 200 random expressions of all operations.
### BEGIN HIDDEN TESTS
checks.forbid(Dual, OTHERS)
rng = checks.fresh_rng("Dual-trees")
trees, points, values, slopes, scales = random_trees(rng, 200)
got = np.asarray(checks.ask(checks.remote(Dual_expressions), Dual, trees, points), dtype=float)
checks.close(got[:, 0] / scales, values / scales, "the values of 200 expressions", rtol=1e-12, floor=0, hidden=True)
checks.close(got[:, 1] / scales, slopes / scales, "the slopes of 200 expressions", rtol=1e-12, floor=0, hidden=True,
             hint="Each operation has its own rule; try them one at a time against a difference quotient.")
### END HIDDEN TESTS

# %% test="Dual-constants" points=2
# Hidden: numbers on either side of each operator, powers of negative numbers, x**0, x**x.
### BEGIN HIDDEN TESTS
checks.forbid(Dual, OTHERS)
rng = checks.fresh_rng("Dual-constants")
x, c = ("x",), float(rng.uniform(1.2, 3))
a, d = float(rng.uniform(0.5, 2)), float(rng.uniform(0.5, 2))
number = ("number", c)
cases = [
    (("+", number, x), a, c + a, 1), (("+", x, number), a, c + a, 1), (("-", number, x), a, c - a, -1),
    (("-", x, number), a, a - c, 1), (("*", number, x), a, c * a, c), (("*", x, number), a, c * a, c),
    (("/", number, x), a, c / a, -c / a**2), (("/", x, number), a, a / c, 1 / c),
    (("**", number, x), a, c**a, c**a * np.log(c)), (("**", x, number), a, a**c, c * a**(c - 1)), (("neg", x), a, -a, -1),
    (("**", x, x), a, a**a, a**a * (np.log(a) + 1)), (("**", x, ("number", 3)), -a, -a**3, 3 * a**2),
    (("**", x, ("number", -2)), -a, a**-2, 2 * a**-3), (("**", x, ("number", 2)), 0.0, 0, 0), (("**", x, ("number", 1)), 0.0, 0, 1),
    (("**", x, ("number", 0)), 0.0, 1, 0), (("**", x, ("number", 0)), a, 1, 0),
    (("+", number, ("*", ("number", 2), x)), a, c + 2 * a, 2), (("/", ("number", 1), ("+", ("number", 1), x)), a, 1 / (1 + a), -1 / (1 + a)**2),
]
got = np.asarray(checks.ask(checks.remote(Dual_expressions), Dual, [case[0] for case in cases], [(case[1], d) for case in cases]), dtype=float)
checks.close(got[:, 0], [case[2] for case in cases], "the value for a number beside a Dual", rtol=1e-13, hidden=True)
checks.close(got[:, 1], [d * case[3] for case in cases], "the slope for a number beside a Dual", rtol=1e-13, hidden=True)
corners = np.asarray(checks.ask(checks.remote(Dual_expressions), Dual, [("relu", x), ("abs", x)], [(0.0, 1.0), (0.0, 1.0)]), dtype=float)
low, high = np.array([[0, 0], [0, -1]]), np.array([[0, 1], [0, 1]])
checks.holds(bool(((low <= corners) & (corners <= high)).all()), "At a corner the slope should lie between those of the two sides.")
### END HIDDEN TESTS

# %% test="Dual-nested" points=1
# Hidden: second derivatives of random expressions, by Duals of Duals.
### BEGIN HIDDEN TESTS
checks.forbid(Dual, OTHERS)
rng = checks.fresh_rng("Dual-nested")

def Dual_of_Duals(Dual, Dual_expressions, trees, points):
    """Value, slope twice, and second derivative."""
    doubles = [(Dual(at, 1.0), Dual(1.0, 0.0)) for at, _ in points]
    return [(y.val, y.eps, s.val, s.eps) for y, s in Dual_expressions(Dual, trees, doubles)]

trees, points, values, slopes, scales = random_trees(rng, 100, depths=(2, 3), kinds=SMOOTH, limit=8)
def slope_of(tree):
    return lambda at: own_value(tree, complex(at, STEP)).imag / STEP
second = []
for tree, (at, _) in zip(trees, points):
    ladder = [(slope_of(tree)(at + h) - slope_of(tree)(at - h)) / (2 * h) for h in (2e-3, 1e-3)]
    second.append(ladder[1] + (ladder[1] - ladder[0]) / 3)
got = np.asarray(checks.ask(checks.remote(Dual_of_Duals), Dual, checks.remote(Dual_expressions), trees, points), dtype=float)
checks.close(got[:, 0], values, "the values of Duals of Duals", rtol=1e-10, hidden=True)
checks.close(got[:, 1], slopes, "the first derivatives by Duals of Duals", rtol=1e-10, hidden=True)
checks.close(got[:, 2], slopes, "the first derivatives by Duals of Duals", rtol=1e-10, hidden=True)
scale = np.maximum(np.abs(second), scales**2)
checks.close(got[:, 3] / scale, np.array(second) / scale, "the second derivatives by Duals of Duals", rtol=1e-5, hidden=True)
### END HIDDEN TESTS

# %% test="Dual-vector" points=1
# Hidden: eps as an array (n,), for all operations.
### BEGIN HIDDEN TESTS
checks.forbid(Dual, OTHERS)
rng = checks.fresh_rng("Dual-vector")
trees, points, values, slopes, scales = random_trees(rng, 100)
directions = rng.normal(size=(100, 3))
told = checks.ask(checks.remote(Dual_expressions), Dual, trees, [(at, u) for (at, _), u in zip(points, directions)])
for (value, eps), u, ours, slope, scale in zip(told, directions, values, slopes, scales):
    checks.close(value, ours, "the value with an array as eps", rtol=1e-11, hidden=True)
    checks.close(np.asarray(eps) / scale, slope * u / scale, "the slopes in several directions", rtol=1e-11, hidden=True)
### END HIDDEN TESTS

# %% test="Dual-habits" points=1
# Hidden: operands stay what they are, also their arrays, and no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(Dual, OTHERS)
rng = checks.fresh_rng("Dual-habits")

def uses(Dual):
    """A function of arrays that computes with two Duals twice, and tells their parts before and after."""
    def your_dual_numbers(a, b):
        x, y, results = Dual(1.5, a), Dual(2.5, b), []
        before = [1.5, list(map(float, a)), 2.5, list(map(float, b))]
        for _ in range(2):
            for z in (x + y, x - y, x * y, x / y, x ** y, 2 + x, 3 - y, 2 * x, 2 / y, 2 ** x, x ** 2, -x, abs(y), x.exp(), x.log(),
                      x.sin(), x.tanh(), x.relu()):
                results.append((float(z.val), [float(e) for e in z.eps]))
        after = [float(x.val), list(map(float, x.eps)), float(y.val), list(map(float, y.eps))]
        return results[:18], results[18:], before, after
    return your_dual_numbers

use, a, b = checks.remote(uses)(Dual), rng.normal(size=3), rng.normal(size=3)
first, second, before, after = checks.ask(use, a, b)
checks.holds(before == after and first == second, "An operation should make a new Dual and leave its operands alone.")
checks.battery(use, a, b, skip=["integer"])
### END HIDDEN TESTS

# %% test="jvp-by_hand" points=0.5
checks.forbid(jvp, OTHERS)

# f(x, y) = x sin(y) at (2, 0.5) along (1, 3).
def jvp_of_x_sin_y(jvp, x, v):
    return jvp(lambda p: p[0] * p[1].sin(), x, v)

value, slope = checks.ask(checks.remote(jvp_of_x_sin_y), jvp, [2.0, 0.5], [1.0, 3.0])
checks.close(value, 2 * np.sin(0.5), "f(2, 0.5)")
checks.close(slope, np.sin(0.5) + 6 * np.cos(0.5), "the slope along (1, 3)")

# %% test="jvp-slope" points=1.5
# Hidden: functions of several variables, every operation by itself, one call of f for each jvp,
# a constant f.
### BEGIN HIDDEN TESTS
checks.forbid(jvp, OTHERS)
rng = checks.fresh_rng("jvp-slope")

def jvp_of_network(jvp, W, c, x, v):
    """Value, slope and the calls of f for f(x) = sum c_i tanh(W x)_i + x_0 x_1 / (2 + exp(x_0))."""
    calls = [0]
    def f(x):
        calls[0] += 1
        y = x[0] * x[1] / (2 + x[0].exp())
        for row, weight in zip(W, c):
            inner = 0.0
            for w, part in zip(row, x):
                inner = inner + float(w) * part
            y = y + float(weight) * inner.tanh()
        return y
    value, slope = jvp(f, x, v)
    return value, slope, calls[0]

for n in (2, 5, 9):
    W, c, x, v = rng.normal(size=(4, n)), rng.normal(size=4), rng.normal(size=n), rng.normal(size=n)
    def ours(x):
        return c @ np.tanh(W @ x) + x[0] * x[1] / (2 + np.exp(x[0]))
    value, slope, calls = checks.ask(checks.remote(jvp_of_network), jvp, W, c, list(map(float, x)), list(map(float, v)))
    checks.close(value, ours(x), "the value", rtol=1e-12, hidden=True)
    checks.close(slope, checks.complex_step(ours, x, v), "the slope", rtol=1e-12, hidden=True)
    checks.holds(calls == 1, "jvp should call f once: one pass for one direction.")

def jvp_of_each(jvp, Dual, a, b):
    """Value and slope of every operation at (a, b) along (1, 1/2), by jvp and by Duals without one."""
    each = [
        lambda x, y: -x, lambda x, y: abs(x), lambda x, y: abs(-x), lambda x, y: x.relu(), lambda x, y: x.exp(), lambda x, y: x.log(),
        lambda x, y: x.sin(), lambda x, y: x.tanh(), lambda x, y: x + y, lambda x, y: x - y, lambda x, y: x * y, lambda x, y: x / y,
        lambda x, y: x ** y, lambda x, y: 3 + x, lambda x, y: 3 - x, lambda x, y: 3 * x, lambda x, y: 3 / x, lambda x, y: 3 ** x,
        lambda x, y: x + 3, lambda x, y: x - 3, lambda x, y: x * 3, lambda x, y: x / 3, lambda x, y: x ** 3, lambda x, y: x ** 0]
    by_jvp, by_dual = [], []
    for f in each:
        try:
            z = f(Dual(a, 1.0), Dual(b, 0.5))
        except TypeError:                           # a missing operator is charged above, as a wrong rule is
            continue
        by_dual.append((z.val, z.eps))
        by_jvp.append(jvp(lambda p: f(*p), [a, b], [1.0, 0.5]))
    return by_jvp, by_dual

a, b = float(rng.uniform(0.5, 1.5)), float(rng.uniform(1.5, 2.5))
by_jvp, by_dual = checks.ask(checks.remote(jvp_of_each), jvp, Dual, a, b)
checks.close(by_jvp, by_dual, "jvp of every operation", rtol=1e-12, hidden=True,
             hint="Does what each operation returns still belong to this derivative?")

def jvp_of_constant(jvp):
    return jvp(lambda x: 7.0, [2.0, 3.0], [1.0, 1.0])

checks.close(checks.ask(checks.remote(jvp_of_constant), jvp), [7, 0], "value and slope of a constant f", hidden=True)
### END HIDDEN TESTS

# %% test="jvp-confusion" points=1.5
# Hidden: nested derivatives stay apart, second and mixed derivatives by jvp of jvp.
### BEGIN HIDDEN TESTS
checks.forbid(jvp, OTHERS)
rng = checks.fresh_rng("jvp-confusion")

def jvp_nested(jvp, a, b):
    """d/dx [x d/dy (x + y)], d/dx [x d/dy (x y^2)], f''(a), d/dx [exp(x) d/dy sin(x y)] at y = x, one of depth 3, one
    whose inner function does not depend on y, and d/dx of the slope of x^3 along x."""
    def slope(f, at):
        return jvp(lambda p: f(p[0]), [at], [1.0])[1]
    return [
        slope(lambda x: x * slope(lambda y: x + y, b), a),
        slope(lambda x: x * slope(lambda y: x * y ** 2, b), a),
        slope(lambda x: slope(lambda y: y ** 3 * y.sin(), x), a),
        slope(lambda x: x.exp() * slope(lambda y: (x * y).sin(), x), a),
        slope(lambda x: slope(lambda y: slope(lambda z: x * y ** 2 * z ** 3, x), x), a),
        slope(lambda x: x * slope(lambda y: x * x, b), a),
        slope(lambda x: jvp(lambda q: q[0] ** 3, [x], [x])[1], a),
    ]

a, b = float(rng.uniform(0.5, 1.5)), float(rng.uniform(0.5, 1.5))
q = a * a
expected = [1.0, 4 * a * b, 6 * a * np.sin(a) + 6 * a**2 * np.cos(a) - a**3 * np.sin(a),
            np.exp(a) * ((1 + a) * np.cos(q) - 2 * q * np.sin(q)), 24 * a**3, 0.0, 9 * q]
got = checks.ask(checks.remote(jvp_nested), jvp, a, b)
checks.close(got, expected, "the list of nested derivatives", rtol=1e-11, hidden=True,
             hint="Does each call of jvp have an e of its own, for which the x of an outer call is a constant?")
### END HIDDEN TESTS

# %% test="jvp-habits" points=0.5
# Hidden: x and v are unchanged, their memory layout does not matter, float32 and integers
# work, no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(jvp, OTHERS)
rng = checks.fresh_rng("jvp-habits")

def along(jvp):
    def your_jvp(x, v):
        return jvp(lambda p: (p[0] * 0.2 + 1.0).tanh() * p[1] + p[2] * p[1] * 0.5, x, v)
    return your_jvp

checks.battery(checks.remote(along)(jvp), rng.uniform(0.7, 1.5, 3), rng.uniform(0.7, 1.5, 3))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A function, its slope by `jvp`, and its curvature by a `jvp` inside of a `jvp`.

# %% look="jvp"
import matplotlib.pyplot as plt

def slope(f, at):
    return jvp(lambda p: f(p[0]), [at], [1.0])[1]

f = lambda x: x * (x * x / -2).exp()
grid = np.linspace(-3, 3, 121)
plt.figure(figsize=(6, 2.8))
plt.plot(grid, grid * np.exp(-grid**2 / 2), label="f(x)")
plt.plot(grid, [slope(f, a) for a in grid], label="f'(x)")
plt.plot(grid, [slope(lambda x: slope(f, x), a) for a in grid], label="f''(x)")
plt.xlabel("x"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 2 · A graph that walks backward
#
# With one result and a million parameters, forward mode needs a million passes. *Reverse mode* needs one: it asks of every
# intermediate $u$ how much the result $L$ reacts to it, $\bar u = \partial L/\partial u$, and answers from the end. An
# operation $w = \varphi(u, v)$ that knows $\bar w$ adds its part,
#
# $$\bar u \mathrel{+}= \Big(\frac{\partial w}{\partial u}\Big)^{\!\top} \bar w,\qquad
# \bar v \mathrel{+}= \Big(\frac{\partial w}{\partial v}\Big)^{\!\top} \bar w .$$
#
# So the operations are recorded as a graph while they run. Two rules make the way back correct: parts are *added*, as a
# node may be used many times, and a node is visited once, when all of its users are done. Take the order from a loop:
# recursion ends at depth 1000, and walking every path takes $2^{40}$ steps for forty additions $y + y$.
# Broadcasting repeats entries, so its way back sums over them.

# %% [markdown]
# **Write the class `Tensor(data, requires_grad=True)`** (24 points)
#
# - `t.data` is a float64 array, made from `data`: a number, list or array of any shape. `t.grad` is `None`
#   until a backward pass reaches `t`, then an array of the shape of `t.data`.
# - Operators with broadcasting: `a + b` and `a * b`; a number may stand on either side, an array on the right, and both
#   are constants. `a @ b` for two-dimensional tensors.
# - Methods: `exp()`, `log()`, `relu()`, `tanh()`; `sum(axis=None, keepdims=False)` with an `axis` that is `None`, a whole
#   number or a tuple of them, also negative; `reshape(shape)` and `transpose(axes=None)` with a tuple, as numpy does.
# - `t.backward(seed=None)` computes, for every tensor `u` that you made by `Tensor(...)` and that `t` depends on, the
#   gradient of `(seed * t.data).sum()` with respect to `u`, and *adds* it to `u.grad`. `seed` has the shape of `t.data`.
#   Without one, `t` must have a single entry (the seed is 1), otherwise `ValueError`. A second call for the same `t` adds
#   the same once more. `u.zero_grad()` forgets the gradient: `None` or zeros. Whether results of operations keep a `grad`
#   is up to you.
# - With `requires_grad=False` a tensor is a constant and its `grad` stays `None`.
# - Chains of 5000 operations work, and the work of `backward` is proportional to the number of operations.
# - When the last reference to a result is gone, its graph is freed at once: no reference cycles, no list of all tensors.
#   (A function inside of a node that mentions the node itself is a cycle.)
# - At 0 the slope of `relu` may be anything from 0 to 1. No data and no seed is changed, and every `grad` is an array of
#   its own.

# %% solution="Tensor"
class Tensor:
    """An array that remembers how it was made: data, grad, backward()."""

    # Each operation makes a Tensor that knows its parents, and for each of them a function from
    # the cotangent of the result to that of the parent. It needs the arrays, not the result.
    def __init__(self, data, requires_grad=True):
        ### BEGIN SOLUTION
        self.data = np.array(data, dtype=float)
        self.requires_grad, self.grad, self.parents = requires_grad, None, []

    def result(self, data, *parents):
        """The Tensor that an operation makes, with those parents that need a gradient."""
        made = Tensor(data)
        made.parents = [(parent, back) for parent, back in parents if parent.requires_grad]
        made.requires_grad = bool(made.parents)
        return made

    def tensor(self, other):
        return other if isinstance(other, Tensor) else Tensor(other, requires_grad=False)

    def summed(self, shape):
        """The way back of broadcasting from `shape`: sums over the entries that were repeated."""
        def back(g):
            g = g.sum(axis=tuple(range(g.ndim - len(shape))))
            repeated = tuple(i for i, size in enumerate(shape) if size == 1 and g.shape[i] != 1)
            return g.sum(axis=repeated, keepdims=True)
        return back

    def __add__(self, other):
        other = self.tensor(other)
        return self.result(self.data + other.data, (self, self.summed(self.data.shape)),
                           (other, self.summed(other.data.shape)))

    def __mul__(self, other):
        other = self.tensor(other)
        a, b = self.data, other.data
        to_a, to_b = self.summed(a.shape), self.summed(b.shape)
        return self.result(a * b, (self, lambda g: to_a(g * b)), (other, lambda g: to_b(g * a)))

    __radd__, __rmul__ = __add__, __mul__

    def __matmul__(self, other):
        a, b = self.data, other.data
        return self.result(a @ b, (self, lambda g: g @ b.T), (other, lambda g: a.T @ g))

    def exp(self):
        y = np.exp(self.data)
        return self.result(y, (self, lambda g: g * y))

    def log(self):
        a = self.data
        return self.result(np.log(a), (self, lambda g: g / a))

    def relu(self):
        positive = self.data > 0
        return self.result(self.data * positive, (self, lambda g: g * positive))

    def tanh(self):
        y = np.tanh(self.data)
        return self.result(y, (self, lambda g: g * (1 - y * y)))

    def sum(self, axis=None, keepdims=False):
        a = self.data
        kept = a.sum(axis=axis, keepdims=True).shape
        return self.result(a.sum(axis=axis, keepdims=keepdims), (self, lambda g: g.reshape(kept) + 0 * a))

    def reshape(self, shape):
        before = self.data.shape
        return self.result(self.data.reshape(shape), (self, lambda g: g.reshape(before)))

    def transpose(self, axes=None):
        n = self.data.ndim
        axes = [axis % n for axis in (range(n)[::-1] if axes is None else axes)]
        back = tuple(np.argsort(axes))
        return self.result(self.data.transpose(axes), (self, lambda g: g.transpose(back)))

    def zero_grad(self):
        self.grad = None

    def backward(self, seed=None):
        if seed is None and self.data.size != 1:
            raise ValueError("a seed is needed: the result has more than one entry")
        order, seen, waiting = [], set(), [(self, False)]
        while waiting:                          # children before parents, without recursion
            node, done = waiting.pop()
            if done:
                order.append(node)
            elif id(node) not in seen:
                seen.add(id(node))
                waiting.append((node, True))
                waiting.extend((parent, False) for parent, _ in node.parents)
        cotangents = {id(self): np.array(np.ones(self.data.shape) if seed is None else seed, dtype=float)}
        for node in reversed(order):
            g = cotangents.pop(id(node))
            for parent, back in node.parents:
                part = back(g)
                known = cotangents.get(id(parent))
                cotangents[id(parent)] = part if known is None else known + part
            if node.requires_grad and not node.parents:
                node.grad = g.copy() if node.grad is None else node.grad + g
        ### END SOLUTION

# %% test="Tensor-by_hand" points=4
checks.forbid(Tensor, OTHERS)

# z = (x + y) x at x = 3, y = 4: dz/dx = 2x + y = 10, as x is used twice.
def Tensor_in_x_plus_y_times_x(Tensor):
    x, y = Tensor(3.0), Tensor(4.0)
    z = (x + y) * x
    z.backward()
    return z.data, x.grad, y.grad

got = checks.ask(checks.remote(Tensor_in_x_plus_y_times_x), Tensor)
checks.close(got, [21, 10, 3], "the list of z, dz/dx and dz/dy", hint="Parts are added up.")

# c^T (A v) + bias, with seed c: the gradient of A is c v^T, that of the bias is c.
def Tensor_in_a_layer(Tensor, A, v, bias, c):
    A, v, bias = Tensor(A), Tensor(v), Tensor(bias)
    y = A @ v + bias
    y.backward(c)
    return y.data, A.grad, v.grad, bias.grad

A, v = np.array([[1.0, 2, 3], [4, 5, 6]]), np.array([[1.0], [0], [-1]])
c = np.array([[1.0], [10.0]])
y, dA, dv, dbias = checks.ask(checks.remote(Tensor_in_a_layer), Tensor, A, v, 7.0, c)
checks.close(y, [[5], [5]], "A v + 7")
checks.close(dA, [[1, 0, -1], [10, 0, -10]], "the gradient of A", hint="It has the shape of A.")
checks.close(dv, [[41], [52], [63]], "the gradient of v")
checks.close(dbias, 11, "the gradient of the number 7", hint="It was broadcast to two rows.")

# %% test="Tensor-tools" points=0
# The grader keeps its programs here.
### BEGIN HIDDEN TESTS
def Tensor_graph(Tensor, program, leaves, seed, backwards=1):
    """The value of a program of Tensors, and the gradient of each leaf, beside the student's code."""
    nodes = [Tensor(leaf) for leaf in leaves]
    for kind, i, *rest in program:
        a = nodes[i]
        if kind in ("+", "*", "@"):
            b = nodes[rest[0]]
            node = a + b if kind == "+" else a * b if kind == "*" else a @ b
        elif kind in ("+number", "*number"):
            node = a + rest[0] if kind == "+number" else a * rest[0]
        elif kind in ("number+", "number*"):
            node = rest[0] + a if kind == "number+" else rest[0] * a
        elif kind == "sum":
            node = a.sum(axis=rest[0], keepdims=rest[1])
        elif kind == "reshape":
            node = a.reshape(rest[0])
        elif kind == "transpose":
            node = a.transpose(rest[0]) if rest else a.transpose()
        else:
            node = {"exp": a.exp, "log": a.log, "relu": a.relu, "tanh": a.tanh}[kind]()
        nodes.append(node)
    for _ in range(backwards):
        nodes[-1].backward(seed)
    return nodes[-1].data, [node.grad for node in nodes[:len(leaves)]]

def computed(program, leaves):
    """The value of the same program, by numpy."""
    nodes = list(leaves)
    for kind, i, *rest in program:
        a = nodes[i]
        b = nodes[rest[0]] if kind in ("+", "*", "@") else None
        nodes.append({
            "+": lambda: a + b, "*": lambda: a * b, "@": lambda: a @ b, "+number": lambda: a + rest[0],
            "*number": lambda: a * rest[0], "number+": lambda: rest[0] + a, "number*": lambda: rest[0] * a,
            "sum": lambda: np.sum(a, axis=rest[0], keepdims=rest[1]), "reshape": lambda: np.reshape(a, rest[0]),
            "transpose": lambda: np.transpose(a, rest[0] if rest else None), "exp": lambda: np.exp(a),
            "log": lambda: np.log(a), "relu": lambda: np.maximum(a, 0), "tanh": lambda: np.tanh(a)}[kind]())
    return nodes[-1]

def random_program(rng, steps=14):
    """A program over matrices in which every node is used, many of them twice, and values stay moderate."""
    n, m, k = (int(size) for size in rng.permutation([2, 3, 5])[:3])
    leaves = [rng.normal(size=(n, m)), rng.normal(size=(m, k)), rng.normal(size=(k, k)), rng.normal(size=(1, k)), np.array(rng.normal())]
    program, shapes = [], [leaf.shape for leaf in leaves]
    def add(*step):
        program.append(step)
        shapes.append(computed(program, leaves).shape)
        return len(shapes) - 1
    node = add("tanh", add("@", 0, 1))
    for _ in range(steps):
        kind = str(rng.choice(["@", "tanh", "relu", "exp", "log", "bias", "scale", "square", "skip", "mean", "turn", "flat", "centre"]))
        before = node
        if kind == "@":
            node = add("tanh", add("@", node, 2))
        elif kind == "exp":
            node = add("*number", add("exp", add("tanh", node)), 0.5)
        elif kind == "log":
            node = add("log", add("+number", add("*", node, node), 1.5))
        elif kind in ("tanh", "relu"):
            node = add(kind, node)
        elif kind == "bias":
            node = add("+", *((node, 3) if rng.random() < 0.5 else (3, node)))
        elif kind == "scale":
            node = add("*", *((node, 4) if rng.random() < 0.5 else (4, node)))
        elif kind == "square":
            node = add("*", add("number*", node, 0.5), node)
        elif kind == "skip":
            node = add("+", add("tanh", node), node)
        elif kind == "mean":
            node = add("+", node, add("number*", add("sum", node, int(rng.choice([0, 1, -1])), True), -0.5))
        elif kind == "turn":
            node = add("transpose", add("tanh", add("transpose", node)))
        elif kind == "flat":
            node = add("reshape", add("number+", add("reshape", node, (n * k,)), 0.25), (n, k))
        else:
            node = add("+", node, add("*number", add("sum", node, None, False), -0.1))
        if np.abs(computed(program, leaves)).max() > 20:
            node = add("tanh", node)
    every = [add("sum", i, None, False) for i in (0, 1, 2, 3, 4)]
    for i in every:
        node = add("+", node, add("*number", i, 0.1))
    return program, leaves

def agrees(Tensor_graph, Tensor, program, leaves, rng, names=None, backwards=1):
    """Value and gradients of the student's Tensors, against ours and finite differences of ours."""
    value = computed(program, leaves)
    c = rng.normal(size=np.shape(value))
    told, grads = checks.ask(checks.remote(Tensor_graph), Tensor, program, list(leaves), c, backwards)
    checks.close(told, value, "the value of a graph", rtol=1e-12, hidden=True)
    checks.gradient(lambda p: float(np.sum(backwards * c * computed(program, p))), list(leaves), grads, rng=rng, names=names)
### END HIDDEN TESTS

# %% test="Tensor-graphs" points=5
# Hidden: twelve random graphs of all operations, with a random seed, against finite
# differences; rectangular and square matrices.
### BEGIN HIDDEN TESTS
checks.forbid(Tensor, OTHERS)
rng = checks.fresh_rng("Tensor-graphs")
for _ in range(12):
    program, leaves = random_program(rng)
    agrees(Tensor_graph, Tensor, program, leaves, rng)
### END HIDDEN TESTS

# %% test="Tensor-diamond" points=3
# Hidden: y = y + y forty times, and other nodes with several users, in work proportional to
# the number of operations.
### BEGIN HIDDEN TESTS
checks.forbid(Tensor, OTHERS)
rng = checks.fresh_rng("Tensor-diamond")

def doubling(Tensor):
    def Tensor_doublings(start):
        x = Tensor(start)
        y = x
        for _ in range(40):
            y = y + y
        y.backward()
        return x.grad
    return Tensor_doublings

doubled = checks.remote(doubling)(Tensor)
checks.steps(doubled, 1.5, at_most=60_000, hint="backward walks along every path: visit each node once.")
checks.close(checks.ask(doubled, 1.5), 2.0**40, "the gradient after forty doublings", hidden=True)
def row(Tensor):
    def Tensor_row(start):
        y = Tensor(start)
        for _ in range(400):
            y = y + 0.25
        y.backward()
    return Tensor_row

checks.steps(checks.remote(row)(Tensor), 1.5, at_most=100_000, hint="Looking for a node among all nodes makes the work quadratic.")
x = np.array(rng.uniform(0.5, 1.5))
late = [("tanh", 0), ("*", 1, 0), ("exp", 2), ("*", 3, 1), ("+", 0, 4), ("*", 5, 2), ("+", 6, 0)]
agrees(Tensor_graph, Tensor, late, [x], rng, names=["x"])
agrees(Tensor_graph, Tensor, [("*", 0, 0), ("*", 1, 0), ("+", 0, 2), ("*", 3, 1), ("+", 0, 4)], [x], rng, names=["x"])
pair = [rng.normal(size=(3, 2)), rng.normal(size=(3, 2))]
agrees(Tensor_graph, Tensor, [("+", 0, 1), ("+", 2, 0), ("+", 1, 3), ("*", 4, 4)], pair, rng, names=["x", "y"])
### END HIDDEN TESTS

# %% test="Tensor-broadcast" points=3
# Hidden: (n, 1) with (1, m), a number, missing axes, for + and *; an array on the right.
### BEGIN HIDDEN TESTS
checks.forbid(Tensor, OTHERS)
rng = checks.fresh_rng("Tensor-broadcast")
for shapes in [((4, 1), (1, 3), ()), ((3,), (5, 3), (1,)), ((2, 1, 4), (3, 1), (4,)), ((1, 1), (2, 3), (2, 1)), ((1,), (1, 1), ()),
               ((1, 4), (4,), (3, 1, 1))]:
    leaves = [rng.normal(size=shape) for shape in shapes]
    program = [("+", 0, 1), ("+", 3, 2), ("*", 4, 0), ("*", 1, 5), ("*", 6, 2), ("tanh", 7)]
    agrees(Tensor_graph, Tensor, program, leaves, rng, names=["a", "b", "c"])
for shape, other in [((), (2, 3)), ((3, 1), (4,)), ((1, 2), (3, 5, 1)), ((5, 3), (3,))]:
    right = rng.normal(size=other)                  # an array, which is a constant
    program = [("*number", 0, right), ("+number", 0, right), ("*", 1, 2)]
    agrees(Tensor_graph, Tensor, program, [np.array(rng.normal(size=shape))], rng, names=["a"])
### END HIDDEN TESTS

# %% test="Tensor-accumulates" points=2
# Hidden: a second backward pass adds, for the same result and for another one; zero_grad
# forgets, also where nothing is known yet.
### BEGIN HIDDEN TESTS
checks.forbid(Tensor, OTHERS)
rng = checks.fresh_rng("Tensor-accumulates")
leaves = [rng.normal(size=(3, 2)), rng.normal(size=2)]
chain = [("*", 0, 1), ("tanh", 2), ("+", 3, 0), ("+", 4, 1)]
agrees(Tensor_graph, Tensor, chain, leaves, rng, names=["a", "b"], backwards=2)
agrees(Tensor_graph, Tensor, [("+", 0, 1)], [leaves[0], leaves[0] + 1], rng, names=["a", "b"], backwards=3)

def Tensor_backward_twice(Tensor, a):
    """Gradients of a after y = a a, after z = 3 a as well, and after zero_grad and z again."""
    a = Tensor(a)
    a.zero_grad()
    y, z, told = (a * a).sum(), (a * 3.0).sum(), []
    for result in (y, z):
        result.backward()
        told.append(1.0 * a.grad)
    a.zero_grad()
    empty = a.grad is None or not a.grad.any()
    z.backward()
    return [*told, a.grad], empty

a = rng.normal(size=5)
told, empty = checks.ask(checks.remote(Tensor_backward_twice), Tensor, a)
checks.close(told, [2 * a, 2 * a + 3, 0 * a + 3], "the gradients after three backward passes", hidden=True)
checks.holds(empty, "After zero_grad the gradient should be None or zeros.")
### END HIDDEN TESTS

# %% test="Tensor-long_chain" points=2
# Hidden: 5000 operations in a row.
### BEGIN HIDDEN TESTS
checks.forbid(Tensor, OTHERS)
rng = checks.fresh_rng("Tensor-long_chain")

def Tensor_chain(Tensor, start, factor):
    x = Tensor(start)
    y = x
    for _ in range(2500):
        y = y * factor + 0.25
    y.backward()
    return x.grad

factor = 1 + 1e-4 * float(rng.uniform(1, 2))
checks.close(checks.ask(checks.remote(Tensor_chain), Tensor, 1.0, factor), factor**2500, "the gradient after 5000 operations", hidden=True)
### END HIDDEN TESTS

# %% test="Tensor-axes" points=2
# Hidden: sums over negative and several axes, with and without keepdims; permuted axes.
### BEGIN HIDDEN TESTS
checks.forbid(Tensor, OTHERS)
rng = checks.fresh_rng("Tensor-axes")
x = rng.normal(size=(2, 3, 4))
for axis in (None, 0, 1, -1, -2, (0, 2), (-1, 0), (2, 0), (-2, -1), (0, 1, 2)):
    for keepdims in (False, True):
        agrees(Tensor_graph, Tensor, [("*", 0, 0), ("sum", 1, axis, keepdims), ("tanh", 2)], [x], rng, names=["x"])
weights = rng.normal(size=(4, 2, 3))
for axes in ((2, 0, 1), (-1, 0, -2)):
    agrees(Tensor_graph, Tensor, [("transpose", 0, axes), ("*", 2, 1)], [x, weights], rng, names=["x", "w"])
agrees(Tensor_graph, Tensor, [("transpose", 0), ("+", 2, 1), ("reshape", 3, (6, 4)), ("tanh", 4)], [x, rng.normal(size=(4, 3, 2))], rng, names=["x", "w"])
### END HIDDEN TESTS

# %% test="Tensor-no_cycles" points=1
# Hidden: when a result is gone, so is its graph, without the garbage collector.
### BEGIN HIDDEN TESTS
checks.forbid(Tensor, OTHERS)

def Tensor_left_over(Tensor):
    """How many Tensors are left when a result is gone, after a backward pass and without one."""
    import gc

    import numpy

    def alive():
        return sum(type(thing) is Tensor for thing in gc.get_objects())

    def used(x, backward):
        y = ((x * x + 1.0).exp().log().relu().tanh() @ x.transpose()).reshape((4,)).sum(axis=0)
        if backward:
            y.backward()

    enabled, counts = gc.isenabled(), []
    gc.collect()
    gc.disable()
    try:
        x = Tensor(numpy.ones((2, 2)))
        for backward in (False, True, True):
            before = alive()
            used(x, backward)
            counts.append(alive() - before)
    finally:
        if enabled:
            gc.enable()
    return counts

counts = checks.ask(checks.remote(Tensor_left_over), Tensor)
checks.holds(counts == [0, 0, 0], "A graph outlives its result: look for a list of all tensors, or for a function inside of "
             "a node that mentions the node itself.")
### END HIDDEN TESTS

# %% test="Tensor-constants" points=1
# Hidden: constants get no gradient, a seed is asked where it is needed, the data may be
# integers or lists.
### BEGIN HIDDEN TESTS
checks.forbid(Tensor, OTHERS)
rng = checks.fresh_rng("Tensor-constants")

def Tensor_constants(Tensor, X, W):
    """Gradients of a constant X and of W for sum tanh(X W + X_0), after a pass through constants alone as well."""
    X, W = Tensor(X, requires_grad=False), Tensor(W)
    (X @ W + X.sum(axis=1, keepdims=True)).tanh().sum().backward()
    twice = X * X + 1.0
    (twice.sum() + Tensor(1.0)).backward()
    return X.grad is None, W.grad

def Tensor_without_seed(Tensor):
    Tensor([1.0, 2.0]).exp().backward()

def Tensor_of_integers(Tensor):
    x = Tensor([[2, 3]])
    y = (x * x).sum(axis=1)
    y.backward()
    return x.data, y.data, x.grad

X, W = rng.normal(size=(4, 3)), rng.normal(size=(3, 2))
none, dW = checks.ask(checks.remote(Tensor_constants), Tensor, X, W)
checks.holds(none, "With requires_grad=False the gradient should stay None.")
slope = 1 - np.tanh(X @ W + X.sum(axis=1, keepdims=True)) ** 2
checks.close(dW, X.T @ slope, "the gradient beside a constant", hidden=True)
checks.raises(ValueError, checks.remote(Tensor_without_seed), Tensor, when="when backward() gets no seed and the tensor has two entries")
data, y, dx = checks.ask(checks.remote(Tensor_of_integers), Tensor)
checks.array(data, "data made from integers", shape=(1, 2))
checks.close(dx, [[4, 6]], "the gradient for integers", hidden=True)
### END HIDDEN TESTS

# %% test="Tensor-habits" points=1
# Hidden: data and seed are unchanged and shared with nobody, their memory layout does not
# matter, float32 and integers work, no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(Tensor, OTHERS)
rng = checks.fresh_rng("Tensor-habits")

def as_function(Tensor):
    def your_tensor(A, B, seed):
        A, B = Tensor(A), Tensor(B)
        y = ((A @ B) * 0.1).tanh() + A.sum(axis=1, keepdims=True)
        y.backward(seed)
        sum_of_both = B + B
        sum_of_both.backward(B.data)
        z = Tensor(seed)
        (z + 0.0).backward(seed)
        return y.data, A.grad, B.grad, z.grad
    return your_tensor

checks.battery(checks.remote(as_function)(Tensor), rng.normal(size=(4, 3)), rng.normal(size=(3, 2)), rng.normal(size=(4, 2)))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A network with one hidden layer learns a sine: your `Tensor` finds the gradients, the loop takes the steps.

# %% look="Tensor"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
x = np.linspace(-3, 3, 60)[:, None]
y = np.sin(2 * x)
W1, b1 = Tensor(rng.normal(size=(1, 20))), Tensor(rng.normal(size=20))
W2, b2 = Tensor(rng.normal(size=(20, 1)) / 5), Tensor(np.zeros(1))
losses = []
for _ in range(1500):
    rest = (Tensor(x, requires_grad=False) @ W1 + b1).tanh() @ W2 + b2 + (-y)
    loss = (rest * rest).sum() * (1 / len(x))
    loss.backward()
    losses.append(float(loss.data))
    for p in (W1, b1, W2, b2):
        p.data = p.data - 0.05 * p.grad
        p.zero_grad()

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8))
left.semilogy(losses); left.set(xlabel="step", ylabel="mean squared error")
right.plot(x, y, "k:", label="sine"); right.plot(x, rest.data + y, label="network")
right.set(xlabel="x"); right.legend(); fig.tight_layout()

# %% [markdown]
# ## 3 · The way back, by mathematics
#
# Tracing every small operation works, but often one knows better. For $x = A^{-1}b$ nobody wants to differentiate an
# elimination. Take $Ax = b$ and move everything a little: $\dot A x + A\dot x = \dot b$, so
# $\dot x = A^{-1}(\dot b - \dot A x)$. Now bring $\langle \bar x, \dot x\rangle$ into the form
# $\langle \bar A, \dot A\rangle + \langle \bar b, \dot b\rangle$, and read off
#
# $$\bar b = A^{-\top}\bar x,\qquad \bar A = -\,\bar b\, x^\top .$$
#
# Such a *vector-Jacobian product* (VJP) obeys a law that holds to the last digits, for every direction:
# $\langle g, J v\rangle = \langle J^\top g, v\rangle$. Test with a random $g$. With $g = (1, \dots, 1)$ the VJP of a
# softmax is zero, whatever else is wrong, as its entries add up to 1.

# %% [markdown]
# **Write five VJPs** (14 points). `g` has the shape of the function's result; what comes back has that of the argument.
#
# | | function of | points |
# |---|---|---|
# | `vjp_softmax(z, g)` | $z$ `(…, n)`: $\mathrm{softmax}(z)$ along the last axis; entries of size 1000 do not overflow | 3 |
# | `vjp_layer_norm(x, g)` | $x$ `(…, n)`: $(x - \mu)\,/\sqrt{\sigma^2 + 10^{-5}}$, with the mean $\mu$ and the variance $\sigma^2$ (divisor $n$) of each last axis | 3 |
# | `vjp_max(x, axis, g)` | $x$ of any shape: the maximum along `axis` (which may be negative), without keeping the axis | 3.5 |
# | `vjp_solve(A, b, gx)` | $A$ `(n, n)`, $b$ `(n,)` or `(n, k)`: $x = A^{-1}b$; returns `gA, gb` | 3 |
# | `vjp_logdet(A, g)` | $A$ `(n, n)`, `g` a number: $\log\lvert\det A\rvert$, of either sign | 1.5 |
#
# - Where several entries share a maximum, `vjp_max` may distribute `g` among them in any proportion: weights that are not
#   negative and add up to 1.
# - Results are new arrays, no argument is changed. `np.linalg.solve` and `np.linalg.inv` are allowed.

# %% solution="vjp_softmax"
def vjp_softmax(z, g):
    """Cotangent of z (..., n) for the cotangent g of softmax(z) along the last axis."""
    # J = diag(p) - p p^T is symmetric: two terms,
    # and no matrix.
    ### BEGIN SOLUTION
    p = np.exp(z - np.max(z, axis=-1, keepdims=True))
    p = p / p.sum(axis=-1, keepdims=True)
    return p * (g - (p * g).sum(axis=-1, keepdims=True))
    ### END SOLUTION

# %% solution="vjp_layer_norm"
def vjp_layer_norm(x, g):
    """Cotangent of x (..., n) for the cotangent g of its normalised last axis."""
    # The mean and the deviation depend on every entry of x:
    # g loses its mean, and its part along the result.
    ### BEGIN SOLUTION
    centred = x - np.mean(x, axis=-1, keepdims=True)
    sd = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
    y = centred / sd
    return (g - g.mean(axis=-1, keepdims=True) - y * (g * y).mean(axis=-1, keepdims=True)) / sd
    ### END SOLUTION

# %% solution="vjp_max"
def vjp_max(x, axis, g):
    """Cotangent of x for the cotangent g of its maximum along axis; g has one axis less."""
    # Give g back the axis that the maximum took.
    # Who was a maximum? What if there are two?
    ### BEGIN SOLUTION
    top = x == np.max(x, axis=axis, keepdims=True)
    return top / top.sum(axis=axis, keepdims=True) * np.expand_dims(g, axis)
    ### END SOLUTION

# %% solution="vjp_solve"
def vjp_solve(A, b, gx):
    """Cotangents of A (n, n) and b for the cotangent gx of x = A^-1 b: returns gA, gb."""
    # Two systems, the second with the transpose of A.
    # A vector b is a matrix with one column.
    ### BEGIN SOLUTION
    x, gb = np.linalg.solve(A, b), np.linalg.solve(np.transpose(A), gx)
    gA = -gb.reshape(len(A), -1) @ x.reshape(len(A), -1).T
    return gA, gb
    ### END SOLUTION

# %% solution="vjp_logdet"
def vjp_logdet(A, g):
    """Cotangent of A (n, n) for the cotangent g (a number) of log |det A|."""
    # The derivative of det A by an entry is a cofactor,
    # so this is nearly an inverse.
    ### BEGIN SOLUTION
    return g * np.linalg.inv(A).T
    ### END SOLUTION

# %% test="vjp_softmax-by_hand" points=0.5
checks.forbid(vjp_softmax, OTHERS)

# Two entries with probabilities 1/4 and 3/4, and the cotangent of the first one.
got = checks.ask(vjp_softmax, np.array([0.0, np.log(3)]), np.array([1.0, 0.0]))
checks.close(got, [3 / 16, -3 / 16], "vjp_softmax")

# The law <g, J v> = <J^T g, v>, with J v as a difference quotient (so with fewer digits).
softmax = lambda z: np.exp(z) / np.exp(z).sum()
z, g, v = np.array([0.5, -1.0, 2.0]), np.array([1.0, 2.0, -3.0]), np.array([0.3, 0.1, -0.2])
Jv = (softmax(z + 1e-5 * v) - softmax(z - 1e-5 * v)) / 2e-5
checks.close(checks.ask(vjp_softmax, z, g) @ v, g @ Jv, "<J^T g, v>", rtol=1e-8)

# %% test="vjp_layer_norm-by_hand" points=0.5
checks.forbid(vjp_layer_norm, OTHERS)

# The result for (1, 3) is (-1, 1), and stays so when both numbers move or stretch:
# nearly nothing comes back, 1e-5 of the variance apart.
got = checks.ask(vjp_layer_norm, np.array([[1.0, 3.0]]), np.array([[2.0, 5.0]]))
checks.close(got, [[0, 0]], "vjp_layer_norm for two numbers", rtol=1e-4)

# Of (-1, 0, 1) the middle one has the slope 2/3 divided by sd = sqrt(2/3 + 1e-5).
got = checks.ask(vjp_layer_norm, np.array([-1.0, 0.0, 1.0]), np.array([0.0, 1.0, 0.0]))
expected = np.array([-1, 2, -1]) / 3 / np.sqrt(2 / 3 + 1e-5)
checks.close(got, expected, "vjp_layer_norm for (-1, 0, 1)")

# %% test="vjp_max-by_hand" points=0.5
checks.forbid(vjp_max, OTHERS)

# The maxima of the rows are 7 and 9, those of the columns 4, 9 and 7.
x = np.array([[1.0, 5.0, 7.0], [4.0, 9.0, 2.0]])
got = checks.ask(vjp_max, x, 1, np.array([10.0, 20.0]))
checks.close(got, [[0, 0, 10], [0, 20, 0]], "vjp_max along the rows")
got = checks.ask(vjp_max, x, 0, np.array([1.0, 2.0, 3.0]))
checks.close(got, [[0, 0, 3], [1, 2, 0]], "vjp_max along the columns")

# %% test="vjp_solve-by_hand" points=0.5
checks.forbid(vjp_solve, OTHERS)

# A = [[2, 1], [0, 4]], b = (4, 8): x = (1, 2).
A, b = np.array([[2.0, 1.0], [0.0, 4.0]]), np.array([4.0, 8.0])
gA, gb = checks.ask(vjp_solve, A, b, np.array([2.0, 5.0]))
checks.close(gb, [1, 1], "the cotangent gb", hint="A^T gb = gx.")
checks.close(gA, [[-1, -2], [-1, -2]], "the cotangent gA")

# %% test="vjp_logdet-by_hand" points=0.25
checks.forbid(vjp_logdet, OTHERS)

# det [[2, 1], [3, 4]] = 5; its four derivatives are 4, -3, -1, 2.
got = checks.ask(vjp_logdet, np.array([[2.0, 1.0], [3.0, 4.0]]), 10.0)
checks.close(got, [[8, -6], [-2, 4]], "vjp_logdet")

# %% test="vjp_softmax-tools" points=0
# The grader keeps its functions here.
### BEGIN HIDDEN TESTS
from functools import partial

def softmax_of(z):
    p = np.exp(z - np.max(np.real(z), axis=-1, keepdims=True))
    return p / p.sum(axis=-1, keepdims=True)

def layer_norm_of(x):
    centred = x - x.mean(axis=-1, keepdims=True)
    return centred / np.sqrt((centred * centred).mean(axis=-1, keepdims=True) + 1e-5)
### END HIDDEN TESTS

# %% test="vjp_softmax-adjoint" points=1.5
# Hidden: the law <g, J v> = <J^T g, v> to ten digits for ten pairs of directions, and finite
# differences of <g, softmax(z)>.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_softmax, OTHERS)
rng = checks.fresh_rng("vjp_softmax-adjoint")
for n in (2, 5, 9):
    z, g = 2 * rng.normal(size=n), rng.normal(size=n)
    checks.adjoint(lambda v: checks.complex_step(softmax_of, z, v), partial(vjp_softmax, z), z, z, rng=rng, what="vjp_softmax")
    checks.gradient(lambda z: float(g @ softmax_of(z)), z, checks.ask(vjp_softmax, z, g), rng=rng, names=["z"])
### END HIDDEN TESTS

# %% test="vjp_softmax-edges" points=0.5
# Hidden: entries of size 1000, also in some rows only, more axes in front, a single entry.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_softmax, OTHERS)
rng = checks.fresh_rng("vjp_softmax-edges")
levels = np.array([[1000.0, 1001, 999], [0, 1, -1], [-1000, -999, -1001]])
for z in (1000 + rng.normal(size=5), np.array([1000.0, 0, -1000]), np.array([-1000.0, 0, 1000]), levels, rng.normal(size=(2, 3, 4)),
          rng.normal(size=(7, 1)), rng.normal(size=1)):
    checks.adjoint(lambda v: checks.complex_step(softmax_of, z, v), partial(vjp_softmax, z), z, z, rng=rng, what="vjp_softmax")
### END HIDDEN TESTS

# %% test="vjp_softmax-habits" points=0.5
# Hidden: arguments are unchanged, layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_softmax, OTHERS)
rng = checks.fresh_rng("vjp_softmax-habits")
checks.battery(vjp_softmax, rng.normal(size=(5, 3)), rng.normal(size=(5, 3)))
### END HIDDEN TESTS

# %% test="vjp_layer_norm-adjoint" points=2
# Hidden: the law <g, J v> = <J^T g, v> to ten digits, and finite differences; one to three
# axes, data far from zero.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_layer_norm, OTHERS)
rng = checks.fresh_rng("vjp_layer_norm-adjoint")
for shape in [(3,), (4, 7), (2, 3, 5)]:
    x, g = 3 * rng.normal(size=shape) + 10, rng.normal(size=shape)
    checks.adjoint(lambda v: checks.complex_step(layer_norm_of, x, v), partial(vjp_layer_norm, x), x, x, rng=rng, what="vjp_layer_norm")
    checks.gradient(lambda x: float(np.sum(g * layer_norm_of(x))), x, checks.ask(vjp_layer_norm, x, g), rng=rng, names=["x"])
x, g = 1e5 + rng.normal(size=(3, 5)), rng.normal(size=(3, 5))
centred = (x - 1e5) - (x - 1e5).mean(axis=-1, keepdims=True)        # x - 1e5 is exact; centring x itself costs 1e5 eps = 2e-11
sd = np.sqrt((centred**2).mean(axis=-1, keepdims=True) + 1e-5)
expected = (g - g.mean(axis=-1, keepdims=True) - centred * (g * centred).mean(axis=-1, keepdims=True) / sd**2) / sd
checks.close(checks.ask(vjp_layer_norm, x, g), expected, "vjp_layer_norm for data far from zero", rtol=1e-8, hidden=True,
             hint="The mean of the squares minus the square of the mean loses the digits: subtract the mean first.")
x = 1e-3 * rng.normal(size=(4, 5))              # here the 1e-5 under the root counts
checks.adjoint(lambda v: checks.complex_step(layer_norm_of, x, v), partial(vjp_layer_norm, x), x, x, rng=rng, what="vjp_layer_norm")
### END HIDDEN TESTS

# %% test="vjp_layer_norm-habits" points=0.5
# Hidden: arguments are unchanged, layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_layer_norm, OTHERS)
rng = checks.fresh_rng("vjp_layer_norm-habits")
checks.battery(vjp_layer_norm, rng.normal(size=(4, 7)), rng.normal(size=(4, 7)))
### END HIDDEN TESTS

# %% test="vjp_max-gradient" points=1.5
# Hidden: several shapes and axes, negative ones too, against finite differences.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_max, OTHERS)
rng = checks.fresh_rng("vjp_max-gradient")
for shape, axis in [((5,), 0), ((4, 7), 0), ((4, 7), 1), ((4, 7), -1), ((3, 4, 5), 1), ((3, 4, 5), -3), ((3, 3, 3), 1), ((2, 1), -1)]:
    x = rng.permutation(int(np.prod(shape))).reshape(shape) + rng.uniform(-0.3, 0.3, size=shape)
    g = np.asarray(rng.normal(size=np.max(x, axis=axis).shape))
    got = checks.ask(vjp_max, x, axis, g)
    checks.gradient(lambda x: float(np.sum(g * np.max(x, axis=axis))), x, got, rng=rng, names=["x"])
### END HIDDEN TESTS

# %% test="vjp_max-ties" points=1
# Hidden: among equal maxima g is divided by weights that add up to 1; nearly equal is not equal.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_max, OTHERS)
rng = checks.fresh_rng("vjp_max-ties")
for shape, axis in [((6,), 0), ((5, 4), 1), ((3, 4, 5), -2)]:
    x = rng.integers(0, 2, size=shape).astype(float)
    x[(0,) * len(shape)] = 1.0
    g = np.asarray(rng.choice([-2.0, 1.0, 3.0], size=np.max(x, axis=axis).shape))
    got = checks.ask(vjp_max, x, axis, g)
    checks.array(got, "vjp_max with ties", shape=shape)
    weights = got / np.expand_dims(g, axis)
    checks.close(weights.sum(axis=axis), np.ones(g.shape), "the sum of the weights of equal maxima", hidden=True)
    checks.holds(bool((weights >= -1e-12).all() and not weights[x < np.max(x, axis=axis, keepdims=True)].any()),
                 "Only the maxima should get a part of g, and none a negative one.")
near = np.array([[2.0, 2 - 1e-9, 1.0], [-1.0, -3.0, -1 + 1e-9]])
checks.close(checks.ask(vjp_max, near, 1, np.array([2.0, 3.0])), [[2, 0, 0], [0, 0, 3]], "vjp_max for entries that are nearly equal", hidden=True)
### END HIDDEN TESTS

# %% test="vjp_max-habits" points=0.5
# Hidden: arguments are unchanged, layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_max, OTHERS)
rng = checks.fresh_rng("vjp_max-habits")
x = rng.permutation(20).reshape(5, 4) / 3.0
x[2, 1] = x[2, 3] = 7.0                         # two maxima share an odd number
checks.battery(vjp_max, x, 1, np.array([-2.0, 1.0, 1.0, 0.7, 4.0]))
### END HIDDEN TESTS

# %% test="vjp_solve-adjoint" points=2
# Hidden: the law <g, J v> = <J^T g, v> for A and b together, and finite differences; one and
# several right-hand sides.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_solve, OTHERS)
rng = checks.fresh_rng("vjp_solve-adjoint")
for n, tail in [(2, ()), (5, ()), (4, (3,)), (3, (3,)), (3, (1,)), (1, ())]:
    A, b, g = rng.normal(size=(n, n)) + 3 * np.eye(n), rng.normal(size=(n, *tail)), rng.normal(size=(n, *tail))
    checks.adjoint(lambda v: checks.complex_step(lambda p: np.linalg.solve(*p), (A, b), v), partial(vjp_solve, A, b), (A, b), b, rng=rng,
                   what="vjp_solve")
    got = checks.ask(vjp_solve, A, b, g)
    checks.gradient(lambda p: float(np.sum(g * np.linalg.solve(*p))), (A, b), got, rng=rng, names=["A", "b"])
### END HIDDEN TESTS

# %% test="vjp_solve-habits" points=0.5
# Hidden: arguments are unchanged, layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_solve, OTHERS)
rng = checks.fresh_rng("vjp_solve-habits")
checks.battery(vjp_solve, np.diag([4.0, -3.0, 5.0, 3.5]) + rng.uniform(-0.5, 0.5, size=(4, 4)), rng.normal(size=4), rng.normal(size=4))
### END HIDDEN TESTS

# %% test="vjp_logdet-gradient" points=0.75
# Hidden: finite differences of g log |det A| for several sizes.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_logdet, OTHERS)
rng = checks.fresh_rng("vjp_logdet-gradient")
for n in (1, 3, 6):
    A = rng.normal(size=(n, n)) + 3 * np.eye(n)
    A[0] *= np.sign(np.linalg.det(A))
    g = float(rng.normal())
    checks.gradient(lambda A: float(g * np.linalg.slogdet(A)[1]), A, checks.ask(vjp_logdet, A, g), rng=rng, names=["A"])
### END HIDDEN TESTS

# %% test="vjp_logdet-negative" points=0.25
# Hidden: matrices with a negative determinant, or a very small one.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_logdet, OTHERS)
rng = checks.fresh_rng("vjp_logdet-negative")
A = rng.normal(size=(4, 4)) + 3 * np.eye(4)
A[0] *= -np.sign(np.linalg.det(A))
for matrix in (A, 1e-100 * A, np.diag([1.0, -2.0, 4.0, 1e-8])):
    got = checks.ask(vjp_logdet, matrix, 2.0)
    checks.close(got.T @ matrix, 2 * np.eye(4), "the VJP of log |det A|, transposed, times A", rtol=1e-10, hidden=True)
### END HIDDEN TESTS

# %% test="vjp_logdet-habits" points=0.25
# Hidden: A is unchanged, its layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(vjp_logdet, OTHERS)
rng = checks.fresh_rng("vjp_logdet-habits")
checks.battery(vjp_logdet, np.diag([4.0, -3.0, 5.0]) + rng.uniform(-0.5, 0.5, size=(3, 3)), 1.5)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The Jacobian of a softmax, row by row by your VJP: symmetric, and each row adds up to zero.

# %% look="vjp_softmax"
import matplotlib.pyplot as plt

z = np.array([2.0, 1.0, 0.5, 0.0, -1.0, 1.5])
J = np.array([vjp_softmax(z, g) for g in np.eye(6)])
plt.figure(figsize=(4, 3))
plt.imshow(J, cmap="RdBu", vmin=-0.25, vmax=0.25); plt.colorbar()
plt.title(f"largest sum of a row: {abs(J.sum(axis=1)).max():.0e}"); plt.tight_layout()

# %% [markdown]
# ## 4 · Hessians that are never formed
#
# The Hessian of a network with a million weights has $10^{12}$ entries. Its product with a vector costs about two
# gradients, since it is the slope of the gradient along $v$:
#
# $$H v = \frac{d}{dt}\,\nabla f(x + t v)\Big|_{t=0} .$$
#
# A difference quotient of gradients loses half of the digits, and all of them when its step ignores the length of $v$.
# Two ways are exact. If the program of the gradient takes complex numbers, $\operatorname{Im}\nabla f(x + i h v)/h$ has
# the error $h^2$ and nothing cancels: $h = 10^{-30}$ is fine. Or send a dual number through the gradient's program,
# *forward over reverse*: every line $w = \varphi(u)$ of the forward and of the backward pass gets a second line
# $\dot w = \varphi'(u)\,\dot u$.

# %% [markdown]
# **Write `hvp(grad, x, v) -> Hv`** (5 points) **and `hvp_exact(params, X, Y, direction)`** (5 points)
#
# - `hvp`: `grad` maps an array `(n,)` to the gradient of an analytic function; it takes real and complex arrays.
#   Call it at most twice, whatever `n` is. `v` may be long, short or zero: $H(cv) = cHv$, and $H0 = 0$. An error of
#   $10^{-5}$ is worth 3 points, one of $10^{-8}$ the other 2: there the gradient is large and $Hv$ is not.
# - `hvp_exact` is for a network with one hidden layer and the loss
#   $L = \frac{1}{2n}\|\tanh(X W_1 + \mathbf 1 b_1^\top)W_2 + \mathbf 1 b_2^\top - Y\|_F^2$. `params` and `direction` are lists
#   `[(W1, b1), (W2, b2)]` with `W1 (d, h)`, `b1 (h,)`, `W2 (h, k)`, `b2 (k,)`; `X (n, d)`, `Y (n, k)`. It returns $H$ times
#   `direction`, a list of the same form, to an error of $10^{-11}$: too small for differences, any exact way will do.
# - No argument is changed.

# %% solution="hvp"
def hvp(grad, x, v):
    """The Hessian at x (n,) times v (n,), from at most two calls of grad."""
    # One complex step along v. If you take differences,
    # look at the length of v first.
    ### BEGIN SOLUTION
    h = 1e-30 / (np.max(np.abs(v)) or 1.0)
    slope = grad(np.asarray(x, dtype=float) + 1j * h * np.asarray(v, dtype=float))
    return np.imag(slope) / h
    ### END SOLUTION

# %% solution="hvp_exact"
def hvp_exact(params, X, Y, direction):
    """The Hessian of the loss times direction: [(HW1, Hb1), (HW2, Hb2)]."""
    # Write the gradient: A, H, Z forward, then G, D, E backward.
    # Then differentiate each line along the direction, below it.
    ### BEGIN SOLUTION
    (W1, b1), (W2, b2) = params
    (V1, c1), (V2, c2) = direction
    H = np.tanh(X @ W1 + b1)
    S = 1 - H**2
    dH = S * (X @ V1 + c1)
    G = (H @ W2 + b2 - Y) / len(X)
    dG = (dH @ W2 + H @ V2 + c2) / len(X)
    D = G @ W2.T
    dD = dG @ W2.T + G @ V2.T
    dE = dD * S - 2 * D * H * dH
    return [(X.T @ dE, dE.sum(axis=0)), (dH.T @ G + H.T @ dG, dG.sum(axis=0))]
    ### END SOLUTION

# %% test="hvp-by_hand" points=0.5
checks.forbid(hvp, OTHERS)

# f = x^2 y^2 has the Hessian [[2 y^2, 4 x y], [4 x y, 2 x^2]]: [[8, 8], [8, 2]] at (1, 2).
def quartic(p):
    x, y = p
    return np.array([2 * x * y**2, 2 * x**2 * y])

got = checks.ask(hvp, quartic, np.array([1.0, 2.0]), np.array([1.0, -1.0]))
checks.close(got, [0, 6], "H (1, -1)", rtol=1e-5)

# %% test="hvp-tools" points=0
# The grader keeps its functions here.
### BEGIN HIDDEN TESTS
def bowl(rng, n, pull=0.0):
    """The gradient of sum log cosh(A x) + sum x^4 / 4 + pull b^T x, which takes complex numbers, and its Hessian at x."""
    A, b, x = rng.normal(size=(n + 3, n)) / np.sqrt(n), rng.normal(size=n), rng.normal(size=n)
    def grad(x):
        return A.T @ np.tanh(A @ x) + x**3 + pull * b
    return grad, (A.T * (1 - np.tanh(A @ x) ** 2)) @ A + np.diag(3 * x**2), x
### END HIDDEN TESTS

# %% test="hvp-product" points=1
# Hidden: functions of 2 to 9 variables, to five digits.
### BEGIN HIDDEN TESTS
checks.forbid(hvp, OTHERS)
rng = checks.fresh_rng("hvp-product")
for n in (2, 5, 9):
    grad, H, x = bowl(rng, n)
    for _ in range(3):
        v = rng.normal(size=n)
        checks.close(checks.ask(hvp, grad, x, v), H @ v, "the product H v", rtol=1e-5, floor=1e-3, hidden=True)
### END HIDDEN TESTS

# %% test="hvp-exact" points=2
# Hidden: to eight digits where the gradient is 10,000 times as large as H v; symmetric and
# linear to ten digits.
### BEGIN HIDDEN TESTS
checks.forbid(hvp, OTHERS)
rng = checks.fresh_rng("hvp-exact")
for n in (3, 8):
    grad, H, x = bowl(rng, n, pull=1e4)
    checks.hvp(lambda v: checks.ask(hvp, grad, x, v), grad, x, rng=rng, tol=1e-8, laws=1e-10)
### END HIDDEN TESTS

# %% test="hvp-scale" points=0.5
# Hidden: v times 1e6 and 1e-6, and v = 0.
### BEGIN HIDDEN TESTS
checks.forbid(hvp, OTHERS)
rng = checks.fresh_rng("hvp-scale")
grad, H, x = bowl(rng, 5)
v = rng.normal(size=5)
for scale in (1e6, 1e-6, 0.0):
    checks.close(checks.ask(hvp, grad, x, scale * v), scale * (H @ v), "the product for a long, short or zero v", rtol=1e-5, floor=1e-8,
                 hidden=True, hint="Choose the step such that x moves by the same length for every v, and mind v = 0.")
### END HIDDEN TESTS

# %% test="hvp-calls" points=0.5
# Hidden: at most two calls of grad, in 30 dimensions.
### BEGIN HIDDEN TESTS
checks.forbid(hvp, OTHERS)
rng = checks.fresh_rng("hvp-calls")
grad, H, x = bowl(rng, 30)
calls = [0]
def counted(x):
    calls[0] += 1
    return grad(x)
v = rng.normal(size=30)
got = checks.ask(hvp, counted, x, v)
checks.holds(1 <= calls[0] <= 2, "hvp should call grad once or twice, and never form the Hessian.")
checks.close(got, H @ v, "the product H v in 30 dimensions", rtol=1e-5, hidden=True)
### END HIDDEN TESTS

# %% test="hvp-habits" points=0.5
# Hidden: x and v are unchanged, layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(hvp, OTHERS)
rng = checks.fresh_rng("hvp-habits")
A = rng.normal(size=(4, 4))
def cubic(x):
    return (A + A.T) @ x + x**3
checks.battery(hvp, cubic, rng.normal(size=4), rng.normal(size=4))
### END HIDDEN TESTS

# %% test="hvp_exact-by_hand" points=1
checks.forbid(hvp_exact, OTHERS)

# One weight per layer, W1 = 0, W2 = 1, biases 0, x = 1, y = 2: tanh is 0 with slope 1 and
# curvature 0, the rest is -2. Along W1 + 3 W2 the Hessian gives (-5, -5, -2, 1).
params = [(np.array([[0.0]]), np.zeros(1)), (np.array([[1.0]]), np.zeros(1))]
along = [(np.array([[1.0]]), np.zeros(1)), (np.array([[3.0]]), np.zeros(1))]
got = checks.ask(hvp_exact, params, np.array([[1.0]]), np.array([[2.0]]), along)
flat = [float(np.sum(part)) for layer in got for part in layer]
checks.close(flat, [-5, -5, -2, 1], "H (1, 0, 3, 0)")

# Symmetric: <u, H v> = <v, H u>, here for 7 inputs, 5 hidden units, 3 outputs, 4 examples.
rng = np.random.default_rng(0)
draw = lambda: [(rng.normal(size=(m, n)), rng.normal(size=n)) for m, n in [(7, 5), (5, 3)]]
inner = lambda a, b: sum(np.sum(p * q) for x, y in zip(a, b) for p, q in zip(x, y))
params, u, v, X, Y = draw(), draw(), draw(), rng.normal(size=(4, 7)), rng.normal(size=(4, 3))
Hu, Hv = checks.ask(hvp_exact, params, X, Y, u), checks.ask(hvp_exact, params, X, Y, v)
checks.close(inner(u, Hv), inner(v, Hu), "<u, H v>, compared with <v, H u>,")

# %% test="hvp_exact-tools" points=0
# The grader keeps a gradient of its own here.
### BEGIN HIDDEN TESTS
def small_net(rng, n, d, h, k, far=1.0):
    """Parameters, X, Y and the gradient of the loss with respect to the parameters, which takes complex numbers."""
    params = [(rng.normal(size=(d, h)) / np.sqrt(d), 0.3 * rng.normal(size=h)), (rng.normal(size=(h, k)), rng.normal(size=k))]
    X, Y = rng.normal(size=(n, d)), far * rng.normal(size=(n, k))
    def grad(params):
        (W1, b1), (W2, b2) = params
        H = np.tanh(X @ W1 + b1)
        G = (H @ W2 + b2 - Y) / n
        E = (G @ W2.T) * (1 - H * H)
        return [(X.T @ E, E.sum(axis=0)), (H.T @ G, G.sum(axis=0))]
    return params, X, Y, grad
### END HIDDEN TESTS

# %% test="hvp_exact-product" points=2
# Hidden: the slope of our gradient along random directions, to eleven digits.
### BEGIN HIDDEN TESTS
checks.forbid(hvp_exact, OTHERS)
rng = checks.fresh_rng("hvp_exact-product")
for n, d, h, k in [(11, 7, 5, 3), (6, 4, 4, 4), (5, 2, 9, 3)]:
    params, X, Y, grad = small_net(rng, n, d, h, k)
    checks.hvp(lambda v: checks.ask(hvp_exact, params, X, Y, v), grad, params, rng=rng, tol=1e-11, laws=1e-10)
### END HIDDEN TESTS

# %% test="hvp_exact-residual" points=1
# Hidden: targets far away, where the curvature of the network itself counts most.
### BEGIN HIDDEN TESTS
checks.forbid(hvp_exact, OTHERS)
rng = checks.fresh_rng("hvp_exact-residual")
params, X, Y, grad = small_net(rng, 11, 7, 5, 3, far=1000.0)
checks.hvp(lambda v: checks.ask(hvp_exact, params, X, Y, v), grad, params, rng=rng, tol=1e-11, laws=1e-10)
### END HIDDEN TESTS

# %% test="hvp_exact-edges" points=0.5
# Hidden: one example, one input, one hidden unit, one output.
### BEGIN HIDDEN TESTS
checks.forbid(hvp_exact, OTHERS)
rng = checks.fresh_rng("hvp_exact-edges")
for n, d, h, k in [(1, 4, 3, 2), (5, 1, 3, 2), (5, 4, 1, 2), (5, 4, 3, 1), (1, 1, 1, 1)]:
    params, X, Y, grad = small_net(rng, n, d, h, k)
    checks.hvp(lambda v: checks.ask(hvp_exact, params, X, Y, v), grad, params, rng=rng, tol=1e-11, laws=1e-10)
### END HIDDEN TESTS

# %% test="hvp_exact-habits" points=0.5
# Hidden: arguments are unchanged, layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(hvp_exact, OTHERS)
rng = checks.fresh_rng("hvp_exact-habits")
params, X, Y, grad = small_net(rng, 6, 4, 3, 2)
direction = [(rng.normal(size=(4, 3)), rng.normal(size=3)), (rng.normal(size=(3, 2)), rng.normal(size=2))]
checks.battery(hvp_exact, params, X, Y, direction)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The largest eigenvalue of a Hessian that is never formed: the power method needs products alone.

# %% look="hvp"
import matplotlib.pyplot as plt

A = np.random.default_rng(1).normal(size=(30, 20))
grad = lambda x: A.T @ np.tanh(A @ x)
x, v, values = np.full(20, 0.1), np.ones(20), []
for _ in range(40):
    v = v / np.sqrt(v @ v)
    Hv = hvp(grad, x, v)
    values.append(v @ Hv)
    v = Hv
plt.figure(figsize=(6, 2.6))
plt.plot(values, ".-")
plt.xlabel("product with H"); plt.ylabel("largest eigenvalue"); plt.tight_layout()

# %% [markdown]
# ## 5 · Through an equation
#
# Often a result is not computed by a formula but *defined* by an equation: $F(z, \theta) = 0$. How one got there does not
# matter for the derivative, the equation does. Let $\theta$ move: $F_z \dot z + F_\theta\dot\theta = 0$, so
#
# $$\frac{dL}{d\theta} = -\,F_\theta^\top F_z^{-\top}\,\frac{\partial L}{\partial z}.$$
#
# For ridge regression the equation is $(X^\top X + \lambda I)\,w = X^\top y$, which gives $dw/d\lambda =
# -(X^\top X + \lambda I)^{-1} w$. For a fixed point $z = f(z, \theta)$ with Jacobian $J = \partial f/\partial z$, the
# cotangent $u = (I - J)^{-\top}\,\partial L/\partial z$ is itself a fixed point, of
#
# $$u \leftarrow \frac{\partial L}{\partial z} + J^\top u ,$$
#
# found with VJPs alone. No iterate has to be kept, and stopping early loses accuracy in the open: with spectral radius
# 0.9, ten steps leave an error of a third.

# %% [markdown]
# **Write `ridge_hypergrad(X, y, lam, Xv, yv)`** (6 points) **and**
# **`fixed_point_grad(f, jvp_z, vjp_z, vjp_theta, dloss, theta, z0) -> (z, gtheta)`** (6 points)
#
# - `ridge_hypergrad`: `X (n, d)`, `y (n,)` for training, `Xv (m, d)`, `yv (m,)` for validation, `lam > 0`. With
#   $w(\lambda)$ the minimum of $\|Xw - y\|^2 + \lambda\|w\|^2$ it returns the number $dL/d\lambda$ for the validation loss
#   $L = \frac12\|X_v w(\lambda) - y_v\|^2$. `lam` is anything from $10^{-6}$ to $10^3$. `n` may be
#   smaller than `d`; then `lam` is at least $10^{-3}$. Columns of `X` may be of very different lengths. Errors, relative to
#   $\|X_v w - y_v\|\,\|X_v\,dw/d\lambda\|$, stay below $10^{-9}$ for `lam` about 1 and below $10^{-6}$ elsewhere.
# - `fixed_point_grad`: functions `f(z, theta)`; `jvp_z(z, theta, v)` $= Jv$; `vjp_z(z, theta, u)` $= J^\top u$;
#   `vjp_theta(z, theta, u)` $= (\partial f/\partial\theta)^\top u$; `dloss(z)` $= \partial L/\partial z$; arrays
#   `theta (p,)`, `z0 (n,)`. `f` is a contraction in the long run: the spectral radius of $J$ is at most 0.9.
# - It returns the fixed point `z (n,)`, iterated from `z0`, and `gtheta (p,)`, the gradient of $L(z(\theta))$, both with
#   relative errors below $10^{-6}$. The start `z0` is no part of the answer.
# - At most 1000 calls of `f` and of `vjp_z`, at most 5 of `vjp_theta`; `jvp_z` is there if you want it.
# - No argument is changed. `np.linalg` is allowed.

# %% solution="ridge_hypergrad"
def ridge_hypergrad(X, y, lam, Xv, yv):
    """The derivative of the validation loss by lam, through the ridge solution w(lam)."""
    # Solve for w, solve once more for dw / dlam,
    # then the chain rule.
    ### BEGIN SOLUTION
    M = X.T @ X + lam * np.eye(X.shape[1])
    w = np.linalg.solve(M, X.T @ y)
    return float((Xv @ w - yv) @ (Xv @ np.linalg.solve(M, -w)))
    ### END SOLUTION

# %% solution="fixed_point_grad"
def fixed_point_grad(f, jvp_z, vjp_z, vjp_theta, dloss, theta, z0):
    """The fixed point z = f(z, theta) reached from z0, and the gradient of L(z) by theta."""
    # Iterate until z stands still. Then do the same for u,
    # and ask vjp_theta once.
    ### BEGIN SOLUTION
    def settled(step, z):
        for _ in range(900):
            before, z = z, step(z)
            if np.abs(z - before).max() <= 1e-12 * np.abs(z).max():
                break
        return z

    z = settled(lambda z: f(z, theta), np.array(z0, dtype=float))
    g = dloss(z)
    u = settled(lambda u: g + vjp_z(z, theta, u), np.zeros(len(z)))
    return z, vjp_theta(z, theta, u)
    ### END SOLUTION

# %% test="ridge_hypergrad-by_hand" points=1
checks.forbid(ridge_hypergrad, OTHERS)

# One weight: X^T X = 2, X^T y = 4, so w = 4 / (2 + lam) = 1 for lam = 2, and dw/dlam = -1/4.
# The loss (w - 2)^2 / 2 then has the derivative (1 - 2)(-1/4) = 1/4.
X, y, Xv, yv = np.array([[1.0], [1.0]]), np.array([1.0, 3.0]), np.array([[1.0]]), np.array([2.0])
checks.close(checks.ask(ridge_hypergrad, X, y, 2.0, Xv, yv), 0.25, "dL/dlam for one weight")

# Against a difference quotient, for 6 training rows, 3 weights and 4 validation rows.
rng = np.random.default_rng(0)
X, y, Xv, yv = (rng.normal(size=shape) for shape in [(6, 3), 6, (4, 3), 4])
weights = lambda lam: np.linalg.solve(X.T @ X + lam * np.eye(3), X.T @ y)
loss = lambda lam: np.sum((Xv @ weights(lam) - yv) ** 2) / 2
slope = (loss(1.5 + 1e-5) - loss(1.5 - 1e-5)) / 2e-5
checks.close(checks.ask(ridge_hypergrad, X, y, 1.5, Xv, yv), slope, "dL/dlam", rtol=1e-7)

# %% test="ridge_hypergrad-tools" points=0
# The grader keeps a formula of its own here.
### BEGIN HIDDEN TESTS
def ridge_slope(X, y, lam, Xv, yv):
    """dL/dlam by the singular values of X, w = V s / (s^2 + lam) U^T y, and the size of its terms."""
    U, s, Vt = np.linalg.svd(X, full_matrices=False)
    c = U.T @ y
    w, dw = Vt.T @ (s / (s**2 + lam) * c), -Vt.T @ (s / (s**2 + lam) ** 2 * c)
    return float((Xv @ w - yv) @ (Xv @ dw)), float(np.linalg.norm(Xv @ w - yv) * np.linalg.norm(Xv @ dw))
### END HIDDEN TESTS

# %% test="ridge_hypergrad-value" points=2.5
# Hidden: several shapes, against the closed form and against finite differences.
### BEGIN HIDDEN TESTS
checks.forbid(ridge_hypergrad, OTHERS)
rng = checks.fresh_rng("ridge_hypergrad-value")
for n, d, m in [(9, 4, 6), (5, 5, 5), (20, 3, 1), (7, 1, 4)]:
    X, y, Xv, yv, lam = rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=(m, d)), rng.normal(size=m), float(rng.uniform(0.3, 3))
    def loss(lam):
        w = np.linalg.solve(X.T @ X + lam * np.eye(d), X.T @ y)
        return float(np.sum((Xv @ w - yv) ** 2) / 2)
    got = checks.ask(ridge_hypergrad, X, y, lam, Xv, yv)
    ours, size = ridge_slope(X, y, lam, Xv, yv)
    checks.close(got, ours, "dL/dlam", rtol=1e-9, floor=size, hidden=True)
    checks.gradient(loss, np.array(lam), np.array(float(got)), rng=rng, names=["lam"])
### END HIDDEN TESTS

# %% test="ridge_hypergrad-range" points=2
# Hidden: lam from 1e-6 to 1e3, also with fewer rows than weights, or columns of very different
# lengths.
### BEGIN HIDDEN TESTS
checks.forbid(ridge_hypergrad, OTHERS)
rng = checks.fresh_rng("ridge_hypergrad-range")
for n, d, m, lams, least in [(9, 4, 6, (1e-6, 1e-3, 1.0, 1e3), 1), (4, 7, 5, (1e-3, 1.0, 1e3), 1), (9, 4, 6, (1e-6,), 1e-4)]:
    X, y, Xv, yv = rng.normal(size=(n, d)), rng.normal(size=n), rng.normal(size=(m, d)), rng.normal(size=m)
    X = X * np.geomspace(1, least, d)               # the last: X^T X + lam I has condition 3e7 at most, which leaves 1e-8
    for lam in lams:
        ours, size = ridge_slope(X, y, lam, Xv, yv)
        checks.close(checks.ask(ridge_hypergrad, X, y, lam, Xv, yv), ours, f"dL/dlam for lam = {lam:g}", rtol=1e-6, floor=size, hidden=True)
### END HIDDEN TESTS

# %% test="ridge_hypergrad-habits" points=0.5
# Hidden: arguments are unchanged, layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(ridge_hypergrad, OTHERS)
rng = checks.fresh_rng("ridge_hypergrad-habits")
X, Xv = 2 * np.linalg.qr(rng.normal(size=(6, 3)))[0], np.linalg.qr(rng.normal(size=(4, 3)))[0]
w = np.array([1.0, -2.0, 3.0])
checks.battery(ridge_hypergrad, X, X @ w, 2.0, Xv, -2 * Xv @ w)
### END HIDDEN TESTS

# %% test="fixed_point_grad-by_hand" points=1
checks.forbid(fixed_point_grad, OTHERS)

# f = z / 2 + theta has the fixed point 2 theta; L = z^2 / 2 = 2 theta^2 has the slope 4 theta.
z, gtheta = checks.ask(
    fixed_point_grad, lambda z, theta: z / 2 + theta, lambda z, theta, v: v / 2,
    lambda z, theta, u: u / 2, lambda z, theta, u: u, lambda z: z, np.array([3.0]), np.zeros(1))
checks.close(z, [6], "the fixed point", rtol=1e-6)
checks.close(gtheta, [12], "the gradient", rtol=1e-6)

# %% test="fixed_point_grad-tools" points=0
# The grader keeps its contractions here.
### BEGIN HIDDEN TESTS
class Contraction:
    """f(z, theta) = W z + sin(z) / 500 + (1 + cos(z) / 500) tanh(U theta), its parts counted. J = W + diag(..), with entries
    below 0.003, has at most the spectral radius `radius`, and nearly that."""

    def __init__(self, rng, n, p, radius):
        S = np.eye(n) + 0.6 * np.triu(rng.normal(size=(n, n)), 1) / np.sqrt(n)
        values = rng.uniform(-0.5, 1.0, n) * (radius - 0.01)
        values[0] = radius - 0.01
        self.W, self.U = S @ np.diag(values) @ np.linalg.inv(S), rng.normal(size=(n, p))
        self.theta, self.target = rng.normal(size=p) / 2, rng.normal(size=n)
        self.calls = {"f": 0, "jvp_z": 0, "vjp_z": 0, "vjp_theta": 0}

    def count(self, name):
        self.calls[name] += 1

    def f(self, z, theta):
        self.count("f")
        return self.W @ z + np.sin(z) / 500 + (1 + np.cos(z) / 500) * np.tanh(self.U @ theta)

    def bend(self, z, theta):
        """The diagonal matrix by which J differs from W, as a vector."""
        return (np.cos(z) - np.sin(z) * np.tanh(self.U @ theta)) / 500

    def jvp_z(self, z, theta, v):
        self.count("jvp_z")
        return self.W @ v + self.bend(z, theta) * v

    def vjp_z(self, z, theta, u):
        self.count("vjp_z")
        return self.W.T @ u + self.bend(z, theta) * u

    def vjp_theta(self, z, theta, u):
        self.count("vjp_theta")
        return self.U.T @ ((1 - np.tanh(self.U @ theta) ** 2) * (1 + np.cos(z) / 500) * u)

    def dloss(self, z):
        return z - self.target

    def asked(self, function, z0):
        """What the student's function returns for this contraction."""
        return checks.ask(function, lambda z, theta: self.f(z, theta), lambda z, theta, v: self.jvp_z(z, theta, v),
                          lambda z, theta, u: self.vjp_z(z, theta, u), lambda z, theta, u: self.vjp_theta(z, theta, u),
                          lambda z: self.dloss(z), self.theta, z0)

    def answer(self):
        """Fixed point and gradient by Newton's method and one linear system."""
        n, z = len(self.W), np.zeros(len(self.W))
        for _ in range(50):
            J = self.W + np.diag(self.bend(z, self.theta))
            z = z + np.linalg.solve(np.eye(n) - J, self.f(z, self.theta) - z)
        J = self.W + np.diag(self.bend(z, self.theta))
        return z, self.vjp_theta(z, self.theta, np.linalg.solve(np.eye(n) - J.T, z - self.target))
### END HIDDEN TESTS

# %% test="fixed_point_grad-value" points=2.5
# Hidden: fixed point and gradient to six digits for spectral radius 0.5 and 0.9, with J that
# is not symmetric.
### BEGIN HIDDEN TESTS
checks.forbid(fixed_point_grad, OTHERS)
rng = checks.fresh_rng("fixed_point_grad-value")
for n, p, radius in [(5, 3, 0.5), (7, 7, 0.9), (4, 9, 0.9)]:
    case = Contraction(rng, n, p, radius)
    ours, gradient = case.answer()
    z, gtheta = case.asked(fixed_point_grad, rng.normal(size=n))
    checks.close(z, ours, "the fixed point", rtol=1e-6, floor=0, hidden=True)
    checks.close(gtheta, gradient, "the gradient by theta", rtol=1e-6, floor=0, hidden=True)
### END HIDDEN TESTS

# %% test="fixed_point_grad-start" points=1
# Hidden: the answer does not depend on z0, not even when z0 is the fixed point already.
### BEGIN HIDDEN TESTS
checks.forbid(fixed_point_grad, OTHERS)
rng = checks.fresh_rng("fixed_point_grad-start")
case = Contraction(rng, 6, 4, 0.8)
ours, gradient = case.answer()
for z0 in (ours, np.zeros(6), 100 * rng.normal(size=6)):
    z, gtheta = case.asked(fixed_point_grad, z0)
    checks.close(z, ours, "the fixed point from another start", rtol=1e-6, floor=0, hidden=True)
    checks.close(gtheta, gradient, "the gradient from another start", rtol=1e-6, floor=0, hidden=True)
### END HIDDEN TESTS

# %% test="fixed_point_grad-calls" points=1
# Hidden: the limits on calls hold with spectral radius 0.9 in 1200 dimensions, where J cannot
# be formed with 1000 VJPs.
### BEGIN HIDDEN TESTS
checks.forbid(fixed_point_grad, OTHERS)
rng = checks.fresh_rng("fixed_point_grad-calls")
case = Contraction(rng, 5, 3, 0.9)
small_W, copies = case.W, 240
case.W, case.U = np.kron(np.eye(copies), small_W), np.tile(case.U, (copies, 1))
case.target = np.tile(case.target, copies)
z, gtheta = case.asked(fixed_point_grad, np.zeros(5 * copies))
calls = dict(case.calls)
checks.holds(calls["f"] <= 1000 and calls["vjp_z"] <= 1000, "f and vjp_z should be called at most 1000 times each.")
checks.holds(1 <= calls["vjp_theta"] <= 5, "vjp_theta should be called once (at most 5 times): not for every iterate.")
case.W, case.U, case.target = small_W, case.U[:5], case.target[:5]
ours, gradient = case.answer()
checks.close(gtheta, copies * gradient, "the gradient in many dimensions", rtol=1e-6, floor=0, hidden=True)
### END HIDDEN TESTS

# %% test="fixed_point_grad-habits" points=0.5
# Hidden: theta and z0 are unchanged, layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(fixed_point_grad, OTHERS)
rng = checks.fresh_rng("fixed_point_grad-habits")
W = np.array([[0.3, 0.2, 0.0], [-0.1, 0.2, 0.1], [0.0, 0.1, -0.3]])
checks.battery(fixed_point_grad, lambda z, theta: W @ z + theta, lambda z, theta, v: W @ v, lambda z, theta, u: W.T @ u,
               lambda z, theta, u: 1.0 * u, lambda z: 1.0 * z, rng.normal(size=3), rng.normal(size=3))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Validation loss against $\lambda$, and the slope that you computed: it is zero where the loss is smallest.

# %% look="ridge_hypergrad"
import matplotlib.pyplot as plt

rng = np.random.default_rng(3)
w = rng.normal(size=12)
X, Xv = rng.normal(size=(15, 12)), rng.normal(size=(40, 12))
y, yv = X @ w + 2 * rng.normal(size=15), Xv @ w + 2 * rng.normal(size=40)
lams = np.logspace(-2, 2, 60)
weights = lambda lam: np.linalg.solve(X.T @ X + lam * np.eye(12), X.T @ y)
losses = [np.sum((Xv @ weights(lam) - yv) ** 2) / 2 for lam in lams]

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 2.8))
left.semilogx(lams, losses); left.set(xlabel="lam", ylabel="validation loss")
right.semilogx(lams, [lam * ridge_hypergrad(X, y, lam, Xv, yv) for lam in lams])
right.axhline(0, color="k", lw=0.5); right.set(xlabel="lam", ylabel="lam dL/dlam")
fig.tight_layout()

# %% [markdown]
# ## 6 · Where there is no derivative
#
# ReLU, maxima and norms have corners. A convex $f$ has something there as well: $g$ is a *sub-gradient* at $x$ if the plane
# that it puts through $(x, f(x))$ stays below the graph,
#
# $$f(y) \ge f(x) + \langle g,\, y - x\rangle\qquad\text{for all } y .$$
#
# All of them together are the *sub-differential* $\partial f(x)$: the interval $[-1, 1]$ for $|x|$ at 0, the unit ball for
# $\|x\|_2$ at 0, all averages of the unit vectors of the largest entries for $\max_i x_i$. For the nuclear norm of
# $X = U\,\mathrm{diag}(s)\,V^\top$ with positive $s$ it holds $UV^\top + W$, where $U^\top W = 0$, $WV = 0$, $\|W\|_2\le 1$.
# Where $f$ is smooth, the gradient alone is left. $0 \in \partial f(x)$ says that $x$ is a minimum: the whole of convex
# optimisation.

# %% [markdown]
# **Write `subgrad(name, x) -> g`** (6 points) **and `is_subgradient(f, g, x, rng) -> bool`** (4 points)
#
# - `subgrad` returns any sub-gradient, an array of the shape of `x`. `name` is `"l1"` ($\sum|x_i|$), `"max"` ($\max_i x_i$),
#   `"l2"` ($\|x\|_2$), `"hinge"` ($\sum\max(0, 1 - x_i)$), each for `x (n,)`, or `"nuclear"` (the sum of the singular
#   values) for `x (m, n)` of any rank. Another name raises `ValueError`.
# - `is_subgradient` decides whether `g` is a sub-gradient of a convex `f` at `x`, arrays of any one shape. All it can do is
#   call `f`, at most 1000 times and at least 100 times before it says `True`, at points that it draws from `rng`. Allow for
#   rounding: a true sub-gradient may miss the inequality by $10^{-9}$. Wrong ones miss it, in at least every tenth
#   direction, at all distances below 0.1, and by at least a tenth of the distance; farther away they may not. Err less
#   than once in a million.
# - No argument is changed; `np.linalg` is allowed.

# %% solution="subgrad"
def subgrad(name, x):
    """A sub-gradient at x of the function with this name: l1, max, l2, hinge or nuclear."""
    # At each corner one choice is enough;
    # look for what divides by zero.
    ### BEGIN SOLUTION
    x = np.array(x, dtype=float)
    if name == "l1":
        return np.sign(x)
    if name == "max":
        return np.eye(len(x))[np.argmax(x)]
    if name == "l2":
        length = np.sqrt(x @ x)
        return x / length if length > 0 else x
    if name == "hinge":
        return -(x < 1).astype(float)
    if name == "nuclear":
        U, s, Vt = np.linalg.svd(x, full_matrices=False)
        kept = s > 1e-12 * s[0]
        return U[:, kept] @ Vt[kept]
    raise ValueError(f"no function is called {name}")
    ### END SOLUTION

# %% solution="is_subgradient"
def is_subgradient(f, g, x, rng):
    """Whether f(y) >= f(x) + <g, y - x> holds at up to 1000 points y drawn from rng."""
    # Directions at random, and not too far. How often do you have to look,
    # if every tenth direction tells?
    ### BEGIN SOLUTION
    here = f(x)
    for _ in range(200):
        u = rng.normal(size=np.shape(x))
        step = 0.01 * u / np.sqrt(np.sum(u * u))
        if not f(x + step) >= here + np.sum(g * step) - 1e-7:
            return False
    return True
    ### END SOLUTION

# %% test="subgrad-by_hand" points=1
checks.forbid(subgrad, OTHERS)

# At (1, 0, -2) the first and the last entry are settled; for the corner, the inequality.
x = np.array([1.0, 0.0, -2.0])
g = checks.ask(subgrad, "l1", x)
checks.array(g, "subgrad('l1', x)", shape=(3,))
checks.close(g[[0, 2]], [1, -1], "its first and last entry")
l1 = lambda x: np.abs(x).sum()
checks.subgradient(l1, x, g, rng=np.random.default_rng(0), what="subgrad('l1', (1, 0, -2))")

# Without a corner the gradient is the only one.
checks.close(checks.ask(subgrad, "l2", np.array([3.0, 4.0])), [0.6, 0.8], "subgrad('l2', (3, 4))")

# %% test="subgrad-tools" points=0
# The grader keeps its functions here.
### BEGIN HIDDEN TESTS
CONVEX = {
    "l1": lambda x: float(np.abs(x).sum()),
    "max": lambda x: float(x.max()),
    "l2": lambda x: float(np.sqrt(np.sum(x * x))),
    "hinge": lambda x: float(np.clip(1 - x, 0, None).sum()),
    "nuclear": lambda x: float(np.linalg.svd(x, compute_uv=False).sum()),
    "bowl": lambda x: float(10 * np.sum(x * x)),
}

def has_subgradient(subgrad, name, x, rng, **options):
    """The inequality for the student's sub-gradient, with the directions in which wrong ones fail."""
    g = checks.ask(subgrad, name, x)
    checks.array(g, f"subgrad('{name}', x)", shape=x.shape)
    checks.subgradient(CONVEX[name], x, g, rng=rng, what=f"subgrad('{name}', x)", **options)

def of_rank(rng, m, n, rank):
    left, right = np.linalg.qr(rng.normal(size=(m, m)))[0][:, :rank], np.linalg.qr(rng.normal(size=(n, n)))[0][:, :rank]
    return (left * rng.uniform(0.5, 3, rank)) @ right.T
### END HIDDEN TESTS

# %% test="subgrad-smooth" points=1.5
# Hidden: away from corners, also by little, where the gradient is the only sub-gradient.
### BEGIN HIDDEN TESTS
checks.forbid(subgrad, OTHERS)
rng = checks.fresh_rng("subgrad-smooth")
for n in (3, 8):
    x = rng.choice([-1.0, 1.0], n) * rng.uniform(0.2, 3, n)
    checks.close(checks.ask(subgrad, "l1", x), np.sign(x), "subgrad('l1', x)", hidden=True)
    checks.close(checks.ask(subgrad, "max", x), np.eye(n)[np.argmax(x)], "subgrad('max', x)", hidden=True)
    checks.close(checks.ask(subgrad, "l2", x), x / np.sqrt(x @ x), "subgrad('l2', x)", hidden=True)
    x = np.append(x, [0.5, 1.5, -0.5])
    checks.close(checks.ask(subgrad, "hinge", x), -(x < 1).astype(float), "subgrad('hinge', x)", hidden=True)
for m, n in [(5, 3), (3, 4), (3, 3)]:
    x = of_rank(rng, m, n, 3)
    U, _, Vt = np.linalg.svd(x, full_matrices=False)
    checks.close(checks.ask(subgrad, "nuclear", x), U @ Vt, "subgrad('nuclear', x) for full rank", hidden=True)
for name, x, g in [("l1", [1e-9, -1e-9, 2.0], [1, -1, 1]), ("max", [1.0, 1 + 1e-9, 0.5], [0, 1, 0]),
                   ("hinge", [1 - 1e-9, 1 + 1e-9, 0.5], [-1, 0, -1])]:
    checks.close(checks.ask(subgrad, name, np.array(x)), g, f"subgrad('{name}', x) close to a corner", hidden=True)
U, V = np.linalg.qr(rng.normal(size=(4, 3)))[0], np.linalg.qr(rng.normal(size=(3, 3)))[0]
for scale in (1.0, 1e-12):                          # singular values down to 1e-4 of the largest: X^T X keeps 1e-8
    x = scale * (U * [1.0, 1e-2, 1e-4]) @ V.T
    checks.close(checks.ask(subgrad, "nuclear", x), U @ V.T, "subgrad('nuclear', x) close to a corner", rtol=1e-6, hidden=True)
### END HIDDEN TESTS

# %% test="subgrad-corners" points=2
# Hidden: zeros, ties, margins of exactly 1: the inequality in random, axial and adverse
# directions.
### BEGIN HIDDEN TESTS
checks.forbid(subgrad, OTHERS)
rng = checks.fresh_rng("subgrad-corners")
for _ in range(3):
    x = rng.normal(size=6) * (rng.permutation(6) < 3)
    has_subgradient(subgrad, "l1", x, rng, n=100)
    has_subgradient(subgrad, "max", np.round(x), rng, n=100)
    has_subgradient(subgrad, "hinge", np.where(x == 0, 1.0, x), rng, n=100)
for name in ("l1", "max", "l2"):
    has_subgradient(subgrad, name, np.zeros(5), rng, n=100)
has_subgradient(subgrad, "max", 2.0 * np.ones(4), rng, n=100)
has_subgradient(subgrad, "hinge", np.ones(4), rng, n=100)
has_subgradient(subgrad, "hinge", np.array([1.0, 0.5, 2.0, -1.0]), rng, n=100)
### END HIDDEN TESTS

# %% test="subgrad-rank" points=0.5
# Hidden: the nuclear norm of matrices without full rank, and of zero.
### BEGIN HIDDEN TESTS
checks.forbid(subgrad, OTHERS)
rng = checks.fresh_rng("subgrad-rank")
for x in (of_rank(rng, 5, 3, 2), of_rank(rng, 3, 4, 1), of_rank(rng, 4, 4, 3), np.zeros((3, 2)), np.array([[0.0]]), np.diag([2.0, 0.0, 0.0])):
    has_subgradient(subgrad, "nuclear", x, rng, n=60)
### END HIDDEN TESTS

# %% test="subgrad-edges" points=0.5
# Hidden: a single entry, lengths from 1e-100 to 1e100, an unknown name.
### BEGIN HIDDEN TESTS
checks.forbid(subgrad, OTHERS)
rng = checks.fresh_rng("subgrad-edges")
for name, at, slope in [("l1", -2.0, -1.0), ("max", -2.0, 1.0), ("l2", -2.0, -1.0), ("hinge", -2.0, -1.0), ("hinge", 2.0, 0.0)]:
    checks.close(checks.ask(subgrad, name, np.array([at])), [slope], f"subgrad('{name}', x) for a single entry", hidden=True)
checks.close(checks.ask(subgrad, "nuclear", np.array([[-2.0]])), [[-1.0]], "subgrad('nuclear', x) for a single entry", hidden=True)
for scale in (1e-100, 1e100):
    checks.close(checks.ask(subgrad, "l2", scale * np.array([3.0, 0.0, -4.0])), [0.6, 0, -0.8], "subgrad('l2', x) for a long or short x", hidden=True)
checks.raises(ValueError, subgrad, "cosine", np.ones(3), when="for a name that it does not know")
### END HIDDEN TESTS

# %% test="subgrad-habits" points=0.5
# Hidden: x is unchanged, its layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(subgrad, OTHERS)
rng = checks.fresh_rng("subgrad-habits")
x = rng.permutation([-2.0, -1.0, 0.5, 1.5, 3.0])
for name in ("l1", "max", "l2", "hinge"):
    checks.battery(subgrad, name, x)
checks.battery(subgrad, "nuclear", np.diag([3.0, 2.0, -4.0]) + rng.uniform(-0.3, 0.3, size=(3, 3)))
### END HIDDEN TESTS

# %% test="is_subgradient-by_hand" points=0.5
checks.forbid(is_subgradient, OTHERS)

# |x| at 0: the slopes from -1 to 1.
for g, right in [(0.5, True), (-1.0, True), (1.5, False)]:
    got = checks.ask(is_subgradient, lambda x: float(np.abs(x).sum()), np.array([g]), np.zeros(1),
                     np.random.default_rng(0))
    checks.equal(got, right, f"the answer for |x| at 0 and g = {g}")

# %% test="is_subgradient-tools" points=0
# The grader counts the calls of f here.
### BEGIN HIDDEN TESTS
def decides(is_subgradient, name, g, x, right, rng):
    """The student's decision for one of our functions, with at most 1000 calls."""
    calls = [0]
    def f(y):
        calls[0] += 1
        return CONVEX[name](y)
    got = checks.ask(is_subgradient, f, g, x, rng)
    checks.holds(calls[0] <= 1000, "is_subgradient should call f at most 1000 times.")
    checks.equal(got, right, f"the answer for {name}")
    checks.holds(calls[0] >= 100 or not right, "is_subgradient should call f at least 100 times before it says True.")
### END HIDDEN TESTS

# %% test="is_subgradient-smooth" points=1
# Hidden: where f has a gradient: that one is accepted, its double and its opposite are not, nor
# one that is wrong nearby only.
### BEGIN HIDDEN TESTS
checks.forbid(is_subgradient, OTHERS)
rng = checks.fresh_rng("is_subgradient-smooth")
x = np.array([1.5, -0.7, 2.5, 0.4])
for name, g in [("l1", np.sign(x)), ("l2", x / np.sqrt(x @ x)), ("hinge", -(x < 1).astype(float))]:
    for factor, right in [(1.0, True), (2.0, False), (-1.0, False)]:
        decides(is_subgradient, name, factor * g, x, right, rng)
# A steep bowl in 4 dimensions: at the distance 0.1 a third of the directions miss by a tenth of it, from 0.4 on none.
decides(is_subgradient, "bowl", 20 * x, x, True, rng)
decides(is_subgradient, "bowl", 20 * x + [4.0, 0, 0, 0], x, False, rng)
### END HIDDEN TESTS

# %% test="is_subgradient-corners" points=2
# Hidden: at corners: every element of the sub-differential is accepted, others are not.
### BEGIN HIDDEN TESTS
checks.forbid(is_subgradient, OTHERS)
rng = checks.fresh_rng("is_subgradient-corners")
u = rng.normal(size=4)
ball = u / np.sqrt(u @ u)
x = np.array([1.0, 0.0, -2.0])
U, V = np.linalg.qr(rng.normal(size=(3, 3)))[0], np.linalg.qr(rng.normal(size=(2, 2)))[0]
one, rest = np.outer(U[:, 0], V[:, 0]), np.outer(U[:, 1], V[:, 1])
for name, g, at, right in [
        ("l1", [1, 0.9, -1], x, True), ("l1", [1, -1, -1], x, True), ("l1", [1, 2.0, -1], x, False), ("l1", [2, 0, -2], x, False),
        ("l2", ball, np.zeros(4), True), ("l2", 0.3 * ball, np.zeros(4), True), ("l2", 2 * ball, np.zeros(4), False),
        ("max", [0.2, 0.5, 0.3], np.ones(3), True), ("max", [1, 1, 1], np.ones(3), False), ("max", [0, 0], np.ones(2), False),
        ("hinge", [-0.4, 0], np.array([1.0, 3.0]), True), ("hinge", [0.6, 0], np.array([1.0, 3.0]), False),
        ("nuclear", one + 0.8 * rest, 2 * one, True), ("nuclear", one + 2.5 * rest, 2 * one, False)]:
    decides(is_subgradient, name, np.array(g, dtype=float), at, right, rng)
### END HIDDEN TESTS

# %% test="is_subgradient-habits" points=0.5
# Hidden: arguments are unchanged, layout does not matter, integers work, and randomness comes
# from rng alone.
### BEGIN HIDDEN TESTS
checks.forbid(is_subgradient, OTHERS)
rng = checks.fresh_rng("is_subgradient-habits")
def square(x):
    return float(np.sum(np.square(x)) / 2)
whole = rng.choice([-2.0, -1.0, 1.0, 2.0], size=4)
checks.battery(is_subgradient, square, whole, whole, rng)
for right, g in [(True, whole), (False, whole + 1)]:
    checks.equal(checks.ask(is_subgradient, square, g.astype(int), whole.astype(int), rng), right, "the answer for integers")

def asked_points(rng):
    """The points at which f is asked."""
    points = []
    def f(y):
        points.append(np.array(y))
        return square(y)
    checks.ask(is_subgradient, f, whole, whole, rng)
    return np.array(points)
first, second = map(asked_points, rng.spawn(2))
checks.holds(not np.array_equal(first, second), "Another rng should lead to other points: draw from the rng that is passed in.")
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A convex function with a corner and the planes that your sub-gradients put under it.

# %% look="subgrad"
import matplotlib.pyplot as plt

grid = np.linspace(-2, 3, 201)
plt.figure(figsize=(6, 2.8))
plt.plot(grid, np.abs(grid) + np.maximum(0, 1 - grid), "k", lw=2, label="|x| + max(0, 1 - x)")
for at in (-1.0, 0.0, 1.0, 2.0):
    g = subgrad("l1", np.array([at]))[0] + subgrad("hinge", np.array([at]))[0]
    plane = abs(at) + max(0, 1 - at) + g * (grid - at)
    plt.plot(grid, plane, "--", lw=1, label=f"at {at:g}, g = {g:g}")
plt.ylim(-1, 5); plt.xlabel("x"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 7 · What each direction costs
#
# For one example the network $h_0 = x$, $z_l = W_l h_{l-1} + b_l$, $h_l = \tanh z_l$ ($l < L$), with loss
# $\frac12\|z_L - y\|^2$, has $P = \sum_l d_l\,(d_{l-1} + 1)$ parameters. Both modes need the values first, and the
# slopes $s_l = 1 - h_l\odot h_l$ of the hidden layers. After that
#
# - *forward mode* makes one pass for each of the $P$ parameters: $\dot z_l = \dot W_l h_{l-1} + W_l\dot h_{l-1} + \dot b_l$
#   and $\dot h_l = s_l\odot\dot z_l$ with $\dot h_0 = 0$ left out, and at the end $(z_L - y)^\top\dot z_L$;
# - *reverse mode* makes one pass for all of them: $\bar z_L = z_L - y$, then $\bar W_l = \bar z_l h_{l-1}^\top$,
#   $\bar b_l = \bar z_l$, $\bar h_{l-1} = W_l^\top\bar z_l$ and $\bar z_{l-1} = s_{l-1}\odot\bar h_{l-1}$, where
#   $\bar h_0$ is left out.
#
# Count multiplications: $mn$ for a matrix times a vector or for an outer product $(m)(n)$, $n$ for $\odot$ and for a
# scalar product; zeros in $\dot W_l$ are not skipped. Sums, signs and $\tanh$ itself cost none.

# %% [markdown]
# **Write `forward_reverse_cost(sizes) -> (fwd, rev)`** (6 points)
#
# - `sizes` is a list or tuple $(d_0, d_1, \dots, d_L)$ of whole numbers, $L \ge 1$.
# - `fwd` and `rev` are the exact numbers of multiplications for the gradient by all parameters in either mode, values and
#   slopes included (once). They are of type `int`, and exact however large.

# %% solution="forward_reverse_cost"
def forward_reverse_cost(sizes):
    """Multiplications for the gradient of an MLP by forward and by reverse mode: fwd, rev."""
    # Count the values, one forward pass and the reverse pass;
    # how many forward passes are there?
    ### BEGIN SOLUTION
    d = [int(size) for size in sizes]
    weights = [a * b for a, b in zip(d, d[1:])]
    hidden = sum(d[1:-1])
    parameters = sum(weights) + sum(d[1:])
    values = sum(weights) + hidden
    one_way = sum(weights) + sum(weights[1:]) + hidden
    return values + parameters * (one_way + d[-1]), values + one_way
    ### END SOLUTION

# %% test="forward_reverse_cost-by_hand" points=1
checks.forbid(forward_reverse_cost, OTHERS)

# Sizes (3, 4, 2): 20 weights, 6 biases. Values: 12 + 4 + 8 = 24.
# A forward pass: 12, 4, then 8 + 8, and 2 at the end. The reverse pass: 8 + 8, 4, 12.
fwd, rev = checks.ask(forward_reverse_cost, (3, 4, 2))
checks.equal(fwd, 24 + 26 * 34, "fwd for the sizes (3, 4, 2)")
checks.equal(rev, 24 + 32, "rev for the sizes (3, 4, 2)")

# A gradient by reverse mode costs less than five times its function, for any network.
fwd, rev = checks.ask(forward_reverse_cost, (50, 40, 30, 1))
values = 50 * 40 + 40 * 30 + 30
checks.holds(rev <= 5 * values, "rev should be at most 5 times the cost of the values.")

# %% test="forward_reverse_cost-counts" points=3.5
# Hidden: networks of one to six layers.
### BEGIN HIDDEN TESTS
checks.forbid(forward_reverse_cost, OTHERS)
rng = checks.fresh_rng("forward_reverse_cost-counts")

def counted(sizes):
    """Both counts, added up layer by layer."""
    shapes = [(int(m), int(n)) for n, m in zip(sizes, sizes[1:])]
    last = len(shapes) - 1
    values = one = back = parameters = 0
    for layer, (m, n) in enumerate(shapes):
        values += m * n + (m if layer < last else 0)
        one += m * n + (m * n if layer else 0) + (m if layer < last else 0)
        back += m * n + (m * n + n if layer else 0)
        parameters += m * (n + 1)
    return values + parameters * (one + shapes[-1][0]), values + back

for layers in (2, 2, 3, 4, 6):
    sizes = [int(size) for size in rng.integers(2, 40, size=layers + 1)]
    fwd, rev = checks.ask(forward_reverse_cost, sizes)
    checks.equal(fwd, counted(sizes)[0], "fwd")
    checks.equal(rev, counted(sizes)[1], "rev")
### END HIDDEN TESTS

# %% test="forward_reverse_cost-edges" points=0.5
# Hidden: a single layer, layers of width 1.
### BEGIN HIDDEN TESTS
checks.forbid(forward_reverse_cost, OTHERS)
rng = checks.fresh_rng("forward_reverse_cost-edges")
a, b = int(rng.integers(2, 30)), int(rng.integers(2, 30))
for sizes, both in [((a, b), (a * b + b * (a + 1) * (a * b + b), 2 * a * b)), ((1, 1), (5, 2)), ((1, 1, 1), (23, 7)),
                    ((a, 1, 1), (a + 2 + (a + 3) * (a + 4), 2 * a + 5))]:
    fwd, rev = checks.ask(forward_reverse_cost, sizes)
    checks.equal(fwd, both[0], "fwd for a small network")
    checks.equal(rev, both[1], "rev for a small network")
### END HIDDEN TESTS

# %% test="forward_reverse_cost-large" points=0.5
# Hidden: counts beyond 2^53, exactly.
### BEGIN HIDDEN TESTS
checks.forbid(forward_reverse_cost, OTHERS)
rng = checks.fresh_rng("forward_reverse_cost-large")
a, b, c = (int(size) for size in rng.integers(10**6, 10**7, size=3))
fwd, rev = checks.ask(forward_reverse_cost, [a, b, c])
values, one = a * b + b * c + b, a * b + 2 * b * c + b
checks.equal(fwd, values + (a * b + b * c + b + c) * (one + c), "fwd for a large network", hint="Count with whole numbers of Python.")
checks.equal(rev, values + one, "rev for a large network", hint="Count with whole numbers of Python.")
### END HIDDEN TESTS

# %% test="forward_reverse_cost-habits" points=0.5
# Hidden: sizes as a list or a tuple, which stay what they are; no global state.
### BEGIN HIDDEN TESTS
checks.forbid(forward_reverse_cost, OTHERS)
rng = checks.fresh_rng("forward_reverse_cost-habits")
sizes = [int(size) for size in rng.integers(2, 20, size=4)]
checks.battery(forward_reverse_cost, sizes)
checks.equal(tuple(checks.ask(forward_reverse_cost, tuple(sizes))), tuple(checks.ask(forward_reverse_cost, sizes)), "the result for a tuple")
### END HIDDEN TESTS

# %% [markdown]
# ## 8 · On paper
#
# Two short answers, each checked by a test (1 point each).
#
# **8a.** A function $\mathbb R^{300}\to\mathbb R^{20}\to\mathbb R^{400}\to\mathbb R^{50}$ is given as a program. You want its
# Jacobian. A pass goes through the whole program. How many passes does the cheaper mode need?

# %% solution="passes"
passes = 0          # a whole number
### BEGIN SOLUTION
passes = 50
### END SOLUTION

# %% test="passes-number" points=1
# At least one pass is needed. Hidden: the number.
is_zero = checks.integer.verdict(passes, 0).status == "ok"
checks.holds(not is_zero, "passes should be a positive whole number.")
### BEGIN HIDDEN TESTS
checks.integer(passes, 50)
### END HIDDEN TESTS

# %% [markdown]
# **8b.** Let $h_1 = x^2$, $h_2 = 3h_1 + x\,h_1$ and $L = h_2^2$, at $x = 1$. In the Lagrangian
# $\mathcal L = L(h_2) - \lambda_1\,(h_1 - x^2) - \lambda_2\,(h_2 - 3h_1 - x\,h_1)$ all derivatives by $h_1$ and $h_2$ are
# zero. What is $\lambda_1$?

# %% solution="multiplier"
multiplier = 0      # a number
### BEGIN SOLUTION
multiplier = 32
### END SOLUTION

# %% test="multiplier-number" points=1
# It is not zero: moving h1 changes the loss. Hidden: the number.
is_zero = checks.number.verdict(multiplier, 0).status == "ok"
checks.holds(not is_zero, "multiplier should be a number other than zero.")
### BEGIN HIDDEN TESTS
checks.number(multiplier, 32)
### END HIDDEN TESTS

# %% [markdown]
# **8c · Backpropagation from a Lagrangian** (8 points, marked by hand)
#
# A network is a chain of constraints $h_l = \varphi_l(h_{l-1}, \theta_l)$, $l = 1, \dots, L$, with $h_0 = x$ given, and the
# loss is $\ell(h_L)$. Take the Lagrangian with one multiplier $\lambda_l$ for each constraint. Derive from it the forward
# pass, the backward pass and the gradient $d\ell/d\theta_l$; say why the last is the *total* derivative. Then write the
# result for $\varphi_l(h, (W, b)) = \tanh(Wh + b)$. What does $\lambda_l$ mean? Ten to fifteen lines; write them below,
# or hand in a page as `written.pdf` and say so below.

# %% [markdown] manual="lagrangian" points=8
# <!-- BEGIN SOLUTION -->
# $\mathcal L(h, \theta, \lambda) = \ell(h_L) - \sum_{l=1}^L \lambda_l^\top\big(h_l - \varphi_l(h_{l-1}, \theta_l)\big)$.
#
# *Forward.* $\partial\mathcal L/\partial\lambda_l = 0$ gives the constraints back: $h_l = \varphi_l(h_{l-1}, \theta_l)$, solved in
# the order $l = 1, \dots, L$.
#
# *Backward.* $\partial\mathcal L/\partial h_L = 0$ gives $\lambda_L = \nabla\ell(h_L)$. For $l < L$, $h_l$ stands in constraint $l$
# and in constraint $l + 1$: $-\lambda_l + \big(\partial\varphi_{l+1}/\partial h_l\big)^\top\lambda_{l+1} = 0$. So
# $\lambda_l = \big(\partial\varphi_{l+1}/\partial h_l\big)^\top\lambda_{l+1}$, solved in the order $l = L - 1, \dots, 1$.
#
# *Gradient.* Let $h(\theta)$ be the values of the forward pass. There the constraints hold, so
# $\mathcal L(h(\theta), \theta, \lambda) = \ell(h_L(\theta))$ for every $\lambda$. Differentiate by $\theta_l$: the part through $h$
# has the factor $\partial\mathcal L/\partial h$, which is zero for the $\lambda$ chosen above; the part through $\lambda$ has
# the factor $\partial\mathcal L/\partial\lambda = 0$. The direct part is left:
# $d\ell/d\theta_l = \big(\partial\varphi_l/\partial\theta_l\big)^\top\lambda_l$.
#
# *Layer.* With $z_l = W_l h_{l-1} + b_l$, $h_l = \tanh z_l$ and $\delta_l = (1 - h_l\odot h_l)\odot\lambda_l$:
# $\lambda_{l-1} = W_l^\top\delta_l$, $d\ell/dW_l = \delta_l h_{l-1}^\top$, $d\ell/db_l = \delta_l$.
#
# *Meaning.* $\lambda_l$ is the derivative of the loss by $h_l$, with everything after it recomputed: what the loss would gain if
# constraint $l$ were moved to $h_l = \varphi_l + \epsilon$ (a shadow price).
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 1 | the Lagrangian, with one multiplier (of the size of $h_l$) per constraint |
# | 1 | the derivatives by $\lambda_l$ are the forward pass |
# | 1 | $\lambda_L = \nabla\ell(h_L)$, with the sign that fits the Lagrangian |
# | 1 | $\lambda_l$ from $\lambda_{l+1}$ by the transposed Jacobian, in descending order |
# | 2 | why $d\ell/d\theta_l = \partial\mathcal L/\partial\theta_l$: the parts through $h$ and $\lambda$ vanish |
# | 1 | the formulas for a tanh layer |
# | 1 | the meaning of $\lambda_l$ |
#
# The other sign of all $\lambda_l$, consistently, is as good. The chain rule alone, without a Lagrangian: at most 3.
# <!-- END SOLUTION -->
