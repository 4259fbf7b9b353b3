"""Teams in the book: what students see, what is kept, and laws that hold after any sequence of actions."""
from __future__ import annotations

import contextlib
import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, precondition, rule

from autograder.ledger import Ledger
from autograder.model import Role, RuleError, TeamRule
from tests.ledger.conftest import DAY, KEY, START, Clock, pair, publish, work


def test_each_sees_his_invitations_until_one_is_accepted(course: Ledger) -> None:
    course.invite("calc", "hw", "ann", "ben")
    course.invite("calc", "hw", "cat", "ben")
    assert [i.frm for i in course.pairing("calc", "hw", "ben").invitations_in] == ["ann", "cat"]
    assert [i.to for i in course.pairing("calc", "hw", "ann").invitations_out] == ["ben"]
    course.accept("calc", "hw", "ben", "ann")
    ben = course.pairing("calc", "hw", "ben")
    assert ben.team is not None
    assert (ben.team.id, ben.team.members) == ("team-00001", ("ann", "ben"))
    assert (ben.invitations_in, ben.may_submit) == ((), True)
    cat = course.pairing("calc", "hw", "cat")
    assert (cat.team, cat.invitations_out, cat.may_submit) == (None, (), False)
    assert "Invite a partner" in str(cat.why_not)


def test_after_the_lock_date_students_can_change_nothing(course: Ledger, clock: Clock) -> None:
    pair(course)
    clock.now = START + 2 * DAY
    assert course.pairing("calc", "hw", "ann").locked
    for action in (lambda: course.leave("calc", "hw", "ann"), lambda: course.invite("calc", "hw", "cat", "dan")):
        with pytest.raises(RuleError, match="Ask the course staff") as refused:
            action()
        assert refused.value.code == "locked"
    assert course.assign_team("calc", "hw", ["cat", "dan"], actor="tina", reason="found no partner").id == "team-00002"


def test_partners_may_change_from_one_assignment_to_the_next(course: Ledger) -> None:
    publish(course, "next")
    pair(course, "ann", "ben")
    pair(course, "ann", "cat", slug="next")
    assert [t.members for t in course.teams("calc", "hw")] == [("ann", "ben")]
    assert [t.members for t in course.teams("calc", "next")] == [("ann", "cat")]


def test_a_team_name_is_never_used_again(course: Ledger) -> None:
    pair(course)
    course.leave("calc", "hw", "ben")
    assert course.teams("calc", "hw") == ()
    pair(course)
    assert [t.id for t in course.teams("calc", "hw")] == ["team-00002"]


def test_history_is_kept(course: Ledger) -> None:
    pair(course)
    course.leave("calc", "hw", "ben")
    course.assign_team("calc", "hw", ["ann", "cat"], actor="tina", reason="asked by mail")
    said = [(line.actor, line.action, line.data.get("members")) for line in course.audit("calc")][-5:]
    assert said == [("ann", "invite", None), ("ben", "invitation accepted", None),
                    ("ben", "team formed", ["ann", "ben"]), ("ben", "team dissolved", None),
                    ("tina", "team formed", ["ann", "cat"])]
    assert course.audit("calc")[-1].data["reason"] == "asked by mail"


def test_staff_move_one_out_of_a_team_that_submitted(course: Ledger) -> None:
    pair(course)
    course.submit("calc", "hw", "ann", work("1"))
    moved = course.assign_team("calc", "hw", ["ann", "cat"], actor="tina", reason="quarrel")
    assert [(t.id, t.members, t.frozen) for t in course.teams("calc", "hw")] == [
        ("team-00002", ("ben",), False), (moved.id, ("ann", "cat"), False)]
    assert course.pairing("calc", "hw", "ben").may_submit
    assert course.submit("calc", "hw", "ben", work("1"))["number"] == 1


def test_a_third_by_permit(course: Ledger) -> None:
    pair(course)
    with pytest.raises(RuleError, match="The course staff can permit one more"):
        course.invite("calc", "hw", "ann", "cat")
    course.permit("calc", "hw", "cat", "three", actor="tina")
    course.permit("calc", "hw", "cat", "three", actor="tina")
    pair(course, "ann", "cat")
    assert course.teams("calc", "hw")[0].members == ("ann", "ben", "cat")
    assert [line.action for line in course.audit("calc")].count("permit") == 1


def test_a_permit_is_for_a_student_and_of_a_known_kind(course: Ledger) -> None:
    with pytest.raises(RuleError, match="no student 'tina'"):
        course.permit("calc", "hw", "tina", "alone", actor="tina")
    with pytest.raises(RuleError, match="there are alone and three"):
        course.permit("calc", "hw", "ann", "four", actor="tina")  # type: ignore[arg-type]


def test_who_looks_for_a_partner_is_listed_until_he_has_one(course: Ledger) -> None:
    course.pairs.look("calc", "hw", "ann", "free in the evening")
    course.pairs.look("calc", "hw", "ann", "free in the evening")
    course.pairs.look("calc", "hw", "cat", "")
    assert [(one.username, one.note) for one in course.pairs.seen_looking("calc", "hw", "ben")] == [
        ("ann", "free in the evening"), ("cat", "")]
    assert [one.username for one in course.pairs.seen_looking("calc", "hw", "ann")] == ["cat"]
    assert course.pairs.seen_looking("calc", "hw", "tina") == ()
    pair(course)
    assert [one.username for one in course.pairs.looking("calc", "hw")] == ["cat"]
    assert course.pairs.seen_looking("calc", "hw", "ann") == ()
    course.pairs.stop_looking("calc", "hw", "cat")
    course.pairs.stop_looking("calc", "hw", "cat")
    assert course.pairs.looking("calc", "hw") == ()
    assert [line.action for line in course.audit("calc") if "look" in line.action or "search" in line.action] == [
        "looks for a partner", "looks for a partner", "search found", "search withdrawn"]


def test_not_twice_with_the_same_partner(course: Ledger, clock: Clock) -> None:
    publish(course, "next", due=START + 10 * DAY, team=TeamRule(again="no"))
    pair(course)
    pair(course, "ann", "ben", slug="next")
    course.leave("calc", "next", "ann")                 # nothing was handed in together yet
    course.submit("calc", "hw", "ann", work("1"))
    with pytest.raises(RuleError, match="ann and ben have handed in together before") as refused:
        course.invite("calc", "next", "ann", "ben")
    assert refused.value.code == "again"
    pair(course, "ann", "cat", slug="next")
    assert course.assign_team("calc", "next", ["ann", "ben"], actor="tina").members == ("ann", "ben")
    assert [p.team.again for p in course.published("calc")] == ["yes", "no"]


def test_later_work_does_not_forbid_a_partner_in_earlier_work(course: Ledger) -> None:
    publish(course, "first", due=START + 2 * DAY, team=TeamRule(again="no"))
    pair(course)
    course.submit("calc", "hw", "ann", work("1"))
    pair(course, slug="first")
    assert len(course.teams("calc", "first")) == 1


def test_a_permit_may_be_taken_back(course: Ledger) -> None:
    course.permit("calc", "hw", "ann", "alone", actor="tina")
    course.permit("calc", "hw", "cat", "alone", actor="tina")
    course.submit("calc", "hw", "cat", work("1"))
    for who in ("ann", "cat", "ann"):
        course.pairs.end_permit("calc", "hw", who, "alone", actor="tina")
    assert course.pairs.permits("calc", "hw") == ()
    assert not course.pairing("calc", "hw", "ann").may_submit
    assert course.pairing("calc", "hw", "cat").may_submit           # his team stands
    course.permit("calc", "hw", "ann", "alone", actor="tina")
    assert course.pairing("calc", "hw", "ann").may_submit
    assert [line.action for line in course.audit("calc")].count("permit") == 5
    course.check_chain("calc")


def test_who_leaves_the_course_before_handing_in_leaves_his_partner_free(course: Ledger) -> None:
    pair(course)
    course.invite("calc", "hw", "cat", "dan")
    course.pairs.look("calc", "hw", "dan", "")
    for who in ("ann", "dan"):
        course.unenrol("calc", who, actor="tina")
    assert course.teams("calc", "hw") == () and course.pairs.looking("calc", "hw") == ()
    assert course.pairing("calc", "hw", "cat").invitations_out == ()
    pair(course, "ben", "cat")


def test_who_leaves_the_course_after_handing_in_leaves_the_work_to_his_partner(course: Ledger) -> None:
    pair(course)
    course.submit("calc", "hw", "ann", work("1"))
    course.unenrol("calc", "ann", actor="tina")
    assert course.submit("calc", "hw", "ben", work("2"))["number"] == 2
    assert {credit.username for credit in course.credits("calc", "hw")} == {"ann", "ben"}
    with pytest.raises(RuleError, match="ann is not a student"):
        course.submit("calc", "hw", "ann", work("3"))


def test_a_student_who_becomes_a_ta_leaves_his_open_team(course: Ledger) -> None:
    pair(course)
    course.enrol("calc", "ann", Role.TA, name="Ann", actor="tina")
    assert course.teams("calc", "hw") == ()


def test_the_ledger_tells_who_was_with_whom_and_when(course: Ledger, clock: Clock) -> None:
    pair(course)
    clock.now += DAY
    course.leave("calc", "hw", "ben")
    pair(course, "ann", "cat")
    course.submit("calc", "hw", "cat", work("1"))
    told = [(one.team, one.username, one.joined_at, one.left_at, one.frozen_at) for one in course.pairs.history("calc", "hw")]
    assert told == [
        ("team-00001", "ann", START, START + DAY, None), ("team-00001", "ben", START, START + DAY, None),
        ("team-00002", "ann", START + DAY, None, START + DAY), ("team-00002", "cat", START + DAY, None, START + DAY)]
    assert [(i.frm, i.to, i.how) for i in course.pairs.invitations("calc", "hw")] == [
        ("ann", "ben", "accepted"), ("ann", "cat", "accepted")]


def test_many_teams_are_made_together_or_not_at_all(course: Ledger) -> None:
    lines = len(course.audit("calc"))
    with pytest.raises(RuleError, match="Not a student of this course: zoe"):
        course.pairs.assign("calc", "hw", [("ann", "ben"), ("cat", "zoe")], actor="tina")
    assert course.teams("calc", "hw") == () and len(course.audit("calc")) == lines
    for _ in range(2):
        course.pairs.assign("calc", "hw", [("ann", "ben"), ("cat", "dan")], actor="tina", reason="groups.csv")
    assert [t.members for t in course.teams("calc", "hw")] == [("ann", "ben"), ("cat", "dan")]


def test_nothing_leaks_from_one_course_into_another(course: Ledger) -> None:
    for username in ("ann", "ben", "cat"):
        course.enrol("other", username, Role.STUDENT, name=username.title(), actor="tina")
    course.publish("other", "hw", title="HW", opens=None, due=START + 5 * DAY, pairs_lock=None, team=TeamRule(again="no"), version="v1",
                   archive=b"zip", points=10, actor="tina")
    course.invite("calc", "hw", "ann", "ben")
    course.pairs.look("calc", "hw", "cat", "here")
    course.permit("calc", "hw", "dan", "alone", actor="tina")
    with pytest.raises(RuleError, match="no open invitation"):
        course.accept("other", "hw", "ben", "ann")
    course.accept("calc", "hw", "ben", "ann")
    course.submit("calc", "hw", "ann", work("1"))
    course.extend("calc", "hw", "ann", until=START + 9 * DAY, reason="ill", actor="tina")
    there = course.pairing("other", "hw", "ann")
    assert (there.team, there.frozen, there.may_submit) == (None, False, False)
    assert course.pairs.seen_looking("other", "hw", "ann") == () and course.pairs.permits("other", "hw") == ()
    assert course.pairs.history("other", "hw") == () and course.due_for("other", "hw", "ann") == START + 5 * DAY
    course.invite("other", "hw", "ann", "ben")          # they handed in together in the other course only
    course.accept("other", "hw", "ben", "ann")
    assert course.submissions("other", "hw") == () and course.grade_for("other", "hw", "ann") is None
    course.unenrol("other", "ann", actor="tina")
    assert [t.members for t in course.teams("calc", "hw")] == [("ann", "ben")] and course.teams("other", "hw") == ()
    with pytest.raises(RuleError, match="not a student"):
        course.invite("other", "hw", "dan", "ben")


PEOPLE = ("ann", "ben", "cat", "dan", "eve")
person = st.sampled_from(PEOPLE)


class Pairing(RuleBasedStateMachine):
    """Five students and staff do anything at any time, to an assignment for pairs where three and alone need
    permits."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = tempfile.TemporaryDirectory()
        self.clock = Clock()
        self.book = Ledger(f"sqlite:///{self.folder.name}/ledger.db", clock=self.clock,
                           blobs=Path(self.folder.name) / "blobs", key=KEY)
        for username in PEOPLE:
            self.book.enrol("calc", username, Role.STUDENT, name="", actor="tina")
        publish(self.book, team=TeamRule())
        self.snapshots: dict[str, tuple[str, ...]] = {}
        self.permits: set[tuple[str, str]] = set()
        self.assigned: set[tuple[str, ...]] = set()
        self.works = 0

    def teardown(self) -> None:
        self.book.check_chain("calc")
        self.book.close()
        self.folder.cleanup()

    def attempt(self, action: str, *arguments: Any) -> None:
        with contextlib.suppress(RuleError):
            getattr(self.book, action)("calc", "hw", *arguments)

    @rule(action=st.sampled_from(["invite", "accept", "accept", "decline"]), by=person, other=person)
    def ask_or_answer(self, action: str, by: str, other: str) -> None:
        self.attempt(action, by, other)

    @rule(by=person, note=st.sampled_from(["", "evenings"]))
    def look(self, by: str, note: str) -> None:
        with contextlib.suppress(RuleError):
            self.book.pairs.look("calc", "hw", by, note)

    @rule(action=st.sampled_from(["withdraw", "leave"]), by=person)
    def step_back(self, action: str, by: str) -> None:
        self.attempt(action, by)

    @rule(who=person, kind=st.sampled_from(["alone", "three"]))
    def permit(self, who: str, kind: Any) -> None:
        self.permits.add((who, kind))
        self.book.permit("calc", "hw", who, kind, actor="tina")

    @rule(members=st.sets(person, min_size=1, max_size=4))
    def assign(self, members: set[str]) -> None:
        team = self.book.assign_team("calc", "hw", sorted(members), actor="tina", reason="staff")
        assert team.members == tuple(sorted(members))
        self.assigned.update(team.members for team in self.book.teams("calc", "hw"))

    @rule(by=person)
    def submit(self, by: str) -> None:
        allowed = self.book.pairing("calc", "hw", by).may_submit
        self.works += 1
        try:
            receipt = self.book.submit("calc", "hw", by, work(str(self.works)))
        except RuleError:
            assert not allowed
            return
        assert allowed
        assert by in receipt["members"]
        self.snapshots.setdefault(receipt["team"], tuple(receipt["members"]))

    @precondition(lambda self: self.clock.now < START + 2 * DAY)
    @rule()
    def a_day_passes(self) -> None:
        self.clock.now += DAY

    @invariant()
    def nobody_is_in_two_teams(self) -> None:
        members = [name for team in self.book.teams("calc", "hw") for name in team.members]
        assert len(members) == len(set(members))

    @invariant()
    def nobody_looks_who_has_a_team(self) -> None:
        looking = {one.username for one in self.book.pairs.looking("calc", "hw")}
        assert not looking & {name for team in self.book.teams("calc", "hw") for name in team.members}

    @invariant()
    def a_team_that_submitted_never_changes(self) -> None:
        for team in self.book.teams("calc", "hw"):
            assert team.frozen == (team.id in self.snapshots)
            assert team.members == self.snapshots.get(team.id, team.members)
        assert {row.team: row.members for row in self.book.submissions("calc", "hw")} == self.snapshots

    @invariant()
    def only_staff_and_permits_make_unusual_sizes(self) -> None:
        for team in self.book.teams("calc", "hw"):
            needed = {1: "alone", 3: "three"}.get(len(team.members))
            usual = len(team.members) == 2 or any((member, needed) in self.permits for member in team.members)
            assert usual or any(set(team.members) <= set(known) for known in self.assigned)

    @invariant()
    def credit_goes_to_the_newest_snapshot(self) -> None:
        rows = self.book.submissions("calc", "hw")
        for username in PEOPLE:
            mine = [row for row in rows if username in row.members]
            credit = self.book.grade_for("calc", "hw", username)
            assert (credit and credit.submission) == (mine[-1] if mine else None)


TestAnySequence = Pairing.TestCase
TestAnySequence.settings = settings(max_examples=10, stateful_step_count=25, deadline=None, derandomize=True,
                                    suppress_health_check=[HealthCheck.too_slow])
