"""Chapter of what students have looked at: which releases they fetched, and which feedback they read when.

It makes the states on their own pages true ("not fetched", "new feedback") and is shown to nobody else. No lines of the book, no audit.
"""
from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from types import MappingProxyType
from typing import Literal

from sqlalchemy import func, select

from autograder.ledger import schema
from autograder.ledger.chapter import Chapter

What = Literal["release", "feedback"]


class Seen(Chapter):
    """`ledger.seen`."""

    def note(self, course: str, slug: str, username: str, what: What) -> None:
        """He has looked at it now. Kept are the first look at a release and the first one after feedback came out."""
        table, page = schema.seen, schema.feedback_page
        before = self.of(course, username).get((slug, what))
        with self.reading() as connection:
            out = connection.execute(select(func.max(page.c.at)).where(page.c.course == course, page.c.slug == slug)).scalar()
        if before is not None and (what == "release" or out is None or before > out):
            return
        key = {"course": course, "slug": slug, "username": username, "what": what}
        with self.writing(username) as entry:
            entry.connection.execute(table.delete().filter_by(**key))
            entry.connection.execute(table.insert().values(**key, at=entry.now))

    def of(self, course: str, username: str) -> Mapping[tuple[str, str], datetime]:
        """By (slug, what): when he looked at it."""
        table = schema.seen
        with self.reading() as connection:
            rows = connection.execute(select(table).where(table.c.course == course, table.c.username == username))
            return MappingProxyType({(row.slug, row.what): row.at for row in rows})
