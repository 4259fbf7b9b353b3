"""Other rules tried on marks of the past: a file of last term's marks, another course of the same ledger, or this course.

The text that is tried comes from the page of the rules and goes back there to be adopted; nothing here changes anything.
"""

from __future__ import annotations

import base64
import binascii
import random
import zlib
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from autograder import standing
from autograder.hub.access import Unknown, Visitor
from autograder.hub.desk import Desk
from autograder.hub.handlers import Refused, UploadHandler, answer_for, sentence_of
from autograder.hub.page import Form, Page
from autograder.hub.policies import read_rules
from autograder.hub.section import Call, Section
from autograder.hub.tables import fields_and_file
from autograder.ledger import in_effect
from autograder.model import AutograderError, MachineryError, Role, RuleError
from autograder.plots import Bar, columns
from autograder.standing import Past, Rules, Tried
from autograder.standing.past import BYTES
from autograder.words import Sayable, say, text

FILE = "file"
"""The source of marks that somebody uploads; all others are course ids."""


@dataclass(frozen=True)
class TriedView:
    """What other rules make of marks."""

    tried: Tried
    bins: tuple[tuple[str, int, int], ...]  # percent, how many before, how many after
    passed: tuple[float, float]  # percent of all rows
    graded: tuple[int, int]  # how many have a grade


def sources(desk: Desk, visitor: Visitor) -> dict[str, str]:
    """The courses whose marks somebody may try rules on -> how they are called: his own as an instructor that have adopted rules."""
    visitor.require("set the rules")
    courses = [course for course, role in desk.ledger.roles_of(visitor.username).items() if role is Role.INSTRUCTOR]
    found = {course: _rules(desk, course) for course in sorted(courses) if course != desk.course.id}
    others = {course: f"{rules.course.title} {rules.course.term}".strip() for course, rules in found.items() if rules is not None}
    return {desk.course.id: f"{desk.course.title} {desk.course.term}".strip(), **others}


def marks(desk: Desk, visitor: Visitor) -> str:
    """The marks of this course as a file without its people, to try rules on in a later term."""
    visitor.require("export grades")
    return _file(desk, standing.rules_at(desk.course, desk.ledger, desk.workplace().to_pass(), desk.clock()))


def try_on(desk: Desk, visitor: Visitor, written: str, source: str, data: bytes | None = None, names: str = "") -> TriedView:
    """What a text makes of the marks of a course, or of a file. `names`: lines "old = new" of what is called otherwise now."""
    visitor.require("set the rules")
    course = read_rules(desk, written)
    passes = standing.pass_rules(course, desk.workplace().to_pass(course))
    found = standing.tried(_past(desk, visitor, source, data), Rules(course, passes), standing.names_of(names))
    before, after = standing.spread(found.before), standing.spread(found.after)
    labels = [f"{low}-{low + 10}" for low in range(0, 100, 10)]
    count = len(found.before)
    passed = tuple(100 * sum(one.passed for one in given) / count for given in (found.before, found.after))
    return TriedView(found, tuple(zip(labels, before, after, strict=True)), (passed[0], passed[1]), (sum(before), sum(after)))


def _past(desk: Desk, visitor: Visitor, source: str, data: bytes | None) -> Past:
    if source == FILE:
        if not data:
            raise RuleError(text("Choose a file of marks first."), code="no-file")
        return standing.read_marks(data)
    if source == desk.course.id:
        return standing.read_marks(marks(desk, visitor).encode())
    if desk.ledger.roles_of(visitor.username).get(source) is not Role.INSTRUCTOR:
        raise Unknown(text("There is no course {course} whose marks you may read.", course=repr(source)))
    rules = _rules(desk, source)
    if rules is None:
        raise RuleError(text("Nobody has adopted rules in {course}, so its grades are not known.", course=source), code="draft")
    return standing.read_marks(_file(desk, rules).encode())


def _rules(desk: Desk, course: str) -> Rules | None:
    """The rules of another course in the ledger; None when it has adopted none."""
    version = in_effect(desk.ledger.policies.versions(course), desk.clock())
    return None if version is None else Rules(standing.adopted(version), version.passes, version.number)


def _file(desk: Desk, rules: Rules) -> str:
    course, now = rules.course, desk.clock()

    def made() -> str:
        return standing.marks_file(rules, standing.read_facts(course, desk.ledger, now), now, random.SystemRandom().shuffle)

    return desk.memory.kept(("marks", course.id), (desk.state(course.id), rules), made)


# ---------------------------------------------------------------- pages


class PastPage(UploadHandler, Page):
    """What would these rules have made of last term?"""

    async def get(self) -> None:
        """The form, with course.toml as the text."""
        await self.show({"text": (await self.run(_text_of_file, self.desk, self.visitor))})

    async def post(self) -> None:
        """The form with a text that comes from the page of the rules, or what it makes of the marks."""
        self.visitor.require("set the rules")
        form: Form = {}
        try:
            form, data = await self.run(fields_and_file, self.request.headers.get("Content-Type", ""), self.taken())
            data = data or await self.run(unpacked, form.get("content", ""))
            if form.get("do") != "try":
                await self.show(form)
                return
            view = await self.run(
                try_on, self.desk, self.visitor, form.get("text", ""), form.get("source", ""), data, form.get("names", "")
            )
        except AutograderError as refused:
            status = answer_for(refused)[0]
            if status in (403, 404) or isinstance(refused, MachineryError):
                raise
            await self.show(form, status=status, alert=sentence_of(refused))
            return
        kept = packed(data) if data and form.get("source") == FILE else ""
        await self.show(form, view=view, picture=_picture(view, self.language), content=kept)

    async def show(self, form: Form, *, status: int = 200, alert: Sayable = "", content: str = "", **values: Any) -> None:
        """The form, and what was found. `content`: the file, so that another text can be tried on it."""
        known = await self.run(sources, self.desk, self.visitor)
        more = {"view": None, "picture": "", **values}
        await self.page("past.html", status=status, alert=alert, form=form, sources=known, file=FILE, content=content, **more)


class MarksDownload(Page):
    """The marks without the people."""

    async def get(self) -> None:
        """JSON."""
        content = await self.run(marks, self.desk, self.visitor)
        self.set_header("Content-Type", "application/json")
        self.set_header("Content-Disposition", f'attachment; filename="{self.desk.course.id}-marks.json"')
        await self.finish(content)


def packed(data: bytes) -> str:
    """A file as a form carries it along."""
    return base64.b64encode(zlib.compress(data)).decode()


def unpacked(content: str) -> bytes | None:
    """It again; None when there is none. However much it grows, no more is made of it than is taken of a file."""
    if not content:
        return None
    try:
        return zlib.decompressobj().decompress(base64.b64decode(content, validate=True), BYTES + 1)
    except (binascii.Error, ValueError, zlib.error):
        raise Refused(text("The upload cannot be read. Try again.")) from None


def _text_of_file(desk: Desk, visitor: Visitor) -> str:
    visitor.require("set the rules")
    path = desk.folders.course_file
    return path.read_text(encoding="utf-8", errors="replace") if path.is_file() else ""


def _picture(view: TriedView, language: str) -> Markup:
    """How many grades lie in each ten percent: by the rules of then and, in the other colour, by the text."""
    bars = [
        Bar(label if number == 0 else "", count, f"{label} %: {count}", over=number == 1)
        for label, *counts in view.bins
        for number, count in enumerate(counts)
    ]
    title = text("Grades by the rules of then, and by this text")
    about = text("{before} grades then and {after} by this text, in steps of ten percent.", before=view.graded[0], after=view.graded[1])
    return columns(bars, name="tried", title=say(title, language), description=say(about, language))


def _call(desk: Desk, who: Visitor, said: Any) -> TriedView:
    data = said.text("marks", "").encode() or None
    return try_on(desk, who, said.text("text"), said.text("source", FILE), data, said.text("names", ""))


SECTION = Section(
    pages=(("rules/past", PastPage), ("grades/marks", MarksDownload)),
    calls=(
        Call(
            "GET",
            "grades/marks",
            lambda desk, who, said: {"text": marks(desk, who)},
            "The marks of this course without its people, as the text of a file to try rules on.",
        ),
        Call(
            "POST",
            "policy/try",
            _call,
            "What a text of rules makes of a file of marks (up to 1 MB here), or of the course `source`; `names` has lines old = new.",
            {"text": "text", "marks": "text?", "source": "text?", "names": "text?"},
        ),
    ),
)
