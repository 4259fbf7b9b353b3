"""What is arranged with one student: which line holds when, what is refused, and that nobody else reads why."""

from __future__ import annotations

from dataclasses import fields
from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.ledger import Arrangement, ArrangementLine, Ledger, Reason, What, holding
from autograder.ledger.arrangements import read_why, why
from autograder.model import RuleError
from tests.ledger.conftest import DAY, START, Clock

DUTY = {"reason": Reason.RESERVE_DUTY, "actor": "ivy"}


def held(book: Ledger, at: datetime, username: str | None = None) -> list[tuple[str, str, str, str]]:
    return [(a.username, str(a.what), a.item, a.value) for a in book.arrangements.holding("calc", at, username)]


def test_an_arrangement_holds_from_when_it_is_written(course: Ledger, clock: Clock) -> None:
    clock.now = START + DAY
    course.arrangements.arrange("calc", "ann", What.EXCUSE, "hw", "rest", **DUTY)
    assert held(course, START) == []
    assert held(course, clock.now) == [("ann", "excuse", "hw", "rest")]
    assert held(course, clock.now, "ben") == []


def test_the_newest_line_about_the_same_thing_replaces_the_others(course: Ledger, clock: Clock) -> None:
    arrange = course.arrangements.arrange
    arrange("calc", "ann", What.EXCUSE, "hw", "rest", **DUTY)
    arrange("calc", "ann", What.EXCUSE, "quiz", "rest", **DUTY)
    clock.now += DAY
    arrange("calc", "ann", What.EXCUSE, "hw", "exam", **DUTY)
    assert held(course, clock.now) == [("ann", "excuse", "hw", "exam"), ("ann", "excuse", "quiz", "rest")]
    assert held(course, START) == [("ann", "excuse", "hw", "rest"), ("ann", "excuse", "quiz", "rest")]


def test_an_arrangement_that_expired_no_longer_counts_and_brings_no_older_one_back(course: Ledger, clock: Clock) -> None:
    course.arrangements.arrange("calc", "ann", What.NO_LATENESS, **DUTY)
    course.arrangements.arrange("calc", "ann", What.NO_LATENESS, expires=START + DAY, **DUTY)
    assert held(course, START + DAY - timedelta(microseconds=1)) == [("ann", "no-lateness", "", "")]
    assert held(course, START + DAY) == []


def test_ending_leaves_the_history(course: Ledger, clock: Clock) -> None:
    course.arrangements.arrange("calc", "ann", What.POSTPONE, "exam", note="in May", **DUTY)
    clock.now += DAY
    course.arrangements.end("calc", "ann", What.POSTPONE, "exam", actor="ivy")
    course.arrangements.end("calc", "ann", What.POSTPONE, "exam", actor="ivy")
    assert held(course, clock.now) == [] and held(course, START) == [("ann", "postpone", "exam", "")]
    assert [(line.ended, line.reason, line.note) for line in course.arrangements.lines("calc")] == [
        (False, Reason.RESERVE_DUTY, "in May"), (True, Reason.RESERVE_DUTY, "")]


def test_the_same_arrangement_again_adds_nothing(course: Ledger) -> None:
    for _ in range(2):
        course.arrangements.arrange("calc", "ann", What.KIND, "", "graduate", note="by letter", **DUTY)
    assert len(course.arrangements.lines("calc")) == 1
    course.check_chain("calc")


@pytest.mark.parametrize(("username", "what", "item", "value", "more", "code"), [
    ("nobody", What.POSTPONE, "exam", "", {}, "unknown-person"),
    ("tina", What.POSTPONE, "exam", "", {}, "unknown-person"),
    ("ann", What.EXCUSE, "hw", "partner", {}, "bad-arrangement"),
    ("ann", What.EXCUSE, "", "rest", {}, "bad-arrangement"),
    ("ann", What.POSTPONE, "exam", "rest", {}, "bad-arrangement"),
    ("ann", What.POSTPONE, "", "", {}, "bad-arrangement"),
    ("ann", What.KIND, "hw", "graduate", {}, "bad-arrangement"),
    ("ann", What.KIND, "", "", {}, "bad-arrangement"),
    ("ann", What.SITTING, "exam", "", {}, "bad-arrangement"),
    ("ann", What.NO_LATENESS, "hw", "2", {}, "bad-arrangement"),
    ("ann", What.POSTPONE, "ex\0am", "", {}, "bad-arrangement"),
    ("ann", What.SITTING, "exam", "\ud800", {}, "bad-arrangement"),
    ("ann", What.KIND, "", "x" * 201, {}, "bad-arrangement"),
    ("ann", What.NO_LATENESS, "hw", "", {"expires": START}, "over-already"),
    ("ann", What.NO_LATENESS, "hw", "", {"note": "x" * 1001}, "too-long"),
    ("ann", What.NO_LATENESS, "hw", "", {"actor": " "}, "no-actor"),
])  # fmt: skip
def test_what_can_be_no_arrangement_is_refused(
        course: Ledger, username: str, what: What, item: str, value: str, more: dict[str, object], code: str) -> None:
    before = len(course.audit("calc"))
    with pytest.raises(RuleError) as refused:
        course.arrangements.arrange("calc", username, what, item, value, **(DUTY | more))  # type: ignore[arg-type]
    assert refused.value.code == code and len(course.audit("calc")) == before


def test_only_what_was_arranged_can_be_ended(course: Ledger) -> None:
    with pytest.raises(RuleError, match="Nothing was arranged with ann about excuse hw"):
        course.arrangements.end("calc", "ann", What.EXCUSE, "hw", actor="ivy")


def test_what_others_read_has_no_place_for_a_reason() -> None:
    assert not {field.name for field in fields(Arrangement)} & {"reason", "note", "actor"}


def test_arrangements_of_another_course_are_another_matter(course: Ledger) -> None:
    course.arrangements.arrange("calc", "ann", What.POSTPONE, "hw", **DUTY)
    assert course.arrangements.holding("algebra", START) == () == course.arrangements.lines("algebra")


@pytest.mark.parametrize(("said", "read"), [
    ("illness", (Reason.ILLNESS, "")), ("illness: a broken leg", (Reason.ILLNESS, "a broken leg")),
    ("reserve duty", (Reason.OTHER, "reserve duty")), ("flu: bad", (Reason.OTHER, "flu: bad"))])
def test_the_reason_of_an_extension_has_two_parts_and_older_texts_are_a_note(said: str, read: tuple[Reason, str]) -> None:
    assert read_why(said) == read


@given(st.sampled_from(Reason), st.text())
def test_a_reason_is_read_as_it_was_written(reason: Reason, note: str) -> None:
    assert read_why(why(reason, note)) == (reason, note)


MOMENTS = st.integers(0, 9).map(lambda day: START + day * DAY)
LINES = st.lists(st.builds(
    ArrangementLine,
    st.builds(Arrangement, st.sampled_from(["ann", "ben"]), st.sampled_from(What), st.sampled_from(["", "hw"]),
              st.sampled_from(["", "rest"]), st.none() | MOMENTS, MOMENTS),
    st.booleans(), st.just(Reason.OTHER), st.just(""), st.just("ivy")),
).map(lambda lines: sorted(lines, key=lambda line: line.arrangement.at))


@given(LINES, MOMENTS)
def test_lines_about_one_student_never_touch_another(lines: list[ArrangementLine], at: datetime) -> None:
    alone = [line for line in lines if line.arrangement.username == "ann"]
    assert tuple(a for a in holding(lines, at) if a.username == "ann") == holding(alone, at)


@given(LINES, MOMENTS)
def test_what_is_written_later_changes_nothing_of_what_held_before(lines: list[ArrangementLine], at: datetime) -> None:
    known = [line for line in lines if line.arrangement.at <= at]
    assert holding(lines, at) == holding(known, at)
