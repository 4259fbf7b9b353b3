"""Numbers and near words, as the rules use and say them."""
from __future__ import annotations

import difflib
import math
from collections.abc import Iterable
from fractions import Fraction

ZERO = Fraction(0)


def half_up(number: Fraction) -> int:
    """The nearest integer, halves upwards: 72.5 is 73, where Python's own `round` says 72."""
    return math.floor(number + Fraction(1, 2))


def show(number: Fraction) -> str:
    """A number for a person: exact when four decimals are enough, otherwise two of them and a sign that says so."""
    if number.denominator == 1:
        return str(number.numerator)
    if (number * 10_000).denominator == 1:
        return f"{float(number):.4f}".rstrip("0").rstrip(".")
    return f"≈{float(number):.2f}"


def near(word: str, known: Iterable[str]) -> str:
    """How a message about an unknown word ends: with the near miss, or with everything that would do."""
    words = sorted(known)
    close = difflib.get_close_matches(word, words, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known are {', '.join(words)}" if words else "; there are none"
