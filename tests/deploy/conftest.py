"""Hubs as `deploy/` sets them up, started for real.

make_site   a course folder of its own, with people and passwords
loaded      what configuration files say together, read as JupyterHub reads them
apart       a hub that keeps no course, with the course's services started beside it
"""

from __future__ import annotations

import io
import os
import secrets
import socket
import ssl
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection, HTTPResponse
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, HTTPHandler, HTTPSHandler, ProxyHandler, Request, build_opener

import pytest
from jupyterhub.app import JupyterHub
from traitlets.config import Config

from autograder.course import Folders
from autograder.hub.client import Answer
from autograder.hub.running import INTERRUPTIBLE, free_port, stop, until_ready
from autograder.hub.site import PACKAGE, SERVICE, Site
from autograder.model import Role, TeamRule

DEPLOY = Path(__file__).resolve().parents[2] / "deploy"
COURSE_TOML = """
id = "{id}"
title = "Course {id}"
timezone = "UTC"
[[assignment]]
slug = "hw"
[policy]
pass_mark = 55
[[component]]
id = "homework"
title = "Homework"
weight = 100
items = ["hw"]
"""
NOTEBOOK = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'
MakeSite = Callable[..., Site]


def release_of(course: str) -> bytes:
    """The release of hw, which says whose it is."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("hw/hw.ipynb", NOTEBOOK)
        archive.writestr("hw/about.txt", course)
    return packed.getvalue()


def loaded(*files: Path) -> Config:
    """As JupyterHub reads a configuration that loads these one after the other."""
    hub = JupyterHub()
    with tempfile.TemporaryDirectory() as folder:
        own = Path(folder, "config.py")
        own.write_text("".join(f"load_subconfig({str(file)!r})\n" for file in files))
        hub.load_config_file(str(own))
    return hub.config


class Loopback(HTTPHandler):
    """Whatever a host is called, it is this machine."""

    def http_open(self, request: Request) -> HTTPResponse:
        class Here(HTTPConnection):
            def connect(self) -> None:
                self.sock = socket.create_connection(("127.0.0.1", self.port), self.timeout)

        return self.do_open(Here, request)


class SafeLoopback(HTTPSHandler):
    """The same with TLS: it must show a certificate for the name that it is called by."""

    def __init__(self, trusted: ssl.SSLContext) -> None:
        super().__init__(context=trusted)
        self.trusted = trusted

    def https_open(self, request: Request) -> HTTPResponse:
        trusted = self.trusted

        class Here(HTTPConnection):
            default_port = 443

            def connect(self) -> None:
                plain = socket.create_connection(("127.0.0.1", self.port), self.timeout)
                self.sock = trusted.wrap_socket(plain, server_hostname=self.host)

        return self.do_open(Here, request)


class Browser:
    """A browser without a face: keeps cookies, follows redirects, and finds every host here."""

    def __init__(self, trusted: ssl.SSLContext | None = None) -> None:
        self.cookies = CookieJar()
        safe = SafeLoopback(trusted or ssl.create_default_context())
        self._opener = build_opener(ProxyHandler({}), Loopback(), safe, HTTPCookieProcessor(self.cookies))

    def get(self, url: str, form: Mapping[str, str] | None = None, **headers: str) -> Answer:
        """A page; with a form, what comes of sending it."""
        try:
            with self._opener.open(Request(url, urlencode(form).encode() if form is not None else None, headers), timeout=60) as reply:
                return Answer(reply.status, reply.read(), reply.headers, reply.url)
        except HTTPError as refused:
            with refused:
                return Answer(refused.code, refused.read(), refused.headers, refused.url or url)


@pytest.fixture(scope="module")
def make_site(tmp_path_factory: pytest.TempPathFactory) -> MakeSite:
    def make(course: str, people: Mapping[str, Role], root: Path | None = None, *, ports: int = 5) -> Site:
        root = root or tmp_path_factory.mktemp(course)
        for folder in ("source/hw", "release/hw", "assignments/hw"):
            (root / folder).mkdir(parents=True)
        (root / "source/hw/hw.ipynb").write_text("the solution")
        (root / "course.toml").write_text(COURSE_TOML.format(id=course))
        site = Site(Folders(root, root / "state"), root / "course.toml", free_port(ports))
        site.prepare()
        now = datetime.now(UTC)
        with site.ledger() as book:
            for name, role in people.items():
                book.enrol(course, name, role, name=name.title(), email=f"{name}@uni.example", actor="setup")
            about = {"title": "Homework", "pairs_lock": None, "version": "v1", "points": 10.0, "files": ()}
            team, due = TeamRule(size=1), now + timedelta(days=2)
            book.publish(course, "hw", opens=None, due=due, team=team, archive=release_of(course), actor="setup", **about)
        return site

    return make


@contextmanager
def hub_of_names(site: Site, config: Path, course: str, trusted: ssl.SSLContext | None = None) -> Iterator[None]:
    """A hub with a domain for each service, `course` the address of one; what waits for it says the name, as only our browser does."""
    log = site.folders.state / "hub.log"
    command = [*INTERRUPTIBLE, sys.executable, "-m", "jupyterhub", "-f", str(config)]
    with open(log, "ab") as output:
        environ = {**os.environ, **site.environment()}
        process = subprocess.Popen(command, cwd=site.hub_state, env=environ, stdin=subprocess.DEVNULL, stdout=output, stderr=output)
    try:
        until_ready(process, (f"http://127.0.0.1:{site.ports['hub']}/hub/health",), log)
        deadline = time.monotonic() + 60
        while Browser(trusted).get(f"{course}services/course/health").status != 200:
            assert time.monotonic() < deadline, log.read_text()[-3000:]
            time.sleep(0.5)
        yield
    finally:
        stop(process)


Apart = Callable[..., AbstractContextManager[str]]


@pytest.fixture
def apart(tmp_path: Path, need: Callable[[str], Path]) -> Apart:
    """Starts one, answers its address. `become` makes another user of the services, `bounded` bounds the hub."""

    @contextmanager
    def start(site: Site, config: Path, *, state: Path, become: Sequence[str] = (), bounded: Sequence[str] = ()) -> Iterator[str]:
        need("bubblewrap"), need("proxy")
        port, (service, marking) = site.port, (site.ports[SERVICE], site.ports["formgrader"])
        course = site.course().id
        told = {"JUPYTERHUB_API_URL": f"http://127.0.0.1:{port + 1}/hub/api", "AUTOGRADER_PASSWORDS": "none"}
        services = {
            "autograder.hub.service": {
                "JUPYTERHUB_API_TOKEN": secrets.token_hex(32),
                "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{service}",
            },
            "autograder.hub.formgrader": {
                "JUPYTERHUB_API_TOKEN": secrets.token_hex(32),
                "JUPYTERHUB_SERVICE_URL": f"http://127.0.0.1:{marking}",
            },
        }
        asked = {
            "AUTOGRADER_COURSE_ID": course,
            "AUTOGRADER_COURSE_URL": services["autograder.hub.service"]["JUPYTERHUB_SERVICE_URL"],
            "AUTOGRADER_COURSE_TOKEN": services["autograder.hub.service"]["JUPYTERHUB_API_TOKEN"],
            "AUTOGRADER_FORMGRADER_URL": services["autograder.hub.formgrader"]["JUPYTERHUB_SERVICE_URL"],
            "AUTOGRADER_FORMGRADER_TOKEN": services["autograder.hub.formgrader"]["JUPYTERHUB_API_TOKEN"],
            "AUTOGRADER_HUB_STATE": str(state),
            "AUTOGRADER_HUB_PORT": str(port),
            "PYTHONPATH": str(PACKAGE.parent),
        }
        log = tmp_path / "hub.log"
        with ExitStack() as running, open(log, "ab") as output:

            def run(command: Sequence[str], more: Mapping[str, str], folder: Path) -> subprocess.Popen[bytes]:
                process = subprocess.Popen(
                    command,
                    cwd=folder,
                    env={**os.environ, **more},
                    stdin=subprocess.DEVNULL,
                    stdout=output,
                    stderr=output,
                    start_new_session=True,
                )
                running.callback(stop, process)
                return process

            for module, own in services.items():
                one = run([*become, sys.executable, "-m", module], site.environment() | told | own, Path("/"))
                if module == "autograder.hub.service":
                    until_ready(one, (f"http://127.0.0.1:{service}/services/{SERVICE}/health",), log, "The course's service")
            hub = run([*INTERRUPTIBLE, *bounded, sys.executable, "-m", "jupyterhub", "-f", str(config)], asked, state)
            url = f"http://127.0.0.1:{port}/"
            until_ready(hub, (f"{url}hub/health", f"{url}services/{SERVICE}/health", f"{url}services/{course}/api"), log)
            yield url

    return start
