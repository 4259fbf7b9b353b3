"""A file of marks is looked at whole and taken whole or not at all, and every error says where it is."""

from __future__ import annotations

import json
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.course import External, load_course
from autograder.imports import MarkReport, read_mark, report_marks
from autograder.ledger import Person
from autograder.model import CourseError, Role

STUDENTS = tuple(
    Person(name, Role.STUDENT, name.title(), f"{name}@uni.example") for name in ("alice", "bob", "carol", "316000001")
)  # 316000001: a course whose user names are id numbers
ITEMS = (External("exam", "Final exam"), External("quizzes", "Quizzes", Fraction(12)), External("big", "Big one", Fraction(2000)))
HEAD = "username,item,mark\n"


def read(data: str, **more: str) -> MarkReport:
    before = {("exam", "bob"): "70.50", ("quizzes", "bob"): "3"}
    return report_marks(data.encode(), STUDENTS, ITEMS, before, file="marks.csv", **more)


def taken(data: str, **more: str) -> list[tuple[str, str, str]]:
    report = read(data, **more)
    assert (report.wrong, report.unknown) == ((), ())
    return [(one.username, one.item, one.after) for one in report.changes]


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(HEAD + "alice,exam,87.5\nbob,quizzes,12\n", id="one line for each mark"),
        pytest.param("mark,username,item\n87.5,alice,exam\n12,bob,quizzes\n", id="another order"),
        pytest.param("username;item;mark\nalice;exam;87,5\nbob;quizzes;12\n", id="decimal comma"),
        pytest.param('username,item,mark\nalice,exam,"87,5"\nbob,quizzes,12\n', id="decimal comma in quotes"),
        pytest.param("username,exam,quizzes\nalice,87.5,\nbob,-,12\n", id="one line for each student"),
        pytest.param("username,Final exam (Real),Quiz: Quizzes (Real),Total\nalice,87.5,-,1\nbob,-,12,2\n", id="as Moodle exports"),
        pytest.param(
            "Student,ID,SIS User ID,SIS Login ID,Section,Final exam (123),Quizzes (124)\n    Points Possible,,,,,100,12\n"
            "Levi A,1,77,alice,A,87.5,\nLevi B,2,78,bob,A,,12\n",
            id="as Canvas exports",
        ),
        pytest.param("Email address,item,grade\nALICE@uni.example,exam,87.5\nbob@uni.example,quizzes,12\n", id="by address"),
        pytest.param("Login,email,item,mark\nAlice,,exam,87.5\nb0b,bob@uni.example,quizzes,12\n", id="by what fits"),
    ],
)
def test_marks_come_in_many_shapes(data: str) -> None:
    assert taken(data) == [("alice", "exam", "87.5"), ("bob", "quizzes", "12")]


def test_an_id_number_is_understood_where_user_names_are_id_numbers() -> None:
    assert taken("ID number,exam\n316000001,90\n") == [("316000001", "exam", "90")]


def test_a_file_need_not_name_its_item_when_somebody_does() -> None:
    assert taken("username,mark\nalice,87.5\n", item="exam") == [("alice", "exam", "87.5")]
    assert taken(HEAD + "alice,exam,1\nalice,quizzes,2\n", item="quizzes") == [("alice", "quizzes", "2")]
    assert taken("username,exam,quizzes\nalice,1,2\n", item="quizzes") == [("alice", "quizzes", "2")]


def test_a_report_says_what_would_change() -> None:
    report = read(HEAD + "alice,exam,absent\nbob,exam,70.5\nbob,quizzes,4\ncarol,exam,-\n")
    assert [(one.username, one.how, one.before, one.after) for one in report.changes] == [
        ("alice", "new", "", "absent"),
        ("bob", "same", "70.50", "70.5"),
        ("bob", "changed", "3", "4"),
    ]
    assert (report.silent, report.without, report.unread) == (1, ("316000001",), ())
    assert read("username,exam,Section,Notes\nalice,1,A,\n").unread == ("Section", "Notes")


@pytest.mark.parametrize(
    ("cell", "mark"),
    [("87.5", "87.5"), ("87,5", "87.5"), ("100", "100"), ("0", "0"), ("", None), ("-", None), ("\u2013", None), ("Absent", "absent"),
     ("נעדר", "absent"), ("н/я", "absent")],
)  # fmt: skip
def test_a_cell_is_a_mark_or_says_nothing(cell: str, mark: str | None) -> None:
    assert read_mark(cell, ITEMS[0]) == mark


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("alice,exma,80", "line 2, column item: 'exma' is no [[external]] of the course; did you mean 'exam'?"),
        ("alice,exam,eighty", "line 2, column mark: 'eighty' is no mark: write a number such as 87.5, or absent"),
        ("alice,exam,nan", "'nan' is no mark"),
        ("alice,exam,inf", "'inf' is no mark"),
        ("alice,exam,1e2", "'1e2' is no mark"),
        ("alice,exam,-5", "'-5' is no mark"),
        ("alice,exam,=87", "'=87' is no mark"),
        ("alice,exam,87 %", "'87 %' is no mark"),
        ("alice,exam,٨٧", "is no mark"),
        ("alice,exam,100.5", "100.5 is more than the 100 that Final exam is out of"),
        ("alice,quizzes,13", "13 is more than the 12 that Quizzes is out of"),
        ('alice,big,"1,234"', "'1,234' may be 1.234 or 1234: write one of them"),
        ("alice,exam,80\n\nalice,exam,80", "line 4, column mark: alice has a mark for exam in line 2 already"),
        (",exam,80", "line 2, column username: nobody is named here"),
    ],
)
def test_an_error_names_line_and_column(body: str, reason: str) -> None:
    assert reason in str(read(HEAD + body).wrong[0])


def test_who_is_not_in_the_course_is_listed_with_the_nearest_name() -> None:
    report = read("username,exam\nalcie,80\nmallory,x\n")
    assert [str(one) for one in report.unknown] == [
        "line 2, column username: there is no student 'alcie'; did you mean 'alice'?",
        "line 3, column username: there is no student 'mallory'",
    ]
    assert [str(one) for one in report.wrong] == ["line 3, column exam: 'x' is no mark: write a number such as 87.5, or absent"]


def test_what_a_line_says_about_a_person_must_agree() -> None:
    report = read("username,email,exam\nalice,bob@uni.example,1\n")
    assert str(report.wrong[0]) == "line 2, column email: 'bob@uni.example' is bob, but 'alice' is alice"


def test_an_address_of_two_people_names_neither() -> None:
    twins = (Person("ann", Role.STUDENT, email="levi@home.example"), Person("ben", Role.STUDENT, email="Levi@home.example"))
    report = report_marks(b"email,exam\nlevi@home.example,1\n", twins, ITEMS, {}, file="m.csv")
    assert str(report.wrong[0]) == "line 2, column email: 'levi@home.example' may be ann or ben; give a user name"


def test_points_possible_must_be_those_of_the_course() -> None:
    report = read("Student,SIS Login ID,Final exam (1)\nPoints Possible,,50\nA,alice,40\n")
    assert "line 2, column Final exam (1): here it is out of 50, in course.toml out of 100" in str(report.wrong[0])


@pytest.mark.parametrize(
    ("data", "said"),
    [
        ("user,mark\n", "line 1: no column says whom a line is about"),
        (
            "username,mark\nalice,1\n",
            "the file does not say of what its marks are; say it with an item's name. Known are big, exam, quizzes",
        ),
        ("username,item\nalice,exam\n", "no column holds marks"),
        ("username,exam,Final exam\nalice,1,2\n", "line 1, column exam: exam has another column as well"),
        (HEAD + "alice,exam\n", "line 2: 2 columns instead of 3"),
    ],
)
def test_a_table_of_something_else_is_refused(data: str, said: str) -> None:
    with pytest.raises(CourseError) as refused:
        read(data)
    assert said in str(refused.value) and "othing was taken" in str(refused.value)


def test_an_item_that_is_none_is_told() -> None:
    with pytest.raises(CourseError, match=r"'exma' is no .*did you mean 'exam'"):
        read(HEAD, item="exma")


def test_the_marks_of_the_demo_fit_its_course() -> None:
    folder = Path(__file__).parents[2] / "courses"
    students = tuple(Person(name, Role.STUDENT) for name in ("alice", "bob", "carol", "dan", "erin", "frank", "gina", "hugo"))
    externals = load_course(folder / "demo.toml").externals
    report = report_marks((folder / "demo-marks.csv").read_bytes(), students, externals, {}, file="demo-marks.csv")
    assert {one.username for one in report.changes if one.item == "exam"} == {one.username for one in students}
    assert json.dumps(report.without) == "[]"
