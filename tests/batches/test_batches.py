"""The batch of an assignment: one at a time, what its journal says to whoever reads it, and how it ends."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder import batches
from autograder.batches import Run, reason
from autograder.course import Folders
from autograder.jobs import Workplace, workplace
from autograder.model import ProblemResult, RuleError, Status, TestResult
from tests.regrading.conftest import COURSE

ROOT = Path(__file__).parents[2]
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
BEGIN = {"what": "begin", "at": NOW.isoformat(), "by": "tina", "pid": 7, "workers": 2, "team": ""}
GRADED = {"what": "graded", "team": "team-00001", "number": 1, "members": ["ann"], "failed": None}
HOLDS = """
import sys, time
from pathlib import Path
from autograder import batches
from autograder.course import Folders
from autograder.jobs import workplace
root = Path(sys.argv[1])
with workplace(Folders(root, root / "state")) as work, batches.held(work, "means", by="tina", workers=1) as journal:
    journal.warm()
    time.sleep(60)
"""


@pytest.fixture
def work(tmp_path: Path) -> Iterator[Workplace]:
    (tmp_path / "course.toml").write_text(COURSE)
    with workplace(Folders(tmp_path, tmp_path / "state"), clock=lambda: NOW) as opened:
        yield opened


@pytest.fixture
def other(work: Workplace) -> Iterator[subprocess.Popen[bytes]]:
    """Another process that is the batch."""
    environ = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen([sys.executable, "-c", HOLDS, str(work.folders.root)], env=environ) as process:
        until(work, "running")
        yield process
        process.kill()


def until(work: Workplace, state: str) -> Run:
    """The batch, once it is in this state."""
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline:
        run = batches.seen(work.folders, "means")
        if run is not None and run.state == state:
            return run
        time.sleep(0.05)
    raise AssertionError(f"never {state}")


def at(seconds: float) -> str:
    return (NOW + timedelta(seconds=seconds)).isoformat()


def written(work: Workplace, *lines: object) -> Run | None:
    """What is seen in a journal of these lines, which nobody holds."""
    path = batches.journal_of(work.folders, "means")
    path.parent.mkdir(exist_ok=True)
    path.write_text("".join(line if isinstance(line, str) else json.dumps(line) + "\n" for line in lines))
    return batches.seen(work.folders, "means")


def test_there_is_no_batch_before_the_first(work: Workplace) -> None:
    assert batches.seen(work.folders, "means") is None and written(work, "") is None


def test_a_batch_is_seen_from_its_begin_to_its_end(work: Workplace) -> None:
    with batches.held(work, "means", by="tina", workers=2, clock=lambda: NOW) as journal:
        assert until(work, "starting").runs
        journal.warm()
        run = until(work, "running")
        assert (run.by, run.pid, run.workers, run.began) == ("tina", os.getpid(), 2, NOW)
    assert not until(work, "finished").runs


def test_the_second_batch_learns_who_runs_the_first(work: Workplace, other: subprocess.Popen[bytes]) -> None:
    with pytest.raises(RuleError) as refused, batches.held(work, "means", by="ivy", workers=1):
        pass
    assert refused.value.code == "batch-runs" and str(refused.value).startswith("tina grades means since 20")
    with batches.held(work, "another", by="ivy", workers=1):
        assert until(work, "running").by == "tina"


def test_what_is_killed_was_cut_off_and_makes_room_for_the_next(work: Workplace, other: subprocess.Popen[bytes]) -> None:
    other.kill()
    assert not until(work, "cut off").runs
    with batches.held(work, "means", by="ivy", workers=1):
        assert until(work, "starting").by == "ivy"


def test_what_is_stopped_says_by_whom(work: Workplace, other: subprocess.Popen[bytes]) -> None:
    batches.stop(work.folders, "means", by="ivy", now=NOW)
    assert until(work, "stopped").stopped_by == "ivy" and other.wait(30) != 0
    with pytest.raises(RuleError, match="nothing to stop"):
        batches.stop(work.folders, "means", by="ivy", now=NOW)


@pytest.mark.parametrize(
    ("error", "why"),
    [(RuleError("No such team.", code="x"), "No such team."), (OSError("disk full"), "OSError: disk full")],
    ids=["known", "unforeseen"],
)
def test_what_fails_says_why(work: Workplace, error: Exception, why: str) -> None:
    with pytest.raises(type(error)), batches.held(work, "means", by="tina", workers=1):
        raise error
    run = batches.seen(work.folders, "means")
    assert run is not None and (run.state, run.why) == ("failed", why)


def test_sigterm_is_as_before_when_the_batch_has_ended(work: Workplace) -> None:
    before = signal.getsignal(signal.SIGTERM)
    with batches.held(work, "means", by="tina", workers=1):
        assert signal.getsignal(signal.SIGTERM) is not before
    assert signal.getsignal(signal.SIGTERM) is before


def test_a_line_that_was_cut_off_is_no_line(work: Workplace) -> None:
    run = written(work, BEGIN, {"what": "waiting", "at": at(0), "of": 3}, {**GRADED, "at": at(9)}, '{"what": "graded", "at"')
    assert run is not None and (run.of, run.done, run.state) == (3, 1, "cut off")


@pytest.mark.parametrize(
    ("done", "seconds", "minute", "left"),
    [(0, 10, None, None), (1, 0, None, None), (1, 30, 2.0, 89.5), (90, 60, 90.0, 1.0), (180, 60, 180.0, 0.0)],
)
def test_the_pace_is_that_since_the_engines_were_warm(
    work: Workplace, done: int, seconds: float, minute: float | None, left: float | None
) -> None:
    warm = [{"what": "waiting", "at": at(0), "of": 180}, {"what": "warm", "at": at(20)}]
    run = written(work, BEGIN, *warm, *[{**GRADED, "at": at(21)}] * done)
    assert run is not None
    now = NOW + timedelta(seconds=20 + seconds)
    assert run.per_minute(now) == minute
    assert run.left(now) == (None if left is None else timedelta(minutes=left))


def test_a_reason_is_said_once_with_the_problems_that_it_concerns() -> None:
    def problem(name: str, *details: str, by_hand: bool = False) -> ProblemResult:
        tests = tuple(TestResult(f"{name}-{n}", 0, 1, Status.UNDECIDED, "For students.", detail=said) for n, said in enumerate(details))
        return ProblemResult(name, name, 0, 2, Status.UNDECIDED, tests, by_hand=by_hand)

    assert reason([problem("a", "Ended.", "Ended."), problem("b", "Ended.", ""), problem("c", "Waits.", by_hand=True)]) == (
        "a, b: Ended.; b: For students."
    )
    assert reason([]) == "" and len(reason([problem("a", "x" * 5000)])) == batches.LONGEST_REASON
