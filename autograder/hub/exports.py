"""The course grades of everybody, for instructors: a table, the files that other systems take, and giving them to the students.

`autograder export` writes the same files, and `autograder grades --publish` gives the same grades.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from autograder import export, standing
from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.page import Form, FormPage, Page
from autograder.hub.section import Call, Nav, Section
from autograder.model import Role, RuleError
from autograder.standing import Publication
from autograder.words import Sayable, Text, text

FORMS = {"moodle": "csv", "canvas": "csv", "csv": "csv", "json": "json"}
"""What can be written -> how its file ends."""
FORM = rf"(?P<form>{'|'.join(FORMS)})"


@dataclass(frozen=True)
class GradesView:
    """Where everybody stands."""

    rows: tuple[export.Row, ...]  # by user name
    components: tuple[str, ...]
    draft: bool  # nobody has adopted rules
    best: int | None  # the best grade, where grades are numbers


def grades(desk: Desk, visitor: Visitor) -> GradesView:
    """The course grades as they are now, with everything that is graded."""
    visitor.require("export grades")
    work = desk.workplace()
    rules = standing.rules_at(work.course, work.ledger, work.to_pass(), desk.clock())
    found = desk.standings()
    rows = export.rows(rules.course, found, work.ledger.people(work.course.id, Role.STUDENT))
    return GradesView(rows, tuple(rows[0].components) if rows else (), rules.draft, export.best(rules.course))


def written(desk: Desk, visitor: Visitor, form: str) -> str:
    """They as a file of another system."""
    view = grades(desk, visitor)
    return export.write(form, view.rows, view.best)


def to_publish(desk: Desk, visitor: Visitor, named: Collection[str] = ()) -> Publication:
    """What publishing would do now; `named`: whose grade is given although it may still change."""
    visitor.require("export grades")
    return standing.publication(desk.standings(), desk.ledger.policies.published(desk.course.id), named)


def publish(desk: Desk, visitor: Visitor, named: Collection[str], mark: str) -> tuple[str, ...]:
    """Give the grades to their students; answers whose is new or another one. `mark`: of the grades that the visitor was shown."""
    wanted = to_publish(desk, visitor, named)
    if wanted.mark != mark:
        said = text("A grade has changed since you were shown them, so nothing was published. Look at them once more.")
        raise RuleError(said, code="changed-meanwhile")
    return desk.ledger.policies.publish(desk.course.id, wanted.given, actor=visitor.username)


class GradesPage(Page):
    """Where does everybody stand?"""

    notices: ClassVar[Mapping[str, Text]] = {
        "publish": text("The course grades are published. Each student reads his own on his first page.")
    }

    async def get(self) -> None:
        """The table, with the files beside it."""
        await self.page("grades.html", view=await self.run(grades, self.desk, self.visitor))


class PublishPage(FormPage):
    """What would publishing the course grades do?"""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {
        "publish": lambda desk, who, form: publish(desk, who, _named(form), form.get("mark", "")),
    }

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """Who gets one, whose is another one, who is left out; and the button."""
        view = await self.run(to_publish, self.desk, self.visitor)
        names = await self.run(self.desk.names)
        await self.page("publish.html", status=status, alert=alert, view=view, names=names, named=_named(form or {}))

    def after(self, form: Form) -> str:
        """Back to the table."""
        return f"{self.prefix}grades?done=publish"


def _named(form: Form) -> list[str]:
    """Who was ticked."""
    return [name.removeprefix("also ") for name in form if name.startswith("also ")]


class GradesDownload(Page):
    """The grades for another system."""

    async def get(self, form: str) -> None:
        """A CSV or JSON."""
        content = await self.run(written, self.desk, self.visitor, form)
        self.set_header("Content-Type", "application/json" if form == "json" else "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{self.desk.course.id}-{form}.{FORMS[form]}"')
        await self.finish(content.encode("utf-8"))


SECTION = Section(
    pages=(("grades", GradesPage), (f"grades/{FORM}", GradesDownload), ("grades/publish", PublishPage)),
    nav=(Nav("grades", text("Course grades"), "export grades"),),
    calls=(
        Call("GET", "grades", lambda desk, who, said: grades(desk, who), "The course grades of everybody."),
        Call(
            "GET",
            f"grades/{FORM}",
            lambda desk, who, said, form: {"text": written(desk, who, form)},
            "They as the text of a file for another system.",
        ),
        Call(
            "GET",
            "grades/publish",
            lambda desk, who, said: to_publish(desk, who),
            "What publishing the course grades would do, and its mark.",
        ),
        Call(
            "POST",
            "grades/publish",
            lambda desk, who, said: {
                "published": publish(desk, who, said.texts("named") if "named" in said.body else (), said.text("mark"))
            },
            "Give the course grades to their students, as they were shown with this mark; `named` also where they may still change.",
            {"mark": "text", "named": "texts?"},
        ),
    ),
)
