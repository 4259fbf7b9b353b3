"""Marking one written answer across all teams: what a marker sees, and a mark that is in the ledger and in formgrader at once.

The rules are the ledger's (`ledger.marking`), the rubric is the author's notebook, the answer is a cell of the submission, its picture
what the engine drew when it was graded, its PDF as it was handed in. Before a mark is given, what formgrader has for that team is taken
in; afterwards formgrader shows the mark: whichever page somebody uses, both say the same.
"""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from autograder import jobs
from autograder.authoring import Rubric, rubrics, stub_cells
from autograder.gradebook import autograded
from autograder.grading import as_graded
from autograder.jobs import Workplace
from autograder.ledger import Given, Paper, Sheet, State, WrittenAnswer
from autograder.model import Assignment, RuleError
from autograder.words import text

PICTURES = ("image/png", "image/jpeg")


@dataclass(frozen=True)
class Progress:
    """How far the marking of one written answer is."""

    rubric: Rubric
    teams: int
    marked: int                         # by one, or by two who agree or are settled
    second: int                         # wait for a second marker
    different: int                      # wait for an instructor


@dataclass(frozen=True)
class Shown:
    """One team's answer as a marker sees it."""

    sheet: Sheet
    source: str                         # of the cell
    is_code: bool
    empty: bool                         # nothing was written into the cell
    pictures: tuple[tuple[str, bytes], ...]     # kind and bytes of what the cell drew when it was graded
    paper: Paper | None                 # the PDF, where this answer may stand in it


def answers(assignment: Assignment) -> dict[str, Rubric]:
    """The written answers of an assignment by id, in the order of the notebook."""
    return {rubric.test_id: rubric for rubric in rubrics(assignment)}


def rubric_of(assignment: Assignment, test_id: str) -> Rubric:
    """The rubric of one of them. RuleError when there is none."""
    found = answers(assignment)
    if test_id not in found:
        known = ", ".join(found) or "-"
        raise RuleError(text("{slug} has no written answer {answer}; it has: {known}.", slug=assignment.slug, answer=test_id, known=known),
                        code="unknown-answer")
    return found[test_id]


def asked(assignment: Assignment, rubric: Rubric) -> WrittenAnswer:
    """What is marked, as the ledger wants to know it."""
    return WrittenAnswer(rubric.test_id, rubric.points, rubric.lines, assignment.tolerance / 100 * rubric.points)


def progress(work: Workplace, slug: str) -> tuple[Progress, ...]:
    """How far each written answer is, with what formgrader has."""
    jobs.pull(work, slug)
    return counted(work, work.assignment(slug))


def counted(work: Workplace, assignment: Assignment) -> tuple[Progress, ...]:
    """How far each written answer is in the ledger."""
    found = answers(assignment)
    states: dict[str, Counter[State]] = {test: Counter() for test in found}
    for sheet in work.ledger.marking.sheets(work.course.id, assignment.slug, found):
        states[sheet.test_id][sheet.state] += 1
    return tuple(Progress(rubric, count.total(), count[State.MARKED], count[State.SECOND], count[State.DIFFERENT])
                 for rubric, count in ((found[test], states[test]) for test in found))


def mark(work: Workplace, slug: str, team: str, test_id: str, given: Given, *, actor: str, sha256: str | None = None) -> Sheet:
    """A marker's points for one answer; see `Markings.mark`."""
    assignment = work.assignment(slug)
    what = asked(assignment, rubric_of(assignment, test_id))
    jobs.pull(work, slug, team)
    sheet = work.ledger.marking.mark(work.course.id, slug, team, what, given, actor=actor, sha256=sha256)
    jobs.show_marks(work, sheet.submission)
    return sheet


def settle(work: Workplace, slug: str, team: str, test_id: str, given: Given, *, actor: str) -> Sheet:
    """An instructor's decision between two markers; see `Markings.settle`."""
    assignment = work.assignment(slug)
    what = asked(assignment, rubric_of(assignment, test_id))
    jobs.pull(work, slug, team)
    sheet = work.ledger.marking.settle(work.course.id, slug, team, what, given, actor=actor)
    jobs.show_marks(work, sheet.submission)
    return sheet


def shown(work: Workplace, assignment: Assignment, sheet: Sheet) -> Shown:
    """An answer as a marker sees it: of the notebook that is graded, which holds the student's cells and nothing else of his."""
    submission = work.ledger.load(sheet.submission)
    graded = as_graded(assignment, submission, (), engine="")
    cell: Mapping[str, Any] = next((one for one in graded.notebook["cells"] if _grade_id(one) == sheet.test_id), {})
    source = str(cell.get("source", ""))
    stub = stub_cells(assignment.notebook).get(sheet.test_id, "")
    may_hold = assignment.written is not None and sheet.test_id in assignment.written.answers
    return Shown(sheet, source, cell.get("cell_type") == "code", source.strip() in ("", stub.strip()),
                 tuple(_pictures(autograded(work.folders, assignment, sheet.team, sheet.submission.sha256), sheet.test_id)),
                 work.ledger.papers.found(sheet.submission) if may_hold else None)


def paper(work: Workplace, sheet: Sheet) -> tuple[str, bytes]:
    """Name and bytes of the PDF that was handed in. RuleError when there is none."""
    found = work.ledger.papers.found(sheet.submission)
    if found is None:
        raise RuleError(text("{team} has handed in no PDF.", team=sheet.team), code="no-paper")
    return found.file, work.ledger.load(sheet.submission).files[found.file]


def _grade_id(cell: Mapping[str, Any]) -> str:
    return str(cell.get("metadata", {}).get("nbgrader", {}).get("grade_id", ""))


def _pictures(notebook: Mapping[str, Any] | None, test_id: str) -> Iterable[tuple[str, bytes]]:
    for cell in (notebook or {}).get("cells", ()):
        if _grade_id(cell) == test_id:
            for output in cell.get("outputs", ()):
                for kind in PICTURES:
                    if kind in output.get("data", {}):
                        yield kind, base64.b64decode("".join(output["data"][kind]))
