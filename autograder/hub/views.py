"""What the desk answers: frozen values that pages show and the API writes as JSON. Nothing here is decided."""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from enum import Enum
from fractions import Fraction
from functools import cache
from typing import Any

from autograder.ledger import AuditLine, Extension, Published, Receipt
from autograder.model import Disclosure
from autograder.standing import Standing
from autograder.words import Listed, Sayable, Text


@dataclass(frozen=True)
class Who:
    """A person as others see him: the name, or the user name of somebody without one."""

    username: str
    name: str


@dataclass(frozen=True)
class SubmissionView:
    """One submission of a team, with its receipt."""

    team: str
    number: int
    by: Who
    members: tuple[Who, ...]
    submitted_at: datetime
    size: int
    late_by: timedelta  # for the one who looks; for staff by the assignment's due time
    counts: bool  # this is the one that counts now
    receipt: Receipt


@dataclass(frozen=True)
class AssignmentView:
    """One assignment as one student stands in it."""

    slug: str
    title: str
    points: float
    opens: datetime | None
    due: datetime | None  # his own, with his extension
    closes: datetime | None
    pairs_lock: datetime | None
    extended: datetime | None  # until when, for him alone
    individual: bool
    size: int  # how many usually work together
    may_be_alone: bool
    files: tuple[str, ...]
    state: str  # one of STATES
    partners: tuple[Who, ...]
    team: str | None
    locked: bool
    frozen: bool
    invitations_in: tuple[Who, ...]
    invitations_out: tuple[Who, ...]
    may_submit: bool
    why_not: Sayable
    submissions: tuple[SubmissionView, ...]  # newest first
    feedback: bool
    score: float | None  # of what counts, once its feedback is out
    fetched: bool  # by himself
    in_grading: bool  # it is due, so what is handed in waits for feedback
    feedback_new: bool  # he has not read the newest one
    disclosure: Disclosure


STATES = ("opens later", "closed", "no partner", "nothing handed in", "overdue", "submitted", "graded")


@dataclass(frozen=True)
class StaffAssignmentView:
    """One assignment of the course file as staff see it; `published` is None before its release."""

    slug: str
    title: str
    published: Published | None
    releasable: str  # why it cannot be released now; "" when it can
    teams: int = 0
    submitted: int = 0  # students whose work is in
    missing: int = 0  # students whose work is not
    submissions: int = 0
    graded: int = 0  # of the submissions that count
    counting: int = 0
    awaiting: int = 0  # graded ones that wait for a person
    feedback_at: datetime | None = None


@dataclass(frozen=True)
class TeamView:
    """One team for staff, or students without one (`id` is None)."""

    id: str | None
    members: tuple[Who, ...]
    frozen: bool
    submissions: tuple[SubmissionView, ...]
    score: float | None
    max_score: float | None
    awaiting: int
    graded: bool


@dataclass(frozen=True)
class TeamsView:
    """An assignment's teams, with who has none and whom to write to."""

    published: Published
    teams: tuple[TeamView, ...]
    without_team: tuple[Who, ...]
    not_submitted: tuple[Who, ...]
    addresses: tuple[str, ...]  # of those who have not submitted
    extensions: tuple[Extension, ...]


@dataclass(frozen=True)
class GradeView:
    """What counts for one student in one assignment, for staff."""

    student: Who
    team: str
    number: int
    late_by: timedelta
    score: float | None
    max_score: float | None
    awaiting: int
    problems: tuple[tuple[str, float, float, str], ...]  # id, score, possible, status


@dataclass(frozen=True)
class PersonView:
    """A line of the roster."""

    username: str
    name: str
    email: str
    role: str


@dataclass(frozen=True)
class AuditView:
    """The newest lines of the audit, and whether the whole chain holds."""

    lines: tuple[AuditLine, ...]  # newest first
    total: int
    broken: str  # what is wrong with the chain; "" when it holds


@dataclass(frozen=True)
class StandingView:
    """A student's course grade so far; `why_not` says why there is none to show."""

    standing: Standing | None
    why_not: Sayable = ""


@cache
def _fields(kind: type) -> tuple[tuple[str, str], ...]:
    """The fields of a dataclass, and what JSON calls them."""
    return tuple((field.name, field.name.rstrip("_")) for field in dataclasses.fields(kind))


def plain(value: Any) -> Any:
    """A view as JSON says it: instants as ISO 8601 in UTC, durations in seconds, exact numbers as floats, sentences in English."""
    if value is None or type(value) in (str, int, float, bool):  # most of what there is
        return value
    if isinstance(value, (Text, Listed)):
        return str(value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {said: plain(getattr(value, name)) for name, said in _fields(type(value))}
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, timedelta):
        return value.total_seconds()
    if isinstance(value, Fraction | Decimal):
        return float(value)
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, Mapping):
        return {str(key): plain(entry) for key, entry in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(entry) for entry in value]
    return value
