"""Many lines of the ledger at once, as a file brings them: marks from outside, and people. All of a file in one transaction, or nothing."""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from autograder.ledger import lookups, schema
from autograder.ledger.chapter import Chapter
from autograder.ledger.rows import Person
from autograder.model import Role, RuleError


@dataclass(frozen=True)
class MarkIn:
    """A mark from outside that comes in."""

    item: str
    username: str
    mark: str


class Intake(Chapter):
    """What files bring."""

    def marks(self, course: str, marks: Iterable[MarkIn], *, actor: str, source: str) -> int:
        """Write these marks from outside; the newest per item and student counts. What stands there already adds nothing. How many were
        added."""
        with self.writing(actor) as entry:
            students = _members(entry.connection, course)
            there = lookups.external_marks(entry.connection, course)
            rows: list[dict[str, Any]] = []
            for one in marks:
                if students.get(one.username) is not Role.STUDENT:
                    raise RuleError(f"There is no student {one.username!r} in {course}. Enrol first.", code="unknown-person")
                line = {"item": one.item, "username": one.username, "mark": lookups.plain(one.mark), "source": lookups.plain(source)}
                old = there.get((one.item, one.username))
                if old is None or (old.mark, old.source) != (line["mark"], line["source"]):
                    rows.append(line)
            entry.append_all(schema.external_mark, course, actor, rows)
        return len(rows)

    def people(self, course: str, people: Iterable[Person], *, actor: str) -> None:
        """Make all of them members of the course, or change their roles, names and addresses. Nobody is removed."""
        listed = {one.username: one for one in people}
        person, membership = schema.person, schema.membership
        for username in listed:
            lookups.fit_username(username)
        with self.writing(actor) as entry:
            run = entry.connection.execute
            names = {row.username: (row.name, row.email) for row in run(select(person))}
            roles = _members(entry.connection, course)
            said: list[tuple[str, dict[str, Any]]] = []
            new: list[dict[str, str]] = []
            renamed: list[dict[str, str]] = []
            joined: list[dict[str, str]] = []
            moved: list[dict[str, str]] = []
            for username, one in listed.items():
                called = (lookups.plain(one.name), lookups.plain(one.email))
                if username not in names:
                    new.append({"username": username, "name": called[0], "email": called[1]})
                elif names[username] != called:
                    renamed.append({"username": username, "name": called[0], "email": called[1]})
                    said.append(("rename", {"username": username}))
                if roles.get(username) is not one.role:
                    (moved if username in roles else joined).append({"course": course, "username": username, "role": one.role.value})
                    said.append(("enrol", {"username": username, "role": one.role.value}))
            if new:
                run(person.insert(), new)
            for row in renamed:
                run(person.update().where(person.c.username == row["username"]).values(name=row["name"], email=row["email"]))
            if joined:
                run(membership.insert(), joined)
            for row in moved:
                run(membership.update().where(membership.c.course == course, membership.c.username == row["username"])
                    .values(role=row["role"]))
            entry.note_all(course, actor, said)


def _members(connection: Any, course: str) -> dict[str, Role]:
    table = schema.membership
    return {row.username: Role(row.role) for row in connection.execute(table.select().where(table.c.course == course))}
