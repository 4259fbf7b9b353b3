"""One assignment as a whole: what the pages of all its students are made from, read once for as long as it stays the same."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from autograder.ledger import counting, disclosures, lookups
from autograder.ledger import teams as rules
from autograder.ledger.rows import Invitation, Pairing, Published, SubmissionRow
from autograder.model import Disclosure, RuleError
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
    shown: Mapping[str, datetime]                   # teams that have feedback, and since when the newest
    scores: Mapping[str, float | None]              # by user name: of what counts; None: not graded
    disclosure: Disclosure

    def due(self, username: str) -> datetime | None:
        """A student's own due time."""
        return counting.own_due(self.published.due, self.until.get(username))

    def has_feedback(self, username: str) -> bool:
        """Whether there is a page for him."""
        return any(row.team in self.shown for row in self.handed_in.get(username, ()))

    def has_news(self, username: str, read: datetime | None) -> bool:
        """Whether a page for him came out after he read what there was."""
        out = self.feedback_at(username)
        return out is not None and (read is None or read < out)

    def feedback_at(self, username: str) -> datetime | None:
        """When the newest page on work of his came out."""
        return max((self.shown[row.team] for row in self.handed_in.get(username, ()) if row.team in self.shown), default=None)

    def pairing(self, username: str, now: datetime) -> Pairing:
        """Where a student stands: team, invitations, and whether he may submit."""
        pairings = replace(self.pairings, locked=rules.is_locked(self.published.pairs_lock, now))
        name = self.teams.get(username)
        group = pairings.teams[name] if name is not None else None
        why_not: Sayable = ""
        try:
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
    return Whole(
        published, pairings, lookups.invitations(connection, course, slug),
        {member: name for name, group in pairings.teams.items() for member in group.members},
        {e.username: e.until for e in lookups.extensions(connection, course, slug)},
        lookups.handed_in(connection, course, slug),
        frozenset((row.team, row.number) for row in lookups.counts(connection, published).values()),
        lookups.shown_to(connection, course, slug),
        {name: credit.score for name, credit in lookups.credits(connection, folder, course, slug).items()},
        disclosures.newest(connection, course, slug))
