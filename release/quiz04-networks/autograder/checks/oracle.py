"""Oracles: the function that a method minimises stays with the checker, which sees every question and keeps a log.

The student's method receives an object with `f(x)` and `g(x)` and nothing else. What it asked and what it was told
stands in the log, so a sequence of iterates can be compared with what really happened, and a sequence that was made up
cannot agree with it:

1. `trace`: every iterate follows from the recursion of the statement and a *logged* gradient.
2. `history`: every claimed value is the value of the iterate beside it, computed again by us.
3. `queries`: no more questions than the statement allows.

`FiniteSum` is the same for a sum of n functions that is asked one term at a time. Each question costs about 0.2 ms when
the student's code runs in another process: a few hundred steps are fine, a loop over coordinates is not.
"""
from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import seams
from .basic import norm, numbers
from .verdict import CheckFailed, Verdict, checker, ok, size, wrong

Array = NDArray[Any]
Function = Callable[[Array], Any]
Rule = Callable[[int, Array, Array, Array], Array]

TRACE_TOL = 64 * float(np.finfo(np.float64).eps)
"""RT(64), relative to the lengths of the vectors in one step: a step adds three or four vectors, which rounds by 4 eps
at most, in any order: gradient descent, heavy ball and Nesterov's method, written in five ways, stay below 3 eps (60
seeds). A step size that is off by 1e-9 exceeds it."""
HISTORY_TOL, HISTORY_FLOOR = 1e-9, 1e-13
"""A claimed value may differ from ours by this part of itself and by this part of the largest one: another order of
summation, another form of the same function."""


class Oracle:
    """A differentiable function of x (dim,), asked through `f` and `g` alone; every question is logged.

    `f(x)` is a float, `g(x)` a new float64 array (dim,); ValueError for another shape. What stays with the checker:
    `points` and `gradients` (questions, dim) of g in the order of asking, `f_points` of f, the counts `g_count` and
    `f_count`, and the functions themselves as `value` and `gradient`, which log nothing.

    >>> oracle = Oracle(lambda x: x @ x / 2, lambda x: x, 2)
    >>> oracle.f([3.0, 4.0]), oracle.g([3.0, 4.0])
    (12.5, array([3., 4.]))
    >>> oracle.g_count, oracle.points
    (1, array([[3., 4.]]))
    """

    remote_methods = ("f", "g")

    def __init__(self, f: Function, g: Function, dim: int) -> None:
        self._f, self._g, self.dim = f, g, dim
        self.clear()

    def clear(self) -> None:
        """Forget what was asked, before the next run."""
        self._values: list[Array] = []
        self._asked: list[tuple[Array, Array]] = []

    def f(self, x: Any) -> float:
        """The value at x."""
        point = self._point(x)
        self._values.append(point)
        return self.value(point)

    def g(self, x: Any) -> Array:
        """The gradient (or one sub-gradient) at x."""
        point = self._point(x)
        slope = self.gradient(point)
        self._asked.append((point, slope))
        return slope.copy()

    def value(self, x: Any) -> float:
        """The value at x, not logged."""
        with np.errstate(all="ignore"):
            return float(self._f(np.array(x, dtype=np.float64)))

    def gradient(self, x: Any) -> Array:
        """The gradient at x, not logged."""
        with np.errstate(all="ignore"):
            return np.array(self._g(np.array(x, dtype=np.float64)), dtype=np.float64).reshape(self.dim)

    @property
    def points(self) -> Array:
        """Where g was asked (questions, dim)."""
        return np.array([point for point, _ in self._asked]).reshape(-1, self.dim)

    @property
    def gradients(self) -> Array:
        """What g answered (questions, dim)."""
        return np.array([slope for _, slope in self._asked]).reshape(-1, self.dim)

    @property
    def f_points(self) -> Array:
        """Where f was asked (questions, dim)."""
        return np.array(self._values).reshape(-1, self.dim)

    @property
    def g_count(self) -> int:
        """How often g was asked."""
        return len(self._asked)

    @property
    def f_count(self) -> int:
        """How often f was asked."""
        return len(self._values)

    def _point(self, x: Any) -> Array:
        return _vector(x, self.dim)

    def __deepcopy__(self, memo: dict[int, Any]) -> Oracle:
        return self             # `ask` copies arguments; the log is one


class FiniteSum:
    """The mean of n differentiable functions of x (dim,), asked one term at a time; every question is logged.

    `gi(i, x)` is the gradient of term i, `full(x)` that of the mean, `n` their number. What stays with the checker:
    `count`, the gradients of single terms that were computed (n for each `full`), `indices` in the order of asking
    (-1 for `full`), `points` and `gradients` (questions, dim).

    >>> terms = FiniteSum(lambda i, x: x - i, 3, 1)
    >>> terms.gi(2, [5.0]), terms.full([5.0]), terms.count, terms.indices
    (array([3.]), array([4.]), 4, [2, -1])
    """

    remote_methods = ("gi", "full")
    remote_attributes = ("n",)

    def __init__(self, gi: Callable[[int, Array], Any], n: int, dim: int) -> None:
        self._gi, self.n, self.dim = gi, n, dim
        self.clear()

    def clear(self) -> None:
        """Forget what was asked, before the next run."""
        self.indices: list[int] = []
        self._asked: list[tuple[Array, Array]] = []

    def gi(self, i: Any, x: Any) -> Array:
        """The gradient of term i at x; IndexError unless 0 <= i < n."""
        term, point = int(i), _vector(x, self.dim)
        if not 0 <= term < self.n:
            raise IndexError(f"terms are numbered from 0 to {self.n - 1}; got {term}")
        return self._log(term, point, self._term(term, point))

    def full(self, x: Any) -> Array:
        """The gradient of the mean of all terms at x."""
        point = _vector(x, self.dim)
        return self._log(-1, point, self.gradient(point))

    def gradient(self, x: Any) -> Array:
        """The gradient of the mean at x, not logged."""
        point = np.array(x, dtype=np.float64)
        return np.array(np.mean([self._term(i, point) for i in range(self.n)], axis=0))

    @property
    def count(self) -> int:
        """Gradients of single terms that were computed."""
        return sum(self.n if i < 0 else 1 for i in self.indices)

    @property
    def points(self) -> Array:
        """Where it was asked (questions, dim)."""
        return np.array([point for point, _ in self._asked]).reshape(-1, self.dim)

    @property
    def gradients(self) -> Array:
        """What was answered (questions, dim)."""
        return np.array([slope for _, slope in self._asked]).reshape(-1, self.dim)

    def _term(self, i: int, x: Array) -> Array:
        with np.errstate(all="ignore"):
            return np.array(self._gi(i, x), dtype=np.float64).reshape(self.dim)

    def _log(self, i: int, point: Array, slope: Array) -> Array:
        self.indices.append(i)
        self._asked.append((point, slope))
        return slope.copy()

    def __deepcopy__(self, memo: dict[int, Any]) -> FiniteSum:
        return self


# ---------------------------------------------------------------- checkers

@checker
def trace(X: Any, oracle: Oracle, rule: Rule, *, start: Any, steps: int, anywhere: bool = False, what: str = "X",
          rtol: float = TRACE_TOL) -> Verdict:
    """The iterates X (steps + 1, dim) begin at `start` and follow the recursion with the gradients of the log.

    oracle    asked by the method in one run: `oracle.clear()` comes before the call
    rule      rule(k, X, q, g) is what X[k + 1] should be, given X[:k + 1] and the logged gradient g at the point q
    anywhere  False: q must be X[k]. True: q may be any logged point from the last step's on, for methods that look
              ahead; which one is up to the method, and X[k + 1] must follow from it

    In order: shape, dtype float64, X[0] = start exactly, finite, each step. `rtol` is relative to the lengths of q,
    X[k], X[k - 1] and of the step. The detail `at` has the points q (steps, dim).

    A method that made X up, or minimised something else, asked at other points; False accepts would need iterates that
    agree with the log to 1e-14.

    >>> oracle = Oracle(lambda x: x @ x / 2, lambda x: x, 1)
    >>> descent = lambda k, X, q, g: q - 0.5 * g
    >>> slope = oracle.g([1.0])
    >>> trace([[1.0], [0.5]], oracle, descent, start=[1.0], steps=1)
    >>> trace.verdict(np.array([[1.0], [0.4]]), oracle, descent, start=[1.0], steps=1).message
    'X[1] does not follow from X[0] by the rule of the statement: it is off by about 2e-01 of the step.'
    >>> trace.verdict(np.array([[1.0], [0.5], [0.25]]), oracle, descent, start=[1.0], steps=2).message
    'X[2] cannot be right: the method never asked for the gradient at X[1].'
    """
    at = followed(X, oracle, rule, start=start, steps=steps, anywhere=anywhere, what=what, rtol=rtol)
    return ok(at=at, asked=oracle.g_count)


def followed(X: Any, oracle: Oracle, rule: Rule, *, start: Any, steps: int, anywhere: bool = False, what: str = "X",
             rtol: float = TRACE_TOL) -> Array:
    """The logged points (steps, dim) from which the steps were made; a failed check as `trace` says it.

    >>> oracle = Oracle(lambda x: x @ x / 2, lambda x: x, 1)
    >>> slopes = oracle.g([1.0]), oracle.g([0.2])
    >>> X = np.array([[1.0], [0.5], [0.1]])                # the second step looks ahead
    >>> followed(X, oracle, lambda k, X, q, g: q - 0.5 * g, start=[1.0], steps=2, anywhere=True)
    array([[1. ],
           [0.2]])
    """
    rows = _rows(X, np.asarray(start, dtype=np.float64), steps, what)
    lengths, points, slopes, current = [norm(row) for row in rows], oracle.points, oracle.gradients, 0
    at = np.zeros((steps, oracle.dim))
    for k in range(steps):
        reach, nearest = lengths[k] + lengths[max(k - 1, 0)], np.inf
        for index in range(current, len(points)):
            q = points[index]
            if not anywhere and not norm(q - rows[k]) <= rtol * reach:
                continue
            with np.errstate(all="ignore"):
                target = np.asarray(rule(k, rows[: k + 1], q, slopes[index]), dtype=np.float64)
            step = norm(target - q)
            error = norm(rows[k + 1] - target)
            if error <= rtol * (reach + norm(q) + step):
                current, at[k] = index, q
                break
            nearest = min(nearest, error / step if step else np.inf)
        else:
            raise CheckFailed(_lost(k, nearest, anywhere, what))
    return at


@checker
def history(values: Any, X: Any, f: Function, what: str = "The history", *, rtol: float = HISTORY_TOL) -> Verdict:
    """values[k] is f(X[k]) for every k, by our own evaluation: a curve that was made up is noticed.

    >>> history.verdict([1.0, 0.5], [[1.0], [0.5]], lambda x: x @ x).message
    'The history does not belong to the iterates: entry 1 is off by about 2e-01.'
    """
    rows, claimed = numbers(X), numbers(values)
    if claimed.dtype.kind not in "biuf" or claimed.shape != rows.shape[:1]:
        return wrong(f"{what} should be one number for each of the {len(rows)} iterates; got "
                     f"{'shape ' + str(claimed.shape) if claimed.dtype.kind in 'biufc' else seams.kind_of(values)}.")
    with np.errstate(all="ignore"):
        ours = np.array([float(f(row)) for row in rows.astype(np.float64)])
    if not np.isfinite(ours).all():
        return wrong(f"{what} cannot be right: at one of the iterates the function is not finite.")
    error = np.abs(claimed - ours)
    fine = error <= rtol * np.abs(ours) + HISTORY_FLOOR * np.abs(ours).max(initial=0.0)
    if not fine.all():
        first = int(np.argmin(fine))
        return wrong(f"{what} does not belong to the iterates: entry {first} is off by {size(float(error[first]))}.",
                     first=first)
    return ok()


@checker
def queries(oracle: Oracle, *, g: int | None = None, f: int | None = None) -> Verdict:
    """The log has at most `g` gradients and at most `f` values; None for no limit.

    >>> oracle = Oracle(lambda x: x @ x / 2, lambda x: x, 1)
    >>> slopes = [oracle.g([1.0]) for _ in range(3)]
    >>> queries.verdict(oracle, g=2).message
    'orc.g was asked 3 times, where 2 are enough. Keep what it returned.'
    """
    for name, count, limit in (("g", oracle.g_count, g), ("f", oracle.f_count, f)):
        if limit is not None and count > limit:
            if not limit:
                return wrong(f"orc.{name} should not be asked at all; it was.", count=count)
            return wrong(f"orc.{name} was asked {count} times, where {limit} are enough. Keep what it returned.",
                         count=count)
    return ok(g=oracle.g_count, f=oracle.f_count)


# ---------------------------------------------------------------- details

def _vector(x: Any, dim: int) -> Array:
    """A copy of x as float64 (dim,); ValueError for another shape."""
    point = np.array(x, dtype=np.float64)
    if point.shape != (dim,):
        raise ValueError(f"the oracle needs a vector of shape ({dim},); got {point.shape}")
    return point


def _rows(X: Any, start: Array, steps: int, what: str) -> Array:
    """X as a float64 array of its right shape, which begins at start and is finite; otherwise a failed check."""
    rows = numbers(X)
    if X is None or rows.dtype.kind not in "iuf":
        raise CheckFailed(wrong(f"{what} should be an array of numbers; got {seams.kind_of(X)}."))
    if rows.shape != (steps + 1, len(start)):
        raise CheckFailed(wrong(f"{what} should have shape {(steps + 1, len(start))}, the start and {steps} steps; got "
                                f"{rows.shape}."))
    if rows.dtype != np.float64:
        raise CheckFailed(wrong(f"{what} should have dtype float64; got {rows.dtype}."))
    if not np.array_equal(rows[0], start):
        raise CheckFailed(wrong(f"{what}[0] should be x0, unchanged. Are all rows the same array, changed in place?"))
    if not np.isfinite(rows).all():
        raise CheckFailed(wrong(f"{what} has entries that are not finite."))
    return rows


def _lost(k: int, nearest: float, anywhere: bool, what: str) -> Verdict:
    """No logged gradient leads to X[k + 1]."""
    if nearest == np.inf:
        where = "anywhere after the step before" if anywhere else f"at {what}[{k}]"
        return wrong(f"{what}[{k + 1}] cannot be right: the method never asked for the gradient {where}.", step=k)
    place = "the point where the gradient was asked" if anywhere else f"{what}[{k}]"
    return wrong(f"{what}[{k + 1}] does not follow from {place} by the rule of the statement: it is off by "
                 f"{size(nearest)} of the step.", step=k, nearest=nearest)
