"""Groups that become the teams of an assignment, as Moodle exports and imports their members."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.course import Course
from autograder.imports.who import IDENTITY, NOTHING, People, needs_identity
from autograder.ledger import Ledger, Pairings, Person, Team, unusual_team
from autograder.model import CourseError, Role, RuleError
from autograder.tables import Column, Row, Wrong, read_table, refuse, write_table

GROUP = Column("groupname", ("group", "team", "קבוצה", "группа"))


@dataclass(frozen=True)
class GroupPlan:
    """What one group of a file becomes."""

    line: int
    name: str
    members: tuple[str, ...]
    team: str  # the team that it is already; "" when it has to be made
    leaves: tuple[str, ...]  # teams that lose a member by it
    note: str = ""  # what is unusual about it


@dataclass(frozen=True)
class GroupReport:
    """What a file of groups would do."""

    file: str
    groups: tuple[GroupPlan, ...]
    without: tuple[str, ...]  # students of the course who are in no group of the file; their teams stay
    unread: tuple[str, ...]
    wrong: tuple[Wrong, ...]

    @property
    def new(self) -> tuple[GroupPlan, ...]:
        """The groups that are no team yet."""
        return tuple(group for group in self.groups if not group.team)


def import_groups(
    course: Course, ledger: Ledger, slug: str, data: bytes, *, file: str, actor: str, reason: str = "", encoding: str = ""
) -> GroupReport:
    """Make the groups of a file the teams of an assignment, all or none. CourseError lists what is wrong. Safe to repeat."""
    report = groups_in(course, ledger, slug, data, file=file, encoding=encoding)
    refuse(report.wrong, file)
    ledger.pairs.assign(course.id, slug, [group.members for group in report.new], actor=actor, reason=reason or f"groups of {file}")
    return report


def groups_in(course: Course, ledger: Ledger, slug: str, data: bytes, *, file: str, encoding: str = "") -> GroupReport:
    """What a file of groups would do to this ledger."""
    students = ledger.people(course.id, Role.STUDENT)
    return report_groups(data, students, ledger.pairs.now(course.id, slug), file=file, encoding=encoding)


def report_groups(data: bytes, students: Sequence[Person], pairings: Pairings, *, file: str, encoding: str = "") -> GroupReport:
    """What a file of groups would do: a column groupname, and one that says who. A line without a group says nothing."""
    table = read_table(data, (*IDENTITY, GROUP), file=file, encoding=encoding)
    needs_identity(table)
    if "groupname" not in table.places:
        raise CourseError(
            f"line {table.line}: there is no column groupname; found {', '.join(table.headings)}. Nothing was taken", file=file
        )
    people = People(students)
    where: dict[str, Row] = {}
    groups: dict[str, list[str]] = {}
    begins: dict[str, int] = {}
    wrong: list[Wrong] = []
    for row in table.rows:
        name = table.cell(row, "groupname")
        if name in NOTHING:
            continue
        person = people.find(table, row)
        if isinstance(person, Wrong):
            wrong.append(person)
        elif person in where:
            before = where[person]
            wrong.append(Wrong(row.line, table.heading("groupname"),
                               f"{person} is in {table.cell(before, 'groupname')!r} by line {before.line} already"))  # fmt: skip
        else:
            where[person] = row
            groups.setdefault(name, []).append(person)
            begins.setdefault(name, row.line)
    plans = []
    for name, members in groups.items():
        try:
            unusual = str(unusual_team(pairings, members) or "")
        except RuleError as refused:
            wrong.append(Wrong(begins[name], table.heading("groupname"), f"{name!r}: {refused}"))
            unusual = ""
        team = frozenset(members)
        touched = {n: group for n, group in pairings.teams.items() if group.members & team}
        same = next((n for n, group in touched.items() if group.members == team), "")
        if frozen := sorted(n for n, group in touched.items() if group.frozen and n != same):
            who = sorted(touched[frozen[0]].members & team)[0]
            said = f"{who} has handed in with {frozen[0]}; move such a one by himself, not by a file"
            wrong.append(Wrong(where[who].line, table.heading("groupname"), said))
        plans.append(GroupPlan(begins[name], name, tuple(sorted(members)), same, () if same else tuple(sorted(touched)), unusual))
    without = tuple(student.username for student in students if student.username not in where)
    return GroupReport(file, tuple(plans), without, tuple(heading for heading in table.others.values() if heading), tuple(wrong))


def write_groups(teams: Iterable[Team], people: Sequence[Person]) -> bytes:
    """Teams as Moodle imports members of groups: username, email, groupname."""
    email = {person.username: person.email for person in people}
    rows = [(member, email.get(member, ""), team.id) for team in teams for member in team.members]
    return write_table(("username", "email", "groupname"), rows)
