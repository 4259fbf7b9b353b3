"""The supervisor: starts the processes, owns the deadlines, and says what a broken end means.

One `Engine` is one worker: it has S and T forked from the batch's warm interpreter, for one submission after the other. Per
submission an S runs the student's cells in order and answers the tests between them, so that every test finds the state that stock
nbgrader would give it. When S ends, hangs or breaks the protocol, the test in which it happens is lost (after a second try in
fresh processes), the rest goes on in a new S.

Student code may repeat to the student whatever it has seen. So once a hidden test has asked an S, nothing more that comes from it is
shown: a cell that has something to show, and a visible test that fails, run again in an *open* S, which never meets a hidden test.

Which side is to blame at a deadline is told by one shared byte that T sets while it waits for S.
"""

from __future__ import annotations

import hashlib
import hmac
import marshal
import mmap
import os
import select
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import accumulate
from operator import or_
from types import TracebackType
from typing import Any

from autograder.execution.plan import Plan, ProblemPlan, Step, bound, compiled, plan
from autograder.execution.processes import Branch, Child, Hall, Warm, ending
from autograder.execution.rebuild import Rebuilt
from autograder.execution.wire import Channel, Gone, Late, Refused, readable
from autograder.execution.zygote import Kind
from autograder.model import Assignment, Limits, MachineryError, Problem, Status

UNDECIDED = "This could not be decided; a person will look. It does not count against you."
TESTER = Limits(cpu=600, wall=600, memory=4096 * 2**20)
"""T runs our own code: the limits only stop an accident."""
DIED = (
    "Your program ended while it was being tested: something in it called os._exit, or a library crashed. Run the test's call in your "
    "notebook to see where."
)
CELLS_WALL = 60.0
"""Seconds for all student cells of a notebook together, besides the tests; `Limits.wall` when that is more."""
MAX_LOST = 5
"""Cells of a notebook that may hang or end the process: each costs a minute and a new process in which the others run again."""
LOOK = 1.0
"""Seconds between two looks at how much processor time a test's student processes have used."""
SERVE = 10.0
"""Seconds that S may take to begin to answer a tester, and to stop it."""


@dataclass(frozen=True)
class Outcome:
    """How one test ended. `blame` is "student" when it ended while S was being asked, "ours" when T itself failed, else empty."""

    id: str
    status: Status
    message: str = ""
    detail: str = ""
    seconds: float = 0.0
    blame: str = ""
    shown: str | None = None  # the value that the last line of a stock test showed
    changed: bool = False  # the student's code changed an argument, and the test did not see it
    margin: float | None = None  # what the test measured over its limit: the largest when it passed, the last when it did not


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


class Engine:
    """One worker. A context manager: starts what it needs, runs submissions one after the other, ends everything that it started.

    slot    as root, the number of the unprivileged user that foreign code runs as
    warm    the warm interpreter to share with other engines; one of its own when there is none
    unsafe  for one of its own: see `Warm`
    """

    def __init__(self, *, slot: int = 0, warm: Warm | None = None, unsafe: bool = False) -> None:
        self.warm = warm if warm is not None else Warm(slot=slot, unsafe=unsafe)
        self._own = self.warm if warm is None else None
        self.hall = Hall(self.warm, TESTER)
        self._branch = Branch(self.warm, times=LINES)
        self._ending: list[Child] = []

    def __enter__(self) -> Engine:
        if self._own is not None:
            self._own.__enter__()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self.close()

    def close(self) -> None:
        """End all that it started, and see it dead."""
        self._see_dead()
        self._branch.close()
        self.hall.close()
        if self._own is not None:
            self._own.close()

    def fork(self, kind: Kind, limits: Limits) -> Child:
        """A confined child of the warm interpreter."""
        return self._branch.fork(kind, limits)

    def out_of_memory(self) -> bool:
        """Whether student processes together used more memory than they may, since this was asked last."""
        return self._branch.out_of_memory()

    def cpu_seconds(self) -> float:
        """Processor time of all student processes so far, or 0 where nobody counts it."""
        return self._branch.cpu_seconds()

    def end(self, child: Child) -> None:
        """Kill a child with all that it started. It is dead before this engine runs the next submission."""
        child.end()
        self._ending.append(child)

    def _see_dead(self) -> None:
        while self._ending:
            self._ending.pop().see_dead()

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
        with self._begun(assignment, rebuilt, key, files) as run:
            return run.problems(only), run.finish()

    def outcomes(
        self,
        assignment: Assignment,
        rebuilt: Rebuilt,
        *,
        key: bytes,
        only: Sequence[str] = (),
        files: Mapping[str, bytes] | None = None,
    ) -> tuple[ProblemRun, ...]:
        """The same outcomes as of `run`, for whoever does not ask how cells ended: those after the last test do not run, and often the
        plots of a notebook take longer than its tests."""
        with self._begun(assignment, rebuilt, key, files) as run:
            return run.problems(only)

    def _begun(self, assignment: Assignment, rebuilt: Rebuilt, key: bytes, files: Mapping[str, bytes] | None) -> _Run:
        self._see_dead()
        return _Run(self, assignment, plan(assignment, rebuilt), key, files or {})


LINES = 2
"""S, and the open one beside it."""


@dataclass
class _Line:
    """An S and how far it has come."""

    student: Child | None = None
    position: int = 0  # steps that the present S has run
    knows: bool = False  # a hidden test has asked it


class _Run:
    """One submission: its S, a second one for what is shown, its T, and what is known of the student's cells."""

    def __init__(self, engine: Engine, assignment: Assignment, planned: Plan, key: bytes, files: Mapping[str, bytes]) -> None:
        self.files = files
        self.engine, self.assignment, self.plan, self.key = engine, assignment, planned, key
        self.limits = assignment.limits
        # Processor time is told for a problem; one process answers for all of them, and runs the cells.
        self._limits = replace(self.limits, cpu=self.limits.cpu * (1 + len(assignment.problems)))
        self._cells = max(CELLS_WALL, self.limits.wall)  # seconds for the student's cells, besides the tests
        self.aside = 0.0  # seconds that cells between tests have taken
        self.main, self.open = _Line(), _Line()
        self.tester: socket.socket | None = None
        self.ends: dict[int, CellEnd] = {}
        self.unseen: set[int] = set()  # cells that have something to show, which only the open line may tell
        self.skipped: set[int] = set()  # cells that hang or end the process: not run again

    def __enter__(self) -> _Run:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._drop(self.main)
        self._drop(self.open)
        self._drop_tester()

    def _drop_tester(self) -> None:
        if self.tester is not None:
            self.tester.close()
            self.engine.hall.end_tester()
        self.tester = None

    def _drop(self, line: _Line) -> None:
        if line.student is not None:
            self.engine.end(line.student)
        line.student, line.position, line.knows = None, 0, False

    def finish(self) -> Mapping[int, CellEnd]:
        """Run the cells after the last test as well, for the record."""
        last = len(self.plan.steps)
        with suppress(MachineryError):
            self._advance(self.main, last)
            self._show(last)
        return dict(self.ends)

    def _show(self, until: int) -> None:
        """Let the open line tell what cells have to show, as far as nobody else may."""
        if self.unseen and self.open.position < until:
            self._advance(self.open, until)

    # ---- student cells

    def _advance(self, line: _Line, until: int) -> Child:
        """Bring S to the step with this number; cells that hang or kill are noted and left out."""
        deadline = time.monotonic() + self._cells
        if line.position > until:
            self._drop(line)
        while True:
            if line.student is None:
                line.student, line.position = self.engine.fork("student", self._limits), 0
                channel = Channel(line.student.sock, until=deadline)
                channel.send(["seed"], [_key(self.key, "student")])
                for name, content in self.files.items():
                    channel.send(["file", name], [content])
            if line.position >= until:
                return line.student
            step = self.plan.steps[line.position]
            line.position += 1
            if not self._runs(step):
                continue
            if len(self.skipped) >= MAX_LOST and step.index not in self.ends:
                end = CellEnd((), f"Its cell was not run: {MAX_LOST} cells before it had to be stopped.", hung=True)
                self._note(line, step, end)
                continue
            end = self._cell(line.student, step, deadline)
            self._note(line, step, end)
            if end.hung:
                self._drop(line)
                deadline = time.monotonic() + self._cells

    def _runs(self, step: Step) -> bool:
        """Whether S runs this step."""
        return step.where in ("student", "both") and step.index not in self.skipped

    def _note(self, line: _Line, step: Step, end: CellEnd) -> None:
        if end.hung:
            self.skipped.add(step.index)
        if end.hung or not line.knows or end == CellEnd(()):
            self.ends[step.index] = end
            self.unseen.discard(step.index)
        elif step.index not in self.ends:
            self.unseen.add(step.index)

    def _cell(self, student: Child, step: Step, deadline: float) -> CellEnd:
        channel = Channel(student.sock, until=deadline)
        try:
            channel.send(["cell", step.text])
            head, _ = channel.receive(at_most=0)
            return _cell_end(head, self.limits.printed)
        except Late:
            said = f"Its cell was stopped: all cells together may run {self._cells:.0f} s."
            return CellEnd((), said, hung=True)
        except (Gone, Refused):
            code = student.last_words()
            said = f"Its cell was stopped: {self._too_large()}" if self.engine.out_of_memory() else ""
            return CellEnd((), said or f"Its cell ended the whole process{ending(code)}.", hung=True)

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

    def problems(self, only: Sequence[str]) -> tuple[ProblemRun, ...]:
        """Run the tests of these problems, all when empty, with the cells before them."""
        wanted = [planned for planned in self.plan.problems if not only or planned.problem.id in only]
        return tuple(ProblemRun(planned.problem.id, self._problem(planned)) for planned in wanted)

    def _problem(self, planned: ProblemPlan) -> tuple[Outcome, ...]:
        wall = max(planned.problem.seconds * self.assignment.limit_factor, 2.0)
        done: dict[str, Outcome] = {}
        self._tests(self.main, planned, planned.tests, wall, done)
        self._tests(self.open, planned, [step for step in planned.tests if step.name not in done], wall, done)
        return tuple(done[step.name] for step in planned.tests)

    def _tests(self, line: _Line, planned: ProblemPlan, tests: Sequence[Step], wall: float, done: dict[str, Outcome]) -> None:
        """Run these tests within so many seconds. A test that breaks is tried once more, the others go on in fresh processes. A visible
        test that fails in an S that knows a hidden one is not `done`."""
        left = wall
        tried: set[str] = set()
        waiting = list(tests)
        while waiting:
            if left <= 0:
                said = f'Not run: another test of "{planned.problem.title}" took all of the {wall:.0f} s that they may take together.'
                done.update({s.name: Outcome(s.name, Status.TIMEOUT, said, blame="student") for s in waiting})
                break
            student = self._advance(line, planned.start)  # the time of the student's own cells is not that of this problem's tests
            self._show(planned.start)
            knows = self._knows(line, planned, waiting)
            job = self._job(planned, waiting, knows)
            line.knows = knows.pop("")
            start, aside = time.monotonic(), self.aside
            outcomes = self._attempt(student, job, waiting, start + left, _too_slow(planned.problem, wall))
            left -= time.monotonic() - start - (self.aside - aside)
            if len(outcomes) < len(waiting) or any(o.blame for o in outcomes):
                self._drop(line)
                self._drop_tester()
            else:
                self._served(line, planned, waiting)
            for outcome in outcomes:
                if outcome.blame and outcome.id not in tried:
                    tried.add(outcome.id)  # once more, in fresh processes
                    if outcome.status is Status.TIMEOUT:  # the second try has a time of its own
                        left = wall
                    continue
                waiting = [step for step in waiting if step.name != outcome.id]
                if outcome.status is Status.OK or planned.hidden[outcome.id] or not knows[outcome.id]:
                    done[outcome.id] = outcome

    def _knows(self, line: _Line, planned: ProblemPlan, tests: Sequence[Step]) -> dict[str, bool]:
        """Whether S knows a hidden test when it is asked each of these, and afterwards (the empty name). Those of a stock notebook run in
        one process, as nbgrader's would."""
        secret = [planned.hidden[step.name] and not self.assignment.stock for step in tests]
        return dict(zip([*(step.name for step in tests), ""], accumulate(secret, or_, initial=line.knows), strict=True))

    def _attempt(self, student: Child, job: dict[str, Any], tests: Sequence[Step], deadline: float, slow: str) -> list[Outcome]:
        """Let T and S run these tests, until the first that breaks; `slow` says that one took too long."""
        if self.tester is None:
            self.tester = self.engine.hall.tester()
        self.engine.out_of_memory()  # what was before is another's
        ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        with ours, theirs:
            try:
                Channel(student.sock, until=time.monotonic() + SERVE).send(["serve"])
                socket.send_fds(student.sock, [b"f"], [theirs.fileno()])
            except (Gone, OSError):
                said = f"Your program ended before the test could ask it{ending(student.last_words())}."
                return [self._ended(_broken(tests[0].name, Status.CRASHED, said))]
            theirs.close()  # S alone has it now: when S ends, T sees it
            return [self._ended(outcome) for outcome in self._judged(self.tester, job, tests, ours, deadline, slow)]

    def _judged(
        self,
        tester: socket.socket,
        job: dict[str, Any],
        tests: Sequence[Step],
        students: socket.socket,
        deadline: float,
        slow: str,
    ) -> Iterator[Outcome]:
        """What T says of these tests, until the first that breaks."""
        channel = Channel(tester)
        waiting = iter(tests)
        step = next(waiting)
        cell: int | None = None  # the student's cell that T has S run now
        begun, left = 0.0, self._cells  # `left` seconds: of the tests while a cell runs, else of the cells
        with _flag() as (flag, asking):
            beside = self.assignment.beside
            codes = [b"" if s["where"] == "student" or s["valued"] else _code(s["text"], s["name"]) for s in job["steps"]]
            channel.send(["job", job], [*(beside[name] for name in sorted(beside)), *codes])
            socket.send_fds(tester, [b"j"], [students.fileno(), flag])
            students.close()  # T alone has it now: when T hangs up, S sees it
            used = self.engine.cpu_seconds()
            while True:
                if not select.select([tester], [], [], max(min(deadline - time.monotonic(), LOOK), 0))[0]:
                    busy = self.engine.cpu_seconds() - used > self.limits.cpu
                    if time.monotonic() < deadline and not busy:
                        continue
                    if cell is not None:
                        self.skipped.add(cell)
                        slow = f"Your own cell above this test was stopped: all cells together may run {self._cells:.0f} s."
                    if busy:
                        most = f"{self.limits.cpu:.0f} s of processor time"
                        slow = f"Your code was stopped: it used more than {most}, all that it started together."
                    told = _broken(step.name, Status.TIMEOUT, slow)
                    yield told if asking[0] else _undecided(step.name, "The test itself took too long.")
                    return
                try:
                    (word, *rest), _ = channel.receive()
                except Gone:
                    yield _undecided(step.name, "The test process ended.")
                    return
                if word == "result":
                    outcome = _outcome(rest[0])
                    yield outcome
                    if outcome.blame:
                        return
                    step = next(waiting, step)
                elif word == "cell":  # one between the tests begins, or has ended; its time is not that of the tests
                    now = time.monotonic()
                    self.aside += 0.0 if cell is None else now - begun
                    cell, begun = rest[0], now
                    left, deadline = deadline - now, now + left
                elif word == "end":
                    return
                elif word == "gone":
                    if cell is not None:
                        self.skipped.add(cell)
                    yield _broken(step.name, Status.CRASHED, DIED, rest[1])
                    return
                else:
                    yield _undecided(step.name, f"The given cell {rest[0]} failed.", str(rest[1]))
                    return

    def _ended(self, outcome: Outcome) -> Outcome:
        """The outcome, with the reason when S ended for want of memory."""
        if outcome.status is not Status.CRASHED or not self.engine.out_of_memory():
            return outcome
        return replace(outcome, status=Status.MEMORY, message=f"Your program was stopped: {self._too_large()}")

    def _too_large(self) -> str:
        return f"all that it started may use {self.limits.memory / 2**20:.0f} MB of memory together, and it used more."

    def _served(self, line: _Line, planned: ProblemPlan, tests: Sequence[Step]) -> None:
        """S after T has hung up: take note of the cells between the tests, which T let it run."""
        assert line.student is not None
        until = self.plan.steps.index(tests[-1])
        channel = Channel(line.student.sock, until=time.monotonic() + SERVE)
        try:
            for step in filter(self._runs, self.plan.steps[planned.start : until]):
                self._note(line, step, _cell_end(channel.receive(at_most=0)[0], self.limits.printed))
            if channel.receive(at_most=0)[0] != ["served"]:
                raise Gone("S did not stop")
            line.position = until + 1
        except (Gone, Refused):
            self._drop(line)

    def _job(self, planned: ProblemPlan, tests: Sequence[Step], knows: Mapping[str, bool]) -> dict[str, Any]:
        """What T receives: the cells in order up to the last of these tests. For the guard, the texts that S has run before the problem
        begins; those of later cells are among the steps."""
        steps = self.plan.steps
        last = steps.index(tests[-1])
        names = {step.name for step in tests}
        uses = {name for step in tests for name in (*step.needs.uses, *planned.uses.get(step.name, ()))}
        chosen = [
            s.told(tested=s.name in names)
            | {
                "text": s.text if s.where != "student" or place >= planned.start else "",
                "hidden": knows.get(s.name, False) or planned.hidden.get(s.name, s.where in ("tester", "test")),
                "after_start": place >= planned.start and s.index not in self.skipped,
                "index": s.index,
            }
            for place, s in enumerate(steps[: last + 1])
            if s.where != "test" or s.name in names or s.name in uses
        ]
        before = steps[: planned.start]
        students = [s.text for s in before if s.where == "student" and s.by_student]
        given = [s.text for s in before if not s.by_student and s.where in ("student", "both")]
        return {
            "key": self.key.hex(),
            "seed": _key(self.key, planned.problem.id).hex(),
            "steps": chosen,
            "student_cells": students,
            "given_cells": given,
            "failures": self._failures(),
            "files": sorted(self.assignment.beside),
        }


@contextmanager
def _flag() -> Iterator[tuple[int, mmap.mmap]]:
    """One byte that T sets while it waits for S: its file descriptor, and the byte as we see it."""
    file = os.memfd_create("asking")
    try:
        os.ftruncate(file, 1)
        with mmap.mmap(file, 1) as asking:
            yield file, asking
    finally:
        os.close(file)


@lru_cache(maxsize=1024)
def _code(text: str, name: str) -> bytes:
    """A cell of ours, compiled once for a whole batch; nothing when it does not compile, which T will find as well."""
    with suppress(SyntaxError, ValueError, RecursionError, MemoryError):
        return marshal.dumps(compiled(text, name))
    return b""


def _outcome(told: dict[str, Any]) -> Outcome:
    """A result of T."""
    status = Status(told["status"])
    return Outcome(
        told["id"],
        status,
        readable(told["message"], 2000),
        readable(told["detail"], 4000),
        told["seconds"],
        blame="student" if status is Status.MEMORY else "",
        shown=told["shown"],
        changed=told["changed"],
        margin=told["margin"],
    )


def _key(key: bytes, purpose: str) -> bytes:
    """A key for one purpose, from which the submission's key cannot be found."""
    return hmac.new(key, purpose.encode(), hashlib.sha256).digest()


def _cell_end(head: Any, room: int) -> CellEnd:
    """S's report on a cell, taken with care: it is the student's claim. Outputs beyond `room` characters are left out."""
    if type(head) is not list or len(head) != 3 or head[0] != "done" or type(head[2]) is not list:
        raise Gone("a report that is none")
    failure = ""
    if type(head[1]) is list and len(head[1]) == 3:
        name, text, place = (readable(part, 300) for part in head[1])
        line = place or (head[1][2] if type(head[1][2]) is int and 0 < head[1][2] < 10**6 else "")
        failure = f"Its cell ended with {name}: {text}" + (f" (line {line})." if line else ".")
    outputs: list[dict[str, Any]] = []
    room += 10_000  # for the line that says what was left out, and for an error's place
    for item in head[2][:1000]:
        output, size = _output(item)
        room -= size
        if output and room >= 0:
            outputs.append(output)
    return CellEnd(tuple(outputs), failure)


def _output(item: Any) -> tuple[dict[str, Any], int]:
    """One output in nbformat's form with plain text and pictures only, and its size; empty when it is none."""
    kind = item.get("output_type") if type(item) is dict else None
    if kind == "stream":
        text = _shown(item.get("text"))
        return {"output_type": kind, "name": "stderr" if item.get("name") == "stderr" else "stdout", "text": text}, len(text)
    if kind == "error":
        name, value = readable(item.get("ename"), 80), readable(item.get("evalue"), 500)
        told = item.get("traceback")
        lines = [_shown(line)[:500] for line in (told if type(told) is list else [])[:50]]
        return {"output_type": kind, "ename": name, "evalue": value, "traceback": lines}, sum(map(len, lines))
    if kind in ("execute_result", "display_data"):
        data = item.get("data") if type(item.get("data")) is dict else {}
        kept = {mime: _shown(data[mime]) for mime in ("text/plain", "image/png") if type(data.get(mime)) is str}
        extra = {"execution_count": None} if kind == "execute_result" else {}
        return {"output_type": kind, "data": kept, "metadata": {}, **extra} if kept else {}, sum(map(len, kept.values()))
    return {}, 0


def _shown(text: Any) -> str:
    """Text of an output as it may be stored: colours and the like stay."""
    return text.replace("\0", "").encode("utf-8", "replace").decode() if type(text) is str else ""


def _too_slow(problem: Problem, wall: float) -> str:
    return (
        f'Stopped after {wall:.0f} s, the time of all tests of "{problem.title}" together, while your code was at work. Look for a '
        "loop that does not end, or for work that is done again and again: %time before a call of your function shows how long it takes."
    )


def _broken(name: str, status: Status, message: str, detail: str = "") -> Outcome:
    return Outcome(name, status, message, detail, blame="student")


def _undecided(name: str, detail: str, more: str = "") -> Outcome:
    return Outcome(name, Status.UNDECIDED, UNDECIDED, f"{detail} {more}".strip(), blame="ours")
