"""How long grading takes, on this machine now: `make bench` writes benchmarks/results.json.

The submissions are the references of the built assignments, each with a comment of its own so that none is taken for a
copy of another. They go through the very function that grades students, with one engine, and as a batch with one engine per
core. For scale, nbgrader's own `autograde` grades the same files of one assignment; it runs tests and solutions in one
process, unconfined. Numbers are medians, and wall-clock times: on a busy machine they say something about the machine.
"""
from __future__ import annotations

import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Any

import autograder
from autograder.authoring import load_assignment
from autograder.execution import Engine
from autograder.grading import grade, grade_all
from autograder.ledger import fingerprint
from autograder.model import Assignment, Graded, Submission

ROOT = Path(__file__).resolve().parent.parent
RESULTS = ROOT / "benchmarks" / "results.json"
EACH = 5                # submissions with one engine
BATCH = 20              # submissions with one engine per core
WITH_NBGRADER = "hw00-preflight"
SECRET = bytes(32)


@contextmanager
def timed(seconds: list[float]) -> Iterator[None]:
    """Append how long the block took."""
    start = time.perf_counter()
    yield
    seconds.append(time.perf_counter() - start)


def submissions(assignment: Assignment, count: int) -> list[Submission]:
    """The reference, as if different teams had written it."""
    made = []
    for number in range(count):
        cells = [dict(cell) for cell in assignment.notebook["cells"]]
        first = next(cell for cell in cells if cell["metadata"].get("nbgrader", {}).get("grade_id") == assignment.problems[0].solutions[0])
        first["source"] += f"\n# team {number}"
        files = {assignment.notebook_name: json.dumps({**assignment.notebook, "cells": cells}).encode()}
        made.append(Submission(assignment.slug, f"team-{number:05}", (f"s{number}",), files, fingerprint(files)))
    return made


def full(graded: Graded) -> None:
    """A benchmark of work that went wrong would say nothing."""
    possible = graded.max_score - sum(problem.max_score for problem in graded.problems if problem.by_hand)
    if graded.score != possible:
        sys.exit(f"{graded.submission} of {graded.assignment}: {graded.score:g} of {possible:g}; the reference earns everything")


def nbgrader_seconds(assignment: Assignment, count: int) -> float:
    """Of nbgrader's own autograde, for each submission; a batch starts it once."""
    with tempfile.TemporaryDirectory() as folder:
        course = Path(folder)
        shutil.copytree(ROOT / "source" / assignment.slug, course / "source" / assignment.slug)
        for submission in submissions(assignment, count):
            place = course / "submitted" / submission.team / assignment.slug
            place.mkdir(parents=True)
            (place / assignment.notebook_name).write_bytes(submission.files[assignment.notebook_name])
        seconds: list[float] = []
        for verb in ("generate_assignment", "autograde"):
            with timed(seconds):
                subprocess.run([sys.executable, "-m", "nbgrader", verb, assignment.slug], cwd=course, check=True, capture_output=True)
        return seconds[-1] / count


def measure() -> Iterator[tuple[str, float, str, str]]:
    """(name, value, unit, which way is better)."""
    starts: list[float] = []
    for _ in range(3):
        with timed(starts), Engine():
            pass
    yield "start of an engine", statistics.median(starts), "s", "lower"
    assignments = [load_assignment(path.parent) for path in sorted((ROOT / "assignments").glob("*/assignment.toml"))]
    one: dict[str, float] = {}
    with Engine() as engine:
        for assignment in assignments:
            seconds: list[float] = []
            for submission in submissions(assignment, EACH):
                with timed(seconds):
                    graded = grade(assignment, submission, engine=engine, secret=SECRET)
                full(graded)
            one[assignment.slug] = statistics.median(seconds)
            yield f"grade one {assignment.slug}", one[assignment.slug], "s", "lower"
    workers = os.cpu_count() or 1
    for assignment in assignments:
        seconds = []
        with timed(seconds):
            for graded in grade_all(assignment, submissions(assignment, BATCH), secret=SECRET, workers=workers):
                full(graded)
        yield f"grade a batch of {BATCH} {assignment.slug}, {workers} engines", 60 * BATCH / seconds[0], "submissions/min", "higher"
    theirs = nbgrader_seconds(next(a for a in assignments if a.slug == WITH_NBGRADER), EACH)
    yield f"nbgrader autograde {WITH_NBGRADER}", theirs, "s", "lower"
    yield f"ratio of nbgrader's time to ours, {WITH_NBGRADER}", theirs / one[WITH_NBGRADER], "", "higher"


def main() -> None:
    """Measure, print, write."""
    versions = {"autograder": autograder.__version__, "python": sys.version.split()[0]} | {
        name: version(name) for name in ("nbgrader", "numpy", "torch")}
    rows: list[dict[str, Any]] = []
    for name, value, unit, better in measure():
        print(f"{name:<60} {value:8.2f} {unit}", flush=True)
        rows.append({"name": name, "value": round(value, 4), "unit": unit, "better": better, "command": "make bench", "versions": versions,
                     "date": datetime.now(UTC).isoformat(timespec="seconds")})
    RESULTS.write_text(json.dumps(rows, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
