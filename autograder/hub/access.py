"""Who may do what: one table, asked before anything is read or written.

A person has one role in the course. `Reach.OWN` is what concerns himself or a team that he is in; somebody else's things
do not exist for him (404, never 403, so that nothing can be learned by asking).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

from autograder.model import AutograderError, Role
from autograder.words import text


class Reach(Enum):
    """How far somebody reaches with an action."""

    NONE = 0
    OWN = 1
    ALL = 2


class Forbidden(AutograderError):
    """This role may not do this at all."""


class Unknown(AutograderError):
    """There is no such thing, as far as this person is concerned."""


_STUDENT: Mapping[str, Reach] = {
    "see the course": Reach.OWN,
    "fetch": Reach.OWN,
    "pair up": Reach.OWN,
    "submit": Reach.OWN,
    "read submissions": Reach.OWN,
    "read feedback": Reach.OWN,
    "read standing": Reach.OWN,
    "ask for a regrade": Reach.OWN,
    "imagine marks": Reach.OWN,  # and read what was granted
    "do projects": Reach.OWN,  # pair up, hand in and write notes in one's own
    "verify receipts": Reach.ALL,  # a receipt is proof to anybody who holds it
}
_TA: Mapping[str, Reach] = {
    "see the course": Reach.ALL,
    "fetch": Reach.ALL,
    "read submissions": Reach.ALL,
    "read feedback": Reach.ALL,
    "read standing": Reach.ALL,
    "verify receipts": Reach.ALL,
    "see teams": Reach.ALL,
    "arrange teams": Reach.ALL,  # permits, and putting people together
    "extend": Reach.ALL,
    "see grades": Reach.ALL,
    "grade": Reach.ALL,  # start a batch, watch and stop it
    "release feedback": Reach.ALL,
    "see roster": Reach.ALL,
    "review similarity": Reach.ALL,
    "see test failures": Reach.ALL,
    "see verification": Reach.ALL,  # which names hidden tests and shows what they refuse
    "answer requests": Reach.ALL,
    "run projects": Reach.ALL,  # approve, meet, schedule and mark by the rubric
    "mark": Reach.ALL,  # but not where one has declared a conflict: the ledger sees to that
}
_INSTRUCTOR: Mapping[str, Reach] = {
    **_TA,
    "release": Reach.ALL,
    "regrade": Reach.ALL,  # see who would change, publish it or not
    "reschedule": Reach.ALL,  # and close
    "disclose": Reach.ALL,  # more or less of the hidden tests, in feedback that is out as well
    "change roster": Reach.ALL,
    "take marks": Reach.ALL,  # that were given elsewhere
    "send letters": Reach.ALL,
    "export grades": Reach.ALL,
    "see audit": Reach.ALL,
    "see statistics": Reach.ALL,
    "set the rules": Reach.ALL,  # see what others would change, and adopt them
    "settle marks": Reach.ALL,  # where two markers differ
    "see reasons": Reach.ALL,  # why somebody was given more time, or was excused: nobody else's business
}
ACCESS: Mapping[Role, Mapping[str, Reach]] = {Role.STUDENT: _STUDENT, Role.TA: _TA, Role.INSTRUCTOR: _INSTRUCTOR}
_TITLES = {Role.STUDENT: text("a student"), Role.TA: text("a teaching assistant"), Role.INSTRUCTOR: text("an instructor")}
ACTIONS = tuple(dict.fromkeys(action for actions in ACCESS.values() for action in actions))


@dataclass(frozen=True)
class Visitor:
    """Somebody who is logged in, as the ledger knows him now."""

    username: str
    name: str
    role: Role
    language: str = ""  # the one that he chose for pages; "" when he has not

    @property
    def is_staff(self) -> bool:
        """TA or instructor."""
        return self.role is not Role.STUDENT

    def may(self, action: str) -> bool:
        """Whether he may do this to anything at all."""
        return ACCESS[self.role].get(action, Reach.NONE) is not Reach.NONE

    def require(self, action: str) -> Reach:
        """How far he reaches with this; Forbidden when not at all."""
        if action not in ACTIONS:
            raise ValueError(f"no such action: {action}")
        reach = ACCESS[self.role].get(action, Reach.NONE)
        if reach is Reach.NONE:
            role = _TITLES[self.role]
            raise Forbidden(
                text("Students only can do this ({action}); you are here as {role}.", action=action, role=role)
                if action in _STUDENT
                else text("The course staff only can do this ({action}); you are here as {role}.", action=action, role=role)
                if action in _TA
                else text("The instructors only can do this ({action}); you are here as {role}.", action=action, role=role)
            )
        return reach
