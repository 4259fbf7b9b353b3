"""Chapter of disclosure: what feedback tells students about the hidden tests of an assignment, and from when.

A release states it, as course.toml says; an instructor changes it with a reason. The newest line counts, also for feedback that was given
before. An assignment without a line tells everything.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from autograder.ledger import lookups, schema
from autograder.ledger.chapter import Chapter
from autograder.ledger.store import Writing
from autograder.model import EVERYTHING, Disclosure, Level, RuleError
from autograder.words import text


@dataclass(frozen=True)
class DisclosureLine:
    """One statement; `reason` is empty where a release made it."""

    disclosure: Disclosure
    reason: str
    actor: str
    at: datetime


class Disclosures(Chapter):
    """`ledger.disclosures`."""

    def of(self, course: str, slug: str) -> Disclosure:
        """What holds now."""
        with self.reading() as connection:
            return newest(connection, course, slug)

    def lines(self, course: str, slug: str) -> tuple[DisclosureLine, ...]:
        """Everything that was said about it, oldest first."""
        with self.reading() as connection:
            return tuple(DisclosureLine(_read(row), row.reason, row.actor, row.at)
                         for row in connection.execute(lookups.of(schema.disclosure, course, slug)))

    def change(self, course: str, slug: str, disclosure: Disclosure, *, actor: str, reason: str) -> None:
        """Tell something else from now on; what is so already adds no line. RuleError without a reason, or when a time changes nothing."""
        if not reason.strip():
            raise RuleError(text("A change of what feedback tells needs a reason; it stands in the audit log."), code="no-reason")
        if disclosure.level is Level.POINTS and disclosure.from_ is not None:
            raise RuleError(text("Points are told before that time as well. Leave the time out, or choose outcomes or messages."),
                            code="never-more")
        with self.writing(actor) as entry:
            lookups.assignment(entry.connection, course, slug)
            put(entry, course, slug, disclosure, actor=actor, reason=reason)


def newest(connection: Connection, course: str, slug: str) -> Disclosure:
    """What the newest line says."""
    table = schema.disclosure
    query = table.select().where(table.c.course == course, table.c.slug == slug).order_by(table.c.id.desc()).limit(1)
    row = connection.execute(query).first()
    return EVERYTHING if row is None else _read(row)


def given(disclosure: Disclosure) -> dict[str, list[str | None]]:
    """As it stands in what was given with a release; nothing for the usual one, as in releases from before there was another."""
    begins = None if disclosure.from_ is None else schema.iso(disclosure.from_)
    return {} if disclosure == EVERYTHING else {"disclosure": [disclosure.level.value, begins]}


def put(entry: Writing, course: str, slug: str, disclosure: Disclosure, *, actor: str, reason: str = "") -> None:
    """Add the line, unless it says what is so already."""
    if disclosure != newest(entry.connection, course, slug):
        entry.append(schema.disclosure, course, actor, slug=slug, level=disclosure.level.value, begins=disclosure.from_,
                     reason=lookups.plain(reason))


def _read(row: Any) -> Disclosure:
    return Disclosure(Level(row.level), row.begins)
