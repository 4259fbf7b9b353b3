"""What a student has looked at, and when."""

from __future__ import annotations

from autograder.ledger import Ledger
from tests.ledger.conftest import DAY, START, Clock, notebook


def test_the_first_look_at_a_release_is_kept_and_no_line_tells_of_it(course: Ledger, clock: Clock) -> None:
    lines = len(course.audit("calc"))
    for _ in range(2):
        course.seen.note("calc", "hw", "ann", "release")
        clock.now += DAY
    assert course.seen.of("calc", "ann") == {("hw", "release"): START}
    assert course.seen.of("calc", "ben") == course.seen.of("other", "ann") == {}
    assert len(course.audit("calc")) == lines
    course.check_chain("calc")


def test_feedback_is_as_new_as_its_newest_page(course: Ledger, clock: Clock) -> None:
    course.permit("calc", "hw", "ann", "alone", actor="tina")
    team = course.submit("calc", "hw", "ann", {"hw.ipynb": notebook()})["team"]
    assert not course.whole("calc", "hw").has_news("ann", None)
    for page in (b"one", b"two"):
        clock.now += DAY
        course.release_feedback("calc", "hw", {team: page}, actor="tina")
        before = course.seen.of("calc", "ann").get(("hw", "feedback"))
        assert course.whole("calc", "hw").has_news("ann", before)
        read = clock.now = clock.now + DAY
        course.seen.note("calc", "hw", "ann", "feedback")
        clock.now += DAY
        course.seen.note("calc", "hw", "ann", "feedback")
        assert course.seen.of("calc", "ann") == {("hw", "feedback"): read}
        assert not course.whole("calc", "hw").has_news("ann", read)
    assert course.whole("calc", "hw").shown == {team: START + 4 * DAY}
    assert not course.whole("calc", "hw").has_news("ben", None)
