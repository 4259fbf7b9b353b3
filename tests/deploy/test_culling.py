"""An idle server is stopped, and nothing in its home is lost."""

from __future__ import annotations

import os
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from traitlets.config import Config

from autograder.hub import DIES_WITH_PARENT
from autograder.hub.authenticator import add_passwords
from autograder.hub.client import Client
from autograder.hub.culling import stop_idle_servers
from autograder.hub.running import running_hub
from autograder.model import MachineryError, Role
from tests.deploy.conftest import MakeSite


def hub_with(minutes: str) -> Config:
    c = Config()
    c.JupyterHub.services, c.JupyterHub.load_roles = [], []
    stop_idle_servers(c, {"AUTOGRADER_IDLE_MINUTES": minutes})
    return c


@pytest.mark.parametrize(("minutes", "seconds"), [("30", ["--timeout=1800"]), ("0.5", ["--timeout=30"]), ("0", [])])
def test_minutes_are_what_the_culler_gets_and_zero_is_none(minutes: str, seconds: list[str]) -> None:
    c = hub_with(minutes)
    assert [part for service in c.JupyterHub.services for part in service["command"] if "timeout" in part] == seconds
    assert len(c.JupyterHub.load_roles) == len(c.JupyterHub.services)


def test_a_server_with_a_name_is_left_alone() -> None:
    (service,) = hub_with("30").JupyterHub.services
    assert "--cull-named-servers=False" in service["command"]


def test_a_hub_that_is_killed_leaves_no_culler_behind() -> None:
    (service,) = hub_with("30").JupyterHub.services
    assert service["command"][: len(DIES_WITH_PARENT)] == list(DIES_WITH_PARENT)


@pytest.mark.parametrize("minutes", ["", "soon", "-1", "nan", "inf"])
def test_what_is_no_time_is_refused(minutes: str) -> None:
    with pytest.raises(MachineryError, match="AUTOGRADER_IDLE_MINUTES"):
        hub_with(minutes)


@pytest.mark.hub
@pytest.mark.long
def test_an_idle_server_is_stopped_and_its_files_stay(make_site: MakeSite, need: Callable[[str], Path]) -> None:
    need("bubblewrap"), need("proxy")
    site = make_site("algebra", {"ann": Role.STUDENT})
    password = add_passwords(site.passwords, ["ann"])["ann"]
    environ = {**os.environ, "AUTOGRADER_IDLE_MINUTES": "0.5"}
    with running_hub(site, log=site.folders.state / "hub.log", environ=environ) as hub:
        ann = Client(hub.url, "ann", password)
        ann.start_server()
        ann.write("work.txt", b"an afternoon of work")
        deadline = time.monotonic() + 180
        while ann.request("GET", "hub/api/users/ann").json["servers"]:
            assert time.monotonic() < deadline, "the server was not stopped"
            time.sleep(1)
        assert (site.homes / "ann" / "work.txt").read_bytes() == b"an afternoon of work"
        ann.start_server()
        assert ann.read("work.txt") == b"an afternoon of work"
