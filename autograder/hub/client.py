"""A person at the hub, without a browser: logs in with the real form, then uses the hub's, his server's and the course's APIs.

For the demonstration and the tests. Standard library only, and synchronous.
"""

from __future__ import annotations

import base64
import json
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass
from email.message import Message
from http.cookiejar import CookieJar
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from autograder.hub.site import SERVICE
from autograder.model import MachineryError

SERVER_SECONDS = 120.0


@dataclass(frozen=True)
class Answer:
    """What came back, whatever its status."""

    status: int
    body: bytes
    headers: Message[str, str]
    url: str  # after redirects

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class ClientError(MachineryError):
    """The hub refused something that should have worked; `answer` is what it said."""

    def __init__(self, message: str, answer: Answer) -> None:
        super().__init__(f"{message}: {answer.status} {answer.text[:300]}")
        self.answer = answer


class Client:
    """One person, logged in. `hub_url` is the hub's address with a slash at the end."""

    def __init__(self, hub_url: str, username: str, password: str) -> None:
        self.hub_url, self.username = hub_url, username
        self.cookies = CookieJar()
        # No proxy of the environment: the hub is on this machine.
        self._opener = urllib.request.build_opener(urllib.request.ProxyHandler({}), urllib.request.HTTPCookieProcessor(self.cookies))
        self._log_in(password)
        self.token = self._new_token()

    # ---------------------------------------------------------------- requests

    def browse(self, path: str, *, form: Mapping[str, str] | None = None, body: bytes | None = None, content_type: str = "") -> Answer:
        """As a browser does: with cookies, following redirects. A form is sent with POST."""
        data = urlencode(form).encode() if form is not None else body
        headers = {"Content-Type": content_type} if content_type else {}
        return self._send("POST" if data is not None else "GET", self._url(path), data, headers)

    def request(
        self, method: str, path: str, said: Any = None, *, body: bytes | None = None, content_type: str = "application/json"
    ) -> Answer:
        """As a program does: with this person's token, without cookies. `said` is sent as JSON."""
        data = json.dumps(said).encode() if said is not None else body
        headers = {"Authorization": f"token {self.token}", **({"Content-Type": content_type} if data is not None else {})}
        return self._send(method, self._url(path), data, headers, cookies=False)

    def course(self, method: str, path: str, said: Any = None) -> Any:
        """A call of the course's API that should work; answers its JSON. ClientError when it is refused."""
        answer = self.course_answer(method, path, said)
        if answer.status >= 400:
            raise ClientError(f"{method} {path} by {self.username}", answer)
        return answer.json

    def course_answer(self, method: str, path: str, said: Any = None) -> Answer:
        """A call of the course's API, whatever comes of it."""
        if method == "POST" and said is None:
            said = {}
        return self.request(method, f"services/{SERVICE}/api/{path}", said)

    # ---------------------------------------------------------------- the course

    def fetch(self, slug: str) -> bytes:
        """The release, a zip."""
        return self._good("GET", f"services/{SERVICE}/api/assignments/{slug}/archive").body

    def submit(self, slug: str, files: Mapping[str, bytes]) -> dict[str, Any]:
        """Hand in; answers the signed receipt."""
        packed = {name: base64.b64encode(content).decode() for name, content in files.items()}
        receipt: dict[str, Any] = self.course("POST", f"assignments/{slug}/submit", {"files": packed})
        return receipt

    def feedback(self, slug: str) -> str:
        """The page."""
        return self._good("GET", f"services/{SERVICE}/api/assignments/{slug}/feedback").text

    # ---------------------------------------------------------------- the person's own server

    def start_server(self, seconds: float = SERVER_SECONDS) -> None:
        """Start the server, and wait until it answers."""
        answer = self.request("POST", f"hub/api/users/{quote(self.username)}/server")
        if answer.status not in (201, 202) and "already running" not in answer.text:
            raise ClientError(f"the server of {self.username} does not start", answer)
        self._until(lambda server: bool(server and server["ready"]), seconds, "start")

    def stop_server(self, seconds: float = SERVER_SECONDS) -> None:
        """Stop the server, and wait until it has ended."""
        answer = self.request("DELETE", f"hub/api/users/{quote(self.username)}/server")
        if answer.status not in (202, 204, 404):
            raise ClientError(f"the server of {self.username} does not stop", answer)
        self._until(lambda server: server is None, seconds, "stop")

    def write(self, path: str, content: bytes) -> None:
        """Put a file into the own home through the server's Contents API; folders are made."""
        folders = path.split("/")[:-1]
        for depth in range(1, len(folders) + 1):
            self._contents("PUT", "/".join(folders[:depth]), {"type": "directory"})
        self._contents("PUT", path, {"type": "file", "format": "base64", "content": base64.b64encode(content).decode()})

    def read(self, path: str) -> bytes:
        """A file of the own home."""
        said = self._contents("GET", f"{path}?type=file&format=base64&content=1").json
        return base64.b64decode(said["content"])

    # ---------------------------------------------------------------- behind it

    def xsrf(self, path: str) -> str:
        """The XSRF token of the cookies for this part of the hub."""
        found = [cookie for cookie in self.cookies if cookie.name == "_xsrf" and urlsplit(self._url(path)).path.startswith(cookie.path)]
        return max(found, key=lambda cookie: len(cookie.path)).value or "" if found else ""

    def _log_in(self, password: str) -> None:
        self.browse("hub/login")
        answer = self.browse("hub/login", form={"username": self.username, "password": password, "_xsrf": self.xsrf("hub/")})
        if answer.status != 200 or "/hub/login" in answer.url:
            raise ClientError(f"{self.username} cannot log in", answer)

    def _new_token(self) -> str:
        self.browse("hub/token")  # gives the XSRF cookie of somebody who is logged in
        headers = {"X-XSRFToken": self.xsrf("hub/"), "Content-Type": "application/json"}
        said = json.dumps({"note": "client", "expires_in": 24 * 3600}).encode()
        answer = self._send("POST", self._url(f"hub/api/users/{quote(self.username)}/tokens"), said, headers)
        if answer.status != 201:
            raise ClientError(f"{self.username} gets no token", answer)
        return str(answer.json["token"])

    def _contents(self, method: str, path: str, said: Any = None) -> Answer:
        return self._good(method, f"user/{quote(self.username)}/api/contents/{quote(path, safe='/?&=')}", said)

    def _good(self, method: str, path: str, said: Any = None) -> Answer:
        answer = self.request(method, path, said)
        if answer.status >= 400:
            raise ClientError(f"{method} {path} by {self.username}", answer)
        return answer

    def _until(self, reached: Any, seconds: float, what: str) -> None:
        deadline = time.monotonic() + seconds
        while True:
            answer = self.request("GET", f"hub/api/users/{quote(self.username)}")
            servers = answer.json.get("servers", {}) if answer.status == 200 else {}
            if answer.status == 200 and reached(servers.get("")):
                return
            ended = answer.status == 200 and what == "start" and not servers and answer.json.get("pending") is None
            if ended or time.monotonic() > deadline:
                raise ClientError(f"the server of {self.username} did not {what} within {seconds:.0f} s", answer)
            time.sleep(0.2)

    def _url(self, path: str) -> str:
        return path if path.startswith("http") else self.hub_url + path.lstrip("/")

    def _send(self, method: str, url: str, data: bytes | None, headers: Mapping[str, str], *, cookies: bool = True) -> Answer:
        opener = self._opener if cookies else urllib.request.build_opener(urllib.request.ProxyHandler({}))
        request = urllib.request.Request(url, data, {"User-Agent": "autograder", **headers}, method=method)
        try:
            with opener.open(request, timeout=60) as reply:
                return Answer(reply.status, reply.read(), reply.headers, reply.url)
        except urllib.error.HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.read(), refused.headers, refused.url or url)
