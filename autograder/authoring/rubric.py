"""What a written answer is marked by: the lines of its rubric, read from the author's notebook, where the model answer stands.

    **Rubric**

    | points | for |
    |---|---|
    | 2 | the rate in the direction $d$, with differentiability as reason |
    | 1 | the bound is attained |

    For the spectral norm only: at most 2.

stands in the region that students do not receive, after the model answer; what follows the table is for the marker. The rubric lives
there and nowhere else, beside what it is about: an author changes both in one place, and formgrader shows both without our help. The
lines add up to the points of the cell. A rubric may also be a sentence ("Rubric: 1 point for …"); then points are given as a whole.
"""
from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from ..model import Assignment, AssignmentError, RubricLine
from .cells import Kind, withheld_lines

HEADING = re.compile(r"\s*(?:\*\*Rubric\.?\*\*|#+ Rubric)\s*")
HEAD_OF_TABLE = re.compile(r"\|\s*points\s*\|.*\|\s*", re.IGNORECASE)
RULE = re.compile(r"\|[\s:|-]+\|\s*")
ROW = re.compile(r"\|\s*(?P<points>[^|]*?)\s*\|\s*(?P<text>.*?)\s*\|\s*")


@dataclass(frozen=True)
class Rubric:
    """What a marker reads beside an answer."""

    test_id: str                        # grade_id of the cell
    problem: str                        # id of the problem
    title: str
    points: float
    lines: tuple[RubricLine, ...]       # () where the author wrote no table
    notes: str                          # Markdown, after the table
    model: str                          # the model answer (and a rubric in words): Markdown, or code
    is_code: bool


def rubrics(assignment: Assignment, *, file: str = "") -> tuple[Rubric, ...]:
    """Of the written answers, in the order of the notebook. AssignmentError for a table that cannot be marked by."""
    cells = {cell["metadata"]["nbgrader"]["grade_id"]: cell for cell in assignment.notebook["cells"] if "nbgrader" in cell["metadata"]}
    return tuple(_rubric(cells[test_id], test_id, problem.id, problem.title, problem.points, file)
                 for problem in assignment.problems if problem.by_hand for test_id in problem.solutions)


def _rubric(cell: Mapping[str, Any], test_id: str, problem: str, title: str, points: float, file: str) -> Rubric:
    kind: Kind = "code" if cell["cell_type"] == "code" else "markdown"
    lines = list(withheld_lines(cell["source"], kind))
    at = next((number for number, line in enumerate(lines) if HEADING.fullmatch(line)), len(lines))
    model, table = "\n".join(lines[:at]).strip(), [line for line in lines[at + 1:]]
    while table and not table[0].strip():
        del table[0]
    if len(table) < 2 or not (HEAD_OF_TABLE.fullmatch(table[0]) and RULE.fullmatch(table[1])):
        return Rubric(test_id, problem, title, points, (), "\n".join(table).strip(), model, kind == "code")
    rows = table[2:]
    end = next((number for number, row in enumerate(rows) if not row.startswith("|")), len(rows))
    found = tuple(_line(row, number, test_id, file) for number, row in enumerate(rows[:end], start=1))
    total = math.fsum(line.points for line in found)
    if not math.isclose(total, points):
        raise AssignmentError(f"the lines of its rubric add up to {total:g}, but the answer has {points:g} points; change one of the two",
                              file=file, cell=test_id)
    return Rubric(test_id, problem, title, points, found, "\n".join(rows[end:]).strip(), model, kind == "code")


def _line(row: str, number: int, test_id: str, file: str) -> RubricLine:
    cells = ROW.fullmatch(row)
    try:
        points = float(cells["points"]) if cells else math.nan
    except ValueError:
        points = math.nan
    if cells is None or not (0 < points < math.inf) or not cells["text"]:
        raise AssignmentError(f'line {number} of its rubric is {row.strip()!r}; write points and what they are for: "| 2 | the bound |"',
                              file=file, cell=test_id)
    return RubricLine(f"r{number}", points, cells["text"])
