"""Confined children, forked from a real zygote that has nothing imported: tens of milliseconds each.

confined   what the tests talk to: `confined.run("answer = 1 + 1")` is 2, computed in a child of its own. Once started as whoever runs
           the tests, and, where that is root, once as an ordinary user: nothing else starts the same way for both.
"""

from __future__ import annotations

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import pytest

from autograder.model import Limits
from autograder.sandbox.outside import closed

ROOT = Path(__file__).resolve().parents[2]
ZYGOTE = (Path(__file__).parent / "zygote.txt").read_text()
LAUNCHER = """
import os, sys
from autograder import sandbox
command = sandbox.python(sys.argv[1], ("__init__.py", "model.py", "words.py", "sandbox"), slot=int(sys.argv[2]))
os.execvp(command[0], command)
"""
ORDINARY = 61990
"""A user id that nobody else on a machine has."""
WHO = ["root", "ordinary user"] if os.getuid() == 0 else ["ordinary user"]


def reachable() -> list[str]:
    """The command prefix, for root, that shows everybody this Python and this program even where they lie in a folder of root's."""
    words = [str(shutil.which("bwrap")), "--bind", "/", "/", "--dev-bind", "/dev", "/dev", "--bind", "/proc", "/proc", "--cap-add", "ALL"]
    shown = (*(path for path in ROOT.iterdir() if path.name != "state"), Path(sys.prefix), Path(sys.base_prefix))
    for path in dict.fromkeys(shown):
        if (folder := closed(path)) is not None:
            between = [parent for parent in reversed(path.parents) if folder in parent.parents]
            if str(folder) not in words:
                words += ["--perms", "0755", "--tmpfs", str(folder)]
            words += [word for parent in between for word in ("--perms", "0755", "--dir", str(parent))]
            words += ["--bind", str(path), str(path)]
    return words


def as_user(who: str) -> list[str]:
    """The command prefix that makes root an ordinary user."""
    if who == "root" or os.getuid() != 0:
        return []
    return [*reachable(), "setpriv", "--reuid", str(ORDINARY), "--regid", str(ORDINARY), "--clear-groups", "--inh-caps=-all", "--"]


def environment(**more: str) -> dict[str, str]:
    """For programs that the tests start."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1", "HOME": "/tmp", **more}


@dataclass
class Ended:
    """How a child ended: what it left in `answer`, and its exit code (negative: by which signal)."""

    answer: Any
    code: int


class Confined:
    """A zygote and the socket to it."""

    def __init__(self, who: str, slot: int) -> None:
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        with theirs:
            self.process = subprocess.Popen(
                [*as_user(who), sys.executable, "-c", LAUNCHER, f"SOCKET = {theirs.fileno()}\n{ZYGOTE}", str(slot)],
                pass_fds=[theirs.fileno()],
                env=environment(SECRET_TOKEN="for nobody inside"),
                cwd="/",
            )
        self.control = ours
        ours.settimeout(60)
        assert ours.recv(100) == b"ready"

    def start(self, code: str, *, limits: Limits = Limits(), files: Mapping[str, int] = {}) -> int:  # noqa: B008
        """Start a child that runs this code; its number among the zygote's children. `files`: name in the code -> descriptor to hand on."""
        request = {"code": code, "limits": asdict(limits), "files": list(files)}
        socket.send_fds(self.control, [json.dumps(request).encode()], list(files.values()))
        return int(json.loads(self.control.recv(1 << 20)))

    def end(self, child: int, *, kill: bool = False) -> Ended:
        """How this child ended, once it did."""
        self.control.send(json.dumps({"end": child, "kill": kill}).encode())
        return Ended(**json.loads(self.control.recv(1 << 20)))

    def ended(self, code: str, *, limits: Limits = Limits(), files: Mapping[str, int] = {}) -> Ended:  # noqa: B008
        """How a child ends that runs this code."""
        return self.end(self.start(code, limits=limits, files=files))

    def run(self, code: str, *, limits: Limits = Limits(), files: Mapping[str, int] = {}) -> Any:  # noqa: B008
        """What this code leaves in `answer`, run in a child of its own."""
        ended = self.ended(code, limits=limits, files=files)
        assert ended.code == 0, ended
        return ended.answer

    def outcome(self, action: str, before: str = "", *, limits: Limits = Limits()) -> str:  # noqa: B008
        """What becomes of a statement: "done", or the kernel's name for why not, such as EPERM."""
        text = f"import errno, os, socket\n{before}\ntry:\n    {action}\n    answer = 'done'\n"
        return str(self.run(text + "except OSError as error:\n    answer = errno.errorcode[error.errno]", limits=limits))

    def close(self) -> None:
        """End the zygote, and with it all its children."""
        self.control.close()
        with suppress(ProcessLookupError):
            self.process.send_signal(signal.SIGKILL)
        self.process.wait()


@pytest.fixture(scope="session", params=WHO)
def who(request: pytest.FixtureRequest) -> str:
    """As whom the zygote is started."""
    return str(request.param)


@pytest.fixture(scope="session")
def confined(who: str, worker_id: str, need: Any) -> Iterator[Confined]:
    """See the module."""
    need("bubblewrap")
    one = fresh(who, worker_id)
    yield one
    one.close()


def fresh(who: str, worker_id: str) -> Confined:
    """A zygote of one's own, for tests that end it."""
    return Confined(who, slot=30 + int(worker_id.removeprefix("gw") if worker_id.startswith("gw") else 0))
