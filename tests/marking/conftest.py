"""A course whose one assignment has a proof and a picture, handed in by two pairs and graded by the real engine."""
from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest

from autograder import jobs
from autograder.authoring import build, release_archive, solution_cells, stub_cells
from autograder.course import Folders
from autograder.jobs import Workplace, workplace
from autograder.model import Role
from autograder.qualification import with_answers
from tests.written.papers import paper, typed

SLUG = "proofs"
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
title = "Proofs"
kind = "homework"
points = 10
team = { size = 2, alone = "yes", three = "no" }
requires = []

[[problem]]
id = "double"
title = "Twice"
points = 3
seconds = 1.0
topics = []

[[problem]]
id = "paper"
title = "On paper"
points = 7
solutions = ["why", "picture"]
marked = "by hand"
topics = []

[written]
pages = 3

[marking]
tolerance = 20
"""
NOTEBOOK = '''# ---
# jupyter:
#   kernelspec: {name: python3, display_name: Python 3, language: python}
# ---

# %% [markdown]
# # Proofs

# %% given="setup"
import matplotlib.pyplot as plt
from numpy import testing as checks

# %% solution="double"
def double(x):
    """Twice a number."""
    # Add it to itself.
    ### BEGIN SOLUTION
    return 2 * x
    ### END SOLUTION

# %% test="double-hidden" points=3
# Hidden: other numbers.
### BEGIN HIDDEN TESTS
checks.assert_equal(double(7), 14)
### END HIDDEN TESTS

# %% [markdown]
# Say why, in words or in `written.pdf`.

# %% [markdown] manual="why" points=5
# <!-- BEGIN SOLUTION -->
# Because $2x = x + x$.
#
# **Rubric**
#
# | points | for |
# |---|---|
# | 3 | the sum |
# | 2 | the reason |
#
# Without words: at most 4.
# <!-- END SOLUTION -->

# %% [markdown]
# Draw it.

# %% manual="picture" points=2
# One line with plt.plot.
### BEGIN SOLUTION
plt.plot([0, 1], [0, 2])
plt.show()
# Rubric: 2 points for the line.
### END SOLUTION
'''
TEAMS = (("ann", "ben"), ("cat", "dan"))


@dataclass
class Place:
    """A course on disk."""

    root: Path

    @property
    def folders(self) -> Folders:
        return Folders.of(self.root, environ={})

    def answered(self, **answers: str) -> bytes:
        """The notebook of somebody who solves what is tested and writes these answers."""
        with workplace(self.folders) as work:
            notebook = work.assignment(SLUG).notebook
        cells = {**stub_cells(notebook), "double": solution_cells(notebook)["double"], **answers}
        return json.dumps(with_answers(notebook, cells)).encode()


def grade(work: Workplace, slug: str = SLUG) -> None:
    """What was handed in and is not graded."""
    for _ in jobs.grade_batch(work, jobs.prepare(work, slug), workers=1, actor="tina"):
        pass


@pytest.fixture(scope="session")
def graded_course(tmp_path_factory: pytest.TempPathFactory) -> Place:
    root = tmp_path_factory.mktemp("marking")
    author = root / "assignments" / SLUG
    author.mkdir(parents=True)
    (root / "course.toml").write_text(COURSE)
    (author / "assignment.toml").write_text(SETTINGS)
    (author / "notebook.py").write_text(NOTEBOOK)
    place = Place(root)
    folders = place.folders
    built = build(author, source=folders.source, release=folders.release).assignment
    first = place.answered(why="It is *twice*.<script>alert(1)</script>", picture="plt.plot([0, 1], [0, 2])\nplt.show()")
    second = place.answered()
    with workplace(folders) as work:
        ledger = work.ledger
        ledger.publish("calc", SLUG, title="Proofs", opens=None, due=datetime(2030, 1, 1, tzinfo=UTC), pairs_lock=None, team=built.team,
                       version=built.version, archive=release_archive(folders.release, SLUG), points=10, files=built.files,
                       written=built.written, actor="tina")
        for name in ("ann", "ben", "cat", "dan"):
            ledger.enrol("calc", name, Role.STUDENT, name=name.title(), actor="tina")
        for name, role in (("tina", Role.TA), ("tom", Role.TA), ("ina", Role.INSTRUCTOR)):
            ledger.enrol("calc", name, role, name=name.title(), actor="tina")
        for pair in TEAMS:
            ledger.assign_team("calc", SLUG, pair, actor="tina")
        ledger.submit("calc", SLUG, "ann", {f"{SLUG}.ipynb": first})
        ledger.submit("calc", SLUG, "cat", {f"{SLUG}.ipynb": second, "written.pdf": paper(typed)})
        grade(work)
    return place


@pytest.fixture
def place(graded_course: Place, tmp_path: Path) -> Place:
    shutil.copytree(graded_course.root, tmp_path / "course", symlinks=True)
    return Place(tmp_path / "course")


@pytest.fixture
def work(place: Place) -> Iterator[Workplace]:
    with workplace(place.folders) as opened:
        yield opened
