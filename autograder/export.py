"""Course grades for the systems that keep them: Moodle, Canvas, a spreadsheet, a program.

Each format is written from the same rows and can be read back into them, so that nothing is lost on the way:

    moodle   one line per student with `username` and `email`, one column per component and the final grade; Moodle's import asks which
             column is which and finds people by one of the first two
    canvas   Canvas' own gradebook columns, with its line of possible points
    csv      every column, for people; UTF-8 with a byte-order mark, since a spreadsheet takes it for another encoding otherwise
    json     the same for programs, numbers as exact text

Marks stand as decimals, exact up to six places and rounded half up beyond; the final grade as the scale of the course shows it: 84, 3,
pass, B. A text that a spreadsheet would take for a formula gets an
apostrophe, which reading takes away again. A student whose grade may still change has the status `provisional`.
"""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext
from fractions import Fraction

from autograder.course import Course
from autograder.ledger import Person
from autograder.model import CourseError
from autograder.policy import Kind, Scale
from autograder.standing import Standing

PLACES = Decimal("0.000001")
FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""
BOM = "\ufeff"
FINAL = "final grade"


@dataclass(frozen=True)
class Row:
    """One student's grades."""

    username: str
    name: str
    email: str
    components: Mapping[str, Decimal | None]  # title -> mark in percent; None: nothing there
    final: str  # as the scale shows it; "" for none
    status: str  # "pass", "fail", "absent", …; "provisional" while it may change
    rule: str = ""


def rows(course: Course, standings: Sequence[Standing], people: Sequence[Person]) -> tuple[Row, ...]:
    """What is exported, by user name."""
    known = {person.username: person for person in people}
    weighed = [component for component in course.components if component.kind is not Kind.GATE]
    said = [component.title for component in weighed]
    titles = {c.id: c.title if said.count(c.title) == 1 and c.title != FINAL else f"{c.title} ({c.id})" for c in weighed}
    found = []
    for standing in sorted(standings, key=lambda one: one.student):
        person, grade = known[standing.student], standing.grade
        marks = {titles[component.id]: decimal(grade.recorded[component.id]) for component in weighed}
        status = "provisional" if standing.provisional else grade.status
        found.append(Row(person.username, person.name, person.email, marks, grade.shown, status, grade.rule))
    return tuple(found)


def decimal(number: Fraction | None) -> Decimal | None:
    """The number as a decimal: exact up to six places, rounded half up beyond."""
    if number is None:
        return None
    with localcontext() as context:
        context.prec = 60
        rounded = (Decimal(number.numerator) / Decimal(number.denominator)).quantize(PLACES, ROUND_HALF_UP)
    return Decimal(_plain(rounded))


def best(course: Course) -> int | None:
    """The best final grade where grades are numbers: what a system of points takes them to be out of."""
    policy = course.policy
    return {Scale.PERCENT: 100, Scale.POINTS: len(policy.cuts)}.get(policy.scale)


def write(form: str, found: Sequence[Row], best: int | None = 100) -> str:
    """The rows in one of the FORMATS."""
    return _canvas(found, best) if form == "canvas" else FORMATS[form][0](found)


def read(form: str, text: str) -> tuple[Row, ...]:
    """The rows of an exported file; what a format does not carry is empty. CourseError with line and column where it is none."""
    return FORMATS[form][1](text)


# ---------------------------------------------------------------- Moodle


def _moodle(found: Sequence[Row]) -> str:
    titles = _titles(found)
    lines = [["username", "email", *titles, FINAL]]
    lines += [[r.username, r.email, *(_cell(r.components[t]) for t in titles), r.final] for r in found]
    return _csv(lines)


def _from_moodle(text: str) -> tuple[Row, ...]:
    heading, body = _lines(text, ("username", "email"), (FINAL,))
    titles = heading[2:-1]
    return tuple(Row(line[0], "", line[1], _marks(titles, line[2:-1], number), _grade(line[-1], number), "") for number, line in body)


# ---------------------------------------------------------------- Canvas

CANVAS = ("Student", "ID", "SIS User ID", "SIS Login ID", "Section")


def _canvas(found: Sequence[Row], best: int | None = 100) -> str:
    titles = _titles(found)
    lines = [[*CANVAS, *titles, FINAL], ["    Points Possible", "", "", "", "", *("100" for _ in titles), str(best or "")]]
    lines += [[r.name, "", "", r.username, "", *(_cell(r.components[t]) for t in titles), r.final] for r in found]
    return _csv(lines)


def _from_canvas(text: str) -> tuple[Row, ...]:
    heading, body = _lines(text, CANVAS, (FINAL,))
    titles = heading[len(CANVAS) : -1]
    return tuple(
        Row(line[3], line[0], "", _marks(titles, line[len(CANVAS) : -1], number), _grade(line[-1], number), "")
        for number, line in body
        if line[0].strip() != "Points Possible"
    )


# ---------------------------------------------------------------- for people and for programs


def _spreadsheet(found: Sequence[Row]) -> str:
    titles = _titles(found)
    lines = [["username", "name", "email", *titles, FINAL, "status", "rule"]]
    lines += [[r.username, r.name, r.email, *(_cell(r.components[t]) for t in titles), r.final, r.status, r.rule] for r in found]
    return BOM + _csv(lines)


def _from_spreadsheet(text: str) -> tuple[Row, ...]:
    heading, body = _lines(text, ("username", "name", "email"), (FINAL, "status", "rule"))
    titles = heading[3:-3]
    return tuple(
        Row(line[0], line[1], line[2], _marks(titles, line[3:-3], number), _grade(line[-3], number), line[-2], line[-1])
        for number, line in body
    )


def _json(found: Sequence[Row]) -> str:
    return json.dumps([asdict(row) for row in found], indent=1, ensure_ascii=False, default=_plain) + "\n"


def _from_json(text: str) -> tuple[Row, ...]:
    try:
        values = json.loads(text)
        return tuple(
            Row(**{**one, "components": _marks(list(one["components"]), list(one["components"].values()), number),
                   "final": _grade(one["final"], number)})
            for number, one in enumerate(values, 1)
        )  # fmt: skip
    except (ValueError, TypeError, KeyError) as error:
        raise CourseError(f"this is no export of grades: {error}; nothing was taken") from None


FORMATS: Mapping[str, tuple[Callable[[Sequence[Row]], str], Callable[[str], tuple[Row, ...]]]] = {
    "moodle": (_moodle, _from_moodle),
    "canvas": (_canvas, _from_canvas),
    "csv": (_spreadsheet, _from_spreadsheet),
    "json": (_json, _from_json),
}


# ---------------------------------------------------------------- lines and cells


def _titles(found: Sequence[Row]) -> list[str]:
    return list(found[0].components) if found else []


def _plain(value: Decimal) -> str:
    """Without an exponent and without zeros at the end."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _cell(value: Decimal | None) -> str:
    return "" if value is None else _plain(value)


def _csv(lines: Sequence[Sequence[str]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerows([[_guarded(cell) for cell in line] for line in lines])
    return out.getvalue()


def _guarded(cell: str) -> str:
    return f"'{cell}" if cell.startswith((*FORMULA, "'")) else cell


def _lines(text: str, first: Sequence[str], last: Sequence[str]) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The headings, and every other line with its number."""
    reader = csv.reader(io.StringIO(text.removeprefix(BOM), newline=""), strict=True)
    try:
        numbered = [(reader.line_num, [cell.removeprefix("'") for cell in line]) for line in reader]
    except csv.Error as error:
        raise CourseError(f"line {reader.line_num}: {error}; nothing was taken") from None
    heading = numbered[0][1] if numbered else []
    if heading[: len(first)] != list(first) or heading[len(heading) - len(last) :] != list(last):
        raise CourseError(f"line 1: the columns must begin with {', '.join(first)} and end with {', '.join(last)}; nothing was taken")
    for number, line in numbered[1:]:
        if len(line) != len(heading):
            raise CourseError(f"line {number}: {len(line)} columns instead of {len(heading)}; nothing was taken")
    return heading, numbered[1:]


def _marks(titles: Sequence[str], cells: Sequence[str | None], line: int) -> dict[str, Decimal | None]:
    return {title: _mark(cell, line, title) for title, cell in zip(titles, cells, strict=True)}


def _grade(cell: object, line: int) -> str:
    """A final grade of any scale."""
    if not isinstance(cell, str) or not re.fullmatch(r"|\d{1,3}|pass|fail|[A-F]", cell, flags=re.ASCII):
        raise CourseError(f"line {line}, column {FINAL}: {cell!r} is no grade; nothing was taken")
    return cell


def _mark(cell: str | None, line: int, column: str) -> Decimal | None:
    if cell in ("", None):
        return None
    try:
        value = Decimal(str(cell))
    except ArithmeticError:
        value = Decimal("nan")
    if not value.is_finite():
        raise CourseError(f"line {line}, column {column}: {cell!r} is no mark; nothing was taken")
    return value
