"""After a test was corrected: everything is graded again beside what counts, shown, and published or discarded."""

from __future__ import annotations

import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from autograder import jobs, regrading
from autograder.cli import main
from autograder.jobs import Workplace
from autograder.ledger import direction
from autograder.model import Disclosure, Level, RuleError, Status
from autograder.regrading import Told, told
from tests.regrading.conftest import ANSWERS, NOTEBOOK, SLUG, TEAMS, WRONG, opened, publish, write

ROOT = Path(__file__).parents[2]
LATER = datetime(2026, 5, 1, tzinfo=UTC)
HIDDEN = "two numbers."                   # what a hidden test is about


def scores(work: Workplace) -> dict[str, float | None]:
    return {credit.username: credit.score for credit in work.ledger.credits(work.course.id, SLUG)}


def in_gradebook(work: Workplace) -> dict[str, float]:
    """What nbgrader itself says of each team: automatic points and those given by hand."""
    from nbgrader.api import Gradebook

    with Gradebook(f"sqlite:///{work.folders.nbgrader / 'gradebook.db'}") as book:
        return {s.student.id: s.score for s in book.assignment_submissions(SLUG)}


def shown(work: Workplace, **how: Any) -> Told:
    return regrading.shown(work, work.ledger.regrades.newest(work.course.id, SLUG), now=LATER, **how)


def what_counts(root: Path) -> dict[str, object]:
    """Grades, feedback and gradebook, to the byte."""
    files = {str(path.relative_to(root)): path.read_bytes() for folder in ("state/nbgrader", "state/pages")
             for path in sorted((root / folder).rglob("*")) if path.is_file()}  # fmt: skip
    with opened(root) as work:
        course = work.course.id
        pages = {name: work.ledger.feedback(course, SLUG, name) for name in (*ANSWERS, "ben")}
        return {**files, "grades": work.ledger.grades(course, SLUG), "credits": work.ledger.credits(course, SLUG), "pages": pages}


def test_nothing_changes_before_it_is_published(graded: Path, regraded: Path) -> None:
    assert what_counts(regraded) == what_counts(graded)


def test_it_shows_who_changes_from_what_to_what_and_why(at_work: Workplace) -> None:
    what = shown(at_work)
    assert {c.team: (c.before and c.before.points, c.after.points, direction(c)) for c in what.changes} == {
        TEAMS["ann"]: (5, 9, "up"), TEAMS["cat"]: (7, 3, "down"), TEAMS["dan"]: (1, 5, "up")}  # fmt: skip
    assert [(one.test, one.before, one.after, one.points, one.times) for one in what.moved] == [
        ("average-pair", "wrong", "ok", 4, 2), ("average-pair", "ok", "wrong", -4, 1)]  # fmt: skip
    assert what.counts == {"up": 2, "down": 1, "same": 0, "new": 0, "undecided": 0}
    assert (what.mean_before, what.mean_after) == (Fraction(130, 3), Fraction(170, 3))
    ann = next(c for c in what.changes if c.team == TEAMS["ann"])
    assert [(line.username, line.points) for line in ann.adjustments] == [("ben", 0.5)]


def test_it_shows_whose_course_grade_would_change(at_work: Workplace) -> None:
    assert {e.student: (e.final_before, e.final_after) for e in shown(at_work).effects} == {
        "ann": (50, 90), "ben": (55, 95), "cat": (70, 30), "dan": (10, 50)}  # fmt: skip
    assert {e.student for e in shown(at_work, keep_better=True).effects} == {"ann", "ben", "dan"}
    assert {e.student for e in shown(at_work, only=[TEAMS["cat"]]).effects} == {"cat"}


def test_publishing_changes_exactly_what_was_shown(at_work: Workplace) -> None:
    before = shown(at_work)
    published = regrading.publish(at_work, SLUG, reason="The mean of 1 and 2.", actor="noa")
    assert published == before.changes
    assert scores(at_work) == {"ann": 9, "ben": 9.5, "cat": 3, "dan": 5}
    assert in_gradebook(at_work) == {TEAMS["ann"]: 9, TEAMS["cat"]: 3, TEAMS["dan"]: 5}
    assert shown(at_work).changes == before.changes and shown(at_work).effects == ()
    at_work.ledger.check_chain(at_work.course.id)


def test_what_is_published_is_in_the_next_feedback_and_survives_it(at_work: Workplace) -> None:
    old = at_work.ledger.feedback(at_work.course.id, SLUG, "ben")
    regrading.publish(at_work, SLUG, reason="x", actor="noa")
    assert at_work.ledger.feedback(at_work.course.id, SLUG, "ben") == old
    jobs.give_feedback(at_work, SLUG, actor="tina", now=LATER)
    assert at_work.ledger.feedback(at_work.course.id, SLUG, "ben") != old
    assert scores(at_work) == {"ann": 9, "ben": 9.5, "cat": 3, "dan": 5}


@pytest.mark.parametrize(
    ("disclosure", "named"),
    [(Disclosure(), True), (Disclosure(Level.POINTS), False), (Disclosure(Level.OUTCOMES, LATER), True),
     (Disclosure(Level.OUTCOMES, LATER + timedelta(days=1)), False)],
)  # fmt: skip
def test_the_copies_of_feedback_tell_what_students_are_told_when_they_are_written(
    at_work: Workplace, disclosure: Disclosure, named: bool
) -> None:
    if disclosure != Disclosure():
        at_work.ledger.disclosures.change(at_work.course.id, SLUG, disclosure, actor="noa", reason="x")
    pages = [path.read_text(encoding="utf-8") for path in jobs.give_feedback(at_work, SLUG, actor="tina", now=LATER)]
    assert len(pages) == 3 and all((HIDDEN in page) == named and "Hence." in page for page in pages)
    kept = at_work.ledger.feedback(at_work.course.id, SLUG, "ann")
    assert kept is not None and HIDDEN.encode() in kept  # so that more can be told later


def test_publishing_again_only_finishes_the_gradebook(at_work: Workplace) -> None:
    first = regrading.publish(at_work, SLUG, reason="x", actor="noa")
    lines = len(at_work.ledger.audit(at_work.course.id))
    (at_work.folders.nbgrader / "gradebook.db").unlink()        # as if it had been cut off before
    assert regrading.publish(at_work, SLUG, reason="x", actor="noa") == first
    assert len(at_work.ledger.audit(at_work.course.id)) == lines
    assert in_gradebook(at_work) == {TEAMS["ann"]: 7, TEAMS["cat"]: 3, TEAMS["dan"]: 5}


def test_the_output_of_students_is_in_the_notebook_for_staff(again_at_work: Workplace) -> None:
    regrading.publish(again_at_work, SLUG, reason="x", actor="noa")
    page = again_at_work.folders.autograded / TEAMS["dan"] / SLUG / f"{SLUG}.ipynb"
    assert "hello from dan" in json.dumps([cell.get("outputs") for cell in json.loads(page.read_text())["cells"]])
    assert scores(again_at_work)["dan"] == 7


@pytest.mark.parametrize(("how", "after"), [
    ({}, {"ann": 9, "ben": 9.5, "cat": 3, "dan": 5}), ({"keep_better": True}, {"ann": 9, "ben": 9.5, "cat": 7, "dan": 5}),
    ({"only": [TEAMS["dan"]]}, {"ann": 5, "ben": 5.5, "cat": 7, "dan": 5}),
])  # fmt: skip
def test_the_next_batch_keeps_to_what_was_decided(at_work: Workplace, how: dict[str, Any], after: dict[str, float]) -> None:
    regrading.publish(at_work, SLUG, reason="x", actor="noa", **how)
    batch = jobs.prepare(at_work, SLUG)
    assert batch.waiting == () and len(batch.done) == 3
    assert scores(at_work) == after
    assert len(jobs.prepare(at_work, SLUG, force=True).waiting) == 3


def test_discarding_leaves_nothing_but_its_history(graded: Path, open_regrade: Path) -> None:
    with opened(open_regrade) as work:
        assert regrading.discard(work, SLUG, reason="The statement says otherwise.", actor="noa").end is not None
        assert jobs.prepare(work, SLUG).waiting == ()
        (run,) = work.ledger.regrades.runs(work.course.id, SLUG)
        assert run.end is not None and not run.end.published and len(work.ledger.regrades.changes(run)) == 3
        work.ledger.check_chain(work.course.id)
    assert what_counts(open_regrade) == what_counts(graded)


def test_work_that_no_grade_has_is_still_graded_after_a_discarded_regrade(again_at_work: Workplace) -> None:
    regrading.discard(again_at_work, SLUG, reason="x", actor="noa")
    assert [row.team for row in jobs.prepare(again_at_work, SLUG).waiting] == [TEAMS["dan"]]


def test_all_takes_older_submissions_as_well(again_at_work: Workplace) -> None:
    changes = shown(again_at_work).changes
    assert [(c.team, c.number, c.counts, direction(c)) for c in changes] == [
        (TEAMS["ann"], 1, True, "up"), (TEAMS["cat"], 1, True, "down"), (TEAMS["dan"], 1, False, "up"), (TEAMS["dan"], 2, True, "new"),
    ]  # fmt: skip


def test_an_assignment_that_changed_again_is_not_published(at_work: Workplace, open_regrade: Path) -> None:
    write(open_regrade, NOTEBOOK.replace(WRONG, "checks.assert_array_less(1.0, average([1.0, 2.0]))"))
    with pytest.raises(RuleError, match="has changed since"):
        regrading.publish(at_work, SLUG, reason="x", actor="noa")
    with pytest.raises(RuleError, match="is open since"):
        regrading.prepare(at_work, SLUG, actor="noa")
    regrading.discard(at_work, SLUG, reason="x", actor="noa")
    assert len(regrading.prepare(at_work, SLUG, actor="noa").waiting) == 3


def test_what_was_undecided_is_tried_again(at_work: Workplace) -> None:
    run = at_work.ledger.regrades.newest(at_work.course.id, SLUG)
    assert regrading.prepare(at_work, SLUG, actor="noa").waiting == ()
    result = next(iter(at_work.ledger.regrades.results(run).values()))
    broken = tuple(replace(p, tests=tuple(replace(t, status=Status.UNDECIDED) for t in p.tests)) for p in result.problems)
    row = next(row for row in at_work.ledger.effective(at_work.course.id, SLUG) if row.team == result.team)
    from autograder.grading import as_graded

    lost = as_graded(at_work.assignment(SLUG), at_work.ledger.load(row), broken, engine=run.engine)
    at_work.ledger.regrades.record(run, lost, b"{}", actor="noa")
    assert [row.team for row in regrading.prepare(at_work, SLUG, actor="noa").waiting] == [result.team]
    assert shown(at_work).counts["undecided"] == 1


# -------------------------------------------------------------------- as commands


def run(root: Path, *words: str) -> Result:
    environ = {"AUTOGRADER_ACTOR": "noa", "AUTOGRADER_STATE": None}
    return CliRunner().invoke(main, ["--root", str(root), *words], env=environ)  # type: ignore[arg-type]


def test_the_command_shows_publishes_and_says_what_is_stale(open_regrade: Path, tmp_path: Path) -> None:
    done = run(open_regrade, "regrade", SLUG, "--show", "--keep-better", "--json", str(tmp_path / "told.json"))
    assert done.exit_code == 0, done.output
    assert "team-00001 (ann, ben) #1: 5 -> 9 of 10" in done.output and "average average-pair: wrong -> ok, +4" in done.output
    assert "ben has +0.5 points by hand (A nice picture.)" in done.output and "course grade of ben: 55 -> 95" in done.output
    assert "course grade of cat" not in done.output and "3 graded again (2 up, 1 down); mean ≈43.33 -> ≈56.67 percent" in done.output
    read = json.loads((tmp_path / "told.json").read_text())
    assert read["changes"][1]["before"] == {"score": 7.0, "max_score": 10.0} and read["end"] is None
    page = (open_regrade / "state" / "regrades" / SLUG / "1.html").read_text()
    assert "<svg" in page and "average-pair" in page and "team-00002" in page and "not published" in page
    done = run(open_regrade, "regrade", SLUG, "--publish", "--keep-better", "--reason", "Our mistake.")
    assert done.exit_code == 0 and "2 grades published" in done.output and f"autograder feedback {SLUG}" in done.output
    assert "the better grade kept: Our mistake." in done.output and "7 -> 3 of 10, its grade stays" in done.output
    again = run(open_regrade, "regrade", SLUG, "--discard", "--reason", "x")
    assert again.exit_code == 2 and "was published by noa" in again.output


@pytest.mark.parametrize("words", [
    ("--publish",), ("--discard",), ("--publish", "--reason", " "), ("--keep-better",), ("--discard", "--only", "team-00001"),
])  # fmt: skip
def test_a_command_that_makes_no_sense_is_refused(course: Path, words: tuple[str, ...]) -> None:
    done = run(course, "regrade", SLUG, *words)
    assert done.exit_code == 2 and "Traceback" not in done.output


def test_a_page_shows_hostile_names_and_reasons_as_text(at_work: Workplace) -> None:
    at_work.ledger.adjust(at_work.course.id, SLUG, "ann", 1, "<script>alert(1)</script>", actor="tina")
    what = shown(at_work)
    marked = tuple(replace(c, tests=tuple(replace(t, message="<img src=x>") for t in c.tests)) for c in what.changes)
    page = regrading.page(told(what.regrade, marked, what.effects, ()), title="<b>Means</b>", zone=UTC)
    assert "<script>alert" not in page and "<img" not in page and "<b>Means" not in page


def killed_after_one(root: Path) -> None:
    """The command, killed when its first result is in the ledger."""
    program = [sys.executable, "-c", "from autograder.cli import main; main()", "--root", str(root), "regrade", SLUG, "--workers", "1"]
    environ = {k: v for k, v in os.environ.items() if not k.startswith("AUTOGRADER_")} | {"PYTHONPATH": str(ROOT)}
    process = subprocess.Popen(program, env=environ, start_new_session=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    deadline = time.monotonic() + 120
    while results(root) < 1 and process.poll() is None and time.monotonic() < deadline:
        time.sleep(0.05)
    os.killpg(process.pid, signal.SIGKILL)
    assert process.wait() == -signal.SIGKILL


def results(root: Path) -> int:
    with sqlite3.connect(root / "state" / "ledger.db", timeout=30) as book:
        return int(book.execute("SELECT count(*) FROM regraded").fetchone()[0])


def test_a_regrade_that_was_killed_goes_on_and_grades_nothing_twice(tmp_path: Path) -> None:
    slow = "import time\n\n\ndef average(x):\n    time.sleep(0.4)\n    return sum(x) / len(x)\n\n# "
    people = ["ann", *(f"student{number}" for number in range(5))]
    publish(tmp_path, {name: slow + name for name in people})
    killed_after_one(tmp_path)
    before = results(tmp_path)
    assert 1 <= before < 6
    done = run(tmp_path, "regrade", SLUG, "--workers", "1")
    assert done.exit_code == 0 and f"{before} were decided by this regrade before" in done.output and results(tmp_path) == 6
    with opened(tmp_path) as work:
        lines = [line.data["row"]["sha256"] for line in work.ledger.audit(work.course.id) if line.action == "regraded"]
        assert len(lines) == len(set(lines)) == 6
        work.ledger.check_chain(work.course.id)
    assert run(tmp_path, "regrade", SLUG).exit_code == 0 and results(tmp_path) == 6
