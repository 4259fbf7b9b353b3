"""The submissions that everything is measured with: distinct, the same in every run, and worth what is said about them."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pytest

from benchmarks.batches import NOTEBOOKS, SIZE, Batch, batch, copies, ill_batch
from benchmarks.floor import Floor
from benchmarks.ours import grade_batch
from benchmarks.stock import Course

REFERENCE = pytest.mark.parametrize("notebook", NOTEBOOKS)


@REFERENCE
def test_no_two_submissions_of_a_batch_are_the_same(notebook: str) -> None:
    for one in (batch(notebook), ill_batch(notebook), batch(notebook, 300)):
        assert len({submission.sha256 for submission in one.submissions}) == len(one.works)
        assert len({submission.team for submission in one.submissions}) == len(one.works)


@REFERENCE
def test_a_batch_is_the_same_in_every_run_and_a_longer_one_begins_with_it(notebook: str) -> None:
    assert batch(notebook) == batch(notebook) == batch(notebook, 2 * SIZE).first(SIZE)


@REFERENCE
def test_a_batch_holds_right_and_wrong_work_and_every_kind_of_answer(notebook: str) -> None:
    one = batch(notebook)
    full = one.assignment.points
    deserved = [work.expected(one.assignment) for work in one.works]
    assert full in deserved and len(set(deserved)) >= 5
    used = {answer for work in one.works for answer in work.answers}
    assert len(used) == 1 + 6 * len(one.assignment.problems)  # the reference, and every case of the bank


@REFERENCE
def test_one_in_ten_of_an_ill_batch_loops_or_crashes_and_the_others_are_as_they_were(notebook: str) -> None:
    well, ill = batch(notebook), ill_batch(notebook)
    changed = [work for work, before in zip(ill.works, well.works, strict=True) if work != before]
    assert [sorted({"endless", "crashing"} & set(work.answers)) for work in changed] == [["endless"], ["crashing"]] * 3
    assert all(work.expected(ill.assignment) <= 10 for work in changed)


def test_nobody_is_handed_hidden_tests_or_the_marks_of_a_solution() -> None:
    for notebook in NOTEBOOKS:
        for submission in batch(notebook).submissions:
            (content,) = submission.files.values()
            assert b"HIDDEN TESTS" not in content and b"SOLUTION" not in content


def test_copies_are_the_same_work_of_different_teams() -> None:
    one = copies(batch("numpy"), 5)
    assert len({submission.sha256 for submission in one.submissions}) == 1
    assert len({submission.team for submission in one.submissions}) == 5
    assert {work.expected(one.assignment) for work in one.works} == {batch("numpy").works[0].expected(one.assignment)}


def test_a_score_that_is_not_deserved_is_a_surprise() -> None:
    few = batch("numpy").first(3)
    right = {work.submission.team: work.expected(few.assignment) for work in few.works}
    assert few.surprises(right) == []
    teams = list(right)
    assert [said.split()[0] for said in few.surprises({teams[0]: right[teams[0]], teams[1]: -1.0})] == teams[1:]


@pytest.mark.parametrize(("notebook", "size"), [("torch", 10), ("numpy", SIZE)])
def test_the_bare_cells_give_every_submission_what_it_deserves(notebook: str, size: int) -> None:
    one = batch(notebook).first(size)
    with Floor(one) as bare:
        _, _, scores = bare.run(2)
    assert one.surprises(scores) == []


def graded(one: Batch) -> list[str]:
    done = grade_batch(one, workers=1)
    return [*one.surprises(done.scores), *done.undecided]


def test_the_engine_gives_what_is_deserved() -> None:
    assert graded(batch("torch").first(8)) == []


@pytest.mark.long
@REFERENCE
def test_the_engine_gives_what_is_deserved_to_all_and_to_the_ill_batch(notebook: str) -> None:
    assert graded(batch(notebook)) == []
    assert graded(ill_batch(notebook)) == []


@pytest.mark.long
@REFERENCE
def test_nbgrader_gives_what_is_deserved(notebook: str) -> None:
    few = batch(notebook).first(4)
    with tempfile.TemporaryDirectory() as folder:
        course = Course(Path(folder), few)
        course.autograde(one_thread=True)
        assert few.surprises(course.scores()) == []
