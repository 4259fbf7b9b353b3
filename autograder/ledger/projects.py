"""Projects in the book: what was handed in, decided, said, marked and shown, stage by stage. The rules are in `autograder.projects`.

A project is a slug like an assignment, so inviting, accepting, permits, assigning and extensions are the same verbs and the same tables;
all its stages share one team, frozen by its first hand-in. One table holds all its lines: each names the people whom it is about and may
answer an earlier one. Files are kept as those of submissions are, by their content, and answered with the same receipt, whose slug says
the stage as well (`project/final`).
"""
from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Table, select

from autograder import projects as rules
from autograder.ledger import blobs, lookups, packing, schema
from autograder.ledger import teams as pairs
from autograder.ledger.chapter import Chapter
from autograder.ledger.rows import Receipt, Team
from autograder.ledger.store import Store, Writing
from autograder.model import Role, RuleError
from autograder.projects import Did, Line, Project, ProjectMark, Side
from autograder.words import text

FILES = 2000
"""How many files one hand-in may have."""


@dataclass(frozen=True)
class Held:
    """What the book held about one project at an instant: all from which its marks follow."""

    due: datetime | None                # of the final stage, as it was moved for everybody
    extended: Mapping[str, datetime]    # until when, for single students
    lines: Mapping[str, tuple[Line, ...]]       # by student: what is about him

    def mark(self, project: Project, username: str, now: datetime) -> ProjectMark:
        """What the project counts for one student."""
        return rules.mark_of(rules.moved(project, self.due), self.lines.get(username, ()), username, now, self.extended)


class Projects(Chapter):
    """`ledger.projects`."""

    def __init__(self, store: Store, *, blobs: Path, publish: Callable[..., None], sign: Callable[[Mapping[str, Any]], str],
                 apply: Callable[..., None]) -> None:
        super().__init__(store, blobs=blobs)
        self._publish, self._sign, self._apply = publish, sign, apply

    def publish(self, course: str, project: Project, *, archive: bytes, actor: str) -> None:
        """Open a project to the students: from now on they pair up and hand in. `archive` is what they start from; may be empty."""
        given = json.dumps(_as_written(project), sort_keys=True)
        table = schema.project
        with self.writing(actor) as entry:
            newest = lookups.first(entry, table.select().where(table.c.course == course, table.c.slug == project.id)
                                   .order_by(table.c.id.desc()).limit(1))
            if newest is None or newest.given != given:
                entry.append(table, course, actor, slug=project.id, given=given)
        self._publish(course, project.id, title=project.title, opens=project.opens, due=project.final.due,
                      pairs_lock=project.pairs_lock, team=project.team, version="project", archive=archive,
                      points=float(project.out_of), actor=actor)

    # ---------------------------------------------------------------- students

    def hand_in(self, course: str, project: Project, stage: str, by: str, files: Mapping[str, bytes], *,
                actor: str | None = None) -> Receipt:
        """Take the files of a student's team for one stage. The same files again are the same hand-in. RuleError, or SubmissionError
        for the files. `actor`: who hands them in for him, where it is not himself."""
        here = project.stage(stage)
        if not here.takes_files:
            raise RuleError(text("{stage} is no stage where this is done.", stage=here.title), code="other-stage")
        allowance = packing.Allowance(total=here.megabytes * packing.MEGABYTE, files=FILES)
        packing.check_files(files, allowed=here.files, allowance=allowance)
        packed = packing.pack(files)
        digest = blobs.put(self._blobs, packed)
        with self.writing(actor or by) as entry:
            published = lookups.assignment(entry.connection, course, project.id)
            pairings = lookups.pairings(entry.connection, published, entry.now)
            team = pairings.team_of(by)
            members: Iterable[str] = (by,) if team is None else pairings.teams[team].members
            changes = pairs.submit_as(pairings, by)
            before = rules.about(lines_of(entry.connection, course, project.id), tuple(members))
            newest = next((line for line in reversed(before) if line.stage == stage and line.did in (Did.HANDED_IN, Did.WITHDREW)), None)
            if newest is not None and newest.did is Did.HANDED_IN and newest.sha256 == digest and rules.decided(before, newest) is None:
                return self.receipt(course, project.id, newest)
            self._may(entry, course, project, before, tuple(members), (Did.HANDED_IN, stage), Side.STUDENT)
            self._apply(entry, course, project.id, actor or by, changes, reason="hands in alone")
            groups = lookups.groups(entry.connection, course, project.id)
            own = next(lookups.team_row(project.id, name, group) for name, group in groups.items() if by in group.members)
            number = 1 + max((line.number for line in before if line.team == own.id), default=0)
            line = _write(entry, course, project.id, own, actor or by, Did.HANDED_IN, stage=stage, number=number, sha256=digest,
                          size=sum(map(len, files.values())))
            return self.receipt(course, project.id, line)

    def withdraw(self, course: str, project: Project, stage: str, by: str) -> None:
        """Take back what was handed in last for a stage, before it is due or decided upon."""
        with self.writing(by) as entry:
            team = _team_of(entry.connection, course, project, by)
            before = self._before(entry.connection, course, project, team)
            self._may(entry, course, project, before, team.members, (Did.WITHDREW, stage), Side.STUDENT)
            newest = next(line for line in reversed(before) if line.stage == stage and line.did is Did.HANDED_IN)
            _write(entry, course, project.id, team, by, Did.WITHDREW, stage=stage, about=newest.id)

    # ---------------------------------------------------------------- both sides

    def note(self, course: str, project: Project, stage: str, team: str, words: str, *, when: datetime, actor: str) -> Line:
        """What was said in a meeting, written by a member or by staff, for the other side to acknowledge."""
        words = rules.said_words(words, needed=True)
        with self.writing(actor) as entry:
            own, before = self._team(entry.connection, course, project, team)
            if when > entry.now:
                raise RuleError(text("That meeting has not taken place yet: {when}.", when=lookups.shown(when)), code="too-early")
            self._may(entry, course, project, before, own.members, (Did.NOTED, stage), _side(entry.connection, course, own.members, actor))
            same = next((line for line in before if line.did is Did.NOTED and
                         (line.stage, line.by, line.text, line.when) == (stage, actor, words, when)), None)
            return same or _write(entry, course, project.id, own, actor, Did.NOTED, stage=stage, text=words, when=when)

    def acknowledge(self, course: str, project: Project, note: int, *, actor: str) -> None:
        """Say that a note of the other side is what was said."""
        with self.writing(actor) as entry:
            lines = lines_of(entry.connection, course, project.id)
            noted = next((line for line in lines if line.id == note and line.did is Did.NOTED), None)
            if noted is None:
                raise RuleError(text("There is no note {number} in {project}.", number=note, project=project.title), code="unknown-note")
            before = rules.about(lines, noted.members)
            side = _side(entry.connection, course, noted.members, actor)
            if side is noted.side:
                raise RuleError(text("A note is acknowledged by the other side."), code="not-yours")
            if any(line.did is Did.ACKNOWLEDGED and line.about == note for line in before):
                return
            self._may(entry, course, project, before, noted.members, (Did.ACKNOWLEDGED, noted.stage), side)
            team = Team(noted.team, project.id, noted.members, True)
            _write(entry, course, project.id, team, actor, Did.ACKNOWLEDGED, stage=noted.stage, about=note)

    # ---------------------------------------------------------------- staff

    def decide(self, course: str, project: Project, stage: str, team: str, approved: bool, words: str = "", *, seen: int | None = None,
               actor: str) -> None:
        """Approve what a team handed in for a stage, or return it with words. `seen`: the number of what was read, so that nobody
        decides upon files that came while he read."""
        did = Did.APPROVED if approved else Did.RETURNED
        words = rules.said_words(words, needed=not approved)
        with self.writing(actor) as entry:
            own, before = self._team(entry.connection, course, project, team)
            self._may(entry, course, project, before, own.members, (did, stage), Side.STAFF)
            newest = next(line for line in reversed(before) if line.stage == stage and line.did is Did.HANDED_IN)
            if seen is not None and seen != newest.number:
                raise RuleError(text("The team has handed in number {number} meanwhile. Read that first.", number=newest.number),
                                code="newer-there")
            last = rules.decided(before, newest)
            if last is None or (last.did, last.text) != (did, words):
                _write(entry, course, project.id, own, actor, did, stage=stage, text=words, about=newest.id)

    def schedule(self, course: str, project: Project, stage: str, team: str, *, when: datetime, place: str, actor: str) -> None:
        """Give a team the time and the place (a room, a link) of its presentation, or another one."""
        place = rules.said_words(place, needed=True)
        with self.writing(actor) as entry:
            own, before = self._team(entry.connection, course, project, team)
            self._may(entry, course, project, before, own.members, (Did.SCHEDULED, stage), Side.STAFF)
            last = _last(before, stage, Did.SCHEDULED, Did.HELD, Did.MISSED)
            if last is None or (last.did, last.when, last.place) != (Did.SCHEDULED, when, place):
                _write(entry, course, project.id, own, actor, Did.SCHEDULED, stage=stage, when=when, place=place)

    def outcome(self, course: str, project: Project, stage: str, team: str, held: bool, words: str = "", *, actor: str) -> None:
        """Say whether a presentation took place."""
        did = Did.HELD if held else Did.MISSED
        words = rules.said_words(words, needed=False)
        with self.writing(actor) as entry:
            own, before = self._team(entry.connection, course, project, team)
            last = _last(before, stage, Did.SCHEDULED, Did.HELD, Did.MISSED)
            if last is not None and (last.did, last.text) == (did, words):
                return
            self._may(entry, course, project, before, own.members, (did, stage), Side.STAFF)
            _write(entry, course, project.id, own, actor, did, stage=stage, text=words)

    def mark(self, course: str, project: Project, team: str, rubric: str, points: Fraction | None, comment: str = "", *,
             member: str | None = None, actor: str) -> None:
        """Points in one line of the rubric, for all members or one; None takes them back."""
        line = project.line(rubric)
        comment = rules.said_words(comment, needed=False)
        if points is not None:
            rules.checked_points(line, points)
        with self.writing(actor) as entry:
            own, before = self._team(entry.connection, course, project, team)
            if member is not None and member not in own.members:
                raise RuleError(text("{name} is not in {team}: {members}.", name=member, team=own.id, members=", ".join(own.members)),
                                code="unknown-person")
            if line.per_member and member is None and len(own.members) > 1:
                raise RuleError(text("{line} is marked for each member: say for whom.", line=line.id), code="per-member")
            self._may(entry, course, project, before, own.members, (Did.MARKED, ""), Side.STAFF)
            whom = own.members if member is None else (member,)
            newest = {name: next((one for one in reversed(before) if one.did is Did.MARKED and one.rubric == rubric
                                  and name in one.members), None) for name in whom}
            if all(one is not None and (one.points, one.text) == (points, comment) for one in newest.values()):
                return
            _write(entry, course, project.id, own, actor, Did.MARKED, members=whom, rubric=rubric, points=points, text=comment)

    def checked(self, course: str, project: Project, handed_in: Line, points: Fraction, report: str, *, actor: str) -> None:
        """What came of running a final hand-in: points of the automatic line, and the report as JSON."""
        line = project.automatic
        with self.writing(actor) as entry:
            before = self._before_of(entry.connection, course, project, handed_in)
            self._may(entry, course, project, before, handed_in.members, (Did.CHECKED, ""), Side.STAFF)
            assert line is not None                     # else it was refused
            rules.checked_points(line, points)
            last = next((one for one in reversed(before) if one.did is Did.CHECKED and one.sha256 == handed_in.sha256), None)
            if last is None or (last.points, last.text) != (points, report):
                team = Team(handed_in.team, project.id, handed_in.members, True)
                _write(entry, course, project.id, team, actor, Did.CHECKED, stage=project.final.id, about=handed_in.id,
                       sha256=handed_in.sha256, rubric=line.id, points=points, text=report)

    def release(self, course: str, project: Project, team: str, *, actor: str) -> None:
        """Show a team the marks, comments and checks that it has so far."""
        with self.writing(actor) as entry:
            own, before = self._team(entry.connection, course, project, team)
            self._may(entry, course, project, before, own.members, (Did.RELEASED, ""), Side.STAFF)
            if len(rules.shown(before)) < len(before):
                _write(entry, course, project.id, own, actor, Did.RELEASED)

    # ---------------------------------------------------------------- reading

    def team_of(self, course: str, slug: str, username: str) -> Team | None:
        """The team in which a student works now."""
        with self.reading() as connection:
            groups = lookups.groups(connection, course, slug)
        return next((lookups.team_row(slug, name, group) for name, group in groups.items() if username in group.members), None)

    def teams(self, course: str, slug: str) -> tuple[Team, ...]:
        """The teams as they are now."""
        with self.reading() as connection:
            lookups.assignment(connection, course, slug)
            groups = lookups.groups(connection, course, slug)
        return tuple(lookups.team_row(slug, name, groups[name]) for name in sorted(groups))

    def lines(self, course: str, slug: str, members: Iterable[str] | None = None) -> tuple[Line, ...]:
        """What happened, oldest first; of all, or about these people."""
        with self.reading() as connection:
            found = lines_of(connection, course, slug)
        return found if members is None else rules.about(found, tuple(members))

    def as_scheduled(self, course: str, project: Project) -> tuple[Project, dict[str, datetime]]:
        """The project with its due time as it was moved for everybody, and the extensions of single students."""
        with self.reading() as connection:
            return _scheduled(connection, course, project)

    def marks(self, course: str, project: Project, now: datetime, *, then: bool = False, student: str | None = None,
              only_shown: bool = False) -> dict[str, ProjectMark]:
        """By student: what the project counts for him; see `held`."""
        held = self.held(course, project.id, now, then=then, only_shown=only_shown)
        with self.reading() as connection:
            people = [student] if student is not None else lookups.students(connection, course)
        return {name: held.mark(project, name, now) for name in people} if held else {}

    def is_open(self, course: str, slug: str) -> bool:
        """Whether it was ever opened to the students."""
        table = schema.publication
        query = select(table.c.id).where(table.c.course == course, table.c.slug == slug).limit(1)
        with self.reading() as connection:
            return connection.execute(query).first() is not None

    def held(self, course: str, slug: str, now: datetime, *, then: bool = False, only_shown: bool = False) -> Held | None:
        """What the book holds about a project; None when it was never opened.

        then        `now` is past: leave out what was written later
        only_shown  leave out marks that were not released, as students may know it
        """
        with self.reading() as connection:
            written = [_written(connection, table, course, slug, now if then else None)
                       for table in (schema.publication, schema.schedule_change, schema.extension)]
            lines = lines_of(connection, course, slug)
        publications, changes, extensions = written
        if not publications:
            return None
        lines = tuple(line for line in lines if not then or line.at <= now)
        his: dict[str, list[Line]] = {}
        for line in rules.shown(lines) if only_shown else lines:
            for name in line.members:
                his.setdefault(name, []).append(line)
        return Held(_due(publications, changes), {row.username: row.until for row in extensions},
                    {name: tuple(mine) for name, mine in his.items()})

    def files(self, line: Line) -> dict[str, bytes]:
        """The files of a hand-in; MachineryError when the stored bytes are damaged."""
        return packing.unpack(blobs.get(self._blobs, line.sha256))

    def receipt(self, course: str, slug: str, line: Line) -> Receipt:
        """The receipt of a hand-in; the same whenever it is asked for."""
        receipt = Receipt(course=course, slug=f"{slug}/{line.stage}", team=line.team, number=line.number, by=line.by,
                          members=list(line.members), sha256=line.sha256, submitted_at=schema.iso(line.at), signature="")
        receipt["signature"] = self._sign(receipt)
        return receipt

    # ---------------------------------------------------------------- inside a transaction

    def _may(self, entry: Writing, course: str, project: Project, before: tuple[Line, ...], members: tuple[str, ...],
             action: rules.Action, side: Side) -> None:
        project, extended = _scheduled(entry.connection, course, project)
        refused = rules.refusal(project, before, members, entry.now, extended, action, side)
        if refused is not None:
            raise refused

    def _team(self, connection: Connection, course: str, project: Project, name: str) -> tuple[Team, tuple[Line, ...]]:
        """A team of now, and what happened that is about its members."""
        lookups.assignment(connection, course, project.id)
        groups = lookups.groups(connection, course, project.id)
        if name not in groups:
            lookups.team_number(name)
            raise RuleError(text("There is no {team} in {project} now; staff may have divided it.", team=name, project=project.title),
                            code="unknown-team")
        team = lookups.team_row(project.id, name, groups[name])
        return team, self._before(connection, course, project, team)

    def _before(self, connection: Connection, course: str, project: Project, team: Team) -> tuple[Line, ...]:
        return rules.about(lines_of(connection, course, project.id), team.members)

    def _before_of(self, connection: Connection, course: str, project: Project, line: Line) -> tuple[Line, ...]:
        return rules.about(lines_of(connection, course, project.id), line.members)


def lines_of(connection: Connection, course: str, slug: str) -> tuple[Line, ...]:
    """Everything that happened in a project, oldest first."""
    return tuple(_line(row) for row in connection.execute(lookups.of(schema.project_line, course, slug)))


def _line(row: Any) -> Line:
    return Line(row.id, Did(row.did), lookups.team_name(row.team_id), tuple(json.loads(row.members)), row.actor, row.at, row.stage,
                row.said, row.answers, row.happens, row.place, row.number, row.sha256, row.size, row.rubric,
                Fraction(row.points) if row.points else None)


def _write(entry: Writing, course: str, slug: str, team: Team, actor: str, did: Did, *, members: tuple[str, ...] | None = None,
           stage: str = "", text: str = "", about: int | None = None, when: datetime | None = None, place: str = "", number: int = 0,
           sha256: str = "", size: int = 0, rubric: str = "", points: Fraction | None = None) -> Line:
    table = schema.project_line
    identity = entry.append(
        table, course, actor, slug=slug, team_id=lookups.team_number(team.id), members=json.dumps(sorted(members or team.members)),
        did=str(did), stage=stage, said=text, answers=about, happens=when, place=place, number=number, sha256=sha256, size=size,
        rubric=rubric, points="" if points is None else str(points))
    return _line(entry.connection.execute(table.select().where(table.c.id == identity)).one())


def _scheduled(connection: Connection, course: str, project: Project) -> tuple[Project, dict[str, datetime]]:
    """The project as it is due now, and until when single students have an extension."""
    extended = {e.username: e.until for e in lookups.extensions(connection, course, project.id)}
    return rules.moved(project, lookups.assignment(connection, course, project.id).due), extended


def _written(connection: Connection, table: Table, course: str, slug: str, until: datetime | None) -> list[Any]:
    return [row for row in connection.execute(lookups.of(table, course, slug)) if until is None or row.at <= until]


def _due(publications: Sequence[Any], changes: Sequence[Any]) -> datetime | None:
    """The due time as the lines leave it; a move outlives publishing the same again."""
    due: datetime | None = None
    before: str | None = ""
    for row in sorted([*publications, *changes], key=lambda row: row.line):
        if not hasattr(row, "given"):
            due = row.due
        elif (said := json.loads(row.given)["due"]) != before:
            before, due = said, None if said is None else datetime.fromisoformat(said)
    return due


def _team_of(connection: Connection, course: str, project: Project, username: str) -> Team:
    lookups.assignment(connection, course, project.id)
    groups = lookups.groups(connection, course, project.id)
    found = next((lookups.team_row(project.id, name, group) for name, group in groups.items() if username in group.members), None)
    if found is None:
        raise RuleError(text("You have no team in {project} yet.", project=project.title), code="no-team")
    return found


def _side(connection: Connection, course: str, members: Iterable[str], actor: str) -> Side:
    """On which side somebody acts about these people. RuleError for a student who is none of them."""
    if actor in members:
        return Side.STUDENT
    if lookups.role(connection, course, actor) is Role.STUDENT:
        raise RuleError(text("Only the members of the team do this."), code="not-yours")
    return Side.STAFF


def _last(lines: Iterable[Line], stage: str, *did: Did) -> Line | None:
    return next((line for line in reversed(tuple(lines)) if line.stage == stage and line.did in did), None)


def _as_written(project: Project) -> dict[str, Any]:
    """The stages and the rubric, for the book."""
    return {
        "title": project.title, "out_of": str(project.out_of), "scaffold": project.scaffold,
        "stages": [{"id": s.id, "title": s.title, "kind": str(s.kind), "due": None if s.due is None else schema.iso(s.due),
                    "files": list(s.files), "megabytes": s.megabytes, "blocking": s.blocking} for s in project.stages],
        "rubric": [{"id": r.id, "points": str(r.points), "text": r.text, "per_member": r.per_member, "automatic": r.automatic}
                   for r in project.rubric]}
