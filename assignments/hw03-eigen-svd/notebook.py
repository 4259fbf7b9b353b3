# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Eigenvalues and singular values from scratch
#
# Eigenvalues say what a symmetric matrix does, singular values what any matrix does. Here you compute both from their
# definitions, with answers that carry their own proof: a residual, orthonormal factors, a theorem that turns them into
# an error bound. Then you use them: least squares, principal components, rotations.
#
# **You will learn to**
# - stop an iteration when a certificate says so, and to say honestly that it has not arrived;
# - diagonalise with rotations, and see why a popular shortcut to the SVD loses half of the digits;
# - cut rank where the data end and rounding begins;
# - read principal components, orthogonal fits and perturbation bounds off one factorisation.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `power_method` | 14 | 15 lines |
# | 2 | `eigh_jacobi` | 18 | 25 lines |
# | 3 | `svd_thin` | 22 | 40 lines |
# | 4 | `pinv`, `min_norm_solve` | 12 | 8 lines |
# | 5 | `pca` | 12 | 5 lines |
# | 6 | `procrustes`, `polar` | 8 | 6 lines |
# | 7 | on paper: four answers, one proof, one picture | 4 + 6 + 4 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is graded,
# with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem can be
# solved without the earlier ones. You work in pairs and hand in one notebook.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Arrays are float64, rows are examples.

# %% given="setup"
import numpy as np

from autograder import checks

# What the problems rule out; the statements say the same in words.
NOT_IN_1_TO_3 = checks.LINEAR_ALGEBRA
NOT_IN_4 = ["numpy.linalg.pinv", "numpy.linalg.lstsq", "scipy", "torch", "sympy"]
NOT_IN_5 = ["numpy.cov", "scipy", "sklearn", "torch", "sympy"]
NOT_IN_6 = ["scipy", "torch", "sympy"]

# %% [markdown]
# ## 1 · The power method
#
# Multiply a vector by a symmetric $A$ again and again, and it turns towards the eigenvector whose eigenvalue is largest
# in absolute value. The error shrinks by $|\lambda_2/\lambda_1|$ per step, so a fixed number of steps is
# either too few or too many. Stop on a *certificate* instead: with the Rayleigh quotient $\lambda = v^\top A v$,
# $\|v\| = 1$,
#
# $$\|Av - \lambda v\| \le \mathrm{tol}\cdot|\lambda| \quad\Longrightarrow\quad
# \text{some eigenvalue of } A \text{ lies within } \mathrm{tol}\cdot|\lambda| \text{ of } \lambda .$$
#
# Two traps. With $\lambda_1 < 0$ the vector changes sign at every step, so watching $v$ itself says nothing. And the
# square of $10^{-200}$ is zero in floating point: divide by the largest entry before you square.

# %% [markdown]
# **Write `power_method(A, x0, tol, maxit) -> (lam, v, k, converged)`** (14 points)
#
# - `A` stands for a real symmetric matrix that you cannot see: it has `A.shape == (n, n)` and `A.matvec(x)`, nothing
#   else. Each product is counted, and `k + 2` are allowed: one per step serves `lam`, the residual and the next vector.
# - `x0 (n,)` is a nonzero start and stays unchanged. `maxit` is at least 1.
# - `lam` is a float, `v (n,)` has length 1, `k` is the number of steps, `converged` is `True` only with the certificate
#   above. If it is not reached in `maxit` steps (eigenvalues $1$ and $-1$, say), return the last values and `False`.
# - The sign of `v` is free. When `x0` has no part in the dominant direction, another eigenpair is right; when
#   `A.matvec(v)` is zero, `v` belongs to the eigenvalue 0. The scale of `A` may be $10^{-200}$ or
#   $10^{200}$.
# - At most three times the steps of the plain power method (plus 10).
# - Not allowed: `numpy.linalg`, `scipy`, `torch`, `sympy`; also not `norm`, a length is `np.sqrt(x @ x)`. A solution
#   that uses them gets no points for this problem.

# %% solution="power_method"
def power_method(A, x0, tol, maxit):
    """Dominant eigenpair by products with A alone: returns lam, v (n,), k, converged."""
    # A length that survives 1e-200: divide by the largest entry, square, take it back.
    # Then: one product, lam, the certificate, the next v.
    ### BEGIN SOLUTION
    def length(x):
        top = np.abs(x).max()
        return top * np.sqrt(np.sum((x / top) ** 2)) if top > 0 else 0.0

    v = np.array(x0, dtype=float)
    v = v / length(v)
    for k in range(1, maxit + 1):
        w = A.matvec(v)
        lam = float(v @ w)
        converged = bool(length(w - lam * v) <= tol * abs(lam))
        if converged or k == maxit:
            return lam, v, k, converged
        v = w / length(w)
    ### END SOLUTION

# %% test="power_method-by_hand" points=2
checks.forbid(power_method, NOT_IN_1_TO_3, allow=())

# The certificate, checked for you: residual, length of v, products used, honest flag.
checks.eigenpair(power_method, np.diag([1.0, 4.0, 2.0]), np.ones(3), 1e-8, 100)

# [[2, 1], [1, 2]] has the eigenvalues 3 and 1; the dominant vector is (1, 1) / sqrt(2).
A = checks.CountedOp(np.array([[2.0, 1.0], [1.0, 2.0]]))
lam, v, k, converged = checks.ask(power_method, A, np.array([1.0, 0.0]), 1e-10, 100)
checks.close(lam, 3.0, "lam for [[2, 1], [1, 2]]")
checks.close(abs(v[0] * v[1]), 0.5, "|v[0] v[1]|", hint="v is (1, 1) / sqrt(2) up to sign.")

# %% test="power_method-certificate" points=5
# Hidden: neighbouring eigenvalues 1 and 0.99 take more than a thousand steps, easy matrices
# some forty; the certificate holds, no steps are wasted, and A is used once per step.
### BEGIN HIDDEN TESTS
checks.forbid(power_method, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("power_method-certificate")

def with_spectrum(rng, values):
    Q, _ = np.linalg.qr(rng.normal(size=(len(values), len(values))))
    A = (Q * np.asarray(values)) @ Q.T
    return (A + A.T) / 2

slow = with_spectrum(rng, [1.0, 0.99, 0.7, 0.5, 0.3, 0.2, 0.1])
checks.eigenpair(power_method, slow, rng.normal(size=7), 1e-8, 20000, at_most=3.0)
for n in (3, 5, 9):
    easy = with_spectrum(rng, 3.0 * 0.5 ** np.arange(n))
    checks.eigenpair(power_method, easy, rng.normal(size=n), 1e-10, 5000, at_most=3.0)
### END HIDDEN TESTS

# %% test="power_method-negative" points=2
# Hidden: a negative dominant eigenvalue comes with its sign.
### BEGIN HIDDEN TESTS
checks.forbid(power_method, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("power_method-negative")
for n in (3, 7):
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = (Q * np.array([-2.0, 1.0, 0.5, 0.4, 0.3, 0.2, 0.1][:n])) @ Q.T
    checks.eigenpair(power_method, (A + A.T) / 2, rng.normal(size=n), 1e-9, 2000)
checks.eigenpair(power_method, np.array([[-4.0]]), np.array([3.0]), 1e-9, 500)
### END HIDDEN TESTS

# %% test="power_method-honest" points=2
# Hidden: with eigenvalues 1 and -1, or with too few steps, converged is False.
### BEGIN HIDDEN TESTS
checks.forbid(power_method, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("power_method-honest")
u = rng.normal(size=5)
mirror = np.eye(5) - 2 * np.outer(u, u) / (u @ u)
checks.eigenpair(power_method, mirror, rng.normal(size=5), 1e-8, 150)
Q, _ = np.linalg.qr(rng.normal(size=(7, 7)))
slow = (Q * np.array([1.0, 0.99, 0.6, 0.4, 0.3, 0.2, 0.1])) @ Q.T
checks.eigenpair(power_method, (slow + slow.T) / 2, rng.normal(size=7), 1e-10, 40)
### END HIDDEN TESTS

# %% test="power_method-scale" points=1
# Hidden: the same holds for a matrix times 1e-200, and times 1e200.
### BEGIN HIDDEN TESTS
checks.forbid(power_method, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("power_method-scale")
Q, _ = np.linalg.qr(rng.normal(size=(5, 5)))
A = (Q * np.array([1.0, 0.6, 0.5, 0.3, 0.1])) @ Q.T
A = (A + A.T) / 2
for scale in (1e-200, 1e200):
    checks.eigenpair(power_method, scale * A, rng.normal(size=5), 1e-9, 500)
### END HIDDEN TESTS

# %% test="power_method-start" points=1
# Hidden: a start without a part in the dominant direction, and one that A sends to zero.
### BEGIN HIDDEN TESTS
checks.forbid(power_method, NOT_IN_1_TO_3, allow=())
checks.eigenpair(power_method, np.diag([5.0, 3.0, 1.0, 0.5]), np.array([0.0, 2.0, 1.0, 1.0]), 1e-9, 500)
checks.eigenpair(power_method, np.diag([2.0, 1.0, 0.0]), np.array([0.0, 0.0, -3.0]), 1e-9, 500)
### END HIDDEN TESTS

# %% test="power_method-habits" points=1
# Hidden: x0 is unchanged, its memory layout does not matter, float32 and integers work,
# no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(power_method, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("power_method-habits")
Q, _ = np.linalg.qr(rng.normal(size=(5, 5)))
A = (Q * np.array([1.0, 0.6, 0.5, 0.3, 0.1])) @ Q.T
x0 = rng.choice([-1.0, 1.0], 5) * rng.uniform(0.7, 1.3, 5)
checks.battery(power_method, checks.CountedOp((A + A.T) / 2), x0, 1e-4, 500, same=checks.eigenpair)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The number of steps for a given ratio of the two largest eigenvalues, and the theory: a line of slope one
# against $1 / \log|\lambda_1/\lambda_2|$.

# %% look="power_method"
import matplotlib.pyplot as plt

ratios = 1 - np.logspace(-0.3, -2.3, 9)
steps = []
for ratio in ratios:
    A = checks.CountedOp(np.diag([1.0, ratio, 0.2]))
    steps.append(power_method(A, np.ones(3), 1e-8, 20000)[2])

plt.figure(figsize=(6, 3))
plt.loglog(-1 / np.log(ratios), steps, "o-", label="your k")
plt.loglog(-1 / np.log(ratios), np.log(1e-8) / np.log(ratios), ":", label="log(1 / tol) times x")
plt.xlabel(r"$1 / \log(\lambda_1/\lambda_2)$"); plt.ylabel("steps"); plt.legend()
plt.tight_layout()

# %% [markdown]
# ## 2 · All eigenvalues, by rotations
#
# A symmetric matrix has an orthonormal basis of eigenvectors: $A = V\,\mathrm{diag}(w)\,V^\top$. *Jacobi's method* finds
# it one plane at a time. The rotation $J$ in the coordinates $p, q$ that makes the entry $a_{pq}$ zero has
#
# $$\zeta = \frac{a_{qq} - a_{pp}}{2\,a_{pq}},\qquad
# t = \frac{\operatorname{sign}\zeta}{|\zeta| + \sqrt{1+\zeta^2}}\quad(\operatorname{sign} 0 = 1),\qquad
# J = \begin{pmatrix} c & s\\ -s & c\end{pmatrix},\quad c = \frac{1}{\sqrt{1+t^2}},\quad s = ct .$$
#
# $A \leftarrow J^\top A J$ spoils other zeros, and still each step takes $2a_{pq}^2$ out of the sum of squares beside the
# diagonal. Sweep over all pairs until that sum is rounding: the diagonal is $w$, the product of the rotations is $V$.
# The convergence is quadratic: six to ten sweeps do. Do not fix their number.

# %% [markdown]
# **Write `eigh_jacobi(A) -> (w, V)`** (18 points)
#
# - `A (n, n)` is real and symmetric, with any spectrum: repeated eigenvalues, negative ones, sizes from $10^{-13}$ to 1.
#   The scale of `A` may be $10^{-13}$.
# - `w (n,)` is ascending; column `V[:, j]` belongs to `w[j]`; `A @ V = V @ np.diag(w)` and `V.T @ V = I` to rounding
#   (an error below 200 eps, relative to the norm of `A`; all norms are Frobenius norms).
# - Signs are free, and so is the basis where eigenvalues are equal. Any algorithm will do.
# - An input that is not symmetric (some $|a_{ij} - a_{ji}|$ above $10^{-10}$ times the largest entry) raises
#   `ValueError`; it is not made symmetric silently. Smaller differences are rounding and do not raise. (`np.allclose`, as
#   it comes, forgives far more.) `A` is left unchanged.
# - Not allowed: `numpy.linalg`, `scipy`, `torch`, `sympy`; a solution that uses them gets no points for this problem.

# %% solution="eigh_jacobi"
def eigh_jacobi(A):
    """Eigenvalues w (n,), ascending, and orthonormal eigenvectors V (n, n) in columns."""
    # Copy A and look whether it is symmetric. Sweep over all pairs p < q until nothing moves,
    # collect the rotations in V, sort w and the columns of V together.
    ### BEGIN SOLUTION
    A = np.array(A, dtype=float)
    n, largest = len(A), np.abs(A).max()
    if A.shape != (n, n) or (np.abs(A - A.T) > 1e-10 * largest).any():
        raise ValueError("A should be symmetric")
    V, tiny, moved = np.eye(n), np.finfo(float).eps * largest / n, True
    for sweep in range(60):
        if not moved:
            break
        moved = False
        for p in range(n - 1):
            for q in range(p + 1, n):
                if abs(A[p, q]) <= tiny:
                    continue
                moved = True
                zeta = (A[q, q] - A[p, p]) / (2 * A[p, q])
                t = np.copysign(1.0, zeta) / (abs(zeta) + np.hypot(1.0, zeta))
                turn = np.array([[1.0, t], [-t, 1.0]]) / np.hypot(1.0, t)
                A[:, [p, q]] = A[:, [p, q]] @ turn
                A[[p, q]] = turn.T @ A[[p, q]]
                V[:, [p, q]] = V[:, [p, q]] @ turn
    order = np.argsort(np.diag(A))
    return np.diag(A)[order], V[:, order]
    ### END SOLUTION

# %% test="eigh_jacobi-by_hand" points=3
checks.forbid(eigh_jacobi, NOT_IN_1_TO_3, allow=())

# All laws at once: A V = V diag(w), orthonormal columns, ascending w.
A = np.array([[4.0, 1.0, -2.0], [1.0, 2.0, 0.0], [-2.0, 0.0, 1.0]])
checks.eigh(eigh_jacobi, A)

# The trace is the sum of the eigenvalues. A diagonal matrix only has to be sorted.
w, V = checks.ask(eigh_jacobi, A)
checks.close(np.sum(w), 7.0, "the sum of w")
w, V = checks.ask(eigh_jacobi, np.diag([3.0, 1.0, 2.0]))
checks.close(w, [1.0, 2.0, 3.0], "w for diag(3, 1, 2)")

# %% test="eigh_jacobi-factors" points=7
# Hidden: A V = V diag(w), orthonormal V, ascending w, for several sizes up to 20.
### BEGIN HIDDEN TESTS
checks.forbid(eigh_jacobi, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("eigh_jacobi-factors")
for n in (2, 5, 9, 20):
    A = rng.normal(size=(n, n))
    checks.eigh(eigh_jacobi, A + A.T)
### END HIDDEN TESTS

# %% test="eigh_jacobi-repeated" points=2
# Hidden: for repeated eigenvalues the vectors are still orthonormal and span the eigenspace.
### BEGIN HIDDEN TESTS
checks.forbid(eigh_jacobi, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("eigh_jacobi-repeated")
Q, _ = np.linalg.qr(rng.normal(size=(7, 7)))
A = (Q * np.array([1.0, 1.0, 1.0, -2.0, -2.0, 0.5, 0.0])) @ Q.T
checks.eigh(eigh_jacobi, (A + A.T) / 2)
block = np.eye(7)
block[4:, 4:] = [[2.0, 1.0, 0.0], [1.0, 2.0, 1.0], [0.0, 1.0, 2.0]]
checks.eigh(eigh_jacobi, block)
### END HIDDEN TESTS

# %% test="eigh_jacobi-graded" points=2
# Hidden: eigenvalues from 1e-13 to 1 are right to 200 eps of the norm, also for a matrix times
# 1e-13.
### BEGIN HIDDEN TESTS
checks.forbid(eigh_jacobi, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("eigh_jacobi-graded")
for n, lowest, scale in [(6, 1e-10, 1.0), (11, 5e-13, 1.0), (9, 1e-10, 1e-13)]:
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = (Q * (rng.choice([-1.0, 1.0], n) * np.geomspace(lowest, 1, n))) @ Q.T
    checks.eigh(eigh_jacobi, scale * (A + A.T) / 2)
# 5e-16 is not small here.
checks.eigh(eigh_jacobi, 1e-14 * np.array([[1.0, 0.05], [0.05, 2.0]]))
### END HIDDEN TESTS

# %% test="eigh_jacobi-edges" points=2
# Hidden: diagonal matrices in any order, zero, and a 1 x 1 matrix.
### BEGIN HIDDEN TESTS
checks.forbid(eigh_jacobi, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("eigh_jacobi-edges")
checks.eigh(eigh_jacobi, np.diag(np.roll(np.arange(7) - 2.5, rng.integers(1, 7))))
checks.eigh(eigh_jacobi, np.zeros((3, 3)))
checks.eigh(eigh_jacobi, np.array([[-rng.uniform(1, 2)]]))
### END HIDDEN TESTS

# %% test="eigh_jacobi-symmetric_only" points=1
# Hidden: an input that is not symmetric raises ValueError, for every scale; one that is symmetric
# up to rounding does not.
### BEGIN HIDDEN TESTS
checks.forbid(eigh_jacobi, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("eigh_jacobi-symmetric_only")
A = rng.normal(size=(5, 5))
checks.raises(ValueError, eigh_jacobi, A, when="when A is not symmetric")
nearly = A + A.T
nearly[0, 3] += 1e-4
checks.raises(ValueError, eigh_jacobi, nearly, when="when a single pair of entries differs by 1e-4")
A = A + A.T
for scale in (1.0, 1e-9):
    slightly = scale * A
    slip = 1e-7 * np.abs(slightly).max()
    slightly[1, 3] += slip
    slightly[2, 4] -= slip
    checks.raises(ValueError, eigh_jacobi, slightly, when="when two pairs differ by 1e-7 of the largest entry")
skew = np.array([[0.0, 1.0], [-1.0, 0.0]])
checks.raises(ValueError, eigh_jacobi, skew, when="when two entries differ in sign alone")
nearly = A.copy()
nearly[2, 4] += 1e-13 * np.abs(A).max()
checks.ask(eigh_jacobi, nearly)                     # fails when it raises
### END HIDDEN TESTS

# %% test="eigh_jacobi-habits" points=1
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(eigh_jacobi, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("eigh_jacobi-habits")
A = rng.normal(size=(5, 5))
checks.battery(eigh_jacobi, A + A.T, same=checks.eigh)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The first eigenvectors of the second-difference matrix are the tones of a string.

# %% look="eigh_jacobi"
import matplotlib.pyplot as plt

n = 24
string = 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
w, V = eigh_jacobi(string)

fig, (left, right) = plt.subplots(1, 2, figsize=(8, 3))
left.plot(V[:, :4] * np.sign(V[0, :4]), ".-")
left.set(xlabel="place on the string", ylabel="eigenvector")
right.plot(w, "o", label="your w")
right.plot(2 - 2 * np.cos(np.pi * np.arange(1, n + 1) / (n + 1)), "-", label="exact")
right.set(xlabel="index", ylabel="eigenvalue"); right.legend(); fig.tight_layout()

# %% [markdown]
# ## 3 · The thin SVD
#
# Every real matrix turns, stretches and turns again: $A = U\,\mathrm{diag}(s)\,V^\top$ with orthonormal columns in
# $U$ and $V$ and $s_1 \ge s_2 \ge \dots \ge 0$. The short way there, the eigenvalues of $A^\top A$, squares
# the condition number: a singular value $10^{-8}$ times the largest disappears in rounding. *One-sided Jacobi* makes the
# rotations of problem 2 for $A^\top A$ and never forms it. It turns two columns $p, q$ of $A$ until they are orthogonal,
#
# $$\zeta = \frac{\|a_q\|^2 - \|a_p\|^2}{2\,a_p^\top a_q},\qquad
# \begin{pmatrix}a_p & a_q\end{pmatrix} \leftarrow \begin{pmatrix}a_p & a_q\end{pmatrix}
# \begin{pmatrix}c & s\\ -s & c\end{pmatrix},$$
#
# with $t, c, s$ from $\zeta$ as before, and sweeps over all pairs until nothing moves. Then the columns are
# $s_j u_j$, and the product of the rotations is $V$.

# %% [markdown]
# **Write `svd_thin(A) -> (U, s, Vt)`** (22 points)
#
# - `A` is a real array of shape `(m, n)`: tall, wide or square, of any rank. Its scale may be $10^{-13}$.
# - Returns `U (m, r)`, `s (r,)`, `Vt (r, n)` with `r = min(m, n)` and `A = U @ np.diag(s) @ Vt`; the columns of `U` and
#   the rows of `Vt` are orthonormal *also for zero singular values*; `s` is descending and not negative. Signs are free,
#   the basis for equal singular values too, and any algorithm will do.
# - Errors below 200 eps, relative to the norm of `A` (to the largest singular value for `s`); norms are Frobenius norms. For
#   float32 input, its eps.
# - `A` is left unchanged.
# - Not allowed: `numpy.linalg` (also not `norm`: with `ord=2` it is an SVD), `scipy`, `torch`, `sympy`. A solution that
#   uses them gets no points for this problem.

# %% solution="svd_thin"
def svd_thin(A):
    """Thin SVD of A (m, n): returns U (m, r), s (r,), Vt (r, n) with r = min(m, n)."""
    # One way: reduce the wide case to the tall one, rotate, read off s, sort;
    # then complete U where s is zero.
    ### BEGIN SOLUTION
    A = np.array(A, dtype=float)
    m, n = A.shape
    if m < n:
        U, s, Vt = svd_thin(A.T)
        return Vt.T, s, U.T
    eps = np.finfo(float).eps
    V, moved = np.eye(n), True
    for sweep in range(60):
        if not moved:
            break
        moved = False
        for p in range(n - 1):
            for q in range(p + 1, n):
                a, b, c = A[:, p] @ A[:, p], A[:, q] @ A[:, q], A[:, p] @ A[:, q]
                if abs(c) <= eps * np.sqrt(a * b):
                    continue
                moved = True
                zeta = (b - a) / (2 * c)
                t = np.copysign(1.0, zeta) / (abs(zeta) + np.hypot(1.0, zeta))
                turn = np.array([[1.0, t], [-t, 1.0]]) / np.hypot(1.0, t)
                A[:, [p, q]] = A[:, [p, q]] @ turn
                V[:, [p, q]] = V[:, [p, q]] @ turn
    s = np.sqrt((A * A).sum(axis=0))
    order = np.argsort(-s)
    s, A, V = s[order], A[:, order], V[:, order]
    U = np.zeros((m, n))
    for j in range(n):
        if s[j] > m * eps * s[0]:
            U[:, j] = A[:, j] / s[j]
        else:                               # A has no direction left: take any orthogonal one
            u = np.eye(m)[np.argmin((U * U).sum(axis=1))]
            for _ in range(2):              # twice is enough
                u = u - U @ (U.T @ u)
            U[:, j] = u / np.sqrt(u @ u)
    return U, s, V.T
    ### END SOLUTION

# %% test="svd_thin-by_hand" points=4
checks.forbid(svd_thin, NOT_IN_1_TO_3, allow=())

# A wide matrix: right shapes, orthonormal, sorted, and the product is A.
checks.svd(svd_thin, np.array([[1.0, 2.0, 0.0], [0.0, 1.0, 3.0]]))

# [[3, 0], [4, 5]]: the squares of s add up to 50, their product is det A = 15.
U, s, Vt = checks.ask(svd_thin, np.array([[3.0, 0.0], [4.0, 5.0]]))
checks.close(s, [45**0.5, 5**0.5], "s for [[3, 0], [4, 5]]")

# %% test="svd_thin-factors" points=7
# Hidden: tall, wide and square matrices, also with repeated singular values:
# the product is A, U and V are orthonormal, s is sorted.
### BEGIN HIDDEN TESTS
checks.forbid(svd_thin, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("svd_thin-factors")
for m, n in [(9, 5), (5, 8), (6, 6), (1, 4), (7, 1)]:
    left, _ = np.linalg.qr(rng.normal(size=(m, min(m, n))))
    right, _ = np.linalg.qr(rng.normal(size=(n, min(m, n))))
    checks.svd(svd_thin, (left * rng.uniform(1, 3, min(m, n))) @ right.T)
Q, _ = np.linalg.qr(rng.normal(size=(8, 5)))
checks.svd(svd_thin, Q * [3.0, 3.0, 3.0, 1.0, 1.0])
checks.svd(svd_thin, Q)
### END HIDDEN TESTS

# %% test="svd_thin-small_values" points=4
# Hidden: at condition numbers 1e7 and 1e12 every s is right to a few eps of the largest one; the
# same for a matrix times 1e-13.
### BEGIN HIDDEN TESTS
checks.forbid(svd_thin, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("svd_thin-small_values")
for m, n, lowest, scale in [(30, 12, 1e-7, 1.0), (10, 25, 1e-7, 1e-13), (14, 9, 1e-12, 1.0)]:
    r = min(m, n)
    left, _ = np.linalg.qr(rng.normal(size=(m, r)))
    right, _ = np.linalg.qr(rng.normal(size=(n, r)))
    checks.svd(svd_thin, scale * (left * np.geomspace(1, lowest, r)) @ right.T)
### END HIDDEN TESTS

# %% test="svd_thin-rank_deficient" points=3
# Hidden: rank-deficient and zero matrices still give orthonormal factors, and the right rank.
### BEGIN HIDDEN TESTS
checks.forbid(svd_thin, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("svd_thin-rank_deficient")
checks.svd(svd_thin, rng.normal(size=(9, 2)) @ rng.normal(size=(2, 6)), rank=2)
checks.svd(svd_thin, rng.normal(size=(4, 1)) @ rng.normal(size=(1, 7)), rank=1)
checks.svd(svd_thin, np.zeros((5, 3)), rank=0)
### END HIDDEN TESTS

# %% test="svd_thin-signs" points=1
# Hidden: symmetric matrices with negative eigenvalues, and a negative number as a 1 x 1 matrix.
### BEGIN HIDDEN TESTS
checks.forbid(svd_thin, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("svd_thin-signs")
checks.svd(svd_thin, np.array([[-rng.uniform(1, 3)]]))
Q, _ = np.linalg.qr(rng.normal(size=(5, 5)))
checks.svd(svd_thin, (Q * np.array([-4.0, 3.0, -2.0, 1.0, 0.5])) @ Q.T)
### END HIDDEN TESTS

# %% test="svd_thin-habits" points=3
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(svd_thin, NOT_IN_1_TO_3, allow=())
rng = checks.fresh_rng("svd_thin-habits")
left, _ = np.linalg.qr(rng.normal(size=(8, 5)))
right, _ = np.linalg.qr(rng.normal(size=(5, 5)))
checks.battery(svd_thin, (left * [5.0, 4.0, 3.5, 3.0, 2.5]) @ right.T, same=checks.svd)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A smooth function on a grid is nearly of low rank: its singular values fall off a cliff down to rounding. The
# shortcut over $A^\top A$ stops half-way.

# %% look="svd_thin"
import matplotlib.pyplot as plt

x = np.linspace(0, 1, 24)
A = 1 / (1 + x[:, None] + x[None, :])
shortcut = np.sqrt(np.abs(np.sort(np.linalg.eigvalsh(A.T @ A))[::-1]))

plt.figure(figsize=(6, 3))
plt.semilogy(svd_thin(A)[1], "o-", label="svd_thin")
plt.semilogy(shortcut, "x:", label=r"square roots of eigenvalues of $A^\top A$")
plt.xlabel("index"); plt.ylabel("singular value"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 4 · The pseudo-inverse
#
# $Ax = b$ may have no solution, or many. The pseudo-inverse $A^+$ always gives one answer: among all $x$ with the smallest
# residual the shortest. With the singular value decomposition
#
# $$A^+ = \sum_{s_i > 0} \frac{1}{s_i}\, v_i u_i^* .$$
#
# "Greater than zero" is the whole difficulty. A matrix of rank 2 has, in floating point, five or six singular values,
# and the last ones are of size $10^{-16}$; dividing by them fills $A^+$ with noise of size $10^{16}$. Keep
# the values above `rcond` times the *largest* one: then $A$ and $10^{-12}A$ have the same rank, as they should.

# %% [markdown]
# **Write `pinv(A, rcond=None) -> X` and `min_norm_solve(A, b) -> x`** (12 points)
#
# - `A (m, n)` is real or complex, of any shape and rank. `X (n, m)` satisfies the four Penrose identities
#   $AXA = A$, $XAX = X$, $AX = (AX)^*$, $XA = (XA)^*$, where $^*$ is the conjugate transpose.
# - Singular values up to `rcond` times the largest count as zero, and all others do not; `rcond` may be 0. Default:
#   `max(m, n)` times the eps of float64. The pseudo-inverse of a zero matrix is zero.
# - `min_norm_solve` takes a real `A (m, n)` and `b (m,)` and returns the shortest `x (n,)` that minimises $\|b - Ax\|$. It
#   cuts as `pinv` does by default.
# - You may use `np.linalg.svd` or your own. Not allowed: `pinv` and `lstsq` of any library, `scipy`, `torch`, `sympy`;
#   a solution that uses them gets no points for this problem.

# %% solution="pinv"
def pinv(A, rcond=None):
    """Moore-Penrose inverse X (n, m) of A (m, n), real or complex."""
    # Keep the singular values above rcond * s[0];
    # X = V diag(1 / s) U^* over those alone.
    ### BEGIN SOLUTION
    A = np.asarray(A)
    A = A.astype(complex if A.dtype.kind == "c" else float)
    if rcond is None:
        rcond = max(A.shape) * np.finfo(float).eps
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    keep = s > rcond * s[0]
    return (Vt[keep].conj().T / s[keep]) @ U[:, keep].conj().T
    ### END SOLUTION

# %% solution="min_norm_solve"
def min_norm_solve(A, b):
    """The shortest x (n,) among those that minimise the length of b - A x."""
    # One line with the pseudo-inverse.
    ### BEGIN SOLUTION
    return pinv(A) @ np.asarray(b)
    ### END SOLUTION

# %% test="pinv-by_hand" points=1
checks.forbid(pinv, NOT_IN_4)

# Rank one, 2 x 3: for A = u v^T the pseudo-inverse is v u^T / (|u|^2 |v|^2), here / 5.4.
A = np.array([[0.1, 0.2, 0.7], [0.3, 0.6, 2.1]])
checks.close(checks.ask(pinv, A), A.T / 5.4, "pinv of a matrix of rank one")

# The four identities.
checks.pseudo_inverse(pinv, np.array([[2.0, 0.0], [0.0, 1.0], [1.0, 1.0]]))

# %% test="pinv-penrose" points=4
# Hidden: the four identities for tall, wide and square matrices, real and complex.
### BEGIN HIDDEN TESTS
checks.forbid(pinv, NOT_IN_4)
rng = checks.fresh_rng("pinv-penrose")
for m, n in [(7, 5), (3, 6), (4, 4), (1, 5)]:
    checks.pseudo_inverse(pinv, rng.normal(size=(m, n)))
for m, n in [(7, 3), (3, 6)]:
    checks.pseudo_inverse(pinv, rng.normal(size=(m, n)) + 1j * rng.normal(size=(m, n)))
### END HIDDEN TESTS

# %% test="pinv-rank" points=2
# Hidden: rounding is not inverted, with the default and with a given rcond, also 0; what is
# larger is inverted; zero gives zero.
### BEGIN HIDDEN TESTS
checks.forbid(pinv, NOT_IN_4)
rng = checks.fresh_rng("pinv-rank")
checks.pseudo_inverse(pinv, rng.normal(size=(30, 2)) @ rng.normal(size=(2, 12)), rank=2)
checks.pseudo_inverse(pinv, rng.normal(size=(12, 3)) @ rng.normal(size=(3, 30)), rank=3)
left, _ = np.linalg.qr(rng.normal(size=(9, 5)))
right, _ = np.linalg.qr(rng.normal(size=(6, 5)))
gap = (left * np.array([1.0, 0.1, 1e-3, 1e-14, 1e-15])) @ right.T
checks.pseudo_inverse(pinv, gap, 1e-8, rank=3)
checks.pseudo_inverse(pinv, gap.astype(complex), 1e-8, rank=3)
checks.pseudo_inverse(pinv, (left * np.array([1.0, 0.9, 0.8, 0.7, 0.5])) @ right.T, 0.3, rank=5)
checks.pseudo_inverse(pinv, np.zeros((5, 3)))
# The smallest value that is kept decides about X: cut off, it changes all of X; rounding changes eps / 1e-11 of it.
values = np.array([1.0, 0.3, 1e-2, 1e-5, 1e-11])
checks.close(checks.ask(pinv, (left * values) @ right.T), (right / values) @ left.T,
             "the pseudo-inverse of a matrix of full rank", rtol=0.05, hidden=True)
checks.close(checks.ask(pinv, np.diag([1.0, 1e-13])), np.diag([1.0, 1e13]),
             "the pseudo-inverse of a diagonal matrix", rtol=0.05, hidden=True)
# Below 9 eps: zero by default, but not with rcond = 0.
tall = np.zeros((9, 2))
tall[0, 0], tall[1, 1] = 1, 1e-15
checks.holds(np.abs(checks.ask(pinv, tall, 0)).max() > 1e14, "With rcond = 0 all singular values above 0 are inverted.")
checks.holds(np.abs(checks.ask(pinv, tall)).max() < 2, "By default singular values up to max(m, n) eps times the "
             "largest are not inverted.")
### END HIDDEN TESTS

# %% test="pinv-scale" points=1
# Hidden: the pseudo-inverse of c A is that of A divided by c, also for c = 1e-12.
### BEGIN HIDDEN TESTS
checks.forbid(pinv, NOT_IN_4)
rng = checks.fresh_rng("pinv-scale")
A = rng.normal(size=(30, 3)) @ rng.normal(size=(3, 7))
for scale in (1e-12, 1e12):
    checks.pseudo_inverse(pinv, scale * A, rank=3)
### END HIDDEN TESTS

# %% test="pinv-habits" points=0.5
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(pinv, NOT_IN_4)
rng = checks.fresh_rng("pinv-habits")
checks.battery(pinv, rng.normal(size=(7, 5)), same=checks.pseudo_inverse)
### END HIDDEN TESTS

# %% test="min_norm_solve-line" points=1
checks.forbid(min_norm_solve, NOT_IN_4)

# x + y = 2: of all points on this line, (1, 1) is nearest to zero.
x = checks.ask(min_norm_solve, np.array([[1.0, 1.0]]), np.array([2.0]))
checks.close(x, [1.0, 1.0], "x for x + y = 2")

# %% test="min_norm_solve-shortest" points=2
# Hidden: smallest residual, and no part of x in the null space of A; any shape, rank and scale;
# small singular values that are not rounding count.
### BEGIN HIDDEN TESTS
checks.forbid(min_norm_solve, NOT_IN_4)
rng = checks.fresh_rng("min_norm_solve-shortest")
for m, n in [(7, 5), (3, 6), (4, 4)]:
    checks.min_norm(min_norm_solve, rng.normal(size=(m, n)), rng.normal(size=m))
checks.min_norm(min_norm_solve, rng.normal(size=(30, 2)) @ rng.normal(size=(2, 5)), rng.normal(size=30), rank=2)
checks.min_norm(min_norm_solve, rng.normal(size=(5, 2)) @ rng.normal(size=(2, 30)), rng.normal(size=5), rank=2)
checks.min_norm(min_norm_solve, rng.normal(size=(5, 2)) @ rng.normal(size=(2, 5)), rng.normal(size=5), rank=2)
checks.min_norm(min_norm_solve, np.zeros((3, 5)), rng.normal(size=3))
# All eight singular values have the same part in x: without one of them a third of it is missing, 8 ** -0.5. The error
# of a right x is eps / 3e-7, and for whoever squares A eps / 3e-7**2 = 2e-3.
left, _ = np.linalg.qr(rng.normal(size=(8, 8)))
right, _ = np.linalg.qr(rng.normal(size=(8, 8)))
for scale in (1.0, 1e-9):
    A, x = scale * (left * np.geomspace(1, 3e-7, 8)) @ right.T, right @ rng.choice([-1.0, 1.0], 8)
    checks.close(checks.ask(min_norm_solve, A, A @ x), x, "x for a matrix of full rank", rtol=0.1, hidden=True)
### END HIDDEN TESTS

# %% test="min_norm_solve-habits" points=0.5
# Hidden: A and b are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(min_norm_solve, NOT_IN_4)
rng = checks.fresh_rng("min_norm_solve-habits")
checks.battery(min_norm_solve, rng.normal(size=(7, 5)), rng.normal(size=7), same=checks.min_norm)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A smoothing matrix, inverted with more and more singular values, applied to data with a noise of $10^{-6}$: a
# small `rcond` inverts the noise, a large one throws the signal away.

# %% look="pinv"
import matplotlib.pyplot as plt

x = np.linspace(0, 1, 40)
A = np.exp(-40 * (x[:, None] - x[None, :]) ** 2) / 8
truth = np.sin(2 * np.pi * x) + 0.5 * np.cos(5 * np.pi * x)
b = A @ truth + 1e-6 * np.random.default_rng(0).normal(size=40)
cuts = np.logspace(-15, -0.5, 30)

plt.figure(figsize=(6, 3))
plt.loglog(cuts, [np.linalg.norm(pinv(A, cut) @ b - truth) for cut in cuts], ".-")
plt.xlabel("rcond"); plt.ylabel("distance from the truth"); plt.tight_layout()

# %% [markdown]
# ## 5 · Principal components
#
# Which $k$ directions keep most of the variance of the rows of $X$? Centre the columns, $X_c = X - \mathbf 1 \mu^\top$,
# and take the SVD $X_c = U\,\mathrm{diag}(s)\,V^\top$: the first $k$ rows of $V^\top$ are the *components*, the *scores*
# $X_c V_k$ are the new coordinates, and the variance along component $i$ is
#
# $$\frac{1}{n-1}\sum_{j=1}^n \big(x_j - \mu\big)^\top v_i v_i^\top \big(x_j - \mu\big) = \frac{s_i^2}{n-1} .$$
#
# By Eckart and Young no other plane through the mean is nearer to the data. Two habits to avoid: forgetting $\mu$, which
# makes the first component point at the mean, and computing the covariance of uncentred data, where a shift of the data
# costs digits.

# %% [markdown]
# **Write `pca(X, k) -> (mean, components, var, scores)`** (12 points)
#
# - `X (n, d)`, rows are examples; `k` is at most `min(n - 1, d)`. `n` may be smaller than `d`, and a column may be
#   constant. Columns are centred, not scaled.
# - `mean (d,)`; `components (k, d)` with orthonormal rows, the largest variance first; `var (k,)` with the divisor
#   `n - 1`; `scores (n, k) = (X - mean) @ components.T`.
# - Signs are free, and so is the route (SVD or covariance). Data far from zero (a shift of $10^6$) still give components
#   to $10^{-6}$. `X` is left unchanged.
# - You may use `np.linalg` or your own functions. Not allowed: `np.cov`, `scipy`, `sklearn`, `torch`, `sympy`; a
#   solution that uses them gets no points for this problem.

# %% solution="pca"
def pca(X, k):
    """mean (d,), components (k, d), var (k,) and scores (n, k) of the rows of X (n, d)."""
    # Centre first; one SVD gives everything else.
    # Variances are squares, divided by n - 1.
    ### BEGIN SOLUTION
    X = np.array(X, dtype=float)
    mean = X.mean(axis=0)
    U, s, Vt = np.linalg.svd(X - mean, full_matrices=False)
    return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), (X - mean) @ Vt[:k].T
    ### END SOLUTION

# %% test="pca-by_hand" points=2
checks.forbid(pca, NOT_IN_5)

# Four points on the line y = 2 + 2x: one component, along (1, 2), and nothing beside it.
X = np.array([[0.0, 2.0], [1.0, 4.0], [2.0, 6.0], [3.0, 8.0]])
checks.principal_components(pca, X, 1)
mean, components, var, scores = checks.ask(pca, X, 1)
checks.close(mean, [1.5, 5.0], "the mean")
checks.close(abs(components), [[0.2**0.5, 0.8**0.5]], "|components|")
checks.close(var, [25 / 3], "var", hint="The squared distances from the mean add up to 25.")
checks.close(scores.sum(), 0.0, "the sum of the scores", hint="Scores are centred.")

# %% test="pca-data" points=0
# The grader makes its data here.
### BEGIN HIDDEN TESTS
def cloud(rng, n, d):
    """n points in d dimensions with well separated variances, in a random position away from zero."""
    turn, _ = np.linalg.qr(rng.normal(size=(d, d)))
    spread, _ = np.linalg.qr(rng.normal(size=(n, min(n - 1, d))))
    values = np.sqrt(n) * 3.0 * 0.6 ** np.arange(min(n - 1, d))
    return (spread * values) @ turn[: min(n - 1, d)] + 3 * rng.normal(size=d)
### END HIDDEN TESTS

# %% test="pca-components" points=4
# Hidden: the mean, and orthonormal components that span the right directions.
### BEGIN HIDDEN TESTS
checks.forbid(pca, NOT_IN_5)
rng = checks.fresh_rng("pca-components")
for n, d, k in [(30, 5, 2), (20, 7, 3), (11, 4, 1)]:
    checks.principal_components(pca, cloud(rng, n, d), k)
### END HIDDEN TESTS

# %% test="pca-variances" points=2
# Hidden: var holds the variances along the components, with the divisor n - 1.
### BEGIN HIDDEN TESTS
checks.forbid(pca, NOT_IN_5)
rng = checks.fresh_rng("pca-variances")
for n, d, k in [(7, 5, 3), (20, 4, 2)]:
    checks.component_variances(pca, cloud(rng, n, d), k)
### END HIDDEN TESTS

# %% test="pca-scores" points=2
# Hidden: scores are the centred data times the components, and with the mean they rebuild
# the data as well as any k numbers per row can.
### BEGIN HIDDEN TESTS
checks.forbid(pca, NOT_IN_5)
rng = checks.fresh_rng("pca-scores")
for n, d, k in [(20, 5, 2), (9, 7, 3)]:
    X = cloud(rng, n, d)
    checks.component_scores(pca, X, k)
    mean, components, var, scores = checks.ask(pca, X, k)
    checks.best_rank(scores @ components, X - X.mean(axis=0), k, "The data rebuilt from the scores")
### END HIDDEN TESTS

# %% test="pca-edges" points=1
# Hidden: data shifted by 1e6, fewer points than dimensions, a constant column.
### BEGIN HIDDEN TESTS
checks.forbid(pca, NOT_IN_5)
rng = checks.fresh_rng("pca-edges")
checks.principal_components(pca, cloud(rng, 30, 5) + 1e6, 2, tol=1e-6)
checks.principal_components(pca, cloud(rng, 4, 7), 2)
X = cloud(rng, 20, 5)
X[:, 2] = 4.0
checks.principal_components(pca, X, 2)
### END HIDDEN TESTS

# %% test="pca-habits" points=1
# Hidden: X is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(pca, NOT_IN_5)
rng = checks.fresh_rng("pca-habits")
checks.battery(pca, cloud(rng, 20, 5), 2, same=checks.principal_components)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A cloud, its mean, and two standard deviations along each component.

# %% look="pca"
import matplotlib.pyplot as plt

rng = np.random.default_rng(1)
X = rng.normal(size=(200, 2)) @ np.array([[2.0, 1.0], [-0.3, 0.6]]) + [4.0, 1.0]
mean, components, var, scores = pca(X, 2)

plt.figure(figsize=(6, 3))
plt.scatter(*X.T, s=5)
for direction, variance in zip(components, var):
    ends = mean + 2 * np.sqrt(variance) * np.array([[-1.0], [1.0]]) * direction
    plt.plot(*ends.T, "k-", lw=2)
plt.axis("equal"); plt.tight_layout()

# %% [markdown]
# ## 6 · The nearest rotation
#
# Two sets of $m$ points are given as rows of $A$ and $B$. Which orthogonal $Q$ brings $AQ$ nearest to $B$? This is the
# *orthogonal Procrustes problem*, used to align molecules, scans and word vectors. Since $\|AQ\|_F = \|A\|_F$,
#
# $$\|AQ - B\|_F^2 = \|A\|_F^2 + \|B\|_F^2 - 2\,\mathrm{tr}\big(Q^\top A^\top B\big),$$
#
# and with $A^\top B = U S V^\top$ the trace is largest for $Q = UV^\top$. The same idea splits any matrix into a rotation
# and a stretch, as $z = e^{i\varphi} r$ splits a number: the *polar factorisation* $A = QP$ with
# $P = (A^\top A)^{1/2}$.

# %% [markdown]
# **Write `procrustes(A, B) -> Q` and `polar(A) -> (Q, P)`** (8 points)
#
# - `procrustes`: `A`, `B (m, n)`, of any rank, `m` may be smaller than `n`. `Q (n, n)` is orthogonal and minimises
#   $\|AQ - B\|_F$ over *all* orthogonal matrices, reflections (determinant $-1$) included.
# - `polar`: `A (m, n)` with `m >= n`, of any rank. `Q (m, n)` has orthonormal columns, `P (n, n)` is symmetric without
#   negative eigenvalues, and `A = Q @ P`.
# - Where `A` does not determine `Q`, any one will do. Arguments are left unchanged.
# - You may use `np.linalg` or your own functions. Not allowed: `scipy`, `torch`, `sympy`; a solution that uses them gets
#   no points for this problem.

# %% solution="procrustes"
def procrustes(A, B):
    """The orthogonal Q (n, n) that makes A Q nearest to B; A and B are (m, n)."""
    # Maximise the trace: one SVD of an n x n matrix.
    ### BEGIN SOLUTION
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float).T @ np.asarray(B, dtype=float))
    return U @ Vt
    ### END SOLUTION

# %% solution="polar"
def polar(A):
    """Polar factorisation A = Q P: Q (m, n) with orthonormal columns, P (n, n) symmetric PSD."""
    # Put V^T V between the factors of the SVD.
    ### BEGIN SOLUTION
    U, s, Vt = np.linalg.svd(np.asarray(A, dtype=float), full_matrices=False)
    return U @ Vt, (Vt.T * s) @ Vt
    ### END SOLUTION

# %% test="procrustes-quarter_turn" points=0.5
checks.forbid(procrustes, NOT_IN_6)

# Rows turned by 90 degrees: (x, y) becomes (-y, x).
A = np.array([[1.0, 0.0], [0.0, 2.0], [1.0, 1.0]])
B = np.array([[0.0, 1.0], [-2.0, 0.0], [-1.0, 1.0]])
checks.close(checks.ask(procrustes, A, B), [[0.0, 1.0], [-1.0, 0.0]], "Q for a quarter turn")

# Three points with a disturbed mirror image: no orthogonal Q is nearer than yours.
checks.procrustes(procrustes, A, np.array([[0.0, 1.0], [2.1, 0.0], [1.0, 0.9]]))

# %% test="procrustes-optimal" points=2.5
# Hidden: Q is orthogonal, no orthogonal matrix is better, and exact turns are found again.
### BEGIN HIDDEN TESTS
checks.forbid(procrustes, NOT_IN_6)
rng = checks.fresh_rng("procrustes-optimal")
for m, n in [(7, 3), (20, 5)]:
    A, B = rng.normal(size=(m, n)), rng.normal(size=(m, n))
    turn, _ = np.linalg.qr(rng.normal(size=(n, n)))
    turn[:, 0] *= np.sign(np.linalg.det(turn))
    checks.procrustes(procrustes, A, A @ turn + 0.1 * B)
    checks.close(checks.ask(procrustes, A, A @ turn), turn, "Q for an exact turn", hidden=True)
### END HIDDEN TESTS

# %% test="procrustes-edges" points=1
# Hidden: reflections, rank-deficient A, and fewer points than dimensions.
### BEGIN HIDDEN TESTS
checks.forbid(procrustes, NOT_IN_6)
rng = checks.fresh_rng("procrustes-edges")
A, B = rng.normal(size=(7, 3)), rng.normal(size=(7, 3))
checks.procrustes(procrustes, A, A @ np.diag([1.0, -1.0, 1.0]) + 0.1 * B)
checks.procrustes(procrustes, A[:, :1] @ rng.normal(size=(1, 3)), B)
checks.procrustes(procrustes, rng.normal(size=(2, 5)), rng.normal(size=(2, 5)))
### END HIDDEN TESTS

# %% test="polar-stretch" points=1
checks.forbid(polar, NOT_IN_6)

# A quarter turn after a stretch by 2 and 3.
checks.polar(polar, np.array([[0.0, -3.0], [2.0, 0.0]]))
Q, P = checks.ask(polar, np.array([[0.0, -3.0], [2.0, 0.0]]))
checks.close(P, [[2.0, 0.0], [0.0, 3.0]], "P")
checks.close(Q, [[0.0, -1.0], [1.0, 0.0]], "Q")

# %% test="polar-factors" points=2
# Hidden: A = Q P with orthonormal columns in Q and P symmetric, not negative; any rank, and
# determinants of both signs.
### BEGIN HIDDEN TESTS
checks.forbid(polar, NOT_IN_6)
rng = checks.fresh_rng("polar-factors")
for m, n in [(7, 3), (5, 5), (4, 1)]:
    checks.polar(polar, rng.normal(size=(m, n)))
checks.polar(polar, rng.normal(size=(7, 2)) @ rng.normal(size=(2, 4)))
A = rng.normal(size=(4, 4))
for sign in (1, -1):                                # of the determinant: Q may be a reflection
    A[0] *= sign * np.sign(np.linalg.det(A))
    checks.polar(polar, A)
### END HIDDEN TESTS

# %% test="polar-habits" points=0.5
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(polar, NOT_IN_6)
rng = checks.fresh_rng("polar-habits")
checks.battery(polar, rng.normal(size=(7, 3)), same=checks.polar)
### END HIDDEN TESTS

# %% test="procrustes-habits" points=0.5
# Hidden: A and B are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(procrustes, NOT_IN_6)
rng = checks.fresh_rng("procrustes-habits")
A = rng.normal(size=(7, 3))
near = A[:, [1, 2, 0]] + 0.1 * rng.normal(size=(7, 3))          # a rotation and a disturbance
checks.battery(procrustes, A, near, same=checks.procrustes)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** An outline, turned, reflected and disturbed, and brought back by your $Q$.

# %% look="procrustes"
import matplotlib.pyplot as plt

outline = np.array([[0, 0], [0, 3], [2, 3], [2, 2.2], [0.8, 2.2], [0.8, 0], [0, 0]]) - [0.8, 1.6]
mirrored = outline @ np.array([[np.cos(2), np.sin(2)], [np.sin(2), -np.cos(2)]])
seen = mirrored + 0.08 * np.random.default_rng(0).normal(size=outline.shape)

plt.figure(figsize=(6, 3))
plt.plot(*outline.T, "k-", label="B"); plt.plot(*seen.T, "r:", label="A")
plt.plot(*(seen @ procrustes(seen, outline)).T, "b--", label="A Q")
plt.axis("equal"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 7 · On paper
#
# Four short answers, each checked by a test (1 point each). Use paper first and your own functions for a second opinion.
#
# **7a.** For a simple singular value, $\dot\sigma_i = u_i^\top \dot A\, v_i$: only the change that $u_i$ and $v_i$ see
# counts. Take $A(t) = \begin{pmatrix}1 & t\\ -t & 2\end{pmatrix}$, where $\sigma_1 - \sigma_2 = 1$ for every $t$.
# Write $\dot\sigma_1$ for the *larger* singular value as a formula in `t`: a string with `+ - * / **`, numbers, `sqrt`,
# `exp`, `log`, … Any equivalent form is right.

# %% solution="sigma_rate"
sigma_rate = ""     # your formula goes between the quotes, such as "exp(-t) / (1 + t)"
### BEGIN SOLUTION
sigma_rate = "2 * t / sqrt(4 * t**2 + 9)"
### END SOLUTION

# %% test="sigma_rate-formula" points=1
# At t = 2 the rate is 4/5. Hidden: the same function for every t between 0 and 3.
checks.formula_value(sigma_rate, at={"t": 2}, expected=0.8)
### BEGIN HIDDEN TESTS
checks.formula(sigma_rate, "4*t/(2*sqrt(9 + 4*t**2))", {"t": (0, 3)}, rng=checks.fresh_rng("sigma_rate-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **7b.** The matrix $\begin{pmatrix}0 & -5\\ 2 & 0\end{pmatrix}$ has the eigenvalues $\pm i\sqrt{10}$. What are its singular
# values, the larger one first?

# %% solution="swap_values"
swap_values = [0, 0]        # two numbers
### BEGIN SOLUTION
swap_values = [5, 2]
### END SOLUTION

# %% test="swap_values-both" points=1
# Their squares add up to the sum of the squares of all entries. Hidden: the values.
checks.close(np.sum(np.square(swap_values)), 29, "the sum of the squares of your two values")
### BEGIN HIDDEN TESTS
checks.numbers(swap_values, [5, 2], ordered=True, rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# **7c.** A matrix $A$ of shape $7\times 5$ has the singular values $5,\ 3,\ 2,\ 0.4,\ 0.1$. Measurement adds an $E$ with
# spectral norm at most $0.3$. What is the smallest interval that must contain the *last* singular value of $A + E$?

# %% solution="weyl_interval"
weyl_interval = [0, 0]      # lower end, upper end
### BEGIN SOLUTION
weyl_interval = [0, 0.4]
### END SOLUTION

# %% test="weyl_interval-ends" points=1
# Without any E the last value is 0.1. Hidden: both ends.
checks.holds(weyl_interval[0] <= weyl_interval[1], "The lower end of the interval comes first.")
checks.close(np.clip(0.1, *weyl_interval), 0.1, "0.1, moved into your interval")
### BEGIN HIDDEN TESTS
checks.numbers(weyl_interval, [0, 0.4], ordered=True, rtol=1e-6)
### END HIDDEN TESTS

# %% [markdown]
# **7d.** Which matrix of rank one is nearest to $\begin{pmatrix}2 & 2\\ -1 & 1\end{pmatrix}$ in the Frobenius norm?

# %% solution="rank_one"
rank_one = [[0, 1], [1, 0]]     # two rows
### BEGIN SOLUTION
rank_one = [[2, 2], [0, 0]]
### END SOLUTION

# %% test="rank_one-nearest" points=1
# Its determinant is zero. Hidden: the entries.
checks.close(np.linalg.det(rank_one), 0, "the determinant of your matrix")
### BEGIN HIDDEN TESTS
checks.close(rank_one, [[2, 2], [0, 0]], "the matrix", hidden=True)
### END HIDDEN TESTS

# %% [markdown]
# **7e · The best approximation of rank k** (6 points, marked by hand)
#
# Let $A = U\,\mathrm{diag}(s)\,V^\top$ and let $A_k$ keep the $k$ largest singular values. Prove that for every matrix $B$ of
# rank at most $k$: $\|A - B\|_F^2 \ge s_{k+1}^2 + \dots + s_r^2$, with equality for $B = A_k$. You may use Weyl's inequality
# $\sigma_{i+j-1}(X + Y) \le \sigma_i(X) + \sigma_j(Y)$ without proof. Six to ten lines are enough; write
# them below, or hand in a page as `written.pdf` and say so below.

# %% [markdown] manual="eckart_young" points=6
# <!-- BEGIN SOLUTION -->
# Take Weyl's inequality for $X = A - B$ and $Y = B$ with $j = k + 1$. Since $\operatorname{rank} B \le k$, $\sigma_{k+1}(B) = 0$,
# so $\sigma_{i+k}(A) \le \sigma_i(A - B)$ for every $i \ge 1$. The Frobenius norm is the root of the sum of the squared
# singular values, hence $\|A - B\|_F^2 = \sum_i \sigma_i(A - B)^2 \ge \sum_{i \ge 1} s_{i+k}^2 = s_{k+1}^2 + \dots + s_r^2$.
# For $B = A_k$ the difference $A - A_k = \sum_{i > k} s_i u_i v_i^\top$ has exactly the singular values $s_{k+1}, \dots, s_r$.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 2 | Weyl (or another argument) applied to $A = (A - B) + B$ with the right indices |
# | 1 | $\sigma_{k+1}(B) = 0$ because the rank is at most $k$ |
# | 2 | the Frobenius norm written with singular values, and the sum taken |
# | 1 | equality for $A_k$ |
#
# A proof by orthogonal projections or by $\langle A, B\rangle \le \sum_i \sigma_i(A)\sigma_i(B)$ gets all points. For the
# spectral norm only: at most 3.
# <!-- END SOLUTION -->

# %% [markdown]
# **7f · A spectrum with noise** (2 points for the picture, 2 for the comment, marked by hand)
#
# `smooth` below is a $40\times 30$ matrix of a smooth function, `noisy` the same with noise of size $10^{-6}$ in every
# entry. Draw the singular values of both on one logarithmic axis, with labels and a legend.

# %% given="spectrum_data"
u, v = np.linspace(0, 1, 40), np.linspace(0, 1, 30)
smooth = np.exp(-((u[:, None] - v[None, :]) ** 2))
noisy = smooth + 1e-6 * np.random.default_rng(3).normal(size=smooth.shape)

# %% manual="spectrum_plot" points=2
# Two lines with plt.semilogy, then labels and a legend.
import matplotlib.pyplot as plt

### BEGIN SOLUTION
plt.figure(figsize=(6, 3))
plt.semilogy(np.linalg.svd(smooth, compute_uv=False), "o", label="smooth")
plt.semilogy(np.linalg.svd(noisy, compute_uv=False), "x", label="with noise of size 1e-6")
plt.axhline(1e-6 * (40**0.5 + 30**0.5), color="k", lw=0.5, label="expected norm of the noise")
plt.xlabel("index"); plt.ylabel("singular value"); plt.legend(); plt.tight_layout()

# Rubric: 1 point for both spectra, complete and on one logarithmic axis; 1 point for axis
# labels and a legend. The line at the norm of the noise is not asked.
### END SOLUTION

# %% [markdown]
# Comment on your picture in three or four sentences: how fast do the values of `smooth` fall and where do they end, what
# does the noise do to them (Weyl), and which rank would you keep of `noisy`, with which error?

# %% [markdown] manual="spectrum_comment" points=2
# <!-- BEGIN SOLUTION -->
# The values of `smooth` fall faster than geometrically, to rounding ($10^{-16}$ of the largest) after about 11 of them.
# By Weyl no value moves by more than $\|E\|_2$, about $10^{-6}(\sqrt{40} + \sqrt{30}) \approx 1.2\cdot 10^{-5}$: values above
# stay, those below are replaced by a slowly falling tail of that size. So five values stand clear of it, and the rank-5
# approximation differs from `noisy` by about the Frobenius norm of the noise, $10^{-6}\sqrt{1200}\approx 3\cdot 10^{-5}$.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 1 | fast fall to rounding for the smooth matrix; a plateau near the norm of the noise for the other one, with Weyl as reason |
# | 1 | a rank where the plateau begins (5 to 7), and an error of the right size ($10^{-6}$ to $10^{-4}$, norm named) |
# <!-- END SOLUTION -->
