# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Solving linear systems, and knowing how well
#
# A linear system is solved by writing the matrix as a product of simple ones. Here you write the three classical
# factorisations, use one of them for least squares, and solve large systems by products with the matrix alone. Beside
# each answer stands the question how good it is. Its measure is the *backward error*
#
# $$\eta(x) = \frac{\|b - Ax\|}{\|A\|\,\|x\| + \|b\|},$$
#
# the relative change of $A$ and $b$ that makes $x$ exact. A good algorithm has $\eta$ near $10^{-16}$ for every matrix; how
# far $x$ is then from the solution is up to the matrix, and its condition number says it.
#
# **You will learn to**
# - factorise a matrix by elimination, by reflections and by roots without losing digits;
# - see why two formulas that are equal on paper differ by eight digits in the computer;
# - estimate a condition number, and turn a residual into an error bound;
# - solve a system that is known through products only, with a history that proves itself.
#
# | | problem | points | reference, about |
# |---|---|---|---|
# | 1 | `lu` | 18 | 12 lines |
# | 2 | `qr` | 18 | 16 lines |
# | 3 | `cholesky` | 12 | 11 lines |
# | 4 | `lstsq` | 14 | 12 lines |
# | 5 | `cond_report` | 12 | 22 lines |
# | 6 | `cg` | 16 | 14 lines |
# | 7 | on paper: five answers, one explanation | 5 + 5 | |
#
# Each problem has a visible test, and short cells that only name a property: those tests run when your work is graded,
# with other numbers. A test that passes prints nothing, and is worth all of its points or none. Every problem can be
# solved without the earlier ones. You work in pairs and hand in one notebook.

# %% [markdown]
# ## Setup
# Run this cell first, after every restart. Below, eps is $2^{-52}\approx 2\cdot 10^{-16}$ (for float32 input $2^{-23}$ will
# do), and `A.conj().T` is the conjugate transpose: for a real matrix the transpose.

# %% given="setup"
import numpy as np

from autograder import checks


class NotPositiveDefinite(ValueError):
    """What `cholesky` raises."""


# What the problems rule out, and what they still allow; the statements say the same in words.
NOT_ALLOWED = checks.LINEAR_ALGEBRA
IN_4 = ["numpy.linalg.qr", "numpy.linalg.norm"]
IN_5 = ["numpy.linalg.solve", "numpy.linalg.inv", "numpy.linalg.LinAlgError"]
IN_6 = ["numpy.linalg.norm"]

# %% [markdown]
# ## 1 · LU with partial pivoting
#
# Elimination subtracts multiples of one row from the rows below. The multipliers, kept, are a matrix $L$ with ones on its
# diagonal; what is left of $A$ is an upper triangular $U$, and $A = LU$. On paper that works unless a pivot is zero. In
# floating point it fails long before: with
#
# $$A = \begin{pmatrix}10^{-20} & 1\\ 1 & 1\end{pmatrix},\qquad
# L = \begin{pmatrix}1 & 0\\ 10^{20} & 1\end{pmatrix},\qquad U = \begin{pmatrix}10^{-20} & 1\\ 0 & -10^{20}\end{pmatrix}$$
#
# the last entry should be $1 - 10^{20}$. The 1 is rounded away, and $LU$ has a 0 where $A$ has a 1. The cure: at step $k$
# bring the entry that is largest *in absolute value* of column $k$, rows $k$ to $n$, into the pivot's place. Then no
# multiplier exceeds 1.

# %% [markdown]
# **Write `lu(A) -> (p, L, U)`** (18 points)
#
# - `A (n, n)` is real or complex, with entries of any size, and may be singular: when what is left of the column is
#   exactly zero, go on to the next one without dividing.
# - `p (n,)` holds whole numbers, the rows of `A` in their new order: `A[p] = L @ U` up to rounding. `L` is lower
#   triangular, with exact ones on the diagonal and no entry above 1 in absolute value; `U` is upper triangular. The other
#   triangles are exactly zero.
# - Which of several equal pivots is taken is free, and so is the order of the loops.
# - About $n^3/3$ multiplications and divisions, fewer than $5n^3/12$ for $n = 16$: no work on columns that are done. They
#   are counted with arrays of dtype object, so give the arrays that you make the dtype `np.result_type(A, float)`, which is
#   also right for integers and complex numbers.
# - `A` is left unchanged.
# - Not allowed: `numpy.linalg`, `scipy`, `torch`, `sympy`. A solution that uses them gets no points for this problem.

# %% solution="lu"
def lu(A):
    """LU with partial pivoting: p (n,) whole numbers, L and U (n, n) with A[p] = L @ U."""
    # Step k: find the pivot, exchange rows of U, of L and entries of p together, then
    # subtract multiples of row k below it.
    ### BEGIN SOLUTION
    U = np.array(A, dtype=np.result_type(A, float))
    n = len(U)
    p, L = np.arange(n), np.zeros_like(U)
    for k in range(n):
        r = k + int(np.argmax(np.abs(U[k:, k])))
        for rows in (p, L, U):
            rows[[k, r]] = rows[[r, k]]
        L[k, k] = 1
        if U[k, k] != 0:
            L[k + 1:, k] = U[k + 1:, k] / U[k, k]
            U[k + 1:, k + 1:] -= np.outer(L[k + 1:, k], U[k, k + 1:])
            U[k + 1:, k] = 0
    return p, L, U
    ### END SOLUTION

# %% test="lu-by_hand" points=3
checks.forbid(lu, NOT_ALLOWED, allow=())

# All laws at once, whatever the matrix: A[p] = L U, exact zeros and ones, |L| <= 1.
checks.lu(lu, np.random.default_rng(0).normal(size=(7, 7)))

# Pivots 4, 4, 2.75. The second exchange moves the multiplier 1/2 up.
A = np.array([[1.0, 2.0, 4.0], [4.0, 4.0, 8.0], [2.0, 6.0, 1.0]])
p, L, U = checks.ask(lu, A)
checks.close(p, [1, 2, 0], "p")
checks.close(L, [[1, 0, 0], [0.5, 1, 0], [0.25, 0.25, 1]], "L")
checks.close(U, [[4, 4, 8], [0, 4, -3], [0, 0, 2.75]], "U")

# %% test="lu-factors" points=6
# Hidden: A[p] = L U to rounding for n up to 60, p a permutation, exact zeros, |L| <= 1.
### BEGIN HIDDEN TESTS
checks.forbid(lu, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("lu-factors")
for n in (1, 2, 5, 17, 60):
    checks.lu(lu, rng.normal(size=(n, n)))
checks.lu(lu, rng.normal(size=(9, 9)) * np.logspace(-6, 6, 9))
cyclic = np.roll(np.eye(6), 2, axis=0) * rng.uniform(1, 2, 6)       # p is not its own inverse
checks.lu(lu, cyclic + np.triu(rng.uniform(0, 0.1, (6, 6))))
### END HIDDEN TESTS

# %% test="lu-tiny_pivot" points=2
# Hidden: the matrix above, others with tiny or zero pivots in the natural order, and small and
# large matrices.
### BEGIN HIDDEN TESTS
checks.forbid(lu, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("lu-tiny_pivot")
checks.lu(lu, np.array([[1e-20, 1.0], [1.0, 1.0]]))
checks.lu(lu, np.array([[0.0, 2.0], [3.0, 1.0]]))
A = rng.uniform(0.5, 1, (6, 6))
A[0, 0], A[1, :2] = 1e-18, A[0, :2] * [0, 2]
checks.lu(lu, A)
for scale in (1e-200, 1e200):
    checks.lu(lu, scale * rng.normal(size=(6, 6)))
### END HIDDEN TESTS

# %% test="lu-singular" points=2
# Hidden: zero columns, dependent rows and the zero matrix: a zero pivot in U, and no nan.
### BEGIN HIDDEN TESTS
checks.forbid(lu, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("lu-singular")
for n in (7, 8, 9):
    A = rng.normal(size=(n, n))
    A[:, 4] = 0
    checks.lu(lu, A)
    A = rng.integers(-4, 5, (n, n)).astype(float)
    A[:, 0], A[3] = 0, 2 * A[1]
    checks.lu(lu, A)
checks.lu(lu, np.zeros((3, 3)))
### END HIDDEN TESTS

# %% test="lu-complex" points=2
# Hidden: complex matrices, also large ones; the pivot is the entry with the largest absolute
# value.
### BEGIN HIDDEN TESTS
checks.forbid(lu, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("lu-complex")
for n in (2, 9, 10):
    checks.lu(lu, rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n)))
A = np.array([[1.0 + 0j, 2], [3j, 1]])
for scale in (1.0, 1e200):                          # squares of the entries overflow
    checks.lu(lu, scale * A)
### END HIDDEN TESTS

# %% test="lu-operations" points=1.5
checks.forbid(lu, NOT_ALLOWED, allow=())

# n = 8: 140 products and 28 quotients; whole rows in each step would make 252.
checks.operations(lu, np.random.default_rng(0).normal(size=(8, 8)), multiplications=(130, 240))

# Hidden: the same for n = 16, where n**3 / 3 is 1365.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng("lu-operations")
A = rng.normal(size=(16, 16))
checks.lu(lu, A)
checks.operations(lu, A, multiplications=(1024, 1706),
                  hint="Subtract in the rows and columns beyond the pivot only.")
### END HIDDEN TESTS

# %% test="lu-habits" points=1.5
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(lu, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("lu-habits")
checks.battery(lu, rng.normal(size=(9, 9)), same=checks.lu)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** A system with the solution $(1, 1)$ and a small first pivot $t$. Without exchanges the error grows like eps$/t$,
# although the matrix is as harmless as can be.

# %% look="lu"
import matplotlib.pyplot as plt

def solve(p, L, U, b):
    below = b[p[1]] - L[1, 0] * b[p[0]]
    x = below / U[1, 1]
    return np.array([(b[p[0]] - U[0, 1] * x) / U[0, 0], x])

pivots, errors = 10.0 ** -np.arange(1, 21), []
for t in pivots:
    A, b = np.array([[t, 1.0], [1.0, 1.0]]), np.array([t + 1, 2.0])
    plain = [0, 1], np.array([[1, 0], [1 / t, 1]]), np.array([[t, 1], [0, 1 - 1 / t]])
    errors.append([abs(solve(*factors, b) - 1).max() for factors in (plain, lu(A))])

plt.figure(figsize=(6, 3))
plain, yours = np.maximum(np.transpose(errors), 1e-17)
plt.loglog(pivots, plain, "x:", label="without exchanges")
plt.loglog(pivots, yours, "o-", label="your lu")
plt.xlabel("first pivot t"); plt.ylabel("error of the solution"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 2 · QR by reflections
#
# Gram and Schmidt subtract from each column its parts along the earlier ones. When the columns are nearly dependent, what
# remains is mostly rounding, and the "orthonormal" columns are not. Householder does it the other way round: he makes
# $A$ triangular by *reflections*, which are orthogonal whatever they are applied to. The reflection
#
# $$H = I - 2\,\frac{vv^*}{v^*v},\qquad v = x + \sigma\|x\|e_1,\qquad \sigma = \frac{x_1}{|x_1|}\quad
# (\sigma = 1\text{ for } x_1 = 0)$$
#
# sends $x$ to $-\sigma\|x\|e_1$. With this sign nothing cancels in $v$. Take for $x$ the part of column $k$ from the
# diagonal down, apply $H_k$ to the rest of the matrix, go on: $H_n\cdots H_1 A$ is $R$ with zero rows below, and
# $Q = H_1\cdots H_n$, of which the first $n$ columns are needed.

# %% [markdown]
# **Write `qr(A) -> (Q, R)`** (18 points)
#
# - `A (m, n)` with `m >= n` is real or complex, of any rank. Its scale may be $10^{-13}$ or $10^{13}$.
# - `Q (m, n)` has orthonormal columns, also when those of `A` are dependent: `Q.conj().T @ Q` is the identity up to
#   $10^{-13}$ (Frobenius norm). `R (n, n)` is upper triangular, with exact zeros below the diagonal, and `Q @ R` is `A` up
#   to rounding.
# - The signs (phases) of the diagonal of `R` are free, and so is the algorithm, as long as it keeps what is promised.
# - A column that is already zero from the diagonal down must not lead to `nan`.
# - `A` is left unchanged.
# - Not allowed: `numpy.linalg`, `scipy`, `torch`, `sympy`; also not `norm`, a length is `np.sqrt(np.sum(np.abs(x) ** 2))`.
#   A solution that uses them gets no points for this problem.

# %% solution="qr"
def qr(A):
    """Thin QR: Q (m, n) with orthonormal columns, R (n, n) upper triangular, A = Q @ R."""
    # Keep the vectors v. R is what the reflections make of A; Q is what they make of the
    # first n columns of the identity, applied in the opposite order.
    ### BEGIN SOLUTION
    R = np.array(A, dtype=np.result_type(A, float))
    m, n = R.shape
    Q, mirrors = np.eye(m, n, dtype=R.dtype), []
    for k in range(n):
        v = R[k:, k].copy()
        length = np.sqrt(np.sum(np.abs(v) ** 2))
        if length == 0:
            continue
        v[0] += length * (v[0] / abs(v[0]) if v[0] != 0 else 1)
        v /= np.sqrt(np.sum(np.abs(v) ** 2))
        R[k:, k:] -= 2 * np.outer(v, v.conj() @ R[k:, k:])
        mirrors.append((k, v))
    for k, v in reversed(mirrors):
        Q[k:] -= 2 * np.outer(v, v.conj() @ Q[k:])
    return Q, np.triu(R[:n])
    ### END SOLUTION

# %% test="qr-by_hand" points=3
checks.forbid(qr, NOT_ALLOWED, allow=())

# Q^T Q = I, exact zeros in R, and Q R = A.
checks.qr(qr, np.random.default_rng(0).normal(size=(7, 5)))

# The first column has length 2; what is left of the second is (-2, -2, 2, 2).
A = np.array([[1.0, 1.0], [1.0, 1.0], [1.0, 5.0], [1.0, 5.0]])
Q, R = checks.ask(qr, A)
checks.close(np.abs(R), [[2, 6], [0, 4]], "the absolute values of R")
checks.close(np.abs(Q), np.full((4, 2), 0.5), "the absolute values of Q")

# %% test="qr-factors" points=6
# Hidden: Q R = A to rounding, orthonormal columns, R upper triangular; tall and square.
### BEGIN HIDDEN TESTS
checks.forbid(qr, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("qr-factors")
for m, n in [(7, 3), (6, 6), (40, 15), (9, 1), (2, 2)]:
    left, _ = np.linalg.qr(rng.normal(size=(m, n)))
    right, _ = np.linalg.qr(rng.normal(size=(n, n)))
    checks.qr(qr, (left * rng.uniform(1, 3, n)) @ right.T)
### END HIDDEN TESTS

# %% test="qr-stable" points=3
# Hidden: at condition number 1e8 Q is still orthonormal to 1e-13; also where a column is
# nearly a multiple of the first unit vector, and where two columns differ by 1e-11.
### BEGIN HIDDEN TESTS
checks.forbid(qr, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("qr-stable")
for m, n in [(40, 15), (9, 9)]:
    left, _ = np.linalg.qr(rng.normal(size=(m, n)))
    right, _ = np.linalg.qr(rng.normal(size=(n, n)))
    checks.qr(qr, (left * np.logspace(0, -8, n)) @ right.T)
for sign in (1, -1):
    A = rng.normal(size=(7, 3))
    A[:, 0] = 1e-9 * A[:, 0]
    A[0, 0] = sign * 2.0
    checks.qr(qr, A)
for distance in (1e-9, 1e-11):
    A = rng.normal(size=(7, 3))
    A[:, 1] = A[:, 0] + distance * A[:, 1]
    checks.qr(qr, A)
### END HIDDEN TESTS

# %% test="qr-edges" points=3
# Hidden: equal columns, a zero column, columns that are zero below the diagonal, the zero
# matrix, 1 x 1; the same as complex numbers; and matrices times 1e-13 and 1e13.
### BEGIN HIDDEN TESTS
checks.forbid(qr, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("qr-edges")
A = rng.normal(size=(7, 4))
checks.qr(qr, A[:, [0, 0, 1, 2]])
A[:, 1] = 0
checks.qr(qr, A)
checks.qr(qr, np.vstack([np.triu(rng.normal(size=(4, 4))), np.zeros((3, 4))]))
block = rng.normal(size=(6, 3))
block[1:, 0], block[0, 0] = 0, 0                    # a first column of zeros
block[1, 1] = 0                                     # and a zero where the sign is looked up
checks.qr(qr, block)
checks.qr(qr, np.zeros((5, 2)))
checks.qr(qr, np.array([[-rng.uniform(1, 2)]]))
for real in (A, block):
    checks.qr(qr, real.astype(complex))
for scale in (1e-13, 1e13):
    checks.qr(qr, scale * rng.normal(size=(7, 4)))
### END HIDDEN TESTS

# %% test="qr-complex" points=1.5
# Hidden: complex matrices, whose reflections need conjugates and phases.
### BEGIN HIDDEN TESTS
checks.forbid(qr, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("qr-complex")
for m, n in [(7, 4), (3, 3)]:
    left, _ = np.linalg.qr(rng.normal(size=(m, n)) + 1j * rng.normal(size=(m, n)))
    right, _ = np.linalg.qr(rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n)))
    checks.qr(qr, (left * rng.uniform(1, 3, n)) @ right.T)
### END HIDDEN TESTS

# %% test="qr-habits" points=1.5
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(qr, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("qr-habits")
A = 4 * rng.normal(size=(20, 3))
A[0, 0] = 5.0
checks.battery(qr, A, same=checks.qr)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** How orthonormal are the columns when the condition number of $A$ grows? Gram and Schmidt's formula, the same with
# one subtraction after the other (*modified*), and your `qr`.

# %% look="qr"
import matplotlib.pyplot as plt

def gram_schmidt(A, modified):
    Q = np.zeros_like(A)
    for j in range(A.shape[1]):
        v = A[:, j].copy()
        for i in range(j):
            v -= Q[:, i] * (Q[:, i] @ (v if modified else A[:, j]))
        Q[:, j] = v / np.sqrt(v @ v)
    return Q

rng = np.random.default_rng(0)
left, _ = np.linalg.qr(rng.normal(size=(40, 15)))
right, _ = np.linalg.qr(rng.normal(size=(15, 15)))
conditions, loss = np.logspace(0, 14, 15), []
for kappa in conditions:
    A = (left * np.geomspace(1, 1 / kappa, 15)) @ right.T
    factors = gram_schmidt(A, False), gram_schmidt(A, True), qr(A)[0]
    loss.append([np.linalg.norm(Q.T @ Q - np.eye(15)) for Q in factors])

plt.figure(figsize=(6, 3))
for name, values in zip(("Gram-Schmidt", "modified", "your qr"), np.transpose(loss)):
    plt.loglog(conditions, values, "o-", label=name)
plt.xlabel("condition number"); plt.ylabel(r"$\|Q^T Q - I\|$"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 3 · Cholesky
#
# A symmetric matrix with $x^\top A x > 0$ for all $x \ne 0$ needs no exchanges: $A = LL^\top$, at half of the price of LU.
# Compare the entries of column $j$ on both sides, from the diagonal down:
#
# $$\ell_{jj}^2 = a_{jj} - \sum_{k<j}|\ell_{jk}|^2,\qquad
# \ell_{ij}\,\ell_{jj} = a_{ij} - \sum_{k<j}\ell_{ik}\,\overline{\ell_{jk}}\quad(i > j).$$
#
# The factorisation is also the best test of the property: it meets a number that is not positive under the root exactly
# when $A$ is not positive definite. So nothing is repaired here. Whoever takes the absolute value under the root, or adds
# a little to the diagonal, returns an answer to another question.

# %% [markdown]
# **Write `cholesky(A) -> L`** (12 points)
#
# - `A (n, n)` is real symmetric or complex Hermitian. `L (n, n)` is lower triangular, exactly zero above the diagonal, with a
#   real positive diagonal, and `L @ L.conj().T` is `A`: each entry up to $10\,n$ eps times $\sqrt{a_{ii}a_{jj}}$, also
#   when the diagonal reaches from $10^{-8}$ to $10^{8}$. The scale of `A` may be $10^{-13}$ or $10^{13}$.
# - An `A` that is not positive definite raises `NotPositiveDefinite` (from the setup cell; any `ValueError` will do). A
#   singular one raises as well, or shows a diagonal entry of `L` whose square is only rounding. One that is positive
#   definite does not raise, also with a condition number of $10^9$.
# - An `A` that is not Hermitian (some $|a_{ij} - \overline{a_{ji}}|$ above $10^{-10}$ times the largest entry) raises, too;
#   smaller differences are rounding and do not. (`np.allclose`, as it comes, forgives far more.)
# - The order of the loops is free. `A` is left unchanged.
# - Not allowed: `numpy.linalg`, `scipy`, `torch`, `sympy`. A solution that uses them gets no points for this problem.

# %% solution="cholesky"
def cholesky(A):
    """The lower triangular L (n, n) with A = L @ L.conj().T; raises NotPositiveDefinite."""
    # Is A Hermitian? Then column by column: what stands under the root, its sign, the rest.
    ### BEGIN SOLUTION
    A = np.array(A, dtype=np.result_type(A, float))
    if A.shape != A.T.shape or (np.abs(A - A.conj().T) > 1e-10 * np.abs(A).max()).any():
        raise NotPositiveDefinite("A should be Hermitian")
    n, L = len(A), np.zeros_like(A)
    for j in range(n):
        column = A[j:, j] - L[j:, :j] @ L[j, :j].conj()
        square = column[0].real
        if not square > n * np.finfo(float).eps * A[j, j].real:
            raise NotPositiveDefinite(f"the pivot in column {j} is not positive")
        L[j:, j] = column / np.sqrt(square)
        L[j, j] = np.sqrt(square)
    return L
    ### END SOLUTION

# %% test="cholesky-by_hand" points=2
checks.forbid(cholesky, NOT_ALLOWED, allow=())

# The square under the second root is 3 - 1.
L = checks.ask(cholesky, np.array([[4.0, 2.0], [2.0, 3.0]]))
checks.close(L, [[2, 0], [1, 2**0.5]], "L for [[4, 2], [2, 3]]")
indefinite = np.array([[1.0, 2.0], [2.0, 1.0]])
checks.raises(ValueError, cholesky, indefinite, when="for [[1, 2], [2, 1]]")

# L L^T = A, exact zeros, a positive diagonal.
checks.cholesky(cholesky, np.array([[9.0, 3.0, -6.0], [3.0, 5.0, 2.0], [-6.0, 2.0, 21.0]]))

# %% test="cholesky-factors" points=4
# Hidden: L L^T = A to rounding, L lower triangular with a positive diagonal, n up to 40.
### BEGIN HIDDEN TESTS
checks.forbid(cholesky, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("cholesky-factors")
for n in (1, 2, 5, 17, 40):
    M = rng.normal(size=(n, n))
    checks.cholesky(cholesky, M @ M.T + 0.1 * n * np.eye(n))
### END HIDDEN TESTS

# %% test="cholesky-indefinite" points=2
# Hidden: negative eigenvalues raise, however small, also of complex matrices; a singular matrix
# raises or shows it.
### BEGIN HIDDEN TESTS
checks.forbid(cholesky, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("cholesky-indefinite")
for n in (6, 12):
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    for low in (-2.0, -1e-6):
        A = (Q * np.append(np.linspace(3, 0.5, n - 1), low)) @ Q.T
        checks.raises(ValueError, cholesky, (A + A.T) / 2, when="when an eigenvalue is negative")
checks.raises(ValueError, cholesky, -np.eye(3), when="for minus the identity")
# The second pivot of [[1, t], [t, 1]] is 1 - t**2, wrong by 2 eps at most.
nearly = np.array([[1.0, 1 + 1e-13], [1 + 1e-13, 1.0]])
checks.raises(ValueError, cholesky, nearly, when="when an eigenvalue is negative, and small")
checks.raises(ValueError, cholesky, np.diag([1 + 0j, -1]), when="when an eigenvalue of a complex matrix is negative")
M = rng.normal(size=(5, 2))
corner = np.array([[1.0, 1, 1], [1, 1, 1], [1, 1, 2]])              # its second pivot is exactly zero
for A in (M @ M.T, corner, np.zeros((2, 2))):
    try:
        L = checks.ask(cholesky, A)
    except checks.CheckFailed:
        checks.raises(ValueError, cholesky, A, when="when A is singular")
    else:
        checks.array(L, "L", shape=A.shape)
        smallest = (np.abs(np.diag(L)) ** 2).min()
        checks.holds(smallest <= 1e-13 * np.linalg.norm(A),
                     "For a singular A cholesky should raise, or L show a diagonal entry whose square is rounding. "
                     "Is something added to the diagonal, or divided by zero?")
### END HIDDEN TESTS

# %% test="cholesky-symmetric_only" points=1
# Hidden: an input that is not symmetric (Hermitian) raises, also when its lower half looks fine,
# and for every scale; one that is symmetric up to rounding does not.
### BEGIN HIDDEN TESTS
checks.forbid(cholesky, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("cholesky-symmetric_only")
M = rng.normal(size=(5, 5))
A = M @ M.T + np.eye(5)
A[0, 3] += 1e-4
checks.raises(ValueError, cholesky, A, when="when a single pair of entries differs by 1e-4")
checks.raises(ValueError, cholesky, np.tril(A), when="when the upper half is zero")
A = M @ M.T + np.eye(5)
for scale in (1.0, 1e-9):
    slightly = scale * A
    slightly[2, 4] += 1e-7 * slightly.max()
    checks.raises(ValueError, cholesky, slightly, when="when a single pair differs by 1e-7 of the largest entry")
skew = np.array([[2.0, 1.0], [-1.0, 2.0]])
checks.raises(ValueError, cholesky, skew, when="when two entries differ in sign alone")
A[2, 4] += 1e-13 * A.max()
checks.array(checks.ask(cholesky, A), "L", shape=(5, 5))
checks.raises(ValueError, cholesky, np.array([[2.0, 1j], [1j, 2.0]]), when="when A is symmetric, not Hermitian")
checks.raises(ValueError, cholesky, np.array([[2 + 1j, 0], [0, 2]]), when="when the diagonal is not real")
### END HIDDEN TESTS

# %% test="cholesky-graded" points=1
# Hidden: a diagonal from 1e-8 to 1e8; small rows are as accurate, relatively, as large ones.
# The same for matrices times 1e-13 and 1e13, and for condition number 1e9.
### BEGIN HIDDEN TESTS
checks.forbid(cholesky, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("cholesky-graded")
for grades in (np.logspace(-4, 4, 7), np.logspace(4, -4, 7)):
    M = rng.normal(size=(7, 7))
    A = (M @ M.T + 0.7 * np.eye(7)) * np.outer(grades, grades)
    checks.cholesky(cholesky, (A + A.T) / 2)
for scale in (1e-13, 1e13):
    checks.cholesky(cholesky, scale * np.array([[2.0, 1.0], [1.0, 3.0]]))
checks.cholesky(cholesky, np.array([[1.0, 1 - 1e-9], [1 - 1e-9, 1.0]]))
### END HIDDEN TESTS

# %% test="cholesky-complex" points=1
# Hidden: complex Hermitian matrices.
### BEGIN HIDDEN TESTS
checks.forbid(cholesky, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("cholesky-complex")
for n in (2, 6):
    M = rng.normal(size=(n, n)) + 1j * rng.normal(size=(n, n))
    A = M @ M.conj().T + 0.5 * np.eye(n)
    checks.cholesky(cholesky, (A + A.conj().T) / 2)
### END HIDDEN TESTS

# %% test="cholesky-habits" points=1
# Hidden: A is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(cholesky, NOT_ALLOWED, allow=())
rng = checks.fresh_rng("cholesky-habits")
M = rng.uniform(-1, 1, (5, 5))
checks.battery(cholesky, M + M.T + np.diag(rng.uniform(9, 11, 5)), same=checks.cholesky)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Both matrices are the same system with its unknowns in the opposite order. One keeps its zeros, the other fills
# up: for sparse matrices the order decides about the work.

# %% look="cholesky"
import matplotlib.pyplot as plt

n = 24
arrow = np.diag(np.full(n, 2.0 * n))
arrow[0] = arrow[:, 0] = 1.0
arrow[0, 0] = 2.0 * n
fig, panels = plt.subplots(1, 4, figsize=(9, 2.5))
both = {"first": arrow, "last": arrow[::-1, ::-1]}
for (left, right), (order, A) in zip(panels.reshape(2, 2), both.items()):
    left.spy(A, markersize=2); left.set_title(f"A, arrow {order}", fontsize=9)
    right.spy(cholesky(A), markersize=2); right.set_title("its L", fontsize=9)
for panel in panels:
    panel.set(xticks=[], yticks=[])
fig.tight_layout()

# %% [markdown]
# ## 4 · Least squares
#
# More equations than unknowns: no $x$ solves $Ax = b$, and one makes $\|b - Ax\|$ smallest. There the residual is
# orthogonal to the columns, $A^\top(b - Ax) = 0$. These *normal equations* can be solved by Cholesky. That is fast, and
# wrong in the computer as soon as $A$ is not well conditioned: the condition number of $A^\top A$ is the square of that of
# $A$. With $A = QR$ the same $x$ comes out of
#
# $$\|b - Ax\|^2 = \|Q^\top b - Rx\|^2 + \|b - QQ^\top b\|^2\quad\Longrightarrow\quad Rx = Q^\top b,$$
#
# solved from the last row upwards, and nothing has been squared.

# %% [markdown]
# **Write `lstsq(A, b) -> x`** (14 points)
#
# - `A (m, n)` is real with `m >= n`; `b` has shape `(m,)`, or `(m, k)` for `k` problems with the same `A`. The result has
#   shape `(n,)` or `(n, k)`, and each column minimises $\|b - Ax\|$.
# - The residual is orthogonal to the columns of `A` up to 100 eps, relative to $\|A\|(\|A\|\|x\| + \|b\|)$, and `x` is as
#   accurate as the condition number $\kappa$ of `A` allows: for small residuals up to 100 eps $\kappa$. Condition numbers up
#   to $10^7$ occur.
# - `ValueError` when `m < n`, or when the columns of `A` are dependent up to rounding: some diagonal entry of `R` below
#   $10^{-12}$ times the largest, say. The scale of `A` may be $10^{-13}$ or $10^{13}$.
# - `A` and `b` are left unchanged.
# - Your own `qr` serves; when it does not work yet, take `np.linalg.qr` or write something else. Not allowed: everything else
#   in `numpy.linalg` but `norm`, `scipy`, `torch`, `sympy`. A solution that uses them gets no points for this problem.

# %% solution="lstsq"
def lstsq(A, b):
    """The x (n,) or (n, k) that minimises |b - A x|, column by column."""
    # Q, R; is some diagonal entry of R rounding? Then R x = Q.T @ b from the last row up.
    ### BEGIN SOLUTION
    A, b = np.array(A, dtype=float), np.array(b, dtype=float)
    m, n = A.shape
    if m < n:
        raise ValueError("A should have at least as many rows as columns")
    Q, R = qr(A)
    diagonal = np.abs(np.diag(R))
    if not diagonal.min() > 1e-12 * diagonal.max():
        raise ValueError("the columns of A are linearly dependent")
    x = Q.T @ b
    for i in reversed(range(n)):
        x[i] = (x[i] - R[i, i + 1:] @ x[i + 1:]) / R[i, i]
    return x
    ### END SOLUTION

# %% test="lstsq-line" points=2.5
checks.forbid(lstsq, NOT_ALLOWED, allow=IN_4)

# The line through (0, 1), (1, 3), (2, 4): 7/6 + 3/2 t.
A = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]])
b = np.array([1.0, 3.0, 4.0])
x = checks.ask(lstsq, A, b)
checks.close(x, [7 / 6, 3 / 2], "x")

# The residual is orthogonal to the columns, and x is accurate.
checks.close(A.T @ (b - A @ x), [0, 0], "A.T @ (b - A @ x)")
rng = np.random.default_rng(0)
checks.least_squares(lstsq, rng.normal(size=(7, 4)), rng.normal(size=7))

# %% test="lstsq-optimal" points=5
# Hidden: the residual is orthogonal to the columns; tall and square; and turning the
# equations by an orthogonal matrix changes nothing.
### BEGIN HIDDEN TESTS
checks.forbid(lstsq, NOT_ALLOWED, allow=IN_4)
rng = checks.fresh_rng("lstsq-optimal")
for m, n in [(7, 3), (30, 8), (5, 1)]:
    checks.least_squares(lstsq, rng.normal(size=(m, n)), rng.normal(size=m))
Q, _ = np.linalg.qr(rng.normal(size=(6, 6)))
square = (Q * np.linspace(1, 3, 6)) @ np.linalg.qr(rng.normal(size=(6, 6)))[0]
checks.least_squares(lstsq, square, rng.normal(size=6))
A, b = rng.normal(size=(9, 4)), rng.normal(size=9)
turn, _ = np.linalg.qr(rng.normal(size=(9, 9)))
checks.close(checks.ask(lstsq, turn @ A, turn @ b), checks.ask(lstsq, A, b),
             "x after an orthogonal matrix has been applied to both sides", rtol=1e-10)
### END HIDDEN TESTS

# %% test="lstsq-accurate" points=3
# Hidden: condition number 1e7 and a small residual: x is right to 100 eps times 1e7.
### BEGIN HIDDEN TESTS
checks.forbid(lstsq, NOT_ALLOWED, allow=IN_4)
rng = checks.fresh_rng("lstsq-accurate")
for m, n in [(30, 8), (12, 5)]:
    left, _ = np.linalg.qr(rng.normal(size=(m, n)))
    right, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = (left * np.logspace(0, -7, n)) @ right.T
    checks.least_squares(lstsq, A, A @ rng.normal(size=n) + 1e-12 * rng.normal(size=m))
### END HIDDEN TESTS

# %% test="lstsq-columns" points=1.5
# Hidden: several right-hand sides at once, also a single column of shape (m, 1).
### BEGIN HIDDEN TESTS
checks.forbid(lstsq, NOT_ALLOWED, allow=IN_4)
rng = checks.fresh_rng("lstsq-columns")
for m, n, k in [(9, 4, 3), (6, 3, 1), (7, 2, 7)]:
    checks.least_squares(lstsq, rng.normal(size=(m, n)), rng.normal(size=(m, k)))
### END HIDDEN TESTS

# %% test="lstsq-refuses" points=1
# Hidden: ValueError for wide matrices and dependent columns, also with several right-hand
# sides; none at condition number 1e6; the same for A times 1e-13 and 1e13.
### BEGIN HIDDEN TESTS
checks.forbid(lstsq, NOT_ALLOWED, allow=IN_4)
rng = checks.fresh_rng("lstsq-refuses")
checks.raises(ValueError, lstsq, rng.normal(size=(3, 5)), rng.normal(size=3), when="when m < n")
A = rng.normal(size=(7, 4))
for dependent in (A[:, [0, 1, 1, 2]], A * [1, 0, 1, 1], A[:, :2] @ rng.normal(size=(2, 4))):
    for b in (rng.normal(size=7), rng.normal(size=(7, 2))):
        checks.raises(ValueError, lstsq, dependent, b, when="when the columns are dependent")
for scale in (1e-13, 1e13):
    checks.raises(ValueError, lstsq, scale * A[:, [0, 1, 1]], rng.normal(size=7), when="when the columns are dependent")
    checks.array(checks.ask(lstsq, scale * A, rng.normal(size=7)), "x", shape=(4,))
left, _ = np.linalg.qr(rng.normal(size=(9, 4)))
right, _ = np.linalg.qr(rng.normal(size=(4, 4)))
checks.array(checks.ask(lstsq, (left * np.logspace(0, -6, 4)) @ right.T, rng.normal(size=9)), "x", shape=(4,))
### END HIDDEN TESTS

# %% test="lstsq-habits" points=1
# Hidden: A and b are unchanged, memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(lstsq, NOT_ALLOWED, allow=IN_4)
rng = checks.fresh_rng("lstsq-habits")
checks.battery(lstsq, rng.normal(size=(9, 3)), rng.normal(size=9), same=checks.least_squares)
checks.battery(lstsq, rng.normal(size=(9, 3)), rng.normal(size=(9, 2)), same=checks.least_squares)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** Polynomials of growing degree through 60 points, where the coefficients are known. The normal equations give up
# at half of the digits.

# %% look="lstsq"
import matplotlib.pyplot as plt

t, degrees = np.linspace(0, 1, 60), np.arange(1, 13)
conditions, errors = [], []
for degree in degrees:
    A = t[:, None] ** np.arange(degree + 1)
    b = A.sum(axis=1)                                       # all coefficients are 1
    normal = np.linalg.solve(A.T @ A, A.T @ b)
    conditions.append(np.linalg.cond(A))
    errors.append([abs(normal - 1).max(), abs(lstsq(A, b) - 1).max()])

plt.figure(figsize=(6, 3))
plt.loglog(conditions, np.maximum(np.array(errors), 1e-17), "o-")
plt.loglog(conditions, 1e-16 * np.square(conditions), "k:")
plt.loglog(conditions, 1e-16 * np.array(conditions), "k--")
plt.ylim(1e-17, 1e2); plt.xlabel("condition number"); plt.ylabel("error of the coefficients")
plt.legend(["normal equations", "your lstsq", r"eps $\kappa^2$", r"eps $\kappa$"])
plt.tight_layout()

# %% [markdown]
# ## 5 · How good is this solution?
#
# Somebody hands you $x$ and says that it solves $Ax = b$. The backward error $\eta$ above measures how well; it needs no
# exact solution. To turn it into a statement about $x$ itself one needs the condition number
# $\kappa = \|A\|\,\|A^{-1}\|$, in the spectral norm, $\|A\| = \max\|Av\|$ over $\|v\| = 1$:
#
# $$\frac{\|x - x_{\text{exact}}\|}{\|x_{\text{exact}}\|} \le \frac{2t}{1 - t},\qquad t = \kappa\,\eta < 1 .$$
#
# Nobody needs $\kappa$ to more than its order of magnitude. Power iteration on $A^\top A$, $v \leftarrow A^\top(Av)$ with
# $v$ made a unit vector each time, finds $\|A\| \approx \|Av\|$. The same iteration with $A^{-1}$ in place of $A$ finds
# $\|A^{-1}\|$: two linear systems per step, and no inverse. Never solve with $A^\top A$ itself, whose condition number is
# $\kappa^2$.

# %% [markdown]
# **Write `cond_report(A, b, x) -> dict`** (12 points)
#
# - `A (n, n)` is real with entries of any size from $10^{-9}$ to $10^9$, `b (n,)`, and `x (n,)` is a proposed solution. The
#   dict has three floats:
#   - `"kappa_est"`, the condition number within a factor of 2 (within 5 % for orthogonal matrices), up to $\kappa = 10^{10}$.
#     For a singular `A` it is `inf`, or at least $10^{13}$ where rounding hides the zero. (Elimination may meet a zero
#     pivot in `A`, in its transpose, or in none of them.)
#   - `"backward"`, the backward error of `x` in the spectral norm, within 5 %; 0 for a zero residual.
#   - `"forward_bound"`, $2t/(1-t)$ with $t$ the product of the two numbers above; `inf` unless $t < 1$, so also for
#     `inf` times 0.
# - Start the iteration from fixed numbers or from a generator of your own, such as `np.random.default_rng(0)`; twenty
#   steps are usually enough, a hundred always. `A`, `b` and `x` are left unchanged.
# - For the systems take your `lu` with two triangular solves, or `np.linalg.solve` (which raises `np.linalg.LinAlgError` for a
#   zero pivot) or `np.linalg.inv`. Not allowed: everything else in `numpy.linalg`, also `norm`, whose order 2 is
#   an SVD; `scipy`, `torch`, `sympy`. A solution that uses them gets no points for this problem.

# %% solution="cond_report"
def cond_report(A, b, x):
    """How good x is for A x = b: a dict with kappa_est, backward and forward_bound."""
    # A helper that finds the norm of v -> apply(v), given apply and its transpose, does both
    # norms. Catch the zero pivot, and t that is not below 1.
    ### BEGIN SOLUTION
    A, b, x = (np.array(given, dtype=float) for given in (A, b, x))

    def length(v):
        return float(np.sqrt(v @ v))

    def norm(apply, transposed):
        v = np.random.default_rng(0).normal(size=len(A))
        for _ in range(100):
            v = v / length(v)
            image = apply(v)
            v = transposed(image)
            if not length(v) > 0:
                break
        return length(image)

    size = norm(lambda v: A @ v, lambda v: A.T @ v)
    try:
        inverse = norm(lambda v: np.linalg.solve(A, v), lambda v: np.linalg.solve(A.T, v))
    except np.linalg.LinAlgError:
        inverse = np.inf
    kappa = size * inverse if size else np.inf
    residual = length(b - A @ x)
    backward = residual / (size * length(x) + length(b)) if residual else 0.0
    t = kappa * backward
    return {"kappa_est": kappa, "backward": backward, "forward_bound": 2 * t / (1 - t) if t < 1 else np.inf}
    ### END SOLUTION

# %% test="cond_report-diagonal" points=2
checks.forbid(cond_report, NOT_ALLOWED, allow=IN_5)

# diag(1, 100) has norm 100, its inverse norm 1; the residual is (0.1, 0).
A, b = np.diag([1.0, 100.0]), np.array([1.0, 100.0])
checks.condition_report(cond_report, A, b, np.array([0.9, 1.0]))
report = checks.ask(cond_report, A, b, np.array([1.0, 1.0]))
checks.holds(50 <= report["kappa_est"] <= 200, "kappa_est for diag(1, 100) is 50 to 200.")
checks.close(report["backward"], 0, "backward of the exact solution")

# The identity has condition number 1.
report = checks.ask(cond_report, np.eye(3), np.ones(3), np.ones(3))
checks.close(report["kappa_est"], 1, "kappa_est for the identity", rtol=0.05)

# %% test="cond_report-kappa" points=3
# Hidden: kappa_est within a factor of 2 for condition numbers from 30 to 1e10; orthogonal
# matrices within 5 %.
### BEGIN HIDDEN TESTS
checks.forbid(cond_report, NOT_ALLOWED, allow=IN_5)
rng = checks.fresh_rng("cond_report-kappa")
for n, kappa in [(7, 1e3), (9, 1e8), (8, 1e10), (12, 30.0)]:
    left, _ = np.linalg.qr(rng.normal(size=(n, n)))
    right, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = (left * np.geomspace(1, 1 / kappa, n)) @ right.T
    checks.condition_report(cond_report, A, rng.normal(size=n), rng.normal(size=n), parts=["kappa_est"])
for n in (4, 50):
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    checks.condition_report(cond_report, Q, rng.normal(size=n), rng.normal(size=n), within=1.05, parts=["kappa_est"])
### END HIDDEN TESTS

# %% test="cond_report-scale" points=1
# Hidden: A and c A have the same condition number; not symmetric, negative determinant.
### BEGIN HIDDEN TESTS
checks.forbid(cond_report, NOT_ALLOWED, allow=IN_5)
rng = checks.fresh_rng("cond_report-scale")
for scale in (1e-9, 1.0, 1e9):
    left, _ = np.linalg.qr(rng.normal(size=(6, 6)))
    right, _ = np.linalg.qr(rng.normal(size=(6, 6)))
    A = (left * np.geomspace(1, 1e-5, 6)) @ right.T
    A[0] *= -np.sign(np.linalg.det(A))
    checks.condition_report(cond_report, scale * A, rng.normal(size=6), rng.normal(size=6), parts=["kappa_est"])
### END HIDDEN TESTS

# %% test="cond_report-backward" points=2
# Hidden: backward within 5 %, for bad and for good proposals, also where |b| counts, and for
# A and b times 1e-9.
### BEGIN HIDDEN TESTS
checks.forbid(cond_report, NOT_ALLOWED, allow=IN_5)
rng = checks.fresh_rng("cond_report-backward")
for error in (1.0, 1e-2, 1e-8):
    left, _ = np.linalg.qr(rng.normal(size=(7, 7)))
    right, _ = np.linalg.qr(rng.normal(size=(7, 7)))
    A = (left * np.geomspace(3, 0.3, 7)) @ right.T
    x = right[:, 0] + 0.2 * right[:, 3]             # A x is nearly as long as |A| |x|
    b = A @ x + error * rng.normal(size=7)
    checks.condition_report(cond_report, A, b, x, parts=["backward"])
checks.condition_report(cond_report, 1e-9 * A, 1e-9 * b, x, parts=["backward"])
checks.condition_report(cond_report, A, rng.normal(size=7), 0 * x, parts=["backward"])
checks.condition_report(cond_report, A, 0 * x, 0 * x, parts=["backward"])
### END HIDDEN TESTS

# %% test="cond_report-bound" points=2
# Hidden: forward_bound is 2 t / (1 - t), above the true error (except for what kappa_est may
# be off), and inf from t = 1 on; t lies on both sides of 1.
### BEGIN HIDDEN TESTS
checks.forbid(cond_report, NOT_ALLOWED, allow=IN_5)
rng = checks.fresh_rng("cond_report-bound")
for digits in np.linspace(1, 5, 20):
    left, _ = np.linalg.qr(rng.normal(size=(6, 6)))
    right, _ = np.linalg.qr(rng.normal(size=(6, 6)))
    A, exact = (left * np.geomspace(1, 10**-digits, 6)) @ right.T, rng.normal(size=6)
    b = A @ exact
    x = np.linalg.solve(A + 1e-8 * rng.normal(size=(6, 6)), b)
    checks.condition_report(cond_report, A, b, x, parts=["forward_bound"])
    error = np.linalg.norm(x - exact) / np.linalg.norm(exact)
    bound = checks.ask(cond_report, A, b, x)["forward_bound"]
    checks.holds(error <= 2.2 * bound,              # kappa_est may be half of kappa, backward 5 % too small
                 "forward_bound is far below the true error. Is it kappa_est times backward, times 2?")
A = (left * np.geomspace(1, 1e-2, 6)) @ right.T         # kappa = 100; t goes from about 0.05 to 3
for off in np.geomspace(1e-3, 0.06, 12):
    checks.condition_report(cond_report, A, A @ right[:, 0] + off * left[:, 1], right[:, 0], parts=["forward_bound"])
report = checks.ask(cond_report, A, b, -exact)
checks.holds(np.isposinf(report["forward_bound"]), "forward_bound should be inf when t is not below 1.")
### END HIDDEN TESTS

# %% test="cond_report-singular" points=1
# Hidden: singular matrices: kappa_est is inf or huge, forward_bound is inf, nothing is nan, also
# for an x with zero residual.
### BEGIN HIDDEN TESTS
checks.forbid(cond_report, NOT_ALLOWED, allow=IN_5)
rng = checks.fresh_rng("cond_report-singular")
A = rng.normal(size=(4, 4))
A[:, 1] = 0
for singular in (np.array([[1.0, 2.0], [2.0, 4.0]]), A):
    b, x = rng.normal(size=len(singular)), rng.normal(size=len(singular))
    checks.condition_report(cond_report, singular, b, x, parts=["kappa_est", "forward_bound"])
    checks.holds(np.isposinf(checks.ask(cond_report, singular, b, x)["forward_bound"]),
                 "forward_bound should be inf for a singular A and a bad x.")
checks.condition_report(cond_report, np.array([[1.0, 2.0], [2.0, 4.0]]), np.array([3.0, 6.0]), np.ones(2),
                        parts=["kappa_est", "forward_bound"])
for _ in range(8):
    rank_two = rng.normal(size=(4, 2)) @ rng.normal(size=(2, 4))
    checks.condition_report(cond_report, rank_two, rng.normal(size=4), rng.normal(size=4), parts=["kappa_est"])
### END HIDDEN TESTS

# %% test="cond_report-habits" points=1
# Hidden: A, b and x are unchanged, memory layout does not matter, float32 and integers work,
# no global random state.
### BEGIN HIDDEN TESTS
checks.forbid(cond_report, NOT_ALLOWED, allow=IN_5)
rng = checks.fresh_rng("cond_report-habits")
A = np.diag([9.0, 8.0, 7.0, 6.0, 0.5]) + np.triu(rng.uniform(2, 4, (5, 5)), 1)
b, x = (size * rng.choice([-1.0, 1.0], 5) * rng.uniform(0.7, 1.3, 5) for size in (20, 3))
checks.battery(cond_report, A, b, x, same=checks.condition_report)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The Hilbert matrices $a_{ij} = 1/(i + j - 1)$, and how many digits are left of a solution whose backward error
# is only rounding.

# %% look="cond_report"
import matplotlib.pyplot as plt

sizes, kappas, bounds, errors = np.arange(2, 13), [], [], []
for n in sizes:
    A = 1 / (np.arange(n)[:, None] + np.arange(n) + 1)
    b = A.sum(axis=1)                                       # the exact solution is all ones
    x = np.linalg.solve(A, b)
    report = cond_report(A, b, x)
    kappas.append(report["kappa_est"])
    bounds.append(max(report["forward_bound"], 1e-17))
    errors.append(max(abs(x - 1).max(), 1e-17))

plt.figure(figsize=(6, 3))
plt.semilogy(sizes, np.array(kappas) * 1e-16, "k:", label=r"$10^{-16}$ times kappa_est")
plt.semilogy(sizes, bounds, "o-", label="forward_bound")
plt.semilogy(sizes, errors, "x-", label="true error")
plt.xlabel("n"); plt.legend(); plt.tight_layout()

# %% [markdown]
# ## 6 · Conjugate gradients
#
# A matrix of a million rows is often known only as a routine for $Av$. When it is symmetric positive definite, *conjugate
# gradients* find the best $x_k$ (in the norm $\|e\|_A^2 = e^\top A e$ of the error) among all that $k$ products can reach:
# from $x_0 = 0$, $r_0 = p_0 = b$,
#
# $$\alpha = \frac{r_k^\top r_k}{p_k^\top A p_k},\quad x_{k+1} = x_k + \alpha p_k,\quad r_{k+1} = r_k - \alpha A p_k,\quad
# p_{k+1} = r_{k+1} + \frac{r_{k+1}^\top r_{k+1}}{r_k^\top r_k}\,p_k .$$
#
# One product per step. With $s$ different eigenvalues it ends after $s$ steps, and always
# $\|e_k\|_A \le 2\big(\tfrac{\sqrt\kappa - 1}{\sqrt\kappa + 1}\big)^k\|e_0\|_A$: the root of $\kappa$ where steepest descent
# has $\kappa$ itself.

# %% [markdown]
# **Write `cg(A, b, tol, maxit) -> (x, res)`** (16 points)
#
# - `A` stands for a symmetric positive definite matrix that you cannot see: it has `A.shape == (n, n)` and `A.matvec(v)`,
#   nothing else. Each product is counted, and one more than the number of steps is allowed.
# - Start from zero. `res` is a list of floats, `res[k]` $= \|b - Ax_k\|$, with `res[0]` $= \|b\|$; `x (n,)` is the last $x_k$.
# - Stop at the first `res[k] <= tol * res[0]`, or after `maxit` steps. So the length of `res` is the number of steps plus
#   one, and its last entry says whether the iteration arrived. `maxit` is at least 1. For `b = 0` that is before the first
#   step: return zero and `[0.0]`.
# - The history must be true: a shorter run, with `maxit = k`, returns the $x_k$ whose residual is `res[k]`. The tests compare
#   the two, to $10^{-8}\|b\|$.
# - Any method will do that keeps the two theorems above. `b` is left unchanged.
# - Not allowed: `numpy.linalg` other than `norm`, `scipy`, `torch`, `sympy`. A solution that uses them gets no points for this
#   problem.

# %% solution="cg"
def cg(A, b, tol, maxit):
    """Conjugate gradients from zero: x (n,), and the list of residual lengths."""
    # Keep r @ r from step to step: it serves the residual, alpha and the next direction.
    ### BEGIN SOLUTION
    r = np.array(b, dtype=float)
    x, p, square = np.zeros_like(r), r, r @ r
    res = [float(np.sqrt(square))]
    while res[-1] > tol * res[0] and len(res) <= maxit:
        image = A.matvec(p)
        alpha = square / (p @ image)
        x = x + alpha * p
        r = r - alpha * image
        square, before = r @ r, square
        p = r + (square / before) * p
        res.append(float(np.sqrt(square)))
    return x, res
    ### END SOLUTION

# %% test="cg-two_steps" points=2.5
checks.forbid(cg, NOT_ALLOWED, allow=IN_6)

# The history, checked for you: lengths of residuals, recomputed for every k; when it stops.
A = np.diag([1.0, 2.0, 3.0, 5.0, 9.0])
checks.residual_history(cg, A, np.ones(5), 1e-10, 20, at=(1, 2, 3))

# [[4, 1], [1, 3]] x = (1, 2): two unknowns, two steps, x = (1/11, 7/11).
A, b = checks.CountedOp(np.array([[4.0, 1.0], [1.0, 3.0]])), np.array([1.0, 2.0])
x, res = checks.ask(cg, A, b, 1e-12, 10)
checks.close(x, [1 / 11, 7 / 11], "x")
checks.equal(len(res), 3, "the length of res")
checks.holds(A.count <= 3, "Two steps need two products with A; three are allowed.")

# %% test="cg-few_eigenvalues" points=3
# Hidden: three different eigenvalues, at most three steps to 1e-10; twelve, at most thirteen (one
# for rounding); an eigenvector, one step.
### BEGIN HIDDEN TESTS
checks.forbid(cg, NOT_ALLOWED, allow=IN_6)
rng = checks.fresh_rng("cg-few_eigenvalues")

def definite(rng, values):
    Q, _ = np.linalg.qr(rng.normal(size=(len(values), len(values))))
    A = (Q * np.asarray(values)) @ Q.T
    return (A + A.T) / 2

A = definite(rng, np.repeat([1.0, 2.0, 5.0], [6, 3, 4]))
b = rng.normal(size=13)
checks.residual_history(cg, A, b, 1e-10, 30)
checks.holds(len(checks.ask(cg, checks.CountedOp(A), b, 1e-10, 30)[1]) <= 4,
             "With three different eigenvalues three steps should be enough. Is the next direction conjugate to the last?")
# Twelve: after 13 steps CG is below 2e-16 (200 seeds), with a direction restarted on the way above 9e-7.
A = definite(rng, np.repeat(np.linspace(1, 20, 12), [3, 2] * 6))
b = rng.normal(size=30)
checks.residual_history(cg, A, b, 1e-10, 30)
checks.holds(len(checks.ask(cg, checks.CountedOp(A), b, 1e-10, 30)[1]) <= 14,
             "With twelve different eigenvalues thirteen steps should be enough. Does every direction build on the last?")
A = definite(rng, np.geomspace(1, 20, 8))
b = 3 * np.linalg.eigh(A)[1][:, 5]
checks.residual_history(cg, A, b, 1e-8, 30)
checks.holds(len(checks.ask(cg, checks.CountedOp(A), b, 1e-8, 30)[1]) == 2,
             "When b is an eigenvector of A, one step should be enough.")
### END HIDDEN TESTS

# %% test="cg-rate" points=3.5
# Hidden: for 30 steps the A-norm of the error stays below the bound above.
### BEGIN HIDDEN TESTS
checks.forbid(cg, NOT_ALLOWED, allow=IN_6)
rng = checks.fresh_rng("cg-rate")
Q, _ = np.linalg.qr(rng.normal(size=(60, 60)))
values = np.concatenate([[1.0, 100.0], rng.uniform(1, 100, 58)])
weights = np.concatenate([[6.0, 6.0], np.ones(58)])                 # hard for steepest descent
exact = Q @ (rng.choice([-1.0, 1.0], 60) * weights / values)
A = (Q * values) @ Q.T
A = (A + A.T) / 2
operator, b = checks.CountedOp(A), A @ exact
errors = [np.sqrt(exact @ A @ exact)]
checks.residual_history(cg, operator, b, 0.0, 30)
for k in range(1, 31):
    before = operator.count
    x, res = checks.ask(cg, operator, b, 0.0, k)
    checks.holds(operator.count - before <= 2 * k + 2, "Steps are counted in products with A: one per step.")
    checks.array(x, "x", shape=(60,))
    errors.append(np.sqrt((x - exact) @ A @ (x - exact)))
checks.rate(errors, "conjugate gradients", "The error in the A-norm", kappa=100.0, start=errors[0])
### END HIDDEN TESTS

# %% test="cg-honest" points=2
# Hidden: res[k] is |b - A x_k| for every k: runs with maxit = k return such an x.
### BEGIN HIDDEN TESTS
checks.forbid(cg, NOT_ALLOWED, allow=IN_6)
rng = checks.fresh_rng("cg-honest")
for n, kappa in [(20, 50.0), (9, 300.0)]:
    Q, _ = np.linalg.qr(rng.normal(size=(n, n)))
    A = (Q * np.geomspace(1, kappa, n)) @ Q.T
    b = rng.normal(size=n)
    checks.residual_history(cg, (A + A.T) / 2, b / np.linalg.norm(b), 1e-6, 40, at=(1, 2, 4, 6))
### END HIDDEN TESTS

# %% test="cg-stops" points=2.5
# Hidden: stops at the first residual below tol |b|, and after maxit steps where it does not
# arrive; the length of res tells the number of steps.
### BEGIN HIDDEN TESTS
checks.forbid(cg, NOT_ALLOWED, allow=IN_6)
rng = checks.fresh_rng("cg-stops")
Q, _ = np.linalg.qr(rng.normal(size=(40, 40)))
A = (Q * np.geomspace(1, 1e4, 40)) @ Q.T
A, b = (A + A.T) / 2, 1e3 * rng.normal(size=40)
checks.residual_history(cg, A, b, 1e-10, 7)
checks.residual_history(cg, A, b, 1e-10, 1)
easy = A + 2e3 * np.eye(40)
for tol in (1e-1, 1e-3, 1e-8):
    checks.residual_history(cg, easy, b, tol, 200)
### END HIDDEN TESTS

# %% test="cg-products" points=1
# Hidden: one product with A per step, and one more at most.
### BEGIN HIDDEN TESTS
checks.forbid(cg, NOT_ALLOWED, allow=IN_6)
rng = checks.fresh_rng("cg-products")
M, b = rng.normal(size=(12, 12)), rng.normal(size=12)
for maxit in (4, 100):
    checks.residual_history(cg, M @ M.T + 5 * np.eye(12), b / np.linalg.norm(b), 1e-6, maxit, products=1)
### END HIDDEN TESTS

# %% test="cg-zero" points=0.5
# Hidden: b = 0 gives zero and [0.0], without nan; a small b is not zero.
### BEGIN HIDDEN TESTS
checks.forbid(cg, NOT_ALLOWED, allow=IN_6)
checks.residual_history(cg, np.diag([1.0, 2.0, 3.0]), np.zeros(3), 1e-8, 10)
x, res = checks.ask(cg, checks.CountedOp(np.eye(4)), np.zeros(4), 1e-8, 10)
checks.close(x, np.zeros(4), "x for b = 0")
checks.close(res, [0.0], "res for b = 0")
x, res = checks.ask(cg, checks.CountedOp(np.eye(4)), np.full(4, 1e-10), 1e-12, 10)
checks.holds(len(res) > 1, "A small b is not zero: cg should make a step.")
### END HIDDEN TESTS

# %% test="cg-habits" points=1
# Hidden: b is unchanged, its memory layout does not matter, float32 and integers work.
### BEGIN HIDDEN TESTS
checks.forbid(cg, NOT_ALLOWED, allow=IN_6)
rng = checks.fresh_rng("cg-habits")
Q, _ = np.linalg.qr(rng.normal(size=(20, 20)))
A = checks.CountedOp((Q * np.geomspace(1, 50, 20)) @ Q.T)
checks.battery(cg, A, 1e4 * rng.normal(size=20), 1e-3, 50, same=checks.residual_history)
### END HIDDEN TESTS

# %% [markdown]
# **Look.** The residuals for three spectra on the interval from 1 to 400: evenly spread, few different values, and a
# cluster with one value far away. The bound knows only the two ends.

# %% look="cg"
import matplotlib.pyplot as plt

rng, n = np.random.default_rng(0), 200
spectra = {
    "even": np.linspace(1, 400, n),
    "ten values": np.repeat(np.linspace(1, 400, 10), n // 10),
    "cluster": np.concatenate([np.linspace(1, 4, n - 1), [400]]),
}
plt.figure(figsize=(6, 3))
for name, values in spectra.items():
    x, res = cg(checks.CountedOp(np.diag(values)), rng.normal(size=n), 1e-10, 120)
    plt.semilogy(np.array(res) / res[0], label=name)
k = np.arange(121)
plt.semilogy(k, 2 * (19 / 21) ** k, "k:", label=r"bound for $\kappa = 400$ (A-norm)")
plt.ylim(1e-11, 10); plt.legend(loc="upper right")
plt.xlabel("step"); plt.ylabel(r"$\|b - Ax_k\| / \|b\|$"); plt.tight_layout()

# %% [markdown]
# ## 7 · On paper
#
# Five short answers, each checked by a test (1 point each). A formula is a string with `+ - * / **` and numbers; any
# equivalent form is right. Write a third as `1/3`; 0.3333 is another number.
#
# **7a.** LU of an $n\times n$ matrix: how many multiplications, as a formula in `n`? Only the leading term.

# %% solution="lu_count"
lu_count = ""       # your formula goes between the quotes, such as "7 * n**2"
### BEGIN SOLUTION
lu_count = "n**3 / 3"
### END SOLUTION

# %% test="lu_count-formula" points=1
# For n = 30 the leading term is 9000. Hidden: for every n.
checks.formula_value(lu_count, at={"n": 30}, expected=9000)
### BEGIN HIDDEN TESTS
checks.formula(lu_count, "n**3/3", {"n": (1, 50)}, rng=checks.fresh_rng("lu_count-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **7b.** The $R$ of a Householder QR of an $m\times n$ matrix, $m \ge n$, without forming $Q$: how many operations, additions
# and multiplications counted one each? The terms of degree three, as a formula in `m` and `n`. (Step $k$ computes
# $v^\top B$ and subtracts $2v(v^\top B)$, with $B$ of shape $(m-k)\times(n-k)$.)

# %% solution="qr_count"
qr_count = ""       # a formula in m and n
### BEGIN SOLUTION
qr_count = "2 * m * n**2 - 2 * n**3 / 3"
### END SOLUTION

# %% test="qr_count-formula" points=1
# For a 20 x 15 matrix it is 6750. Hidden: for every shape.
checks.formula_value(qr_count, at={"m": 20, "n": 15}, expected=6750)
### BEGIN HIDDEN TESTS
checks.formula(qr_count, "2*m*n**2 - 2*n**3/3", {"m": (20, 50), "n": (1, 20)}, rng=checks.fresh_rng("qr_count-formula"))
### END HIDDEN TESTS

# %% [markdown]
# **7c.** A float64 has 53 binary digits. What is the distance from 1000 to the next larger float64? A number to three digits,
# or a string such as `"2**-7"`.

# %% solution="spacing"
spacing = 0
### BEGIN SOLUTION
spacing = "2**-43"
### END SOLUTION

# %% test="spacing-number" points=1
# Hidden: the distance, to three digits.
### BEGIN HIDDEN TESTS
checks.number(spacing, 2.0**-43)
### END HIDDEN TESTS

# %% [markdown]
# **7d.** A measured right-hand side $b$ is correct to 9 decimal digits (relative error $10^{-9}$), and the matrix has
# $\kappa = 4\cdot 10^5$. About how many decimal digits of $x$ can be lost at worst, relative to those of $b$? With one digit
# after the point, as a number or with its unit: `"2.5 digits"`.

# %% solution="digits_lost"
digits_lost = 0
### BEGIN SOLUTION
digits_lost = "5.6 digits"
### END SOLUTION

# %% test="digits_lost-number" points=1
# Hidden: the number, to one per cent.
### BEGIN HIDDEN TESTS
checks.number(digits_lost, np.log10(4e5), rtol=0.01, unit="digits")
### END HIDDEN TESTS

# %% [markdown]
# **7e.** Conjugate gradients with $\kappa = 100$: after how many steps does the bound of problem 6 promise a millionth of the
# first error, in the A-norm? The smallest whole number.

# %% solution="cg_steps"
cg_steps = 0
### BEGIN SOLUTION
cg_steps = 73
### END SOLUTION

# %% test="cg_steps-number" points=1
# Hidden: the number, exactly.
### BEGIN HIDDEN TESTS
checks.integer(cg_steps, 73)
### END HIDDEN TESTS

# %% [markdown]
# **7f · Why the normal equations square the condition number** (5 points, marked by hand)
#
# Let $A$ have full column rank and the singular values $s_1 \ge \dots \ge s_n > 0$. Show that $\kappa(A^\top A) = \kappa(A)^2$.
# Explain what follows for the error of $x$ when the normal equations are solved by Cholesky in float64, and from which
# $\kappa(A)$ on nothing may be left of $x$. Why is the QR route not affected? Eight to twelve lines.

# %% [markdown] manual="normal_equations" points=5
# <!-- BEGIN SOLUTION -->
# With $A = U\,\mathrm{diag}(s)\,V^\top$, $A^\top A = V\,\mathrm{diag}(s^2)\,V^\top$ has the singular values $s_i^2$, so
# $\kappa(A^\top A) = s_1^2/s_n^2 = \kappa(A)^2$.
#
# Forming $A^\top A$ and factorising it makes errors of size eps relative to $\|A^\top A\| = s_1^2$. A system with relative
# errors eps in its data is solved with an error of up to eps times its condition number, here eps $\kappa(A)^2$. The
# smallest eigenvalue $s_n^2$ is below the rounding eps $s_1^2$ as soon as $\kappa(A) > 1/\sqrt{\text{eps}} \approx 7\cdot
# 10^7$: then nothing is left, and Cholesky may even meet a negative pivot. It is lost when $A^\top A$ is rounded,
# before any factorisation: for $A = \begin{pmatrix}1 & 1\\ \delta & 0\\ 0 & \delta\end{pmatrix}$ with $\delta = 10^{-9}$
# the computed $A^\top A$ has only ones, and is singular.
#
# QR applies orthogonal matrices to $A$ and $b$. They change no lengths, so they magnify no errors, and $R$ has the
# singular values of $A$: $\kappa(R) = \kappa(A)$. The computed $x$ is exact for an $A + E$ with $\|E\|$ of size eps $\|A\|$;
# the error is about eps $\kappa(A)$ when the residual is small. (For a large residual the problem itself has
# a part with $\kappa^2$, for every method.)
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 1 | $\kappa(A^\top A) = \kappa(A)^2$ from the singular values, or from eigenvalues of $A^\top A$ |
# | 2 | the error eps $\kappa^2$, with its reason: rounding errors relative to $\|A^\top A\|$ are magnified by its condition number |
# | 1 | the limit $\kappa \approx 1/\sqrt{\text{eps}} \approx 10^8$ |
# | 1 | orthogonal matrices keep lengths (or: $\kappa(R) = \kappa(A)$), so that QR has eps $\kappa$ |
#
# An example with numbers instead of the second line gets 1 of its 2 points. The remark on large residuals is not asked.
# <!-- END SOLUTION -->
