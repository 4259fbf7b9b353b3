"""How a percentage becomes the grade of a scale, and how grades of several courses become one.

Cuts are lower bounds, and they compare the exact percentage: 49.99 is below 50. The letters are those of ECTS by fixed cuts; its older
reading, the best tenth of those who pass and so on, needs everybody's grades and is no rule for one student.
"""
from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from fractions import Fraction

from autograder.policy.numbers import ZERO, half_up

LETTERS = "FEDCBA"
"""The letter of 0, 1, … 5: also how a grade from 0 to 5 is read as ECTS."""
USUAL_CUTS = tuple(map(Fraction, (50, 60, 70, 80, 90)))


class Scale(StrEnum):
    """What course grades look like."""

    PERCENT = "percent"          # 0 to 100, rounded half up
    POINTS = "points"            # 0, 1, … by cuts
    PASS_FAIL = "pass-fail"
    ECTS = "ects"                # F, E, … A by five cuts


def points(percent: Fraction, cuts: Sequence[Fraction]) -> int:
    """How many of the cuts are reached."""
    return sum(percent >= cut for cut in cuts)


def to_ects(grade: int) -> str:
    """The letter of a grade from 0 to 5."""
    return LETTERS[grade]


def pass_fail(grade: int) -> str:
    """What is left of a grade from 0 to 5 where only passing counts."""
    return "pass" if grade else "fail"


def shown(scale: Scale, grade: int, status: str) -> str:
    """A course grade as its scale writes it: "84", "3", "pass", "B"."""
    return {Scale.PASS_FAIL: status, Scale.ECTS: to_ects(grade) if scale is Scale.ECTS else ""}.get(scale, str(grade))


def module_average(parts: Iterable[tuple[Fraction, int | None]]) -> int | None:
    """The grade of a study module from (credits, grade) of its courses, by credits and half up.

    A course that is only passed has no grade (None) and is left out; None when that leaves nothing.
    """
    graded = [(credit, grade) for credit, grade in parts if grade is not None]
    credits = sum((credit for credit, _ in graded), ZERO)
    return half_up(sum((credit * grade for credit, grade in graded), ZERO) / credits) if credits else None
