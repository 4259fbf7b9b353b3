"""What other rules would change, before anybody adopts them."""
from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from autograder.course import Course
from autograder.ledger import Ledger
from autograder.model import CourseError
from autograder.standing.arranged import check_arrangement, check_excuses
from autograder.standing.facts import read_facts
from autograder.standing.rules import Rules
from autograder.standing.standings import standing_by
from autograder.standing.telling import shown


@dataclass(frozen=True)
class Changed:
    """A student whose course grade would be another one."""

    student: str
    before: str
    after: str


def preview(present: Rules, others: Rules, ledger: Ledger, now: datetime) -> tuple[Changed, ...]:
    """Whose course grade would change if other rules came in the place of the present ones, by user name."""
    before, after = ({facts.student: shown(standing_by(rules, facts, now).grade) for facts in read_facts(rules.course, ledger, now)}
                     for rules in (present, others))
    return tuple(Changed(name, before[name], after[name]) for name in before if before[name] != after.get(name, before[name]))


def strays(course: Course, ledger: Ledger, now: datetime) -> tuple[str, ...]:
    """The students with whom something is arranged that fits nothing in this course."""
    found = []
    for facts in read_facts(course, ledger, now):
        try:
            for arrangement in facts.arrangements:
                check_arrangement(course, arrangement.what, arrangement.item, arrangement.value)
            check_excuses(course, facts.arrangements)
        except CourseError:
            found.append(facts.student)
    return tuple(found)
