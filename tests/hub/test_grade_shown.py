"""What stands at the top of a student's course grade, on every scale and in every language."""

from __future__ import annotations

from datetime import UTC, datetime
from fractions import Fraction
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pytest

from autograder.course import load_course
from autograder.hub.desk import Desk
from autograder.hub.looks import environments
from autograder.policy import Marks, course_grade
from autograder.standing import Standing

COURSE = Path(__file__).parents[2] / "courses" / "demo.toml"
PASS_FAIL = {"policy.scale": "pass-fail"}


def shown(language: str, exam: int | None, *, zero: bool = True, changes: dict[str, object] | None = None) -> str:
    """The paragraph, with what is looked up on the way."""
    course = load_course(COURSE, changes)
    marks = {item.key: Fraction(80) for c in course.components for item in c.items if c.weighed and c.id != "exam"}
    given = Marks({**marks, "exam": None if exam is None else Fraction(exam)}, {"hw00-preflight": zero})
    standing = Standing("ann", (), course_grade(course.policy, given), False, (), given)
    desk = cast(Desk, SimpleNamespace(course=course, clock=lambda: datetime(2027, 1, 1, tzinfo=UTC)))
    template = environments(desk, {})[language].from_string('{% from "parts.html" import grade with context %}{{ grade(view) }}')
    return cast(str, template.render(view=SimpleNamespace(standing=standing))).partition("<details")[0]


@pytest.mark.parametrize(("language", "said"), [
    ("en", "<strong><bdi>80</bdi></strong>"), ("he", "<strong><bdi>80</bdi></strong>"), ("ru", "<strong><bdi>80</bdi></strong>")])
def test_a_grade_in_percent_is_a_number(language: str, said: str) -> None:
    assert said in shown(language, 80)


@pytest.mark.parametrize(("language", "exam", "said"), [
    ("en", 80, "passed"), ("en", 20, "failed"), ("he", 80, "עובר"), ("ru", 80, "сдано"), ("ru", 20, "не сдано")])
def test_where_only_passing_counts_that_is_the_grade(language: str, exam: int, said: str) -> None:
    assert f"<strong>{said}</strong>" in shown(language, exam, changes=PASS_FAIL)


@pytest.mark.parametrize(("arguments", "said"), [
    ({"exam": None}, "Final grade: none, because Final exam was not taken"),
    ({"exam": 80, "zero": False}, "Final grade: none, because Homework 0 has to be passed")])
def test_whoever_has_no_grade_reads_why(arguments: dict[str, Any], said: str) -> None:
    assert said in shown("en", **arguments)
