"""The verbs of a regrade. The workers grade; this process alone records."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass

from autograder import gradebook
from autograder.grading import engine_version, grade_all, put_together
from autograder.jobs import Workplace, pull
from autograder.ledger import Change, Regrade, SubmissionRow
from autograder.model import Assignment, Graded, RuleError, Status
from autograder.words import text


@dataclass(frozen=True)
class Pending:
    """What a regrade is about to do."""

    assignment: Assignment
    regrade: Regrade
    waiting: tuple[SubmissionRow, ...]
    done: int  # pieces of work that this regrade has graded before


def prepare(work: Workplace, slug: str, *, everything: bool = False, actor: str) -> Pending:
    """Open a regrade with the assignment as its author text says it now, or go on with the open one.

    everything  all submissions, not only those that count
    """
    assignment, ledger, course = work.assignment(slug), work.ledger, work.course.id
    rows = ledger.submissions(course, slug) if everything else ledger.effective(course, slug)
    if not rows:
        raise RuleError(text("Nobody has handed in {slug}, so there is nothing to grade again.", slug=slug), code="unknown-submission")
    regrade = ledger.regrades.begin(course, slug, version=assignment.version, engine=engine_version(assignment), actor=actor)
    done = {
        piece for piece, result in ledger.regrades.results(regrade).items()
        if result.status is not Status.UNDECIDED and result.engine == regrade.engine
    }  # fmt: skip
    newest = {(row.team, row.sha256): row for row in rows}
    waiting = tuple(row for piece, row in newest.items() if piece not in done)
    return Pending(assignment, regrade, waiting, len(newest) - len(waiting))


def grade(
    work: Workplace, pending: Pending, *, workers: int, actor: str, started: Callable[[], None] = lambda: None, unsafe: bool = False
) -> Iterator[Graded]:
    """Grade what waits; yields each submission when its result is in the ledger, beside the grade that counts.

    unsafe  grade as well where this machine cannot confine student code; the results say so, and are not taken for done later
    """
    submissions = [work.ledger.load(row) for row in pending.waiting]
    for graded in grade_all(pending.assignment, submissions, secret=work.secret, workers=workers, started=started, unsafe=unsafe):
        work.ledger.regrades.record(pending.regrade, graded, json.dumps(graded.notebook).encode(), actor=actor)
        yield graded


def publish(
    work: Workplace, slug: str, *, reason: str, actor: str, keep_better: bool = False, only: Collection[str] = ()
) -> tuple[Change, ...]:
    """Let the results of the newest regrade count, and show them in nbgrader's gradebook; answers what was published.

    The ledger comes first, in one write: if this is cut off, the same command again finishes the gradebook.
    """
    assignment, ledger = work.assignment(slug), work.ledger
    regrade = ledger.regrades.newest(work.course.id, slug)
    if regrade.version != assignment.version:
        raise RuleError(
            text("{slug} has changed since it was graded again. Discard that regrade, and grade again with the new version.", slug=slug),
            code="stale",
        )
    pull(work, slug)
    published = ledger.regrades.publish(regrade, reason=reason, keep_better=keep_better, only=only, actor=actor)
    changed = {change.work for change in published}
    results = ledger.regrades.results(regrade)
    gradebook.register(work.folders, assignment)
    for row in ledger.effective(work.course.id, slug):
        piece = (row.team, row.sha256)
        if piece in changed:
            submission, result = ledger.load(row), results[piece]
            notebook = json.loads(ledger.regrades.notebook(regrade, piece))
            gradebook.collect(work.folders, [submission])
            graded = put_together(assignment, submission, result.problems, notebook, 0.0, result.engine)
            gradebook.record(work.folders, assignment, graded)
    return published


def discard(work: Workplace, slug: str, *, reason: str, actor: str) -> Regrade:
    """Leave all grades as they are."""
    ledger = work.ledger
    ledger.regrades.discard(ledger.regrades.newest(work.course.id, slug), reason=reason, actor=actor)
    return ledger.regrades.newest(work.course.id, slug)
