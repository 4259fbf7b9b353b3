"""What publishing the course grades would give, before anybody does it."""
from __future__ import annotations

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from autograder.ledger import PublishedGrade
from autograder.model import RuleError
from autograder.standing.preview import Changed
from autograder.standing.standings import Standing
from autograder.standing.telling import as_published
from autograder.words import text


@dataclass(frozen=True)
class Publication:
    """What publishing would do."""

    given: tuple[PublishedGrade, ...]    # everything that would be published, what was so before included
    new: tuple[str, ...]                 # who has none yet
    changed: tuple[Changed, ...]         # who has another one, or the same that comes about in another way
    stays: int                           # how many published grades stay as they are
    left: Mapping[str, str]              # whose may still change, so it is left out -> what it is now
    mark: str                            # of all grades as they are: the same as long as none is another one


def publication(found: Sequence[Standing], published: Mapping[str, PublishedGrade], named: Collection[str] = ()) -> Publication:
    """What publishing these standings would do, where `published` was published before.

    named   whose grade is given although it may still change

    RuleError for a draft, and for somebody who is named and has no standing.
    """
    if any(not one.policy for one in found):
        raise RuleError(text("These grades are a draft: adopt the rules first, on the page of the grade rules or with autograder "
                             "policy adopt."), code="draft")
    if unknown := sorted(set(named) - {one.student for one in found}):
        raise RuleError(text("There is no student {who} in this course.", who=repr(unknown[0])), code="unknown-student")
    lines = {one.student: as_published(one) for one in found}
    left = {one.student: one.grade.shown or one.grade.status for one in found if one.provisional and one.student not in named}
    given = tuple(line for name, line in lines.items() if name not in left)
    changed = tuple(Changed(line.username, before.final or before.status, line.final or line.status) for line in given
                    if (before := published.get(line.username)) is not None and replace(before, actor="", at=None) != line)
    stays = sum(name in published for name in lines) - len(changed)
    told = "\n".join(f"{line.username} {line.digest}" for line in lines.values())
    return Publication(given, tuple(line.username for line in given if line.username not in published), changed, stays, left,
                       hashlib.sha256(told.encode()).hexdigest())
