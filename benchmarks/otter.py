"""Otter-Grader without containers over a batch, in an environment of its own.

What students hand in to Otter holds no test cells, so they are left out of the notebooks. Each problem is a test file in Otter's format
for tests that raise, and each test cell a test case in it, which runs the text of the cell, unchanged, among the names of the
notebook. Otter runs each notebook in a kernel and then the tests, `otter.api.grade_submission`, here for one after the other in one
process, whose start is not counted.

The environment is made once under state/, from the package index that pip is set up with, and sees the packages of the environment
that runs the benchmark (numpy, torch, ipykernel): nothing is installed into that one.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
from pathlib import Path

from autograder.model import Assignment, Problem
from benchmarks.bare import ONE_THREAD
from benchmarks.batches import Batch

PACKAGE = "otter-grader[grading]==7.0.0"
INSTALL_SECONDS = 600
GRADE = """
import json, os, sys, time
from otter.api import grade_submission
seconds, scores = [], {}
for path in sys.argv[2:]:
    start = time.perf_counter()
    results = grade_submission(path, sys.argv[1], quiet=True)
    seconds.append(time.perf_counter() - start)
    scores[os.path.basename(os.path.dirname(path))] = results.total
print(json.dumps([sum(seconds), scores]))
"""


FILE = """\
from otter.test_files import test_case

OK_FORMAT = False
name = {name!r}
points = None
"""
CASE = """

@test_case(name={name!r}, points={points!r})
def test_{number}(env):
    exec({text!r}, env)
"""


class NotInstalled(Exception):
    """Otter could not be installed; the message says why."""


def environment(state: Path, constraints: Path) -> Path:
    """The Python of an environment with Otter, made if there is none; NotInstalled when that fails."""
    place = state / "bench" / "otter"
    python = place / "bin" / "python"
    stamp = place / "installed"
    if stamp.is_file() and stamp.read_text() == PACKAGE:
        return python
    try:
        _run([sys.executable, "-m", "venv", "--clear", str(place)])
        packages = Path(_run([str(python), "-c", "import sysconfig; print(sysconfig.get_path('purelib'))"]).strip())
        (packages / "beside.pth").write_text(sysconfig.get_path("purelib") + "\n", encoding="utf-8")
        _run([str(python), "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "-c", str(constraints), PACKAGE])
    except (subprocess.SubprocessError, OSError) as error:
        said = str(getattr(error, "stderr", "") or error).strip().splitlines()
        raise NotInstalled(said[-1] if said else "pip gave no reason") from None
    stamp.write_text(PACKAGE)
    return python


def grade(python: Path, folder: Path, batch: Batch) -> tuple[float, dict[str, float]]:
    """Seconds over the batch, and the scores by team. `folder` is empty and ours."""
    assignment = batch.assignment
    (folder / "tests").mkdir()
    for problem in assignment.problems:
        (folder / "tests" / f"{problem.id}.py").write_text(problem_file(assignment, problem), encoding="utf-8")
    _run([str(python), "-m", "otter", "generate", "-t", "tests", "-o", "autograder.zip", "--no-environment"], cwd=folder)
    paths = []
    for submission in batch.submissions:
        notebook = json.loads(submission.files[assignment.notebook_name])
        notebook["cells"] = [cell for cell in notebook["cells"] if not _is_test(cell)]
        path = folder / submission.team / assignment.notebook_name
        path.parent.mkdir()
        path.write_text(json.dumps(notebook), encoding="utf-8")
        paths.append(str(path))
    seconds, scores = json.loads(_run([str(python), "-c", GRADE, "autograder.zip", *paths], cwd=folder).splitlines()[-1])
    return seconds, scores


def problem_file(assignment: Assignment, problem: Problem) -> str:
    """A problem's tests as Otter has them."""
    points = {test.id: test.points for test in problem.tests}
    cells = [cell for cell in assignment.notebook["cells"] if cell["metadata"].get("nbgrader", {}).get("grade_id") in points]
    names = [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells]
    return FILE.format(name=problem.id) + "".join(
        CASE.format(name=name, points=points[name], number=number, text=cell["source"])
        for number, (name, cell) in enumerate(zip(names, cells, strict=True))
    )


def _is_test(cell: dict[str, dict[str, dict[str, bool]]]) -> bool:
    told = cell["metadata"].get("nbgrader", {})
    return bool(told.get("grade") and not told.get("solution"))


def _run(command: list[str], cwd: Path | None = None) -> str:
    kept = {name: value for name, value in os.environ.items() if name not in ONE_THREAD and name != "PYTHONPATH"}
    done = subprocess.run(command, cwd=cwd, env=kept, capture_output=True, text=True, timeout=INSTALL_SECONDS)
    if done.returncode:
        raise subprocess.CalledProcessError(done.returncode, command, done.stdout, done.stderr)
    return done.stdout
