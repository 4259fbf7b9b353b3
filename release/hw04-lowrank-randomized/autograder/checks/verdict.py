"""The answer of a checker, and how a failing one leaves a test cell.

A *verdict* decides one property. A *checker* is a function that returns a verdict, turned by the decorator `checker`
into one that raises `CheckFailed` unless the verdict is ok. Nothing here knows what is being checked.

The words of `Verdict.status` are those of the grading engine, kept as plain strings because this package travels alone
with every release. A checker itself says only five of them; the engine adds those that a checker cannot see (a time
limit, a process that ended).
"""
from __future__ import annotations

import functools
import math
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ParamSpec, Protocol, cast

P = ParamSpec("P")

STATUSES = ("ok", "wrong", "error", "forbidden", "undecided")


@dataclass(frozen=True)
class Verdict:
    """One property, decided.

    score    in [0, 1]: 1 for ok, otherwise 0; partial credit is several test cells
    status   'ok' | 'wrong' | 'error' (the student's code raised) | 'forbidden' | 'undecided' (waits for a person)
    message  for the student: the property, the size of the violation, what to look at; no hidden data
    detail   for the instructor's log: numbers and inputs; never shown to students
    """

    score: float
    status: str
    message: str = ""
    detail: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.status not in STATUSES:
            raise ValueError(f"status {self.status!r} is none of {', '.join(STATUSES)}")


class CheckFailed(AssertionError):
    """A property does not hold. Carries the verdict; `lines` are the student's own lines behind an exception.

    A notebook shows the message and these lines, and no frames of ours.
    """

    def __init__(self, verdict: Verdict, lines: tuple[str, ...] = ()) -> None:
        super().__init__(verdict.message)
        self.verdict, self.lines = verdict, lines

    def __reduce__(self) -> tuple[type, tuple[Verdict, tuple[str, ...]]]:
        return CheckFailed, (self.verdict, self.lines)

    def _render_traceback_(self) -> list[str]:
        """What IPython prints in place of a traceback."""
        return [self.verdict.message, *(f"  {line}" for line in self.lines)]


class Checker(Protocol[P]):
    """Raises `CheckFailed` or returns nothing; `verdict` returns what was decided in both cases."""

    def __call__(self, *args: P.args, **kwargs: P.kwargs) -> None: ...

    def verdict(self, *args: P.args, **kwargs: P.kwargs) -> Verdict:
        """The verdict, without raising: for calibration and for the checkers' own tests."""


def checker(decide: Callable[P, Verdict]) -> Checker[P]:
    """Turn a function that returns a verdict into one that raises `CheckFailed` unless the verdict is ok.

    It returns nothing, so a test cell has no output: nbgrader would read a number in it as points, and feedback would
    print the detail.

    >>> @checker
    ... def positive(x):
    ...     return ok() if x > 0 else wrong("It should be positive.")
    >>> positive(1)
    >>> positive.verdict(-1).message
    'It should be positive.'
    """

    def verdict(*args: P.args, **kwargs: P.kwargs) -> Verdict:
        try:
            return decide(*args, **kwargs)
        except CheckFailed as failed:          # from a nested `ask` or checker
            return failed.verdict

    @functools.wraps(decide)
    def check(*args: P.args, **kwargs: P.kwargs) -> None:
        answer = decide(*args, **kwargs)
        if answer.status != "ok":
            raise CheckFailed(answer)

    check.verdict = verdict  # type: ignore[attr-defined]
    return cast(Checker[P], check)


def ok(**detail: Any) -> Verdict:
    """The property holds."""
    return Verdict(1.0, "ok", detail=detail)


def wrong(message: str, **detail: Any) -> Verdict:
    """The property does not hold."""
    return Verdict(0.0, "wrong", message, detail)


def forbidden(message: str, **detail: Any) -> Verdict:
    """The problem rules out what the solution uses."""
    return Verdict(0.0, "forbidden", message, detail)


def undecided(message: str, **detail: Any) -> Verdict:
    """We cannot tell; a person will look. Only for what is not the student's choice, as it costs no points."""
    return Verdict(0.0, "undecided", message, detail)


def size(value: float) -> str:
    """An order of magnitude for a message: one digit at most, so that hidden numbers stay hidden.

    >>> size(0.00123), size(float("nan"))
    ('about 1e-03', 'not a finite number')
    """
    if not math.isfinite(value):
        return "not a finite number"
    return "0" if value == 0 else f"about {value:.0e}"


def factor(ratio: float) -> str:
    """By what something is off, for a message: one digit of what 1.3 is above 1, which 1 would not tell.

    >>> factor(1.284), factor(3.4), factor(0.93), factor(0.012), factor(float("inf"))
    ('about 1.3', 'about 3', 'about 0.93', 'about 0.01', 'not a finite number')
    """
    if not math.isfinite(ratio):
        return size(ratio)
    return f"about {1 + float(f'{ratio - 1:.0e}') if ratio >= 0.5 else float(f'{ratio:.0e}'):.10g}"
