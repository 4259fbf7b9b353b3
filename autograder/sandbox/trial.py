"""Confine one child for trial, and say what holds: run as a program of its own where a zygote would run, for `layers`."""

from __future__ import annotations

import errno
import json
import os
import resource
import socket
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from ..model import Limits
from . import inside, landlock

KINDS = ("user", "pid", "mnt", "net", "ipc", "uts")


def main(*, wait: float = 0.0) -> None:
    """Print what a confined child found, as JSON.

    wait  seconds that the child stays afterwards, for who wants to look at it from outside
    """
    before = _namespaces()
    prepared = inside.prepare(unsafe=True)
    read, write = os.pipe()
    child = inside.fork(prepared)
    if child == 0:
        try:
            inside.enter(Limits(), prepared, keep=[write])
            os.write(write, json.dumps(found(before)).encode())
            time.sleep(wait)
        finally:
            os._exit(0)
    os.close(write)
    print(os.read(read, 1 << 16).decode() or "{}", flush=True)
    os.waitpid(child, 0)


def found(before: dict[str, str]) -> dict[str, Any]:
    """What holds for the calling process."""
    status = dict(line.split(":", 1) for line in Path("/proc/self/status").read_text().splitlines())
    usual = Limits()
    rooms = os.statvfs("/tmp")
    return {
        "namespaces": sorted(kind for kind, number in _namespaces().items() if number != before[kind]),
        "first": os.getpid() == 1,
        "scratch": rooms.f_frsize * rooms.f_blocks == usual.scratch,
        "limits": resource.getrlimit(resource.RLIMIT_NPROC)[1] == usual.processes
        and resource.getrlimit(resource.RLIMIT_AS)[1] == usual.memory,
        "rights": not int(status["CapPrm"], 16) and not int(status["CapEff"], 16) and status["NoNewPrivs"].strip() == "1",
        "landlock": landlock.version() if _refused(lambda: Path("/proc/self/oom_score_adj").write_text("1000"), errno.EACCES) else 0,
        "seccomp": _refused(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM), errno.EPERM),
    }


def _namespaces() -> dict[str, str]:
    return {kind: os.readlink(f"/proc/self/ns/{kind}") for kind in KINDS}


def _refused(action: Callable[[], Any], number: int) -> bool:
    try:
        action()
    except OSError as error:
        return error.errno == number
    return False
