"""Marks and comments go from formgrader to the ledger and back, once each, and none is lost."""
from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from nbgrader.api import Gradebook, MissingEntry

from autograder import gradebook
from autograder.course import Folders
from autograder.gradebook import ManualMark
from autograder.ledger import Ledger
from autograder.model import Assignment, Role, Status, Submission, TeamRule
from tests.gradebook.conftest import GOOD, HALF, NOON, SLUG, graded, submission


def write(folders: Folders, assignment: Assignment, work: Submission, outcomes: dict[str, Status] = HALF) -> None:
    gradebook.register(folders, assignment)
    gradebook.collect(folders, [work])
    gradebook.record(folders, assignment, graded(work, outcomes))


def give(folders: Folders, name: str, points: float | None = None, comment: str | None = None,
         extra: float | None = None) -> None:
    """What formgrader's handlers write when a person types."""
    with Gradebook(f"sqlite:///{folders.nbgrader}/gradebook.db") as book:
        try:
            grade = book.find_grade(name, SLUG, SLUG, "team-00001")
            grade.manual_score, grade.extra_credit = points, extra
            grade.needs_manual_grade = grade.manual_score is None and grade.auto_score is None
        except MissingEntry:
            assert points is None
        if comment is not None:
            book.find_comment(name, SLUG, SLUG, "team-00001").manual_comment = comment
        book.db.commit()


def shown(folders: Folders, name: str = "why") -> tuple[float | None, str | None, bool]:
    """Points, comment, and whether it waits for a person, as formgrader shows them."""
    with Gradebook(f"sqlite:///{folders.nbgrader}/gradebook.db") as book:
        grade = book.find_grade(name, SLUG, SLUG, "team-00001")
        try:
            comment = book.find_comment(name, SLUG, SLUG, "team-00001").manual_comment
        except MissingEntry:
            comment = None
        return grade.manual_score, comment, grade.needs_manual_grade


def pulled(folders: Folders, assignment: Assignment) -> list[tuple[str, float | None, str]]:
    return [(m.test_id, m.points, m.comment) for m in gradebook.pull(folders, [assignment])]


def test_before_anything_was_written_there_is_nothing_to_pull(folders: Folders, assignment: Assignment) -> None:
    assert gradebook.pull(folders, [assignment]) == ()
    assert not folders.nbgrader.exists()
    write(folders, assignment, submission())
    assert gradebook.pull(folders, [assignment]) == ()


def test_what_a_person_gives_is_pulled_until_it_is_settled(folders: Folders, assignment: Assignment) -> None:
    work = submission()
    write(folders, assignment, work)
    give(folders, "why", 3.5, "Nearly.")
    marks = gradebook.pull(folders, [assignment])
    assert marks == (ManualMark(SLUG, "team-00001", work.sha256, "why", 3.5, "Nearly."),)
    assert gradebook.pull(folders, [assignment]) == marks
    gradebook.settle(folders, marks)
    assert gradebook.pull(folders, [assignment]) == ()
    give(folders, "why", None, "")
    assert pulled(folders, assignment) == [("why", None, "")]     # taken back


@pytest.mark.parametrize(("name", "points", "extra", "expected"), [
    ("why", 0.0, None, 0.0), ("why", 4.0, 1.0, 5.0), ("double-one", None, 0.5, 3.5),
    ("double-more", 1.0, None, 1.0), ("draw", 1.0, None, 1.0),
], ids=["zero is a mark", "extra credit", "extra on a test", "a test overruled", "a task"])
def test_points_are_what_nbgrader_counts(folders: Folders, assignment: Assignment, name: str, points: float | None,
                                         extra: float | None, expected: float) -> None:
    write(folders, assignment, submission())
    give(folders, name, points, extra=extra)
    assert pulled(folders, assignment) == [(name, expected, "")]
    with Gradebook(f"sqlite:///{folders.nbgrader}/gradebook.db") as book:
        assert book.find_grade(name, SLUG, SLUG, "team-00001").score == expected


def test_extra_credit_alone_is_no_score(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission())
    give(folders, "why", None, extra=1.0)
    assert pulled(folders, assignment) == []
    with Gradebook(f"sqlite:///{folders.nbgrader}/gradebook.db") as book:
        assert book.find_grade("why", SLUG, SLUG, "team-00001").score == 0


def test_a_comment_on_code_comes_under_its_solution_cell(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission())
    give(folders, "double", comment="Short and clear.")
    assert pulled(folders, assignment) == [("double", None, "Short and clear.")]


def test_a_changed_comment_alone_is_pulled(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission())
    give(folders, "why", 3, "Nearly.")
    gradebook.settle(folders, gradebook.pull(folders, [assignment]))
    give(folders, "why", 3, "Nearly: say why x + x.")
    assert pulled(folders, assignment) == [("why", 3, "Nearly: say why x + x.")]


def test_marks_survive_a_new_grade_of_the_same_work(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission())
    give(folders, "why", 3, "Nearly.")
    give(folders, "double-more", 1)
    gradebook.settle(folders, gradebook.pull(folders, [assignment]))
    write(folders, assignment, submission(), HALF)
    assert (shown(folders), shown(folders, "double-more")) == ((3, "Nearly.", False), (1, None, False))
    write(folders, assignment, submission(), GOOD)
    assert shown(folders, "double-more") == (1, None, True)       # the score under it changed: look again
    assert gradebook.pull(folders, [assignment]) == ()


@pytest.mark.parametrize(("second", "kept"), [
    (submission("def double(x):\n    return 2.0 * x"), {"why", "draw"}),
    (submission(why="It is so."), {"draw"}),
    (submission(report_pdf=b"%PDF"), set()),
], ids=["other code", "other answer", "a report was added"])
def test_after_a_resubmission_marks_stay_with_byte_equal_answers_only(
        folders: Folders, assignment: Assignment, second: Submission, kept: set[str]) -> None:
    write(folders, assignment, submission())
    for name in ("why", "draw", "double-more"):
        give(folders, name, 1)
    gradebook.settle(folders, gradebook.pull(folders, [assignment]))
    write(folders, assignment, second)
    assert {name for name in ("why", "draw", "double-more") if shown(folders, name)[0] is not None} == kept
    assert shown(folders, "why")[2] == ("why" not in kept)
    assert gradebook.pull(folders, [assignment]) == ()


def test_a_mark_that_was_not_pulled_before_the_answer_changed_is_not_lost(folders: Folders, assignment: Assignment) -> None:
    first = submission()
    write(folders, assignment, first)
    give(folders, "why", 3, "Nearly.")
    write(folders, assignment, submission(why="It is so."))
    assert shown(folders) == (None, None, True)
    marks = gradebook.pull(folders, [assignment])
    assert marks == (ManualMark(SLUG, "team-00001", first.sha256, "why", 3, "Nearly."),)
    gradebook.settle(folders, marks)
    assert gradebook.pull(folders, [assignment]) == ()
    assert shown(folders) == (None, None, True)


def test_a_mark_given_between_pulling_and_settling_is_pulled_next(folders: Folders, assignment: Assignment) -> None:
    write(folders, assignment, submission())
    give(folders, "why", 3)
    marks = gradebook.pull(folders, [assignment])
    give(folders, "why", 4)
    gradebook.settle(folders, marks)
    assert pulled(folders, assignment) == [("why", 4, "")]


def test_marks_of_the_ledger_are_shown_and_not_pulled_back(folders: Folders, assignment: Assignment) -> None:
    work = submission()
    write(folders, assignment, work)
    mark = ManualMark(SLUG, "team-00001", work.sha256, "why", 2, "Seen on the page.")
    gradebook.push(folders, [mark, ManualMark(SLUG, "team-00001", "0" * 64, "draw", 1, "other work")])
    assert shown(folders) == (2, "Seen on the page.", False)
    assert shown(folders, "draw") == (None, None, True)
    assert gradebook.pull(folders, [assignment]) == ()


@pytest.fixture
def book(folders: Folders) -> Iterator[Ledger]:
    folders.state.mkdir(parents=True, mode=0o700)
    with Ledger(folders.ledger_url, clock=lambda: NOON, blobs=folders.blobs, key=b"key") as ledger:
        for username in ("ann", "ben"):
            ledger.enrol("calc", username, Role.STUDENT, name=username.title(), actor="tina")
        ledger.publish("calc", SLUG, title="Homework", opens=None, due=None, pairs_lock=None, team=TeamRule(), version="v1",
                       archive=b"", points=10, actor="tina")
        ledger.assign_team("calc", SLUG, ["ann", "ben"], actor="tina", reason="")
        yield ledger


def test_a_mark_in_formgrader_counts_for_both_members_and_only_once(folders: Folders, assignment: Assignment,
                                                                    book: Ledger, tmp_path: Path) -> None:
    def grade_all() -> None:
        gradebook.register(folders, assignment)
        for row in book.effective("calc", SLUG):
            work = book.load(row)
            gradebook.collect(folders, [work])
            gradebook.record(folders, assignment, graded(work, HALF))
            book.record("calc", graded(work, HALF), assignment_version="v1", engine="e1", actor="tina")

    def take_marks() -> None:
        marks = gradebook.pull(folders, [assignment])
        for m in marks:
            book.mark("calc", m.slug, m.team, m.test_id, m.points, m.comment, actor="formgrader", sha256=m.sha256)
        gradebook.settle(folders, marks)

    def scores() -> list[float | None]:
        return [credit.score for credit in book.credits("calc", SLUG)]

    book.submit("calc", SLUG, "ann", submission().files)
    grade_all()
    give(folders, "why", 3.5, "Nearly.")
    give(folders, "double", comment="Clear.")
    take_marks()
    take_marks()
    assert scores() == [6.5, 6.5]
    assert [(m.test_id, m.actor) for m in book.marks("calc", SLUG)] == [("double", "formgrader"), ("why", "formgrader")]
    book.submit("calc", SLUG, "ben", submission("def double(x):\n    return 2.0 * x").files)
    take_marks()
    grade_all()
    assert scores() == [6.5, 6.5]                                # the answer is the same, so the mark stays, in both books
    assert shown(folders) == (3.5, "Nearly.", False)
    take_marks()
    assert len(book.marks("calc", SLUG)) == 2
    book.check_chain("calc")


def test_a_gradebook_that_was_lost_is_made_again_from_the_ledger(folders: Folders, assignment: Assignment, book: Ledger) -> None:
    book.submit("calc", SLUG, "ann", submission().files)
    row, = book.effective("calc", SLUG)
    book.mark("calc", SLUG, row.team, "why", 3.5, "Nearly.", actor="tina")
    work = book.load(row)
    write(folders, assignment, work)
    gradebook.push(folders, [ManualMark(SLUG, row.team, row.sha256, m.test_id, m.points, m.comment)
                             for m in book.marks_for(row).values()])
    assert shown(folders) == (3.5, "Nearly.", False)
    assert gradebook.pull(folders, [assignment]) == ()
