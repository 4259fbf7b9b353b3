"""Dismissals of similar pairs in the book."""
from __future__ import annotations

import pytest

from autograder.ledger import Ledger
from autograder.model import RuleError
from tests.ledger.conftest import Clock

PAIR = ("team-00002", "team-00001", "d" * 64)


def test_a_dismissal_is_kept_with_who_when_and_why(course: Ledger, clock: Clock) -> None:
    course.similarity.dismiss("calc", "hw", *PAIR, reason="  Both follow the book. ", actor="tina")
    (line,) = course.similarity.dismissed("calc", "hw")
    assert (line.one, line.other, line.reason) == ("team-00001", "team-00002", "Both follow the book.")
    assert (line.actor, line.at) == ("tina", clock.now)
    course.check_chain("calc")


def test_the_same_dismissal_again_adds_nothing_and_another_reason_a_line(course: Ledger) -> None:
    for reason in ("seen", "seen", "seen again", "seen again"):
        course.similarity.dismiss("calc", "hw", *PAIR, reason=reason, actor="tina")
    course.similarity.dismiss("calc", "hw", PAIR[1], PAIR[0], PAIR[2], reason="seen again", actor="tina")
    assert [line.reason for line in course.similarity.dismissed("calc", "hw")] == ["seen", "seen again"]


def test_the_name_of_an_archived_work_may_be_anything_that_can_be_written(course: Ledger) -> None:
    course.similarity.dismiss("calc", "hw", "team-00001", "2025.zip/a\x00n\ud800n.ipynb", "d", reason="old", actor="tina")
    assert course.similarity.dismissed("calc", "hw")[0].one == "2025.zip/an?n.ipynb"


@pytest.mark.parametrize("slug, reason, actor, code", [
    ("hw", " ", "tina", "no-reason"), ("hw", "x" * 2001, "tina", "long-reason"), ("hw", "seen", " ", "no-actor"),
    ("hw9", "seen", "tina", "unknown-assignment"),
])
def test_what_is_refused_writes_nothing(course: Ledger, slug: str, reason: str, actor: str, code: str) -> None:
    lines = len(course.audit("calc"))
    with pytest.raises(RuleError) as refused:
        course.similarity.dismiss("calc", slug, *PAIR, reason=reason, actor=actor)
    assert refused.value.code == code and len(course.audit("calc")) == lines


def test_dismissals_of_another_course_are_its_own(course: Ledger) -> None:
    course.similarity.dismiss("calc", "hw", *PAIR, reason="seen", actor="tina")
    assert course.similarity.dismissed("algebra", "hw") == ()
