"""A real hub with its proxy, services and servers, started once for all tests of this folder.

hub         the running hub; `hub.person("ann")` is a logged-in client, made once per person
assignment  publishes an assignment of its own for a test and answers its slug, so that tests do not meet
window      `window("ann")` is a browser window in which this person is logged in; what the browser complains about fails the test
People: students ann ben cat dan, TA tina, instructor ivy; sam has a password but left the course.
"""

from __future__ import annotations

import asyncio
import io
import itertools
import json
import uuid
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright
from tornado.httpclient import HTTPRequest
from tornado.websocket import websocket_connect

from autograder.course import Folders
from autograder.hub.authenticator import add_passwords
from autograder.hub.client import Client
from autograder.hub.running import free_port, running_hub
from autograder.hub.site import Site
from autograder.ledger import Ledger
from autograder.model import Role, TeamRule

COURSE = "calc-1"
PEOPLE = {
    "ann": (Role.STUDENT, "Ann Levi"),
    "ben": (Role.STUDENT, "Ben Cohen"),
    "cat": (Role.STUDENT, "Catherine Moreau-Lefèvre"),
    "dan": (Role.STUDENT, "דן ישראלי"),
    "tina": (Role.TA, "Tina Berg"),
    "ivy": (Role.INSTRUCTOR, "Ivy Stone"),
    "sam": (Role.STUDENT, "Sam Gone"),
}
COURSE_TOML = f"""
id = "{COURSE}"
title = "Calculus <b>& friends</b>"
term = "Spring"
timezone = "Asia/Jerusalem"
[[assignment]]
slug = "hw"
[[assignment]]
slug = "graded"
[[project]]
id = "project"
title = "Project"
[[project.stage]]
id = "proposal"
title = "Proposal"
kind = "approval"
files = ["proposal.pdf"]
[[project.stage]]
id = "meeting"
title = "Meeting"
kind = "notes"
[[project.stage]]
id = "talk"
title = "Presentation"
kind = "presentation"
[[project.stage]]
id = "final"
title = "Final hand-in"
kind = "hand-in"
files = ["README.md", "*.py", "predictions/*.csv"]
[[project.rubric]]
id = "method"
points = 75
text = "The method fits the question"
[[project.rubric]]
id = "talk"
points = 25
text = "Presented clearly"
per_member = true
[policy]
pass_mark = 55
[[component]]
id = "project"
title = "Project"
kind = "bonus"
points = 1
items = ["project"]
[[component]]
id = "homework"
title = "Homework"
weight = 100
items = ["hw", "graded"]
"""

MAIL_TOML = """
[mail]
command = ["/bin/sh", "{root}/post"]
"""
POST = 'read -r it; case "$it" in *full@*) echo mailbox full >&2; exit 1;; esac; printf "%s\\n" "$it" >> "${0%/*}/letters.txt"'
"""Letters go to a file, but for somebody whose mailbox is full."""


def notebook(source: str = "x = 1") -> bytes:
    """A notebook with one solution cell."""
    about = {"nbgrader": {"grade_id": "p1", "solution": True}}
    cell = {"cell_type": "code", "id": "p1", "source": source, "metadata": about, "outputs": [], "execution_count": None}
    return json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": [cell]}).encode()


def release_of(slug: str) -> bytes:
    """A release as students fetch it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr(f"{slug}/{slug}.ipynb", notebook("x = ..."))
    return packed.getvalue()


@dataclass
class HubOfTests:
    """The running hub, its book, and its people."""

    url: str
    pid: int
    site: Site
    book: Ledger
    passwords: dict[str, str]
    _people: dict[str, Client] = field(default_factory=dict)

    def person(self, username: str) -> Client:
        """A client of this person, logged in once."""
        if username not in self._people:
            self._people[username] = Client(self.url, username, self.passwords[username])
        return self._people[username]


def make_site(root: Path) -> Site:
    """A course folder with things that nobody may see."""
    for folder in ("source/hw", "release/hw", "assignments/hw"):
        (root / folder).mkdir(parents=True)
    (root / "source/hw/hw.ipynb").write_text("the solution")
    (root / "course.toml").write_text(COURSE_TOML + MAIL_TOML.format(root=root))
    (root / "post").write_text(POST)
    return Site(Folders(root, root / "state"), root / "course.toml", free_port())


@pytest.fixture
def site(tmp_path: Path, need: Callable[[str], Path]) -> Site:
    """A site of its own, where no hub runs."""
    need("bubblewrap")
    (tmp_path / "course").mkdir()
    return make_site(tmp_path / "course")


@pytest.fixture(scope="session")
def hub(tmp_path_factory: pytest.TempPathFactory, need: Callable[[str], Path]) -> Iterator[HubOfTests]:
    need("bubblewrap"), need("proxy")
    site = make_site(tmp_path_factory.mktemp("course"))
    site.prepare()
    with site.ledger() as book:
        for username, (role, name) in PEOPLE.items():
            book.enrol(COURSE, username, role, name=name, email=f"{username}@uni.example", actor="setup")
        book.unenrol(COURSE, "sam", actor="setup")
        passwords = add_passwords(site.passwords, PEOPLE)
        with running_hub(site, log=site.folders.state / "hub.log") as running:
            yield HubOfTests(running.url, running.pid, site, book, passwords)


@pytest.fixture
def assignment(hub: HubOfTests) -> Callable[..., str]:
    def publish(
        *, slug: str = "", size: int = 2, opens: datetime | None = None, due: timedelta | None = timedelta(days=2), **more: Any
    ) -> str:
        slug = slug or f"hw-{next(_numbers)}"
        now = datetime.now(UTC)
        stated = {
            "title": f"Homework {slug}",
            "pairs_lock": now + timedelta(days=1),
            "version": "v1",
            "points": 10.0,
            "files": ("report.pdf",),
        }
        team = TeamRule(size=size)
        hub.book.publish(
            COURSE, slug, opens=opens, due=due and now + due, team=team, archive=release_of(slug), actor="setup", **stated | more
        )
        return slug

    return publish


_numbers = itertools.count(1)


@pytest.fixture
def pair(hub: HubOfTests) -> Callable[[str], None]:
    """Ann and Ben become a team."""

    def make(slug: str) -> None:
        hub.book.invite(COURSE, slug, "ann", "ben")
        hub.book.accept(COURSE, slug, "ben", "ann")

    return make


def execute(client: Client, code: str) -> str:
    """What this code prints in a kernel of the person's own server."""
    base = f"user/{client.username}/"
    kernel = client.request("POST", f"{base}api/kernels", {"name": "python3"}).json["id"]
    try:
        return asyncio.run(asyncio.wait_for(_execute(client, f"{base}api/kernels/{kernel}/channels", code), 90))
    finally:
        client.request("DELETE", f"{base}api/kernels/{kernel}")


async def _execute(client: Client, path: str, code: str) -> str:
    address = client.hub_url.replace("http", "ws", 1) + path
    socket = await websocket_connect(HTTPRequest(address, headers={"Authorization": f"token {client.token}"}))
    message = uuid.uuid4().hex
    header = {"msg_id": message, "msg_type": "execute_request", "username": "", "session": uuid.uuid4().hex, "version": "5.3", "date": ""}
    content = {"code": code, "silent": False, "store_history": False, "user_expressions": {}, "allow_stdin": False}
    said = {"header": header, "parent_header": {}, "metadata": {}, "content": content, "channel": "shell", "buffers": []}
    await socket.write_message(json.dumps(said))
    printed, idle, replied = "", False, False
    while not (idle and replied):
        raw = await socket.read_message()
        assert raw is not None, "the kernel's socket was closed"
        heard = json.loads(raw)
        if heard["parent_header"].get("msg_id") != message:
            continue
        kind = heard["header"]["msg_type"]
        if kind == "stream":
            printed += heard["content"]["text"]
        elif kind == "error":
            printed += "\n".join(heard["content"]["traceback"])
        idle |= kind == "status" and heard["content"]["execution_state"] == "idle"
        replied |= kind == "execute_reply"
    socket.close()
    return printed


# ---------------------------------------------------------------- in a browser

CHROMIUM_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="module")
def chromium(need: Callable[[str], Path]) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(need("chromium")), args=CHROMIUM_FLAGS)
        yield browser
        browser.close()


class Window:
    """A browser window of one person, logged in by the hub's page; collects what the browser complains about."""

    def __init__(self, chromium: Browser, hub: HubOfTests, username: str, **look: Any) -> None:
        self.context = chromium.new_context(**look)
        self.page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", lambda line: self.complaints.append(line.text) if line.type == "error" else None)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(hub.url)
        self.page.fill("#username_input", username)
        self.page.fill("#password_input", hub.passwords[username])
        self.page.click("#login_submit")
        self.page.wait_for_url("**/services/course/")


@pytest.fixture
def window(chromium: Browser, hub: HubOfTests) -> Iterator[Callable[..., Window]]:
    opened: list[Window] = []

    def open_one(username: str, **look: Any) -> Window:
        opened.append(Window(chromium, hub, username, **look))
        return opened[-1]

    yield open_one
    for one in opened:
        one.context.close()
        assert one.complaints == []
