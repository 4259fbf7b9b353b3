"""What stands in the tables, read inside one transaction, for every chapter of the ledger."""
from __future__ import annotations

import dataclasses
import json
import math
import re
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from datetime import datetime
from functools import cache, lru_cache
from itertools import combinations
from pathlib import Path
from typing import Any, NoReturn, TypeVar

from sqlalchemy import Connection, Select, Table, bindparam, func, select

from autograder.ledger import blobs, counting, packing, schema, sheets
from autograder.ledger import teams as rules
from autograder.ledger.memory import Memory
from autograder.ledger.rows import (
    Adjustment,
    Credit,
    Extension,
    ExternalMark,
    GradeRow,
    Invitation,
    Looking,
    MarkRow,
    Published,
    SubmissionRow,
    Team,
)
from autograder.ledger.sheets import Given, Marking, Turn, Wanted
from autograder.ledger.store import Writing
from autograder.model import Graded, MachineryError, ProblemResult, Role, RuleError, Status, TeamRule, TestResult

T = TypeVar("T")
PSEUDO_STUDENT = re.compile(r"team-\d+")
_USERNAME = re.compile(r"[^\s\x00-\x1f\x7f/\\]{1,128}")


def first(entry: Writing, query: Select[Any]) -> Any:
    return entry.connection.execute(query).first()


# To put a statement together takes longer than to run it, so those that every request asks are made once.

@lru_cache(maxsize=1 << 12)
def of(table: Table, course: str, slug: str) -> Select[Any]:
    return table.select().where(table.c.course == course, table.c.slug == slug).order_by(table.c.id)


_ROLE = select(schema.membership.c.role).where(
    schema.membership.c.course == bindparam("course"), schema.membership.c.username == bindparam("username"))


def role(connection: Connection, course: str, username: str) -> Role | None:
    role = connection.execute(_ROLE, {"course": course, "username": username}).scalar_one_or_none()
    return None if role is None else Role(role)


def fit_username(username: str) -> None:
    """RuleError unless somebody can have this user name."""
    if not _USERNAME.fullmatch(username) or PSEUDO_STUDENT.fullmatch(username):
        raise RuleError(f"{username!r} cannot be a user name: use 1 to 128 letters, digits and signs without "
                        "spaces or slashes, not of the form team-00001.", code="bad-username")


def erased(connection: Connection) -> frozenset[str]:
    return frozenset(connection.execute(select(schema.erased.c.username)).scalars())


def student(connection: Connection, course: str, username: str) -> None:
    if role(connection, course, username) is not Role.STUDENT:
        raise RuleError(f"There is no student {username!r} in {course}. Enrol first.", code="unknown-person")


def students(connection: Connection, course: str) -> list[str]:
    """Everybody who is a student of the course, by user name."""
    membership = schema.membership
    return list(connection.execute(select(membership.c.username).where(
        membership.c.course == course, membership.c.role == Role.STUDENT.value).order_by(membership.c.username)).scalars())


def published_row(row: Any) -> Published:
    team = TeamRule(row.team_size, row.team_alone, row.team_three, json.loads(row.given).get("team_again", TeamRule.again))
    return Published(row.course, row.slug, row.title, row.opens, row.due, row.pairs_lock, row.closes, team, row.version, row.points,
                     tuple(json.loads(row.files)), row.published_at)


_ASSIGNMENT = schema.assignment.select().where(
    schema.assignment.c.course == bindparam("course"), schema.assignment.c.slug == bindparam("slug"))


def assignment(connection: Connection, course: str, slug: str) -> Published:
    row = connection.execute(_ASSIGNMENT, {"course": course, "slug": slug}).first()
    if row is None:
        unpublished(course, slug)
    return published_row(row)


def unpublished(course: str, slug: str) -> NoReturn:
    """RuleError: there is no such assignment."""
    raise RuleError(f"There is no assignment {slug!r} in {course}. Check its name; staff publish it with `autograder release {slug}`.",
                    code="unknown-assignment")


_PROJECT = select(schema.project.c.id).where(
    schema.project.c.course == bindparam("course"), schema.project.c.slug == bindparam("slug")).limit(1)


def is_project(connection: Connection, course: str, slug: str) -> bool:
    """Whether this is a project, which has stages and no notebook."""
    return connection.execute(_PROJECT, {"course": course, "slug": slug}).first() is not None


def extensions(connection: Connection, course: str, slug: str) -> tuple[Extension, ...]:
    return tuple(Extension(row.slug, row.username, row.until, row.reason, row.actor, row.at)
                 for row in connection.execute(of(schema.extension, course, slug)))


def due(connection: Connection, published: Published) -> counting.Due:
    until = {e.username: e.until for e in extensions(connection, published.course, published.slug)}
    return lambda username: counting.own_due(published.due, until.get(username))


def open_for(connection: Connection, published: Published, now: datetime, members: Iterable[str]) -> None:
    """RuleError unless these people can hand in now."""
    until = {e.username: e.until for e in extensions(connection, published.course, published.slug)}
    check_open(published, now, members, until)


def check_open(published: Published, now: datetime, members: Iterable[str], until: Mapping[str, datetime]) -> None:
    """The same with the extensions given: until when, by user name."""
    if published.opens is not None and now < published.opens:
        raise RuleError(f"{published.title} opens on {shown(published.opens)}. Submit after that.", code="not-open")
    if published.closes is not None and now > max([published.closes, *(until[m] for m in members if m in until)]):
        raise RuleError(f"{published.title} closed on {shown(published.closes)}; nothing more can be handed in. Ask "
                        "the course staff if you have a reason for an extension.", code="too-late")


ENDED = "ended"
"""After the kind of a permit in a line that takes it back."""


def permits(connection: Connection, course: str, slug: str) -> frozenset[tuple[str, str]]:
    holding: set[tuple[str, str]] = set()
    for row in connection.execute(of(schema.permit, course, slug)):
        kind, _, ended = row.kind.partition(" ")
        (holding.discard if ended else holding.add)((row.username, kind))
    return frozenset(holding)


def looking(connection: Connection, course: str, slug: str) -> tuple[Looking, ...]:
    query = of(schema.partner_search, course, slug).where(schema.partner_search.c.ended_at.is_(None))
    return tuple(Looking(row.username, row.note, row.made_at) for row in connection.execute(query))


def together_before(connection: Connection, published: Published) -> frozenset[frozenset[str]]:
    """Every two who handed in together what was due before this is."""
    table, submission = schema.assignment, schema.submission
    at = published.due or published.published_at
    earlier = [row.slug for row in connection.execute(table.select().where(table.c.course == published.course))
               if row.slug != published.slug and (row.due or row.published_at) <= at]
    snapshots = connection.execute(select(submission.c.members).distinct().where(
        submission.c.course == published.course, submission.c.slug.in_(earlier))).scalars()
    return frozenset(frozenset(two) for snapshot in snapshots for two in combinations(json.loads(snapshot), 2))


def invitations(connection: Connection, course: str, slug: str) -> tuple[Invitation, ...]:
    query = of(schema.invitation, course, slug).where(schema.invitation.c.ended_at.is_(None))
    return tuple(Invitation(row.frm, row.invitee, row.made_at) for row in connection.execute(query))


def groups(connection: Connection, course: str, slug: str) -> dict[str, rules.Group]:
    submission, project = schema.submission, schema.project_line
    frozen = set(connection.execute(select(submission.c.team_id).where(
        submission.c.course == course, submission.c.slug == slug).union(select(project.c.team_id).where(
            project.c.course == course, project.c.slug == slug, project.c.did == "handed in"))).scalars())
    members: dict[int, set[str]] = {}
    for row in connection.execute(of(schema.team_member, course, slug).where(schema.team_member.c.left_at.is_(None))):
        members.setdefault(row.team_id, set()).add(row.username)
    return {team_name(team): rules.Group(frozenset(names), team in frozen) for team, names in members.items()}


_IN_TEAMS = select(schema.team_member.c.team_id, schema.team_member.c.username).where(
    schema.team_member.c.course == bindparam("course"), schema.team_member.c.slug == bindparam("slug"),
    schema.team_member.c.left_at.is_(None))
_OWN_TEAM = _IN_TEAMS.where(schema.team_member.c.username == bindparam("username"))
_MEMBERS = _IN_TEAMS.where(schema.team_member.c.team_id == bindparam("team"))


def pairings_of(connection: Connection, published: Published, now: datetime, username: str) -> rules.Pairings:
    """Of `pairings` what one student's own standing follows from: his team and what he was permitted."""
    course, slug = published.course, published.slug
    own = connection.execute(_OWN_TEAM, {"course": course, "slug": slug, "username": username}).scalar()
    teams: dict[str, rules.Group] = {}
    if own is not None:
        members = connection.execute(_MEMBERS, {"course": course, "slug": slug, "team": own})
        teams[team_name(own)] = rules.Group(frozenset(row.username for row in members), _is_frozen(connection, course, slug, own))
    return rules.Pairings(
        rule=published.team, locked=rules.is_locked(published.pairs_lock, now),
        students=frozenset({username} if role(connection, course, username) is Role.STUDENT else ()), teams=teams,
        permits=frozenset(one for one in permits(connection, course, slug) if one[0] == username))


_HANDED_IN = select(schema.submission.c.id).where(schema.submission.c.team_id == bindparam("team")).union_all(
    select(schema.project_line.c.id).where(
        schema.project_line.c.course == bindparam("course"), schema.project_line.c.slug == bindparam("slug"),
        schema.project_line.c.team_id == bindparam("team"), schema.project_line.c.did == "handed in")).limit(1)


def _is_frozen(connection: Connection, course: str, slug: str, team: int) -> bool:
    return connection.execute(_HANDED_IN, {"course": course, "slug": slug, "team": team}).first() is not None


def team_row(slug: str, name: str, group: rules.Group) -> Team:
    return Team(name, slug, tuple(sorted(group.members)), group.frozen)


def pairings(connection: Connection, published: Published, now: datetime) -> rules.Pairings:
    return rules.Pairings(
        rule=published.team, locked=rules.is_locked(published.pairs_lock, now), students=frozenset(students(connection, published.course)),
        teams=groups(connection, published.course, published.slug),
        invitations=frozenset((i.frm, i.to) for i in invitations(connection, published.course, published.slug)),
        permits=permits(connection, published.course, published.slug),
        looking={one.username: one.note for one in looking(connection, published.course, published.slug)},
        before=together_before(connection, published) if published.team.again == "no" else frozenset())


def submission_row(row: Any) -> SubmissionRow:
    return SubmissionRow(row.id, row.course, row.slug, team_name(row.team_id), row.number, row.actor,
                         tuple(json.loads(row.members)), row.sha256, row.size, row.at)


def submissions(connection: Connection, course: str, slug: str, team: str | None = None) -> tuple[SubmissionRow, ...]:
    query = of(schema.submission, course, slug)
    if team is not None:
        return tuple(map(submission_row, connection.execute(query.where(schema.submission.c.team_id == team_number(team)))))
    return kept(connection, ("submissions", course, slug), newest(connection, course, slug, schema.submission),
                lambda: tuple(map(submission_row, connection.execute(query))))


def handed_in(connection: Connection, course: str, slug: str) -> Mapping[str, tuple[SubmissionRow, ...]]:
    """By user name: the submissions that name a student, oldest first."""
    def make() -> dict[str, tuple[SubmissionRow, ...]]:
        found: dict[str, list[SubmissionRow]] = {}
        for row in submissions(connection, course, slug):
            for member in row.members:
                found.setdefault(member, []).append(row)
        return {name: tuple(rows) for name, rows in found.items()}
    return kept(connection, ("handed in", course, slug), newest(connection, course, slug, schema.submission), make)


def counts(connection: Connection, published: Published) -> Mapping[str, SubmissionRow]:
    """By user name: the submission that counts for him."""
    course, slug = published.course, published.slug
    mark = (published, newest(connection, course, slug, schema.submission, schema.extension))
    return kept(connection, ("counts", course, slug), mark,
                lambda: counting.counting(submissions(connection, course, slug), due(connection, published)))


def newest(connection: Connection, course: str, slug: str, *tables: Table) -> tuple[int | None, ...]:
    """The newest line of an assignment in each of these tables. Lines are only added: as long as it is the same, all are."""
    return tuple(connection.execute(_newest(tables), {"course": course, "slug": slug}).one())


@cache
def _newest(tables: tuple[Table, ...]) -> Select[Any]:
    last = (select(func.max(table.c.id)).where(table.c.course == bindparam("course"), table.c.slug == bindparam("slug"))
            for table in tables)
    return select(*(one.scalar_subquery() for one in last))


def editions(connection: Connection, course: str) -> dict[str, object]:
    """By assignment: what differs whenever anything does that decides what counts for whom in it, or who hands in with whom."""
    table = schema.assignment
    everybody = tuple(students(connection, course))
    found: dict[str, list[object]] = {row.slug: [published_row(row), everybody] for row in connection.execute(
        table.select().where(table.c.course == course))}

    def add(lines: Table, *more: Any) -> None:
        query = select(lines.c.slug, func.max(lines.c.id), *more).where(lines.c.course == course).group_by(lines.c.slug)
        for row in connection.execute(query):
            found[row.slug].append((lines.name, *row))

    for lines in (schema.submission, schema.grade, schema.mark, schema.adjustment, schema.extension, schema.second_wanted, schema.marking,
                  schema.feedback_page, schema.disclosure, schema.permit, schema.project_line):
        add(lines)
    for state, ended in ((schema.team_member, "left_at"), (schema.invitation, "ended_at"), (schema.partner_search, "ended_at")):
        add(state, func.count(state.c[ended]))
    return {slug: tuple(said) for slug, said in found.items()}


def kept(connection: Connection, what: tuple[str, ...], mark: object, make: Callable[[], T]) -> T:
    """From memory where this connection has one, as long as the mark is the same."""
    memory: Memory | None = connection.get_execution_options().get("memory")
    return make() if memory is None else memory.kept(what, mark, make)


@lru_cache(maxsize=1 << 13)
def problems(written: str) -> tuple[ProblemResult, ...]:
    """The results in a line of `grade`. Lines are not changed, and after every new one its assignment is read again."""
    read = json.loads(written)
    for row in read:
        for test in row["tests"]:
            test["status"] = Status(test["status"])
        row |= {"status": Status(row["status"]), "tests": tuple(TestResult(**test) for test in row["tests"])}
    return tuple(ProblemResult(**row) for row in read)


def written(problems: Iterable[ProblemResult]) -> str:
    """What `problems` reads."""
    return json.dumps([dataclasses.asdict(problem) for problem in problems])


def grade_values(graded: Graded, *, version: str, engine: str) -> dict[str, Any]:
    """A graded submission as the columns of a line. MachineryError for a score that is none."""
    if not (math.isfinite(graded.score) and math.isfinite(graded.max_score)):
        raise MachineryError(f"{graded.submission} was graded {graded.score} of {graded.max_score}, which is no "
                             "score. Nothing was recorded; grade it again.")
    return {"slug": graded.assignment, "team_id": team_number(graded.submission), "sha256": graded.sha256,
            "score": float(graded.score), "max_score": float(graded.max_score), "status": graded.status.value,
            "problems": written(graded.problems), "version": version, "engine": engine}


def untimed(problems: Iterable[ProblemResult]) -> tuple[ProblemResult, ...]:
    """The results without their durations, which differ from run to run."""
    return tuple(dataclasses.replace(p, tests=tuple(dataclasses.replace(t, seconds=0.0) for t in p.tests))
                 for p in problems)


def newest_grades(connection: Connection, course: str, slug: str) -> Mapping[tuple[str, str], GradeRow]:
    """By team and SHA-256: the newest grade of each piece of work."""
    return kept(connection, ("grades", course, slug), newest(connection, course, slug, schema.submission, schema.grade),
                lambda: grades(connection, course, slug, submissions(connection, course, slug)))


def grades(connection: Connection, course: str, slug: str, rows: Iterable[SubmissionRow], *,
            of: set[tuple[str, str]] | None = None) -> dict[tuple[str, str], GradeRow]:
    """The same, of these pieces of work."""
    grade = schema.grade
    newest = select(func.max(grade.c.id)).where(grade.c.course == course, grade.c.slug == slug) \
        .group_by(grade.c.team_id, grade.c.sha256)
    if of is not None and len(of) == 1:                 # one student asks for his grade
        (team, sha256), = of
        newest = newest.where(grade.c.team_id == team_number(team), grade.c.sha256 == sha256)
    last = {(row.team, row.sha256): row for row in rows}
    found = {}
    for row in connection.execute(grade.select().where(grade.c.id.in_(newest))):
        work = (team_name(row.team_id), row.sha256)
        if of is None or work in of:
            found[work] = grade_row(row, last[work])
    return found


def grade_row(row: Any, last: SubmissionRow) -> GradeRow:
    """A line of `grade`; `last` is the newest submission of the team with that content."""
    return GradeRow(row.course, row.slug, last.team, row.sha256, last.number, last.members, row.score, row.max_score,
                    Status(row.status), problems(row.problems), row.version, row.engine, row.actor, row.at)


def marks(connection: Connection, course: str, slug: str, team: str | None = None) -> tuple[MarkRow, ...]:
    query = of(schema.mark, course, slug)
    if team is not None:
        query = query.where(schema.mark.c.team_id == team_number(team))
    return tuple(map(mark_row, connection.execute(query)))


def mark_row(row: Any) -> MarkRow:
    return MarkRow(row.slug, team_name(row.team_id), row.sha256, row.test, row.points, row.comment, row.actor, row.at, row.answer)


def marking_row(row: Any) -> Marking:
    given = Given(json.loads(row.lines), row.points, tuple(json.loads(row.remarks)), row.comment)
    return Marking(team_name(row.team_id), row.test, row.answer, Turn(row.turn), given, row.tolerance, row.actor, row.at, row.line)


def wanted_row(row: Any) -> Wanted:
    return Wanted(team_name(row.team_id), row.test, row.answer, row.reason, row.actor, row.at, row.line)


def adjustments(connection: Connection, course: str, slug: str) -> tuple[Adjustment, ...]:
    return tuple(Adjustment(row.slug, row.username, row.points, row.reason, row.actor, row.at)
                 for row in connection.execute(of(schema.adjustment, course, slug)))


def external_marks(connection: Connection, course: str) -> dict[tuple[str, str], ExternalMark]:
    table = schema.external_mark
    rows = connection.execute(table.select().where(table.c.course == course).order_by(table.c.id))
    return {(row.item, row.username): ExternalMark(row.item, row.username, row.mark, row.source, row.actor, row.at)
            for row in rows}


def pages(connection: Connection, course: str, slug: str, teams: Collection[str] | None = None) -> dict[str, Any]:
    """By team: the newest page's row, of all teams or of these."""
    query = of(schema.feedback_page, course, slug)
    if teams is not None:
        query = query.where(schema.feedback_page.c.team_id.in_(map(team_number, teams)))
    return {team_name(row.team_id): row for row in connection.execute(query)}


def shown_to(connection: Connection, course: str, slug: str) -> Mapping[str, datetime]:
    """The teams that have feedback, and since when the newest."""
    page = schema.feedback_page
    teams = select(page.c.team_id, func.max(page.c.at).label("at")).where(page.c.course == course, page.c.slug == slug) \
        .group_by(page.c.team_id)
    return kept(connection, ("shown to", course, slug), newest(connection, course, slug, page),
                lambda: {team_name(row.team_id): row.at for row in connection.execute(teams)})


# -------------------------------------------------------------------- what counts

def credits(connection: Connection, folder: Path, course: str, slug: str) -> Mapping[str, Credit]:
    """What counts for each student who handed in something, by user name and in its order; `folder` holds the blobs."""
    published = assignment(connection, course, slug)
    return kept(connection, ("credits", course, slug), _edition_of_credits(connection, published), lambda: {
        credit.username: credit for credit in _credits(connection, folder, published, None)})


def credit(connection: Connection, folder: Path, course: str, slug: str, username: str) -> Credit | None:
    """What counts for one student; None when he has handed in nothing."""
    published = assignment(connection, course, slug)
    memory: Memory | None = connection.get_execution_options().get("memory")
    if memory is not None:      # everybody's may be known; for one alone it would take too long to make
        known: Mapping[str, Credit] | None = memory.known(("credits", course, slug), _edition_of_credits(connection, published))
        if known is not None:
            return known.get(username)
    return next(iter(_credits(connection, folder, published, username)), None)


def _edition_of_credits(connection: Connection, published: Published) -> object:
    return published, newest(connection, published.course, published.slug, schema.submission, schema.grade, schema.mark, schema.adjustment,
                             schema.extension, schema.second_wanted, schema.marking)


def _credits(connection: Connection, folder: Path, published: Published, username: str | None) -> Iterator[Credit]:
    course, slug = published.course, published.slug
    until = due(connection, published)
    rows = submissions(connection, course, slug)
    found = counts(connection, published)
    team = None
    if username is not None:
        found = {name: row for name, row in found.items() if name == username}
        if not found:
            return
        team = found[username].team
    chosen = {(row.team, row.sha256) for row in found.values()}
    graded = newest_grades(connection, course, slug) if username is None else grades(connection, course, slug, rows, of=chosen)
    given: dict[str, list[MarkRow]] = {}
    for mark in marks(connection, course, slug, team):
        given.setdefault(mark.team, []).append(mark)
    added: dict[str, list[Adjustment]] = {}
    for one in adjustments(connection, course, slug):
        added.setdefault(one.username, []).append(one)
    held = {row: counting.holding(given.get(row.team, ()), row.sha256, answers(folder, row)) for row in set(found.values())}
    wanted = [wanted_row(row) for row in connection.execute(of(schema.second_wanted, course, slug))]
    markings = [marking_row(row) for row in connection.execute(of(schema.marking, course, slug))] if wanted else []
    unsettled = {row: sheets.unsettled(row, held[row], markings, wanted) for row in held}
    results = {row: (grade, counting.with_marks(grade.problems, held[row]) if grade else ())
               for row in held for grade in (graded.get((row.team, row.sha256)),)}
    for name, row in sorted(found.items()):
        grade, problems = results[row]
        yield Credit(course, slug, name, row, due=until(name), late_by=counting.late_by(row, name, until), grade=grade,
                     problems=problems, marks=held[row], adjustments=tuple(added.get(name, ())), unsettled=unsettled[row])


def answers(folder: Path, row: SubmissionRow) -> Callable[[str], str]:
    """The digests of a submission's answers; its bytes are read when the first is asked for."""
    @cache
    def read() -> Callable[[str], str]:
        files = packing.unpack(blobs.get(folder, row.sha256))
        return counting.answers(files, f"{row.slug}.ipynb", row.sha256)
    return lambda test_id: read()(test_id)


# -------------------------------------------------------------------- words

def team_name(team: int) -> str:
    return f"team-{team:05d}"


def team_number(team: str) -> int:
    """The id behind a team's name; RuleError when it is no team's name."""
    if not PSEUDO_STUDENT.fullmatch(team):
        raise RuleError(f"{team!r} is not a team of this ledger; their names are like team-00007.", code="unknown-team")
    return int(team.removeprefix("team-"))


def plain(words: str) -> str:
    """Text as both databases can hold it."""
    return words.encode("utf-8", "replace").decode().replace("\x00", "")


def shown(instant: datetime) -> str:
    return f"{instant:%Y-%m-%d %H:%M} UTC"
