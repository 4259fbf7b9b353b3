"""How much foreign code may use, and that nothing of it is left."""

from __future__ import annotations

import os
import select
import signal

import pytest

from autograder.model import Limits
from tests.sandbox.conftest import Confined, fresh

MB = 2**20


def closes(pipe: int, seconds: float = 20.0) -> bool:
    """Whether nobody holds the other end any more, within this time."""
    return bool(select.select([pipe], [], [], seconds)[0]) and os.read(pipe, 1) == b""


def test_a_process_that_uses_too_much_time_is_killed(confined: Confined) -> None:
    assert confined.ended("while True:\n    pass", limits=Limits(cpu=1)).code == -signal.SIGKILL


def test_one_that_it_forked_as_well(confined: Confined) -> None:
    text = "import os\nchild = os.fork()\nif child == 0:\n    while True: pass\nanswer = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])"
    assert confined.run(text, limits=Limits(cpu=1)) == -signal.SIGXCPU


def test_memory_ends_as_a_memory_error(confined: Confined) -> None:
    text = "try:\n    x = bytearray(600 * 2**20)\nexcept MemoryError:\n    answer = 'memory'"
    assert confined.run(text, limits=Limits(memory=500 * MB)) == "memory"
    assert confined.run(text, limits=Limits(memory=1500 * MB)) is None


def test_a_fork_bomb_ends_at_the_number_of_processes(confined: Confined) -> None:
    text = """
import os, signal
count = 1
try:
    while count < 500:
        if os.fork() == 0:
            signal.pause()
        count += 1
except BlockingIOError:
    answer = count
"""
    assert confined.run(text, limits=Limits(processes=40)) == 40


def test_threads_count_as_processes(confined: Confined) -> None:
    text = """
import threading
gate, count = threading.Event(), 1
threading.stack_size(65536)
try:
    while count < 500:
        threading.Thread(target=gate.wait, daemon=True).start()
        count += 1
except RuntimeError:
    answer = count
"""
    assert confined.run(text, limits=Limits(processes=40)) == 40


def test_a_file_ends_at_its_size(confined: Confined) -> None:
    assert confined.outcome("open('/tmp/x', 'wb').write(bytes(3 * 2**20))", limits=Limits(file_size=2 * MB)) == "EFBIG"


@pytest.mark.parametrize("folder, room", [("/tmp", 8), ("/dev/shm", 64)])
def test_all_files_together_end_at_their_size(confined: Confined, folder: str, room: int) -> None:
    text = f"""
import errno
count = 0
try:
    while count < 200:
        with open(f"{folder}/{{count}}", "wb") as file:
            file.write(bytes(2**20))
        count += 1
except OSError as error:
    answer = errno.errorcode[error.errno], count
"""
    assert confined.run(text, limits=Limits(scratch=8 * MB)) == ["ENOSPC", room]


def test_many_small_files_end_as_well(confined: Confined) -> None:
    text = """
import errno
count = 0
try:
    while count < 50000:
        open(f"/tmp/{count}", "w").close()
        count += 1
except OSError as error:
    answer = errno.errorcode[error.errno], count < 20000
"""
    assert confined.run(text) == ["ENOSPC", True]


def test_open_files_end_at_their_number(confined: Confined) -> None:
    assert confined.outcome("held = [open('/dev/null') for _ in range(20)]", limits=Limits(open_files=32)) == "done"
    assert confined.outcome("held = [open('/dev/null') for _ in range(32)]", limits=Limits(open_files=32)) == "EMFILE"


def test_nothing_is_kept_from_being_swapped_or_queued(confined: Confined) -> None:
    text = "import resource\nanswer = resource.getrlimit(resource.RLIMIT_MEMLOCK) + resource.getrlimit(resource.RLIMIT_MSGQUEUE)"
    assert confined.run(text) == [0, 0, 0, 0]


def test_a_crash_leaves_no_core_dump(confined: Confined) -> None:
    text = """
import ctypes, os
child = os.fork()
if child == 0:
    ctypes.string_at(0)
_, status = os.waitpid(child, 0)
answer = os.WTERMSIG(status), os.WCOREDUMP(status), os.listdir("/tmp")
"""
    assert confined.run(text) == [signal.SIGSEGV, False, []]


DAEMON = """
import os, signal, time
started, start = os.pipe()
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        for number in range(1, 32):
            if number not in (signal.SIGKILL, signal.SIGSTOP):
                signal.signal(number, signal.SIG_IGN)
        os.write(HELD, b"d")
        os.write(start, b"d")
        time.sleep(600)
    os._exit(0)
os.read(started, 1)
"""
"""A detached process that no polite signal ends, and that holds HELD open."""


@pytest.mark.parametrize("kill", [False, True], ids=["it ends", "it is killed"])
def test_what_it_started_is_dead_with_it(confined: Confined, kill: bool) -> None:
    read, write = os.pipe()
    child = confined.start(DAEMON + ("time.sleep(600)" if kill else ""), files={"HELD": write})
    os.close(write)
    assert os.read(read, 1) == b"d"
    confined.end(child, kill=kill)
    assert closes(read, 0.0)  # at once: the kernel keeps the child until all others of its namespace are dead
    os.close(read)


def test_it_dies_with_the_zygote(who: str, worker_id: str) -> None:
    read, write = os.pipe()
    zygote = fresh(who, worker_id)
    zygote.start(DAEMON + "time.sleep(600)", files={"HELD": write})
    os.close(write)
    assert os.read(read, 1) == b"d"
    zygote.close()
    assert closes(read)
    os.close(read)


def test_a_child_can_end_what_it_forked_and_be_as_at_the_start(confined: Confined) -> None:
    text = """
import os, signal, time
from autograder import sandbox
open("/tmp/left", "w").close()
os.mkdir("/dev/shm/folder")
for _ in range(2000):
    os.mkdir("x" * 20)
    os.chdir("x" * 20)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        time.sleep(600)
    os._exit(0)
class Same: namespaces = 1
sandbox.alone(Same, [])
answer = os.listdir("/tmp") + os.listdir("/dev/shm") + [p for p in os.listdir("/proc") if p.isdigit()]
"""
    assert confined.run(text) == ["1"]
