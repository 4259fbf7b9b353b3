"""Marking written answers: what a marker gives, how two markers agree, who may mark what, and in which order. Pure functions.

A *sheet* is one team's answer to one problem, as far as its marking is. A marker gives points by the lines of the rubric, or points as a
whole with a comment that says why they differ, and remarks; a *remark* is a sentence that other sheets of the same problem can be given
too, so the remarks in use are the bank that a marker chooses from. What results is one mark, as formgrader gives it.

A second marker can be asked for. Another person then marks without seeing what the first one gave. If the two are within the tolerance the
first mark stands, else an instructor settles it; until then the first mark counts, provisionally. Gradescope, Crowdmark and Moodle have
rubric and bank; a blind second mark is what exam boards use, Moodle's marking workflow does not hide the first.
"""
from __future__ import annotations

import hashlib
import math
from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from fractions import Fraction

from autograder.ledger.rows import MarkRow, SubmissionRow
from autograder.model import RubricLine, RuleError
from autograder.scoring import exact
from autograder.words import text

LONGEST = 4000
"""Characters of all that is said about one answer."""


class Turn(StrEnum):
    """Whose marking it is."""

    FIRST = "first"
    SECOND = "second"
    SETTLED = "settled"                 # by an instructor, after two that differ


class State(StrEnum):
    """How far the marking of an answer is."""

    OPEN = "open"                       # nobody has given points
    SECOND = "second"                   # waits for a second marker
    DIFFERENT = "different"             # two markers differ: waits for an instructor
    MARKED = "marked"


@dataclass(frozen=True)
class WrittenAnswer:
    """What is marked: a problem's written answer, the same for all teams."""

    test_id: str
    points: float
    rubric: tuple[RubricLine, ...] = () # empty: points are given as a whole
    tolerance: float = 0.0              # points by which two markers may differ


@dataclass(frozen=True)
class Given:
    """What a marker gives to one answer."""

    lines: Mapping[str, float] = field(default_factory=dict)        # line of the rubric → points
    points: float | None = None         # as a whole; None: the sum of the lines
    remarks: tuple[str, ...] = ()
    comment: str = ""                   # to this team alone

    @property
    def said(self) -> str:
        """All that the team reads, as Markdown."""
        return "\n\n".join(part for part in (*self.remarks, self.comment) if part)


@dataclass(frozen=True)
class Marking:
    """One marking in the book."""

    team: str
    test_id: str
    answer: str                         # digest of what was marked
    turn: Turn
    given: Given                        # its points are set
    tolerance: float
    actor: str
    at: datetime
    line: int                           # of the audit: says which came first

    @property
    def points(self) -> float:
        return self.given.points or 0.0


@dataclass(frozen=True)
class Wanted:
    """Somebody asked for a second marker."""

    team: str
    test_id: str
    answer: str
    reason: str                         # for the staff
    actor: str
    at: datetime
    line: int


@dataclass(frozen=True)
class Conflict:
    """A marker who shall not mark a student. The reason is for instructors."""

    username: str
    student: str
    reason: str
    at: datetime


@dataclass(frozen=True)
class Lease:
    """Who has a sheet before him, until when."""

    holder: str
    until: datetime


@dataclass(frozen=True)
class Sheet:
    """One team's answer, as far as its marking is."""

    submission: SubmissionRow
    test_id: str
    state: State
    mark: MarkRow | None                # that counts now
    first: Marking | None               # how that mark came about; None when it was given elsewhere, as in formgrader
    second: Marking | None              # of the second marker who was asked for
    wanted: Wanted | None               # the request for him, until it is settled
    lease: Lease | None = None

    @property
    def team(self) -> str:
        return self.submission.team


# -------------------------------------------------------------------- what is given

def checked(asked: WrittenAnswer, given: Given) -> Given:
    """What was given, with its points; RuleError when it cannot be."""
    known = {line.id: line for line in asked.rubric}
    for name, points in given.lines.items():
        if name not in known:
            there = ", ".join(known) or "-"
            raise RuleError(text("The rubric of {answer} has no line {line}; its lines: {known}.", answer=asked.test_id, line=name,
                                 known=there), code="unknown-line")
        if not (math.isfinite(points) and 0 <= points <= known[name].points):
            raise RuleError(text("Line {line} of the rubric is worth {possible} points; {points} cannot be given.", line=name,
                                 possible=f"{known[name].points:g}", points=f"{points:g}"), code="bad-points")
    total = sum((exact(points) for points in given.lines.values()), Fraction(0))
    if given.points is None and not given.lines:
        raise RuleError(text("No points were given. Choose lines of the rubric, or give points as a whole."), code="no-points")
    points = float(total) if given.points is None else given.points
    if not (math.isfinite(points) and 0 <= points <= asked.points):
        raise RuleError(text("{answer} is worth {possible} points; {points} cannot be given.", answer=asked.test_id,
                             possible=f"{asked.points:g}", points=f"{points:g}"), code="bad-points")
    remarks = tuple(dict.fromkeys(stripped for remark in given.remarks if (stripped := remark.strip())))
    result = Given(dict(sorted(given.lines.items())), points, remarks, given.comment.strip())
    if given.lines and exact(points) != total and not result.said:
        raise RuleError(text("The lines add up to {total} and {points} were given. Say in a comment why.", total=f"{float(total):g}",
                             points=f"{points:g}"), code="no-reason")
    if len(result.said) > LONGEST:
        raise RuleError(text("What is said about one answer has at most {most} letters; this has {many}.", most=LONGEST,
                             many=len(result.said)), code="too-long")
    return result


def bank(markings: Iterable[Marking]) -> tuple[tuple[str, int], ...]:
    """The remarks in use, with the number of teams that have each, most used first. One that nobody has any more is gone."""
    newest = {marking.team: marking for marking in markings}
    uses = Counter(remark for marking in newest.values() for remark in marking.given.remarks)
    return tuple(sorted(uses.items(), key=lambda item: (-item[1], item[0])))


# -------------------------------------------------------------------- how far it is

def sheet(submission: SubmissionRow, test_id: str, mark: MarkRow | None, markings: Sequence[Marking], wanted: Sequence[Wanted],
          lease: Lease | None = None) -> Sheet:
    """What the lines of the book say about one answer. `mark` is the one that counts; the others are of this team and answer or of
    earlier ones, oldest first."""
    if mark is None or mark.points is None:
        return Sheet(submission, test_id, State.OPEN, mark, None, None, None, lease)
    here = [marking for marking in markings if (marking.test_id, marking.answer) == (test_id, mark.answer)]
    settled = max((marking.line for marking in here if marking.turn is Turn.SETTLED), default=0)
    asked = next((want for want in reversed(wanted) if (want.test_id, want.answer) == (test_id, mark.answer) and want.line > settled), None)
    first = next((marking for marking in reversed(here) if marking.turn is not Turn.SECOND
                  and (marking.points, marking.given.said) == (mark.points, mark.comment)), None)
    if asked is None:
        return Sheet(submission, test_id, State.MARKED, mark, first, None, None, lease)
    second = next((marking for marking in reversed(here) if marking.turn is Turn.SECOND and marking.line > asked.line), None)
    if second is None:
        state = State.SECOND
    else:
        apart = abs(exact(mark.points) - exact(second.points))
        state = State.DIFFERENT if apart > exact(second.tolerance) else State.MARKED
    return Sheet(submission, test_id, state, mark, first, second, asked, lease)


def unsettled(submission: SubmissionRow, held: Mapping[str, MarkRow], markings: Iterable[Marking],
              wanted: Iterable[Wanted]) -> tuple[str, ...]:
    """The answers of a submission whose mark may still change because two people look at them. `held`: the marks that count."""
    asked = [want for want in wanted if want.team == submission.team and want.test_id in held]
    if not asked:
        return ()
    here = [marking for marking in markings if marking.team == submission.team]
    return tuple(test for test in sorted({want.test_id for want in asked})
                 if sheet(submission, test, held[test], here, asked).state in (State.SECOND, State.DIFFERENT))


# -------------------------------------------------------------------- who marks what

def turn(found: Sheet, actor: str, conflicts: Collection[tuple[str, str]]) -> Turn:
    """Whose marking it will be when this person marks the answer now; RuleError when he may not. The first marker corrects his mark and the
    second his; where a second one is asked for, anybody else is he."""
    turn_away(found, actor, conflicts)
    if found.state is State.DIFFERENT:
        raise RuleError(text("Two markers differ about this answer; an instructor settles it."), code="different")
    second = found.second is not None and found.second.actor == actor
    return Turn.SECOND if second or (found.state is State.SECOND and not is_first(found, actor)) else Turn.FIRST


def turn_away(found: Sheet, actor: str, conflicts: Collection[tuple[str, str]]) -> None:
    """RuleError for who has declared a conflict with a member. It does not say with whom."""
    if any((actor, member) in conflicts for member in found.submission.members):
        raise RuleError(text("You have declared a conflict of interest with this team; somebody else marks it."), code="conflict")


def waits_for(found: Sheet, actor: str, conflicts: Collection[tuple[str, str]], now: datetime) -> bool:
    """Whether this person can take up this sheet: it needs him or anybody, and nobody has it before him."""
    if any((actor, member) in conflicts for member in found.submission.members):
        return False
    if found.lease is not None and found.lease.holder != actor and found.lease.until > now:
        return False
    return found.state is State.OPEN or (found.state is State.SECOND and not is_first(found, actor))


def is_first(found: Sheet, actor: str) -> bool:
    """Whether the mark that counts is this person's."""
    return found.mark is not None and actor in (found.mark.actor, found.first.actor if found.first else "")


def in_order(sheets: Iterable[Sheet]) -> tuple[Sheet, ...]:
    """The order in which sheets are looked at: the same for everybody and on every day, and none that says anything about the teams, since
    what is read first and last is marked otherwise. Each problem has its own."""
    def key(one: Sheet) -> str:
        said = f"{one.submission.course}|{one.submission.slug}|{one.test_id}|{one.team}"
        return hashlib.sha256(said.encode()).hexdigest()
    return tuple(sorted(sheets, key=key))
