"""The service for programs: JSON in, JSON out, one table of calls.

Errors are `{"error": sentence, "code": word}` with 400 not understood, 401 not logged in, 403 not for this role, 404 no
such thing (for you), 409 against the rules now, 413 too large, 422 cannot be taken as it is. Instants are ISO 8601; those
that come in must say their offset.
"""

from __future__ import annotations

import base64
import binascii
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from tornado.web import HTTPError, RequestHandler

from autograder import __version__
from autograder.course import YEARS
from autograder.feedback import CSP as FEEDBACK_CSP
from autograder.hub import openapi
from autograder.hub.access import Visitor
from autograder.hub.desk import Desk
from autograder.hub.handlers import Handler, Refused, UploadHandler, answer_for, read_json, read_upload
from autograder.hub.looks import holding
from autograder.hub.section import ONE, Call, Section
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

    def flag(self, name: str, default: bool | None = None) -> bool:
        """True or false of the body; Refused when it must be there and is not."""
        value = self.body.get(name, default)
        if not isinstance(value, bool):
            raise Refused(f"The body needs {name!r}, true or false.")
        return value

    def number(self, name: str, default: float | None = None) -> float:
        """A number of the body; Refused when it must be there and is not."""
        value = self.body.get(name, default)
        if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > sys.float_info.max:
            raise Refused(f"The body needs {name!r}, a number.")
        return value

    def texts(self, name: str) -> list[str]:
        """A list of texts of the body."""
        value = self.body.get(name)
        if not isinstance(value, list) or not all(isinstance(entry, str) for entry in value):
            raise Refused(f"The body needs {name!r}, a list of texts.")
        return value


ZIP = "application/zip"
SUBMIT = Call(
    "POST",
    f"{ONE}/submit",
    lambda desk, who, said, slug: desk.submit(who, slug, read_base64_files(said.body)),
    "Hand in for the team: files by name in base64, or a multipart form. Answers the signed receipt.",
    {"files": "object"},
)
"""Described like the others; its body may be large, so it has a handler of its own."""
CALLS: tuple[Call, ...] = (
    Call("GET", "me", lambda desk, who, said: me(desk, who), "Who asks, and which course this is."),
    Call(
        "GET",
        "assignments",
        lambda desk, who, said: desk.overview(who) if who.is_staff else desk.assignments(who),
        "The assignments: as a student stands in them, or how far they are.",
    ),
    Call(
        "GET",
        ONE,
        lambda desk, who, said, slug: desk.progress(who, slug) if who.is_staff else desk.assignment(who, slug),
        "One assignment, likewise.",
    ),
    Call(
        "POST",
        f"{ONE}/invite",
        lambda desk, who, said, slug: desk.invite(who, slug, said.text("to")),
        "Ask somebody to be a partner.",
        {"to": "text"},
    ),
    Call(
        "POST",
        f"{ONE}/accept",
        lambda desk, who, said, slug: desk.accept(who, slug, said.text("from")),
        "Take an invitation.",
        {"from": "text"},
    ),
    Call(
        "POST",
        f"{ONE}/decline",
        lambda desk, who, said, slug: desk.decline(who, slug, said.text("from")),
        "Say no to an invitation.",
        {"from": "text"},
    ),
    Call(
        "POST",
        f"{ONE}/withdraw",
        lambda desk, who, said, slug: desk.withdraw(who, slug, said.body.get("to") and said.text("to")),
        "Take back an invitation, or all of one's own.",
        {"to": "text?"},
    ),
    Call("POST", f"{ONE}/leave", lambda desk, who, said, slug: desk.leave(who, slug), "Leave one's team."),
    Call(
        "GET",
        f"{ONE}/archive",
        lambda desk, who, said, slug: Download(desk.archive(who, slug), f"{slug}.zip"),
        "The release.",
        gives=ZIP,
    ),
    Call(
        "GET",
        f"{ONE}/submissions",
        lambda desk, who, said, slug: desk.submissions(who, slug, said.query.get("team")),
        "The submissions that one may see, newest first.",
        query={"team": "text?"},
    ),
    Call(
        "GET",
        rf"{ONE}/submissions/(?P<number>\d{{1,9}})/archive",
        lambda desk, who, said, slug, number: Download(
            desk.submission_archive(who, slug, int(number), said.query.get("team")), f"{slug}-{number}.zip"
        ),
        "The files of one submission.",
        query={"team": "text?"},
        gives=ZIP,
    ),
    Call(
        "GET",
        f"{ONE}/feedback",
        lambda desk, who, said, slug: Html(desk.feedback(who, slug, said.query.get("student"))),
        "The feedback page of what counts: one's own, or for staff anybody's.",
        query={"student": "text?"},
        gives="text/html",
    ),
    Call(
        "GET",
        "standing",
        lambda desk, who, said: desk.standing(who, said.query.get("student")),
        "The course grade so far, with every step.",
        query={"student": "text?"},
    ),
    Call(
        "POST",
        "receipts/verify",
        lambda desk, who, said: {"valid": desk.verify_receipt(who, said.body)},
        "Whether this course signed exactly this receipt, which is the body.",
        {"signature": "text?"},
    ),
    Call(
        "POST",
        "language",
        lambda desk, who, said: desk.choose_language(who, said.text("language")),
        "Choose the language of one's pages.",
        {"language": "text"},
    ),
    # staff
    Call("GET", f"{ONE}/teams", lambda desk, who, said, slug: _teams(desk, who, slug), "The teams, and who is missing."),
    Call("GET", f"{ONE}/grades", lambda desk, who, said, slug: desk.grades(who, slug), "What counts for each student."),
    Call(
        "POST",
        f"{ONE}/assign",
        lambda desk, who, said, slug: {"team": desk.assign_team(who, slug, said.texts("members"), said.text("reason", ""))},
        "Put people together, whatever the dates and earlier teams.",
        {"members": "texts", "reason": "text?"},
    ),
    Call(
        "POST",
        f"{ONE}/permit",
        lambda desk, who, said, slug: desk.permit(who, slug, said.text("username"), said.text("kind")),
        "Allow a student to work alone, or his team to be one more than usual.",
        {"username": "text", "kind": "text"},
    ),
    Call(
        "POST",
        f"{ONE}/extend",
        lambda desk, who, said, slug: desk.extend(who, slug, said.text("username"), said.instant("until"), said.text("reason", "")),
        "Give one student more time.",
        {"username": "text", "until": "instant", "reason": "text"},
    ),
    Call(
        "POST",
        f"{ONE}/feedback",
        lambda desk, who, said, slug: {"teams": desk.release_feedback(who, slug)},
        "Show the teams their pages; answers how many have one.",
    ),
    Call("POST", f"{ONE}/release", lambda desk, who, said, slug: desk.release(who, slug), "Give an assignment to the students."),
    Call(
        "POST",
        f"{ONE}/reschedule",
        lambda desk, who, said, slug: desk.reschedule(
            who,
            slug,
            due=said.optional_instant("due"),
            pairs_lock=said.optional_instant("pairs_lock"),
            closes=said.optional_instant("closes"),
            reason=said.text("reason", ""),
        ),
        "Move the dates of everybody.",
        {"due": "instant?", "pairs_lock": "instant?", "closes": "instant?", "reason": "text"},
    ),
    Call(
        "POST",
        f"{ONE}/close",
        lambda desk, who, said, slug: desk.close(who, slug, said.text("reason", "")),
        "Let it be due now.",
        {"reason": "text"},
    ),
    Call("GET", "roster", lambda desk, who, said: desk.roster(who), "Everybody in the course."),
    Call(
        "GET",
        "audit",
        lambda desk, who, said: desk.audit(who, holding(said.query.get("words", ""))),
        "The newest lines of the audit that hold these words, and whether the chain holds.",
        query={"words": "text?"},
    ),
)


def _teams(desk: Desk, who: Visitor, slug: str) -> Any:
    view = desk.teams(who, slug)
    return desk.memory.kept(("teams said", slug, who.may("see reasons")), view, lambda: plain(view))


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
    if instant.tzinfo is None or instant.year not in YEARS:
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

    calls: Mapping[str, Callable[..., Any]]

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


class Description(JsonErrors, Handler):
    """The API in its own words."""

    document: Mapping[str, Any]

    async def get(self) -> None:
        """As OpenAPI."""
        self.set_header("Content-Type", "application/json")
        await self.finish(json.dumps(self.document))


def routes(prefix: str, desk: Desk, sections: tuple[Section, ...]) -> list[tuple[str, type[RequestHandler], dict[str, Any]]]:
    """The table as Tornado's routes, below prefix + api/."""
    paths: dict[str, dict[str, Callable[..., Any]]] = {}
    calls = (*CALLS, *(call for section in sections for call in section.calls))
    for call in calls:
        paths.setdefault(call.path, {})[call.method] = call.does
    found: list[tuple[str, type[RequestHandler], dict[str, Any]]] = [
        (rf"{prefix}api/{path}", CallHandler, {"desk": desk, "calls": calls}) for path, calls in paths.items()
    ]
    described = openapi.document(f"{desk.course.title}: the course's API", __version__, f"{prefix}api", (*calls, SUBMIT))
    return [
        *found,
        (rf"{prefix}api/{SUBMIT.path}", SubmitHandler, {"desk": desk}),
        (rf"{prefix}api/openapi.json", Description, {"desk": desk, "document": described}),
        (rf"{prefix}api/.*", NoSuchCall, {"desk": desk}),
    ]
