"""Where a team stands and who may do what: tables of lines, time and answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.model import RuleError
from autograder.projects import (
    Did,
    Kind,
    Line,
    Project,
    RubricLine,
    Side,
    Stage,
    allowed,
    checked_points,
    mark_of,
    progress,
    refusal,
    said_words,
    shown,
    trouble,
    unread,
)
from tests.projects.conftest import DAY, PROJECT, START

PAIR = ("ann", "ben")
STUDENT, STAFF = Side.STUDENT, Side.STAFF


def lines(*said: tuple[Any, ...]) -> tuple[Line, ...]:
    """(what, stage, by, day, more) → lines numbered from 1."""
    made = []
    for number, (did, stage, by, day, *more) in enumerate(said, start=1):
        made.append(Line(number, did, "team-00001", PAIR, by, START + day * DAY, stage, **(more[0] if more else {})))
    return tuple(made)


PROPOSED = (Did.HANDED_IN, "proposal", "ann", 5, {"sha256": "p"})
RETURNED = (Did.RETURNED, "proposal", "tina", 6, {"about": 1, "text": "too large"})
APPROVED = (Did.APPROVED, "proposal", "tina", 6, {"about": 1})
FINAL = (Did.HANDED_IN, "final", "ben", 39, {"sha256": "f"})


def states(*said: tuple[Any, ...], day: float = 8) -> list[str]:
    return [str(one.state) for one in progress(PROJECT, lines(*said), PAIR, START + day * DAY, {})]


@pytest.mark.parametrize(("said", "day", "expected"), [
    ((), -1, ["blocked", "blocked", "blocked", "blocked"]),
    ((), 8, ["open", "open", "blocked", "open"]),
    ((PROPOSED,), 8, ["handed in", "open", "blocked", "open"]),
    ((PROPOSED, RETURNED), 8, ["returned", "open", "blocked", "open"]),
    ((PROPOSED, RETURNED, (Did.HANDED_IN, "proposal", "ben", 7)), 8, ["handed in", "open", "blocked", "open"]),
    ((PROPOSED, APPROVED), 8, ["approved", "open", "open", "open"]),
    ((PROPOSED, (Did.WITHDREW, "proposal", "ann", 6, {"about": 1})), 8, ["open", "open", "blocked", "open"]),
    ((PROPOSED, APPROVED, (Did.NOTED, "meeting", "ann", 7)), 8, ["approved", "noted", "open", "open"]),
    ((PROPOSED, APPROVED, (Did.NOTED, "meeting", "ann", 7), (Did.ACKNOWLEDGED, "meeting", "tina", 8, {"about": 3})), 8,
     ["approved", "acknowledged", "open", "open"]),
    ((PROPOSED, APPROVED, FINAL, (Did.SCHEDULED, "talk", "tina", 40)), 41, ["approved", "open", "handed in", "scheduled"]),
    ((PROPOSED, APPROVED, FINAL, (Did.SCHEDULED, "talk", "tina", 40), (Did.MISSED, "talk", "tina", 46)), 46,
     ["approved", "open", "handed in", "missed"]),
    ((PROPOSED, APPROVED), 48, ["approved", "open", "closed", "open"]),
], ids=["before it opens", "begun", "proposed", "returned", "proposed again", "approved", "taken back", "noted", "acknowledged",
        "scheduled", "missed", "closed by the late rule"])
def test_where_a_team_stands_follows_from_what_happened(said: Any, day: float, expected: list[str]) -> None:
    assert states(*said, day=day) == expected


HAND_IN, WITHDRAW = Did.HANDED_IN, Did.WITHDREW


@pytest.mark.parametrize(("said", "day", "side", "action", "code"), [
    ((), -1, STUDENT, (HAND_IN, "proposal"), "not-open"),
    ((), 8, STUDENT, (HAND_IN, "proposal"), None),
    ((), 8, STAFF, (HAND_IN, "proposal"), "not-yours"),
    ((), 30, STUDENT, (HAND_IN, "proposal"), None),
    ((), 8, STUDENT, (HAND_IN, "final"), "blocked"),
    ((PROPOSED,), 8, STUDENT, (HAND_IN, "proposal"), None),
    ((PROPOSED,), 8, STUDENT, (HAND_IN, "final"), "blocked"),
    ((PROPOSED,), 8, STUDENT, (WITHDRAW, "proposal"), None),
    ((PROPOSED,), 11, STUDENT, (WITHDRAW, "proposal"), "too-late"),
    ((PROPOSED, APPROVED, FINAL), 39, STUDENT, (WITHDRAW, "final"), None),
    ((PROPOSED, APPROVED, FINAL, (Did.MARKED, "", "tina", 39)), 39, STUDENT, (WITHDRAW, "final"), "marked"),
    ((PROPOSED,), 90, STAFF, (Did.APPROVED, "proposal"), None),
    ((PROPOSED,), 8, STUDENT, (Did.APPROVED, "proposal"), "not-yours"),
    ((), 8, STAFF, (Did.APPROVED, "proposal"), "nothing-there"),
    ((PROPOSED, RETURNED), 30, STUDENT, (HAND_IN, "proposal"), None),
    ((PROPOSED, RETURNED), 30, STUDENT, (HAND_IN, "final"), "blocked"),
    ((PROPOSED, RETURNED), 30, STAFF, (Did.APPROVED, "proposal"), None),
    ((PROPOSED, APPROVED), 8, STUDENT, (HAND_IN, "proposal"), "approved"),
    ((PROPOSED, APPROVED), 8, STUDENT, (WITHDRAW, "proposal"), "nothing-there"),
    ((PROPOSED, APPROVED), 8, STUDENT, (HAND_IN, "final"), None),
    ((PROPOSED, APPROVED), 8, STAFF, (Did.RETURNED, "proposal"), None),
    ((PROPOSED, APPROVED, FINAL), 39, STAFF, (Did.RETURNED, "proposal"), "went-on"),
    ((PROPOSED, APPROVED), 44, STUDENT, (HAND_IN, "final"), None),
    ((PROPOSED, APPROVED), 48, STUDENT, (HAND_IN, "final"), "too-late"),
    ((), 8, STUDENT, (HAND_IN, "meeting"), "other-stage"),
    ((), 8, STAFF, (Did.HELD, "talk"), "no-slot"),
    (((Did.SCHEDULED, "talk", "tina", 7, {"when": START + 9 * DAY}),), 8, STAFF, (Did.HELD, "talk"), "too-early"),
    (((Did.SCHEDULED, "talk", "tina", 7, {"when": START + 9 * DAY}),), 10, STAFF, (Did.MISSED, "talk"), None),
    (((Did.NOTED, "meeting", "ann", 7),), 8, STUDENT, (Did.ACKNOWLEDGED, "meeting"), "nothing-there"),
    (((Did.NOTED, "meeting", "ann", 7),), 8, STAFF, (Did.ACKNOWLEDGED, "meeting"), None),
    ((), 8, STAFF, (Did.MARKED, ""), "nothing-there"),
    ((PROPOSED, APPROVED), 8, STAFF, (Did.CHECKED, ""), "nothing-there"),
    ((PROPOSED, APPROVED, FINAL), 41, STAFF, (Did.CHECKED, ""), None),
    ((PROPOSED, APPROVED, FINAL), 41, STAFF, (Did.MARKED, ""), None),
    ((PROPOSED, APPROVED, FINAL), 41, STUDENT, (Did.MARKED, ""), "not-yours"),
    ((PROPOSED, APPROVED, FINAL), 41, STAFF, (Did.RELEASED, ""), "nothing-there"),
    ((PROPOSED, APPROVED, FINAL, (Did.MARKED, "", "tina", 41)), 42, STAFF, (Did.RELEASED, ""), None),
])
def test_who_may_do_what(said: Any, day: float, side: Side, action: Any, code: str | None) -> None:
    refused = refusal(PROJECT, lines(*said), PAIR, START + day * DAY, {}, action, side)
    assert (refused.code if refused else None) == code
    assert (action in allowed(PROJECT, lines(*said), PAIR, START + day * DAY, {}, side)) is (code is None)


def test_a_refusal_says_which_stage_comes_first() -> None:
    refused = refusal(PROJECT, (), PAIR, START + DAY, {}, (HAND_IN, "final"), STUDENT)
    assert str(refused) == "Final hand-in can be handed in once Proposal is approved."


def test_an_extension_keeps_the_final_open_for_the_whole_team() -> None:
    approved = lines(PROPOSED, APPROVED)
    late = START + 50 * DAY
    assert refusal(PROJECT, approved, PAIR, late, {}, (HAND_IN, "final"), STUDENT) is not None
    assert refusal(PROJECT, approved, PAIR, late, {"ben": START + 49 * DAY}, (HAND_IN, "final"), STUDENT) is None


def test_each_side_acknowledges_what_the_other_wrote() -> None:
    noted = lines((Did.NOTED, "meeting", "ann", 1), (Did.NOTED, "meeting", "tina", 2))
    assert [line.by for line in unread(noted, STUDENT)] == ["tina"]
    assert [line.by for line in unread(noted, STAFF)] == ["ann"]


# ── what it counts ────────────────────────────────────────────────────────────────────────────────────────────────────
def marked(rubric: str, points: int, **more: Any) -> tuple[Any, ...]:
    return (Did.MARKED, "", "tina", 50, {"rubric": rubric, "points": Fraction(points), **more})


CHECKED = (Did.CHECKED, "final", "autograder", 50, {"rubric": "reproducibility", "points": Fraction(12), "sha256": "f"})
ALL = (PROPOSED, APPROVED, FINAL, CHECKED, marked("method", 50), marked("talk", 20))


@pytest.mark.parametrize(("said", "day", "percent", "to_come"), [
    ((), 30, None, True),
    ((), 41, Fraction(0), False),
    ((PROPOSED, APPROVED), 41, Fraction(0), False),
    ((PROPOSED, APPROVED, FINAL), 60, None, True),
    ((PROPOSED, APPROVED, FINAL, marked("method", 50)), 60, None, True),
    (ALL, 60, Fraction(82), False),
    ((*ALL, marked("reproducibility", 15)), 60, Fraction(85), False),
    ((*ALL, marked("method", 40)), 60, Fraction(72), False),
    ((PROPOSED, APPROVED, (Did.HANDED_IN, "final", "ben", 41.5, {"sha256": "f"}), CHECKED, marked("method", 50), marked("talk", 20)),
     60, Fraction(72), False),
    ((*ALL, (Did.HANDED_IN, "final", "ann", 42, {"sha256": "late"})), 60, Fraction(82), False),
], ids=["not due", "nothing handed in", "only proposed", "not marked", "half marked", "all marked", "a person over the check",
        "a newer mark", "two days begun late", "the one in time counts"])
def test_what_a_project_counts(said: Any, day: float, percent: Fraction | None, to_come: bool) -> None:
    found = mark_of(PROJECT, lines(*said), "ann", START + day * DAY, {})
    assert (found.percent, found.to_come) == (percent, to_come)


def test_a_mark_for_one_member_is_his_alone() -> None:
    said = list(lines(*ALL, marked("talk", 5)))
    said[-1] = replace(said[-1], members=("ben",))
    assert [mark_of(PROJECT, said, name, START + 60 * DAY, {}).percent for name in PAIR] == [82, 67]


def test_lateness_is_each_members_own() -> None:
    said = [replace(line, at=START + 42 * DAY) if line.stage == "final" and line.did is Did.HANDED_IN else line for line in lines(*ALL)]
    found = [mark_of(PROJECT, said, name, START + 60 * DAY, {"ben": START + 42 * DAY}) for name in PAIR]
    assert [one.percent for one in found] == [72, 82]
    assert [one.late_by for one in found] == [2 * DAY, timedelta()]


def test_students_read_marks_only_once_they_are_released() -> None:
    said = lines(*ALL)
    assert mark_of(PROJECT, shown(said), "ann", START + 60 * DAY, {}).percent is None
    said = lines(*ALL, (Did.RELEASED, "", "tina", 51), marked("method", 60))
    assert mark_of(PROJECT, shown(said), "ann", START + 60 * DAY, {}).percent == 82
    assert str(mark_of(PROJECT, said, "ann", START + 60 * DAY, {}).provisional) == "its feedback is not released yet"


def test_who_hands_in_after_the_marks_is_provisional() -> None:
    said = lines(*ALL, (Did.RELEASED, "", "tina", 51), (Did.HANDED_IN, "final", "ann", 39.5, {"sha256": "f"}))
    assert "after it was marked" in str(mark_of(PROJECT, said, "ann", START + 60 * DAY, {}).provisional)


@given(st.permutations([marked("method", 50), marked("talk", 20), CHECKED, marked("method", 30)]), st.sampled_from(PAIR))
def test_a_project_counts_its_newest_marks_in_whatever_order_they_came(order: list[Any], who: str) -> None:
    said = lines(PROPOSED, APPROVED, FINAL, *order)
    newest = [line.points for line in said if line.rubric == "method"][-1]
    assert newest is not None
    assert mark_of(PROJECT, said, who, START + 60 * DAY, {}).percent == newest + 32


@given(st.lists(st.tuples(st.sampled_from(list(Did)), st.sampled_from(["", "proposal", "meeting", "final", "talk"]),
                          st.sampled_from(["ann", "tina"]), st.integers(-5, 60), st.sampled_from([None, 1, 2])), max_size=12),
       st.integers(-5, 70))
def test_no_lines_however_odd_break_the_rules(said: list[Any], day: int) -> None:
    odd = lines(*((did, stage, by, at, {"about": answers}) for did, stage, by, at, answers in said))
    for side in Side:
        allowed(PROJECT, odd, PAIR, START + day * DAY, {}, side)
    found = mark_of(PROJECT, odd, "ann", START + day * DAY, {})
    assert found.percent is None or 0 <= found.percent <= 100


# ── what cannot work ──────────────────────────────────────────────────────────────────────────────────────────────────
FINAL_STAGE = Stage("final", "Final", Kind.HAND_IN, files=("*.py",))
HUNDRED = RubricLine("all", Fraction(100), "All")


@pytest.mark.parametrize(("stages", "rubric", "more", "key", "said"), [
    ((), (HUNDRED,), {}, "stage", "nothing would ever be handed in"),
    ((Stage("a", "A", Kind.NOTES),), (HUNDRED,), {}, "stage", "nothing would ever be handed in"),
    ((FINAL_STAGE, FINAL_STAGE), (HUNDRED,), {}, "stage[1].id", "here twice"),
    ((Stage("final", "F", Kind.HAND_IN),), (HUNDRED,), {}, "stage[0].files", "which files"),
    ((FINAL_STAGE, Stage("t", "T", Kind.PRESENTATION, files=("*.pdf",))), (HUNDRED,), {}, "stage[1].files", "nothing is handed in"),
    ((Stage("p", "P", Kind.APPROVAL, START + 9 * DAY, ("p.pdf",)), replace(FINAL_STAGE, due=START + 3 * DAY)), (HUNDRED,), {},
     "stage[1].due", "in front of it"),
    ((replace(FINAL_STAGE, due=START),), (HUNDRED,), {"opens": START + DAY}, "stage[0].due", "before the project opens"),
    ((replace(FINAL_STAGE, blocking=True),), (HUNDRED,), {}, "stage[0].blocking", "block nothing"),
    ((Stage("t", "T", Kind.PRESENTATION, blocking=True), FINAL_STAGE), (HUNDRED,), {}, "stage[0].due", "some time"),
    ((FINAL_STAGE,), (replace(HUNDRED, points=Fraction(90)),), {}, "rubric", "90 points together"),
    ((FINAL_STAGE,), (), {}, "rubric", "0 points together"),
    ((FINAL_STAGE,), (HUNDRED, HUNDRED), {"out_of": Fraction(200)}, "rubric", "same id"),
    ((FINAL_STAGE,), (replace(HUNDRED, automatic=True),), {}, "rubric", "never get its points"),
    ((FINAL_STAGE,), (replace(HUNDRED, automatic=True, per_member=True),), {"scaffold": "s"}, "rubric", "same for all members"),
    ((FINAL_STAGE,), (HUNDRED,), {"scaffold": "s"}, "scaffold", "count for nothing"),
])
def test_a_project_that_cannot_work_is_refused_with_the_reason(stages: Any, rubric: Any, more: Any, key: str, said: str) -> None:
    found = trouble(Project("p", "P", stages, rubric, **more))
    assert found is not None and found[0] == key and said in found[1]


def test_a_project_that_can_work_has_no_trouble() -> None:
    assert trouble(PROJECT) is None


@pytest.mark.parametrize("points", [Fraction(-1), Fraction(61)])
def test_a_line_has_no_more_points_than_its_own(points: Fraction) -> None:
    with pytest.raises(RuleError, match="0 to 60 points"):
        checked_points(PROJECT.line("method"), points)


@pytest.mark.parametrize("words", ["", " \n", "x" * 5001])
def test_words_are_needed_and_bounded(words: str) -> None:
    with pytest.raises(RuleError):
        said_words(words, needed=True)


def test_words_lose_what_no_database_holds() -> None:
    assert said_words(" a\x00\ud800b ", needed=True) == "a?b"
