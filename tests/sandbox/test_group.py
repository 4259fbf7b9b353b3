"""Control groups: all processes of a worker's students counted as one."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring import load_assignment
from autograder.grading import grade_all
from autograder.model import Status, Submission
from autograder.sandbox import Group, make_group
from autograder.sandbox.cgroup import make
from tests.execution.conftest import HERE as EXECUTION
from tests.execution.conftest import handed_in

MB = 2**20


@pytest.fixture
def group() -> Iterator[Group]:
    made = make_group(os.getpid())
    if made is None:
        pytest.skip("no control group for this user on this machine")
    yield made
    made.close()


def test_its_processes_are_bounded_together(group: Group) -> None:
    group.allow(200 * MB, 30)
    text = """
import os, signal, sys
sys.stdin.read(1)
count = 1
try:
    while count < 99:
        if os.fork() == 0:
            signal.pause()
        count += 1
except BlockingIOError:
    print(count, flush=True)
    signal.pause()
"""
    bomb = _inside(group, text)
    assert bomb.stdout is not None and int(bomb.stdout.readline()) == 30
    group.close()
    assert bomb.wait(timeout=20) == -9


def test_its_memory_is_bounded_together_and_the_first_to_die_is_foreign(group: Group) -> None:
    group.allow(120 * MB, 30)
    text = """
import os, sys, signal
sys.stdin.read(1)
for _ in range(4):
    if os.fork() == 0:
        open("/proc/self/oom_score_adj", "w").write("1000")
        held = bytearray(b"x") * (50 * 2**20)
        signal.pause()
try:
    while True:
        pid, status = os.wait()
        print(os.waitstatus_to_exitcode(status), flush=True)
except ChildProcessError:
    pass
"""
    bomb = _inside(group, text)
    assert bomb.stdout is not None and int(bomb.stdout.readline()) == -9
    assert group.out_of_memory() >= 1 and bomb.poll() is None
    bomb.kill()
    bomb.wait()


def test_processor_time_is_counted_over_all_of_them(group: Group) -> None:
    text = """
import os, sys, time
sys.stdin.read(1)
for _ in range(3):
    if os.fork() == 0:
        while time.process_time() < 0.4:
            pass
        os._exit(0)
for _ in range(3):
    os.wait()
print("done", flush=True)
"""
    worker = _inside(group, text)
    assert worker.stdout is not None and worker.stdout.readline()
    worker.wait()
    assert 1.2 <= group.cpu_seconds() < 3


def _inside(group: Group, text: str) -> subprocess.Popen[str]:
    process = subprocess.Popen([sys.executable, "-c", text], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    group.add(process.pid)
    assert process.stdin is not None
    process.stdin.write("g")
    process.stdin.flush()
    return process


TOO_MUCH = """
import os, signal
def total(f, n):
    for _ in range(30):
        if os.fork() == 0:
            held = bytearray(b"x") * (150 * 2**20)
            signal.pause()
    os.wait()  # one was killed
    os._exit(1)
"""
TOO_BUSY = """
import os
def total(f, n):
    for _ in range(3):
        if os.fork() == 0:
            while True:
                pass
    os.wait()
"""


@pytest.mark.long
@pytest.mark.parametrize(
    "text, limits, status, said",
    [
        # 1300 MB of addresses leave one process some 300 for itself.
        (TOO_MUCH, {"memory": 1300 * MB}, Status.MEMORY, "may use 1300 MB of memory together"),
        (TOO_BUSY, {"cpu": 4.0}, Status.TIMEOUT, "more than 4 s of processor time"),
    ],
    ids=["memory", "processor time"],
)
def test_a_submission_whose_processes_together_use_too_much_is_told_so(
    group: Group, text: str, limits: dict[str, Any], status: Status, said: str
) -> None:
    small = load_assignment(EXECUTION / "small")
    small = replace(small, limit_factor=60.0, limits=replace(small.limits, **limits))  # waiting is not what it may not do
    works = {name: json.dumps(handed_in(small, answers)).encode() for name, answers in (("maya", {"total": text}), ("noa", {}))}
    batch = [Submission("small", name, (name,), {small.notebook_name: work}, name * 16) for name, work in works.items()]
    maya, noa = sorted(grade_all(small, batch, secret=b"s" * 32, workers=2), key=lambda graded: graded.submission)
    problems = {problem.id: problem for problem in maya.problems}
    first = problems["total"].tests[0]
    assert first.status is status and said in first.message
    assert noa.score == noa.max_score and problems["double"].score == problems["double"].max_score


# ---- version 2, on folders that look like the kernel's


def machine(place: Path, *, own: str, controllers: str) -> Path:
    """A file system as far as groups go."""
    (place / "proc/self").mkdir(parents=True)
    (place / "proc/self/mounts").write_text("cgroup2 /sys/fs/cgroup cgroup2 rw 0 0\n")
    (place / "proc/self/cgroup").write_text(f"0::{own}\n")
    folder = place / "sys/fs/cgroup" / own[1:]
    folder.mkdir(parents=True)
    for one in (folder, folder.parent):
        (one / "cgroup.subtree_control").write_text(controllers)
    return place / "sys/fs/cgroup"


@pytest.mark.parametrize(
    "own, folder",
    [("/", "autograder-12"), ("/user.slice/u.service/app.slice/run-1.scope", "user.slice/u.service/app.slice/autograder-12")],
    ids=["at the top", "beside ours"],
)
def test_version_2_bounds_a_group_where_controllers_are_delegated(tmp_path: Path, own: str, folder: str) -> None:
    top = machine(tmp_path, own=own, controllers="cpu memory pids")
    made = make(12, system=tmp_path)
    assert made is not None and made.version == 2
    made.allow(111, 20)
    told = {name: (top / folder / name).read_text() for name in ("memory.max", "memory.swap.max", "pids.max")}
    assert told == {"memory.max": "111", "memory.swap.max": "0", "pids.max": "20"}
    made.add(7)
    (top / folder / "memory.events").write_text("low 0\noom 3\noom_kill 2\n")
    (top / folder / "cpu.stat").write_text("usage_usec 1500000\nuser_usec 1\n")
    assert (top / folder / "cgroup.procs").read_text() == "7"
    assert (made.out_of_memory(), made.cpu_seconds()) == (2, 1.5)


@pytest.mark.parametrize("controllers", ["", "cpu io", "memory"])
def test_version_2_without_the_controllers_is_no_group(tmp_path: Path, controllers: str) -> None:
    machine(tmp_path, own="/user.slice/session-1.scope", controllers=controllers)
    assert make(12, system=tmp_path) is None


def test_what_a_killed_supervisor_left_is_removed(tmp_path: Path) -> None:
    top = machine(tmp_path, own="/", controllers="memory pids")
    (tmp_path / "proc/34").mkdir()
    for number in ("33", "34"):
        (top / f"autograder-{number}").mkdir()
    assert make(12, system=tmp_path) is not None
    assert sorted(path.name for path in top.glob("autograder-*")) == ["autograder-12", "autograder-34"]


def test_a_group_is_gone_after_its_end(group: Group) -> None:
    sleeper = subprocess.Popen(["sleep", "600"])
    group.add(sleeper.pid)
    group.close()
    assert sleeper.wait(timeout=20) == -9 and not any(folder.exists() for folder in group.folders.values())
