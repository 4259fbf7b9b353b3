"""The parts of a run, each a generator of rows. Ratios are taken in turns (ours, theirs, ours, theirs) and from medians.

Every grader's scores are held against what the submissions deserve. When they differ the part goes on, says so, and the run fails.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from autograder import feedback as pages
from autograder import standing
from autograder.grading import as_graded
from autograder.model import Graded
from benchmarks import hub_load, operations, otter, stock, terms
from benchmarks.batches import NOTEBOOKS, SIZE, Batch, batch, copies, ill_batch
from benchmarks.big_course import Size
from benchmarks.floor import Floor
from benchmarks.imports import import_seconds, warmed_modules
from benchmarks.ours import Pass, Watch, grade_batch
from benchmarks.table import Row

ROOT = Path(__file__).resolve().parent.parent
WORKERS = 2
ROUNDS = 3
STOCK_SIZE = 12
"""Submissions that nbgrader grades; it needs seconds for each."""
OTTER_SIZE = 8


@dataclass(frozen=True)
class Wrong:
    """A grader under measurement gave other scores than are deserved: its time says little, and the run fails."""

    said: str


Found = Iterator[Row | Wrong]


def check(who: str, batch: Batch, scores: Mapping[str, float], why: Sequence[str] = ()) -> Iterator[Wrong]:
    """Something when somebody did not get what he deserves."""
    if wrong := batch.surprises(scores):
        yield Wrong("\n  ".join([f"{who}, batch {batch.name}: {len(wrong)} of {len(batch.works)} scores are wrong", *wrong[:5], *why[:5]]))


def check_ours(batch: Batch, one: Pass) -> Iterator[Wrong]:
    """The same for a pass of our engine."""
    return check("the engine", batch, one.scores, one.undecided)


def of(notebook: str) -> str:
    """End of a row's name: the torch notebook is the one that is meant when nothing is said."""
    return "" if notebook == "torch" else f".{notebook}"


# ---------------------------------------------------------------- ours alone


def engine() -> Found:
    """Our own numbers for the reference batches, and for the batch with loops and crashes."""
    for notebook in NOTEBOOKS:
        work = batch(notebook)
        passes = [grade_batch(work, workers=WORKERS) for _ in range(ROUNDS)]
        yield from check_ours(work, passes[-1])
        note = f"{SIZE} submissions, {WORKERS} workers, median of {ROUNDS}"
        yield Row(f"engine.seconds{of(notebook)}", median(p.wall for p in passes) / SIZE, "s/submission", "lower", f"{note}; engine warm")
        yield Row(f"engine.cpu{of(notebook)}", median(p.cpu for p in passes) / SIZE, "cpu s/submission", "lower", "all processes together")
        yield Row(f"engine.rate{of(notebook)}", 60 * SIZE / median(p.whole for p in passes), "submissions/min", "higher", "with start-up")
    for notebook in NOTEBOOKS:
        ill = ill_batch(notebook)
        one = grade_batch(ill, workers=WORKERS)
        yield from check_ours(ill, one)
        yield Row(
            f"engine.seconds_ill{of(notebook)}", one.wall / SIZE, "s/submission", "lower", "one in ten loops without end or crashes; once"
        )


def start() -> Found:
    """Our start beside a bare import of all modules that a warm interpreter holds."""
    modules, two = warmed_modules(), batch("numpy", 2)
    ours, bare = [], []
    for _ in range(ROUNDS):
        bare.append(import_seconds(modules))
        ours.append(grade_batch(two, workers=WORKERS).start)
    yield Row("engine.start", median(ours), "s", "lower", f"until {WORKERS} confined workers are warm, median of {ROUNDS}")
    yield Row("engine.start_bare", median(bare), "s", "lower", f"a fresh python that imports the same {len(modules)} modules")
    yield Row("engine.ratio_start", median(ours) / median(bare), "ratio", "lower", "start / bare import", bar=1.5)


def memory() -> Found:
    """Memory of the warm interpreter, and what grading adds to it. Shares of pages that processes have in common are counted once."""
    for notebook in NOTEBOOKS:
        watch = Watch()
        grade_batch(batch(notebook), workers=WORKERS, warm=watch.start)
        watch.stop()
        added = (watch.most - watch.warm) / WORKERS
        note = "all processes of the engine before the first submission"
        note += f"; {watch.unread} more may only be asked by root" if watch.unread else ""
        yield Row(f"memory.warm{of(notebook)}", watch.warm, "MB", "lower", note)
        yield Row(f"memory.worker{of(notebook)}", added, "MB", "lower", f"what each of {WORKERS} workers adds at most")
        yield Row(f"memory.process{of(notebook)}", watch.child, "MB", "lower", "share of one process that runs a submission, median")


def linear() -> Found:
    """Cost by the size of the batch, and of one submission that many teams hand in."""
    each = {}
    for size in (10, 60, 300):
        work = batch("numpy", size)
        one = grade_batch(work, workers=WORKERS)
        yield from check_ours(work, one)
        each[size] = one.wall / size
        yield Row(
            f"linear.seconds.{size}",
            each[size],
            "s/submission",
            "lower",
            f"{size} distinct submissions of the numpy notebook: {one.wall:.1f} s",
        )
    yield Row("linear.ratio_300_60", each[300] / each[60], "ratio", "lower", "seconds per submission in a batch of 300 / of 60")
    first = batch("numpy", 1)
    single, hundred = [], []
    for _ in range(ROUNDS):
        single.append(grade_batch(first, workers=WORKERS))
        hundred.append(grade_batch(copies(first, 100), workers=WORKERS))
    yield from check_ours(copies(first, 100), hundred[-1])
    ratio = median(p.wall for p in hundred) / median(p.wall for p in single)
    yield Row(
        "copies.ratio_100_1",
        ratio,
        "ratio",
        "lower",
        f"100 teams with the same work / one team; {median(p.wall for p in hundred):.2f} s in all",
    )


# ---------------------------------------------------------------- beside others


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
        yield from check_ours(work, mine[-1])
        walls, cpus = (median(column) for column in zip(*theirs, strict=True))
        yield Row(
            f"floor.seconds{of(notebook)}",
            walls / SIZE,
            "s/submission",
            "lower",
            f"fork and exec of the same cells, {WORKERS} side by side",
        )
        note = f"{SIZE} submissions, {WORKERS} workers, medians of {ROUNDS} turns"
        # The notebook of numpy alone has nothing to train: its floor is that of a fork, and what is told is the price of confinement.
        bar = 1.5 if notebook == "torch" else None
        yield Row(f"engine.ratio_floor{of(notebook)}", median(p.wall for p in mine) / walls, "ratio", "lower", note, bar=bar)
        yield Row(
            f"engine.ratio_floor_cpu{of(notebook)}", median(p.cpu for p in mine) / cpus, "ratio", "lower", "processor time of all processes"
        )


def nbgrader() -> Found:
    """Our throughput beside that of `nbgrader autograde`: of a batch that runs, and of the whole command with its start."""
    for notebook in NOTEBOOKS:
        work, few = batch(notebook), batch(notebook).first(STOCK_SIZE)
        mine: list[Pass] = []
        seconds, whole = {}, {}
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            course = stock.Course(Path(folder), few)
            begin = course.start()
            for one_thread in (False, True):
                mine.append(grade_batch(work, workers=WORKERS))
                took = course.autograde(one_thread=one_thread)
                seconds[one_thread] = (took - begin) / STOCK_SIZE
                whole[one_thread] = stock.each(took, begin, STOCK_SIZE, SIZE)
                yield from check("nbgrader autograde", few, course.scores())
            mine.append(grade_batch(work, workers=WORKERS))
        yield from check_ours(work, mine[-1])
        ours, ours_whole = median(p.wall for p in mine) / SIZE, median(p.whole for p in mine) / SIZE
        for one_thread, name in ((False, ""), (True, "_one_thread")):
            how = "OMP_NUM_THREADS=1" if one_thread else "as it comes"
            note = f"{STOCK_SIZE} submissions in one process, {how}"
            yield Row(f"nbgrader.seconds{name}{of(notebook)}", seconds[one_thread], "s/submission", "lower", note)
            bar = 30.0 if not name and notebook == "torch" else None
            note = f"ours: {SIZE} submissions, {WORKERS} workers; nbgrader: {STOCK_SIZE}, {how}; both without their start"
            yield Row(f"engine.ratio_nbgrader{name}{of(notebook)}", seconds[one_thread] / ours, "ratio", "higher", note, bar=bar)
            note = f"a batch of {SIZE} with the start of both"
            yield Row(f"engine.ratio_nbgrader_whole{name}{of(notebook)}", whole[one_thread] / ours_whole, "ratio", "higher", note)


def otter_grader() -> Found:
    """Our throughput, start-up included, beside Otter's without containers."""
    try:
        python = otter.environment(ROOT / "state", ROOT / "constraints.txt")
    except otter.NotInstalled as why:
        yield Row("engine.ratio_otter", None, "ratio", "higher", f"Otter could not be installed: {why}")
        return
    for notebook in NOTEBOOKS:
        work, few = batch(notebook), batch(notebook).first(OTTER_SIZE)
        mine = [grade_batch(work, workers=WORKERS)]
        with tempfile.TemporaryDirectory(prefix="bench-") as folder:
            seconds, scores = otter.grade(python, Path(folder), few)
        mine.append(grade_batch(work, workers=WORKERS))
        yield from check("Otter", few, scores)
        yield from check_ours(work, mine[-1])
        note = f"{otter.PACKAGE}, {OTTER_SIZE} submissions in one process, its start not counted"
        yield Row(f"otter.seconds{of(notebook)}", seconds / OTTER_SIZE, "s/submission", "lower", note)
        ratio = seconds / OTTER_SIZE / (median(p.whole for p in mine) / SIZE)
        yield Row(
            f"engine.ratio_otter{of(notebook)}", ratio, "ratio", "higher", f"ours: {SIZE} submissions with start-up, {WORKERS} workers"
        )


def feedback() -> Found:
    """Our pages per second beside nbgrader's feedback."""
    work, few = batch("numpy"), batch("numpy").first(STOCK_SIZE)
    graded: list[Graded] = []
    grade_batch(work, workers=WORKERS, each=graded.append)
    ours, theirs = [], []
    with tempfile.TemporaryDirectory(prefix="bench-") as folder:
        course = stock.Course(Path(folder) / "course", few)
        course.autograde(one_thread=True)
        for number in range(ROUNDS):
            ours.append(page_seconds(work, graded, Path(folder) / f"pages-{number}"))
            theirs.append(course.feedback())
        command = course.feedback_command()
    mine, stocks = median(ours) / SIZE, median(theirs) / STOCK_SIZE
    yield Row("feedback.rate", 1 / mine, "pages/s", "higher", f"{SIZE} recorded grades to pages on disk, one process, median of {ROUNDS}")
    note = f"{STOCK_SIZE} in one process of generate_feedback, start not counted"
    yield Row("feedback.seconds_nbgrader", stocks, "s/page", "lower", note)
    yield Row("feedback.ratio_nbgrader", stocks / mine, "ratio", "higher", note, bar=20)
    yield Row("feedback.ratio_nbgrader_command", command / mine, "ratio", "higher", "the command for one submission, start and all")


def page_seconds(work: Batch, graded: Sequence[Graded], folder: Path) -> float:
    """Seconds to make and write the pages of a graded batch, as `autograder feedback` does."""
    submissions = {submission.team: submission for submission in work.submissions}
    begin = time.perf_counter()
    made = {}
    for one in graded:
        recorded = as_graded(work.assignment, submissions[one.submission], one.problems, engine=one.engine)
        made[one.submission] = pages.page(
            work.assignment, recorded, team=one.submission, members=one.members, number=1, submitted_at=None, marks={}
        )
    pages.write_pages(folder, made)
    return time.perf_counter() - begin


# ---------------------------------------------------------------- course grades


def course_grades() -> Found:
    """A whole term from its ledger to course grades: everybody, everybody as of an earlier day, and one student explained."""
    with tempfile.TemporaryDirectory(prefix="bench-") as folder, terms.term(Path(folder)) as (course, ledger):

        def everybody(then: bool = False) -> tuple[standing.Standing, ...]:
            return standing.standings(course, ledger, assignments={}, now=terms.END, then=then)

        def one(student: str) -> standing.Standing:
            found = standing.standing(course, ledger, student, assignments={}, now=terms.END)
            assert standing.explanation(found)
            return found

        found = everybody()
        if found != everybody(then=True) or any(one(s.student) != s for s in found[::50]):
            yield Wrong("course grades differ between the class, one student, and the class as of the same day")
        sizes = f"{terms.STUDENTS} students, {len(course.components)} components, 3 versions of the rules, 200 extensions"
        value = median(seconds(everybody) for _ in range(ROUNDS))
        yield Row("terms.seconds_all", value, "s", "lower", f"{sizes}; median of {ROUNDS}", bar=2)
        value = median(seconds(lambda: everybody(then=True)) for _ in range(ROUNDS))
        yield Row("terms.seconds_then", value, "s", "lower", "the same as of an earlier day, from the lines alone")
        each = [seconds(lambda student=student: one(student)) for student in terms.students()[::20]]  # type: ignore[misc]
        yield Row("terms.seconds_one", median(each), "s", "lower", f"one of them, explained in words; median of {len(each)}", bar=0.05)


def seconds(call: Callable[[], object]) -> float:
    """How long a call takes."""
    begin = time.perf_counter()
    call()
    return time.perf_counter() - begin


# ---------------------------------------------------------------- the hub


def hub() -> Found:
    """The course's service before a full course: a minute of everything, each page by itself, and a storm before a deadline."""
    size = Size()
    what = f"{size.students} students, {size.assignments} assignments, {size.submissions} submissions"
    yield Row("hub.course", float(size.submissions), "submissions", "higher", what)
    for kind, found in hub_load.run(size, datetime.now(UTC)):
        match kind:
            case "unread" if found:
                yield Wrong(f"the hub: nobody can read {', '.join(found)}")
            case "mixture":
                note = f"{len(found)} requests to all pages and calls, {hub_load.RATE:g} a second"
                for name, share, bar in (("p50", 0.5, None), ("p95", 0.95, 100.0), ("p99", 0.99, None), ("max", 1.0, None)):
                    yield Row(f"hub.mixture.{name}", hub_load.within(found, share), "ms", "lower", note, bar=bar)
                failed = sum(answer.status != 200 for answer in found)
                yield Row("hub.mixture.failed", float(failed), "answers", "lower", "no page, or none in time", bar=0)
            case "alone":
                target, answers = found
                half, most, last = (hub_load.within(answers, share) for share in (0.5, 0.99, 1.0))
                note = f"half {half:.0f}, 99 of 100 {most:.0f}, slowest {last:.0f}"
                yield Row(f"{operations.PAGE}{target.name}", hub_load.within(answers, 0.95), "ms", "lower", note, bar=operations.SLOW)
            case "storm":
                note = f"{found.teams} teams hand in {len(found.answers)} times within {found.seconds:.0f} s, half of it in the last 6"
                yield Row("hub.storm.p50", hub_load.within(found.answers, 0.5), "ms", "lower", note)
                yield Row("hub.storm.p99", hub_load.within(found.answers, 0.99), "ms", "lower", note, bar=1000)
                for name in ("refused", "lost", "wrong"):
                    yield Row(f"hub.storm.{name}", float(getattr(found, name)), "submissions", "lower", bar=0)


PARTS: dict[str, Callable[[], Found]] = {
    "engine": engine,
    "floor": floor,
    "start": start,
    "memory": memory,
    "linear": linear,
    "nbgrader": nbgrader,
    "otter": otter_grader,
    "feedback": feedback,
    "terms": course_grades,
    "hub": hub,
}
