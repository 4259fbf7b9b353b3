"""A small stock course of two notebooks: the scores in its gradebook are those that nbgrader gives, cell by cell."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from autograder.model import Graded
from tests.stock import courses
from tests.stock.courses import STUB, WRITTEN_STUB, hand_in, hidden, locked, make_course, plain, scored, solution, task, written

FIRST = [
    plain("import numpy as np\nfrom helper import half"),
    plain("def close(a, b):\n    return abs(a - b) < 1e-9"),
    locked("data", "numbers = np.loadtxt('numbers.txt')"),
    solution("mean", "def mean(x):\n    return sum(x) / len(x)"),
    scored("mean-visible", "assert close(mean([1, 2, 3]), 2)", 2),
    hidden("mean-hidden", "assert close(mean(numbers), numbers.mean())\nassert mean([half(3)]) == 1.5", 3),
    solution("scaled", "def scaled(x, factor):\n    return [factor * v for v in x]"),
    scored(
        "scaled-partial",
        "score = 0\nif scaled([1, 2], 2) == [2, 4]:\n    score += 1.5\nif scaled([], 3) == []:\n    score += 0.5\nscore",
        2,
    ),
    written("why", "Because.", 4),
    task("draw", "Draw it.", 1),
]
SECOND = [
    solution("greet", "def greet(name):\n    print('Hello,', name)"),
    scored(
        "greet-prints",
        "import io\nfrom contextlib import redirect_stdout\nout = io.StringIO()\nwith redirect_stdout(out):\n    greet('Ann')\n"
        "assert out.getvalue() == 'Hello, Ann\\n'",
    ),
]
FILES = {"helper.py": b"def half(x):\n    return x / 2\n", "numbers.txt": b"1 2 4 8\n"}


@dataclass(frozen=True)
class Both:
    """The same course graded twice."""

    nbgrader: Path
    ours: Path
    results: dict[str, Graded]


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory, slot: int) -> Both:
    root = make_course(tmp_path_factory.mktemp("stock") / "course", {"first": FIRST, "second": SECOND}, files=FILES)
    hand_in(root, "ann", {"why": "I think so."}, files={"helper.py": b"raise SystemExit", "notes.txt": b"mine"})
    hand_in(root, "ben", {"mean": STUB, "scaled": "def scaled(x, factor):\n    return x", "why": WRITTEN_STUB}, without=["second"])
    ours, results, assignment = courses.by_us(root, slot=slot)
    assert not assignment.apart
    return Both(courses.by_nbgrader(root), ours, results)


def test_scores_are_those_of_nbgrader_cell_by_cell(both: Both) -> None:
    stock = courses.scores(both.nbgrader)
    assert len(stock) == 12
    assert courses.scores(both.ours) == stock


def test_an_answer_that_was_left_as_it_was_is_said_to_be_none(both: Both) -> None:
    assert courses.comments(both.ours) == courses.comments(both.nbgrader)


def test_the_graded_folder_holds_the_same_files(both: Both) -> None:
    def files(root: Path) -> dict[str, bytes]:
        folder = root / "autograded"
        return {str(p.relative_to(folder)): b"" if p.suffix == ".ipynb" else p.read_bytes() for p in folder.rglob("*") if p.is_file()}

    assert files(both.ours) == files(both.nbgrader)


def test_results_name_the_notebook_of_each_test(both: Both) -> None:
    earned = {t.id: t.score for p in both.results["ben"].problems for t in p.tests}
    first = {"mean-visible": 0, "mean-hidden": 0, "scaled-partial": 0.5, "why": 0, "draw": 0}
    assert earned == {f"first/{name}": score for name, score in first.items()} | {"second/greet-prints": 0}


def test_nbgrader_makes_feedback_and_exports_what_was_recorded(both: Both) -> None:
    courses.nbgrader(both.ours, "generate_feedback hw", "export")
    page = (both.ours / "feedback" / "ann" / "hw" / "first.html").read_text()
    assert "(Score: 7.0 / 12.0)" in page
    assert "ann" in (both.ours / "grades.csv").read_text()
