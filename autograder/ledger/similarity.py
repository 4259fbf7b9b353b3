"""Similar works that a person has looked at: who dismissed which pair, and why.

A dismissal names the pair and what it shares by a digest: when a later submission shares something else, the pair is raised again.
It is said once; a later one with another reason is a line of its own, and the newest is shown. Nothing else in the book reads this.
"""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from autograder.ledger import lookups, schema
from autograder.ledger.chapter import Chapter
from autograder.model import RuleError
from autograder.words import text

LONGEST_REASON = 2000


@dataclass(frozen=True)
class Dismissal:
    """A pair of works that somebody found to be no matter."""

    slug: str
    one: str                            # team, or the name of an archived work; the lesser name first
    other: str
    digest: str                         # of what they share
    reason: str
    actor: str
    at: datetime


def reason_given(reason: str) -> str:
    """The reason as the book keeps it; RuleError when there is none, or too much of it."""
    said = lookups.plain(reason).strip()
    if not said:
        raise RuleError(text("Say why the pair is dismissed: whoever looks at the list next reads it."), code="no-reason")
    if len(said) > LONGEST_REASON:
        raise RuleError(text("The reason has {length} letters; at most {most} are kept. Say it shorter.", length=len(said),
                             most=LONGEST_REASON), code="long-reason")
    return said


class Similarity(Chapter):
    """Dismissals of pairs."""

    def dismiss(self, course: str, slug: str, one: str, other: str, digest: str, *, reason: str, actor: str) -> None:
        """Say that this pair, with what it shares now, needs nobody's attention."""
        first, second = sorted((lookups.plain(one), lookups.plain(other)))
        line = {"slug": slug, "one": first, "other": second, "digest": digest, "reason": reason_given(reason)}
        with self.writing(actor) as entry:
            lookups.assignment(entry.connection, course, slug)
            table = schema.dismissal
            newest = lookups.first(entry, table.select().where(
                table.c.course == course, table.c.slug == slug, table.c.one == first, table.c.other == second,
                table.c.digest == digest).order_by(table.c.id.desc()).limit(1))
            if newest is None or newest.reason != line["reason"]:
                entry.append(table, course, actor, **line)

    def dismissed(self, course: str, slug: str) -> tuple[Dismissal, ...]:
        """All dismissals, oldest first."""
        with self.reading() as connection:
            return tuple(Dismissal(row.slug, row.one, row.other, row.digest, row.reason, row.actor, row.at)
                         for row in connection.execute(lookups.of(schema.dismissal, course, slug)))
