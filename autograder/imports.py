"""What comes in as a CSV, taken whole or not at all."""
from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from autograder.course import Course, External
from autograder.ledger import Ledger
from autograder.model import CourseError, Role
from autograder.policy import near
from autograder.standing import ABSENT, outside_points

# ── marks from outside ────────────────────────────────────────────────────────────────────────────────────────────────
COLUMNS = ("username", "item", "mark")


@dataclass(frozen=True)
class MarkLine:
    """One line of a CSV of marks."""

    username: str
    item: str
    mark: str                            # a decimal number, or ABSENT


def import_marks(course: Course, ledger: Ledger, data: bytes | str, *, file: str, actor: str) -> tuple[MarkLine, ...]:
    """Write a CSV of marks into the ledger; with an error in any line, nothing is written. Safe to repeat."""
    students = [person.username for person in ledger.people(course.id, Role.STUDENT)]
    lines = read_marks_csv(data, students, course.externals, file=file)
    for line in lines:
        ledger.external_mark(course.id, line.item, line.username, line.mark, actor=actor, source=file)
    return lines


def read_marks_csv(data: bytes | str, known_students: Collection[str], externals: Sequence[External], *,
                   file: str) -> tuple[MarkLine, ...]:
    """The lines of a CSV with the columns username, item, mark. CourseError lists every error with line and column."""
    rows = csv.reader(io.StringIO(_decoded(data, file), newline=""), strict=True)
    try:
        numbered = [(rows.line_num, [cell.strip() for cell in row]) for row in rows]
    except csv.Error as problem:
        raise CourseError(f"line {rows.line_num}: {problem}; nothing was taken", file=file) from None
    numbered = [(line, row) for line, row in numbered if any(row)]
    if not numbered or sorted(numbered[0][1]) != sorted(COLUMNS):
        found = ", ".join(numbered[0][1]) if numbered else "nothing"
        raise CourseError(f"line 1: the columns must be {', '.join(COLUMNS)}, separated by commas; found {found}",
                          file=file)
    (_, heading), *body = numbered
    items = {external.id: external for external in externals}
    errors: list[str] = []
    seen: dict[tuple[str, str], int] = {}
    lines = []
    for number, row in body:
        if len(row) != len(COLUMNS):
            errors.append(f"line {number}: {len(row)} columns instead of {len(COLUMNS)}")
            continue
        line = MarkLine(**dict(zip(heading, row, strict=True)))
        errors += [f"line {number}, column {column}: {reason}"
                   for column, reason in _wrong(line, known_students, items)]
        first = seen.setdefault((line.username, line.item), number)
        if first != number:
            errors.append(f"line {number}: {line.username} has a mark for {line.item} in line {first} already")
        lines.append(line)
    if errors:
        more = [f"and {len(errors) - 20} more"] if len(errors) > 20 else []
        raise CourseError("nothing was taken:\n" + "\n".join(f"  {error}" for error in errors[:20] + more), file=file)
    return tuple(lines)


def _wrong(line: MarkLine, students: Collection[str], items: Mapping[str, External]) -> list[tuple[str, str]]:
    """(column, reason) for everything that is wrong in a line by itself."""
    wrong = []
    if line.username not in students:
        close = near(line.username, students)
        wrong.append(("username", f"there is no student {line.username!r}{close if 'did you mean' in close else ''}"))
    if line.item not in items:
        wrong.append(("item", f"{line.item!r} is no [[external]] of the course{near(line.item, items)}"))
    elif line.mark != ABSENT:
        try:
            outside_points(line.mark, items[line.item])
        except ValueError as problem:
            wrong.append(("mark", str(problem)))
    return wrong


def _decoded(data: bytes | str, file: str) -> str:
    if isinstance(data, str):
        return data.removeprefix("\ufeff")
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as problem:
        line = data[:problem.start].count(b"\n") + 1
        raise CourseError(f"line {line}: this is not UTF-8 text; save the file as CSV UTF-8", file=file) from None
