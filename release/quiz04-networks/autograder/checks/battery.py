"""Good habits that every function should have: pure, any memory layout, any number type, no global random state.

Of the standard battery these are B1 (pure), B2 (layout), B3 (number types) and the generic half of B5 (random numbers).
The rest belongs to the test cell, because only it knows the problem: edges (B4) and laws (B8) are its own lines, fresh
inputs (B6) come from `fresh_rng`, and the guard (B7) is `forbid`. `steps` asks one more habit: no Python loop over the
data.

What is seen beside the student's code (`probe`, `steps_taken`) is the student's claim: good for few points, never a
cap.
"""
from __future__ import annotations

import gc
import random
import sys
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from . import seams
from .basic import ask, copied, guarded, leaves, named, norm, numbers, plain
from .verdict import Checker, CheckFailed, Verdict, checker, ok, size, wrong

LAYOUT_TOL = 64 * float(np.finfo(np.float64).eps)
"""RT(64): another memory layout may change the order of summation, nothing else. A sum of n terms in another order
differs by at most n eps relative to the sum of absolute values, in practice sqrt(n) eps: 64 covers inputs of a few
thousand numbers."""
FLOAT32_TOL = 200 * float(np.finfo(np.float32).eps)
"""2.4e-5, for well-conditioned data; gradients of correct networks were measured at 1.8 eps of float32."""
SMALL_BLOCK = 1e-3
"""A block of the result counts relative to its own norm, but never to less than this share of the whole result."""
INTEGER_SCALE = 3.0
"""Normal random numbers times three, rounded, give integers between about -10 and 10."""
LAYOUTS = ("F", "reversed", "strided", "readonly")
PARTS = ("layout", "float32", "integer")
STEPS = 500
"""Lines of Python that one call may run. Calling numpy costs none to ten lines; a loop over the 1500 rows of a test at
least one each."""

PROBLEMS = {
    "changed": "{name} changes its arguments. Work on a copy: np.array(A, dtype=float), x.detach().clone(), list(items).",
    "grad": "{name} leaves a gradient on its argument. Differentiate with respect to a copy: x.detach().clone().",
    "shares": "{name} returns a view of its argument. Return a copy, so that a change of one leaves the other alone.",
    "global": "{name} changes the global random state. Draw from a generator of your own, or from the one passed in.",
    "zero": "{name} returns nothing but zeros, which tells nothing of its habits.",
    "repeat": "{name} gives another result when it is called a second time with the same input.",
    "layout": "{name} gives another result when the same numbers lie differently in memory (transposed, reversed, "
              "every second element, read-only). Do not rely on the layout and do not write into the input.",
    "rounding": "{name} gives another result when the same numbers lie differently in memory (transposed, reversed, every "
                "second element, read-only): the relative difference is {error}. As small as that is the rounding of "
                "float32, or of a sum that cancels.",
    "float32": "{name} is not accurate for float32 input: the relative error is {error}.",
    "integer": "{name} gives another result for integers than for the same numbers as floats. zeros_like of an integer "
               "array holds integers.",
}

SITUATIONS = {
    "layout": "It does so for the same numbers in another memory layout (transposed, reversed, every second element, read-only).",
    "float32": "It does so for float32 input.",
    "integer": "It does so for integers.",
}


@checker
def battery(function: Callable[..., Any], *args: Any, same: Checker[Any] | None = None, skip: Sequence[str] = (),
            **kwargs: Any) -> Verdict:
    """The habits of `function` at one input: nested lists, tuples and dicts of arrays or tensors; other values pass
    through.

    In this order: arguments unchanged (bit for bit, also flags and gradients of tensors, and what lists and dicts
    hold), no memory shared with the result, global random states of numpy, torch and `random` untouched, a second call
    identical; the same result in another memory layout, for float32, for integers, all of them and one argument alone
    beside the fractions of the others. Generators among the arguments start each call from the same state. A result
    that is zero throughout is compared with nothing: it should not be, at this input.

    same   for results that are not unique: the problem's own checker, called as same(function, *args); by default
           results are compared with those for float64 arrays in C order
    skip   from {"layout", "float32", "integer"}; integer arrays are labels or counts and are never cast

    >>> battery.verdict(lambda a: a.ravel(), np.arange(6.0).reshape(2, 3)).message
    '<lambda> returns a view of its argument. Return a copy, so that a change of one leaves the other alone.'
    """
    if unknown := set(skip) - set(PARTS):
        raise ValueError(f"skip knows {', '.join(PARTS)}; not {', '.join(sorted(unknown))}")
    name = named(function)
    ask(function, *args, **kwargs)                                  # an exception gets its message here
    facts = guarded(name, lambda: seams.remote(probe)(function, copied(args), copied(kwargs)))
    for fact in ("changed", "grad", "shares", "global", "repeat"):
        if facts[fact]:
            return wrong(PROBLEMS[fact].format(name=name))

    if same is None and _all_zero(ask(function, *args, **kwargs)):
        return wrong(PROBLEMS["zero"].format(name=name))
    if same is not None and (plainly := same.verdict(function, *args, **kwargs)).status != "ok":
        return plainly                                              # wrong in itself, not by a habit

    def problem(part: str, variant: Callable[..., Any], given: tuple[Any, ...], tol: float) -> Verdict | None:
        """What is wrong with `variant` at this input, if anything is."""
        if same is not None:
            error = 0.0 if same.verdict(variant, *given, **kwargs).status == "ok" else np.inf
        else:
            reference = ask(function, *_cast(given, "float64"), **_cast(kwargs, "float64"))
            try:
                error = distance(ask(variant, *given, **kwargs), reference)
            except CheckFailed as failed:
                verdict = failed.verdict
                told = Verdict(0.0, verdict.status, f"{verdict.message} {SITUATIONS[part]}", verdict.detail)
                raise CheckFailed(told, failed.lines) from failed.__cause__
        if seams.fits(error, tol):
            return None
        said = "rounding" if part == "layout" and error <= FLOAT32_TOL else part
        return wrong(PROBLEMS[said].format(name=name, error=size(error)), error=error)

    found: Verdict | None = None
    if "layout" not in skip:
        for layout in LAYOUTS:
            found = found or problem("layout", seams.remote(relaid)(function, layout), args, LAYOUT_TOL)
    if "float32" not in skip:
        found = found or problem("float32", function, _cast(args, "float32"), FLOAT32_TOL)
    if "integer" not in skip and found is None:
        whole = _map(lambda a: (INTEGER_SCALE * a).round() if _floating(a) else a, args)
        found = problem("integer", seams.remote(as_integers)(function), whole, LAYOUT_TOL)
        mixed = [place for place, arg in enumerate(args) if any(_is_array(a) and a.ndim and _floating(a) for _, a in leaves(arg))]
        for place in mixed if len(mixed) > 1 else ():
            given = (*args[:place], whole[place], *args[place + 1:])
            found = found or problem("integer", seams.remote(as_integers)(function, place), given, LAYOUT_TOL)
    return found or ok()


@checker
def steps(function: Callable[..., Any], *args: Any, at_most: int = STEPS, hint: str = "", **kwargs: Any) -> Verdict:
    """One call runs at most this many lines of Python, those of the libraries included: no loop over the data.

    Counting instead of a clock: the same number on every machine, and a triple loop is stopped after `at_most` lines.
    A loop on one line counts once per turn, a function called from compiled code (`map`, `np.vectorize`) at least once
    per call. False rejects: none, as long as `at_most` exceeds the lines of a vectorised solution, which do not grow
    with the data; ask a small input first, so that imports inside the function do not count. False accepts: loops
    inside compiled code, which is the point, and code that switches tracing off.

    >>> steps.verdict(lambda x: sum(v * v for v in x), np.ones(5000)).status
    'wrong'
    >>> steps.verdict(lambda x: (x * x).sum(), np.ones(5000)).status
    'ok'
    """
    name = named(function)
    taken = guarded(name, lambda: seams.remote(steps_taken)(function, at_most, copied(args), copied(kwargs)))
    if type(taken) is not int or not 0 <= taken <= at_most:
        message = f"{name} runs more than {at_most} lines of Python in one call: there is a loop over the data."
        return wrong(f"{message} {hint}".strip(), taken=taken)
    return ok(taken=taken)


# ---------------------------------------------------------------- beside the student's code; no secrets

def probe(function: Callable[..., Any], args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, bool]:
    """Facts about one call that can only be seen in the process in which it happens."""
    given = [copied(args), copied(kwargs)]
    places = dict(leaves(given))
    inside = [a for a in places.values() if _is_array(a)]
    _move_random_states()
    before, states = [_state(a) for a in inside], _random_states()
    first = function(*given[0], **given[1])
    outside = [a for _, a in leaves(first) if _is_array(a)]
    now = dict(leaves(given))
    facts = {
        "grad": any(a.grad is not None for a in inside if not isinstance(a, np.ndarray) and a.is_leaf),
        "changed": [_state(a) for a in inside] != before or places.keys() != now.keys()
                   or any(now[place] is not item for place, item in places.items()),
        "shares": any(np.may_share_memory(_memory(a), _memory(b)) for a in inside for b in outside),
        "global": _random_states() != states,
    }
    first = plain(first)
    second = plain(function(*copied(args), **copied(kwargs)))
    facts["repeat"] = [(p, _state(a)) for p, a in leaves(first)] != [(p, _state(a)) for p, a in leaves(second)]
    return facts


def relaid(function: Callable[..., Any], layout: str) -> Callable[..., Any]:
    """`function`, given the same numbers in another memory layout."""
    def called(*args: Any, **kwargs: Any) -> Any:
        return function(*_map(lambda a: _lay(a, layout), args), **_map(lambda a: _lay(a, layout), kwargs))

    called.__name__ = named(function)
    return called


def as_integers(function: Callable[..., Any], alone: int | None = None) -> Callable[..., Any]:
    """`function`, given whole numbers as integer arrays: all of them, or those of one argument alone."""
    def called(*args: Any, **kwargs: Any) -> Any:
        if alone is None:
            return function(*_cast(args, "int64"), **_cast(kwargs, "int64"))
        return function(*args[:alone], _cast(args[alone], "int64"), *args[alone + 1:], **kwargs)

    called.__name__ = named(function)
    return called


class _Enough(BaseException):
    """Leaves the student's function after too many steps; not an Exception, so that `except Exception` lets it by."""


def steps_taken(function: Callable[..., Any], limit: int, args: tuple[Any, ...], kwargs: dict[str, Any]) -> int:
    """Lines and calls of Python during one call, at most limit + 1; not those of what the garbage collector takes away meanwhile."""
    taken = 0

    def count(frame: Any, event: str, argument: Any) -> Any:
        nonlocal taken
        if event in ("call", "line"):
            taken += 1
            if taken > limit:
                raise _Enough
        return count

    before, collects = sys.gettrace(), gc.isenabled()
    gc.disable()
    sys.settrace(count)
    try:
        function(*args, **kwargs)
    except _Enough:
        pass
    finally:
        sys.settrace(before)
        if collects:
            gc.enable()
    return taken


# ---------------------------------------------------------------- arrays and tensors alike

def distance(got: Any, expected: Any) -> float:
    """Largest normwise relative difference over the blocks; inf when the structure differs or one is not finite."""
    ours, theirs = [(p, numbers(a)) for p, a in leaves(got)], [(p, numbers(a)) for p, a in leaves(expected)]
    if [(p, a.shape) for p, a in ours] != [(p, a.shape) for p, a in theirs]:
        return np.inf
    whole = max((norm(b) for _, b in theirs if b.dtype.kind in "biufc"), default=0.0)
    worst = 0.0
    for (_, a), (_, b) in zip(ours, theirs, strict=True):
        if a.dtype.kind not in "biufc" or b.dtype.kind not in "biufc":
            worst = max(worst, 0.0 if a.tolist() == b.tolist() else np.inf)
            continue
        if not np.isfinite(a).all():
            return np.inf
        kind = complex if "c" in (a.dtype.kind, b.dtype.kind) else float
        scale = max(norm(b), SMALL_BLOCK * whole, np.finfo(float).tiny)
        with np.errstate(over="ignore"):
            worst = max(worst, float(np.float64(norm(a.astype(kind) - b.astype(kind))) / scale))
    return worst


def _all_zero(result: Any) -> bool:
    """Whether there are numbers in a result, and all of them are zero."""
    found = [a for a in (numbers(a) for _, a in leaves(result)) if a.dtype.kind in "iufc" and a.size]
    return bool(found) and not any(np.any(a) for a in found)


def _is_array(value: Any) -> bool:
    torch = sys.modules.get("torch")
    return isinstance(value, np.ndarray) or (torch is not None and isinstance(value, torch.Tensor))


def _map(change: Callable[[Any], Any], value: Any) -> Any:
    """`change` applied to every array of at least one dimension in nested lists, tuples and dicts."""
    if isinstance(value, (list, tuple)):
        return type(value)(_map(change, item) for item in value)
    if isinstance(value, dict):
        return {key: _map(change, item) for key, item in value.items()}
    return change(value) if _is_array(value) and value.ndim else value


def _floating(a: Any) -> bool:
    return a.dtype.kind == "f" if isinstance(a, np.ndarray) else bool(a.dtype.is_floating_point)


def _cast(value: Any, dtype: str) -> Any:
    """Floating-point arrays in another type; integer arrays are labels or counts and stay as they are."""
    def change(a: Any) -> Any:
        if not _floating(a):
            return a
        return a.astype(dtype) if isinstance(a, np.ndarray) else a.to(getattr(sys.modules["torch"], dtype))

    return _map(change, value)


def _lay(a: Any, layout: str) -> Any:
    """The same numbers in another layout. Tensors know neither negative strides nor read-only memory."""
    if not isinstance(a, np.ndarray):
        if layout == "F":
            return a.mT.contiguous().mT if a.ndim > 1 else a.clone()
        return a.repeat_interleave(2, dim=0)[::2] if layout == "strided" else a.clone()
    if layout == "F":
        return np.asfortranarray(a)
    if layout == "reversed":
        return np.ascontiguousarray(a[::-1])[::-1]
    if layout == "strided":
        return np.repeat(a, 2, axis=0)[::2]
    fixed = a.copy()
    fixed.flags.writeable = False
    return fixed


def _state(value: Any) -> Any:
    """All of a value that may not change: type, shape, bytes; whether a tensor asks for a gradient."""
    if isinstance(value, np.ndarray):
        padded = value.dtype.kind == "O" or value.dtype in (np.longdouble, np.clongdouble)   # bytes that mean nothing
        return str(value.dtype), value.shape, repr(value.tolist()) if padded else value.tobytes()
    if _is_array(value):
        return str(value.dtype), tuple(value.shape), value.requires_grad, _memory(value).tobytes()
    return type(value).__name__, repr(value)


def _memory(a: Any) -> np.ndarray[Any, Any]:
    """The memory of an array or tensor, as an array that shares it."""
    if isinstance(a, np.ndarray):
        return a
    torch: Any = sys.modules["torch"]
    bits = {1: torch.uint8, 2: torch.int16, 4: torch.int32, 8: torch.int64}
    flat = torch.view_as_real(a.detach()) if a.is_complex() else a.detach()
    return np.asarray(flat.view(bits[flat.element_size()]).numpy())


def _move_random_states() -> None:
    """Draw from each: a function that sets the same seed in every call would otherwise leave the state as it found it."""
    torch = sys.modules.get("torch")
    np.random.random()
    random.random()
    if torch is not None:
        torch.rand(1)


def _random_states() -> tuple[Any, ...]:
    """The global random states of numpy, `random` and, if it is loaded, torch."""
    torch = sys.modules.get("torch")
    drawn = tuple((place, _state(part)) for place, part in leaves(np.random.get_state(legacy=False)))
    return drawn, random.getstate(), torch.get_rng_state().numpy().tobytes() if torch is not None else b""
