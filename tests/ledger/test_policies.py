"""Which version of the rules holds when, and what was published."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from fractions import Fraction

import pytest

from autograder.ledger import Ledger, PolicyVersion, PublishedGrade, in_effect
from autograder.model import RuleError
from autograder.scoring import PassRule
from tests.ledger.conftest import DAY, START, Clock

ANN = PublishedGrade("ann", Fraction(407, 5), "81", "pass", "weighted", 1, "d1")


def version(number: int, *, known: float, effective: float) -> PolicyVersion:
    return PolicyVersion(number, "", {}, START + effective * DAY, "", "ivy", START + known * DAY)


@pytest.mark.parametrize(("versions", "day", "number"), [
    ([], 5, None),
    ([(0, 0)], 0, 1), ([(0, 3)], 2, None), ([(0, 3)], 3, 1),
    ([(0, 0), (1, 3)], 2, 1), ([(0, 0), (1, 3)], 3, 2),
    ([(0, 3), (1, 0)], 5, 1),                               # the later day decides, not the later line
    ([(0, 0), (4, 0)], 3, 1), ([(0, 0), (4, 0)], 4, 2),     # nothing holds before it was adopted
    ([(0, 0), (0, 0)], 0, 2),
], ids=str)  # fmt: skip
def test_which_version_holds(versions: list[tuple[int, int]], day: int, number: int | None) -> None:
    made = [version(n, known=known, effective=effective) for n, (known, effective) in enumerate(versions, 1)]
    found = in_effect(made, START + day * DAY)
    assert (found.number if found else None) == number


def test_a_version_is_kept_with_its_text_and_what_has_to_be_passed(course: Ledger, clock: Clock) -> None:
    passes = {"hw": PassRule("hw", 80, ("p1", "p2")), "hw0": PassRule("hw0", 33.3)}
    assert course.policies.adopt("calc", "title = 'א'", passes, effective=START, reason="syllabus", actor="ivy") == 1
    assert course.policies.adopt("calc", "title = 'א'", passes, effective=START, reason="again", actor="ivy") == 1
    assert course.policies.adopt("calc", "title = 'b'", {}, effective=START + DAY, reason="senate", actor="ivy") == 2
    first, second = course.policies.versions("calc")
    assert (first.text, first.passes, first.effective, first.reason) == ("title = 'א'", passes, START, "syllabus")
    assert (second.number, second.effective) == (2, START + DAY)
    assert course.policies.versions("algebra") == ()
    course.check_chain("calc")


def test_new_rules_need_a_reason(course: Ledger) -> None:
    with pytest.raises(RuleError, match="need a reason"):
        course.policies.adopt("calc", "", {}, effective=START, reason=" ", actor="ivy")


def test_a_published_grade_is_written_once_and_again_when_it_changed(course: Ledger, clock: Clock) -> None:
    assert course.policies.publish("calc", [ANN], actor="ivy") == ("ann",)
    assert course.policies.publish("calc", [ANN], actor="ivy") == ()
    first = course.policies.published("calc")
    clock.now += DAY
    assert course.policies.publish("calc", [replace(ANN, raw=Fraction(1, 3), final="82")], actor="ivy") == ("ann",)
    now = course.policies.published("calc")["ann"]
    assert (now.raw, now.final, now.at) == (Fraction(1, 3), "82", clock.now)
    assert course.policies.published("calc", START) == first
    assert [grade.final for grade in course.policies.history("calc", "ann")] == ["81", "82"]
    course.check_chain("calc")


def test_without_a_number_a_grade_is_published_as_it_is(course: Ledger) -> None:
    course.policies.publish("calc", [replace(ANN, raw=None, final="", status="absent")], actor="ivy")
    assert (course.policies.published("calc")["ann"].raw, course.policies.published("calc")["ann"].status) == (None, "absent")


def test_of_several_grades_none_is_published_when_one_is_refused(course: Ledger, clock: Clock) -> None:
    with pytest.raises(RuleError, match="no student 'tina'"):
        course.policies.publish("calc", [ANN, replace(ANN, username="tina")], actor="ivy")
    assert course.policies.published("calc", datetime.max.replace(tzinfo=START.tzinfo) - timedelta(days=1)) == {}
