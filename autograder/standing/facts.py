"""What the ledger holds for one student, as far as it counts."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from autograder.ledger import Adjustment, Arrangement, Credit, ExternalMark, Snapshot


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


@dataclass(frozen=True)
class Facts:
    """What the ledger holds for one student."""

    student: str
    work: Mapping[str, Work]                                     # published assignments by slug
    external: Mapping[str, ExternalMark] = field(default_factory=dict)       # his own, by item
    begun: frozenset[str] = frozenset()                          # items for which anybody has a mark from outside
    arrangements: tuple[Arrangement, ...] = ()                   # what holds for him


def facts_of(snapshot: Snapshot, *, released_only: bool = False) -> tuple[Facts, ...]:
    """The facts about each student in a reading of the ledger.

    released_only   as the student himself may know them: what he has no feedback for is not graded yet
    """
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
        found.append(Facts(record.username, work, record.external, snapshot.begun, record.arrangements))
    return tuple(found)
