"""What was arranged with one student: excused work, a later mark, another sitting, no lateness, another pass mark.

Each line says who arranged it, when, and why: a class out of `Reason`, which is all that anybody needs to count them, and a note for
those who will be asked. Why is private. So there are two kinds of rows: an `Arrangement` is what holds, for whoever may see the grade
that follows from it, and does not carry the reason; an `ArrangementLine` is what was written, for instructors.

The newest line about the same student, kind and thing decides, also when it ends the arrangement or has expired: an older one never
comes back by itself. Extensions have a table of their own, which came first; their reason is written in the same two parts.
"""
from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import Connection

from autograder.ledger import lookups, schema
from autograder.ledger.chapter import Chapter
from autograder.ledger.rows import Extension
from autograder.model import RuleError

LONGEST = 1000                          # letters of a note


class What(StrEnum):
    """What is different for the student."""

    KIND = "kind"                       # the value says which of the pass marks is his
    EXCUSE = "excuse"                   # the item does not count; the value says who takes its weight
    POSTPONE = "postpone"               # the mark of the item comes later
    SITTING = "sitting"                 # of the sittings of this component only the one in the value counts
    NO_LATENESS = "no-lateness"         # lateness costs nothing, in one assignment or (no item) in all


class Reason(StrEnum):
    """Why, as far as anybody has to know."""

    RESERVE_DUTY = "reserve-duty"
    ILLNESS = "illness"
    DISABILITY = "disability"
    PARENTAL_LEAVE = "parental-leave"
    BEREAVEMENT = "bereavement"
    TECHNICAL = "technical"
    STAFF_ERROR = "staff-error"
    OTHER = "other"


VALUES = {What.EXCUSE: ("exam", "rest"), What.POSTPONE: ("",), What.NO_LATENESS: ("",)}
"""What the value may be, where there is a choice; elsewhere it names something of the course."""


@dataclass(frozen=True)
class Arrangement:
    """What differs for one student. Why it does is not said here."""

    username: str
    what: What
    item: str                           # an item, component or assignment of the course; "" where none is meant
    value: str
    expires: datetime | None            # it counts before this instant; None: to the end
    at: datetime


@dataclass(frozen=True)
class ArrangementLine:
    """One line as it was written, with its reason: for instructors alone."""

    arrangement: Arrangement
    ended: bool                         # the line ends what was arranged before
    reason: Reason
    note: str
    actor: str


@dataclass(frozen=True)
class ExtensionLine:
    """An extension with its reason: for instructors alone."""

    slug: str
    username: str
    until: datetime
    reason: Reason
    note: str
    actor: str
    at: datetime


def holding(lines: Iterable[ArrangementLine], at: datetime) -> tuple[Arrangement, ...]:
    """What holds at an instant, of lines in the order in which they were written."""
    newest: dict[tuple[str, What, str], ArrangementLine] = {}
    for line in lines:
        if line.arrangement.at <= at:
            newest[line.arrangement.username, line.arrangement.what, line.arrangement.item] = line
    return tuple(line.arrangement for _, line in sorted(newest.items()) if not line.ended
                 and (line.arrangement.expires is None or at < line.arrangement.expires))


def why(reason: Reason, note: str = "") -> str:
    """Both parts of a reason in one text, as a line of an extension holds them."""
    return f"{reason}: {note}" if note else str(reason)


def read_why(said: str) -> tuple[Reason, str]:
    """The parts again. A text without a class, as older lines have it, is a note of the class `other`."""
    name, _, note = said.partition(": ")
    return (Reason(name), note) if name in set(Reason) else (Reason.OTHER, said)


class Arrangements(Chapter):
    """`ledger.arrangements`."""

    def arrange(self, course: str, username: str, what: What, item: str = "", value: str = "", *, reason: Reason,
                note: str = "", expires: datetime | None = None, actor: str) -> None:
        """From now on this holds for the student, in place of what was arranged about the same thing before."""
        _check(what, item, value, note)
        with self.writing(actor) as entry:
            lookups.student(entry.connection, course, username)
            if expires is not None and expires <= entry.now:
                raise RuleError(f"An arrangement that ended on {lookups.shown(expires)} never counts. Give an instant that is "
                                "still to come, or none.", code="over-already")
            line = {"value": value, "reason": str(reason), "note": lookups.plain(note), "expires": expires, "ended": 0}
            last = _last(entry.connection, course, username, what, item)
            if last is None or any(getattr(last, name) != said for name, said in line.items()):
                entry.append(schema.arrangement, course, actor, username=username, what=str(what), item=item, **line)

    def end(self, course: str, username: str, what: What, item: str = "", *, note: str = "", actor: str) -> None:
        """From now on nothing is arranged about this."""
        _check_note(note)
        with self.writing(actor) as entry:
            last = _last(entry.connection, course, username, what, item)
            if last is None:
                raise RuleError(f"Nothing was arranged with {username} about {what}{' ' + item if item else ''}, so nothing "
                                "can be ended.", code="nothing-arranged")
            if not last.ended:
                entry.append(schema.arrangement, course, actor, username=username, what=str(what), item=item,
                             value=last.value, reason=last.reason, note=lookups.plain(note), expires=None, ended=1)

    def holding(self, course: str, at: datetime, username: str | None = None) -> tuple[Arrangement, ...]:
        """What holds at an instant, for everybody or one student, without the reasons."""
        with self.reading() as connection:
            return holding(lines_of(connection, course, username), at)

    def lines(self, course: str, username: str | None = None) -> tuple[ArrangementLine, ...]:
        """Everything that was written, oldest first, with the reasons: for instructors alone."""
        with self.reading() as connection:
            return lines_of(connection, course, username)

    def extensions(self, course: str) -> tuple[ExtensionLine, ...]:
        """All extensions, oldest first, with the reasons: for instructors alone."""
        table = schema.extension
        with self.reading() as connection:
            rows = connection.execute(table.select().where(table.c.course == course).order_by(table.c.id)).all()
        return tuple(ExtensionLine(row.slug, row.username, row.until, *read_why(row.reason), row.actor, row.at)
                     for row in rows)


def lines_of(connection: Connection, course: str, username: str | None) -> tuple[ArrangementLine, ...]:
    """All lines, or those of one student, oldest first."""
    table = schema.arrangement
    query = table.select().where(table.c.course == course).order_by(table.c.id)
    if username is not None:
        query = query.where(table.c.username == username)
    return tuple(ArrangementLine(
        Arrangement(row.username, What(row.what), row.item, row.value, row.expires, row.at), bool(row.ended),
        Reason(row.reason), row.note, row.actor) for row in connection.execute(query))


def extensions_of(connection: Connection, course: str, at: datetime) -> dict[tuple[str, str], Extension]:
    """By assignment and student: the extension that counts at an instant."""
    table = schema.extension
    rows = connection.execute(table.select().where(table.c.course == course, table.c.at <= at).order_by(table.c.id))
    return {(row.slug, row.username): Extension(row.slug, row.username, row.until, row.reason, row.actor, row.at)
            for row in rows}


def _last(connection: Connection, course: str, username: str, what: What, item: str) -> Any:
    table = schema.arrangement
    return connection.execute(table.select().where(
        table.c.course == course, table.c.username == username, table.c.what == str(what), table.c.item == item)
        .order_by(table.c.id.desc()).limit(1)).first()


def _check(what: What, item: str, value: str, note: str) -> None:
    """RuleError for what can be no arrangement in any course."""
    _check_note(note)
    for name in (item, value):
        if len(name) > 200 or not name.isprintable():
            raise RuleError(f"{name[:200]!r} names nothing of a course.", code="bad-arrangement")
    if what in VALUES and value not in VALUES[what]:
        known = " or ".join(word for word in VALUES[what] if word)
        raise RuleError(f"{what} takes {known or 'no value'}, not {value!r}.", code="bad-arrangement")
    if what not in VALUES and not value:
        raise RuleError(f"{what} needs a value: say which.", code="bad-arrangement")
    if (what is What.KIND) == bool(item) and what is not What.NO_LATENESS:
        raise RuleError(f"{what} is {'about the student, not about ' + repr(item) if item else 'about an item: say which'}.",
                        code="bad-arrangement")


def _check_note(note: str) -> None:
    if len(note) > LONGEST:
        raise RuleError(f"A note has at most {LONGEST} letters, and this one has {len(note)}.", code="too-long")
