"""What came of trying the tests of an assignment, for the staff: whether this version may be released, and the report of `verify`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from autograder import jobs
from autograder.hub.access import Unknown, Visitor
from autograder.hub.api import Html
from autograder.hub.desk import Desk
from autograder.hub.page import Page
from autograder.hub.section import ONE, Call, Panel, Section
from autograder.model import AssignmentError
from autograder.words import Sayable, text

ALONE = "sandbox; default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""The report is a page without an origin and without scripts: in it stands what authors and trials wrote."""


@dataclass(frozen=True)
class VerificationView:
    """Where an assignment stands before its release."""

    slug: str
    title: str
    verified: bool  # this very version was tried and did what its bank says
    reported: datetime | None  # when the newest report was written
    released: bool
    why_not: Sayable = ""  # what is wrong with its text


def verification(desk: Desk, visitor: Visitor, slug: str) -> VerificationView:
    """Of an assignment of the course file, released or not."""
    visitor.require("see verification")
    published = next((one for one in desk.ledger.published(desk.course.id) if one.slug == slug), None)
    if published is None and slug not in {schedule.slug for schedule in desk.course.schedules}:
        raise Unknown(text("There is no assignment {slug} in {course}.", slug=repr(slug), course=desk.course.title))
    report = jobs.verification_page(desk.folders, slug)
    reported = datetime.fromtimestamp(report.stat().st_mtime, UTC) if report.is_file() else None
    title = published.title if published else slug
    try:
        verified = jobs.is_verified(desk.folders, slug)
        title = published.title if published else desk.workplace().assignment(slug).title
    except AssignmentError as problem:
        return VerificationView(slug, title, False, reported, published is not None, problem.below(desk.folders.root))
    return VerificationView(slug, title, verified, reported, published is not None)


def report(desk: Desk, visitor: Visitor, slug: str) -> bytes:
    """The newest report, as `autograder verify` wrote it."""
    if verification(desk, visitor, slug).reported is None:
        raise Unknown(text("{slug} was not verified yet. Run autograder verify {slug}.", slug=slug))
    return jobs.verification_page(desk.folders, slug).read_bytes()


class VerificationPage(Page):
    """May this be released, and how do its tests behave?"""

    async def get(self, slug: str) -> None:
        """Where it stands, with the way to the report."""
        await self.page("verification.html", view=await self.run(verification, self.desk, self.visitor, slug))


class ReportPage(Page):
    """Every solution of the bank under every test."""

    async def get(self, slug: str) -> None:
        """The page that was written, without an origin of its own."""
        content = await self.run(report, self.desk, self.visitor, slug)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", ALONE)
        await self.finish(content)


SECTION = Section(
    pages=((f"{ONE}/verification", VerificationPage), (f"{ONE}/verification/report", ReportPage)),
    panels=(Panel("teams", "verification_panel.html", "see verification", lambda desk, visitor, slug: slug),),
    calls=(
        Call("GET", f"{ONE}/verification", lambda desk, who, said, slug: verification(desk, who, slug), "Whether it may be released."),
        Call(
            "GET",
            f"{ONE}/verification/report",
            lambda desk, who, said, slug: Html(report(desk, who, slug)),
            "The report of its newest verification.",
            gives="text/html",
        ),
    ),
)
