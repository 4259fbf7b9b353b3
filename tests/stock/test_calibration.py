"""What the text of a stock notebook says of its tests, before anything runs."""

from __future__ import annotations

from typing import Any

import nbformat
import pytest
from nbformat.v4 import new_notebook

from autograder.execution.calibration import analysed, exports, free_names, problems_of
from autograder.execution.credit import credit
from autograder.model import Needs, Status
from tests.stock.courses import Cell, coded_by_hand, hidden, locked, plain, scored, solution, task, written


def notebook(*cells: Cell) -> Any:
    return nbformat.from_dict(new_notebook(cells=list(cells)))


def needs_of(test: str, *before: Cell, beside: dict[str, bytes] | None = None) -> Needs:
    return analysed(notebook(*before, scored("t", test)), beside or {})["t"]


APART = {
    "an assertion": "assert f(1) == 1",
    "harmless magics": "%matplotlib inline\nassert f(1) == 1",
    "a method of that name": "model.eval()\nimport re\nre.compile('a')",
    "a pause": "import time\ntime.sleep(0)\nassert f(1) == 1",
    "a file": "with open('data.csv') as file:\n    rows = file.readlines()",
    "random numbers": "import random\nrandom.seed(1)\nassert f(random.random()) > 0",
}
TOGETHER = {
    "a stop-watch": ("from time import perf_counter\nstart = perf_counter()", "measures time"),
    "time.time": ("import time\nstart = time.time()", "measures time"),
    "a timing magic": ("%timeit f(1)", "commands of IPython"),
    "a cell magic": ("%%capture out\nf(1)", "commands of IPython"),
    "a shell command": ("!ls", "commands of IPython"),
    "a mock": ("from unittest.mock import patch\nwith patch('builtins.print'):\n    f(1)", "replaces objects"),
    "eval": ("assert eval(f(1)) == 2", "runs data as code (eval)"),
    "exec": ("exec(f(1))", "runs data as code (exec)"),
    "sympify": ("import sympy\nassert sympy.sympify(f(1)) == 2", "runs data as code (sympify)"),
    "pickle": ("import pickle\npickle.load(open('out.pkl', 'rb'))", "runs data as code (pickle)"),
    "a pickled array": ("np.load('a.npy', allow_pickle=True)", "unpickles data"),
    "torch.load": ("state = torch.load('m.pt')", "unpickles data"),
    "a program": ("import os\nos.system('ls')", "runs programs"),
    "IPython": ("get_ipython().run_line_magic('ls', '')", "asks IPython"),
    "no Python": ("assert f(1) ==", "not plain Python"),
}


@pytest.mark.parametrize("case", APART)
def test_a_plain_test_runs_apart(case: str) -> None:
    assert needs_of(APART[case]).together == ""


@pytest.mark.parametrize("case", TOGETHER)
def test_what_cannot_or_must_not_run_apart_is_found_in_the_text(case: str) -> None:
    text, reason = TOGETHER[case]
    assert reason in needs_of(text).together


def test_a_given_cell_that_runs_data_as_code_keeps_every_test_out_of_the_testers_process() -> None:
    assert "eval" in needs_of("check()", plain("def check():\n    return eval(answer)")).together
    assert "exec" in needs_of("helper.run()", plain("import helper"), beside={"helper.py": b"def run():\n    exec('1')"}).together
    assert not needs_of("f()", plain("import numpy"), beside={"helper.py": b"def run():\n    exec('1')"}).together


def test_a_test_that_puts_its_own_function_in_the_place_of_a_called_one_runs_together() -> None:
    before = solution("f", "def helper():\n    return 1\ndef f():\n    return helper()")
    assert "helper" in needs_of("def helper():\n    return 2\nassert f() == 2", before).together
    assert not needs_of("def other():\n    return 2\nassert f() == 1", before).together


def test_names_that_the_authors_functions_read_are_pushed_and_no_others() -> None:
    before = solution("f", "def f(v):\n    total = A @ v\n    return total")
    assert needs_of("A = 1\nsecret = 2\ntotal = 3\nimport numpy as np\nf(A)", before).push == ("A",)


def test_a_test_uses_the_last_one_that_bound_what_it_reads() -> None:
    cells = [scored("a", "x = 1"), scored("b", "x = 2\ny = x"), scored("c", "assert y == x"), scored("d", "x = 3\nassert x == 3")]
    cells += [scored("e", "x += 1"), solution("f", "y = 0"), scored("g", "assert y == 0")]
    assert {name: need.uses for name, need in analysed(notebook(*cells), {}).items()} == {
        "a": (), "b": (), "c": ("b",), "d": (), "e": ("d",), "g": (),
    }  # fmt: skip


def test_exports_are_names_that_a_later_cell_of_the_students_reads() -> None:
    found = exports(notebook(solution("f", "x = 0"), scored("a", "seen = 1\nother = 2"), plain("print(seen)"), scored("b", "seen = 3")))
    assert found == {"a": ("seen",)}


def test_free_names_are_globals_that_functions_read() -> None:
    assert free_names("import math\nz = y\ndef f(a):\n    b = a\n    return b + c + math.pi") == {"c", "math"}
    assert free_names("def f(:") == set()


def test_problems_are_answers_with_the_tests_that_follow_and_what_a_person_marks() -> None:
    cells = [plain("import numpy"), solution("a", "1"), solution("b", "2"), scored("t1", "3", 1), hidden("t2", "4", 2)]
    cells += [locked("given", "5"), solution("c", "6"), written("why", "7", 3), scored("t3", "8", 0), task("draw", "9", 1)]
    cells += [coded_by_hand("essay", "10", 5), scored("t4", "11", 1)]
    told = [(p.id, p.points, p.solutions, [(t.id, t.hidden) for t in p.tests]) for p in problems_of(notebook(*cells), {}, seconds=30)]
    assert told == [
        ("a", 3, ("a", "b"), [("t1", False), ("t2", True)]),
        ("why", 3, ("why",), []),
        ("draw", 1, ("draw",), []),
        ("essay", 5, ("essay",), []),
        ("c", 1, ("c",), [("t3", False), ("t4", False)]),
    ]


def test_a_test_that_exports_a_name_stays_in_one_problem_with_what_follows() -> None:
    cells = [solution("a", "1"), scored("t1", "x = 1"), solution("b", "x"), scored("t2", "2")]
    assert [p.id for p in problems_of(notebook(*cells), {}, seconds=30)] == ["a", "b"]
    assert [p.id for p in problems_of(notebook(*cells), {"t1": Needs(export=("x",))}, seconds=30)] == ["a"]


@pytest.mark.parametrize(
    "shown, status, score",
    [
        (None, Status.OK, 2),
        ("2", Status.OK, 2),
        ("2.0", Status.OK, 2),
        ("0.5", Status.WRONG, 0.5),
        ("0", Status.WRONG, 0),
        ("'0.5'", Status.OK, 2),
        ("True", Status.OK, 2),
        ("np.float64(0.5)", Status.OK, 2),
        ("[0.5]", Status.OK, 2),
        ("nan", Status.WRONG, 0),
        ("-1", Status.WRONG, 0),
        ("-inf", Status.WRONG, 0),
        ("2.5", Status.UNDECIDED, 0),
        ("inf", Status.UNDECIDED, 0),
    ],
)
def test_credit_is_read_from_the_text_of_a_value_as_nbgrader_does(shown: str | None, status: Status, score: float) -> None:
    assert credit(shown, 2)[:2] == (status, score)


def test_a_cell_without_points_has_none_to_lose() -> None:
    assert credit("5", 0)[:2] == (Status.OK, 0)
