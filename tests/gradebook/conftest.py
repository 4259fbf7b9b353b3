"""A small course folder with one assignment, made by hand: two tests, a written answer, a task, and given cells."""
from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from autograder.course import Folders
from autograder.ledger import fingerprint
from autograder.model import (
    Assignment,
    Graded,
    Problem,
    ProblemResult,
    Status,
    Submission,
    TestCase,
    TestResult,
)

NOON = datetime(2026, 3, 5, 12, 0, 0, 250_000, tzinfo=UTC)
SLUG = "hw"


def cell(kind: str, source: str, grade_id: str = "", **told: Any) -> dict[str, Any]:
    """A notebook cell; with a grade_id it carries nbgrader's metadata."""
    flags = {"grade": False, "locked": False, "solution": False, "task": False, "schema_version": 3}
    about = {"nbgrader": {**flags, "grade_id": grade_id, **told}} if grade_id else {}
    made = {"cell_type": kind, "id": grade_id or f"given-{len(source)}", "metadata": about, "source": source}
    return {**made, "outputs": [], "execution_count": None} if kind == "code" else made


def source_cells() -> list[dict[str, Any]]:
    return [
        cell("markdown", "# The double of a number"),
        cell("code", "import math", "imports", locked=True),
        cell("code", "def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "double", solution=True),
        cell("code", "assert double(1) == 2", "double-one", grade=True, locked=True, points=3),
        cell("code", "### BEGIN HIDDEN TESTS\nassert double(7) == 14\n### END HIDDEN TESTS", "double-more", grade=True,
             locked=True, points=2),
        cell("markdown", "Because $2x = x + x$.", "why", grade=True, solution=True, points=4),
        cell("markdown", "Draw it.", "draw", task=True, points=1),
    ]


def notebook(cells: list[dict[str, Any]]) -> dict[str, Any]:
    kernel = {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}
    return {"nbformat": 4, "nbformat_minor": 5, "cells": cells,
            "metadata": {"kernelspec": kernel, "language_info": {"name": "python"}}}


def make_assignment(cells: list[dict[str, Any]] | None = None) -> Assignment:
    tests = (TestCase("double-one", 3, False), TestCase("double-more", 2, True))
    problems = (Problem("double", "Double", 5, ("double",), tests),
                Problem("why", "Why", 4, ("why",), (), by_hand=True), Problem("draw", "Draw", 1, ("draw",), (), by_hand=True))
    return Assignment(slug=SLUG, title="Homework", kind="homework", points=10, problems=problems, files=("report.pdf",),
                      notebook=notebook(source_cells() if cells is None else cells))


@pytest.fixture
def assignment() -> Assignment:
    return make_assignment()


@pytest.fixture
def folders(tmp_path: Path, assignment: Assignment) -> Folders:
    """The checkout and the state of a course; the assignment is built in source/."""
    made = Folders.of(tmp_path / "checkout", environ={})
    (made.source / SLUG).mkdir(parents=True)
    (made.source / SLUG / f"{SLUG}.ipynb").write_text(json.dumps(assignment.notebook))
    (made.source / SLUG / "drawing.png").write_bytes(b"\x89PNG")
    (made.source / SLUG / "checks.py").write_text("secret = 1")
    return made


def submission(code: str = "def double(x):\n    return x + x", why: str = "It is.", *, team: str = "team-00001",
               **files: bytes) -> Submission:
    """What a team handed in: the release with its answers."""
    answers = {"double": code, "why": why, "draw": "A line."}
    cells = [{**c, "source": answers.get(c["metadata"].get("nbgrader", {}).get("grade_id"), c["source"])}
             for c in source_cells()]
    packed = {f"{SLUG}.ipynb": json.dumps(notebook(cells)).encode(),
              **{name.replace("_", "."): content for name, content in files.items()}}
    return Submission(SLUG, team, ("ann", "ben"), packed, fingerprint(packed), submitted_at=NOON)


def graded(work: Submission, outcomes: Mapping[str, Status], *, message: str = "double(7) is 13.",
           outputs: list[dict[str, Any]] | None = None) -> Graded:
    """The work with these outcomes of its tests. `outputs` are those of the student's solution cell."""
    points = {"double-one": 3.0, "double-more": 2.0, "why": 4.0, "draw": 1.0}

    def result(test: str) -> TestResult:
        status = outcomes.get(test, Status.UNDECIDED)
        return TestResult(test, points[test] if status is Status.OK else 0.0, points[test], status,
                          "" if status is Status.OK else message, detail="" if status is Status.OK else "line 3")

    def problem(name: str, *tests: str) -> ProblemResult:
        results = tuple(map(result, tests))
        return ProblemResult(name, name.title(), sum(t.score for t in results), sum(t.max_score for t in results),
                             next((t.status for t in results if t.status is not Status.OK), Status.OK), results)

    page = json.loads(work.files[f"{SLUG}.ipynb"])
    page["cells"][2]["outputs"] = outputs or []
    problems = (problem("double", "double-one", "double-more"), problem("why", "why"), problem("draw", "draw"))
    return Graded(work.team, work.members, SLUG, sum(p.score for p in problems), 10.0, problems, Status.OK, 1.0, "e1", page,
                  work.sha256)


GOOD = {"double-one": Status.OK, "double-more": Status.OK}
HALF = {"double-one": Status.OK, "double-more": Status.WRONG}
