"""The service for programs: JSON in, JSON out, one table of calls.

Errors are `{"error": sentence, "code": word}` with 400 not understood, 401 not logged in, 403 not for this role, 404 no
such thing (for you), 409 against the rules now, 413 too large, 422 cannot be taken as it is. Instants are ISO 8601; those
that come in must say their offset.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tornado.web import HTTPError, RequestHandler

from autograder.feedback import CSP as FEEDBACK_CSP
from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.handlers import Handler, Refused, UploadHandler, answer_for, read_json, read_upload
from autograder.hub.views import plain

SANDBOXED = f"sandbox allow-scripts; {FEEDBACK_CSP}"
"""Feedback shows what students wrote: it is a page without an origin, so nothing in it can act for its reader."""


@dataclass(frozen=True)
class Download:
    """A zip."""

    content: bytes
    name: str


@dataclass(frozen=True)
class Html:
    """A page of its own."""

    content: bytes


@dataclass(frozen=True)
class Said:
    """What a request says besides its path."""

    body: Mapping[str, Any]
    query: Mapping[str, str]

    def text(self, name: str, default: str | None = None) -> str:
        """A text of the body; Refused when it must be there and is not."""
        value = self.body.get(name, default)
        if not isinstance(value, str):
            raise Refused(f"The body needs {name!r}, a text.")
        return value

    def instant(self, name: str) -> datetime:
        """An instant of the body, in UTC."""
        return read_instant(self.text(name), name)

    def optional_instant(self, name: str) -> datetime | None:
        """An instant, or None when the body has none."""
        return None if self.body.get(name) is None else self.instant(name)

    def texts(self, name: str) -> list[str]:
        """A list of texts of the body."""
        value = self.body.get(name)
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise Refused(f"The body needs {name!r}, a list of texts.")
        return value


Answer = Any
Call = Callable[..., Answer]
_SLUG = r"(?P<slug>[A-Za-z0-9._-]+)"
_ONE = rf"assignments/{_SLUG}"

CALLS: tuple[tuple[str, str, Call], ...] = (
    ("GET", "me", lambda desk, who, said: me(desk, who)),
    ("GET", "assignments", lambda desk, who, said: desk.overview(who) if who.is_staff else desk.assignments(who)),
    ("GET", _ONE, lambda desk, who, said, slug: desk.progress(who, slug) if who.is_staff else desk.assignment(who, slug)),
    ("POST", f"{_ONE}/invite", lambda desk, who, said, slug: desk.invite(who, slug, said.text("to"))),
    ("POST", f"{_ONE}/accept", lambda desk, who, said, slug: desk.accept(who, slug, said.text("from"))),
    ("POST", f"{_ONE}/decline", lambda desk, who, said, slug: desk.decline(who, slug, said.text("from"))),
    ("POST", f"{_ONE}/withdraw", lambda desk, who, said, slug: desk.withdraw(who, slug, said.body.get("to") and said.text("to"))),
    ("POST", f"{_ONE}/leave", lambda desk, who, said, slug: desk.leave(who, slug)),
    ("GET", f"{_ONE}/archive", lambda desk, who, said, slug: Download(desk.archive(who, slug), f"{slug}.zip")),
    ("GET", f"{_ONE}/submissions", lambda desk, who, said, slug: desk.submissions(who, slug, said.query.get("team"))),
    (
        "GET",
        rf"{_ONE}/submissions/(?P<number>\d{{1,9}})/archive",
        lambda desk, who, said, slug, number: Download(
            desk.submission_archive(who, slug, int(number), said.query.get("team")), f"{slug}-{number}.zip"
        ),
    ),
    ("GET", f"{_ONE}/feedback", lambda desk, who, said, slug: Html(desk.feedback(who, slug, said.query.get("student")))),
    ("GET", "standing", lambda desk, who, said: desk.standing(who, said.query.get("student"))),
    ("POST", "receipts/verify", lambda desk, who, said: {"valid": desk.verify_receipt(who, said.body)}),
    # staff
    ("GET", f"{_ONE}/teams", lambda desk, who, said, slug: desk.teams(who, slug)),
    ("GET", f"{_ONE}/grades", lambda desk, who, said, slug: desk.grades(who, slug)),
    (
        "POST",
        f"{_ONE}/assign",
        lambda desk, who, said, slug: {"team": desk.assign_team(who, slug, said.texts("members"), said.text("reason", ""))},
    ),
    ("POST", f"{_ONE}/permit", lambda desk, who, said, slug: desk.permit(who, slug, said.text("username"), said.text("kind"))),
    (
        "POST",
        f"{_ONE}/extend",
        lambda desk, who, said, slug: desk.extend(who, slug, said.text("username"), said.instant("until"), said.text("reason", "")),
    ),
    ("POST", f"{_ONE}/release", lambda desk, who, said, slug: desk.release(who, slug)),
    (
        "POST",
        f"{_ONE}/reschedule",
        lambda desk, who, said, slug: desk.reschedule(
            who,
            slug,
            due=said.optional_instant("due"),
            pairs_lock=said.optional_instant("pairs_lock"),
            closes=said.optional_instant("closes"),
            reason=said.text("reason", ""),
        ),
    ),
    ("POST", f"{_ONE}/close", lambda desk, who, said, slug: desk.close(who, slug, said.text("reason", ""))),
    ("GET", "roster", lambda desk, who, said: desk.roster(who)),
    ("POST", "roster", lambda desk, who, said: desk.import_roster(who, said.text("csv").encode())),
    ("GET", "audit", lambda desk, who, said: desk.audit(who)),
)


def me(desk: Desk, who: Visitor) -> dict[str, Any]:
    """Who asks, and which course this is."""
    course = desk.course
    return {
        "username": who.username,
        "name": who.name,
        "role": who.role.value,
        "course": {"id": course.id, "title": course.title, "term": course.term, "timezone": course.timezone},
    }


def read_instant(text: str, name: str) -> datetime:
    """An instant that says its offset, in UTC; Refused otherwise."""
    try:
        instant = datetime.fromisoformat(text)
    except ValueError:
        instant = datetime.min
    if instant.tzinfo is None:
        raise Refused(f"{name!r} must be an instant with its offset, such as 2027-01-24T23:59:00+02:00; it was {text!r}.")
    return instant.astimezone(UTC)


def read_base64_files(said: Mapping[str, Any]) -> dict[str, bytes]:
    """The files of {"files": {name: base64}}."""
    files = said.get("files")
    if not isinstance(files, dict) or not all(isinstance(content, str) for content in files.values()):
        raise Refused('The body needs "files", an object from file names to base64.')
    try:
        return {name: base64.b64decode(content, validate=True) for name, content in files.items()}
    except (binascii.Error, ValueError):
        raise Refused("A file is not base64.") from None


class JsonErrors(RequestHandler):
    """Errors as JSON."""

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """The sentence and the code."""
        error = (kwargs.get("exc_info") or (None, HTTPError(status_code)))[1]
        _, code, sentence = answer_for(error)
        self.set_header("Content-Type", "application/json")
        self.finish(json.dumps({"error": sentence, "code": code}))


class CallHandler(JsonErrors, Handler):
    """One path of the table."""

    calls: Mapping[str, Call]

    async def get(self, **path: str) -> None:
        """Read something."""
        await self._answer(b"", path)

    async def post(self, **path: str) -> None:
        """Change something."""
        kind = self.request.headers.get("Content-Type", "application/json").partition(";")[0].strip()
        if self.request.body and kind != "application/json":
            raise Refused(f"Send JSON (Content-Type: application/json), not {kind}.", status=415)
        await self._answer(self.request.body, path)

    async def _answer(self, body: bytes, path: dict[str, str]) -> None:
        call = self.calls.get(str(self.request.method))
        if call is None:
            raise Refused(f"This address takes {', '.join(self.calls)} only.", status=405)
        said = Said(read_json(body), {name: self.get_query_argument(name) for name in self.request.query_arguments})
        answer = await self.run(call, self.desk, self.visitor, said, **path)
        match answer:
            case Download():
                await self.download(answer.content, answer.name)
            case Html():
                self.set_header("Content-Type", "text/html; charset=utf-8")
                self.set_header("Content-Security-Policy", SANDBOXED)
                await self.finish(answer.content)
            case _:
                self.set_header("Content-Type", "application/json")
                await self.finish(json.dumps({"ok": True} if answer is None else plain(answer)))


class SubmitHandler(JsonErrors, UploadHandler):
    """Hand in: a multipart form with files, or JSON {"files": {name: base64}}. Answers the signed receipt."""

    async def post(self, slug: str) -> None:
        """Take the work."""
        body, kind = self.taken(), self.request.headers.get("Content-Type", "")
        if kind.startswith("multipart/form-data"):
            files = await self.run(read_upload, kind, body)
            if "notebook" in files:
                files[f"{slug}.ipynb"] = files.pop("notebook")
        else:
            files = await self.run(lambda: read_base64_files(read_json(body)))
        receipt = await self.run(self.desk.submit, self.visitor, slug, files)
        self.set_header("Content-Type", "application/json")
        await self.finish(json.dumps(receipt))


class NoSuchCall(JsonErrors, Handler):
    """Any other path."""

    async def get(self) -> None:
        """There is nothing here."""
        raise Refused("There is no such address in this API.", status=404, code="unknown")

    post = get


def routes(prefix: str, desk: Desk) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """The table as Tornado's routes, below prefix + api/."""
    paths: dict[str, dict[str, Call]] = {}
    for method, path, call in CALLS:
        paths.setdefault(path, {})[method] = call
    found: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
        (rf"{prefix}api/{path}", CallHandler, {"desk": desk, "calls": calls}) for path, calls in paths.items()
    ]
    return [*found, (rf"{prefix}api/{_ONE}/submit", SubmitHandler, {"desk": desk}), (rf"{prefix}api/.*", NoSuchCall, {"desk": desk})]
