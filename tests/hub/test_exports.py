"""The course grades of everybody on the hub: a table and files, for instructors."""

from __future__ import annotations

import pytest

from autograder import export
from autograder.hub.exports import FORMS

from .conftest import COURSE, HubOfTests

pytestmark = pytest.mark.hub


@pytest.mark.parametrize("form", FORMS)
def test_what_is_downloaded_reads_back_as_the_grades_of_the_table(hub: HubOfTests, form: str) -> None:
    ivy = hub.person("ivy")
    answer = ivy.browse(f"services/course/grades/{form}")
    assert answer.status == 200 and answer.headers["Content-Disposition"] == f'attachment; filename="{COURSE}-{form}.{FORMS[form]}"'
    read = export.read(form, answer.body.decode("utf-8-sig" if form == "csv" else "utf-8"))
    shown = ivy.course("GET", "grades")["rows"]
    assert [row.username for row in read] == [row["username"] for row in shown] and "ann" in {row.username for row in read}
    assert [row.final for row in read] == [row["final"] for row in shown]
    assert ivy.course("GET", f"grades/{form}")["text"].encode() == answer.body


def test_the_table_names_every_student_and_says_that_grades_may_change(hub: HubOfTests) -> None:
    page = hub.person("ivy").browse("services/course/grades").text
    assert "Ann Levi" in page and "דן ישראלי" in page and "Ivy Stone</bdi></a>" not in page
    assert "may still change" in page and "Homework" in page


def test_nobody_else_reads_them_and_no_other_format_is_there(hub: HubOfTests) -> None:
    for name in ("ann", "tina"):
        assert [hub.person(name).browse(f"services/course/{page}").status for page in ("grades", "grades/csv")] == [403, 403]
    assert hub.person("ivy").browse("services/course/grades/xlsx").status == 404
