"""Where nbgrader's own rule has a fault, and what is done instead: the table in docs/nbgrader.md, row by row."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.stock import courses
from tests.stock.courses import Cell, Score, hand_in, make_course, scored, solution

pytestmark = pytest.mark.long


@dataclass(frozen=True)
class Row:
    answer: str  # what the student wrote in place of `def f(x): return x`
    test: str
    nbgrader: Score
    ours: Score


FULL, NOTHING, WAITS = (2.0, False), (0.0, False), (None, True)
ROWS = {
    "a warning": Row("import warnings\ndef f(x):\n    warnings.warn('careful')\n    return x", "assert f(1) == 1", NOTHING, FULL),
    "text to stderr": Row("import sys\ndef f(x):\n    print('!', file=sys.stderr)\n    return x", "assert f(1) == 1", NOTHING, FULL),
    "not a number": Row("def f(x):\n    return float('nan')", "f(2.0)", FULL, NOTHING),
    "more than its points": Row("def f(x):\n    return 3.0", "f(2.0)", WAITS, WAITS),
    "a negative number": Row("def f(x):\n    return -1.0", "f(2.0)", FULL, NOTHING),
    "a value that a function shows": Row("import sys\ndef f(x):\n    sys.displayhook(2.0)", "assert f(1) == 1", FULL, NOTHING),
    "an end of the process": Row("import os\ndef f(x):\n    os._exit(0)", "assert f(1) == 1", WAITS, NOTHING),
}  # fmt: skip


def cells(row: Row) -> list[Cell]:
    return [solution("f", "def f(x):\n    return x"), scored("f-test", row.test, 2)]


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory, slot: int) -> tuple[Path, Path]:
    """One student who handed in a notebook for each row; nbgrader grades each by itself, since one of them ends its run."""
    root = make_course(tmp_path_factory.mktemp("rows") / "course", {f"n{n}": cells(row) for n, row in enumerate(ROWS.values())})
    for number, row in enumerate(ROWS.values()):
        hand_in(root, f"s{number}", {"f": row.answer}, without=[f"n{n}" for n in range(len(ROWS)) if n != number])
    ours, _, _ = courses.by_us(root, slot=slot)
    return courses.by_nbgrader(root, strict=False), ours


@pytest.mark.parametrize("case", ROWS)
def test_the_difference_is_as_the_table_says(graded: tuple[Path, Path], case: str) -> None:
    number = list(ROWS).index(case)
    stock, ours = (courses.scores(root)[f"s{number}", f"n{number}", "f-test"] for root in graded)
    assert (stock, ours) == (ROWS[case].nbgrader, ROWS[case].ours)


def test_a_notebook_that_was_not_handed_in_has_no_points_in_either(graded: tuple[Path, Path]) -> None:
    stock, ours = map(courses.scores, graded)
    absent = [key for key in stock if key[0][1:] != key[1][1:]]
    assert {stock[key] for key in absent} == {ours[key] for key in absent} == {NOTHING}
