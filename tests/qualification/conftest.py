"""A small assignment whose tests can be made better or worse."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring import bank, build, stub_cells
from autograder.authoring.bank import BankCase
from autograder.model import Assignment

NOTEBOOK = '''# ---
# jupyter:
#   kernelspec: {{name: python3, display_name: Python 3, language: python}}
# ---

# %% given="setup"
import numpy as np

from autograder import checks

# %% solution="double"
def double(x):
    """Twice x (n,)."""
    ### BEGIN SOLUTION
    return 2.0 * np.array(x, dtype=float)
    ### END SOLUTION

# %% test="double-visible" points={visible}
checks.close(checks.ask(double, np.array([1.0, 2.5])), [2.0, 5.0], "double([1, 2.5])")

# %% test="double-hidden" points=3
# Hidden: the same for other numbers.
### BEGIN HIDDEN TESTS
rng = checks.fresh_rng("double-hidden")
x = rng.normal(size=5)
checks.close(checks.ask(double, x), 2 * x, "double(x)", hidden=True)
### END HIDDEN TESTS

# %% test="double-habits" points=1
# Hidden: habits.
### BEGIN HIDDEN TESTS
{habits}
### END HIDDEN TESTS
'''
SETTINGS = """title = "Double"
points = {points}

[[problem]]
id = "p1"
title = "Twice"
points = {points}
solutions = ["double"]
seconds = {seconds}

[mutants]
skip.double = {skip}
"""
HABITS = 'checks.battery(double, checks.fresh_rng("double-habits").normal(size=7))'
CASES = {
    "correct/added.py": '"""A sum.\n\nreplaces: double\n"""\ndef double(x):\n    return np.array(x, dtype=float) + x\n',
    "correct/looped.py": '"""A loop.\n\nreplaces: double\n"""\ndef double(x):\n    return np.array([2.0 * v for v in x], dtype=float)\n',
    "wrong/tripled.py": '"""Three times.\n\nreplaces: double\nfails: double-visible double-hidden\n"""\n'
    "def double(x):\n    return 3.0 * np.array(x, dtype=float)\n",
    "wrong/nearly.py": '"""A little too much.\n\nreplaces: double\nfails: double-visible double-hidden\n"""\n'
    "def double(x):\n    return 2.0001 * np.array(x, dtype=float)\n",
}
Made = tuple[Assignment, tuple[BankCase, ...], dict[str, str]]


@pytest.fixture
def make(tmp_path: Path) -> Callable[..., Made]:
    """Write the assignment and load it: what qualification takes."""

    def made(*, visible: float = 1, habits: str = HABITS, skip: str = '["int"]', seconds: float = 5, **cases: str) -> Made:
        folder = tmp_path / "assignments" / "double"
        folder.mkdir(parents=True)
        (folder / "notebook.py").write_text(NOTEBOOK.format(visible=visible, habits=habits))
        (folder / "assignment.toml").write_text(SETTINGS.format(points=visible + 4, skip=skip, seconds=seconds))
        for name, text in (CASES | cases).items():
            (folder / "bank" / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / "bank" / name).write_text(text)
        built = build(folder, source=tmp_path / "source", release=tmp_path / "release")
        released = json.loads((built.release / "double.ipynb").read_text())
        return built.assignment, bank(folder, built.assignment), stub_cells(released)

    return made
