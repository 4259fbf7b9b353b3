"""Grades leave in the form that another system reads, and nothing is lost on the way: what is exported can be read back."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.course import parse_course
from autograder.export import FORMATS, Row, best, decimal, read, rows, write
from autograder.ledger import Person
from autograder.model import CourseError, Role
from autograder.policy import CourseGrade, Marks, course_grade
from autograder.standing import Standing

MARKS = {"Homework": Decimal("83.333333"), "Exam": Decimal(78)}
ANN = Row("ann", 'Ann "A." Archer, MSc', "ann@example.org", MARKS, "84", "pass", "weighted")
BEN = Row("ben", "בן כהן", "", {"Homework": None, "Exam": None}, "", "provisional", "")
LOST = {"moodle": {"name": "", "status": "", "rule": ""}, "canvas": {"email": "", "status": "", "rule": ""}, "csv": {}, "json": {}}
"""What a format does not carry."""


@pytest.mark.parametrize("form", FORMATS)
def test_what_is_exported_can_be_read_back(form: str) -> None:
    assert read(form, write(form, [ANN, BEN])) == tuple(replace(row, **LOST[form]) for row in (ANN, BEN))


texts = st.text(st.characters(exclude_categories=["Cs", "Cc"]), max_size=20)
marks = st.none() | st.decimals(0, 100, places=6).map(lambda value: Decimal(f"{value:f}").normalize() + 0)
people = st.builds(
    Row, st.from_regex(r"[a-z][a-z0-9._-]{0,10}", fullmatch=True), texts, texts, st.fixed_dictionaries({"Homework": marks, "=Exam": marks}),
    st.sampled_from(["", "0", "84", "100", "pass", "fail", "A", "F"]), texts, texts,
)  # fmt: skip


@pytest.mark.parametrize("form", FORMATS)
@given(found=st.lists(people, max_size=5))
def test_every_text_and_every_mark_survives(form: str, found: list[Row]) -> None:
    kept = [row for row in found if form != "canvas" or row.name.strip() != "Points Possible"]
    assert read(form, write(form, kept)) == tuple(replace(row, **LOST[form]) for row in kept)


@pytest.mark.parametrize("form", ["moodle", "canvas", "csv"])
@pytest.mark.parametrize("name", ["=HYPERLINK(1)", "+1", "-1", "@SUM(A1)"])
def test_no_cell_is_a_formula(form: str, name: str) -> None:
    cells = [cell for line in csv.reader(io.StringIO(write(form, [replace(ANN, name=name, email=name)]))) for cell in line]
    assert f"'{name}" in cells and not any(cell.startswith(("=", "+", "-", "@")) for cell in cells)


def test_a_spreadsheet_knows_the_encoding_and_quotes_are_doubled() -> None:
    text = write("csv", [ANN, BEN])
    assert text.startswith("\ufeff") and '"Ann ""A."" Archer, MSc"' in text and "\r\n" in text


def test_canvas_has_its_columns_and_the_possible_points() -> None:
    heading, possible, ann, _ = list(csv.reader(io.StringIO(write("canvas", [ANN, BEN]))))
    assert heading == ["Student", "ID", "SIS User ID", "SIS Login ID", "Section", "Homework", "Exam", "final grade"]
    assert possible == ["    Points Possible", "", "", "", "", "100", "100", "100"]
    assert ann == ['Ann "A." Archer, MSc', "", "", "ann", "", "83.333333", "78", "84"]


def test_moodle_finds_people_by_user_name_or_address() -> None:
    assert list(csv.reader(io.StringIO(write("moodle", [ANN]))))[1] == ["ann", "ann@example.org", "83.333333", "78", "84"]


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (Fraction(251, 3), "83.666667"),
        (Fraction(145, 2), "72.5"),
        (Fraction(100), "100"),
        (Fraction(1, 3_000_000), "0"),
        (Fraction(1, 2_000_000), "0.000001"),
    ],
    ids=str,
)
def test_numbers_are_decimals_rounded_half_up_at_the_sixth_place(number: Fraction, written: str) -> None:
    assert decimal(number) == Decimal(written)
    assert json.loads(write("json", [replace(ANN, components={"Exam": decimal(number)})]))[0]["components"]["Exam"] == written


@pytest.mark.parametrize(
    ("form", "text", "said"),
    [
        ("csv", "", "line 1: the columns must begin with username"),
        ("csv", "username,name,email,final grade,status,rule\r\nann,Ann\r\n", "line 2: 2 columns instead of 6"),
        ("moodle", "username,email,Exam,final grade\r\nann,,ninety,\r\n", "line 2, column Exam: 'ninety' is no mark"),
        ("moodle", "username,email,Exam,final grade\r\nann,,nan,\r\n", "line 2, column Exam: 'nan' is no mark"),
        ("moodle", "username,email,final grade\r\nann,,ninety\r\n", "line 2, column final grade: 'ninety' is no grade"),
        ("csv", "username,name,email,final grade,status,rule\r\nann,,,1e9,,\r\n", "column final grade: '1e9' is no grade"),
        ("json", json.dumps([{"username": "a", "name": "", "email": "", "components": {}, "final": 7, "status": "", "rule": ""}]),
         "column final grade: 7 is no grade"),
        ("canvas", "Student,ID\r\n", "line 1: the columns must begin with Student, ID, SIS User ID"),
        ("csv", 'username,name,email,final grade,status,rule\r\n"ann', "line 2: "),
        ("json", "[{]", "this is no export of grades"),
        ("json", '[{"username": 1}]', "this is no export of grades"),
    ],
    ids=["empty", "columns", "a word", "nan", "a word for a grade", "an exponent", "a number in json", "headings", "a quote", "no json",
         "other json"],
)
def test_what_is_no_export_is_refused_with_its_place(form: str, text: str, said: str) -> None:
    with pytest.raises(CourseError) as found:
        read(form, text)
    assert said in str(found.value) and "nothing was taken" in str(found.value)


COURSE = """
id = "c"
title = "C"
timezone = "UTC"
[[external]]
id = "a"
[[external]]
id = "b"
[policy]
pass_mark = 55
[[component]]
id = "one"
title = "Exam"
kind = "exam"
weight = 50
items = ["a"]
[[component]]
id = "two"
title = "Exam"
kind = "exam"
weight = 50
items = ["b"]
"""


def test_rows_come_by_user_name_with_a_column_for_each_component() -> None:
    course = parse_course(COURSE, file="course.toml")
    grade = CourseGrade(Fraction(70), 70, "pass", "weighted", (), {"one": Fraction(60), "two": Fraction(80)}, shown="70")
    standings = [Standing("ben", (), grade, True, ("not released",), Marks({})), Standing("ann", (), grade, False, (), Marks({}))]
    found = rows(course, standings, [Person("ann", Role.STUDENT, "Ann"), Person("ben", Role.STUDENT, "Ben")])
    assert [(row.username, row.status) for row in found] == [("ann", "pass"), ("ben", "provisional")]
    assert found[0].components == {"Exam (one)": Decimal(60), "Exam (two)": Decimal(80)}
    assert found[0].final == "70"


@pytest.mark.parametrize(
    ("scale", "shown", "out_of"),
    [("percent", "70", "100"), ("points", "3", "5"), ("pass-fail", "pass", ""), ("ects", "C", "")],
)
@pytest.mark.parametrize("form", FORMATS)
def test_the_final_grade_leaves_as_its_scale_shows_it(form: str, scale: str, shown: str, out_of: str) -> None:
    rules = "pass_mark = 55" if scale in ("percent", "pass-fail") else "cuts = [50, 60, 70, 80, 90]"
    course = parse_course(COURSE.replace("pass_mark = 55", f'scale = "{scale}"\n{rules}'), file="course.toml")
    given = Marks({"a": Fraction(60), "b": Fraction(80)})
    standing = Standing("ann", (), course_grade(course.policy, given), False, (), given)
    text = write(form, rows(course, [standing], [Person("ann", Role.STUDENT, "Ann")]), best(course))
    assert read(form, text)[0].final == shown
    if form == "canvas":
        assert list(csv.reader(io.StringIO(text)))[1][-1] == out_of
