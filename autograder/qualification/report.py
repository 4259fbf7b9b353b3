"""What a verification found, as a page for the author and for whoever releases.

The table of a problem has a row for each solution and a column for each test: what did not end as it should stands out. Under it, for
each test that compares a measure with a limit, how far right solutions stay below the limit and wrong ones above it, on one
logarithmic axis. A right solution close to its limit is a student who will be refused one day; a wrong one close to it will pass.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import jinja2

from autograder.model import Problem
from autograder.qualification.trials import REFERENCE, Qualified, Trial

DECADES = 6
"""The axis of margins goes from 10^-6 to 10^6 of the limit; what lies beyond is drawn at its end."""
KINDS = (("reference", "The reference"), ("release", "As released"), ("correct/", "Right"), ("wrong/", "Wrong"), ("mutant/", "Mutants"))


@dataclass(frozen=True)
class Margin:
    """How far right and wrong solutions lie from a test's limit: what was measured over the limit, 1 being just there."""

    test: str
    right: tuple[float, ...]  # of solutions that passed and should have
    wrong: tuple[float, ...]  # of solutions that this test refused, and should have

    @property
    def worst_right(self) -> float | None:
        """The largest of the right ones."""
        return max(self.right, default=None)

    @property
    def best_wrong(self) -> float | None:
        """The smallest of the wrong ones."""
        return min(self.wrong, default=None)


@dataclass(frozen=True)
class Cell:
    """One solution under one test: how often it passed, of how many seeds, and whether that was to be expected."""

    passed: int
    of: int
    as_expected: bool


@dataclass(frozen=True)
class Row:
    """One solution."""

    case: str
    cells: tuple[Cell, ...]
    seeds: int
    seconds: float
    surprising: bool
    said: str  # the first message of the first seed, as a student would read it


def margins(problem: Problem, trials: Sequence[Trial]) -> tuple[Margin, ...]:
    """The margins of a problem's tests that measure something, in the order of the tests."""
    mine = [trial for trial in trials if trial.problem == problem.id]
    found = []
    for test in problem.tests:
        right = tuple(t.margins[test.id] for t in mine if test.id in t.margins and test.id not in t.failed and _is_right(t))
        wrong = tuple(t.margins[test.id] for t in mine if test.id in t.margins and test.id in t.failed and not _is_right(t))
        if test.points and (right or wrong):
            found.append(Margin(test.id, right, wrong))
    return tuple(found)


def page(result: Qualified, *, title: str) -> str:
    """The report of one assignment, a page that needs nothing else."""
    problems = [
        {
            "problem": problem,
            "tests": [test for test in problem.tests if test.points],
            "groups": [(label, rows) for kind, label in KINDS if (rows := _rows(problem, result.trials, kind))],
            "margins": margins(problem, result.trials),
            "seconds": max((t.seconds for t in result.trials if t.problem == problem.id and t.case == REFERENCE), default=0.0),
        }
        for problem in result.problems
        if not problem.by_hand
    ]
    return _template().render(result=result, title=title, problems=problems, place=_place, size=_size)


def _is_right(trial: Trial) -> bool:
    return trial.case == REFERENCE or trial.case.startswith("correct/")


def _rows(problem: Problem, trials: Sequence[Trial], kind: str) -> list[Row]:
    by_case: dict[str, list[Trial]] = {}
    for trial in trials:
        if trial.problem == problem.id and trial.case.startswith(kind):
            by_case.setdefault(trial.case, []).append(trial)
    return [_row(problem, case, each) for case, each in by_case.items()]


def _row(problem: Problem, case: str, trials: Sequence[Trial]) -> Row:
    cells = []
    for test in problem.tests:
        if not test.points:
            continue
        passed = sum(test.id not in trial.failed for trial in trials)
        if case.startswith("mutant/"):
            fine = all(trial.as_expected for trial in trials) or test.id not in trials[0].expected or passed == 0
        else:
            fine = test.id in trials[0].by_chance or passed == (0 if test.id in trials[0].expected else len(trials))
        cells.append(Cell(passed, len(trials), fine))
    surprising = not all(trial.as_expected for trial in trials)
    return Row(case, tuple(cells), len(trials), max(t.seconds for t in trials), surprising, trials[0].message)


def _place(value: float) -> float:
    """Where a margin is drawn, from 0 to 1."""
    decade = math.log10(value) if value > 0 else -DECADES
    return (min(max(decade, -DECADES), DECADES) + DECADES) / (2 * DECADES)


def _size(value: float | None) -> str:
    return "-" if value is None else f"{value:.0e}" if value >= 1e4 else f"{value:.2g}"


@lru_cache(1)
def _template() -> jinja2.Template:
    text = (Path(__file__).parent / "templates" / "report.html").read_text(encoding="utf-8")
    return jinja2.Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True).from_string(text)
