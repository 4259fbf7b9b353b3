"""The course grades of everybody, for instructors: a table, and the files that other systems take. `autograder export` writes the same."""

from __future__ import annotations

from dataclasses import dataclass

from autograder import export, standing
from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.page import Page
from autograder.hub.section import Call, Nav, Section
from autograder.model import Role
from autograder.words import text

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
    work, now = desk.workplace(), desk.clock()
    folder = work.folders.assignments
    passes = {slug: work.assignment(slug) for slug in standing.to_be_passed(work.course) if (folder / slug).is_dir()}
    rules = standing.rules_at(work.course, work.ledger, passes, now)
    found = standing.standings(work.course, work.ledger, assignments=passes, now=now)
    rows = export.rows(rules.course, found, work.ledger.people(work.course.id, Role.STUDENT))
    return GradesView(rows, tuple(rows[0].components) if rows else (), rules.draft, export.best(rules.course))


def written(desk: Desk, visitor: Visitor, form: str) -> str:
    """They as a file of another system."""
    view = grades(desk, visitor)
    return export.write(form, view.rows, view.best)


class GradesPage(Page):
    """Where does everybody stand?"""

    async def get(self) -> None:
        """The table, with the files beside it."""
        await self.page("grades.html", view=await self.run(grades, self.desk, self.visitor))


class GradesDownload(Page):
    """The grades for another system."""

    async def get(self, form: str) -> None:
        """A CSV or JSON."""
        content = await self.run(written, self.desk, self.visitor, form)
        self.set_header("Content-Type", "application/json" if form == "json" else "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{self.desk.course.id}-{form}.{FORMS[form]}"')
        await self.finish(content.encode("utf-8"))


SECTION = Section(
    pages=(("grades", GradesPage), (f"grades/{FORM}", GradesDownload)),
    nav=(Nav("grades", text("Course grades"), "export grades"),),
    calls=(
        Call("GET", "grades", lambda desk, who, said: grades(desk, who), "The course grades of everybody."),
        Call(
            "GET",
            f"grades/{FORM}",
            lambda desk, who, said, form: {"text": written(desk, who, form)},
            "They as the text of a file for another system.",
        ),
    ),
)
