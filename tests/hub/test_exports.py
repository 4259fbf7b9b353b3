"""The course grades of everybody on the hub: a table and files, for instructors."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from playwright.sync_api import expect

from autograder import export
from autograder.hub.exports import FORMS

from .conftest import COURSE, HubOfTests, Window

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


@pytest.fixture
def adopted(hub: HubOfTests) -> None:
    """Rules hold, so grades are no draft."""
    text = hub.site.course_file.read_text(encoding="utf-8")
    hub.book.policies.adopt(COURSE, text, {}, effective=datetime(2020, 1, 1, tzinfo=UTC), reason="the syllabus", actor="setup")


def test_nothing_is_published_but_what_was_shown(hub: HubOfTests, adopted: None) -> None:
    ivy, before = hub.person("ivy"), hub.book.policies.published(COURSE)
    refused = ivy.course_answer("POST", "grades/publish", {"mark": "", "named": ["ann"]})
    assert (refused.status, refused.json["code"]) == (409, "changed-meanwhile")
    stranger = ivy.course_answer("POST", "grades/publish", {"mark": "", "named": ["sam"]})
    assert (stranger.status, stranger.json["code"]) == (409, "unknown-student")
    assert hub.book.policies.published(COURSE) == before


def test_who_may_still_change_is_given_a_grade_only_by_name(hub: HubOfTests, adopted: None) -> None:
    ivy = hub.person("ivy")
    shown = ivy.course("GET", "grades/publish")
    assert "ben" in shown["left"] and "ben" not in {one["username"] for one in shown["given"]}
    assert "ben" not in ivy.course("POST", "grades/publish", {"mark": shown["mark"]})["published"]
    given = ivy.course("POST", "grades/publish", {"mark": shown["mark"], "named": ["ben"]})
    assert given["published"] == ["ben"]
    assert ivy.course("POST", "grades/publish", {"mark": shown["mark"], "named": ["ben"]})["published"] == []
    lines = [line for line in hub.book.audit(COURSE) if line.data.get("table") == "course_grade"]
    assert lines[-1].actor == "ivy" and hub.book.policies.published(COURSE)["ben"].actor == "ivy"
    assert "Your course grade was given to you: incomplete" in hub.person("ben").browse("services/course/").text


def test_nobody_else_publishes(hub: HubOfTests, adopted: None) -> None:
    for name in ("ann", "tina"):
        assert hub.person(name).browse("services/course/grades/publish").status == 403


@pytest.mark.browser
def test_an_instructor_sees_what_publishing_does_before_he_does_it(hub: HubOfTests, adopted: None, window: Callable[..., Window]) -> None:
    page = window("ivy").page
    page.goto(f"{hub.url}services/course/grades")
    page.get_by_role("link", name="Publish the course grades").click()
    expect(page.locator("main h1")).to_have_text("Publish the course grades")
    assert "cat" not in hub.book.policies.published(COURSE)
    page.get_by_label("Catherine Moreau-Lefèvre").check()
    page.get_by_role("button", name="Publish").click()
    expect(page.get_by_role("status")).to_contain_text("The course grades are published.")
    assert hub.book.policies.published(COURSE)["cat"].actor == "ivy"
