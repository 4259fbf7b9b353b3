"""Tests that are themselves tested: an assignment is tried on its reference, its empty release and its bank before it is released.

The reference earns everything, the release as students receive it nothing, every case in `bank/correct` everything, and every case in
`bank/wrong` fails on exactly the tests that its header names; all of it over several seeds, in the very processes that grade
students. A test that rejects good work or accepts bad work is found here and not by students.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from autograder.authoring import BankCase
from autograder.execution import Engine, Outcome, rebuild, side_by_side
from autograder.execution.rebuild import grade_id, text_of
from autograder.model import Assignment, Problem, Status

REFERENCE, RELEASE = "reference", "release"


@dataclass(frozen=True)
class Trial:
    """One solution of one problem under one seed."""

    problem: str
    case: str  # "reference", "release", "correct/…" or "wrong/…"
    seed: int
    failed: tuple[str, ...]  # tests that were not passed
    expected: tuple[str, ...]  # tests that should not be passed
    seconds: float
    message: str  # the first message: what a student would read
    detail: str
    statuses: tuple[str, ...]  # of all tests, in order

    @property
    def as_expected(self) -> bool:
        """Whether exactly the expected tests failed, and nothing was left undecided."""
        return set(self.failed) == set(self.expected) and Status.UNDECIDED not in self.statuses


@dataclass(frozen=True)
class Qualified:
    """All trials of one assignment."""

    slug: str
    version: str
    problems: tuple[Problem, ...]
    trials: tuple[Trial, ...]
    seeds: int

    @property
    def surprises(self) -> tuple[Trial, ...]:
        """Trials that did not end as they should."""
        return tuple(t for t in self.trials if not t.as_expected)

    @property
    def slow(self) -> tuple[tuple[str, float, float], ...]:
        """(problem, seconds used, budget) where the reference needs more than its budget."""
        over = []
        for problem in self.problems:
            used = max((t.seconds for t in self.trials if t.problem == problem.id and t.case == REFERENCE), default=0.0)
            if used > problem.seconds:
                over.append((problem.id, used, problem.seconds))
        return tuple(over)

    @property
    def thin(self) -> tuple[str, ...]:
        """Problems with fewer than two accepted alternatives or no rejected mistake: tried too little to be trusted."""
        few = []
        for problem in self.problems:
            cases = {t.case for t in self.trials if t.problem == problem.id}
            if not problem.by_hand and (sum(c.startswith("correct/") for c in cases) < 2 or not any(c.startswith("wrong/") for c in cases)):
                few.append(problem.id)
        return tuple(few)

    @property
    def ok(self) -> bool:
        """Whether the assignment may be released."""
        return not self.surprises and not self.slow


@dataclass(frozen=True)
class _Task:
    problem: Problem
    case: str
    seed: int
    answers: Mapping[str, str]
    expected: tuple[str, ...]


def qualify(
    assignment: Assignment,
    cases: Sequence[BankCase],
    stubs: Mapping[str, str],
    *,
    seeds: int,
    workers: int = 2,
    first_seed: int = 0,
    progress: Callable[[int, int, Trial | None], None] = lambda done, of, trial: None,
    unsafe: bool = False,
) -> Qualified:
    """Try an assignment's tests.

    cases     its bank
    stubs     grade_id -> what the release holds in that cell
    seeds     how many seeds each case runs with; the release needs one, since nothing random can make it pass
    progress  called with (done, of, trial); first with (0, of, None) when the engines are warm
    unsafe    run as well where this machine cannot confine student code
    """
    tasks = list(_tasks(assignment, cases, stubs, seeds, first_seed))
    trials: dict[int, Trial] = {}

    def one(engine: Engine, number: int) -> int:
        trials[number] = _try(assignment, tasks[number], engine)
        return number

    numbers = side_by_side(one, range(len(tasks)), workers=workers, started=lambda: progress(0, len(tasks), None), unsafe=unsafe)
    for done, number in enumerate(numbers, 1):
        progress(done, len(tasks), trials[number])
    return Qualified(assignment.slug, assignment.version, assignment.problems, tuple(trials[n] for n in sorted(trials)), seeds)


def _tasks(assignment: Assignment, cases: Sequence[BankCase], stubs: Mapping[str, str], seeds: int, first: int) -> Iterator[_Task]:
    for problem in assignment.problems:
        if problem.by_hand:
            continue
        graded = tuple(t.id for t in problem.tests if t.points)
        yield _Task(problem, RELEASE, first, stubs, graded)
        for seed in range(first, first + seeds):
            yield _Task(problem, REFERENCE, seed, {}, ())
            for case in cases:
                if case.replaces[0] in problem.solutions:
                    yield _Task(problem, case.name, seed, case.cells, tuple(f for f in case.fails if f in graded))


def _try(assignment: Assignment, task: _Task, engine: Engine) -> Trial:
    submitted = with_answers(assignment.notebook, task.answers)
    key = hashlib.sha256(f"qualification|{assignment.slug}|{task.seed}".encode()).digest()
    runs, _ = engine.run(assignment, rebuild(assignment.notebook, submitted), key=key, only=[task.problem.id])
    outcomes: list[Outcome] = [o for run in runs for o in run.outcomes]
    first = next((o for o in outcomes if o.status is not Status.OK), None)
    return Trial(
        task.problem.id,
        task.case,
        task.seed,
        tuple(o.id for o in outcomes if o.status is not Status.OK),
        task.expected,
        sum(o.seconds for o in outcomes),
        first.message if first else "",
        first.detail if first else "",
        tuple(o.status for o in outcomes),
    )


def with_answers(notebook: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """The notebook with the text of some solution cells replaced, as somebody might hand it in."""
    return {**notebook, "cells": [{**c, "source": answers.get(grade_id(c), text_of(c))} for c in notebook["cells"]]}
