"""Our own engine over a batch, with its time, processor time and memory."""

from __future__ import annotations

import os
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.grading import grade_all
from autograder.model import Graded, Status
from benchmarks.batches import Batch

SECRET = bytes(32)
TICKS = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Pass:
    """One batch, graded once."""

    start: float  # seconds until the engines were warm
    wall: float  # seconds from then on to the last result
    cpu: float  # seconds of all processes in that time
    scores: dict[str, float]
    undecided: tuple[str, ...]  # for the staff: why something could not be decided

    @property
    def whole(self) -> float:
        """Seconds from nothing to the last result."""
        return self.start + self.wall


def grade_batch(
    batch: Batch, *, workers: int, warm: Callable[[], None] = lambda: None, each: Callable[[Graded], None] = lambda one: None
) -> Pass:
    """Grade a batch from nothing: the engines are started, and ended afterwards (which is not counted).

    warm  called when the engines are warm
    each  called with each result
    """
    marks: list[tuple[float, float]] = []

    def started() -> None:
        warm()
        marks.append((time.perf_counter(), family_cpu(os.getpid())))

    begin = time.perf_counter()
    results = grade_all(batch.assignment, batch.submissions, secret=SECRET, workers=workers, started=started)
    scores: dict[str, float] = {}
    undecided: list[str] = []
    for graded in results:
        scores[graded.submission] = graded.score
        undecided += [f"{graded.submission} {t.id}: {t.detail}" for p in graded.problems for t in p.tests if t.status is Status.UNDECIDED]
        each(graded)
        if len(scores) == len(batch.works):  # the engines are still there, and with them what their children used
            (at, cpu), (end, used) = marks[0], (time.perf_counter(), family_cpu(os.getpid()))
    return Pass(at - begin, end - at, used - cpu, scores, tuple(undecided))


def family(pid: int) -> list[int]:
    """A process and all that descend from it."""
    parents: dict[int, list[int]] = {}
    for place in Path("/proc").iterdir():
        if place.name.isdigit() and (stat := _stat(int(place.name))):
            parents.setdefault(int(stat[1]), []).append(int(place.name))
    found = [pid]
    for one in found:
        found += parents.get(one, [])
    return found


def family_cpu(pid: int) -> float:
    """Processor seconds of a process and all that descend from it, those that have ended included."""
    return sum(sum(int(ticks) for ticks in stat[11:15]) for one in family(pid) if (stat := _stat(one))) / TICKS


def family_memory(pids: Sequence[int]) -> dict[int, float]:
    """Proportional share of memory in MB by process, of those that may be asked and are still there."""
    shares = {}
    for pid in pids:
        try:
            text = Path(f"/proc/{pid}/smaps_rollup").read_text()
        except OSError:
            continue
        if found := re.search(r"^Pss: +(\d+) kB", text, re.M):
            shares[pid] = int(found[1]) / 1024
    return shares


def _stat(pid: int) -> list[str]:
    """The fields of /proc/<pid>/stat after the name: state, parent, … ; empty when it has ended."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return []
