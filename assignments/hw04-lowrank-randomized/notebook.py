# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Low rank and randomised algorithms
#
# Large matrices of data are often nearly of low rank. Here you store the part that matters in two thin factors, find it
# by asking for a handful of products, estimate what is too large to compute, fill in what was never measured, and solve
# with a matrix that would not fit into memory. Chance does most of the work, and you will see exactly how far it
# can be trusted.
#
# **You will learn to**
# - find a nearly best approximation of low rank in two passes over the data;
# - see which step of a randomised method keeps it accurate, and what each extra pass buys;
# - sample with the law of least variance, and check that an estimate is right on average;
# - fill in a matrix from half of its entries, with a certificate that the answer is optimal;
# - update an inverse by rank $k$ for $O(nk^2)$ operations.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `best_rank_k`, `errors` | 12 | 6 lines |
# | 2 | `rsvd` | 20 | 8 lines |
# | 3 | `optimal_probs`, `sampled_matmul` | 14 | 10 lines |
# | 4 | `sketch_lstsq` | 10 | 5 lines |
# | 5 | `svt`, `soft_impute` | 14 | 15 lines |
# | 6 | `woodbury_solve` | 10 | 8 lines |
# | 7 | on paper: five answers, one derivation | 10 + 10 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is graded,
# with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem can be
# solved without the earlier ones. You work in pairs and hand in one notebook.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Arrays are float64. Random numbers come from the generator `rng` that a
# function receives (a `np.random.Generator`) and from nowhere else. You may use all of numpy, `np.linalg` included.
# The tests of a problem share a time limit, more than ten times what a plain solution takes.

# %% given="setup"
import numpy as np

from autograder import checks

# What all problems rule out; the statements say the same in words.
NOT_ALLOWED = ["scipy", "sklearn", "torch", "sympy"]

# %% [markdown]
# ## 1 · The best approximation of rank $k$
#
# Keep the $k$ largest singular values of $A = \sum_i s_i u_i v_i^*$ and drop the others. By Eckart, Young and Mirsky no
# matrix of rank $k$ comes nearer to $A$, neither in the Frobenius nor in the spectral norm, and the error is known
# without forming any difference:
#
# $$\|A - A_k\|_F^2 = s_{k+1}^2 + \dots + s_r^2,\qquad \|A - A_k\|_2 = s_{k+1} .$$
#
# What is stored is not $A_k$, an $m\times n$ matrix again, but two thin factors: $k(m+n)$ numbers in place of $mn$.

# %% [markdown]
# **Write `best_rank_k(A, k) -> (L, R)` and `errors(A, k) -> (fro, spec)`** (12 points)
#
# - `A (m, n)` is real or complex, of any shape and rank; `k` runs from 0 to `min(m, n)`.
# - `L (m, k)`, `R (k, n)`: `L @ R` is a best approximation of rank at most `k`. How you split the product is free. With
#   `k = 0` both are empty; where $s_k = s_{k+1}$, either choice is right.
# - `errors` returns the two distances $\|A - A_k\|_F$ and $\|A - A_k\|_2$ as floats, also when they are a millionth of
#   the norm of `A`: then seven digits should still be right.
# - Arguments are left unchanged. Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a solution that uses them gets no
#   points for this problem.

# %% solution="best_rank_k"
def best_rank_k(A, k):
    """Thin factors L (m, k) and R (k, n) of a best approximation of A with rank k."""
    # One SVD. Each singular value goes into the product once.
    ### BEGIN SOLUTION
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U[:, :k] * s[:k], Vt[:k]
    ### END SOLUTION

# %% solution="errors"
def errors(A, k):
    """Frobenius and spectral distance of A from its best approximation of rank k."""
    # Singular values are enough; with k = min(m, n) none is left.
    ### BEGIN SOLUTION
    s = np.linalg.svd(A, compute_uv=False)
    return float(np.sqrt(np.sum(s[k:] ** 2))), float(s[k:].max(initial=0.0))
    ### END SOLUTION

# %% test="best_rank_k-by_hand" points=1.5
checks.forbid(best_rank_k, NOT_ALLOWED)

# Singular values 3, 2, 1. The checker asks for shapes and for the distance in both norms.
A = np.array([[3.0, 0.0, 0.0], [0.0, 0.0, -2.0], [0.0, 1.0, 0.0], [0.0, 0.0, 0.0]])
checks.low_rank(best_rank_k, A, 2)
L, R = checks.ask(best_rank_k, A, 1)
checks.close(L @ R, np.outer([3.0, 0.0, 0.0, 0.0], [1.0, 0.0, 0.0]), "L @ R for k = 1")

# %% test="best_rank_k-optimal" points=3.5
# Hidden: shapes of the factors, and no matrix of rank k is nearer in either norm, also where
# the singular values fall from 1 to 1e-6.
### BEGIN HIDDEN TESTS
checks.forbid(best_rank_k, NOT_ALLOWED)
rng = checks.fresh_rng("best_rank_k-optimal")
for m, n, k in [(9, 5, 2), (4, 7, 3), (6, 6, 1), (20, 11, 6), (40, 30, 4)]:
    checks.low_rank(best_rank_k, rng.normal(size=(m, n)), k)
left, _ = np.linalg.qr(rng.normal(size=(40, 30)))
right, _ = np.linalg.qr(rng.normal(size=(30, 30)))
checks.low_rank(best_rank_k, (left * np.logspace(0, -6, 30)) @ right.T, 20)
### END HIDDEN TESTS

# %% test="best_rank_k-edges" points=1
# Hidden: k = 0, k = min(m, n), and k at or above the rank of A.
### BEGIN HIDDEN TESTS
checks.forbid(best_rank_k, NOT_ALLOWED)
rng = checks.fresh_rng("best_rank_k-edges")
for k in (0, 5):
    checks.low_rank(best_rank_k, rng.normal(size=(7, 5)), k)
thin = rng.normal(size=(8, 2)) @ rng.normal(size=(2, 6))
for k in (2, 4, 6):
    checks.low_rank(best_rank_k, thin, k)
checks.low_rank(best_rank_k, np.zeros((3, 4)), 2)
### END HIDDEN TESTS

# %% test="best_rank_k-ties" points=1
# Hidden: equal singular values s_k = s_(k+1): one of them stays.
### BEGIN HIDDEN TESTS
checks.forbid(best_rank_k, NOT_ALLOWED)
rng = checks.fresh_rng("best_rank_k-ties")
left, _ = np.linalg.qr(rng.normal(size=(9, 5)))
right, _ = np.linalg.qr(rng.normal(size=(6, 5)))
for k in (2, 3):
    checks.low_rank(best_rank_k, (left * [4.0, 2.0, 2.0, 2.0, 1.0]) @ right.T, k)
checks.low_rank(best_rank_k, np.eye(4), 1)
### END HIDDEN TESTS

# %% test="best_rank_k-complex" points=1
# Hidden: the same for complex matrices.
### BEGIN HIDDEN TESTS
checks.forbid(best_rank_k, NOT_ALLOWED)
rng = checks.fresh_rng("best_rank_k-complex")
for m, n, k in [(7, 5, 2), (4, 6, 3)]:
    checks.low_rank(best_rank_k, rng.normal(size=(m, n)) + 1j * rng.normal(size=(m, n)), k)
### END HIDDEN TESTS

# %% test="best_rank_k-habits" points=0.5
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(best_rank_k, NOT_ALLOWED)
rng = checks.fresh_rng("best_rank_k-habits")
checks.battery(best_rank_k, rng.normal(size=(7, 5)), 2, same=checks.low_rank)
### END HIDDEN TESTS

# %% test="errors-by_hand" points=0.5
checks.forbid(errors, NOT_ALLOWED)

# diag(3, 2, 1): with k = 2 the last value is left, with k = 1 the last two.
A = np.diag([3.0, 2.0, 1.0])
checks.close(checks.ask(errors, A, 2), [1.0, 1.0], "errors for k = 2")
checks.close(checks.ask(errors, A, 1), [5**0.5, 2.0], "errors for k = 1")

# A larger k never gives a larger error.
A = np.array([[1.0, 2.0, 0.0, 1.0], [0.0, 1.0, -1.0, 3.0], [2.0, 0.0, 1.0, 1.0]])
both = [checks.ask(errors, A, k) for k in (0, 1, 2)]
checks.holds((np.diff(both, axis=0) <= 0).all(), "A larger k never gives a larger error.")

# %% test="errors-values" points=2
# Hidden: both norms, also where they are small beside the norm of A, and for complex A.
### BEGIN HIDDEN TESTS
checks.forbid(errors, NOT_ALLOWED)
rng = checks.fresh_rng("errors-values")
for m, n, k in [(9, 5, 2), (4, 7, 1), (20, 11, 6)]:
    A = rng.normal(size=(m, n)) + 1j * rng.normal(size=(m, n)) * (k == 1)
    s = np.linalg.svd(A, compute_uv=False)
    checks.close(checks.ask(errors, A, k), [np.sqrt(np.sum(s[k:] ** 2)), s[k]], "the pair of errors", floor=0)
left, _ = np.linalg.qr(rng.normal(size=(12, 6)))
right, _ = np.linalg.qr(rng.normal(size=(8, 6)))
tail = 1e-6 * rng.uniform(1, 2, 3)
A = (left * np.r_[3.0, 2.0, 1.0, tail]) @ right.T
checks.close(checks.ask(errors, A, 3), [np.sqrt(np.sum(tail**2)), tail.max()], "the pair of small errors",
             rtol=1e-7, floor=0)
### END HIDDEN TESTS

# %% test="errors-edges" points=0.5
# Hidden: k = 0, k = min(m, n), a zero matrix.
### BEGIN HIDDEN TESTS
checks.forbid(errors, NOT_ALLOWED)
rng = checks.fresh_rng("errors-edges")
A = rng.normal(size=(6, 4))
checks.close(checks.ask(errors, A, 0), [np.linalg.norm(A), np.linalg.norm(A, 2)], "the errors for k = 0")
checks.close(checks.ask(errors, A, 4), [0.0, 0.0], "the errors for k = min(m, n)", rtol=1e-12, floor=10)
checks.close(checks.ask(errors, np.zeros((3, 5)), 1), [0.0, 0.0], "the errors of a zero matrix")
### END HIDDEN TESTS

# %% test="errors-habits" points=0.5
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(errors, NOT_ALLOWED)
rng = checks.fresh_rng("errors-habits")
checks.battery(errors, rng.normal(size=(7, 5)), 2)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A picture of $120\times 160$ numbers, and what is left of it with rank 2, 5 and 20.

# %% look="best_rank_k"
import matplotlib.pyplot as plt

y, x = np.mgrid[-1:1:120j, -1.3:1.3:160j]
picture = (x**2 + y**2 < 0.7) + 0.6 * ((x - 0.3) ** 2 + y**2 < 0.1) + 0.3 * np.sin(9 * x * y)

fig, axes = plt.subplots(1, 4, figsize=(10, 2.2))
for axis, k in zip(axes, (120, 20, 5, 2)):
    L, R = best_rank_k(picture, k)
    axis.imshow(L @ R, cmap="gray", vmin=-0.3, vmax=1.9); axis.axis("off")
    lost = errors(picture, k)[0] / errors(picture, 0)[0]
    axis.set_title(f"k = {k}: {lost:.1%} off", fontsize=9)
fig.tight_layout()

# %% [markdown]
# ## 2 · The randomised SVD
#
# An SVD reads $A$ again and again. If $A$ is large, or is given only by products, look at it through a few random
# vectors instead: with $k+p$ random columns in $\Omega$, the columns of $A\Omega$ very likely span nearly all directions
# in which $A$ is large. For an orthonormal basis $Q$ of their span the rest is small,
#
# $$A \approx Q\,(Q^\top A),\qquad
# \mathbb E\,\|A - QQ^\top A\|_F \le \sqrt{1+\frac{k}{p-1}}\;\|A - A_k\|_F ,$$
#
# and the SVD of the small matrix $Q^\top A$ gives $U$, $s$, $V^\top$; cut to rank $k$, the bound still holds. Where the
# singular values fall slowly, $q$ *power steps* $Y \leftarrow A(A^\top Y)$ help: they raise every ratio $s_i/s_j$ to the
# power $2q+1$. In floating point they also push everything below $\varepsilon^{1/(2q+1)}$ under the rounding errors of the
# largest direction. So a new orthonormal basis takes the place of $Y$ before it is multiplied again.

# %% [markdown]
# **Write `rsvd(A, k, p, q, rng) -> (U, s, Vt)`** (20 points)
#
# - `A` stands for a real matrix that you cannot see: it has `A.shape == (m, n)`, `A.matmat(X)` for $AX$ with `X (n, c)`,
#   and `A.rmatmat(X)` for $A^\top X$ with `X (m, c)`, nothing else. A block has at most `k + p` columns, and
#   $2(q+1)$ products are enough: more are wrong.
# - `U (m, k)` and `Vt (k, n)` have orthonormal columns and rows, `s (k,)` is descending and not negative: cut to rank
#   `k`, not `k + p`. Signs are free. `k` is at most `min(m, n)`, `k + p` may be larger.
# - The median error of many runs keeps the bound above for every matrix, also a sparse one; where $A$ has rank `k`, the
#   result is exact to $10^{-11}$. With `q = 3` all values down to $10^{-5}$ of the largest are right to $10^{-6}$ of themselves.
# - The sketch is a block of independent random numbers from `rng` with mean zero, Gaussian or $\pm 1$ or any other that
#   does as well. Another generator gives another sketch, the same one the same.
# - Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a solution that uses them gets no points for this problem.

# %% solution="rsvd"
def rsvd(A, k, p, q, rng):
    """Randomised SVD of rank k, oversampling p, q power steps: U (m, k), s (k,), Vt (k, n)."""
    # A sketch, an orthonormal basis; q times there and back, each with a new basis.
    # Then the SVD of a small matrix, whose U still has to be turned by Q.
    ### BEGIN SOLUTION
    Q, _ = np.linalg.qr(A.matmat(rng.normal(size=(A.shape[1], k + p))))
    for _ in range(q):
        Z, _ = np.linalg.qr(A.rmatmat(Q))
        Q, _ = np.linalg.qr(A.matmat(Z))
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return (Q @ U)[:, :k], s[:k], Vt[:k]
    ### END SOLUTION

# %% test="rsvd-exact_rank" points=3
checks.forbid(rsvd, NOT_ALLOWED)

# A matrix of rank 2 is found exactly: shapes, orthonormal factors, and the product is A.
rng = np.random.default_rng(0)
A = rng.normal(size=(30, 2)) @ rng.normal(size=(2, 20))
checks.sketched_svd(rsvd, A, 2, 4, 1, rng, frobenius=1.0)

# The singular values of diag(5, 4, 3, 0, 0) are on the diagonal.
A = checks.BlockOp(np.diag([5.0, 4.0, 3.0, 0.0, 0.0]))
U, s, Vt = checks.ask(rsvd, A, 3, 2, 0, rng)
checks.close(s, [5.0, 4.0, 3.0], "s for diag(5, 4, 3, 0, 0)")

# %% test="rsvd-data" points=0
# The grader makes its matrices here.
### BEGIN HIDDEN TESTS
def with_values(rng, m, n, s, sparse=False):
    """(m, n) with the singular values s; a sparse one has a single nonzero column for each of them."""
    left, _ = np.linalg.qr(rng.normal(size=(m, len(s))))
    if sparse:
        right = np.eye(n)[:, rng.permutation(n)[: len(s)]]
    else:
        right, _ = np.linalg.qr(rng.normal(size=(n, len(s))))
    return (left * s) @ right.T
### END HIDDEN TESTS

# %% test="rsvd-accuracy" points=5
# Hidden: without power steps, the median error of many runs keeps the bound, for a full
# matrix, for a sparse one, and where the values are flat after a gap.
### BEGIN HIDDEN TESTS
checks.forbid(rsvd, NOT_ALLOWED)
rng = checks.fresh_rng("rsvd-accuracy")
falling, flat = np.arange(1, 81) ** -2.0, np.r_[11 * np.ones(10), np.ones(70)]     # flat comes nearer to the bound
for values, sparse, runs in [(falling, False, 20), (falling, True, 20), (flat, False, 40)]:
    A = with_values(rng, 110, 80, values, sparse=sparse)
    checks.sketched_svd(rsvd, A, 10, 8, 0, rng, runs=runs, frobenius=1.558)     # sqrt(1 + k / (p - 1)), k = 10, p = 8
### END HIDDEN TESTS

# %% test="rsvd-powers" points=3
# Hidden: where the values stay flat after the first k, two power steps bring the spectral
# error, the median of twenty runs, down to 1.15 times the best one.
### BEGIN HIDDEN TESTS
checks.forbid(rsvd, NOT_ALLOWED)
rng = checks.fresh_rng("rsvd-powers")
A = with_values(rng, 200, 180, np.r_[np.ones(8), 0.4 * np.ones(172)])
checks.sketched_svd(rsvd, A, 8, 6, 2, rng, runs=20, spectral=1.15)
### END HIDDEN TESTS

# %% test="rsvd-stable" points=2
# Hidden: with values from 1 to 1e-12 and q = 3, those down to 1e-5 are right to 1e-6.
### BEGIN HIDDEN TESTS
checks.forbid(rsvd, NOT_ALLOWED)
rng = checks.fresh_rng("rsvd-stable")
values = np.logspace(0, -12, 37)
for m, n in [(400, 350), (350, 400)]:
    checks.sketched_svd(rsvd, with_values(rng, m, n, values), 16, 5, 3, rng, values=1e-6)
### END HIDDEN TESTS

# %% test="rsvd-products" points=2
# Hidden: at most 2 (q + 1) products with A, for several q.
### BEGIN HIDDEN TESTS
checks.forbid(rsvd, NOT_ALLOWED)
rng = checks.fresh_rng("rsvd-products")
A = with_values(rng, 90, 70, 0.8 ** np.arange(70))
for q in (0, 1, 3):
    checks.sketched_svd(rsvd, A, 5, 4, q, rng, products=2 * (q + 1))
### END HIDDEN TESTS

# %% test="rsvd-edges" points=2
# Hidden: exact rank in a wide and in a tall matrix, k = 1, and k + p above min(m, n).
### BEGIN HIDDEN TESTS
checks.forbid(rsvd, NOT_ALLOWED)
rng = checks.fresh_rng("rsvd-edges")
for m, n, k, p, q in [(60, 25, 4, 3, 0), (25, 60, 3, 5, 2), (12, 40, 1, 2, 1)]:
    checks.sketched_svd(rsvd, with_values(rng, m, n, rng.uniform(1, 3, k)), k, p, q, rng, frobenius=1.0)
for m, n in [(14, 6), (6, 11)]:
    checks.sketched_svd(rsvd, rng.normal(size=(m, n)), 6, 3, 1, rng, frobenius=1.0)
### END HIDDEN TESTS

# %% test="rsvd-generator" points=1
# Hidden: the generator decides: the same one gives the same result, another one another.
### BEGIN HIDDEN TESTS
checks.forbid(rsvd, NOT_ALLOWED)
rng = checks.fresh_rng("rsvd-generator")
A = rng.normal(size=(40, 30))
seed = int(rng.integers(2**31))
products = []
for one in (seed, seed, seed + 1):
    U, s, Vt = checks.ask(rsvd, checks.BlockOp(A), 3, 2, 0, np.random.default_rng(one))
    products.append((U * s) @ Vt)
checks.close(products[1], products[0], "the result for the same generator", hidden=True)
checks.holds(np.linalg.norm(products[2] - products[0]) > 1e-3 * np.linalg.norm(A),
             "Another generator should give another sketch: draw from rng, and set no seed of your own.")
### END HIDDEN TESTS

# %% test="rsvd-mean_zero" points=1
# Hidden: the columns of the sketch have mean zero.
### BEGIN HIDDEN TESTS
checks.forbid(rsvd, NOT_ALLOWED)
rng = checks.fresh_rng("rsvd-mean_zero")
shares = [0.0]
for _ in range(5):
    A = checks.BlockOp(rng.normal(size=(100, 100)))
    checks.ask(rsvd, A, 10, 8, 0, np.random.default_rng(rng.integers(2**63)))
    checks.holds(A.count > 0, "rsvd should look at A through A.matmat.")
    block = A.blocks[0]                     # n (mean of a column)^2 / mean square, 1 on average
    shares.append(len(block) * np.mean(block.mean(axis=0) ** 2) / np.mean(block**2))
checks.within(np.sum(shares) / 5, "the mean of a column of the sketch", at_most=3.0,
              hint="Random numbers between 0 and 1 have mean 1/2.")
### END HIDDEN TESTS

# %% test="rsvd-habits" points=1
# Hidden: no global random state; called again with the same generator, the same result.
### BEGIN HIDDEN TESTS
checks.forbid(rsvd, NOT_ALLOWED)
rng = checks.fresh_rng("rsvd-habits")
A = checks.BlockOp(rng.normal(size=(30, 20)))
checks.battery(rsvd, A, 3, 2, 1, rng, skip=("layout", "float32", "integer"))
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Singular values that fall slowly, and what `rsvd` makes of them with no, one and two power steps.

# %% look="rsvd"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
left, _ = np.linalg.qr(rng.normal(size=(300, 200)))
right, _ = np.linalg.qr(rng.normal(size=(200, 200)))
values = 1 / np.sqrt(np.arange(1, 201))
A = checks.BlockOp((left * values) @ right.T)

plt.figure(figsize=(6, 3))
plt.plot(values[:40], "k-", label="exact")
for q in (0, 1, 2):
    plt.plot(rsvd(A, 30, 5, q, rng)[1], ".", label=f"q = {q}")
plt.xlabel("index"); plt.ylabel("singular value"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 3 · A product from samples
#
# A matrix product is a sum of $n$ matrices of rank one, column times row: $AB = \sum_j a_j b_j^\top$. Draw $s$ of them,
# independently and with replacement, index $j$ with probability $p_j$, and divide by how often it was to be expected:
#
# $$C = \frac1s \sum_{t=1}^{s} \frac{a_{j_t} b_{j_t}^\top}{p_{j_t}},\qquad \mathbb E\,C = AB,\qquad
# \mathbb E\,\|C - AB\|_F^2 = \frac1s\Big(\sum_j \frac{\|a_j\|^2\|b_j\|^2}{p_j} - \|AB\|_F^2\Big).$$
#
# Every law with $p_j > 0$ wherever $a_j b_j^\top \ne 0$ is right on average; they differ in their variance. It is smallest
# for $p_j$ proportional to $\|a_j\|\,\|b_j\|$ (problem 7).

# %% [markdown]
# **Write `optimal_probs(A, B) -> p` and `sampled_matmul(A, B, s, rng, probs=None) -> C`** (14 points)
#
# - `A (m, n)`, `B (n, p)` real. `optimal_probs` returns the law `(n,)` of least variance; it adds up to 1, and a zero
#   column of `A` or row of `B` gets probability 0. If all products are zero, it returns `1 / n` for each.
# - `sampled_matmul` draws `s` *independent* indices with replacement by the law `probs (n,)`; `None` stands for `1 / n`
#   each. `s` may be larger than `n`, and `probs` may contain zeros. `C (m, p)` has the mean and the variance above.
# - All random numbers come from `rng`. Arguments are left unchanged.
# - Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a solution that uses them gets no points for this problem.

# %% solution="optimal_probs"
def optimal_probs(A, B):
    """The sampling law p (n,) of least variance for the product A @ B."""
    # Lengths of the columns of A times lengths of the rows of B, and what if all are zero?
    ### BEGIN SOLUTION
    weights = np.linalg.norm(A, axis=0) * np.linalg.norm(B, axis=1)
    total = weights.sum()
    return weights / total if total > 0 else np.full(len(weights), 1 / len(weights))
    ### END SOLUTION

# %% solution="sampled_matmul"
def sampled_matmul(A, B, s, rng, probs=None):
    """Unbiased estimate C (m, p) of A @ B from s columns of A and rows of B."""
    # Draw the indices; the chosen columns, divided, times the chosen rows is one product.
    ### BEGIN SOLUTION
    n = len(B)
    probs = np.full(n, 1 / n) if probs is None else np.asarray(probs, dtype=float)
    chosen = rng.choice(n, size=s, p=probs)
    return (A[:, chosen] / (s * probs[chosen])) @ B[chosen]
    ### END SOLUTION

# %% test="optimal_probs-by_hand" points=1
checks.forbid(optimal_probs, NOT_ALLOWED)

# Columns of length 5, 1, 1 and rows of length 1, 3, 2: the products are 5, 3, 2.
A = np.array([[3.0, 0.0, 1.0], [4.0, 1.0, 0.0]])
B = np.array([[1.0, 0.0], [0.0, 3.0], [0.0, -2.0]])
checks.close(checks.ask(optimal_probs, A, B), [0.5, 0.3, 0.2], "the law")

# %% test="optimal_probs-law" points=2
# Hidden: proportional to the products of lengths, also of very short columns; the sum is 1.
### BEGIN HIDDEN TESTS
checks.forbid(optimal_probs, NOT_ALLOWED)
rng = checks.fresh_rng("optimal_probs-law")
for m, n, p in [(5, 7, 3), (2, 20, 9), (4, 1, 6)]:
    A, B = rng.normal(size=(m, n)) * rng.uniform(0.1, 3, n), rng.normal(size=(n, p))
    weights = np.sqrt((A**2).sum(axis=0) * (B**2).sum(axis=1))
    for scale in (1.0, 1e-6):
        law = checks.ask(optimal_probs, scale * A, scale * B)
        checks.close(law, weights / weights.sum(), "the law", rtol=1e-12)
### END HIDDEN TESTS

# %% test="optimal_probs-zeros" points=1
# Hidden: zero columns and rows get probability 0; if all products are zero, 1 / n each.
### BEGIN HIDDEN TESTS
checks.forbid(optimal_probs, NOT_ALLOWED)
rng = checks.fresh_rng("optimal_probs-zeros")
A, B = rng.normal(size=(4, 6)), rng.normal(size=(6, 3))
A[:, 1], B[4] = 0, 0
law = checks.ask(optimal_probs, A, B)
checks.array(law, "the law", shape=(6,))
checks.close(law[[1, 4]], [0.0, 0.0], "the probability of a zero column or row", rtol=1e-15)
checks.close(law.sum(), 1.0, "the sum of the probabilities")
A[:, [0, 2, 3]], B[5] = 0, 0
checks.close(checks.ask(optimal_probs, A, B), np.full(6, 1 / 6), "the law when all products are zero")
### END HIDDEN TESTS

# %% test="optimal_probs-habits" points=0.5
# Hidden: A and B are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(optimal_probs, NOT_ALLOWED)
rng = checks.fresh_rng("optimal_probs-habits")
checks.battery(optimal_probs, rng.normal(size=(5, 7)), rng.normal(size=(7, 3)))
### END HIDDEN TESTS

# %% test="sampled_matmul-one_column" points=1.5
checks.forbid(sampled_matmul, NOT_ALLOWED)

# A law that always draws the middle column: C is column times row, without any chance.
A = np.array([[1.0, 2.0, 0.0], [0.0, -1.0, 3.0]])
B = np.array([[1.0, 1.0], [2.0, 5.0], [4.0, 0.0]])
rng = np.random.default_rng(0)
C = checks.ask(sampled_matmul, A, B, 3, rng, np.array([0.0, 1.0, 0.0]))
checks.close(C, [[4.0, 10.0], [-2.0, -5.0]], "C for the law (0, 1, 0)")

# With 20000 samples the error is about 0.2; 1.2 is out of reach of bad luck.
C = checks.ask(sampled_matmul, A, B, 20000, rng)
checks.within(np.linalg.norm(C - A @ B), "the error with 20000 samples", at_most=1.2)

# %% test="sampled_matmul-data" points=0
# The grader makes its matrices here.
### BEGIN HIDDEN TESTS
def factors(rng, m, n, p):
    """Two matrices with entries between 1/2 and 3/2 in absolute value."""
    A = rng.choice([-1.0, 1.0], (m, n)) * rng.uniform(0.5, 1.5, (m, n))
    return A, rng.choice([-1.0, 1.0], (n, p)) * rng.uniform(0.5, 1.5, (n, p))


def variance_of(A, B, law, s):
    """The exact variance of each entry of C."""
    used = law > 0
    return ((A**2)[:, used] / law[used] @ (B**2)[used] - (A @ B) ** 2) / s


def squared_errors(rng, A, B, s, law, runs=120):
    """|C - A B|_F^2 in independent runs."""
    found = []
    for _ in range(runs):
        C = checks.ask(sampled_matmul, A, B, s, np.random.default_rng(rng.integers(2**63)), law)
        checks.array(C, "C", shape=(len(A), B.shape[1]))
        found.append(np.sum((C - A @ B) ** 2))
    return found
### END HIDDEN TESTS

# %% test="sampled_matmul-unbiased" points=3
# Hidden: the mean of every entry is that of A B, for equal and for given probabilities.
### BEGIN HIDDEN TESTS
checks.forbid(sampled_matmul, NOT_ALLOWED)
rng = checks.fresh_rng("sampled_matmul-unbiased")
s = 4000                                            # one run is the mean of 4000 independent terms
for law in (None, rng.permutation([1.0, 2.0, 2.0, 3.0, 3.0, 4.0, 5.0]) / 20):
    A, B = factors(rng, 5, 7, 4)
    C = checks.ask(sampled_matmul, A, B, s, np.random.default_rng(rng.integers(2**63)), law)
    checks.unbiased(C, A @ B, "C", variance=variance_of(A, B, np.full(7, 1 / 7) if law is None else law, s))
### END HIDDEN TESTS

# %% test="sampled_matmul-variance" points=2.5
# Hidden: the mean squared error of 120 runs is that of independent draws with replacement;
# without a law that of 1 / n each, also on graded columns.
### BEGIN HIDDEN TESTS
checks.forbid(sampled_matmul, NOT_ALLOWED)
rng = checks.fresh_rng("sampled_matmul-variance")
A, B = factors(rng, 15, 30, 12)
expected = variance_of(A, B, np.full(30, 1 / 30), 20).sum()
checks.mean_is(squared_errors(rng, A, B, 20, None), expected, "The squared error")
A, B = np.abs(A) * np.linspace(0.1, 2, 30) ** 2, np.abs(B)
expected = variance_of(A, B, np.full(30, 1 / 30), 60).sum()
# Nearly parallel terms: the squared error varies like the square of one normal number, and more than that no sum of
# squares can. The mean of 120 such squares is outside of these limits once in 3e7; antithetic pairs are near 0.35.
checks.within(np.mean(squared_errors(rng, A, B, 60, None)) / expected, "the squared error, divided by its mean,",
              at_least=0.45, at_most=2.1, hint="Without a law each index has probability 1 / n, and all are independent.")
### END HIDDEN TESTS

# %% test="sampled_matmul-given_law" points=1
# Hidden: given probabilities are used: on graded columns the best law has a third of the
# mean squared error of equal probabilities, and yours has that of the best law.
### BEGIN HIDDEN TESTS
checks.forbid(sampled_matmul, NOT_ALLOWED)
rng = checks.fresh_rng("sampled_matmul-given_law")
A, B = factors(rng, 15, 30, 12)
A = A * np.linspace(0.1, 2, 30) ** 2
weights = np.sqrt((A**2).sum(axis=0) * (B**2).sum(axis=1))
law = weights / weights.sum()
checks.mean_is(squared_errors(rng, A, B, 60, law), variance_of(A, B, law, 60).sum(), "The squared error")
### END HIDDEN TESTS

# %% test="sampled_matmul-edges" points=1
# Hidden: more samples than columns, probabilities that are zero, a single sample.
### BEGIN HIDDEN TESTS
checks.forbid(sampled_matmul, NOT_ALLOWED)
rng = checks.fresh_rng("sampled_matmul-edges")
A, B = factors(rng, 4, 6, 3)
A[:, 2] = 0
law = np.array([0.1, 0.3, 0.0, 0.2, 0.15, 0.25])
C = checks.ask(sampled_matmul, A, B, 4000, np.random.default_rng(rng.integers(2**63)), law)
checks.unbiased(C, A @ B, "C", variance=variance_of(A, B, law, 4000))
C = checks.ask(sampled_matmul, A, B, 1, np.random.default_rng(rng.integers(2**63)), law)
checks.array(C, "C", shape=(4, 3))
term = np.array([np.linalg.norm(C - np.outer(A[:, j], B[j]) / law[j]) for j in (0, 1, 3, 4, 5)])
checks.holds(term.min() <= 1e-12 * np.linalg.norm(C), "With s = 1, C is one column times one row, divided by p.")
### END HIDDEN TESTS

# %% test="sampled_matmul-habits" points=0.5
# Hidden: A, B, probs are unchanged, memory layout does not matter, float32 and integers
# work, no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(sampled_matmul, NOT_ALLOWED)
rng = checks.fresh_rng("sampled_matmul-habits")
checks.battery(sampled_matmul, rng.normal(size=(5, 7)), rng.normal(size=(7, 3)), 50, rng)
law = np.array([0.3, 0.0, 0.1, 0.2, 0.1, 0.25, 0.05])
checks.battery(sampled_matmul, rng.normal(size=(5, 7)), rng.normal(size=(7, 3)), 50, rng, law, skip=["float32", "integer"])
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The error against the number of samples, for equal probabilities and for the best ones; a line of slope
# $-1/2$ beside them.

# %% look="sampled_matmul"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
A, B = rng.normal(size=(40, 200)) * np.linspace(0, 2, 200) ** 3, rng.normal(size=(200, 30))
sizes = 2 ** np.arange(4, 13)

plt.figure(figsize=(6, 3))
for law, label in [(None, "equal probabilities"), (optimal_probs(A, B), "optimal_probs")]:
    off = [np.linalg.norm(sampled_matmul(A, B, s, rng, law) - A @ B) for s in sizes]
    plt.loglog(sizes, np.array(off) / np.linalg.norm(A @ B), "o-", label=label)
plt.loglog(sizes, 8 / np.sqrt(sizes), "k:", label="slope -1/2")
plt.xlabel("samples"); plt.ylabel("relative error"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 4 · Sketched least squares
#
# A regression with a million equations and five unknowns has far more equations than it needs. Mix them: with a random
# $S$ of $r$ rows, a few times $n$ of them, solve the small problem
#
# $$\min_x \|S(Ax - b)\|\qquad\text{in place of}\qquad \min_x \|Ax - b\| .$$
#
# Both sides get *the same* $S$: then the sketch keeps the length of every vector $Ax - b$ nearly, and the minimiser is
# nearly optimal. Rows that are merely picked will not do. One row may carry all that is known about an unknown, and the
# sketch must not depend on luck to see it.

# %% [markdown]
# **Write `sketch_lstsq(A, b, r, rng) -> x`** (10 points)
#
# - `A (m, n)` real with independent columns, `b (m,)`, `n <= r`; `x (n,)` solves the sketched problem with `r` rows. A
#   smaller `r` raises `ValueError`.
# - For `r = 20 n` the residual $\|Ax - b\|$ is at most 1.5 times the smallest one, also when a single row of `A`, heavy or
#   light, decides one of the unknowns. Where $Ax = b$ has a solution, `x` is that solution to $10^{-9}$.
# - Which sketch you take is free, as long as it does as well: Gaussian, $\pm 1$, scaled or not. Solve the sketched
#   problem, not the full one: two generators give two answers, and the mean squared residual is about that of a Gaussian
#   sketch with `r` rows.
# - Random numbers come from `rng`. Arguments are left unchanged. Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a
#   solution that uses them gets no points for this problem.

# %% solution="sketch_lstsq"
def sketch_lstsq(A, b, r, rng):
    """Least squares x (n,) for A (m, n) and b (m,), from a sketch of r rows."""
    # One random matrix, two products, one small least-squares problem.
    ### BEGIN SOLUTION
    m, n = np.shape(A)
    if r < n:
        raise ValueError("the sketch needs at least as many rows as there are unknowns")
    S = rng.normal(size=(r, m))
    return np.linalg.lstsq(S @ A, S @ b, rcond=None)[0]
    ### END SOLUTION

# %% test="sketch_lstsq-consistent" points=2
checks.forbid(sketch_lstsq, NOT_ALLOWED)

# b = A x has a solution: every sketch finds it.
rng = np.random.default_rng(0)
A = rng.normal(size=(50, 3))
x = checks.ask(sketch_lstsq, A, A @ [1.0, -2.0, 3.0], 6, rng)
checks.close(x, [1.0, -2.0, 3.0], "x for b = A @ [1, -2, 3]")

# For any b, the residual is never smaller than the smallest one, and not much larger.
b = rng.normal(size=50)
best = np.linalg.norm(b - A @ np.linalg.lstsq(A, b, rcond=None)[0])
x = checks.ask(sketch_lstsq, A, b, 60, rng)
checks.within(np.linalg.norm(b - A @ x) / best, "the residual", at_least=1 - 1e-9, at_most=1.5)

# %% test="sketch_lstsq-data" points=0
# The grader compares residuals here.
### BEGIN HIDDEN TESTS
def residual_ratio(A, b, r, generator):
    """The residual of the student's x, as a multiple of the smallest one."""
    x = checks.ask(sketch_lstsq, A, b, r, generator)
    checks.array(x, "x", shape=A.shape[1:])
    best = np.linalg.norm(b - A @ np.linalg.lstsq(A, b, rcond=None)[0])
    return float(np.linalg.norm(b - A @ x) / best)
### END HIDDEN TESTS

# %% test="sketch_lstsq-residual" points=3
# Hidden: with r = 20 n rows the residual is at most 1.5 times the best one, in thirty runs, and
# on average as far above it as r rows leave it.
### BEGIN HIDDEN TESTS
checks.forbid(sketch_lstsq, NOT_ALLOWED)
rng = checks.fresh_rng("sketch_lstsq-residual")
excess = []
for run in range(30):
    A = rng.normal(size=(600, 5)) * [1.0, 2.0, 0.5, 3.0, 1.0]
    b = A @ rng.normal(size=5) + 0.3 * rng.normal(size=600)
    ratio = residual_ratio(A, b, 100, np.random.default_rng(rng.integers(2**63)))
    checks.within(ratio, "the residual", at_most=1.5,
                  hint="The same sketch belongs to A and to b, and its entries have mean zero.")
    excess.append(ratio**2 - 1)
# For a Gaussian sketch the mean is n / (r - n - 1), and 96/5 times each is an F(5, 96) variable: the mean of thirty has
# sd 0.12 here. Orthonormal rows have 1 - r / m of it: 0.84, sd 0.10, and below 0.4 once in 1e8. 4 r rows have 0.24, the
# full problem 0, 6 n rows 3.9 (sd 0.5).
checks.within(np.mean(excess) / (5 / 94), "what the squared residual has above the smallest, on average,",
              at_least=0.4, at_most=2.1, hint="Does the sketch have r rows, and is the sketched problem solved?")
### END HIDDEN TESTS

# %% test="sketch_lstsq-solution" points=1.5
# Hidden: where A x = b has a solution, it is found; adding A y to b adds y to x.
### BEGIN HIDDEN TESTS
checks.forbid(sketch_lstsq, NOT_ALLOWED)
rng = checks.fresh_rng("sketch_lstsq-solution")
for m, n, r in [(80, 4, 4), (120, 6, 40), (90, 1, 5)]:
    A, y = rng.normal(size=(m, n)), rng.normal(size=n)
    x = checks.ask(sketch_lstsq, A, A @ y, max(r, n + 3), np.random.default_rng(rng.integers(2**63)))
    checks.close(x, y, "x for a system that has a solution", hidden=True, hint="The same sketch belongs to A and b.")
A, b, y, seed = rng.normal(size=(60, 4)), rng.normal(size=60), rng.normal(size=4), int(rng.integers(2**31))
x, moved = (checks.ask(sketch_lstsq, A, c, 30, np.random.default_rng(seed)) for c in (b, b + A @ y))
checks.close(moved - x, y, "the change of x when A y is added to b", hidden=True)
### END HIDDEN TESTS

# %% test="sketch_lstsq-heavy_row" points=1.5
# Hidden: a single row, heavy or light, decides one of the unknowns; the residual is still at
# most 1.5 times the best one, in twenty runs.
### BEGIN HIDDEN TESTS
checks.forbid(sketch_lstsq, NOT_ALLOWED)
rng = checks.fresh_rng("sketch_lstsq-heavy_row")
for run in range(20):
    A = rng.normal(size=(300, 5))
    b = A @ rng.normal(size=5) + rng.normal(size=300)
    row = rng.integers(150, 300)
    if run < 10:
        A[:, 2] *= 1e-3
        A[row, 2], b[row] = 1000.0, 3000.0
    else:                                           # the shortest row, and the only one with x[2]
        A[:, 2] = A[row] = 0
        A[row, 2], b[row] = 0.1, 500.0
    checks.within(residual_ratio(A, b, 100, np.random.default_rng(rng.integers(2**63))), "the residual", at_most=1.5,
                  hint="Rows that are merely picked miss the one that matters.")
### END HIDDEN TESTS

# %% test="sketch_lstsq-generator" points=1
# Hidden: the sketched problem is solved and not the full one; the generator decides.
### BEGIN HIDDEN TESTS
checks.forbid(sketch_lstsq, NOT_ALLOWED)
rng = checks.fresh_rng("sketch_lstsq-generator")
A, b, seed = rng.normal(size=(200, 5)), rng.normal(size=200), int(rng.integers(2**31))
first, again, other = (checks.ask(sketch_lstsq, A, b, 40, np.random.default_rng(one)) for one in (seed, seed, seed + 1))
checks.close(again, first, "x for the same generator", hidden=True)
checks.holds(np.linalg.norm(first - other) > 1e-5, "Another generator should give another sketch and another x.")
### END HIDDEN TESTS

# %% test="sketch_lstsq-refuses" points=0.5
# Hidden: fewer rows than unknowns raise ValueError; as many do not.
### BEGIN HIDDEN TESTS
checks.forbid(sketch_lstsq, NOT_ALLOWED)
rng = checks.fresh_rng("sketch_lstsq-refuses")
A, b = rng.normal(size=(30, 5)), rng.normal(size=30)
checks.raises(ValueError, sketch_lstsq, A, b, 4, rng, when="when r < n")
checks.array(checks.ask(sketch_lstsq, A, b, 5, rng), "x for r = n", shape=(5,))
### END HIDDEN TESTS

# %% test="sketch_lstsq-habits" points=0.5
# Hidden: A and b are unchanged, memory layout does not matter, float32 and integers work,
# no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(sketch_lstsq, NOT_ALLOWED)
rng = checks.fresh_rng("sketch_lstsq-habits")
A = rng.normal(size=(40, 3))
checks.battery(sketch_lstsq, A, A @ [2.0, -1.0, 3.0] + 0.1 * rng.normal(size=40), 30, rng)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The residual against the number of rows: each dot is one sketch, the line is the root of $1 + n/(r-n-1)$, the
# mean of the square for a Gaussian sketch.

# %% look="sketch_lstsq"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
A, b = rng.normal(size=(2000, 10)), rng.normal(size=2000)
best = np.linalg.norm(b - A @ np.linalg.lstsq(A, b, rcond=None)[0])
rows = np.array([14, 20, 30, 50, 100, 200, 400])

plt.figure(figsize=(6, 3))
for r in rows:
    off = [np.linalg.norm(b - A @ sketch_lstsq(A, b, r, rng)) / best for _ in range(15)]
    plt.semilogx([r] * 15, off, "b.", ms=3)
plt.semilogx(rows, np.sqrt(1 + 10 / (rows - 11)), "k-")
plt.xticks(rows, rows); plt.minorticks_off()
plt.xlabel("rows of the sketch"); plt.ylabel("residual / best residual"); plt.tight_layout()

# %% [markdown]
# ## 5 · Filling in a matrix
#
# Half of the ratings are missing, and the table is nearly of low rank. Rank cannot be minimised directly; its convex
# neighbour is the *nuclear norm* $\|X\|_*$, the sum of the singular values:
#
# $$\min_X\; F(X),\qquad F(X) = \tfrac12\sum_{(i,j)\ \text{observed}} (X_{ij} - M_{ij})^2 + \lambda\,\|X\|_* .$$
#
# With everything observed the answer is *singular value thresholding*: take $\lambda$ off every singular value, but stop
# at zero. Otherwise repeat it. Fill the gaps with the current $X$, threshold, and $F$ falls at every step,
#
# $$X \leftarrow \mathrm{svt}\big(P(M) + X - P(X),\ \lambda\big),$$
#
# where $P$ keeps the observed entries and puts zero elsewhere.

# %% [markdown]
# **Write `svt(A, tau) -> X` and `soft_impute(M, mask, lam, tol, maxit) -> (X, obj)`** (14 points)
#
# - `svt`: `A (m, n)` real, `tau >= 0`. `X (m, n)` is the minimiser of $\tfrac12\|A - X\|_F^2 + \tau\|X\|_*$: the zero matrix
#   when `tau` is at least the largest singular value, `A` when `tau` is 0.
# - `soft_impute`: `M (m, n)`; `mask (m, n)` is `True` where `M` was observed. The other entries of `M` mean nothing and
#   may be `nan`. Start from `X = 0`; `lam > 0`.
# - Stop as soon as a step changes $X$ by at most `tol` times the norm of the new $X$ (Frobenius), or after `maxit >= 1`
#   steps. `obj` holds $F(X)$ after every step: one number per step, a list or an array. It never rises, and its last
#   number belongs to the `X` that you return.
# - `X` is the minimiser, not the data: observed entries are *not* put back. Arguments are left unchanged.
# - Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a solution that uses them gets no points for this problem.

# %% solution="svt"
def svt(A, tau):
    """Singular value thresholding: the minimiser X (m, n) for A (m, n) and the price tau."""
    # Only the singular values change.
    ### BEGIN SOLUTION
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return (U * np.maximum(s - tau, 0)) @ Vt
    ### END SOLUTION

# %% solution="soft_impute"
def soft_impute(M, mask, lam, tol, maxit):
    """X (m, n) of small nuclear norm that fits M where mask is True; F after every step."""
    # Fill the gaps with X, threshold, note F (its singular values are at hand), compare, repeat.
    ### BEGIN SOLUTION
    M, obj = np.where(mask, M, 0.0), []
    X = np.zeros(M.shape)
    for _ in range(maxit):
        old = X
        U, s, Vt = np.linalg.svd(np.where(mask, M, X), full_matrices=False)
        s = np.maximum(s - lam, 0)
        X = (U * s) @ Vt
        obj.append(float(0.5 * np.sum((X - M)[mask] ** 2) + lam * s.sum()))
        if np.linalg.norm(X - old) <= tol * np.linalg.norm(X):
            break
    return X, obj
    ### END SOLUTION

# %% test="svt-by_hand" points=1
checks.forbid(svt, NOT_ALLOWED)

# diag(3, 1) with tau = 2: the first value becomes 1, the second 0.
checks.close(checks.ask(svt, np.diag([3.0, 1.0]), 2.0), np.diag([1.0, 0.0]), "svt(diag(3, 1), 2)")

# The two conditions for a minimiser, checked for you.
checks.nuclear_prox(svt, np.array([[2.0, 1.0, 0.0], [0.0, 1.0, -1.0]]), 0.8)

# %% test="svt-minimiser" points=3
# Hidden: no singular value of A - X is above tau, and A - X is in line with X.
### BEGIN HIDDEN TESTS
checks.forbid(svt, NOT_ALLOWED)
rng = checks.fresh_rng("svt-minimiser")
for m, n, part in [(7, 5, 0.3), (4, 9, 0.5), (6, 6, 0.8), (20, 12, 0.1)]:
    A = rng.normal(size=(m, n))
    checks.nuclear_prox(svt, A, part * np.linalg.norm(A, 2))
### END HIDDEN TESTS

# %% test="svt-edges" points=1
# Hidden: tau = 0, tau at and above the largest singular value, a zero matrix, one column.
### BEGIN HIDDEN TESTS
checks.forbid(svt, NOT_ALLOWED)
rng = checks.fresh_rng("svt-edges")
A = rng.normal(size=(5, 8))
checks.nuclear_prox(svt, A, 0.0)
for tau in (1.001, 5.0):
    checks.close(checks.ask(svt, A, tau * np.linalg.norm(A, 2)), np.zeros((5, 8)), "X for a large tau", hidden=True)
checks.close(checks.ask(svt, np.zeros((3, 4)), 1.0), np.zeros((3, 4)), "X for a zero matrix", hidden=True)
checks.nuclear_prox(svt, rng.normal(size=(6, 1)), 0.4)
### END HIDDEN TESTS

# %% test="svt-habits" points=0.5
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(svt, NOT_ALLOWED)
rng = checks.fresh_rng("svt-habits")
left, _ = np.linalg.qr(rng.normal(size=(7, 5)))
right, _ = np.linalg.qr(rng.normal(size=(5, 5)))
checks.battery(svt, (left * [4.0, 3.0, 2.0, 0.5, 0.2]) @ right.T, 1.0, same=checks.nuclear_prox)
### END HIDDEN TESTS

# %% test="soft_impute-descends" points=1.5
checks.forbid(soft_impute, NOT_ALLOWED)

# Everything observed: one thresholding, diag(3, 1) -> diag(1, 0), and F = (4 + 1) / 2 + 2 * 1.
everywhere = np.ones((2, 2), dtype=bool)
X, obj = checks.ask(soft_impute, np.diag([3.0, 1.0]), everywhere, 2.0, 1e-9, 5)
checks.close(X, np.diag([1.0, 0.0]), "X when everything is observed")
checks.close(obj[-1], 4.5, "the last objective")

# Two gaps in a matrix of rank one: F never rises, and nan in the gaps does not matter.
M = np.outer([1.0, 2.0, 3.0], [1.0, 1.0, 2.0, 1.0])
M[0, 1] = M[2, 3] = np.nan
X, obj = checks.ask(soft_impute, M, ~np.isnan(M), 0.1, 1e-6, 200)
checks.holds((np.diff(obj) <= 1e-12 * obj[0]).all(), "The objective F never rises.")
checks.within(obj[-1], "the last objective", at_least=0.0, at_most=obj[0])

# %% test="soft_impute-data" points=0
# The grader makes its data and its own objective here.
### BEGIN HIDDEN TESTS
def ratings(rng, m, n, rank, share):
    """A matrix of low rank with about this share of entries observed, nan elsewhere; the mask; the whole matrix."""
    whole = rng.normal(size=(m, rank)) @ rng.normal(size=(rank, n))
    mask = rng.random((m, n)) < share
    mask[np.arange(m), np.arange(m) % n] = mask[np.arange(n) % m, np.arange(n)] = True
    return np.where(mask, whole, np.nan), mask, whole


def completed(M, mask, lam, tol, maxit):
    """The student's X and obj, of the right kind."""
    answer = checks.ask(soft_impute, M, mask, lam, tol, maxit)
    checks.holds(isinstance(answer, (tuple, list)) and len(answer) == 2, "The result should be two things: X, obj.")
    checks.array(answer[0], "X", shape=M.shape)
    checks.holds(np.isfinite(answer[0]).all(), "X should be finite: where nothing was observed, M may be nan.")
    obj = np.asarray(answer[1])
    checks.holds(obj.ndim == 1 and obj.dtype.kind == "f" and 1 <= len(obj) <= maxit,
                 "obj should hold one float per step, and there are at most maxit steps.")
    return answer[0], obj


def objective(X, M, mask, lam):
    return 0.5 * np.sum((X - M)[mask] ** 2) + lam * np.linalg.svd(X, compute_uv=False).sum()
### END HIDDEN TESTS

# %% test="soft_impute-objective" points=2
# Hidden: obj is F after every step, and never rises.
### BEGIN HIDDEN TESTS
checks.forbid(soft_impute, NOT_ALLOWED)
rng = checks.fresh_rng("soft_impute-objective")
for m, n in [(12, 9), (8, 15)]:
    M, mask, _ = ratings(rng, m, n, 2, 0.6)
    for maxit in (1, 2, 6):
        X, obj = completed(M, mask, 1.5, 1e-14, maxit)
        checks.close(obj[-1], objective(X, M, mask, 1.5), "the last objective", floor=0, hidden=True,
                     hint="F has a half, sums over observed entries, and counts the singular values of X.")
        checks.holds((np.diff(obj) <= 1e-12 * obj[0]).all(), "The objective rises. Is X the last one thresholded?")
### END HIDDEN TESTS

# %% test="soft_impute-minimiser" points=2
# Hidden: with a small tol, X is the minimiser: the residual on the observed entries is in
# line with X, and none of its singular values is above lam.
### BEGIN HIDDEN TESTS
checks.forbid(soft_impute, NOT_ALLOWED)
rng = checks.fresh_rng("soft_impute-minimiser")
for m, n, lam in [(14, 10, 1.0), (9, 12, 2.0)]:
    M, mask, _ = ratings(rng, m, n, 2, 0.7)
    X, obj = completed(M, mask, lam, 1e-8, 4000)
    rest, norm = np.where(mask, M - X, 0.0), np.linalg.norm(X)
    slack = lam * np.linalg.svd(X, compute_uv=False).sum() - np.sum(rest * X)
    checks.within(np.linalg.norm(rest, 2) / lam, "the largest singular value of P(M - X), divided by lam,",
                  at_most=1 + 1e-7 * norm / lam, hint="Steps until the change is below tol bring it down to 1.")
    checks.within(abs(slack), "the distance of <P(M - X), X> from lam |X|_*", at_most=1e-7 * norm**2,
                  hint="Observed entries are not put back, and gaps are filled with X.")
### END HIDDEN TESTS

# %% test="soft_impute-recovers" points=1.5
# Hidden: a 60 x 50 matrix of rank 3, half of each row observed, comes back to 5 % with a
# small lam.
### BEGIN HIDDEN TESTS
checks.forbid(soft_impute, NOT_ALLOWED)
rng = checks.fresh_rng("soft_impute-recovers")
left, right = (rng.choice([-1.0, 1.0], (size, 3)) * rng.uniform(0.5, 1.5, (size, 3)) for size in (60, 50))
whole, mask = left @ right.T, rng.permuted(np.tile([True, False], (60, 25)), axis=1)
X, obj = completed(np.where(mask, whole, np.nan), mask, 0.3, 1e-4, 1000)
checks.within(np.linalg.norm(X - whole) / np.linalg.norm(whole), "the distance from the whole matrix", at_most=0.05)
### END HIDDEN TESTS

# %% test="soft_impute-stops" points=1
# Hidden: it stops after the first step that changes X by at most tol times its norm, with the X
# of that step, and otherwise not before maxit; a very large lam gives zero, in one step.
### BEGIN HIDDEN TESTS
checks.forbid(soft_impute, NOT_ALLOWED)
rng = checks.fresh_rng("soft_impute-stops")
M, mask, _ = ratings(rng, 12, 9, 2, 0.7)
X, obj = completed(M, mask, 1.0, 1e-3, 3000)
checks.holds(len(obj) < 3000, "It goes on to maxit although the steps have long been smaller than tol.")
checks.within(np.linalg.norm(np.where(mask, M - X, 0.0), 2), "the largest singular value of P(M - X)",
              at_most=1.0 + 1e-2 * np.linalg.norm(X), hint="At the minimiser it is lam.")
large = 0.999 * np.linalg.norm(np.where(mask, M, 0.0), 2)       # X is far smaller than the data
for scale, lam, tol in [(1.0, 1.0, 1e-3), (1e-4, 1.0, 1e-4), (1.0, large, 1e-5)]:
    lam = scale * lam
    X, obj = completed(scale * M, mask, lam, tol, 3000)
    last = [np.zeros((12, 9))] if len(obj) < 3 else []          # your own last three, the change too small to stop
    last += [completed(scale * M, mask, lam, 1e-13, steps)[0] for steps in range(max(1, len(obj) - 2), len(obj) + 1)]
    checks.close(X, last[-1], "X, compared with that of the last step,", rtol=1e-9, floor=0)
    changes = [np.linalg.norm(new - old) / np.linalg.norm(new) for old, new in zip(last, last[1:])]
    checks.holds(changes[-1] <= tol * (1 + 1e-4), "It stops although the last step changed X by more than tol times its norm.")
    checks.holds(min(changes[:-1], default=1.0) > tol * (1 - 1e-4),
                 "It goes on although a step changed X by at most tol times its norm (Frobenius).")
X, obj = completed(M, mask, 1.0, 1e-13, 4)
checks.holds(len(obj) == 4, "It should make maxit steps as long as the changes are larger than tol.")
X, obj = completed(M, mask, 3 * np.linalg.norm(np.where(mask, M, 0.0), 2), 1e-6, 50)
checks.close(X, np.zeros((12, 9)), "X for a very large lam", hidden=True)
checks.holds(len(obj) == 1, "Where the first X is zero, the step changed nothing: it should stop there.")
### END HIDDEN TESTS

# %% test="soft_impute-habits" points=0.5
# Hidden: M and mask are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(soft_impute, NOT_ALLOWED)
rng = checks.fresh_rng("soft_impute-habits")
M, mask, whole = ratings(rng, 8, 6, 2, 0.7)
checks.battery(soft_impute, np.where(mask, M, 0.5), mask, 0.5, 1e-13, 5)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A smooth table, a third of it observed, and what comes back.

# %% look="soft_impute"
import matplotlib.pyplot as plt

rng = np.random.default_rng(0)
u, v = np.linspace(0, 1, 60)[:, None], np.linspace(0, 1, 80)
whole = np.sin(5 * u) * np.cos(7 * v) + u * v + 0.5 * np.exp(-3 * u) * np.sin(12 * v)
mask = rng.random(whole.shape) < 0.33
X, obj = soft_impute(np.where(mask, whole, np.nan), mask, 0.1, 1e-4, 500)

fig, axes = plt.subplots(1, 3, figsize=(9, 2.4))
for axis, table, title in zip(axes, (np.where(mask, whole, np.nan), X, whole),
                              ("observed", f"filled in, {len(obj)} steps", "the whole table")):
    axis.imshow(table, vmin=whole.min(), vmax=whole.max()); axis.axis("off")
    axis.set_title(title, fontsize=9)
fig.tight_layout()

# %% [markdown]
# ## 6 · Solving after a change of low rank
#
# A diagonal matrix plus $k$ rank-one terms, $M = D + UV^\top$, has $n^2$ entries but only $n + 2nk$ numbers. The
# *Sherman–Morrison–Woodbury* formula solves with it without ever forming it:
#
# $$M^{-1} = D^{-1} - D^{-1}U\,\big(I + V^\top D^{-1} U\big)^{-1}\,V^\top D^{-1} .$$
#
# The matrix in brackets is the *capacitance*, of size $k\times k$. It is singular exactly when $M$ is. With $n = 200\,000$
# and $k = 3$ the dense matrix would need 320 GB; the formula needs a few megabytes and $O(nk^2)$ operations.

# %% [markdown]
# **Write `woodbury_solve(d, U, V, b) -> x`** (10 points)
#
# - `d (n,)` is the diagonal, without zeros; `U`, `V (n, k)` with `k >= 0`, in general different. `x` solves
#   $(\mathrm{diag}(d) + UV^\top)\,x = b$.
# - `b` is `(n,)` or `(n, q)`, several right-hand sides at once; `x` has the shape of `b`.
# - No array with `n * n` entries: `n` is up to 200 000, and memory is limited to 2 GB.
# - Well-conditioned systems are solved with a backward error below $10^{-12}$, whatever the scale of the columns of `U` and
#   `V`. A singular capacitance raises `ValueError` (`np.linalg.LinAlgError` is one), also for `k = 1`: no `inf`, no `nan`.
# - Arguments are left unchanged. Not allowed: `scipy`, `sklearn`, `torch`, `sympy`; a solution that uses them gets no
#   points for this problem.

# %% solution="woodbury_solve"
def woodbury_solve(d, U, V, b):
    """Solve (diag(d) + U V^T) x = b for d (n,), U and V (n, k), b (n,) or (n, q)."""
    # Divide by d first: b and U. One small system gives what has to be taken off.
    # For one right-hand side and for several, rows of b are divided alike.
    ### BEGIN SOLUTION
    rows = np.asarray(d)[:, None]
    b = np.asarray(b)
    y, W = b.reshape(len(b), -1) / rows, U / rows
    capacitance = np.eye(W.shape[1]) + V.T @ W
    return (y - W @ np.linalg.solve(capacitance, V.T @ y)).reshape(b.shape)
    ### END SOLUTION

# %% test="woodbury_solve-by_hand" points=2
checks.forbid(woodbury_solve, NOT_ALLOWED)

# n = 3, k = 1. The matrix is [[2, 0, 1], [0, 2, 0], [2, 0, 6]], and x = (1, 2, 3).
d = np.array([1.0, 2.0, 4.0])
U, V = np.array([[1.0], [0.0], [2.0]]), np.array([[1.0], [0.0], [1.0]])
x = checks.ask(woodbury_solve, d, U, V, np.array([5.0, 4.0, 20.0]))
checks.close(x, [1.0, 2.0, 3.0], "x")

# %% test="woodbury_solve-data" points=0
# The grader makes its systems here.
### BEGIN HIDDEN TESTS
def system(rng, n, k, *more):
    """Entries of d between 1 and 2, of either sign; U and V of norm below 1/2, so that the system is well conditioned."""
    d = rng.choice([-1.0, 1.0], n) * rng.uniform(1, 2, n)
    U, V = (rng.normal(size=(n, k)) / (2 * np.sqrt(n * max(k, 1))) for _ in range(2))
    return d, U, V, rng.normal(size=(n, *more))


def solved(d, U, V, b, scales=1.0):
    """The backward error of the student's x is below 1e-12, with the columns of U times `scales`, those of V divided."""
    x = checks.ask(woodbury_solve, d, U * scales, V / scales, b)
    checks.array(x, "x", shape=b.shape)
    x, b = x.reshape(len(b), -1), b.reshape(len(b), -1)
    residual = np.linalg.norm(b - d[:, None] * x - U @ (V.T @ x))
    whole = (np.abs(d).max() + np.linalg.norm(U) * np.linalg.norm(V)) * np.linalg.norm(x) + np.linalg.norm(b)
    checks.within(residual / whole, "the backward error", at_most=1e-12,
                  hint="Multiply x back: is every division by d there, and are U and V in their places?")
### END HIDDEN TESTS

# %% test="woodbury_solve-solves" points=4
# Hidden: (diag(d) + U V^T) x = b for several n and k, with U and V different, entries of d
# of either sign, and large U and V; where only the capacitance has a small determinant, or
# columns of very different length.
### BEGIN HIDDEN TESTS
checks.forbid(woodbury_solve, NOT_ALLOWED)
rng = checks.fresh_rng("woodbury_solve-solves")
for n, k in [(7, 2), (40, 5), (9, 1), (14, 5)]:
    d, U, V, b = system(rng, n, k)
    solved(d, U, V, b)
    d, b = rng.uniform(1, 2, n), rng.normal(size=n)
    turn = np.linalg.qr(rng.normal(size=(k, k)))[0] * rng.uniform(1, 2, k)
    solved(d, U := 3 * rng.normal(size=(n, k)), U @ (turn @ turn.T), b)     # diag(d) + U S U^T, positive definite
turn, _ = np.linalg.qr(rng.normal(size=(40, 10)))
solved(np.ones(40), -0.95 * turn, turn, rng.normal(size=40))                # condition number 20, determinant 1e-13
solved(*system(rng, 30, 3), scales=2.0 ** np.array([-13, 0, 13]))           # powers of two: the same matrix exactly
### END HIDDEN TESTS

# %% test="woodbury_solve-several" points=1
# Hidden: several right-hand sides at once.
### BEGIN HIDDEN TESTS
checks.forbid(woodbury_solve, NOT_ALLOWED)
rng = checks.fresh_rng("woodbury_solve-several")
for n, k, q in [(8, 3, 5), (6, 2, 6), (9, 4, 1), (5, 5, 2)]:
    solved(*system(rng, n, k, q))
### END HIDDEN TESTS

# %% test="woodbury_solve-large" points=1.5
# Hidden: n = 200 000 and k = 3, within 2 GB of memory.
### BEGIN HIDDEN TESTS
checks.forbid(woodbury_solve, NOT_ALLOWED)
rng = checks.fresh_rng("woodbury_solve-large")
solved(*system(rng, 200_000, 3))
### END HIDDEN TESTS

# %% test="woodbury_solve-edges" points=0.5
# Hidden: k = 0, and n = 1.
### BEGIN HIDDEN TESTS
checks.forbid(woodbury_solve, NOT_ALLOWED)
rng = checks.fresh_rng("woodbury_solve-edges")
solved(*system(rng, 6, 0))
solved(*system(rng, 1, 1))
### END HIDDEN TESTS

# %% test="woodbury_solve-singular" points=0.5
# Hidden: a singular capacitance raises ValueError (LinAlgError is one).
### BEGIN HIDDEN TESTS
checks.forbid(woodbury_solve, NOT_ALLOWED)
rng = checks.fresh_rng("woodbury_solve-singular")
for k in (1, 2):
    U = np.eye(5)[:, rng.permutation(5)[:k]]
    checks.raises(ValueError, woodbury_solve, np.full(5, 4.0), U, -4 * U, rng.normal(size=5),
                  when="when the capacitance is singular")
### END HIDDEN TESTS

# %% test="woodbury_solve-habits" points=0.5
# Hidden: arguments are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(woodbury_solve, NOT_ALLOWED)
rng = checks.fresh_rng("woodbury_solve-habits")
d, U, b = rng.uniform(8, 10, 7), rng.uniform(0, 0.5, (7, 2)), rng.normal(size=7)
checks.battery(woodbury_solve, d, U, U.copy(), b)           # far from singular, for whole numbers as well
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Seconds for one solution, dense and by the formula, on your machine.

# %% look="woodbury_solve"
import time

import matplotlib.pyplot as plt

rng, sizes = np.random.default_rng(0), 2 ** np.arange(8, 21, 2)
seconds = {"formula": [], "dense": []}
for n in sizes:
    d, U, V = rng.uniform(1, 2, n), rng.normal(size=(n, 3)), rng.normal(size=(n, 3))
    b, start = rng.normal(size=n), time.perf_counter()
    woodbury_solve(d, U, V, b)
    seconds["formula"].append(time.perf_counter() - start)
    if n <= 1024:
        start = time.perf_counter()
        np.linalg.solve(np.diag(d) + U @ V.T, b)
        seconds["dense"].append(time.perf_counter() - start)

plt.figure(figsize=(6, 3))
for label, taken in seconds.items():
    plt.loglog(sizes[: len(taken)], taken, "o-", label=label)
plt.xlabel("n"); plt.ylabel("seconds"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 7 · On paper
#
# Five short answers, each checked by a test (2 points each). Use paper first and your own functions for a second opinion.
#
# **7a.** A Gaussian $S$ with $r$ rows and entries of variance $1/r$ keeps the length of a fixed vector $x$: for
# $0 < \varepsilon < 1$,
#
# $$P\big(\,\big|\,\|Sx\|^2 - \|x\|^2\,\big| > \varepsilon\|x\|^2\big) \le 2\,e^{-r(\varepsilon^2-\varepsilon^3)/4} .$$
#
# A thousand points in a million dimensions are to keep all pairwise squared distances within 20 %, except with probability
# at most $0.01$. Add up this bound over all pairs: what is the smallest whole number $r$ for which it says so?

# %% solution="jl_rows"
jl_rows = 0         # a whole number
### BEGIN SOLUTION
jl_rows = 2303
### END SOLUTION

# %% test="jl_rows-number" points=2
# A single pair needs 663 rows, all pairs need more. Hidden: the number.
checks.number(jl_rows, 66400, rtol=0.99)            # from 664 to 132136
### BEGIN HIDDEN TESTS
checks.integer(jl_rows, 2303)
### END HIDDEN TESTS

# %% [markdown]
# **7b.** Now let $S$ have $r$ rows with independent entries $\pm 1/\sqrt r$, each sign with probability $1/2$, and let
# $x = (1, \dots, 1)/\sqrt d$ in $d$ dimensions. Then $\mathbb E\,\|Sx\|^2 = 1$. Write the variance of $\|Sx\|^2$ as a formula
# in `r` and `d`: a string with `+ - * / **`, numbers, `sqrt`, … Any equivalent form is right.

# %% solution="sign_variance"
sign_variance = ""      # your formula goes between the quotes, such as "sqrt(r) / (d + 1)"
### BEGIN SOLUTION
sign_variance = "2 / r * (1 - 1 / d)"
### END SOLUTION

# %% test="sign_variance-formula" points=2
# In one dimension nothing varies; for r = 4, d = 2 the variance is 1/4.
checks.formula_value(sign_variance, at={"r": 3, "d": 1}, expected=0.0)
checks.formula_value(sign_variance, at={"r": 4, "d": 2}, expected=0.25)
### BEGIN HIDDEN TESTS
checks.formula(sign_variance, "2*(d - 1)/(r*d)", {"r": (1, 50), "d": (1, 50)},
               rng=checks.fresh_rng("sign_variance-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **7c.** In problem 4 let $S$ have $r$ rows of independent $N(0,1)$ entries, $r > n + 1$. How many times
# the smallest possible is $\|A\hat x - b\|^2$ on average, for the sketched solution $\hat x$? Write a formula in `r` and `n`.
# For a Gaussian $G$ of shape $(r, n)$, $\mathbb E\,(G^\top G)^{-1} = I/(r-n-1)$; take $A$ with orthonormal columns and note
# that the sketch of $A$ and the sketch of the residual are independent.

# %% solution="sketch_ratio"
sketch_ratio = ""       # your formula goes between the quotes
### BEGIN SOLUTION
sketch_ratio = "1 + n / (r - n - 1)"
### END SOLUTION

# %% test="sketch_ratio-formula" points=2
# For n = 1 and r = 4 the mean is 3/2.
checks.formula_value(sketch_ratio, at={"r": 4, "n": 1}, expected=1.5)
### BEGIN HIDDEN TESTS
checks.formula(sketch_ratio, "(r - 1)/(r - n - 1)", {"r": (40, 100), "n": (1, 20)},
               rng=checks.fresh_rng("sketch_ratio-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **7d.** The columns of $A$ and the rows of $B$ give three rank-one terms $a_j b_j^\top$ of Frobenius norm $8, 1, 1$, pairwise
# orthogonal. How many times as many samples does the uniform law need as the optimal one, for the same
# $\mathbb E\,\|C - AB\|_F^2$?

# %% solution="samples_ratio"
samples_ratio = 0.0     # to three digits or as a fraction: a number, or a text such as "7 / 3"
### BEGIN SOLUTION
samples_ratio = 66 / 17
### END SOLUTION

# %% test="samples_ratio-number" points=2
# The uniform law is never better. Hidden: the number.
checks.number(samples_ratio, 100, rtol=0.99)        # from 1 to 199
### BEGIN HIDDEN TESTS
checks.number(samples_ratio, 66 / 17, rtol=2e-3)
### END HIDDEN TESTS

# %% [markdown]
# **7e.** A Lanczos (Krylov) method multiplies by one vector at a time, each step waits for the last, and each reads all
# of $A$. For which task is the randomised SVD the better choice?
#
# - a) Ten digits of the three largest singular values of a sparse matrix in fast memory; the values fall slowly.
# - b) The smallest singular value of a matrix of order $10^5$.
# - c) A hundred directions of a matrix on disk, so large that each pass takes minutes; the values fall fast, three digits do.
# - d) All singular values of a matrix of order 500 to full accuracy.

# %% solution="randomised_wins"
randomised_wins = ""        # one letter
### BEGIN SOLUTION
randomised_wins = "c"
### END SOLUTION

# %% test="randomised_wins-choice" points=2
# One of the letters. Hidden: the right one.
checks.answered(randomised_wins, "abcd")
### BEGIN HIDDEN TESTS
checks.choice(randomised_wins, "c", hint="Count passes over the data, and the digits that are needed.")
### END HIDDEN TESTS

# %% [markdown]
# **7f · The law of least variance** (10 points, marked by hand)
#
# Let $C$ be the estimate of problem 3 for a law $p$, and let $c_j = \|a_j\|\,\|b_j\| > 0$ for all $j$.
#
# 1. Show that $\mathbb E\,C = AB$.
# 2. Show that $\mathbb E\,\|C - AB\|_F^2 = \frac1s\big(\sum_j c_j^2/p_j - \|AB\|_F^2\big)$.
# 3. Minimise over all laws with a Lagrange multiplier, say why the stationary point is the minimum, and give the
#    smallest value.
#
# Ten to fifteen lines are enough; write them below, or hand in a page as `written.pdf` and say so below.

# %% [markdown] manual="optimal_law" points=10
# <!-- BEGIN SOLUTION -->
# Let $X_t = a_{j_t}b_{j_t}^\top/p_{j_t}$, so $C = \frac1s\sum_t X_t$ with independent, equally distributed terms.
#
# 1. $\mathbb E X_t = \sum_j p_j\, a_j b_j^\top/p_j = \sum_j a_j b_j^\top = AB$, hence $\mathbb E C = AB$.
# 2. For independent terms the variances of each entry add up, so $\mathbb E\|C - AB\|_F^2 = \frac1{s^2}\sum_t
#    \mathbb E\|X_t - AB\|_F^2 = \frac1s\big(\mathbb E\|X_1\|_F^2 - \|AB\|_F^2\big)$, and since $\|a_j b_j^\top\|_F = c_j$,
#    $\mathbb E\|X_1\|_F^2 = \sum_j p_j\, c_j^2/p_j^2 = \sum_j c_j^2/p_j$.
# 3. Only $f(p) = \sum_j c_j^2/p_j$ depends on $p$. With $g(p) = \sum_j p_j - 1$ the condition $\nabla f + \mu\nabla g = 0$ reads
#    $-c_j^2/p_j^2 + \mu = 0$, so $p_j = c_j/\sqrt\mu$, and the constraint gives $\sqrt\mu = \sum_i c_i$:
#    $p_j = c_j/\sum_i c_i$. Each $c_j^2/p_j$ is convex for $p_j > 0$ (second derivative $2c_j^2/p_j^3 > 0$), and the constraint
#    is linear, so the stationary point is the global minimum; at the boundary $p_j \to 0$ the value is infinite. (Or by
#    Cauchy and Schwarz: $(\sum c_j)^2 = (\sum \frac{c_j}{\sqrt{p_j}}\sqrt{p_j})^2 \le \sum c_j^2/p_j$.) The smallest value is
#    $\frac1s\big((\sum_j c_j)^2 - \|AB\|_F^2\big)$.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 2 | the mean: one term, and linearity |
# | 3 | the variance: independence used where terms are added, second moment of one term, $\|a_j b_j^\top\|_F = c_j$ |
# | 3 | Lagrange condition, its solution, the multiplier from the constraint |
# | 1 | why it is the minimum: convexity or Cauchy and Schwarz |
# | 1 | the smallest value |
#
# A proof by Cauchy and Schwarz alone, without a multiplier: at most 2 of the 3 points for the third row, all others as
# they are. $p_j \propto c_j^2$ from a slip in the derivative: minus 2.
# <!-- END SOLUTION -->
