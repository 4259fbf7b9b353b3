"""What other rules would change, before anybody adopts them."""
from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from autograder.course import Course
from autograder.ledger import Ledger
from autograder.model import CourseError
from autograder.standing.arranged import check_arrangement, check_excuses
from autograder.standing.facts import Facts, facts_of
from autograder.standing.rules import Passes, Rules, rules_at
from autograder.standing.standings import standing_by
from autograder.standing.telling import shown


@dataclass(frozen=True)
class Changed:
    """A student whose course grade would be another one."""

    student: str
    before: str
    after: str


def preview(course: Course, ledger: Ledger, passes: Passes, now: datetime) -> tuple[Changed, ...]:
    """Whose course grade would change if this course were adopted, by user name."""
    facts = facts_of(ledger.history.snapshot(course.id, now))
    return changed(rules_at(course, ledger, passes, now), Rules(course, passes), facts, now)


def changed(old: Rules, new: Rules, facts: Sequence[Facts], now: datetime) -> tuple[Changed, ...]:
    """Whose course grade differs between two sets of rules."""
    found = [Changed(one.student, shown(standing_by(old, one, now).grade), shown(standing_by(new, one, now).grade)) for one in facts]
    return tuple(one for one in found if one.before != one.after)


def strays(course: Course, ledger: Ledger, now: datetime) -> tuple[str, ...]:
    """The students with whom something is arranged that fits nothing in this course."""
    found = []
    for facts in facts_of(ledger.history.snapshot(course.id, now)):
        try:
            for arrangement in facts.arrangements:
                check_arrangement(course, arrangement.what, arrangement.item, arrangement.value)
            check_excuses(course, facts.arrangements)
        except CourseError:
            found.append(facts.student)
    return tuple(found)
