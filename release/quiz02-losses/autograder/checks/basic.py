"""Calling the student's function, and comparing plain values.

`ask` is the only way in which a checker calls student code: copies in, exact types out, warnings free, exceptions as
one sentence. `close`, `equal` and `array` compare what came back in the order type, shape, finite, values, and the
first failure speaks. Under a hidden test no message shows a value.
"""
from __future__ import annotations

import copy
import sys
import types
import warnings
from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal
from numbers import Rational
from typing import Any, TypeVar

import numpy as np

from . import seams
from .verdict import CheckFailed, Verdict, checker, ok, size, wrong

T = TypeVar("T")

RTOL = 1e-9
"""Relative tolerance of `close`: float64 with room for any order of summation (64 eps is 1e-14)."""
RETURN = "Is the return missing?"
SHOWN = 200
"""Characters of an exception's text that a visible test shows."""
EXACT: dict[type, Callable[[Any], Any]] = {
    int: int.__int__, float: float.__float__, complex: complex.__complex__, str: str.__str__, bytes: bytes.__bytes__,
}


def ask(function: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
    """What the student's function returns for copies of these arguments, in exact types.

    Subclasses of ndarray, tensor and the numbers are converted by their base classes, so that no overloaded operator
    can answer for the student. Tensors come back detached. Warnings cost nothing. An exception becomes a failed check
    that says what was raised, in a hidden test without its text.

    >>> ask(lambda x: x + 1, 1)
    2
    """
    name = named(function)
    if not callable(function):
        raise CheckFailed(wrong(f"{name} should be a function; it is of type {seams.kind_of(function)}."))
    return guarded(name, lambda: plain(function(*copied(args), **copied(kwargs))))


def guarded(name: str, call: Callable[[], T]) -> T:
    """The result of a call into student code; an exception becomes a failed check that says `name` raised it."""
    try:
        with warnings.catch_warnings(), np.errstate(all="ignore"):
            warnings.simplefilter("ignore")
            return call()
    except NotImplementedError as error:
        raise CheckFailed(wrong(f"{name} is not written yet.")) from error
    except CheckFailed:
        raise
    except Exception as error:
        raise CheckFailed(Verdict(0.0, "error", f"{name} raised {_told(error)}"), seams.student_lines(error)) from error


def named(function: Any) -> str:
    """The name of a function, for messages."""
    return str(getattr(function, "__name__", "your function"))


def copied(value: Any) -> Any:
    """A deep copy; functions and other handles stay what they are, generators continue from the same state."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Generator):
        return torch.Generator(device=value.device).set_state(value.get_state())
    if type(value) in (list, tuple):
        return type(value)(map(copied, value))
    if type(value) is dict:
        return {key: copied(item) for key, item in value.items()}
    if isinstance(value, (types.FunctionType, types.MethodType, types.BuiltinFunctionType)):
        return value                                # deepcopy would copy the object that a method belongs to
    return copy.deepcopy(value)


def plain(value: Any) -> Any:
    """The same value in exact types, nothing shared with the original: arrays, detached tensors, built-in numbers.

    >>> class Always(float):
    ...     def __eq__(self, other): return True
    >>> plain([Always(1.5)])[0] == 2
    False
    """
    if isinstance(value, (list, tuple)):
        return type(value)(map(plain, value)) if type(value) in (list, tuple) else tuple(map(plain, value))
    if isinstance(value, dict):
        return {plain(key): plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray):
        return np.array(value, copy=True, subok=False)
    if isinstance(value, np.generic) or value is None or type(value) in (bool, int, float, complex, str, bytes):
        return value
    for base, exact in EXACT.items():
        if isinstance(value, base):
            return exact(value)
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        with torch._C.DisableTorchFunctionSubclass():
            return value.detach().clone().as_subclass(torch.Tensor)
    return value


def leaves(value: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """Every array, tensor or number inside nested lists, tuples and dicts, with the place where it sits.

    >>> list(leaves([1, {"b": (2,)}]))
    [('[0]', 1), ("[1]['b'][0]", 2)]
    """
    if isinstance(value, (list, tuple)):
        for index, item in enumerate(value):
            yield from leaves(item, f"{place}[{index}]")
    elif isinstance(value, dict):
        for key in sorted(value, key=repr):
            yield from leaves(value[key], f"{place}[{key!r}]")
    else:
        yield place, value


def numbers(value: Any) -> np.ndarray[Any, Any]:
    """A number, array, tensor or nested list as an ndarray; of dtype object when that cannot be. Fractions and decimals
    become floats."""
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(value, torch.Tensor):
        value = value.detach().resolve_conj().resolve_neg().cpu()
        value = value.float() if value.dtype == torch.bfloat16 else value
    try:
        array = np.asarray(value)
        exact = array.dtype.kind == "O" and array.size and all(isinstance(item, (Rational, Decimal)) for item in array.flat)
        return array.astype(float) if exact else array
    except (TypeError, ValueError, RuntimeError, OverflowError):
        return np.array(None, dtype=object)


# ---------------------------------------------------------------- checkers

@checker
def close(got: Any, expected: Any, what: str, *, rtol: float = RTOL, floor: float = 1.0, hint: str = "",
          hidden: bool = False) -> Verdict:
    """`got` equals `expected` up to rounding: first the shape, then the values; nan never equals, inf only itself.

    The Frobenius norm of the difference is at most rtol * max(norm of expected, floor). Integers, booleans, complex
    numbers and tensors are compared by value.

    rtol    relative to the whole array, not to each entry
    floor   what rtol is relative to when `expected` is smaller; 0 for a purely relative comparison
    hidden  the message tells the size of the error instead of the two values; always so in a hidden test

    >>> close.verdict([1.0, float("nan")], [1, 2], "x").message
    'x should be [1, 2]; got [ 1., nan].'
    >>> close.verdict([1.0, 2.5], [1, 2], "x", hidden=True).message
    'x is not right: the error is about 5e-01.'
    """
    if got is None:
        return wrong(f"{_capital(what)} should be numbers; got None. {RETURN}")
    kind, got, expected = seams.kind_of(got), numbers(got), numbers(expected)
    if got.dtype.kind not in "biufc":
        found = f"dtype {got.dtype}" if got.dtype.kind != "O" else f"{kind} with other things, or of uneven lengths"
        return wrong(f"{_capital(what)} should be numbers; got {found}. {hint}".strip())
    if got.shape != expected.shape:
        return wrong(f"{_capital(what)} should have shape {expected.shape}; got {got.shape}. {hint}".strip())
    error, scale = _error(got, expected)
    if not (np.isfinite(error) and seams.fits(error, rtol * max(scale, floor))):
        if hidden or seams.HIDDEN.get():
            return wrong(f"{_capital(what)} is not right: the error is {size(error)}. {hint}".strip(), error=error)
        alike = f", which differs by {size(error)}" if _show(expected) == _show(got) else ""
        return wrong(f"{_capital(what)} should be {_show(expected)}; got {_show(got)}{alike}. {hint}".strip(), error=error)
    return ok(error=error)


@checker
def equal(got: Any, expected: Any, what: str, *, hint: str = "") -> Verdict:
    """`got` is `expected`, exactly and of the same type: strings, integers, shapes, arrays entry by entry. A number or
    boolean of numpy's is one of Python's here.

    >>> equal.verdict((2, 3), (3, 2), "the shape").message
    'The shape should be (3, 2); got (2, 3).'
    """
    got = plain(got)
    if isinstance(got, np.generic) and type(expected) in (bool, int, float, complex):
        got = got.item()
    if type(got) is not type(expected):
        found = f"None. {RETURN}" if got is None else f"{seams.kind_of(got)}."
        return wrong(f"{_capital(what)} should be of type {type(expected).__name__}; got {found} {hint}".strip(), got=got)
    if _same(got, expected):
        return ok()
    if seams.HIDDEN.get():
        return wrong(f"{_capital(what)} is not right. {hint}".strip(), got=got)
    return wrong(f"{_capital(what)} should be {expected!r}; got {got!r}. {hint}".strip())


@checker
def holds(condition: Any, message: str) -> Verdict:
    """The condition is true: for laws that no other checker knows. Written such that nan makes it false (`a <= b`).

    message  what should hold and one usual cause; the same for all inputs, so it hides nothing and tells nothing

    >>> holds.verdict(float("nan") >= 0, "A squared distance is never negative.").message
    'A squared distance is never negative.'
    """
    return ok() if isinstance(condition, (bool, np.bool_)) and condition else wrong(message)


@checker
def array(got: Any, what: str, *, shape: Sequence[int], dtype: str | Sequence[str] = "float64",
          of: str = "numpy") -> Verdict:
    """`got` is an array of this shape and dtype (or one of these).

    of   "numpy" for an ndarray, "torch" for a tensor

    >>> array.verdict([[1.0]], "the result", shape=(1, 1)).message
    'The result should be a numpy array; got list.'
    """
    torch = sys.modules.get("torch")
    kind = np.ndarray if of == "numpy" else torch.Tensor if torch is not None else ()
    if not isinstance(got, kind):
        thing, found = ("a numpy array" if of == "numpy" else "a torch tensor"), seams.kind_of(got)
        return wrong(f"{_capital(what)} should be {thing}; got {f'None. {RETURN}' if got is None else f'{found}.'}")
    if tuple(got.shape) != tuple(shape):
        return wrong(f"{_capital(what)} should have shape {tuple(shape)}; got {tuple(got.shape)}.")
    kinds, found = [dtype] if isinstance(dtype, str) else list(dtype), str(got.dtype).removeprefix("torch.")
    if found not in kinds:
        return wrong(f"{_capital(what)} should have dtype {' or '.join(kinds)}; got {found}.")
    return ok()


@checker
def raises(error: type[Exception], function: Callable[..., Any], *args: Any, when: str, **kwargs: Any) -> Verdict:
    """`function(*args, **kwargs)` raises this built-in exception, or one derived from it.

    when   the sentence's end, in words: "when a label is negative"

    >>> raises.verdict(ValueError, lambda x: x, 1, when="when x is odd").message
    '<lambda> should raise ValueError when x is odd; it returned a result.'
    """
    name = named(function)
    try:
        ask(function, *args, **kwargs)
    except CheckFailed as failed:
        if isinstance(failed.__cause__, error):
            return ok()
        if failed.verdict.status != "error":                        # not written yet, not a function
            return failed.verdict
        raised = type(failed.__cause__)
        return wrong(f"{name} should raise {error.__name__} {when}; it raised {_builtin(raised)}.")
    return wrong(f"{name} should raise {error.__name__} {when}; it returned a result.")


# ---------------------------------------------------------------- details

def _told(error: Exception) -> str:
    """The class of an exception and its text; in a hidden test, where the text may hold the arguments, only the
    built-in class. The student's own line is added by whoever shows the message: a notebook by `CheckFailed.lines`, the
    engine by what it knows."""
    if seams.HIDDEN.get():
        return f"{_builtin(type(error))}."
    text = str(error)[:SHOWN]
    return f"{type(error).__name__}: {text}" if text else f"{type(error).__name__}."


def _builtin(kind: type) -> str:
    return next(str(base.__name__) for base in kind.__mro__ if base.__module__ == "builtins")


def _error(got: np.ndarray[Any, Any], expected: np.ndarray[Any, Any]) -> tuple[float, float]:
    """(norm of the difference, norm of what is expected), both in units in which nothing overflows; inf when an
    infinite or undefined entry differs."""
    kind: Any = np.complex128 if "c" in (got.dtype.kind, expected.dtype.kind) else np.float64
    a, b = got.astype(kind).ravel(), expected.astype(kind).ravel()
    odd = ~(np.isfinite(a) & np.isfinite(b))
    if not (a[odd] == b[odd]).all():
        return float("nan") if np.isnan(a).any() else float("inf"), 0.0
    a, b = a[~odd], b[~odd]
    with np.errstate(over="ignore"):
        return norm(a - b), norm(b)


def norm(a: np.ndarray[Any, Any]) -> float:
    """The Frobenius norm, safe against overflow and underflow of the squares."""
    top = float(np.abs(a).max(initial=0.0))
    if top == 0 or not np.isfinite(top):
        return top
    return top * float(np.linalg.norm(np.ravel(a / top)))


def _same(got: Any, expected: Any) -> bool:
    if isinstance(expected, (list, tuple)):
        return len(got) == len(expected) and all(
            type(a) is type(b) and _same(a, b) for a, b in zip(got, expected, strict=True))
    if isinstance(expected, dict):
        return got.keys() == expected.keys() and all(
            type(got[key]) is type(item) and _same(got[key], item) for key, item in expected.items())
    if isinstance(expected, np.ndarray):
        return got.dtype == expected.dtype and np.array_equal(got, expected)
    torch = sys.modules.get("torch")
    if torch is not None and isinstance(expected, torch.Tensor):
        return got.dtype == expected.dtype and bool(torch.equal(got, expected))
    return bool(got == expected)


def _capital(text: str) -> str:
    """A sentence begins with a capital letter, unless it begins with a name such as x or report["np"]."""
    first, _, rest = text.partition(" ")
    word = first.isalpha() and first.islower() and (len(first) > 1 or (first == "a" and rest != ""))
    return text[:1].upper() + text[1:] if word else text


def _show(array: np.ndarray[Any, Any]) -> str:
    if array.ndim == 0:
        return f"{array.item():.6g}" if array.dtype.kind in "fc" else str(array.item())
    return np.array2string(array, precision=6, separator=", ", threshold=12).replace("\n", "")
