"""Log-in elsewhere: the university says who somebody is, the roster what he may do."""

from __future__ import annotations

import asyncio
import os
import secrets
import threading
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from jupyterhub.auth import Authenticator
from tornado import httpserver, netutil, web

from autograder.hub.authenticator import RosterRoles
from autograder.hub.running import CONFIG, running_hub
from autograder.model import MachineryError, Role
from tests.deploy.conftest import DEPLOY, Browser, MakeSite, loaded

HUB = {"AUTOGRADER_COURSE_ID": "algebra", "AUTOGRADER_COURSE_URL": "http://course:1", "AUTOGRADER_COURSE_TOKEN": "t"}
OIDC = {
    "OIDC_CLIENT_ID": "hub",
    "OIDC_CLIENT_SECRET": "a secret",
    "OIDC_AUTHORIZE_URL": "https://uni.example/authorize",
    "OIDC_TOKEN_URL": "https://uni.example/token",
    "OIDC_USERINFO_URL": "https://uni.example/userinfo",
}
LTI = {
    "LTI13_ISSUER": "https://moodle.example",
    "LTI13_CLIENT_IDS": "one two",
    "LTI13_AUTHORIZE_URL": "https://moodle.example/mod/lti/auth.php",
    "LTI13_JWKS_URL": "https://moodle.example/mod/lti/certs.php",
}


# ---------------------------------------------------------------- a small university


@dataclass
class University:
    """A provider of OpenID Connect that lets in, without asking, whoever `person` is at the moment."""

    url: str = ""
    person: str = ""
    codes: dict[str, str] = field(default_factory=dict)  # code -> person
    tokens: dict[str, str] = field(default_factory=dict)


class Authorize(web.RequestHandler):
    def initialize(self, university: University) -> None:
        self.university = university

    def get(self) -> None:
        assert self.get_query_argument("client_id") == "hub" and self.get_query_argument("response_type") == "code"
        code = secrets.token_hex(8)
        self.university.codes[code] = self.university.person
        said = {"code": code, "state": self.get_query_argument("state")}
        self.redirect(f"{self.get_query_argument('redirect_uri')}?{urlencode(said)}")


class Token(Authorize):
    def post(self) -> None:
        if self.get_body_argument("client_secret", "") != "a secret" and "Authorization" not in self.request.headers:
            raise web.HTTPError(401)
        person = self.university.codes.pop(self.get_body_argument("code"), None)
        if person is None:
            raise web.HTTPError(400)
        token = secrets.token_hex(8)
        self.university.tokens[token] = person
        self.finish({"access_token": token, "token_type": "Bearer", "scope": "openid profile email"})


class Userinfo(Authorize):
    def get(self) -> None:
        person = self.university.tokens[self.request.headers["Authorization"].removeprefix("Bearer ")]
        self.finish({"sub": f"id-{person}", "preferred_username": person, "email": f"{person}@uni.example"})


@pytest.fixture(scope="module")
def university() -> Iterator[University]:
    here = University()
    ready, loop = threading.Event(), asyncio.new_event_loop()

    async def serve() -> None:
        about = {"university": here}
        server = httpserver.HTTPServer(
            web.Application([("/authorize", Authorize, about), ("/token", Token, about), ("/userinfo", Userinfo, about)])
        )
        (socket,) = netutil.bind_sockets(0, "127.0.0.1")
        server.add_socket(socket)
        here.url = f"http://127.0.0.1:{socket.getsockname()[1]}"
        ready.set()

    thread = threading.Thread(target=lambda: (loop.create_task(serve()), loop.run_forever()), daemon=True)
    thread.start()
    assert ready.wait(10)
    yield here
    loop.call_soon_threadsafe(loop.stop)
    thread.join(10)


@pytest.fixture(scope="module")
def hub_url(
    university: University, make_site: MakeSite, tmp_path_factory: pytest.TempPathFactory, need: Callable[[str], Path]
) -> Iterator[str]:
    need("bubblewrap"), need("proxy")
    site = make_site("algebra", {"ann": Role.STUDENT, "tina": Role.TA, "gone": Role.STUDENT})
    with site.ledger() as book:
        book.unenrol("algebra", "gone", actor="setup")
    config = tmp_path_factory.mktemp("config") / "config.py"
    config.write_text(f"load_subconfig({str(CONFIG)!r})\nload_subconfig({str(DEPLOY / 'login' / 'oauth.py')!r})\n")
    ends = {name: f"{university.url}/{name.split('_')[1].lower()}" for name in OIDC if name.endswith("_URL")}
    with running_hub(site, log=site.folders.state / "hub.log", config=config, environ={**os.environ, **OIDC, **ends}) as hub:
        yield hub.url


@pytest.mark.hub
@pytest.mark.parametrize(
    ("called", "name", "opened"),
    [("ann", "ann", [200, 403]), (" Ann ", "ann", [200, 403]), ("tina", "tina", [200, 200])],
)
def test_who_is_in_the_roster_gets_in_as_what_he_is_there(
    hub_url: str, university: University, called: str, name: str, opened: list[int]
) -> None:
    university.person, browser = called, Browser()
    arrived = browser.get(f"{hub_url}hub/oauth_login")
    assert arrived.status == 200 and arrived.url == f"{hub_url}services/course/"
    assert browser.get(f"{hub_url}services/course/api/me").json["username"] == name
    assert [browser.get(f"{hub_url}services/{service}/").status for service in ("course", "algebra")] == opened


@pytest.mark.hub
@pytest.mark.parametrize("name", ["eve", "gone", "ann/../tina", "tinax"])
def test_who_is_not_in_the_roster_is_refused_with_a_sentence(hub_url: str, university: University, name: str) -> None:
    university.person, browser = name, Browser()
    arrived = browser.get(f"{hub_url}hub/oauth_login")
    assert arrived.status == 403 and f"{name} is in no course of this hub. Ask the course staff" in arrived.text
    assert browser.get(f"{hub_url}services/course/api/me").status in (401, 403)


@pytest.mark.hub
def test_a_code_that_the_university_did_not_give_lets_nobody_in(hub_url: str) -> None:
    browser = Browser()
    assert browser.get(f"{hub_url}hub/oauth_callback?code=guessed&state=guessed").status in (400, 403)
    assert browser.get(f"{hub_url}services/course/api/me").status in (401, 403)


# ---------------------------------------------------------------- the configurations


@pytest.mark.parametrize(("file", "environ", "name"), [("oauth.py", OIDC, "RosterOIDC"), ("lti13.py", LTI, "RosterLTI")])
def test_a_log_in_stands_before_the_universitys_and_after_the_rosters(
    file: str, environ: Mapping[str, str], name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for key, value in {**HUB, **environ, "AUTOGRADER_IMAGE": "image", "AUTOGRADER_NETWORK": "network"}.items():
        monkeypatch.setenv(key, value)
    c = loaded(DEPLOY / "docker" / "jupyterhub_config.py", DEPLOY / "login" / file)
    log_in = c.JupyterHub.authenticator_class
    assert log_in.__name__ == name and issubclass(log_in, RosterRoles)
    made = log_in(config=c)
    assert made.allow_all and made.manage_groups and callable(made.groups_of)
    with pytest.raises(MachineryError, match="does not say who ann is"):  # it would ask the course
        made.groups_of("ann")


def test_lti_names_people_by_an_id_that_they_cannot_change(monkeypatch: pytest.MonkeyPatch) -> None:
    for key, value in {**HUB, **LTI, "AUTOGRADER_IMAGE": "image", "AUTOGRADER_NETWORK": "network"}.items():
        monkeypatch.setenv(key, value)
    c = loaded(DEPLOY / "docker" / "jupyterhub_config.py", DEPLOY / "login" / "lti13.py")
    c.RosterRoles.groups_of = lambda name: {"ann": ["nbgrader-algebra"]}.get(name, [])
    c.RosterLTI.username_map = {"5a2f": "ann"}
    made: Any = c.JupyterHub.authenticator_class(config=c)
    user = asyncio.run(made.authenticate(None, {"sub": "5a2f", "email": "tina@uni.example"}))
    assert (user["name"], user["groups"]) == ("ann", ["nbgrader-algebra"])
    with pytest.raises(web.HTTPError, match="tina is in no course"):
        asyncio.run(made.authenticate(None, {"sub": "tina", "email": "ann@uni.example"}))


def test_the_groups_are_those_of_the_name_that_the_hub_will_use() -> None:
    class University(Authenticator):  # type: ignore[misc]
        async def authenticate(self, handler: Any, data: Any) -> str:
            return str(data["name"])

    class Ours(RosterRoles, University):
        def normalize_username(self, username: str) -> str:
            return username.lower()

    asked: list[str] = []

    def groups_of(name: str) -> list[str]:
        asked.append(name)
        return ["nbgrader-algebra"]

    log_in = Ours(groups_of=groups_of, username_map={"x1": "Ann", "ann": "tina"}, allow_all=True)
    user = asyncio.run(log_in.get_authenticated_user(None, {"name": "X1"}))
    assert user["name"] == "ann" and asked == ["ann"]
