"""What counts: which submission decides for whom, how late it is, and which marks hold for it. Pure functions.

The newest submission that names a student decides which team speaks for him; of that team the newest submission in time
counts, else its newest late one. In time is judged by the latest due time among its members, lateness by each one's
own.
"""
from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from autograder.ledger import packing
from autograder.ledger.rows import MarkRow, SubmissionRow
from autograder.model import ProblemResult, Status, SubmissionError

Due = Callable[[str], datetime | None]


def own_due(due: datetime | None, until: datetime | None) -> datetime | None:
    """A student's due time with his extension; an extension never makes it earlier."""
    return due if due is None or until is None else max(due, until)


def in_time(row: SubmissionRow, due: Due) -> bool:
    """By the latest due time among the members."""
    times = [due(member) for member in row.members]
    return any(time is None or row.submitted_at <= time for time in times)


def late_by(row: SubmissionRow, username: str, due: Due) -> timedelta:
    """How long after this member's own due time it came; zero when in time."""
    time = due(username)
    return timedelta() if time is None else max(row.submitted_at - time, timedelta())


def counting(rows: Iterable[SubmissionRow], due: Due) -> dict[str, SubmissionRow]:
    """By username: the submission that counts for him."""
    newest: dict[str, SubmissionRow] = {}
    per_team: dict[str, SubmissionRow] = {}
    for row in sorted(rows, key=lambda row: row.id):
        newest.update(dict.fromkeys(row.members, row))
        if row.team not in per_team or in_time(row, due) or not in_time(per_team[row.team], due):
            per_team[row.team] = row
    return {username: per_team[row.team] for username, row in newest.items()}


def answer_digest(notebook: Mapping[str, Any], others: Mapping[str, str], test_id: str, whole: str) -> str:
    """What a mark was given for, so that it can be recognised in a later submission.

    A written answer is its own cell with the other files of the submission (`others`: name → SHA-256), to which it
    may refer. The answer to a test is the whole work (`whole`, its SHA-256), because any line may have decided it.
    """
    cells = [cell for cell in notebook.get("cells", ()) if _written_by_student(cell, test_id)]
    if len(cells) != 1:
        return whole
    source = cells[0]["source"]
    said = [source if isinstance(source, str) else "".join(source), cells[0].get("attachments") or {}, dict(others)]
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()


def answers(files: Mapping[str, bytes], notebook: str, sha256: str) -> Callable[[str], str]:
    """The digests of a submission's answers by test id; `notebook` is the name of its notebook. Reads nothing until
    asked, and takes the whole work for the answer when there is no notebook that can be read."""
    @cache
    def read() -> tuple[dict[str, Any], dict[str, str]]:
        others = {name: hashlib.sha256(content).hexdigest() for name, content in files.items() if name != notebook}
        try:
            return packing.read_notebook(files.get(notebook, b""), file=notebook), others
        except SubmissionError:
            return {}, others

    return lambda test_id: answer_digest(*read(), test_id, sha256)


def _written_by_student(cell: Mapping[str, Any], grade_id: str) -> bool:
    about = cell.get("metadata", {}).get("nbgrader", {})
    if not isinstance(about, dict) or about.get("grade_id") != grade_id:
        return False
    return bool(about.get("solution") or about.get("task"))


def holding(marks: Iterable[MarkRow], sha256: str, answer: Callable[[str], str]) -> dict[str, MarkRow]:
    """By test id: the newest mark that was given to this very submission or to the same answer (`answer`: test id →
    digest)."""
    found: dict[str, MarkRow] = {}
    for mark in marks:
        if mark.sha256 == sha256 or mark.answer == answer(mark.test_id):
            found[mark.test_id] = mark
    return found


def with_marks(problems: Iterable[ProblemResult], marks: Mapping[str, MarkRow]) -> tuple[ProblemResult, ...]:
    """The results as they count once a person's points stand in place of the tests'."""
    points = {test_id: mark.points for test_id, mark in marks.items() if mark.points is not None}
    return tuple(_marked(problem, points) for problem in problems) if points else tuple(problems)


def _marked(problem: ProblemResult, points: Mapping[str, float]) -> ProblemResult:
    if not points.keys() & {test.id for test in problem.tests}:
        return problem
    tests = tuple(
        test if test.id not in points else
        replace(test, score=points[test.id], status=Status.OK if points[test.id] >= test.max_score else Status.WRONG)
        for test in problem.tests)
    statuses = [test.status for test in tests]
    status = Status.UNDECIDED if Status.UNDECIDED in statuses else next(
        (s for s in statuses if s is not Status.OK), Status.OK)
    return replace(problem, tests=tests, score=sum(test.score for test in tests), status=status)
