"""Attacks earn what they deserve, learn nothing, leave nothing running, and harm nobody after them."""

from __future__ import annotations

import json
import os
import re
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.execution import Engine
from autograder.execution.rebuild import grade_id
from autograder.feedback import page
from autograder.grading import grade, grade_all
from autograder.jobs import read_folder
from autograder.ledger import fingerprint
from autograder.model import Assignment, Graded, Submission
from tests.attacks.planted import SECRET, leaks, planted, running
from tests.golden.cases import Case, base, extra_cell, read_cases

CASES = read_cases(Path(__file__).parent)
FULL = 12
SETTLED = 10.0
"""Seconds in which what is being killed must be gone."""


def marked(case: Case) -> object:
    holes = [pytest.mark.xfail(strict=True, reason=case.hole)] if case.hole else []
    return pytest.param(case, id=case.name, marks=[*holes, *([pytest.mark.long] if case.long else [])])


def quick(assignment: Assignment) -> Assignment:
    """Stopped after a second or two instead of the usual."""
    problems = tuple(replace(problem, seconds=0.4) for problem in assignment.problems)
    return replace(assignment, problems=problems, limits=replace(assignment.limits, wall=3.0, cpu=6.0))


def submission(files: dict[str, bytes], name: str = "attacker") -> Submission:
    return Submission("six", name, (name,), files, fingerprint(files))


def deserved(case: Case, assignment: Assignment) -> dict[str, float]:
    return {problem.id: float(case.deserves.get(problem.id, 0)) for problem in assignment.problems}


def earned(graded: Graded) -> dict[str, float]:
    return {problem.id: problem.score for problem in graded.problems}


def told(graded: Graded) -> str:
    return "\n".join(f"{t.id}: {t.status} {t.message} {t.detail[-300:]}" for p in graded.problems for t in p.tests)


def reference(assignment: Assignment, number: int = 0) -> Submission:
    case = Case(Path("honest"), "", "", {}, {}, others="reference")
    files = case.files(assignment)
    return submission({name: content + b" " * number for name, content in files.items()}, f"honest-{number:02}")


@pytest.fixture(scope="session")
def usual(engine: Engine, six: Assignment) -> int:
    """How many processes there are between two submissions."""
    assert grade(planted(six), reference(six), engine=engine, secret=SECRET).score == FULL
    return len(running(os.getpid()))


def settles(condition: Callable[[], bool]) -> bool:
    """Whether this holds soon: processes that were killed take a moment to be gone."""
    end = time.monotonic() + SETTLED
    while not (holds := condition()) and time.monotonic() < end:
        time.sleep(0.05)
    return holds


@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_an_attack_earns_what_it_deserves_and_does_no_harm(case: Case, six: Assignment, engine: Engine, usual: int) -> None:
    assignment = quick(planted(six)) if case.quick else planted(six)
    handed_in = submission(case.files(six))
    graded = grade(assignment, handed_in, engine=engine, secret=SECRET)
    assert earned(graded) == deserved(case, six), told(graded)
    statuses = {test.id: test.status for problem in graded.problems for test in problem.tests}
    assert {name: statuses[name] for name in case.status} == case.status, told(graded)
    assert set(graded.awaiting) <= {name for name, status in case.status.items() if status == "undecided"}, told(graded)
    assert leaks(assignment, graded, handed_in) == []
    assert harmless(assignment, graded)
    assert settles(lambda: len(running(os.getpid())) <= usual), running(os.getpid())
    after = grade(planted(six), reference(six), engine=engine, secret=SECRET)
    assert after.score == FULL, told(after)


def harmless(assignment: Assignment, graded: Graded) -> bool:
    """Whether a browser that shows it runs nothing of the student's."""
    text = page(assignment, graded, team=graded.submission, members=graded.members, number=1, submitted_at=None, marks={})
    shown = [mime for cell in graded.notebook["cells"] for output in cell.get("outputs", []) for mime in output.get("data", {})]
    return not re.search(r"<script>|<img[^>]*onerror|<svg[^>]*onload", text) and set(shown) <= {"text/plain", "image/png"}


@pytest.mark.parametrize("case", [marked(case) for case in CASES if case.links or (case.folder / "submission").exists()])
def test_it_earns_no_more_through_the_door_of_a_folder(case: Case, six: Assignment, engine: Engine, tmp_path: Path) -> None:
    case.write(six, tmp_path / "handed-in" / "attacker")
    found, refused = read_folder(tmp_path / "handed-in", six)
    assert len(found) + len(refused) == 1
    for one in found:
        graded = grade(planted(six), one, engine=engine, secret=SECRET)
        assert earned(graded) == deserved(case, six), told(graded)
        assert leaks(planted(six), graded, one) == []


def test_nothing_is_handed_from_one_submission_to_the_next(six: Assignment, engine: Engine) -> None:
    first, second = (submission({"six.ipynb": notebook(six, after_setup=text)}) for text in (LEAVE, FIND))
    left, found = (printed(grade(six, one, engine=engine, secret=SECRET)) for one in (first, second))
    assert "left 0" not in left and "left" in left
    assert found.split() == ["found", "[]"]


LEAVE = """
import glob, json, os, socket, sys, tempfile, threading
import autograder.checks, numpy.testing
left = 0
for place in {tempfile.gettempdir(), os.getcwd(), os.path.expanduser("~"), "/tmp",
              "/var/tmp", "/dev/shm", "/run", "/", "/grading", *sys.path}:
    try:
        with open(os.path.join(place, "left-behind"), "w") as file:
            file.write("left-behind")
        left += 1
    except OSError: pass
for family, address in ((socket.AF_UNIX, "\\0left-behind"), (socket.AF_INET, ("127.0.0.1", 47613))):
    try:
        listening = socket.socket(family)
        listening.bind(address)
        listening.listen()
        left += 1
        if os.fork() == 0:
            os.setsid()
            listening.accept()
    except OSError: pass
numpy.testing.left_behind = sys.left_behind = autograder.checks.left_behind = True
os.environ["left_behind"] = "1"
print("left", left)
"""
FIND = """
import glob, os, socket, sys, tempfile
import autograder.checks, numpy.testing
found = [p for p in os.environ if "left_behind" in p]
found += [m.__name__ for m in (sys, numpy.testing, autograder.checks) if hasattr(m, "left_behind")]
for place in {tempfile.gettempdir(), os.getcwd(), os.path.expanduser("~"), "/tmp",
              "/var/tmp", "/dev/shm", "/run", "/", "/grading", *sys.path}:
    found += glob.glob(os.path.join(place, "left-behind"))
for family, address in ((socket.AF_UNIX, "\\0left-behind"), (socket.AF_INET, ("127.0.0.1", 47613))):
    try:
        socket.socket(family).connect(address)
        found.append(str(address))
    except OSError: pass
print("found", found)
"""


def notebook(assignment: Assignment, *, after_setup: str) -> bytes:
    """The reference with one more cell."""
    made = base(assignment, "reference")
    at = next(i for i, cell in enumerate(made["cells"]) if grade_id(cell) == "setup")
    made["cells"].insert(at + 1, extra_cell(after_setup))
    return json.dumps(made).encode()


def printed(graded: Graded) -> str:
    """What the student's cells printed."""
    return "".join(output.get("text", "") for cell in graded.notebook["cells"] for output in cell.get("outputs", []))


def test_what_is_planted_would_be_seen(six: Assignment, engine: Engine) -> None:
    handed_in = reference(six)
    graded = grade(planted(six), handed_in, engine=engine, secret=SECRET)
    assert leaks(planted(six), graded, handed_in) == []
    cells = [dict(cell) for cell in graded.notebook["cells"]]
    cells[1]["outputs"] = [{"output_type": "stream", "name": "stdout", "text": "kestrel"}]
    assert len(leaks(planted(six), replace(graded, notebook={**graded.notebook, "cells": cells}), handed_in)) >= 1


@pytest.mark.long
def test_a_batch_with_one_of_every_attack_gives_the_good_ones_their_exact_scores(six: Assignment, usual: int) -> None:
    attacks = {case.name: case for case in CASES}
    bad = [submission(case.files(six), case.name) for case in CASES]
    good = [reference(six, number) for number in range(40)]
    batch = list(mixed(bad, good))
    assignment = quick(planted(six))
    results = {graded.submission: graded for graded in grade_all(assignment, batch, secret=SECRET, workers=2)}
    assert {name: graded.score for name, graded in results.items() if name.startswith("honest-")} == {
        one.team: FULL for one in good}
    wrong = {name: (earned(results[name]), told(results[name])) for name, case in attacks.items()  # under quick limits some earn less
             if any(points > deserved(case, six)[problem] for problem, points in earned(results[name]).items())}
    assert not wrong
    assert settles(lambda: len(running(os.getpid())) <= usual), running(os.getpid())


def mixed(bad: list[Submission], good: list[Submission]) -> Iterator[Submission]:
    """The good ones spread among the bad."""
    for number in range(max(len(bad), len(good))):
        yield from bad[number:number + 1]
        yield from good[number:number + 1]
