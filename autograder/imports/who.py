"""Finding the person that a line is about.

People are found by user name, by address, or by an id number where user names are id numbers: the ledger keeps no other numbers. All that a
line says about one must agree.
"""

from __future__ import annotations

from collections.abc import Iterable

from autograder.ledger import Person
from autograder.model import CourseError
from autograder.policy import near
from autograder.tables import Column, Row, Table, Wrong

USERNAME = Column("username", ("user name", "login", "login id", "SIS login ID", "שם משתמש", "логин", "имя пользователя"))
IDNUMBER = Column("idnumber", ("id number", "student id", "student number", "SIS user ID", "מספר זיהוי", "индивидуальный номер"))
EMAIL = Column("email", ("e-mail", "email address", "mail", "דוא״ל", "כתובת דואר אלקטרוני", "адрес электронной почты", "почта"))
IDENTITY = (USERNAME, IDNUMBER, EMAIL)
NOTHING = frozenset({"", "-", "–", "—"})  # noqa: RUF001 cells that say nothing: Moodle's dash, and what a spreadsheet makes of it
_GUESSES = 40  # unknown names for which the nearest known one is looked for; it takes long


class People:
    """The people of a course, to be found by what a file calls them."""

    def __init__(self, people: Iterable[Person], *, what: str = "student") -> None:
        self._what, self._guesses = what, 0
        self._exact: set[str] = set()
        self._loose: dict[str, set[str]] = {}
        for person in people:
            self._exact.add(person.username)
            for key in filter(None, (person.username, person.email)):
                self._loose.setdefault(key.casefold(), set()).add(person.username)

    def find(self, table: Table, row: Row) -> str | Wrong:
        """The user name of the person that a line is about, or what is wrong with how it says so."""
        said = [(table.heading(column.name), cell) for column in IDENTITY if (cell := table.cell(row, column.name))]
        if not said:
            return Wrong(row.line, _first_heading(table), "nobody is named here")
        found = [(heading, cell, match) for heading, cell in said if (match := self._match(cell))]
        if not found:
            heading, cell = said[0]
            return Unknown(row.line, heading, f"there is no {self._what} {cell!r}{self._near(cell)}")
        agreed = set.intersection(*(match for _, _, match in found))
        if len(agreed) == 1:
            return agreed.pop()
        heading, cell, match = found[-1]
        if agreed or len(match) > 1:
            return Wrong(row.line, heading, f"{cell!r} may be {' or '.join(sorted(agreed or match))}; give a user name")
        return Wrong(row.line, heading, f"{cell!r} is {match.pop()}, but {found[0][1]!r} is {found[0][2].pop()}")

    def _match(self, cell: str) -> set[str]:
        return {cell} if cell in self._exact else set(self._loose.get(cell.casefold(), ()))

    def _near(self, cell: str) -> str:
        self._guesses += 1
        ending = near(cell, self._loose) if self._guesses <= _GUESSES else ""
        return ending if "did you mean" in ending else ""


class Unknown(Wrong):
    """A line about somebody who is not in the course."""


def needs_identity(table: Table) -> None:
    """CourseError unless some column says whom a line is about."""
    if not any(column.name in table.places for column in IDENTITY):
        raise CourseError(
            f"line {table.line}: no column says whom a line is about; one must be called username, email or idnumber. Found "
            f"{', '.join(table.headings)}; nothing was taken",
            file=table.file,
        )


def _first_heading(table: Table) -> str:
    return table.headings[min(table.places[column.name] for column in IDENTITY if column.name in table.places)]
