"""Texts that earlier releases wrote are read by this one, and give the grades that they gave."""
from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from autograder.course import parse_course
from autograder.policy import Marks, course_grade

TEXTS = sorted((Path(__file__).parent / "texts").glob("*.toml"))
FULL = Marks(items={"hw1[p1,p2]": Fraction(80), "hw2": Fraction(50), "project": Fraction(85), "exam-a": Fraction(60),
                    "exam-b": Fraction("78.5"), "quizzes": Fraction(50)}, passed={"hw0": True})
LEFT_OUT = Marks(items={**FULL.items, "hw1[p1,p2]": None, "hw2": None}, passed={"hw0": True})
FAILED = Marks(items={**FULL.items, "exam-b": Fraction("54.4")}, passed={"hw0": True})


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
@pytest.mark.parametrize(("marks", "raw", "final", "rule"), [
    (FULL, Fraction(14) + Fraction("25.5") + Fraction("39.5") + 1, 80, "weighted"),     # 20 % of 70, 30 % of 85, 50 % of 79, 1 more
    (LEFT_OUT, Fraction("25.5") + Fraction("55.3") + 1, 82, "weighted"),
    (FAILED, Fraction(54), 54, "lower-of-two")])
def test_a_text_of_an_earlier_release_gives_the_grade_that_it_gave(
        text: Path, marks: Marks, raw: Fraction, final: int, rule: str) -> None:
    course = parse_course(text.read_text(encoding="utf-8"), file=text.name)
    grade = course_grade(course.policy, marks)
    assert (grade.raw, grade.final, grade.rule) == (raw, final, rule)


@pytest.mark.parametrize("text", TEXTS, ids=lambda path: path.stem)
def test_a_text_of_an_earlier_release_keeps_its_dates_and_its_late_rule(text: Path) -> None:
    course = parse_course(text.read_text(encoding="utf-8"), file=text.name)
    assert [schedule.due.isoformat() for schedule in course.schedules if schedule.due] == [
        "2027-01-10T21:59:00+00:00", "2027-01-24T21:59:00+00:00", "2027-02-07T21:59:00+00:00"]
    assert (course.late.per_day, course.late.at_most, course.late.free_days) == (5, 20, 2)
