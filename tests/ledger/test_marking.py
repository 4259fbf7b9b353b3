"""Marking by rubric: once for each team, in the ledger with its mark, with a second marker where one is asked for."""
from __future__ import annotations

import dataclasses
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given as drawn
from hypothesis import strategies as st

from autograder.ledger import Given, Ledger, MarkRow, Sheet, State, SubmissionRow, Turn, WrittenAnswer, sheets
from autograder.ledger.marking import LEASE
from autograder.ledger.sheets import Marking, Wanted
from autograder.model import Role, RubricLine, RuleError
from tests.ledger.conftest import START, Clock, pair, record, work

ASKED = WrittenAnswer("why", 5.0, (RubricLine("r1", 3.0, "the bound"), RubricLine("r2", 2.0, "attained")), tolerance=0.5)
FREE = WrittenAnswer("why", 5.0)


# ---------------------------------------------------------------- the rules

@pytest.mark.parametrize(("asked", "given", "points"), [
    (ASKED, Given({"r1": 3, "r2": 1.5}), 4.5),
    (ASKED, Given({"r1": 0.1, "r2": 0.2}), 0.3),
    (ASKED, Given({"r2": 0}), 0),
    (ASKED, Given({"r1": 3, "r2": 2}, 4, comment="A gap."), 4),
    (ASKED, Given({"r1": 3, "r2": 2}, 4, remarks=("A gap.",)), 4),
    (ASKED, Given(points=2.5), 2.5),
    (FREE, Given(points=5), 5),
], ids=["sum", "sum without rounding", "nothing right", "as a whole, with a comment", "with a remark", "without lines", "no rubric"])
def test_points_are_the_sum_of_the_lines_or_given_as_a_whole(asked: WrittenAnswer, given: Given, points: float) -> None:
    assert sheets.checked(asked, given).points == points


@pytest.mark.parametrize(("asked", "given", "code"), [
    (ASKED, Given({"r3": 1}), "unknown-line"),
    (FREE, Given({"r1": 1}), "unknown-line"),
    (ASKED, Given({"r1": 3.5}), "bad-points"),
    (ASKED, Given({"r1": -1}), "bad-points"),
    (ASKED, Given({"r1": float("nan")}), "bad-points"),
    (ASKED, Given(points=5.5), "bad-points"),
    (ASKED, Given(points=float("inf")), "bad-points"),
    (ASKED, Given(), "no-points"),
    (ASKED, Given({"r1": 3}, 2), "no-reason"),
    (ASKED, Given({"r1": 3}, 2, comment="  "), "no-reason"),
    (ASKED, Given({"r1": 3}, comment="x" * 4001), "too-long"),
], ids=["no such line", "no rubric", "more than the line", "less than nothing", "no number", "more than all", "infinite", "nothing",
        "another sum without a word", "blank words", "too long"])
def test_what_cannot_be_given_is_refused(asked: WrittenAnswer, given: Given, code: str) -> None:
    with pytest.raises(RuleError) as refused:
        sheets.checked(asked, given)
    assert refused.value.code == code


ROW = SubmissionRow(1, "calc", "hw", "team-00001", 1, "ann", ("ann", "ben"), "a" * 64, 10, START)


def mark(points: float | None = 3, answer: str = "x", actor: str = "tina") -> MarkRow:
    return MarkRow("hw", "team-00001", "a" * 64, "why", points, "", actor, START, answer)


def marking(points: float, line: int, turn: Turn = Turn.FIRST, answer: str = "x", actor: str = "tina") -> Marking:
    return Marking("team-00001", "why", answer, turn, Given(points=points), 0.5, actor, START, line)


def want(line: int, answer: str = "x") -> Wanted:
    return Wanted("team-00001", "why", answer, "", "tina", START, line)


@pytest.mark.parametrize(("held", "markings", "wanted", "state"), [
    (None, [], [], State.OPEN),
    (mark(None), [], [], State.OPEN),
    (mark(), [marking(3, 1)], [], State.MARKED),
    (mark(), [], [], State.MARKED),
    (mark(), [marking(3, 1)], [want(2)], State.SECOND),
    (mark(), [], [want(2)], State.SECOND),
    (mark(), [marking(3, 1), marking(3.5, 3, Turn.SECOND)], [want(2)], State.MARKED),
    (mark(), [marking(3, 1), marking(3.6, 3, Turn.SECOND)], [want(2)], State.DIFFERENT),
    (mark(), [marking(3, 1), marking(1, 3, Turn.SECOND), marking(3, 4, Turn.SETTLED)], [want(2)], State.MARKED),
    (mark(), [marking(3, 1), marking(3, 3, Turn.SECOND)], [want(2), want(4)], State.SECOND),
    (mark(answer="y"), [marking(3, 1)], [want(2)], State.MARKED),
    (mark(), [marking(3, 1), marking(1, 3, Turn.SECOND, answer="y")], [want(2)], State.SECOND),
], ids=["nothing", "points taken back", "marked", "in formgrader", "a second is wanted", "of a mark in formgrader", "agree", "differ",
        "settled", "and again", "the answer has changed", "the second looked at another answer"])
def test_how_far_an_answer_is(held: MarkRow | None, markings: list[Marking], wanted: list[Wanted], state: State) -> None:
    assert sheets.sheet(ROW, "why", held, markings, wanted).state is state


def test_a_mark_changed_in_formgrader_shows_no_lines_of_before() -> None:
    found = sheets.sheet(ROW, "why", mark(2.0), [marking(3, 1)], [])
    assert (found.state, found.first) == (State.MARKED, None)


@pytest.mark.parametrize(("state", "actor", "turn"), [
    (State.OPEN, "tina", Turn.FIRST), (State.MARKED, "tina", Turn.FIRST), (State.MARKED, "tom", Turn.FIRST),
    (State.SECOND, "tina", Turn.FIRST), (State.SECOND, "tom", Turn.SECOND),
])
def test_the_first_marker_corrects_and_another_one_is_the_second(state: State, actor: str, turn: Turn) -> None:
    held = None if state is State.OPEN else mark()
    found = sheets.sheet(ROW, "why", held, [marking(3, 1)] if held else [], [want(2)] if state is State.SECOND else [])
    assert found.state is state and sheets.turn(found, actor, ()) is turn


def test_the_second_marker_corrects_his_own_marking() -> None:
    found = sheets.sheet(ROW, "why", mark(), [marking(3, 1), marking(3, 3, Turn.SECOND, actor="tom")], [want(2)])
    assert sheets.turn(found, "tom", ()) is Turn.SECOND and sheets.turn(found, "tina", ()) is Turn.FIRST


def test_a_remark_is_counted_by_team_and_gone_when_nobody_has_it() -> None:
    def said(team: str, line: int, *remarks: str) -> Marking:
        return dataclasses.replace(marking(3, line), team=team, given=Given(points=3, remarks=remarks))
    lines = [said("t1", 1, "Typo", "A gap"), said("t2", 2, "A gap"), said("t1", 3, "A gap", "No reason"), said("t3", 4)]
    assert sheets.bank(lines) == (("A gap", 2), ("No reason", 1))


@drawn(st.lists(st.integers(1, 9999), unique=True, max_size=30), st.randoms())
def test_the_order_depends_on_nothing_but_the_teams(numbers: list[int], random: Any) -> None:
    found = [Sheet(dataclasses.replace(ROW, team=f"team-{n:05d}"), "why", State.OPEN, None, None, None, None) for n in numbers]
    mixed = random.sample(found, len(found))
    assert sheets.in_order(found) == sheets.in_order(mixed) and set(sheets.in_order(found)) == set(found)


# ---------------------------------------------------------------- in the book

@pytest.fixture
def marked(course: Ledger) -> Ledger:
    """Two teams have handed in; tina and tom mark, ina is an instructor."""
    for name, role in (("tom", Role.TA), ("ina", Role.INSTRUCTOR)):
        course.enrol("calc", name, role, name=name, actor="tina")
    pair(course)
    pair(course, "cat", "dan")
    for name in ("ann", "cat"):
        record(course, course.submit("calc", "hw", name, work(answer=f"because {name}")), {"a": 5, "why": None})
    return course


def give(book: Ledger, team: str = "team-00001", given: Given | None = None, *, actor: str = "tina", **more: Any) -> Sheet:
    return book.marking.mark("calc", "hw", team, ASKED, given or Given({"r1": 3, "r2": 0}), actor=actor, **more)


def score(book: Ledger, name: str = "ann") -> float | None:
    credit = book.grade_for("calc", "hw", name)
    return credit and credit.score


def test_a_marking_is_a_mark_for_both_with_remarks_and_comment(marked: Ledger) -> None:
    found = give(marked, given=Given({"r1": 3, "r2": 1}, remarks=("A gap.",), comment="Nice picture."))
    assert (score(marked, "ann"), score(marked, "ben"), score(marked, "cat")) == (9, 9, 5)
    assert found.mark is not None and found.mark.comment == "A gap.\n\nNice picture."
    assert found.first is not None and (found.first.given.lines, found.state) == ({"r1": 3, "r2": 1}, State.MARKED)
    marked.check_chain("calc")


def test_the_same_again_adds_nothing_and_other_lines_for_the_same_points_do(marked: Ledger) -> None:
    give(marked)
    before = len(marked.audit("calc"))
    give(marked)
    assert len(marked.audit("calc")) == before
    found = give(marked, given=Given({"r1": 1, "r2": 2}))
    assert found.first is not None and found.first.given.lines == {"r1": 1, "r2": 2}
    assert [line.action for line in marked.audit("calc")[before:]] == ["marking"]           # the mark is the same


def test_a_changed_answer_is_open_again_and_a_byte_equal_one_is_not(marked: Ledger, clock: Clock) -> None:
    give(marked)
    clock.now += timedelta(hours=1)
    marked.submit("calc", "hw", "ann", work("other code", answer="because ann"))
    assert marked.marking.sheet("calc", "hw", "team-00001", "why").first is not None
    newest = marked.submit("calc", "hw", "ben", work(answer="no, because ben"))
    assert marked.marking.sheet("calc", "hw", "team-00001", "why").state is State.OPEN
    with pytest.raises(RuleError, match="handed in again") as refused:
        give(marked, sha256="0" * 64)
    assert refused.value.code == "superseded"
    assert give(marked, sha256=newest["sha256"]).state is State.MARKED


def test_a_second_marker_is_blind_to_nothing_in_the_book_but_changes_no_mark(marked: Ledger) -> None:
    give(marked)
    assert marked.marking.ask_second("calc", "hw", "team-00001", "why", "unsure", actor="tina").state is State.SECOND
    credit = marked.grade_for("calc", "hw", "ann")
    assert credit is not None and (credit.score, credit.awaiting) == (8, ("why",))
    agreed = give(marked, given=Given({"r1": 3, "r2": 0.5}), actor="tom")
    assert agreed.state is State.MARKED and score(marked) == 8
    credit = marked.grade_for("calc", "hw", "ann")
    assert credit is not None and credit.awaiting == ()


def test_two_who_differ_are_settled_by_a_third_and_until_then_the_first_mark_counts(marked: Ledger) -> None:
    give(marked)
    marked.marking.ask_second("calc", "hw", "team-00001", "why", actor="ina")
    found = give(marked, given=Given({"r1": 1, "r2": 0}), actor="tom")
    credit = marked.grade_for("calc", "hw", "ben")
    assert credit is not None and (found.state, credit.score, credit.unsettled) == (State.DIFFERENT, 8, ("why",))
    for actor in ("tina", "tom", "eva"):
        with pytest.raises(RuleError, match="an instructor settles"):
            give(marked, given=Given(points=2), actor=actor)
    for _ in range(2):                                                      # said again, it adds nothing
        settled = marked.marking.settle("calc", "hw", "team-00001", ASKED, Given({"r1": 2, "r2": 0}), actor="ina")
        assert settled.state is State.MARKED and score(marked) == 7
    assert [line.data["row"]["turn"] for line in marked.audit("calc") if line.action == "marking"] == ["first", "second", "settled"]
    with pytest.raises(RuleError, match="nothing to settle"):
        marked.marking.settle("calc", "hw", "team-00001", ASKED, Given(points=5), actor="ina")


def test_the_snapshot_of_the_class_knows_what_is_not_settled(marked: Ledger, clock: Clock) -> None:
    give(marked)
    clock.now += timedelta(hours=1)
    marked.marking.ask_second("calc", "hw", "team-00001", "why", actor="tina")
    now = marked.history.snapshot("calc", clock.now, student="ann").records[0].credits["hw"]
    then = marked.history.snapshot("calc", clock.now - timedelta(minutes=1), student="ann", then=True).records[0].credits["hw"]
    assert (now.unsettled, then.unsettled) == (("why",), ())


def test_nobody_asks_for_a_second_marker_before_the_first(marked: Ledger) -> None:
    with pytest.raises(RuleError, match="Mark it first"):
        marked.marking.ask_second("calc", "hw", "team-00001", "why", actor="tina")


def test_asking_twice_is_asking_once(marked: Ledger) -> None:
    give(marked)
    for _ in range(2):
        marked.marking.ask_second("calc", "hw", "team-00001", "why", actor="tina")
    assert [line.action for line in marked.audit("calc")].count("second wanted") == 1


@pytest.mark.parametrize("how", ["marking", "mark", "settle"])
def test_who_has_a_conflict_with_a_member_gives_no_mark(marked: Ledger, how: str) -> None:
    if how == "settle":
        give(marked, actor="tom")
        marked.marking.ask_second("calc", "hw", "team-00001", "why", actor="tom")
        give(marked, given=Given(points=0), actor="ina")
    marked.marking.declare("calc", "tina", "ben", "my cousin", actor="tina")
    with pytest.raises(RuleError, match="conflict of interest") as refused:
        if how == "marking":
            give(marked)
        elif how == "mark":
            marked.mark("calc", "hw", "team-00001", "why", 3, actor="tina")
        else:
            marked.marking.settle("calc", "hw", "team-00001", ASKED, Given(points=5), actor="tina")
    assert refused.value.code == "conflict" and "ben" not in str(refused.value)
    give(marked, "team-00002")                                              # other teams are hers
    marked.marking.withdraw("calc", "tina", "ben", actor="tina")
    assert marked.marking.conflicts("calc") == ()


def test_conflicts_are_each_ones_own_and_only_about_students(marked: Ledger) -> None:
    for _ in range(2):
        marked.marking.declare("calc", "tina", "ben", "my cousin", actor="tina")
    marked.marking.declare("calc", "tom", "cat", actor="ina")
    assert [(c.username, c.student, c.reason) for c in marked.marking.conflicts("calc", "tina")] == [("tina", "ben", "my cousin")]
    assert len(marked.marking.conflicts("calc")) == 2
    with pytest.raises(RuleError, match="no student"):
        marked.marking.declare("calc", "tina", "tom", actor="tina")


def test_two_markers_never_have_the_same_sheet_before_them_until_one_lets_it_lie(marked: Ledger, clock: Clock) -> None:
    def next_of(actor: str) -> str | None:
        found = marked.marking.take_up("calc", "hw", "why", actor=actor)
        return found and found.team
    one, other = next_of("tina"), next_of("tom")
    assert {one, other} == {"team-00001", "team-00002"}
    assert (next_of("tina"), next_of("tom"), next_of("ina")) == (one, other, None)
    clock.now += LEASE
    assert next_of("ina") in (one, other)
    for actor, team in (("tina", one), ("tom", other)):
        give(marked, str(team), actor=actor)
    assert next_of("tina") is None
    assert "lease" not in {line.action for line in marked.audit("calc")}


def test_a_sheet_that_another_one_has_says_who(marked: Ledger) -> None:
    marked.marking.take_up("calc", "hw", "why", actor="tina", team="team-00001")
    found = marked.marking.take_up("calc", "hw", "why", actor="tom", team="team-00001")
    assert found is not None and found.lease is not None and found.lease.holder == "tina"
    with pytest.raises(RuleError, match="handed in nothing"):
        marked.marking.take_up("calc", "hw", "why", actor="tom", team="team-00009")


def test_the_next_sheet_passes_over_conflicts_and_asks_the_second_marker_only(marked: Ledger) -> None:
    marked.marking.declare("calc", "tina", "ann", actor="tina")
    found = marked.marking.take_up("calc", "hw", "why", actor="tina")
    assert found is not None and found.team == "team-00002"
    give(marked, "team-00002")
    marked.marking.ask_second("calc", "hw", "team-00002", "why", actor="ina")
    assert marked.marking.take_up("calc", "hw", "why", actor="tina") is None
    give(marked, actor="tom")
    second = marked.marking.take_up("calc", "hw", "why", actor="tom")
    assert second is not None and (second.team, second.state) == ("team-00002", State.SECOND)


def test_a_mark_in_formgrader_counts_as_the_first(marked: Ledger) -> None:
    marked.mark("calc", "hw", "team-00001", "why", 4, "ok", actor="formgrader")
    marked.marking.ask_second("calc", "hw", "team-00001", "why", actor="ina")
    assert give(marked, given=Given({"r1": 3, "r2": 1}), actor="tina").state is State.MARKED


def test_the_bank_is_what_is_said_about_this_answer(marked: Ledger) -> None:
    give(marked, given=Given({"r1": 3}, remarks=("A gap.", "A gap.", " ")))
    give(marked, "team-00002", given=Given({"r1": 3}, remarks=("A gap.", "Only n = 2.")))
    assert marked.marking.bank("calc", "hw", "why") == (("A gap.", 2), ("Only n = 2.", 1))
    assert marked.marking.bank("calc", "hw", "other") == ()
