"""Tests that are themselves tested: an assignment is tried on its reference, its empty release, its bank and the standard mutants before
it is released.

The reference earns everything, the release as students receive it nothing, every case in `bank/correct` everything, every case in
`bank/wrong` fails on the tests that its header names and on no others, and every standard mutant of a reference is noticed; all of it over
several seeds, in the very processes that grade students. A test that rejects good work or accepts bad work is found here and not by
students.
"""

from __future__ import annotations

import ast
import hashlib
import json
import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from autograder.authoring import BankCase
from autograder.authoring.mutants import EMPTY_HANDED, HABITS, Seen, mutant, possible, recorder, seen, telling
from autograder.execution import Engine, Outcome, rebuild, side_by_side
from autograder.execution.processes import Warm
from autograder.execution.rebuild import grade_id, text_of
from autograder.model import Assignment, AssignmentError, Problem, Status
from autograder.syntax import parse

REFERENCE, RELEASE, MUTANT = "reference", "release", "mutant/"
HARD_CODED, UNINFORMED = 0.2, 0.5
"""What may be earned, of a problem's points, by all its functions together when they know the visible tests by heart; and, of its own
tests' points, by a function that knows nothing."""
WRONG_SHARE = 0.4
"""Seeds of a wrong solution per seed of a right one: that a right one passes has to be known far better, since one of a thousand
submissions that is refused is one student, while a mistake that slips through once is found by the next test."""


@dataclass(frozen=True)
class Trial:
    """One solution of one problem under one seed."""

    problem: str
    case: str  # "reference", "release", "correct/…", "wrong/…" or "mutant/…"
    seed: int
    failed: tuple[str, ...]  # tests that were not passed
    expected: tuple[str, ...]  # tests that should not be passed
    seconds: float
    message: str  # the first message: what a student would read
    detail: str
    statuses: tuple[str, ...]  # of all tests, in order
    kept: float = 0.0  # of a mutant: share of the points of its function's tests that it earned
    may_keep: float = 1.0
    margins: Mapping[str, float] = field(default_factory=dict)  # test -> what was measured over its limit, where it measures
    solution: str = ""  # sha256 of what was tried and of what was expected of it
    by_chance: tuple[str, ...] = ()  # tests that may be passed or not, as the hidden inputs fall

    @property
    def as_expected(self) -> bool:
        """Whether the expected tests failed and no others but by chance, of a mutant at least these and one, and nothing was left
        undecided."""
        if Status.UNDECIDED in self.statuses:
            return False
        if self.case.startswith(MUTANT):
            return bool(self.failed) and set(self.expected) <= set(self.failed) and self.kept <= self.may_keep
        return set(self.expected) <= set(self.failed) <= {*self.expected, *self.by_chance}


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
    may_keep: float = 1.0
    graded: tuple[str, ...] = ()  # of a mutant: its function's tests
    by_chance: tuple[str, ...] = ()

    @cached_property
    def solution(self) -> str:
        parts = [sorted(self.answers.items()), self.expected, self.may_keep, self.graded, self.by_chance]
        return hashlib.sha256(json.dumps(parts).encode()).hexdigest()


@dataclass(frozen=True)
class _Functions:
    """All standard mutants of one problem's functions: which there are is only known once the visible tests have asked them."""

    problem: Problem
    sources: Mapping[str, str]  # function -> its reference's cell


def qualify(
    assignment: Assignment,
    cases: Sequence[BankCase],
    stubs: Mapping[str, str],
    *,
    seeds: int,
    workers: int = 2,
    first_seed: int = 0,
    only: Sequence[str] = (),
    known: Sequence[Trial] = (),
    progress: Callable[[int, int, Sequence[Trial]], None] = lambda done, of, trials: None,
    unsafe: bool = False,
) -> Qualified:
    """Try an assignment's tests.

    cases     its bank
    stubs     grade_id -> what the release holds in that cell
    seeds     how many seeds right solutions run with; wrong ones run with two in five, the release with one, since nothing random can
              make it pass
    only      names of bank cases and mutants; all when empty
    known     trials of the same assignment by the same program: what ended as it should, in its time, is not tried again
    progress  called with (done, of, new trials) of what is left to try; first with (0, of, ()) when the engines are warm
    unsafe    run as well where this machine cannot confine student code
    """
    mutated = not only or any(name.startswith(MUTANT) for name in only)
    functions = list(_functions(assignment)) if mutated else []
    wrong_seeds = range(first_seed, first_seed + _wrong(seeds))

    def mutants(engine: Engine, number: int) -> tuple[int, list[_Task]]:
        return number, list(_mutated(assignment, functions[number], engine, wrong_seeds))

    def one(engine: Engine, number: int) -> tuple[int, Trial]:
        return number, _try(assignment, tasks[number], engine)

    with closing(Warm(unsafe=unsafe)) as warm:
        found = dict(side_by_side(mutants, range(len(functions)), workers=workers, warm=warm))
        tasks = list(_tasks(assignment, [case for case in cases if not only or case.name in only], stubs, seeds, first_seed))
        tasks += [task for number in sorted(found) for task in found[number] if not only or task.case in only]
        budgets = {problem.id: problem.seconds for problem in assignment.problems}
        before = {_name(t): t for t in known if t.as_expected and (t.case != REFERENCE or t.seconds <= budgets.get(t.problem, 0.0))}
        trials = {number: before[_name(task)] for number, task in enumerate(tasks) if _name(task) in before}

        left = [number for number in range(len(tasks)) if number not in trials]
        tried = side_by_side(one, left, workers=workers, started=lambda: progress(0, len(left), ()), warm=warm)
        for done, (number, trial) in enumerate(tried, 1):
            trials[number] = trial
            progress(done, len(left), (trial,))
    return Qualified(assignment.slug, assignment.version, assignment.problems, tuple(trials[n] for n in range(len(tasks))), seeds)


def _name(one: Trial | _Task) -> tuple[str, str, int, str]:
    return one.problem if isinstance(one, Trial) else one.problem.id, one.case, one.seed, one.solution


def _wrong(seeds: int) -> int:
    return math.ceil(WRONG_SHARE * seeds)


def _tasks(assignment: Assignment, cases: Sequence[BankCase], stubs: Mapping[str, str], seeds: int, first: int) -> Iterator[_Task]:
    for problem in assignment.problems:
        if problem.by_hand:
            continue
        graded = tuple(t.id for t in problem.tests if t.points)
        yield _Task(problem, RELEASE, first, stubs, graded)
        for seed in range(first, first + seeds):
            yield _Task(problem, REFERENCE, seed, {}, ())
            for case in cases:
                if case.replaces[0] in problem.solutions and (case.correct or seed < first + _wrong(seeds)):
                    expected, by_chance = (tuple(name for name in names if name in graded) for names in (case.fails, case.sometimes))
                    yield _Task(problem, case.name, seed, case.cells, expected, by_chance=by_chance)


def _functions(assignment: Assignment) -> Iterator[_Functions]:
    """The functions that students write, problem by problem."""
    sources = {grade_id(cell): text_of(cell) for cell in assignment.notebook["cells"]}
    for problem in assignment.problems:
        names = () if problem.by_hand else problem.solutions
        if own := {name: sources[name] for name in names if _defines(sources[name], name)}:
            yield _Functions(problem, own)


def _defines(source: str, name: str) -> bool:
    return any(isinstance(node, ast.FunctionDef) and node.name == name for node in parse(source).body)


def _mutated(assignment: Assignment, functions: _Functions, engine: Engine, seeds: Sequence[int]) -> Iterator[_Task]:
    """The trials of the mutants of a problem's functions."""
    problem, sources = functions.problem, functions.sources
    there = _seen_by_visible_tests(assignment, functions, engine)
    kinds = {name: [kind for kind in possible(there[name]) if kind not in assignment.untried.get(name, ())] for name in there}
    graded = tuple(test.id for test in problem.tests if test.points)
    for name in there:
        own = tuple(test for test in graded if test.startswith(f"{name}-"))
        habits = tuple(test for test in own if test == f"{name}-habits")
        for kind in kinds[name]:
            if kind != "hard":
                answers = {name: mutant(sources[name], name, kind, there[name])}
                expected, keep = habits if kind in HABITS else (), UNINFORMED if kind in EMPTY_HANDED else 1.0
                yield from (_Task(problem, f"{MUTANT}{name}_{kind}", seed, answers, expected, keep, own) for seed in seeds)
    if any("hard" in kinds[name] for name in there):  # what no visible test asks, nobody knows by heart
        answers = {name: mutant(sources[name], name, "hard", there[name]) for name in there}
        yield from (_Task(problem, f"{MUTANT}{problem.id}_hard", seed, answers, (), HARD_CODED, graded) for seed in seeds)


def _seen_by_visible_tests(assignment: Assignment, functions: _Functions, engine: Engine) -> Mapping[str, Seen]:
    """What the visible tests give each function and what it returns, written down by the references themselves."""
    problem, sources = functions.problem, functions.sources
    hidden = {test.id for test in problem.tests if test.hidden and test.points}
    shown = replace(problem, tests=tuple(test for test in problem.tests if test.id not in hidden))
    visible = replace(
        assignment,
        problems=tuple(shown if p.id == problem.id else p for p in assignment.problems),
        notebook={**assignment.notebook, "cells": [cell for cell in assignment.notebook["cells"] if grade_id(cell) not in hidden]},
    )
    submitted = with_answers(visible.notebook, {name: recorder(source, name) for name, source in sources.items()})
    submitted["cells"].append(
        {"cell_type": "code", "metadata": {}, "source": telling(tuple(sources)), "outputs": [], "execution_count": None}
    )
    _, ends = engine.run(visible, rebuild(visible.notebook, submitted), key=bytes(32), only=[problem.id])
    there = seen("".join(str(output.get("text", "")) for end in ends.values() for output in end.outputs))
    if missing := set(sources) - set(there):
        raise AssignmentError(f"{', '.join(sorted(missing))} of {problem.id} could not be watched: does its solution cell run to its end?")
    return there


def _try(assignment: Assignment, task: _Task, engine: Engine) -> Trial:
    submitted = with_answers(assignment.notebook, task.answers)
    key = hashlib.sha256(f"qualification|{assignment.slug}|{task.seed}".encode()).digest()
    (run,) = engine.outcomes(assignment, rebuild(assignment.notebook, submitted), key=key, only=[task.problem.id])
    outcomes: Sequence[Outcome] = run.outcomes
    first = next((o for o in outcomes if o.status is not Status.OK), None)
    failed = tuple(o.id for o in outcomes if o.status is not Status.OK)
    points = {test.id: test.points for test in task.problem.tests if test.id in task.graded}
    return Trial(
        task.problem.id,
        task.case,
        task.seed,
        failed,
        task.expected,
        sum(o.seconds for o in outcomes),
        first.message if first else "",
        first.detail if first else "",
        tuple(o.status for o in outcomes),
        1 - sum(points[name] for name in points if name in failed) / sum(points.values()) if points else 0.0,
        task.may_keep,
        {o.id: o.margin for o in outcomes if o.margin is not None},
        task.solution,
        task.by_chance,
    )


def with_answers(notebook: Mapping[str, Any], answers: Mapping[str, str]) -> dict[str, Any]:
    """The notebook with the text of some solution cells replaced, as somebody might hand it in."""
    return {**notebook, "cells": [{**c, "source": answers.get(grade_id(c), text_of(c))} for c in notebook["cells"]]}
