"""By which rules the course is graded: versions, the present text, what another text would change, adopting it.

An edited text is tried and adopted here and nowhere written: course.toml stays what it is, and the page says when it differs.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, ClassVar

from autograder import standing
from autograder.course import Course, parse_course
from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.handlers import answer_for, sentence_of
from autograder.hub.page import Form, FormPage, field, local
from autograder.hub.section import Call, Nav, Section
from autograder.ledger import PolicyVersion, in_effect
from autograder.model import AssignmentError, CourseError, RuleError
from autograder.standing import Changed
from autograder.words import Sayable, Text, text

LONGEST = 200_000  # letters of a text that somebody sends


@dataclass(frozen=True)
class PolicyView:
    """The rules of the course."""

    versions: tuple[PolicyVersion, ...]  # newest first
    counts: int  # the number of the version in effect; 0: none, so grades are a draft
    file: str  # the text of course.toml
    differs: bool  # course.toml says something else than what counts


def rules(desk: Desk, visitor: Visitor) -> PolicyView:
    """The versions, and the present text."""
    visitor.require("set the rules")
    versions = desk.ledger.policies.versions(desk.course.id)
    counts = in_effect(versions, desk.clock())
    path = desk.folders.course_file
    text_of_file = path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""
    differs = counts is not None and counts.text.strip() != text_of_file.strip()
    return PolicyView(versions[::-1], counts.number if counts else 0, text_of_file, differs)


def preview(desk: Desk, visitor: Visitor, written: str) -> tuple[Changed, ...]:
    """Whose course grade would be another one by this text. CourseError that says what to correct in it."""
    visitor.require("set the rules")
    course = read_rules(desk, written)
    work, now = desk.workplace(), desk.clock()
    passes = work.to_pass(course)
    standing.pass_rules(course, passes)
    present = standing.rules_at(desk.course, desk.ledger, work.to_pass(), now)
    return standing.preview(present, standing.Rules(course, passes), desk.ledger, now)


def adopt(desk: Desk, visitor: Visitor, written: str, effective: datetime, reason: str) -> int:
    """Compute by this text from then on; answers the number of the version."""
    visitor.require("set the rules")
    written = _lines(written)
    course = read_rules(desk, written)
    passes = standing.pass_rules(course, desk.workplace().to_pass(course))
    if strays := standing.strays(course, desk.ledger, desk.clock()):
        raise RuleError(text("What is arranged with {students} fits nothing in these rules. End it or change it first.",
                             students=", ".join(strays)), code="stray-arrangements")  # fmt: skip
    return desk.ledger.policies.adopt(course.id, written, passes, effective=effective, reason=reason, actor=visitor.username)


def read_rules(desk: Desk, written: str) -> Course:
    """The course that a text describes. CourseError that says what to correct in it; RuleError when it is another course's."""
    if len(written) > LONGEST:
        raise RuleError(text("This text is too long for rules of a course."), code="too-long")
    course = parse_course(_lines(written), file="course.toml")
    if course.id != desk.course.id:
        said = text("These are the rules of {other}, not of {course}.", other=course.id, course=desk.course.id)
        raise RuleError(said, code="other-course")
    return course


def _lines(written: str) -> str:
    """A text as files hold it; a form sends other line ends, and none at the end."""
    return written.replace("\r\n", "\n").strip() + "\n"


class RulesPage(FormPage):
    """By which rules are we graded, and what would others change?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "adopt": lambda desk, who, form: adopt(
            desk,
            who,
            field(form, "text", text("the rules")),
            local(desk, field(form, "from", text("from when they hold"))),
            field(form, "reason", text("the reason")),
        ),
    }
    notices: ClassVar[Mapping[str, Text]] = {"adopt": text("The rules are adopted.")}

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page; after a preview with who would change."""
        view = await self.run(rules, self.desk, self.visitor)
        await self.page("rules.html", status=status, alert=alert, form=form or {}, view=view, changed=path.get("changed"))

    async def post(self, **path: str) -> None:
        """Adopting comes back as other forms do; a preview is shown at once, with the text as it was edited."""
        if self.get_body_argument("do", "") not in ("preview", "edit"):
            await super().post(**path)
            return
        form = {name: self.get_body_argument(name, strip=False) for name in self.request.body_arguments}
        if form["do"] == "edit":  # a text that comes back from where it was tried
            await self.show(form=form)
            return
        try:
            changed = await self.run(preview, self.desk, self.visitor, form.get("text", ""))
        except (AssignmentError, CourseError, RuleError) as refused:
            await self.show(status=answer_for(refused)[0], alert=sentence_of(refused), form=form)
            return
        await self.show(form=form, changed=changed)


SECTION = Section(
    pages=(("rules", RulesPage),),
    nav=(Nav("rules", text("Grade rules"), "set the rules"),),
    calls=(
        Call("GET", "policy", lambda desk, who, said: rules(desk, who), "The versions of the grade rules, and the text of course.toml."),
        Call(
            "POST",
            "policy/preview",
            lambda desk, who, said: preview(desk, who, said.text("text")),
            "Whose course grade another text would change.",
            {"text": "text"},
        ),
        Call(
            "POST",
            "policy/adopt",
            lambda desk, who, said: {"version": adopt(desk, who, said.text("text"), said.instant("from"), said.text("reason"))},
            "Compute by this text from an instant on.",
            {"text": "text", "from": "instant", "reason": "text"},
        ),
    ),
)
