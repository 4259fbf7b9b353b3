"""The batch of an assignment that runs now, or ran last: who began it, how far it is, what failed, how it ended.

A batch is a process of its own, begun in a terminal or by the hub's page, and one at a time for each assignment. It says in a journal,
`state/batches/SLUG.jsonl`, what happens, a line each; the journal is its lock as well, which the kernel lets go however the process
ends. So whoever reads it knows the same, a service that was started again meanwhile included: a journal without an end that nobody
holds is of a batch that was cut off. What was graded stands in the ledger; nothing here is needed to go on.
"""

from __future__ import annotations

import fcntl
import json
import os
import signal
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, TextIO

from autograder.course import Folders
from autograder.jobs import Batch, Workplace
from autograder.model import AutograderError, Graded, ProblemResult, RuleError, Status
from autograder.words import Text, text

LONGEST_REASON = 400
"""Characters of why a submission failed; formgrader has the whole."""
TAKE_SECONDS = 2.0
"""How long the lock is tried for: who looks whether it is free holds it for an instant."""


@dataclass(frozen=True)
class Failure:
    """A submission of the batch that waits for a person now, with the reason."""

    team: str
    number: int
    members: tuple[str, ...]
    reason: str


@dataclass(frozen=True)
class Run:
    """One batch, as far as it is."""

    by: str
    pid: int
    workers: int
    team: str  # the only one; "" for all that count
    began: datetime
    said: datetime  # when it last said something
    of: int | None = None  # submissions; None until they are known
    warm: datetime | None = None  # when the engines were ready
    done: int = 0
    failures: tuple[Failure, ...] = ()
    stopped_by: str = ""
    end: str = ""  # "finished", "stopped" or "failed"; "" while it runs, or when it was cut off
    why: str = ""  # it failed
    held: bool = False  # its process is there

    @property
    def state(self) -> str:
        """One of STATES."""
        return self.end or ("cut off" if not self.held else "starting" if self.warm is None else "running")

    @property
    def runs(self) -> bool:
        """Whether it goes on by itself."""
        return self.held and not self.end

    def per_minute(self, now: datetime) -> float | None:
        """How much of it a minute brings; None before there is something to tell by."""
        seconds = (now - self.warm).total_seconds() if self.warm else 0.0
        return 60 * self.done / seconds if self.done and seconds > 0 else None

    def left(self, now: datetime) -> timedelta | None:
        """How long the rest will take at this pace."""
        pace = self.per_minute(now)
        return timedelta(minutes=(self.of - self.done) / pace) if pace and self.of is not None else None


STATES = ("starting", "running", "finished", "stopped", "failed", "cut off")


# ---------------------------------------------------------------- while it runs


@dataclass(frozen=True)
class Journal:
    """What the process of a batch says while it holds the lock."""

    file: TextIO
    clock: Callable[[], datetime]

    def say(self, what: str, **more: Any) -> None:
        """One line, there for everybody at once."""
        self.file.write(json.dumps({"what": what, "at": self.clock().isoformat(), **more}) + "\n")
        self.file.flush()

    def warm(self) -> None:
        """The engines are ready."""
        self.say("warm")

    def noted(self, batch: Batch, results: Iterable[Graded]) -> Iterator[Graded]:
        """The results as they come, each noted."""
        numbers = {row.team: row.number for row in batch.waiting}
        self.say("waiting", of=len(batch.waiting))
        for graded in results:
            failed = reason(graded.problems) if graded.status is Status.UNDECIDED else None
            self.say("graded", team=graded.submission, number=numbers[graded.submission], members=graded.members, failed=failed)
            yield graded


@contextmanager
def held(
    work: Workplace, slug: str, *, by: str, workers: int, team: str = "", clock: Callable[[], datetime] = lambda: datetime.now(UTC)
) -> Iterator[Journal]:
    """Be the batch of an assignment. RuleError with who runs one since when, where there is one already.

    SIGTERM ends it as Ctrl-C does: what is recorded stays, and the engines end.
    """
    path = journal_of(work.folders, slug)
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    with _sigterm_interrupts(), open(path, "a", encoding="utf-8", opener=lambda name, flags: os.open(name, flags, 0o600)) as file:
        if not _taken(file):
            raise refusal(work, slug)
        file.truncate(0)
        journal = Journal(file, clock)
        journal.say("begin", by=by, pid=os.getpid(), workers=workers, team=team)
        try:
            yield journal
        except (KeyboardInterrupt, SystemExit):
            journal.say("end", how="stopped")
            raise
        except Exception as error:
            journal.say("end", how="failed", why=str(error) if isinstance(error, AutograderError) else f"{type(error).__name__}: {error}")
            raise
        journal.say("end", how="finished")


def refusal(work: Workplace, slug: str) -> RuleError:
    """Why no other batch of this assignment can begin."""
    run = seen(work.folders, slug)
    if run is None:
        return RuleError(text("A batch of {slug} is beginning just now.", slug=slug), code="batch-runs")
    when = f"{run.began.astimezone(work.course.zone):%Y-%m-%d %H:%M} ({work.course.timezone})"
    return RuleError(
        text("{who} grades {slug} since {when}; {far}. Wait for its end, or stop it.", who=run.by, slug=slug, when=when, far=far(run)),
        code="batch-runs",
    )


def far(run: Run) -> Text:
    """How far it is, in a few words."""
    if run.of is None:
        return text("nothing is graded yet")
    return text("{done} of {of} are graded", done=run.done, of=run.of)


def reason(problems: Iterable[ProblemResult]) -> str:
    """Why tests could not be decided: each reason once, with the problems that it concerns."""
    found: dict[str, list[str]] = {}
    for problem in problems:
        for test in problem.tests:
            if test.status is Status.UNDECIDED and not problem.by_hand:
                concerned = found.setdefault(test.detail or test.message, [])
                concerned += [problem.id] if problem.id not in concerned else []
    said = "; ".join(f"{', '.join(ids)}: {why}" for why, ids in found.items())
    return said if len(said) <= LONGEST_REASON else said[: LONGEST_REASON - 1] + "…"


# ---------------------------------------------------------------- from outside


def journal_of(folders: Folders, slug: str) -> Path:
    """Where the newest batch of an assignment says what happens."""
    return folders.state / "batches" / f"{slug}.jsonl"


def seen(folders: Folders, slug: str) -> Run | None:
    """The newest batch of an assignment; None when there was none."""
    try:
        with open(journal_of(folders, slug), encoding="utf-8", errors="replace") as file:
            while True:  # until nothing happened between reading and looking at the lock
                said = _whole(file)
                held = not _is_free(file)
                if said == _whole(file):
                    return _run(said, held=held)
    except FileNotFoundError:
        return None


def stop(folders: Folders, slug: str, *, by: str, now: datetime) -> None:
    """End the batch that runs. What is recorded stays; what is in the engines is graded the next time."""
    run = seen(folders, slug)
    if run is None or not run.runs:
        raise RuleError(text("No batch of {slug} runs, so there is nothing to stop.", slug=slug), code="no-batch")
    with open(journal_of(folders, slug), "a", encoding="utf-8") as file:
        Journal(file, lambda: now).say("stop", by=by)
    try:
        os.kill(run.pid, signal.SIGTERM)
    except ProcessLookupError:
        pass  # it has just ended
    except PermissionError:
        raise RuleError(
            text("{who} began this batch as another user of the machine. End it there, with Ctrl-C.", who=run.by), code="not-ours"
        ) from None


def _run(said: str, *, held: bool) -> Run | None:
    run: Run | None = None
    for line in _lines(said):
        at = datetime.fromisoformat(line["at"])
        if line["what"] == "begin":
            run = Run(line["by"], line["pid"], line["workers"], line["team"], at, at, held=held)
        elif run is not None:
            run = replace(run, said=at, **_change(run, at, line))
    return run


def _change(run: Run, at: datetime, line: Mapping[str, Any]) -> dict[str, Any]:
    """What a line of the journal says anew."""
    match line["what"]:
        case "waiting":
            return {"of": line["of"]}
        case "warm":
            return {"warm": at}
        case "graded" if line["failed"] is None:
            return {"done": run.done + 1}
        case "graded":
            failure = Failure(line["team"], line["number"], tuple(line["members"]), line["failed"])
            return {"done": run.done + 1, "failures": (*run.failures, failure)}
        case "stop":
            return {"stopped_by": line["by"]}
        case "end":
            return {"end": line["how"], "why": line.get("why", "")}
    return {}


def _lines(said: str) -> Iterator[dict[str, Any]]:
    """The whole lines: a process can be cut off, or a disk be full, in the middle of one."""
    for line in said.splitlines():
        with suppress(ValueError):
            found = json.loads(line)
            if isinstance(found, dict):
                yield found


def _whole(file: TextIO) -> str:
    file.seek(0)
    return file.read()


def _is_free(file: TextIO) -> bool:
    """Whether nobody holds the lock."""
    try:
        fcntl.flock(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    fcntl.flock(file, fcntl.LOCK_UN)
    return True


def _taken(file: TextIO) -> bool:
    """Take the lock, if it can be had."""
    deadline = time.monotonic() + TAKE_SECONDS
    while True:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        except BlockingIOError:
            if time.monotonic() > deadline:
                return False
            time.sleep(0.05)


@contextmanager
def _sigterm_interrupts() -> Iterator[None]:
    """SIGTERM is Ctrl-C, the first time; only the main thread hears of signals."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return

    def interrupt(number: int, frame: object) -> None:
        signal.signal(signal.SIGTERM, signal.SIG_IGN)
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, interrupt)
    try:
        yield
    finally:
        signal.signal(signal.SIGTERM, before)
