"""Marks from outside. Absent is a mark of its own; an empty cell or a dash says nothing and takes nothing away."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from autograder.course import Course, External
from autograder.imports.who import IDENTITY, NOTHING, People, Unknown, needs_identity
from autograder.ledger import Ledger, MarkIn, Person
from autograder.model import CourseError, Role
from autograder.policy import near
from autograder.standing import ABSENT, outside_points
from autograder.tables import Column, Row, Table, Wrong, read_table, refuse

ITEM = Column("item", ("external", "assessment"))
MARK = Column("mark", ("grade", "score", "points", "result", "ציון", "оценка", "балл"))
ABSENCES = frozenset({ABSENT, "abs", "did not attend", "נעדר", "נעדרה", "לא נבחן", "לא נבחנה", "неявка", "н/я", "не явился", "не явилась"})


@dataclass(frozen=True)
class MarkChange:
    """What one cell of a file does."""

    line: int
    username: str
    item: str
    before: str  # "" when there was no mark
    after: str  # a decimal number, or ABSENT

    @property
    def how(self) -> str:
        """new, changed or same."""
        return "new" if not self.before else "same" if _same(self.before, self.after) else "changed"


@dataclass(frozen=True)
class MarkReport:
    """What a file of marks would do."""

    file: str
    changes: tuple[MarkChange, ...]
    silent: int  # cells that say nothing
    without: tuple[str, ...]  # students of the course without a line
    unread: tuple[str, ...]  # headings that are no part of this
    unknown: tuple[Wrong, ...]  # lines about somebody who is no student of the course
    wrong: tuple[Wrong, ...]  # everything else

    def of(self, how: str) -> tuple[MarkChange, ...]:
        """The changes of one kind."""
        return tuple(change for change in self.changes if change.how == how)


def import_marks(
    course: Course, ledger: Ledger, data: bytes, *, file: str, actor: str, item: str = "", encoding: str = "", skip_unknown: bool = False
) -> MarkReport:
    """Write the marks of a file into the ledger, all or none. CourseError lists what is wrong. Safe to repeat."""
    report = marks_in(course, ledger, data, file=file, item=item, encoding=encoding)
    refuse((*report.wrong, *(() if skip_unknown else report.unknown)), file)
    marks = [MarkIn(one.item, one.username, one.after) for one in report.changes if one.how != "same"]
    ledger.intake.marks(course.id, marks, actor=actor, source=file)
    return report


def marks_in(course: Course, ledger: Ledger, data: bytes, *, file: str, item: str = "", encoding: str = "") -> MarkReport:
    """What a file of marks would do to this ledger."""
    before = {(mark.item, mark.username): mark.mark for mark in ledger.external_marks(course.id)}
    students = ledger.people(course.id, Role.STUDENT)
    return report_marks(data, students, course.externals, before, file=file, item=item, encoding=encoding)


def report_marks(
    data: bytes,
    students: Sequence[Person],
    externals: Sequence[External],
    before: Mapping[tuple[str, str], str],
    *,
    file: str,
    item: str = "",
    encoding: str = "",
) -> MarkReport:
    """What a file of marks would do. A line is one mark (columns item and mark), or one student with a column for each item; with `item`,
    only its marks are taken, and a file need not name it. CourseError for a file that is no table of marks."""
    table = read_table(data, (*IDENTITY, ITEM, MARK), file=file, encoding=encoding)
    needs_identity(table)
    items = {external.id: external for external in externals}
    if item and item not in items:
        raise CourseError(f"{item!r} is no [[external]] of the course{near(item, items)}", file=file)
    columns = _item_columns(table, externals, item)
    people = People(students)
    changes: dict[tuple[str, str], MarkChange] = {}
    unknown: list[Wrong] = []
    wrong: list[Wrong] = []
    named: set[str] = set()
    silent = 0
    for row in table.rows:
        if _possible_points(row):
            wrong += _other_points(table, row, columns)
            continue
        person = people.find(table, row)
        if isinstance(person, Wrong):
            (unknown if isinstance(person, Unknown) else wrong).append(person)
        else:
            named.add(person)
        for place, external in _marks_of(table, row, columns, items, item, wrong):
            heading = table.headings[place]
            try:
                mark = read_mark(row.cells[place], external)
            except ValueError as problem:
                wrong.append(Wrong(row.line, heading, str(problem)))
                continue
            if mark is None or isinstance(person, Wrong):
                silent += mark is None
                continue
            key = (external.id, person)
            if key in changes:
                wrong.append(Wrong(row.line, heading, f"{person} has a mark for {external.id} in line {changes[key].line} already"))
            else:
                changes[key] = MarkChange(row.line, person, external.id, before.get(key, ""), mark)
    used = {*columns, *(table.places[column.name] for column in (*IDENTITY, ITEM, MARK) if column.name in table.places)}
    return MarkReport(
        file,
        tuple(sorted(changes.values(), key=lambda change: change.line)),
        silent,
        tuple(student.username for student in students if student.username not in named),
        tuple(heading for place, heading in enumerate(table.headings) if place not in used and heading),
        tuple(unknown),
        tuple(wrong),
    )


def read_mark(cell: str, external: External) -> str | None:
    """A mark as the ledger keeps it; None for a cell that says nothing. ValueError for what is no mark."""
    if cell in NOTHING:
        return None
    if cell.casefold() in ABSENCES:
        return ABSENT
    if found := re.fullmatch(r"(\d{1,9}),(\d{1,9})", cell, flags=re.ASCII):
        if len(found[2]) == 3 and Decimal(found[1] + found[2]) <= external.out_of:
            raise ValueError(f"{cell!r} may be {found[1]}.{found[2]} or {found[1]}{found[2]}: write one of them")
        cell = f"{found[1]}.{found[2]}"
    outside_points(cell, external)
    return cell


def _same(one: str, other: str) -> bool:
    try:
        return Decimal(one) == Decimal(other)
    except ArithmeticError:
        return one == other


def _item_columns(table: Table, externals: Sequence[External], item: str) -> dict[int, External]:
    """The columns that hold marks of one item each, by place; empty when every line names its item."""
    if "mark" in table.places:
        if "item" in table.places:
            return {}
        if item:
            return {table.places["mark"]: next(external for external in externals if external.id == item)}
    called: dict[str, External] = {}
    for external in externals:
        called |= {_plain(external.title): external} | called
    called |= {_plain(external.id): external for external in externals}
    columns: dict[int, External] = {}
    for place, heading in table.others.items():
        name = next((name for name in (_plain(heading), _plain(_without_note(heading))) if name in called), None)
        if name is not None and item in ("", called[name].id):
            columns[place] = called[name]
    ids = [external.id for external in columns.values()]
    for place, external in columns.items():
        if ids.count(external.id) > 1:
            where = f"line {table.line}, column {table.headings[place]}"
            raise CourseError(f"{where}: {external.id} has another column as well; delete one. Nothing was taken", file=table.file)
    if columns:
        return columns
    known = ", ".join(sorted(external.id for external in externals)) or "none"
    if "mark" in table.places:
        problem = f"the file does not say of what its marks are; say it with an item's name. Known are {known}"
    else:
        problem = f"no column holds marks; call them item and mark, or a column after each item. Known are {known}"
    raise CourseError(f"line {table.line}: {problem}; found {', '.join(table.headings)}. Nothing was taken", file=table.file)


def _marks_of(
    table: Table, row: Row, columns: Mapping[int, External], items: Mapping[str, External], item: str, wrong: list[Wrong]
) -> list[tuple[int, External]]:
    """Where the marks of a line stand, each with its item."""
    if columns:
        return list(columns.items())
    name = table.cell(row, "item")
    if name not in items:
        wrong.append(Wrong(row.line, table.heading("item"), f"{name!r} is no [[external]] of the course{near(name, items)}"))
        return []
    return [(table.places["mark"], items[name])] if item in ("", name) else []


def _plain(words: str) -> str:
    return re.sub(r"[\W_]+", "", words.casefold())


def _without_note(heading: str) -> str:
    """A heading without what Moodle puts around it, "Quiz: Final exam (Real)", and Canvas after it, "Final exam (1234)"."""
    return re.sub(r"^[^:]*:|\([^()]*\)$", "", heading)


def _possible_points(row: Row) -> bool:
    """Canvas' second line: what the marks are out of."""
    return row.cells[0] == "Points Possible"


def _other_points(table: Table, row: Row, columns: Mapping[int, External]) -> list[Wrong]:
    wrong = []
    for place, external in columns.items():
        cell = row.cells[place]
        if re.fullmatch(r"\d{1,9}(\.\d{1,9})?", cell, flags=re.ASCII) and Decimal(cell) != external.out_of:
            wrong.append(Wrong(row.line, table.headings[place], f"here it is out of {cell}, in course.toml out of {external.out_of}"))
    return wrong
