"""What the book held on an earlier day is read the same on every later one, and the same for one student as for the class."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder.ledger import Ledger, Reason, Record, Snapshot, What
from autograder.model import Role, RuleError
from tests.ledger.conftest import DAY, START, Clock, pair, publish, record, work

HOUR = timedelta(hours=1)


def record_of(found: Snapshot, username: str) -> Record:
    return next(record for record in found.records if record.username == username)


def agree(book: Ledger, clock: Clock) -> Snapshot:
    """The book now; as it is written down, and as its lines lead to it."""
    present = book.history.snapshot("calc", clock.now)
    assert book.history.snapshot("calc", clock.now, then=True) == present
    for one in present.records:
        for then in (False, True):
            alone = book.history.snapshot("calc", clock.now, student=one.username, then=then)
            assert alone == replace(present, records=(one,))
    students = {one.username for one in present.records}
    for published in present.published:
        credits = {credit.username: credit for credit in book.credits("calc", published.slug) if credit.username in students}
        assert {r.username: r.credits[published.slug] for r in present.records if published.slug in r.credits} == credits
        for one in present.records:
            assert one.due[published.slug] == book.due_for("calc", published.slug, one.username)
            released = book.feedback("calc", published.slug, one.username) is not None
            assert (published.slug in one.released) == released
    assert present.published == book.published("calc")
    return present


def steps(book: Ledger, clock: Clock) -> tuple[Callable[[], object], ...]:
    """What happens in a course, one line or a few at a time."""
    def hand_in(by: str, text: str) -> Callable[[], object]:
        return lambda: book.submit("calc", "hw", by, work(text))

    def grade(points: float | None) -> Callable[[], object]:
        return lambda: [record(book, row, {"t": points, "u": 5}) for row in book.effective("calc", "hw")]

    return (
        lambda: pair(book), hand_in("ann", "x = 1"), hand_in("ben", "x = 2"), hand_in("cat", "y = 1"), grade(2), grade(None), grade(5),
        lambda: book.extend("calc", "hw", "ann", until=START + 5 * DAY, reason="illness", actor="tina"),
        lambda: book.extend("calc", "hw", "cat", until=START + 4 * DAY, reason="illness", actor="tina"),
        lambda: book.reschedule("calc", "hw", due=clock.now + HOUR, actor="tina", reason="storm"),
        lambda: publish(book, title="Homework", points=12.0),
        lambda: publish(book, due=START + 6 * DAY, version="v2"),
        lambda: publish(book, "quiz", due=None),
        lambda: [book.mark("calc", "hw", row.team, "t", 3, actor="tina") for row in book.effective("calc", "hw")[:1]],
        lambda: book.adjust("calc", "hw", "ben", 1.5, "our mistake", actor="tina"),
        lambda: book.release_feedback("calc", "hw", {row.team: b"page" for row in book.effective("calc", "hw")[:1]}, actor="tina"),
        lambda: book.external_mark("calc", "exam", "ann", "80", actor="tina", source="list"),
        lambda: book.external_mark("calc", "exam", "ann", "81", actor="tina", source="list"),
        lambda: book.arrangements.arrange("calc", "ann", What.EXCUSE, "hw", "exam", reason=Reason.ILLNESS, actor="ivy"),
        lambda: book.arrangements.arrange("calc", "ben", What.NO_LATENESS, expires=clock.now + DAY, reason=Reason.OTHER, actor="ivy"),
        lambda: book.arrangements.end("calc", "ann", What.EXCUSE, "hw", actor="ivy"),
        lambda: book.enrol("calc", "dan", Role.TA, name="Dan", actor="tina"),
        lambda: book.unenrol("calc", "cat", actor="tina"),
        lambda: book.enrol("calc", "cat", Role.STUDENT, name="Cat", actor="tina"),
    )  # fmt: skip


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(chosen=st.lists(st.integers(0, 23), max_size=16))
def test_every_earlier_day_is_read_as_it_was(tmp_path_factory: pytest.TempPathFactory, chosen: list[int]) -> None:
    clock, folder = Clock(), tmp_path_factory.mktemp("book")
    with Ledger(f"sqlite:///{folder}/ledger.db", clock=clock, blobs=folder / "blobs", key=b"k" * 32) as book:
        for username in ("ann", "ben", "cat", "dan"):
            book.enrol("calc", username, Role.STUDENT, name=username.title(), actor="tina")
        publish(book)
        book.permit("calc", "hw", "cat", "alone", actor="tina")
        known: list[tuple[datetime, Snapshot]] = []
        for number in chosen:
            clock.now += 5 * HOUR
            try:
                steps(book, clock)[number]()
            except RuleError:
                continue                                # such as handing in without a partner
            known.append((clock.now, agree(book, clock)))
        for at, snapshot in known:
            assert book.history.snapshot("calc", at, then=True) == snapshot


def test_the_steps_of_a_course_all_happen(course: Ledger, clock: Clock) -> None:
    course.permit("calc", "hw", "cat", "alone", actor="tina")
    for step in steps(course, clock):
        clock.now += HOUR
        step()
        agree(course, clock)
    course.check_chain("calc")


def test_an_unknown_student_is_refused_as_of_the_day(course: Ledger, clock: Clock) -> None:
    clock.now += DAY
    course.enrol("calc", "eve", Role.STUDENT, name="Eve", actor="tina")
    assert [r.username for r in course.history.snapshot("calc", clock.now, student="eve").records] == ["eve"]
    with pytest.raises(RuleError, match="was then no student 'eve'"):
        course.history.snapshot("calc", START, student="eve", then=True)


def test_the_other_of_a_pair_keeps_his_own_due_time(course: Ledger, clock: Clock) -> None:
    pair(course)
    course.extend("calc", "hw", "ann", until=START + 6 * DAY, reason="illness", actor="tina")
    clock.now = START + 5 * DAY
    course.submit("calc", "hw", "ben", work("x = 1"))
    found = agree(course, clock)
    assert record_of(found, "ann").due == {"hw": START + 6 * DAY} and record_of(found, "ben").due == {"hw": START + 3 * DAY}
    assert record_of(found, "ann").credits["hw"].late_by == timedelta()
    assert record_of(found, "ben").credits["hw"].late_by == 2 * DAY
