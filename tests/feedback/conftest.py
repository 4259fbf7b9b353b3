"""A graded submission of the small assignment, with every state that a test can have."""
from __future__ import annotations

import copy
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from autograder.authoring import load_assignment
from autograder.feedback import page
from autograder.model import Assignment, Graded, Status, TestResult
from autograder.scoring import graded_status, problem_result, total

SMALL = Path(__file__).parents[1] / "authoring" / "fixture" / "small-steps"
ANSWERS = {
    "length": "def length(x):\n    return abs(x).sum()   # <the other norm>",
    "angle": "def angle(u, v):\n    return 0.0",
    "rate": 'rate = "x**2"',
    "proof": ("Expand $(x+h)^2 - x^2$ & divide by $h$:\n\n$$\\frac{2xh + h^2}{h} \\to 2x.$$\n\n"
              "<script>alert(1)</script>"),
    "essay": "",
}
MESSAGE = "The length is off by a factor of about 1.4. Did you forget the root?"
DETAIL = "expected 665536.02 for x = [123456, 654321]"


@pytest.fixture(scope="session")
def assignment() -> Assignment:
    return load_assignment(SMALL)


@pytest.fixture(scope="session")
def graded(assignment: Assignment) -> Graded:
    """One test passed, one failed, one undecided, one failed later, two written answers."""
    found = {
        "length-by_hand": TestResult("length-by_hand", 0, 0, Status.OK),
        "length-data": TestResult("length-data", 0, 0, Status.OK),
        "length-mean": TestResult("length-mean", 0, 0, Status.WRONG, MESSAGE, detail=DETAIL),
        "angle-right": TestResult("angle-right", 0, 0, Status.TIMEOUT, "It took more than 8 s.", detail=DETAIL),
        "rate-formula": TestResult("rate-formula", 0, 0, Status.UNDECIDED, "", detail=DETAIL),
    }
    problems = tuple(problem_result(p, [found[t.id] for t in p.tests]) for p in assignment.problems)
    notebook: Any = copy.deepcopy(assignment.notebook)
    for cell in notebook["cells"]:
        if cell["id"] in ANSWERS:
            cell["source"] = ANSWERS[cell["id"]]
    score, possible = total(problems)
    return Graded("team-00007", ("ada", "grace"), assignment.slug, score, possible, problems, graded_status(problems),
                  seconds=1.0, engine="autograder 0", notebook=notebook)


@pytest.fixture(scope="session")
def render(assignment: Assignment, graded: Graded) -> Callable[..., str]:
    """`page` for that submission, with any argument changed."""
    def make(**changes: Any) -> str:
        graded_as = replace(graded, **changes.pop("graded", {}))
        usual: dict[str, Any] = {
            "team": "team-00007", "members": ("Ada Lovelace", "Grace Hopper"), "number": 3,
            "submitted_at": datetime(2026, 11, 20, 12, 2, tzinfo=UTC),
            "marks": {"proof": (4.5, "Good; say that $h \\neq 0$.")},
        }
        return page(changes.pop("assignment", assignment), graded_as, **(usual | changes))
    return make
