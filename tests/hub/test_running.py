"""A hub that does not start says why, and one that ends leaves nothing behind."""

from __future__ import annotations

import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.hub.running import CONFIG, INTERRUPTIBLE, running_hub
from autograder.hub.site import Site, proxy_command
from autograder.model import CourseError, MachineryError


def listening(site: Site) -> set[str]:
    """Which of its ports something listens on."""
    found = set()
    for name, port in site.ports.items():
        with socket.socket() as tried:
            if tried.connect_ex(("127.0.0.1", port)) == 0:
                found.add(name)
    return found


def gone(site: Site, seconds: float = 20.0) -> bool:
    """Whether everything has ended within this time."""
    deadline = time.monotonic() + seconds
    while listening(site):
        if time.monotonic() > deadline:
            return False
        time.sleep(0.05)
    return True


def test_a_taken_port_is_named_before_anything_starts(site: Site, tmp_path: Path, need: Callable[[str], Path]) -> None:
    need("proxy")
    with socket.socket() as other:
        other.bind(("127.0.0.1", site.ports["course"]))
        other.listen()
        with (
            pytest.raises(MachineryError, match=rf"Port {site.ports['course']}, which the hub needs \(course\), is taken"),
            running_hub(site, log=tmp_path / "hub.log"),
        ):
            pass
    assert not (tmp_path / "hub.log").exists()


def test_a_wrong_course_file_is_named_before_anything_starts(site: Site, tmp_path: Path) -> None:
    site.course_file.write_text(site.course_file.read_text() + "\n[polcy]\n")
    with pytest.raises(CourseError, match="did you mean 'policy'"), running_hub(site, log=tmp_path / "hub.log"):
        pass


def test_a_missing_proxy_says_what_to_run(tmp_path: Path) -> None:
    with pytest.raises(MachineryError, match="scripts/setup run"):
        proxy_command(tmp_path, {"AUTOGRADER_PROXY": str(tmp_path / "nowhere")})


@pytest.mark.parametrize("port", ["", "http", "0", "65535", "-1"])
def test_an_impossible_port_is_refused(port: str) -> None:
    with pytest.raises(MachineryError, match="AUTOGRADER_HUB_PORT"):
        Site.of({"AUTOGRADER_HUB_PORT": port})


def test_a_site_is_the_same_for_the_processes_that_it_starts(site: Site) -> None:
    assert Site.of(site.environment()) == site


@pytest.mark.hub
def test_a_service_that_does_not_start_is_reported_and_nothing_stays_behind(
    site: Site, tmp_path: Path, need: Callable[[str], Path]
) -> None:
    need("proxy")
    config = tmp_path / "config.py"
    config.write_text(
        f"load_subconfig({str(CONFIG)!r})\n"
        "c.JupyterHub.services = [{**c.JupyterHub.services[0], 'command': ['sh', '-c', 'echo the disk is full >&2; exit 3']}]\n"
    )
    environ = {**os.environ, "AUTOGRADER_IDLE_MINUTES": "0"}  # a role for a service that is not there is refused
    with pytest.raises(MachineryError) as failed, running_hub(site, log=tmp_path / "hub.log", config=config, environ=environ):
        pass
    assert str(failed.value).startswith("The service course of the hub ended with status 3") and "the disk is full" in str(failed.value)
    assert gone(site)


@pytest.mark.hub
@pytest.mark.long
def test_a_killed_hub_takes_proxy_and_services_along(site: Site, tmp_path: Path, need: Callable[[str], Path]) -> None:
    need("proxy")
    with running_hub(site, log=tmp_path / "hub.log") as hub:
        assert listening(site) == set(site.ports)
        os.kill(hub.pid, signal.SIGKILL)
        assert gone(site)


def test_a_hub_hears_the_interrupt_that_ends_its_services_also_when_started_in_the_background() -> None:
    program = [*INTERRUPTIBLE, sys.executable, "-c", "import signal; print(signal.getsignal(signal.SIGINT) is signal.SIG_IGN)"]
    deaf = f"trap '' INT; exec {shlex.join(program)}"
    assert subprocess.run(["sh", "-c", deaf], capture_output=True, text=True, check=True).stdout == "False\n"
