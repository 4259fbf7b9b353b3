"""What the ledger holds for one student, as far as it counts. `read_facts` alone reads; the rest is values."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Protocol

from autograder.course import Course
from autograder.ledger import Adjustment, Arrangement, Credit, ExternalMark, Ledger, Snapshot
from autograder.ledger.projects import Held
from autograder.projects import Project, ProjectMark


@dataclass(frozen=True)
class Work:
    """A published assignment and what one student has in it."""

    title: str
    points: float                        # of the whole assignment
    due: datetime | None                 # his own, with his extension
    credit: Credit | None                # None: nothing handed in
    adjustments: tuple[Adjustment, ...]
    released: bool                       # its feedback is out
    extended: datetime | None = None     # until when, where he has an extension


class Done(Protocol):
    """What was done in a project."""

    def mark(self, project: Project, username: str, now: datetime) -> ProjectMark:
        """What the project counts for one student."""


@dataclass(frozen=True)
class Facts:
    """What the ledger holds for one student."""

    student: str
    work: Mapping[str, Work]                                     # published assignments by slug
    external: Mapping[str, ExternalMark] = field(default_factory=dict)       # his own, by item
    begun: frozenset[str] = frozenset()                          # items for which anybody has a mark from outside
    arrangements: tuple[Arrangement, ...] = ()                   # what holds for him
    projects: Mapping[str, Done] = field(default_factory=dict)   # those that were opened


def read_facts(course: Course, ledger: Ledger, now: datetime, *, student: str | None = None, then: bool = False,
               released_only: bool = False) -> tuple[Facts, ...]:
    """What the ledger holds for everybody or for one student, as far as this course counts it.

    then            `now` is past: what was written later is left out
    released_only   as the student himself may know it: what he has no feedback for is not graded yet

    RuleError for somebody who is no student of the course.
    """
    snapshot = ledger.history.snapshot(course.id, now, student=student, then=then)
    counted = {item.slug for component in course.components for item in component.items}
    projects = {project.id: ledger.projects.held(course.id, project.id, now, then=then, only_shown=released_only)
                for project in course.projects if project.id in counted}
    return facts_of(snapshot, {name: held for name, held in projects.items() if held is not None}, released_only=released_only)


def facts_of(snapshot: Snapshot, projects: Mapping[str, Held], *, released_only: bool = False) -> tuple[Facts, ...]:
    """The facts about each student in a reading of the ledger."""
    found = []
    for record in snapshot.records:
        work = {}
        for published in snapshot.published:
            slug = published.slug
            credit, released = record.credits.get(slug), slug in record.released
            if credit is not None and released_only and not released:
                credit = replace(credit, grade=None, problems=(), marks={})
            work[slug] = Work(published.title, published.points, record.due[slug], credit, record.adjustments.get(slug, ()),
                              released, record.extended.get(slug))
        found.append(Facts(record.username, work, record.external, snapshot.begun, record.arrangements, projects))
    return tuple(found)
