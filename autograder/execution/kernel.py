"""A process that runs a notebook as a kernel does: for those whose cells all run in one, tests included (see `together`).

Outputs are what Jupyter would keep: text as it comes, every form of a shown value, counted results, tracebacks, and what programs that a
cell starts write by themselves. A cell whose time is up is interrupted as by Jupyter's stop button, and the next one finds what it left.
Like everything in this process it may be rewritten by the student's code; `together` checks what it says.
"""

from __future__ import annotations

import base64
import contextlib
import json
import os
import signal
import socket
import sys
import threading
import warnings
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from autograder.execution.student import Outputs, Printed, show_figures
from autograder.execution.wire import Channel, Refused, Tree

FOLDER = "notebook"
"""Where the cells run, below the process's own /tmp."""
MAX_FILES = 200
MAX_BYTES = 64 * 2**20
"""Of what the cells wrote; more is left behind."""
LINE = 20_000
"""Characters of one line of a traceback."""


class Shown(Outputs):
    """The outputs of the cell that runs now, in every form that a notebook keeps."""

    def __init__(self, room: int) -> None:
        super().__init__(room)
        self._stale = False  # to be cleared by the next output

    def text(self, name: str, text: str) -> None:
        """Add printed text."""
        self._renew()
        super().text(name, text)

    def data(self, kind: str, data: dict[str, Any], metadata: dict[str, Any] | None = None, **more: Any) -> None:
        """Add a shown value; `more` goes into the output as it is."""
        self._renew()
        kept = {mime: plain for mime, value in data.items() if (plain := _plain(value)) is not None}
        size = len(json.dumps(kept))
        if kept and size <= self._left:
            self._left -= size
            self.items.append({"output_type": kind, "data": kept, "metadata": _plain(metadata or {}) or {}, **more})

    def error(self, ename: str, evalue: str, lines: list[str]) -> None:
        """Add a traceback."""
        self._renew()
        self.items.append({"output_type": "error", "ename": ename, "evalue": evalue, "traceback": lines})

    def clear(self, wait: bool) -> None:
        """Forget what was shown, now or when the next output comes."""
        self._stale = wait
        if not wait:
            self.start()

    def _renew(self) -> None:
        if self._stale:
            self._stale = False
            self.start()


def main(control: socket.socket, shell: Any) -> None:
    """Run cells as a kernel would, until the connection ends. The first message says how many bytes of output a cell may have, and
    what to add to the environment."""
    channel = Channel(control)
    (room, environment), _ = channel.receive()
    shown = Shown(room)
    _as_kernel(shell, shown)
    os.environ.update(environment)
    home = Path(FOLDER).absolute()
    home.mkdir()
    os.chdir(home)
    sys.path.insert(next((place for place, path in enumerate(sys.path) if path.endswith("-packages")), 0), "")
    given: dict[str, tuple[int, int]] = {}
    with _own_descriptors() as descriptors:
        while True:
            (word, *rest), buffers = channel.receive()
            if word == "file":
                path = home / rest[0]
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(buffers[0])
                given[rest[0]] = _mark(path)
            elif word == "cell":
                error = _run(shell, shown, *rest)
                for name, descriptor in descriptors.items():
                    shown.text(name, text) if (text := _new(descriptor)) else None
                try:
                    channel.send(["done", error, shell.execution_count - 1, shown.items])
                except Refused:  # text grows when it is packed
                    channel.send(["done", error, shell.execution_count - 1, []])
            elif word == "files":
                files, left = _written(home, given)
                channel.send(["files", list(files), left], list(files.values()))


def _as_kernel(shell: Any, shown: Shown) -> None:
    """Let the shell show its outputs as Jupyter's does."""

    def result(data: dict[str, Any], metadata: dict[str, Any] | None = None) -> None:
        shown.data("execute_result", data, metadata, execution_count=shell.displayhook.prompt_count)

    def publish(data: dict[str, Any], metadata: Any = None, *_: Any, transient: Any = None, update: bool = False, **__: Any) -> None:
        display = (transient or {}).get("display_id")
        shown.data("update_display_data" if update else "display_data", data, metadata, **({"display_id": str(display)} if display else {}))

    def failed(etype: Any, evalue: Any, lines: list[str]) -> None:
        shell.last_lines = [str(line)[:LINE] for line in lines]
        shown.error(str(etype.__name__), str(evalue), shell.last_lines)

    shell.displayhook.write_format_data = result
    shell.display_pub.publish = publish
    shell.display_pub.clear_output = lambda wait=False: shown.clear(wait)
    shell._showtraceback = failed
    shell.colors = "neutral"  # pages and `nbgrader validate` expect a kernel's colour codes
    for name in ("stdout", "stderr"):
        setattr(sys, name, Printed(name, shown.text))
    warnings.resetwarnings()  # a kernel warns as Python does
    for category in (DeprecationWarning, PendingDeprecationWarning, ImportWarning, ResourceWarning):
        warnings.simplefilter("ignore", category)
    warnings.filterwarnings("default", category=DeprecationWarning, module="__main__")


def _run(shell: Any, shown: Shown, text: str, seconds: float | None) -> Tree:
    """Run one cell, interrupted when its time is up; None, or what it raised."""
    shown.start()
    shell.last_lines = []
    try:
        with _interrupted_after(seconds):
            result = shell.run_cell(text, store_history=True)
            with contextlib.suppress(Exception):  # a figure that cannot be drawn is no figure
                show_figures(shown)
    except KeyboardInterrupt as late:  # between the cell's end and the alarm's
        return _reply(late, [])
    error = result.error_before_exec or result.error_in_exec
    return None if error is None else _reply(error, shell.last_lines)


def _reply(error: BaseException, lines: list[str]) -> Tree:
    try:
        text = str(error)
    except Exception:
        text = ""
    return {"ename": type(error).__name__, "evalue": text[:LINE], "traceback": lines}


@contextlib.contextmanager
def _interrupted_after(seconds: float | None) -> Iterator[None]:
    """KeyboardInterrupt in the main thread when it is still in here after this time. A thread and not an alarm: cells use alarms."""
    signal.signal(signal.SIGINT, signal.default_int_handler)
    alarm = threading.Timer(seconds or 0, signal.pthread_kill, (threading.get_ident(), signal.SIGINT))
    alarm.daemon = True
    if seconds is not None:
        alarm.start()
    try:
        yield
    finally:
        alarm.cancel()
        signal.signal(signal.SIGINT, signal.SIG_IGN)


@contextlib.contextmanager
def _own_descriptors() -> Iterator[dict[str, int]]:
    """Two files behind descriptors 1 and 2, for programs and libraries that do not write through Python."""
    files = {name: os.memfd_create(name, 0) for name in ("stdout", "stderr")}
    for number, descriptor in enumerate(files.values(), start=1):
        os.dup2(descriptor, number)
    yield files


def _new(descriptor: int) -> str:
    """What was written to such a file since the last time. Descriptors that were copied share their place in the file."""
    size = os.lseek(descriptor, 0, os.SEEK_CUR)
    if not size:
        return ""
    content = os.pread(descriptor, min(size, MAX_BYTES), 0)
    os.ftruncate(descriptor, 0)
    os.lseek(descriptor, 0, os.SEEK_SET)
    return content.decode(errors="replace")


def _written(home: Path, given: dict[str, tuple[int, int]]) -> tuple[dict[str, bytes], list[str]]:
    """New and changed files below the notebook's folder, and the names of those that are too many or too large."""
    files: dict[str, bytes] = {}
    left: list[str] = []
    for folder, inner, names in os.walk(home):
        inner[:] = sorted(name for name in inner if not name.startswith((".", "__pycache__")))
        for name in sorted(names):
            path = Path(folder, name)
            told = str(path.relative_to(home))
            if name.startswith(".") or path.is_symlink() or not path.is_file() or _mark(path) == given.get(told):
                continue
            if len(files) < MAX_FILES and sum(map(len, files.values())) + path.stat().st_size <= MAX_BYTES:
                files[told] = path.read_bytes()
            elif len(left) < MAX_FILES:
                left.append(told)
    return files, left


def _mark(path: Path) -> tuple[int, int]:
    told = path.stat()
    return told.st_size, told.st_mtime_ns


def _plain(value: Any) -> Any:
    """A value as JSON keeps it; None when it does not."""
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    try:
        return json.loads(json.dumps(value, allow_nan=False))
    except (TypeError, ValueError, RecursionError):
        return None
