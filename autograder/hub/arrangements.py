"""What differs for one student: instructors arrange it and read why; the student reads what was granted, and tries other marks.

Reasons stand on the instructors' page alone. What a student sees is made from rows that do not carry them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any, ClassVar

from autograder import standing
from autograder.course import Course, days_later
from autograder.hub.access import Unknown, Visitor
from autograder.hub.desk import Desk
from autograder.hub.page import Form, FormPage, Page, field, optional
from autograder.hub.section import Call, Nav, Panel, Section
from autograder.ledger import Arrangement, ExtensionLine, PublishedGrade, Reason, What
from autograder.ledger.arrangements import why
from autograder.model import AssignmentError, CourseError, RuleError
from autograder.policy import Imagined, Kind, Needed, needed, what_if
from autograder.standing import Standing
from autograder.words import Sayable, Text, text

REASONS: Mapping[Reason, Text] = {
    Reason.RESERVE_DUTY: text("reserve duty"),
    Reason.ILLNESS: text("illness"),
    Reason.DISABILITY: text("disability"),
    Reason.PARENTAL_LEAVE: text("parental leave"),
    Reason.BEREAVEMENT: text("bereavement"),
    Reason.TECHNICAL: text("a technical failure"),
    Reason.STAFF_ERROR: text("a mistake of the staff"),
    Reason.OTHER: text("another reason"),
}
KINDS: Mapping[What, Text] = {
    What.EXCUSE: text("is excused from"),
    What.POSTPONE: text("gets a mark later in"),
    What.SITTING: text("counts with this sitting alone"),
    What.NO_LATENESS: text("pays nothing for lateness in (empty: any assignment)"),
    What.KIND: text("has another pass mark, as a student of this kind"),
}


@dataclass(frozen=True)
class Line:
    """One thing that holds for one student, with its reason."""

    student: str
    what: str  # a word of What, or "extension"
    item: str
    granted: Sayable
    reason: Reason
    note: str
    by: str
    at: datetime


@dataclass(frozen=True)
class ArrangementsView:
    """What is arranged with whom, and what could be."""

    lines: tuple[Line, ...]
    students: tuple[str, ...]
    names: Mapping[str, str]
    items: Mapping[str, str]  # what an arrangement may be about -> its title
    assignments: Mapping[str, str]  # released and with a due time
    kinds: Mapping[What, Text]
    reasons: Mapping[Reason, Text]


@dataclass(frozen=True)
class GrantedView:
    """What a student reads beside his course grade."""

    granted: tuple[Text, ...]
    published: PublishedGrade | None
    change: Text | None  # what has become of it since
    items: Mapping[str, str]  # whose marks he can imagine


@dataclass(frozen=True)
class ImaginedView:
    """The grade with another mark, and what the item needs."""

    items: Mapping[str, str]
    item: str
    mark: str
    imagined: Imagined | None
    needed: Needed | None


# ---------------------------------------------------------------- instructors


def arrangements(desk: Desk, visitor: Visitor) -> ArrangementsView:
    """What holds now, with the reasons."""
    visitor.require("see reasons")
    course, ledger, now = _course(desk), desk.ledger, desk.clock()
    published = ledger.published(course.id)
    titles = {one.slug: one.title for one in published}
    holding = set(ledger.arrangements.holding(course.id, now))
    lines = [
        Line(one.arrangement.username, str(one.arrangement.what), one.arrangement.item, _granted(course, one.arrangement, titles),
             one.reason, one.note, one.actor, one.arrangement.at)
        for one in ledger.arrangements.lines(course.id) if one.arrangement in holding and not one.ended
    ]  # fmt: skip
    lines += [_extension(course, one, titles) for one in _extensions(desk)]
    people = ledger.people(course.id)
    items = {component.id: component.title for component in course.components}
    items |= {item.key: titles.get(item.slug, item.key) for component in course.components for item in component.items}
    students = tuple(p.username for p in people if p.role == "student")
    return ArrangementsView(
        tuple(sorted(lines, key=lambda line: (line.student, line.at))), students, desk.names(),
        items, {one.slug: one.title for one in published if one.due is not None}, KINDS, REASONS)  # fmt: skip


def arrange(
    desk: Desk, visitor: Visitor, username: str, what: str, about: str, to: str, reason: str, note: str, until: datetime | None
) -> None:
    """Arrange something with one student."""
    visitor.require("see reasons")
    course, kind = _course(desk), _one_of(What, what)
    item, value = standing.item_and_value(course, kind, about.strip(), to)
    standing.check_arrangement(course, kind, item, value)
    holding = desk.ledger.arrangements.holding(course.id, desk.clock(), username)
    standing.check_excuses(course, [*holding, Arrangement(username, kind, item, value, until, desk.clock())])
    desk.ledger.arrangements.arrange(
        course.id, username, kind, item, value, reason=_one_of(Reason, reason), note=note, expires=until, actor=visitor.username
    )


def extend(desk: Desk, visitor: Visitor, username: str, slug: str, days: int, reason: str, note: str) -> None:
    """So many days more for one assignment; none ends what was given."""
    visitor.require("see reasons")
    published = next((one for one in desk.ledger.published(desk.course.id) if one.slug == slug), None)
    if published is None or published.due is None:
        raise Unknown(text("There is no assignment {slug} with a due time.", slug=repr(slug)))
    if not 0 <= days <= 365:
        raise RuleError(text("An extension is 1 to 365 days, not {days}.", days=days), code="bad-days")
    until = days_later(published.due, days, desk.course.zone)
    said = why(_one_of(Reason, reason), note)
    desk.ledger.extend(desk.course.id, slug, username, until=until, reason=said, actor=visitor.username)


def end(desk: Desk, visitor: Visitor, username: str, what: str, item: str) -> None:
    """End what was arranged, or an extension."""
    visitor.require("see reasons")
    if what == "extension":
        extend(desk, visitor, username, item, 0, Reason.OTHER, "")
    else:
        desk.ledger.arrangements.end(desk.course.id, username, _one_of(What, what), item, actor=visitor.username)


# ---------------------------------------------------------------- students


def granted(desk: Desk, visitor: Visitor) -> GrantedView | None:
    """What was granted to the student himself."""
    visitor.require("imagine marks")
    told = _standing(desk, visitor)
    if told is None:
        return None
    published = next(reversed(desk.ledger.policies.history(desk.course.id, visitor.username)), None)
    return GrantedView(told.granted, published, None if told.provisional else standing.change(published, told), _imaginable(desk, told))


def imagine(desk: Desk, visitor: Visitor, item: str, mark: str) -> ImaginedView:
    """The course grade with one other mark, as far as the student may know his own."""
    visitor.require("imagine marks")
    told = _standing(desk, visitor)
    if told is None:
        raise RuleError(text("There is no course grade to try marks with yet."), code="no-standing")
    items = _imaginable(desk, told)
    if not item:
        return ImaginedView(items, "", "", None, None)
    if item not in items:
        raise RuleError(text("There is no mark {item} to imagine.", item=repr(item)), code="no-item")
    policy = _course(desk).policy
    imagined = None
    if mark.strip():
        imagined = what_if(policy, told.given, {item: _percent(mark)}, items)
    return ImaginedView(items, item, mark, imagined, needed(policy, told.given, item, items))


def _standing(desk: Desk, visitor: Visitor) -> Standing | None:
    return desk.standing(visitor).standing


def _imaginable(desk: Desk, told: Standing) -> dict[str, str]:
    gates = {item.key for component in _course(desk).components if component.kind is Kind.GATE for item in component.items}
    return {mark.item: mark.title for mark in told.marks if mark.item not in gates}


# ---------------------------------------------------------------- behind them


def _course(desk: Desk) -> Course:
    """The course by the rules in effect."""
    return standing.rules_at(desk.course, desk.ledger, {}, desk.clock()).course


def _granted(course: Course, arrangement: Arrangement, titles: Mapping[str, str]) -> Sayable:
    try:
        return standing.granted(course, arrangement, titles)
    except CourseError:
        return text("{item} fits nothing in the rules that hold", item=arrangement.item or arrangement.value)


def _extensions(desk: Desk) -> list[ExtensionLine]:
    """The newest of each student and assignment, where it gives more time."""
    due = {one.slug: one.due for one in desk.ledger.published(desk.course.id)}
    newest = {(one.slug, one.username): one for one in desk.ledger.arrangements.extensions(desk.course.id)}
    return [one for one in newest.values() if (usual := due.get(one.slug)) is not None and one.until > usual]


def _extension(course: Course, one: ExtensionLine, titles: Mapping[str, str]) -> Line:
    when = f"{one.until.astimezone(course.zone):%Y-%m-%d %H:%M}"
    said = text("{title} is due on {when}, by an extension", title=titles.get(one.slug, one.slug), when=when)
    return Line(one.username, "extension", one.slug, said, one.reason, one.note, one.actor, one.at)


def _one_of(kind: Any, word: str) -> Any:
    if word not in set(kind):
        raise RuleError(text("There is no {word} here; there are {known}.", word=repr(word), known=", ".join(kind)), code="unknown-word")
    return kind(word)


def _percent(written: str) -> Fraction:
    """A mark of a form; a comma is read as a point."""
    said = written.strip().replace(",", ".")
    whole, _, part = said.partition(".")
    if not (whole.isascii() and whole.isdigit() and len(said) <= 8 and (not part or (part.isascii() and part.isdigit()))):
        raise RuleError(text("{written} is no mark. Write percent, such as 70.", written=repr(written)), code="bad-mark")
    return Fraction(said)


def _days(form: Form) -> int:
    written = field(form, "days", text("how many days"))
    if not (written.isascii() and written.isdigit() and 1 <= int(written[:4]) <= 365):
        raise RuleError(text("An extension is 1 to 365 days, not {days}.", days=repr(written)), code="bad-days")
    return int(written[:4])


# ---------------------------------------------------------------- pages


class ArrangementsPage(FormPage):
    """What is arranged with whom, and why?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "arrange": lambda desk, who, form: arrange(
            desk,
            who,
            field(form, "username", text("the student")),
            form.get("what", ""),
            form.get("about", ""),
            form.get("to", ""),
            field(form, "reason", text("the reason")),
            form.get("note", ""),
            optional(desk, form, "until"),
        ),
        "extend": lambda desk, who, form: extend(
            desk,
            who,
            field(form, "username", text("the student")),
            form.get("slug", ""),
            _days(form),
            field(form, "reason", text("the reason")),
            form.get("note", ""),
        ),
        "end": lambda desk, who, form: end(desk, who, form.get("username", ""), form.get("what", ""), form.get("item", "")),
    }
    notices: ClassVar[Mapping[str, Text]] = {
        "arrange": text("It is arranged. The student sees what, never why."),
        "extend": text("The extension is given."),
        "end": text("It is ended. What it was stays in the book."),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page."""
        view = await self.run(arrangements, self.desk, self.visitor)
        await self.page("arrangements.html", status=status, alert=alert, form=form or {}, view=view)


class ImaginePage(Page):
    """What would my grade be with another mark?"""

    async def get(self) -> None:
        """The grade with what the form says."""
        item, mark = self.get_query_argument("item", ""), self.get_query_argument("mark", "")
        alert: Sayable = ""
        try:
            view = await self.run(imagine, self.desk, self.visitor, item, mark)
        except RuleError as refused:
            if refused.code == "no-standing":
                raise
            alert = refused.said
            view = await self.run(imagine, self.desk, self.visitor, "", "")
        except (AssignmentError, CourseError) as refused:
            alert = refused.said
            view = await self.run(imagine, self.desk, self.visitor, "", "")
        await self.page("imagine.html", status=409 if alert else 200, alert=alert, view=view)


SECTION = Section(
    pages=(("arrangements", ArrangementsPage), ("imagine", ImaginePage)),
    nav=(Nav("arrangements", text("Arrangements"), "see reasons"),),
    panels=(Panel("course", "granted_panel.html", "imagine marks", lambda desk, visitor: granted(desk, visitor)),),
    calls=(
        Call("GET", "arrangements", lambda desk, who, said: arrangements(desk, who).lines, "What is arranged with whom, with the reasons."),
        Call(
            "POST",
            "arrangements",
            lambda desk, who, said: arrange(
                desk,
                who,
                said.text("username"),
                said.text("what"),
                said.text("about", ""),
                said.text("to", ""),
                said.text("reason"),
                said.text("note", ""),
                said.optional_instant("until"),
            ),
            "Arrange with one student that something differs.",
            {"username": "text", "what": "text", "about": "text?", "to": "text?", "reason": "text", "note": "text?", "until": "instant?"},
        ),
        Call(
            "POST",
            "arrangements/end",
            lambda desk, who, said: end(desk, who, said.text("username"), said.text("what"), said.text("item", "")),
            "End what was arranged about this; `what` may be extension.",
            {"username": "text", "what": "text", "item": "text?"},
        ),
        Call(
            "GET",
            "imagine",
            lambda desk, who, said: imagine(desk, who, said.query.get("item", ""), said.query.get("mark", "")),
            "The own course grade with another mark in one item, and what that item needs.",
            query={"item": "text?", "mark": "text?"},
        ),
    ),
)
