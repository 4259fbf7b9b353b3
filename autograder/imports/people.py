"""People: who is in the course, and as what. Nobody is removed by a file."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from autograder.course import Course
from autograder.imports.who import IDENTITY
from autograder.ledger import Ledger, Person, fit_username
from autograder.model import CourseError, Role, RuleError
from autograder.tables import Column, Wrong, read_table, refuse
from autograder.words import text

NAME = Column("name", ("full name", "student", "שם מלא", "полное имя", "ФИО"))
FIRST = Column("first", ("first name", "שם פרטי", "имя"))
LAST = Column("last", ("last name", "surname", "שם משפחה", "фамилия"))
ROLE = Column("role", ("roles",))


@dataclass(frozen=True)
class PeopleReport:
    """What a file of people would do."""

    file: str
    people: tuple[Person, ...]  # as they will be
    added: tuple[Person, ...]
    changed: tuple[tuple[Person, Person], ...]  # before, after
    same: int
    absent: tuple[Person, ...]  # in the course and not in the file; they stay
    unread: tuple[str, ...]  # headings that are no part of this
    wrong: tuple[Wrong, ...]


def import_people(course: Course, ledger: Ledger, data: bytes, *, file: str, actor: str, encoding: str = "") -> PeopleReport:
    """Take the people of a file into the course, all or none; nobody is removed. CourseError lists what is wrong."""
    report = people_in(course, ledger, data, file=file, encoding=encoding)
    refuse(report.wrong, file)
    me = next((after for _, after in report.changed if after.username == actor), None)
    if me is not None and me.role is not ledger.role_of(course.id, actor):
        said = text("The file makes you, {who}, a {role}. Nothing was taken. Ask another instructor.", who=actor, role=me.role)
        raise RuleError(said, code="own-role")
    ledger.intake.people(course.id, report.people, actor=actor)
    return report


def people_in(course: Course, ledger: Ledger, data: bytes, *, file: str, encoding: str = "") -> PeopleReport:
    """What a file of people would do to this ledger."""
    return report_people(data, ledger.people(course.id), ledger.erased(), file=file, encoding=encoding)


def report_people(data: bytes, before: Sequence[Person], erased: Collection[str], *, file: str, encoding: str = "") -> PeopleReport:
    """What a file of people would do: a column username, and if wanted name (or first and last name), email and role. What a line leaves
    empty stays as it is; a new person without a role is a student. Who asked to be forgotten keeps no name."""
    table = read_table(data, (*IDENTITY, NAME, FIRST, LAST, ROLE), file=file, encoding=encoding)
    if "username" not in table.places:
        raise CourseError(
            f"line {table.line}: there is no column username; found {', '.join(table.headings)}. Nothing was taken", file=file
        )
    known = {person.username: person for person in before}
    seen: dict[str, int] = {}
    wrong: list[Wrong] = []
    people: list[Person] = []
    for row in table.rows:
        username = table.cell(row, "username")
        old = known.get(username, Person(username, Role.STUDENT))
        if not username:
            wrong.append(Wrong(row.line, table.heading("username"), "no user name"))
        elif seen.setdefault(username, row.line) != row.line:
            wrong.append(Wrong(row.line, table.heading("username"), f"{username!r} is in line {seen[username]} already"))
        elif said := _no_username(username):
            wrong.append(Wrong(row.line, table.heading("username"), said))
        role = table.cell(row, "role").casefold() or old.role.value
        if role not in set(Role):
            wrong.append(Wrong(row.line, table.heading("role"), f"{role!r} is no role; there are {', '.join(Role)}"))
            continue
        name = table.cell(row, "name") or " ".join(filter(None, (table.cell(row, "first"), table.cell(row, "last"))))
        email = table.cell(row, "email")
        if email and not re.fullmatch(r"[^@\s,;<>]+@[^@\s,;<>]+", email):
            wrong.append(Wrong(row.line, table.heading("email"), f"{email!r} is no address"))
        person = Person(username, Role(role), name or old.name, email or old.email)
        people.append(replace(person, name="", email="") if username in erased else person)
    added = tuple(person for person in people if person.username not in known)
    changed = tuple((known[new.username], new) for new in people if new.username in known and _differs(known[new.username], new))
    return PeopleReport(
        file,
        tuple(people),
        added,
        changed,
        len(people) - len(added) - len(changed),
        tuple(person for person in before if person.username not in seen),
        tuple(heading for heading in table.others.values() if heading),
        tuple(wrong),
    )


def _differs(old: Person, new: Person) -> bool:
    return (old.role, old.name, old.email) != (new.role, new.name, new.email)


def _no_username(username: str) -> str:
    try:
        fit_username(username)
    except RuleError as refused:
        return str(refused)
    return ""
