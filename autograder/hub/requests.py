"""Regrade requests: a student asks on the page of the assignment, the staff answer from one queue."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from autograder.hub.access import Unknown, Visitor
from autograder.hub.desk import Desk
from autograder.hub.page import Form, FormPage, Page, field
from autograder.hub.section import ONE, Call, Nav, Panel, Section
from autograder.hub.views import Who
from autograder.ledger import Request
from autograder.ledger.requests import Weighed, refusal
from autograder.model import ProblemResult, RuleError
from autograder.words import Sayable, Text, text

NUMBER = r"(?P<number>\d{1,9})"


@dataclass(frozen=True)
class Askable:
    """One problem of what counts for a student, without what only staff may read of its tests."""

    id: str
    title: str
    score: float
    max_score: float
    why_not: Text | None  # None: he can ask about it now


@dataclass(frozen=True)
class AskingView:
    """What a student can ask about in one assignment, and what his team has asked."""

    slug: str
    title: str
    problems: tuple[Askable, ...]
    requests: tuple[Request, ...]  # newest first
    names: Mapping[str, str]  # of those who asked
    until: datetime | None  # when asking ends; None: without end

    @property
    def open(self) -> tuple[Askable, ...]:
        """The problems that can be asked about now."""
        return tuple(one for one in self.problems if one.why_not is None)

    @property
    def why_not(self) -> Text | None:
        """Why nothing can be asked about now, where feedback is out."""
        refused = [one.why_not for one in self.problems if one.why_not and one.score < one.max_score]
        return None if self.open or not self.problems else next(iter(refused), text("Everything has all of its points."))


@dataclass(frozen=True)
class RequestView:
    """One request as the staff see it."""

    request: Request
    title: str  # of the assignment
    by: Who
    members: tuple[Who, ...]
    number: int  # of the submission


# ---------------------------------------------------------------- what people do


def asking(desk: Desk, visitor: Visitor, slug: str) -> AskingView:
    """What this student can ask about, and what was asked about work of his."""
    visitor.require("ask for a regrade")
    course, window = desk.course, desk.course.request_window
    title = _titles(desk).get(slug)
    if title is None:
        raise Unknown(text("There is no assignment {slug} in {course}.", slug=repr(slug), course=course.title))
    ground = desk.ledger.requests.ground(course.id, slug, visitor.username)
    problems: tuple[Askable, ...] = ()
    until = None
    if ground is not None and ground.released is not None:
        problems = tuple(_askable(problem, refusal(ground, problem.id, desk.clock(), window)) for problem in ground.problems)
        until = None if window is None else ground.released + window
    asked = desk.ledger.requests.of(course.id, slug, visitor.username)[::-1]
    names = desk.names()
    return AskingView(slug, title, problems, asked, {r.by: names.get(r.by, r.by) for r in asked}, until)


def _askable(problem: ProblemResult, refused: tuple[Text, str] | None) -> Askable:
    return Askable(problem.id, problem.title, problem.score, problem.max_score, refused[0] if refused else None)


def ask(desk: Desk, visitor: Visitor, slug: str, problem: str, reason: str) -> Request:
    """Ask about a problem of one's own work."""
    visitor.require("ask for a regrade")
    return desk.ledger.requests.ask(desk.course.id, slug, visitor.username, problem, reason, window=desk.course.request_window)


def withdraw(desk: Desk, visitor: Visitor, slug: str, number: int) -> Request:
    """Take one's own request back."""
    visitor.require("ask for a regrade")
    if number not in {request.id for request in desk.ledger.requests.of(desk.course.id, slug, visitor.username)}:
        raise Unknown(text("There is no such request of yours."))
    return desk.ledger.requests.withdraw(desk.course.id, number, by=visitor.username)


def queue(desk: Desk, visitor: Visitor) -> tuple[RequestView, ...]:
    """All requests: the open ones first, oldest first, then the answered ones, newest first."""
    visitor.require("answer requests")
    everything = desk.ledger.requests.all(desk.course.id)
    ordered = [r for r in everything if r.answer is None] + [r for r in everything[::-1] if r.answer is not None]
    return _views(desk, ordered)


def waiting(desk: Desk, visitor: Visitor) -> int:
    """How many requests wait for an answer."""
    visitor.require("answer requests")
    return sum(request.answer is None for request in desk.ledger.requests.all(desk.course.id))


def one(desk: Desk, visitor: Visitor, number: int) -> tuple[RequestView, Weighed]:
    """One request with what is needed to answer it."""
    visitor.require("answer requests")
    found = [request for request in desk.ledger.requests.all(desk.course.id) if request.id == number]
    if not found:
        raise Unknown(text("There is no request {number}.", number=number))
    return _views(desk, found)[0], desk.ledger.requests.weighed(found[0])


def answer(desk: Desk, visitor: Visitor, number: int, *, upheld: bool, words: str, points: float = 0.0, only: str | None = None) -> Request:
    """Uphold or decline a request."""
    view, _ = one(desk, visitor, number)
    if {conflict.student for conflict in desk.ledger.marking.conflicts(desk.course.id, visitor.username)} & set(view.request.members):
        raise RuleError(text("You have declared a conflict of interest with this team; somebody else answers it."), code="conflict")
    return desk.ledger.requests.answer(
        desk.course.id, view.request.id, upheld=upheld, words=words, points=points, only=only, actor=visitor.username
    )


def _views(desk: Desk, requests: Sequence[Request]) -> tuple[RequestView, ...]:
    names, titles = desk.names(), _titles(desk)
    numbers = {(row.team, row.sha256): row.number for slug in {r.slug for r in requests}
               for row in desk.ledger.submissions(desk.course.id, slug)}  # fmt: skip

    def who(username: str) -> Who:
        return Who(username, names.get(username, username))

    return tuple(RequestView(r, titles[r.slug], who(r.by), tuple(map(who, r.members)), numbers[r.team, r.sha256]) for r in requests)


def _titles(desk: Desk) -> dict[str, str]:
    return {published.slug: published.title for published in desk.ledger.published(desk.course.id)}


# ---------------------------------------------------------------- pages


class AskingPage(FormPage):
    """What can we ask about, and what was answered?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "ask": lambda desk, who, form, slug: ask(
            desk, who, slug, field(form, "problem", text("the problem")), field(form, "reason", text("your reason"))
        ),
        "withdraw": lambda desk, who, form, slug: withdraw(desk, who, slug, _whole(field(form, "number", text("the number")))),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "ask": text("Your request is made. The answer will stand here; your partners see both."),
        "withdraw": text("The request is taken back."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page."""
        panel = await self.run(asking, self.desk, self.visitor, path["slug"])
        await self.page("requests_own.html", status=status, alert=alert, form=form or {}, panel=panel)


class QueuePage(Page):
    """Which requests wait for an answer?"""

    async def get(self) -> None:
        """All of them."""
        await self.page("requests.html", views=await self.run(queue, self.desk, self.visitor))


class RequestPage(FormPage):
    """Is the student right?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "answer": lambda desk, who, form, number: answer(
            desk,
            who,
            int(number),
            upheld=field(form, "outcome", text("whether the student is right")) == "upheld",
            words=field(form, "words", text("your answer")),
            points=_points(form.get("points", "")),
            only=form.get("only") or None,
        ),
    }
    notices: ClassVar[Mapping[str, Text]] = {"answer": text("The answer is given; the team reads it on its page.")}

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page."""
        view, weighed = await self.run(one, self.desk, self.visitor, int(path["number"]))
        await self.page("request.html", status=status, alert=alert, form=form or {}, view=view, weighed=weighed)


def _whole(written: str) -> int:
    if not written.isascii() or not written.isdigit():
        raise RuleError(text("{written} is no number.", written=repr(written)), code="bad-number")
    return int(written[:9])


def _points(written: str) -> float:
    """Points of a form; a comma is read as a point."""
    try:
        return float(written.strip().replace(",", ".") or 0)
    except ValueError:
        raise RuleError(text("{written} is no number of points.", written=repr(written)), code="bad-points") from None


def _panel(desk: Desk, visitor: Visitor, slug: str) -> AskingView | None:
    view = asking(desk, visitor, slug)
    return view if view.problems or view.requests else None


SECTION = Section(
    pages=((f"{ONE}/requests/", AskingPage), ("requests", QueuePage), (f"requests/{NUMBER}/", RequestPage)),
    nav=(Nav("requests", text("Regrade requests"), "answer requests"),),
    panels=(
        Panel("assignment", "requests_panel.html", "ask for a regrade", _panel),
        Panel("staff", "requests_waiting.html", "answer requests", lambda desk, visitor: waiting(desk, visitor) or None),
    ),
    calls=(
        Call(
            "GET",
            f"{ONE}/requests",
            lambda desk, who, said, slug: asking(desk, who, slug),
            "What one can ask to be looked at again, and what was asked.",
        ),
        Call(
            "POST",
            f"{ONE}/requests",
            lambda desk, who, said, slug: ask(desk, who, slug, said.text("problem"), said.text("reason")),
            "Ask for a regrade of one problem.",
            {"problem": "text", "reason": "text"},
        ),
        Call(
            "POST",
            f"{ONE}/requests/{NUMBER}/withdraw",
            lambda desk, who, said, slug, number: withdraw(desk, who, slug, int(number)),
            "Take one's own request back.",
        ),
        Call("GET", "requests", lambda desk, who, said: queue(desk, who), "All regrade requests, the open ones first."),
        Call(
            "POST",
            f"requests/{NUMBER}/answer",
            lambda desk, who, said, number: answer(
                desk,
                who,
                int(number),
                upheld=said.flag("upheld"),
                words=said.text("text"),
                points=said.number("points", 0.0),
                only=said.body.get("only") and said.text("only"),
            ),
            "Uphold or decline a regrade request, with words and points.",
            {"upheld": "flag", "text": "text", "points": "number?", "only": "text?"},
        ),
    ),
)
