"""Small stock courses, written cell by cell, and what two graders say of them: nbgrader itself, and ours."""

from __future__ import annotations

import re
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_markdown_cell, new_notebook

from autograder import gradebook, stock
from autograder.model import Graded

SECRET = b"s" * 32
KERNEL = {"kernelspec": {"display_name": "Python 3 (ipykernel)", "language": "python", "name": "python3"}}
Cell = Any


def _named(cell: Cell, grade_id: str, **flags: Any) -> Cell:
    told = {"grade": False, "solution": False, "locked": False, "task": False, "schema_version": 3, "grade_id": grade_id} | flags
    cell.metadata["nbgrader"] = told
    return cell


def plain(text: str) -> Cell:
    return new_code_cell(text)


def locked(grade_id: str, text: str) -> Cell:
    return _named(new_code_cell(text), grade_id, locked=True)


def solution(grade_id: str, text: str) -> Cell:
    return _named(new_code_cell(f"### BEGIN SOLUTION\n{text}\n### END SOLUTION"), grade_id, solution=True)


def scored(grade_id: str, text: str, points: float = 1) -> Cell:
    return _named(new_code_cell(text), grade_id, grade=True, locked=True, points=points)


def hidden(grade_id: str, text: str, points: float = 1) -> Cell:
    return scored(grade_id, f"### BEGIN HIDDEN TESTS\n{text}\n### END HIDDEN TESTS", points)


def written(grade_id: str, text: str, points: float = 2) -> Cell:
    body = f"### BEGIN SOLUTION\n{text}\n### END SOLUTION"
    return _named(new_markdown_cell(body), grade_id, grade=True, solution=True, points=points)


def coded_by_hand(grade_id: str, text: str, points: float = 2) -> Cell:
    body = f"### BEGIN SOLUTION\n{text}\n### END SOLUTION"
    return _named(new_code_cell(body), grade_id, grade=True, solution=True, points=points)


def task(grade_id: str, text: str, points: float = 3) -> Cell:
    return _named(new_markdown_cell(text), grade_id, task=True, locked=True, points=points)


def make_course(
    root: Path, notebooks: Mapping[str, Sequence[Cell]], *, files: Mapping[str, bytes] | None = None, slug: str = "hw", config: str = ""
) -> Path:
    """A course with one assignment in source/."""
    folder = root / "source" / slug
    folder.mkdir(parents=True)
    for name, cells in notebooks.items():
        nbformat.write(new_notebook(cells=list(cells), metadata=KERNEL), folder / f"{name}.ipynb")
    for name, content in (files or {}).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    (root / "nbgrader_config.py").write_text(f"c = get_config()\n{config}\n")
    return root


def hand_in(
    root: Path,
    student: str,
    answers: Mapping[str, str],
    *,
    slug: str = "hw",
    files: Mapping[str, bytes] | None = None,
    without: Sequence[str] = (),
    changed: Mapping[str, str] | None = None,
    added: Sequence[str] = (),
) -> None:
    """A student's folder: the release with these answers (by grade_id; the author's where there is none).

    without  notebooks that are not handed in
    changed  text of a plain cell -> what the student made of it
    added    code cells of his own, at the top
    """
    folder = root / "submitted" / student / slug
    folder.mkdir(parents=True)
    for path in sorted((root / "source" / slug).glob("*.ipynb")):
        if path.stem in without:
            continue
        notebook = nbformat.read(path, as_version=4)
        for cell in notebook.cells:
            told = cell.metadata.get("nbgrader", {})
            own = re.sub(r"### (BEGIN|END) SOLUTION\n?", "", cell.source).strip("\n")
            if told.get("solution"):
                cell.source = answers.get(told["grade_id"], own)
            elif told.get("grade"):
                cell.source = re.sub(r"### BEGIN HIDDEN TESTS.*### END HIDDEN TESTS", "", cell.source, flags=re.DOTALL)
            elif not told and changed:
                cell.source = changed.get(cell.source, cell.source)
        notebook.cells[:0] = [new_code_cell(text) for text in added]
        nbformat.write(notebook, folder / path.name)
    (folder / "timestamp.txt").write_text("2026-03-05 12:00:00.000000 UTC")
    for name, content in (files or {}).items():
        (folder / name).write_bytes(content)


STUB = "# YOUR CODE HERE\nraise NotImplementedError()"
WRITTEN_STUB = "YOUR ANSWER HERE"

Score = tuple[float | None, bool]
"""(auto_score, needs_manual_grade)"""


def scores(root: Path) -> dict[tuple[str, str, str], Score]:
    """(student, notebook, cell) -> score, as a course's gradebook has it."""
    rows = sqlite3.connect(root / "gradebook.db").execute(
        "select sa.student_id, n.name, b.name, g.auto_score, g.needs_manual_grade from grade g join base_cell b on b.id = g.cell_id"
        " join submitted_notebook sn on sn.id = g.notebook_id join notebook n on n.id = sn.notebook_id"
        " join submitted_assignment sa on sa.id = sn.assignment_id"
    )
    return {(student, notebook, cell): (score, bool(manual)) for student, notebook, cell, score, manual in rows}


def comments(root: Path) -> dict[tuple[str, str, str], str | None]:
    """(student, notebook, cell) -> nbgrader's own comment."""
    rows = sqlite3.connect(root / "gradebook.db").execute(
        "select sa.student_id, n.name, b.name, c.auto_comment from comment c join base_cell b on b.id = c.cell_id"
        " join submitted_notebook sn on sn.id = c.notebook_id join notebook n on n.id = sn.notebook_id"
        " join submitted_assignment sa on sa.id = sn.assignment_id"
    )
    return {(student, notebook, cell): comment for student, notebook, cell, comment in rows}


def nbgrader(root: Path, *commands: str, strict: bool = True) -> str:
    """Run nbgrader's own commands in the course, in one process; `strict` when they must not complain."""
    program = (
        "import sys, warnings; warnings.simplefilter('ignore')\n"
        "from nbgrader.apps import NbGraderApp\n"
        "for command in sys.argv[1:]:\n"
        "    NbGraderApp.clear_instance()\n"
        "    try: NbGraderApp.launch_instance(command.split())\n"
        "    except SystemExit as end: assert not end.code, command\n"
    )
    ran = subprocess.run([sys.executable, "-c", program, *commands], cwd=root, capture_output=True, text=True, timeout=600, check=False)
    said = (ran.stdout + ran.stderr)[-3000:]
    assert ran.returncode == 0 or not strict, said
    return said


def by_nbgrader(root: Path, *, slug: str = "hw", strict: bool = True) -> Path:
    """A copy of the course, graded by nbgrader."""
    copy = root.with_name(f"{root.name}-nbgrader")
    shutil.copytree(root, copy)
    nbgrader(copy, f"generate_assignment {slug}", f"autograde {slug}", strict=strict)
    return copy


def by_us(root: Path, *, slug: str = "hw", slot: int = 0) -> tuple[Path, dict[str, Graded], stock.Stock]:
    """A copy of the course, graded by us; the results by student, and the assignment."""
    copy = root.with_name(f"{root.name}-ours")
    shutil.copytree(root, copy)
    place = gradebook.course_folder(copy)
    assignment = stock.calibrated(stock.load(place, slug), state=copy / "state", seconds=place.cell_seconds, slot=slot)
    works, _ = stock.submissions(place, assignment)
    return copy, {g.submission: g for g in stock.grade(place, assignment, works, secret=SECRET, workers=1, slot=slot)}, assignment
