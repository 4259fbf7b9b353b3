"""Our own engine over a batch, with its time, processor time and memory."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from autograder.grading import grade_all
from autograder.model import Graded, Status
from benchmarks.batches import Batch

SECRET = bytes(32)
SAMPLE_SECONDS = 0.05
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


class Watch:
    """Samples the memory of all processes that descend from this one, from when the engines are warm: in MB, by proportional shares."""

    def __init__(self) -> None:
        self._at_rest: dict[int, float] = {}
        self._totals: list[float] = []
        self._children: list[float] = []
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._sample, daemon=True)
        self.unread = 0  # processes at the start that may not be asked: some belong to root alone

    def start(self) -> None:
        """What is there now is there for all; what comes later runs submissions."""
        there = family(os.getpid())[1:]
        self._at_rest = family_memory(there)
        self.unread = len(there) - len(self._at_rest)
        self._thread.start()

    def stop(self) -> None:
        """No more samples."""
        self._ended.set()
        self._thread.join()

    def _sample(self) -> None:
        while not self._ended.wait(SAMPLE_SECONDS):
            now = family_memory(family(os.getpid())[1:])
            self._totals.append(sum(now.values()))
            self._children += [share for pid, share in now.items() if pid not in self._at_rest]

    @property
    def warm(self) -> float:
        """Of all processes at the start."""
        return sum(self._at_rest.values())

    @property
    def most(self) -> float:
        """Of all processes together, at most."""
        return max(self._totals, default=self.warm)

    @property
    def child(self) -> float:
        """Of one process that came later; the median over them and over time."""
        return median(self._children) if self._children else 0.0


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
