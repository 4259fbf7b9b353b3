"""What the platform writes is what nbgrader itself would have written, and reads."""
from __future__ import annotations

import csv
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from nbformat import from_dict, validate
from nbgrader.api import Gradebook, get_alembic_version
from nbgrader.apps.api import NbGraderAPI
from nbgrader.utils import determine_grade
from traitlets.config import Config

from autograder import gradebook
from autograder.course import Folders
from autograder.model import Assignment, MachineryError, Status, Submission, SubmissionError
from tests.gradebook.conftest import GOOD, HALF, NOON, SLUG, cell, graded, make_assignment, source_cells, submission


@contextmanager
def opened(folders: Folders) -> Iterator[Gradebook]:
    """nbgrader's own view of the gradebook."""
    with Gradebook(f"sqlite:///{folders.nbgrader}/gradebook.db") as book:
        yield book


def write(folders: Folders, assignment: Assignment, work: Submission, outcomes: dict[str, Status], **more: Any) -> None:
    gradebook.register(folders, assignment)
    gradebook.collect(folders, [work])
    gradebook.record(folders, assignment, graded(work, outcomes, **more))


def scores(folders: Folders, team: str = "team-00001") -> dict[str, tuple[float | None, float | None, bool]]:
    """By cell: automatic score, manual score, whether it waits for a person."""
    with opened(folders) as book:
        grades = book.find_submission_notebook(SLUG, SLUG, team).grades
        return {grade.name: (grade.auto_score, grade.manual_score, grade.needs_manual_grade) for grade in grades}


def cells(folders: Folders, team: str = "team-00001") -> dict[str, Any]:
    """The cells of the autograded notebook by grade_id."""
    read = json.loads((folders.autograded / team / SLUG / f"{SLUG}.ipynb").read_text())
    return {c["metadata"]["nbgrader"]["grade_id"]: c for c in read["cells"] if "nbgrader" in c["metadata"]}


def nbgrader(folders: Folders, *arguments: str) -> str:
    """Run nbgrader's command in the course folder."""
    done = subprocess.run([sys.executable, "-m", "nbgrader", *arguments], cwd=folders.nbgrader, capture_output=True,
                          text=True, env={**os.environ, "HOME": str(folders.state), "JUPYTER_CONFIG_DIR": str(folders.state)})
    assert done.returncode == 0, done.stderr
    return done.stderr


# ---------------------------------------------------------------- the database

def test_the_database_is_one_that_nbgrader_made_itself(folders: Folders, assignment: Assignment,
                                                       monkeypatch: pytest.MonkeyPatch) -> None:
    expected = get_alembic_version()
    monkeypatch.setenv("PATH", "/nowhere")                      # where nbgrader would look for the alembic program
    gradebook.register(folders, assignment)
    with opened(folders) as book:
        from sqlalchemy import text
        assert book.db.execute(text("SELECT version_num FROM alembic_version")).scalars().all() == [expected]
    assert (folders.nbgrader / "gradebook.db").stat().st_mode & 0o077 == 0


def test_registering_writes_the_rows_of_nbgraders_generate_assignment(folders: Folders, assignment: Assignment,
                                                                      tmp_path: Path) -> None:
    course = tmp_path / "stock"
    shutil.copytree(folders.source, course / "source")
    config = Config()
    config.CourseDirectory.root = str(course)
    answer = NbGraderAPI(config=config).generate_assignment(SLUG)
    assert answer["success"], answer["log"]
    shutil.copytree(course / "release", folders.release)
    gradebook.register(folders, assignment)

    def rows(url: str) -> dict[str, Any]:
        with Gradebook(url) as book:
            page = book.find_notebook(SLUG, SLUG)
            return {"kernel": json.loads(page.kernelspec), "scores": (page.max_score, page.max_code_score, page.max_written_score),
                    "grade": {(c.name, c.max_score, c.cell_type) for c in page.grade_cells},
                    "solution": {c.name for c in page.solution_cells}, "task": {(c.name, c.max_score) for c in page.task_cells},
                    "source": {(c.name, c.cell_type, c.locked, c.source) for c in page.source_cells}}

    assert rows(f"sqlite:///{folders.nbgrader}/gradebook.db") == rows(f"sqlite:///{course}/gradebook.db")


def test_registering_and_recording_again_changes_nothing(folders: Folders, assignment: Assignment) -> None:
    def rows() -> list[str]:
        import sqlite3
        with sqlite3.connect(folders.nbgrader / "gradebook.db") as connection:
            return list(connection.iterdump())

    write(folders, assignment, submission(), HALF)
    before, at = rows(), (folders.autograded / "team-00001" / SLUG).stat().st_mtime_ns
    write(folders, assignment, submission(), HALF)
    assert rows() == before
    assert (folders.autograded / "team-00001" / SLUG).stat().st_mtime_ns == at


def test_after_a_change_of_the_assignment_new_cells_come_removed_ones_go_and_the_others_stay(folders: Folders,
                                                                                             assignment: Assignment) -> None:
    write(folders, assignment, submission(), GOOD)
    changed = [c for c in source_cells() if c["id"] != "double-more"]
    changed.append(cell("code", "assert double(0) == 0", "double-none", grade=True, locked=True, points=1))
    changed[3]["metadata"]["nbgrader"]["points"] = 5
    gradebook.register(folders, make_assignment(changed))
    assert set(scores(folders)) == {"double-one", "why", "draw"}
    gradebook.record(folders, make_assignment(changed), graded(submission(), GOOD))
    found = scores(folders)
    assert found["double-one"][0] == 3
    assert found["double-none"] == (None, None, True)           # nobody graded it yet
    with opened(folders) as book:
        assert book.find_assignment(SLUG).max_score == 5 + 1 + 4 + 1


def test_recording_what_was_never_registered_says_what_to_do(folders: Folders, assignment: Assignment) -> None:
    with pytest.raises(MachineryError, match="hw is not in nbgrader's gradebook"):
        gradebook.record(folders, assignment, graded(submission(), GOOD))


# ---------------------------------------------------------------- scores

def test_scores_are_the_typed_outcomes_and_undecided_is_not_zero(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission(), {"double-one": Status.UNDECIDED, "double-more": Status.WRONG})
    assert scores(folders) == {"double-one": (None, None, True), "double-more": (0.0, None, False),
                               "why": (None, None, True), "draw": (None, None, True)}


@pytest.mark.parametrize("status", [s for s in Status if s is not Status.UNDECIDED])
def test_nbgrader_would_read_the_same_score_from_the_outputs(folders: Folders, assignment: Assignment, status: Status) -> None:
    write(folders, assignment, submission(), {"double-one": status, "double-more": status})
    for grade_id in ("double-one", "double-more"):
        score, _ = determine_grade(from_dict(cells(folders)[grade_id]))
        assert scores(folders)[grade_id][0] == score == (0 if status is not Status.OK else {"double-one": 3, "double-more": 2}[grade_id])


def test_the_autograded_notebook_is_valid_and_shows_staff_the_message(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission(), HALF)
    notebook = json.loads((folders.autograded / "team-00001" / SLUG / f"{SLUG}.ipynb").read_text())
    validate(from_dict(notebook))
    assert cells(folders)["double-one"]["outputs"] == []
    said, = cells(folders)["double-more"]["outputs"]
    assert said["traceback"] == ["wrong: double(7) is 13.", "line 3"]


def test_the_autograded_folder_holds_the_work_and_the_pictures_but_no_checks(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission(report_pdf=b"%PDF"), HALF)
    names = sorted(path.name for path in (folders.autograded / "team-00001" / SLUG).iterdir())
    assert names == ["drawing.png", "hw.ipynb", "report.pdf", "timestamp.txt"]


def test_nbgraders_own_feedback_and_export_show_the_same_scores(folders: Folders, assignment: Assignment) -> None:
    for team, outcomes in (("team-00001", GOOD), ("team-00002", HALF)):
        write(folders, assignment, submission(team=team), outcomes)
    nbgrader(folders, "generate_feedback", SLUG)
    page = (folders.feedback / "team-00002" / SLUG / f"{SLUG}.html").read_text()
    assert "Score: 3.0 / 10.0" in " ".join(page.split())
    assert "double(7) is 13." in page
    nbgrader(folders, "export", "--to", "grades.csv")
    with (folders.nbgrader / "grades.csv").open() as file:
        rows = {row["student_id"]: row for row in csv.DictReader(file)}
    assert {name: (row["score"], row["max_score"]) for name, row in rows.items()} == {
        "team-00001": ("5.0", "10.0"), "team-00002": ("3.0", "10.0")}
    assert rows["team-00001"]["timestamp"] == "2026-03-05 12:00:00.250000"
    assert rows["team-00001"]["late_submission_penalty"] == "0.0"


def test_nbgraders_api_sees_the_team_as_graded(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission(), HALF)
    config = Config()
    config.CourseDirectory.root = str(folders.nbgrader)
    config.CourseDirectory.source_directory = str(folders.source)
    api = NbGraderAPI(config=config)
    assert api.get_assignment(SLUG)["num_submissions"] == 1
    found, = api.get_submissions(SLUG)
    assert (found["student"], found["autograded"], found["score"], found["needs_manual_grade"]) == ("team-00001", True, 3.0, True)
    assert len(api.get_notebook_submissions(SLUG, SLUG)) == 1


def test_an_answer_left_as_it_was_given_is_marked_as_no_response(folders: Folders, assignment: Assignment) -> None:
    released = json.loads(submission(why="YOUR ANSWER HERE").files["hw.ipynb"])
    (folders.release / SLUG).mkdir(parents=True)
    (folders.release / SLUG / "hw.ipynb").write_text(json.dumps(released))
    write(folders, assignment, submission("def double(x):\n    return 3", "YOUR ANSWER HERE"), HALF)
    with opened(folders) as book:
        comments = {c.name: c.comment for c in book.find_submission_notebook(SLUG, SLUG, "team-00001").comments}
    assert comments == {"double": None, "why": "No response.", "draw": None}
    assert scores(folders)["why"] == (None, None, True)         # points are still a person's to give


# ---------------------------------------------------------------- nothing of a student's runs in a browser

def test_no_html_of_a_student_reaches_staff(folders: Folders, assignment: Assignment) -> None:
    attack = "<script>alert(1)</script><IMG src=x onerror=alert(1)>[x](JavaScript:alert(1)) &#106;avascript"
    bundle = {"text/html": attack, "image/svg+xml": attack, "text/markdown": attack, "text/latex": attack,
              "application/javascript": "alert(1)", "image/png": '"><script>', "text/plain": "2"}
    outputs = [{"output_type": "display_data", "data": bundle, "metadata": {"image/png": {"width": '"><script>'}}},
               {"output_type": "display_data", "data": {"text/html": attack}, "metadata": {}},
               {"output_type": "update_display_data", "data": bundle},
               {"output_type": "execute_result", "data": {"image/png": "iVBORw0KGgo=\n"}, "execution_count": 1, "metadata": {}}]
    write(folders, assignment, submission(why=attack), HALF, outputs=outputs)
    assert cells(folders)["double"]["outputs"] == [
        {"output_type": "display_data", "data": {"text/plain": "2"}, "metadata": {}},
        {"output_type": "display_data", "data": {"image/png": "iVBORw0KGgo=\n"}, "metadata": {}}]
    config = Config()
    config.CourseDirectory.root = str(folders.nbgrader)
    answer = NbGraderAPI(config=config).generate_feedback(SLUG)
    assert answer["success"], answer["log"]
    page = (folders.feedback / "team-00001" / SLUG / f"{SLUG}.html").read_text()
    for bad in ("<script>alert", "<IMG", "JavaScript:", "&#106;"):
        assert bad not in page
    assert "alert(1)" in page                                   # what was written can still be read


@pytest.mark.parametrize(("written", "shown"), [
    ("$a<b$ and $i < n$", "$a< b$ and $i < n$"), ("x & y &amp; z", "x & y & amp; z"), ("5 <7", "5 <7"),
    ("data: 3", "data: 3"),
])
def test_formulas_survive_being_made_harmless(written: str, shown: str, folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission(why=written), HALF)
    assert cells(folders)["why"]["source"] == shown


# ---------------------------------------------------------------- folders

def test_collecting_replaces_a_submission_as_a_whole(folders: Folders) -> None:
    target = folders.submitted / "team-00001" / SLUG
    gradebook.collect(folders, [submission(report_pdf=b"1")])
    assert (target / "timestamp.txt").read_text() == "2026-03-05 12:00:00.250000 UTC\n"
    gradebook.collect(folders, [submission("second")])
    assert sorted(path.name for path in target.iterdir()) == ["hw.ipynb", "timestamp.txt"]
    assert [path.name for path in target.parent.iterdir()] == [SLUG]


@pytest.mark.parametrize("name", ["../x", "/etc/x", "a/../../x", ""])
def test_a_file_name_cannot_leave_the_folder(folders: Folders, name: str) -> None:
    bad = Submission(SLUG, "team-00001", (), {name: b"x"}, "0")
    with pytest.raises(SubmissionError, match="leads out of the submission"):
        gradebook.collect(folders, [bad])
    assert not (folders.submitted / "team-00001" / SLUG).exists()


@pytest.mark.parametrize("team", ["..", "a/b", "", ".hidden"])
def test_a_team_name_is_one_folder(folders: Folders, team: str) -> None:
    with pytest.raises(SubmissionError, match="cannot be the name of a folder"):
        gradebook.collect(folders, [submission(team=team)])


@pytest.mark.parametrize("stop_at", [1, 2])
def test_a_folder_is_never_half_written_and_the_next_run_completes_it(folders: Folders, assignment: Assignment, stop_at: int,
                                                                      monkeypatch: pytest.MonkeyPatch) -> None:
    write(folders, assignment, submission("first"), GOOD)
    target = folders.autograded / "team-00001" / SLUG
    renames: list[Path] = []
    rename = Path.rename

    def killed(self: Path, other: Path) -> Path:
        renames.append(self)
        if len(renames) == stop_at:
            raise KeyboardInterrupt
        return rename(self, other)

    second = submission("second", report_pdf=b"%PDF")
    gradebook.collect(folders, [second])
    with monkeypatch.context() as patch, pytest.raises(KeyboardInterrupt):
        patch.setattr(Path, "rename", killed)
        gradebook.record(folders, assignment, graded(second, HALF))
    assert not target.exists() or "first" in (target / "hw.ipynb").read_text()
    gradebook.record(folders, assignment, graded(second, HALF))
    assert "second" in (target / "hw.ipynb").read_text()
    assert [path.name for path in target.parent.iterdir()] == [SLUG]
    assert scores(folders)["double-more"][0] == 0


def test_links_in_a_foreign_course_folder_are_not_followed(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission(), GOOD)
    (folders.submitted / "team-00001" / SLUG / "report.pdf").symlink_to("/etc/hostname")
    gradebook.record(folders, assignment, graded(submission(), HALF))
    assert not (folders.autograded / "team-00001" / SLUG / "report.pdf").exists()


@pytest.mark.parametrize("stamp", [b"", b"yesterday", b"\xff", b"2026-03-05 12:00:00.250000 UTC\n"])
def test_a_broken_time_stamp_of_a_foreign_course_is_no_time(folders: Folders, assignment: Assignment, stamp: bytes) -> None:
    gradebook.register(folders, assignment)
    gradebook.collect(folders, [submission()])
    (folders.submitted / "team-00001" / SLUG / "timestamp.txt").write_bytes(stamp)
    gradebook.record(folders, assignment, graded(submission(), GOOD))
    with opened(folders) as book:
        found = book.find_submission(SLUG, "team-00001").timestamp
    assert found == (NOON.replace(tzinfo=None) if stamp.startswith(b"2026") else None)
