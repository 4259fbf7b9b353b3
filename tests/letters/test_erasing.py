"""Whoever asks to be forgotten is nowhere any more: no table, page, blob or working copy of a graded course holds his name or address."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from autograder import jobs
from autograder.cli import main
from autograder.model import Role
from tests.regrading.conftest import ANSWERS, NOW, SLUG, opened, publish


def holding(root: Path, words: bytes) -> list[str]:
    return [str(path) for path in root.rglob("*") if path.is_file() and words in path.read_bytes()]


def test_no_file_of_a_graded_course_holds_an_erased_name(tmp_path: Path) -> None:
    publish(tmp_path, {"ann": ANSWERS["ann"]})
    with opened(tmp_path) as work:
        course = work.course.id
        work.ledger.enrol(course, "ann", Role.STUDENT, name="Ann Unmistakable", email="unmistakable@uni.example", actor="noa")
        assert len(list(jobs.grade_batch(work, jobs.prepare(work, SLUG), workers=1, actor="tina"))) == 1
        jobs.give_feedback(work, SLUG, actor="tina", now=NOW)
        page = work.ledger.feedback(course, SLUG, "ann")
        assert page is not None and b"ann" in page
    assert holding(tmp_path, b"nmistakable")
    done = CliRunner().invoke(main, ["--root", str(tmp_path), "erase", "ann"], env={"AUTOGRADER_STATE": "", "AUTOGRADER_ACTOR": "noa"})
    assert done.exit_code == 0, done.output
    assert holding(tmp_path, b"nmistakable") == []
    with opened(tmp_path) as work:
        work.ledger.check_chain(course)
        assert work.ledger.feedback(course, SLUG, "ann") == page
