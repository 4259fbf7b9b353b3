"""`autograder grade --course-dir`: where a course keeps its things, what is printed and written, and grading again."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder import gradebook
from autograder.cli import main
from tests.stock import courses
from tests.stock.courses import hand_in, make_course, scored, solution, task, written

CELLS = [
    solution("one", "def one():\n    return 1"),
    scored("one-t", "assert one() == 1", 2),
    scored("one-timed", "import time\nstart = time.time()\nassert one() == 1 and time.time() - start < 20", 1),
    written("why", "Because.", 3),
]
ODD = """
c.CourseDirectory.directory_structure = "{assignment_id}/{nbgrader_step}/{student_id}"
c.CourseDirectory.submitted_directory = "in"
c.CourseDirectory.source_directory = "master"
c.CourseDirectory.autograded_directory = "out"
c.CourseDirectory.db_url = "sqlite:///DATABASE"
c.CourseDirectory.course_id = "algebra"
c.CourseDirectory.ignore = ["*.tmp"]
c.Execute.timeout = 7
"""


def run(root: Path, *words: str) -> Result:
    return CliRunner().invoke(
        main, ["grade", "--course-dir", str(root), "--workers", "1", *words], env={"AUTOGRADER_STATE": str(root / "state")}
    )


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course of two assignments; one student handed in, another something else."""
    root = make_course(
        tmp_path_factory.mktemp("command") / "course", {"hw": CELLS}, config="c.LateSubmissionPlugin.penalty_method = 'zero'"
    )
    make_course(root / "other", {"two": CELLS[:2]}, slug="hw2")
    (root / "other" / "source" / "hw2").rename(root / "source" / "hw2")
    hand_in(root, "ann", {"why": "I think so."})
    (root / "submitted" / "ben" / "hw").mkdir(parents=True)
    (root / "submitted" / "ben" / "hw" / "essay.pdf").write_bytes(b"%PDF")
    hand_in(root, "cid", {}, slug="hw2")
    return root


def test_all_assignments_are_graded_and_what_is_less_trusted_is_said(course: Path) -> None:
    done = run(course, "--json", str(course / "out.json"))
    assert done.exit_code == 1, done.output  # somebody handed in no notebook
    assert "hw/one-timed is less to be trusted" in done.output and "it measures time" in done.output
    assert "ben: not graded" in done.output and "essay.pdf" in done.output
    told = {g["submission"]: g for g in json.loads((course / "out.json").read_text())}
    assert {name: (g["assignment"], g["score"], g["max_score"]) for name, g in told.items()} == {"ann": ("hw", 3, 6), "cid": ("hw2", 2, 2)}
    tests = {t["id"]: (t["score"], t["status"], t["trusted"]) for p in told["ann"]["problems"] for t in p["tests"]}
    assert tests == {"one-t": (2, "ok", True), "one-timed": (1, "ok", False), "why": (0, "undecided", True)}


@pytest.mark.long
def test_grading_again_keeps_a_persons_marks_and_asks_for_another_look(course: Path) -> None:
    run(course, "hw")
    with sqlite3.connect(course / "gradebook.db") as book:
        book.execute("update grade set manual_score = 2.5, needs_manual_grade = 0 where auto_score is null")
    assert run(course, "hw").exit_code == 1
    with sqlite3.connect(course / "gradebook.db") as book:
        assert book.execute("select manual_score, needs_manual_grade from grade where auto_score is null").fetchall() == [(2.5, 1)]


@pytest.mark.long
def test_the_courses_own_late_penalty_is_applied(course: Path) -> None:
    run(course, "hw2")
    with sqlite3.connect(course / "gradebook.db") as book:
        assert book.execute("select late_submission_penalty from submitted_notebook").fetchall() == [(None,)] * 2
        book.execute("update assignment set duedate = '2026-03-05 11:00:00.000000' where name = 'hw2'")
    run(course, "hw2")
    with sqlite3.connect(course / "gradebook.db") as book:
        assert sorted(book.execute("select late_submission_penalty from submitted_notebook"), key=str) == [(2.0,), (None,)]


def test_a_course_keeps_its_things_where_its_configuration_says(tmp_path: Path) -> None:
    root = make_course(tmp_path / "course", {"hw": CELLS[:2]}, config=ODD.replace("DATABASE", str(tmp_path / "book.db")))
    hand_in(root, "ann", {}, files={"notes.txt": b"mine", "cache.tmp": b"no"})
    for old, new in (("source/hw", "hw/master/."), ("submitted/ann/hw", "hw/in/ann")):
        (root / new).parent.mkdir(parents=True, exist_ok=True)
        (root / old).rename((root / new).resolve())
    place = gradebook.course_folder(root)
    assert (place.cell_seconds, place.course, place.path("autograded", "ann", "hw")) == (7.0, "algebra", root / "hw" / "out" / "ann")
    done = run(root, "hw")
    assert done.exit_code == 0, done.output
    assert sorted(path.name for path in (root / "hw" / "out" / "ann").iterdir()) == ["hw.ipynb", "notes.txt", "timestamp.txt"]
    assert not (root / "gradebook.db").exists()
    (root / "gradebook.db").symlink_to(tmp_path / "book.db")
    assert courses.scores(root) == {("ann", "hw", "one-t"): (2.0, False)}


@pytest.mark.parametrize(
    "words, said",
    [(("nothing",), "there is no source notebook"), (("broken",), "AUTOTEST"), (("torn",), "cannot be read")],
    ids=["no such assignment", "tests that nbgrader has to write", "a torn file"],
)
def test_what_cannot_be_graded_is_said_in_a_sentence(tmp_path: Path, words: tuple[str, ...], said: str) -> None:
    root = make_course(tmp_path / "course", {"hw": [*CELLS, task("draw", "Draw.")]})
    make_course(tmp_path / "second", {"hw": [solution("f", "1"), scored("f-t", "### AUTOTEST f")]}, slug="broken")
    (tmp_path / "second" / "source" / "broken").rename(root / "source" / "broken")
    (root / "source" / "torn").mkdir()
    (root / "source" / "torn" / "torn.ipynb").write_text('{"cells": [')
    done = run(root, *words)
    assert done.exit_code == 2 and said in done.output


def test_without_a_course_an_assignment_must_be_named() -> None:
    done = CliRunner().invoke(main, ["grade"])
    assert done.exit_code == 2 and "Name the assignment" in done.output
