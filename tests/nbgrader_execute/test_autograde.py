"""`nbgrader autograde` with the engine: the scores of `autograder grade`, in nbgrader's own gradebook."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from autograder import nbgrader_execute
from autograder.authoring import load_assignment
from autograder.execution.rebuild import grade_id
from autograder.grading import grade
from autograder.model import Assignment, Submission
from autograder.nbgrader_execute import ConfinedExecute, SaveScores, running_engine
from tests.golden.cases import SIX, base, golden, read_case
from tests.nbgrader_execute.conftest import Course, cell, notebook, scored

ROOT = Path(__file__).parents[2]
DOUBLE = cell("def double(x):\n    ### BEGIN SOLUTION\n    return 2 * x\n    ### END SOLUTION", "double", solution=True)
DOUBLE_ONE = scored("assert double(1) == 2\n### BEGIN HIDDEN TESTS\nassert double(3) == 6\n### END HIDDEN TESTS", "double-one", 2)
RIGHT = cell("def double(x):\n    return x + x", "double", solution=True)
WRONG = cell("def double(x):\n    return 2", "double", solution=True)


def halved(assignment: Assignment) -> dict[str, Any]:
    """The reference with every second answer taken out."""
    made = base(assignment, "reference")
    answers = [c for c in made["cells"] if c["cell_type"] == "code" and c["metadata"].get("nbgrader", {}).get("solution")]
    for answer in answers[::2]:
        answer["source"] = "raise NotImplementedError"
    return made


@pytest.mark.parametrize("by", ["author text", "source"])
def test_the_gradebook_has_the_scores_of_autograder_grade(course: Course, by: str) -> None:
    six = golden()
    course.release("six", six.notebook)
    work = halved(six)
    course.hand_in("ann", "six", work)
    if by == "author text":
        course.config.ConfinedExecute.assignments = str(SIX.parent)
    log = course.autograde("six")
    with running_engine() as engine:
        submission = Submission("six", "ann", ("ann",), {"six.ipynb": json.dumps(work).encode()}, "0" * 64)
        expected = grade(six, submission, engine=engine, secret=bytes(32))
    assert course.scores("six") == {test.id: test.score for problem in expected.problems for test in problem.tests}
    assert 0 < expected.score < 12
    assert ("Trying the solutions" in log) is (by == "source")


def test_an_assignment_of_ours_is_graded_from_its_author_text(course: Course) -> None:
    slug = "hw00-preflight"
    assignment = load_assignment(ROOT / "assignments" / slug)
    course.release(slug, assignment.notebook)
    course.hand_in("ann", slug, base(assignment, "reference"))
    course.config.ConfinedExecute.assignments = str(ROOT / "assignments")
    course.autograde(slug)
    scores = course.scores(slug)
    assert {t.id: scores[t.id] for p in assignment.problems for t in p.tests} == {
        t.id: t.points for p in assignment.problems for t in p.tests
    }
    by_hand = [name for p in assignment.problems if p.by_hand for name in p.solutions]
    assert [scores[name] for name in by_hand] == [None] * len(by_hand)


def test_an_attack_that_pays_in_nbgrader_earns_nothing(course: Course, tmp_path: Path) -> None:
    six, case = golden(), read_case(ROOT / "tests" / "attacks" / "runtime-ast-transformer")
    course.release("six", six.notebook)
    case.write(six, course.root / "submitted" / "eve" / "six")
    course.autograde("six", "eve")
    assert case.stock == "12"
    assert set(course.scores("six", "eve").values()) == {0}


def test_staff_see_what_the_test_said_and_nothing_that_is_for_staff_only(course: Course) -> None:
    course.release("hw", notebook(DOUBLE, DOUBLE_ONE))
    course.hand_in("ann", "hw", notebook(cell("print('mine')"), WRONG, DOUBLE_ONE))
    course.autograde("hw")
    assert course.scores("hw") == {"double-one": 0}
    own, _, test = course.graded("hw")["cells"]
    assert own["outputs"] == [{"name": "stdout", "output_type": "stream", "text": ["mine\n"]}]
    (said,) = test["outputs"]
    assert said["output_type"] == "error" and said["ename"] == "wrong"
    assert "HIDDEN" not in json.dumps(said)


def test_a_number_is_partial_credit(course: Course) -> None:
    course.release("hw", notebook(DOUBLE, scored("0.5 + 1.5 * (double(2) == 4)", "double-one", 2)))
    course.hand_in("ann", "hw", notebook(WRONG))
    course.autograde("hw")
    assert course.scores("hw") == {"double-one": 0.5}


def test_tests_that_the_student_deleted_are_put_back_and_counted(course: Course) -> None:
    second = scored("assert double(4) == 8", "double-two")
    course.release("hw", notebook(DOUBLE, DOUBLE_ONE, second, cell("'the end'")))
    course.hand_in("ann", "hw", notebook(RIGHT, cell("'the end'")))
    course.autograde("hw")
    assert course.scores("hw") == {"double-one": 2, "double-two": 1}
    assert [grade_id(c) for c in course.graded("hw")["cells"]] == ["double", "double-one", "double-two", ""]


UNDECIDABLE = notebook(DOUBLE, scored("5 if double(2) == 2 else 1", "odd", 1), DOUBLE_ONE)


def test_what_nobody_can_decide_has_no_score_and_waits_for_a_person(course: Course) -> None:
    course.release("hw", UNDECIDABLE)
    course.hand_in("ann", "hw", notebook(WRONG))
    course.autograde("hw")
    assert course.scores("hw") == {"odd": None, "double-one": 0}


def test_without_save_scores_what_nobody_can_decide_stops_the_notebook(course: Course) -> None:
    chosen = course.config.Autograde.autograde_preprocessors
    course.config.Autograde.autograde_preprocessors = [
        "nbgrader.preprocessors.SaveAutoGrades" if one is SaveScores else one for one in chosen
    ]
    course.release("hw", UNDECIDABLE)
    course.hand_in("ann", "hw", notebook(WRONG))
    assert "SaveScores in the place of SaveAutoGrades" in course.autograde_fails("hw")
    assert course.scores("hw") == {"odd": None, "double-one": None}
    assert not (course.root / "autograded" / "ann" / "hw").exists()


def test_a_source_that_was_changed_after_the_release_does_not_count(course: Course) -> None:
    course.release("hw", notebook(DOUBLE, DOUBLE_ONE))
    (course.root / "source/hw/hw.ipynb").write_text(json.dumps(notebook(DOUBLE, scored("pass", "double-one", 2))))
    course.hand_in("ann", "hw", notebook(WRONG))
    course.autograde("hw")
    assert course.scores("hw") == {"double-one": 0}


def test_an_author_text_that_was_changed_after_the_release_does_not_count(course: Course) -> None:
    six = golden()
    released = json.loads(json.dumps(six.notebook))
    test = next(one for one in released["cells"] if grade_id(one) == "softmax-visible")
    test["source"] = "assert softmax is None"
    course.release("six", released)
    course.hand_in("ann", "six", base(six, "reference"))
    course.config.ConfinedExecute.assignments = str(SIX.parent)
    assert "nbgrader has released other tests than the author text of six has now (softmax-visible)" in course.autograde("six")
    assert [name for name, score in course.scores("six").items() if score == 0] == ["softmax-visible"]


def test_without_a_source_the_notebook_runs_in_one_confined_process(course: Course) -> None:
    course.release("hw", notebook(DOUBLE, DOUBLE_ONE))
    (course.root / "source/hw/hw.ipynb").unlink()
    look = cell(f"import os\nprint(os.path.exists({str(course.root)!r}), os.path.exists('data.txt'))\nopen('made.txt', 'w').write('x');")
    course.hand_in("ann", "hw", notebook(RIGHT, DOUBLE_ONE, look), **{"data.txt": b"d"})
    log = course.autograde("hw")
    assert "they can be read and bent" in log
    assert course.scores("hw") == {"double-one": 2}
    assert course.graded("hw")["cells"][2]["outputs"][0]["text"] == ["False True\n"]
    assert (course.root / "autograded/ann/hw/made.txt").read_text() == "x"


def test_a_batch_shares_one_engine(course: Course) -> None:
    course.release("hw", notebook(DOUBLE, DOUBLE_ONE))
    for student, work in (("ann", RIGHT), ("ben", WRONG)):
        course.hand_in(student, "hw", notebook(work))
    seen = set()
    for student in ("ann", "ben"):
        course.autograde("hw", student)
        seen |= set(map(id, nbgrader_execute._running.values()))
    assert len(seen) == 1
    assert (course.scores("hw", "ann"), course.scores("hw", "ben")) == ({"double-one": 2}, {"double-one": 0})


def test_a_machine_that_cannot_confine_grades_nothing_unless_told_to(
    course: Course, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    course.release("hw", notebook(DOUBLE, DOUBLE_ONE))
    course.hand_in("ann", "hw", notebook(RIGHT, DOUBLE_ONE))
    monkeypatch.setattr(nbgrader_execute, "_running", {})
    (tmp_path / "bin").mkdir()
    monkeypatch.setenv("PATH", str(tmp_path / "bin"))
    said = course.autograde_fails("hw")
    assert "Install bubblewrap" in said and "c.ConfinedExecute.unconfined = True" in said
    assert course.scores("hw") == {"double-one": None}
    course.config.ConfinedExecute.unconfined = True
    assert "UNCONFINED" in course.autograde("hw")
    assert course.scores("hw") == {"double-one": 2}


def test_the_members_of_a_list_that_was_set_before_stay(config: Any) -> None:
    from nbgrader.preprocessors import LimitOutput
    from traitlets.config import Config

    own = Config()
    own.Autograde.autograde_preprocessors = [
        "nbgrader.preprocessors.Execute",
        LimitOutput,
        "my.Own",
        "nbgrader.preprocessors.SaveAutoGrades",
    ]
    nbgrader_execute.use_engine(own)
    assert own.Autograde.autograde_preprocessors == [ConfinedExecute, LimitOutput, "my.Own", SaveScores]
