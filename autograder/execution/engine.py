"""The supervisor: starts the processes, owns the deadlines, and says what a broken end means.

One `Engine` is one worker: a warm student zygote and a warm tester zygote, both confined, used for one submission after the other. Per
submission one S runs the student's cells in order and forks at the first test of each problem, so that every problem's tests
find the state that stock nbgrader would give them and none is touched by another's. When S ends, hangs or breaks the protocol,
the test in which it happens is lost (after a second try in fresh processes), the rest goes on in a new S.

Which side is to blame at a deadline is told by one shared byte that T sets while it waits for S.
"""

from __future__ import annotations

import json
import mmap
import os
import select
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

import autograder
from autograder import sandbox
from autograder.execution.plan import Plan, ProblemPlan, Step, bound, plan
from autograder.execution.rebuild import Rebuilt
from autograder.execution.wire import Channel, Gone, Refused
from autograder.execution.zygote import Kind
from autograder.model import Assignment, Limits, MachineryError, SandboxError, Status

PACKAGE = Path(autograder.__file__).parent
START = 120.0
"""Seconds until a zygote must be warm; about 3 on a quiet machine."""
TESTER = Limits(cpu=600, wall=600, memory=4096 * 2**20)
"""T runs our own code: the limits only stop an accident."""
CELLS_WALL = 60.0
"""Seconds for all student cells of a notebook together, besides the tests; `Limits.wall` when that is more."""
OUTPUT_TYPES = ("stream", "execute_result", "display_data", "error")


@dataclass(frozen=True)
class Outcome:
    """How one test ended. `blame` is "student" when it ended while S was being asked, "ours" when T itself failed, else empty."""

    id: str
    status: Status
    message: str = ""
    detail: str = ""
    seconds: float = 0.0
    blame: str = ""


@dataclass(frozen=True)
class ProblemRun:
    """The outcomes of one problem's tests, in order."""

    problem: str
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True)
class CellEnd:
    """How a student's cell ended: outputs as nbformat dicts, and what it raised in a sentence (empty when nothing)."""

    outputs: tuple[dict[str, Any], ...]
    failure: str = ""
    hung: bool = False


class Zygote:
    """A warm confined interpreter; see `zygote`."""

    def __init__(self, kind: Kind, slot: int) -> None:
        self.kind = kind
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        code = (
            f"import sys; sys.path.insert(0, '/grading'); from autograder.execution.zygote import main; main({kind!r}, {theirs.fileno()})"
        )
        shown = [
            (PACKAGE / part, f"/grading/autograder/{part}") for part in ("__init__.py", "model.py", "sandbox.py", "checks", "execution")
        ]
        prefixes = dict.fromkeys(Path(p) for p in (sys.prefix, sys.base_prefix, sys.exec_prefix) if not p.startswith("/usr"))
        command = [
            *sandbox.bubblewrap(list(prefixes), slot=slot, at=shown),
            sys.executable,
            "-s",
            "-P",
            "-B",
            "-c",
            code,
        ]
        self.log = open(os.memfd_create(f"{kind}-log"), "w+b")  # noqa: SIM115
        try:
            self.process = subprocess.Popen(command, pass_fds=[theirs.fileno()], stdin=subprocess.DEVNULL, stdout=self.log, stderr=self.log)
        except OSError as error:
            raise SandboxError(f"A confined process could not be started: {error}. {' '.join(sandbox.missing())}") from None
        theirs.close()
        self.control = ours

    def wait_ready(self) -> None:
        """Wait until it is warm."""
        self.control.settimeout(START)
        try:
            message = self.control.recv(1 << 16)
        except OSError:
            message = b""
        if not message:
            self.log.seek(0)
            said = self.log.read()[-1500:].decode(errors="replace").strip()
            self.close()
            raise SandboxError(
                f"The {self.kind} interpreter did not start: {said or 'no word in ' + str(START) + ' s'} {' '.join(sandbox.missing())}"
            )
        self.control.settimeout(START)

    def fork(self, limits: Limits) -> Child:
        """A new confined child."""
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with theirs:
            answer = self._ask({"limits": asdict(limits)}, [theirs.fileno()])
        child = Child(self, answer["child"], ours)
        if not child.wait(START) or ours.recv(1) != b"!":
            child.end()
            raise SandboxError("A process could not be confined. `autograder doctor` says what this machine allows.")
        return child

    def end(self, number: int) -> int:
        """Kill a child and all that it started; how it had ended by itself (0 when it had not)."""
        return int(self._ask({"end": number}, [])["code"])

    def _ask(self, request: dict[str, Any], files: Sequence[int]) -> dict[str, Any]:
        try:
            socket.send_fds(self.control, [json.dumps(request).encode()], files)
            answer = self.control.recv(1 << 16)
        except OSError as error:
            raise MachineryError(f"The warm {self.kind} interpreter does not answer: {error}.") from None
        if not answer:
            raise MachineryError(f"The warm {self.kind} interpreter ended.")
        return dict(json.loads(answer))

    def close(self) -> None:
        """End it and everything that it forked."""
        self.control.close()
        self.process.kill()
        self.process.wait()
        self.log.close()


@dataclass
class Child:
    """A forked process and the socket to it."""

    zygote: Zygote
    number: int
    sock: socket.socket
    code: int | None = None

    def wait(self, seconds: float) -> bool:
        """Whether something can be read within this time."""
        return bool(select.select([self.sock], [], [], max(seconds, 0))[0])

    def end(self) -> int:
        """End it with all that it started."""
        if self.code is None:
            self.sock.close()
            self.code = self.zygote.end(self.number)
        return self.code


class Engine:
    """One worker. A context manager: starts two warm interpreters, runs submissions, ends everything that it started.

    slot  number of this worker on this machine (workers of one batch need different ones)
    """

    def __init__(self, *, slot: int = 0) -> None:
        self.slot = slot
        self._zygotes: dict[Kind, Zygote] = {}

    def __enter__(self) -> Engine:
        try:
            for kind in ("student", "tester"):
                self._zygotes[kind] = Zygote(kind, self.slot)
            for zygote in self._zygotes.values():
                zygote.wait_ready()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End both interpreters and all that they started."""
        for zygote in self._zygotes.values():
            zygote.close()
        self._zygotes.clear()

    def fork(self, kind: Kind, limits: Limits) -> Child:
        """A confined child of a warm interpreter; a dead interpreter is started anew once."""
        try:
            return self._zygotes[kind].fork(limits)
        except MachineryError:
            self._zygotes.pop(kind).close()
            self._zygotes[kind] = Zygote(kind, self.slot)
            self._zygotes[kind].wait_ready()
            return self._zygotes[kind].fork(limits)

    def run(
        self,
        assignment: Assignment,
        rebuilt: Rebuilt,
        *,
        key: bytes,
        only: Sequence[str] = (),
        files: Mapping[str, bytes] | None = None,
    ) -> tuple[tuple[ProblemRun, ...], Mapping[int, CellEnd]]:
        """Run a rebuilt notebook: the outcomes per problem, and how each student cell ended (by index in the cell list).

        key    seed of the hidden inputs (32 bytes)
        only   ids of problems; all when empty
        files  what the student's code finds beside its notebook: relative name -> bytes
        """
        planned = plan(assignment, rebuilt)
        wanted = [p for p in planned.problems if not only or p.problem.id in only]
        with _Run(self, assignment, planned, key, files or {}) as run:
            return tuple(ProblemRun(p.problem.id, run.problem(p)) for p in wanted), run.finish()


class _Run:
    """One submission: S as far as it has come, and what is known of the student's cells."""

    def __init__(self, engine: Engine, assignment: Assignment, planned: Plan, key: bytes, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.engine, self.assignment, self.plan, self.key = engine, assignment, planned, key
        self.limits = assignment.limits
        self.student: Child | None = None
        self.position = 0  # steps that the present S has run
        self.ends: dict[int, CellEnd] = {}
        self.skipped: set[int] = set()  # cells that hang or end the process: not run again

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._drop()

    def _drop(self) -> None:
        if self.student is not None:
            self.student.end()
        self.student, self.position = None, 0

    def finish(self) -> Mapping[int, CellEnd]:
        """Run the cells after the last test as well, for the record."""
        try:
            self._advance(len(self.plan.steps))
        except MachineryError:
            self._drop()
        return dict(self.ends)

    # ---- student cells

    def _advance(self, until: int) -> Child:
        """Bring S to the step with this number; cells that hang or kill are noted and left out."""
        deadline = time.monotonic() + max(CELLS_WALL, self.limits.wall)
        if self.position > until:
            self._drop()
        while True:
            if self.student is None:
                self.student, self.position = self.engine.fork("student", self.limits), 0
                for name, content in self.files.items():
                    Channel(self.student.sock).send(["file", name], [content])
            if self.position >= until:
                return self.student
            step = self.plan.steps[self.position]
            self.position += 1
            if step.where not in ("student", "both") or step.index in self.skipped:
                continue
            end = self._cell(self.student, step, deadline)
            self.ends[step.index] = end
            if end.hung:
                self.skipped.add(step.index)
                self._drop()
                deadline = time.monotonic() + max(CELLS_WALL, self.limits.wall)

    def _cell(self, student: Child, step: Step, deadline: float) -> CellEnd:
        channel = Channel(student.sock)
        try:
            channel.send(["cell", step.text])
            if not student.wait(deadline - time.monotonic()):
                return CellEnd(
                    (),
                    f"Its cell was stopped: all cells together may run {max(CELLS_WALL, self.limits.wall):.0f} s.",
                    hung=True,
                )
            student.sock.settimeout(max(deadline - time.monotonic(), 1.0))
            head, _ = channel.receive()
            student.sock.settimeout(None)
            return _cell_end(head)
        except (Gone, Refused):
            code = student.end()
            return CellEnd((), f"Its cell ended the whole process{_signal(code)}.", hung=True)

    def _failures(self) -> dict[str, str]:
        """Why a name is missing: name -> what became of the solution cell that should bind it."""
        told: dict[str, str] = {}
        for step in self.plan.steps:
            end = self.ends.get(step.index)
            if end is not None and end.failure:
                for name in {*step.forget, *bound(step.text)}:
                    told[name] = end.failure
        return told

    # ---- tests

    def problem(self, planned: ProblemPlan) -> tuple[Outcome, ...]:
        """Run the tests of one problem; a test that breaks is tried once more, the others go on in fresh processes."""
        problem = planned.problem
        wall = max(problem.seconds * self.assignment.limit_factor, 2.0)
        deadline = time.monotonic() + wall
        done: dict[str, Outcome] = {}
        tried: set[str] = set()
        while waiting := [step for step in planned.tests if step.name not in done]:
            if tried and time.monotonic() > deadline:
                said = f"Not run: the tests of this problem together may take {wall:.0f} s."
                done.update({s.name: Outcome(s.name, Status.TIMEOUT, said, blame="student") for s in waiting})
                break
            for outcome in self._attempt(planned, waiting, deadline, wall):
                if outcome.blame and outcome.id not in tried:
                    tried.add(outcome.id)  # once more, in fresh processes
                    if outcome.status is Status.TIMEOUT:  # the second try has a time of its own
                        deadline = time.monotonic() + wall
                else:
                    done[outcome.id] = outcome
        return tuple(done[step.name] for step in planned.tests)

    def _attempt(self, planned: ProblemPlan, tests: Sequence[Step], deadline: float, wall: float) -> list[Outcome]:
        """Run these tests in a new tester and a fork of S, until the first that breaks."""
        student = self._advance(planned.start)
        tester = self.engine.fork("tester", TESTER)
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        flag = os.memfd_create("asking")
        os.ftruncate(flag, 1)
        asking = mmap.mmap(flag, 1)
        got: list[Outcome] = []
        try:
            try:
                Channel(student.sock).send(["fork"])
                socket.send_fds(student.sock, [b"f"], [theirs.fileno()])
                if not student.wait(10.0) or Channel(student.sock).receive()[0] != ["forked"]:
                    raise Gone("S did not fork")
            except (Gone, OSError):
                self._drop()
                return [
                    _broken(
                        tests[0].name,
                        Status.CRASHED,
                        f"Your program ended before the test could ask it{_signal(student.code or 0)}.",
                    )
                ]
            channel = Channel(tester.sock)
            channel.send(["job", self._job(planned, tests)])
            socket.send_fds(tester.sock, [b"j"], [ours.fileno(), flag])
            theirs.close()
            ours.close()
            while True:
                if not tester.wait(deadline - time.monotonic()):
                    name = tests[len(got)].name
                    return [
                        *got,
                        self._overdue(name, wall) if asking[0] else _undecided(name, "The test itself took too long."),
                    ]
                try:
                    (word, *rest), _ = channel.receive()
                except Gone:
                    return [*got, _undecided(tests[len(got)].name, "The test process ended.")]
                if word == "end":
                    return got
                if word == "result":
                    told = rest[0]
                    got.append(
                        Outcome(
                            told["id"],
                            Status(told["status"]),
                            told["message"],
                            told["detail"],
                            told["seconds"],
                            blame="student" if told["status"] == Status.MEMORY else "",
                        )
                    )
                    if got[-1].blame:
                        return got
                elif word == "gone":
                    code = self._student_code()
                    return [
                        *got,
                        _broken(
                            tests[len(got)].name,
                            Status.CRASHED,
                            f"Your program ended while it was being tested{_signal(code)}.",
                            rest[1],
                        ),
                    ]
                else:
                    return [*got, _undecided(tests[len(got)].name, f"The given cell {rest[0]} failed.", str(rest[1]))]
        finally:
            asking.close()
            os.close(flag)
            for sock in (ours, theirs):
                sock.close()
            tester.end()
            if len(got) < len(tests) or any(o.blame for o in got):
                self._drop()

    def _student_code(self) -> int:
        return 0 if self.student is None or self.student.code is None else self.student.code

    def _overdue(self, name: str, wall: float) -> Outcome:
        return _broken(
            name,
            Status.TIMEOUT,
            f"Your code was stopped: the tests of this problem may take {wall:.0f} s together. Look for a loop that does not "
            "end, or for work that is done again and again.",
        )

    def _job(self, planned: ProblemPlan, tests: Sequence[Step]) -> dict[str, Any]:
        """What T receives: the cells in order up to the last of these tests, and the student's texts for the guard."""
        steps = self.plan.steps
        last = steps.index(tests[-1])
        names = {step.name for step in tests}
        chosen = [
            {
                "where": s.where,
                "name": s.name,
                "text": s.text if s.where != "student" or place >= planned.start else "",
                "forget": s.forget,
                "hidden": planned.hidden.get(s.name, s.where == "tester"),
                "after_start": place >= planned.start and s.index not in self.skipped,
            }
            for place, s in enumerate(steps[: last + 1])
            if s.where != "test" or s.name in names
        ]
        students = [s.text for s in steps if s.where == "student" and s.by_student]
        given = [s.text for s in steps if not s.by_student and s.where in ("student", "both")]
        return {"key": self.key.hex(), "steps": chosen, "student_cells": students, "given_cells": given, "failures": self._failures()}


def _cell_end(head: Any) -> CellEnd:
    """S's report on a cell, taken with care: it is the student's claim."""
    if type(head) is not list or len(head) != 3 or head[0] != "done" or type(head[2]) is not list:
        raise Gone("a report that is none")
    failure = ""
    if type(head[1]) is list and len(head[1]) == 3:
        name, text, line = (str(part)[:300] for part in head[1])
        failure = f"Its cell ended with {name}: {text}" + (f" (line {line})." if line != "0" else ".")
    return CellEnd(tuple(o for o in (_output(item) for item in head[2][:1000]) if o), failure)


def _output(item: Any) -> dict[str, Any]:
    """One output in nbformat's form with plain text and pictures only; empty when it is none."""
    if type(item) is not dict or item.get("output_type") not in OUTPUT_TYPES:
        return {}
    kind = item["output_type"]
    if kind == "stream":
        return {
            "output_type": kind,
            "name": "stderr" if item.get("name") == "stderr" else "stdout",
            "text": str(item.get("text", "")),
        }
    if kind == "error":
        lines = item.get("traceback") if type(item.get("traceback")) is list else []
        return {
            "output_type": kind,
            "ename": str(item.get("ename", "")),
            "evalue": str(item.get("evalue", "")),
            "traceback": [str(line) for line in lines or []][:50],
        }
    data = item.get("data") if type(item.get("data")) is dict else {}
    kept = {mime: value for mime, value in (data or {}).items() if mime in ("text/plain", "image/png") and type(value) is str}
    extra = {"execution_count": None} if kind == "execute_result" else {}
    return {"output_type": kind, "data": kept, "metadata": {}, **extra} if kept else {}


def _broken(name: str, status: Status, message: str, detail: str = "") -> Outcome:
    return Outcome(name, status, message, detail, blame="student")


def _undecided(name: str, detail: str, more: str = "") -> Outcome:
    said = "This could not be decided; a person will look. It does not count against you."
    return Outcome(name, Status.UNDECIDED, said, f"{detail} {more}".strip(), blame="ours")


def _signal(code: int) -> str:
    import signal

    if code >= 0:
        return ""
    try:
        return f" ({signal.Signals(-code).name})"
    except ValueError:
        return f" (signal {-code})"
