"""Certificates of optimality: a few inequalities prove that a point is a minimum, whatever method found it.

Nothing is compared with a stored minimum, and no reported number counts: gradients, residuals and values are computed
here from the point that came back, and from data that the test owns. What each certificate proves:

- `stationary`: a small gradient of a mu-strongly convex F bounds the excess, F(x) - min F <= |gradient|^2 / (2 mu).
- `kkt_qp`: for a quadratic that is convex on the null space of A, stationarity and feasibility are a global minimum.
- `kkt_lasso`: the three cases of the sub-gradient of |x_i|; the lasso is convex, so they are a global minimum as well.
- `duality_gap`: F(x) - min F is at most the value at x less the value of any feasible dual point (weak duality).
- `feasible`, `positive_semidefinite`: the constraints themselves.

Checkers take values, not functions: the test asks the student's function once and may look at several properties.
Tolerances are relative to the sizes of the terms that are added up, so that units do not matter and rounding (n eps of
those terms) stays far below.
"""
from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import seams
from .basic import RETURN, leaves, norm, numbers
from .verdict import CheckFailed, Verdict, checker, ok, size, wrong

Array = NDArray[np.float64]
Pair = tuple[Any, Any]

KKT = 1e-10
"""Relative residual of a system that is solved directly. A backward stable solution is at n eps, 1e-15 measured for
n <= 30 and condition 1e8; a wrong sign of a multiplier is at 1."""
LASSO = 1e-6
"""Relative to lam. Iterations reach it on well-conditioned data (condition 10: FISTA in some 200 steps) and go on to
rounding, 1e-15; a threshold lam in place of lam / L is at 0.1."""
FEASIBLE = 1e-10
"""Relative to the terms of each constraint; a point that is projected, clipped or solved for is at rounding."""
PSD = 200
"""Multiples of eps |M|: the backward error of a computed product and of the symmetric eigenvalues (the constant of the
factorisations; worst measured 13). The smallest eigenvalue moves by no more than that (Weyl)."""
ROUNDING = 100
"""Multiples of eps by which a dual value may lie above the primal one, relative to the larger of the two."""


# ---------------------------------------------------------------- unconstrained

@checker
def stationary(gradient: Any, what: str, *, at_most: float, mu: float | None = None, hint: str = "") -> Verdict:
    """The gradient, computed by us at the student's point, has Euclidean norm `at_most` or less.

    gradient  an array, or nested lists, tuples and dicts of them: all blocks together
    what      names the point: "(w, b)"
    mu        when given, F is mu-strongly convex and the detail holds the proven excess |gradient|^2 / (2 mu)

    For convex F a stationary point is a global minimum, so any optimiser may have found it, and a reported norm counts
    for nothing. False reject: none as long as `at_most` exceeds the rounding of the gradient, n eps times the sizes of
    its terms. False accept: an excess of at_most^2 / (2 mu).

    >>> stationary([np.array([3e-9, 0.0]), 4e-9], "(w, b)", at_most=1e-8)
    >>> stationary.verdict([0.3, 0.4], "x", at_most=1e-8, mu=0.1).message
    'x is not a minimum: the gradient there has norm about 5e-01; at most 1e-08 is asked.'
    """
    blocks = [numbers(block) for _, block in leaves(gradient)]
    if not all(block.dtype.kind in "biuf" and np.isfinite(block).all() for block in blocks):
        return wrong(f"{what} is not a minimum: the gradient there is not finite. {hint}".strip())
    length = norm(np.concatenate([np.ravel(block) for block in blocks]).astype(np.float64))
    if not seams.fits(length, at_most):
        return wrong(f"{what} is not a minimum: the gradient there has norm {size(length)}; at most {at_most:.0e} is "
                     f"asked. {hint}".strip(), norm=length)
    return ok(norm=length) if mu is None else ok(norm=length, excess=length**2 / (2 * mu))


# ---------------------------------------------------------------- Karush, Kuhn and Tucker

@checker
def kkt_qp(x: Any, nu: Any, Q: Any, c: Any, A: Any, b: Any, *, tol: float = KKT) -> Verdict:
    """x minimises x^T Q x / 2 + c^T x subject to A x = b, and nu are its multipliers: Q x + c + A^T nu = 0.

    x (n,); nu (m,), or None when only x is asked (then the best multipliers are ours)
    Q (n, n) symmetric and positive semidefinite on the null space of A, otherwise ValueError; c (n,); A (m, n) of any
    rank; b (m,)

    In order: shapes, finite, |A x - b| <= tol (|A| |x| + |b|), |Q x + c + A^T nu| <= tol (|Q| |x| + |c| + |A| |nu|),
    with Frobenius norms. Where A has dependent rows the multipliers are not determined: any that satisfy the equation
    will do, and so will any x where Q is singular on the null space of A.

    >>> Q, c, A, b = 2 * np.eye(2), np.zeros(2), np.ones((1, 2)), np.ones(1)
    >>> kkt_qp([0.5, 0.5], [-1.0], Q, c, A, b)
    >>> kkt_qp.verdict([0.5, 0.5], [1.0], Q, c, A, b).message[:63]
    'Q x + c + A^T nu should be zero; it is about 8e-01 of the size '
    >>> kkt_qp([0.5, 0.5], None, Q, c, A, b)
    """
    Q, c, A, b = (np.asarray(part, dtype=np.float64) for part in (Q, c, A, b))
    _, values, rows = np.linalg.svd(A)
    rank = int(np.sum(values > max(A.shape) * np.finfo(np.float64).eps * values.max(initial=0.0)))
    free = rows[rank:].T
    if len(free.T) and np.linalg.eigvalsh(free.T @ Q @ free).min() < -_rounding(Q):
        raise ValueError("the quadratic is not convex on the null space of A: it has no minimum there")
    x = _vector("x", x, c.shape)
    residual = norm(A @ x - b)
    terms = norm(A) * norm(x) + norm(b)
    if not seams.fits(residual, tol * terms):
        return wrong(f"A x should be b; the difference is {size(residual / terms)} of the size of its terms. The "
                     "constraints are the second block of the KKT system.", feasibility=residual / terms)
    slope = Q @ x + c
    nu = np.linalg.lstsq(A.T, -slope)[0] if nu is None else _vector("nu", nu, b.shape)
    residual = norm(slope + A.T @ nu)
    terms = norm(Q) * norm(x) + norm(c) + norm(A) * norm(nu)
    if not seams.fits(residual, tol * terms):
        return wrong(f"Q x + c + A^T nu should be zero; it is {size(residual / terms)} of the size of its terms. Has nu "
                     "the sign of this equation?", stationarity=residual / terms)
    return ok(stationarity=residual / (terms or 1.0))


@checker
def kkt_lasso(x: Any, A: Any, b: Any, lam: float, *, tol: float = LASSO) -> Verdict:
    """x minimises |A x - b|^2 / 2 + lam |x|_1.

    x (n,); A (m, n), b (m,), lam > 0 (ValueError otherwise)

    With g = A^T (A x - b), in order: shape, finite, |g_i| <= lam (1 + tol) for all i, |g_i + lam sign(x_i)| <= tol lam
    where x_i is not zero (only an exact zero is one). The proven excess, primal less dual value at the scaled residual,
    stands in the detail.

    >>> A, b = np.eye(3), np.array([3.0, -0.5, -2.0])
    >>> kkt_lasso([2.0, 0.0, -1.0], A, b, 1.0)
    >>> kkt_lasso.verdict([2.0, 0.0, 0.0], A, b, 1.0).message[:72]
    'x is not a minimum: |A^T (A x - b)| is larger than lam at 1 of 3 entries'
    """
    if not lam > 0:
        raise ValueError("a lasso has lam > 0")
    A, b = np.asarray(A, dtype=np.float64), np.asarray(b, dtype=np.float64)
    x = _vector("x", x, (A.shape[1],))
    residual = A @ x - b
    g = A.T @ residual
    largest = float(np.abs(g).max(initial=0.0))
    above = int(np.sum(~(np.abs(g) <= lam * (1 + tol))))
    if above:
        return wrong(f"x is not a minimum: |A^T (A x - b)| is larger than lam at {above} of {len(x)} entries, by "
                     f"{size(largest / lam - 1)} of lam at worst. Is the threshold lam times the step?", largest=largest)
    error = float(np.abs(g + lam * np.sign(x))[x != 0].max(initial=0.0))
    if not seams.fits(error, tol * lam):
        return wrong("x is not a minimum: where an entry is not zero, A^T (A x - b) should be -lam times its sign; it is "
                     f"off by {size(error / lam)} of lam. Are small entries set to exactly zero?", error=error)
    y = residual * min(1.0, lam / largest if largest else 1.0)
    primal = residual @ residual / 2 + lam * np.abs(x).sum()
    return ok(error=error, excess=float(primal + y @ y / 2 + y @ b))


# ---------------------------------------------------------------- constraints

@checker
def feasible(x: Any, what: str, *, at_least: Any = None, at_most: Any = None, inequalities: Pair | None = None,
             equalities: Pair | None = None, tol: float = FEASIBLE, hint: str = "") -> Verdict:
    """x satisfies all of these constraints.

    x             (n,) or any shape when only bounds are given
    at_least      and at_most: bounds for the entries, numbers or arrays that broadcast; relative to max(1, |bound|)
    inequalities  (G, h): G x <= h; equalities (A, b): A x = b; row by row relative to |row| |x| + |h_i|

    >>> feasible([0.25, 0.75], "alpha", at_least=0, at_most=1, equalities=(np.ones((1, 2)), [1.0]))
    >>> feasible.verdict([-0.25, 1.25], "alpha", at_least=0).message
    'alpha is not feasible: an entry lies below its bound by about 2e-01.'
    """
    x = _finite(what, x)
    for bound, sign, side in ((at_least, 1.0, "below"), (at_most, -1.0, "above")):
        if bound is not None:
            limit = np.asarray(bound, dtype=np.float64)
            short = (sign * (limit - x) / np.maximum(1.0, np.abs(limit))).max(initial=-np.inf)
            if not seams.fits(short, tol):
                return wrong(f"{what} is not feasible: an entry lies {side} its bound by {size(float(short))}. "
                             f"{hint}".strip(), short=float(short))
    for pair, relation in ((inequalities, "inequality"), (equalities, "equation")):
        if pair is None:
            continue
        rows, right = (np.asarray(part, dtype=np.float64) for part in pair)
        if x.shape != rows.shape[1:]:
            return wrong(f"{what} should have shape {rows.shape[1:]}; got {x.shape}.")
        excess = rows @ x - right
        excess = np.abs(excess) if relation == "equation" else excess
        terms = np.linalg.norm(rows, axis=1) * norm(x) + np.abs(right)
        broken = excess > tol * terms
        if broken.any():
            worst = float((excess[broken] / terms[broken]).max())
            return wrong(f"{what} is not feasible: one {relation} is violated by {size(worst)} of the size of its terms. "
                         f"{hint}".strip(), worst=worst)
    return ok()


@checker
def positive_semidefinite(matrix: Any, what: str, *, c: float = PSD, hint: str = "") -> Verdict:
    """The matrix is square, symmetric (or Hermitian) and has no eigenvalue below zero, up to c eps |M|.

    float32 input is held to float32's eps.

    >>> positive_semidefinite(np.array([[1.0, 1.0], [1.0, 1.0]]), "the kernel")
    >>> positive_semidefinite.verdict([[1.0, 2.0], [2.0, 1.0]], "the kernel").message
    'The kernel should have no negative eigenvalue; one is about -1e+00.'
    """
    capital = what[:1].upper() + what[1:]
    M = numbers(matrix)
    if M.ndim != 2 or M.shape[0] != M.shape[1] or M.dtype.kind not in "biufc":
        return wrong(f"{capital} should be a square matrix of numbers; got {_told(matrix)}")
    eps = float(np.finfo(M.dtype if M.dtype == np.float32 else np.float64).eps)
    M = M.astype(np.complex128 if M.dtype.kind == "c" else np.float64)
    if not np.isfinite(M).all():
        return wrong(f"{capital} should hold finite numbers. {hint}".strip())
    largest = float(np.abs(M).max(initial=0.0))
    if largest == 0:
        return ok(smallest=0.0)
    M = M / largest                                         # nothing over- or underflows when it is squared
    slack = c * eps * norm(M)
    skew = norm(M - M.conj().T)
    if not seams.fits(skew, slack):
        return wrong(f"{capital} should be symmetric; the relative difference from its transpose is "
                     f"{size(skew / norm(M))}. {hint}".strip(), skew=skew)
    smallest = float(np.linalg.eigvalsh((M + M.conj().T) / 2).min())
    if not smallest >= -slack:
        return wrong(f"{capital} should have no negative eigenvalue; one is {size(smallest * largest)}. {hint}".strip(),
                     smallest=smallest * largest)
    return ok(smallest=smallest * largest)


# ---------------------------------------------------------------- duality

@checker
def duality_gap(primal: Any, dual: Any, what: str, *, at_most: float, hint: str = "") -> Verdict:
    """The primal and the dual value, both computed by us from the student's feasible points, are `at_most` apart.

    what   names the pair: "(w, alpha)"; feasibility is asked first, with `feasible`: weak duality needs it

    A dual value above the primal one (by more than `ROUNDING` eps of the larger) proves nothing: one of the points is
    then not feasible, or the two problems are not dual to each other. Otherwise the excess of either is at most the
    gap.

    >>> duality_gap(1.0, 1.0 - 1e-9, "(w, alpha)", at_most=1e-6)
    >>> duality_gap.verdict(1.0, 0.5, "(w, alpha)", at_most=1e-6).message
    '(w, alpha): the duality gap is about 5e-01; at most 1e-06 is asked.'
    """
    high, low = float(_finite(f"the primal value of {what}", primal)), float(_finite(f"the dual value of {what}", dual))
    gap = high - low
    if not gap >= -ROUNDING * float(np.finfo(np.float64).eps) * max(abs(high), abs(low)):
        return wrong(f"{what}: the dual value lies above the primal one by {size(-gap)}, which weak duality excludes for "
                     f"feasible points. {hint}".strip(), gap=gap)
    if not seams.fits(gap, at_most):
        return wrong(f"{what}: the duality gap is {size(gap)}; at most {at_most:.0e} is asked. {hint}".strip(), gap=gap)
    return ok(gap=gap)


# ---------------------------------------------------------------- reading

def _finite(name: str, value: Any) -> Array:
    """Finite real numbers in float64; a failed check for anything else."""
    array = numbers(value)
    if value is None or array.dtype.kind not in "biuf":
        raise CheckFailed(wrong(f"{name} should hold real numbers; got {_told(value)}"))
    if not np.isfinite(array).all():
        raise CheckFailed(wrong(f"{name} should hold finite numbers."))
    return array.astype(np.float64)


def _vector(name: str, value: Any, shape: tuple[int, ...]) -> Array:
    array = _finite(name, value)
    if array.shape != shape:
        raise CheckFailed(wrong(f"{name} should have shape {shape}; got {array.shape}."))
    return array


def _rounding(M: Array) -> float:
    return PSD * float(np.finfo(np.float64).eps) * norm(M)


def _told(value: Any) -> str:
    if value is None:
        return f"None. {RETURN}"
    array = numbers(value)
    return f"shape {array.shape}." if array.dtype.kind in "biufc" else f"{seams.kind_of(value)}."
