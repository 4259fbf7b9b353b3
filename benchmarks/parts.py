"""The parts of a run, each a generator of rows. Ratios are measured in turns (ours, theirs, ours, theirs) in one run."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from statistics import median

from benchmarks.batches import NOTEBOOKS, SIZE, Batch, batch, ill_batch
from benchmarks.floor import Floor
from benchmarks.ours import Pass, grade_batch
from benchmarks.table import Row

WORKERS = 2
ROUNDS = 3


class WrongScores(Exception):
    """A grader under measurement gave other scores than are deserved: its time says nothing."""


def check(who: str, batch: Batch, scores: dict[str, float], why: Sequence[str] = ()) -> None:
    """WrongScores when somebody did not get what he deserves."""
    if wrong := batch.surprises(scores):
        raise WrongScores(
            "\n".join([f"{who}, batch {batch.name}: {len(wrong)} of {len(batch.works)} scores are wrong", *wrong[:5], *why[:5]])
        )


def engine() -> Iterator[Row]:
    """Our own numbers for the reference batches, and for the batch with loops and crashes."""
    for notebook in NOTEBOOKS:
        work = batch(notebook)
        passes = [ours(work) for _ in range(ROUNDS)]
        note = f"{SIZE} submissions, {WORKERS} workers, median of {ROUNDS}"
        yield Row(f"engine.seconds.{notebook}", median(p.wall for p in passes) / SIZE, "s/submission", "lower", f"{note}; engine warm")
        yield Row(f"engine.cpu.{notebook}", median(p.cpu for p in passes) / SIZE, "cpu s/submission", "lower", "all processes together")
        yield Row(f"engine.rate.{notebook}", 60 * SIZE / median(p.whole for p in passes), "submissions/min", "higher", "start-up included")
        yield Row(f"engine.start_in_batch.{notebook}", median(p.start for p in passes), "s", "lower", "until both workers are warm")
    for notebook in NOTEBOOKS:
        ill = ill_batch(notebook)
        one = ours(ill)
        yield Row(
            f"engine.seconds.{notebook}_ill", one.wall / SIZE, "s/submission", "lower", "one in ten loops without end or crashes; once"
        )


def ours(work: Batch) -> Pass:
    """One pass with scores as deserved."""
    one = grade_batch(work, workers=WORKERS)
    check("the engine", work, one.scores, one.undecided)
    return one


def floor() -> Iterator[Row]:
    """Our wall time per submission beside that of the bare cells."""
    for notebook in NOTEBOOKS:
        work = batch(notebook)
        theirs: list[tuple[float, float]] = []
        mine: list[Pass] = []
        with Floor(work) as bare:
            for _ in range(ROUNDS):
                wall, cpu, scores = bare.run(WORKERS)
                check("the floor", work, scores)
                theirs.append((wall, cpu))
                mine.append(ours(work))
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


PARTS: dict[str, Callable[[], Iterator[Row]]] = {"engine": engine, "floor": floor}
