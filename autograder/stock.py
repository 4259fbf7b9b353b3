"""A course that nbgrader alone has kept, graded in its place: its notebooks, its submissions, its gradebook.

An assignment has one or several notebooks; each is a `model.Assignment` of its own, with the tests that nbgrader stored when it
generated the release and the solutions of the source. `load` reads one, `calibrated` finds out once how its tests run apart from the
student's code, `grade` gives each submission the scores that nbgrader 0.9.6 gives to honest work, and records them as nbgrader would.
Where nbgrader leaves a score to a person, so does this. What differs is listed in docs/nbgrader.md.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from time import perf_counter
from typing import Any

import autograder
from autograder import gradebook
from autograder.execution import UNDECIDED, Engine, Outcome, side_by_side
from autograder.execution.calibration import calibrated as tried
from autograder.execution.calibration import decided, free_names, problems_of, together, verdict
from autograder.execution.plan import bound
from autograder.execution.rebuild import Rebuilt, flag, grade_id, parse, rebuild_stock, text_of
from autograder.gradebook import CourseFolder
from autograder.grading import changes_seen, engine_version, judged, put_together, seed_key, with_outputs
from autograder.ledger import fingerprint
from autograder.model import (
    Assignment,
    AssignmentError,
    Graded,
    Limits,
    Needs,
    Problem,
    ProblemResult,
    Status,
    Submission,
    SubmissionError,
    TestResult,
)
from autograder.scoring import graded_status, total

MEMORY = 4096 * 2**20
"""Bytes of each process: nbgrader sets no limit."""
UNANSWERED = "No response."
ABSENT = "The notebook was not handed in."


@dataclass(frozen=True)
class Stock:
    """An assignment of a stock course: its notebooks by their names, and what students received in the cells that they fill in."""

    name: str
    notebooks: tuple[Assignment, ...]
    stubs: Mapping[str, Mapping[str, str]]  # file name -> grade_id -> text

    @property
    def apart(self) -> Mapping[str, str]:
        """The tests that run in the student's process, "notebook/grade_id", with the reason."""
        return {f"{n.stem}/{test}": need.together for n in self.notebooks for test, need in n.needs.items() if need.together}


def assignments(place: CourseFolder) -> tuple[str, ...]:
    """The assignments that have a source."""
    return tuple(place.found("source", student="."))


def load(place: CourseFolder, name: str) -> Stock:
    """One assignment, from its source and from what nbgrader stored of it."""
    files = place.files("source", ".", name)
    sources = {file: content for file, content in files.items() if file.endswith(".ipynb") and "/" not in file}
    if not sources:
        where = str(place.path("source", ".", name))
        raise AssignmentError("there is no source notebook; name the course's folder and an assignment of it", file=where)
    beside = {file: content for file, content in files.items() if not file.endswith(".ipynb")}
    limits = Limits(cpu=20 * place.cell_seconds, wall=4 * place.cell_seconds, memory=MEMORY)
    notebooks, stubs = [], {}
    for file, stored in sorted(gradebook.released(place, name).items()):
        source = parse(sources[file], file=file)
        cells = [_cell(number, told, own) for number, (told, own) in enumerate(zip(stored["cells"], source["cells"], strict=True))]
        stubs[file] = {grade_id(cell): text_of(cell) for cell in stored["cells"] if flag(cell, "solution")}
        notebook = {**stored, "nbformat": 4, "nbformat_minor": 5, "cells": cells}
        problems = problems_of(notebook, {}, seconds=place.cell_seconds)
        points = float(sum(problem.points for problem in problems))
        made = Assignment(name, name, "homework", points, problems, notebook, limits, limit_factor=1.0, file=file, stock=True)
        made = replace(made, beside=beside)
        notebooks.append(replace(made, version=_version(made, place.cell_seconds)))
    return Stock(name, tuple(notebooks), stubs)


def _cell(number: int, stored: Mapping[str, Any], own: Mapping[str, Any]) -> dict[str, Any]:
    """A cell as nbgrader stored it, with the source's solution; with an id, which old notebooks lack."""
    text = text_of(own) if flag(stored, "solution") else text_of(stored)
    return {**stored, "id": stored.get("id") or f"cell-{number}", "source": text}


def _version(assignment: Assignment, seconds: float) -> str:
    told = [assignment.notebook, {name: hashlib.sha256(content).hexdigest() for name, content in assignment.beside.items()}, seconds]
    return hashlib.sha256(json.dumps([autograder.__version__, told], sort_keys=True).encode()).hexdigest()


def calibrated(stock: Stock, *, state: Path, seconds: float, slot: int = 0, unsafe: bool = False) -> Stock:
    """The assignment with what its tests need; tried with the author's own solutions when this version was not tried before."""
    places = {n.file: state / "calibration" / f"{n.version}.json" for n in stock.notebooks}
    if any(not place.exists() for place in places.values()):
        with Engine(slot=slot, unsafe=unsafe) as engine:
            for notebook in stock.notebooks:
                if not places[notebook.file].exists():
                    needs = tried(notebook, engine, seconds=seconds).needs
                    _write(places[notebook.file], json.dumps({test: asdict(need) for test, need in needs.items()}, indent=1))
    known = []
    for notebook in stock.notebooks:
        told = json.loads(places[notebook.file].read_text())
        needs = {test: _needs(need) for test, need in told.items()}
        known.append(replace(notebook, needs=needs, problems=problems_of(notebook.notebook, needs, seconds=seconds)))
    return replace(stock, notebooks=tuple(known))


def _needs(told: dict[str, Any]) -> Needs:
    fields: dict[str, Any] = {key: tuple(value) if isinstance(value, list) else value for key, value in told.items()}
    return Needs(**fields)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_suffix(f".{os.getpid()}")
    new.write_text(text)
    os.replace(new, path)


def submissions(place: CourseFolder, stock: Stock) -> tuple[tuple[Submission, ...], tuple[tuple[str, str], ...]]:
    """What was handed in, by the names of the students' folders; and (name, reason) for what holds no notebook of the assignment."""
    found, refused = [], []
    for student in place.found("submitted", assignment=stock.name):
        files = place.files("submitted", student, stock.name)
        if any(n.file in files for n in stock.notebooks):
            work = {name: content for name, content in files.items() if name != gradebook.TIMESTAMP}
            found.append(Submission(stock.name, student, (student,), files, fingerprint(work)))
        else:
            wanted, there = ", ".join(n.file for n in stock.notebooks), ", ".join(sorted(files)) or "nothing"
            refused.append((student, f"needs {wanted}; there is {there}"))
    return tuple(found), tuple(refused)


def grade(
    place: CourseFolder,
    stock: Stock,
    works: Sequence[Submission],
    *,
    secret: bytes,
    workers: int,
    slot: int = 0,
    started: Callable[[], None] = lambda: None,
    unsafe: bool = False,
) -> Iterator[Graded]:
    """Grade these submissions and record them in the course; yields each when it is recorded, its notebooks as one. The same work
    handed in twice runs once.

    unsafe  grade as well where this machine cannot confine student code; the results say so
    """
    for notebook in stock.notebooks:
        gradebook.register(place, notebook, stock.stubs[notebook.file])
    same: dict[str, list[Submission]] = {}
    for work in works:
        same.setdefault(work.sha256, []).append(work)

    def one(engine: Engine, copies: list[Submission]) -> list[tuple[Submission, list[tuple[Assignment, Graded]]]]:
        done = [(n, grade_notebook(n, stock.stubs[n.file], copies[0], place, engine, secret)) for n in stock.notebooks]
        said = [(n, replace(g, engine=g.engine + engine.warm.remark)) for n, g in done]
        return [(copy, [(n, replace(g, submission=copy.team, members=copy.members)) for n, g in said]) for copy in copies]

    for results in side_by_side(one, list(same.values()), workers=workers, started=started, slot=slot, unsafe=unsafe):
        for _, graded in results:
            gradebook.record_notebooks(place, graded)
            yield _as_one(graded)


def grade_notebook(
    notebook: Assignment, stubs: Mapping[str, str], work: Submission, place: CourseFolder, engine: Engine, secret: bytes
) -> Graded:
    """One notebook of one submission, whatever happens: when our machinery fails, it waits for a person."""
    start = perf_counter()
    empty = rebuild_stock(notebook.notebook, {"cells": []})
    if notebook.file not in work.files:
        absent = [_all(p, Status.WRONG, ABSENT) for p in notebook.problems]
        return _graded(notebook, work, absent, {**empty.notebook, "cells": []}, start)
    try:
        return _one(notebook, stubs, work, place, engine, secret)
    except SubmissionError as error:
        said, detail = str(error), ""
    except Exception as error:
        said, detail = UNDECIDED, f"{type(error).__name__}: {error}"
    return _graded(notebook, work, [_all(p, Status.UNDECIDED, said, detail) for p in notebook.problems], empty.notebook, start)


def _one(notebook: Assignment, stubs: Mapping[str, str], work: Submission, place: CourseFolder, engine: Engine, secret: bytes) -> Graded:
    start = perf_counter()
    rebuilt = rebuild_stock(notebook.notebook, parse(work.files[notebook.file], file=notebook.file))
    own = place.kept.get(notebook.slug, ())
    files = {name: content for name, content in work.files.items() if not name.endswith(".ipynb") and name != gradebook.TIMESTAMP}
    files |= {name: content for name, content in notebook.beside.items() if name not in own}
    key = seed_key(secret, notebook.slug, work.sha256)
    runs, ends = engine.run(notebook, rebuilt, key=key, files=files)
    outcomes = {o.id: o for run in runs for o in judged(notebook, run, engine, key)}
    points = {test.id: test.points for problem in notebook.problems for test in problem.tests}
    results = {name: _result(outcome, points[name]) for name, outcome in outcomes.items()}
    results |= _seen_changed(notebook, rebuilt, outcomes, results, engine, key, files)
    results |= _for_a_person(notebook, rebuilt, results)
    if aside := {name for name in points if notebook.needs.get(name, Needs()).together}:
        for name, ran in together(notebook, engine, rebuilt.notebook, seconds=place.cell_seconds, files=files).items():
            if name in aside:
                status, score, message = verdict(ran, points[name])
                results[name] = TestResult(name, score, points[name], status, message, round(ran.seconds, 4), trusted=False)
    problems = [_by_hand(p, rebuilt, stubs) if p.by_hand else _scored(p, results) for p in notebook.problems]
    return _graded(notebook, work, problems, with_outputs(rebuilt, ends), start)


def _result(outcome: Outcome, points: float) -> TestResult:
    status, score, message = decided(outcome, points)
    return TestResult(outcome.id, score, points, status, message, round(outcome.seconds, 4), detail=outcome.detail)


def _seen_changed(
    notebook: Assignment,
    rebuilt: Rebuilt,
    outcomes: Mapping[str, Outcome],
    results: Mapping[str, TestResult],
    engine: Engine,
    key: bytes,
    files: Mapping[str, bytes],
) -> dict[str, TestResult]:
    """The results of tests whose arguments the student's code changed, where the author's does not: the worse of those with the change
    seen and unseen."""
    again = [
        _result(outcome, results[outcome.id].max_score)
        for outcome in changes_seen(notebook, rebuilt, outcomes, engine=engine, key=key, files=files)
    ]
    return {result.id: result for result in again if result.score < results[result.id].score}


def _for_a_person(notebook: Assignment, rebuilt: Rebuilt, results: Mapping[str, TestResult]) -> dict[str, TestResult]:
    """Failed tests that bind a name which the student's functions read, and nothing of his binds: in one process it would have been found.
    It cannot be given to him, since he may name anything; so a person looks."""
    students = [text_of(cell) for cell in rebuilt.cells if cell["cell_type"] == "code" and not flag(cell, "grade")]
    lacking = set().union(*map(free_names, students)) - set().union(*map(bound, students)) if students else set()
    found: dict[str, TestResult] = {}
    before: set[str] = set()
    for cell in rebuilt.cells:
        result = results.get(grade_id(cell))
        if result is None:
            continue
        before |= bound(text_of(cell))
        if result.status is Status.ERROR and "NameError" in result.message and (names := sorted(lacking & before)):
            said = f"A function reads {', '.join(names)}, which only the tests define. A person will look; it does not count against you."
            found[result.id] = replace(result, score=0.0, status=Status.UNDECIDED, message=said)
    return found


def _by_hand(problem: Problem, rebuilt: Rebuilt, stubs: Mapping[str, str]) -> ProblemResult:
    """What a person marks; an answer that is still as it was handed out has no points, as in nbgrader."""
    name = problem.solutions[0]
    unanswered = name in stubs and rebuilt.answers.get(name) == stubs[name]
    return _all(problem, Status.WRONG, UNANSWERED) if unanswered else _all(problem, Status.UNDECIDED, "")


def _all(problem: Problem, status: Status, message: str, detail: str = "") -> ProblemResult:
    """A problem in which everything ended alike, without points."""
    cells = [(problem.solutions[0], problem.points)] if problem.by_hand else [(test.id, test.points) for test in problem.tests]
    tests = tuple(TestResult(name, 0.0, points, status, message, detail=detail) for name, points in cells)
    return ProblemResult(problem.id, problem.title, 0.0, problem.points, status, tests, problem.by_hand)


def _scored(problem: Problem, results: Mapping[str, TestResult]) -> ProblemResult:
    waiting = {test.id: TestResult(test.id, 0.0, test.points, Status.UNDECIDED, UNDECIDED) for test in problem.tests}
    tests = tuple(replace(results.get(test.id, waiting[test.id]), hidden=test.hidden) for test in problem.tests)
    status = next((test.status for test in tests if test.status is not Status.OK), Status.OK)
    return ProblemResult(problem.id, problem.title, sum(test.score for test in tests), problem.points, status, tests)


def _graded(notebook: Assignment, work: Submission, problems: Sequence[ProblemResult], cells: Mapping[str, Any], start: float) -> Graded:
    return put_together(notebook, work, tuple(problems), cells, perf_counter() - start, engine_version(notebook))


def _as_one(graded: Sequence[tuple[Assignment, Graded]]) -> Graded:
    """The notebooks of one submission as one result. Where there are several, ids begin with the notebook's name."""
    if len(graded) == 1:
        return graded[0][1]
    problems = tuple(
        replace(p, id=f"{n.stem}/{p.id}", tests=tuple(replace(t, id=f"{n.stem}/{t.id}") for t in p.tests))
        for n, g in graded
        for p in g.problems
    )
    first = graded[0][1]
    score, max_score = total(problems)
    seconds = round(sum(g.seconds for _, g in graded), 3)
    engines = ", ".join(dict.fromkeys(part for _, g in graded for part in g.engine.split(", ")))
    return replace(
        first, score=score, max_score=max_score, problems=problems, status=graded_status(problems), seconds=seconds, engine=engines
    )
