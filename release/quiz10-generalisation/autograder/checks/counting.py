"""Work counted in multiplications and additions, where a clock would tell the machine and not the method.

`operations` calls the student's function with arrays of `CountedScalar`: numbers that count what is done with them. The
counts are exact and the same everywhere, so a test may ask for (n / 2) log2 n and mean it. Compiled routines (`np.fft`,
LAPACK, BLAS behind float64) cannot take such arrays, so whoever calls them fails with a sentence.

What a solution has to respect, and a statement has to say: arrays may be of dtype object; work arrays take the dtype of
the input (`np.empty_like(x)`, `np.array(A, dtype=np.result_type(A, float))`), and nothing is converted to float.

Counted beside the student's code, so it is the student's claim: few points, never a cap. That the *result* is right is
asked in the test's own process.
"""
from __future__ import annotations

import cmath
import contextlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from . import seams
from .basic import RTOL, close, copied, guarded, named
from .verdict import CheckFailed, Verdict, checker, ok, wrong

Bound = int | tuple[int, int]

REFUSED = "a counted number cannot become a float: keep the dtype of the input (object) and let numpy's + - * @ work on it"
SITUATION = ("It does so for an array of dtype object, whose entries count operations. Let work arrays take the dtype of the input, "
             "and convert nothing to float.")


@dataclass
class Count:
    """Operations so far; more multiplications or additions than the limit end the call."""

    multiplications: int = 0
    additions: int = 0
    limits: tuple[float, float] = (math.inf, math.inf)

    def multiply(self) -> None:
        self.multiplications += 1
        if self.multiplications > self.limits[0]:
            raise _Enough

    def add(self) -> None:
        self.additions += 1
        if self.additions > self.limits[1]:
            raise _Enough


class _Enough(BaseException):
    """Leaves the student's function after too many operations; not an Exception, so that `except Exception` lets it by."""


class CountedScalar:
    """A real or complex number that counts what is done with it; meant as an entry of an array of dtype object.

    A product, quotient, power or root is a multiplication; a sum or difference an addition; signs, absolute values,
    conjugates and comparisons are free. One side is enough: `2.0 * x` counts. numpy's `+ - * / @ dot sum sqrt conj abs
    argmax sort concatenate` work on arrays of them; `float(x)`, `complex(x)` and everything compiled refuse them.

    >>> count = Count()
    >>> x = np.array([CountedScalar(v, count) for v in (3.0, 4.0)], dtype=object)
    >>> np.sqrt(x @ x), count.multiplications, count.additions
    (5.0, 3, 1)
    """

    __slots__ = ("_count", "_value")

    def __init__(self, value: complex, count: Count) -> None:
        self._value, self._count = value, count

    def _multiplied(self, other: Any, operation: Callable[[Any, Any], Any]) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented                       # numpy takes the array apart
        self._count.multiply()
        try:
            return CountedScalar(operation(self._value, _value(other)), self._count)
        except ZeroDivisionError:
            return CountedScalar(math.nan, self._count)

    def _added(self, other: Any, operation: Callable[[Any, Any], Any]) -> Any:
        if isinstance(other, np.ndarray):
            return NotImplemented
        self._count.add()
        return CountedScalar(operation(self._value, _value(other)), self._count)

    def _free(self, value: Any) -> CountedScalar:
        return CountedScalar(value, self._count)

    def __mul__(self, other: Any) -> Any:
        return self._multiplied(other, lambda a, b: a * b)

    def __rmul__(self, other: Any) -> Any:
        return self._multiplied(other, lambda a, b: b * a)

    def __truediv__(self, other: Any) -> Any:
        return self._multiplied(other, lambda a, b: a / b)

    def __rtruediv__(self, other: Any) -> Any:
        return self._multiplied(other, lambda a, b: b / a)

    def __pow__(self, other: Any) -> Any:
        return self._multiplied(other, lambda a, b: a**b)

    def __add__(self, other: Any) -> Any:
        return self._added(other, lambda a, b: a + b)

    def __radd__(self, other: Any) -> Any:
        return self._added(other, lambda a, b: b + a)

    def __sub__(self, other: Any) -> Any:
        return self._added(other, lambda a, b: a - b)

    def __rsub__(self, other: Any) -> Any:
        return self._added(other, lambda a, b: b - a)

    def sqrt(self) -> Any:
        """The square root, which `np.sqrt` asks for; nan for a negative number."""
        root = cmath.sqrt if isinstance(self._value, complex) else lambda v: math.sqrt(v) if v >= 0 else math.nan
        return self._multiplied(None, lambda a, b: root(a))

    def conjugate(self) -> CountedScalar:
        return self._free(self._value.conjugate())

    @property
    def real(self) -> CountedScalar:
        return self._free(self._value.real)

    @property
    def imag(self) -> CountedScalar:
        return self._free(self._value.imag)

    def __neg__(self) -> CountedScalar:
        return self._free(-self._value)

    def __pos__(self) -> CountedScalar:
        return self

    def __abs__(self) -> CountedScalar:
        return self._free(abs(self._value))

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self._value == _value(other)

    def __lt__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self._value < _value(other)

    def __le__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self._value <= _value(other)

    def __gt__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self._value > _value(other)

    def __ge__(self, other: Any) -> Any:
        return NotImplemented if isinstance(other, np.ndarray) else self._value >= _value(other)

    def __hash__(self) -> int:
        return hash(self._value)

    def __float__(self) -> float:
        raise TypeError(REFUSED)

    def __complex__(self) -> complex:
        raise TypeError(REFUSED)

    def __int__(self) -> int:
        raise TypeError(REFUSED)

    def __repr__(self) -> str:
        return repr(self._value)

    def __copy__(self) -> CountedScalar:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> CountedScalar:
        return self                                     # one counter, whoever copies the array


@checker
def operations(function: Callable[..., Any], *args: Any, multiplications: Bound | None = None, additions: Bound | None = None,
               only: Sequence[int] | None = None, expected: Any = None, rtol: float = RTOL, hint: str = "",
               **kwargs: Any) -> Verdict:
    """One call of `function` takes so many multiplications and additions, and still gives the right result.

    args             arrays of floats or complex numbers, also inside lists, tuples and dicts, become arrays of
                     `CountedScalar`; integer arrays (indices, permutations) and everything else stay as they are
    multiplications  at most this many, or (low, high); quotients, powers and roots among them. A low limit tells what
    additions        no method can undercut: work that was done where nobody counts it
    only             positions of the arguments to count in; all by default. A vector that solutions may copy with
                     dtype=float stays plain, and products with counted matrices are still counted
    expected         the result (an array or a number), compared as `close` does. Without it a function that does
                     nothing for such arrays would pass an upper limit
    hint             the message's last sentence: the usual cause of too much work

    A call ends at the first operation beyond the limit, so a method that needs n**3 costs no more than the limit.
    False rejects: none, if the limit is a count that all ways of writing the method keep (matrix products start from
    zero or from the first term, a difference that may be skipped for the first row, ...): count the alternatives.
    About 0.4 microseconds per operation.

    >>> operations(lambda x: x @ x, np.ones(5), multiplications=5, additions=5, expected=5)
    >>> operations.verdict(lambda x: np.outer(x, x).sum(), np.ones(5), multiplications=5).message
    '<lambda> makes more than 5 multiplications.'
    >>> operations.verdict(lambda x: np.fft.fft(x), np.ones(4), multiplications=4).status
    'error'
    """
    name = named(function)
    bounds = [_bound(multiplications), _bound(additions)]
    limits = bounds[0][1], bounds[1][1]
    where = None if only is None else list(only)
    try:
        told = guarded(name, lambda: seams.remote(counted_call)(function, limits, where, copied(args), copied(kwargs)))
    except CheckFailed as failed:
        if failed.verdict.status != "error":
            raise
        message = f"{failed.verdict.message} {SITUATION}"
        raise CheckFailed(Verdict(0.0, "error", message, failed.verdict.detail), failed.lines) from failed.__cause__
    detail = {"multiplications": told["multiplications"], "additions": told["additions"]}
    for (word, count), (_, high) in zip(detail.items(), bounds, strict=True):
        if type(count) is not int or not 0 <= count <= high:
            told_more = f"more {word} than allowed" if seams.HIDDEN.get() else f"more than {high} {word}"
            return wrong(f"{name} makes {told_more}. {hint}".strip(), **detail)
    if expected is not None:
        result = close.verdict(told["result"], expected, f"the result of {name} for arrays of dtype object", rtol=rtol)
        if result.status != "ok":
            return result
    for (word, count), (low, _) in zip(detail.items(), bounds, strict=True):
        if count < low:
            return wrong(f"{name} makes fewer {word} than any solution needs: part of the work is done where it is not "
                         "counted.", **detail)
    return ok(**detail)


def _bound(bound: Bound | None) -> tuple[int, float]:
    if bound is None:
        return 0, math.inf
    return (0, bound) if isinstance(bound, int) else bound


# ---------------------------------------------------------------- beside the student's code; no secrets

def counted_call(function: Callable[..., Any], limits: tuple[float, float], only: list[int] | None, args: tuple[Any, ...],
                 kwargs: dict[str, Any]) -> dict[str, Any]:
    """The counts of one call (one more than the limit if it was stopped there), and its result as plain numbers."""
    count = Count(limits=limits)
    given = [_counted(a, count) if only is None or place in only else a for place, a in enumerate(args)]
    named_too = {key: _counted(a, count) if only is None else a for key, a in kwargs.items()}
    result = None
    with contextlib.suppress(_Enough):
        result = _plain(function(*given, **named_too))
    return {"multiplications": count.multiplications, "additions": count.additions, "result": result}


def _counted(value: Any, count: Count) -> Any:
    """Arrays of floats and complex numbers as arrays of counted numbers, through lists, tuples and dicts."""
    if isinstance(value, (list, tuple)):
        return type(value)(_counted(item, count) for item in value)
    if isinstance(value, dict):
        return {key: _counted(item, count) for key, item in value.items()}
    if not isinstance(value, np.ndarray) or value.dtype.kind not in "fc":
        return value
    entries = np.empty(value.shape, dtype=object)
    entries.ravel()[:] = [CountedScalar(entry, count) for entry in value.ravel().tolist()]
    return entries


def _plain(value: Any) -> Any:
    """The same with plain numbers; floats where no entry is complex."""
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, np.ndarray) and value.dtype == object:
        plain = [_value(entry) for entry in value.ravel()]
        return np.array(plain, dtype=complex if any(isinstance(v, complex) for v in plain) else float).reshape(value.shape)
    return _value(value)


def _value(other: Any) -> Any:
    """The number behind a counted one or a numpy scalar."""
    if isinstance(other, CountedScalar):
        return other._value
    return other.item() if isinstance(other, np.generic) else other
