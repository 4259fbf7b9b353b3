"""Requests to look at a grade again: a student asks about one problem with a reason, a TA answers, the book keeps both.

As on other platforms a request is about one problem and not about a whole assignment, is open until somebody of the staff answers in
words, and can be made only for some days after feedback came out: so it is short, goes to whoever knows the problem, and ends. What is
granted is an adjustment, a line of its own beside the grade, written with the answer in one transaction; neither a later grading nor
later feedback touches it. A team has one open request per problem, which all members see. Whoever is not content with an answer
makes a new request, so that the first answer stays as it was given.

`refusal` and `answered` are the rules, from values to a value; `Requests` reads, asks them and writes. Who may answer is not decided
here.
"""
from __future__ import annotations

import json
import math
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from fractions import Fraction
from typing import Any

from sqlalchemy import Connection, select

from autograder.ledger import lookups, schema
from autograder.ledger.chapter import Chapter
from autograder.ledger.rows import Credit
from autograder.ledger.store import Writing
from autograder.model import ProblemResult, RuleError, Status
from autograder.scoring import exact
from autograder.words import Text, text

LONGEST = 2000
"""Characters of a reason, and of the words of an answer."""


class Outcome(StrEnum):
    """How a request ended."""

    UPHELD = "upheld"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


SAID = {Outcome.UPHELD: text("upheld"), Outcome.DECLINED: text("declined"), Outcome.WITHDRAWN: text("taken back")}
"""How each is said."""


@dataclass(frozen=True)
class Answer:
    """The end of a request."""

    outcome: Outcome
    words: str                          # what was said to the team; "" when it was withdrawn
    points: float                       # given to each of `members`
    members: tuple[str, ...]            # who got the points
    by: str
    at: datetime


@dataclass(frozen=True)
class Request:
    """One question about one problem of what a team handed in."""

    id: int
    course: str
    slug: str
    team: str
    sha256: str                         # of the submission that it is about
    problem: str
    reason: str
    by: str
    at: datetime
    members: tuple[str, ...]            # of that submission
    answer: Answer | None = None        # None while it is open


@dataclass(frozen=True)
class Ground:
    """What a student can ask about in one assignment."""

    slug: str
    team: str
    problems: tuple[ProblemResult, ...]     # as they count now; empty while the work is not graded
    released: datetime | None               # when the newest feedback on this work came out
    requests: tuple[Request, ...]           # all of the team


@dataclass(frozen=True)
class Weighed:
    """What is to be known for an answer. Empty where the work that was asked about no longer counts."""

    problem: ProblemResult | None           # as it counts now
    left: Mapping[str, Fraction]            # by member for whom it counts: points of the problem that he does not have yet
    markers: tuple[str, ...]                # who gave its marks, so that somebody else can be asked to look


# -------------------------------------------------------------------- rules

def refusal(ground: Ground, problem: str, now: datetime, window: timedelta | None) -> tuple[Text, str] | None:
    """Why nobody of this team can ask about this problem now, with a word for programs; None when they can.

    window  how long after its feedback a team can ask; None: without end
    """
    found = {result.id: result for result in ground.problems}
    if not found or ground.released is None:
        return text("Feedback for {slug} is not out yet. Ask once you have read it.", slug=ground.slug), "no-feedback"
    if problem not in found:
        return text("{slug} has no problem {problem}; there are {known}.", slug=ground.slug, problem=problem,
                    known=", ".join(found)), "unknown-problem"
    if window is not None and now > ground.released + window:
        until = lookups.shown(ground.released + window)
        return text("Requests about your {slug} were taken until {until}.", slug=ground.slug, until=until), "too-late"
    if earlier := [request for request in ground.requests if request.problem == problem and request.answer is None]:
        return text("{by} has already asked about {problem}; wait for the answer to that.", by=earlier[0].by,
                    problem=problem), "open-request"
    if any(test.status is Status.UNDECIDED for test in found[problem].tests):
        return text("{problem} still waits for a person to look at it. Ask once that is decided.", problem=problem), "undecided"
    if lacking(found[problem], ()) == 0:
        return text("{problem} has all of its points, so there is nothing to ask for.", problem=problem), "full-marks"
    return None


def lacking(problem: ProblemResult, granted: Sequence[float]) -> Fraction:
    """The points of a problem that its score and what was granted before do not have."""
    have = sum((exact(test.score) for test in problem.tests), Fraction(0)) + sum(map(exact, granted), Fraction(0))
    return max(sum((exact(test.max_score) for test in problem.tests), Fraction(0)) - have, Fraction(0))


def answered(request: Request, outcome: Outcome, words: str, points: float, only: str | None,
             missing: Mapping[str, Fraction]) -> tuple[str, ...]:
    """Who gets the points of this answer; RuleError when it cannot be given.

    missing  the members for whom the work still counts, with the points of the problem that each does not have yet
    """
    if request.answer is not None:
        raise RuleError(text("Request {id} is no longer open: {outcome} by {by}.", id=request.id,
                             outcome=SAID[request.answer.outcome], by=request.answer.by), code="answered")
    if not words:
        raise RuleError(text("An answer needs words: the team reads them."), code="no-words")
    if only is not None and only not in request.members:
        raise RuleError(text("{name} is not among those who handed it in: {members}.", name=only,
                             members=", ".join(request.members)), code="unknown-person")
    if not (math.isfinite(points) and points >= 0):
        raise RuleError(text("{points} is not a number of points to give. Give zero or more; to take points off, adjust the "
                             "student's score with a reason.", points=points), code="bad-points")
    if points == 0:
        return ()
    if outcome is not Outcome.UPHELD:
        raise RuleError(text("A request that is declined gives no points."), code="bad-points")
    members = tuple(member for member in request.members if member in missing and only in (None, member))
    if not members:
        raise RuleError(text("What was asked about no longer counts: other work was handed in since. Answer without points."),
                        code="superseded")
    most = min(missing[member] for member in members)
    if exact(points) > most:
        raise RuleError(text("{problem} lacks {most} points, fewer than {points}.", problem=request.problem, most=_points(most),
                             points=_points(exact(points))), code="too-many-points")
    return members


def tidy(words: str) -> str:
    """Words as the book keeps them: text without control characters, at most `LONGEST` characters."""
    kept = "".join(c for c in lookups.plain(words).replace("\r\n", "\n") if c in "\n\t" or unicodedata.category(c) != "Cc").strip()
    if len(kept) > LONGEST:
        raise RuleError(text("That is {length} characters; at most {most} are taken. Say what matters.", length=len(kept),
                             most=LONGEST), code="too-long")
    return kept


def _points(points: Fraction) -> str:
    return f"{float(points):g}"


# -------------------------------------------------------------------- the chapter

class Requests(Chapter):
    """Requests and their answers."""

    def ask(self, course: str, slug: str, by: str, problem: str, reason: str, *, window: timedelta | None) -> Request:
        """Ask about a problem of the work that counts for this student. His own open request with the same reason is that request."""
        said = tidy(reason)
        with self.writing(by) as entry:
            found = self._ground(entry.connection, course, slug, by)
            if found is None:
                raise RuleError(text("You have not handed in {slug}, so there is nothing to look at again.", slug=slug),
                                code="unknown-submission")
            ground, credit = found
            mine = [r for r in ground.requests if r.answer is None and (r.problem, r.by, r.reason) == (problem, by, said)]
            if mine:
                return mine[0]
            if refused := refusal(ground, problem, entry.now, window):
                raise RuleError(refused[0], code=refused[1])
            if not said:
                raise RuleError(text("Say why: whoever looks again decides by your reason."), code="no-reason")
            identity = entry.append(schema.request, course, by, slug=slug, team_id=lookups.team_number(ground.team),
                                    sha256=credit.submission.sha256, problem=problem, reason=said)
            return self._one(entry.connection, course, identity)

    def withdraw(self, course: str, identity: int, *, by: str) -> Request:
        """Take back one's own open request."""
        with self.writing(by) as entry:
            request = self._one(entry.connection, course, identity)
            if request.by != by:
                raise RuleError(text("Only {by}, who asked, can take the request back.", by=request.by), code="not-yours")
            if request.answer is None:
                self._end(entry, request, by, Outcome.WITHDRAWN)
            elif request.answer.outcome is not Outcome.WITHDRAWN:
                raise RuleError(text("The request was answered; make a new one if you have more to say."), code="answered")
            return self._one(entry.connection, course, identity)

    def answer(self, course: str, identity: int, *, upheld: bool, words: str, points: float = 0.0, only: str | None = None,
               actor: str) -> Request:
        """Uphold or decline a request. Points of an upheld one are added for all members for whom the work counts, or for one."""
        outcome, said = Outcome.UPHELD if upheld else Outcome.DECLINED, tidy(words)
        with self.writing(actor) as entry:
            request = self._one(entry.connection, course, identity)
            given = request.answer
            if given is not None and (given.outcome, given.words, given.points, given.by) == (outcome, said, points, actor):
                return request
            members = answered(request, outcome, said, points, only, self._weighed(entry.connection, request).left)
            adjustments = [
                entry.append(schema.adjustment, course, actor, slug=request.slug, username=member, points=float(points),
                             reason=f"#{identity} {request.problem}: {said}") for member in members]
            self._end(entry, request, actor, outcome, words=said, points=float(points), adjustments=adjustments)
            return self._one(entry.connection, course, identity)

    def get(self, course: str, identity: int) -> Request:
        """The request with this number."""
        with self.reading() as connection:
            return self._one(connection, course, identity)

    def all(self, course: str, slug: str | None = None) -> tuple[Request, ...]:
        """All requests of the course or of one assignment, oldest first."""
        with self.reading() as connection:
            return _requests(connection, course, slug)

    def of(self, course: str, slug: str, username: str) -> tuple[Request, ...]:
        """Those about work that this student handed in, alone or with others; oldest first."""
        return tuple(request for request in self.all(course, slug) if username in request.members)

    def ground(self, course: str, slug: str, username: str) -> Ground | None:
        """What this student can ask about, for `refusal`; None when he has handed in nothing."""
        with self.reading() as connection:
            found = self._ground(connection, course, slug, username)
        return found and found[0]

    def weighed(self, request: Request) -> Weighed:
        """What is to be known for an answer."""
        with self.reading() as connection:
            return self._weighed(connection, request)

    def _ground(self, connection: Connection, course: str, slug: str, username: str) -> tuple[Ground, Credit] | None:
        credit = lookups.credit(connection, self._blobs, course, slug, username)
        if credit is None:
            return None
        team = credit.submission.team
        page = lookups.pages(connection, course, slug, {team}).get(team)
        released = page.at if page and page.at >= credit.submission.submitted_at else None      # a page may be about older work
        asked = tuple(request for request in _requests(connection, course, slug) if request.team == team)
        return Ground(slug, team, credit.problems, released, asked), credit

    def _weighed(self, connection: Connection, request: Request) -> Weighed:
        earlier = [r.answer for r in _requests(connection, request.course, request.slug)
                   if r.answer is not None and (r.team, r.problem) == (request.team, request.problem)]
        credits = [credit for credit in lookups.credits(connection, self._blobs, request.course, request.slug).values()
                   if (credit.submission.team, credit.submission.sha256) == (request.team, request.sha256)]
        problem = next((p for credit in credits for p in credit.problems if p.id == request.problem), None)
        if problem is None:
            return Weighed(None, {}, ())
        left = {credit.username: lacking(problem, [answer.points for answer in earlier if credit.username in answer.members])
                for credit in credits}
        tests = {test.id for test in problem.tests}
        return Weighed(problem, left, tuple(sorted({credits[0].marks[test].actor for test in tests & credits[0].marks.keys()})))

    def _one(self, connection: Connection, course: str, identity: int) -> Request:
        found = [request for request in _requests(connection, course) if request.id == identity]
        if not found:
            raise RuleError(text("There is no request {id} in {course}.", id=identity, course=course), code="unknown-request")
        return found[0]

    def _end(self, entry: Writing, request: Request, actor: str, outcome: Outcome, *, words: str = "", points: float = 0.0,
             adjustments: Sequence[int] = ()) -> None:
        entry.append(schema.request_end, request.course, actor, request_id=request.id, slug=request.slug, outcome=outcome.value,
                     words=words, points=points, adjustments=json.dumps(list(adjustments)))


def _requests(connection: Connection, course: str, slug: str | None = None) -> tuple[Request, ...]:
    """The requests with their answers, oldest first."""
    def lines(table: Any) -> list[Any]:
        query = table.select().where(table.c.course == course).order_by(table.c.id)
        return list(connection.execute(query if slug is None else query.where(table.c.slug == slug)))

    asked = lines(schema.request)
    if not asked:
        return ()
    names = {row.id: row.username for row in lines(schema.adjustment)}
    ends = {row.request_id: Answer(Outcome(row.outcome), row.words, row.points,
                                   tuple(names[number] for number in json.loads(row.adjustments)), row.actor, row.at)
            for row in lines(schema.request_end)}
    submission = schema.submission
    members = {(row.team_id, row.sha256): tuple(json.loads(row.members)) for row in connection.execute(
        select(submission.c.team_id, submission.c.sha256, submission.c.members)
        .where(submission.c.team_id.in_({row.team_id for row in asked})).order_by(submission.c.id))}
    return tuple(
        Request(row.id, course, row.slug, lookups.team_name(row.team_id), row.sha256, row.problem, row.reason, row.actor, row.at,
                members[row.team_id, row.sha256], ends.get(row.id)) for row in asked)
