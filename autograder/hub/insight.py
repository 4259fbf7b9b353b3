"""Similar submissions for the staff, figures for the instructors, and which test failed how often on the staff's page of an assignment.

Names stand where the page shows who handed in; figures have none. `autograder.insight` does the work; here is who may ask for it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any, ClassVar

from markupsafe import Markup

from autograder import analysis, insight, similarity
from autograder.analysis import CourseFigures, Figures, TestFigures
from autograder.authoring import edition
from autograder.hub.access import Visitor
from autograder.hub.api import Said
from autograder.hub.desk import Desk
from autograder.hub.page import Form, FormPage, Page, field
from autograder.hub.section import ONE, Call, Nav, Panel, Section
from autograder.insight import Compared
from autograder.ledger import Published
from autograder.words import Sayable, Text, text

TOP = 30
"""Pairs on the page; the report under state/similarity has more."""


@dataclass(frozen=True)
class AlikeView:
    """What the staff see of a comparison; `compared` is None before the first."""

    published: Published
    compared: Compared | None
    dismissals: tuple[Any, ...]
    names: Mapping[str, str]
    handed_in: int


@dataclass(frozen=True)
class FailedView:
    """The tests of an assignment that fail most often; none when there are too few results."""

    slug: str
    results: int
    withheld: bool
    tests: tuple[TestFigures, ...]


# ---------------------------------------------------------------- what people do


def alike(desk: Desk, visitor: Visitor, slug: str) -> AlikeView:
    """The newest comparison of an assignment."""
    visitor.require("review similarity")
    published = desk.published(slug)
    work = desk.workplace()
    said = desk.ledger.similarity.dismissed(desk.course.id, slug)
    handed_in = len(desk.ledger.effective(desk.course.id, slug))
    return AlikeView(published, insight.compared_before(desk.folders, slug), said, insight.names(work), handed_in)


def compare(desk: Desk, visitor: Visitor, slug: str) -> None:
    """Compare what counts of every team."""
    visitor.require("review similarity")
    desk.published(slug)
    insight.compare_course(desk.workplace(), slug, now=desk.clock(), top=TOP)


def dismiss(desk: Desk, visitor: Visitor, slug: str, one: str, other: str, digest: str, reason: str) -> None:
    """Say that a pair is no matter."""
    visitor.require("review similarity")
    desk.published(slug)
    insight.dismiss(desk.workplace(), slug, one, other, digest=digest, reason=reason, actor=visitor.username)


def pairs(desk: Desk, visitor: Visitor, slug: str) -> dict[str, Any]:
    """The pairs of the newest comparison for programs, without the texts."""
    view = alike(desk, visitor, slug)
    if view.compared is None:
        return {"made": None, "pairs": []}
    found = similarity.listed(view.compared.comparison, view.dismissals)
    rows = [
        {
            "one": row.pair.one,
            "other": row.pair.other,
            "earlier": row.pair.earlier,
            "share_one": row.pair.share_one,
            "share_other": row.pair.share_other,
            "parts": [asdict(part) for part in row.pair.parts],
            "digest": row.pair.digest,
            "dismissed": None if row.dismissal is None else {"by": row.dismissal.actor, "reason": row.dismissal.reason},
        }
        for row in found
    ]
    return {"made": view.compared.made, "pairs": rows}


def failures(desk: Desk, visitor: Visitor, slug: str) -> FailedView:
    """Which test failed how often."""
    visitor.require("see test failures")
    desk.published(slug)
    found = _figures(desk, slug)
    return FailedView(slug, found.results, found.withheld, tuple(test for test in found.tests if test.failed))


def figures(desk: Desk, visitor: Visitor, slug: str) -> Figures:
    """An assignment in figures."""
    visitor.require("see statistics")
    desk.published(slug)
    return _figures(desk, slug)


def course_figures(desk: Desk, visitor: Visitor) -> tuple[CourseFigures, tuple[Figures, ...]]:
    """The course grades, and each assignment that was released, in figures."""
    visitor.require("see statistics")
    every = tuple(_figures(desk, one.slug) for one in desk.ledger.published(desk.course.id) if _is_built(desk, one.slug))
    found = desk.standings()
    return desk.memory.kept("course figures", found, lambda: insight.course_grades(found)), every


def _figures(desk: Desk, slug: str) -> Figures:
    second = int(desk.clock().timestamp())  # a page of all assignments looks at a thousand files
    written = desk.memory.kept(("written", slug), second, lambda: edition(desk.folders.assignments / slug))
    mark = (desk.ledger.edition(desk.course.id, slug), written)
    return desk.memory.kept(("figures", slug), mark, lambda: insight.assignment_figures(desk.workplace(), slug))


def as_values(course: CourseFigures, every: Iterable[Figures]) -> dict[str, Any]:
    """All figures for programs."""
    return {"course": analysis.as_json(course), "assignments": [analysis.as_json(one) for one in every]}


def statistics(desk: Desk, visitor: Visitor, said: Said) -> dict[str, Any]:
    """They for whoever asks, made once."""
    found = course_figures(desk, visitor)
    return desk.memory.kept("statistics", found, lambda: as_values(*found))


def _is_built(desk: Desk, slug: str) -> bool:
    return (desk.folders.assignments / slug / "assignment.toml").is_file()


# ---------------------------------------------------------------- pages


class SimilarityPage(FormPage):
    """Which submissions are alike, side by side."""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "compare": lambda desk, who, form, slug: compare(desk, who, slug),
        "dismiss": lambda desk, who, form, slug: dismiss(
            desk, who, slug, form.get("one", ""), form.get("other", ""), form.get("digest", ""), field(form, "reason", text("the reason"))
        ),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "compare": text("The submissions are compared."),
        "dismiss": text("The pair is dismissed. It stands at the end of the list now, with your name and reason."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, slug: str = "", **path: Any) -> None:
        """The list, and the pairs side by side."""
        view = await self.run(alike, self.desk, self.visitor, slug)
        token = Markup('<input type="hidden" name="_xsrf" value="{}">').format(self.xsrf_token.decode())

        def body() -> Markup:
            assert view.compared is not None
            return similarity.body(
                view.compared.comparison, dismissals=view.dismissals, names=view.names, token=token, top=TOP, language=self.language
            )

        shown = await self.run(body) if view.compared else None
        await self.page("similarity.html", status=status, alert=alert, view=view, body=shown)


class FiguresPage(Page):
    """One assignment in figures."""

    async def get(self, slug: str) -> None:
        """Pictures with their tables."""
        found = await self.run(figures, self.desk, self.visitor, slug)
        body = await self.run(analysis.body, found, language=self.language)
        await self.page("figures.html", slug=slug, body=body, published=await self.run(self.desk.published, slug))


class StatisticsPage(Page):
    """The course grades in figures, and the way to each assignment's."""

    async def get(self) -> None:
        """A picture, its table, and a row for each assignment."""
        course, every = await self.run(course_figures, self.desk, self.visitor)
        await self.page("statistics.html", body=analysis.course_body(course, language=self.language), every=every)


SECTION = Section(
    pages=((f"{ONE}/similarity", SimilarityPage), (f"{ONE}/statistics", FiguresPage), ("statistics", StatisticsPage)),
    nav=(Nav("statistics", text("Statistics"), "see statistics"),),
    panels=(
        Panel(
            "teams",
            "failures_panel.html",
            "see test failures",
            lambda desk, visitor, slug: failures(desk, visitor, slug) if _is_built(desk, slug) else None,
        ),
    ),
    calls=(
        Call("GET", f"{ONE}/similarity", lambda desk, who, said, slug: pairs(desk, who, slug), "The pairs that are alike."),
        Call("POST", f"{ONE}/similarity", lambda desk, who, said, slug: compare(desk, who, slug), "Compare what counts of every team."),
        Call(
            "POST",
            f"{ONE}/similarity/dismiss",
            lambda desk, who, said, slug: dismiss(
                desk, who, slug, said.text("one"), said.text("other"), said.text("digest", ""), said.text("reason")
            ),
            "Say that a pair is no matter.",
            {"one": "text", "other": "text", "digest": "text?", "reason": "text"},
        ),
        Call("GET", f"{ONE}/failures", lambda desk, who, said, slug: failures(desk, who, slug), "Which test failed how often."),
        Call(
            "GET",
            f"{ONE}/statistics",
            lambda desk, who, said, slug: analysis.as_json(figures(desk, who, slug)),
            "An assignment in figures.",
        ),
        Call(
            "GET",
            "statistics",
            statistics,
            "The course grades and every assignment in figures.",
        ),
    ),
)
