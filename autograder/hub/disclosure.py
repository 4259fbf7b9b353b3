"""What feedback tells students about hidden tests: said to everybody, changed by instructors with a reason."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.section import ONE, Call, Panel, Section
from autograder.ledger import DisclosureLine
from autograder.model import Disclosure, Level, RuleError
from autograder.words import text


@dataclass(frozen=True)
class DisclosedView:
    """What holds now, and the line that says so; None when nothing was ever said."""

    slug: str
    disclosure: Disclosure
    line: DisclosureLine | None


def disclosed(desk: Desk, visitor: Visitor, slug: str) -> Disclosure:
    """What feedback tells, and from when."""
    visitor.require("see the course")
    desk.published(slug)
    return desk.ledger.disclosures.of(desk.course.id, slug)


def seen_by_staff(desk: Desk, visitor: Visitor, slug: str) -> DisclosedView:
    """The same with whoever said it."""
    visitor.require("see teams")
    lines = desk.ledger.disclosures.lines(desk.course.id, slug)
    return DisclosedView(slug, disclosed(desk, visitor, slug), lines[-1] if lines else None)


def disclose(desk: Desk, visitor: Visitor, slug: str, level: str, from_: datetime | None, reason: str) -> None:
    """Tell more or less from now on, on pages that are out already as well."""
    visitor.require("disclose")
    desk.published(slug)
    if level not in list(Level):
        known = ", ".join(Level)
        raise RuleError(text("There is no level {level}; there are {known}.", level=repr(level), known=known), code="unknown-level")
    desk.ledger.disclosures.change(desk.course.id, slug, Disclosure(Level(level), from_), actor=visitor.username, reason=reason)


SECTION = Section(
    panels=(Panel("teams", "disclosure_panel.html", "see teams", seen_by_staff),),
    calls=(
        Call(
            "GET", f"{ONE}/disclosure", lambda desk, who, said, slug: disclosed(desk, who, slug), "What feedback tells about hidden tests."
        ),
        Call(
            "POST",
            f"{ONE}/disclose",
            lambda desk, who, said, slug: disclose(
                desk, who, slug, said.text("level"), said.optional_instant("from"), said.text("reason", "")
            ),
            "Change it: level is messages, outcomes or points, which is also what is told before the instant.",
            {"level": "text", "from": "instant?", "reason": "text"},
        ),
    ),
)
