"""Which layers of the confinement hold on this machine, tried with a confined child and not guessed, and what is lost without each."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import dataclass
from typing import Any

from ..model import SandboxError
from . import cgroup
from .outside import has_bubblewrap, python

_TRIAL = 60.0
"""Seconds for a trial; it takes a fifth of one."""


@dataclass(frozen=True)
class Layer:
    """One layer, and whether it holds here."""

    name: str
    active: bool
    needed: bool  # without it student code is only graded when somebody says that it may be
    stops: str
    lost: str  # here, with what to do about it; empty when nothing is


def layers(*, slot: int = 0) -> tuple[Layer, ...]:
    """Try each layer on this machine.

    slot  as root, the number of the unprivileged user for the trial
    """
    if sys.platform != "linux":
        raise SandboxError("Student code is confined by means of Linux; this machine runs another system.")
    wrapped = has_bubblewrap(slot)
    found = _trial(wrapped, slot)
    separate = len(found.get("namespaces", ())) == 6 and found["first"] and found["scratch"]
    version = int(found.get("landlock", 0))
    group = _group_holds()
    return (
        _layer(
            "bubblewrap",
            wrapped,
            "sight of the course, other work, homes and the environment",
            "Student code could read what this user can read. Install bubblewrap (apt-get install bubblewrap) and allow unprivileged "
            "user namespaces: sysctl kernel.unprivileged_userns_clone=1, the AppArmor setting of Ubuntu, or the profile of a container.",
            needed=True,
        ),
        _layer(
            "namespaces",
            separate,
            "any network, other processes, traces in /tmp, and whatever student code leaves running",
            "Student code sees other processes, and what it starts may go on after it; no bound on all its files together. Allow "
            "unprivileged user namespaces as for bubblewrap; /proc must be mounted whole.",
            needed=True,
        ),
        _layer(
            "resource limits",
            bool(found.get("limits")),
            "endless use of time, memory, processes and files, by each process",
            "Student code may use up the machine.",
            needed=True,
        ),
        _layer(
            "no rights",
            bool(found.get("rights")),
            "capabilities, and gaining them by a setuid program",
            "Student code keeps rights.",
            needed=True,
        ),
        Layer(
            f"Landlock {version}" if version else "Landlock",
            version >= 6,
            False,
            "writing outside its own /tmp, TCP, signals and abstract sockets, a second time",
            _of_landlock(version),
        ),
        _layer(
            "seccomp",
            bool(found.get("seccomp")),
            "system calls that honest code does not need: ptrace, mounts, namespaces, network sockets, bpf, keys",
            "A flaw in the kernel is easier to reach. Needs CONFIG_SECCOMP_FILTER, and x86_64 or aarch64.",
        ),
        _layer(
            "control group",
            group,
            "use of memory and processor time by all processes together; one worker's students slowing down another's",
            "Memory and time are bounded for each process, not for all of a submission together, and running out of memory shows as a "
            "crash. Needs root, or a delegated group: systemd-run --user --scope autograder …",
        ),
    )


def refusal(found: tuple[Layer, ...]) -> str:
    """Why student code is not graded here, in sentences; empty when it is."""
    lacks = [f"{layer.name}: {layer.lost}" for layer in found if layer.needed and not layer.active]
    return f"Student code runs confined or not at all, and here is missing: {' '.join(lacks)}" if lacks else ""


def _layer(name: str, active: bool, stops: str, lost: str, *, needed: bool = False) -> Layer:
    return Layer(name, active, needed, stops, "" if active else lost)


def _of_landlock(version: int) -> str:
    if version >= 6:
        return ""
    missing = [what for since, what in ((1, "files"), (4, "TCP"), (6, "signals and abstract sockets")) if version < since]
    return f"No second lock for {', '.join(missing)}: the namespaces alone stand there. Linux 5.13, 6.7 and 6.12 brought them."


def _trial(wrapped: bool, slot: int) -> dict[str, Any]:
    code = "from autograder.sandbox.trial import main; main()"
    try:
        command = python(code, ("__init__.py", "model.py", "words.py", "sandbox"), slot=slot, confined=wrapped)
        said = subprocess.run(command, capture_output=True, timeout=_TRIAL, check=True, stdin=subprocess.DEVNULL).stdout
        return dict(json.loads(said))
    except (SandboxError, OSError, subprocess.SubprocessError, ValueError):
        return {}  # nothing holds where no child can be started at all: whoever asks for one is told why


def _group_holds() -> bool:
    """Whether a group can be made, bounded and joined."""
    sleeper = subprocess.Popen([sys.executable, "-S", "-c", "import time; time.sleep(60)"])
    try:
        group = cgroup.make(sleeper.pid)
        if group is None:
            return False
        try:
            group.add(sleeper.pid)
            return True
        except SandboxError:
            return False
        finally:
            group.close()
    finally:
        sleeper.kill()
        sleeper.wait()
