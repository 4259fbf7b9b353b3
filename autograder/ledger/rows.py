"""What the ledger answers with: frozen values, one for each kind of line in the book.

They are read from rows and never written back; whoever wants a change asks the ledger for it. Instants are aware
datetimes in UTC. A team is named by its pseudo-student, `team-00007`, which is unique in the whole ledger.
"""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypedDict

from autograder.model import ProblemResult, Role, Status, TeamRule
from autograder.words import Sayable


@dataclass(frozen=True)
class Person:
    """A member of a course. `name` and `email` are empty once they were erased."""

    username: str
    role: Role
    name: str = ""
    email: str = ""
    language: str = ""                  # that he chose for what he reads; empty before


@dataclass(frozen=True)
class Published:
    """An assignment as students see it now: its schedule with all changes, and the version that they received."""

    course: str
    slug: str
    title: str
    opens: datetime | None
    due: datetime | None
    pairs_lock: datetime | None         # teams change themselves before this instant only
    closes: datetime | None             # nothing is taken after this instant
    team: TeamRule
    version: str
    points: float
    files: tuple[str, ...]              # patterns of what a submission may carry besides the notebook
    published_at: datetime


@dataclass(frozen=True)
class Extension:
    """A later due time of one student for one assignment. The newest one per student counts."""

    slug: str
    username: str
    until: datetime
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class Team:
    """Those who hand in together. `frozen`: it has submitted, so its members never change again."""

    id: str
    slug: str
    members: tuple[str, ...]            # sorted
    frozen: bool = False


@dataclass(frozen=True)
class Invitation:
    """An open invitation."""

    frm: str
    to: str
    at: datetime


@dataclass(frozen=True)
class InvitationPast:
    """An invitation with how it ended: accepted, declined, withdrawn or void; empty while it is open."""

    slug: str
    frm: str
    to: str
    at: datetime
    ended_at: datetime | None
    how: str


@dataclass(frozen=True)
class Looking:
    """Somebody looks for a partner."""

    username: str
    note: str
    at: datetime


@dataclass(frozen=True)
class Membership:
    """Somebody was in a team from one instant to another; None: he still is. `frozen_at` is the team's first submission."""

    team: str
    username: str
    joined_at: datetime
    left_at: datetime | None
    frozen_at: datetime | None


@dataclass(frozen=True)
class Pairing:
    """Where one student stands in one assignment."""

    team: Team | None
    invitations_in: tuple[Invitation, ...]
    invitations_out: tuple[Invitation, ...]
    locked: bool                        # the date until which students pair up themselves has passed
    frozen: bool                        # the team has submitted
    may_submit: bool
    why_not: Sayable = ""               # a sentence for the student when may_submit is False


@dataclass(frozen=True)
class SubmissionRow:
    """One submission; its bytes are read by `Ledger.load`."""

    id: int                             # grows with time over all teams
    course: str
    slug: str
    team: str
    number: int                         # per team, from 1, without gaps
    by: str
    members: tuple[str, ...]            # snapshot, sorted
    sha256: str
    size: int                           # bytes
    submitted_at: datetime


class Receipt(TypedDict):
    """What a student keeps: proof that these bytes were received at that time."""

    course: str
    slug: str
    team: str
    number: int
    by: str
    members: list[str]
    sha256: str
    submitted_at: str                   # ISO 8601, UTC
    signature: str                      # HMAC-SHA256 of everything above, hex


@dataclass(frozen=True)
class GradeRow:
    """The newest automatic grade of one piece of work of one team, as it was recorded (no marks, no lateness)."""

    course: str
    slug: str
    team: str
    sha256: str                         # of the submission
    number: int                         # newest submission of the team with this content
    members: tuple[str, ...]
    score: float
    max_score: float
    status: Status
    problems: tuple[ProblemResult, ...]
    version: str                        # of the assignment
    engine: str
    actor: str
    at: datetime

    @property
    def awaiting(self) -> tuple[str, ...]:
        """Ids of the tests that a person must decide or mark."""
        return tuple(t.id for p in self.problems for t in p.tests if t.status is Status.UNDECIDED)


@dataclass(frozen=True)
class MarkRow:
    """Points or a comment that a person gave to one answer of one submission. `points` is None for a comment alone."""

    slug: str
    team: str
    sha256: str                         # of the submission that was looked at
    test_id: str
    points: float | None
    comment: str
    actor: str
    at: datetime
    answer: str                         # digest of the answer that was looked at


@dataclass(frozen=True)
class Adjustment:
    """Points added to (or taken from) one student's score of one assignment."""

    slug: str
    username: str
    points: float
    reason: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class ExternalMark:
    """A mark that was given elsewhere, as it was written there: "87.5", "pass", "absent"."""

    item: str
    username: str
    mark: str
    source: str
    actor: str
    at: datetime


@dataclass(frozen=True)
class Credit:
    """What counts for one student in one assignment, before any late penalty."""

    course: str
    slug: str
    username: str
    submission: SubmissionRow
    due: datetime | None                # his own, with his extension
    late_by: timedelta                  # zero when in time
    grade: GradeRow | None              # None: not graded yet
    problems: tuple[ProblemResult, ...] # of the grade, with the marks in place; empty when not graded yet
    marks: Mapping[str, MarkRow]        # by test id: the marks that hold for this submission
    adjustments: tuple[Adjustment, ...]
    unsettled: tuple[str, ...] = ()     # ids of answers that a second marker or an instructor still looks at

    @property
    def score(self) -> float | None:
        """Points of tests, marks and adjustments; None when not graded yet. Undecided tests add nothing: see
        `awaiting`."""
        if self.grade is None:
            return None
        return sum(p.score for p in self.problems) + sum(a.points for a in self.adjustments)

    @property
    def awaiting(self) -> tuple[str, ...]:
        """Ids of the tests that a person must still decide, mark or settle."""
        return tuple(t.id for p in self.problems for t in p.tests if t.status is Status.UNDECIDED or t.id in self.unsettled)


@dataclass(frozen=True)
class AuditLine:
    """One line of a course's audit. `hash` covers everything else, and `prev` is the hash of the line before."""

    course: str
    number: int
    at: datetime
    actor: str
    action: str
    data: Mapping[str, Any]
    prev: str
    hash: str
