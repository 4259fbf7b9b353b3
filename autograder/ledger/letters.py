"""Chapter of letters: which went out, to whom and for what cause, so that none goes out twice."""
from __future__ import annotations

from sqlalchemy import select

from autograder.ledger import lookups, schema
from autograder.ledger.chapter import Chapter


class Letters(Chapter):
    """`ledger.letters`."""

    def told(self, course: str) -> frozenset[tuple[str, str]]:
        """Who was told what: user name and cause."""
        table = schema.letter
        with self.reading() as connection:
            rows = connection.execute(select(table.c.username, table.c.cause).where(table.c.course == course))
            return frozenset((row.username, row.cause) for row in rows)

    def note(self, course: str, username: str, cause: str, *, actor: str) -> None:
        """A letter went out. What is said of its cause names no marks and no reasons."""
        table = schema.letter
        with self.writing(actor) as entry:
            same = table.select().where(table.c.course == course, table.c.username == username, table.c.cause == cause)
            if lookups.first(entry, same) is None:
                entry.append(table, course, actor, username=username, cause=cause)
