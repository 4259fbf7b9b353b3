"""Laws of derivatives: adjoints, Hessian-vector products, sub-gradients; and exact slopes of functions that we own.

`gradient` compares with finite differences and is content with five digits. Where the mathematics gives a law, more can
be asked at no cost:

- `adjoint`: <c, J v> = <J^T c, v> holds to rounding for every pair of directions, so ten random ones decide.
- `hvp`: v -> H v is linear and symmetric, and H v is the slope of the gradient along v.
- `subgradient`: a convex f lies above the plane that g puts through (x, f(x)); at a kink many g are right, so nothing
  is compared with a chosen one.

`complex_step` gives slopes of *our* analytic references to the last digit; `kink_scan` tells a corner from a bend.
Points may be arrays or nested lists, tuples and dicts of them.
"""
from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import seams
from .basic import _capital, ask, leaves, named, norm, numbers
from .verdict import CheckFailed, Verdict, checker, ok, size, wrong

Array = NDArray[Any]

COMPLEX_STEP = 1e-30
"""The error is h**2 |f'''| / 6 with no cancellation: any h whose square underflows against 1 will do. Measured 2e-16."""
KINK_STEPS = (1e-2, 1e-3, 1e-4, 1e-5)
"""The smallest step at which the second difference stands clear of rounding decides: there a kink outweighs a bend."""
KINK_RATIO = 2.8
"""S(h) / S(h / 2) is 4 for a bend and 2 for a kink; the geometric mean lies between, with a factor 1.4 on both sides."""
KINK_CLEAR = 1e3
"""Multiples of eps |f| below which a second difference is rounding: at 1e3 its own error is about 1/300."""
ADJOINT = 1e-10
"""Relative to the larger of |c| |J v| and |J^T c| |v|. Rounding is sqrt(N) eps, 1e-13 for a million numbers; a part rho of
the result that is wrong is overlooked in one draw with probability about 1e-10 / rho times the root of the size."""
ADJOINT_DRAWS = 10
HVP = 1e-8
"""Relative, for an exact product; rounding is eps times the condition, 1e-14 measured for small networks. Differences of
the gradient reach about 1e-10 of the *gradient's* size at best: a tolerance of 1e-5 admits them."""
HVP_LAWS = 1e-10
"""Symmetry and linearity, for an exact product; at least 1e-5 for one by differences."""
HVP_DRAWS = 6
HVP_SCALES = (1e6, 1e-6)
"""A step along v has to be divided by the length of v, or H (1e6 v) is not 1e6 H v."""
SLACK = 1e-10
"""Of max(1, |f(x)|, |f(y)|): rounding of f is n eps. With steps t down to 1e-6 a g that is off by d in a direction is
seen when d t exceeds it and the curvature C t**2 / 2 does not hide it: d above sqrt(2 C SLACK), about 1e-5."""
REACHES = (1e-6, 1e-4, 1e-2, 0.3, 1.0, 10.0)
"""How far the random points y lie from x, in units of max(1, |x|): near ones decide at kinks, far ones between them."""
STEP = 1e-5
"""Central differences of a gradient that takes no complex numbers: eps**(1/3), error about 1e-10 of its size."""


# ---------------------------------------------------------------- slopes of our own functions

def complex_step(f: Callable[[Any], Any], x: Any, u: Any, h: float = COMPLEX_STEP) -> Any:
    """The derivative of f at x along u, as Im f(x + i h u) / h: exact to rounding.

    Only for our own analytic functions: no abs, max, conjugate, comparison or float() on the way, and a transpose that
    does not conjugate. x and u are nested alike; the result is nested like f(x).

    >>> float(complex_step(lambda x: np.sum(x**3), np.array([1.0, 2.0]), np.array([1.0, 0.0])))
    3.0
    """
    return _each(lambda value: np.imag(value) / h, f(_add(x, u, 1j * h)))


def kink_scan(f: Callable[[Any], float], x: Any, u: Any, steps: Sequence[float] = KINK_STEPS) -> bool:
    """Whether f has a kink at x along u: the second difference S(h) = f(x + h u) - 2 f(x) + f(x - h u) falls like h.

    The smallest of `steps` (descending) at which S stands clear of rounding decides. A kink that is not at x but within
    the step counts as one; a function without a second difference (a straight line, or smooth and tiny) has none.

    >>> kink_scan(lambda x: float(np.abs(x).sum()), np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    True
    >>> kink_scan(lambda x: float(x @ x), np.array([0.0, 1.0]), np.array([1.0, 1.0]))
    False
    """
    middle = float(f(x))

    def second(h: float) -> tuple[float, float]:
        up, down = float(f(_add(x, u, h))), float(f(_add(x, u, -h)))
        return up - 2 * middle + down, max(abs(up), abs(middle), abs(down))

    found = False
    for h in steps:
        (whole, largest), (half, _) = second(h), second(h / 2)
        if not min(abs(whole), abs(half)) > KINK_CLEAR * float(np.finfo(float).eps) * largest:
            break
        found = abs(whole) < KINK_RATIO * abs(half)
    return found


# ---------------------------------------------------------------- checkers

@checker
def adjoint(forward: Callable[[Any], Any], backward: Callable[[Any], Any], inside: Any, outside: Any, *,
            rng: np.random.Generator, what: str = "", n: int = ADJOINT_DRAWS, tol: float = ADJOINT,
            hint: str = "") -> Verdict:
    """`backward` is the adjoint of the linear map `forward`: <c, forward(v)> = <backward(c), v> for random v and c.

    inside, outside   v and c are drawn with the shapes (and the complexity) of these: arrays or nested ones
    what              names the adjoint in the message; by default the name of `backward`
    tol               relative to the larger of |c| |J v| and |J^T c| |v|

    For complex arrays the product is <a, b> = sum conj(a) b. Usually one of the two is ours (the slope by
    `complex_step`) and the other the student's; when both are the student's, ask their values elsewhere: a map that is
    wrong together with its adjoint obeys the law. An adjoint that is zero is seen, as J v is not.

    >>> A = np.array([[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]])
    >>> rng = np.random.default_rng(0)
    >>> adjoint(lambda v: A @ v, lambda c: A.T @ c, np.zeros(3), np.zeros(2), rng=rng)
    >>> adjoint.verdict(lambda v: A @ v, lambda c: -A.T @ c, np.zeros(3), np.zeros(2), rng=rng).status
    'wrong'
    """
    name, worst = what or named(backward), 0.0
    for _ in range(n):
        v, c = _drawn(inside, rng), _drawn(outside, rng)
        there, back = ask(forward, v), ask(backward, c)
        for got, like, word in ((there, c, "forward map"), (back, v, "adjoint")):
            if (problem := _unlike(got, like)) is not None:
                return wrong(f"The result of the {word} should {problem}. {hint}".strip())
        error = abs(_inner(c, there) - _inner(back, v))
        scale = max(_length(c) * _length(there), _length(back) * _length(v))
        if not seams.fits(error, tol * scale):
            return wrong(f"{_capital(name)} is not the adjoint: <c, J v> and <J^T c, v> differ by "
                         f"{size(error / scale)} of their size. {hint}".strip(), error=error, scale=scale)
        worst = max(worst, error / (scale or 1.0))
    return ok(worst=worst)


@checker
def hvp(product: Callable[[Any], Any], grad: Callable[[Any], Any], x: Any, *, rng: np.random.Generator,
        tol: float = HVP, laws: float = HVP_LAWS, n: int = HVP_DRAWS, analytic: bool = True) -> Verdict:
    """`product(v)` is the Hessian at x times v, where `grad` is our gradient: arrays, or nested lists and tuples of them.

    tol       of H v, relative to the largest |H v| of `n` random v of length 1
    laws      of symmetry <u, H v> = <v, H u>, of linearity H(u + 2 v) = H u + 2 H v and H(c v) = c H v (`HVP_SCALES`),
              relative to the same; H 0 = 0 exactly
    analytic  `grad` takes complex arrays, so that its slope is exact (`complex_step`); otherwise it is taken by central
              differences, good for 1e-9 of the size of the gradient

    In order: shapes, finite, values, H 0, scaling, symmetry, linearity. The values decide; the laws name the cause.

    >>> A = np.array([[2.0, 1.0], [1.0, 3.0]])
    >>> hvp(lambda v: A @ v, lambda x: A @ x, np.ones(2), rng=np.random.default_rng(0))
    >>> hvp.verdict(lambda v: np.diag(np.diag(A)) @ v, lambda x: A @ x, np.ones(2), rng=np.random.default_rng(0)).status
    'wrong'
    """
    def asked(w: Any) -> Any:
        got = ask(product, w)
        if (problem := _unlike(got, x)) is not None:
            raise CheckFailed(wrong(f"The product H v should {problem}."))
        return got

    u, v = _unit(x, rng), _unit(x, rng)
    draws = [u, v, *(_unit(x, rng) for _ in range(n - 2))]
    ours = [complex_step(grad, x, w) if analytic else _difference(grad, x, w) for w in draws]
    theirs = [asked(w) for w in draws]
    scale = max(map(_length, ours))
    error = max(_length(_add(a, b, -1)) for a, b in zip(theirs, ours, strict=True))
    none = _length(asked(_scaled(x, 0.0)))
    scaled = max(_length(_add(_scaled(asked(_scaled(v, c)), 1 / c), theirs[1], -1)) for c in HVP_SCALES)
    symmetry = abs(_inner(u, theirs[1]) - _inner(v, theirs[0]))
    linear = _length(_add(_add(asked(_add(u, v, 2)), theirs[0], -1), theirs[1], -2))
    detail = {"error": error / scale, "none": none, "scaled": scaled / scale, "symmetry": symmetry / scale,
              "linear": linear / scale}
    if none != 0:
        return wrong("For v = 0 the product H v should be zero.", **detail)
    if not seams.fits(scaled, laws * scale):
        return wrong(f"The product H v is not linear: scaling v does not scale the result, by {size(scaled / scale)}. A "
                     "step along v has to be divided by the length of v.", **detail)
    if not seams.fits(error, tol * scale):
        return wrong(f"The product H v disagrees with the slope of the gradient along v: the relative error is "
                     f"{size(error / scale)}, at most {tol:.0e} is asked.", **detail)
    if not seams.fits(symmetry, laws * scale):
        return wrong(f"The product is not symmetric: <u, H v> and <v, H u> differ by {size(symmetry / scale)}.", **detail)
    if not seams.fits(linear, laws * scale):
        return wrong(f"The product H v is not linear: H(u + 2 v) and H u + 2 H v differ by {size(linear / scale)}.",
                     **detail)
    return ok(**detail)


@checker
def subgradient(f: Callable[[Any], float], x: Any, g: Any, *, rng: np.random.Generator, n: int = 200,
                points: Sequence[Any] = (), slack: float = SLACK, what: str = "the sub-gradient",
                hint: str = "") -> Verdict:
    """g is a sub-gradient of the convex f at x: f(y) >= f(x) + <g, y - x> for every y that we try. f is ours.

    n       random directions, each at all distances of `REACHES`; besides them the axes, y = x - t g and x + t g, 0, 2 x,
            for matrices the singular directions of g, and `points`
    slack   of max(1, |f(x)|, |f(y)|)

    For a convex f this is what a sub-gradient is, so any element of the set passes: no false reject beyond rounding.
    Near points make it local: <g, u> <= f'(x; u) for every direction u that is tried.

    >>> rng = np.random.default_rng(0)
    >>> subgradient(lambda x: float(np.abs(x).sum()), np.array([1.0, 0.0]), np.array([1.0, 0.3]), rng=rng)
    >>> subgradient.verdict(lambda x: float(np.abs(x).sum()), np.array([1.0, 0.0]), np.array([1.0, 2.0]), rng=rng).status
    'wrong'
    """
    x, g = numbers(x).astype(float), numbers(g)
    name = _capital(what)
    if g.shape != x.shape or g.dtype.kind not in "iuf" or not np.isfinite(g).all():
        return wrong(f"{name} should be finite numbers of shape {x.shape}. {hint}".strip(), got=g)
    g, here, reach = g.astype(float), float(f(x)), max(1.0, norm(x))
    toward = [np.asarray(rng.normal(size=x.shape)) for _ in range(n)]
    toward += [sign * axis.reshape(x.shape) for axis in np.eye(x.size) for sign in (1.0, -1.0)]
    toward += [g, -g]
    if x.ndim == 2:
        U, _, Vt = np.linalg.svd(g, full_matrices=False)
        toward += [sign * np.outer(a, b) for a, b in zip(U.T, Vt, strict=True) for sign in (1.0, -1.0)]
    others = [0 * x, 2 * x, x - g, x + g, *(numbers(y).astype(float) for y in points)]
    others += [x + t * reach * u / norm(u) for u in toward if norm(u) for t in REACHES]
    worst = 0.0
    for y in others:
        there = float(f(y))
        missing = here + float(np.sum(g * (y - x))) - there
        if not seams.fits(max(missing, 0.0), slack * max(1.0, abs(here), abs(there))):
            return wrong(f"{name} is none: there is a y at distance {size(norm(y - x))} where f(y) is below "
                         f"f(x) + <g, y - x> by {size(missing)}. {hint}".strip(), y=y, g=g, missing=missing)
        worst = max(worst, missing)
    return ok(points=len(others), worst=worst)


# ---------------------------------------------------------------- details

def _each(change: Callable[[Any], Any], value: Any) -> Any:
    """`change` applied to every array or number in nested lists, tuples and dicts."""
    if isinstance(value, (list, tuple)):
        return type(value)(_each(change, item) for item in value)
    if isinstance(value, dict):
        return {key: _each(change, item) for key, item in value.items()}
    return change(numbers(value))


def _add(x: Any, u: Any, factor: complex) -> Any:
    """x + factor u, block by block."""
    if isinstance(x, (list, tuple)):
        return type(x)(_add(a, b, factor) for a, b in zip(x, u, strict=True))
    if isinstance(x, dict):
        return {key: _add(item, u[key], factor) for key, item in x.items()}
    return numbers(x) + factor * numbers(u)


def _drawn(like: Any, rng: np.random.Generator) -> Any:
    """Standard normal numbers in the shape of `like`, complex where it is."""
    def draw(a: Array) -> Array:
        real = np.asarray(rng.normal(size=a.shape))
        return real + 1j * rng.normal(size=a.shape) if a.dtype.kind == "c" else real

    return _each(draw, like)


def _unit(like: Any, rng: np.random.Generator) -> Any:
    drawn = _drawn(like, rng)
    return _scaled(drawn, 1 / _length(drawn))


def _scaled(value: Any, factor: float) -> Any:
    return _each(lambda a: factor * a, value)


def _inner(a: Any, b: Any) -> complex:
    """The sum of conj(a) b over all blocks."""
    return sum((complex(np.vdot(numbers(p), numbers(q))) for (_, p), (_, q) in zip(leaves(a), leaves(b), strict=True)), 0j)


def _length(a: Any) -> float:
    return norm(np.array([norm(numbers(part)) for _, part in leaves(a)]))


def _difference(grad: Callable[[Any], Any], x: Any, u: Any) -> Any:
    up, down = grad(_add(x, u, STEP)), grad(_add(x, u, -STEP))
    return _scaled(_add(up, down, -1), 1 / (2 * STEP))


def _unlike(got: Any, like: Any) -> str | None:
    """What `got` should be and is not: the nesting and shapes of `like`, finite numbers. None when it is all that."""
    ours, theirs = list(leaves(like)), list(leaves(got))
    if [place for place, _ in ours] != [place for place, _ in theirs]:
        return "be one array" if len(ours) == 1 else "be nested like the parameters"
    for (_, a), (_, b) in zip(ours, theirs, strict=True):
        shape, found = np.shape(numbers(a)), numbers(b)
        if found.dtype.kind not in "biufc":
            return f"hold numbers in shape {shape}"
        if found.shape != shape:
            return f"have shape {shape}; got {found.shape}"
        if not np.isfinite(found).all():
            return "be finite"
    return None
