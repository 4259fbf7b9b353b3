"""A small course with a ledger: eight teams of two have handed in hw03-eigen-svd, and what their tests said is recorded.

`course` is its Workplace. Teams 1 to 7 wrote solutions of their own (reference and bank), team 8 copied team 1 with other names.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import pytest

from autograder.authoring import bank, load_assignment, solution_cells
from autograder.course import Folders
from autograder.jobs import Workplace, workplace
from autograder.model import Assignment, Graded, ProblemResult, Role, Status, TestResult
from autograder.qualification import with_answers
from tests.similarity.disguises import disguised, without_docstring

ROOT = Path(__file__).parents[2]
SLUG = "hw03-eigen-svd"
DUE = datetime(2027, 1, 24, 21, 59, tzinfo=UTC)
NOW = datetime(2027, 2, 1, 12, tzinfo=UTC)
TEAMS = 8


class Clock:
    now = DUE - timedelta(days=6)

    def __call__(self) -> datetime:
        return self.now


def checkout(root: Path) -> Folders:
    (root / "assignments").symlink_to(ROOT / "assignments")
    (root / "course.toml").write_bytes((ROOT / "courses" / "demo.toml").read_bytes())
    return Folders(root, root / "state")


@cache
def notebooks() -> list[bytes]:
    """What each team hands in: of each problem the solutions there are, dealt out evenly; the last team copies the first."""
    assignment = assignment_of()
    reference = solution_cells(assignment.notebook)
    by_cells: dict[tuple[str, ...], list[Mapping[str, str]]] = {}
    for case in bank(ROOT / "assignments" / SLUG, assignment):
        if case.correct:
            first, *others = case.replaces
            by_cells.setdefault(case.replaces, []).append({first: without_docstring(case.source)} | dict.fromkeys(others, ""))
    teams, rng = [dict(reference) for _ in range(TEAMS - 1)], random.Random(0)
    for cases in by_cells.values():
        choices = [{name: reference[name] for name in cases[0]}, *cases]
        for place, team in enumerate(rng.sample(teams, len(teams))):
            team |= choices[place % len(choices)]
    teams.append({name: disguised(text, "renamed") if "def " in text else text for name, text in teams[0].items()})
    return [json.dumps(with_answers(assignment.notebook, cells)).encode() for cells in teams]


def outcome(assignment: Assignment, team: int) -> tuple[ProblemResult, ...]:
    """Recorded results: team t fails the hidden tests of the first t problems; the written answer waits."""
    found = []
    for number, problem in enumerate(assignment.problems):
        if problem.by_hand:
            waits = TestResult(problem.id, 0.0, problem.points, Status.UNDECIDED)
            found.append(ProblemResult(problem.id, problem.title, 0.0, problem.points, Status.UNDECIDED, (waits,), by_hand=True))
            continue
        tests = tuple(
            TestResult(test.id, 0.0, test.points, Status.WRONG, "Not sorted.", 0.1 * number, test.hidden)
            if test.hidden and number < team
            else TestResult(test.id, test.points, test.points, Status.OK, "", 0.1 * number, test.hidden)
            for test in problem.tests
        )
        score = sum(test.score for test in tests)
        status = Status.OK if all(test.status is Status.OK for test in tests) else Status.WRONG
        found.append(ProblemResult(problem.id, problem.title, score, sum(t.max_score for t in tests), status, tests))
    return tuple(found)


@cache
def assignment_of() -> Assignment:
    return load_assignment(ROOT / "assignments" / SLUG)


@pytest.fixture
def assignment() -> Assignment:
    return assignment_of()


@pytest.fixture
def course(tmp_path: Path, assignment: Assignment) -> Iterator[Workplace]:
    clock = Clock()
    with workplace(checkout(tmp_path), clock=clock) as work:
        fill(work, clock, assignment)
        yield work


def fill(work: Workplace, clock: Clock, assignment: Assignment) -> None:
    """Enrol, publish, pair, hand in and record."""
    ledger, name = work.ledger, work.course.id
    ledger.enrol(name, "tina", Role.TA, name="Tina", actor="root")
    ledger.publish(
        name, SLUG, title=assignment.title, opens=None, due=DUE, pairs_lock=None, team=assignment.team, version=assignment.version,
        archive=b"zip", points=assignment.points, actor="root",
    )  # fmt: skip
    for team, content in enumerate(notebooks()):
        members = [f"s{team}a", f"s{team}b"]
        for member in members:
            ledger.enrol(name, member, Role.STUDENT, name=member.upper(), actor="root")
        ledger.assign_team(name, SLUG, members, actor="root")
        clock.now += timedelta(hours=20)
        ledger.submit(name, SLUG, members[0], {assignment.notebook_name: content})
    for team, row in enumerate(ledger.effective(name, SLUG)):
        problems = outcome(assignment, team)
        graded = Graded(
            row.team,
            row.members,
            SLUG,
            sum(p.score for p in problems),
            assignment.points,
            problems,
            Status.UNDECIDED,
            1.0,
            "e",
            {},
            row.sha256,
        )
        ledger.record(name, graded, assignment_version=assignment.version, engine="e", actor="root")
