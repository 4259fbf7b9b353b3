"""A hub that keeps no course, and services that somebody else has started: log-in, pages, marking, servers."""

from __future__ import annotations

import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path

import pytest

from autograder.hub.apart import configure, told
from autograder.hub.authenticator import add_passwords
from autograder.hub.client import Client, ClientError
from autograder.model import MachineryError, Role
from tests.deploy.conftest import DEPLOY, Apart, MakeSite

LIGHT = {"autograder", "babel", "jupyterhub", "tornado", "traitlets"}
"""What the hub's own container has; see deploy/docker/hub.Dockerfile."""


@pytest.mark.parametrize("module", ["autograder.hub.apart", "autograder.hub.authenticator", "autograder.hub.courses"])
def test_a_hub_apart_needs_nothing_that_grades(module: str) -> None:
    code = (
        f"import jupyterhub.app, sys; before = set(sys.modules); import {module}; "
        "print(*{name.partition('.')[0] for name in set(sys.modules) - before})"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert {name for name in said if name not in sys.stdlib_module_names} <= LIGHT


def test_what_is_missing_in_the_environment_is_named() -> None:
    with pytest.raises(MachineryError, match="AUTOGRADER_COURSE_URL, AUTOGRADER_COURSE_TOKEN must be set"):
        configure(None, {"AUTOGRADER_COURSE_ID": "algebra"})


def test_what_the_hub_says_to_a_service_is_taken_as_it_is() -> None:
    said = {"JUPYTERHUB_SERVICE_NAME": "x", "JUPYTERHUB_BASE_URL": "/at/", "JUPYTERHUB_CLIENT_ID": "other"}
    assert told(said, "course") | said == told(said, "course")
    assert told(said, "course")["JUPYTERHUB_SERVICE_PREFIX"] == "/at/services/x/"
    assert told({}, "course")["JUPYTERHUB_CLIENT_ID"] == "service-course"


@pytest.mark.hub
def test_services_that_somebody_else_started_serve_people_of_the_roster(make_site: MakeSite, apart: Apart, tmp_path: Path) -> None:
    site = make_site("algebra", {"ann": Role.STUDENT, "tina": Role.TA})
    state = tmp_path / "hub"
    state.mkdir(0o700)
    made = add_passwords(state / "passwords.json", ["ann", "tina", "eve"])
    config = tmp_path / "config.py"
    config.write_text(f"""
from autograder.hub.authenticator import RosterAuthenticator
load_subconfig({str(DEPLOY / "system-users" / "jupyterhub_config.py")!r})
c.JupyterHub.authenticator_class = RosterAuthenticator
c.RosterAuthenticator.passwords = {str(state / "passwords.json")!r}
c.RosterAuthenticator.auth_refresh_age = 1
c.ConfinedSpawner.accounts = False
c.ConfinedSpawner.homes = {str(state / "homes")!r}
""")
    (state / "homes").mkdir()
    with apart(site, config, state=state) as url:
        ann, tina = (Client(url, name, made[name]) for name in ("ann", "tina"))
        assert ann.browse("").url == f"{url}services/course/"
        assert ann.course("GET", "me")["role"] == "student" and tina.course("GET", "me")["role"] == "ta"
        assert [person.browse("services/algebra/formgrader").status for person in (ann, tina)] == [403, 200]
        ann.start_server()
        answer = ann.request("POST", "user/ann/assignments/fetch", {"assignment_id": "hw", "course_id": "algebra"}).json
        assert answer["success"] and ann.read("hw/about.txt") == b"algebra"
        with pytest.raises(ClientError):  # a password alone is not enough
            Client(url, "eve", made["eve"])
        for headers in ({}, {"Authorization": f"token {ann.token}"}, {"Authorization": "token "}):
            asked = urllib.request.Request(f"{url}services/course/groups?user=tina", headers=headers)
            with pytest.raises(urllib.error.HTTPError, match="403"):
                urllib.request.urlopen(asked)
        with site.ledger() as book:
            book.unenrol("algebra", "ann", actor="setup")
        time.sleep(1.1)  # the age at which the hub asks again
        assert ann.browse("hub/home").url.startswith(f"{url}hub/login")
