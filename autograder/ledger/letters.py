"""Chapter of letters: which went out, to whom and for what cause, so that none goes out twice."""
from __future__ import annotations

import json
from datetime import datetime

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

    def feedback(self, course: str, slug: str) -> dict[str, datetime]:
        """By student: when the newest page on work of his came out."""
        submission = schema.submission
        with self.reading() as connection:
            released = {team: row.at for team, row in lookups.pages(connection, course, slug).items()}
            found: dict[str, datetime] = {}
            snapshots = select(submission.c.team_id, submission.c.members).distinct().where(
                submission.c.course == course, submission.c.slug == slug)
            for row in connection.execute(snapshots):
                at = released.get(lookups.team_name(row.team_id))
                if at is not None:
                    found |= {member: max(at, found.get(member, at)) for member in json.loads(row.members)}
        return found
