"""The parts of a run, each a generator of rows. Ratios are measured in turns (ours, theirs, ours, theirs) in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from benchmarks.batches import NOTEBOOKS, SIZE, Batch, batch, ill_batch
from benchmarks.floor import Floor
from benchmarks.ours import Pass, grade_batch
from benchmarks.table import Row

WORKERS = 2
ROUNDS = 3


@dataclass(frozen=True)
class Wrong:
    """A grader under measurement gave other scores than are deserved: its time says little, and the run fails."""

    said: str


Found = Iterator[Row | Wrong]


def check(who: str, batch: Batch, scores: Mapping[str, float], why: Sequence[str] = ()) -> Iterator[Wrong]:
    """Something when somebody did not get what he deserves."""
    if wrong := batch.surprises(scores):
        yield Wrong("\n  ".join([f"{who}, batch {batch.name}: {len(wrong)} of {len(batch.works)} scores are wrong", *wrong[:5], *why[:5]]))


def engine() -> Found:
    """Our own numbers for the reference batches, and for the batch with loops and crashes."""
    for notebook in NOTEBOOKS:
        work = batch(notebook)
        passes = [grade_batch(work, workers=WORKERS) for _ in range(ROUNDS)]
        yield from check("the engine", work, passes[-1].scores, passes[-1].undecided)
        note = f"{SIZE} submissions, {WORKERS} workers, median of {ROUNDS}"
        yield Row(f"engine.seconds.{notebook}", median(p.wall for p in passes) / SIZE, "s/submission", "lower", f"{note}; engine warm")
        yield Row(f"engine.cpu.{notebook}", median(p.cpu for p in passes) / SIZE, "cpu s/submission", "lower", "all processes together")
        yield Row(f"engine.rate.{notebook}", 60 * SIZE / median(p.whole for p in passes), "submissions/min", "higher", "start-up included")
        yield Row(f"engine.start_in_batch.{notebook}", median(p.start for p in passes), "s", "lower", "until both workers are warm")
    for notebook in NOTEBOOKS:
        ill = ill_batch(notebook)
        one = grade_batch(ill, workers=WORKERS)
        yield from check("the engine", ill, one.scores, one.undecided)
        yield Row(
            f"engine.seconds.{notebook}_ill", one.wall / SIZE, "s/submission", "lower", "one in ten loops without end or crashes; once"
        )


def floor() -> Found:
    """Our wall time per submission beside that of the bare cells."""
    for notebook in NOTEBOOKS:
        work = batch(notebook)
        theirs: list[tuple[float, float]] = []
        mine: list[Pass] = []
        with Floor(work) as bare:
            for _ in range(ROUNDS):
                wall, cpu, scores = bare.run(WORKERS)
                theirs.append((wall, cpu))
                mine.append(grade_batch(work, workers=WORKERS))
        yield from check("the floor", work, scores)
        yield from check("the engine", work, mine[-1].scores, mine[-1].undecided)
        walls, cpus = (median(column) for column in zip(*theirs, strict=True))
        suffix = "" if notebook == "torch" else f".{notebook}"
        yield Row(
            f"floor.seconds.{notebook}", walls / SIZE, "s/submission", "lower", "fork and exec of the same cells, as many side by side"
        )
        note = f"{SIZE} submissions, {WORKERS} workers, medians of {ROUNDS} turns"
        yield Row(f"engine.ratio_floor{suffix}", median(p.wall for p in mine) / walls, "ratio", "lower", note, bar=1.5)
        yield Row(
            f"engine.ratio_floor_cpu{suffix}", median(p.cpu for p in mine) / cpus, "ratio", "lower", "processor time of all processes"
        )


PARTS: dict[str, Callable[[], Found]] = {"engine": engine, "floor": floor}
