"""A whole hub as a child process: started on free ports, waited for, stopped without leaving anything behind."""

from __future__ import annotations

import os
import random
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

from autograder.course import Folders
from autograder.hub import confinement
from autograder.hub.site import PACKAGE, SERVICE, Site, proxy_command
from autograder.model import MachineryError

__all__ = ["Hub", "Site", "free_port", "proxy_command", "running_hub", "serve", "stop", "until_ready"]

START_SECONDS = 90.0
STOP_SECONDS = 60.0
CONFIG = PACKAGE.parent / "jupyterhub_config.py"
INTERRUPTIBLE = ("env", "--default-signal=INT")
"""Before the command of a hub: it ends its services by this signal, and what is started in the background is told to ignore it."""


@dataclass(frozen=True)
class Hub:
    """A hub that runs."""

    url: str  # with a slash at the end
    pid: int
    log: Path


def free_port(count: int = 5) -> int:
    """A port of loopback that is free together with those after it, for now."""
    for _ in range(200):
        first = random.randrange(20000, 30000, count)  # below the ports that the system gives away by itself
        with ExitStack() as held:
            try:
                for port in range(first, first + count):
                    held.enter_context(socket.socket()).bind(("127.0.0.1", port))
            except OSError:
                continue
            return first
    raise MachineryError(f"No {count} free ports in a row were found between 20000 and 30000. Is another hub running many times?")


def serve(folders: Folders, course_file: Path, *, port: int) -> None:
    """Become the hub of this course, in this process, until Ctrl-C. Its log goes to the terminal."""
    site = Site(folders, course_file.resolve(), port)
    _check(site, os.environ)
    site.prepare()
    os.chdir(site.hub_state)  # the hub writes beside where it runs
    signal.signal(signal.SIGINT, signal.SIG_DFL)  # see INTERRUPTIBLE
    os.execve(sys.executable, [sys.executable, "-m", "jupyterhub", "-f", str(CONFIG)], {**os.environ, **site.environment()})


@contextmanager
def running_hub(site: Site, *, log: Path, config: Path = CONFIG, environ: Mapping[str, str] = os.environ) -> Iterator[Hub]:
    """The hub of this site, from ready to stopped. MachineryError with the end of its log when it does not start."""
    _check(site, environ)
    site.prepare()
    with open(log, "ab") as output:
        process = subprocess.Popen(
            [*INTERRUPTIBLE, sys.executable, "-m", "jupyterhub", "-f", str(config)],
            cwd=site.hub_state,
            env={**environ, **site.environment()},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            start_new_session=True,
        )
    try:
        url = f"http://127.0.0.1:{site.ports['public']}/"
        own = f"http://127.0.0.1:{site.ports[SERVICE]}/"  # asked first, since the proxy would log each try
        until_ready(process, (f"{own}services/{SERVICE}/health", f"{url}hub/health", f"{url}services/{SERVICE}/health"), log)
        yield Hub(url, process.pid, log)
    finally:
        stop(process)


def stop(process: subprocess.Popen[bytes]) -> None:
    """End the hub with its servers, services and proxy, and wait until it has ended."""
    for sign, seconds in ((signal.SIGTERM, STOP_SECONDS), (signal.SIGKILL, 10.0)):
        if process.poll() is not None:
            return
        process.send_signal(sign)
        try:
            process.wait(seconds)
        except subprocess.TimeoutExpired:
            continue


def until_ready(process: subprocess.Popen[bytes], urls: tuple[str, ...], log: Path, what: str = "The hub") -> None:
    """Wait until all these answer. MachineryError with the end of its log when the process ends first, or never answers."""
    deadline = time.monotonic() + START_SECONDS
    waiting = list(urls)
    while waiting:
        if process.poll() is not None:
            end = _end_of(log)
            service = re.search(r"Service (\S+) exited with status (-?\d+)", end)  # the hub does not start without it
            name, status = (f"The service {service[1]} of the hub", service[2]) if service else (what, process.returncode)
            raise MachineryError(f"{name} ended with status {status} instead of starting. The end of {log}:\n{end}")
        if time.monotonic() > deadline:
            raise MachineryError(f"{what} did not answer at {waiting[0]} within {START_SECONDS:.0f} s. The end of {log}:\n{_end_of(log)}")
        if _answers(waiting[0]):
            del waiting[0]
        else:
            time.sleep(0.2)


def _answers(url: str) -> bool:
    try:
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(url, timeout=5) as answer:
            return bool(answer.status == 200)
    except (OSError, urllib.error.URLError):
        return False


def _check(site: Site, environ: Mapping[str, str]) -> None:
    """What can be known to fail before anything is started: the course file, the proxy, the ports, the confinement."""
    site.course()
    proxy_command(site.folders.state, environ)
    confinement.check()
    for name, port in site.ports.items():
        with socket.socket() as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # a port of a hub that has just ended is free
            try:
                tried.bind(("127.0.0.1", port))
            except OSError:
                raise MachineryError(
                    f"Port {port}, which the hub needs ({name}), is taken. End the program that listens there, or choose another port: "
                    f"the hub uses {site.port} to {site.port + len(site.ports) - 1}."
                ) from None


def _end_of(log: Path, lines: int = 25) -> str:
    """The last lines that may say what is wrong: no accesses that went well, no routine of the proxy."""
    usual = re.compile(r"\b(200|201|204|302) (GET|POST|DELETE)|ConfigProxy\].*info|Setting new xsrf cookie|^\[I ")
    said = [line for line in log.read_text(errors="replace").splitlines() if not usual.search(line)]
    return "\n".join(said[-lines:])
