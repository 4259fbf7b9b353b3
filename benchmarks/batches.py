"""The submissions that everything is measured with, made from answers whose result is known.

Every problem of a notebook has right and wrong answers in `bank/`, in the format of an assignment's own bank; the header of a wrong one
names the tests that it fails. A submission takes one answer for each problem, three of four times a right one, so that no two
submissions are the same and the score of each is known before anybody grades it. What a grader under measurement says is
held against it: speed with wrong grades is worth nothing. The draw depends on nothing but the place in the batch.
"""

from __future__ import annotations

import json
import random
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.authoring import bank, load_assignment
from autograder.authoring.bank import BankCase
from autograder.authoring.cells import released
from autograder.ledger import fingerprint
from autograder.model import Assignment, Graded, Problem, Submission

HERE = Path(__file__).resolve().parent
NOTEBOOKS = {"torch": (HERE.parent / "tests" / "golden" / "six", HERE / "six"), "numpy": (HERE / "numpy-six", HERE / "numpy-six")}
"""Name of a reference notebook -> its author folder, and the folder whose `bank/` holds the answers."""
SIZE = 60
RIGHT = 0.75
"""How often an answer is a right one."""
ENDLESS = "def {name}(*args, **kwargs):\n    while True:\n        pass\n"
CRASHING = "def {name}(*args, **kwargs):\n    import os\n    os.abort()\n"


@dataclass(frozen=True)
class Work:
    """A submission, and the tests that it fails."""

    submission: Submission
    fails: frozenset[str]
    answers: tuple[str, ...]  # names of the bank cases, "reference", "endless" or "crashing", by problem

    def expected(self, assignment: Assignment) -> float:
        """What it deserves."""
        return sum(test.points for problem in assignment.problems for test in problem.tests if test.id not in self.fails)


@dataclass(frozen=True)
class Batch:
    """Submissions for one notebook."""

    name: str
    assignment: Assignment
    works: tuple[Work, ...]

    @property
    def submissions(self) -> tuple[Submission, ...]:
        """What graders receive."""
        return tuple(work.submission for work in self.works)

    def first(self, count: int) -> Batch:
        """A part, for graders that would take too long over the whole."""
        return Batch(self.name, self.assignment, self.works[:count])

    def surprises(self, scores: Mapping[str, float]) -> list[str]:
        """A sentence for each submission whose score is not what it deserves; `scores` by team."""
        return [
            f"{work.submission.team} got {scores.get(work.submission.team, 'no score')} instead of {deserved:g} ({', '.join(work.answers)})"
            for work in self.works
            if scores.get(work.submission.team) != (deserved := work.expected(self.assignment))
        ]


def batch(notebook: str, size: int = SIZE) -> Batch:
    """The reference batch: all submissions distinct, and all end by themselves."""
    assignment, cases = _load(notebook)
    draw = random.Random(notebook)
    works: list[Work] = []
    seen: set[tuple[str, ...]] = set()
    while len(works) < size:
        chosen = tuple(_answer(draw, cases[problem.id]) for problem in assignment.problems)
        answers = tuple(case.name if case else "reference" for case in chosen)
        if answers in seen:
            continue
        seen.add(answers)
        sources = {problem.solutions[0]: case.source for problem, case in zip(assignment.problems, chosen, strict=True) if case}
        fails = frozenset(test for case in chosen if case for test in case.fails)
        works.append(_work(assignment, len(works), sources, fails, answers))
    return Batch(notebook, assignment, tuple(works))


def ill_batch(notebook: str, size: int = SIZE) -> Batch:
    """The reference batch in which every twentieth submission loops without end in one problem, and every twentieth crashes."""
    well = batch(notebook, size)
    works = list(well.works)
    for place in range(5, size, 10):
        kind, text = ("endless", ENDLESS) if place % 20 == 5 else ("crashing", CRASHING)
        at = place // 10 % len(well.assignment.problems)
        works[place] = _spoiled(well.assignment, works[place], place, at, kind, text)
    return Batch(f"{notebook}, 10 % loops and crashes", well.assignment, tuple(works))


def copies(one: Batch, count: int) -> Batch:
    """The first submission of a batch, handed in by as many teams."""
    first = one.works[0]
    files = first.submission.files
    works = (Work(_submission(one.assignment, number, files), first.fails, first.answers) for number in range(count))
    return Batch(f"{one.name}, {count} copies of one", one.assignment, tuple(works))


def scores(graded: Sequence[Graded]) -> dict[str, float]:
    """Score by team."""
    return {one.submission: one.score for one in graded}


def _load(notebook: str) -> tuple[Assignment, dict[str, list[BankCase]]]:
    folder, answers = NOTEBOOKS[notebook]
    assignment = load_assignment(folder)
    cases = bank(answers, assignment)
    return assignment, {problem.id: [case for case in cases if case.replaces[0] in problem.solutions] for problem in assignment.problems}


def _answer(draw: random.Random, cases: Sequence[BankCase]) -> BankCase | None:
    """One of the right answers, the reference (None) among them, or one of the wrong ones."""
    if draw.random() < RIGHT:
        return draw.choice([None, *(case for case in cases if case.correct)])
    return draw.choice([case for case in cases if not case.correct])


def _work(assignment: Assignment, number: int, sources: dict[str, str], fails: frozenset[str], answers: tuple[str, ...]) -> Work:
    cells = [_handed_in(cell, sources) for cell in assignment.notebook["cells"]]
    files = {assignment.notebook_name: json.dumps({**assignment.notebook, "cells": cells}).encode()}
    return Work(_submission(assignment, number, files), fails, answers)


def _submission(assignment: Assignment, number: int, files: Any) -> Submission:
    return Submission(assignment.slug, f"team-{number:05}", (f"s{number}",), files, fingerprint(files))


def _handed_in(cell: dict[str, Any], sources: dict[str, str]) -> dict[str, Any]:
    """A cell as students have it: their answer, or the author's text without hidden tests and markers."""
    told = cell["metadata"].get("nbgrader", {"solution": False, "grade_id": ""})
    if told["grade_id"] in sources:
        return {**cell, "source": sources[told["grade_id"]]}
    if told["solution"]:
        return {**cell, "source": "\n".join(line for line in cell["source"].split("\n") if not line.strip().startswith("### "))}
    return {**cell, "source": released(cell["source"], cell["cell_type"])}


def _spoiled(assignment: Assignment, work: Work, number: int, at: int, kind: str, text: str) -> Work:
    problem: Problem = assignment.problems[at]
    notebook = json.loads(work.submission.files[assignment.notebook_name])
    sources = {problem.solutions[0]: text.format(name=problem.solutions[0])}
    notebook["cells"] = [
        {**cell, "source": sources.get(cell["metadata"].get("nbgrader", {}).get("grade_id", ""), cell["source"])}
        for cell in notebook["cells"]
    ]
    files = {assignment.notebook_name: json.dumps(notebook).encode()}
    answers = (*work.answers[:at], kind, *work.answers[at + 1 :])
    fails = work.fails | {test.id for test in problem.tests}
    return Work(_submission(assignment, number, files), fails, answers)
