"""Shadow regrades in the book: nothing counts before it is published, and then exactly what was shown."""
from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.ledger import Change, GradeRow, Ledger, Receipt, Regrade, Score, SubmissionRow, direction
from autograder.ledger.regrades import compare, to_publish
from autograder.model import ProblemResult, RuleError, Status, TestResult
from tests.ledger.conftest import START, Clock, graded, pair, record, work

AT = datetime(2026, 3, 2, tzinfo=UTC)
ROW = SubmissionRow(1, "calc", "hw", "team-00001", 1, "ann", ("ann", "ben"), "ab", 10, AT)


def problems(scores: dict[str, float | None], *, by_hand: tuple[str, ...] = ()) -> tuple[ProblemResult, ...]:
    """One problem per test of 5 points; None is undecided."""
    found = []
    for name, score in scores.items():
        status = Status.UNDECIDED if score is None else Status.OK if score == 5 else Status.WRONG
        test = TestResult(name, score or 0.0, 5.0, status, message=f"{name} is {status}")
        found.append(ProblemResult(f"p-{name}", name, score or 0.0, 5.0, status, (test,), name in by_hand))
    return tuple(found)


def grade(scores: dict[str, float | None], *, by_hand: tuple[str, ...] = (), engine: str = "e1") -> GradeRow:
    rows = problems(scores, by_hand=by_hand)
    return GradeRow("calc", "hw", "team-00001", "ab", 1, ("ann", "ben"), sum(p.score for p in rows), 5.0 * len(rows), Status.OK, rows,
                    "v1", engine, "tina", AT)


def change(before: dict[str, float | None] | None, after: dict[str, float | None], **more: tuple[str, ...]) -> Change:
    old = None if before is None else grade(before, **more)
    return compare(ROW, old, grade(after, **more), {}, counts=True)


# -------------------------------------------------------------------- the rules

@pytest.mark.parametrize(("before", "after", "goes", "better", "anyhow"), [
    ({"a": 0}, {"a": 5}, "up", True, True),
    ({"a": 5}, {"a": 0}, "down", False, True),
    ({"a": 5, "b": 0}, {"a": 0, "b": 5}, "same", True, True),
    (None, {"a": 5}, "new", True, True),
    ({"a": 0}, {"a": None}, "undecided", False, False),
    ({"a": None}, {"a": None}, "same", True, True),
    ({"a": None}, {"a": 5}, "up", True, True),
    ({"a": 5, "b": 0}, {"a": 5}, "up", True, True),         # a test was taken out: 5 of 10 become 5 of 5
    ({"a": 5}, {"a": 5, "b": 0}, "down", False, True),      # one came in
    ({"a": 5}, {"a": 5, "b": None}, "undecided", False, False),
])
def test_which_way_it_goes_and_whether_it_is_published(
        before: dict[str, float | None] | None, after: dict[str, float | None], goes: str, better: bool, anyhow: bool) -> None:
    one = change(before, after)
    assert direction(one) == goes
    assert (bool(to_publish([one], keep_better=True)), bool(to_publish([one], keep_better=False))) == (better, anyhow)


def test_a_written_answer_that_waits_for_its_marker_is_not_undecided() -> None:
    assert direction(change({"a": 0, "why": None}, {"a": 5, "why": None}, by_hand=("why",))) == "up"


def test_only_some_teams_can_be_published() -> None:
    one = change({"a": 0}, {"a": 5})
    other = replace(one, team="team-00002")
    assert to_publish([one, other], keep_better=False, only=["team-00002"]) == (other,)


def test_a_change_names_each_test_that_ended_otherwise() -> None:
    found = change({"a": 0, "b": 5, "old": 5, "same": 0}, {"a": 5, "b": 0, "same": 0, "new": 0})
    assert (found.before, found.after) == (Score(Fraction(10), Fraction(20)), Score(Fraction(5), Fraction(20)))
    assert [(t.problem, t.test, t.before, t.after, t.points, t.message) for t in found.tests] == [
        ("p-a", "a", "wrong", "ok", 5, "a is ok"), ("p-b", "b", "ok", "wrong", -5, "b is wrong"),
        ("p-new", "new", None, "wrong", 0, "new is wrong"), ("p-old", "old", "ok", None, -5, "old is ok")]


@given(before=st.dictionaries(st.sampled_from("abcd"), st.sampled_from([None, 0.0, 0.1, 5.0]), min_size=1),
       after=st.dictionaries(st.sampled_from("abcd"), st.sampled_from([None, 0.0, 0.1, 5.0]), min_size=1))
def test_the_tests_explain_the_points_and_keeping_the_better_never_lowers(
        before: dict[str, float | None], after: dict[str, float | None]) -> None:
    one = change(before, after)
    assert one.before is not None
    assert sum(t.points for t in one.tests) == one.after.points - one.before.points
    for kept in to_publish([one], keep_better=True):
        assert kept.after.share >= one.before.share and not kept.undecided
    if before == after:
        assert direction(one) == "same" and one.tests == ()


# -------------------------------------------------------------------- the chapter

Run = Callable[..., Regrade]


@pytest.fixture
def handed_in(course: Ledger) -> tuple[Receipt, Receipt]:
    """Ann and ben have 5 of 10, cat (alone) has 10 of 10, by tests of engine e1."""
    pair(course)
    course.permit("calc", "hw", "cat", "alone", actor="tina")
    first, second = course.submit("calc", "hw", "ann", work("1")), course.submit("calc", "hw", "cat", work("2"))
    record(course, first, {"a": 5, "b": 0})
    record(course, second, {"a": 5, "b": 5})
    return first, second


def regraded(book: Ledger, receipts: tuple[Receipt, Receipt], *, first: dict[str, float | None] | None = None,
             second: dict[str, float | None] | None = None) -> Regrade:
    """A run with engine e2 that raises ann and ben and lowers cat, unless said otherwise."""
    run = book.regrades.begin("calc", "hw", version="v2", engine="e2", actor="noa")
    for receipt, scores in zip(receipts, (first or {"a": 5, "b": 5}, second or {"a": 5, "b": 0}), strict=True):
        book.regrades.record(run, replace(graded(receipt, scores), engine="e2"), b"notebook", actor="noa")
    return run


def scores(book: Ledger) -> dict[str, float | None]:
    return {credit.username: credit.score for credit in book.credits("calc", "hw")}


def test_nothing_counts_before_it_is_published(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    before = course.grades("calc", "hw")
    run = regraded(course, handed_in)
    assert course.grades("calc", "hw") == before and scores(course) == {"ann": 5, "ben": 5, "cat": 10}
    shown = [(c.team, direction(c), c.after.points) for c in course.regrades.changes(run)]
    assert shown == [("team-00001", "up", 10), ("team-00002", "down", 5)]
    course.check_chain("calc")


def test_publishing_appends_exactly_what_was_shown_and_history_stays(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    run = regraded(course, handed_in)
    shown, lines = course.regrades.changes(run), len(course.audit("calc"))
    assert course.regrades.publish(run, reason="The bound was too tight.", actor="noa") == shown
    assert scores(course) == {"ann": 10, "ben": 10, "cat": 5}
    assert [line.action for line in course.audit("calc")[lines:]] == ["regrade end", "grade", "grade"]
    assert [line.data["row"]["score"] for line in course.audit("calc") if line.action == "grade"] == [5, 10, 10, 5]
    ended = course.regrades.newest("calc", "hw")
    assert ended.end is not None and (ended.end.published, ended.end.reason, ended.end.by) == (True, "The bound was too tight.", "noa")
    assert course.regrades.changes(ended) == shown          # it still tells what it changed
    course.check_chain("calc")


def test_the_better_grade_stays_when_the_instructor_says_so(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    run = regraded(course, handed_in)
    published = course.regrades.publish(run, keep_better=True, reason="A mistake of ours.", actor="noa")
    assert [c.team for c in published] == ["team-00001"] and scores(course) == {"ann": 10, "ben": 10, "cat": 10}
    assert course.regrades.decided("calc", "hw", "e2") == {("team-00001", handed_in[0]["sha256"]), ("team-00002", handed_in[1]["sha256"])}


def test_one_team_can_be_published_alone(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    run = regraded(course, handed_in)
    with pytest.raises(RuleError, match="nothing of team-00009"):
        course.regrades.publish(run, only=["team-00002", "team-00009"], reason="x", actor="noa")
    course.regrades.publish(run, only=["team-00002"], reason="x", actor="noa")
    assert scores(course) == {"ann": 5, "ben": 5, "cat": 5}


def test_discarding_changes_no_grade(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    before = course.grades("calc", "hw")
    run = regraded(course, handed_in)
    course.regrades.discard(run, reason="The correction was wrong.", actor="noa")
    assert course.grades("calc", "hw") == before
    with pytest.raises(RuleError, match="was discarded by noa"):
        course.regrades.publish(run, reason="x", actor="noa")
    with pytest.raises(RuleError, match="takes nothing more"):
        course.regrades.record(run, graded(handed_in[0], {"a": 0}), b"", actor="noa")
    assert regraded(course, handed_in).id != run.id
    course.check_chain("calc")


def test_what_is_said_twice_adds_nothing(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    run = regraded(course, handed_in)
    lines = len(course.audit("calc"))
    assert regraded(course, handed_in) == run and len(course.audit("calc")) == lines
    first = course.regrades.publish(run, keep_better=True, reason="x", actor="noa")
    lines = len(course.audit("calc"))
    assert course.regrades.publish(run, keep_better=True, reason="x", actor="noa") == first and len(course.audit("calc")) == lines
    with pytest.raises(RuleError, match="was published by noa"):
        course.regrades.publish(run, reason="x", actor="noa")
    with pytest.raises(RuleError, match="was published by noa"):
        course.regrades.discard(run, reason="x", actor="noa")


def test_an_assignment_has_one_open_regrade(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    regraded(course, handed_in)
    with pytest.raises(RuleError, match=r"another version of its tests \(e2\) is open") as refused:
        course.regrades.begin("calc", "hw", version="v3", engine="e3", actor="noa")
    assert refused.value.code == "open-regrade"


def test_a_regrade_without_a_reason_or_unfinished_is_not_published(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    run = course.regrades.begin("calc", "hw", version="v2", engine="e2", actor="noa")
    course.regrades.record(run, graded(handed_in[0], {"a": 5, "b": 5}), b"", actor="noa")
    with pytest.raises(RuleError, match="Say why"):
        course.regrades.publish(run, reason=" ", actor="noa")
    with pytest.raises(RuleError, match="not graded again yet: team-00002") as refused:
        course.regrades.publish(run, reason="x", actor="noa")
    assert refused.value.code == "unfinished" and scores(course)["ann"] == 5
    course.regrades.publish(run, only=["team-00001"], reason="x", actor="noa")
    assert scores(course)["ann"] == 10


def test_marks_and_adjustments_hold_on(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    course.mark("calc", "hw", handed_in[0]["team"], "b", 2, actor="tina")
    course.adjust("calc", "hw", "ben", 1, "regrade", actor="tina")
    run = regraded(course, handed_in, first={"a": 0, "b": 5})
    one = course.regrades.changes(run)[0]
    assert (one.before, one.after) == (Score(Fraction(7), Fraction(10)), Score(Fraction(2), Fraction(10)))
    assert [test.test for test in one.tests] == ["a"] and [line.points for line in one.adjustments] == [1]
    course.regrades.publish(run, reason="x", actor="noa")
    assert scores(course) == {"ann": 2, "ben": 3, "cat": 5}


def test_what_is_no_longer_decided_keeps_its_grade_and_can_be_tried_again(
        course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    run = regraded(course, handed_in, first={"a": 5, "b": None})
    assert [direction(c) for c in course.regrades.changes(run)] == ["undecided", "down"]
    assert course.regrades.decided("calc", "hw", "e2") == {("team-00002", handed_in[1]["sha256"])}
    again = regraded(course, handed_in)
    assert again == run and [direction(c) for c in course.regrades.changes(run)] == ["up", "down"]


def test_undecided_work_is_left_out_of_what_is_published(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    run = regraded(course, handed_in, first={"a": 5, "b": None})
    course.regrades.publish(run, reason="x", actor="noa")
    assert scores(course) == {"ann": 5, "ben": 5, "cat": 5}


def test_a_regrade_knows_what_counts_and_what_was_never_graded(course: Ledger, handed_in: tuple[Receipt, Receipt], clock: Clock) -> None:
    later = course.submit("calc", "hw", "ann", work("3"))
    run = regraded(course, (later, handed_in[1]))
    course.regrades.record(run, replace(graded(handed_in[0], {"a": 5, "b": 5}), engine="e2"), b"", actor="noa")
    assert [(c.number, c.counts, direction(c)) for c in course.regrades.changes(run) if c.team == "team-00001"] == [
        (1, False, "up"), (2, True, "new")]
    course.regrades.publish(run, reason="x", actor="noa")
    assert clock.now == START and scores(course)["ann"] == 10


def test_the_notebook_of_a_result_is_kept(course: Ledger, handed_in: tuple[Receipt, Receipt]) -> None:
    run = regraded(course, handed_in)
    assert course.regrades.notebook(run, (handed_in[0]["team"], handed_in[0]["sha256"])) == b"notebook"


def test_an_assignment_that_was_never_graded_again_says_how_to_begin(course: Ledger) -> None:
    with pytest.raises(RuleError, match="autograder regrade hw"):
        course.regrades.newest("calc", "hw")
