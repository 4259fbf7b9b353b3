"""What an honest student is told when something goes wrong: what happened, where, and what to do next, in words that he knows."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest

from autograder.execution import Engine
from autograder.grading import grade
from autograder.model import Assignment, Graded, Status, Submission
from tests.golden.cases import base, extra_cell, find_cell

RIGHT = "def ridge(X, y, lam):\n    return np.linalg.solve(X.T @ X + lam * np.eye(X.shape[1]), X.T @ y)"


def handed_in(six: Assignment, engine: Engine, ridge: str, own: str = "") -> Graded:
    """The reference with this solution of ridge, and a cell of the student's own above all solutions."""
    notebook = base(six, "reference")
    find_cell(notebook, "ridge")["source"] = ridge
    if own:
        notebook["cells"].insert(notebook["cells"].index(find_cell(notebook, "setup")) + 1, extra_cell(own))
    submission = Submission("six", "team-00001", (), {"six.ipynb": json.dumps(notebook).encode()}, "sha")
    return grade(six, submission, engine=engine, secret=b"s" * 32)


def asked(body: str) -> str:
    return f"def ridge(X, y, lam):\n    {body}"


ERROR, WRONG = Status.ERROR, Status.WRONG
FAILURES = {
    "an unfinished line": (asked("return np.linalg.solve(X.T @ X +"), ERROR, ["ridge is not defined", "SyntaxError", "line 2", "solve("]),
    "a wrong indent": ("def ridge(X, y, lam):\n  w = 1\n    return w", ERROR, ["IndentationError", "unexpected indent", "line 3"]),
    "a cell that fails above the definition": (f"n = undefined + 1\n{RIGHT}", ERROR, ["ridge is not defined", "NameError", "line 1: n = "]),
    "sys.exit above the definition": (f"import sys\nsys.exit()\n{RIGHT}", ERROR, ["SystemExit", "did not run", "remove", "line 2"]),
    "exit in the function": (asked("raise SystemExit"), ERROR, ["SystemExit", "Remove the call of exit", "line 2", "in ridge"]),
    "a missing library": (f"from tqdm import tqdm\n{RIGHT}", ERROR, ["'tqdm'", "not installed where homework is graded", "line 1"]),
    "a missing library in the function": (asked("import scipy"), ERROR, ["'scipy'", "not installed where homework is graded", "line 2"]),
    "a file that was not handed in": (f"from my_file import w\n{RIGHT}", ERROR, ["'my_file'", "no file of that name was handed in"]),
    "a question to a person": (asked("return float(input('lam?'))"), ERROR, ["input()", "write the value into the notebook", "line 2"]),
    "too much memory": (asked("return np.ones((100_000, 100_000))[0]"), Status.MEMORY, ["more memory", "Look for arrays"]),
    "too much memory in the cell": (f"big = np.ones((200_000, 200_000))\n{RIGHT}", ERROR, ["MemoryError", "298. GiB", "line 1"]),
    "a call of itself": (asked("return ridge(X, y, lam)"), ERROR, ["RecursionError", "calls itself without an end", "line 2"]),
    "no return": (asked("w = 1"), WRONG, ["NoneType", "Is the return missing?"]),
    "yield for return": (asked("yield 1"), WRONG, ["returned a generator", "no values yet"]),
    "a function for its result": (asked("return lambda: 1"), WRONG, ["returned a function, not what it returns"]),
    "an array of objects": (asked("return np.array([None, 1])"), WRONG, ["an array of other things than numbers"]),
    "an object of a class": (asked("return type('W', (), {})()"), WRONG, ["an object of another class", "as the statement asks"]),
    "a result that is too large": (asked("return np.zeros(60_000_000)"), ERROR, ["cannot be used", "too large"]),
    "not written yet": (asked("raise NotImplementedError"), ERROR, ["NotImplementedError", "not written yet"]),
    "other parameters": ("def ridge(X, y):\n    return X", ERROR, ["takes 2 positional arguments but 3 were given"]),
    "an exception of its own": ("class Bad(Exception): pass\ndef ridge(X, y, lam):\n    raise Bad('no')", ERROR, ["Bad: no", "line 3"]),
    "an assertion without a text": (asked("assert len(X) > 99"), ERROR, ["AssertionError", "line 2", "len(X) > 99"]),
    "another name": (RIGHT.replace("ridge", "Ridge"), ERROR, ["ridge is not defined", "renamed"]),
    "no cell": ("", ERROR, ["ridge is not defined", "deleted"]),
    "a library that crashes": (asked("import os; os._exit(0)"), Status.CRASHED, ["ended while it was being tested", "Run the test's call"]),
    "a cell that crashes": (f"import ctypes; ctypes.string_at(0)\n{RIGHT}", ERROR, ["ended the whole process", "SIGSEGV"]),
    "other numbers": (asked("return np.zeros(1)"), WRONG, ["ACTUAL", "DESIRED", "0.5"]),
}


@pytest.mark.parametrize("case", FAILURES)
def test_a_message_says_what_happened_where_and_what_next(case: str, six: Assignment, engine: Engine) -> None:
    text, status, words = FAILURES[case]
    result = handed_in(six, engine, text)
    told = {t.id: t for p in result.problems for t in p.tests}["ridge-visible"]
    assert told.status is status, told
    assert [word for word in words if word not in told.message] == [], told.message
    for word in ("Handle", "Refused", "remote", "/grading", "None.", ": .", ".."):
        assert word not in told.message
    assert result.score == 10  # the other problems keep their points


def test_a_name_that_a_failed_cell_should_have_bound_is_told_with_that_cell(six: Assignment, engine: Engine) -> None:
    own = "import scipy.linalg\ndef solver(A, b):\n    return scipy.linalg.solve(A, b)"
    message = handed_in(six, engine, asked("return solver(X.T @ X, X.T @ y)"), own).problems[3].message
    for word in ("name 'solver' is not defined", "About solver: Its cell ended with ModuleNotFoundError", "line 1: import scipy.linalg"):
        assert word in message


def test_a_hidden_test_says_which_class_of_exception_and_where_but_shows_no_text(six: Assignment, engine: Engine) -> None:
    hidden = handed_in(six, engine, asked("raise SystemExit(str(X))")).problems[3].tests[1]
    assert hidden.id == "ridge-hidden" and "SystemExit. Remove the call of exit" in hidden.message and "line 2" in hidden.message
    assert "[[" not in hidden.message


def test_a_message_about_time_says_which_problem_how_long_and_how_to_find_the_cause(six: Assignment, engine: Engine) -> None:
    quick = replace(six, problems=tuple(replace(p, seconds=2.0 / six.limit_factor) for p in six.problems))
    visible, hidden = handed_in(quick, engine, asked("while True: pass")).problems[3].tests
    assert visible.status is hidden.status is Status.TIMEOUT
    for word in ("2 s", '"Ridge regression"', "a loop that does not end", "%time"):
        assert word in visible.message
    assert "Not run" in hidden.message and '"Ridge regression"' in hidden.message and "2 s" in hidden.message


def test_what_was_printed_too_much_is_left_out_and_said_so(six: Assignment, engine: Engine) -> None:
    result = handed_in(six, engine, RIGHT, "for i in range(120_000):\n    print('line', i)")
    shown = [o["text"] for c in result.notebook["cells"] for o in c.get("outputs", []) if o["output_type"] == "stream"]
    assert result.score == 12
    assert shown[0].startswith("line 0\n") and shown[0].endswith("… (the rest of the output was left out)")
