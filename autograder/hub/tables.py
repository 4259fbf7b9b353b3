"""Tables that come in by the pages: a file is uploaded, what it would do is shown, and then it is taken.

Between the two steps nothing is kept here: the second form carries the file itself, and what it does is worked out anew, by the same
functions as on the command line. So nobody confirms what another file, or another state of the ledger, would have done.
"""

from __future__ import annotations

import base64
import binascii
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from tornado import httputil

from autograder import imports
from autograder.hub.access import Visitor
from autograder.hub.authenticator import add_passwords
from autograder.hub.desk import Desk
from autograder.hub.handlers import Refused, UploadHandler, answer_for, sentence_of
from autograder.hub.page import Page
from autograder.hub.section import ONE, Call, Panel, Section
from autograder.model import AutograderError, CourseError, MachineryError
from autograder.tables import ENCODINGS
from autograder.words import Sayable, Text, text

Form = Mapping[str, str]


@dataclass(frozen=True)
class Done:
    """What a file does, or did."""

    report: imports.MarkReport | imports.PeopleReport | imports.GroupReport
    taken: bool
    passwords: Mapping[str, str]  # of new people, shown once
    skip_unknown: bool = False  # lines about people who are not in the course are left out

    @property
    def unknown(self) -> tuple[str, ...]:
        """Lines of a file of marks about people who are not in the course."""
        return tuple(map(str, self.report.unknown)) if isinstance(self.report, imports.MarkReport) else ()

    @property
    def wrong(self) -> tuple[str, ...]:
        """What keeps the file from being taken."""
        return (*map(str, self.report.wrong), *(() if self.skip_unknown else self.unknown))


# ---------------------------------------------------------------- what people do


def marks(
    desk: Desk,
    visitor: Visitor,
    data: bytes,
    *,
    take: bool,
    name: str = "marks",
    item: str = "",
    encoding: str = "",
    skip_unknown: bool = False,
) -> Done:
    """Look at a file of marks from outside, or take it."""
    visitor.require("take marks")
    how = {"file": name, "item": item, "encoding": encoding}
    if not take:
        return Done(imports.marks_in(desk.course, desk.ledger, data, **how), False, {}, skip_unknown)
    report = imports.import_marks(desk.course, desk.ledger, data, actor=visitor.username, skip_unknown=skip_unknown, **how)
    return Done(report, True, {}, skip_unknown)


def people(desk: Desk, visitor: Visitor, data: bytes, *, take: bool, name: str = "people", encoding: str = "") -> Done:
    """Look at a file of people, or take it."""
    visitor.require("change roster")
    if not take:
        return Done(imports.people_in(desk.course, desk.ledger, data, file=name, encoding=encoding), False, {})
    report = imports.import_people(desk.course, desk.ledger, data, file=name, actor=visitor.username, encoding=encoding)
    passwords = {} if desk.passwords is None else add_passwords(desk.passwords, [person.username for person in report.people])
    return Done(report, True, passwords)


def groups(desk: Desk, visitor: Visitor, slug: str, data: bytes, *, take: bool, name: str = "groups", encoding: str = "") -> Done:
    """Look at a file of groups for an assignment, or make its teams."""
    visitor.require("arrange teams")
    desk.published(slug)
    if not take:
        return Done(imports.groups_in(desk.course, desk.ledger, slug, data, file=name, encoding=encoding), False, {})
    return Done(imports.import_groups(desk.course, desk.ledger, slug, data, file=name, actor=visitor.username, encoding=encoding), True, {})


def teams_file(desk: Desk, visitor: Visitor, slug: str) -> bytes:
    """The teams of an assignment as a file of groups."""
    visitor.require("see teams")
    desk.published(slug)
    return imports.write_groups(desk.ledger.teams(desk.course.id, slug), desk.ledger.people(desk.course.id))


# ---------------------------------------------------------------- pages


class TablePage(UploadHandler, Page):
    """What does this file do? And then: do it."""

    action: str
    heading: Text
    kind: str

    def done(self, data: bytes, form: Form, take: bool, slug: str = "") -> Done:
        """Look at the file, or take it."""
        raise NotImplementedError

    async def get(self, slug: str = "") -> None:
        """The form."""
        self.visitor.require(self.action)
        await self.show(slug=slug)

    async def post(self, slug: str = "") -> None:
        """Show what an uploaded file does, or take the one that was shown."""
        self.visitor.require(self.action)
        form: Form = {}
        try:
            form, data = await self.run(read_form, self.request.headers.get("Content-Type", ""), self.taken())
            done = await self.run(self.done, data, form, form.get("do") == "take", slug=slug)
        except AutograderError as refused:
            status = answer_for(refused)[0]
            if status in (403, 404) or isinstance(refused, MachineryError):
                raise
            await self.show(status=status, alert=sentence_of(refused), form=form, slug=slug)
            return
        await self.show(form=form, done=done, content=base64.b64encode(data).decode(), slug=slug)

    async def show(
        self,
        *,
        status: int = 200,
        alert: Sayable = "",
        form: Form | None = None,
        done: Done | None = None,
        content: str = "",
        slug: str = "",
    ) -> None:
        """The form, and what a file does. `content`: the file, for the second step."""
        title = (await self.run(self.desk.published, slug)).title if slug else ""
        await self.page(
            "tables.html", status=status, alert=alert, form=form or {}, done=done, content=content, kind=self.kind, heading=self.heading,
            encodings=ENCODINGS, items=self.desk.course.externals, title=title, slug=slug,
        )  # fmt: skip


class MarksPage(TablePage):
    """Marks from outside."""

    action, kind, heading = "take marks", "marks", text("Marks from outside")

    def done(self, data: bytes, form: Form, take: bool, slug: str = "") -> Done:
        """Look at the marks, or take them."""
        item, encoding, skip = form.get("item", ""), form.get("encoding", ""), bool(form.get("skip"))
        return marks(self.desk, self.visitor, data, take=take, name=form.get("name", ""), item=item, encoding=encoding, skip_unknown=skip)


class PeoplePage(TablePage):
    """People."""

    action, kind, heading = "change roster", "people", text("People from a file")

    def done(self, data: bytes, form: Form, take: bool, slug: str = "") -> Done:
        """Look at the people, or take them."""
        return people(self.desk, self.visitor, data, take=take, name=form.get("name", ""), encoding=form.get("encoding", ""))


class GroupsPage(TablePage):
    """Teams from groups."""

    action, kind, heading = "arrange teams", "groups", text("Teams from a file of groups")

    def done(self, data: bytes, form: Form, take: bool, slug: str = "") -> Done:
        """Look at the groups, or make the teams."""
        name, encoding = form.get("name", ""), form.get("encoding", "")
        return groups(self.desk, self.visitor, slug, data, take=take, name=name, encoding=encoding)


class TeamsDownload(Page):
    """The teams for Moodle."""

    async def get(self, slug: str) -> None:
        """A CSV."""
        content = await self.run(teams_file, self.desk, self.visitor, slug)
        self.set_header("Content-Type", "text/csv; charset=utf-8")
        self.set_header("Content-Disposition", f'attachment; filename="{slug}-teams.csv"')
        await self.finish(content)


def read_form(content_type: str, body: bytes) -> tuple[Form, bytes]:
    """The fields of a form with a file, and the file: uploaded, or carried along in the field `content`."""
    form, data = fields_and_file(content_type, body)
    if data is not None:
        return form, data
    if not form.get("content"):
        raise CourseError("Choose a file first.")
    try:
        return form, base64.b64decode(form["content"], validate=True)
    except binascii.Error:
        raise Refused(text("The upload cannot be read. Try again.")) from None


def fields_and_file(content_type: str, body: bytes) -> tuple[Form, bytes | None]:
    """The fields of a form and the file that was uploaded with it, its name among the fields; None where none was chosen."""
    arguments: dict[str, list[bytes]] = {}
    files: dict[str, list[httputil.HTTPFile]] = {}
    try:
        httputil.parse_body_arguments(content_type, body, arguments, files)
        form = {name: values[-1].decode() for name, values in arguments.items()}
    except (httputil.HTTPInputError, UnicodeDecodeError) as problem:
        raise Refused(text("The upload cannot be read. Try again.")) from problem
    for parts in files.values():
        for part in parts:
            if part["filename"] or part["body"]:
                return {**form, "name": part["filename"][-100:]}, part["body"]
    return form, None


def _call(does: Callable[..., Done]) -> Callable[..., Any]:
    """A call with the file as text in its body: {"csv", "preview"?}."""

    def answer(desk: Desk, who: Visitor, said: Any, slug: str = "") -> dict[str, Any]:
        more = {"item": said.text("item", ""), "skip_unknown": said.flag("skip_unknown", False)} if does is marks else {}
        path = {"slug": slug} if slug else {}
        done = does(desk, who, **path, data=said.text("csv").encode(), take=not said.flag("preview", False), **more)
        return {"taken": done.taken, "report": done.report, "wrong": done.wrong, "passwords": done.passwords}

    return answer


BODY = {"csv": "text", "preview": "flag?"}
MARKS_BODY = {**BODY, "item": "text?", "skip_unknown": "flag?"}
SECTION = Section(
    pages=(
        ("tables/marks", MarksPage),
        ("tables/people", PeoplePage),
        (f"{ONE}/groups", GroupsPage),
        (f"{ONE}/teams.csv", TeamsDownload),
    ),
    panels=(
        Panel("roster", "people_panel.html", "change roster", lambda desk, visitor: True),
        Panel("staff", "marks_panel.html", "take marks", lambda desk, visitor: bool(desk.course.externals) or None),
    ),
    calls=(
        Call("POST", "marks", _call(marks), "Take a CSV of marks from outside, or say what it would do.", MARKS_BODY),
        Call("POST", "roster", _call(people), "Take a CSV of people, or say what it would do.", BODY),
        Call("POST", f"{ONE}/groups", _call(groups), "Make the groups of a CSV the teams, or say what it would do.", BODY),
    ),
)
