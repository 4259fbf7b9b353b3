"""Marking in the book: each answer is marked once for its team, by rubric, with its mark in the same transaction.

The rules are in `sheets`. What everybody else reads is the mark (`Ledger.marks`), so formgrader, feedback and course grades know nothing
of rubrics; a marking is how that mark came about. Who has a sheet before him (a *lease*) is for the moment only, so that two markers do
not do the same work: it is no line of the book.
"""
from __future__ import annotations

import json
import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, select

from autograder.ledger import counting, lookups, schema, sheets
from autograder.ledger.chapter import Chapter
from autograder.ledger.rows import Published, SubmissionRow
from autograder.ledger.sheets import Conflict, Given, Lease, Marking, Sheet, State, Turn, WrittenAnswer
from autograder.ledger.store import Writing
from autograder.model import RuleError
from autograder.words import text

LEASE = timedelta(minutes=15)
"""How long a sheet stays with who took it up and did nothing."""


class Markings(Chapter):
    """`ledger.marking`."""

    def sheets(self, course: str, slug: str, test_ids: Iterable[str]) -> tuple[Sheet, ...]:
        """The answers that count, of all teams, in the order in which they are looked at."""
        with self.reading() as connection:
            return _sheets(connection, self._blobs, course, slug, test_ids)

    def sheet(self, course: str, slug: str, team: str, test_id: str) -> Sheet:
        """One of them. RuleError when the team has handed in nothing."""
        with self.reading() as connection:
            return _sheet(connection, self._blobs, course, slug, team, test_id)

    def look(self, course: str, slug: str, team: str, test_id: str, *, actor: str) -> Sheet:
        """`sheet` for a marker: RuleError when it is none of his."""
        with self.reading() as connection:
            found = _sheet(connection, self._blobs, course, slug, team, test_id)
            sheets.turn_away(found, actor, _pairs(connection, course))
            return found

    def bank(self, course: str, slug: str, test_id: str) -> tuple[tuple[str, int], ...]:
        """The remarks in use for this answer, with the number of teams that have each."""
        with self.reading() as connection:
            found = markings_of(connection, course, slug)
        return sheets.bank(one for one in found if one.test_id == test_id and one.turn is not Turn.SECOND)

    def take_up(self, course: str, slug: str, test_id: str, *, actor: str, team: str | None = None) -> Sheet | None:
        """The next answer that waits for this marker, or the one of a team, which is his for a while; None when none waits.

        What he has before him already comes first. A team's answer is given to him unless somebody else has it: then `lease` says who.
        """
        if team is not None:
            chosen = self.look(course, slug, team, test_id, actor=actor)
            with self.writing(actor) as entry:
                return _taken(entry, course, chosen, actor)
        with self.writing(actor) as entry:
            found = _sheets(entry.connection, self._blobs, course, slug, (test_id,))
            conflicts = _pairs(entry.connection, course)
            waiting = [one for one in found if sheets.waits_for(one, actor, conflicts, entry.now)]
            own = [one for one in waiting if one.lease is not None and one.lease.holder == actor and one.lease.until > entry.now]
            return next((_taken(entry, course, one, actor) for one in own or waiting), None)

    def mark(self, course: str, slug: str, team: str, asked: WrittenAnswer, given: Given, *, actor: str,
             sha256: str | None = None) -> Sheet:
        """A marker's points for one answer, as first or, where one is asked for, second marker. The same again adds nothing.

        sha256  the submission that was looked at; RuleError when another one counts by now
        """
        given = sheets.checked(asked, given)
        with self.writing(actor) as entry:
            found = _sheet(entry.connection, self._blobs, course, slug, team, asked.test_id)
            if sha256 is not None and sha256 != found.submission.sha256:
                raise RuleError(text("{team} has handed in again since you opened this. Look at the new answer and mark that.",
                                     team=team), code="superseded")
            turn = sheets.turn(found, actor, _pairs(entry.connection, course))
            self._write(entry, found, asked, given, turn, actor)
            return _sheet(entry.connection, self._blobs, course, slug, team, asked.test_id)

    def ask_second(self, course: str, slug: str, team: str, test_id: str, reason: str = "", *, actor: str) -> Sheet:
        """Have another person mark an answer too, without seeing the first mark."""
        with self.writing(actor) as entry:
            found = _sheet(entry.connection, self._blobs, course, slug, team, test_id)
            if found.state is State.OPEN or found.mark is None:
                raise RuleError(text("This answer has no mark yet. Mark it first, then ask for a second marker."), code="not-marked")
            if found.state is State.MARKED:
                entry.append(schema.second_wanted, course, actor, slug=slug, team_id=lookups.team_number(team), test=test_id,
                             answer=found.mark.answer, reason=lookups.plain(reason.strip()))
            return _sheet(entry.connection, self._blobs, course, slug, team, test_id)

    def settle(self, course: str, slug: str, team: str, asked: WrittenAnswer, given: Given, *, actor: str) -> Sheet:
        """Decide where two markers differ; what is given here is the mark."""
        given = sheets.checked(asked, given)
        with self.writing(actor) as entry:
            found = _sheet(entry.connection, self._blobs, course, slug, team, asked.test_id)
            if found.state is State.MARKED and found.first is not None and found.first.turn is Turn.SETTLED and found.first.given == given:
                return found
            if found.state is not State.DIFFERENT:
                raise RuleError(text("There is nothing to settle: no two markers differ about this answer."), code="not-different")
            sheets.turn_away(found, actor, _pairs(entry.connection, course))
            self._write(entry, found, asked, given, Turn.SETTLED, actor)
            return _sheet(entry.connection, self._blobs, course, slug, team, asked.test_id)

    def _write(self, entry: Writing, found: Sheet, asked: WrittenAnswer, given: Given, turn: Turn, actor: str) -> None:
        """The marking and, unless it is the second of two, the mark."""
        row = found.submission
        answer = lookups.answers(self._blobs, row)(asked.test_id)
        said = Given(given.lines, given.points, tuple(map(lookups.plain, given.remarks)), lookups.plain(given.comment))
        same = found.second if turn is Turn.SECOND else found.first
        if same is None or (same.given, same.answer) != (said, answer) or turn is Turn.SETTLED:
            entry.append(schema.marking, row.course, actor, slug=row.slug, team_id=lookups.team_number(row.team), sha256=row.sha256,
                         test=asked.test_id, answer=answer, turn=turn.value, lines=json.dumps(dict(said.lines)), points=said.points,
                         remarks=json.dumps(said.remarks), comment=said.comment, tolerance=float(asked.tolerance))
        if turn is not Turn.SECOND:
            put_mark(entry, self._blobs, row, asked.test_id, said.points, said.said, actor=actor)
        _end_lease(entry, row.course, found)

    # ---------------------------------------------------------------- conflicts of interest

    def declare(self, course: str, username: str, student: str, reason: str = "", *, actor: str) -> None:
        """This member of the staff shall not mark this student."""
        with self.writing(actor) as entry:
            lookups.student(entry.connection, course, student)
            old = _conflicts(entry.connection, course).get((username, student))
            if old is None or old.reason != lookups.plain(reason.strip()):
                entry.append(schema.conflict, course, actor, username=username, student=student, holds=1,
                             reason=lookups.plain(reason.strip()))

    def withdraw(self, course: str, username: str, student: str, *, actor: str) -> None:
        """There is no conflict any more."""
        with self.writing(actor) as entry:
            if (username, student) in _conflicts(entry.connection, course):
                entry.append(schema.conflict, course, actor, username=username, student=student, holds=0, reason="")

    def conflicts(self, course: str, username: str | None = None) -> tuple[Conflict, ...]:
        """Those that hold: of everybody, or one person's."""
        with self.reading() as connection:
            found = _conflicts(connection, course)
        return tuple(one for _, one in sorted(found.items()) if username in (None, one.username))


# -------------------------------------------------------------------- marks

def put_mark(entry: Writing, folder: Path, row: SubmissionRow, test_id: str, points: float | None, comment: str, *, actor: str) -> None:
    """Add a mark for one answer of a submission; the same as the last one adds nothing. RuleError for who has a conflict."""
    if points is not None and not (math.isfinite(points) and points >= 0):
        raise RuleError(text("{points} is not a number of points. Give zero or more.", points=points), code="bad-points")
    if any((actor, member) in _pairs(entry.connection, row.course) for member in row.members):
        raise RuleError(text("You have declared a conflict of interest with this team; somebody else marks it."), code="conflict")
    line = {"slug": row.slug, "team_id": lookups.team_number(row.team), "sha256": row.sha256, "test": test_id,
            "points": None if points is None else float(points), "comment": lookups.plain(comment),
            "answer": lookups.answers(folder, row)(test_id)}
    newest = [m for m in lookups.marks(entry.connection, row.course, row.slug, row.team)
              if (m.sha256, m.test_id) == (row.sha256, test_id)][-1:]
    if not newest or (newest[0].points, newest[0].comment) != (line["points"], line["comment"]):
        entry.append(schema.mark, row.course, actor, **line)


# -------------------------------------------------------------------- reading

def markings_of(connection: Connection, course: str, slug: str) -> tuple[Marking, ...]:
    """All markings of an assignment, oldest first."""
    return tuple(map(lookups.marking_row, connection.execute(lookups.of(schema.marking, course, slug))))


def _sheets(connection: Connection, folder: Path, course: str, slug: str, test_ids: Iterable[str]) -> tuple[Sheet, ...]:
    published, tests = lookups.assignment(connection, course, slug), tuple(test_ids)
    mark = (published, lookups.newest(connection, course, slug, schema.submission, schema.extension, schema.mark, schema.marking,
                                      schema.second_wanted))
    found = lookups.kept(connection, ("sheets", course, slug, *tests), mark, lambda: _written(connection, folder, published, tests))
    table = schema.lease
    leases = {(row.test, lookups.team_name(row.team_id)): Lease(row.holder, row.until) for row in connection.execute(
        select(table).where(table.c.course == course, table.c.slug == slug))}
    return tuple(replace(one, lease=leases[one.test_id, one.team]) if (one.test_id, one.team) in leases else one for one in found)


def _written(connection: Connection, folder: Path, published: Published, tests: Sequence[str]) -> tuple[Sheet, ...]:
    """All sheets, without who has them before him."""
    course, slug = published.course, published.slug
    marks = _by_team(lookups.marks(connection, course, slug))
    markings = _by_team(markings_of(connection, course, slug))
    wanted = _by_team(map(lookups.wanted_row, connection.execute(lookups.of(schema.second_wanted, course, slug))))
    found = []
    for row in sorted(set(lookups.counts(connection, published).values()), key=lambda row: row.team):
        held = counting.holding(marks.get(row.team, ()), row.sha256, lookups.answers(folder, row))
        lines = markings.get(row.team, ()), wanted.get(row.team, ())
        found += [sheets.sheet(row, test, held.get(test), *lines) for test in tests]
    return sheets.in_order(found)


def _taken(entry: Writing, course: str, sheet: Sheet, actor: str) -> Sheet:
    """The sheet, given to this marker for a while unless somebody else has it."""
    table = schema.lease
    row = entry.connection.execute(select(table).where(_lease_of(course, sheet))).first()
    lease = None if row is None else Lease(row.holder, row.until)
    if lease is None or lease.holder == actor or lease.until <= entry.now:
        lease = Lease(actor, entry.now + LEASE)
        _end_lease(entry, course, sheet)
        entry.connection.execute(insert(table).values(
            course=course, slug=sheet.submission.slug, test=sheet.test_id, team_id=lookups.team_number(sheet.team), holder=lease.holder,
            until=lease.until))
    return replace(sheet, lease=lease)


def _sheet(connection: Connection, folder: Path, course: str, slug: str, team: str, test_id: str) -> Sheet:
    lookups.team_number(team)
    found = next((one for one in _sheets(connection, folder, course, slug, (test_id,)) if one.team == team), None)
    if found is None:
        raise _nothing(slug, team)
    return found


def _nothing(slug: str, team: str) -> RuleError:
    return RuleError(text("{team} has handed in nothing for {slug} that counts, so there is nothing to mark.", team=team, slug=slug),
                     code="unknown-submission")


def _by_team(lines: Iterable[Any]) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    for line in lines:
        found.setdefault(line.team, []).append(line)
    return found


def _conflicts(connection: Connection, course: str) -> dict[tuple[str, str], Conflict]:
    """By marker and student: those that hold."""
    table = schema.conflict
    found: dict[tuple[str, str], Conflict] = {}
    for row in connection.execute(table.select().where(table.c.course == course).order_by(table.c.id)):
        if row.holds:
            found[row.username, row.student] = Conflict(row.username, row.student, row.reason, row.at)
        else:
            found.pop((row.username, row.student), None)
    return found


def _pairs(connection: Connection, course: str) -> frozenset[tuple[str, str]]:
    return frozenset(_conflicts(connection, course))


def _end_lease(entry: Writing, course: str, found: Sheet) -> None:
    entry.connection.execute(delete(schema.lease).where(_lease_of(course, found)))


def _lease_of(course: str, sheet: Sheet) -> ColumnElement[bool]:
    table = schema.lease
    return and_(table.c.course == course, table.c.slug == sheet.submission.slug, table.c.test == sheet.test_id,
                table.c.team_id == lookups.team_number(sheet.team))
