"""What counts for whom: due times, lateness, moves, marks, adjustments, feedback."""
from __future__ import annotations

import dataclasses
from datetime import timedelta
from decimal import Decimal

import pytest

from autograder.ledger import Ledger, Receipt
from autograder.model import MachineryError, RuleError, Status
from tests.ledger.conftest import DAY, START, Clock, graded, pair, publish, record, work

DUE = START + 3 * DAY
HOUR = timedelta(hours=1)


def hand_in(book: Ledger, clock: Clock, by: str, source: str, at: timedelta = timedelta()) -> Receipt:
    """Submit `at` after the due time."""
    clock.now = DUE + at
    return book.submit("calc", "hw", by, work(source))


@pytest.mark.parametrize(("hours", "counts"), [
    ((-3, -2, -1), 3), ((-3, -2, 1), 2), ((-3, 0, 1), 2), ((1, 2, 3), 3), ((-3, 1, 2), 1),
], ids=["newest in time", "late one does not replace", "due time itself is in time", "newest late", "first in time"])
def test_the_newest_in_time_counts_else_the_newest_late_one(
        course: Ledger, clock: Clock, hours: tuple[int, ...], counts: int) -> None:
    pair(course)
    for hour in hours:
        hand_in(course, clock, "ann", str(hour), hour * HOUR)
    assert [row.number for row in course.effective("calc", "hw")] == [counts]


def test_an_extension_of_one_member_holds_for_the_team_but_lateness_is_each_ones_own(
        course: Ledger, clock: Clock) -> None:
    pair(course)
    course.extend("calc", "hw", "ann", until=DUE + DAY, reason="ill", actor="tina")
    hand_in(course, clock, "ben", "early", -HOUR)
    hand_in(course, clock, "ben", "later", 5 * HOUR)
    row, = course.effective("calc", "hw")
    ann, ben = (course.grade_for("calc", "hw", name) for name in ("ann", "ben"))
    assert row.number == 2
    assert ann is not None and (ann.late_by, ann.due) == (timedelta(), DUE + DAY)
    assert ben is not None and (ben.late_by, ben.due) == (5 * HOUR, DUE)



def test_without_a_due_time_nothing_is_late(course: Ledger, clock: Clock) -> None:
    publish(course, "open", due=None)
    pair(course, slug="open")
    course.submit("calc", "open", "ann", {"open.ipynb": work()["hw.ipynb"]})
    credit = course.grade_for("calc", "open", "ben")
    assert credit is not None and (credit.due, credit.late_by) == (None, timedelta())


def test_both_members_get_the_teams_grade_and_nobody_else(course: Ledger, clock: Clock) -> None:
    pair(course)
    record(course, hand_in(course, clock, "ann", "1", -HOUR), {"a": 5, "b": 2.5})
    scores = {name: credit and credit.score for name in ("ann", "ben", "cat")
              for credit in (course.grade_for("calc", "hw", name),)}
    assert scores == {"ann": 7.5, "ben": 7.5, "cat": None}
    assert [c.username for c in course.credits("calc", "hw")] == ["ann", "ben"]


def test_after_a_move_the_newest_snapshot_decides(course: Ledger, clock: Clock) -> None:
    pair(course)
    record(course, hand_in(course, clock, "ann", "old", -9 * HOUR), {"a": 5})
    course.assign_team("calc", "hw", ["ann", "cat"], actor="tina", reason="quarrel")

    def scores() -> dict[str, float | None]:
        return {c.username: c.score for c in course.credits("calc", "hw")}

    assert scores() == {"ann": 5, "ben": 5}                     # what was handed in stays credited to both
    record(course, hand_in(course, clock, "cat", "new", -HOUR), {"a": 3})
    assert scores() == {"ann": 3, "ben": 5, "cat": 3}
    assert [(row.team, row.members) for row in course.effective("calc", "hw")] == [
        ("team-00001", ("ann", "ben")), ("team-00003", ("ann", "cat"))]
    record(course, hand_in(course, clock, "ben", "alone", -HOUR), {"a": 1})
    assert scores() == {"ann": 3, "ben": 1, "cat": 3}
    assert [row.team for row in course.effective("calc", "hw")] == ["team-00002", "team-00003"]


def test_an_ungraded_submission_has_no_score(course: Ledger, clock: Clock) -> None:
    pair(course)
    hand_in(course, clock, "ann", "1")
    credit = course.grade_for("calc", "hw", "ann")
    assert credit is not None
    assert (credit.score, credit.grade, credit.problems) == (None, None, ())


def test_grades_are_added_never_replaced_and_repeating_adds_nothing(course: Ledger, clock: Clock) -> None:
    pair(course)
    receipt = hand_in(course, clock, "ann", "1")
    record(course, receipt, {"a": 2})
    record(course, receipt, {"a": 2}, seconds=9.0)              # only the duration differs
    record(course, receipt, {"a": 5})
    record(course, receipt, {"a": 2})
    assert [line.data["row"]["score"] for line in course.audit("calc") if line.action == "grade"] == [2, 5, 2]
    newest, = course.grades("calc", "hw")
    assert (newest.score, newest.max_score, newest.problems[0].tests[0].message) == (2, 5, "Looked at.")


def test_a_new_version_of_the_assignment_or_the_engine_is_a_new_grade(course: Ledger, clock: Clock) -> None:
    pair(course)
    result = graded(hand_in(course, clock, "ann", "1"), {"a": 2})
    for version, engine in (("v1", "e1"), ("v2", "e1"), ("v2", "e2"), ("v2", "e2")):
        course.record("calc", result, assignment_version=version, engine=engine, actor="tina")
    assert [line.action for line in course.audit("calc")].count("grade") == 3


def test_a_grade_belongs_to_work_that_was_handed_in(course: Ledger, clock: Clock) -> None:
    pair(course)
    result = graded(hand_in(course, clock, "ann", "1"), {"a": 2})
    for wrong in (dataclasses.replace(result, sha256="0" * 64), dataclasses.replace(result, submission="team-00099")):
        with pytest.raises(RuleError, match="never submitted the work") as refused:
            course.record("calc", wrong, assignment_version="v1", engine="e1", actor="tina")
        assert refused.value.code == "unknown-submission"
    with pytest.raises(RuleError, match="'ann' is not a team"):
        course.record("calc", dataclasses.replace(result, submission="ann"), assignment_version="v1", engine="e1",
                      actor="tina")


def test_what_is_no_number_is_no_score(course: Ledger, clock: Clock) -> None:
    pair(course)
    result = dataclasses.replace(graded(hand_in(course, clock, "ann", "1"), {"a": 2}), score=float("nan"))
    with pytest.raises(MachineryError, match="which is no score"):
        course.record("calc", result, assignment_version="v1", engine="e1", actor="tina")


def test_a_mark_decides_what_was_undecided(course: Ledger, clock: Clock) -> None:
    pair(course)
    receipt = hand_in(course, clock, "ann", "1")
    record(course, receipt, {"a": 5, "why": None})
    before = course.grade_for("calc", "hw", "ann")
    assert before is not None and (before.score, before.awaiting) == (5, ("why",))
    course.mark("calc", "hw", receipt["team"], "why", 3.5, "Half of it.", actor="tina")
    after = course.grade_for("calc", "hw", "ben")
    assert after is not None and (after.score, after.awaiting) == (8.5, ())
    assert [p.status for p in after.problems] == [Status.OK, Status.WRONG]
    assert after.marks["why"].comment == "Half of it."
    assert course.grades("calc", "hw")[0].awaiting == ("why",)  # the automatic grade itself is untouched


def test_the_newest_mark_counts_a_comment_alone_gives_no_points(course: Ledger, clock: Clock) -> None:
    pair(course)
    receipt = hand_in(course, clock, "ann", "1")
    record(course, receipt, {"why": None})

    def score(points: float | None) -> tuple[float | None, tuple[str, ...]]:
        course.mark("calc", "hw", receipt["team"], "why", points, "Look again.", actor="tina")
        credit = course.grade_for("calc", "hw", "ann")
        assert credit is not None
        return credit.score, credit.awaiting

    assert [score(p) for p in (None, 4, 4, 5, None)] == [
        (0, ("why",)), (4, ()), (4, ()), (5, ()), (0, ("why",))]
    assert len(course.marks("calc", "hw")) == 4


def test_a_mark_outlives_a_new_grade_of_the_same_work(course: Ledger, clock: Clock) -> None:
    pair(course)
    receipt = hand_in(course, clock, "ann", "1")
    record(course, receipt, {"a": None, "why": None})
    course.mark("calc", "hw", receipt["team"], "a", 2, actor="tina")
    record(course, receipt, {"a": 5, "why": None})
    credit = course.grade_for("calc", "hw", "ann")
    assert credit is not None and credit.score == 2             # a person's decision stands


@pytest.mark.parametrize(("change", "holds"), [
    ({"source": "2"}, {"why"}), ({"answer": "because!"}, set()), ({"report": b"%PDF 2"}, set()), ({}, {"a", "why"}),
], ids=["other code", "other answer", "other report", "the same"])
def test_marks_survive_a_resubmission_for_byte_equal_answers_only(
        course: Ledger, clock: Clock, change: dict[str, str | bytes], holds: set[str]) -> None:
    pair(course)

    def submit(source: str = "1", answer: str = "because", report: bytes = b"%PDF") -> Receipt:
        return course.submit("calc", "hw", "ann", {**work(source, answer=answer), "report.pdf": report})

    first = submit()
    course.mark("calc", "hw", first["team"], "a", 2, actor="tina")
    course.mark("calc", "hw", first["team"], "why", 3, actor="tina")
    submit(**change)  # type: ignore[arg-type]
    credit = course.grade_for("calc", "hw", "ann")
    assert credit is not None and set(credit.marks) == holds
    assert set(course.marks_for(course.effective("calc", "hw")[0])) == holds


def test_a_mark_may_name_the_work_that_was_looked_at(course: Ledger, clock: Clock) -> None:
    pair(course)
    first, second = (hand_in(course, clock, "ann", source) for source in ("1", "2"))
    course.mark("calc", "hw", first["team"], "a", 2, actor="formgrader", sha256=first["sha256"])
    rows = course.submissions("calc", "hw")
    assert (set(course.marks_for(rows[0])), set(course.marks_for(rows[1]))) == ({"a"}, set())
    course.mark("calc", "hw", first["team"], "a", 1, actor="formgrader")
    assert course.marks("calc", "hw")[-1].sha256 == second["sha256"]


@pytest.mark.parametrize("points", [-1.0, float("nan"), float("inf")])
def test_points_of_a_mark_are_a_number(course: Ledger, clock: Clock, points: float) -> None:
    pair(course)
    hand_in(course, clock, "ann", "1")
    with pytest.raises(RuleError, match="is not a number of points"):
        course.mark("calc", "hw", "team-00001", "a", points, actor="tina")


def test_there_is_nothing_to_mark_before_a_submission(course: Ledger) -> None:
    pair(course)
    with pytest.raises(RuleError, match="team-00001 has not handed in hw"):
        course.mark("calc", "hw", "team-00001", "a", 1, actor="tina")


def test_an_adjustment_is_for_one_student_and_counts_once(course: Ledger, clock: Clock) -> None:
    pair(course)
    record(course, hand_in(course, clock, "ann", "1"), {"a": 3})
    for points, reason in ((1.5, "regrade"), (1.5, "regrade"), (-0.5, "copied figure")):
        course.adjust("calc", "hw", "ann", points, reason, actor="tina")
    assert {c.username: c.score for c in course.credits("calc", "hw")} == {"ann": 4.0, "ben": 3.0}
    assert [a.reason for a in course.adjustments("calc", "hw")] == ["regrade", "copied figure"]
    with pytest.raises(RuleError, match="needs a reason"):
        course.adjust("calc", "hw", "ann", 1, " ", actor="tina")
    with pytest.raises(RuleError, match="not a number of points"):
        course.adjust("calc", "hw", "ann", float("nan"), "x", actor="tina")


def test_the_newest_external_mark_counts(course: Ledger) -> None:
    for mark in (Decimal("61.50"), Decimal("61.50"), "absent"):
        course.external_mark("calc", "exam", "ann", mark, actor="tina", source="exam.csv")
    course.external_mark("calc", "exam", "ben", Decimal("61.50"), actor="tina", source="exam.csv")
    assert [(m.item, m.username, m.mark) for m in course.external_marks("calc")] == [
        ("exam", "ann", "absent"), ("exam", "ben", "61.50")]
    assert [line.action for line in course.audit("calc")].count("external mark") == 3
    with pytest.raises(RuleError, match="no student 'zoe'"):
        course.external_mark("calc", "exam", "zoe", "1", actor="tina", source="exam.csv")


def test_feedback_reaches_the_members_of_the_snapshot(course: Ledger, clock: Clock) -> None:
    pair(course)
    receipt = hand_in(course, clock, "ann", "1")
    assert course.feedback("calc", "hw", "ann") is None
    assert course.feedback_released("calc", "hw") is None
    course.release_feedback("calc", "hw", {receipt["team"]: b"<p>Well done."}, actor="tina")
    released = clock.now
    clock.now += HOUR
    course.release_feedback("calc", "hw", {receipt["team"]: b"<p>Well done."}, actor="tina")
    assert [course.feedback("calc", "hw", name) for name in ("ann", "ben", "cat")] == [b"<p>Well done."] * 2 + [None]
    assert course.feedback_released("calc", "hw") == released
    course.release_feedback("calc", "hw", {receipt["team"]: b"<p>Better."}, actor="tina")
    assert course.feedback("calc", "hw", "ben") == b"<p>Better."


def test_after_a_move_the_old_page_is_shown_until_there_is_a_new_one(course: Ledger, clock: Clock) -> None:
    pair(course)
    old = hand_in(course, clock, "ann", "1")
    course.release_feedback("calc", "hw", {old["team"]: b"old"}, actor="tina")
    course.assign_team("calc", "hw", ["ann", "cat"], actor="tina", reason="quarrel")
    new = hand_in(course, clock, "cat", "2")
    assert [course.feedback("calc", "hw", name) for name in ("ann", "ben", "cat")] == [b"old", b"old", None]
    course.release_feedback("calc", "hw", {new["team"]: b"new"}, actor="tina")
    assert [course.feedback("calc", "hw", name) for name in ("ann", "ben", "cat")] == [b"new", b"old", b"new"]


def test_feedback_for_a_team_that_handed_in_nothing_is_refused_whole(course: Ledger, clock: Clock) -> None:
    pair(course)
    receipt = hand_in(course, clock, "ann", "1")
    with pytest.raises(RuleError, match=r"have not handed in hw: team-00042\. Nothing was released"):
        course.release_feedback("calc", "hw", {receipt["team"]: b"a", "team-00042": b"b"}, actor="tina")
    assert course.feedback("calc", "hw", "ann") is None
