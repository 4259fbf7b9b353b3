"""The rules of teams as a table: who may do what, and what it changes."""
from __future__ import annotations

from typing import Any

import pytest

from autograder.ledger import teams
from autograder.ledger.teams import Closed, Dissolved, Formed, Group, Joined, Left, Opened, Pairings
from autograder.model import RuleError, TeamRule

STUDENTS = frozenset({"ann", "ben", "cat", "dan", "eve"})
PAIRS, SINGLE = TeamRule(), TeamRule(size=1)
NONE = frozenset[str]()


def now(*groups: str, rule: TeamRule = PAIRS, locked: bool = False, invited: str = "", permits: str = "") -> Pairings:
    """`groups` like "ann ben" or "ann ben!" (frozen); `invited` like "ann>ben cat>ann"; `permits` like "ann:three"."""
    def two(text: str, sign: str) -> tuple[str, str]:
        left, _, right = text.partition(sign)
        return left, right
    return Pairings(
        rule=rule, locked=locked, students=STUDENTS,
        teams={f"team-{n:05d}": Group(frozenset(group.rstrip("!").split()), group.endswith("!"))
               for n, group in enumerate(groups, start=1)},
        invitations=frozenset(two(text, ">") for text in invited.split()),
        permits=frozenset(two(text, ":") for text in permits.split()))


def team(*members: str) -> Formed:
    return Formed(frozenset(members))


ALLOWED: list[Any] = [
    pytest.param(teams.invite, now(), ("ann", "ben"), [Opened("ann", "ben")], id="anybody free may be invited"),
    pytest.param(teams.invite, now(invited="ann>ben"), ("ann", "ben"), [], id="inviting again changes nothing"),
    pytest.param(teams.invite, now("ann ben"), ("ann", "ben"), [], id="inviting one's partner changes nothing"),
    pytest.param(teams.invite, now(invited="ann>ben"), ("ben", "ann"),
                 [Closed("ann", "ben", "accepted"), team("ann", "ben")], id="inviting the one who invited me accepts"),
    pytest.param(teams.accept, now(invited="ann>ben"), ("ben", "ann"),
                 [Closed("ann", "ben", "accepted"), team("ann", "ben")], id="accepting makes a pair"),
    pytest.param(teams.accept, now("ann ben"), ("ben", "ann"), [], id="accepting again changes nothing"),
    pytest.param(teams.accept, now(invited="ann>ben cat>ben ben>dan cat>ann ann>dan cat>dan"), ("ben", "ann"),
                 [Closed("ann", "ben", "accepted"), team("ann", "ben"), Closed("ann", "dan", "void"),
                  Closed("ben", "dan", "void"), Closed("cat", "ann", "void"), Closed("cat", "ben", "void")],
                 id="a pair's other invitations end, those of others stay"),
    pytest.param(teams.accept, now(invited="ann>ben ann>cat", permits="cat:three"), ("ben", "ann"),
                 [Closed("ann", "ben", "accepted"), team("ann", "ben")],
                 id="an invitation stays while there is room for it"),
    pytest.param(teams.accept, now("ann ben", invited="ann>cat", permits="cat:three"), ("cat", "ann"),
                 [Closed("ann", "cat", "accepted"), Joined("team-00001", "cat")], id="a third joins by his own permit"),
    pytest.param(teams.invite, now("ann ben", permits="ben:three"), ("ann", "cat"), [Opened("ann", "cat")],
                 id="a third is invited by a partner's permit"),
    pytest.param(teams.invite, now("ann ben", rule=TeamRule(three="yes")), ("ann", "cat"), [Opened("ann", "cat")],
                 id="three need no permit where the assignment says so"),
    pytest.param(teams.decline, now(invited="ann>ben", locked=True), ("ben", "ann"), [Closed("ann", "ben", "declined")],
                 id="declining is possible at any time"),
    pytest.param(teams.withdraw, now(invited="ann>ben ann>cat cat>ann", locked=True), ("ann",),
                 [Closed("ann", "ben", "withdrawn"), Closed("ann", "cat", "withdrawn")],
                 id="withdrawing takes back all"),
    pytest.param(teams.withdraw, now(invited="ann>ben ann>cat"), ("ann", "cat"), [Closed("ann", "cat", "withdrawn")],
                 id="withdrawing takes back one"),
    pytest.param(teams.withdraw, now(), ("ann",), [], id="withdrawing nothing changes nothing"),
    pytest.param(teams.leave, now("ann ben"), ("ann",), [Dissolved("team-00001")], id="leaving a pair frees both"),
    pytest.param(teams.leave, now("ann ben cat"), ("ann",), [Left("team-00001", "ann")], id="two of three go on"),
    pytest.param(teams.leave, now("ann"), ("ann",), [Dissolved("team-00001")], id="leaving a team of one ends it"),
    pytest.param(teams.assign, now(locked=True), (["ann", "ben"],), [team("ann", "ben")],
                 id="staff pair after the lock date"),
    pytest.param(teams.assign, now("ann ben"), (["ben", "ann"],), [], id="assigning the same team changes nothing"),
    pytest.param(teams.assign, now(), (["ann", "ben", "cat", "dan"],), [team("ann", "ben", "cat", "dan")],
                 id="staff need no permit"),
    pytest.param(teams.assign, now("ann ben", "cat dan!", invited="eve>ben"), (["ann", "cat"],),
                 [Dissolved("team-00001"), Dissolved("team-00002"), team("dan"), team("ann", "cat")],
                 id="who stays behind in a frozen team goes on as a new team, in an open pair is free"),
    pytest.param(teams.assign, now("ann ben cat", invited="eve>ann dan>eve"), (["ann"],),
                 [Left("team-00001", "ann"), team("ann"), Closed("eve", "ann", "void")],
                 id="staff take one out of three"),
    pytest.param(teams.assign, now(rule=SINGLE), (["ann"],), [team("ann")], id="staff may make a team of one"),
    pytest.param(teams.submit_as, now("ann ben"), ("ann",), [], id="a member may submit"),
    pytest.param(teams.submit_as, now(rule=SINGLE), ("ann",), [team("ann")], id="individual work makes a team of one"),
    pytest.param(teams.submit_as, now(permits="ann:alone", invited="ben>ann ben>cat"), ("ann",),
                 [team("ann"), Closed("ben", "ann", "void")], id="alone by permit ends open invitations"),
    pytest.param(teams.submit_as, now(rule=TeamRule(alone="yes"), locked=True), ("ann",), [team("ann")],
                 id="alone where the assignment says so"),
]

REFUSED: list[Any] = [
    pytest.param(teams.invite, now(), ("ann", "ann"), "yourself", id="oneself"),
    pytest.param(teams.invite, now(), ("ann", "zoe"), "unknown-person", id="an unknown name"),
    pytest.param(teams.invite, now(), ("zoe", "ann"), "unknown-person", id="a stranger invites"),
    pytest.param(teams.invite, now(locked=True), ("ann", "ben"), "locked", id="after the lock date"),
    pytest.param(teams.invite, now(rule=SINGLE), ("ann", "ben"), "individual", id="individual work"),
    pytest.param(teams.invite, now("ann ben!"), ("ann", "cat"), "frozen", id="a frozen team invites"),
    pytest.param(teams.invite, now("ben cat"), ("ann", "ben"), "has-team", id="somebody with a team"),
    pytest.param(teams.invite, now("ann ben"), ("ann", "cat"), "full", id="a third without a permit"),
    pytest.param(teams.invite, now("ann ben", rule=TeamRule(three="no"), permits="ann:three"), ("ann", "cat"), "full",
                 id="a third where permits do not help"),
    pytest.param(teams.invite, now("ann ben cat", permits="ann:three"), ("ann", "dan"), "full", id="a fourth"),
    pytest.param(teams.accept, now(), ("ben", "ann"), "no-invitation", id="accepting nothing"),
    pytest.param(teams.accept, now(invited="ben>ann"), ("ben", "ann"), "no-invitation", id="accepting one's own"),
    pytest.param(teams.accept, now("ben cat", invited="ann>ben"), ("ben", "ann"), "has-team",
                 id="accepting while in a team"),
    pytest.param(teams.accept, now("ann cat!", invited="ann>ben", permits="ann:three"), ("ben", "ann"), "frozen",
                 id="accepting into a frozen team"),
    pytest.param(teams.accept, now("ann cat", invited="ann>ben"), ("ben", "ann"), "full",
                 id="accepting into a full team"),
    pytest.param(teams.accept, now(invited="ann>ben", locked=True), ("ben", "ann"), "locked", id="accepting too late"),
    pytest.param(teams.accept, now(invited="zoe>ben"), ("ben", "zoe"), "unknown-person", id="accepting who left the course"),
    pytest.param(teams.decline, now(), ("ben", "ann"), "no-invitation", id="declining nothing"),
    pytest.param(teams.leave, now(), ("ann",), "no-team", id="leaving no team"),
    pytest.param(teams.leave, now("ann ben!"), ("ann",), "frozen", id="leaving after a submission"),
    pytest.param(teams.leave, now("ann ben", locked=True), ("ann",), "locked", id="leaving too late"),
    pytest.param(teams.assign, now(), ([],), "bad-team", id="assigning nobody"),
    pytest.param(teams.assign, now(), (["ann", "ann"],), "bad-team", id="assigning one twice"),
    pytest.param(teams.assign, now(), (["ann", "zoe"],), "unknown-person", id="assigning a stranger"),
    pytest.param(teams.assign, now(rule=SINGLE), (["ann", "ben"],), "individual",
                 id="assigning a pair to individual work"),
    pytest.param(teams.submit_as, now(), ("ann",), "no-team", id="submitting without a team"),
    pytest.param(teams.submit_as, now(permits="ann:three"), ("ann",), "no-team",
                 id="submitting alone with another permit"),
    pytest.param(teams.submit_as, now(rule=TeamRule(alone="no"), permits="ann:alone"), ("ann",), "no-team",
                 id="submitting alone where permits do not help"),
    pytest.param(teams.submit_as, now(), ("zoe",), "unknown-person", id="a stranger submits"),
]


@pytest.mark.parametrize(("rule", "pairings", "arguments", "changes"), ALLOWED)
def test_what_an_action_changes(rule: Any, pairings: Pairings, arguments: tuple[Any, ...], changes: list[Any]) -> None:
    assert list(rule(pairings, *arguments)) == changes


@pytest.mark.parametrize(("rule", "pairings", "arguments", "code"), REFUSED)
def test_what_is_refused(rule: Any, pairings: Pairings, arguments: tuple[Any, ...], code: str) -> None:
    with pytest.raises(RuleError) as refused:
        rule(pairings, *arguments)
    assert refused.value.code == code


@pytest.mark.parametrize(("pairings", "words"), [
    (now(), "Invite a partner, or ask the course staff for one or for a permit to work alone."),
    (now(locked=True), "the date for finding a partner has passed. Ask the course staff for a team or for a permit"),
    (now(rule=TeamRule(alone="no")), "Invite a partner, or ask the course staff for one."),
], ids=["open", "locked", "never alone"])
def test_who_has_no_team_is_told_what_to_do(pairings: Pairings, words: str) -> None:
    with pytest.raises(RuleError, match=words):
        teams.submit_as(pairings, "ann")
