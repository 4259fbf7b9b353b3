"""The service for people: server-made pages with plain forms, which work without JavaScript.

A form goes to an address of its own, does one thing through the desk, and comes back to its page with a notice; when the
thing is refused, the page is shown again with the sentence on top and nothing else changed. `static/course.js` only keeps
an open page true (what a partner does appears by itself) and copies receipts.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta, tzinfo
from pathlib import Path
from typing import Any

import jinja2
from tornado.web import Finish, RequestHandler, StaticFileHandler

from autograder import feedback
from autograder.hub.access import Unknown, Visitor
from autograder.hub.api import SANDBOXED
from autograder.hub.desk import Desk
from autograder.hub.handlers import SAFE_METHODS, Handler, Refused, UploadHandler, answer_for, read_upload
from autograder.model import AutograderError, CourseError, MachineryError, RuleError
from autograder.policy import show
from autograder.standing import explanation

HERE = Path(__file__).parent

NOTICES = {
    "invite": "The invitation is on its way. You are a team as soon as it is accepted.",
    "accept": "You are a team now. Both of you can submit, and both see everything.",
    "decline": "The invitation is declined.",
    "withdraw": "The invitation is withdrawn.",
    "leave": "You have left the team.",
    "submit": "Your work is handed in. The receipt below is your proof.",
    "permit": "The permit is given.",
    "extend": "The extension is given.",
    "assign": "The team is made.",
    "release": "The assignment is released: students can fetch it.",
    "reschedule": "The dates are moved.",
    "close": "The assignment is due now; what comes later is late.",
}

Form = Mapping[str, str]
DEEDS: Mapping[str, Callable[[Desk, Visitor, str, Form], object]] = {
    "invite": lambda desk, who, slug, form: desk.invite(who, slug, _field(form, "to", "your partner's user name")),
    "accept": lambda desk, who, slug, form: desk.accept(who, slug, _field(form, "from", "who invited you")),
    "decline": lambda desk, who, slug, form: desk.decline(who, slug, _field(form, "from", "who invited you")),
    "withdraw": lambda desk, who, slug, form: desk.withdraw(who, slug, form.get("to")),
    "leave": lambda desk, who, slug, form: desk.leave(who, slug),
    "permit": lambda desk, who, slug, form: desk.permit(who, slug, _field(form, "username", "the student"), form.get("kind", "")),
    "extend": lambda desk, who, slug, form: desk.extend(
        who, slug, _field(form, "username", "the student"), _local(desk, _field(form, "until", "the new due time")), form.get("reason", "")
    ),
    "assign": lambda desk, who, slug, form: desk.assign_team(
        who, slug, _field(form, "members", "the members").replace(",", " ").split(), form.get("reason", "")
    ),
    "release": lambda desk, who, slug, form: desk.release(who, slug),
    "reschedule": lambda desk, who, slug, form: desk.reschedule(
        who,
        slug,
        due=_optional(desk, form, "due"),
        pairs_lock=_optional(desk, form, "pairs_lock"),
        closes=_optional(desk, form, "closes"),
        reason=form.get("reason", ""),
    ),
    "close": lambda desk, who, slug, form: desk.close(who, slug, form.get("reason", "")),
}


def _field(form: Form, name: str, meaning: str) -> str:
    value = form.get(name, "").strip()
    if not value:
        raise RuleError(f"Please fill in {meaning}.", code="empty")
    return value


def _local(desk: Desk, text: str) -> datetime:
    """A time of a form, which is local to the course, in UTC."""
    try:
        return datetime.fromisoformat(text).replace(tzinfo=desk.course.zone).astimezone(UTC)
    except ValueError:
        raise RuleError(f"{text!r} is no date and time. Write it as 2027-01-24T23:59.", code="bad-time") from None


def _optional(desk: Desk, form: Form, name: str) -> datetime | None:
    return _local(desk, form[name]) if form.get(name, "").strip() else None


class Page(Handler):
    """A page for people."""

    prefix: str
    templates: jinja2.Environment

    def not_logged_in(self) -> None:
        """To the hub's log-in and back; a form that was sent too late is not sent again."""
        if self.request.method not in SAFE_METHODS:
            raise Refused(
                "Your session has ended or the page was too old, so nothing was changed. Go back, reload the page and try again.",
                status=403,
                code="xsrf",
            )
        self.redirect(self.get_login_url())
        raise Finish

    async def page(self, template: str, *, status: int = 200, alert: str = "", **values: Any) -> None:
        """Answer with a page. `alert` is a sentence about what was refused."""
        self.set_status(status)
        token = self.xsrf_token
        shared = {
            "desk": self.desk,
            "course": self.desk.course,
            "visitor": self.visitor,
            "prefix": self.prefix,
            "alert": alert,
            "notice": NOTICES.get(self.get_query_argument("done", ""), "") if not alert else "",
            "xsrf": token.decode() if isinstance(token, bytes) else token,
            "now": self.desk.clock(),
        }
        self.set_header("Content-Type", "text/html; charset=utf-8")
        await self.finish(self.templates.get_template(template).render(**shared, **values))

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """The sentence on a page that leads back."""
        error = (kwargs.get("exc_info") or (None, Unknown("There is no such page."), None))[1]
        sentence = answer_for(error)[2]
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.finish(
            self.templates.get_template("error.html").render(
                course=self.desk.course,
                visitor=getattr(self, "visitor", None),
                prefix=self.prefix,
                status=status_code,
                sentence=sentence,
                notice="",
                alert="",
                xsrf="",
            )
        )


class CoursePage(Page):
    """What must I do next? Or, for staff: how far is everything?"""

    async def get(self) -> None:
        """The first page."""
        await self.show()

    async def show(self, *, status: int = 200, alert: str = "") -> None:
        """With an alert when something was refused."""
        if self.visitor.is_staff:
            overview = await self.run(self.desk.overview, self.visitor)
            await self.page("staff.html", status=status, alert=alert, overview=overview)
            return
        rows = await self.run(self.desk.assignments, self.visitor)
        standing = await self.run(self.desk.standing, self.visitor)
        await self.page("course.html", status=status, alert=alert, rows=rows, standing=standing)


class AssignmentPage(Page):
    """Where do we stand? Or, for staff: who has a team, who has submitted, what is graded?"""

    async def get(self, slug: str) -> None:
        """The page of an assignment."""
        await self.show(slug)

    async def show(self, slug: str, *, status: int = 200, alert: str = "", form: Form | None = None) -> None:
        """`form`: what was filled in when it was refused."""
        if self.visitor.is_staff:
            teams = await self.run(self.desk.teams, self.visitor, slug)
            grades = await self.run(self.desk.grades, self.visitor, slug)
            await self.page("teams.html", status=status, alert=alert, teams=teams, grades=grades, form=form or {})
            return
        row = await self.run(self.desk.assignment, self.visitor, slug)
        students = await self.run(self.desk.students, self.visitor)
        await self.page(
            "assignment.html",
            status=status,
            alert=alert,
            row=row,
            form=form or {},
            students=[s for s in students if s.username != self.visitor.username],
        )


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
            status, _, sentence = answer_for(refused)
            if status in (403, 404) or isinstance(refused, MachineryError):
                raise
            if deed == "release":  # its form stands on the first page
                overview = await self.run(self.desk.overview, self.visitor)
                await self.page("staff.html", status=status, alert=sentence, overview=overview)
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
            status, _, sentence = answer_for(refused)
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
        content = await self.run(self.desk.feedback, self.visitor, slug, self.get_query_argument("student", None))
        self.set_header("Content-Type", "text/html; charset=utf-8")
        self.set_header("Content-Security-Policy", SANDBOXED)
        await self.finish(content)


class StudentPage(Page):
    """One student's course grade so far, for staff."""

    async def get(self, username: str) -> None:
        """With its derivation."""
        standing = await self.run(self.desk.standing, self.visitor, username)
        await self.page("student.html", username=username, standing=standing)


class RosterPage(UploadHandler, Page):
    """Who is in the course."""

    async def get(self) -> None:
        """The list."""
        await self.show()

    async def post(self) -> None:
        """Take a roster file."""
        try:
            files = await self.run(read_upload, self.request.headers.get("Content-Type", ""), self.taken())
            data = next(iter(files.values()), b"")
            imported = await self.run(self.desk.import_roster, self.visitor, data)
        except (CourseError, RuleError, Refused) as refused:
            await self.show(status=answer_for(refused)[0], alert=str(refused))
            return
        await self.show(imported=imported)

    async def show(self, *, status: int = 200, alert: str = "", imported: object = None) -> None:
        """`imported`: what a file has changed just now."""
        await self.page("roster.html", status=status, alert=alert, people=await self.run(self.desk.roster, self.visitor), imported=imported)


class AuditPage(Page):
    """Who did what."""

    async def get(self) -> None:
        """The newest lines that hold the words asked for."""
        words = self.get_query_argument("words", "")
        audit = await self.run(self.desk.audit, self.visitor)
        lines = [(line, told(line.data)) for line in audit.lines]
        found = [
            (line, data)
            for line, data in lines
            if all(word.lower() in f"{line.actor} {line.action} {data}".lower() for word in words.split())
        ]
        await self.page("audit.html", audit=audit, lines=found, words=words)


class ReceiptPage(CoursePage):
    """Is this receipt ours?"""

    async def post(self) -> None:
        """Says so."""
        try:
            receipt = json.loads(self.get_body_argument("receipt", ""))
        except ValueError:
            receipt = None
        valid = isinstance(receipt, dict) and await self.run(self.desk.verify_receipt, self.visitor, receipt)
        await self.show(
            alert="" if valid else "This is not a receipt of this course, or it was changed."
        ) if not valid else await self.valid(receipt)

    async def valid(self, receipt: Mapping[str, Any]) -> None:
        """The first page with what the receipt proves."""
        overview = await self.run(self.desk.overview, self.visitor)
        await self.page("staff.html", overview=overview, proved=receipt)


class NoSuchPage(Page):
    """Any other address."""

    async def get(self) -> None:
        """There is nothing here."""
        raise Unknown("There is no such page.")

    post = get


class Asset(StaticFileHandler):
    """Styles, scripts and fonts: no secrets, so a page without an origin may load them too."""

    def set_extra_headers(self, path: str) -> None:
        """Checked again each time, which costs a 304."""
        self.set_header("Access-Control-Allow-Origin", "*")
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Cache-Control", "no-cache")


def routes(prefix: str, desk: Desk, links: Mapping[str, str]) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """The pages below the prefix. `links`: where the hub's own pages and formgrader are."""
    common = {"desk": desk, "prefix": prefix, "templates": templates(desk, links)}
    one = rf"{prefix}assignments/(?P<slug>[A-Za-z0-9._-]+)"
    found: list[tuple[str, type[RequestHandler]]] = [
        (prefix, CoursePage),
        (rf"{one}/", AssignmentPage),
        (rf"{one}/archive", ArchiveDownload),
        (rf"{one}/submit", SubmitPage),
        (rf"{one}/submissions/(?P<number>\d{{1,9}})/archive", SubmissionDownload),
        (rf"{one}/feedback/", FeedbackPage),
        (rf"{one}/(?P<deed>{'|'.join(DEEDS)})", DeedHandler),
        (rf"{prefix}students/(?P<username>[^/]+)", StudentPage),
        (rf"{prefix}roster", RosterPage),
        (rf"{prefix}audit", AuditPage),
        (rf"{prefix}receipts", ReceiptPage),
    ]
    assets: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
        (rf"{prefix}static/(.*)", Asset, {"path": str(HERE / "static")}),
        (rf"{prefix}assignments/[^/]+/feedback/static/(.*)", Asset, {"path": str(feedback.STATIC)}),
    ]
    return [*assets, *((path, handler, common) for path, handler in found), (rf"{prefix}.*", NoSuchPage, common)]


# ── how values look ───────────────────────────────────────────────────────────────────────────────────────────────────
def templates(desk: Desk, links: Mapping[str, str]) -> jinja2.Environment:
    """The templates with their filters."""
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals |= links
    environment.filters |= {
        "when": lambda instant: when(instant, desk.course.zone, desk.clock()),
        "local_input": lambda instant: local_input(instant, desk.course.zone),
        "distance": lambda instant: distance(instant - desk.clock()),
        "span": span,
        "points": points,
        "size": size,
        "exact": show,
        "explained": explanation,
        "receipt": lambda receipt: json.dumps(receipt, indent=1),
    }
    return environment


def when(instant: datetime, zone: tzinfo, now: datetime) -> str:
    """A time as people say it: the year only when it is another one."""
    local = instant.astimezone(zone)
    year = "" if local.year == now.astimezone(zone).year else f" {local.year}"
    return f"{local:%a} {local.day} {local:%b}{year} {local:%H:%M}"


def local_input(instant: datetime, zone: tzinfo) -> str:
    """A time as a form field holds it."""
    return f"{instant.astimezone(zone):%Y-%m-%dT%H:%M}"


def distance(left: timedelta) -> str:
    """How far from now."""
    return f"in {span(left)}" if left >= timedelta() else f"{span(-left)} ago"


def span(length: timedelta) -> str:
    """The two largest units: 2 d 4 h, 3 h 5 min, 12 min, less than a minute."""
    minutes = int(length.total_seconds() // 60)
    parts = [(minutes // 1440, "d"), (minutes // 60 % 24, "h"), (minutes % 60, "min")]
    first = next((place for place, (number, _) in enumerate(parts) if number), None)
    if first is None:
        return "less than a minute"
    return " ".join(f"{number} {unit}" for number, unit in parts[first : first + 2] if number)


def told(data: Mapping[str, Any]) -> str:
    """The data of an audit line on one line, without what stands in the line anyway."""
    row = data.get("row", data)
    return " · ".join(f"{name} {value}" for name, value in sorted(row.items()) if name not in ("actor", "at") and value not in (None, ""))


def points(value: float) -> str:
    """Points as people write them: 3, 3.5, 0.33."""
    return f"{value:.2f}".rstrip("0").rstrip(".")


def size(count: int) -> str:
    """Bytes for people."""
    return f"{count / 1e6:.1f} MB" if count >= 1e6 else f"{count / 1e3:.0f} kB" if count >= 1e3 else f"{count} B"
