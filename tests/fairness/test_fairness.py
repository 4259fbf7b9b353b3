"""Honest work loses nothing: what earns its points in the student's own Jupyter, run from top to bottom, earns them here.

Each folder is one habit (see `tests.golden.cases`). Where a habit costs a point in Jupyter as well, `deserves` says so, and case.toml why.
"""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.execution import Engine
from autograder.grading import grade
from autograder.model import Assignment, Graded, Problem, Submission
from tests.golden.cases import Case, read_cases

SECRET = b"s" * 32
CASES = read_cases(Path(__file__).parent)


def graded(case: Case, six: Assignment, engine: Engine) -> Graded:
    """The case's submission, graded; a quick case with two seconds for the tests of a problem."""

    def quick(problem: Problem) -> Problem:
        return replace(problem, seconds=2.0 / six.limit_factor)

    assignment = replace(six, problems=tuple(map(quick, six.problems))) if case.quick else six
    return grade(assignment, Submission("six", "team-00001", (), case.files(six), case.name), engine=engine, secret=SECRET)


@pytest.mark.parametrize("case", [pytest.param(c, id=c.name, marks=[pytest.mark.long] if c.long else []) for c in CASES])
def test_an_honest_habit_costs_nothing(case: Case, six: Assignment, engine: Engine) -> None:
    result = graded(case, six, engine)
    earned = {problem.id: problem.score for problem in result.problems}
    told = [f"{t.id} {t.status}: {t.message} {t.detail}" for p in result.problems for t in p.tests if t.message]
    assert earned == {problem.id: case.deserves.get(problem.id, 0) for problem in six.problems}, "\n".join(told)
    statuses = {t.id: t.status for p in result.problems for t in p.tests}
    assert {name: statuses[name] for name in case.status} == case.status
    json.dumps(result.notebook, ensure_ascii=False).encode()  # what is kept can be stored and shown


def test_every_habit_is_there_once() -> None:
    tries = [case.tries for case in CASES]
    assert len(tries) >= 50 and len(set(tries)) == len(tries)
    assert all(case.others == "reference" for case in CASES)
