"""A CSV of marks is taken whole or not at all, and every error says where it is."""
from __future__ import annotations

from fractions import Fraction
from pathlib import Path

import pytest

from autograder.course import External, load_course
from autograder.imports import MarkLine, read_marks_csv
from autograder.model import CourseError

STUDENTS = ("alice", "bob", "carol")
ITEMS = (External("exam", "Final exam"), External("quizzes", "Quizzes", Fraction(12)))
HEAD = "username,item,mark\n"


def read(data: str | bytes) -> tuple[MarkLine, ...]:
    return read_marks_csv(data, STUDENTS, ITEMS, file="marks.csv")


@pytest.mark.parametrize("data", [
    HEAD + "alice,exam,87.5\nbob,quizzes,12\n",
    (HEAD + "alice,exam,87.5\r\n\r\nbob,quizzes,12").replace("\n", "\r\n").replace("\r\r", "\r"),
    "\ufeff" + HEAD + "alice,exam,87.5\nbob,quizzes,12\n",
    ("\ufeff" + HEAD + 'alice , "exam", 87.5\n,,\nbob,quizzes,12\n').replace(' "exam"', "exam").encode(),
    "mark,username,item\n87.5,alice,exam\n12,bob,quizzes\n"])
def test_spreadsheets_write_csv_in_several_ways(data: str | bytes) -> None:
    assert read(data) == (MarkLine("alice", "exam", "87.5"), MarkLine("bob", "quizzes", "12"))


def test_somebody_can_be_absent() -> None:
    assert read(HEAD + "alice,exam,absent\n") == (MarkLine("alice", "exam", "absent"),)


@pytest.mark.parametrize(("body", "reason"), [
    ("alcie,exam,80", "line 2, column username: there is no student 'alcie'; did you mean 'alice'?"),
    ("alice,exma,80", "line 2, column item: 'exma' is no [[external]] of the course; did you mean 'exam'?"),
    ("alice,exam,", "line 2, column mark: '' is no mark: write a number such as 87.5, or absent"),
    ("alice,exam,eighty", "'eighty' is no mark"), ("alice,exam,nan", "'nan' is no mark"),
    ("alice,exam,1e2", "'1e2' is no mark"), ("alice,exam,-5", "'-5' is no mark"),
    ('alice,exam,"87,5"', "'87,5' is no mark"), ("alice,exam,٨٧", "is no mark"),
    ("alice,exam,100.5", "100.5 is more than the 100 that Final exam is out of"),
    ("alice,quizzes,13", "13 is more than the 12 that Quizzes is out of"),
    ("alice,exam", "line 2: 2 columns instead of 3"), ("alice,exam,80,", "line 2: 4 columns instead of 3"),
    ("alice,exam,80\n\nalice,exam,80", "line 4: alice has a mark for exam in line 2 already"),
    ('alice,exam,"80', "line 2: unexpected end of data"),
])
def test_an_error_names_line_and_column(body: str, reason: str) -> None:
    with pytest.raises(CourseError) as refused:
        read(HEAD + body)
    assert reason in str(refused.value)
    assert str(refused.value).startswith("marks.csv: ") and "nothing was taken" in str(refused.value)


def test_all_errors_are_listed_together() -> None:
    with pytest.raises(CourseError) as refused:
        read(HEAD + "alcie,exam,80\nbob,exam,70\ncarol,exma,eighty\n")
    assert "line 2, column username" in str(refused.value) and "line 4, column item" in str(refused.value)


def test_a_long_list_of_errors_is_cut() -> None:
    with pytest.raises(CourseError, match="and 5 more"):
        read(HEAD + "mallory,exam,80\n" * 13)


@pytest.mark.parametrize(("data", "found"), [
    ("", "found nothing"), ("username;item;mark\nalice;exam;80\n", "found username;item;mark"),
    ("user,item,mark\n", "found user, item, mark"), ("username,item\n", "found username, item")])
def test_other_columns_are_refused(data: str, found: str) -> None:
    with pytest.raises(CourseError, match=f"the columns must be username, item, mark, separated by commas; {found}"):
        read(data)


def test_another_encoding_is_told_with_its_line() -> None:
    with pytest.raises(CourseError, match="line 3: this is not UTF-8"):
        read((HEAD + "alice,exam,80\nb\xf6b,exam,80\n").encode("latin-1"))


def test_the_marks_of_the_demo_fit_its_course() -> None:
    folder = Path(__file__).parents[2] / "courses"
    students = ("alice", "bob", "carol", "dan", "erin", "frank", "gina", "hugo")
    lines = read_marks_csv((folder / "demo-marks.csv").read_bytes(), students,
                           load_course(folder / "demo.toml").externals, file="demo-marks.csv")
    assert {line.username for line in lines if line.item == "exam"} == set(students)
