"""A course whose one assignment has a hidden test that is wrong, graded by the real engine, with feedback out.

`average` of a list: the hidden test of the first version takes the mean of 1 and 2 for 1. Ann and ben (a pair) are right and failed it,
cat returns the first element and passed it, dan is right in what was tested and wrong in both versions' last test. `correct` mends it.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder import jobs
from autograder.authoring import build, solution_cells, stub_cells
from autograder.course import Folders
from autograder.jobs import Workplace, workplace
from autograder.model import Role, TeamRule
from autograder.qualification import with_answers

SLUG = "means"
NOW = datetime(2026, 3, 20, 9, tzinfo=UTC)
COURSE = f"""
id = "calc"
title = "Calculus"
timezone = "UTC"

[policy]
pass_mark = 50

[[assignment]]
slug = "{SLUG}"

[[component]]
id = "homework"
weight = 100
items = ["{SLUG}"]
"""
SETTINGS = """
title = "Means"
kind = "homework"
points = 10
team = { size = 2, alone = "yes", three = "no" }
requires = []

[[problem]]
id = "average"
title = "The average"
points = 7
solutions = ["average"]
seconds = 1.0
topics = []

[[problem]]
id = "proof"
title = "Why"
points = 3
solutions = ["why"]
marked = "by hand"
topics = []
"""
WRONG, RIGHT = "checks.assert_equal(average([1.0, 2.0]), 1.0)", "checks.assert_equal(average([1.0, 2.0]), 1.5)"
NOTEBOOK = f'''# ---
# jupyter:
#   kernelspec: {{name: python3, display_name: Python 3, language: python}}
# ---

# %% [markdown]
# # Means

# %% given="setup"
from numpy import testing as checks

# %% solution="average"
def average(x):
    """The mean of a list of numbers."""
    ### BEGIN SOLUTION
    return sum(x) / len(x)
    ### END SOLUTION


# %% test="average-visible" points=1
checks.assert_equal(average([2.0]), 2.0)

# %% test="average-pair" points=4
# Hidden: two numbers.
### BEGIN HIDDEN TESTS
{WRONG}
### END HIDDEN TESTS

# %% test="average-empty" points=2
# Hidden: no numbers.
### BEGIN HIDDEN TESTS
checks.assert_raises(ZeroDivisionError, average, [])
### END HIDDEN TESTS

# %% [markdown] manual="why" points=3
# *Your answer.*
# <!-- BEGIN SOLUTION -->
# By definition.
# <!-- END SOLUTION -->
'''
ANSWERS = {
    "ann": "def average(x):\n    return sum(x) / len(x)",
    "cat": "def average(x):\n    if not x:\n        raise ZeroDivisionError\n    return x[0]",
    "dan": "def average(x):\n    return sum(x) / max(len(x), 1)",
}
TEAMS = {"ann": "team-00001", "cat": "team-00002", "dan": "team-00003"}

Opened = AbstractContextManager[Workplace]


def opened(root: Path) -> Opened:
    return workplace(Folders(root, root / "state"), clock=lambda: NOW)


def write(root: Path, notebook: str, *, slug: str = SLUG) -> None:
    """The assignment's text, built."""
    folder = root / "assignments" / slug
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "assignment.toml").write_text(SETTINGS)
    (folder / "notebook.py").write_text(notebook)
    build(folder, source=root / "source", release=root / "release")


def correct(root: Path) -> None:
    write(root, NOTEBOOK.replace(WRONG, RIGHT))


def hand_in(work: Workplace, by: str, answer: str) -> None:
    assignment = work.assignment(SLUG)
    cells = {**stub_cells(json.loads((work.folders.release / SLUG / f"{SLUG}.ipynb").read_text())), "average": answer, "why": "Hence."}
    assert cells.keys() == solution_cells(assignment.notebook).keys()
    work.ledger.submit(work.course.id, SLUG, by, {f"{SLUG}.ipynb": json.dumps(with_answers(assignment.notebook, cells)).encode()})


def publish(root: Path, answers: dict[str, str]) -> None:
    """A course in which these people have handed in; ann for ben as well."""
    (root / "course.toml").write_text(COURSE)
    write(root, NOTEBOOK)
    with opened(root) as work:
        book, course = work.ledger, work.course.id
        for name in (*answers, "ben"):
            book.enrol(course, name, Role.STUDENT, name=name.title(), actor="noa")
        book.publish(course, SLUG, title="Means", opens=None, due=None, pairs_lock=None, team=TeamRule(2, "yes", "no"),
                     version=work.assignment(SLUG).version, archive=b"", points=10, actor="noa")  # fmt: skip
        book.assign_team(course, SLUG, ["ann", "ben"], actor="noa")
        for by, answer in answers.items():
            hand_in(work, by, answer)


@pytest.fixture(scope="session")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Graded by the wrong tests; a mark for ann's proof, an adjustment for ben, feedback out."""
    root = tmp_path_factory.mktemp("graded")
    publish(root, ANSWERS)
    with opened(root) as work:
        assert len(list(jobs.grade_batch(work, jobs.prepare(work, SLUG), workers=1, actor="tina"))) == 3
        row = next(row for row in work.ledger.effective(work.course.id, SLUG) if row.team == TEAMS["ann"])
        jobs.mark(work, SLUG, row.team, row.sha256, "why", 2.0, "Thin.", actor="tina")
        work.ledger.adjust(work.course.id, SLUG, "ben", 0.5, "A nice picture.", actor="tina")
        jobs.give_feedback(work, SLUG, actor="tina", now=datetime.now(UTC))
    return root


@pytest.fixture(scope="session")
def regraded(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The same with the test corrected, and graded again beside."""
    from autograder import regrading

    root = tmp_path_factory.mktemp("regraded") / "course"
    shutil.copytree(graded, root)
    correct(root)
    with opened(root) as work:
        assert len(list(regrading.grade(work, regrading.prepare(work, SLUG, actor="noa"), workers=1, actor="noa"))) == 3
    return root


@pytest.fixture(scope="session")
def handed_in_again(graded: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Dan hands in the right solution after the grading; then all submissions are graded again by the corrected tests."""
    from autograder import regrading

    root = tmp_path_factory.mktemp("again") / "course"
    shutil.copytree(graded, root)
    with opened(root) as work:
        hand_in(work, "dan", "print('hello from dan')\n" + ANSWERS["ann"])
        correct(root)
        pending = regrading.prepare(work, SLUG, everything=True, actor="noa")
        assert len(list(regrading.grade(work, pending, workers=1, actor="noa"))) == 4
    return root


@pytest.fixture
def again_at_work(handed_in_again: Path, tmp_path: Path) -> Iterator[Workplace]:
    shutil.copytree(handed_in_again, tmp_path / "course")
    with opened(tmp_path / "course") as work:
        yield work


@pytest.fixture
def course(graded: Path, tmp_path: Path) -> Path:
    shutil.copytree(graded, tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def open_regrade(regraded: Path, tmp_path: Path) -> Path:
    shutil.copytree(regraded, tmp_path / "course")
    return tmp_path / "course"


@pytest.fixture
def at_work(open_regrade: Path) -> Iterator[Workplace]:
    with opened(open_regrade) as work:
        yield work
