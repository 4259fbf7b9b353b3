"""Checkers for factorisations by elimination and reflection, and for what solves linear systems with them.

A triangular or orthogonal factor is judged by its *structure*, which is exact (a zero below the diagonal is 0.0 and not
1e-17), and by *backward error*: the factors multiply to a matrix within rounding of A. Both hold for every stable
algorithm whatever the condition of A, so nothing is compared with stored factors, and signs, phases and ties between
pivots are free.

A solution x of a system is judged by its residual first (`backward_error`), and by its distance from a reference only as
far as the condition number lets anybody compute it (`least_squares`).

Thresholds are multiples of eps, the rounding unit 2**-52 (2**-23 for float32 input), times a norm of the input; matrices
are divided by their largest entry before anything is squared.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import seams
from .basic import ask
from .convergence import CountedOp
from .spectral import _eps, _numbers, _parts, _relative, _unit
from .verdict import CheckFailed, Verdict, checker, factor, ok, size, wrong

Array = NDArray[Any]

PRODUCT_LU = 10
"""A[p] - L U, in n rho eps |A|, rho = max |U| / max |A|. Higham (Accuracy and Stability, theorem 9.3): the entries of
the error are below n eps |L||U|, so its norm is below n**2 rho n eps max|A| at the very worst; correct code (column,
row, recursive, inner products; n <= 60, also complex and graded) was measured below 0.3 n eps."""
MULTIPLIER = 8
"""Multipliers may exceed 1 by 8 eps: a quotient of complex numbers is rounded several times."""
PRODUCT_QR = 50
"""A - Q R, in sqrt(n) eps |A|. Higham, theorem 19.4: m n eps at worst; Householder, Givens and Gram-Schmidt done twice
were measured below 4."""
ORTHOGONAL = 450
"""Q^T Q - I, in eps: 1e-13 for float64, whatever the condition. At 40 x 15 and condition 1e8: Householder 1.6e-15 (below
30 eps up to 80 x 60), modified Gram-Schmidt 5.0e-9, classical Gram-Schmidt 5.3e-1."""
PRODUCT_CHOLESKY = 10
"""A - L L^H, entry (i, j) in n eps sqrt(a_ii a_jj). Higham, theorem 10.5: (n + 1) eps / (1 - (n + 1) eps) at worst, also
for graded matrices; correct code was measured below 0.8."""
NORMAL = 100
"""A^T (b - A x), in eps |A| (|A| |x| + |b|); Householder QR was measured below 2. The forward error is held to as many
eps times kappa + kappa**2 |r| / (|A| |x|), Wedin's condition of the problem; measured below 10. With a small residual
and kappa = 1e7 the normal equations are at eps kappa**2, five powers of ten too much."""
SOLVED = 10
"""Backward error of a solved system, in n eps; elimination with pivots was measured below 0.5."""
REPORT = ("kappa_est", "backward", "forward_bound")
KAPPA = 2.0
"""Nobody needs a condition number to more than its power of ten."""
NORM = 0.05
"""Power iteration on A^T A from a random start has |A| to one percent after log(n) / 0.02 steps at worst (Kuczynski and
Wozniakowski, 1992), after a dozen where the singular values are spread."""
HISTORY = 1e-8
"""A reported residual may differ from the recomputed one by this part of |b|. A residual that is updated instead of
recomputed drifts by eps times iterations times |A| |x| / |b| (Greenbaum, 1997): 1e-12 for condition 1e3."""
DRIFT = 100
"""The same drift, in (n + iterations) eps |A| |x|, where x claims to have arrived; measured below 1."""


# ---------------------------------------------------------------- factorisations

@checker
def lu(function: Callable[..., Any], A: Array, *, c: float = PRODUCT_LU) -> Verdict:
    """`p, L, U = function(A)` is an LU factorisation with partial pivoting: A[p] = L U.

    A (n, n) real or complex, also singular -> p (n,) whole numbers, L and U (n, n). In this order, each with its own
    message: three results, p a permutation, shapes, finite, L lower triangular with ones on the diagonal and U upper
    triangular, both exactly, no entry of L above 1 in absolute value (`MULTIPLIER`), product to c n rho eps |A|. The choice
    between equal pivots and the order of the loops are free.

    >>> A = np.array([[0.0, 2.0], [4.0, 6.0]])
    >>> lu(lambda A: (np.array([1, 0]), np.eye(2), A[[1, 0]]), A)
    >>> lu.verdict(lambda A: (np.array([0, 1]), np.eye(2), A[[1, 0]]), A).message[:56]
    'A[p] is not L @ U: relative error about 1e+00, rounding '
    """
    p, L, U = _parts(ask(function, A), ("p", "L", "U"))
    n, eps, (exact, scale) = len(A), _eps(A), _unit(A)
    p = np.asarray(p)
    if p.shape != (n,) or p.dtype.kind not in "iu":
        return wrong(f"p should be {n} whole numbers, the rows of A in their new order; got shape {p.shape}, dtype {p.dtype}.")
    if not np.array_equal(np.sort(p), np.arange(n)):
        return wrong("p should hold each of 0, ..., n - 1 once.", p=p)
    hint = " A zero pivot with zeros below it needs no division."
    L, U = _numbers("L", L, (n, n), A, hint), _numbers("U", U, (n, n), A, hint) / scale
    if np.triu(L, 1).any() or (np.diag(L) != 1).any():
        return wrong("L should be lower triangular, with exact zeros above the diagonal and exact ones on it.")
    if np.tril(U, -1).any():
        return wrong(f"U should be upper triangular, with exact zeros below the diagonal. {EXACT_ZEROS}")
    largest = float(np.abs(L).max(initial=1.0))
    if not seams.fits(largest, 1 + MULTIPLIER * eps):
        return wrong(f"No entry of L should exceed 1 in absolute value; one exceeds it by {size(largest - 1)}. Take as "
                     "pivot the entry of the column that is largest in absolute value.", largest=largest, A=A)
    norm, growth = float(np.linalg.norm(exact)), max(1.0, float(np.abs(U).max(initial=0.0)))
    product = float(np.linalg.norm(exact[p] - L @ U))
    if not seams.fits(product, c * n * growth * eps * norm):
        return wrong(f"A[p] is not L @ U: relative error {_relative(product, norm)}, rounding would be {size(eps)}. p[i] "
                     "is the row of A that ends in place i; an exchange moves the multipliers found so far as well.",
                     product=product, growth=growth, A=A)
    return ok(product=product / (n * growth * eps * norm) if norm else 0.0, growth=growth)


@checker
def qr(function: Callable[..., Any], A: Array, *, c: float = PRODUCT_QR) -> Verdict:
    """`Q, R = function(A)` is a thin QR factorisation: A = Q R.

    A (m, n) real or complex with m >= n, of any rank -> Q (m, n), R (n, n). In this order, each with its own message:
    two results, shapes, finite, R upper triangular exactly, product to c sqrt(n) eps |A|, orthonormal columns of Q to
    `ORTHOGONAL` eps. The product alone would accept Gram-Schmidt, whose Q is not orthonormal when the columns of A are
    nearly dependent. Signs (phases) of the diagonal of R are free, and so is the algorithm.

    >>> qr(np.linalg.qr, np.array([[3.0, 1.0], [4.0, 2.0], [0.0, 5.0]]))
    >>> qr.verdict(lambda A: (A, np.eye(2)), np.array([[3.0, 1.0], [4.0, 2.0], [0.0, 5.0]])).message[:58]
    'The columns of Q are not orthonormal: error about 4e+01, r'
    """
    Q, R = _parts(ask(function, A), ("Q", "R"))
    (m, n), eps, (exact, scale) = A.shape, _eps(A), _unit(A)
    hint = " A column that is already zero below the diagonal has nothing to reflect; the sign of 0 is taken as 1."
    Q, R = _numbers("Q", Q, (m, n), A, hint), _numbers("R", R, (n, n), A, hint) / scale
    if np.tril(R, -1).any():
        return wrong(f"R should be upper triangular, with exact zeros below the diagonal. {EXACT_ZEROS}")
    norm = float(np.linalg.norm(exact))
    product = float(np.linalg.norm(exact - Q @ R))
    if not seams.fits(product, c * np.sqrt(n) * eps * norm):
        return wrong(f"Q @ R is not A: relative error {_relative(product, norm)}, rounding would be {size(eps)}. The "
                     "reflections are applied to A in one order and to the identity in the other.", product=product, A=A)
    error = float(np.linalg.norm(Q.conj().T @ Q - np.eye(n)))
    if not seams.fits(error, ORTHOGONAL * eps):
        return wrong(f"The columns of Q are not orthonormal: error {size(error)}, rounding would be {size(eps)}. What is "
                     "left of a column after long subtractions is mostly rounding; reflect, or orthogonalise twice.",
                     orthogonality=error, A=A)
    return ok(product=product / (np.sqrt(n) * eps * norm) if norm else 0.0, orthogonality=error / eps)


@checker
def cholesky(function: Callable[..., Any], A: Array, *, c: float = PRODUCT_CHOLESKY) -> Verdict:
    """`L = function(A)` is the Cholesky factor of A: A = L L^H.

    A (n, n) symmetric (Hermitian) positive definite -> L (n, n). In this order, each with its own message: shape,
    finite, lower triangular exactly, diagonal real and positive, every entry of A - L L^H within c n eps
    sqrt(a_ii a_jj). By Sylvester these laws determine L. The bound entry by entry sees errors that a norm would hide in a
    matrix whose diagonal reaches from 1e-8 to 1e8.

    >>> cholesky(np.linalg.cholesky, np.array([[4.0, 2.0], [2.0, 3.0]]))
    >>> cholesky.verdict(lambda A: np.linalg.cholesky(A).T, np.array([[4.0, 2.0], [2.0, 3.0]])).message
    'L should be lower triangular, with exact zeros above the diagonal.'
    """
    n, eps, (exact, scale) = len(A), _eps(A), _unit(A)
    L = _numbers("L", ask(function, A), (n, n), A) / np.sqrt(scale)
    if np.triu(L, 1).any():
        return wrong("L should be lower triangular, with exact zeros above the diagonal.")
    diagonal, roots = np.diag(L), np.sqrt(np.diag(exact).real)
    if not (diagonal.real > 0).all() or not (np.abs(diagonal.imag) <= c * n * eps * diagonal.real).all():
        return wrong("The diagonal of L should be real and positive.", diagonal=diagonal)
    error = float((np.abs(exact - L @ L.conj().T) / np.outer(roots, roots)).max(initial=0.0))
    if not seams.fits(error, c * n * eps):
        return wrong(f"L @ L.T (for complex A its conjugate) is not A: error {size(error)} relative to the diagonal, "
                     f"rounding would be {size(eps)}.", error=error, A=A)
    return ok(error=error / (n * eps))


# ---------------------------------------------------------------- solving

def backward_error(A: Any, x: Any, b: Any) -> float:
    """How far the nearest system that x solves exactly is: |b - A x| / (|A| |x| + |b|), in the spectral norm.

    A (m, n), x (n,), b (m,). The smallest t with (A + E) x = b + f, |E| <= t |A|, |f| <= t |b| (Rigal and Gaches, 1967).
    0 when A x = b exactly, also for b = 0.

    >>> round(backward_error(np.eye(2), np.array([1.0, 0.0]), np.array([1.0, 1.0])) * (1 + 2**0.5), 12)
    1.0
    """
    A, x, b = np.asarray(A), np.asarray(x), np.asarray(b)
    residual = float(np.linalg.norm(b - A @ x))
    return residual / float(np.linalg.norm(A, 2) * np.linalg.norm(x) + np.linalg.norm(b)) if residual else 0.0


@checker
def solves(x: Any, A: Array, b: Array, what: str = "x", *, c: float = SOLVED) -> Verdict:
    """`x` solves A x = b as well as any stable method does: its backward error is at most c n eps.

    A (n, n), b (n,) -> x (n,) finite. Whatever the condition of A, elimination with pivots is that good; the distance
    from the exact solution may be larger by the condition number, and nobody can do better.

    >>> A = np.array([[1.0, 1.0], [1.0, 1.0 + 1e-12]])
    >>> solves(np.linalg.solve(A, np.array([2.0, 2.0])), A, np.array([2.0, 2.0]))
    >>> solves.verdict(np.array([1.0, 1.1]), A, np.array([2.0, 2.0])).message
    'x does not solve the system: its backward error is about 2e-02, rounding would be about 2e-16.'
    """
    x = _numbers(what, x, A.shape[1:], A)
    error, eps = backward_error(A, x, b), _eps(A)
    if not seams.fits(error, c * len(A) * eps):
        return wrong(f"{what} does not solve the system: its backward error is {size(error)}, rounding would be "
                     f"{size(eps)}.", error=error, A=A)
    return ok(error=error)


@checker
def least_squares(function: Callable[..., Any], A: Array, b: Array, *, c: float = NORMAL) -> Verdict:
    """`x = function(A, b)` minimises |b - A x|.

    A (m, n) real or complex of full column rank, b (m,) -> x (n,), or b (m, k) -> x (n, k), one problem per column. In
    this order, each with its own message: shape, finite, residual orthogonal to the columns of A, to c eps |A| (|A| |x| +
    |b|), and the distance from the exact minimiser, to c eps (kappa + kappa**2 |r| / (|A| |x|)) |x|, which is what the
    problem itself makes of rounding errors in A and b (Wedin, 1973). The second sees methods that square the condition.

    >>> A, b = np.array([[1.0, 0.0], [1.0, 1.0], [1.0, 2.0]]), np.array([1.0, 3.0, 4.0])
    >>> least_squares(lambda A, b: np.linalg.lstsq(A, b, rcond=None)[0], A, b)
    >>> least_squares.verdict(lambda A, b: np.linalg.solve(A[:2], b[:2]), A, b).message[:75]
    'The residual is not orthogonal to the columns of A: relative size about 8e-'
    """
    (exact, scale), eps, b = _unit(A), _eps(A), np.asarray(b)
    X = _numbers("x", ask(function, A, b), (A.shape[1], *b.shape[1:]), A).reshape(A.shape[1], -1) * scale
    B = b.reshape(len(b), -1)
    U, s, Vt = np.linalg.svd(exact, full_matrices=False)
    kappa, slopes, errors = float(s[0] / s[-1]), [0.0], [0.0]
    for x, right in zip(X.T, B.T, strict=True):
        length, residual = float(np.linalg.norm(x)), right - exact @ x
        slope = float(np.linalg.norm(exact.conj().T @ residual))
        slope /= float(s[0] * (s[0] * length + np.linalg.norm(right))) or 1.0
        if not seams.fits(slope, c * eps):
            return wrong(f"The residual is not orthogonal to the columns of A: relative size {size(slope)}, rounding would "
                         f"be {size(eps)}. So |b - A x| is not as small as it can be.", slope=slope, A=A)
        best = Vt.conj().T @ ((U.conj().T @ right) / s)
        size_best = float(np.linalg.norm(best))
        condition = kappa * size_best + kappa**2 * float(np.linalg.norm(right - exact @ best) / s[0])
        error = float(np.linalg.norm(x - best))
        if not seams.fits(error, c * eps * condition):
            return wrong(f"The residual is small and x is not as near to the minimiser as the condition of A allows: "
                         f"relative error {_relative(error, size_best)}. Forming A.T @ A squares the condition.",
                         error=error, allowed=c * eps * condition, A=A)
        slopes.append(slope / eps)
        errors.append(error / (eps * condition) if condition else 0.0)
    return ok(slope=max(slopes), error=max(errors))


@checker
def condition_report(function: Callable[..., Any], A: Array, b: Array, x: Array, *, within: float = KAPPA,
                     parts: Sequence[str] = REPORT) -> Verdict:
    """`function(A, b, x)` reports how well x solves A x = b, as a dict.

    A       (n, n), b (n,), x (n,) a proposed solution -> "kappa_est", the condition number of A in the spectral norm;
            "backward", the backward error of x; "forward_bound" = 2 t / (1 - t) with t = kappa_est * backward, inf
            from t = 1 on
    within  kappa_est may be off by this factor either way; a singular A needs 1 / (100 n eps) or inf
    parts   which of the three are judged

    Estimates by power iteration approach |A| from below, so `backward` is accepted up to `NORM` of it above the exact one.
    The bound is computed from the reported two: an error in them is charged where it belongs.

    >>> def report(A, b, x):
    ...     kappa, t = np.linalg.cond(A), backward_error(A, x, b)
    ...     return {"kappa_est": kappa, "backward": t, "forward_bound": 2 * kappa * t / (1 - kappa * t)}
    >>> A, b, x = np.diag([1.0, 2.0]), np.array([1.0, 2.0]), np.array([1.0, 1.01])
    >>> condition_report(report, A, b, x)
    >>> condition_report.verdict(lambda A, b, x: {**report(A, b, x), "kappa_est": 4.5}, A, b, x).message
    'kappa_est is not within a factor of 2 of the condition number: it is off by a factor of about 2.'
    """
    answer, eps = ask(function, A, b, x), _eps(A)
    if not isinstance(answer, dict) or not set(REPORT) <= set(answer):
        return wrong(f"The result should be a dict with the keys {', '.join(REPORT)}.")
    told = {}
    for key in REPORT:
        value = np.asarray(answer[key])
        if value.shape != () or value.dtype.kind not in "iuf" or np.isnan(value):
            return wrong(f"{key} should be one real number, or inf; nan says nothing.")
        told[key] = float(value)
    exact, n = _unit(A)[0], len(A)
    s = np.linalg.svd(exact, compute_uv=False)
    singular = bool(s[-1] <= n * eps * s[0])
    if "kappa_est" in parts and singular and not told["kappa_est"] >= 1 / (100 * n * eps):
        return wrong("kappa_est of a singular matrix should be inf (or, after rounding, at least 1e13).", told=told, A=A)
    if "kappa_est" in parts and not singular:
        off = told["kappa_est"] * float(s[-1] / s[0])
        if not 1 / within <= off <= within:
            return wrong(f"kappa_est is not within a factor of {within:g} of the condition number: it is off by a factor "
                         f"of {factor(off)}.", told=told, A=A)
    expected = backward_error(A, x, b)
    if "backward" in parts and not expected * (1 - NORM) <= told["backward"] <= expected * (1 + NORM) + n * eps:
        return wrong("backward is not |b - A x| / (|A| |x| + |b|), with the largest singular value of A as its norm: off "
                     f"by a factor of {factor(told['backward'] / expected if expected else np.inf)}.", told=told, A=A)
    if "forward_bound" in parts:
        t = told["kappa_est"] * told["backward"]
        bound = 2 * t / (1 - t) if t < 1 else np.inf
        if not (told["forward_bound"] == bound or abs(told["forward_bound"] - bound) <= 1e-9 * bound < np.inf):
            return wrong("forward_bound is not 2 t / (1 - t) with t = kappa_est * backward, or inf from t = 1 on.", told=told)
    return ok(**told)


@checker
def residual_history(function: Callable[..., Any], A: Any, b: Array, tol: float, maxit: int, *,
                     at: Sequence[int] = (), products: int | None = None) -> Verdict:
    """`x, res = function(CountedOp(A), b, tol, maxit)`: an iteration for A x = b from x = 0 that reports honestly.

    A    (n, n), as an array or a `CountedOp`; b (n,) -> x (n,), res a list of floats, res[k] = |b - A x_k|
    at   the counts k at which the history is asked for proof: the function runs again with maxit = k and must return an x
         with the residual that the long run reported
    products  when given: the products with A that are allowed beyond one per iteration; otherwise two per iteration and
         two more are allowed, which is enough for whoever recomputes residuals and too little for reading A column by
         column

    In this order, each with its own message: two results, shape and finiteness, at most maxit + 1 residuals, products,
    res[0] = |b|, the last residual is that of x (`HISTORY`; closer, up to `DRIFT`, where it claims to be below tol |b|),
    stops at the first residual that is at most tol |b| or after maxit iterations, and the history at `at`. Nothing here
    asks how fast the residual falls: that is for `rate`. A method that computes its iterates, by any formula, is right; a
    history that is made up agrees with no x.

    >>> def exact(A, b, tol, maxit):                       # knows that A is diag(2, 2)
    ...     return b / 2, [float(np.linalg.norm(b)), 0.0]
    >>> residual_history(exact, 2 * np.eye(2), np.ones(2), 1e-8, 10)
    >>> residual_history.verdict(exact, 3 * np.eye(2), np.ones(2), 1e-8, 10).message
    'The last entry of res is not |b - A x| for the x that is returned: they differ by about 5e-01 of |b|.'
    """
    operator = A if isinstance(A, CountedOp) else CountedOp(A)
    matrix, b = operator._matrix, np.asarray(b)
    exact_b = b.astype(np.float64)
    whole, allowed = float(np.linalg.norm(exact_b)), max(HISTORY, 200 * _eps(b))
    norm, eps = float(np.linalg.norm(matrix, 2)), _eps(b)

    def run(limit: int) -> tuple[Array, Array, int]:
        before = operator.count
        x, res = _parts(ask(function, operator, b, tol, limit), ("x", "res"))
        return _numbers("x", x, b.shape, matrix), _list(res, limit), operator.count - before

    def too_often(iterations: int, used: int) -> Verdict | None:
        if used <= (2 * iterations + 2 if products is None else iterations + products):
            return None
        return wrong("A.matvec was called too often: once per iteration is enough. Keep A p; it serves the step and the "
                     "next residual.", used=used, iterations=iterations)

    x, res, used = run(maxit)
    last = len(res) - 1
    if problem := too_often(last, used):
        return problem
    if not seams.fits(abs(res[0] - whole), allowed * whole):
        return wrong("res[0] should be |b|, the residual of the start x = 0.", start=res[0])
    left = float(np.linalg.norm(exact_b - matrix @ x))
    if not seams.fits(abs(res[-1] - left), allowed * whole):
        return wrong("The last entry of res is not |b - A x| for the x that is returned: they differ by "
                     f"{_relative(abs(res[-1] - left), whole)} of |b|.", told=res[-1], left=left)
    arrived = res <= tol * whole
    if arrived[-1] and not left <= tol * whole * (1 + 1e-6) + DRIFT * (len(b) + last) * eps * norm * float(np.linalg.norm(x)):
        return wrong(f"The last residual claims to be below tol |b|, and |b - A x| is {_relative(left, whole)} of |b|.",
                     told=res[-1], left=left)
    if arrived[:-1].any():
        return wrong("The iteration goes on after the residual has fallen to tol |b|.", first=int(np.argmax(arrived)))
    if not arrived[-1] and last != maxit:
        return wrong("The iteration stops before the residual is at tol |b| and before maxit.", iterations=last)
    for k in at:
        if k >= last:
            continue
        early, told, used = run(k)
        if problem := too_often(k, used):
            return problem
        gap = abs(float(np.linalg.norm(exact_b - matrix @ early)) - res[k])
        if len(told) != k + 1 or not gap <= allowed * whole:
            return wrong(f"res[k] is not |b - A x_k|: with maxit = k the function returns an x whose residual is another "
                         f"one, by {_relative(gap, whole)} of |b|.", k=k, gap=gap)
    return ok(iterations=last, left=left)


# ---------------------------------------------------------------- reading an answer

EXACT_ZEROS = "Set them, or take np.triu: what elimination leaves there is rounding."


def _list(res: Any, limit: int) -> Array:
    """The reported residuals as an array; a failed check when they are none, or too many."""
    try:
        told = np.asarray(res)
    except ValueError:
        told = np.array(None)
    if told.ndim != 1 or told.dtype.kind not in "fiu" or not len(told) or not (np.isfinite(told) & (told >= 0)).all():
        raise CheckFailed(wrong("res should be a list of finite numbers, the lengths of the residuals, none of them "
                                "negative. Is something divided by zero?"))
    if len(told) > limit + 1:
        raise CheckFailed(wrong("res has more than maxit + 1 entries: the iteration went on after maxit."))
    return told.astype(np.float64)
