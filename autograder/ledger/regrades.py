"""Shadow regrades: stored work graded again beside the published grades, then published or discarded.

A regrade is a run with its results in tables of their own; until it is published no grade, page or gradebook knows of it. That is how
contest systems rejudge: results are collected beside, somebody looks at who changes and why, and then they are applied together or
dropped. Publishing appends grade lines, in one transaction with its reason; the grades of before stay in the book, and marks and
adjustments, which are lines of their own, hold on. An assignment has at most one open regrade.

What could no longer be decided (the machine failed this time) never takes the place of a grade that was: it waits to be tried again.

`compare`, `direction` and `to_publish` are the rules, from values to a value; `Regrades` reads, asks them and writes.
"""
from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, Literal

from sqlalchemy import Connection, Select, func, select

from autograder.ledger import blobs, counting, lookups, schema
from autograder.ledger.chapter import Chapter
from autograder.ledger.rows import Adjustment, GradeRow, MarkRow, SubmissionRow
from autograder.ledger.store import Writing
from autograder.model import Graded, ProblemResult, RuleError, Status
from autograder.scoring import exact
from autograder.words import text

Work = tuple[str, str]
"""A piece of work: team and SHA-256."""
Direction = Literal["up", "down", "same", "new", "undecided"]


@dataclass(frozen=True)
class RegradeEnd:
    """What became of a regrade."""

    published: bool                     # False: discarded
    reason: str
    keep_better: bool                   # grades that would have gone down stayed
    only: tuple[str, ...]               # teams; empty: all
    by: str
    at: datetime


@dataclass(frozen=True)
class Regrade:
    """One run over an assignment's stored work."""

    id: int
    course: str
    slug: str
    version: str                        # of the assignment
    engine: str
    by: str
    at: datetime
    end: RegradeEnd | None = None       # None while it is open


@dataclass(frozen=True)
class Score:
    """Points of how many, a person's marks in place, without adjustments and lateness."""

    points: Fraction
    possible: Fraction

    @property
    def share(self) -> Fraction:
        """From 0 to 1, so that scores out of different numbers of points compare."""
        return self.points / self.possible if self.possible else Fraction(0)


@dataclass(frozen=True)
class TestChange:
    """One test that ended otherwise. A status is None where there was no such test."""

    __test__ = False                    # not a pytest class

    problem: str
    test: str
    before: Status | None
    after: Status | None
    points: Fraction                    # more than before; negative: fewer
    message: str                        # what was said now, or before when nothing is said now


@dataclass(frozen=True)
class Change:
    """What a regrade does to one piece of work."""

    team: str
    sha256: str
    number: int
    members: tuple[str, ...]
    counts: bool                        # for somebody, now
    before: Score | None                # None: not graded before
    after: Score
    undecided: bool                     # something that was decided no longer is
    tests: tuple[TestChange, ...]
    adjustments: tuple[Adjustment, ...] # points that its members were given by hand: perhaps for the same mistake

    @property
    def work(self) -> Work:
        """Which piece of work."""
        return self.team, self.sha256


# -------------------------------------------------------------------- rules

def compare(row: SubmissionRow, before: GradeRow | None, after: GradeRow, marks: Mapping[str, MarkRow], *, counts: bool,
            adjustments: Iterable[Adjustment] = ()) -> Change:
    """What changes for a piece of work; `marks` hold for it under both grades."""
    old = counting.with_marks(before.problems, marks) if before else ()
    new = counting.with_marks(after.problems, marks)
    return Change(
        row.team, row.sha256, row.number, row.members, counts, _score(old) if before else None, _score(new),
        undecided=before is not None and bool(_open(new) - _open(old)), tests=_test_changes(old, new) if before else (),
        adjustments=tuple(line for line in adjustments if line.username in row.members))


def direction(change: Change) -> Direction:
    """Which way a piece of work goes."""
    if change.undecided:
        return "undecided"
    if change.before is None:
        return "new"
    if change.after.share == change.before.share:
        return "same"
    return "up" if change.after.share > change.before.share else "down"


def to_publish(changes: Iterable[Change], *, keep_better: bool, only: Collection[str] = ()) -> tuple[Change, ...]:
    """Those whose new grade is to count. What is undecided now keeps its grade; so does with `keep_better` what would go down."""
    return tuple(change for change in changes if (not only or change.team in only)
                 and direction(change) not in (("undecided", "down") if keep_better else ("undecided",)))


def _score(problems: Sequence[ProblemResult]) -> Score:
    tests = [test for problem in problems for test in problem.tests]
    return Score(sum((exact(test.score) for test in tests), Fraction(0)), sum((exact(test.max_score) for test in tests), Fraction(0)))


def _open(problems: Iterable[ProblemResult]) -> set[str]:
    """Tests that a machine should have decided and did not."""
    return {test.id for problem in problems if not problem.by_hand for test in problem.tests if test.status is Status.UNDECIDED}


def _test_changes(before: Sequence[ProblemResult], after: Sequence[ProblemResult]) -> tuple[TestChange, ...]:
    def by_id(problems: Sequence[ProblemResult]) -> dict[str, tuple[str, Any]]:
        return {test.id: (problem.id, test) for problem in problems for test in problem.tests}

    old, new = by_id(before), by_id(after)
    found = []
    for name in [*new, *(name for name in old if name not in new)]:
        problem, was, now = (new.get(name) or old[name])[0], old.get(name, ("", None))[1], new.get(name, ("", None))[1]
        points = (exact(now.score) if now else 0) - (exact(was.score) if was else Fraction(0))
        if points or was is None or now is None or was.status is not now.status:
            message = (now.message if now else "") or (was.message if was else "")
            found.append(TestChange(problem, name, was and was.status, now and now.status, points, message))
    return tuple(found)


# -------------------------------------------------------------------- the chapter

class Regrades(Chapter):
    """Runs, their results and their ends."""

    def begin(self, course: str, slug: str, *, version: str, engine: str, actor: str) -> Regrade:
        """Open a regrade with this version of the assignment, or go on with the open one."""
        with self.writing(actor) as entry:
            lookups.assignment(entry.connection, course, slug)
            runs = _runs(entry.connection, course, slug)
            if runs and runs[-1].end is None:
                if (runs[-1].version, runs[-1].engine) == (version, engine):
                    return runs[-1]
                raise RuleError(text("A regrade of {slug} with another version of its tests ({engine}) is open since {at}. Publish or "
                                     "discard it first.", slug=slug, engine=runs[-1].engine, at=lookups.shown(runs[-1].at)),
                                code="open-regrade")
            entry.append(schema.regrade, course, actor, slug=slug, version=version, engine=engine)
            return _runs(entry.connection, course, slug)[-1]

    def record(self, regrade: Regrade, graded: Graded, notebook: bytes, *, actor: str) -> None:
        """Add a result to an open regrade. Recording the same result again adds nothing."""
        values = lookups.grade_values(graded, version=regrade.version, engine=graded.engine)
        digest = blobs.put(self._blobs, notebook)
        table = schema.regraded
        with self.writing(actor) as entry:
            self._open(entry, regrade)
            newest = lookups.first(entry, table.select().where(
                table.c.regrade_id == regrade.id, table.c.team_id == values["team_id"], table.c.sha256 == graded.sha256)
                .order_by(table.c.id.desc()).limit(1))
            if newest is None or newest.engine != graded.engine or (
                    lookups.untimed(lookups.problems(newest.problems)) != lookups.untimed(graded.problems)):
                entry.append(table, regrade.course, actor, regrade_id=regrade.id, notebook=digest, **values)

    def runs(self, course: str, slug: str) -> tuple[Regrade, ...]:
        """All regrades of an assignment, oldest first."""
        with self.reading() as connection:
            return _runs(connection, course, slug)

    def newest(self, course: str, slug: str) -> Regrade:
        """The last regrade of an assignment; RuleError when there was none."""
        runs = self.runs(course, slug)
        if not runs:
            raise RuleError(text("{slug} was never graded again. Begin with: autograder regrade {slug}", slug=slug), code="no-regrade")
        return runs[-1]

    def results(self, regrade: Regrade) -> dict[Work, GradeRow]:
        """The newest result of each piece of work."""
        with self.reading() as connection:
            return _results(connection, regrade)

    def notebook(self, regrade: Regrade, work: Work) -> bytes:
        """The graded notebook that came with the newest result of a piece of work."""
        table, (team, sha256) = schema.regraded, work
        with self.reading() as connection:
            digest = connection.execute(select(table.c.notebook).where(
                table.c.regrade_id == regrade.id, table.c.team_id == lookups.team_number(team), table.c.sha256 == sha256)
                .order_by(table.c.id.desc()).limit(1)).scalar_one()
        return blobs.get(self._blobs, digest)

    def changes(self, regrade: Regrade) -> tuple[Change, ...]:
        """What the regrade changes, or changed, by team and number."""
        with self.reading() as connection:
            return self._changes(connection, regrade)

    def decided(self, course: str, slug: str, engine: str) -> frozenset[Work]:
        """What regrades have graded by this engine: whether those results count is decided there, not by the next batch."""
        table = schema.regraded
        with self.reading() as connection:
            return frozenset((lookups.team_name(row.team_id), row.sha256) for row in connection.execute(
                select(table.c.team_id, table.c.sha256).where(
                    table.c.course == course, table.c.slug == slug, table.c.engine == engine,
                    table.c.status != Status.UNDECIDED.value)))

    def publish(self, regrade: Regrade, *, reason: str, actor: str, keep_better: bool = False,
                only: Iterable[str] = ()) -> tuple[Change, ...]:
        """Make the results count; answers what was published. The same said again changes nothing."""
        teams = tuple(sorted(set(only)))
        with self.writing(actor) as entry:
            if not self._ended(entry, regrade, True, reason, keep_better, teams):
                changes = self._changes(entry.connection, regrade)
                if strangers := sorted(set(teams) - {change.team for change in changes}):
                    raise RuleError(text("The regrade has nothing of {teams}.", teams=", ".join(strangers)), code="unknown-team")
                if missing := sorted(team for team in _missing(entry.connection, regrade) if not teams or team in teams):
                    raise RuleError(text("These are not graded again yet: {teams}. Run: autograder regrade {slug}",
                                         teams=", ".join(missing), slug=regrade.slug), code="unfinished")
                self._end(entry, regrade, True, reason, actor, keep_better, teams)
                results, grades = _results(entry.connection, regrade), _grades(entry.connection, regrade)
                for change in to_publish(changes, keep_better=keep_better, only=teams):
                    self._count(entry, results[change.work], grades.get(change.work), actor)
            ended = _run(entry.connection, regrade)
            return to_publish(self._changes(entry.connection, ended), keep_better=keep_better, only=teams)

    def discard(self, regrade: Regrade, *, reason: str, actor: str) -> None:
        """Leave everything as it was; the results stay in the book."""
        with self.writing(actor) as entry:
            if not self._ended(entry, regrade, False, reason, False, ()):
                self._end(entry, regrade, False, reason, actor, False, ())

    def _count(self, entry: Writing, result: GradeRow, newest: GradeRow | None, actor: str) -> None:
        same = newest is not None and (newest.version, newest.engine) == (result.version, result.engine) \
            and lookups.untimed(newest.problems) == lookups.untimed(result.problems)
        if not same:
            entry.append(schema.grade, result.course, actor, slug=result.slug, team_id=lookups.team_number(result.team),
                         sha256=result.sha256, score=result.score, max_score=result.max_score, status=result.status.value,
                         problems=lookups.written(result.problems), version=result.version, engine=result.engine)

    def _changes(self, connection: Connection, regrade: Regrade) -> tuple[Change, ...]:
        rows = lookups.submissions(connection, regrade.course, regrade.slug)
        last = {(row.team, row.sha256): row for row in rows}
        until = lookups.due(connection, lookups.assignment(connection, regrade.course, regrade.slug))
        counts = {(row.team, row.sha256) for row in counting.counting(rows, until).values()}
        then = regrade.end.at if regrade.end else None
        marks: dict[str, list[MarkRow]] = {}
        for mark in lookups.marks(connection, regrade.course, regrade.slug):
            if then is None or mark.at <= then:
                marks.setdefault(mark.team, []).append(mark)
        added = [line for line in lookups.adjustments(connection, regrade.course, regrade.slug) if then is None or line.at <= then]
        grades = _grades(connection, regrade)
        found = []
        for work, after in _results(connection, regrade).items():
            row = last[work]
            held = counting.holding(marks.get(row.team, ()), row.sha256, lookups.answers(self._blobs, row))
            found.append(compare(row, grades.get(work), after, held, counts=work in counts, adjustments=added))
        return tuple(sorted(found, key=lambda change: (change.team, change.number)))

    def _open(self, entry: Writing, regrade: Regrade) -> None:
        now = _run(entry.connection, regrade)
        if now.end is not None:
            how = text("published") if now.end.published else text("discarded")
            raise RuleError(text("The regrade of {slug} from {at} was {how} by {by} and takes nothing more.", slug=now.slug,
                                 at=lookups.shown(now.at), how=how, by=now.end.by), code="ended")

    def _ended(self, entry: Writing, regrade: Regrade, published: bool, reason: str, keep_better: bool, only: tuple[str, ...]) -> bool:
        """Whether it has ended in just this way; RuleError when in another."""
        if not reason.strip():
            raise RuleError(text("Say why; it is kept with the grades."), code="no-reason")
        end = _run(entry.connection, regrade).end
        if end is not None and (end.published, end.reason, end.keep_better, end.only) == (
                published, lookups.plain(reason), keep_better, only):
            return True
        self._open(entry, regrade)
        return False

    def _end(self, entry: Writing, regrade: Regrade, published: bool, reason: str, actor: str, keep_better: bool,
             only: tuple[str, ...]) -> None:
        entry.append(schema.regrade_end, regrade.course, actor, regrade_id=regrade.id, slug=regrade.slug,
                     outcome="published" if published else "discarded", reason=lookups.plain(reason), keep_better=int(keep_better),
                     teams=json.dumps(only))


def _runs(connection: Connection, course: str, slug: str) -> tuple[Regrade, ...]:
    ends = {row.regrade_id: RegradeEnd(row.outcome == "published", row.reason, bool(row.keep_better), tuple(json.loads(row.teams)),
                                       row.actor, row.at)
            for row in connection.execute(lookups.of(schema.regrade_end, course, slug))}
    return tuple(Regrade(row.id, course, slug, row.version, row.engine, row.actor, row.at, ends.get(row.id))
                 for row in connection.execute(lookups.of(schema.regrade, course, slug)))


def _run(connection: Connection, regrade: Regrade) -> Regrade:
    """The regrade as it is now."""
    return next(run for run in _runs(connection, regrade.course, regrade.slug) if run.id == regrade.id)


def _results(connection: Connection, regrade: Regrade) -> dict[Work, GradeRow]:
    """The newest result of each piece of work."""
    table = schema.regraded
    newest = select(func.max(table.c.id)).where(table.c.regrade_id == regrade.id).group_by(table.c.team_id, table.c.sha256)
    return _by_work(connection, regrade, table.select().where(table.c.id.in_(newest)).order_by(table.c.id))


def _grades(connection: Connection, regrade: Regrade) -> dict[Work, GradeRow]:
    """The published grades; of a regrade that has ended those of before."""
    grade, end = schema.grade, schema.regrade_end
    newest = select(func.max(grade.c.id)).where(grade.c.course == regrade.course, grade.c.slug == regrade.slug) \
        .group_by(grade.c.team_id, grade.c.sha256)
    ended = connection.execute(select(end.c.line).where(end.c.regrade_id == regrade.id)).scalar_one_or_none()
    if ended is not None:
        newest = newest.where(grade.c.line < ended)
    return _by_work(connection, regrade, grade.select().where(grade.c.id.in_(newest)))


def _by_work(connection: Connection, regrade: Regrade, query: Select[Any]) -> dict[Work, GradeRow]:
    last = {(row.team, row.sha256): row for row in lookups.submissions(connection, regrade.course, regrade.slug)}
    found = {}
    for row in connection.execute(query):
        work = (lookups.team_name(row.team_id), row.sha256)
        found[work] = lookups.grade_row(row, last[work])
    return found


def _missing(connection: Connection, regrade: Regrade) -> set[str]:
    """Teams whose work counts and has a grade by another version, but no result in this regrade."""
    until = lookups.due(connection, lookups.assignment(connection, regrade.course, regrade.slug))
    counts = counting.counting(lookups.submissions(connection, regrade.course, regrade.slug), until).values()
    results, grades = _results(connection, regrade), _grades(connection, regrade)
    return {row.team for row in counts if (work := (row.team, row.sha256)) not in results
            and work in grades and grades[work].engine != regrade.engine}
