"""What all requests to the service share: who asks, what is refused and how, and the headers of every answer.

A browser comes with a cookie from the hub's log-in, and then every request that changes something needs the token that
our pages carry (XSRF). A program comes with a hub token in `Authorization: token …` and needs none. Who somebody is in
the course is read from the ledger at each request, so a change of the roster counts at once.
"""

from __future__ import annotations

import asyncio
import json
import logging
import re
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import responses
from typing import Any, NoReturn, TypeVar

from jupyterhub.services.auth import HubOAuthenticated, UserNotAllowed  # type: ignore[import-untyped]
from tornado import httputil, web

from autograder.hub.access import Forbidden, Unknown, Visitor
from autograder.hub.desk import Desk
from autograder.model import AutograderError, CourseError, MachineryError, RuleError, SubmissionError
from autograder.words import Sayable, text

log = logging.getLogger("autograder.hub")

R = TypeVar("R")
CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; form-action 'self'; "
    "base-uri 'none'; frame-ancestors 'none'"
)
SAFE_METHODS = ("GET", "HEAD", "OPTIONS")
BODY_BYTES = 32 * 2**20
"""Of one upload: the ledger's 20 MB of files, which base64 makes a third longer, and room for names."""

_POOL = ThreadPoolExecutor(4, thread_name_prefix="ledger")


class Refused(AutograderError):
    """The request itself cannot be understood or taken; `status` is HTTP's word for why."""

    def __init__(self, message: Sayable, *, status: int = 400, code: str = "bad-request") -> None:
        super().__init__(message)
        self.status, self.code = status, code


def answer_for(error: BaseException) -> tuple[int, str, str]:
    """(status, code, sentence in English) of an error."""
    match error:
        case Refused():
            status, code = error.status, error.code
        case Unknown():
            status, code = 404, "unknown"
        case Forbidden():
            status, code = 403, "forbidden"
        case RuleError():
            status, code = 404 if error.code == "unknown-assignment" else 409, error.code
        case SubmissionError():
            status, code = 422, "submission"
        case CourseError():
            status, code = 422, "course"
        case MachineryError():
            status, code = 500, "machinery"
        case AutograderError():
            status, code = 422, "assignment"
        case web.HTTPError():
            status, code = error.status_code, "http"
        case _:
            status, code = 500, "error"
    return status, code, str(sentence_of(error))


def sentence_of(error: BaseException) -> Sayable:
    """What is said about an error. What nobody foresaw keeps its details to the log."""
    match error:
        case MachineryError():
            return text("Something is wrong on our side; nothing was changed. Try again, and tell the course staff if it stays.")
        case AutograderError():
            return error.said
        case web.HTTPError():
            return error.reason or responses.get(error.status_code, "Error")
        case _:
            return text("Something is wrong on our side. Try again, and tell the course staff if it stays.")


class Handler(HubOAuthenticated, web.RequestHandler):  # type: ignore[misc]
    """One request of somebody who is logged in and in the course."""

    desk: Desk
    visitor: Visitor

    def initialize(self, desk: Desk, **more: Any) -> None:
        """`more` is of the subclasses."""
        self.desk = desk
        for name, value in more.items():
            setattr(self, name, value)

    def set_default_headers(self) -> None:
        """Strict, and nothing of anybody is kept in a cache."""
        self.set_header("Content-Security-Policy", CSP)
        self.set_header("X-Content-Type-Options", "nosniff")
        self.set_header("Referrer-Policy", "no-referrer")
        self.set_header("Cross-Origin-Opener-Policy", "same-origin")
        self.set_header("Cache-Control", "no-store")
        self.clear_header("Server")

    async def prepare(self) -> None:
        """Find out who asks. Awaited, so that a slow hub does not hold up other requests."""
        model = await self.hub_auth.get_user(self, sync=False)
        try:
            user = self.check_hub_user(model) if model else None
        except UserNotAllowed:
            raise Forbidden(text("{who} is not in this course.", who=model["name"])) from None
        self._hub_auth_user_cache = user  # what HubAuthenticated answers from now on
        if user is None:
            self.not_logged_in()
            return
        # Tornado would ask before it is known whether a token came along; get_user has asked for cookies, this is for both.
        if self.request.method not in SAFE_METHODS:
            self.check_xsrf_cookie()
        visitor = await self.run(self.desk.visitor, user["name"]) if user["kind"] == "user" else None
        if visitor is None:
            raise Forbidden(
                text("{who} is not enrolled in {course}. Ask the course staff.", who=user["name"], course=self.desk.course.title)
            )
        self.visitor = visitor

    def not_logged_in(self) -> None:
        """What to answer somebody whom the hub does not know."""
        raise Refused("Log in first: send a hub token in the header Authorization: token …", status=401, code="not-logged-in")

    async def run(self, work: Callable[..., R], *args: Any, **kwargs: Any) -> R:
        """Something that blocks, off the event loop."""
        return await asyncio.get_running_loop().run_in_executor(_POOL, lambda: work(*args, **kwargs))

    def log_exception(self, kind: type[BaseException] | None, error: BaseException | None, trace: Any) -> None:
        """Known refusals are no errors of ours."""
        if isinstance(error, AutograderError) and not isinstance(error, MachineryError):
            log.info("%s %s: %s", self.request.method, self.request.path, error)
        else:
            super().log_exception(kind, error, trace)

    def send_error(self, status_code: int = 500, **kwargs: Any) -> None:
        """With the status that the error asks for."""
        error = (kwargs.get("exc_info") or (None, None, None))[1]
        super().send_error(answer_for(error)[0] if error is not None else status_code, **kwargs)

    def download(self, content: bytes, name: str) -> Awaitable[None]:
        """Answer with a file to be saved."""
        self.set_header("Content-Type", "application/zip")
        self.set_header("Content-Disposition", f'attachment; filename="{re.sub(r"[^A-Za-z0-9._-]", "_", name)}"')
        return self.finish(content)


@web.stream_request_body
class UploadHandler(Handler):
    """A request whose body may be large: it is counted while it comes in, and never kept when it is too much."""

    async def prepare(self) -> None:
        """Who asks is known before the first byte of the body is read. A form's XSRF token comes in the address."""
        self.body = bytearray()
        self.received = 0
        # What is a little too much is read to its end, so that the sentence arrives; what is far too much is cut off.
        self.request.connection.set_max_body_size(4 * BODY_BYTES)  # type: ignore[union-attr]
        await super().prepare()

    def data_received(self, chunk: bytes) -> None:
        """Keep it while it is not too much."""
        self.received += len(chunk)
        if self.received <= BODY_BYTES:
            self.body += chunk
        else:
            self.body.clear()

    def taken(self) -> bytes:
        """The whole body; Refused when it was too much."""
        if self.received > BODY_BYTES:
            raise Refused(
                f"The upload has {self.received / 1e6:.0f} MB; at most 20 MB of files can be taken. Clear the notebook's outputs or leave "
                "out large files, save, and submit again.",
                status=413,
                code="too-large",
            )
        return bytes(self.body)


def read_upload(content_type: str, body: bytes) -> dict[str, bytes]:
    """The files of a multipart form, by file name. The file of the field "notebook" keeps that key, whatever its name."""
    arguments: dict[str, list[bytes]] = {}
    found: dict[str, list[httputil.HTTPFile]] = {}
    try:
        httputil.parse_body_arguments(content_type, body, arguments, found)
    except httputil.HTTPInputError as problem:
        raise Refused(f"The upload cannot be read: {problem}. Try again.") from None
    files: dict[str, bytes] = {}
    for field, parts in found.items():
        for part in parts:
            name = "notebook" if field == "notebook" else part["filename"]
            if name in files:
                raise SubmissionError("Two files have this name. Rename one of them and submit again.", file=name)
            files[name] = part["body"]
    return files


def read_json(body: bytes) -> dict[str, Any]:
    """A JSON object; an empty body is an empty one."""
    try:
        said = json.loads(body or b"{}", parse_constant=_no_number)
        if b"\\u" in body:  # half a character can be written so, and nothing can keep it
            json.dumps(said, ensure_ascii=False).encode()
    except (ValueError, RecursionError):
        raise Refused("The body is not JSON.") from None
    if not isinstance(said, dict):
        raise Refused("The body must be a JSON object.")
    return said


def _no_number(name: str) -> NoReturn:
    """NaN and Infinity, which Python would take."""
    raise ValueError(name)
