"""What all pages share: the reader's language, the frame around them, and forms that do one thing and come back.

A page is made on the server and works without JavaScript. A form does one thing through the desk and comes back to its page with a
notice; when the thing is refused, the page is shown again with the sentence on top and nothing else changed.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import UTC, datetime
from typing import Any, ClassVar

import jinja2
from tornado.web import Finish

from autograder.course import YEARS
from autograder.hub.access import Unknown, Visitor
from autograder.hub.desk import Desk
from autograder.hub.handlers import SAFE_METHODS, Handler, Refused, answer_for, sentence_of
from autograder.hub.section import Section
from autograder.model import AutograderError, MachineryError, RuleError
from autograder.words import LANGUAGES, Sayable, Text, preferred, text

Form = Mapping[str, str]


class Page(Handler):
    """A page for people."""

    prefix: str
    looks: Mapping[str, jinja2.Environment]  # by language
    sections: tuple[Section, ...]
    notices: ClassVar[Mapping[str, Text]] = {}
    """What is said after something was done: the word behind ?done= -> the sentence."""

    @property
    def language(self) -> str:
        """The one that the reader chose, else the best that his browser asks for."""
        visitor: Visitor | None = getattr(self, "visitor", None)
        chosen = visitor.language if visitor else ""
        return chosen if chosen in LANGUAGES else preferred(self.request.headers.get("Accept-Language", ""))

    def not_logged_in(self) -> None:
        """To the hub's log-in and back; a form that was sent too late is not sent again."""
        if self.request.method not in SAFE_METHODS:
            raise Refused(
                text("Your session has ended or the page was too old, so nothing was changed. Go back, reload the page and try again."),
                status=403,
                code="xsrf",
            )
        self.redirect(self.get_login_url())
        raise Finish

    async def page(self, template: str, *, status: int = 200, alert: Sayable = "", **values: Any) -> None:
        """Answer with a page. `alert` is a sentence about what was refused."""
        self.set_status(status)
        notice = self.notices.get(self.get_query_argument("done", ""), "") if not alert else ""
        await self.finish(self.rendered(template, alert=alert, notice=notice, **values))

    def rendered(self, template: str, **values: Any) -> str:
        """The page in the reader's language."""
        token = self.xsrf_token
        visitor: Visitor | None = getattr(self, "visitor", None)
        shared = {
            "desk": self.desk,
            "course": self.desk.course,
            "visitor": visitor,
            "prefix": self.prefix,
            "xsrf": token.decode() if isinstance(token, bytes) else token,
            "now": self.desk.clock(),
            "here": self.request.path,
            "nav": [entry for section in self.sections for entry in section.nav if visitor and visitor.may(entry.action)],
        }
        self.set_header("Content-Type", "text/html; charset=utf-8")
        return self.looks[self.language].get_template(template).render(**shared, **values)

    async def panels(self, page: str, **path: str) -> list[tuple[str, Any]]:
        """What the sections show on another page: (template, what it shows)."""
        found = []
        for panel in (panel for section in self.sections for panel in section.panels if panel.page == page):
            if self.visitor.may(panel.action):
                shown = await self.run(panel.load, self.desk, self.visitor, **path)
                if shown is not None:
                    found.append((panel.template, shown))
        return found

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """The sentence on a page that leads back."""
        error = (kwargs.get("exc_info") or (None, Unknown(text("There is no such page.")), None))[1]
        self.finish(self.rendered("error.html", status=status_code, sentence=sentence_of(error), notice="", alert=""))


class FormPage(Page):
    """A page with forms on it. Each form has a field `do` that names its deed."""

    deeds: ClassVar[Mapping[str, Callable[..., object]]] = {}
    """name -> what it does: (desk, visitor, form, **path). What it answers is not shown."""

    async def get(self, **path: Any) -> None:
        """The page."""
        await self.show(**path)

    async def show(self, *, status: int = 200, alert: Sayable = "", form: Form | None = None, **path: Any) -> None:
        """The page; with an alert and what was filled in when a form was refused."""
        raise NotImplementedError

    async def post(self, **path: str) -> None:
        """Do what a form asks for, and come back."""
        form = {name: self.get_body_argument(name) for name in self.request.body_arguments}
        deed = self.deeds.get(form.get("do", ""))
        if deed is None:
            raise Refused(text("This form is not known here. Reload the page and try again."))
        try:
            await self.run(deed, self.desk, self.visitor, form, **path)
        except AutograderError as refused:
            if self.closed_by(refused):
                raise
            await self.show(status=answer_for(refused)[0], alert=sentence_of(refused), form=form, **path)
            return
        self.redirect(self.after(form), status=303)

    def closed_by(self, refused: AutograderError) -> bool:
        """Whether this is no fault of the form, but says that its reader has no such page."""
        return answer_for(refused)[0] in (403, 404) or isinstance(refused, MachineryError)

    def after(self, form: Form) -> str:
        """Where a form leads once its deed is done."""
        return f"{self.request.path}?done={form['do']}"


def field(form: Form, name: str, meaning: Sayable) -> str:
    """What somebody filled in; RuleError when he did not."""
    value = form.get(name, "").strip()
    if not value:
        raise RuleError(text("Please fill in {meaning}.", meaning=meaning), code="empty")
    return value


def local(desk: Desk, written: str) -> datetime:
    """A time of a form, which is local to the course, in UTC."""
    try:
        at = datetime.fromisoformat(written)
        if at.year not in YEARS:
            raise ValueError(at)
        return at.replace(tzinfo=desk.course.zone).astimezone(UTC)
    except ValueError:
        raise RuleError(
            text("{written} is no date and time. Write it as 2027-01-24T23:59.", written=repr(written)), code="bad-time"
        ) from None


def optional(desk: Desk, form: Form, name: str) -> datetime | None:
    """A time of a form, or None when it was left empty."""
    return local(desk, form[name]) if form.get(name, "").strip() else None
