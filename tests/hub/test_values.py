"""How the pages show values, and how the service reads what people and programs send."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import cast
from zoneinfo import ZoneInfo

import pytest
from markupsafe import Markup

from autograder.hub.access import ACCESS, ACTIONS, Forbidden, Reach, Visitor
from autograder.hub.api import Said, read_instant
from autograder.hub.desk import Desk
from autograder.hub.handlers import Refused, answer_for, read_json
from autograder.hub.looks import distance, points, said, size, span, told, when
from autograder.hub.page import local
from autograder.hub.views import PersonView, plain
from autograder.model import CourseError, MachineryError, Role, RuleError, SubmissionError
from autograder.words import preferred, text


@pytest.mark.parametrize(
    ("length", "text"),
    [
        (timedelta(), "less than a minute"),
        (timedelta(seconds=59), "less than a minute"),
        (timedelta(minutes=12, seconds=59), "12 min"),
        (timedelta(hours=3, minutes=5), "3 h 5 min"),
        (timedelta(hours=3), "3 h"),
        (timedelta(days=2, hours=4, minutes=50), "2 d 4 h"),
        (timedelta(days=2, minutes=50), "2 d"),
        (timedelta(days=400), "400 d"),
    ],
)
def test_a_length_of_time_is_its_two_largest_units(length: timedelta, text: str) -> None:
    assert str(span(length)) == text
    assert str(distance(length)) == f"in {text}"
    assert length == timedelta() or str(distance(-length)) == f"{text} ago"


@pytest.mark.parametrize(
    ("instant", "text"),
    [
        (datetime(2026, 11, 23, 21, 59, tzinfo=UTC), "Mon 23 Nov 23:59"),
        (datetime(2026, 11, 23, 22, 0, tzinfo=UTC), "Tue 24 Nov 00:00"),
        (datetime(2026, 12, 31, 22, 30, tzinfo=UTC), "Fri 1 Jan 2027 00:30"),
        (datetime(2026, 7, 1, 12, 0, tzinfo=UTC), "Wed 1 Jul 15:00"),
    ],
)
def test_times_are_the_courses_own(instant: datetime, text: str) -> None:
    assert when(instant, ZoneInfo("Asia/Jerusalem"), datetime(2026, 11, 21, tzinfo=UTC)) == text


@pytest.mark.parametrize(("value", "text"), [(3.0, "3"), (3.5, "3.5"), (1 / 3, "0.33"), (0.0, "0"), (100.0, "100"), (-2.5, "-2.5")])
def test_points_are_written_as_people_do(value: float, text: str) -> None:
    assert points(value) == text


@pytest.mark.parametrize(("count", "text"), [(0, "0 B"), (999, "999 B"), (1234, "1 kB"), (20_000_000, "20.0 MB")])
def test_sizes_are_written_as_people_do(count: int, text: str) -> None:
    assert size(count) == text


def test_an_audit_line_leaves_out_what_stands_beside_it() -> None:
    assert (
        told({"table": "extension", "row": {"actor": "tina", "at": "now", "slug": "hw", "reason": "ill", "more": None}})
        == "reason ill · slug hw"
    )
    assert told({"from": "ann", "to": "ben"}) == "from ann · to ben"


@pytest.mark.parametrize("text", ["2027-01-24T23:59:00+02:00", "2027-01-24T21:59:00Z", "2027-01-24 21:59:00+00:00"])
def test_an_instant_says_its_offset(text: str) -> None:
    assert read_instant(text, "due") == datetime(2027, 1, 24, 21, 59, tzinfo=UTC)


@pytest.mark.parametrize("written", ["0001-01-01T00:00", "9999-12-31T23:59", "tomorrow"])
def test_a_time_that_no_zone_could_show_is_refused(written: str) -> None:
    desk = cast(Desk, SimpleNamespace(course=SimpleNamespace(zone=ZoneInfo("Asia/Jerusalem"))))
    with pytest.raises(RuleError, match="is no date and time"):
        local(desk, written)


@pytest.mark.parametrize("text", ["", "tomorrow", "2027-01-24", "2027-01-24T23:59:00", "2027-13-01T00:00Z", "9999-12-31T23:59Z"])
def test_anything_else_is_no_instant(text: str) -> None:
    with pytest.raises(Refused, match="must be an instant with its offset"):
        read_instant(text, "due")


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (RuleError("no", code="frozen"), 409),
        (RuleError("no", code="unknown-assignment"), 404),
        (SubmissionError("no"), 422),
        (CourseError("no"), 422),
        (Forbidden("no"), 403),
        (Refused("no", status=413), 413),
    ],
)
def test_known_refusals_keep_their_sentence(error: Exception, status: int) -> None:
    assert answer_for(error)[0] == status and "no" in answer_for(error)[2]


@pytest.mark.parametrize("error", [MachineryError("/srv/state/secret is gone"), ValueError("/srv/state"), KeyError("x")])
def test_what_nobody_foresaw_tells_no_details(error: Exception) -> None:
    status, _, sentence = answer_for(error)
    assert status == 500 and "srv" not in sentence and "course staff" in sentence


def test_nobody_may_do_what_the_table_does_not_name() -> None:
    ann = Visitor("ann", "Ann", Role.STUDENT)
    with pytest.raises(ValueError, match="no such action"):
        ann.require("delete everything")
    for role, actions in ACCESS.items():
        visitor = Visitor("x", "X", role)
        assert {action for action in ACTIONS if visitor.may(action)} == set(actions)
        for action in set(ACTIONS) - set(actions):
            with pytest.raises(Forbidden):
                visitor.require(action)


def test_students_reach_only_their_own_things_and_nobody_submits_for_them() -> None:
    assert {action for action, reach in ACCESS[Role.STUDENT].items() if reach is Reach.ALL} == {"verify receipts"}
    assert not {"submit", "pair up"} & (ACCESS[Role.TA].keys() | ACCESS[Role.INSTRUCTOR].keys())


def test_views_become_json() -> None:
    said = plain(
        {"at": datetime(2026, 1, 1, tzinfo=UTC), "for": timedelta(minutes=1), "role": Role.TA, "people": (PersonView("a", "A", "", "ta"),)}
    )
    assert said == {
        "at": "2026-01-01T00:00:00+00:00",
        "for": 60.0,
        "role": "ta",
        "people": [{"username": "a", "name": "A", "email": "", "role": "ta"}],
    }


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("he", "he"),
        ("iw-IL, en;q=0.5", "he"),
        ("ru-RU,ru;q=0.9,en;q=0.8", "ru"),
        ("he;q=0.2, en;q=0.8", "en"),
        ("fr, de;q=0.9", "en"),
        ("fr, ru;q=0.1", "ru"),
        ("he;q=x, ;;;,", "en"),
    ],
)
def test_before_somebody_chose_his_browser_says_the_language(accepted: str, language: str) -> None:
    assert preferred(accepted) == language


def test_what_a_person_typed_is_never_markup_in_a_sentence() -> None:
    sentence = text("{who} & {what}", who="<b>", what=Markup("<i>x</i>"))
    assert said(sentence, "en") == "&lt;b&gt; &amp; <i>x</i>"


HALF = rb"\ud83d"
"""Of a character."""


@pytest.mark.parametrize(
    "body",
    [b"[]", b"\xff", b"[" * 10**5, b'{"a": NaN}', b'{"a": [-Infinity]}', b'{"a": "%b"}' % HALF, b'{"%b": 1}' % HALF],
    ids=lambda body: body[:16],
)
def test_what_no_book_could_keep_is_no_body(body: bytes) -> None:
    with pytest.raises(Refused, match="The body"):
        read_json(body)


def test_a_character_may_be_written_in_two_halves() -> None:
    assert read_json(rb'{"a": "\ud83d\ude00"}') == {"a": "\N{GRINNING FACE}"}


@pytest.mark.parametrize("written", ["1e999", "-1e999", "1" + 400 * "0", "true", '"1"', "null"])
def test_a_number_is_one_that_can_be_worked_with(written: str) -> None:
    with pytest.raises(Refused, match="'a', a number"):
        Said(read_json(f'{{"a": {written}}}'.encode()), {}).number("a")
