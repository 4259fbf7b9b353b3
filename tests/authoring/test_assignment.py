"""assignment.toml and notebook.py together: problems, points, thresholds, limits and the version."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring import data_files, load_assignment, problem_of
from autograder.authoring.assignment import Threshold
from autograder.model import Assignment, AssignmentError, Limits, TeamRule, TestCase

Altered = Callable[..., Path]
TOML = "assignment.toml"


@pytest.fixture(scope="module")
def small() -> Assignment:
    return load_assignment(Path(__file__).parent / "fixture" / "small-steps")


def test_the_folder_name_is_the_slug_and_the_rest_is_as_the_author_says(small: Assignment) -> None:
    assert (small.slug, small.title, small.kind, small.points) == ("small-steps", "Small steps", "homework", 20)
    assert small.team == TeamRule(size=2, alone="yes", three="by permit")
    assert small.limits == Limits(memory=1024 * 2**20) and small.limit_factor == 4
    assert small.files == ("weights.npz", "written.pdf")
    assert (small.pass_score, small.pass_problems) == (60, ("p1", "p2"))
    assert small.notebook_name == "small-steps.ipynb"


def test_a_problem_of_several_functions_has_the_tests_of_all_in_notebook_order(small: Assignment) -> None:
    p1 = small.problems[0]
    assert (p1.id, p1.points, p1.seconds, p1.solutions) == ("p1", 9, 2, ("length", "angle"))
    assert p1.tests == (
        TestCase("length-by_hand", 2, hidden=False), TestCase("length-data", 0, hidden=True),
        TestCase("length-mean", 3.5, hidden=True), TestCase("angle-right", 3.5, hidden=False),
    )


def test_a_problem_with_tests_and_a_written_answer_becomes_two(small: Assignment) -> None:
    tested, written = (p for p in small.problems if problem_of(p.id) == "p2")
    assert (tested.id, tested.points, tested.solutions, tested.by_hand) == ("p2", 1, ("rate",), False)
    assert (written.id, written.points, written.solutions, written.tests) == ("p2-proof", 6, ("proof",), ())
    assert written.by_hand and written.title == "How a square grows: proof"


def test_a_problem_that_is_one_written_answer_keeps_its_id_and_title(small: Assignment) -> None:
    essay = small.problems[-1]
    assert (essay.id, essay.title, essay.by_hand, essay.points) == ("essay", "Why lengths add up", True, 4)


def test_several_written_answers_of_one_problem_are_marked_one_by_one(altered: Altered) -> None:
    folder = altered(TOML, 'solutions = ["rate", "proof"]', 'solutions = ["rate"]')
    text = (folder / TOML).read_text().replace("points = 7", "points = 1").replace("points = 4\n", "points = 10\n")
    (folder / TOML).write_text(text.replace('id = "essay"', 'id = "p3"\nsolutions = ["proof", "essay"]'))
    parts = load_assignment(folder).problems[-2:]
    assert [(p.id, p.points, p.solutions) for p in parts] == [("p3-proof", 6, ("proof",)), ("p3-essay", 4, ("essay",))]


def test_the_points_of_the_problems_are_the_points_of_the_assignment(small: Assignment) -> None:
    assert sum(p.points for p in small.problems) == small.points


MISTAKES = [
    # id, file, old, new, what the message says
    ("no TOML", TOML, 'title = "Small steps"', "title = ", "not valid TOML: .*line 1"),
    ("unknown key", TOML, "requires =", "require =", 'unknown key "require"; did you mean "requires"'),
    ("unknown key in a problem", TOML, "seconds = 2.0", "secnds = 2.0",
     r'\[\[problem\]\] p1: unknown key "secnds"; did you mean "seconds"'),
    ("unknown limit", TOML, "memory_mb", "memory", r'limits: unknown key "memory"; did you mean "memory_mb"'),
    ("unknown flag", TOML, "pdf_for_written_part", "pdf", 'flags: unknown key "pdf"'),
    ("misspelt required key", TOML, 'title = "Small steps"', 'titel = "Small steps"', '"title" is missing; is "titel"'),
    ("no points", TOML, "points = 20\n", "", '"points" is missing'),
    ("kind", TOML, '"homework"', '"homwork"', "kind = 'homwork' is none of 'homework', 'exam', 'quiz'"),
    ("team rule", TOML, 'alone = "yes"', "alone = true", "alone = True must be a text"),
    ("team size", TOML, "size = 2", "size = 0", "size = 0 must be a whole number"),
    ("seconds", TOML, "seconds = 2.0", "seconds = -1", r"\[\[problem\]\] p1: seconds = -1 must be greater than 0"),
    ("limit factor", TOML, "limit_factor = 4", "limit_factor = 1", "limit_factor = 1 must be greater than 1"),
    ("cells against problem", TOML, "points = 9", "points = 8",
     r"p1: points = 8, but its cells add up to 9 \(length-by_hand 2 \+ length-mean 3.5 \+ angle-right 3.5\)"),
    ("problems against assignment", TOML, "points = 20", "points = 21",
     "points = 21, but the problems add up to 20 .*p2-proof 6"),
    ("a changed cell", "notebook.py", "points=3.5", "points=3", "its cells add up to 8.5"),
    ("no such solution", TOML, '"length", "angle"', '"length", "angel"',
     'no solution cell "angel"; did you mean "angle"'),
    ("no such solution by default", TOML, 'id = "essay"', 'id = "easy"', 'no solution cell "easy".*or say which cells'),
    ("problem id", TOML, 'id = "p1"', 'id = "p-1"', 'id = "p-1" must be a name'),
    ("problem id twice", TOML, 'id = "p2"', 'id = "p1"', 'the id "p1" is used twice'),
    ("cell in two problems", TOML, '["rate", "proof"]', '["rate", "proof", "angle"]',
     '"angle" already belongs to problem p1'),
    ("cell in no problem", TOML, '"length", "angle"', '"length"', "its cells add up to 5.5"),
    ("written cell in no problem", TOML, '["rate", "proof"]', '["rate"]', "its cells add up to 1"),
    ("by hand not said", TOML, 'marked = "by hand"\n', "", 'essay: "essay" is a written answer; add marked'),
    ("by hand wrongly said", TOML, 'solutions = ["rate", "proof"]', 'solutions = ["rate", "proof"]\nmarked = "by hand"',
     "leave marked out"),
    ("marked otherwise", TOML, 'marked = "by hand"', 'marked = "by me"', "'by me' is none of 'by hand'"),
    ("no tests", "notebook.py", 'test="rate-formula" points=1', 'test="rate-formula" points=0', 'belongs to "rate"'),
    ("threshold of no test", TOML, 'test = "length-mean"', 'test = "length-men"', 'did you mean "length-mean"'),
    ("threshold not in cell", TOML, "value = 0.9", "value = 0.8",
     r"at_most=0.8 does not stand in the cell length-mean \(there is at_most=0.9\)"),
    ("threshold changed in cell", "notebook.py", "at_most=0.9", "at_most=0.85", "there is at_most=0.85"),
    ("threshold in a comment only", "notebook.py", "dict(at_most=0.9)", "dict()  # at_most=0.9",
     "no at_most with a number"),
    ("threshold too near", TOML, "runs_averaged = 4", "runs_averaged = 1", "lies 4.0 sd from the reference"),
    ("threshold on the wrong side", TOML, "mean = 0.5", "mean = 1.5", "lies -12.0 sd"),
    ("threshold nan", TOML, "sd = 0.1\n", "sd = nan\n", "sd = nan must be a number"),
    ("others against it", TOML, "no_root_fails", "no_root_passes", "no_root_passes has mean 1.7, but at_most=0.9 says"),
    ("others without verdict", TOML, "no_root_fails", "no_root", "must end in _passes or _fails"),
    ("others not a pair", TOML, "[1.7, 0.2]", "1.7", r"must be \[mean, sd\]"),
    ("pass score", TOML, "score = 60", "score = 160", "at most 100"),
    ("pass problems", TOML, '["p1", "p2"]', '["p1", "pp2"]', 'problems names "pp2"; did you mean "p2"'),
    ("files with a folder", TOML, '"weights.npz"', '"../weights.npz"', "name single files"),
    ("files with code", TOML, '"weights.npz"', '"numpy.py"', "no Python"),
    ("files twice", TOML, '"weights.npz"', '"w.npz", "w.npz"', "names w.npz twice"),
    ("best submission", TOML, "pdf_for_written_part", "keep_best_submission", "the newest submission counts"),
    ("hidden points", TOML, "pdf_for_written_part = true", "show_points_per_test = false", "stands in course.toml"),
    ("unknown key about the PDF", TOML, "[flags]", "[written]\npags = 3\n[flags]", 'written: unknown key "pags"; did you mean "pages"'),
    ("PDF of another kind", TOML, "[flags]", '[written]\nfile = "a/b.doc"\n[flags]', "must be the name of a PDF without folders"),
    ("PDF too large", TOML, "[flags]", "[written]\nmegabytes = 19\n[flags]", "more than the 18 that a submission may have"),
    ("PDF for tests", TOML, "[flags]", '[written]\nanswers = ["angle"]\n[flags]', 'answers names "angle", which is no written answer'),
    ("tolerance", TOML, "[flags]", "[marking]\ntolerance = -1\n[flags]", "tolerance = -1 must be greater than"),
    ("problem no table", TOML, '[[problem]]\nid = "p1"', '[problem]\nid = "p1"', "not valid TOML"),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), [pytest.param(*case[1:], id=case[0]) for case in MISTAKES])
def test_a_mistake_is_named_with_its_file_and_key(altered: Altered, name: str, old: str, new: str, says: str) -> None:
    folder = altered(name, old, new)
    with pytest.raises(AssignmentError, match=says) as caught:
        load_assignment(folder)
    assert caught.value.file == str(folder / TOML)


def test_a_solution_cell_without_a_problem_is_named(altered: Altered) -> None:
    folder = altered(TOML, '["rate", "proof"]', '["rate"]')
    (folder / TOML).write_text((folder / TOML).read_text().replace("points = 7", "points = 1"))
    with pytest.raises(AssignmentError, match=r'no \[\[problem\]\] has the cell "proof"'):
        load_assignment(folder)


@pytest.mark.parametrize("name", ["notebook.py", TOML])
def test_a_missing_file_is_named(altered: Altered, name: str) -> None:
    folder = altered(TOML, "Small", "Small")
    (folder / name).unlink()
    with pytest.raises(AssignmentError, match=f"there is no {name}"):
        load_assignment(folder)


def test_a_missing_folder_is_an_error_of_the_author(tmp_path: Path) -> None:
    with pytest.raises(AssignmentError, match=r"there is no notebook\.py"):
        load_assignment(tmp_path / "hw99")


@pytest.mark.parametrize("name", ["HW1", "hw 1", "hw_1", "-hw", "hw+1"])
def test_a_folder_name_that_is_no_slug_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(AssignmentError, match="is no slug"):
        load_assignment(tmp_path / name)


def test_text_that_is_not_utf8_is_named(altered: Altered) -> None:
    folder = altered(TOML, "Small", "Small")
    (folder / "notebook.py").write_bytes("# %%\n# Größe".encode("latin-1"))
    with pytest.raises(AssignmentError, match="not UTF-8 text: byte 9 is 0xf6"):
        load_assignment(folder)


@pytest.mark.parametrize(("argument", "value", "mean", "sd", "runs", "sigmas"), [
    ("at_least", 0.95, 0.9961, 0.0023, 3, 34.7),
    ("at_least", 0.95, 0.90, 0.01, 1, -5.0),
    ("at_most", 0.85, 0.3494, 0.0804, 1, 6.2),
    ("rtol", 1e-3, 1e-5, 1e-4, 1, 9.9),
    ("at_least", 0.5, 1.0, 0.0, 1, float("inf")),
    ("at_least", 0.5, 0.5, 0.0, 1, 0.0),
])
def test_sigmas_count_sd_of_the_average_on_the_safe_side(
        argument: str, value: float, mean: float, sd: float, runs: int, sigmas: float) -> None:
    assert Threshold("t", argument, value, runs, mean, sd, {}).sigmas == pytest.approx(sigmas, abs=0.05)


@pytest.mark.parametrize(("name", "old", "new"), [
    ("notebook.py", "654321.0", "654322.0"),                            # a hidden test
    ("notebook.py", "float(np.sqrt(", "float(np.abs("),                 # the reference
    ("notebook.py", "import numpy as np", "import numpy as np  # v2"),  # a given cell
    ("notebook.py", "# Try things here.", "x = 1"),                     # free code
    (TOML, "memory_mb = 1024", "memory_mb = 512"),
    (TOML, "limit_factor = 4", "limit_factor = 6"),
    (TOML, "seconds = 2.0", "seconds = 3.0"),
    ("data/points.csv", "1,2,3", "1,2,4"),
])
def test_the_version_changes_with_what_a_score_depends_on(
        altered: Altered, small: Assignment, name: str, old: str, new: str) -> None:
    assert load_assignment(altered(name, old, new)).version != small.version


@pytest.mark.parametrize(("name", "old", "new"), [
    ("notebook.py", "Lengths and angles", "Angles and lengths"),
    ("notebook.py", "Cauchy and Schwarz", "Schwarz and Cauchy"),        # a model answer
    ("notebook.py", "print(length(np.arange(4)))", "print(length(np.arange(5)))"),      # a look cell
    (TOML, 'title = "Small steps"', 'title = "Smaller steps"'),
    (TOML, "mean = 0.5", "mean = 0.49"),
])
def test_the_version_stays_when_a_score_cannot_change(
        altered: Altered, small: Assignment, name: str, old: str, new: str) -> None:
    assert load_assignment(altered(name, old, new)).version == small.version


def test_data_files_are_found_and_what_editors_leave_is_not(altered: Altered) -> None:
    folder = altered(TOML, "Small", "Small")
    (folder / "data" / "more").mkdir()
    (folder / "data" / "more" / "a.txt").write_text("a")
    (folder / "data" / ".ipynb_checkpoints").mkdir()
    (folder / "data" / ".ipynb_checkpoints" / "a.txt").write_text("a")
    assert data_files(folder) == {"data/more/a.txt": b"a", "data/points.csv": b"1,2,3\n"}


def test_a_link_or_a_notebook_among_the_data_is_refused(altered: Altered) -> None:
    folder = altered(TOML, "Small", "Small")
    (folder / "data" / "other.ipynb").write_text("{}")
    with pytest.raises(AssignmentError, match="one notebook"):
        load_assignment(folder)
    (folder / "data" / "other.ipynb").unlink()
    (folder / "data" / "hostname").symlink_to("/etc/hostname")
    with pytest.raises(AssignmentError, match="is a link"):
        load_assignment(folder)
