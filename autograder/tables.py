"""A CSV as some program saved it becomes rows of text, or an error that lists with line and column all that is wrong.

Such files come out of Excel, Moodle and Canvas, and each program has its own habits. What cannot be misread is taken: UTF-8 and UTF-16
with or without what marks them, commas, semicolons or tabs, quotes, headings in any order and case under any of their usual names, empty
lines and columns at the end. What could be misread is refused. Above all the encodings of old (windows-1255 in Hebrew, windows-1251 in
Russian Excel) are never guessed: any bytes are some text in each of them, user names would agree, and only the names of people would
be wrong without anybody noticing. Who knows which one it is says so.

Every cell is text and nothing else: a formula is its letters. At its ends, blanks and the invisible marks of writing direction that come
along when a cell is copied are taken off. Signs that no text has, such as NUL and escape, are refused.
"""

from __future__ import annotations

import csv
import io
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from autograder.model import CourseError

LARGEST = 20 * 2**20  # bytes of a file
LONGEST = 10_000  # letters of a cell
SHOWN = 20  # errors that a message lists
ENCODINGS = ("utf-8", "utf-16", "windows-1250", "windows-1251", "windows-1252", "windows-1253", "windows-1255", "windows-1256", "koi8-r")
SAVE = 'Save it as "CSV UTF-8"'
SEPARATORS = (",", ";", "\t")
_MARKED = {b"\xef\xbb\xbf": "utf-8-sig", b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_INVISIBLE = "\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
_BLANK = " \t\r\n" + "".join(filter(str.isspace, map(chr, range(0xA0, 0x3001)))) + _INVISIBLE
_NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")


@dataclass(frozen=True)
class Column:
    """A column that a table may have: our word for it, and the headings that mean it."""

    name: str
    headings: tuple[str, ...] = ()  # beside the name itself; case, blanks, hyphens and underscores do not matter


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    line: int  # in the file, where it begins
    cells: tuple[str, ...]


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong in a table, and where."""

    line: int
    column: str  # its heading; "" when it is about the whole line
    said: str

    def __str__(self) -> str:
        return f"line {self.line}, column {self.column}: {self.said}" if self.column else f"line {self.line}: {self.said}"


@dataclass(frozen=True)
class Table:
    """What was read."""

    file: str
    line: int  # of the headings
    headings: tuple[str, ...]  # as they are written
    places: Mapping[str, int]  # of the known columns, by our word
    rows: tuple[Row, ...]

    @property
    def others(self) -> Mapping[int, str]:
        """Columns that are none of the known ones: place -> heading."""
        known = set(self.places.values())
        return {place: heading for place, heading in enumerate(self.headings) if place not in known}

    def cell(self, row: Row, name: str) -> str:
        """What stands in a known column; "" where the table does not have it."""
        return row.cells[self.places[name]] if name in self.places else ""

    def heading(self, name: str) -> str:
        """What a known column is called in this file."""
        return self.headings[self.places[name]] if name in self.places else name


def read_table(data: bytes, columns: Sequence[Column], *, file: str, encoding: str = "") -> Table:
    """The table in these bytes. CourseError lists everything that keeps it from being one, with line and column."""
    text = _decoded(data, file, encoding)
    separator, text, skipped = _separator(text, columns)
    wrong: list[Wrong] = []
    heading: Row | None = None
    rows: list[Row] = []
    for row in _rows(text, separator, skipped, wrong):
        if heading is None:
            heading = _headed(row)
        elif (cells := _fitted(row.cells, len(heading.cells))) is None:
            counted = f"{len(row.cells)} columns instead of {len(heading.cells)}"
            wrong.append(Wrong(row.line, "", f"{counted}; a cell with a {_NAMES[separator]} in it needs quotes"))
        else:
            rows.append(Row(row.line, cells))
    if heading is None:
        refuse([*wrong, Wrong(1, "", "there are no headings; the first line names the columns")], file)
        raise AssertionError  # refuse always raises for an error
    places = _places(heading, columns, wrong)
    for row in (heading, *rows):
        for place, cell in enumerate(row.cells):
            if said := _no_text(cell):
                wrong.append(Wrong(row.line, heading.cells[place] if row is not heading else str(place + 1), said))
    refuse(wrong, file)
    return Table(file, heading.line, heading.cells, places, tuple(rows))


def refuse(wrong: Iterable[Wrong], file: str) -> None:
    """CourseError that lists what is wrong, in the order of the file; nothing when nothing is."""
    listed = sorted(wrong, key=lambda one: one.line)
    if not listed:
        return
    lines = [str(one) for one in listed[:SHOWN]] + ([f"and {len(listed) - SHOWN} more"] if len(listed) > SHOWN else [])
    raise CourseError("nothing was taken:\n" + "\n".join(f"  {line}" for line in lines), file=file)


def write_table(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> bytes:
    """A CSV that spreadsheets read as it is meant: UTF-8 with its mark, quotes where they are needed."""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\r\n").writerows([headings, *rows])
    return out.getvalue().encode("utf-8-sig")


# ---------------------------------------------------------------- bytes to text


def _decoded(data: bytes, file: str, encoding: str) -> str:
    if len(data) > LARGEST:
        raise CourseError(f"this is {len(data) / 2**20:.0f} MB; a table has at most {LARGEST // 2**20} MB. Nothing was taken", file=file)
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        raise CourseError(f"this is a workbook, not a table of text. {SAVE}. Nothing was taken", file=file)
    if encoding and encoding not in ENCODINGS:
        raise CourseError(f"{encoding!r} is no encoding that is known here; there are {', '.join(ENCODINGS)}", file=file)
    known = next((name for mark, name in _MARKED.items() if data.startswith(mark)), encoding or "utf-8")
    try:
        text = data.decode(known)
    except UnicodeDecodeError as problem:
        line, column = _position(data[: problem.start].decode(known, "replace"))
        byte, name = f"{data[problem.start]:#04x}", known.removesuffix("-sig").upper()
        raise CourseError(
            f"line {line}, column {column}: the byte {byte} makes no sense in {name}. {SAVE}, or say its encoding, such as "
            "windows-1255 for Hebrew Excel or windows-1251 for Russian, and see in the preview that the names are right. Nothing was taken",
            file=file,
        ) from None
    if "\x00" in text:
        line, column = _position(text[: text.index("\x00")])
        raise CourseError(f"line {line}, column {column}: a NUL sign, which no text has. {SAVE}. Nothing was taken", file=file)
    return text.removeprefix("\ufeff")


def _position(before: str) -> tuple[int, int]:
    """Line and column, both from 1, of what follows."""
    lines = re.split(r"\r\n|\r|\n", before)
    return len(lines), len(lines[-1]) + 1


# ---------------------------------------------------------------- text to rows

_NAMES = {",": "comma", ";": "semicolon", "\t": "tab"}


def _separator(text: str, columns: Sequence[Column]) -> tuple[str, str, int]:
    """What separates the cells, the text without the line in which Excel says so, and how many lines that were.

    The heading decides: by the separator that finds most of the columns that we know, and of those that find as many by the one that finds
    most columns.
    """
    first, _, rest = text.partition("\n")
    if told := re.fullmatch(r"sep=([,;\t])\s*", first):
        return told[1], rest, 1
    known = {_plain(word) for column in columns for word in (column.name, *column.headings)}

    def found(separator: str) -> tuple[int, int]:
        heading = next((row.cells for row in _rows(text, separator, 0, [])), ())
        return sum(_plain(cell) in known for cell in heading), len(heading) if any(
            cell.strip("".join(SEPARATORS)) for cell in heading
        ) else 0

    return max(SEPARATORS, key=found), text, 0


def _rows(text: str, separator: str, skipped: int, wrong: list[Wrong]) -> Iterator[Row]:
    """The rows that are not empty, each with the line in which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    while True:
        line = reader.line_num + 1 + skipped
        try:
            cells = tuple(_trimmed(cell) for cell in next(reader))
        except StopIteration:
            return
        except csv.Error as problem:
            wrong.append(Wrong(line, "", _not_csv(str(problem))))
            return
        if any(cells):
            yield Row(line, cells)


def _not_csv(problem: str) -> str:
    if problem == "unexpected end of data":
        return "a quote is opened in this row and never closed"
    if problem.startswith("field larger"):
        return f"a cell has at most {LONGEST} letters; is a quote missing?"
    return f"this is not CSV: {problem}"


def _trimmed(cell: str) -> str:
    """The cell without what nobody sees at its ends, in the one form in which the same letters are the same signs."""
    cell = cell.strip(_BLANK)
    return cell if cell.isascii() or len(cell) > LONGEST else unicodedata.normalize("NFC", cell)


def _headed(row: Row) -> Row:
    """The headings without the empty ones at the end."""
    cells = list(row.cells)
    while cells and not cells[-1]:
        cells.pop()
    return Row(row.line, tuple(cells))


def _fitted(cells: tuple[str, ...], width: int) -> tuple[str, ...] | None:
    """The cells of a line under so many headings; None when they are too few, or more than empty ones are over."""
    return None if len(cells) < width or any(cells[width:]) else cells[:width]


def _no_text(cell: str) -> str:
    if len(cell) > LONGEST:
        return f"a cell has at most {LONGEST} letters, this one {len(cell)}; is a quote missing?"
    sign = _NO_TEXT.search(cell)
    return f"the sign U+{ord(sign[0]):04X}, which no text has" if sign else ""


def _plain(heading: str) -> str:
    return re.sub(r"[\W_]+", "", heading.casefold())


def _places(heading: Row, columns: Sequence[Column], wrong: list[Wrong]) -> dict[str, int]:
    meaning = {_plain(word): column.name for column in columns for word in (column.name, *column.headings)}
    places: dict[str, int] = {}
    written: dict[str, int] = {}
    for place, cell in enumerate(heading.cells):
        name = meaning.get(_plain(cell), "")
        before = places.setdefault(name, place) if name else place
        if before != place:
            both = f"{cell!r}, as {heading.cells[before]!r} in column {before + 1}, means {name}"
            wrong.append(Wrong(heading.line, str(place + 1), f"{both}; delete one of them"))
        elif cell and written.setdefault(cell.casefold(), place) != place:
            wrong.append(Wrong(heading.line, str(place + 1), f"{cell!r} is in column {written[cell.casefold()] + 1} already"))
    return places
