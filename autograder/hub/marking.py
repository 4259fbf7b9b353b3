"""Marking written answers: one answer across all teams, without names, beside its rubric; for students what the check of their PDF found.

What students wrote is never a page of ours: the cell is shown by the feedback's own renderer, which knows no HTML, its pictures and the PDF
are answers of their own that can be nothing else (`FILE_CSP`, nosniff). The PDF has no script in it: the ledger takes none that has.
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from markupsafe import Markup

from autograder.feedback.markup import render_code, render_line, render_markdown
from autograder.hub.access import Unknown, Visitor
from autograder.hub.api import Said
from autograder.hub.desk import Desk
from autograder.hub.handlers import CSP, Refused
from autograder.hub.page import Form, FormPage, Page
from autograder.hub.section import ONE, Call, Panel, Section
from autograder.ledger import Conflict, Given, Marking, Paper, Sheet, State, Turn
from autograder.ledger.sheets import is_first
from autograder.model import Assignment, AssignmentError, AutograderError, RuleError, WrittenPart
from autograder.words import Sayable, Text, text

ANSWER, TEAM = r"(?P<answer>[A-Za-z0-9_]{1,64})", r"(?P<team>[A-Za-z0-9-]{1,64})"
PAGE_CSP = f"{CSP}; font-src 'self'; frame-src 'self'"
FILE_CSP = "default-src 'none'; style-src 'unsafe-inline'; object-src 'self'; frame-ancestors 'self'"
"""Of a PDF or a picture. Browsers wrap a PDF into a page of theirs, which has a style of its own."""
REMARKS = 3
"""Fields for remarks, beyond those that are filled in: one at least is empty."""


@dataclass(frozen=True)
class Row:
    """One team's answer in the list."""

    team: str
    state: State
    points: float | None  # None: nobody's yet, or not to be seen by a second marker
    mine: bool


@dataclass(frozen=True)
class AnswerView:
    """One written answer across all teams."""

    slug: str
    title: str  # of the assignment
    rubric: Any  # authoring.Rubric
    rows: tuple[Row, ...]  # in the order in which they are looked at

    @property
    def marked(self) -> int:
        """How many are done."""
        return sum(row.state is State.MARKED for row in self.rows)


@dataclass(frozen=True)
class SheetView:
    """One team's answer before a marker."""

    answer: AnswerView
    shown: Any  # marking.Shown
    sheet: Sheet
    html: Markup
    lines: tuple[tuple[Any, Markup], ...]  # of the rubric, with their text
    notes: Markup
    model: Markup
    given: Given  # what the form begins with
    bank: tuple[tuple[str, int], ...]
    by: str  # who gave the mark that he may see
    held_by: str  # somebody else who has it before him now
    blind: bool
    settles: bool
    place: int  # from 1
    previous: str
    next: str
    graded: bool

    @property
    def may_mark(self) -> bool:
        """Whether he gives points now."""
        return self.settles or self.sheet.state is not State.DIFFERENT

    @property
    def remarks(self) -> tuple[str, ...]:
        """The fields for remarks."""
        return (*self.given.remarks, *[""] * max(1, REMARKS - len(self.given.remarks)))


@dataclass(frozen=True)
class PaperView:
    """The PDF of a student's assignment: what it may be, and what was found in those that were handed in."""

    rule: WrittenPart
    found: tuple[tuple[int, Paper], ...]  # number of the submission, newest first


# ---------------------------------------------------------------- what people do


def overview(desk: Desk, visitor: Visitor, slug: str) -> tuple[str, tuple[Any, ...]]:
    """The assignment's title, and how far each of its written answers is."""
    visitor.require("mark")
    title = desk.published(slug).title
    from autograder import marking

    return title, marking.progress(desk.workplace(), slug)


def progress_panel(desk: Desk, visitor: Visitor, slug: str) -> tuple[str, tuple[Any, ...]] | None:
    """The same from the ledger alone; None where there is nothing to mark by hand."""
    visitor.require("mark")
    from autograder import marking

    work = desk.workplace()
    try:
        found = marking.counted(work, work.assignment(slug))
    except AssignmentError:  # its author text is not here
        return None
    return (slug, found) if found else None


def answer_view(desk: Desk, visitor: Visitor, slug: str, answer: str) -> AnswerView:
    """One written answer across all teams."""
    visitor.require("mark")
    title = desk.published(slug).title
    return _answer(desk, visitor, title, desk.workplace().assignment(slug), answer)


def _answer(desk: Desk, visitor: Visitor, title: str, assignment: Assignment, answer: str) -> AnswerView:
    from autograder import marking

    rubric = marking.rubric_of(assignment, answer)
    found = desk.ledger.marking.sheets(desk.course.id, assignment.slug, (answer,))
    rows = tuple(
        Row(s.team, s.state, s.mark.points if s.mark and not _blind(s, visitor) else None, is_first(s, visitor.username)) for s in found
    )
    return AnswerView(assignment.slug, title, rubric, rows)


def next_team(desk: Desk, visitor: Visitor, slug: str, answer: str) -> str | None:
    """The team whose answer waits for this marker; it is his for a while. None when none waits."""
    visitor.require("mark")
    desk.published(slug)
    sheet = desk.ledger.marking.take_up(desk.course.id, slug, answer, actor=visitor.username)
    return None if sheet is None else sheet.team


def sheet_view(desk: Desk, visitor: Visitor, slug: str, answer: str, team: str) -> SheetView:
    """One team's answer, with everything that is needed to mark it."""
    visitor.require("mark")
    title = desk.published(slug).title
    from autograder import marking

    work = desk.workplace()
    assignment = work.assignment(slug)
    seen = _answer(desk, visitor, title, assignment, answer)
    teams = [row.team for row in seen.rows]
    if team not in teams:
        raise Unknown(text("There is no answer of {team} to mark.", team=team))
    sheet = desk.ledger.marking.take_up(desk.course.id, slug, answer, actor=visitor.username, team=team)
    assert sheet is not None
    shown = marking.shown(work, assignment, sheet)
    place, rubric, blind = teams.index(team), seen.rubric, _blind(sheet, visitor)
    names = desk.names()
    held = sheet.lease.holder if sheet.lease and sheet.lease.holder != visitor.username else ""
    return SheetView(
        seen,
        shown,
        sheet,
        _code(shown.source) if shown.is_code else render_markdown(shown.source),
        tuple((line, render_line(line.text)) for line in rubric.lines),
        render_markdown(rubric.notes),
        _code(rubric.model) if rubric.is_code else render_markdown(rubric.model),
        _given(sheet, visitor, blind),
        desk.ledger.marking.bank(desk.course.id, slug, answer),
        "" if blind or sheet.mark is None else names.get(sheet.mark.actor, sheet.mark.actor),
        names.get(held, held),
        blind,
        sheet.state is State.DIFFERENT and visitor.may("settle marks"),
        place + 1,
        teams[place - 1] if place else "",
        teams[place + 1] if place + 1 < len(teams) else "",
        any(grade.team == team and grade.sha256 == sheet.submission.sha256 for grade in desk.ledger.grades(desk.course.id, slug)),
    )


def mark(desk: Desk, visitor: Visitor, slug: str, answer: str, team: str, given: Given, sha256: str | None = None) -> Sheet:
    """A marker's points."""
    visitor.require("mark")
    desk.published(slug)
    from autograder import marking

    return marking.mark(desk.workplace(), slug, team, answer, given, actor=visitor.username, sha256=sha256)


def ask_second(desk: Desk, visitor: Visitor, slug: str, answer: str, team: str, reason: str = "") -> Sheet:
    """Have somebody else mark it too."""
    visitor.require("mark")
    desk.published(slug)
    desk.ledger.marking.look(desk.course.id, slug, team, answer, actor=visitor.username)
    return desk.ledger.marking.ask_second(desk.course.id, slug, team, answer, reason, actor=visitor.username)


def settle(desk: Desk, visitor: Visitor, slug: str, answer: str, team: str, given: Given) -> Sheet:
    """Decide between two markers."""
    visitor.require("settle marks")
    desk.published(slug)
    from autograder import marking

    return marking.settle(desk.workplace(), slug, team, answer, given, actor=visitor.username)


def paper(desk: Desk, visitor: Visitor, slug: str, answer: str, team: str) -> bytes:
    """The PDF that was handed in."""
    sheet = _sheet(desk, visitor, slug, answer, team)
    from autograder import marking

    return marking.paper(desk.workplace(), sheet)[1]


def picture(desk: Desk, visitor: Visitor, slug: str, answer: str, team: str, number: int) -> tuple[str, bytes]:
    """What the answer's cell drew: kind and bytes."""
    sheet = _sheet(desk, visitor, slug, answer, team)
    from autograder import marking

    work = desk.workplace()
    pictures = marking.shown(work, work.assignment(slug), sheet).pictures
    if number >= len(pictures):
        raise Unknown(text("There is no such picture."))
    return pictures[number]


def conflicts(desk: Desk, visitor: Visitor) -> tuple[Conflict, ...]:
    """One's own declared conflicts of interest; for instructors everybody's."""
    visitor.require("mark")
    return desk.ledger.marking.conflicts(desk.course.id, None if visitor.may("settle marks") else visitor.username)


def declare(desk: Desk, visitor: Visitor, student: str, reason: str = "", *, username: str = "", withdraw: bool = False) -> None:
    """Say, or take back, that one shall not mark a student; instructors say it of everybody."""
    visitor.require("mark")
    about = username or visitor.username
    if about != visitor.username:
        visitor.require("settle marks")
    if withdraw:
        desk.ledger.marking.withdraw(desk.course.id, about, student, actor=visitor.username)
    else:
        desk.ledger.marking.declare(desk.course.id, about, student, reason, actor=visitor.username)


def papers(desk: Desk, visitor: Visitor, slug: str) -> PaperView | None:
    """What a student's PDF may be, and what was found in those of his teams; None where none is taken."""
    visitor.require("read submissions")
    rule = desk.ledger.papers.rule(desk.course.id, slug)
    if rule is None:
        return None
    rows = [row for row in desk.ledger.submissions(desk.course.id, slug) if visitor.username in row.members]
    found = [(row.number, one) for row in rows[::-1] if (one := desk.ledger.papers.found(row)) is not None]
    return PaperView(rule, tuple(found))


def _sheet(desk: Desk, visitor: Visitor, slug: str, answer: str, team: str) -> Sheet:
    visitor.require("mark")
    desk.published(slug)
    try:
        return desk.ledger.marking.look(desk.course.id, slug, team, answer, actor=visitor.username)
    except RuleError as refused:
        if refused.code in ("unknown-submission", "unknown-team"):
            raise Unknown(refused.said) from None
        raise


def _blind(sheet: Sheet, visitor: Visitor) -> bool:
    """Whether he may not see the mark: he is asked to be the second marker, or was, and nobody has settled it."""
    if sheet.state is State.DIFFERENT:
        return not visitor.may("settle marks") and not is_first(sheet, visitor.username)
    return sheet.state is State.SECOND and not is_first(sheet, visitor.username)


def _given(sheet: Sheet, visitor: Visitor, blind: bool) -> Given:
    """What the form begins with: what this person gave before, as the marker that he is."""
    second: Marking | None = sheet.second
    if second is not None and second.actor == visitor.username:
        return second.given
    if blind or sheet.mark is None:
        return Given()
    if sheet.first is not None:
        return sheet.first.given
    return Given(points=sheet.mark.points, comment=sheet.mark.comment)


def _code(source: str) -> Markup:
    return Markup('<pre dir="ltr" tabindex="0"><code>{}</code></pre>').format(render_code(source))


# ---------------------------------------------------------------- pages


def given_by(form: Form) -> Given:
    """What a form gives: fields line-r1, points, remark-1 and comment. An empty field gives nothing."""
    lines = {name.removeprefix("line-"): _number(value) for name, value in form.items() if name.startswith("line-") and value.strip()}
    points = form.get("points", "").strip()
    remarks = sorted(((int(name[7:]), value) for name, value in form.items() if re.fullmatch(r"remark-\d{1,3}", name)))
    return Given(lines, _number(points) if points else None, tuple(value for _, value in remarks), form.get("comment", ""))


def _number(written: str) -> float:
    """A number as people write it, with a comma in some languages."""
    try:
        value = float(written.strip().replace(",", "."))
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise RuleError(text("{written} is no number of points.", written=repr(written)), code="bad-points")
    return value


class OverviewPage(FormPage):
    """Which answers are there to mark, and how far is each? And whom do I not mark?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "declare": lambda desk, who, form, slug: declare(desk, who, form.get("student", "").strip(), form.get("reason", "")),
        "withdraw": lambda desk, who, form, slug: declare(
            desk, who, form.get("student", ""), username=form.get("username", ""), withdraw=True
        ),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "declare": text("It is noted. This student's work is left to others."),
        "withdraw": text("It is taken back."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page."""
        title, found = await self.run(overview, self.desk, self.visitor, path["slug"])
        declared = await self.run(conflicts, self.desk, self.visitor)
        people = await self.run(self.desk.students, self.visitor)
        await self.page(
            "marking.html",
            status=status,
            alert=alert,
            form=form or {},
            slug=path["slug"],
            title=title,
            found=found,
            conflicts=declared,
            students=people,
            names={one.username: one.name for one in people},
        )


class AnswerPage(Page):
    """One answer of all teams: which are marked, which wait?"""

    notices: ClassVar[Mapping[str, Text]] = {"all": text("Nothing more waits for you here.")}

    async def get(self, slug: str, answer: str) -> None:
        """The list."""
        view = await self.run(answer_view, self.desk, self.visitor, slug, answer)
        await self.page("marking_answer.html", view=view)


class NextPage(Page):
    """The next answer that waits for this marker."""

    async def get(self, slug: str, answer: str) -> None:
        """Lead there."""
        team = await self.run(next_team, self.desk, self.visitor, slug, answer)
        self.redirect(f"{self.prefix}assignments/{slug}/marking/{answer}/" + (f"{team}/" if team else "?done=all"), status=303)


class SheetPage(FormPage):
    """One team's answer beside its rubric."""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "mark": lambda desk, who, form, slug, answer, team: mark(desk, who, slug, answer, team, given_by(form), form.get("sha256")),
        "settle": lambda desk, who, form, slug, answer, team: settle(desk, who, slug, answer, team, given_by(form)),
        "second": lambda desk, who, form, slug, answer, team: ask_second(desk, who, slug, answer, team, form.get("reason", "")),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "mark": text("The mark is kept, here and in formgrader."),
        "settle": text("It is settled. What you gave is the mark."),
        "second": text("Somebody else will mark this too, without seeing your points."),
    }

    def set_default_headers(self) -> None:
        """The PDF stands in a frame, formulas in fonts."""
        super().set_default_headers()
        self.set_header("Content-Security-Policy", PAGE_CSP)

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page."""
        view = await self.run(sheet_view, self.desk, self.visitor, path["slug"], path["answer"], path["team"])
        await self.page("marking_sheet.html", status=status, alert=alert, form=form or {}, view=view, turn=Turn)

    def closed_by(self, refused: AutograderError) -> bool:
        """Somebody with a conflict of interest does not see this work either."""
        return super().closed_by(refused) or getattr(refused, "code", "") == "conflict"

    def after(self, form: Form) -> str:
        """The next answer, or this one again."""
        return "../next" if "next" in form else super().after(form)


class FilePage(Page):
    """A file of a student's: nothing but what it is said to be."""

    async def give(self, kind: str, content: bytes) -> None:
        """Answer with it."""
        self.set_header("Content-Type", kind)
        self.set_header("Content-Disposition", "inline")
        self.set_header("Content-Security-Policy", FILE_CSP)
        self.set_header("Cross-Origin-Resource-Policy", "same-origin")
        await self.finish(content)


class PaperFile(FilePage):
    """The PDF that was handed in."""

    async def get(self, slug: str, answer: str, team: str) -> None:
        """As it was."""
        await self.give("application/pdf", await self.run(paper, self.desk, self.visitor, slug, answer, team))


class PictureFile(FilePage):
    """What a cell drew."""

    async def get(self, slug: str, answer: str, team: str, number: str) -> None:
        """As the engine kept it."""
        await self.give(*await self.run(picture, self.desk, self.visitor, slug, answer, team, int(number)))


# ---------------------------------------------------------------- for programs


def given_in(said: Said) -> Given:
    """What a body gives."""
    lines = said.body.get("lines", {})
    if not isinstance(lines, dict) or not all(isinstance(value, int | float) and not isinstance(value, bool) for value in lines.values()):
        raise Refused("The body needs 'lines', an object from lines of the rubric to points.")
    remarks = said.texts("remarks") if "remarks" in said.body else []
    points = said.number("points") if said.body.get("points") is not None else None
    return Given({name: float(value) for name, value in lines.items()}, points, tuple(remarks), said.text("comment", ""))


def sheet_json(sheet: Sheet, visitor: Visitor) -> dict[str, Any]:
    """One answer for programs, as this person may see it."""
    seen = sheet.mark is not None and not _blind(sheet, visitor)
    return {
        "team": sheet.team,
        "answer": sheet.test_id,
        "state": sheet.state.value,
        "points": sheet.mark.points if seen and sheet.mark else None,
        "comment": sheet.mark.comment if seen and sheet.mark else "",
        "lines": dict(sheet.first.given.lines) if seen and sheet.first else {},
        "sha256": sheet.submission.sha256,
    }


def overview_json(desk: Desk, visitor: Visitor, slug: str) -> list[dict[str, Any]]:
    """How far each written answer is."""
    return [
        {
            "answer": one.rubric.test_id,
            "title": one.rubric.title,
            "points": one.rubric.points,
            "rubric": [{"id": line.id, "points": line.points, "text": line.text} for line in one.rubric.lines],
            "teams": one.teams,
            "marked": one.marked,
            "second": one.second,
            "different": one.different,
        }
        for one in overview(desk, visitor, slug)[1]
    ]


def _sheets_json(desk: Desk, visitor: Visitor, slug: str, answer: str) -> list[dict[str, Any]]:
    answer_view(desk, visitor, slug, answer)
    return [sheet_json(sheet, visitor) for sheet in desk.ledger.marking.sheets(desk.course.id, slug, (answer,))]


GIVEN = {"lines": "object?", "points": "number?", "remarks": "texts?", "comment": "text?"}
SHEET = f"{ONE}/marking/{ANSWER}/{TEAM}"

SECTION = Section(
    pages=(
        (f"{ONE}/marking/", OverviewPage),
        (f"{ONE}/marking/{ANSWER}/", AnswerPage),
        (f"{ONE}/marking/{ANSWER}/next", NextPage),
        (f"{SHEET}/", SheetPage),
        (f"{SHEET}/paper.pdf", PaperFile),
        (rf"{SHEET}/picture-(?P<number>\d{{1,3}})", PictureFile),
    ),
    panels=(
        Panel("teams", "marking_panel.html", "mark", progress_panel),
        Panel("assignment", "paper_panel.html", "submit", papers),
    ),
    calls=(
        Call("GET", f"{ONE}/marking", lambda desk, who, said, slug: overview_json(desk, who, slug), "How far each written answer is."),
        Call(
            "GET",
            f"{ONE}/marking/{ANSWER}",
            lambda desk, who, said, slug, answer: _sheets_json(desk, who, slug, answer),
            "One written answer of all teams, in the order in which they are looked at.",
        ),
        Call(
            "POST",
            f"{ONE}/marking/{ANSWER}/next",
            lambda desk, who, said, slug, answer: {"team": next_team(desk, who, slug, answer)},
            "Take up the next answer that waits for you; null when none does.",
        ),
        Call(
            "POST",
            f"{SHEET}/mark",
            lambda desk, who, said, slug, answer, team: sheet_json(mark(desk, who, slug, answer, team, given_in(said)), who),
            "Mark an answer, by lines of its rubric or as a whole.",
            GIVEN,
        ),
        Call(
            "POST",
            f"{SHEET}/second",
            lambda desk, who, said, slug, answer, team: sheet_json(ask_second(desk, who, slug, answer, team, said.text("reason", "")), who),
            "Have somebody else mark an answer too, who does not see the first mark.",
            {"reason": "text?"},
        ),
        Call(
            "POST",
            f"{SHEET}/settle",
            lambda desk, who, said, slug, answer, team: sheet_json(settle(desk, who, slug, answer, team, given_in(said)), who),
            "Decide where two markers differ.",
            GIVEN,
        ),
        Call("GET", "conflicts", lambda desk, who, said: conflicts(desk, who), "Declared conflicts of interest: one's own, or all."),
        Call(
            "POST",
            "conflicts",
            lambda desk, who, said: declare(
                desk,
                who,
                said.text("student"),
                said.text("reason", ""),
                username=said.text("username", ""),
                withdraw=said.flag("withdraw", False),
            ),
            "Say, or take back, that one shall not mark a student.",
            {"student": "text", "reason": "text?", "username": "text?", "withdraw": "flag?"},
        ),
    ),
)
