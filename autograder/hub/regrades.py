"""A shadow regrade as instructors see it: who would change and why, to be published or discarded. It is run by `autograder regrade`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from markupsafe import Markup

from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.page import Form, FormPage, field
from autograder.hub.section import ONE, Call, Panel, Section
from autograder.ledger import Regrade
from autograder.model import RuleError
from autograder.words import Sayable, Text, text


@dataclass(frozen=True)
class RegradeView:
    """The newest regrade of an assignment, and those before it."""

    slug: str
    title: str
    told: Any  # regrading.Told; that package brings the grading engine along, which is loaded when it is needed
    picture: Callable[[str], Markup]  # of the scores before and after, by its title
    earlier: tuple[Regrade, ...]  # newest first


def shown(desk: Desk, visitor: Visitor, slug: str) -> RegradeView | None:
    """Who changes, and why; None when the assignment was never graded again."""
    visitor.require("regrade")
    title = desk.published(slug).title
    runs = desk.ledger.regrades.runs(desk.course.id, slug)
    if not runs:
        return None
    from autograder import regrading

    told = regrading.shown(desk.workplace(), runs[-1], now=desk.clock())
    return RegradeView(slug, title, told, lambda title: regrading.picture(told.changes, title=title), runs[-2::-1])


def publish(desk: Desk, visitor: Visitor, slug: str, *, reason: str, keep_better: bool = False, only: Iterable[str] = ()) -> int:
    """Let the results count; how many."""
    visitor.require("regrade")
    desk.published(slug)
    from autograder import regrading

    chosen = tuple(only)
    return len(regrading.publish(desk.workplace(), slug, reason=reason, keep_better=keep_better, only=chosen, actor=visitor.username))


def discard(desk: Desk, visitor: Visitor, slug: str, *, reason: str) -> None:
    """Leave all grades as they are."""
    visitor.require("regrade")
    desk.published(slug)
    from autograder import regrading

    regrading.discard(desk.workplace(), slug, reason=reason, actor=visitor.username)


def as_json(desk: Desk, visitor: Visitor, slug: str) -> dict[str, Any]:
    """What `autograder regrade --json` says."""
    view = shown(desk, visitor, slug)
    if view is None:
        raise RuleError(text("{slug} was never graded again. Begin with: autograder regrade {slug}", slug=slug), code="no-regrade")
    from autograder import regrading

    return regrading.as_json(view.told)


def newest(desk: Desk, visitor: Visitor, slug: str) -> Regrade | None:
    """The newest regrade, without what it changes."""
    visitor.require("regrade")
    runs = desk.ledger.regrades.runs(desk.course.id, slug)
    return runs[-1] if runs else None


class RegradePage(FormPage):
    """Who changes from what to what, and why?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "publish": lambda desk, who, form, slug: publish(
            desk, who, slug, reason=field(form, "reason", text("the reason")), keep_better="keep_better" in form
        ),
        "discard": lambda desk, who, form, slug: discard(desk, who, slug, reason=field(form, "reason", text("the reason"))),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "publish": text("The new grades count. What students read is of before: render the feedback again."),
        "discard": text("All grades stay as they were."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page."""
        view = await self.run(shown, self.desk, self.visitor, path["slug"])
        await self.page("regrade.html", status=status, alert=alert, form=form or {}, view=view, slug=path["slug"])


SECTION = Section(
    pages=((f"{ONE}/regrade/", RegradePage),),
    panels=(Panel("teams", "regrade_panel.html", "regrade", newest),),
    calls=(
        Call("GET", f"{ONE}/regrade", lambda desk, who, said, slug: as_json(desk, who, slug), "Whom the newest regrade changes, and why."),
        Call(
            "POST",
            f"{ONE}/regrade/publish",
            lambda desk, who, said, slug: {
                "published": publish(
                    desk,
                    who,
                    slug,
                    reason=said.text("reason"),
                    keep_better=said.flag("keep_better", False),
                    only=said.texts("only") if said.body.get("only") else (),
                )
            },
            "Let the results of a regrade count; with keep_better for nobody who would lose by it.",
            {"reason": "text", "keep_better": "flag?", "only": "texts?"},
        ),
        Call(
            "POST",
            f"{ONE}/regrade/discard",
            lambda desk, who, said, slug: discard(desk, who, slug, reason=said.text("reason")),
            "Leave all grades as they are.",
            {"reason": "text"},
        ),
    ),
)
