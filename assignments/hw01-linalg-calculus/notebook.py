# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Linear algebra and calculus, refreshed
#
# You know these things: a length, an angle, a determinant, a derivative. Here you write them once more for a machine with
# sixteen digits, and see where a formula that is right on paper loses eight of them, and what to write instead. The
# rest of the course stands on these few functions and on the chain rule at the end.
#
# **You will learn to**
# - compute lengths that neither overflow nor vanish, and angles that keep their digits when they are small;
# - sum over any axes of two tensors with one matrix product;
# - eliminate with row exchange, and keep a determinant that no float can hold;
# - balance the two errors of a numerical derivative, and avoid one of them with a complex number;
# - put brackets where they save work, and take gradients on paper.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `norms`, `angle` | 9 + 6 | 14 lines |
# | 2 | `contract`, `tensor_product` | 11 + 4 | 12 lines |
# | 3 | `slogdet` | 15 | 12 lines |
# | 4 | `num_diff` | 20 | 14 lines |
# | 5 | `apply_chain`, `commutes` | 10 + 5 | 8 lines |
# | 6 | on paper: six formulas, one proof | 15 + 5 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is graded,
# with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem can be
# solved without the earlier ones. What a problem rules out may stand nowhere in the cell of its function: compare with a
# library in a cell of your own. You work in pairs and hand in one notebook.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Imports of your own go into your own cells: this one is put back before your
# work is graded. Arrays are float64; eps is $2^{-52} \approx 2.2\cdot 10^{-16}$.

# %% given="setup"
import math

import numpy as np

from autograder import checks

# What the problems rule out; the statements say the same in words.
NOT_IN_1_AND_3 = [*checks.LINEAR_ALGEBRA, "mpmath"]
NOT_IN_2 = ["numpy.tensordot", "numpy.einsum", "numpy.einsum_path", "numpy.kron",
            ".outer", "numpy.outer", "numpy.ma.outer", "numpy.ma.outerproduct",
            "numpy.linalg", "scipy", "torch", "sympy"]
NOT_IN_4 = ["numpy.gradient", "scipy", "torch", "sympy", "mpmath"]
NOT_IN_5 = ["numpy.linalg", "scipy", "torch", "sympy"]

# %% [markdown]
# ## 1 · Lengths and angles
#
# $$\|x\|_1 = \sum_i |x_i|,\qquad \|x\|_2 = \Big(\sum_i |x_i|^2\Big)^{1/2},\qquad \|x\|_\infty = \max_i |x_i| .$$
#
# Floats reach from $10^{-308}$ to $10^{308}$, but the square of $10^{200}$ does not fit, and the square of $10^{-200}$ is
# zero. A length is homogeneous, $\|cx\| = |c|\,\|x\|$: take a suitable factor out before you square.
#
# The angle has the textbook formula $\cos\varphi = u^\top v / (\|u\|\,\|v\|)$. Near $\varphi = 0$ the cosine is flat:
# $\cos 10^{-8} = 1 - 5\cdot 10^{-17}$, which is 1 in float64, so all digits of the angle are gone before
# `arccos` is called. Half the angle has a tangent that keeps them: for vectors of the *same length*, $u - v$ and $u + v$ are
# the diagonals of a rhombus, and
#
# $$\tan\frac{\varphi}{2} = \frac{\|u - v\|}{\|u + v\|} .$$

# %% [markdown]
# **Write `norms(x) -> dict` and `angle(u, v) -> float`** (9 + 6 points)
#
# - `norms`: `x (n,)` with `n >= 1`, real or complex (then $|x_i|$ is the modulus), integers as well. The result has
#   the keys `"l1"`, `"l2"`, `"linf"`, each with a float, right to 64 eps. Entries may be as large as $10^{300}$ or as small
#   as $10^{-300}$, both in one vector; all may be zero.
# - `angle`: `u`, `v (n,)` real, the angle in radians from $0$ to $\pi$. It depends on the directions alone, whether the
#   entries are near $10^{200}$ or $10^{-200}$. Its error is at most $10^{-14}$, and an angle of $10^{-8}$ has six right
#   digits. Parallel vectors have an angle of $0$ or $\pi$ up to rounding, never nan. A zero vector raises `ValueError`.
# - Arguments are left unchanged. Any method will do.
# - Not allowed: `numpy.linalg` and what uses it inside (`np.poly`, `np.roots`, `np.matrix`, …), `scipy`, `torch`, `sympy`,
#   `mpmath`. A solution that uses them gets no points for this problem.

# %% solution="norms"
def norms(x):
    """The lengths {"l1": ..., "l2": ..., "linf": ...} of a real or complex vector x (n,)."""
    # Absolute values first; linf is also the factor to take out before you square.
    # What if it is zero?
    ### BEGIN SOLUTION
    sizes = np.abs(np.asarray(x))
    top = float(sizes.max())
    l2 = top * float(np.sqrt(np.sum((sizes / top) ** 2))) if top > 0 else 0.0
    return {"l1": float(sizes.sum()), "l2": l2, "linf": top}
    ### END SOLUTION

# %% solution="angle"
def angle(u, v):
    """The angle between u (n,) and v (n,) in radians, from 0 to pi."""
    # Make both vectors one long, whatever their scale. Then the rhombus:
    # np.arctan2(y, x) takes both diagonals and needs no division.
    ### BEGIN SOLUTION
    def unit(w):
        w = np.array(w, dtype=float)
        top = np.abs(w).max()
        if top == 0:
            raise ValueError("a zero vector has no direction")
        w = w / top
        return w / np.sqrt(w @ w)

    u, v = unit(u), unit(v)
    minus, plus = u - v, u + v
    return float(2 * np.arctan2(np.sqrt(minus @ minus), np.sqrt(plus @ plus)))
    ### END SOLUTION

# %% test="norms-by_hand" points=1.5
checks.forbid(norms, NOT_IN_1_AND_3, allow=())

# (3, -4): 3 + 4, the hypotenuse, the larger one.
result = checks.ask(norms, np.array([3.0, -4.0]))
checks.holds(type(result) is dict, "norms should return a dict.")
checks.equal(sorted(result), ["l1", "l2", "linf"], "the keys")
checks.close([result["l1"], result["l2"], result["linf"]], [7, 5, 4], "l1, l2, linf of (3, -4)")

# A law that you can try on any vector: -2 x is twice as long as x.
x = np.array([1.0, 2.0, -2.0])
checks.close(checks.ask(norms, -2 * x)["l2"], 2 * checks.ask(norms, x)["l2"], "l2 of -2 x")

# %% test="angle-by_hand" points=1
checks.forbid(angle, NOT_IN_1_AND_3, allow=())

phi = checks.ask(angle, np.array([1.0, 0.0]), np.array([0.0, 2.0]))
checks.close(phi, np.pi / 2, "the angle between (1, 0) and (0, 2)")
phi = checks.ask(angle, np.array([1.0, 0.0, 0.0]), np.array([-1.0, 1.0, 0.0]))
checks.close(phi, 3 * np.pi / 4, "the angle between (1, 0, 0) and (-1, 1, 0)")

# %% test="norms-reference" points=0
# The grader keeps exact sums here.
### BEGIN HIDDEN TESTS
EPS = 2.0**-52

def compare_norms(x, hint=""):
    """norms(x) against correctly rounded sums, each within 64 eps of itself."""
    sizes = [abs(complex(v)) for v in x]
    top = max(sizes) or 1.0
    l2 = top * math.sqrt(math.fsum((v / top) ** 2 for v in sizes))
    result = checks.ask(norms, x)
    checks.holds(type(result) is dict and set(result) == {"l1", "l2", "linf"}, "norms should return a dict with l1, l2, linf.")
    for key, expected in (("l1", math.fsum(sizes)), ("l2", l2), ("linf", max(sizes))):
        checks.close(result[key], expected, key, rtol=64 * EPS, floor=0, hidden=True, hint=hint)
### END HIDDEN TESTS

# %% test="norms-values" points=3
# Hidden: vectors of several lengths, also with one entry, right to 64 eps.
### BEGIN HIDDEN TESTS
checks.forbid(norms, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("norms-values")
for n in (3, 7, 40):
    x = rng.normal(size=n)
    x[n // 2] = -4.0 - n                            # the largest one is negative
    compare_norms(x)
compare_norms(-np.ones(1) / 3)
### END HIDDEN TESTS

# %% test="norms-huge" points=1.5
# Hidden: entries up to 1e300, also beside tiny ones.
### BEGIN HIDDEN TESTS
checks.forbid(norms, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("norms-huge")
for scale in (1e200, 1e300):
    compare_norms(scale * rng.uniform(0.1, 1, 5), hint="Take a factor out before you square.")
x = rng.uniform(0.1, 1, 3) * np.array([1e-200, 1.0, 1e200])
for mixed in (x, x[::-1]):
    compare_norms(mixed, hint="The largest entry is the factor to take out.")
### END HIDDEN TESTS

# %% test="norms-tiny" points=1
# Hidden: entries down to 1e-300.
### BEGIN HIDDEN TESTS
checks.forbid(norms, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("norms-tiny")
for scale in (1e-200, 1e-300):
    compare_norms(scale * rng.uniform(0.1, 1, 5), hint="Take a factor out before you square.")
### END HIDDEN TESTS

# %% test="norms-complex" points=1
# Hidden: complex entries count with their modulus, which may be near 1e300 or 1e-300.
### BEGIN HIDDEN TESTS
checks.forbid(norms, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("norms-complex")
for n in (2, 7):
    compare_norms(rng.normal(size=n) + 1j * rng.normal(size=n))
compare_norms(np.array([2j, -1.0]))
for scale in (5e299, 1e200, 1e-200, 1e-300):
    compare_norms(scale * (rng.uniform(0.5, 1, 5) + 1j * rng.uniform(0.5, 1, 5)), hint="A modulus squares as well; np.abs does it safely.")
### END HIDDEN TESTS

# %% test="norms-zero" points=0.5
# Hidden: a vector of zeros, and one entry among zeros.
### BEGIN HIDDEN TESTS
checks.forbid(norms, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("norms-zero")
x = np.zeros(4)
compare_norms(x)
x[2] = -rng.uniform(1, 2)
compare_norms(x)
### END HIDDEN TESTS

# %% test="norms-habits" points=0.5
# Hidden: x is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(norms, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("norms-habits")
x = rng.normal(size=7)
checks.close(checks.ask(norms, x)["l1"], np.abs(x).sum(), "l1", rtol=1e-5, hidden=True)
checks.battery(norms, x)
### END HIDDEN TESTS

# %% test="angle-reference" points=0
# The grader computes angles with 60 digits here.
### BEGIN HIDDEN TESTS
import mpmath

def exact_angle(u, v):
    """The angle between two vectors of floats, from 60-digit arithmetic."""
    with mpmath.workdps(60):
        u, v = [mpmath.matrix([mpmath.mpf(t) for t in w.tolist()]) for w in (u, v)]
        uu, vv, uv = [mpmath.fdot(a, b) for a, b in ((u, u), (v, v), (u, v))]
        return float(mpmath.atan2(mpmath.sqrt(uu * vv - uv**2), uv))

def neighbours(rng, n, phi):
    """Two vectors of different lengths with an angle of about phi."""
    u, w = np.linalg.qr(rng.normal(size=(n, 2)))[0].T
    return 3 * u, 2 * (np.cos(phi) * u + np.sin(phi) * w)

def compare_angle(u, v, rtol=0.0, atol=1e-14, hint=""):
    checks.close(checks.ask(angle, u, v), exact_angle(u, v), "the angle", rtol=max(rtol, atol / np.pi), hidden=True,
                 floor=0 if rtol else np.pi, hint=hint)
### END HIDDEN TESTS

# %% test="angle-values" points=2
# Hidden: angles between 0 and pi, in several dimensions, with an error below 1e-14.
### BEGIN HIDDEN TESTS
checks.forbid(angle, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("angle-values")
for n, phi in [(2, 1.3), (3, 0.4), (7, 2.8), (5, np.pi / 2)]:
    compare_angle(*neighbours(rng, n, phi + 0.05 * rng.random()))
### END HIDDEN TESTS

# %% test="angle-small" points=1.5
# Hidden: angles near 1e-8 to six digits, smaller ones and those up to 1e-3 with an error
# below 1e-14; angles that differ from pi by as much.
### BEGIN HIDDEN TESTS
checks.forbid(angle, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("angle-small")
for n in (2, 5):
    phi = rng.uniform(1e-8, 2e-8)
    u, v = neighbours(rng, n, phi)
    compare_angle(u, v, rtol=1e-6, hint="The cosine of a small angle has lost its digits.")
    compare_angle(u, -v, hint="The cosine of an angle near pi has lost its digits.")
    for phi in (1e-11, 1e-6, 1e-5, 1e-4, 1e-3):     # arccos loses eps / phi, 1e-13 or more; 1e-11 is not 0
        u, v = neighbours(rng, n, phi * rng.uniform(0.5, 1))
        compare_angle(u, v, hint="The cosine of a small angle has lost its digits.")
        compare_angle(u, -v, hint="The cosine of an angle near pi has lost its digits.")
### END HIDDEN TESTS

# %% test="angle-parallel" points=0.5
# Hidden: parallel and opposite vectors give 0 and pi up to 1e-7, and never nan.
### BEGIN HIDDEN TESTS
checks.forbid(angle, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("angle-parallel")
for _ in range(40):
    u = rng.normal(size=3)
    c = rng.uniform(0.5, 2)
    checks.close(checks.ask(angle, u, c * u), 0.0, "the angle of parallel vectors", rtol=1e-7, hidden=True,
                 hint="By rounding a cosine may be larger than 1.")
    checks.close(checks.ask(angle, -c * u, u), np.pi, "the angle of opposite vectors", rtol=1e-7, hidden=True)
### END HIDDEN TESTS

# %% test="angle-scale" points=0.5
# Hidden: entries near 1e200 and 1e-200, and ValueError for a zero vector.
### BEGIN HIDDEN TESTS
checks.forbid(angle, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("angle-scale")
u, v = neighbours(rng, 4, rng.uniform(1.7, 2.5))
for a, b in [(1e200, 1e-200), (1e-200, 1e-200)]:
    checks.close(checks.ask(angle, a * u, b * v), exact_angle(u, v), "the angle of scaled vectors", rtol=1e-13, hidden=True)
checks.raises(ValueError, angle, np.zeros(3), rng.normal(size=3), when="when a vector is zero")
checks.raises(ValueError, angle, rng.normal(size=3), np.zeros(3), when="when a vector is zero")
### END HIDDEN TESTS

# %% test="angle-habits" points=0.5
# Hidden: u and v are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(angle, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("angle-habits")
u = rng.choice([-1.0, 1.0], 5) * rng.uniform(2.2, 4, 5)
v = 1.5 * u * np.array([1.0, -1.0, -1.0, -1.0, -1.0])  # an angle between 1.6 and 2.7
checks.close(checks.ask(angle, u, v), exact_angle(u, v), "the angle", rtol=1e-5, hidden=True)
checks.battery(angle, u, v)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The relative error for smaller and smaller angles: your function and the textbook formula.

# %% look="angle"
import matplotlib.pyplot as plt

phis = np.logspace(-12, 0, 40)
others = [np.array([np.cos(phi), np.sin(phi)]) for phi in phis]
yours = [abs(angle(np.array([1.0, 0.0]), v) / phi - 1) for v, phi in zip(others, phis)]
textbook = [abs(np.arccos(v[0]) / phi - 1) for v, phi in zip(others, phis)]

plt.figure(figsize=(6, 3))
plt.loglog(phis, np.maximum(textbook, 1e-17), "rx", label="arccos")
plt.loglog(phis, np.maximum(yours, 1e-17), "o", label="your angle")
plt.xlabel("angle"); plt.ylabel("relative error"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 2 · Contraction
#
# A matrix product sums over one axis of each factor. With tensors you choose: any axes of $A$, paired with as many axes
# of $B$. For $A$ of shape $(2, 3, 4)$ and $B$ of shape $(4, 3)$, pairing axis 1 of $A$ with axis 1 of $B$ and axis 2
# with axis 0 leaves
#
# $$c_i = \sum_{j=1}^{3}\sum_{k=1}^{4} a_{ijk}\, b_{kj} .$$
#
# Every contraction is *one* matrix product in disguise. Move the axes that stay to the front of $A$ and the summed ones
# to its end, for $B$ the other way round; flatten each group to one axis; multiply; unfold. With nothing to sum over it
# is the *tensor product*: $c_{ijkl} = a_{ij}\, b_{kl}$.

# %% [markdown]
# **Write `contract(A, B, axes_a, axes_b) -> C` and `tensor_product(A, B) -> C`** (11 + 4 points)
#
# - `A`, `B` have any number of axes. `axes_a` and `axes_b` are tuples; axis `axes_a[i]` of `A` is summed together with
#   axis `axes_b[i]` of `B`. Negative numbers count axes from the end.
# - The axes of `C` are those of `A` that are left, in their order, then those of `B`. Nothing left gives an array of
#   shape `()` or a number; empty tuples give the tensor product.
# - `ValueError` when the tuples differ in length, or when two paired axes differ in size.
# - `tensor_product(A, B)` has the shape `A.shape + B.shape`; either may be a number, an array of shape `()`.
# - Results are right to 1000 eps of their norm; arguments are left unchanged.
# - Use `reshape`, `transpose` and `@` (broadcasting and loops are fine too). Not allowed: `tensordot`, `einsum`, `kron`,
#   `outer`, `numpy.linalg`, `scipy`, `torch`, `sympy`. A solution that uses them gets no points for this problem.

# %% solution="contract"
def contract(A, B, axes_a, axes_b):
    """Sum of products over axes_a of A and axes_b of B; what is left of A, then of B."""
    # Which axes stay? A: (those that stay, those that are summed), B the other way round.
    # Flatten to two matrices, multiply, unfold. Check the sizes before reshape hides them.
    ### BEGIN SOLUTION
    A, B = np.asarray(A), np.asarray(B)
    axes_a, axes_b = [a % A.ndim for a in axes_a], [b % B.ndim for b in axes_b]
    summed = [A.shape[a] for a in axes_a]
    if summed != [B.shape[b] for b in axes_b]:
        raise ValueError("paired axes differ in number or size")
    free_a = [a for a in range(A.ndim) if a not in axes_a]
    free_b = [b for b in range(B.ndim) if b not in axes_b]
    shape = [A.shape[a] for a in free_a] + [B.shape[b] for b in free_b]
    left = A.transpose(free_a + axes_a).reshape(-1, math.prod(summed))
    right = B.transpose(axes_b + free_b).reshape(math.prod(summed), -1)
    return (left @ right).reshape(shape)
    ### END SOLUTION

# %% solution="tensor_product"
def tensor_product(A, B):
    """All products of an entry of A and an entry of B: shape A.shape + B.shape."""
    # A column times a row, unfolded.
    ### BEGIN SOLUTION
    A, B = np.asarray(A), np.asarray(B)
    return (A.reshape(-1, 1) @ B.reshape(1, -1)).reshape(A.shape + B.shape)
    ### END SOLUTION

# %% test="contract-by_hand" points=2
checks.forbid(contract, NOT_IN_2)

# Counting numbers in (2, 3, 4), and a matrix (4, 3) with three ones: c_i is a sum of three.
A = np.arange(24.0).reshape(2, 3, 4)
B = np.zeros((4, 3))
B[0, 0] = B[1, 1] = B[3, 2] = 1
checks.close(checks.ask(contract, A, B, (1, 2), (1, 0)), [16, 52], "c for axes (1, 2) and (1, 0)",
             hint="c[0] is A[0, 0, 0] + A[0, 1, 1] + A[0, 2, 3].")

# One axis of each: the matrix product, and with the roles exchanged its transpose.
A, B = np.array([[1.0, 2.0], [0.0, 3.0], [1.0, 1.0]]), np.array([[1.0, 0.0], [2.0, 1.0]])
checks.close(checks.ask(contract, A, B, (1,), (0,)), A @ B, "the contraction that is A @ B")
checks.close(checks.ask(contract, B, A, (0,), (1,)), (A @ B).T, "the same with A and B exchanged")

# %% test="tensor_product-by_hand" points=0.5
checks.forbid(tensor_product, NOT_IN_2)

checks.close(checks.ask(tensor_product, np.array([1.0, 10.0]), np.array([[1.0, 2.0, 3.0]])),
             [[[1, 2, 3]], [[10, 20, 30]]], "the tensor product of (1, 10) and [[1, 2, 3]]")

# %% test="contract-reference" points=0
# The grader compares with a sum over named indices here.
### BEGIN HIDDEN TESTS
def compare_contract(A, B, axes_a, axes_b, **told):
    a, b = list(range(A.ndim)), list(range(A.ndim, A.ndim + B.ndim))
    for i, j in zip(axes_a, axes_b):
        b[j] = a[i]
    kept = [i for i in a if i not in b] + [j for j in b if j not in a]
    checks.close(checks.ask(contract, A, B, axes_a, axes_b), np.einsum(A, a, B, b, kept), "the contraction",
                 rtol=1000 * 2.0**-52, floor=0, hidden=True, **told)
### END HIDDEN TESTS

# %% test="contract-values" points=3.5
# Hidden: three and four axes, one or two of them summed, in any order.
### BEGIN HIDDEN TESTS
checks.forbid(contract, NOT_IN_2)
rng = checks.fresh_rng("contract-values")
for shape_a, shape_b, axes_a, axes_b in [
    ((2, 3, 4), (5, 4, 6, 3), (2, 1), (1, 3)),
    ((4, 2, 5), (6, 2, 3, 4), (1, 0), (1, 3)),
    ((3, 6, 2), (4, 2, 5), (2,), (1,)),
    ((2, 3, 4), (3, 5, 6, 7), (1,), (0,)),
    ((6, 2, 5), (3, 5, 4, 6), (0, 2), (3, 1)),
]:
    compare_contract(rng.normal(size=shape_a), rng.normal(size=shape_b), axes_a, axes_b,
                     hint="The axes that are left of A come first, then those of B, both in their own order.")
### END HIDDEN TESTS

# %% test="contract-equal_sizes" points=1.5
# Hidden: all axes of the same size, where a wrong axis is not noticed by its shape.
### BEGIN HIDDEN TESTS
checks.forbid(contract, NOT_IN_2)
rng = checks.fresh_rng("contract-equal_sizes")
for axes_a, axes_b in [((0,), (2,)), ((1,), (0,)), ((2, 0), (1, 3)), ((0, 1), (3, 0)), ((0, 1, 2), (2, 0, 1))]:
    compare_contract(rng.normal(size=(3, 3, 3)), rng.normal(size=(3, 3, 3, 3)), axes_a, axes_b)
### END HIDDEN TESTS

# %% test="contract-negative" points=1
# Hidden: axes counted from the end.
### BEGIN HIDDEN TESTS
checks.forbid(contract, NOT_IN_2)
rng = checks.fresh_rng("contract-negative")
A, B = rng.normal(size=(2, 3, 4)), rng.normal(size=(4, 5, 3))
compare_contract(A, B, (-1,), (0,))
compare_contract(A, B, (2, -2), (-3, 2))
### END HIDDEN TESTS

# %% test="contract-ends" points=1
# Hidden: no axis summed gives the tensor product, all axes summed a number; axes of size 1.
### BEGIN HIDDEN TESTS
checks.forbid(contract, NOT_IN_2)
rng = checks.fresh_rng("contract-ends")
compare_contract(rng.normal(size=(2, 3)), rng.normal(size=(4,)), (), ())
compare_contract(rng.normal(size=(2, 3, 4)), rng.normal(size=(3, 4, 2)), (1, 0, 2), (0, 2, 1))
compare_contract(rng.normal(size=5), rng.normal(size=5), (0,), (0,))
compare_contract(rng.normal(size=(2, 1, 3)), rng.normal(size=(1, 4)), (1,), (0,))
### END HIDDEN TESTS

# %% test="contract-mismatch" points=1
# Hidden: ValueError for paired axes of different sizes, also where the number of entries
# would fit or one size is 1, and for tuples of different lengths.
### BEGIN HIDDEN TESTS
checks.forbid(contract, NOT_IN_2)
rng = checks.fresh_rng("contract-mismatch")
for shape_a, shape_b, axes_a, axes_b, when in [
    ((2, 3), (4, 5), (1,), (0,), "when paired axes differ in size"),
    ((4, 2, 3), (3, 2, 5), (1, 2), (0, 1), "when paired axes differ in size, even if their products agree"),
    ((3, 2, 4), (3, 4, 2), (0, 1, 2), (0, 1, 2), "when paired axes differ in size, even if the first two agree"),
    ((2, 3), (1, 4), (1,), (0,), "when paired axes differ in size, even if one of them is 1"),
    ((2, 3), (3, 2), (1,), (0, 1), "when the tuples differ in length"),
    ((2, 3, 1), (3, 4), (1, 2), (0,), "when the tuples differ in length"),
    ((2, 3), (3, 1, 4), (1,), (0, 1), "when the tuples differ in length"),
]:
    checks.raises(ValueError, contract, rng.normal(size=shape_a), rng.normal(size=shape_b), axes_a, axes_b, when=when)
### END HIDDEN TESTS

# %% test="contract-habits" points=1
# Hidden: A and B are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(contract, NOT_IN_2)
rng = checks.fresh_rng("contract-habits")
A, B = rng.normal(size=(2, 3, 4)), rng.normal(size=(4, 5, 3))
C = checks.ask(contract, A, B, (2, 1), (0, 2))
checks.close(C, np.einsum("ijk,klj->il", A, B), "the contraction", rtol=1e-5, hidden=True)
checks.battery(contract, A, B, (2, 1), (0, 2))
### END HIDDEN TESTS

# %% test="tensor_product-values" points=3
# Hidden: one to three axes of different sizes, and a number as A or as B.
### BEGIN HIDDEN TESTS
checks.forbid(tensor_product, NOT_IN_2)
rng = checks.fresh_rng("tensor_product-values")
for shape_a, shape_b in [((2, 3), (5, 4)), ((4,), (3, 2, 5)), ((2, 5, 3), (4,)), ((), (3, 2)), ((3, 2), ())]:
    A, B = np.array(rng.normal(size=shape_a)), np.array(rng.normal(size=shape_b))
    checks.close(checks.ask(tensor_product, A, B), np.tensordot(A, B, 0), "the tensor product", rtol=1000 * 2.0**-52,
                 floor=0, hidden=True)
### END HIDDEN TESTS

# %% test="tensor_product-habits" points=0.5
# Hidden: A and B are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(tensor_product, NOT_IN_2)
rng = checks.fresh_rng("tensor_product-habits")
A, B = rng.normal(size=(3, 2)), rng.normal(size=(4, 5))
checks.close(checks.ask(tensor_product, A, B), np.tensordot(A, B, 0), "the tensor product", rtol=1e-5, hidden=True)
checks.battery(tensor_product, A, B)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** An image is a tensor (rows, columns, colours). Contracting its last axis with a matrix mixes the colours;
# contracting the first with a band matrix blurs the image downwards.

# %% look="contract"
import matplotlib.pyplot as plt

s, t = np.linspace(-1, 1, 60)[:, None], np.linspace(-1.5, 1.5, 90)[None, :]
image = np.stack([s**2 + t**2 < 0.6, abs(t - s) < 0.2, s + 0 * t > 0.4], axis=2) * 1.0
mix = np.array([[0.2, 0.7, 0.1], [0.7, 0.2, 0.1], [0.1, 0.1, 0.8]])
row = np.arange(60)
blur = np.exp(-((row[:, None] - row[None, :]) ** 2) / 30)
blur = blur / blur.sum(axis=1, keepdims=True)

plt.figure(figsize=(7, 2))
pictures = image, contract(image, mix, (2,), (0,)), contract(blur, image, (1,), (0,))
for place, picture in enumerate(pictures):
    plt.subplot(1, 3, place + 1); plt.imshow(picture.clip(0, 1)); plt.axis("off")
plt.tight_layout()

# %% [markdown]
# ## 3 · The determinant
#
# Elimination turns $A$ into a triangle without changing its determinant: a multiple of one row is subtracted from another.
# An exchange of two rows changes the sign. What is left to do is to multiply the pivots,
#
# $$\det A = (-1)^{\text{exchanges}}\; p_1 p_2 \cdots p_n .$$
#
# Two things go wrong in practice. A pivot may be zero or tiny although the matrix is fine: exchange rows such that the
# pivot is the largest entry of its column that is left (*partial pivoting*). And the product soon leaves the range of
# floats: 300 pivots around 20 give $10^{390}$. So return the sign and the logarithm,
# $\det A = \mathrm{sign}\cdot e^{\mathrm{logabs}}$.

# %% [markdown]
# **Write `slogdet(A) -> (sign, logabs)`** (15 points)
#
# - `A (n, n)` with `n >= 1`, real or complex. `sign` is $1$, $-1$ or $0$; for complex `A` a number $p/|p|$ of modulus one.
#   `logabs` is the logarithm of $|\det A|$, a float.
# - A pivot column of exact zeros means a singular matrix: return `(0, -inf)`. Rounding may hide one: where the determinant
#   is 0, a result with $e^{\mathrm{logabs}} \le 10\, n^2\,\mathrm{eps}\,\|A\|_F^n$ is also right, with any sign. But small
#   is not zero, not even compared with its column: `diag(1, 1e-20)` has the determinant $10^{-20}$.
# - For well-conditioned matrices `logabs` is right to $10^4$ eps. `n = 300` must do: let numpy work on whole rows or on
#   whole matrices, not on single entries.
# - `A` is left unchanged. Any elimination will do.
# - Not allowed: `numpy.linalg` and what uses it inside (`np.poly`, `np.roots`, `np.matrix`, …), `scipy`, `torch`, `sympy`,
#   `mpmath`. A solution that uses them gets no points for this problem.

# %% solution="slogdet"
def slogdet(A):
    """Sign and logarithm of the absolute value of det(A), by elimination with row exchange."""
    # Work on a copy that can hold fractions. For each column: find the largest entry,
    # exchange two rows (A[[k, p]] = A[[p, k]]), update sign and logabs, subtract.
    ### BEGIN SOLUTION
    A = np.array(A, dtype=np.result_type(A, float))
    sign, logabs = 1.0, 0.0
    for k in range(len(A)):
        p = k + np.argmax(np.abs(A[k:, k]))
        if A[p, k] == 0:
            return 0.0, -np.inf
        if p != k:
            A[[k, p]] = A[[p, k]]
            sign = -sign
        sign = sign * A[k, k] / abs(A[k, k])
        logabs += math.log(abs(A[k, k]))
        A[k + 1:, k:] -= np.outer(A[k + 1:, k] / A[k, k], A[k, k:])
    return sign, logabs
    ### END SOLUTION

# %% test="slogdet-by_hand" points=3
checks.forbid(slogdet, NOT_IN_1_AND_3, allow=())

# 1 * 4 - 2 * 3 = -2. A transposed matrix has the same determinant.
for A in (np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([[1.0, 3.0], [2.0, 4.0]])):
    checks.close(checks.ask(slogdet, A), [-1, np.log(2)], "sign and logabs when det(A) is -2")

# Upper triangle: 2 * 1 * 5.
A = np.array([[2.0, 7.0, 1.0], [0.0, 1.0, 3.0], [0.0, 0.0, 5.0]])
checks.close(checks.ask(slogdet, A), [1, np.log(10)], "sign and logabs when det(A) is 10")

# %% test="slogdet-data" points=0
# The grader makes matrices with a known determinant here.
### BEGIN HIDDEN TESTS
def known(rng, n):
    """A matrix with singular values from 1/2 to 2 and a zero in its corner, the sign and the logarithm of its determinant."""
    left, right = [np.linalg.qr(rng.normal(size=(n, n)))[0] for _ in range(2)]
    values = rng.uniform(0.5, 2, n)
    A = (left * values) @ right
    c, s = A[0, :2] / np.hypot(*A[0, :2])
    A[:, :2] = A[:, :2] @ np.array([[s, c], [-c, s]])           # a rotation
    A[0, 0] = 0
    return A, np.round(np.linalg.det(left) * np.linalg.det(right)), math.fsum(np.log(values))

def rolled(rng, n):
    """A triangle with its last row on top, and the same."""
    R = np.triu(rng.uniform(0.1, 0.5, (n, n)), 1) + np.diag(rng.uniform(1, 2, n) * rng.choice([-1, 1], n))
    R[0] = -R[0] * np.sign(R[0, 0])
    return np.roll(R, 1, axis=0), np.prod(np.sign(np.diag(R))) * (-1) ** (n - 1), np.log(np.abs(np.diag(R))).sum()

def exchanged(A):
    """A with its first two rows exchanged."""
    return A[[1, 0, *range(2, len(A))]]

def compare_slogdet(A, sign, logabs, rtol=1e4 * 2.0**-52):
    result = checks.ask(slogdet, A)
    checks.holds(type(result) in (tuple, list) and len(result) == 2, "slogdet should return two numbers.")
    checks.close(result[0], sign, "the sign", rtol=1e-9, hidden=True, hint="Each exchange of rows changes it.")
    checks.close(result[1], logabs, "logabs", rtol=rtol, hidden=True)
### END HIDDEN TESTS

# %% test="slogdet-values" points=4
# Hidden: matrices up to n = 40, with rows exchanged or a tiny first pivot, and
# det(AB) = det(A) det(B).
### BEGIN HIDDEN TESTS
checks.forbid(slogdet, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("slogdet-values")
for n in (3, 8, 40):
    A, sign, logabs = known(rng, n)
    compare_slogdet(A, sign, logabs)
    compare_slogdet(exchanged(A), -sign, logabs)
    A[0, 0] = 1e-18                                 # the same determinant, but no pivot to divide by
    compare_slogdet(A, sign, logabs)
compare_slogdet(*rolled(rng, 5))
B, sign_b, logabs_b = known(rng, 8)
A, sign, logabs = known(rng, 8)
compare_slogdet(A @ B, sign * sign_b, logabs + logabs_b)
compare_slogdet(-3 * np.ones((1, 1)), -1, np.log(3))
### END HIDDEN TESTS

# %% test="slogdet-zero_pivot" points=1.5
# Hidden: zeros or tiny numbers where the first pivots would be, in matrices that are not
# singular.
### BEGIN HIDDEN TESTS
checks.forbid(slogdet, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("slogdet-zero_pivot")
for n in (4, 7):
    A, sign, logabs = rolled(rng, n)
    compare_slogdet(A, sign, logabs)
    compare_slogdet(A.T, sign, logabs)
    A, _, _ = known(rng, n)
    for tiny in (1e-18, 1e-7):
        A[0, 0] = tiny                              # as a pivot it would cost eps / tiny
        compare_slogdet(A, *np.linalg.slogdet(A))
### END HIDDEN TESTS

# %% test="slogdet-scale" points=2
# Hidden: n = 300 with determinants that no float can hold; a graded matrix, and one that is
# nearly singular.
### BEGIN HIDDEN TESTS
checks.forbid(slogdet, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("slogdet-scale")
A, sign, logabs = known(rng, 300)
for factor in (np.exp(3.0), np.exp(-3.0)):
    compare_slogdet(factor * A, sign, logabs + 300 * np.log(factor), rtol=1e-7)
    compare_slogdet(factor * exchanged(A), -sign, logabs + 300 * np.log(factor), rtol=1e-7)
compare_slogdet(np.diag([1.0, -1e-20, 1e-30]), -1, np.log(1e-20) + np.log(1e-30))
# The last pivot is 2^-44. Errors of k eps in the four entries change it by 4k 2^-52: 5 % of its logarithm grant k = 50.
compare_slogdet(np.array([[1.0, 1.0], [1.0, 1.0 + 2.0**-44]]), 1, -44 * math.log(2), rtol=0.05)
### END HIDDEN TESTS

# %% test="slogdet-singular" points=1.5
# Hidden: singular matrices, among them zeros and matrices of integers.
### BEGIN HIDDEN TESTS
checks.forbid(slogdet, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("slogdet-singular")
A, B = rng.normal(size=(2, 5, 5))
A[:, rng.integers(4)] = B[:, 4] = 0
for exact in (np.zeros((3, 3)), np.zeros((1, 1)), A, B):
    result = checks.ask(slogdet, exact)
    checks.close(result, [0, -np.inf], "sign and logabs of a matrix with a column of zeros", hidden=True)
for n, rank in [(4, 2), (6, 5)]:
    A = -rng.integers(1, 9, (n, rank)) @ rng.integers(1, 9, (rank, n))
    sign, logabs = checks.ask(slogdet, A.astype(float))
    limit = math.log(10 * n**2 * 2.0**-52) + n * math.log(max(1.0, np.linalg.norm(A)))
    checks.holds(bool(logabs <= limit), "The determinant of a singular matrix is zero, or as small as rounding.")
### END HIDDEN TESTS

# %% test="slogdet-permutation" points=1
# Hidden: matrices of zeros and ones that exchange rows: the sign is that of the permutation.
### BEGIN HIDDEN TESTS
checks.forbid(slogdet, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("slogdet-permutation")
for n in (2, 4, 7):
    cycle = rng.permutation(n)
    p = np.empty(n, dtype=int)
    p[cycle] = np.roll(cycle, 1)                    # a cycle of length n: n - 1 exchanges
    compare_slogdet(np.eye(n)[p], (-1) ** (n - 1), 0.0)
    compare_slogdet(exchanged(np.eye(n)[p]), (-1) ** n, 0.0)
### END HIDDEN TESTS

# %% test="slogdet-complex" points=1
# Hidden: complex matrices, with a sign of modulus one.
### BEGIN HIDDEN TESTS
checks.forbid(slogdet, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("slogdet-complex")
for n in (3, 6):
    left, right = [np.linalg.qr(rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n)))[0] for _ in range(2)]
    A = (left * rng.uniform(0.5, 2, n)) @ right
    sign, logabs = np.linalg.slogdet(A)
    compare_slogdet(A, sign, logabs, rtol=1e-9)
    compare_slogdet(exchanged(A), -sign, logabs, rtol=1e-9)
A, sign, logabs = rolled(rng, 4)
compare_slogdet(1j * A, sign, logabs, rtol=1e-9)    # 1j**4 is 1
### END HIDDEN TESTS

# %% test="slogdet-habits" points=1
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(slogdet, NOT_IN_1_AND_3, allow=())
rng = checks.fresh_rng("slogdet-habits")
A = 4 * np.eye(5) + rng.uniform(-0.7, 0.7, (5, 5))
checks.close(checks.ask(slogdet, A), np.linalg.slogdet(A), "sign and logabs", rtol=1e-5, hidden=True)
checks.battery(slogdet, A)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The determinant of a random matrix grows like $\sqrt{(n-1)!}$, and is no float any more from about $n = 300$ on.

# %% look="slogdet"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
ns = np.arange(5, 205, 10)

plt.figure(figsize=(6, 3))
for _ in range(3):
    plt.plot(ns, [slogdet(rng.normal(size=(n, n)))[1] for n in ns], "o", ms=3, color="C0")
plt.plot(ns, [math.lgamma(n) / 2 for n in ns], "k:", label="log of the root of (n - 1)!")
plt.xlabel("n"); plt.ylabel("logabs"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 4 · Numerical derivatives
#
# A difference quotient has two errors. Taylor leaves a *truncation* error that shrinks with the step $h$, and $f$ itself is
# rounded, which $1/h$ blows up:
#
# | method | formula | truncation | rounding | best `h` |
# |---|---|---|---|---|
# | forward | `(f(x + h) - f(x)) / h` | $\frac12 h\,\lvert f''\rvert$ | $2\,\mathrm{eps}\,\lvert f\rvert/h$ | `eps**(1/2)` |
# | central | `(f(x + h) - f(x - h)) / (2*h)` | $\frac16 h^2\,\lvert f'''\rvert$ | $\mathrm{eps}\,\lvert f\rvert/h$ | `eps**(1/3)` |
# | complex | `imag(f(x + 1j*h)) / h` | $\frac16 h^2\,\lvert f'''\rvert$ | none, nothing is subtracted | `1e-20` |
#
# The table is for $x$ of size one. At $x = 10^6$ the next float is $10^{-10}$ away, so $h$ must grow with $x$:
# multiply it by $\max(|x|, 1)$. And $x + h$ is rounded, so the step that was taken is not $h$ but
# `(x + h) - x`: divide by that one.

# %% [markdown]
# **Write `num_diff(f, x, method) -> float`** (20 points)
#
# - `f` takes a number and returns one; it is smooth, and for `"complex"` alone it takes complex numbers. `x` is a real number.
#   `method` is `"forward"`, `"central"` or `"complex"`; anything else raises `ValueError`.
# - For functions that change on the scale of $\max(|x|, 1)$, the relative error is at most $10^{-6}$, $10^{-8}$ and
#   $10^{-14}$, in this order of methods; also at $x = \pm 10^6$, at $x = 0$ and close to it.
# - For $f(t) = 2t$ the result is right to $10^{-12}$ (`"forward"`: $10^{-10}$): divide by the step that was taken.
# - `f` may be expensive: at most 3 calls, for `"central"` at most 4. `"forward"` asks it at $x$ and to the right of it.
# - `f` may work in single precision and return `np.float32` (or `np.complex64`), seven digits. Then a relative error of
#   $10^{-2}$ is enough, but a step made for float64 does not even get that: look at the dtype of what `f` returns, or take
#   another way (Richardson's extrapolation with larger steps is fine).
# - Not allowed: `numpy.gradient`, `scipy`, `torch`, `sympy`, `mpmath`. A solution that uses them gets no points for this problem.

# %% solution="num_diff"
def num_diff(f, x, method):
    """The derivative of f at x, by a "forward", "central" or "complex" difference quotient."""
    # eps of the numbers that f returns: np.finfo(dtype).eps. Then h, and the step taken.
    ### BEGIN SOLUTION
    x = float(x)
    if method == "complex":
        return float(np.imag(f(complex(x, 1e-20))) / 1e-20)
    if method not in ("forward", "central"):
        raise ValueError(f"no method {method!r}")
    value = f(x)
    eps = float(np.finfo(np.asarray(value).dtype).eps)
    scale = max(abs(x), 1.0)
    if method == "forward":
        right = x + eps ** (1 / 2) * scale
        return (float(f(right)) - float(value)) / (right - x)
    left, right = x - eps ** (1 / 3) * scale, x + eps ** (1 / 3) * scale
    return (float(f(right)) - float(f(left))) / (right - left)
    ### END SOLUTION

# %% test="num_diff-sine" points=4
checks.forbid(num_diff, NOT_IN_4)

# The derivative of sin at 0.5 is cos(0.5), to 6, 8 and 14 digits.
for method, rtol in [("forward", 1e-6), ("central", 1e-8), ("complex", 1e-14)]:
    slope = checks.ask(num_diff, np.sin, 0.5, method)
    checks.holds(isinstance(slope, float), f"The {method} derivative should be a float.")
    checks.close(slope, np.cos(0.5), f"the {method} derivative of sin at 0.5", rtol=rtol, floor=0)

# The central one is the better one of the two real ones.
forward = checks.ask(num_diff, np.exp, 1.0, "forward")
central = checks.ask(num_diff, np.exp, 1.0, "central")
checks.holds(abs(central - np.e) < abs(forward - np.e),
             "For exp at 1, central should be nearer to e than forward.")

# %% test="num_diff-reference" points=0
# The grader computes derivatives with 40 digits here.
### BEGIN HIDDEN TESTS
import mpmath

SMOOTH = [                                          # (function of a library and a number, from, to)
    (lambda m, t: m.exp(t) / m.sqrt(m.sin(t) ** 3 + m.cos(t) ** 3), 1.4, 1.55),
    (lambda m, t: 5 + m.sin(t), 0.5, 0.9),
    (lambda m, t: m.log(1 + m.exp(t)), 0.5, 2.0),
    (lambda m, t: m.exp(-t) * m.sin(3 * t), 0.0, 0.3),
    (lambda m, t: 4 - 1 / (1 + t * t), 0.4, 1.2),
]

def derivative(f, x):
    with mpmath.workdps(40):
        return float(mpmath.diff(lambda t: f(mpmath, t), mpmath.mpf(x)))

def compare_slope(f, x, method, rtol, of=lambda f: lambda t: f(np, t), hint=""):
    checks.close(checks.ask(num_diff, of(f), x, method), derivative(f, x), f"the {method} derivative", rtol=rtol, floor=0,
                 hidden=True, hint=hint)
### END HIDDEN TESTS

# %% test="num_diff-forward" points=2.5
# Hidden: forward differences of smooth functions, 1e-6.
### BEGIN HIDDEN TESTS
checks.forbid(num_diff, NOT_IN_4)
rng = checks.fresh_rng("num_diff-forward")
for f, low, high in SMOOTH * 3:
    compare_slope(f, rng.uniform(low, high), "forward", rtol=1e-6, hint="Balance truncation and rounding: h near sqrt(eps).")
### END HIDDEN TESTS

# %% test="num_diff-central" points=3
# Hidden: central differences, 1e-8.
### BEGIN HIDDEN TESTS
checks.forbid(num_diff, NOT_IN_4)
rng = checks.fresh_rng("num_diff-central")
for f, low, high in SMOOTH * 3:
    compare_slope(f, rng.uniform(low, high), "central", rtol=1e-8, hint="The step from left to right is 2h; h near eps**(1/3).")
### END HIDDEN TESTS

# %% test="num_diff-complex" points=3
# Hidden: complex steps, 1e-14.
### BEGIN HIDDEN TESTS
checks.forbid(num_diff, NOT_IN_4)
rng = checks.fresh_rng("num_diff-complex")
for f, low, high in SMOOTH * 3:
    compare_slope(f, rng.uniform(low, high), "complex", rtol=1e-14, hint="Take the imaginary part; no difference is needed.")
### END HIDDEN TESTS

# %% test="num_diff-scale" points=2
# Hidden: x near 1e6 and -1e6, functions that change on that scale.
### BEGIN HIDDEN TESTS
checks.forbid(num_diff, NOT_IN_4)
rng = checks.fresh_rng("num_diff-scale")
for f, side in [(lambda m, t: m.sqrt(t), 1), (lambda m, t: t * m.sqrt(t), 1), (lambda m, t: 3 + m.exp(t / 1e6), -1)] * 2:
    for method, rtol in [("forward", 1e-6), ("central", 1e-8), ("complex", 1e-14)]:
        compare_slope(f, side * rng.uniform(0.5e6, 1.5e6), method, rtol, hint="The step should grow with x.")
### END HIDDEN TESTS

# %% test="num_diff-zero" points=1
# Hidden: x = 0, and x so small that a step of its own size is lost in rounding.
### BEGIN HIDDEN TESTS
checks.forbid(num_diff, NOT_IN_4)
for f in (lambda m, t: m.exp(2 * t) + m.sin(t), lambda m, t: 1 / (3 - t)):
    for method, rtol in [("forward", 1e-6), ("central", 1e-8), ("complex", 1e-14)]:
        compare_slope(f, 0.0, method, rtol, hint="At x = 0 there must be a step as well.")
        for x in (1e-6, -1e-6, 1e-9, -1e-9):
            compare_slope(f, x, method, rtol, hint="The step should not shrink with x: max(|x|, 1).")
### END HIDDEN TESTS

# %% test="num_diff-step" points=1.5
# Hidden: for f(t) = 2t the result is 2, to 1e-12 ("forward": 1e-10).
### BEGIN HIDDEN TESTS
checks.forbid(num_diff, NOT_IN_4)
rng = checks.fresh_rng("num_diff-step")
for x in rng.uniform(1, 100, 6) * [1, -1, 1, -1, 1, -1]:
    slope_of_line = checks.ask(num_diff, lambda t: 2 * t, float(x), "forward")
    checks.close(slope_of_line, 2.0, "the forward derivative of 2t", rtol=1e-10, hidden=True,
                 hint="Divide by the step that was taken, not by the one that was planned.")
    for method in ("central", "complex"):
        checks.close(checks.ask(num_diff, lambda t: 2 * t, float(x), method), 2.0, f"the {method} derivative of 2t",
                     rtol=1e-12, hidden=True, hint="Divide by the step that was taken, not by the one that was planned.")
### END HIDDEN TESTS

# %% test="num_diff-calls" points=1
# Hidden: at most 3 calls of f, for "central" 4, with six right digits; complex numbers for
# "complex" alone, nothing to the left of x for "forward"; ValueError for another method.
### BEGIN HIDDEN TESTS
checks.forbid(num_diff, NOT_IN_4)
for method, most in [("forward", 3), ("central", 4), ("complex", 3)]:
    asked = []

    def f(t):
        asked.append(t)
        return 3 + np.sin(t)

    checks.close(checks.ask(num_diff, f, 0.7, method), np.cos(0.7), f"the {method} derivative", rtol=1e-6, hidden=True)
    checks.holds(len(asked) <= most, f"The {method} derivative should ask f at most {most} times.")
    checks.holds(method == "complex" or not any(np.iscomplexobj(t) for t in asked),
                 f"The {method} derivative should ask f at real numbers.")
    checks.holds(method != "forward" or all(np.all(t >= 0.7) for t in asked),
                 "The forward derivative should ask f at x and to the right of it.")
checks.raises(ValueError, num_diff, np.sin, 0.7, "backward", when="for a method that it does not know")
### END HIDDEN TESTS

# %% test="num_diff-single" points=1
# Hidden: functions that work in single precision, 1e-2.
### BEGIN HIDDEN TESTS
checks.forbid(num_diff, NOT_IN_4)
rng = checks.fresh_rng("num_diff-single")

def single(f):
    def rounded(t):
        kind = np.complex64 if np.iscomplexobj(t) else np.float32
        return kind(f(np, kind(t)))

    return rounded

for f, low, high in SMOOTH:
    for method in ("forward", "central", "complex"):
        compare_slope(f, rng.uniform(low, high), method, rtol=1e-2, of=single, hint="f returns float32: use a larger step.")
### END HIDDEN TESTS

# %% test="num_diff-habits" points=1
# Hidden: integers are fine for x, the same call gives the same result, and no global random
# state is touched.
### BEGIN HIDDEN TESTS
checks.forbid(num_diff, NOT_IN_4)
for method in ("forward", "central", "complex"):
    checks.close(checks.ask(num_diff, np.exp, 2, method), np.exp(2), f"the {method} derivative at the integer 2", rtol=1e-6, hidden=True)
    checks.battery(num_diff, np.exp, 0.9, method)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The two errors against $h$, for $e^x/\sqrt{\sin^3 x + \cos^3 x}$ at $x = 1.5$: truncation from the right, rounding
# from the left, and the errors of your `num_diff` as horizontal lines.

# %% look="num_diff"
import matplotlib.pyplot as plt

def f(x):
    return np.exp(x) / np.sqrt(np.sin(x) ** 3 + np.cos(x) ** 3)

exact, h = 4.053427893898621, np.logspace(-16, -0.3, 60)
errors = {
    "forward": abs((f(1.5 + h) - f(1.5)) / h / exact - 1),
    "central": abs((f(1.5 + h) - f(1.5 - h)) / (2 * h) / exact - 1),
    "complex": abs(np.imag(f(1.5 + 1j * h)) / h / exact - 1),
}
plt.figure(figsize=(6, 3.5))
for colour, (method, error) in zip(("C0", "C1", "C2"), errors.items()):
    plt.loglog(h, np.maximum(error, 1e-17), ".", color=colour, label=method)
    plt.axhline(max(abs(num_diff(f, 1.5, method) / exact - 1), 1e-17), color=colour, lw=1)
plt.xlabel("h"); plt.ylabel("relative error"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 5 · Where to put the brackets
#
# $(AB)x = A(Bx)$, but not for the machine. For square matrices of size $n$ the left side takes $n^3 + n^2$ multiplications,
# the right one $2n^2$. The chain rule is a long product of Jacobians, so this bracket decides what a gradient costs:
# backpropagation is nothing but multiplying from the cheap end.
#
# The order of the factors is another matter. $AB$ and $BA$ are different maps, unless the matrices *commute*; in floating point
# $AB - BA$ is hardly ever exactly zero, so ask whether it is small compared with what was multiplied.

# %% [markdown]
# **Write `apply_chain(mats, x) -> y` and `commutes(A, B, tol) -> bool`** (10 + 5 points)
#
# - `apply_chain`: `mats` is a list of matrices $M_1, \dots, M_k$, each `(m_i, m_{i-1})`, and `x (m_0,)`. The result is
#   $y = M_k \cdots M_2 M_1 x$, so `mats[0]` acts first. An empty list gives a copy of `x`.
# - At most $\sum_i m_i\, m_{i-1}$ multiplications. To count them, one test gives you matrices whose entries are objects that
#   behave like numbers and count (dtype `object`): `@`, `*`, `+` and `sum` work with them, a conversion to float does not.
# - `commutes`: `A`, `B (n, n)`; `True` when $\|AB - BA\|_F \le \mathrm{tol}\cdot\|A\|_F\,\|B\|_F$, else `False`. The
#   tests stay away from the limit, and multiply matrices by factors from $10^{-9}$ to $10^9$.
# - Arguments are left unchanged.
# - You may use `np.linalg.norm`. Not allowed: the rest of `numpy.linalg` (`multi_dot` above all), `scipy`, `torch`, `sympy`. A
#   solution that uses them gets no points for this problem.

# %% solution="apply_chain"
def apply_chain(mats, x):
    """M_k ... M_2 M_1 x for mats = [M_1, ..., M_k], by products of a matrix with a vector."""
    # Start with a copy of x.
    ### BEGIN SOLUTION
    y = np.array(x)
    for M in mats:
        y = M @ y
    return y
    ### END SOLUTION

# %% solution="commutes"
def commutes(A, B, tol):
    """Whether AB = BA up to tol, relative to the norms of A and B."""
    # The norm of A @ B - B @ A against tol and two other norms; np.linalg.norm of a matrix
    # is the Frobenius norm. Zero commutes with everything.
    ### BEGIN SOLUTION
    A, B = np.asarray(A, dtype=float), np.asarray(B, dtype=float)
    return bool(np.linalg.norm(A @ B - B @ A) <= tol * np.linalg.norm(A) * np.linalg.norm(B))
    ### END SOLUTION

# %% test="apply_chain-three" points=2
checks.forbid(apply_chain, NOT_IN_5)

# (1, 2) in the plane, to three numbers, to two, to four.
first = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, 1.0]])
second = np.array([[1.0, 1.0, 0.0], [0.0, 0.0, 2.0]])
third = np.array([[1.0, 0.0], [0.0, 1.0], [1.0, -1.0], [0.0, 0.0]])
y = checks.ask(apply_chain, [first, second, third], np.array([1.0, 2.0]))
checks.close(y, [3, 6, -3, 0], "y", hint="After first it is (1, 2, 3), after second (3, 6).")

# Brackets do not change the result.
y = checks.ask(apply_chain, [second @ first, third], np.array([1.0, 2.0]))
checks.close(y, [3, 6, -3, 0], "y with the first two multiplied beforehand")

# %% test="commutes-by_hand" points=1
checks.forbid(commutes, NOT_IN_5)

# Two turns of the plane commute; a turn and a stretch in one direction do not.
turn, stretch = np.array([[0.0, -1.0], [1.0, 0.0]]), np.diag([1.0, 2.0])
answer = checks.ask(commutes, turn, 3 * turn + np.eye(2), 1e-12)
checks.equal(bool(answer), True, "commutes for two turns")
answer = checks.ask(commutes, turn, stretch, 1e-12)
checks.equal(bool(answer), False, "commutes for a turn and a stretch")

# %% test="apply_chain-values" points=3.5
# Hidden: chains of one to six matrices of all shapes.
### BEGIN HIDDEN TESTS
checks.forbid(apply_chain, NOT_IN_5)
rng = checks.fresh_rng("apply_chain-values")
for sizes in [(3, 4), (5, 3, 3), (2, 7, 4, 3), (4, 4, 4, 4), (6, 1, 5, 2, 3, 4, 2)]:
    mats = [rng.normal(size=(after, before)) for before, after in zip(sizes, sizes[1:])]
    x = rng.normal(size=sizes[0])
    product = mats[0]
    for M in mats[1:]:
        product = M @ product
    checks.close(checks.ask(apply_chain, mats, x), product @ x, "y", rtol=1e-12, hidden=True, hint="mats[0] acts first.")
### END HIDDEN TESTS

# %% test="apply_chain-work" points=3
# Hidden: no more multiplications than one product of a matrix with a vector per matrix.
### BEGIN HIDDEN TESTS
checks.forbid(apply_chain, NOT_IN_5)
rng = checks.fresh_rng("apply_chain-work")
sizes = (15, 20, 18, 16, 20, 12)
mats = [rng.normal(size=(after, before)) for before, after in zip(sizes, sizes[1:])]
x = rng.normal(size=sizes[0])
y = x
for M in mats:
    y = M @ y
checks.close(checks.ask(apply_chain, mats, x), y, "y", rtol=1e-5, hidden=True)
checks.operations(apply_chain, mats, x, multiplications=sum(M.size for M in mats), only=[0], expected=y,
                  hint="Multiply the vector, not the matrices.")
### END HIDDEN TESTS

# %% test="apply_chain-empty" points=0.5
# Hidden: an empty list gives x.
### BEGIN HIDDEN TESTS
checks.forbid(apply_chain, NOT_IN_5)
x = checks.fresh_rng("apply_chain-empty").normal(size=5)
checks.close(checks.ask(apply_chain, [], x), x, "y for an empty list", hidden=True)
### END HIDDEN TESTS

# %% test="apply_chain-habits" points=1
# Hidden: mats and x are unchanged, y is a copy even for an empty list, memory layout does not
# matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(apply_chain, NOT_IN_5)
rng = checks.fresh_rng("apply_chain-habits")
mats, x = [rng.normal(size=(4, 3)), rng.normal(size=(5, 4))], rng.normal(size=3)
checks.close(checks.ask(apply_chain, mats, x), mats[1] @ (mats[0] @ x), "y", rtol=1e-5, hidden=True)
checks.battery(apply_chain, mats, x)
checks.battery(apply_chain, [], x)
### END HIDDEN TESTS

# %% test="commutes-pairs" points=2
# Hidden: pairs that commute (polynomials of one matrix, diagonal matrices, zero, a product
# near zero) and pairs that do not.
### BEGIN HIDDEN TESTS
checks.forbid(commutes, NOT_IN_5)
rng = checks.fresh_rng("commutes-pairs")

def asked(A, B, tol, expected):
    result = checks.ask(commutes, A, B, tol)
    checks.holds(isinstance(result, (bool, np.bool_)), "commutes should return True or False.")
    checks.equal(bool(result), expected, "commutes")

for n in (3, 6):
    A, B = rng.normal(size=(n, n)), rng.normal(size=(n, n))
    asked(A, A @ A - 2 * A + np.eye(n), 1e-12, True)
    asked(np.diag(A[0]), np.diag(B[0]), 1e-12, True)
    asked(A, np.zeros((n, n)), 1e-12, True)
    asked(A, B, 1e-6, False)
    asked(A, A.T, 1e-6, False)
    asked(A, A @ A + 1e-9 * B, 1e-13, False)
    asked(A, A @ A + 1e-9 * B, 1e-5, True)
swap = np.array([[0.0, 1.0], [1.0, 0.0]])
Q = np.linalg.qr(rng.normal(size=(4, 4)))[0]
A = Q @ np.kron(np.diag([1.0, 0.0]), [[1.0, 2.0], [3.0, 4.0]]) @ Q.T
B = Q @ np.kron(np.diag([1e-14, 1.0]), swap) @ Q.T
asked(A, B, 1e-10, True)                            # AB and BA are as small as their difference, A and B are not
asked(np.eye(3)[[1, 0, 2]], np.eye(3)[[0, 2, 1]], 1e-6, False)      # AB and BA have the same sums of rows and columns
### END HIDDEN TESTS

# %% test="commutes-scale" points=1.5
# Hidden: the answer stays the same when A or B is multiplied by 1e-9 or 1e9.
### BEGIN HIDDEN TESTS
checks.forbid(commutes, NOT_IN_5)
rng = checks.fresh_rng("commutes-scale")
A, B = rng.normal(size=(5, 5)), rng.normal(size=(5, 5))
for a, b in [(1e-9, 1.0), (1.0, 1e-9), (1e-9, 1e-9), (1e9, 1e9)]:
    different, same = checks.ask(commutes, a * A, b * B, 1e-6), checks.ask(commutes, a * A, b * (A @ A + A), 1e-10)
    checks.holds(not different and bool(same), "The answer should stay the same when A or B is multiplied by a number: tol is "
                                               "relative to both norms.")
### END HIDDEN TESTS

# %% test="commutes-habits" points=0.5
# Hidden: A and B are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(commutes, NOT_IN_5)
rng = checks.fresh_rng("commutes-habits")
A = rng.normal(size=(5, 5))
checks.equal(bool(checks.ask(commutes, A, A @ A, 1e-4)), True, "commutes for a matrix and its square")
checks.battery(commutes, A, A @ A, 1e-4)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A letter, turned and then stretched, and stretched and then turned.

# %% look="apply_chain"
import matplotlib.pyplot as plt

letter = np.array([[0, 0], [0, 3], [2, 3], [2, 2.3], [0.8, 2.3], [0.8, 1.7], [1.6, 1.7], [1.6, 1],
                   [0.8, 1], [0.8, 0], [0, 0]])
turn = np.array([[0.8, -0.6], [0.6, 0.8]])
stretch = np.diag([2.0, 0.7])

plt.figure(figsize=(6, 3))
for style, mats in {"k-": [], "C0--": [turn, stretch], "C1:": [stretch, turn]}.items():
    plt.plot(*np.array([apply_chain(mats, point) for point in letter]).T, style)
plt.legend(["the letter", "turned, then stretched", "stretched, then turned"])
plt.axis("equal"); plt.tight_layout()

# %% [markdown]
# ## 6 · On paper
#
# Six formulas, each checked by a test (2.5 points each), and a proof. A formula is a string with `+ - * / **`, numbers, the
# variables, `sqrt`, `exp`, `log`, `sin`, `cos`, …; write every product with `*`. Any equivalent form is right, but the
# derivative must be worked out. Your own `num_diff` is a good second opinion.
#
# **6a.** The gradient of $f(x, y) = x^2 - y^2$: two formulas.

# %% solution="grad_saddle"
grad_saddle = ["", ""]      # the derivatives with respect to x and y, such as "x * exp(y)"
### BEGIN SOLUTION
grad_saddle = ["2*x", "-2*y"]
### END SOLUTION

# %% test="grad_saddle-formula" points=2.5
# In the saddle point (0, 0) the gradient is zero. Hidden: the gradient everywhere.
checks.formula_value(grad_saddle[0], at={"x": 0, "y": 0}, expected=0)
checks.formula_value(grad_saddle[1], at={"x": 0, "y": 0}, expected=0)
### BEGIN HIDDEN TESTS
checks.formulas(grad_saddle, ["2*x", "-2*y"], {"x": (-2, 2), "y": (-2, 2)}, rng=checks.fresh_rng("grad_saddle-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **6b.** The derivative of $\sin(x^2)$ with respect to $x$.

# %% solution="chain_rule"
chain_rule = ""     # a formula in x
### BEGIN SOLUTION
chain_rule = "2*x*cos(x**2)"
### END SOLUTION

# %% test="chain_rule-formula" points=2.5
# At x = 0 it is zero. Hidden: everywhere.
checks.formula_value(chain_rule, at={"x": 0}, expected=0)
### BEGIN HIDDEN TESTS
checks.formula(chain_rule, "2*x*cos(x**2)", {"x": (-3, 3)}, rng=checks.fresh_rng("chain_rule-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **6c.** The gradient of $\|Az - r\|_2^2$ with respect to $z = (x, y)$, where
# $A = \begin{pmatrix} a & b\\ c & d\end{pmatrix}$ and $r = (p, q)$: two formulas in `a, b, c, d, p, q, x, y`.

# %% solution="grad_least_squares"
grad_least_squares = ["", ""]       # the derivatives with respect to x and y
### BEGIN SOLUTION
grad_least_squares = ["2*a*(a*x + b*y - p) + 2*c*(c*x + d*y - q)", "2*b*(a*x + b*y - p) + 2*d*(c*x + d*y - q)"]
### END SOLUTION

# %% test="grad_least_squares-formula" points=2.5
# For A = diag(1, 2) and r = (3, 4) it is zero at (3, 2), where Az = r. Hidden: everywhere.
solved = {"a": 1, "b": 0, "c": 0, "d": 2, "p": 3, "q": 4, "x": 3, "y": 2}
checks.formula_value(grad_least_squares[0], at=solved, expected=0)
checks.formula_value(grad_least_squares[1], at=solved, expected=0)
### BEGIN HIDDEN TESTS
checks.formulas(grad_least_squares, ["2*a*(a*x + b*y - p) + 2*c*(c*x + d*y - q)", "2*b*(a*x + b*y - p) + 2*d*(c*x + d*y - q)"],
                {name: (-2, 2) for name in "abcdpqxy"}, rng=checks.fresh_rng("grad_least_squares-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **6d.** Let $(s_1, s_2) = \operatorname{softmax}(3u, v)$, that is $s_1 = e^{3u}/(e^{3u} + e^v)$ and $s_2 = 1 - s_1$. Write
# the Jacobian: row $i$ holds the derivatives of $s_i$ with respect to $u$ and $v$. Four formulas in `u`, `v`.

# %% solution="softmax_jacobian"
softmax_jacobian = [["", ""], ["", ""]]     # two rows
### BEGIN SOLUTION
weight = "exp(3*u) * exp(v) / (exp(3*u) + exp(v))**2"
softmax_jacobian = [[f"3 * {weight}", f"-{weight}"], [f"-3 * {weight}", f"{weight}"]]
### END SOLUTION

# %% test="softmax_jacobian-formula" points=2.5
# At (0, 0) both are 1/2, and the derivative of the first with respect to u is 3/4. Hidden:
# all four, everywhere.
checks.formula_value(softmax_jacobian[0][0], at={"u": 0, "v": 0}, expected=0.75)
### BEGIN HIDDEN TESTS
s = "1/(1 + exp(v - 3*u))"
checks.formulas(softmax_jacobian, [[f"3*{s}*(1 - {s})", f"-{s}*(1 - {s})"], [f"-3*{s}*(1 - {s})", f"{s}*(1 - {s})"]],
                {"u": (-1, 1), "v": (-1, 1)}, rng=checks.fresh_rng("softmax_jacobian-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **6e.** $A$ is a $3\times 3$ matrix with the entries `a11` to `a33`. What is the derivative of $\det(I + tA)$ with respect
# to $t$ at $t = 0$?

# %% solution="det_rate"
det_rate = ""       # a formula in a11, a12, ..., a33 (as many of them as are needed)
### BEGIN SOLUTION
det_rate = "a11 + a22 + a33"
### END SOLUTION

# %% test="det_rate-formula" points=2.5
# For A = 0 it is zero. Hidden: for every A.
entries = [f"a{i}{j}" for i in (1, 2, 3) for j in (1, 2, 3)]
checks.formula_value(det_rate, at=dict.fromkeys(entries, 0), expected=0)
### BEGIN HIDDEN TESTS
checks.formula(det_rate, "a11 + a22 + a33", dict.fromkeys(entries, (-2, 2)), rng=checks.fresh_rng("det_rate-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **6f.** How steep is $f(x, y) = x\,e^y$ at the point $(x, y)$ in the direction of $(3, 4)$? (A direction has length one.)

# %% solution="slope"
slope = ""      # a formula in x, y
### BEGIN SOLUTION
slope = "(3 + 4*x) * exp(y) / 5"
### END SOLUTION

# %% test="slope-formula" points=2.5
# At (-3/4, 0) the direction is level. Hidden: everywhere.
checks.formula_value(slope, at={"x": -0.75, "y": 0}, expected=0)
### BEGIN HIDDEN TESTS
checks.formula(slope, "(3*exp(y) + 4*x*exp(y))/5", {"x": (-2, 2), "y": (-1, 1)}, rng=checks.fresh_rng("slope-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **6g · The direction of steepest ascent** (5 points, marked by hand)
#
# Let $f:\mathbb R^n\to\mathbb R$ be differentiable at $x$ with $\nabla f(x)\ne 0$. Sketch a proof that among all directions
# $d$ with $\|d\|_2 = 1$ the rate of change of $f$ at $x$ is largest for $d = \nabla f(x)/\|\nabla f(x)\|_2$ and for no other,
# and say how large it is. Five lines are enough; write them below, or hand in a page as `written.pdf` and say so below.

# %% [markdown] manual="steepest_ascent" points=5
# <!-- BEGIN SOLUTION -->
# Since $f$ is differentiable, $f(x + td) = f(x) + t\,\nabla f(x)^\top d + o(t)$, so the rate of change in the direction $d$
# is $D_d f(x) = \lim_{t\to 0} (f(x + td) - f(x))/t = \nabla f(x)^\top d$. By the inequality of Cauchy and Schwarz,
# $\nabla f(x)^\top d \le \|\nabla f(x)\|\,\|d\| = \|\nabla f(x)\|$ for every $d$ of length one. For
# $d = \nabla f(x)/\|\nabla f(x)\|$ the left side is $\|\nabla f(x)\|^2/\|\nabla f(x)\| = \|\nabla f(x)\|$, the largest value
# possible. Equality in Cauchy–Schwarz needs $d = c\,\nabla f(x)$ with $c \ge 0$, and $\|d\| = 1$ leaves only this one.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 2 | the rate in the direction $d$ is $\nabla f^\top d$, with differentiability (chain rule or expansion) as reason |
# | 1 | Cauchy–Schwarz, or $\nabla f^\top d = \|\nabla f\|\cos\varphi$, as upper bound |
# | 1 | the bound is attained for the normalised gradient, with the value $\|\nabla f\|$ |
# | 1 | uniqueness: the case of equality |
#
# A proof with a Lagrange multiplier for $\|d\|^2 = 1$ gets all points if it says which of the two solutions is the maximum and
# why a maximum exists.
# <!-- END SOLUTION -->
