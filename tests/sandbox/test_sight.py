"""What foreign code sees of the machine: its libraries, itself, and nothing else."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from autograder.sandbox.outside import place
from tests.sandbox.conftest import ROOT, Confined

PYTHON = Path(place(Path(sys.prefix))), Path(place(Path(sys.base_prefix)))
"""Where its environment, and the Python that it was made from, are shown."""

# Ways to name a folder that would show more than libraries.
CLOSED = {"the course": ROOT / "source", "its tests": ROOT / "tests", "root's home": "/root", "homes": "/home", "passwords": "/etc/passwd"}
CLOSED |= {"other temporary files": Path("/tmp"), "the state of services": "/var", "hardware": "/sys", "mounted disks": "/mnt"}


@pytest.mark.parametrize("what", CLOSED)
def test_it_sees_nothing_of(confined: Confined, what: str) -> None:
    path = str(CLOSED[what])
    seen = confined.run(f"import os\nanswer = os.path.isdir({path!r}) and os.listdir({path!r}) or os.path.isfile({path!r})")
    to_python = {p.relative_to(path).parts[:1] for p in PYTHON if p.is_relative_to(path)}
    assert seen in (False, []) or {(name,) for name in seen} <= to_python


def test_the_topmost_folder_holds_libraries_and_its_own_things(confined: Confined) -> None:
    python = {prefix.parts[1] for prefix in PYTHON}
    allowed = {"usr", "lib", "lib64", "bin", "sbin", "etc", "proc", "dev", "tmp", "grading"} | python
    assert set(confined.run("import os\nanswer = os.listdir('/')")) <= allowed


def test_the_python_environment_shows_no_more_than_itself(confined: Confined) -> None:
    above = str(PYTHON[0].parent)
    seen = confined.run(f"import os\nanswer = os.listdir({above!r})")
    assert set(seen) <= {prefix.name for prefix in PYTHON} or above in ("/", "/usr")


def test_it_sees_no_process_but_its_own(confined: Confined) -> None:
    assert confined.run("import os\nanswer = [p for p in os.listdir('/proc') if p.isdigit()]") == ["1"]


def test_it_inherits_nothing_of_the_environment(confined: Confined) -> None:
    text = "import os\nanswer = [k for k, v in os.environ.items() if 'SECRET' in k or 'nobody' in v or 'AUTOGRADER' in k]"
    assert confined.run(text) == []
    assert "nobody" not in confined.run("answer = open('/proc/self/environ').read()")


def test_it_does_not_learn_the_name_of_the_machine(confined: Confined) -> None:
    assert confined.run("import os\nanswer = os.uname().nodename") == "grading"


def test_only_the_files_that_it_is_given_are_open(confined: Confined) -> None:
    text = "import os\nanswer = sorted(map(int, os.listdir('/proc/self/fd'))), WRITE, [os.readlink(f'/proc/self/fd/{n}') for n in range(3)]"
    seen, given, first = confined.run(text)
    listing = [n for n in seen if n not in (0, 1, 2, given)]  # the folder that is being listed
    assert len(listing) == 1 and first == ["/dev/null"] * 3


def test_two_children_draw_different_numbers(confined: Confined) -> None:
    drawn = {confined.run("import random\nanswer = random.random()") for _ in range(3)}
    assert len(drawn) == 3


CLOSED_TO_WRITING = ["/x", "/usr/x", "/grading/x", "/etc/x", "/dev/x", "/proc/self/oom_score_adj", "/proc/sys/kernel/hostname"]


@pytest.mark.parametrize("path", [*CLOSED_TO_WRITING, f"{PYTHON[0]}/x"], ids=[*CLOSED_TO_WRITING, "the environment"])
def test_it_can_write_nowhere_in(confined: Confined, path: str) -> None:
    assert confined.outcome(f"os.open({path!r}, os.O_WRONLY | os.O_CREAT)") in ("EACCES", "EROFS")


@pytest.mark.parametrize("path", ["/tmp/x", "/dev/shm/x", "/dev/null"])
def test_it_can_write_in_its_own(confined: Confined, path: str) -> None:
    assert confined.run(f"answer = open({path!r}, 'w').write('abc')") == 3


def test_what_one_child_wrote_no_other_finds(confined: Confined) -> None:
    confined.run("open('/tmp/x', 'w').write('a'); open('/dev/shm/x', 'w').write('a')")
    assert confined.run("import os\nanswer = os.listdir('/tmp') + os.listdir('/dev/shm')") == []


@pytest.mark.parametrize("action", ["os.mknod('/tmp/disk', 0o60600, os.makedev(8, 0))", "os.link('/usr/bin/env', '/tmp/env')"])
def test_it_can_make_no_second_way_in(confined: Confined, action: str) -> None:
    assert confined.outcome(action) in ("EACCES", "EPERM", "EXDEV")
