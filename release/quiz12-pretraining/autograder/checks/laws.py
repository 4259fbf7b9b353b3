"""Answers that are determined only up to a law, a name or an order; and functions that remember.

`law` asks for a relation between two calls of a function where no reference is at hand, or as a second opinion.
`same_up_to_labels` compares clusters, whose numbers are names; `same_up_to_order` compares components, eigenvalues or
hidden units, which come in any order. `stateless` looks for what stays behind after a call. What `battery` asks of one
call (arguments unchanged, no global random state, the same result again) is not asked a second time here.
"""
from __future__ import annotations

import builtins
import math
import types
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from . import seams
from .basic import _capital, ask, copied, guarded, leaves, named, numbers, plain
from .battery import distance
from .verdict import Checker, Verdict, checker, ok, size, wrong

LAW_RTOL = 1e4 * float(np.finfo(np.float64).eps)
"""RT(1e4), 2e-12: both sides are computed by the student, with at most a few thousand roundings each."""
LABELS = 10
"""Most different labels: the best naming is found exactly, by k**2 2**k steps."""


# ---------------------------------------------------------------- a law

@checker
def law(function: Callable[..., Any], says: str, draw: Callable[[np.random.Generator], tuple[Any, ...]],
        other: Callable[..., tuple[Any, ...]], then: Callable[..., Any] | None = None, *, rng: np.random.Generator,
        times: int = 5, rtol: float = LAW_RTOL, compare: Checker[Any] | None = None, constant: bool = False) -> Verdict:
    """`function(*other(*args))` is `then(function(*args), *args)` for every one of `times` random inputs.

    says      the law in words, as it stands in the message: "a shift of x multiplies fft(x) by powers of w"
    draw      draw(rng) -> args, a tuple
    other     other(*args) -> the arguments of the second call, a tuple
    then      then(result, *args) -> what the second call should give; by default the same result
    rtol      normwise, for every array of the result relative to its own norm
    compare   for results that are not unique: a checker, called as compare(second, wanted, "the result")
    constant  the function may give one and the same result for all inputs

    A law is necessary, never enough: zero keeps every linear one. So a function that answers the same to all inputs is
    refused here, and a main test with references stands beside it. False rejects: none when rtol exceeds the rounding
    of two calls times their amplification. False accepts: errors that keep the law.

    >>> pairs = lambda rng: (rng.normal(size=5),)
    >>> law(np.sum, "the order of x does not matter", pairs, lambda x: (x[::-1],), rng=np.random.default_rng(0))
    >>> law.verdict(np.cumsum, "the order of x does not matter", pairs, lambda x: (x[::-1],),
    ...             rng=np.random.default_rng(0)).message
    'cumsum does not keep a law: the order of x does not matter. The relative difference is about 1e+00.'
    """
    name, first = named(function), []
    for _ in range(times):
        args = draw(rng)
        result = ask(function, *args)
        second = ask(function, *other(*copied(args)))
        wanted = result if then is None else then(copied(result), *copied(args))
        if compare is not None:
            told = compare.verdict(second, wanted, "the result")
            if told.status != "ok":
                return wrong(f"{name} does not keep a law: {says}. {told.message}", args=args)
        else:
            error = distance(second, wanted)
            if not seams.fits(error, rtol):
                return wrong(f"{name} does not keep a law: {says}. The relative difference is {size(error)}.",
                             error=error, args=args)
        first.append(_frozen(result))
    if times > 1 and not constant and all(result == first[0] for result in first):
        return wrong(f"{name} gives one and the same result for {times} different inputs.")
    return ok()


# ---------------------------------------------------------------- names and orders

@checker
def same_up_to_labels(got: Any, expected: Any, what: str, *, at_least: float = 1.0, hint: str = "") -> Verdict:
    """`got` puts the examples into the same groups as `expected`; which number a group carries is free.

    got, expected   (n,) labels of any kind: integers, booleans, whole floats; at most 10 different ones each
    at_least        share of the examples that must agree under the best one-to-one naming of groups

    The best naming is exact (dynamic programming over sets of groups), so no correct grouping is rejected and the share
    is never underestimated. A wrong grouping into k groups of equal size agrees in about 1/k of the examples, 1/2 for
    two groups: choose `at_least` well above.

    >>> same_up_to_labels([1, 1, 0, 2], [0, 0, 2, 1], "the labels")
    >>> same_up_to_labels.verdict([1, 1, 1, 0], [0, 0, 1, 1], "the labels").message
    'The labels should agree with the groups for every example; under the best naming at most 80 % do.'
    """
    target = np.asarray(expected)
    if got is None:
        return wrong(f"{_capital(what)} should be an array of labels; got None. Is the return missing?")
    kind, got = seams.kind_of(got), numbers(got)
    if got.dtype.kind not in "biuf":
        return wrong(f"{_capital(what)} should be an array of labels; got {kind} of dtype {got.dtype}. {hint}".strip())
    if got.shape != target.shape:
        return wrong(f"{_capital(what)} should have shape {target.shape}; got {got.shape}. {hint}".strip())
    if not (np.isfinite(got).all() and (got == np.round(got.astype(float))).all()):
        return wrong(f"{_capital(what)} should be whole numbers. {hint}".strip())
    ours, theirs = np.unique(got, return_inverse=True), np.unique(target, return_inverse=True)
    if len(theirs[0]) > LABELS:
        raise ValueError(f"more than {LABELS} different labels are not compared")
    if len(ours[0]) > LABELS:
        return wrong(f"{_capital(what)} should have {len(theirs[0])} different values; got {len(ours[0])}. {hint}".strip())
    table = np.zeros((len(ours[0]), len(theirs[0])), dtype=int)
    np.add.at(table, (ours[1].ravel(), theirs[1].ravel()), 1)
    share = _best_naming(table) / max(1, target.size)
    if not share >= at_least:
        need = "every example" if at_least == 1 else f"at least {at_least:.0%} of the examples".replace("%", " %")
        told = f"under the best naming at most {10 * math.ceil(10 * share)} % do"
        return wrong(f"{_capital(what)} should agree with the groups for {need}; {told}. {hint}".strip(), share=share)
    return ok(share=share)


@checker
def same_up_to_order(got: Any, expected: Any, what: str, *, rtol: float = 1e-9, hint: str = "") -> Verdict:
    """`got` has the same rows (or numbers) as `expected`, each as often, in any order.

    got, expected   an array (k,), (k, d), ..., real or complex; or a tuple of such arrays that share one order, such as
                    weights (k,), means (k, d) and covariances (k, d, d) of a mixture
    rtol            each row is this near to its partner, relative to the norm of all of `expected`

    Partners are found one after the other, the nearest pair first. That is exact when different rows of `expected` are
    more than 4 rtol norm(expected) apart, which the caller sees to; equal rows may be as many as they like.

    >>> same_up_to_order([3.0, 1.0, 1.0], [1.0, 3.0, 1.0], "the eigenvalues")
    >>> same_up_to_order.verdict([3.0, 3.0, 1.0], [1.0, 3.0, 1.0], "the eigenvalues").message
    'The eigenvalues are not those expected, in no order: one is off by about 6e-01 of the norm.'
    """
    ours, theirs = (list(value) if isinstance(value, tuple) else [value] for value in (got, expected))
    if len(ours) != len(theirs):
        return wrong(f"{_capital(what)} should be {len(theirs)} arrays; got {len(ours)}. {hint}".strip())
    columns: list[tuple[Any, Any]] = []
    for place, (part, target) in enumerate(zip(map(numbers, ours), map(np.asarray, theirs), strict=True)):
        which = f"{what}[{place}]" if len(ours) > 1 else what
        if part.dtype.kind not in "biufc":
            return wrong(f"{_capital(which)} should be numbers. {hint}".strip())
        if part.shape != target.shape:
            return wrong(f"{_capital(which)} should have shape {target.shape}; got {part.shape}. {hint}".strip())
        if not np.isfinite(part).all():
            return wrong(f"{_capital(which)} should be finite numbers. {hint}".strip())
        columns.append((part.reshape(len(part), -1), target.reshape(len(target), -1)))
    left, right = (np.hstack([np.asarray(pair[side], dtype=complex) for pair in columns]) for side in (0, 1))
    scale = float(np.linalg.norm(right)) or 1.0
    apart = np.linalg.norm(left[:, None, :] - right[None, :, :], axis=2) / scale
    worst = 0.0
    for _ in range(len(right)):
        i, j = np.unravel_index(np.argmin(apart), apart.shape)
        worst = max(worst, float(apart[i, j]))
        apart[i, :] = apart[:, j] = np.inf
    if not seams.fits(worst, rtol):
        return wrong(f"{_capital(what)} are not those expected, in no order: one is off by {size(worst)} of the norm. {hint}".strip(),
                     error=worst)
    return ok(error=worst)


# ---------------------------------------------------------------- memory

@checker
def stateless(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Verdict:
    """A call leaves nothing behind: no changed default argument, closure, notebook variable or function attribute, and
    no routine of numpy or Python replaced.

    A dictionary that keeps its old entries and gains new ones is a cache, and free; so is `functools.cache`. Looked at
    are the variables that the function and the functions it calls by name speak of. It runs beside the student's code:
    its report is the student's claim, good for few points.

    >>> def remembers(x, seen=[]):
    ...     seen.append(x)
    ...     return sum(seen)
    >>> stateless.verdict(remembers, 1).message
    'remembers keeps something from one call to the next: the default of seen. Start with fresh values in every call.'
    """
    name = named(function)
    ask(function, *args, **kwargs)                                  # an exception gets its message here
    left = guarded(name, lambda: seams.remote(left_behind)(function, copied(args), copied(kwargs)))
    if not isinstance(left, list) or left:
        found = ", ".join(str(item) for item in left[:3]) if isinstance(left, list) else "something"
        return wrong(f"{name} keeps something from one call to the next: {found}. Start with fresh values in every call.")
    return ok()


def left_behind(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> list[str]:
    """What one call changed outside of itself, in words. Runs beside the student's code; holds no secret."""
    before, routines = dict(_memory(function)), dict(_routines())
    function(*args, **kwargs)
    after, now = dict(_memory(function)), dict(_routines())
    changed = [place for place in (*before, *(p for p in after if p not in before))
               if not _kept(before.get(place), after.get(place))]
    return changed + [place for place, value in routines.items() if now.get(place) != value]


# ---------------------------------------------------------------- details

def _best_naming(table: np.ndarray[Any, Any]) -> int:
    """The largest sum of entries, at most one from each row and each column."""
    table = table if table.shape[1] <= table.shape[0] else table.T
    best = {0: 0}                                                   # columns used, as bits -> sum over the rows so far
    for row in table:
        extended = dict(best)
        for used, total in best.items():
            for column, count in enumerate(row):
                if not used >> column & 1:
                    key = used | 1 << column
                    extended[key] = max(extended.get(key, 0), total + int(count))
        best = extended
    return max(best.values())


def _memory(function: Callable[..., Any]) -> Iterator[tuple[str, Any]]:
    """(what, state) of everything that a call of `function` could find again at its next call."""
    seen: set[int] = set()
    todo: list[Any] = [function]
    while todo:
        one = todo.pop()
        one = getattr(one, "__wrapped__", one)
        if not isinstance(one, types.FunctionType) or id(one) in seen:
            continue
        seen.add(id(one))
        given = one.__code__.co_varnames[:one.__code__.co_argcount]
        defaults = one.__defaults__ or ()
        for word, value in zip(given[len(given) - len(defaults):], defaults, strict=True):
            yield f"the default of {word}", _frozen(value)
        for word, value in (one.__kwdefaults__ or {}).items():
            yield f"the default of {word}", _frozen(value)
        for word, value in vars(one).items():
            yield f"the attribute {one.__name__}.{word}", _frozen(value)
        for word, cell in zip(one.__code__.co_freevars, one.__closure__ or (), strict=True):
            try:
                value = cell.cell_contents
            except ValueError:                                      # not bound yet
                continue
            todo.append(value)
            yield f"the variable {word} around {one.__name__}", _frozen(value)
        for word in dict.fromkeys(_words(one.__code__)):
            if word in one.__globals__:
                value = one.__globals__[word]
                if getattr(value, "__globals__", one.__globals__) is one.__globals__:
                    todo.append(value)                              # not the routines of libraries
                yield f"the notebook's variable {word}", _frozen(value)


def _words(code: types.CodeType) -> Iterator[str]:
    """The names that a piece of code and all code inside of it speak of."""
    yield from code.co_names
    for constant in code.co_consts:
        if isinstance(constant, types.CodeType):
            yield from _words(constant)


def _routines() -> Iterator[tuple[str, int]]:
    """(name, identity) of what can be replaced in numpy and among the built-in names."""
    for module in (builtins, np, np.linalg, np.random, np.fft):
        yield from ((f"the routine {module.__name__}.{word}", id(value)) for word, value in vars(module).items()
                    if callable(value))


def _frozen(value: Any, depth: int = 6) -> Any:
    """A value to compare states by: contents of data, identity of everything else."""
    if isinstance(value, dict):
        return dict, {repr(key): _frozen(item, depth - 1) if depth else id(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return type(value).__name__, [_frozen(item, depth - 1) if depth else id(item) for item in value]
    if isinstance(value, (set, frozenset)):
        return "set", sorted(map(repr, value))
    if isinstance(value, np.ndarray):
        return str(value.dtype), value.shape, value.tobytes() if value.dtype.kind != "O" else repr(value.tolist())
    if value is None or isinstance(value, (bool, int, float, complex, str, bytes, np.generic)):
        return type(value).__name__, repr(value)
    if isinstance(value, np.random.Generator):
        return "Generator", repr(value.bit_generator.state)
    if hasattr(value, "detach"):
        return "tensor", [_frozen(numbers(part)) for _, part in leaves(plain(value))]
    return type(value).__name__, id(value)


def _kept(before: Any, after: Any) -> bool:
    """Unchanged, or a dictionary that keeps its old entries."""
    if before is not None and after is not None and before[0] is dict and after[0] is dict:
        return all(key in after[1] and after[1][key] == state for key, state in before[1].items())
    return bool(before == after)
