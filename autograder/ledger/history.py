"""What the book held at an instant: all from which course grades follow, for the whole class or for one student.

Lines are only ever added and carry their instants, so what stood in the book on any day can be read on every later one: the lines
until then, and for what is kept as a present state (assignments with their dates, who is a student) the lines that led to it. Asked
without an instant the answer is about now, from the present state itself. The class is read once, in one transaction; for one student
only the lines that can matter to him are.
"""
from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, Table, func, select

from autograder.ledger import counting, lookups, schema, sheets
from autograder.ledger.arrangements import Arrangement, holding, lines_of
from autograder.ledger.chapter import Chapter
from autograder.ledger.memory import Memory
from autograder.ledger.rows import Adjustment, Credit, ExternalMark, GradeRow, MarkRow, Published, SubmissionRow
from autograder.ledger.store import Store
from autograder.model import Role, RuleError, TeamRule


@dataclass(frozen=True)
class Record:
    """What the book held about one student. By assignment, where nothing else is said."""

    username: str
    due: Mapping[str, datetime | None]              # his own due times, of all published assignments
    extended: Mapping[str, datetime]                # until when, where he has an extension
    credits: Mapping[str, Credit]                   # what he handed in
    released: frozenset[str]                        # where he has feedback
    adjustments: Mapping[str, tuple[Adjustment, ...]]
    external: Mapping[str, ExternalMark]            # by item
    arrangements: tuple[Arrangement, ...]


@dataclass(frozen=True)
class Snapshot:
    """The book at an instant."""

    published: tuple[Published, ...]                # in the order of their due times
    begun: frozenset[str]                           # items for which anybody has a mark from outside
    records: tuple[Record, ...]                     # of the students, by user name


class Present(NamedTuple):
    """What counts now, by student."""

    credits: Mapping[str, Mapping[str, Credit]]     # by assignment: what he handed in
    released: Mapping[str, frozenset[str]]          # the assignments in which a team that names him has feedback


class History(Chapter):
    """`ledger.history`."""

    def __init__(self, store: Store, *, blobs: Path) -> None:
        super().__init__(store, blobs=blobs)
        self._memory = Memory()

    def snapshot(self, course: str, now: datetime, *, student: str | None = None, then: bool = False) -> Snapshot:
        """The book at `now`, about everybody or one student.

        then   `now` is past: leave out what was written later. RuleError for somebody who was no student of the course.
        """
        present = None if then else self.present(course)      # first: nobody waits for a second connection while he holds one
        with self.reading() as connection:
            return _Reading(connection, course, now, student, present).snapshot(self)

    def present(self, course: str) -> Present:
        """What counts now, read anew after every write."""
        def read() -> Present:
            credits: dict[str, dict[str, Credit]] = {}
            shown: dict[str, set[str]] = {}
            with self.reading() as connection:
                for slug in connection.execute(select(schema.assignment.c.slug).where(schema.assignment.c.course == course)).scalars():
                    for name, credit in lookups.credits(connection, self._blobs, course, slug).items():
                        credits.setdefault(name, {})[slug] = credit
                    teams = lookups.shown_to(connection, course, slug)
                    for name, rows in lookups.handed_in(connection, course, slug).items():
                        if any(row.team in teams for row in rows):
                            shown.setdefault(name, set()).add(slug)
            return Present(credits, {name: frozenset(slugs) for name, slugs in shown.items()})
        return self._memory.kept(course, self._store.stamp(), read)

    def answers_of(self, row: SubmissionRow) -> Any:
        """See `lookups.answers`."""
        return lookups.answers(self._blobs, row)


@dataclass(frozen=True)
class _Reading:
    """One reading of the book."""

    connection: Connection
    course: str
    now: datetime
    student: str | None
    present: Present | None          # None: what was written after `now` is left out

    @property
    def then(self) -> bool:
        """Whether `now` is past."""
        return self.present is None

    def snapshot(self, history: History) -> Snapshot:
        students = self._students()
        published = self._published()
        extended = self._extended()
        usual = {p.slug: p.due for p in published}
        due = {(slug, name): counting.own_due(usual[slug], until) for (slug, name), until in extended.items() if slug in usual}
        adjustments = self._adjustments()
        credits, pages = self.present or self._past(history, usual, due, adjustments)
        external, begun = self._external()
        held: dict[str, list[Arrangement]] = {}
        for one in holding(lines_of(self.connection, self.course, self.student), self.now):
            held.setdefault(one.username, []).append(one)
        longer: dict[str, dict[str, datetime]] = {}
        for (slug, who), until in extended.items():
            if slug in usual:
                longer.setdefault(who, {})[slug] = until
        return Snapshot(published, begun, tuple(
            Record(name, {slug: due.get((slug, name), time) for slug, time in usual.items()},
                   longer.get(name, {}), credits.get(name, {}), pages.get(name, frozenset()),
                   adjustments.get(name, {}), external.get(name, {}), tuple(held.get(name, ())))
            for name in students))

    def _lines(self, table: Table) -> Select[Any]:
        """The lines of the course that were there, oldest first."""
        query = table.select().where(table.c.course == self.course).order_by(table.c.id)
        return query.where(table.c.at <= self.now) if self.then else query

    def _rows(self, table: Table) -> Iterable[Any]:
        """Of them those about the student, or about everybody."""
        query = self._lines(table)
        return self.connection.execute(query if self.student is None else query.where(table.c.username == self.student))

    # ---------------------------------------------------------------- people and assignments

    def _students(self) -> tuple[str, ...]:
        roles = self._roles()
        if self.student is None:
            return tuple(sorted(name for name, role in roles.items() if role is Role.STUDENT))
        if roles.get(self.student) is not Role.STUDENT:
            raise RuleError(f"There {'was then' if self.then else 'is'} no student {self.student!r} in {self.course}.",
                            code="unknown-person")
        return (self.student,)

    def _roles(self) -> dict[str, Role]:
        membership, audit = schema.membership, schema.audit
        if not self.then:
            query = membership.select().where(membership.c.course == self.course)
            query = query if self.student is None else query.where(membership.c.username == self.student)
            return {row.username: Role(row.role) for row in self.connection.execute(query)}
        roles: dict[str, Role] = {}
        for row in self.connection.execute(audit.select().where(
                audit.c.course == self.course, audit.c.at <= self.now,
                audit.c.action.in_(("enrol", "unenrol"))).order_by(audit.c.number)):
            said = json.loads(row.data)
            if row.action == "enrol":
                roles[said["username"]] = Role(said["role"])
            else:
                roles.pop(said["username"], None)
        return roles

    def _published(self) -> tuple[Published, ...]:
        table = schema.assignment
        if not self.then:
            found = [lookups.published_row(row) for row in self.connection.execute(
                table.select().where(table.c.course == self.course))]
        else:
            found = _as_published(self.course, self.connection.execute(self._lines(schema.publication)).all(),
                                  self.connection.execute(self._lines(schema.schedule_change)).all())
        return tuple(sorted(found, key=lambda a: (a.due is None, a.due or a.published_at, a.slug)))

    def _extended(self) -> dict[tuple[str, str], datetime]:
        """By assignment and student, partners included: until when."""
        return {(row.slug, row.username): row.until for row in self.connection.execute(self._lines(schema.extension))}

    # ---------------------------------------------------------------- work

    def _past(self, history: History, usual: Mapping[str, datetime | None], own: Mapping[tuple[str, str], datetime | None],
              added: Mapping[str, Mapping[str, tuple[Adjustment, ...]]]) -> Present:
        submissions = self._submissions()
        return Present(self._credits(history, submissions, usual, own, added), self._pages(submissions))

    def _credits(self, history: History, handed_in: Iterable[SubmissionRow], usual: Mapping[str, datetime | None],
                 own: Mapping[tuple[str, str], datetime | None],
                 added: Mapping[str, Mapping[str, tuple[Adjustment, ...]]]) -> dict[str, dict[str, Credit]]:
        submissions: dict[str, list[SubmissionRow]] = {}
        for row in handed_in:
            submissions.setdefault(row.slug, []).append(row)
        counts: dict[str, dict[str, SubmissionRow]] = {}
        for slug, rows in submissions.items():
            if slug in usual:
                found = counting.counting(rows, _due_of(slug, usual, own))
                counts[slug] = {name: row for name, row in found.items() if self.student in (None, name)}
        chosen = {(row.team, row.sha256): row for found in counts.values() for row in found.values()}
        last = {(row.team, row.sha256): row for rows in submissions.values() for row in rows}
        grades = self._grades(chosen, last)
        marks = self._marks({row.team for row in chosen.values()})
        held = {work: counting.holding(marks.get(row.team, ()), row.sha256, history.answers_of(row))
                for work, row in chosen.items()}
        problems = {work: counting.with_marks(grade.problems, held[work]) for work, grade in grades.items()}
        wanted = [lookups.wanted_row(row) for row in self.connection.execute(self._lines(schema.second_wanted))]
        markings = [lookups.marking_row(row) for row in self.connection.execute(self._lines(schema.marking))] if wanted else []
        unsettled = {work: sheets.unsettled(row, held[work], markings, wanted) for work, row in chosen.items()}
        credits: dict[str, dict[str, Credit]] = {}
        for slug, found in counts.items():
            due = _due_of(slug, usual, own)
            for name, row in found.items():
                work = (row.team, row.sha256)
                credits.setdefault(name, {})[slug] = Credit(
                    self.course, slug, name, row, due=due(name), late_by=counting.late_by(row, name, due),
                    grade=grades.get(work), problems=problems.get(work, ()), marks=held[work],
                    adjustments=added.get(name, {}).get(slug, ()), unsettled=unsettled[work])
        return credits

    def _submissions(self) -> tuple[SubmissionRow, ...]:
        query = self._lines(schema.submission)
        if self.student is not None:     # only teams that he was ever in can have handed in something that names him
            member = schema.team_member
            query = query.where(schema.submission.c.team_id.in_(select(member.c.team_id).where(
                member.c.course == self.course, member.c.username == self.student)))
        return tuple(map(lookups.submission_row, self.connection.execute(query)))

    def _grades(self, chosen: Mapping[tuple[str, str], SubmissionRow],
                last: Mapping[tuple[str, str], SubmissionRow]) -> dict[tuple[str, str], GradeRow]:
        """The newest grade of each piece of work that counts."""
        grade = schema.grade
        newest = select(func.max(grade.c.id)).where(grade.c.course == self.course).group_by(grade.c.team_id, grade.c.sha256)
        if self.then:
            newest = newest.where(grade.c.at <= self.now)
        if self.student is not None:
            newest = newest.where(grade.c.team_id.in_({lookups.team_number(team) for team, _ in chosen}))
        found = {}
        for row in self.connection.execute(grade.select().where(grade.c.id.in_(newest))):
            work = (lookups.team_name(row.team_id), row.sha256)
            if work in chosen:
                found[work] = lookups.grade_row(row, last[work])
        return found

    def _marks(self, teams: set[str]) -> dict[str, list[MarkRow]]:
        query = self._lines(schema.mark)
        if self.student is not None:
            query = query.where(schema.mark.c.team_id.in_(map(lookups.team_number, teams)))
        found: dict[str, list[MarkRow]] = {}
        for row in map(lookups.mark_row, self.connection.execute(query)):
            found.setdefault(row.team, []).append(row)
        return found

    def _pages(self, submissions: Iterable[SubmissionRow]) -> dict[str, frozenset[str]]:
        """By student: the assignments in which a team that names him has feedback."""
        page = schema.feedback_page
        query = self._lines(page).with_only_columns(page.c.team_id)
        if self.student is not None:
            query = query.where(page.c.team_id.in_({lookups.team_number(row.team) for row in submissions}))
        released = {lookups.team_name(team) for team in self.connection.execute(query).scalars()}
        found: dict[str, set[str]] = {}
        for row in submissions:
            for name in row.members if row.team in released else ():
                found.setdefault(name, set()).add(row.slug)
        return {name: frozenset(slugs) for name, slugs in found.items()}

    # ---------------------------------------------------------------- what people add

    def _adjustments(self) -> dict[str, dict[str, tuple[Adjustment, ...]]]:
        found: dict[str, dict[str, tuple[Adjustment, ...]]] = {}
        for row in self._rows(schema.adjustment):
            his = found.setdefault(row.username, {})
            his[row.slug] = (*his.get(row.slug, ()), Adjustment(row.slug, row.username, row.points, row.reason, row.actor, row.at))
        return found

    def _external(self) -> tuple[dict[str, dict[str, ExternalMark]], frozenset[str]]:
        found: dict[str, dict[str, ExternalMark]] = {}
        for row in self._rows(schema.external_mark):
            found.setdefault(row.username, {})[row.item] = ExternalMark(row.item, row.username, row.mark, row.source, row.actor,
                                                                       row.at)
        table = schema.external_mark
        begun = select(table.c.item).distinct().where(table.c.course == self.course)
        if self.then:
            begun = begun.where(table.c.at <= self.now)
        return found, frozenset(self.connection.execute(begun).scalars())


def _due_of(slug: str, usual: Mapping[str, datetime | None], own: Mapping[tuple[str, str], datetime | None]) -> counting.Due:
    return lambda name: own.get((slug, name), usual[slug])


def _as_published(course: str, publications: Sequence[Any], changes: Sequence[Any]) -> list[Published]:
    """Assignments as the lines about them leave them: `Ledger.publish` and `Ledger.reschedule` again, in their order."""
    state: dict[str, dict[str, Any]] = {}
    given: dict[str, dict[str, Any]] = {}
    for row in sorted([*publications, *changes], key=lambda row: row.line):
        if not hasattr(row, "given"):
            state[row.slug] |= {"due": row.due, "pairs_lock": row.pairs_lock, "closes": row.closes}
            continue
        before, after = given.get(row.slug, {}), json.loads(row.given)
        given[row.slug] = after
        said = {name: value for name, value in after.items() if name not in before or before[name] != value}
        for name in ("opens", "due", "pairs_lock", "closes"):
            if said.get(name) is not None:
                said[name] = datetime.fromisoformat(said[name])
        state[row.slug] = {**state.get(row.slug, {}), **said, "version": row.version, "published_at": row.at}
    return [Published(course, slug, now["title"], now["opens"], now["due"], now["pairs_lock"], now["closes"],
                      TeamRule(now["team_size"], now["team_alone"], now["team_three"]), now["version"], now["points"],
                      tuple(json.loads(now["files"])), now["published_at"]) for slug, now in state.items()]
