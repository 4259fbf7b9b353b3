"""Short answers: numbers with a unit, integers, choices, sets.

An answer is what the student bound to a name: a number of any type, or a text that is read generously ("1e-3", "0,001",
"3/8", "2*pi", "48 MiB", "(b)"). What cannot be read gets a message about the form, which a visible test may show as
well; what is wrong gets one sentence and never the right answer, nor how close it was. Guessing is cheap, so each item
is worth few points.
"""
from __future__ import annotations

import math
import re
from collections.abc import Iterable, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from .basic import numbers as as_array
from .basic import plain
from .symbolic import parse
from .verdict import CheckFailed, Verdict, checker, ok, wrong

RTOL = 5e-3
"""Unless the question states another: three digits, of which the worst case is 1.00 for what is just below 1.005. 0.333
for a third passes, 0.33 does not."""
EXACT_RTOL = 1e-12
"""An integer may come as a product of floats."""
REAL = 1e-9
"""A complex number is taken as real when its imaginary part is that of rounding, as in eigenvalues from a Fourier
transform; far below RTOL."""
UNITS: dict[str, tuple[str, float]] = {                   # unit -> (what it measures, how much of the base unit)
    **{name: ("information", 1.0) for name in ("nat", "nats")},
    **{name: ("information", math.log(2)) for name in ("bit", "bits", "shannon")},
    **{name: ("memory", 1.0) for name in ("b", "byte", "bytes")},
    **{f"{prefix}{name}": ("memory", 1000.0**k) for k, prefix in enumerate("kmgt", 1) for name in ("b", "byte", "bytes")},
    **{f"{prefix}ib": ("memory", 1024.0**k) for k, prefix in enumerate("kmgt", 1)},
    **{name: ("work", 1.0) for name in ("flop", "flops")},
    **{name: ("work", 2.0) for name in ("mac", "macs")},     # a multiplication and an addition
    **{f"{prefix}{name}": ("work", 1000.0**k) for k, prefix in enumerate("kmgtp", 1) for name in ("flop", "flops")},
    **{f"{prefix}{name}": ("work", 2 * 1000.0**k) for k, prefix in enumerate("kmgtp", 1) for name in ("mac", "macs")},
    **{name: ("time", seconds) for names, seconds in [
        (("s", "sec", "second", "seconds"), 1.0), (("ms",), 1e-3), (("us",), 1e-6), (("ns",), 1e-9),
        (("min", "minute", "minutes"), 60.0), (("h", "hour", "hours"), 3600.0)] for name in names},
    **{name: ("angle", 1.0) for name in ("rad", "radian", "radians")},
    **{name: ("angle", math.pi / 180) for name in ("°", "deg", "degree", "degrees")},
    "%": ("share", 0.01), "percent": ("share", 0.01), "": ("share", 1.0),
    **{name: ("parameters", 1.0) for name in ("parameter", "parameters", "weight", "weights")},
    **{name: ("digits", 1.0) for name in ("digit", "digits", "decimals", "decimal digits")},
    **{name: ("steps", 1.0) for name in ("step", "steps", "iteration", "iterations", "update", "updates")},
    **{name: ("epochs", 1.0) for name in ("epoch", "epochs")},
    **{name: ("resistance", 1.0) for name in ("ohm", "ohms")},
}
"""Small letters; flop/s and the like are left to the question's text."""
INFINITE = {"inf": math.inf, "infinity": math.inf, "oo": math.inf, "\N{INFINITY}": math.inf}
"""The open end of an interval."""


@checker
def number(answer: Any, expected: float, *, rtol: float = RTOL, unit: str = "", any_unit: bool = False) -> Verdict:
    """The answer is this number, up to a relative error that the question states.

    rtol      relative; for an expected 0 the answer must be at most rtol
    unit      that of `expected`: a bare number is taken to be in it, another unit of the same kind is converted
    any_unit  the number is right although its unit is another one of the same kind: for a cell of its own that gives
              half of the points to 48 MB where 48 MiB is right

    >>> number("0,001", 1e-3)
    >>> number("1/2 bit", 0.34657, unit="nats")
    >>> number.verdict("0.4", 0.5).message
    'The number is not right.'
    """
    value, told = _measured(answer)
    kind, scale = _unit(unit)
    if told is not None:
        told_kind, told_scale = _unit(told)
        if told_kind != kind:
            asked = f"in {unit}" if unit else "a number without unit"
            return wrong(f"The answer should be {asked}; {told} measures something else.")
        if not any_unit:
            value *= told_scale / scale
    if not abs(value - expected) <= rtol * (abs(expected) or 1.0):              # written so that nan fails
        return wrong("The number is not right.", got=value)
    return ok()


@checker
def integer(answer: Any, expected: int, *, off_by: int = 0) -> Verdict:
    """The answer is this whole number, or at most `off_by` away where the question says so (iterations).

    >>> integer("120 000", 120000)
    >>> integer.verdict(2.5, 2).message
    'The answer should be a whole number.'
    """
    value, told = _measured(answer)
    if told is not None and _unit(told)[1] != 1.0:
        return wrong("The answer should be a whole number without unit.")
    nearest = round(value) if math.isfinite(value) else None
    if nearest is None or abs(value - nearest) > EXACT_RTOL * max(1.0, abs(value)):
        return wrong("The answer should be a whole number.")
    if abs(nearest - expected) > off_by:
        return wrong("The number is not right.", got=nearest)
    return ok()


@checker
def answered(answer: Any, options: str, *, several: bool = False) -> Verdict:
    """For visible tests: the answer names one of the options (or, if `several`, any number of them). Not whether it is
    right.

    >>> answered.verdict("x", "abc").message
    'The answer should be one of the letters a, b, c, in quotes, such as "a".'
    """
    _letters(answer, options, several)
    return ok()


@checker
def choice(answer: Any, right: str, options: str = "abcd", *, hint: str = "") -> Verdict:
    """The answer is the right option: "b", "B", "(b)" and "b." are the same.

    >>> choice("(B)", "b")
    >>> choice.verdict("a", "b", hint="Read the second paragraph again.").message
    'This is not the right option. Read the second paragraph again.'
    """
    if right not in options or len(right) != 1:
        raise ValueError(f"the right option {right!r} is not one of {options!r}")
    if _letters(answer, options, several=False) != {right}:
        return wrong(f"This is not the right option. {hint}".strip())
    return ok()


@checker
def choices(answer: Any, right: Iterable[str], options: str = "abcd", *, at_least: float = 1.0) -> Verdict:
    """The answer names the right options, in any order: "a, c", "ac", {"a", "c"}.

    at_least  share that is enough: max(0, (hits - false ones) / all right ones); 1 asks for exactly the right set

    >>> choices("c, a", "ac")
    >>> choices.verdict("abc", "ac", at_least=0.5).status, choices.verdict("abcd", "ac", at_least=0.5).status
    ('ok', 'wrong')
    """
    wanted = set(right)
    if not wanted or not wanted <= set(options):
        raise ValueError(f"the right options {sorted(wanted)} are not among {options!r}")
    named = _letters(answer, options, several=True)
    share = max(0.0, (len(named & wanted) - len(named - wanted)) / len(wanted))
    if share < at_least:
        return wrong("These are not the right options.")
    return ok(share=share)


@checker
def numbers(answer: Any, expected: Sequence[float], *, rtol: float = RTOL, ordered: bool = False) -> Verdict:
    """The answer is this set of numbers, each as often, in any order: "1, 3", [3, 1], {1, 3}, "[0; 1/2]".

    A text is split at commas; with decimal commas, at semicolons.

    ordered  in this order: the ends of an interval, which may be infinite, the entries of a vector

    >>> numbers("1/2, -1", [-1, 0.5])
    >>> numbers.verdict("(0, 2)", [0, 1], ordered=True).message
    'These are not the right numbers.'
    """
    answer = plain(answer)
    if isinstance(answer, str):
        text = _unwrapped(answer.strip())
        parts: list[Any] = re.split(";" if ";" in text else r",|\band\b", text)
    else:
        parts = list(answer) if hasattr(answer, "__iter__") else [answer]
    values = [_measured(part)[0] for part in parts]
    if len(values) != len(expected):
        return wrong("These are not as many numbers as there should be.")
    if any(map(math.isnan, values)):
        return wrong("These are not the right numbers.")
    pairs = zip(values, expected, strict=True) if ordered else zip(sorted(values), sorted(expected), strict=True)
    if not all(got == want or abs(got - want) <= rtol * (abs(want) or 1.0) < math.inf for got, want in pairs):
        return wrong("These are not the right numbers.", got=values)
    return ok()


# ---------------------------------------------------------------- reading

def _measured(answer: Any) -> tuple[float, str | None]:
    """(number, unit or None) of an answer; a failed check when it cannot be read."""
    answer = plain(answer)
    if hasattr(answer, "item") and as_array(answer).size == 1:
        answer = answer.item()
    if isinstance(answer, (int, float, Fraction, Decimal)) and not isinstance(answer, bool):
        try:
            return float(answer), None
        except OverflowError:                                   # too large for a float, so for any question
            return math.inf if answer > 0 else -math.inf, None
    if isinstance(answer, complex):
        if not abs(answer.imag) <= REAL * max(1.0, abs(answer)):
            raise CheckFailed(wrong("The answer should be a real number."))
        return answer.real, None
    if not isinstance(answer, str) or not answer.strip():
        raise CheckFailed(wrong('The answer should be a number, such as 0.25, "1/4" or "2.5e-1".'))
    text = re.sub("[\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}]", " ", answer.strip())
    bare = text.replace("\N{MINUS SIGN}", "-").lower()
    if bare.lstrip("+-") in INFINITE:
        return math.copysign(math.inf, -1 if bare.startswith("-") else 1), None
    match = re.fullmatch(r"(.*?[\d.)]|.*?\bpi|.*?\be)\s*([A-Za-z%°]*(?: [A-Za-z]+)*)", text)
    body, unit = (match[1], match[2].lower()) if match else (text, "")
    if unit in ("pi", "e"):                                     # no unit: a product without its *
        body, unit = text, ""
    if unit and unit not in UNITS:
        raise CheckFailed(wrong(f'The unit "{unit}" cannot be read. Write the bare number, in the unit that is asked.'))
    body = re.sub(r"(?<=\d)[ _](?=\d{3}\b)", "", body)
    if "," in body:
        if re.search(r"\.\d*,|,\d+[.,]", body) or re.fullmatch(r"[-+]?[1-9]\d{0,2},\d{3}", body):
            raise CheckFailed(wrong("The comma can be read in two ways. Write a decimal point and no separators."))
        body = re.sub(r"(?<=\d),(?=\d)", ".", body)
    value = parse(body, ())({})
    if value is None:
        raise CheckFailed(wrong("The answer has no value as a real number."))
    return float(value), unit or None


def _unwrapped(text: str) -> str:
    """The text without the bracket around all of it, such as [0, 1], if there is one; (1+2)/3, 1 stays as it is."""
    depth = 0
    for place, letter in enumerate(text):
        depth += (letter in "([{") - (letter in ")]}")
        if depth == 0 and place < len(text) - 1:
            return text
    return text[1:-1].strip() if text[:1] in tuple("([{") else text


def _unit(name: str) -> tuple[str, float]:
    key = name.lower()
    if key not in UNITS:
        raise ValueError(f"the unit {name!r} is not in the table")
    return UNITS[key]


def _letters(answer: Any, options: str, several: bool) -> set[str]:
    """The options that an answer names; a failed check when it names something else, or not one where one is asked."""
    answer = plain(answer)
    parts = list(answer) if isinstance(answer, (list, tuple, set, frozenset)) else [answer]
    text = " ".join(parts) if all(isinstance(part, str) for part in parts) else ""
    found = re.sub(r"[\s,;().\[\]{}]|\band\b", "", text.lower())
    if found and set(found) <= set(options) and (several or len(found) == 1):
        return set(found)
    known = ", ".join(options)
    if several:
        example = f'"{options[0]}, {options[1]}"'
        raise CheckFailed(wrong(f"The answer should name options out of {known}, in quotes, such as {example}."))
    raise CheckFailed(wrong(f'The answer should be one of the letters {known}, in quotes, such as "{options[0]}".'))
