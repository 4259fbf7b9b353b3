"""A process that runs one program in a folder and says what became of it: for work that is no notebook (see `programs`).

It is the first process of its namespaces, so nothing that the program starts outlives it, and the time of all of it is known. It lets
nobody look into itself, and reads files only when everything else is dead; even so all that it says is the student's word.
"""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

from autograder.execution.wire import Channel, Refused
from autograder.sandbox.linux import LIBC, PR_SET_DUMPABLE

FOLDER, OWN = "project", "own"
"""Below the process's /tmp: the program's folder, and where it may leave whatever else it needs for the time being."""
MAX_FILES, MAX_FILE, MAX_BYTES = 500, 4 * 2**20, 32 * 2**20
"""Of what is read afterwards."""
KEPT = 4000
"""Bytes of the beginning and of the end of what it prints."""
MAX_STRAYS = 20


def main(control: socket.socket) -> None:
    """Take the files, run the program, answer."""
    LIBC.prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)
    channel = Channel(control)
    (words, seconds, patterns, names), contents = channel.receive()
    home = Path(FOLDER).absolute()
    for folder in (home, Path(OWN)):
        folder.mkdir()
    for name, content in zip(names, contents, strict=True):
        path = home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    code, overdue, said = _run(words, home, seconds)
    if os.getpid() != 1:
        raise RuntimeError("only the first process of its own namespaces can end all others")
    with suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    with suppress(ChildProcessError):
        while True:
            os.waitpid(-1, 0)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    strays = sorted(entry.name for entry in os.scandir("/tmp") if entry.name not in (FOLDER, OWN))
    left = dict(_files(home, patterns))
    answer: list[Any] = [code, overdue, used.ru_utime + used.ru_stime, said, strays[:MAX_STRAYS], list(left)]
    try:
        channel.send(answer, list(left.values()))
    except Refused:
        channel.send([*answer[:-1], []])


def _run(words: Sequence[str], home: Path, seconds: float) -> tuple[int, bool, str]:
    """Exit code (negative: the signal), whether it was stopped, and what it printed."""
    own = str(Path(OWN).absolute())
    environment = {**os.environ, "HOME": own, "TMPDIR": own, "MPLCONFIGDIR": own, "TORCH_HOME": own, "PYTHONUNBUFFERED": "1"}
    with open(os.memfd_create("printed"), "w+b", buffering=0) as printed:
        command = [sys.executable, "-s", "-B", *words]
        process = subprocess.Popen(command, cwd=home, env=environment, stdin=subprocess.DEVNULL, stdout=printed, stderr=printed)
        try:
            code, overdue = process.wait(seconds), False
        except subprocess.TimeoutExpired:
            process.kill()
            code, overdue = process.wait(), True
        size = os.fstat(printed.fileno()).st_size
        content = os.pread(printed.fileno(), KEPT, 0)
        if size > 2 * KEPT:
            content += b"\n[...]\n"
        content += os.pread(printed.fileno(), KEPT, max(size - KEPT, KEPT)) if size > KEPT else b""
    return code, overdue or code == -signal.SIGXCPU, content.decode(errors="replace")


def _files(home: Path, patterns: Sequence[str]) -> Iterator[tuple[str, bytes]]:
    """What stands there under these names. Links are not followed, and what is too much is left out."""
    count = size = 0
    for pattern in patterns:
        for path in sorted(home.glob(pattern)):
            try:
                if path.is_symlink() or path.parent.is_symlink() or not path.is_file():
                    continue
                length = path.stat().st_size
                if length > MAX_FILE or count >= MAX_FILES or size + length > MAX_BYTES:
                    continue
                content = path.read_bytes()
            except OSError:
                continue
            count, size = count + 1, size + length
            yield path.relative_to(home).as_posix(), content
