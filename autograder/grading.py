"""Grade one submission, or a batch: from files to typed outcomes and points.

`grade` has no database, clock, working directory or printing: an assignment, a submission, a running engine and the course's
secret give a `Graded`, the same one every time. Whoever calls it records. A batch is the same function in as many threads as
workers: a thread only waits for its own engine's processes, which do the work, so that nothing needs to be pickled or shared.

What could not be decided is `undecided` and waits for a person. Where the student's process failed while it was asked, the
problem was tried twice in fresh processes; if the reference passes the same test with the same seed, the failure is the student's,
otherwise it is ours.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from time import perf_counter
from typing import Any

import autograder
from autograder.execution import UNDECIDED, CellEnd, Engine, Outcome, ProblemRun, Rebuilt, rebuild, side_by_side
from autograder.execution.rebuild import parse, rebuild_stock
from autograder.model import Assignment, Graded, Needs, Problem, ProblemResult, Status, Submission, SubmissionError, TestResult
from autograder.scoring import graded_status, problem_result, total

BROKEN = (Status.TIMEOUT, Status.MEMORY, Status.CRASHED)


def seed_key(secret: bytes, slug: str, sha256: str) -> bytes:
    """The key of a submission's hidden inputs: the same at every re-grade, another for other work (32 bytes)."""
    return hmac.new(secret, f"seeds|{slug}|{sha256}".encode(), hashlib.sha256).digest()


def engine_version(assignment: Assignment) -> str:
    """What a grade was computed by: the engine and the assignment's text."""
    return f"autograder {autograder.__version__}, {assignment.stem} {assignment.version[:12]}"


def grade(assignment: Assignment, submission: Submission, *, engine: Engine, secret: bytes) -> Graded:
    """Grade one submission. A notebook that cannot be read leaves every test undecided, with the reason as its message."""
    start = perf_counter()
    try:
        if assignment.notebook_name not in submission.files:
            there = ", ".join(sorted(submission.files)) or "nothing"
            raise SubmissionError(f"The submission has no {assignment.notebook_name}; it holds {there}.", file=assignment.notebook_name)
        submitted = parse(submission.files[assignment.notebook_name], file=assignment.notebook_name)
    except SubmissionError as error:
        return _graded(assignment, submission, {}, _empty(assignment), perf_counter() - start, reason=str(error))
    rebuilt = rebuild(assignment.notebook, submitted)
    key = seed_key(secret, assignment.slug, submission.sha256)
    beside = {name: content for name, content in submission.files.items() if name != assignment.notebook_name}
    runs, ends = engine.run(assignment, rebuilt, key=key, files=beside)
    outcomes = {o.id: o for run in runs for o in judged(assignment, run, engine, key)}
    seen = changes_seen(assignment, rebuilt, outcomes, engine=engine, key=key, files=beside)
    outcomes |= {o.id: o for o in seen if o.status is not Status.OK}
    return _graded(assignment, submission, outcomes, with_outputs(rebuilt, ends), perf_counter() - start)


def with_outputs(rebuilt: Rebuilt, ends: Mapping[int, CellEnd]) -> Mapping[str, Any]:
    """The rebuilt notebook with what the student's cells put out."""
    cells = [{**cell, "outputs": list(ends[index].outputs)} if index in ends else cell for index, cell in enumerate(rebuilt.cells)]
    return {**rebuilt.notebook, "cells": cells}


def _reference(assignment: Assignment, *, engine: Engine, key: bytes, only: Sequence[str] = ()) -> dict[str, Outcome]:
    """The outcomes of the author's own solutions."""
    solved = (rebuild_stock if assignment.stock else rebuild)(assignment.notebook, assignment.notebook)
    runs = engine.outcomes(assignment, solved, key=key, only=only, files=assignment.beside)
    return {o.id: o for run in runs for o in run.outcomes}


def as_graded(assignment: Assignment, submission: Submission, problems: tuple[ProblemResult, ...], *, engine: str) -> Graded:
    """A grade that was recorded earlier, with its notebook rebuilt from the submission (without outputs)."""
    try:
        submitted = parse(submission.files.get(assignment.notebook_name, b""), file=assignment.notebook_name)
    except SubmissionError:
        submitted = {"cells": []}
    return put_together(assignment, submission, problems, rebuild(assignment.notebook, submitted).notebook, 0.0, engine)


def put_together(
    assignment: Assignment,
    submission: Submission,
    problems: tuple[ProblemResult, ...],
    notebook: Mapping[str, Any],
    seconds: float,
    engine: str,
) -> Graded:
    """The result of one notebook from those of its problems."""
    score, max_score = total(problems)
    return Graded(
        submission.team,
        submission.members,
        assignment.slug,
        score,
        max_score,
        problems,
        graded_status(problems),
        round(seconds, 3),
        engine,
        notebook,
        submission.sha256,
    )


def judged(assignment: Assignment, run: ProblemRun, engine: Engine, key: bytes) -> Iterator[Outcome]:
    """The outcomes of a problem, with the blame for broken ones settled by the reference."""
    if not any(o.status in BROKEN for o in run.outcomes):
        yield from run.outcomes
        return
    reference = _reference(assignment, engine=engine, key=key, only=[run.problem])
    for outcome in run.outcomes:
        if outcome.status in BROKEN and reference[outcome.id].status is not Status.OK:
            said = f"{outcome.status}: {outcome.message} {outcome.detail}; the reference: {reference[outcome.id].status}"
            yield replace(outcome, status=Status.UNDECIDED, message=UNDECIDED, detail=said)
        else:
            yield outcome


def changes_seen(
    assignment: Assignment,
    rebuilt: Rebuilt,
    outcomes: Mapping[str, Outcome],
    *,
    engine: Engine,
    key: bytes,
    files: Mapping[str, bytes],
) -> list[Outcome]:
    """The tests that passed unaware that the student's code changed an argument, run again with the change in their own. The worse of both
    counts: a test that its argument stays as it was must see the change, and one that computes what it expects from the argument
    afterwards must not, since student code could make that trivial."""
    unaware = {o.id for o in outcomes.values() if o.changed and o.status is Status.OK}
    if not unaware:
        return []
    needs = {name: replace(assignment.needs.get(name, Needs()), copy_back=True) for name in unaware}
    aware = replace(assignment, needs={**assignment.needs, **needs})
    only = [problem.id for problem in assignment.problems if unaware & {test.id for test in problem.tests}]
    runs = engine.outcomes(aware, rebuilt, key=key, only=only, files=files)
    return [o for run in runs for o in judged(aware, run, engine, key) if o.id in unaware]


def _empty(assignment: Assignment) -> Mapping[str, Any]:
    """The notebook of somebody who answered nothing: never the source itself, which holds the solutions."""
    return rebuild(assignment.notebook, {"cells": []}).notebook


def _graded(
    assignment: Assignment,
    submission: Submission,
    outcomes: Mapping[str, Outcome],
    notebook: Mapping[str, Any],
    seconds: float,
    reason: str = "",
    detail: str = "",
) -> Graded:
    problems = tuple(problem_result(p, _results(p, outcomes, reason, detail)) for p in assignment.problems)
    return put_together(assignment, submission, problems, notebook, seconds, engine_version(assignment))


def _results(problem: Problem, outcomes: Mapping[str, Outcome], reason: str, detail: str) -> list[TestResult]:
    results = []
    for test in problem.tests:
        outcome = outcomes.get(test.id)
        if outcome is not None:
            results.append(
                TestResult(
                    test.id,
                    0.0,
                    test.points,
                    outcome.status,
                    outcome.message,
                    round(outcome.seconds, 4),
                    test.hidden,
                    outcome.detail,
                )
            )
        elif test.points == 0 and not reason:
            results.append(TestResult(test.id, 0.0, 0.0, Status.OK, hidden=test.hidden))
        else:
            results.append(TestResult(test.id, 0.0, test.points, Status.UNDECIDED, reason or UNDECIDED, hidden=test.hidden, detail=detail))
    return results


def grade_all(
    assignment: Assignment,
    submissions: Iterable[Submission],
    *,
    secret: bytes,
    workers: int = 2,
    started: Callable[[], None] = lambda: None,
    unsafe: bool = False,
) -> Iterator[Graded]:
    """Grade a batch; yields each result as it is ready. The same work handed in twice runs once.

    workers  engines side by side; one per core
    started  called once the engines are warm, for a progress display
    unsafe   grade as well where this machine cannot confine student code; the results say so
    """
    same: dict[str, list[Submission]] = {}
    for submission in submissions:
        same.setdefault(submission.sha256, []).append(submission)

    def one(engine: Engine, copies: list[Submission]) -> list[Graded]:
        try:
            graded = grade(assignment, copies[0], engine=engine, secret=secret)
        except Exception as error:  # our machinery: this submission waits for a person, the batch goes on
            said = f"{type(error).__name__}: {error}"
            graded = _graded(assignment, copies[0], {}, _empty(assignment), 0.0, reason=UNDECIDED, detail=said)
        by = graded.engine + engine.warm.remark
        return [replace(graded, submission=copy.team, members=copy.members, engine=by) for copy in copies]

    for results in side_by_side(one, list(same.values()), workers=workers, started=started, unsafe=unsafe):
        yield from results
