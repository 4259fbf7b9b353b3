"""A whole notebook in one confined process, tests included: as Jupyter runs it, only fast and shut in.

For what cannot run apart: notebooks whose author is not known here, and tests that need the student's very objects. The test can be read
and bent by the code it tests, so a result from here is worth less than the engine's; nothing else of the machine can be.

    with Together(engine, limits, files={"data.csv": b"…"}) as notebook:
        for text in cells:
            ran = notebook.run(text, seconds=30)

A cell whose time is up is interrupted, and the next one finds what it left, as in Jupyter. When the process is gone (the cell ended it, or
did not heed the interrupt) `lost` says how, and the next cell runs in a fresh process, in which the cells before have run again
except for the lost one, unless `replay` is off.
"""

from __future__ import annotations

import base64
import binascii
import socket
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from types import TracebackType
from typing import Any

from autograder.execution.engine import Engine
from autograder.execution.processes import Child, ending
from autograder.execution.wire import Channel, Gone, Refused
from autograder.model import Limits, MachineryError

PLAIN = ("text/plain", "image/png", "image/jpeg")
"""Forms of a value that a browser only shows."""
MAX_OUTPUTS = 2000
MAX_DEPTH = 20
START = 30.0
"""Seconds for a fresh process to take its files."""

Output = dict[str, Any]


@dataclass(frozen=True)
class Ran:
    """How one cell went. A display that a later cell changes is changed in these `outputs`."""

    outputs: list[Output]  # as nbformat has them
    count: int | None = None  # the number in brackets beside the cell
    error: Mapping[str, Any] | None = None  # what it raised: ename, evalue, traceback
    overdue: bool = False  # it was stopped because its time was up
    lost: str = ""  # what became of its process; empty when it lives
    seconds: float = 0.0


@dataclass
class _Cell:
    """One that has run in the present process, and runs again in a fresh one."""

    text: str
    seconds: float | None


@dataclass
class Together:
    """The process of one notebook. A context manager.

    limits       of the process; `wall` is for all cells together, and `printed` for the outputs of each
    files        what the cells find beside the notebook: relative name -> bytes
    environment  environment variables to add
    rich         keep every form of a shown value, HTML and scripts included, instead of text and pictures
    replay       run the earlier cells again when the process was lost
    grace        seconds that an interrupted cell has to end
    """

    engine: Engine
    limits: Limits = field(default_factory=Limits)
    files: Mapping[str, bytes] = field(default_factory=dict)
    environment: Mapping[str, str] = field(default_factory=dict)
    rich: bool = False
    replay: bool = True
    grace: float = 4.0

    def __post_init__(self) -> None:
        self._child: Child | None = None
        self._deadline = 0.0
        self._before: list[_Cell] = []
        self._displays: dict[str, list[Output]] = {}

    def __enter__(self) -> Together:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._drop()

    def run(self, text: str, seconds: float | None = None) -> Ran:
        """Run one cell, at most for these seconds (None: as long as the limits allow)."""
        ran = self._run(self._child or self._start(), text, seconds)
        if ran.lost:
            self._drop()
        if not ran.lost and not ran.overdue:
            self._before.append(_Cell(text, seconds))
        return ran

    def written(self) -> tuple[dict[str, bytes], tuple[str, ...]]:
        """The files that the cells made or changed beside the notebook, and the names of those left out as too many or too large.
        Nothing when the process is gone."""
        if self._child is None:
            return {}, ()
        try:
            with _answer_within(self._child, START):
                channel = Channel(self._child.sock)
                channel.send(["files"])
                head, buffers = channel.receive()
            names, left = head[1], head[2]
            return {name: bytes(content) for name, content in zip(names, buffers, strict=True) if _is_inside(name)}, _names(left)
        except (Gone, Refused, TypeError, ValueError, LookupError):
            self._drop()
            return {}, ()

    # ---- the process

    def _start(self) -> Child:
        """A fresh process with the files, in which the earlier cells have run again."""
        child = self._child = self.engine.fork("notebook", self.limits)
        self._deadline = time.monotonic() + self.limits.wall
        try:
            with _answer_within(child, START):
                channel = Channel(child.sock)
                channel.send([self.limits.printed, dict(self.environment)])
                for name, content in self.files.items():
                    channel.send(["file", name], [content])
                channel.send(["cell", "", None])
                channel.receive()
        except Gone:
            self._drop()
            size = sum(map(len, self.files.values())) / 2**20
            raise MachineryError(
                f"The {len(self.files)} files beside the notebook ({size:.0f} MiB) did not fit into its confined process "
                f"({self.limits.scratch / 2**20:.0f} MiB of files, {self.limits.memory / 2**20:.0f} MiB of memory)."
            ) from None
        again, self._before = self._before if self.replay else [], []
        for place, cell in enumerate(again):
            if self._run(child, cell.text, cell.seconds).lost:  # not the first time, but now: it is left out from here on
                self._drop()
                self._before += again[place + 1 :]
                return self._start()
            self._before.append(cell)
        return child

    def _run(self, child: Child, text: str, seconds: float | None) -> Ran:
        began = time.monotonic()
        time_left = max(self._deadline - began, 0.0)
        limit = min(seconds, time_left) if seconds is not None else time_left
        channel = Channel(child.sock)
        try:
            channel.send(["cell", text, limit])
            if not child.wait(limit + self.grace):
                return Ran([], overdue=True, lost="It did not end when it was interrupted, and was stopped.", seconds=limit)
            with _answer_within(child, max(self.grace, 1.0)):
                head, _ = channel.receive()
            took = time.monotonic() - began
            return self._ran(head, took, overdue=took >= limit)
        except (Gone, Refused):
            return Ran([], lost=f"It ended the process{ending(child.last_words())}.", seconds=time.monotonic() - began)

    def _drop(self) -> None:
        if self._child is not None:
            self._child.end()
            self._child.see_dead()
        self._child = None

    # ---- what it says

    def _ran(self, head: Any, seconds: float, *, overdue: bool) -> Ran:
        """The child's report on a cell, taken with care."""
        if type(head) is not list or len(head) != 4 or head[0] != "done" or type(head[3]) is not list:
            raise Gone("a report that is none")
        outputs: list[Output] = []
        for item in head[3][:MAX_OUTPUTS]:
            output = _output(item, rich=self.rich)
            if output is None:
                continue
            display = item.get("display_id")
            if type(display) is str:
                shown = self._displays.setdefault(display, [])
                for earlier in shown:
                    earlier.update(data=output["data"], metadata=output["metadata"])
                if item["output_type"] == "update_display_data":
                    continue
                shown.append(output)
            outputs.append(output)
        count = head[2] if type(head[2]) is int and 0 <= head[2] < 2**31 else None
        return Ran(outputs, count, _raised(head[1]), overdue, "", seconds)


@contextmanager
def _answer_within(child: Child, seconds: float) -> Iterator[None]:
    """Hang up on a child that answers more slowly, or by the byte."""
    watch = threading.Timer(seconds, _hang_up, (child.sock,))
    watch.daemon = True
    watch.start()
    try:
        yield
    finally:
        watch.cancel()


def _raised(told: Any) -> Output | None:
    if type(told) is not dict:
        return None
    lines = told.get("traceback") if type(told.get("traceback")) is list else []
    return {
        "ename": _text(told.get("ename")) or "Error",
        "evalue": _text(told.get("evalue")),
        "traceback": [_text(line) for line in (lines or [])[:500]],
    }


def _output(item: Any, *, rich: bool) -> Output | None:
    """One output in nbformat's form, with nothing in it that nbformat does not know; None when it is none."""
    match item.get("output_type") if type(item) is dict else None:
        case "stream":
            return {
                "output_type": "stream",
                "name": "stderr" if item.get("name") == "stderr" else "stdout",
                "text": _text(item.get("text")),
            }
        case "error":
            return {"output_type": "error", **(_raised(item) or {})}
        case "execute_result" | "display_data" | "update_display_data" as kind:
            told, about = item.get("data"), item.get("metadata")
            data = {mime: value for mime, value in told.items() if _is_form(mime, value, rich=rich)} if type(told) is dict else {}
            if not data:
                return None
            kept = about if rich and type(about) is dict and _is_shallow(about) else {}
            shown: Output = {"output_type": "display_data", "data": data, "metadata": kept}
            if kind == "execute_result":
                count = item.get("execution_count")
                shown |= {"output_type": kind, "execution_count": count if type(count) is int and 0 <= count < 2**31 else None}
            return shown
    return None


def _is_form(mime: str, value: Any, *, rich: bool) -> bool:
    """Whether this may stand in an output."""
    if rich and (mime == "application/json" or mime.endswith("+json")):
        return _is_shallow(value)
    if type(value) is not str or value != _text(value):
        return False
    return rich or (mime in PLAIN and (not mime.startswith("image/") or _is_base64(value)))


def _is_base64(value: str) -> bool:
    try:
        return bool(base64.b64decode(value.replace("\n", ""), validate=True))
    except (binascii.Error, ValueError):
        return False


def _is_shallow(value: Any, depth: int = MAX_DEPTH) -> bool:
    """Whether it has few levels: notebooks are copied and checked by recursion. Its text must be storable as well."""
    if type(value) is str:
        return value == _text(value)
    if type(value) in (dict, list):
        inner = [*value, *value.values()] if type(value) is dict else value
        return depth > 0 and all(_is_shallow(part, depth - 1) for part in inner)
    return True


def _text(value: Any) -> str:
    """A text that can be written to a file: lone surrogates cannot."""
    return value.encode("utf-8", "replace").decode() if type(value) is str else ""


def _is_inside(name: Any) -> bool:
    """Whether a name stays in its folder, and is one that a file may have."""
    if type(name) is not str or not name or name != _text(name) or len(name) > 500 or "\x00" in name or "\\" in name:
        return False
    path = PurePosixPath(name)
    return not path.is_absolute() and ".." not in path.parts and not any(part.startswith(".") for part in path.parts)


def _names(told: Any) -> tuple[str, ...]:
    return tuple(_text(name)[:200] for name in told[:MAX_OUTPUTS] if type(name) is str) if type(told) is list else ()


def _hang_up(sock: socket.socket) -> None:
    with suppress(OSError):
        sock.shutdown(socket.SHUT_RDWR)
