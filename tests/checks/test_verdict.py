"""Verdicts and how a failing one leaves a cell; and that the package travels alone."""
from __future__ import annotations

import ast
import doctest
import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder import model
from autograder.checks import CheckFailed, Verdict, verdict
from autograder.checks.verdict import STATUSES, checker, forbidden, ok, size, undecided, wrong

CHECKS = Path(verdict.__file__).parent


@checker
def positive(x: float) -> Verdict:
    """Is x positive?"""
    return ok(x=x) if x > 0 else wrong("x should be positive.", x=x)


@checker
def both_positive(x: float, y: float) -> Verdict:
    positive(x)
    return positive.verdict(y)


def test_its_examples_run():
    result = doctest.testmod(verdict)
    assert result.attempted > 0 and result.failed == 0


def test_a_checker_returns_nothing_or_raises():
    assert positive(1.0) is None
    with pytest.raises(CheckFailed, match=r"x should be positive\."):
        positive(-1.0)


def test_a_checker_keeps_its_name_and_its_words():
    assert positive.__name__ == "positive" and positive.__doc__ == "Is x positive?"


def test_the_verdict_is_there_in_both_cases():
    assert positive.verdict(2.0) == Verdict(1.0, "ok", detail={"x": 2.0})
    assert positive.verdict(-2.0) == Verdict(0.0, "wrong", "x should be positive.", {"x": -2.0})


def test_the_verdict_of_a_checker_inside_a_checker_is_the_inner_one():
    assert both_positive.verdict(-1.0, 1.0).message == "x should be positive."
    assert both_positive.verdict(1.0, -1.0).message == "x should be positive."
    assert both_positive.verdict(1.0, 1.0).status == "ok"


@pytest.mark.parametrize(("make", "status", "score"), [
    (ok, "ok", 1.0), (lambda: wrong("w"), "wrong", 0.0), (lambda: forbidden("f"), "forbidden", 0.0),
    (lambda: undecided("u"), "undecided", 0.0),
], ids=["ok", "wrong", "forbidden", "undecided"])
def test_only_ok_scores(make, status, score):
    assert (make().status, make().score) == (status, score)


def test_the_status_words_are_those_of_the_engine():
    assert set(STATUSES) <= {str(status) for status in model.Status}


def test_an_unknown_status_is_refused():
    with pytest.raises(ValueError, match="inconclusive"):
        Verdict(0.0, "inconclusive")


def test_a_notebook_shows_the_message_and_the_students_lines_only():
    failed = CheckFailed(Verdict(0.0, "error", "f raised ValueError."), ("line 2, in f: raise ValueError",))
    assert failed._render_traceback_() == ["f raised ValueError.", "  line 2, in f: raise ValueError"]


def test_a_failed_check_can_cross_processes():
    failed = CheckFailed(wrong("no", error=0.5), ("line 1, in f: return",))
    again = pickle.loads(pickle.dumps(failed))
    assert again.verdict == failed.verdict and again.lines == failed.lines and str(again) == "no"


@pytest.mark.parametrize(("value", "shown"), [
    (0.0, "0"), (1.2345e-7, "about 1e-07"), (123456.0, "about 1e+05"), (float("inf"), "not a finite number"),
    (float("nan"), "not a finite number"),
])
def test_a_size_has_one_digit(value, shown):
    assert size(value) == shown


# ---------------------------------------------------------------- the package as a whole

def test_the_checks_import_nothing_of_ours_outside_their_folder():
    for path in CHECKS.glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom):
                assert node.level <= 1, f"{path.name}:{node.lineno}"
                assert node.level or (node.module or "").partition(".")[0] != "autograder", f"{path.name}:{node.lineno}"
            if isinstance(node, ast.Import):
                assert not any(i.name.startswith("autograder") for i in node.names), f"{path.name}:{node.lineno}"


def test_the_checks_work_alone_beside_a_notebook_with_numpy_only(tmp_path):
    shutil.copytree(CHECKS, tmp_path / "autograder" / "checks", ignore=shutil.ignore_patterns("__pycache__"))
    program = (
        "import sys\n"
        "for name in ('torch', 'sympy', 'mpmath', 'scipy', 'matplotlib'): sys.modules[name] = None\n"
        "import numpy as np\n"
        "from autograder import checks\n"
        "checks.battery(lambda a: 2.0 * np.asarray(a, dtype=float), np.ones((3, 2)))\n"
        "checks.close(checks.ask(lambda: 1.0), 1, 'one')\n"
        "checks.choice('b', 'b')\n"
        "print(checks.__file__)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=tmp_path, capture_output=True, text=True, timeout=60,
                          env={"PATH": os.environ["PATH"], "PYTHONDONTWRITEBYTECODE": "1"}, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.strip() == str(tmp_path / "autograder" / "checks" / "__init__.py")
