"""Who may work with whom: the rules of teams as pure functions.

`Pairings` is one assignment at one instant. Each function answers what has to change, as a tuple of `Change`s, or
raises RuleError with a sentence for the person who asked; an empty tuple means that it is so already, therefore
everything may be repeated. Nothing here reads a clock or a database.

The rules: partners find each other by invitation until the lock date; a team's first submission freezes it for good, so
a snapshot of its members never grows stale; working alone, or one more than the usual size, needs a permit unless the
assignment says otherwise; an assignment may ask for another partner than in earlier work; staff may move anybody at any
time. When staff move somebody out of a frozen team, that team is closed, and those who stay behind go on as a new one:
what was handed in stays credited to those who handed it in. A permit counts when a team is made, so a team outlives a
permit that is withdrawn.

Somebody who leaves the course leaves his open team, which ends when one is left over; his invitations end too. Of a
frozen team he stays a member: whoever goes on hands in as that team, and keeps its work.

Until he has a team a student may say that he is *looking* for a partner; those without a team read it.
"""
from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from autograder.model import RuleError, TeamRule
from autograder.words import Listed, Text, plural, text

INDIVIDUAL = text("This assignment is individual: everybody hands in alone.")
LONGEST_NOTE = 200
"""Letters of what somebody says who looks for a partner."""


@dataclass(frozen=True)
class Group:
    """A team as the rules see it."""

    members: frozenset[str]
    frozen: bool = False


@dataclass(frozen=True)
class Pairings:
    """One assignment at one instant."""

    rule: TeamRule
    locked: bool
    students: frozenset[str]
    teams: Mapping[str, Group] = field(default_factory=dict)        # by name
    invitations: frozenset[tuple[str, str]] = frozenset()           # (from, to), open ones
    permits: frozenset[tuple[str, str]] = frozenset()               # (username, "alone" | "three")
    looking: Mapping[str, str] = field(default_factory=dict)        # username -> what he says
    before: frozenset[frozenset[str]] = frozenset()                 # two who handed in together in earlier work

    def team_of(self, username: str) -> str | None:
        """Name of his team."""
        return next((name for name, group in self.teams.items() if username in group.members), None)

    def permitted(self, username: str, kind: str) -> bool:
        """Whether staff gave him this permit."""
        return (username, kind) in self.permits

    def room_for(self, members: Iterable[str]) -> int:
        """How many these people may be at most when they form one team."""
        more = self.rule.three == "yes" or (
            self.rule.three == "by permit" and any(self.permitted(m, "three") for m in members))
        return self.rule.size + more


@dataclass(frozen=True)
class Opened:
    """An invitation is made."""

    frm: str
    to: str


@dataclass(frozen=True)
class Closed:
    """An invitation ends; `how` is accepted, declined, withdrawn or void."""

    frm: str
    to: str
    how: str


@dataclass(frozen=True)
class Formed:
    """A new team."""

    members: frozenset[str]


@dataclass(frozen=True)
class Joined:
    """Somebody comes to an existing team."""

    team: str
    member: str


@dataclass(frozen=True)
class Left:
    """Somebody leaves a team that goes on without him."""

    team: str
    member: str


@dataclass(frozen=True)
class Dissolved:
    """A team ends; all its members are free."""

    team: str


@dataclass(frozen=True)
class Listing:
    """Somebody looks for a partner."""

    username: str
    note: str


@dataclass(frozen=True)
class Unlisted:
    """He no longer looks; `how` is withdrawn, changed, found or void."""

    username: str
    how: str


Change = Opened | Closed | Formed | Joined | Left | Dissolved | Listing | Unlisted


def is_locked(pairs_lock: datetime | None, now: datetime) -> bool:
    """Whether students can no longer pair up themselves."""
    return pairs_lock is not None and now >= pairs_lock


def invite(pairings: Pairings, by: str, to: str) -> tuple[Change, ...]:
    """Ask somebody to be a partner. Inviting a person whose invitation is open accepts it."""
    _may_change(pairings, by)
    if by == to:
        raise RuleError(text("You cannot invite yourself. Enter your partner's user name."), code="yourself")
    if to not in pairings.students:
        raise RuleError(text("There is no student {name} in this course. Check the user name with your partner.",
                             name=repr(to)), code="unknown-person")
    members = _members(pairings, by)
    if to in members:
        return ()
    _not_frozen(pairings, by)
    if pairings.team_of(to) is not None:
        raise RuleError(text("{name} already works in another team for this assignment.", name=to), code="has-team")
    if (to, by) in pairings.invitations and pairings.team_of(by) is None:
        return accept(pairings, by, to)
    _enough_room(pairings, members | {to})
    _somebody_new(pairings, members, to)
    return () if (by, to) in pairings.invitations else (Opened(by, to),)


def accept(pairings: Pairings, by: str, frm: str) -> tuple[Change, ...]:
    """Take an open invitation: both are in one team from now on."""
    _may_change(pairings, by)
    own, host = pairings.team_of(by), pairings.team_of(frm)
    if own is not None and own == host:
        return ()
    _has_invitation(pairings, frm, by)
    if frm not in pairings.students:
        raise RuleError(text("{name} is no longer a student of this course. Find another partner.", name=frm),
                        code="unknown-person")
    if own is not None:
        _free(pairings, by)
    _not_frozen(pairings, frm)
    team = _members(pairings, frm) | {by}
    _enough_room(pairings, team)
    _somebody_new(pairings, _members(pairings, frm), by)
    change: Change = Formed(team) if host is None else Joined(host, by)
    return (Closed(frm, by, "accepted"), change, *_void(pairings, team, but={(frm, by)}, keep_room=True),
            *_found(pairings, team))


def decline(pairings: Pairings, by: str, frm: str) -> tuple[Change, ...]:
    """Say no to an open invitation; possible at any time."""
    _has_invitation(pairings, frm, by)
    return (Closed(frm, by, "declined"),)


def withdraw(pairings: Pairings, by: str, to: str | None = None) -> tuple[Change, ...]:
    """Take back one's own invitation to somebody, or all of them; possible at any time."""
    return tuple(Closed(frm, whom, "withdrawn") for frm, whom in sorted(pairings.invitations)
                 if frm == by and to in (None, whom))


def leave(pairings: Pairings, by: str) -> tuple[Change, ...]:
    """Leave one's team before it is frozen and before the lock date. A team of one that would be left over ends."""
    _may_change(pairings, by)
    team = pairings.team_of(by)
    if team is None:
        raise RuleError(text("You have no team for this assignment, so there is nothing to leave."), code="no-team")
    _not_frozen(pairings, by)
    return _without(pairings, team, frozenset({by}))


def look(pairings: Pairings, by: str, note: str) -> tuple[Change, ...]:
    """Say that one looks for a partner, with a few words. Saying it again changes the words."""
    _may_change(pairings, by)
    _free(pairings, by)
    note = " ".join(note.split())
    if len(note) > LONGEST_NOTE:
        raise RuleError(text("Say it in at most {most} letters; this were {length}.", most=LONGEST_NOTE, length=len(note)),
                        code="too-long")
    if pairings.looking.get(by) == note:
        return ()
    return (*((Unlisted(by, "changed"),) if by in pairings.looking else ()), Listing(by, note))


def stop_looking(pairings: Pairings, by: str) -> tuple[Change, ...]:
    """Take that back; possible at any time."""
    return (Unlisted(by, "withdrawn"),) if by in pairings.looking else ()


def seen_looking(pairings: Pairings, by: str) -> Mapping[str, str]:
    """Who else looks for a partner, as far as this student may see it: while he has no team himself and teams can change."""
    if by not in pairings.students or pairings.locked or pairings.rule.size == 1 or pairings.team_of(by) is not None:
        return {}
    return {name: note for name, note in sorted(pairings.looking.items()) if name != by}


def drop_out(pairings: Pairings, username: str) -> tuple[Change, ...]:
    """What becomes of the teams when somebody leaves the course; of a frozen team he stays a member."""
    team = pairings.team_of(username)
    freed = () if team is None or pairings.teams[team].frozen else _without(pairings, team, frozenset({username}))
    ended = (Unlisted(username, "void"),) if username in pairings.looking else ()
    return (*freed, *_void(pairings, frozenset({username})), *ended)


def assign(pairings: Pairings, members: Iterable[str]) -> tuple[Change, ...]:
    """Staff put these people together, whatever the dates, permits and earlier teams."""
    listed = tuple(members)
    team = frozenset(listed)
    if not team or len(team) != len(listed):
        raise RuleError(text("A team needs at least one person, each named once; this was {names}.",
                             names=", ".join(listed) or "empty"), code="bad-team")
    if unknown := sorted(team - pairings.students):
        raise RuleError(text("Not a student of this course: {names}. Enrol first, then assign the team.",
                             names=", ".join(unknown)), code="unknown-person")
    if pairings.rule.size == 1 and len(team) > 1:
        raise RuleError(INDIVIDUAL, code="individual")
    if any(group.members == team for group in pairings.teams.values()):
        return ()
    changes: list[Change] = []
    new = team
    for name, group in sorted(pairings.teams.items()):
        if not group.members & team:
            continue
        if group.frozen:
            changes.append(Dissolved(name))
            if rest := group.members - team:
                changes.append(Formed(rest))
                new |= rest
        else:
            changes.extend(_without(pairings, name, group.members & team))
    return (*changes, Formed(team), *_void(pairings, new), *_found(pairings, new))


def unusual(pairings: Pairings, members: Iterable[str]) -> Text | None:
    """What staff should know before they put these people together; None when any of them could have done it. RuleError
    for a team that is larger than a team of this assignment can be."""
    team = frozenset(members)
    rule, size = pairings.rule, len(team)
    if size > 1 == rule.size:
        raise RuleError(INDIVIDUAL, code="individual")
    if size > rule.size + (rule.three != "no"):
        _enough_room(pairings, team)
    if again := sorted(sorted(pair) for pair in pairings.before if pair <= team):
        return text("{names} have handed in together before", names=Listed(again[0]))
    if size > pairings.room_for(team):
        return plural("a team of {count} without a permit", "a team of {count} without a permit", size)
    if size == 1 < rule.size and rule.alone != "yes" and not any(pairings.permitted(one, "alone") for one in team):
        return text("alone without a permit")
    return None


def submit_as(pairings: Pairings, by: str) -> tuple[Change, ...]:
    """What a submission by this student changes before it is taken: nothing, or a team of one. RuleError: he may
    not."""
    _known(pairings, by)
    if pairings.team_of(by) is not None:
        return ()
    alone = pairings.rule.alone
    if pairings.rule.size == 1 or alone == "yes" or (alone == "by permit" and pairings.permitted(by, "alone")):
        alone_now = frozenset({by})
        return (Formed(alone_now), *_void(pairings, alone_now), *_found(pairings, alone_now))
    if pairings.locked:
        raise RuleError(
            text("You have no team for this assignment, and the date for finding a partner has passed. Ask the course staff "
                 "for a team or for a permit to work alone.") if alone == "by permit" else
            text("You have no team for this assignment, and the date for finding a partner has passed. Ask the course staff "
                 "for a team."), code="no-team")
    size = pairings.rule.size
    raise RuleError(
        text("This assignment is handed in by {size} together, and you have no team yet. Invite a partner, or ask the course "
             "staff for one or for a permit to work alone.", size=size) if alone == "by permit" else
        text("This assignment is handed in by {size} together, and you have no team yet. Invite a partner, or ask the course "
             "staff for one.", size=size), code="no-team")


def _members(pairings: Pairings, username: str) -> frozenset[str]:
    team = pairings.team_of(username)
    return frozenset({username}) if team is None else pairings.teams[team].members


def _known(pairings: Pairings, by: str) -> None:
    if by not in pairings.students:
        raise RuleError(text("{name} is not a student of this course. Ask the course staff to enrol you.", name=by),
                        code="unknown-person")


def _may_change(pairings: Pairings, by: str) -> None:
    _known(pairings, by)
    if pairings.rule.size == 1:
        raise RuleError(INDIVIDUAL, code="individual")
    if pairings.locked:
        raise RuleError(text("The date until which teams can change has passed. Ask the course staff."), code="locked")


def _free(pairings: Pairings, by: str) -> None:
    if pairings.team_of(by) is None:
        return
    others = sorted(_members(pairings, by) - {by})
    raise RuleError(text("You work with {names} for this assignment. Leave that team first.", names=Listed(others)) if others
                    else text("You work alone on this assignment. Leave that team first."), code="has-team")


def _not_frozen(pairings: Pairings, username: str) -> None:
    team = pairings.team_of(username)
    if team is not None and pairings.teams[team].frozen:
        names = Listed(sorted(pairings.teams[team].members))
        raise RuleError(text("The team of {names} has already submitted, so it stays as it is for this assignment. Ask the "
                             "course staff if it must change.", names=names), code="frozen")


def _enough_room(pairings: Pairings, members: frozenset[str]) -> None:
    room, size = pairings.room_for(members), len(members)
    if size <= room:
        return
    if size == pairings.rule.size + 1 and pairings.rule.three == "by permit":
        raise RuleError(text("That would be a team of {size}; this assignment allows {room}. The course staff can permit one "
                             "more.", size=size, room=room), code="full")
    raise RuleError(text("That would be a team of {size}; this assignment allows {room}.", size=size, room=room), code="full")


def _somebody_new(pairings: Pairings, members: frozenset[str], joining: str) -> None:
    """RuleError where partners change and these have handed in together before."""
    if known := sorted(member for member in members if frozenset({member, joining}) in pairings.before):
        raise RuleError(text("{one} and {other} have handed in together before, and partners change from one assignment to the "
                             "next in this course. Find another partner, or ask the course staff.", one=known[0],
                             other=joining), code="again")


def _has_invitation(pairings: Pairings, frm: str, to: str) -> None:
    if (frm, to) not in pairings.invitations:
        raise RuleError(text("There is no open invitation from {frm} to {to}. It may have been withdrawn; ask {frm}.",
                             frm=frm, to=to), code="no-invitation")


def _found(pairings: Pairings, team: frozenset[str]) -> tuple[Change, ...]:
    """End the search of those who have a team now."""
    return tuple(Unlisted(member, "found") for member in sorted(team & pairings.looking.keys()))


def _without(pairings: Pairings, team: str, leaving: frozenset[str]) -> tuple[Change, ...]:
    rest = pairings.teams[team].members - leaving
    return (Dissolved(team),) if len(rest) < 2 else tuple(Left(team, member) for member in sorted(leaving))


def _void(pairings: Pairings, team: frozenset[str], *, but: Iterable[tuple[str, str]] = (),
          keep_room: bool = False) -> tuple[Change, ...]:
    """Close the invitations that a team's people can no longer send or take."""
    def holds(frm: str, to: str) -> bool:
        return keep_room and frm in team and to not in team and len(team) < pairings.room_for(team | {to})
    return tuple(Closed(frm, to, "void") for frm, to in sorted(pairings.invitations - set(but))
                 if team & {frm, to} and not holds(frm, to))
