"""One reader for all tables: what cannot be misread is taken, everything else is refused with its line and column."""

from __future__ import annotations

import csv
import io
import random
import time
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import tables
from autograder.model import CourseError
from autograder.tables import Column, Row, Table, read_table, write_table

COLUMNS = (Column("username", ("login", "שם משתמש", "Логин")), Column("mark", ("grade",)), Column("email", ("email address",)))
PLAIN = "username,mark\nann,87\nדנה,61\n"


def read(data: str | bytes, **more: Any) -> Table:
    return read_table(data.encode() if isinstance(data, str) else data, COLUMNS, file="f.csv", **more)


def cells(table: Table) -> list[tuple[str, str]]:
    return [(table.cell(row, "username"), table.cell(row, "mark")) for row in table.rows]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(PLAIN.encode(), id="UTF-8"),
        pytest.param(PLAIN.encode("utf-8-sig"), id="UTF-8 as Excel marks it"),
        pytest.param(b"\xff\xfe" + PLAIN.encode("utf-16-le"), id="UTF-16 as Excel saves Unicode text"),
        pytest.param(b"\xfe\xff" + PLAIN.encode("utf-16-be"), id="UTF-16, the other way round"),
        pytest.param(PLAIN.replace("\n", "\r\n").encode(), id="lines of Windows"),
        pytest.param(PLAIN.replace("\n", "\r").encode(), id="lines of an old Mac"),
        pytest.param(PLAIN.rstrip().encode(), id="no line end at the end"),
        pytest.param(PLAIN.replace(",", ";").encode(), id="semicolons"),
        pytest.param(PLAIN.replace(",", "\t").encode(), id="tabs"),
        pytest.param(("sep=;\n" + PLAIN.replace(",", ";")).encode(), id="Excel's line about the separator"),
        pytest.param("username,mark,,\nann,87,,\nדנה,61\n".encode(), id="empty columns at the end"),
        pytest.param("\n,,\nusername,mark\n\nann,87\n  ,\nדנה,61\n,,,,,\n".encode(), id="empty lines"),
        pytest.param('"User Name","MARK"\n" ann ",\t87\n"דנה",61\n'.encode(), id="quotes, blanks, capitals"),
        pytest.param("mark,user_name\n87,ann\n61,דנה\n".encode(), id="another order"),
        pytest.param("grade,שם משתמש\n87,ann\n61,דנה\n".encode(), id="headings of Moodle in Hebrew"),
        pytest.param("Grade;Логин\n87;ann\n61;דנה\n".encode(), id="headings of Moodle in Russian"),
        pytest.param("username,mark\n\u202aann\u202c,\u200e87\u00a0\nדנה\u200f,61\n".encode(), id="invisible signs from copying"),
    ],
)
def test_programs_save_tables_in_their_own_ways(data: bytes) -> None:
    assert cells(read(data)) == [("ann", "87"), ("דנה", "61")]


@pytest.mark.parametrize("encoding", ["windows-1255", "windows-1251", "windows-1252"])
def test_an_encoding_of_old_is_taken_when_somebody_says_which_it_is(encoding: str) -> None:
    name = {"windows-1255": "דנה", "windows-1251": "Анна", "windows-1252": "Çelik"}[encoding]
    data = f"username,mark\n{name},87\n".encode(encoding)
    assert cells(read(data, encoding=encoding)) == [(name, "87")]
    with pytest.raises(CourseError, match=r"f\.csv: line 2, column 1: the byte 0x.. makes no sense in UTF-8.*say its encoding"):
        read(data)


def test_what_marks_unicode_is_believed_before_what_somebody_says() -> None:
    assert cells(read(PLAIN.encode("utf-8-sig"), encoding="windows-1252")) == [("ann", "87"), ("דנה", "61")]


def test_the_same_letters_are_the_same_signs() -> None:
    assert cells(read("username,mark\nc\u0327elik,1\n")) == [("\u00e7elik", "1")]


def test_a_row_knows_the_line_in_which_it_begins() -> None:
    table = read('username,mark\n"ann\nlevi",87\n\nben,"6\r\n1"\ncat,3\n')
    assert [(row.line, row.cells) for row in table.rows] == [(2, ("ann\nlevi", "87")), (5, ("ben", "6\r\n1")), (7, ("cat", "3"))]


def test_a_formula_is_its_letters() -> None:
    assert cells(read("username,mark\n=cmd|' /C calc'!A0,+1\n@SUM(A1),-2\n")) == [("=cmd|' /C calc'!A0", "+1"), ("@SUM(A1)", "-2")]


def test_unknown_columns_are_named() -> None:
    table = read("username,Institution,mark\nann,Uni,87\n")
    assert table.others == {1: "Institution"}
    assert table.cell(table.rows[0], "email") == "" and table.heading("email") == "email"


@pytest.mark.parametrize(
    ("data", "said"),
    [
        pytest.param(b"", "line 1: there are no headings", id="nothing"),
        pytest.param(b"\n\n,,\n", "line 1: there are no headings", id="only empty lines"),
        pytest.param(b"username,mark\nann\n", "line 2: 1 columns instead of 2", id="a short line"),
        pytest.param(
            b"username,mark\nLevi, Ann,87\n", "line 2: 3 columns instead of 2; a cell with a comma in it needs quotes", id="a comma"
        ),
        pytest.param(b'username,mark\nann,"87\nben,61\n', "line 2: a quote is opened in this row and never closed", id="an open quote"),
        pytest.param(b'username,mark\n"ann"x,87\n', "line 2: this is not CSV", id="letters after a quote"),
        pytest.param(b"username,mark\nann,8\x007\n", "line 2, column 6: a NUL sign", id="NUL"),
        pytest.param("username,mark".encode("utf-16-le"), "line 1, column 2: a NUL sign", id="UTF-16 without its mark"),
        pytest.param(b"username,mark\nann,\x1b[2J\n", "line 2, column mark: the sign U+001B, which no text has", id="escape"),
        pytest.param(b"user\x07name,mark\n", "line 1, column 1: the sign U+0007", id="a bell in a heading"),
        pytest.param("username,mark\nann,\x85\n".encode(), "line 2, column mark: the sign U+0085", id="a sign of old terminals"),
        pytest.param(
            b"username,mark,Login\nann,1,ann\n", "line 1, column 3: 'Login', as 'username' in column 1, means username", id="twice"
        ),
        pytest.param(b"username,x,X\nann,1,2\n", "line 1, column 3: 'X' is in column 2 already", id="a heading twice"),
        pytest.param(
            b"username,mark\nann," + b"8" * 10_001, "line 2, column mark: a cell has at most 10000 letters, this one 10001", id="long"
        ),
        pytest.param(
            b"username,mark\nann," + b"8" * 200_000, "line 2: a cell has at most 10000 letters", id="longer than the module takes"
        ),
        pytest.param(b"PK\x03\x04....", "this is a workbook", id="a workbook"),
        pytest.param(
            b"username,mark\nann,\xff\n", "line 2, column 5: the byte 0xff makes no sense in UTF-8", id="a byte of another encoding"
        ),
        pytest.param(
            "username,mark\nדנה,1\nדנה,\udcff\n".encode(errors="surrogateescape"), "line 3, column 5: the byte 0xff", id="after Hebrew"
        ),
        pytest.param(b"\xff\xfeu\x00s\x00x", "makes no sense in UTF-16", id="UTF-16 that ends in the middle"),
        pytest.param(b"," * (tables.LARGEST + 1), "a table has at most 20 MB", id="too large"),
    ],
)
def test_what_could_be_misread_is_refused_with_its_place(data: bytes, said: str) -> None:
    with pytest.raises(CourseError) as refused:
        read(data)
    assert said in str(refused.value) and str(refused.value).startswith("f.csv: ")
    assert "othing was taken" in str(refused.value)


def test_all_errors_are_listed_at_once_and_a_long_list_is_cut() -> None:
    with pytest.raises(CourseError) as refused:
        read("username,mark\nann\nben,\x01\n")
    assert "line 2: 1 columns" in str(refused.value) and "line 3, column mark" in str(refused.value)
    with pytest.raises(CourseError, match="and 5 more"):
        read("username,mark\n" + "ann\n" * 25)


def test_an_unknown_encoding_is_no_crash() -> None:
    with pytest.raises(CourseError, match="'rot13' is no encoding that is known here; there are utf-8"):
        read(PLAIN, encoding="rot13")


cell = st.text(st.characters(exclude_categories=("Cs", "Cc")) | st.sampled_from("\n\",;\t'"), max_size=12).map(
    lambda text: read_table(write_table(["username"], [[f".{text}."]]), COLUMNS, file="").rows[0].cells[0]
)
"""Any text as a cell keeps it, with signs at both ends that nothing takes off."""


@settings(deadline=None)
@given(
    rows=st.lists(st.tuples(cell, cell), max_size=6),
    separator=st.sampled_from(tables.SEPARATORS),
    ends=st.sampled_from(["\n", "\r\n"]),
    quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
    encoding=st.sampled_from(["utf-8", "utf-8-sig", "utf-16"]),
)
def test_what_is_written_is_read_again(rows: list[tuple[str, str]], separator: str, ends: str, quoting: Any, encoding: str) -> None:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator=ends, quoting=quoting).writerows([("username", "mark"), *rows])
    assert cells(read(out.getvalue().encode(encoding))) == rows


@settings(deadline=None, max_examples=300)
@given(st.binary(max_size=200) | st.text(max_size=100).map(str.encode) | st.binary(max_size=60).map(lambda b: b"username,mark\n" + b))
def test_any_bytes_are_a_table_or_a_refusal(data: bytes) -> None:
    for encoding in ("", *tables.ENCODINGS):
        try:
            table = read(data, encoding=encoding)
        except CourseError as refused:
            assert "othing was taken" in str(refused)
        else:
            assert all(isinstance(row, Row) and len(row.cells) == len(table.headings) for row in table.rows)


def test_thousands_of_lines_are_read_in_a_moment() -> None:
    numbers = random.Random(1)
    data = write_table(["username", "mark", "email"], [[f"s{n}", str(numbers.random()), f"s{n}@uni.example"] for n in range(20_000)])
    began = time.perf_counter()
    assert len(read(data).rows) == 20_000
    assert time.perf_counter() - began < 3
