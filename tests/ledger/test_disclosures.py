"""What feedback tells about hidden tests: stated by a release, changed by an instructor, each time a line."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from sqlalchemy import create_engine, text

from autograder.ledger import Ledger
from autograder.model import Disclosure, Level, RuleError
from tests.ledger.conftest import DAY, START, publish

LATER = Disclosure(Level.OUTCOMES, START + 9 * DAY)
POINTS = Disclosure(Level.POINTS)


def test_an_assignment_about_which_nothing_was_said_tells_everything(course: Ledger) -> None:
    assert course.disclosures.of("calc", "hw") == Disclosure(Level.MESSAGES) and course.disclosures.lines("calc", "hw") == ()


@pytest.mark.parametrize(
    ("disclosure", "before", "from_then_on"),
    [
        (Disclosure(), Level.MESSAGES, Level.MESSAGES),
        (POINTS, Level.POINTS, Level.POINTS),
        (LATER, Level.POINTS, Level.OUTCOMES),
        (Disclosure(Level.MESSAGES, START + 9 * DAY), Level.POINTS, Level.MESSAGES),
    ],
)
def test_before_the_instant_points_are_told_and_from_then_on_the_level(disclosure: Disclosure, before: Level, from_then_on: Level) -> None:
    instant = START + 9 * DAY
    assert [disclosure.at(now) for now in (instant - DAY / 86_400_000_000, instant, instant + DAY)] == [before, from_then_on, from_then_on]


def test_a_release_states_it_and_the_same_release_again_adds_no_line(course: Ledger) -> None:
    for _ in range(2):
        publish(course, "new", disclosure=LATER)
        (line,) = course.disclosures.lines("calc", "new")
        assert (line.disclosure, line.reason, line.actor, line.at) == (LATER, "", "tina", START)
    assert course.disclosures.of("calc", "hw") == Disclosure()


def test_a_release_as_before_there_were_disclosures_is_the_same_release(course: Ledger) -> None:
    before = course.audit("calc")
    publish(course, disclosure=Disclosure())
    assert course.audit("calc") == before


def test_a_change_outlives_a_corrected_release_until_the_course_file_says_something_else(course: Ledger) -> None:
    course.disclosures.change("calc", "hw", POINTS, actor="noa", reason="extensions")
    publish(course, version="v2", archive=b"corrected")
    assert course.disclosures.of("calc", "hw") == POINTS
    publish(course, version="v2", archive=b"corrected", disclosure=LATER)
    assert course.disclosures.of("calc", "hw") == LATER
    publish(course, version="v2", archive=b"corrected")
    assert course.disclosures.of("calc", "hw") == Disclosure()
    assert [line.reason for line in course.disclosures.lines("calc", "hw")] == ["extensions", "", ""]


def test_every_change_is_a_line_with_its_reason_and_the_same_again_is_none(course: Ledger) -> None:
    for disclosure in (LATER, LATER, POINTS, LATER):
        course.disclosures.change("calc", "hw", disclosure, actor="noa", reason="a <b>reason</b>\x00")
    lines = course.disclosures.lines("calc", "hw")
    assert [line.disclosure for line in lines] == [LATER, POINTS, LATER] and {line.reason for line in lines} == {"a <b>reason</b>"}
    assert [line.action for line in course.audit("calc")][-3:] == ["disclosure"] * 3
    course.check_chain("calc")


def test_a_time_after_which_no_more_is_told_and_a_change_without_a_reason_are_refused(course: Ledger) -> None:
    with pytest.raises(RuleError, match="Leave the time out"):
        course.disclosures.change("calc", "hw", Disclosure(Level.POINTS, START + DAY), actor="noa", reason="x")
    with pytest.raises(RuleError, match="needs a reason"):
        course.disclosures.change("calc", "hw", POINTS, actor="noa", reason=" \n")
    with pytest.raises(RuleError, match="no assignment 'nosuch'"):
        course.disclosures.change("calc", "nosuch", POINTS, actor="noa", reason="x")
    assert course.disclosures.lines("calc", "hw") == ()


def test_a_ledger_of_format_3_is_carried_over_and_tells_everything(
    course: Ledger, ledger_url: str, open_book: Callable[[], Ledger]
) -> None:
    engine = create_engine(ledger_url)
    with engine.begin() as connection:
        connection.execute(text("DROP TABLE disclosure"))
        connection.execute(text("UPDATE about SET version = 3"))
    engine.dispose()
    book = open_book()
    assert book.disclosures.of("calc", "hw") == Disclosure()
    book.disclosures.change("calc", "hw", POINTS, actor="noa", reason="next year")
    assert book.disclosures.of("calc", "hw") == POINTS
    book.check_chain("calc")
