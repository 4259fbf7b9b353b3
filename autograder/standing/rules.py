"""By which rules a course is computed at an instant: an adopted version, or course.toml as a draft."""
from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from autograder.course import Course, parse_course
from autograder.ledger import Ledger, PolicyVersion, in_effect
from autograder.model import Assignment, CourseError
from autograder.policy import Kind
from autograder.scoring import PassRule

Passes = Mapping[str, Assignment | PassRule]
"""What passes an assignment, by its slug; needed only for those that have to be passed."""


@dataclass(frozen=True)
class Rules:
    """A course as it counts, and what passes its assignments."""

    course: Course
    passes: Passes
    version: int = 0                     # of the rules that were adopted; 0: the draft in course.toml

    @property
    def draft(self) -> bool:
        """Whether nobody has adopted them."""
        return not self.version


def rules_at(course: Course, ledger: Ledger, passes: Passes, now: datetime) -> Rules:
    """The version in effect; before the first one, the course and pass rules as they are given."""
    version = in_effect(ledger.policies.versions(course.id), now)
    return Rules(course, passes) if version is None else Rules(adopted(version), version.passes, version.number)


def adopted(version: PolicyVersion) -> Course:
    """The course that a version describes."""
    return _parsed(version.text, f"version {version.number} of the rules")


@lru_cache(maxsize=32)
def _parsed(text: str, file: str) -> Course:
    return parse_course(text, file=file)


def to_be_passed(course: Course) -> frozenset[str]:
    """The assignments that have to be passed."""
    return frozenset(item.slug for component in course.components if component.kind is Kind.GATE for item in component.items)


def pass_rules(course: Course, passes: Passes) -> dict[str, PassRule]:
    """What a version keeps of the assignments. CourseError for one that is not built, or does not say what passes it."""
    rules = {}
    for slug in sorted(to_be_passed(course)):
        if slug not in passes:
            raise unbuilt(slug)
        one = passes[slug]
        rules[slug] = one if isinstance(one, PassRule) else PassRule.of(one)
        if rules[slug].pass_score is None:
            raise CourseError(f"{slug} has to be passed, but nothing says how: write pass_score = 80 (percent) in its "
                              "assignment.toml", key="component.items")
    return rules


def unbuilt(slug: str) -> CourseError:
    return CourseError(f"{slug} has to be passed, but it is not built, so nobody knows how: run autograder build {slug}",
                       key="component.items")
