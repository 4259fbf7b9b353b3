"""From facts and rules to where a student stands."""
from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

from autograder.course import Course
from autograder.ledger import Ledger
from autograder.policy import Component, CourseGrade, Item, Kind, Marks, course_grade
from autograder.standing.arranged import Differs, called, differs
from autograder.standing.facts import Facts, read_facts
from autograder.standing.items import ItemMark, assignment_mark, free_days, gate_mark, outside_mark, project_mark, void_mark
from autograder.standing.rules import Passes, Rules, rules_at
from autograder.words import Sayable, Text, text


@dataclass(frozen=True)
class Standing:
    """One student in the course."""

    student: str
    marks: tuple[ItemMark, ...]          # in the order of the policy
    grade: CourseGrade
    provisional: bool
    notes: tuple[Sayable, ...]           # why it is provisional
    given: Marks                         # what the policy was given: to try other ones
    granted: tuple[Text, ...] = ()       # what differs for him: extensions and arrangements, without their reasons
    policy: int = 0                      # the version of the rules; 0: a draft


def standing(course: Course, ledger: Ledger, student: str, *, assignments: Passes, now: datetime, then: bool = False,
             released_only: bool = False) -> Standing:
    """Where one student stands, by the rules in effect; `course` and `assignments` (by slug; only those that have to be
    passed are needed) are the rules as long as none were adopted.

    then            `now` is past: the answer that was given then
    released_only   as the student may know it: what he has no feedback for is not graded yet

    RuleError for somebody who is no student of the course.
    """
    rules = rules_at(course, ledger, assignments, now)
    (facts,) = read_facts(rules.course, ledger, now, student=student, then=then, released_only=released_only)
    return standing_by(rules, facts, now)


def standings(course: Course, ledger: Ledger, *, assignments: Passes, now: datetime, then: bool = False) -> tuple[Standing, ...]:
    """Where everybody stands, by user name; the ledger is read once."""
    rules = rules_at(course, ledger, assignments, now)
    with _uncollected():
        return tuple(standing_by(rules, facts, now) for facts in read_facts(rules.course, ledger, now, then=then))


@contextmanager
def _uncollected() -> Iterator[None]:
    """Without garbage collection: a class is a million objects that all stay, and looking through them again and again
    takes as long as making them."""
    enabled = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if enabled:
            gc.enable()


def standing_of(course: Course, facts: Facts, *, assignments: Passes, now: datetime) -> Standing:
    """What follows from the facts by the course as it is given."""
    return standing_by(Rules(course, assignments), facts, now)


def standing_by(rules: Rules, facts: Facts, now: datetime) -> Standing:
    """What follows from the facts. CourseError for a mark from outside that is none."""
    course = rules.course
    other = differs(course, facts)
    free = free_days(course, facts, other)
    marks: list[ItemMark] = []
    adjusted: set[str] = set()           # an adjustment counts once, with the assignment's first item
    for component in course.components:
        for item in component.items:
            marks.append(_item(rules, component, item, facts, other, now, adjust=item.slug not in adjusted,
                               free=free.get(item.slug, 0)))
            adjusted.add(item.slug)
    gates = {item.key for component in course.components if component.kind is Kind.GATE for item in component.items}
    given = Marks(
        items={mark.item: mark.mark for mark in marks if mark.item not in gates},
        passed={mark.item: mark.passed for mark in marks if mark.item in gates},
        kind=other.kind, excused=other.excused,
        to_come=other.postponed | {mark.item for mark in marks if mark.to_come})
    grade = course_grade(course.policy, given)
    notes = (*(text("{title}: {why}", title=mark.title, why=mark.provisional) for mark in marks if mark.provisional), *other.strays)
    return Standing(facts.student, tuple(marks), grade, bool(notes) or grade.status == "incomplete", notes, given,
                    other.granted, rules.version)


def _item(rules: Rules, component: Component, item: Item, facts: Facts, other: Differs, now: datetime, *, adjust: bool,
          free: int) -> ItemMark:
    course = rules.course
    if item.key in other.void:
        return void_mark(item, called(course, item.slug, {}))
    external = next((external for external in course.externals if external.id == item.slug), None)
    if external is not None:
        return outside_mark(item, external, facts)
    project = next((project for project in course.projects if project.id == item.slug), None)
    if project is not None:
        return project_mark(item, project, facts, other, now)
    if component.kind is Kind.GATE:
        return gate_mark(rules, item, facts, other, now)
    return assignment_mark(course, item, facts, other, now, adjust=adjust, free=free)
