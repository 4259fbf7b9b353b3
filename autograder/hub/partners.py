"""Looking for a partner: a list that those without a team see, and for staff who looks, what is permitted, who was with whom."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, cast

from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.page import Form, FormPage, field
from autograder.hub.paging import paged
from autograder.hub.section import ONE, Call, Panel, Section
from autograder.hub.views import Who
from autograder.ledger import Membership
from autograder.ledger.teams import LONGEST_NOTE
from autograder.model import RuleError
from autograder.words import Sayable, Text, text


@dataclass(frozen=True)
class Searching:
    """Somebody who looks for a partner."""

    who: Who
    note: str
    since: datetime


@dataclass(frozen=True)
class PartnersView:
    """What a student without a team sees."""

    slug: str
    title: str
    mine: str | None  # what he says himself; None: he does not look
    others: tuple[Searching, ...]
    until: datetime | None
    longest: int = LONGEST_NOTE


@dataclass(frozen=True)
class ArrangedView:
    """What staff see of an assignment that is handed in together."""

    slug: str
    title: str
    looking: tuple[Searching, ...]
    permits: tuple[tuple[Who, str], ...]  # who, and alone or three
    again: bool  # whether the same two may hand in together again
    past: tuple[Membership, ...]  # oldest first


# ---------------------------------------------------------------- what people do


def partners(desk: Desk, visitor: Visitor, slug: str) -> PartnersView | None:
    """Who looks for a partner, for a student who has none while teams can change; None for others."""
    visitor.require("pair up")
    published = desk.published(slug)
    if published.team.size == 1:
        return None
    pairing = desk.ledger.pairing(desk.course.id, slug, visitor.username)
    if pairing.locked or pairing.team is not None:
        return None
    mine = next((one.note for one in desk.ledger.pairs.looking(desk.course.id, slug) if one.username == visitor.username), None)
    others = _searching(desk, {one.username for one in desk.ledger.pairs.seen_looking(desk.course.id, slug, visitor.username)}, slug)
    return PartnersView(slug, published.title, mine, others, published.pairs_lock)


def look(desk: Desk, visitor: Visitor, slug: str, note: str) -> None:
    """Say that one looks for a partner."""
    visitor.require("pair up")
    desk.published(slug)
    desk.ledger.pairs.look(desk.course.id, slug, visitor.username, note)


def stop_looking(desk: Desk, visitor: Visitor, slug: str) -> None:
    """Take that back."""
    visitor.require("pair up")
    desk.published(slug)
    desk.ledger.pairs.stop_looking(desk.course.id, slug, visitor.username)


def arranged(desk: Desk, visitor: Visitor, slug: str) -> ArrangedView | None:
    """Who looks, what is permitted, and who was with whom; None for individual work."""
    visitor.require("see teams")
    published = desk.published(slug)
    if published.team.size == 1:
        return None
    course, pairs, names = desk.course.id, desk.ledger.pairs, desk.names()
    permits = tuple((Who(username, names.get(username, username)), kind) for username, kind in pairs.permits(course, slug))
    looking = _searching(desk, {one.username for one in pairs.looking(course, slug)}, slug)
    past = desk.memory.kept(("past", slug), desk.ledger.edition(course, slug), lambda: pairs.history(course, slug))
    return ArrangedView(slug, published.title, looking, permits, published.team.again == "yes", past)


def end_permit(desk: Desk, visitor: Visitor, slug: str, username: str, kind: str) -> None:
    """Take a permit back."""
    visitor.require("arrange teams")
    desk.published(slug)
    if kind not in ("alone", "three"):
        raise RuleError(text("There is no permit {kind}; there are alone and three.", kind=repr(kind)), code="unknown-permit")
    desk.ledger.pairs.end_permit(desk.course.id, slug, username, cast(Literal["alone", "three"], kind), actor=visitor.username)


def _searching(desk: Desk, usernames: set[str], slug: str) -> tuple[Searching, ...]:
    names = desk.names()
    return tuple(
        Searching(Who(one.username, names.get(one.username, one.username)), one.note, one.at)
        for one in desk.ledger.pairs.looking(desk.course.id, slug)
        if one.username in usernames
    )


# ---------------------------------------------------------------- pages


class PartnersPage(FormPage):
    """Who looks for a partner."""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "look": lambda desk, who, form, slug: look(desk, who, slug, form.get("note", "")),
        "stop": lambda desk, who, form, slug: stop_looking(desk, who, slug),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "look": text("You are in the list now; those who have no team see it."),
        "stop": text("You are no longer in the list."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: str) -> None:
        """The list and one's own entry."""
        view = await self.run(partners, self.desk, self.visitor, path["slug"])
        await self.page("partners.html", status=status, alert=alert, form=form or {}, panel=view, slug=path["slug"])


class ArrangedPage(FormPage):
    """Permits that hold, and who was with whom."""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "end": lambda desk, who, form, slug: end_permit(
            desk, who, slug, field(form, "username", text("the student")), form.get("kind", "")
        ),
    }
    notices: ClassVar[Mapping[str, Text]] = {"end": text("The permit is taken back. A team that it made stays.")}

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: str) -> None:
        """The page."""
        view = await self.run(arranged, self.desk, self.visitor, path["slug"])
        names = await self.run(self.desk.names)
        past = paged(
            view.past if view else (),
            lambda one: (one.team, one.username, names.get(one.username, "")),
            find=self.get_query_argument("find", ""),
            number=self.get_query_argument("page", "1"),
        )
        await self.page("arranged.html", status=status, alert=alert, form=form or {}, view=view, slug=path["slug"], names=names, past=past)


SECTION = Section(
    pages=((f"{ONE}/partners/", PartnersPage), (f"{ONE}/teams/", ArrangedPage)),
    panels=(
        Panel("assignment", "partners_panel.html", "pair up", partners),
        Panel("teams", "arranged_panel.html", "see teams", arranged),
    ),
    calls=(
        Call(
            "GET",
            f"{ONE}/partners",
            lambda desk, who, said, slug: partners(desk, who, slug),
            "Who looks for a partner.",
        ),
        Call(
            "POST",
            f"{ONE}/partners",
            lambda desk, who, said, slug: look(desk, who, slug, said.text("note", "")),
            "Say that one looks for a partner.",
            {"note": "text?"},
        ),
        Call("POST", f"{ONE}/partners/stop", lambda desk, who, said, slug: stop_looking(desk, who, slug), "Take that back."),
        Call(
            "GET",
            f"{ONE}/pairs",
            lambda desk, who, said, slug: arranged(desk, who, slug),
            "Who looks, permits, who was with whom.",
        ),
        Call(
            "POST",
            f"{ONE}/permit/end",
            lambda desk, who, said, slug: end_permit(desk, who, slug, said.text("username"), said.text("kind")),
            "Take a permit back.",
            {"username": "text", "kind": "text"},
        ),
    ),
)
