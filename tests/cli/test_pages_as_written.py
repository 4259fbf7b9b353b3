"""The commands of the pages for instructors and TAs, run as they stand there, one after the other, on a real assignment."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from autograder.authoring import load_assignment, solution_cells
from autograder.course import Folders
from autograder.jobs import workplace
from autograder.qualification import with_answers

ROOT = Path(__file__).parents[2]
SLUG = "hw03-eigen-svd"


def commands(page: str) -> list[str]:
    text = (ROOT / "docs" / page).read_text(encoding="utf-8")
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [line.removeprefix("$ ") for block in blocks for line in block.splitlines() if line.startswith("$ autograder ")]


def course_text(now: datetime) -> str:
    """The demo's course, running now."""
    text = (ROOT / "courses" / "demo.toml").read_text(encoding="utf-8")
    for name, days in (("opens", -1), ("due", 3), ("pairs_lock", 2)):
        text = re.sub(rf"(?m)^{name} = .*$", f"{name} = {now + timedelta(days=days):%Y-%m-%dT%H:%M:%S}+00:00", text)
    return text


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A checkout with the assignments of this one, a course of its own, and what the pages' commands read."""
    (tmp_path / "assignments").symlink_to(ROOT / "assignments")
    (tmp_path / "course.toml").write_text(course_text(datetime.now(UTC)), encoding="utf-8")
    (tmp_path / "exam.csv").write_text("username,item,mark\nann,exam,80\nann,project,90\n", encoding="utf-8")
    return tmp_path


def run(checkout: Path, line: str) -> subprocess.CompletedProcess[str]:
    program = [sys.executable, "-c", "from autograder.cli import main; main()", *shlex.split(line)[1:]]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("AUTOGRADER_")}
    environ |= {"PYTHONPATH": str(ROOT), "AUTOGRADER_ACTOR": "test"}
    return subprocess.run(program, cwd=checkout, env=environ, capture_output=True, text=True, check=False, timeout=1500)


def hand_in(checkout: Path) -> None:
    """Ann hands in the reference for her pair, and it lies in downloads/ as well, beside a notebook that is cut off."""
    assignment = load_assignment(checkout / "assignments" / SLUG)
    content = json.dumps(with_answers(assignment.notebook, solution_cells(assignment.notebook))).encode()
    with workplace(Folders(checkout, checkout / "state")) as work:
        course = work.course.id
        work.ledger.invite(course, SLUG, "ann", "ben")
        work.ledger.accept(course, SLUG, "ben", "ann")
        work.ledger.submit(course, SLUG, "ann", {assignment.notebook_name: content})
    downloads = checkout / "downloads"
    downloads.mkdir()
    (downloads / "ann.ipynb").write_bytes(content)
    (downloads / "ben.ipynb").write_bytes(content[:1000])


def ask(checkout: Path) -> None:
    """Ann asks about her written answer."""
    with workplace(Folders(checkout, checkout / "state")) as work:
        problem = next(problem for problem in work.assignment(SLUG).problems if problem.by_hand)
        work.ledger.requests.ask(work.course.id, SLUG, "ann", problem.id, "It is complete.", window=work.course.request_window)


@pytest.mark.long
def test_the_page_for_authors_works_as_written(checkout: Path) -> None:
    (checkout / "assignments").unlink()
    (checkout / "assignments").mkdir()
    (checkout / "assignments" / "topics.toml").write_bytes((ROOT / "assignments" / "topics.toml").read_bytes())
    said = []
    for line in commands("authoring.md"):
        done = run(checkout, line)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        said.append(done.stdout)
    assert "0 surprises; may be released" in said[1] and "0 surprises; may be released" in said[2]
    assert (checkout / "state" / "verified" / "hw18-flows.html").is_file()
    assert "bgu: 0 of 16 topics" in said[3]


@pytest.mark.long
def test_the_pages_for_instructors_and_tas_work_as_written(checkout: Path) -> None:
    said = ""
    instructor = commands("instructors.md")
    last_enrol = max(number for number, line in enumerate(instructor) if " enrol " in line)
    for number, line in enumerate(instructor):
        done = run(checkout, line)
        assert done.returncode == 0, f"{line}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
        if number == last_enrol:
            assert run(checkout, 'autograder enrol ben --name "Ben Bauer"').returncode == 0
            hand_in(checkout)
    assert f"{SLUG}: " in said and "0 surprises; may be released" in said
    for line in commands("tas.md"):
        done = run(checkout, line)
        # One of the downloads is cut off: it waits for a person, and the exit code says so.
        assert done.returncode == (1 if "--from" in line else 0), f"{line}\n{done.stdout}\n{done.stderr}"
        said += done.stdout
        if line.startswith("autograder feedback "):
            ask(checkout)
    graded = {g["submission"]: g for g in json.loads((checkout / "results.json").read_text())}
    assert (graded["ann"]["score"], graded["ann"]["status"]) == (90, "ok")
    assert (graded["ben"]["score"], graded["ben"]["status"]) == (0, "undecided")
    assert "ann.ipynb" not in said and "cut off" in graded["ben"]["problems"][0]["tests"][0]["message"]
    pages = list((checkout / "state/pages" / SLUG).glob("*.html"))
    assert [page.name for page in pages] == ["team-00001.html"]
    nbgrader = checkout / "state/nbgrader"
    database = f"sqlite:///{nbgrader / 'gradebook.db'}"
    for command in (["generate_feedback", SLUG], ["export", "--to", str(checkout / "grades.csv"), "--db", database]):
        environ = {**os.environ, "AUTOGRADER_STATE": str(checkout / "state"), "PYTHONPATH": str(ROOT)}
        program = [sys.executable, "-m", "nbgrader", *command]
        done = subprocess.run(program, cwd=nbgrader, env=environ, capture_output=True, text=True, check=False)
        assert done.returncode == 0, done.stderr
    assert list(nbgrader.glob("feedback/team-00001/*/*.html"))
    assert ",93.0," in (checkout / "grades.csv").read_text()  # 90 of the tests, and 3 that a TA has given the written answer
