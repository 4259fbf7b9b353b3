"""Checkers for iterations: did it arrive, and as fast as a theorem says?

Four kinds of evidence, in the order in which to prefer them:

1. *Residual certificates* (`eigenpair`): whatever the method did, a small residual proves that the answer is near.
2. *Rate certificates* (`rate`): the values of a method stay below the bound of its theorem at every step. No
   statistics, so a correct method is never rejected. An upper bound alone cannot tell a fast method from a slow one on
   an easy function: plain gradient descent stays below Nesterov's 2 L R**2 / k**2 for 180 steps on the classical chain
   of 400 variables. So a test takes a function on which the slow method provably fails: `hard_for_gradient_descent`.
3. *Slopes* (`fit_rate`, `converges`): a line through log errors, where a theorem gives a rate and no constant.
4. *Averages* (`mean_is`): random methods by the mean of independent runs. A single path says nothing about a bound in
   expectation (Markov leaves a factor 1 / delta).

Work is counted and not timed: `CountedOp` shows a matrix through its products alone and counts them.
"""
from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from . import seams
from .basic import ask
from .verdict import CheckFailed, Verdict, checker, factor, ok, size, wrong

Array = NDArray[Any]

ROUNDING = 50
"""Multiples of n eps that recomputing a residual or a length may differ by; a product of n terms is at n eps at worst
and was measured below 2 eps for n <= 300."""
CERTIFICATE = 1e-6
"""Relative slack of a residual certificate: the student's own arithmetic decides when to stop."""
EXTRA = 2
"""Products beyond one per iteration: one to start with and one to look at the result."""
PATIENCE = 3.0
"""A method may take this many times the iterations of the plain one before "not converged" is wrong."""
START = 10
"""Iterations that are always granted, whatever the plain method needs: another count of the first or last one."""
RATE_SLACK, RATE_FLOOR = 1e-9, 1e-13
"""A bound may be exceeded by this part of itself and by this part of the first value: rounding in values that were
computed from sums. Wrong methods exceed it by factors (gradient descent taken for Nesterov's method: 6.2)."""
LINEAR_SLACK = 0.01
"""Added to a linear rate: double roots bring polynomial factors (heavy ball measured 0.8225 for 0.8182)."""
POWER_SLACK = 0.1
"""Added to the exponent of a power law: k + 1 in place of k changes it by 0.03 over a decade from k = 10."""
SIGMAS = 6.0
"""Two-sided Gaussian tail 2.0e-9. In 2000 seeds of a correct method: standard deviation 0.988, largest 3.78."""
MIN_RUNS = 100
"""Fewer runs leave the Gaussian limit at 6 sigma in doubt; asking so is the author's mistake."""


class CountedOp:
    """A matrix that shows only its shape and its products, and counts them.

    `shape` is (m, n); `matvec(x)` is A @ x for x (n,), in float64 (or complex128). `count` stays with the checker:
    where the student's code runs in another process, it sees an object with the declared method and attribute alone.

    >>> A = CountedOp(np.array([[2.0, 0.0, 1.0], [0.0, 1.0, 0.0]]))
    >>> A.shape, A.matvec(np.array([1, 1, 1])), A.count
    ((2, 3), array([3., 1.]), 1)
    """

    remote_methods = ("matvec",)
    remote_attributes = ("shape",)

    def __init__(self, matrix: Any) -> None:
        given = np.asarray(matrix)
        self._matrix: Array = np.array(given, dtype=np.complex128 if given.dtype.kind == "c" else np.float64)
        self.shape: tuple[int, ...] = tuple(self._matrix.shape)
        self.count = 0

    def matvec(self, x: Any) -> Array:
        """A @ x for x (n,); ValueError for another shape."""
        x = np.asarray(x)
        if x.shape != self.shape[1:]:
            raise ValueError(f"matvec needs a vector of shape {self.shape[1:]}; got {x.shape}")
        self.count += 1
        product: Array = self._matrix @ x
        return product

    def __deepcopy__(self, memo: dict[int, Any]) -> CountedOp:
        return self             # `ask` copies arguments; the counter is one


# ---------------------------------------------------------------- 1 · residual certificates

@checker
def eigenpair(function: Callable[..., Any], A: Any, x0: Array, tol: float, maxit: int, *,
              at_most: float | None = None) -> Verdict:
    """`lam, v, k, converged = function(CountedOp(A), x0, tol, maxit)` is a certified eigenpair, or says that not.

    A        (n, n) real symmetric, as an array or a `CountedOp`; x0 (n,)
    at_most  when given: the iterations allowed, as a multiple of what the plain power method needs from the same x0,
             plus `START`

    In order: four results, kinds and shapes, |v| = 1, `converged` only with |A v - lam v| <= tol |lam| (slack
    `CERTIFICATE`, and `ROUNDING` n eps |A| for our own product), `converged` whenever the plain method converges within
    a third of maxit (`PATIENCE`), k within maxit and within `at_most`, products of A at most k + `EXTRA`. By symmetry
    the certificate proves that an eigenvalue lies within tol |lam| of lam. Which eigenpair, its sign and the method are
    free, and where the plain method does not converge another one may. Nothing depends on the scale of A: lengths are
    computed after a division by the largest entry.

    >>> def direct(A, x0, tol, maxit):
    ...     return 2.0, np.array([0.0, 1.0]), 1, True
    >>> eigenpair(direct, np.diag([1.0, 2.0]), np.ones(2), 1e-8, 100)
    >>> eigenpair.verdict(direct, np.diag([2.0, 1.0]), np.ones(2), 1e-8, 100).message
    'converged is True, but |A v - lam v| is about 5e-01 of |lam|; tol asks for 1e-08.'
    """
    operator = A if isinstance(A, CountedOp) else CountedOp(A)
    n, before = operator.shape[0], operator.count
    answer = ask(function, operator, x0, tol, maxit)
    used, matrix = operator.count - before, operator._matrix
    if not isinstance(answer, tuple | list) or len(answer) != 4:
        return wrong("The result should be four things: lam, v, k, converged.")
    lam, v, k, converged = _number("lam", answer[0]), np.asarray(answer[1]), answer[2], answer[3]
    if v.shape != (n,) or v.dtype.kind != "f" or not np.isfinite(v).all():
        return wrong(f"v should be {n} finite floating-point numbers; got shape {v.shape}, dtype {v.dtype}.")
    if not isinstance(k, int | np.integer) or isinstance(k, bool) or not 0 <= int(k) <= maxit:
        return wrong("k should be a whole number, the count of iterations, from 0 to maxit.")
    if not isinstance(converged, bool | np.bool_):
        return wrong(f"converged should be True or False; got {seams.kind_of(converged)}.")
    v, eps = v.astype(np.float64), float(np.finfo(np.float64).eps)
    if not seams.fits(abs(_length(v) - 1), max(ROUNDING * n * eps, tol)):
        return wrong(f"v should have length 1; it is off by {size(abs(_length(v) - 1))}.")
    if used > int(k) + EXTRA:
        return wrong(f"A.matvec was called more often than once per iteration: k + {EXTRA} calls are allowed. Keep the "
                     "product; it serves the residual, lam and the next vector.", used=used, k=int(k))
    residual, largest = _length(matrix @ v - lam * v), float(np.abs(matrix).max(initial=0.0))
    if converged and not residual <= tol * abs(lam) * (1 + CERTIFICATE) + ROUNDING * n * eps * largest:
        part = f"{size(residual / abs(lam))} of |lam|" if lam else "above zero and lam is 0"
        return wrong(f"converged is True, but |A v - lam v| is {part}; tol asks for {tol:.0e}.",
                     residual=residual, lam=lam)
    plain = power_iterations(matrix, x0, tol, maxit)
    if plain is None:
        return ok(k=int(k), used=used, plain=plain)
    if not converged and PATIENCE * plain + START <= maxit:
        return wrong("converged is False where the power method arrives. Is the residual compared with tol |lam|, and "
                     "lam the Rayleigh quotient?", k=int(k), plain=plain)
    if at_most is not None and int(k) > at_most * plain + START:
        return wrong("The method goes on after it has arrived, or starts over too often: k is more than "
                     f"{at_most:g} times what the power method needs.", k=int(k), plain=plain)
    return ok(k=int(k), used=used, plain=plain)


def power_iterations(matrix: Array, x0: Array, tol: float, maxit: int) -> int | None:
    """How many products with the matrix the power method needs for |A v - lam v| <= tol |lam|; None if above maxit.

    >>> power_iterations(np.diag([1.0, 0.5]), np.ones(2), 1e-6, 100)
    20
    >>> power_iterations(np.diag([1.0, -1.0]), np.ones(2), 1e-6, 100) is None
    True
    """
    v = np.asarray(x0, dtype=np.float64)
    for k in range(1, maxit + 1):
        v = v / float(np.abs(v).max())
        v = v / float(np.sqrt(v @ v))
        image = matrix @ v
        lam = float(v @ image)
        if _length(image - lam * v) <= tol * abs(lam):
            return k
        v = image
    return None


# ---------------------------------------------------------------- 2 · rate certificates

def gradient_descent_bound(k: Array, *, L: float, R: float) -> Array:
    """f(x_k) - f* of gradient descent, step 1 / L, on a convex L-smooth f: L R**2 / (2 k), R = |x_0 - x*|, k >= 1."""
    return L * R**2 / (2 * np.maximum(k, 1.0))


def nesterov_bound(k: Array, *, L: float, R: float) -> Array:
    """f(x_k) - f* of Nesterov's method on a convex L-smooth f, and of FISTA: 2 L R**2 / k**2, k >= 1."""
    return 2 * L * R**2 / np.maximum(k, 1.0) ** 2


def strong_nesterov_bound(k: Array, *, L: float, mu: float, start: float, R: float) -> Array:
    """f(x_k) - f* of Nesterov's method, mu-strongly convex: (1 - sqrt(mu / L))**k (start + mu R**2 / 2)."""
    return (1 - math.sqrt(mu / L)) ** np.asarray(k, dtype=np.float64) * (start + mu * R**2 / 2)


def quadratic_descent_bound(k: Array, *, kappa: float, start: float) -> Array:
    """|x_k - x*| of gradient descent with step 2 / (mu + L) on a quadratic: ((kappa - 1) / (kappa + 1))**k start."""
    return ((kappa - 1) / (kappa + 1)) ** np.asarray(k, dtype=np.float64) * start


def conjugate_gradient_bound(k: Array, *, kappa: float, start: float) -> Array:
    """A-norm of the error of conjugate gradients: 2 ((sqrt(kappa) - 1) / (sqrt(kappa) + 1))**k start."""
    root = math.sqrt(kappa)
    return 2 * ((root - 1) / (root + 1)) ** np.asarray(k, dtype=np.float64) * start


def subgradient_bound(k: Array, *, G: float, R: float) -> Array:
    """Best f(x_i) - f*, i < k, of the sub-gradient method with step R / (G sqrt(k)): R G / sqrt(k), k >= 1."""
    return R * G / np.sqrt(np.maximum(k, 1.0))


BOUNDS: dict[str, Callable[..., Array]] = {
    "gradient descent": gradient_descent_bound,
    "Nesterov": nesterov_bound,
    "strongly convex Nesterov": strong_nesterov_bound,
    "gradient descent on a quadratic": quadratic_descent_bound,
    "conjugate gradients": conjugate_gradient_bound,
    "sub-gradient": subgradient_bound,
}


@checker
def rate(errors: Any, kind: str, what: str, **constants: float) -> Verdict:
    """`errors[k]` stays below the bound that the theorem `kind` gives, at every k.

    errors     (K + 1,), computed by us from the returned iterates, not reported ones; errors[0] belongs to the start
    kind       one of `BOUNDS`; constants are those of its theorem (L, mu, R, kappa, start, G)

    Slack `RATE_SLACK` of the bound and `RATE_FLOOR` of the first error. A correct method is never rejected.

    >>> errors = 0.8 ** np.arange(20)                  # kappa = 9: the factor is exactly (9 - 1) / (9 + 1)
    >>> rate(errors, "gradient descent on a quadratic", "x", kappa=9.0, start=1.0)
    >>> rate.verdict(errors, "conjugate gradients", "x", kappa=9.0, start=1.0).message[:71]
    'x: after 2 steps the error is above the bound for conjugate gradients, '
    """
    values = np.asarray(errors, dtype=np.float64)
    if values.ndim != 1 or not len(values) or not np.isfinite(values).all():
        return wrong(f"{what}: the errors should be finite; one of the iterates is not.")
    steps = np.arange(len(values), dtype=np.float64)
    bound = BOUNDS[kind](steps, **constants)
    above = ~(values <= bound * (1 + RATE_SLACK) + RATE_FLOOR * abs(values[0]))
    above[0] = False                                    # no step has been made
    if above.any():
        first = int(np.argmax(above))
        return wrong(f"{what}: after {first} steps the error is above the bound for {kind}, by a factor of "
                     f"{factor(float((values / bound)[above].max()))} at worst.", first=first)
    return ok(worst=float((values[1:] / bound[1:]).max(initial=0.0)))


@dataclass(frozen=True)
class HardForGradientDescent:
    """A convex L-smooth function on the line whose kink lies so that N steps of gradient descent only just reach it.

    f(x) = L x**2 / 2 for |x| <= kink and L kink |x| - L kink**2 / 2 beyond, kink = R / (2 N + 1). From x_0 = R, with
    step 1 / L, f(x_N) is exactly L R**2 / (4 N + 2) (Drori and Teboulle, 2014): above Nesterov's 2 L R**2 / N**2 from
    N = 9 on. Minimum 0 at 0.
    """

    L: float
    R: float
    N: int

    remote_methods = ("f", "gradient")
    remote_attributes = ("L", "R")

    @property
    def kink(self) -> float:
        return self.R / (2 * self.N + 1)

    def f(self, x: Any) -> float:
        """The value at x, a number or an array of one entry."""
        distance = abs(float(np.asarray(x).reshape(())))
        return self.L * (distance**2 / 2 if distance <= self.kink else self.kink * distance - self.kink**2 / 2)

    def gradient(self, x: Any) -> Array:
        """The gradient at x, in the shape of x."""
        return self.L * np.clip(np.asarray(x, dtype=np.float64), -self.kink, self.kink)


def hard_for_gradient_descent(N: int, *, L: float = 1.0, R: float = 1.0) -> HardForGradientDescent:
    """The function on which N steps of gradient descent attain the worst case, to tell it from faster methods.

    >>> hard, x = hard_for_gradient_descent(20), np.array([1.0])
    >>> for _ in range(20):
    ...     x = x - hard.gradient(x)
    >>> bool(abs(hard.f(x) - 1 / 82) < 1e-15), bool(hard.f(x) > nesterov_bound(np.array(20), L=1.0, R=1.0))
    (True, True)
    """
    return HardForGradientDescent(L, R, N)


# ---------------------------------------------------------------- 3 · slopes

@dataclass(frozen=True)
class Fit:
    """A line through log errors. `slope` is log(rate) per step (linear), the exponent (power) or the order (order)."""

    slope: float
    se: float
    r2: float
    points: int

    @property
    def rate(self) -> float:
        """exp(slope): the factor per step of a linear model."""
        return math.exp(self.slope)


Model = Literal["linear", "power", "order"]


def fit_rate(err: Any, k: Any = None, model: Model = "linear", *, skip: int = 0, floor: float = 100.0) -> Fit:
    """Least squares of log err on k ("linear"), on log k ("power"), or of log err[1:] on log err[:-1] ("order").

    err    (K,) positive errors; those from the first one below floor * eps * err[0] on are rounding and left out
    k      (K,) step numbers, by default 0, 1, ... (1, 2, ... for "power")
    skip   leading steps to leave out, where another law holds

    ValueError with fewer than three points.

    >>> round(fit_rate(0.5 ** np.arange(30)).rate, 12)
    0.5
    >>> round(fit_rate(1 / np.arange(1, 50) ** 2, model="power").slope, 6)
    -2.0
    >>> round(fit_rate([1e-1, 1e-2, 1e-4, 1e-8], model="order").slope, 12)
    2.0
    """
    errors = np.asarray(err, dtype=np.float64)
    steps = np.arange(len(errors)) + (model == "power") if k is None else np.asarray(k, dtype=np.float64)
    if errors.ndim != 1 or steps.shape != errors.shape or not np.isfinite(errors).all() or (errors < 0).any():
        raise ValueError("errors should be finite and non-negative, with one step number each")
    small = errors <= floor * float(np.finfo(np.float64).eps) * (errors[0] if len(errors) else 0.0)
    end = int(np.argmax(small)) if small.any() else len(errors)
    errors, steps = errors[skip:end], steps[skip:end]
    y = np.log(errors)
    x = {"linear": steps, "power": np.log(np.maximum(steps, 1)), "order": y}[model]
    if model == "order":
        x, y = x[:-1], y[1:]
    if len(x) < 3:
        raise ValueError(f"a slope needs three points above the rounding floor; there are {len(x)}")
    x, y = x - x.mean(), y - y.mean()
    slope = float(x @ y) / float(x @ x)
    rest, total = float(np.sum((y - slope * x) ** 2)), float(y @ y)
    return Fit(slope, math.sqrt(rest / max(len(x) - 2, 1) / float(x @ x)), 1 - rest / total if total else 1.0, len(x))


@checker
def converges(err: Any, model: Model, what: str, *, at_most: float | None = None, at_least: float | None = None,
              skip: int = 0) -> Verdict:
    """The errors fall at the rate that is asked.

    model      "linear": the factor per step is at most `at_most` + `LINEAR_SLACK`
               "power": the exponent of k is at most `at_most` (such as -2) + `POWER_SLACK`
               "order": the order is at least `at_least` (1.8 for Newton's method), over three pairs or more

    Fewer than three points above rounding: reached at once, accepted; unless the errors are not finite.

    >>> converges(0.7 ** np.arange(40), "linear", "x", at_most=0.7)
    >>> converges.verdict(0.9 ** np.arange(40), "linear", "x", at_most=0.7).message
    'x: each step leaves about 0.9 of the error; the theorem promises less.'
    """
    values = np.asarray(err, dtype=np.float64)
    if values.ndim != 1 or len(values) < 2 or not np.isfinite(values).all():
        return wrong(f"{what}: two finite errors or more are needed, a start and a step.")
    try:
        fit = fit_rate(values, model=model, skip=skip)
    except ValueError:
        return ok(points=0)
    if model == "linear" and at_most is not None and not fit.rate <= at_most + LINEAR_SLACK:
        return wrong(f"{what}: each step leaves about {fit.rate:.2g} of the error; the theorem promises less.", fit=fit)
    if model == "power" and at_most is not None and not fit.slope <= at_most + POWER_SLACK:
        return wrong(f"{what}: the error falls like k to the power {fit.slope:.2g}; the theorem promises a faster "
                     "fall.", fit=fit)
    if model == "order" and at_least is not None and not fit.slope >= at_least:
        return wrong(f"{what}: the order of convergence is about {fit.slope:.2g}; it should be higher.", fit=fit)
    return ok(fit=fit)


# ---------------------------------------------------------------- 4 · averages

@checker
def mean_is(runs: Any, expected: Any, what: str) -> Verdict:
    """The mean of independent runs is `expected`, entry by entry: |z| <= `SIGMAS`, a little more for many entries.

    runs      (M, ...) one entry per independent run, M >= `MIN_RUNS` (ValueError otherwise)
    expected  (...) the exact expectation

    z = (mean - expected) / (sd / sqrt(M)); an entry that never varies must be right to 1e-9. With N entries the limit
    is the normal quantile of 2.0e-9 / N, so that a correct method is rejected with probability 2e-9 in all. Choose M so
    that the errors that matter are 12 standard errors large: then they are accepted with probability below 1e-9.

    >>> rng = np.random.default_rng(0)
    >>> mean_is(rng.normal(1.0, 2.0, size=(4000, 3)), np.ones(3), "the estimate")
    >>> mean_is.verdict(rng.normal(1.0, 2.0, size=(4000, 3)), np.zeros(3), "the estimate").message
    'the estimate: the mean over many runs is about 3e+01 standard errors away from what it should be.'
    """
    sample = np.asarray(runs, dtype=np.float64)
    target = np.asarray(expected, dtype=np.float64)
    if len(sample) < MIN_RUNS:
        raise ValueError(f"the normal limit needs at least {MIN_RUNS} runs; there are {len(sample)}")
    if sample.shape[1:] != target.shape:
        return wrong(f"{what}: the shape should be {target.shape}; got {sample.shape[1:]}.")
    if not np.isfinite(sample).all():
        return wrong(f"{what}: some runs are not finite.")
    spread = sample.std(axis=0, ddof=1) / math.sqrt(len(sample))
    distance = np.abs(sample.mean(axis=0) - target)
    still = spread <= 1e-12 * np.maximum(np.abs(target), 1e-300)
    if not (distance[still] <= 1e-9 * np.maximum(np.abs(target[still]), 1.0)).all():
        return wrong(f"{what}: some entries never vary and are not right.")
    z = float((distance[~still] / spread[~still]).max(initial=0.0))
    if not seams.fits(z, _limit(target.size)):
        return wrong(f"{what}: the mean over many runs is {size(z)} standard errors away from what it should be.", z=z)
    return ok(z=z)


def _limit(entries: int) -> float:
    """At least the two-sided normal quantile of 2.0e-9 / entries (Bonferroni), from the tail exp(-z**2 / 2) / z."""
    return math.sqrt(SIGMAS**2 + 2 * math.log(max(entries, 1)))


# ---------------------------------------------------------------- reading an answer

def _number(name: str, value: Any) -> float:
    """A finite real number as a float; a failed check for anything else."""
    array = np.asarray(value)
    if array.shape != () or array.dtype.kind not in "iuf":
        raise CheckFailed(wrong(f"{name} should be one real number; got {seams.kind_of(value)}."))
    if not np.isfinite(array):
        raise CheckFailed(wrong(f"{name} is not finite. Was something divided by a length that is zero?"))
    return float(array)


def _length(x: Array | Sequence[float]) -> float:
    """The Euclidean length without under- or overflow: the largest entry is divided out before squaring."""
    values = np.abs(np.asarray(x, dtype=np.float64))
    largest = float(values.max(initial=0.0))
    return largest * float(np.sqrt(np.sum((values / largest) ** 2))) if largest else 0.0
