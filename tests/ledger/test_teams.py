"""The rules of teams as a table: who may do what, and what it changes."""
from __future__ import annotations

from typing import Any

import pytest

from autograder.ledger import teams
from autograder.ledger.teams import (
    Closed,
    Dissolved,
    Formed,
    Group,
    Joined,
    Left,
    Listing,
    Opened,
    Pairings,
    Unlisted,
)
from autograder.model import RuleError, TeamRule

STUDENTS = frozenset({"ann", "ben", "cat", "dan", "eve"})
PAIRS, SINGLE = TeamRule(), TeamRule(size=1)
NONE = frozenset[str]()


def now(*groups: str, rule: TeamRule = PAIRS, locked: bool = False, invited: str = "", permits: str = "",
        looking: str = "", before: str = "") -> Pairings:
    """`groups` like "ann ben" or "ann ben!" (frozen); `invited` like "ann>ben cat>ann"; `permits` like "ann:three"; `looking` like
    "ann:evenings"; `before` like "ann+ben"."""
    def two(text: str, sign: str) -> tuple[str, str]:
        left, _, right = text.partition(sign)
        return left, right
    return Pairings(
        rule=rule, locked=locked, students=STUDENTS,
        teams={f"team-{n:05d}": Group(frozenset(group.rstrip("!").split()), group.endswith("!"))
               for n, group in enumerate(groups, start=1)},
        invitations=frozenset(two(text, ">") for text in invited.split()),
        permits=frozenset(two(text, ":") for text in permits.split()),
        looking=dict(two(text, ":") for text in looking.split()),
        before=frozenset(frozenset(two(text, "+")) for text in before.split()))


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
    pytest.param(teams.submit_as, now("ann"), ("ann",), [], id="a team of one outlives its permit"),
    pytest.param(teams.submit_as, now("ann ben cat"), ("cat",), [], id="a team of three outlives its permit"),
    pytest.param(teams.look, now(), ("ann", " free in\nthe evening "), [Listing("ann", "free in the evening")],
                 id="somebody without a team looks for a partner"),
    pytest.param(teams.look, now(), ("ann", ""), [Listing("ann", "")], id="looking needs no words"),
    pytest.param(teams.look, now(looking="ann:evenings"), ("ann", "evenings"), [], id="looking again changes nothing"),
    pytest.param(teams.look, now(looking="ann:evenings"), ("ann", "mornings"),
                 [Unlisted("ann", "changed"), Listing("ann", "mornings")], id="the words may change"),
    pytest.param(teams.stop_looking, now(looking="ann:", locked=True), ("ann",), [Unlisted("ann", "withdrawn")],
                 id="no longer looking, at any time"),
    pytest.param(teams.stop_looking, now(), ("ann",), [], id="not looking changes nothing"),
    pytest.param(teams.accept, now(invited="ann>ben", looking="ann: ben: cat:"), ("ben", "ann"),
                 [Closed("ann", "ben", "accepted"), team("ann", "ben"), Unlisted("ann", "found"), Unlisted("ben", "found")],
                 id="a search ends with a team"),
    pytest.param(teams.assign, now(looking="ann: cat:"), (["ann", "ben"],), [team("ann", "ben"), Unlisted("ann", "found")],
                 id="a search ends when staff find a team"),
    pytest.param(teams.submit_as, now(permits="ann:alone", looking="ann:"), ("ann",),
                 [team("ann"), Unlisted("ann", "found")], id="a search ends when somebody hands in alone"),
    pytest.param(teams.invite, now(before="ann+cat"), ("ann", "ben"), [Opened("ann", "ben")],
                 id="a partner whom one has not had before"),
    pytest.param(teams.invite, now("ann ben", permits="ann:three", before="ann+ben"), ("ann", "cat"), [Opened("ann", "cat")],
                 id="whom staff put together again may take a third"),
    pytest.param(teams.assign, now(before="ann+ben"), (["ann", "ben"],), [team("ann", "ben")],
                 id="staff put the same two together again"),
    pytest.param(teams.drop_out, now("ann ben", invited="cat>ann ann>dan cat>dan", looking="cat:"), ("ann",),
                 [Dissolved("team-00001"), Closed("ann", "dan", "void"), Closed("cat", "ann", "void")],
                 id="who leaves the course leaves his open pair"),
    pytest.param(teams.drop_out, now("ann ben cat", looking="dan:"), ("ann",), [Left("team-00001", "ann")],
                 id="two of three go on without who left the course"),
    pytest.param(teams.drop_out, now("ann ben!"), ("ann",), [], id="who leaves the course stays in what he handed in"),
    pytest.param(teams.drop_out, now(looking="ann:", locked=True), ("ann",), [Unlisted("ann", "void")],
                 id="who leaves the course no longer looks"),
    pytest.param(teams.drop_out, now(), ("ann",), [], id="who has nothing leaves nothing"),
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
    pytest.param(teams.submit_as, now(invited="ann>ben"), ("ann",), "no-team", id="submitting while an invitation is open"),
    pytest.param(teams.look, now("ann ben"), ("ann", ""), "has-team", id="looking while in a team"),
    pytest.param(teams.look, now("ann"), ("ann", ""), "has-team", id="looking while in a team of one"),
    pytest.param(teams.look, now(locked=True), ("ann", ""), "locked", id="looking too late"),
    pytest.param(teams.look, now(rule=SINGLE), ("ann", ""), "individual", id="looking in individual work"),
    pytest.param(teams.look, now(), ("zoe", ""), "unknown-person", id="a stranger looks"),
    pytest.param(teams.look, now(), ("ann", "x" * 201), "too-long", id="a long story"),
    pytest.param(teams.invite, now(before="ann+ben"), ("ann", "ben"), "again", id="the partner of before"),
    pytest.param(teams.invite, now("ann ben", permits="ann:three", before="ben+cat"), ("ann", "cat"), "again",
                 id="a third who worked with one of the two before"),
    pytest.param(teams.accept, now(invited="ann>ben", before="ann+ben"), ("ben", "ann"), "again",
                 id="accepting the partner of before"),
]

SEEN: list[Any] = [
    pytest.param(now(looking="ann: ben:evenings"), {"ben": "evenings"}, id="who has no team sees the others"),
    pytest.param(now("ann cat", looking="ben:"), {}, id="who has a team sees nobody"),
    pytest.param(now(looking="ben:", locked=True), {}, id="after the lock date nobody is seen"),
    pytest.param(now(looking="ben:", rule=SINGLE), {}, id="in individual work nobody is seen"),
]

UNUSUAL: list[Any] = [
    pytest.param(now(), "ann ben", "", id="a pair is usual"),
    pytest.param(now(), "ann", "alone without a permit", id="alone"),
    pytest.param(now(permits="ann:alone"), "ann", "", id="alone by permit"),
    pytest.param(now(rule=TeamRule(alone="yes")), "ann", "", id="alone where anybody may"),
    pytest.param(now(rule=SINGLE), "ann", "", id="individual work"),
    pytest.param(now(), "ann ben cat", "a team of 3 without a permit", id="three"),
    pytest.param(now(permits="cat:three"), "ann ben cat", "", id="three by permit"),
    pytest.param(now(before="ann+ben"), "ann ben", "ann and ben have handed in together before", id="the same two again"),
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


@pytest.mark.parametrize(("pairings", "seen"), SEEN)
def test_who_looks_for_a_partner_is_seen_by_those_without_one(pairings: Pairings, seen: dict[str, str]) -> None:
    assert teams.seen_looking(pairings, "ann") == seen


@pytest.mark.parametrize(("pairings", "members", "said"), UNUSUAL)
def test_staff_are_told_what_is_unusual_in_a_team(pairings: Pairings, members: str, said: str) -> None:
    assert str(teams.unusual(pairings, members.split()) or "") == said


@pytest.mark.parametrize(("rule", "members"), [
    (PAIRS, "ann ben cat dan"), (TeamRule(three="no"), "ann ben cat"), (SINGLE, "ann ben")], ids=["four", "never three", "individual"])
def test_a_team_that_is_too_large_is_no_team(rule: TeamRule, members: str) -> None:
    with pytest.raises(RuleError, match=r"That would be a team of|is individual"):
        teams.unusual(now(rule=rule), members.split())
