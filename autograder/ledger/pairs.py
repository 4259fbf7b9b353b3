"""Chapter of pairs: who looks for a partner, permits taken back, many teams at once, and who was with whom when.

How partners find each other is in `Ledger` (`invite`, `accept`, …) and in `teams`; what those rules answer is written here, by `apply`,
each change with its audit line.
"""
from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any, Literal

from sqlalchemy import Connection, func, select

from autograder.ledger import lookups, schema
from autograder.ledger import teams as rules
from autograder.ledger.chapter import Chapter
from autograder.ledger.rows import InvitationPast, Looking, Membership
from autograder.ledger.store import Writing

Rule = Callable[[rules.Pairings], tuple[rules.Change, ...]]


class Pairs(Chapter):
    """`ledger.pairs`."""

    def look(self, course: str, slug: str, by: str, note: str) -> None:
        """Say that one looks for a partner, with a few words for those who do as well."""
        self._pair(course, slug, by, lambda now: rules.look(now, by, lookups.plain(note)))

    def stop_looking(self, course: str, slug: str, by: str) -> None:
        """Take that back."""
        self._pair(course, slug, by, lambda now: rules.stop_looking(now, by))

    def looking(self, course: str, slug: str) -> tuple[Looking, ...]:
        """Everybody who looks for a partner, for staff, who waits longest first."""
        with self.reading() as connection:
            lookups.assignment(connection, course, slug)
            return lookups.looking(connection, course, slug)

    def seen_looking(self, course: str, slug: str, by: str) -> tuple[Looking, ...]:
        """Who else looks for a partner, as far as this student may see it."""
        with self.reading() as connection:
            pairings = self._now(connection, course, slug)
            seen = rules.seen_looking(pairings, by)
            return tuple(one for one in lookups.looking(connection, course, slug) if one.username in seen)

    def assign(self, course: str, slug: str, teams: Iterable[Sequence[str]], *, actor: str, reason: str = "") -> None:
        """Staff put people together, all of these teams or none."""
        with self.writing(actor) as entry:
            for members in teams:
                changes = rules.assign(self._now(entry.connection, course, slug, entry.now), members)
                apply(entry, course, slug, actor, changes, reason=reason)

    def end_permit(self, course: str, slug: str, username: str, kind: Literal["alone", "three"], *, actor: str) -> None:
        """Take a permit back. A team that it made stays; a new one is not made by it."""
        with self.writing(actor) as entry:
            lookups.assignment(entry.connection, course, slug)
            if (username, kind) in lookups.permits(entry.connection, course, slug):
                entry.append(schema.permit, course, actor, slug=slug, username=username, kind=f"{kind} {lookups.ENDED}")

    def permits(self, course: str, slug: str) -> tuple[tuple[str, str], ...]:
        """The permits that hold: user name, and alone or three."""
        with self.reading() as connection:
            return tuple(sorted(lookups.permits(connection, course, slug)))

    def now(self, course: str, slug: str) -> rules.Pairings:
        """What the rules see."""
        with self.reading() as connection:
            return self._now(connection, course, slug)

    def history(self, course: str, slug: str) -> tuple[Membership, ...]:
        """Who was in which team from when to when, oldest first."""
        table, team = schema.team_member, schema.submission
        first = select(team.c.team_id, func.min(team.c.at).label("at")).where(team.c.course == course, team.c.slug == slug) \
            .group_by(team.c.team_id)
        with self.reading() as connection:
            frozen = {row.team_id: row.at for row in connection.execute(first)}
            return tuple(Membership(lookups.team_name(row.team_id), row.username, row.joined_at, row.left_at, frozen.get(row.team_id))
                         for row in connection.execute(lookups.of(table, course, slug)))

    def invitations(self, course: str, slug: str) -> tuple[InvitationPast, ...]:
        """All invitations with how they ended, oldest first; `how` is empty while one is open."""
        with self.reading() as connection:
            return tuple(InvitationPast(slug, row.frm, row.invitee, row.made_at, row.ended_at, row.how or "")
                         for row in connection.execute(lookups.of(schema.invitation, course, slug)))

    def _now(self, connection: Connection, course: str, slug: str, now: datetime | None = None) -> rules.Pairings:
        return lookups.pairings(connection, lookups.assignment(connection, course, slug), now or self._store.now())

    def _pair(self, course: str, slug: str, actor: str, rule: Rule) -> None:
        with self.writing(actor) as entry:
            apply(entry, course, slug, actor, rule(self._now(entry.connection, course, slug, entry.now)))


def drop_out(entry: Writing, course: str, username: str, *, actor: str) -> None:
    """Somebody left the course: take him out of its open teams, end his invitations and his search."""
    slugs = select(schema.assignment.c.slug).where(schema.assignment.c.course == course).order_by(schema.assignment.c.slug)
    for slug in entry.connection.execute(slugs).scalars().all():
        pairings = lookups.pairings(entry.connection, lookups.assignment(entry.connection, course, slug), entry.now)
        apply(entry, course, slug, actor, rules.drop_out(pairings, username))


def apply(entry: Writing, course: str, slug: str, actor: str, changes: Iterable[rules.Change], *, reason: str = "") -> None:
    """Write what the rules answered, each change with its audit line."""
    for change in changes:
        action, data = _write(entry, course, slug, change)
        entry.note(course, actor, action, {"slug": slug, **data, **({"reason": lookups.plain(reason)} if reason else {})})


def _write(entry: Writing, course: str, slug: str, change: rules.Change) -> tuple[str, dict[str, Any]]:
    execute, now = entry.connection.execute, entry.now
    invitation, team, member, search = schema.invitation, schema.team, schema.team_member, schema.partner_search
    match change:
        case rules.Opened(frm, to):
            execute(invitation.insert().values(course=course, slug=slug, frm=frm, invitee=to, made_at=now))
            return "invite", {"from": frm, "to": to}
        case rules.Closed(frm, to, how):
            execute(invitation.update().where(
                invitation.c.course == course, invitation.c.slug == slug, invitation.c.frm == frm,
                invitation.c.invitee == to, invitation.c.ended_at.is_(None)).values(ended_at=now, how=how))
            return f"invitation {how}", {"from": frm, "to": to}
        case rules.Formed(members):
            made = execute(team.insert().values(course=course, slug=slug, made_at=now)).inserted_primary_key
            assert made is not None
            for username in sorted(members):
                _join(entry, course, slug, made[0], username)
            return "team formed", {"team": lookups.team_name(made[0]), "members": sorted(members)}
        case rules.Joined(name, username):
            _join(entry, course, slug, lookups.team_number(name), username)
            return "team joined", {"team": name, "member": username}
        case rules.Left(name, username):
            execute(member.update().where(member.c.team_id == lookups.team_number(name), member.c.username == username,
                                          member.c.left_at.is_(None)).values(left_at=now))
            return "team left", {"team": name, "member": username}
        case rules.Dissolved(name):
            execute(member.update().where(member.c.team_id == lookups.team_number(name), member.c.left_at.is_(None))
                    .values(left_at=now))
            execute(team.update().where(team.c.id == lookups.team_number(name)).values(ended_at=now))
            return "team dissolved", {"team": name}
        case rules.Listing(username, note):
            execute(search.insert().values(course=course, slug=slug, username=username, note=note, made_at=now))
            return "looks for a partner", {"username": username, "note": note}
        case rules.Unlisted(username, how):
            execute(search.update().where(
                search.c.course == course, search.c.slug == slug, search.c.username == username,
                search.c.ended_at.is_(None)).values(ended_at=now, how=how))
            return f"search {how}", {"username": username}


def _join(entry: Writing, course: str, slug: str, team: int, username: str) -> None:
    entry.connection.execute(schema.team_member.insert().values(
        course=course, slug=slug, team_id=team, username=username, joined_at=entry.now))
