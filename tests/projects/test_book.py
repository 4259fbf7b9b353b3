"""A project in the book: teams, hand-ins and receipts, decisions, notes, marks per member, and a team that staff divide."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

import pytest

from autograder.ledger import Ledger
from autograder.model import RuleError, SubmissionError
from autograder.projects import Did, Project
from tests.ledger.conftest import Clock
from tests.projects.conftest import DAY, START

PROPOSAL = {"proposal.pdf": b"%PDF a question"}
FINAL = {"run.py": b"print()", "README.md": b"how"}
PAIR, OTHERS = "team-00001", "team-00002"


@pytest.fixture
def approved(book: Ledger, project: Project) -> Ledger:
    """Ann and Ben's proposal is approved."""
    book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)
    book.projects.decide("calc", project, "proposal", PAIR, True, actor="tina")
    return book


@pytest.fixture
def final(approved: Ledger, project: Project, clock: Clock) -> Ledger:
    """They handed in the final in time, and it is marked."""
    clock.now = START + 39 * DAY
    approved.projects.hand_in("calc", project, "final", "ben", FINAL)
    (line,) = [one for one in approved.projects.lines("calc", "project") if one.stage == "final"]
    clock.now = START + 41 * DAY
    approved.projects.checked("calc", project, line, Fraction(12), "[]", actor="autograder")
    approved.projects.mark("calc", project, PAIR, "method", Fraction(50), "clear", actor="tina")
    approved.projects.mark("calc", project, PAIR, "talk", Fraction(20), member="ann", actor="tina")
    approved.projects.mark("calc", project, PAIR, "talk", Fraction(10), member="ben", actor="tina")
    return approved


def did(book: Ledger, *people: str) -> list[str]:
    return [str(line.did) for line in book.projects.lines("calc", "project", people or None)]


# ── teams and files ───────────────────────────────────────────────────────────────────────────────────────────────────
def test_a_project_is_no_assignment_but_its_teams_are_teams(book: Ledger, project: Project) -> None:
    assert book.published("calc") == ()
    assert [team.members for team in book.teams("calc", "project")] == [("ann", "ben"), ("cat", "dan")]
    with pytest.raises(RuleError, match="hand in for one of its stages"):
        book.submit("calc", "project", "ann", {"project.ipynb": b'{"nbformat": 4, "cells": []}'})


def test_the_first_hand_in_freezes_the_team_for_all_stages(book: Ledger, project: Project) -> None:
    book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)
    with pytest.raises(RuleError, match="already submitted"):
        book.leave("calc", "project", "ben")
    book.leave("calc", "project", "cat")


def test_a_hand_in_is_answered_with_a_receipt_that_names_its_stage(book: Ledger, project: Project) -> None:
    receipt = book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)
    assert (receipt["slug"], receipt["number"], receipt["members"]) == ("project/proposal", 1, ["ann", "ben"])
    assert book.verify_receipt(receipt)
    assert not book.verify_receipt({**receipt, "slug": "project/final"})
    (line,) = book.projects.lines("calc", "project")
    assert book.projects.files(line) == PROPOSAL


def test_the_same_files_again_are_the_same_hand_in(book: Ledger, project: Project) -> None:
    first = book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)
    assert book.projects.hand_in("calc", project, "proposal", "ben", PROPOSAL) == first
    assert book.projects.hand_in("calc", project, "proposal", "ben", {"proposal.pdf": b"%PDF 2"})["number"] == 2


def test_what_was_returned_can_be_handed_in_again_unchanged(book: Ledger, project: Project) -> None:
    book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)
    book.projects.decide("calc", project, "proposal", PAIR, False, "too large", actor="tina")
    assert book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)["number"] == 2


@pytest.mark.parametrize(("files", "said"), [
    ({}, "There are no files. Hand in proposal.pdf"),
    ({"other.pdf": b"x"}, "other.pdf: This file is not asked for"),
    ({"../proposal.pdf": b"x"}, "must be a path inside"),
    ({"proposal.pdf": b"x" * 20_000_001}, "20.0 MB"),
], ids=["none", "another", "outside", "too large"])
def test_files_that_were_not_asked_for_are_refused(book: Ledger, project: Project, files: dict[str, bytes], said: str) -> None:
    with pytest.raises(SubmissionError, match=said):
        book.projects.hand_in("calc", project, "proposal", "ann", files)
    assert did(book) == []


def test_somebody_without_a_team_is_told_so(book: Ledger, project: Project) -> None:
    book.leave("calc", "project", "cat")
    with pytest.raises(RuleError, match="Invite a partner"):
        book.projects.hand_in("calc", project, "proposal", "cat", PROPOSAL)
    book.permit("calc", "project", "cat", "alone", actor="tina")
    assert book.projects.hand_in("calc", project, "proposal", "cat", PROPOSAL)["members"] == ["cat"]


def test_staff_may_hand_in_for_a_student_and_the_book_says_who_did(book: Ledger, project: Project) -> None:
    receipt = book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL, actor="tina")
    assert (receipt["by"], receipt["members"]) == ("tina", ["ann", "ben"])
    assert book.audit("calc")[-1].actor == "tina"


# ── stages ────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_final_waits_for_the_approval(book: Ledger, project: Project) -> None:
    book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)
    with pytest.raises(RuleError, match="once Proposal is approved"):
        book.projects.hand_in("calc", project, "final", "ann", FINAL)
    book.projects.decide("calc", project, "proposal", PAIR, True, "go on", actor="tina")
    assert book.projects.hand_in("calc", project, "final", "ann", FINAL)["number"] == 2


def test_nobody_decides_upon_files_that_came_while_he_read(book: Ledger, project: Project) -> None:
    book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)
    book.projects.hand_in("calc", project, "proposal", "ann", {"proposal.pdf": b"%PDF 2"})
    with pytest.raises(RuleError, match="number 2 meanwhile"):
        book.projects.decide("calc", project, "proposal", PAIR, True, seen=1, actor="tina")
    book.projects.decide("calc", project, "proposal", PAIR, True, seen=2, actor="tina")


def test_returning_needs_words(book: Ledger, project: Project) -> None:
    book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)
    with pytest.raises(RuleError, match="Say something"):
        book.projects.decide("calc", project, "proposal", PAIR, False, " ", actor="tina")


def test_what_is_said_twice_is_one_line(approved: Ledger, project: Project, clock: Clock) -> None:
    book = approved.projects
    for _ in range(2):
        book.decide("calc", project, "proposal", PAIR, True, actor="tina")
        note = book.note("calc", project, "meeting", PAIR, "we agreed", when=START, actor="ann")
        book.acknowledge("calc", project, note.id, actor="tina")
        book.schedule("calc", project, "talk", PAIR, when=START + DAY, place="room 3", actor="tina")
    clock.now += 2 * DAY
    for _ in range(2):
        book.outcome("calc", project, "talk", PAIR, True, actor="tina")
        book.mark("calc", project, PAIR, "method", Fraction(1, 3), actor="tina")
        book.release("calc", project, PAIR, actor="tina")
    assert did(approved) == ["handed in", "approved", "noted", "acknowledged", "scheduled", "held", "marked", "released"]
    approved.check_chain("calc")


def test_a_note_is_acknowledged_by_the_other_side_only(approved: Ledger, project: Project) -> None:
    note = approved.projects.note("calc", project, "meeting", PAIR, "we agreed", when=START, actor="ann")
    for who in ("ann", "ben", "cat"):
        with pytest.raises(RuleError):
            approved.projects.acknowledge("calc", project, note.id, actor=who)
    approved.projects.acknowledge("calc", project, note.id, actor="tina")
    with pytest.raises(RuleError, match="no note 99"):
        approved.projects.acknowledge("calc", project, 99, actor="tina")


def test_a_stranger_among_the_students_writes_no_note(approved: Ledger, project: Project) -> None:
    with pytest.raises(RuleError, match="Only the members"):
        approved.projects.note("calc", project, "meeting", PAIR, "hello", when=START, actor="cat")


def test_a_meeting_of_tomorrow_has_no_note_today(approved: Ledger, project: Project) -> None:
    with pytest.raises(RuleError, match="has not taken place"):
        approved.projects.note("calc", project, "meeting", PAIR, "hello", when=START + DAY, actor="ann")


def test_a_withdrawn_proposal_is_as_if_not_handed_in(book: Ledger, project: Project) -> None:
    book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)
    book.projects.withdraw("calc", project, "proposal", "ben")
    with pytest.raises(RuleError, match="nothing to decide"):
        book.projects.decide("calc", project, "proposal", PAIR, True, actor="tina")
    assert book.projects.hand_in("calc", project, "proposal", "ann", PROPOSAL)["number"] == 2


# ── marks ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_marks_are_per_line_and_member(final: Ledger, project: Project, clock: Clock) -> None:
    found = final.projects.marks("calc", project, clock.now)
    assert {name: mark.percent for name, mark in found.items()} == {"ann": 82, "ben": 72, "cat": 0, "dan": 0}


def test_students_learn_their_marks_by_the_release(final: Ledger, project: Project, clock: Clock) -> None:
    def known() -> Fraction | None:
        return final.projects.marks("calc", project, clock.now, student="ann", only_shown=True)["ann"].percent
    assert known() is None
    final.projects.release("calc", project, PAIR, actor="tina")
    assert known() == 82
    final.projects.mark("calc", project, PAIR, "method", Fraction(60), actor="tina")
    assert known() == 82
    final.projects.release("calc", project, PAIR, actor="tina")
    assert known() == 92


def test_a_mark_can_be_taken_back(final: Ledger, project: Project, clock: Clock) -> None:
    final.projects.mark("calc", project, PAIR, "method", None, actor="tina")
    assert final.projects.marks("calc", project, clock.now)["ann"].to_come


@pytest.mark.parametrize(("rubric", "points", "member", "said"), [
    ("method", 61, None, "0 to 60 points"), ("nothing", 1, None, "has no line nothing"), ("talk", 1, None, "say for whom"),
    ("method", 1, "cat", "is not in team-00001"),
])
def test_marks_that_cannot_be_are_refused(final: Ledger, project: Project, rubric: str, points: int, member: str | None,
                                          said: str) -> None:
    with pytest.raises(RuleError, match=said):
        final.projects.mark("calc", project, PAIR, rubric, Fraction(points), member=member, actor="tina")


def test_a_day_can_be_computed_again_later(final: Ledger, project: Project, clock: Clock) -> None:
    then = clock.now
    before = final.projects.marks("calc", project, then)
    clock.now += 5 * DAY
    final.projects.mark("calc", project, PAIR, "method", Fraction(1), actor="tina")
    final.extend("calc", "project", "ben", until=clock.now, reason="ill", actor="tina")
    final.reschedule("calc", "project", due=START + 20 * DAY, actor="tina", reason="earlier")
    assert final.projects.marks("calc", project, then, then=True) == before
    assert final.projects.marks("calc", project, clock.now) != before


def test_moving_the_due_time_moves_the_final(approved: Ledger, project: Project, clock: Clock) -> None:
    clock.now = START + 49 * DAY
    with pytest.raises(RuleError, match="closed"):
        approved.projects.hand_in("calc", project, "final", "ann", FINAL)
    approved.reschedule("calc", "project", due=START + 50 * DAY, actor="tina", reason="strike")
    approved.projects.hand_in("calc", project, "final", "ann", FINAL)


# ── a partner who drops out ───────────────────────────────────────────────────────────────────────────────────────────
def test_who_goes_on_alone_goes_on_from_where_the_team_was(approved: Ledger, project: Project, clock: Clock) -> None:
    alone = approved.assign_team("calc", "project", ["ann"], actor="tina", reason="ben left")
    assert [team.members for team in approved.teams("calc", "project")] == [("cat", "dan"), ("ben",), ("ann",)]
    receipt = approved.projects.hand_in("calc", project, "final", "ann", FINAL)
    assert receipt["members"] == ["ann"]
    assert did(approved, "ann") == ["handed in", "approved", "handed in"]
    assert did(approved, "ben") == ["handed in", "approved"]
    clock.now = START + 41 * DAY
    approved.projects.mark("calc", project, alone.id, "method", Fraction(50), actor="tina")
    found = approved.projects.marks("calc", project, clock.now)
    assert found["ann"].to_come and found["ben"].percent == 0


def test_marks_from_before_a_team_was_divided_stay_with_both(final: Ledger, project: Project, clock: Clock) -> None:
    before = final.projects.marks("calc", project, clock.now)
    alone = final.assign_team("calc", "project", ["ann"], actor="tina")
    assert final.projects.marks("calc", project, clock.now) == before
    final.projects.mark("calc", project, alone.id, "method", Fraction(0), actor="tina")
    assert final.projects.marks("calc", project, clock.now)["ben"] == before["ben"]
    with pytest.raises(RuleError, match="staff may have divided it"):
        final.projects.mark("calc", project, PAIR, "method", Fraction(0), actor="tina")


def test_publishing_again_adds_a_line_only_for_what_changed(book: Ledger, project: Project) -> None:
    lines = len(book.audit("calc"))
    book.projects.publish("calc", project, archive=b"zip", actor="tina")
    assert len(book.audit("calc")) == lines
    book.projects.publish("calc", replace(project, title="Another"), archive=b"zip", actor="tina")
    assert [line.action for line in book.audit("calc")[lines:]] == ["project", "publication"]


def test_the_other_team_sees_and_changes_nothing(final: Ledger, project: Project) -> None:
    assert did(final, "cat") == []
    assert all(line.team == PAIR for line in final.projects.lines("calc", "project") if line.did is Did.MARKED)


def test_a_project_is_adjusted_by_its_rubric_alone(final: Ledger) -> None:
    with pytest.raises(RuleError, match="by its rubric"):
        final.adjust("calc", "project", "ann", 5, "kind", actor="tina")
