"""One assignment as a whole: what the pages of all its students are made from, read once for as long as it stays the same."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from autograder.ledger import counting, lookups
from autograder.ledger import teams as rules
from autograder.ledger.rows import Invitation, Pairing, Published, SubmissionRow
from autograder.model import RuleError
from autograder.words import Sayable


@dataclass(frozen=True)
class Whole:
    """What stands in the book about one assignment, by student."""

    published: Published
    pairings: rules.Pairings
    invitations: tuple[Invitation, ...]             # open ones
    teams: Mapping[str, str]                        # user name → the team that he is in now
    until: Mapping[str, datetime]                   # by user name: the newest extension
    handed_in: Mapping[str, tuple[SubmissionRow, ...]]      # by user name: what names him, oldest first
    counting: frozenset[tuple[str, int]]            # team and number of what counts
    shown: frozenset[str]                           # teams that have feedback
    scores: Mapping[str, float | None]              # by user name: of what counts; None: not graded

    def due(self, username: str) -> datetime | None:
        """A student's own due time."""
        return counting.own_due(self.published.due, self.until.get(username))

    def has_feedback(self, username: str) -> bool:
        """Whether there is a page for him."""
        return any(row.team in self.shown for row in self.handed_in.get(username, ()))

    def pairing(self, username: str, now: datetime) -> Pairing:
        """Where a student stands: team, invitations, and whether he may submit."""
        pairings = replace(self.pairings, locked=rules.is_locked(self.published.pairs_lock, now))
        name = self.teams.get(username)
        group = pairings.teams[name] if name is not None else None
        why_not: Sayable = ""
        try:
            if group is None:
                rules.submit_as(pairings, username)
            lookups.check_open(self.published, now, group.members if group else (username,), self.until)
        except RuleError as refused:
            why_not = refused.said
        return Pairing(
            team=lookups.team_row(self.published.slug, name, group) if name and group else None,
            invitations_in=tuple(i for i in self.invitations if i.to == username),
            invitations_out=tuple(i for i in self.invitations if i.frm == username),
            locked=pairings.locked, frozen=bool(group and group.frozen), may_submit=not why_not, why_not=why_not)


def read(connection: Connection, folder: Path, course: str, slug: str, now: datetime) -> Whole:
    """As it stands in the book; `folder` holds the blobs."""
    published = lookups.assignment(connection, course, slug)
    pairings = lookups.pairings(connection, published, now)
    handed_in: dict[str, list[SubmissionRow]] = {}
    for row in lookups.submissions(connection, course, slug):
        for member in row.members:
            handed_in.setdefault(member, []).append(row)
    return Whole(
        published, pairings, lookups.invitations(connection, course, slug),
        {member: name for name, group in pairings.teams.items() for member in group.members},
        {e.username: e.until for e in lookups.extensions(connection, course, slug)},
        {name: tuple(rows) for name, rows in handed_in.items()},
        frozenset((row.team, row.number) for row in lookups.counts(connection, published).values()),
        frozenset(lookups.pages(connection, course, slug)),
        {credit.username: credit.score for credit in lookups.credits(connection, folder, course, slug)})
