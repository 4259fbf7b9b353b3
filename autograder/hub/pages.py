"""The pages of the course and of its assignments, for students and for staff.

`static/course.js` only keeps an open page true (what a partner does appears by itself) and copies receipts.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from tornado.web import RequestHandler, StaticFileHandler

from autograder import feedback
from autograder.hub.access import Unknown, Visitor
from autograder.hub.api import SANDBOXED
from autograder.hub.desk import Desk
from autograder.hub.disclosure import disclose
from autograder.hub.handlers import UploadHandler, answer_for, read_upload, sentence_of
from autograder.hub.looks import HERE, environments, holding, told
from autograder.hub.page import Form, Page, field, local, optional
from autograder.hub.paging import paged
from autograder.hub.section import ONE, Section
from autograder.hub.views import GradeView, TeamView
from autograder.model import AutograderError, MachineryError
from autograder.words import Sayable, Text, text

NOTICES = {
    "invite": text("The invitation is on its way. You are a team as soon as it is accepted."),
    "accept": text("You are a team now. Both of you can submit, and both see everything."),
    "decline": text("The invitation is declined."),
    "withdraw": text("The invitation is withdrawn."),
    "leave": text("You have left the team."),
    "submit": text("Your work is handed in. The receipt below is your proof."),
    "permit": text("The permit is given."),
    "extend": text("The extension is given."),
    "assign": text("The team is made."),
    "release": text("The assignment is released: students can fetch it."),
    "reschedule": text("The dates are moved."),
    "disclose": text("What feedback tells is changed."),
    "close": text("The assignment is due now; what comes later is late."),
}

DEEDS: Mapping[str, Callable[[Desk, Visitor, str, Form], object]] = {
    "invite": lambda desk, who, slug, form: desk.invite(who, slug, field(form, "to", text("your partner's user name"))),
    "accept": lambda desk, who, slug, form: desk.accept(who, slug, field(form, "from", text("who invited you"))),
    "decline": lambda desk, who, slug, form: desk.decline(who, slug, field(form, "from", text("who invited you"))),
    "withdraw": lambda desk, who, slug, form: desk.withdraw(who, slug, form.get("to")),
    "leave": lambda desk, who, slug, form: desk.leave(who, slug),
    "permit": lambda desk, who, slug, form: desk.permit(who, slug, field(form, "username", text("the student")), form.get("kind", "")),
    "extend": lambda desk, who, slug, form: desk.extend(
        who,
        slug,
        field(form, "username", text("the student")),
        local(desk, field(form, "until", text("the new due time"))),
        form.get("reason", ""),
    ),
    "assign": lambda desk, who, slug, form: desk.assign_team(
        who, slug, field(form, "members", text("the members")).replace(",", " ").split(), form.get("reason", "")
    ),
    "release": lambda desk, who, slug, form: desk.release(who, slug),
    "reschedule": lambda desk, who, slug, form: desk.reschedule(
        who,
        slug,
        due=optional(desk, form, "due"),
        pairs_lock=optional(desk, form, "pairs_lock"),
        closes=optional(desk, form, "closes"),
        reason=form.get("reason", ""),
    ),
    "disclose": lambda desk, who, slug, form: disclose(
        desk, who, slug, form.get("level", ""), optional(desk, form, "from"), form.get("reason", "")
    ),
    "close": lambda desk, who, slug, form: desk.close(who, slug, form.get("reason", "")),
}


class CoursePage(Page):
    """What must I do next? Or, for staff: how far is everything?"""

    async def get(self) -> None:
        """The first page."""
        await self.show()

    async def show(self, *, status: int = 200, alert: Sayable = "") -> None:
        """With an alert when something was refused."""
        if self.visitor.is_staff:
            overview = await self.run(self.desk.overview, self.visitor)
            await self.page("staff.html", status=status, alert=alert, overview=overview, panels=await self.panels("staff"))
            return
        rows = await self.run(self.desk.assignments, self.visitor)
        standing = await self.run(self.desk.standing, self.visitor)
        await self.page("course.html", status=status, alert=alert, rows=rows, standing=standing, panels=await self.panels("course"))


class AssignmentPage(Page):
    """Where do we stand? Or, for staff: who has a team, who has submitted, what is graded?"""

    notices = NOTICES

    async def get(self, slug: str) -> None:
        """The page of an assignment."""
        await self.show(slug)

    async def show(self, slug: str, *, status: int = 200, alert: Sayable = "", form: Form | None = None) -> None:
        """`form`: what was filled in when it was refused."""
        if self.visitor.is_staff:
            teams = await self.run(self.desk.teams, self.visitor, slug)
            grades = await self.run(self.desk.grades, self.visitor, slug)
            find = self.get_query_argument("find", "")
            await self.page(
                "teams.html",
                status=status,
                alert=alert,
                teams=teams,
                rows=paged(teams.teams, _called, find=find, number=self.get_query_argument("page", "1")),
                grades=paged(grades, _is_called, find=find, number=self.get_query_argument("grades", "1")),
                options=await self.run(self.desk.options),
                form=form or {},
                panels=await self.panels("teams", slug=slug),
            )
            return
        row = await self.run(self.desk.assignment, self.visitor, slug)
        pairs_up = not (row.individual or row.partners or row.frozen or row.locked)
        students = await self.run(self.desk.students, self.visitor) if pairs_up else ()
        await self.page(
            "assignment.html",
            status=status,
            alert=alert,
            row=row,
            form=form or {},
            students=[s for s in students if s.username != self.visitor.username],
            panels=await self.panels("assignment", slug=slug),
        )


def _called(team: TeamView) -> Iterable[str]:
    """What a team is found by."""
    return (team.id or "", *(word for who in team.members for word in (who.name, who.username)))


def _is_called(grade: GradeView) -> Iterable[str]:
    """Likewise a student's grade."""
    return (grade.team, grade.student.name, grade.student.username)


class DeedHandler(AssignmentPage):
    """One form of an assignment's page."""

    async def get(self, slug: str, deed: str = "") -> None:
        """A reload of what a form answered leads back to the page."""
        self.redirect(f"{self.prefix}assignments/{slug}/", status=303)

    async def post(self, slug: str, deed: str) -> None:
        """Do it, and come back."""
        form = {name: self.get_body_argument(name) for name in self.request.body_arguments}
        try:
            await self.run(DEEDS[deed], self.desk, self.visitor, slug, form)
        except AutograderError as refused:
            status, sentence = answer_for(refused)[0], sentence_of(refused)
            if status in (403, 404) or isinstance(refused, MachineryError):
                raise
            if deed == "release":  # its form stands on the first page
                overview = await self.run(self.desk.overview, self.visitor)
                panels = await self.panels("staff")
                await self.page("staff.html", status=status, alert=sentence, overview=overview, panels=panels)
            else:
                await self.show(slug, status=status, alert=sentence, form=form)
            return
        self.redirect(f"{self.prefix}assignments/{slug}/?done={deed}", status=303)


class SubmitPage(UploadHandler, AssignmentPage):
    """The upload form."""

    async def get(self, slug: str) -> None:
        """As for the other forms."""
        self.redirect(f"{self.prefix}assignments/{slug}/", status=303)

    async def post(self, slug: str) -> None:
        """Hand in, and come back to the receipt."""
        try:
            files = await self.run(read_upload, self.request.headers.get("Content-Type", ""), self.taken())
            files = {name: content for name, content in files.items() if name or content}  # a file field that was left empty
            if "notebook" in files:
                files[f"{slug}.ipynb"] = files.pop("notebook")
            await self.run(self.desk.submit, self.visitor, slug, files)
        except AutograderError as refused:
            status, sentence = answer_for(refused)[0], sentence_of(refused)
            if status in (403, 404) or isinstance(refused, MachineryError):
                raise
            await self.show(slug, status=status, alert=sentence)
            return
        self.redirect(f"{self.prefix}assignments/{slug}/?done=submit", status=303)


class ArchiveDownload(Page):
    """Fetch the release."""

    async def get(self, slug: str) -> None:
        """A zip."""
        await self.download(await self.run(self.desk.archive, self.visitor, slug), f"{slug}.zip")


class SubmissionDownload(Page):
    """What was handed in, as it was."""

    async def get(self, slug: str, number: str) -> None:
        """A zip."""
        content = await self.run(self.desk.submission_archive, self.visitor, slug, int(number), self.get_query_argument("team", None))
        await self.download(content, f"{slug}-{number}.zip")


class FeedbackPage(Page):
    """What did I not understand?"""

    async def get(self, slug: str) -> None:
        """The page that was released, without an origin of its own."""
        student = self.get_query_argument("student", None)
        content = await self.run(self.desk.feedback, self.visitor, slug, student, language=self.language)
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", SANDBOXED)
        await self.finish(content)


class StudentPage(Page):
    """One student's course grade so far, for staff."""

    async def get(self, username: str) -> None:
        """With its derivation."""
        standing = await self.run(self.desk.standing, self.visitor, username)
        person = await self.run(self.desk.visitor, username)
        panels = await self.panels("student", username=username)
        await self.page("student.html", username=username, name=person.name if person else username, standing=standing, panels=panels)


class RosterPage(Page):
    """Who is in the course."""

    notices: ClassVar[Mapping[str, Text]] = {"remove": text("The person is removed from the course.")}

    async def get(self) -> None:
        """The list."""
        people = await self.run(self.desk.roster, self.visitor)
        find, number = self.get_query_argument("find", ""), self.get_query_argument("page", "1")
        rows = paged(people, lambda one: (one.name, one.username, one.email), find=find, number=number)
        await self.page("roster.html", rows=rows, above=await self.panels("roster"))


class AuditPage(Page):
    """Who did what."""

    async def get(self) -> None:
        """The newest lines that hold the words asked for."""
        words = self.get_query_argument("words", "")
        audit = await self.run(self.desk.audit, self.visitor, holding(words))
        await self.page("audit.html", audit=audit, lines=[(line, told(line.data)) for line in audit.lines], words=words)


class ReceiptPage(CoursePage):
    """Is this receipt ours?"""

    async def post(self) -> None:
        """Says so."""
        try:
            receipt = json.loads(self.get_body_argument("receipt", ""))
        except (ValueError, RecursionError):
            receipt = None
        valid = isinstance(receipt, dict) and await self.run(self.desk.verify_receipt, self.visitor, receipt)
        await self.show(
            alert="" if valid else text("This is not a receipt of this course, or it was changed.")
        ) if not valid else await self.valid(receipt)

    async def valid(self, receipt: Mapping[str, Any]) -> None:
        """The first page with what the receipt proves."""
        overview = await self.run(self.desk.overview, self.visitor)
        await self.page("staff.html", overview=overview, proved=receipt, panels=await self.panels("staff"))


class NoSuchPage(Page):
    """Any other address."""

    async def get(self) -> None:
        """There is nothing here."""
        raise Unknown(text("There is no such page."))

    post = get


class Asset(StaticFileHandler):
    """Styles, scripts and fonts: no secrets, so a page without an origin may load them too."""

    def set_extra_headers(self, path: str) -> None:
        """Checked again each time, which costs a 304."""
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-cache")


class LanguagePage(Page):
    """What everything is said in from now on."""

    async def post(self) -> None:
        """Remember it, and go back to where the choice was made."""
        await self.run(self.desk.choose_language, self.visitor, self.get_body_argument("language", ""))
        back = self.get_body_argument("back", self.prefix)
        self.redirect(back if re.fullmatch(re.escape(self.prefix) + r"[A-Za-z0-9._/~%-]*", back) else self.prefix, status=303)


def routes(
    prefix: str, desk: Desk, links: Mapping[str, str], sections: tuple[Section, ...]
) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """The pages below the prefix. `links`: where the hub's own pages and formgrader are."""
    common = {"desk": desk, "prefix": prefix, "looks": environments(desk, links), "sections": sections}
    found: list[tuple[str, type[RequestHandler]]] = [
        ("", CoursePage),
        (f"{ONE}/", AssignmentPage),
        (f"{ONE}/archive", ArchiveDownload),
        (f"{ONE}/submit", SubmitPage),
        (rf"{ONE}/submissions/(?P<number>\d{{1,9}})/archive", SubmissionDownload),
        (f"{ONE}/feedback/", FeedbackPage),
        (f"{ONE}/(?P<deed>{'|'.join(DEEDS)})", DeedHandler),
        ("students/(?P<username>[^/]+)", StudentPage),
        ("roster", RosterPage),
        ("audit", AuditPage),
        ("receipts", ReceiptPage),
        ("language", LanguagePage),
        *(page for section in sections for page in section.pages),
    ]
    assets: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
        (rf"{prefix}static/(.*)", Asset, {"path": str(HERE / "static")}),
        (rf"{prefix}assignments/[^/]+/feedback/static/(.*)", Asset, {"path": str(feedback.STATIC)}),
    ]
    return [*assets, *((f"{prefix}{path}", page, common) for path, page in found), (rf"{prefix}.*", NoSuchPage, common)]
