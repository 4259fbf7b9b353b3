"""Processes counted as one: what a worker's students use of memory, processes and processor time, all their processes together.

Resource limits count each process by itself, and sixty processes may hold sixty times the memory. A control group bounds the sum, and its
share of the processors is that of one worker, however many processes are in it. Groups are made outside, by the supervisor, where this
user may: below its own group with version 1 (as root), beside it with version 2 (as root, or where systemd delegates, such as in
`systemd-run --user --scope`). One group per worker, made once and joined once: joining waits for the kernel some 10 ms, children are
born into the group of their parent. What cannot be made is None, and `layers` says what is lost.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from ..model import SandboxError

PREFIX = "autograder-"
_EMPTY = 10.0
"""Seconds in which killed processes must leave a group."""


@dataclass(frozen=True)
class Group:
    """A control group: for each controller the folder that stands for it, which with version 2 is the same one."""

    version: int
    folders: Mapping[str, Path]

    def add(self, process: int) -> None:
        """Put a process into the group, and with it all that it will start."""
        for controller, folder in self.folders.items():
            try:
                _set(folder / "cgroup.procs", process)
            except SandboxError:
                if controller != "cpu":  # closed to processes with a real-time priority; only the share of the processors is lost
                    raise

    def allow(self, memory: int, processes: int) -> None:
        """Bound the sum of what is in it: bytes, and how many processes and threads."""
        if self.version == 2:
            _set(self.folders["memory"] / "memory.max", memory)
            with suppress(SandboxError):  # a machine without swap has no such file
                _set(self.folders["memory"] / "memory.swap.max", 0)
        else:
            _set_both(self.folders["memory"] / "memory.limit_in_bytes", self.folders["memory"] / "memory.memsw.limit_in_bytes", memory)
        _set(self.folders["pids"] / "pids.max", processes)

    def out_of_memory(self) -> int:
        """How many of its processes the kernel has killed for want of memory so far."""
        name = "memory.events" if self.version == 2 else "memory.oom_control"
        found = re.search(r"^oom_kill (\d+)", _get(self.folders["memory"] / name), re.M)
        return int(found[1]) if found else 0

    def cpu_seconds(self) -> float:
        """Processor time of all its processes so far."""
        if self.version == 2:
            found = re.search(r"^usage_usec (\d+)", _get(self.folders["memory"] / "cpu.stat"), re.M)
            return int(found[1]) / 1e6 if found else 0.0
        return int(_get(self.folders["cpuacct"] / "cpuacct.usage")) / 1e9

    def close(self) -> None:
        """Kill what is left in it, and remove it."""
        deadline = time.monotonic() + _EMPTY
        for folder in dict.fromkeys(self.folders.values()):
            while folder.exists():
                for process in (folder / "cgroup.procs").read_text().split():
                    with suppress(ProcessLookupError):
                        os.kill(int(process), 9)
                with suppress(OSError):
                    folder.rmdir()
                    break
                if time.monotonic() > deadline:
                    raise SandboxError(f"{folder} could not be removed: killed processes are still in it after {_EMPTY:.0f} s.")
                time.sleep(0.005)


def make(process: int, *, system: Path = Path("/")) -> Group | None:
    """A new group for this process and what it starts, or None where this machine lets us have none."""
    name = f"{PREFIX}{process}"
    mounts = (system / "proc/self/mounts").read_text().splitlines()
    lines = (system / "proc/self/cgroup").read_text().splitlines()
    return _make_unified(name, mounts, lines, system) or _make_separate(name, mounts, lines, system)


def _make_unified(name: str, mounts: list[str], lines: list[str], system: Path) -> Group | None:
    """Version 2: one folder for all controllers. A group that holds processes cannot have groups below it, the topmost one excepted."""
    top = next((system / path[1:] for _, path, kind, *_ in map(str.split, mounts) if kind == "cgroup2"), None)
    own = next((line[4:] for line in lines if line.startswith("0::/")), None)
    if top is None or own is None:
        return None
    parent = top if own == "" else (top / own).parent
    with suppress(OSError, SandboxError):
        if {"memory", "pids"} <= set((parent / "cgroup.subtree_control").read_text().split()):
            _sweep(parent, system)
            folder = parent / name
            folder.mkdir()
            return _usable(Group(2, {"memory": folder, "pids": folder}))
    return None


def _make_separate(name: str, mounts: list[str], lines: list[str], system: Path) -> Group | None:
    """Version 1: a folder for each controller, below the one that we are in."""
    own = {controller: path for line in lines for controller in line.split(":")[1].split(",") for path in [line.split(":", 2)[2]]}
    folders: dict[str, Path] = {}
    for _, path, kind, options, *_ in map(str.split, mounts):
        for controller in ("memory", "pids", "cpu", "cpuacct"):
            if kind == "cgroup" and controller in options.split(","):
                here = system / path[1:]
                below = here / own.get(controller, "/")[1:]
                folders[controller] = (below if below.exists() else here) / name
    if not {"memory", "pids", "cpuacct"} <= folders.keys():
        return None
    group = Group(1, folders)
    try:
        for folder in dict.fromkeys(folders.values()):
            _sweep(folder.parent, system)
            folder.mkdir()
    except OSError:
        for folder in folders.values():
            with suppress(OSError):
                folder.rmdir()
        return None
    return _usable(group)


def _sweep(parent: Path, system: Path) -> None:
    """Remove groups of ours whose supervisor was killed. Their names end with the number of a process that is gone."""
    for left in parent.glob(f"{PREFIX}*"):
        if not (system / "proc" / left.name.rpartition("-")[2]).exists():
            with suppress(OSError):
                left.rmdir()


def _usable(group: Group) -> Group | None:
    """The group if it can be bounded; else it is removed again."""
    try:
        group.allow(1 << 40, 1 << 15)
    except SandboxError:
        group.close()
        return None
    return group


def _set_both(first: Path, second: Path, value: int) -> None:
    """Two bounds of which the second may never be below the first: in the order that works, whether they rise or fall."""
    try:
        _set(first, value)
        _set(second, value)
    except SandboxError:
        if second.exists():
            _set(second, value)
        _set(first, value)


def _get(file: Path) -> str:
    """What stands in a file of the kernel's. Asked at every test: as a text file it would take nearly twice as long."""
    number = os.open(file, os.O_RDONLY)
    try:
        return os.read(number, 1 << 16).decode()
    finally:
        os.close(number)


def _set(file: Path, value: int) -> None:
    try:
        file.write_text(str(value))
    except OSError as error:
        raise SandboxError(f"{file} cannot be set to {value}: {error.strerror}.") from None
