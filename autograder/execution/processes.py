"""The processes that a batch starts, seen from the supervisor: one warm interpreter, and the children that it forks.

`Warm` is shared by all engines of a batch: imports are paid once and its memory is shared. It answers one request at a time, each
within a few milliseconds. When it ends, by whatever accident, whoever asks next starts it anew.
"""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import os
import select
import signal
import socket
import subprocess
import sys
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass
from pathlib import Path
from threading import Lock
from types import TracebackType
from typing import Any

from autograder import sandbox
from autograder.execution.zygote import Kind
from autograder.model import Limits, MachineryError, SandboxError

SHOWN = ("__init__.py", "model.py", "words.py", "syntax.py", "sandbox", "checks", "execution")
"""What of this package the processes see: nothing that knows a course."""
OWN_MEMORY, OWN_PROCESSES = 128 * 2**20, 16
"""What a control group may hold of our own, besides the students'."""
START = 120.0
"""Seconds until the interpreter must be warm; about 3 on a quiet machine. A child must be confined in this time."""
LAST_WORDS = 0.5
"""Seconds in which a process whose connection ended must be seen to end, before it is killed."""


def code_version(package: Path = Path(__file__).parents[1]) -> str:
    """sha256 of what decides, besides an assignment's text, how its tests end: what the processes see of this package, and the versions
    of Python and its libraries."""
    hashed = hashlib.sha256()
    for path in sorted(path for name in SHOWN for path in (package / name, *(package / name).rglob("*.py")) if path.is_file()):
        hashed.update(f"{path.relative_to(package)} {hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    libraries = sorted(f"{found.name}=={found.version}" for found in importlib.metadata.distributions())
    hashed.update(f"{sys.version} {libraries}".encode())
    return hashed.hexdigest()


class Warm:
    """The warm interpreter: see `zygote`. Started by the first who needs it; safe to use from several threads.

    slot    as root, which unprivileged user it runs as
    unsafe  start as well where a layer of the confinement that student code needs is missing
    """

    def __init__(self, *, slot: int = 0, unsafe: bool = False) -> None:
        self.slot, self.unsafe = slot, unsafe
        self.lacks: tuple[str, ...] = ()  # names of the needed layers that are missing, where it runs all the same
        self._lock = Lock()
        self._process: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._closed = False

    def __enter__(self) -> Warm:
        self.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def start(self) -> None:
        """Start it now, unless it is there."""
        with self._lock:
            if not self.running:
                self._start()

    @property
    def remark(self) -> str:
        """What results must say of the confinement: nothing, where it was whole."""
        return f", unsafe: without {' and '.join(self.lacks)}" if self.lacks else ""

    @property
    def running(self) -> bool:
        """Whether the interpreter is there."""
        return self._process is not None and self._process.poll() is None

    def close(self) -> None:
        """End it and everything that it forked; it is not started again."""
        self._closed = True
        self._stop()

    def _stop(self) -> None:
        if self._process is not None and self._control is not None:
            self._control.close()
            self._process.kill()
            self._process.wait()
        self._process = self._control = None

    def fork(self, kind: Kind, limits: Limits) -> Child:
        """A new confined child; a dead interpreter is started anew once."""
        with self._lock:
            try:
                child = _fork(self._control, kind, limits)
            except MachineryError:
                self._stop()
                self._start()
                child = _fork(self._control, kind, limits)
        return _confined(child)

    def branch(self) -> tuple[socket.socket, int]:
        """The connection to a new fork of the interpreter that forks in its place, and that fork's number on this machine."""
        with self._lock:
            if not self.running:
                self._start()
            branch = _fork(self._control, "branch", Limits(), socket.SOCK_SEQPACKET)
        number = _number(branch.process)
        os.close(branch.process)
        branch.sock.settimeout(START)
        return branch.sock, number

    def _start(self) -> None:
        if self._closed:
            raise MachineryError("The batch was ended while this was running.")
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        if self.unsafe:
            self.lacks = tuple(layer.name for layer in sandbox.layers(slot=self.slot) if layer.needed and not layer.active)
        code = f"from autograder.execution.zygote import main; main({theirs.fileno()}, unsafe={self.unsafe})"
        command = sandbox.python(code, SHOWN, slot=self.slot, confined="bubblewrap" not in self.lacks)
        with open(os.memfd_create("log"), "w+b") as log:
            try:
                self._process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=log, stderr=log)
            except OSError as error:
                raise SandboxError(f"A confined process could not be started: {error}. {self._refusal()}") from None
            theirs.close()
            self._control = ours
            ours.settimeout(START)
            try:
                message = ours.recv(1 << 16)
            except OSError:
                message = b""
            if not message:
                log.seek(0)
                said = log.read()[-1500:].decode(errors="replace").strip() or f"no word in {START:.0f} s"
                self._stop()
                raise SandboxError(f"The warm interpreter did not start: {said} {self._refusal()}")

    def _refusal(self) -> str:
        return sandbox.refusal(sandbox.layers(slot=self.slot))


def _ask(control: socket.socket | None, request: dict[str, Any], files: Sequence[int] = ()) -> tuple[dict[str, Any], list[int]]:
    try:
        if control is not None:
            socket.send_fds(control, [json.dumps(request).encode()], files)
            message, got, _, _ = socket.recv_fds(control, 1 << 16, 1)
            if message:
                return json.loads(message), got
    except OSError as error:
        raise MachineryError(f"The warm interpreter does not answer: {error}.") from None
    raise MachineryError("The warm interpreter ended: look for a lack of memory on this machine.")


def _fork(control: socket.socket | None, kind: Kind, limits: Limits, words: int = socket.SOCK_STREAM) -> Child:
    ours, theirs = socket.socketpair(socket.AF_UNIX, words)
    with theirs:
        answer, files = _ask(control, {"fork": kind, "limits": asdict(limits)}, [theirs.fileno()])
    return Child(control, answer["child"], files[0], ours)


def _confined(child: Child) -> Child:
    """The child, once it is confined."""
    if not child.wait(START) or child.sock.recv(1) != b"!":
        child.end()
        child.see_dead()
        raise SandboxError("A process could not be confined. `autograder doctor` says what this machine allows.")
    return child


def _number(process: int) -> int:
    """The number on this machine of the process that a file descriptor names: inside it has another one."""
    with open(f"/proc/self/fdinfo/{process}") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("Pid:"))


class Branch:
    """Where one engine's student processes come from: all of them are in one control group, where this machine lets us make one. It
    is a fork of the warm interpreter, so that no submission waits for joining the group.

    times  how many processes with the same limits run side by side
    """

    def __init__(self, warm: Warm, *, times: int = 1) -> None:
        self._warm, self._times = warm, times
        self._control: socket.socket | None = None
        self._group: sandbox.Group | None = None
        self._allowed: Limits | None = None
        self._killed = 0

    def fork(self, kind: Kind, limits: Limits) -> Child:
        """A new confined child; a dead branch is replaced once."""
        for _ in range(2):
            if self._control is None:
                self._start()
            if self._group is not None and limits != self._allowed:
                self._group.allow(self._times * limits.memory + OWN_MEMORY, self._times * limits.processes + OWN_PROCESSES)
                self._allowed = limits
            try:
                child = _fork(self._control, kind, limits)
            except MachineryError:
                self.close()
            else:
                return _confined(child)
        raise MachineryError("The process that forks students' ended twice in a row: look for a lack of memory on this machine.")

    def out_of_memory(self) -> bool:
        """Whether the kernel killed something of the group for want of memory since this was asked last."""
        before, self._killed = self._killed, self._group.out_of_memory() if self._group is not None else 0
        return self._killed > before

    def cpu_seconds(self) -> float:
        """Processor time of all that came from here so far; 0 where nobody counts it."""
        return self._group.cpu_seconds() if self._group is not None else 0.0

    def close(self) -> None:
        """End it, and all that is in its group."""
        if self._control is not None:
            self._control.close()
        if self._group is not None:
            self._group.close()
        self._control = self._group = self._allowed = None
        self._killed = 0

    def _start(self) -> None:
        self._control, number = self._warm.branch()
        self._group = sandbox.make_group(number)
        if self._group is not None:
            self._group.add(number)


@dataclass
class Child:
    """A confined process of its own, with all that it starts, and the socket to it."""

    control: socket.socket | None  # of who forked it
    number: int  # for whom forked it
    process: int  # file descriptor that names the process
    sock: socket.socket

    def wait(self, seconds: float) -> bool:
        """Whether something can be read within this time."""
        return _readable(self.sock, seconds)

    def end(self) -> None:
        """Kill it with all that it started, which takes some milliseconds; `see_dead` waits for that."""
        self.sock.close()
        with suppress(ProcessLookupError):
            signal.pidfd_send_signal(self.process, signal.SIGKILL)

    def see_dead(self) -> None:
        """Wait until it has ended with all that it started; the last thing to ask."""
        if not _readable(self.process, START):
            raise MachineryError(f"A process that was killed is still there after {START:.0f} s.")
        os.close(self.process)

    def last_words(self) -> int:
        """How it ended (negative: by which signal), after its connection did; 0 when it is still there."""
        try:
            return int(_ask(self.control, {"ended": self.number})[0]["code"]) if _readable(self.process, LAST_WORDS) else 0
        except MachineryError:
            return 0


class Hall:
    """Where the testers of one engine come from, one at a time: a fork of a confined process that has everything imported."""

    def __init__(self, warm: Warm, limits: Limits) -> None:
        self._warm, self._limits = warm, limits
        self._hall: Child | None = None

    def tester(self) -> socket.socket:
        """The connection to a new tester; the one before is dead then, with all that it left."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            for _ in range(2):
                if self._hall is None:
                    self._hall = self._warm.fork("hall", self._limits)
                try:
                    socket.send_fds(self._hall.sock, [b"t"], [theirs.fileno()])
                    return ours
                except OSError:  # it died, or the whole interpreter did
                    self.close()
        raise MachineryError("The process that forks testers ended twice in a row: look for a lack of memory on this machine.")

    def end_tester(self) -> None:
        """End the present tester; nobody waits for it."""
        if self._hall is not None:
            try:
                self._hall.sock.sendall(b"e")
            except OSError:
                self.close()

    def close(self) -> None:
        """End the hall."""
        if self._hall is not None:
            self._hall.end()
            self._hall.see_dead()
        self._hall = None


def ending(code: int) -> str:
    """How a process ended, to be put behind a sentence: the signal in brackets; nothing when it ended by itself."""
    if code >= 0:
        return ""
    try:
        return f" ({signal.Signals(-code).name})"
    except ValueError:
        return f" (signal {-code})"


def _readable(file: Any, seconds: float) -> bool:
    return bool(select.select([file], [], [], max(seconds, 0))[0])
