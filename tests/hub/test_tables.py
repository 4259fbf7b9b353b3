"""Files and partners on the running hub: what a file would do is shown before it is taken, and who looks for a partner is seen by the right
people."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from autograder.hub.handlers import Refused
from autograder.hub.tables import read_form
from autograder.model import CourseError, RuleError

from .conftest import COURSE, HubOfTests, Window

pytestmark = pytest.mark.hub


def test_a_preview_by_the_api_changes_nothing_and_a_bad_file_says_where(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    ivy, tina = hub.person("ivy"), hub.person("tina")
    before = len(hub.book.audit(COURSE))
    seen = tina.course("POST", f"assignments/{slug}/groups", {"csv": "username,groupname\nann,A\nben,A\n", "preview": True})
    assert seen["report"]["groups"][0]["members"] == ["ann", "ben"] and not seen["taken"]
    wrong = tina.course_answer("POST", f"assignments/{slug}/groups", {"csv": "username,groupname\nann,A\nann,B\n"})
    assert wrong.status == 422 and "line 3, column groupname: ann is in 'A' by line 2 already" in wrong.json["error"]
    wrong = ivy.course_answer("POST", "marks", {"csv": "username,item,mark\nann,exam,1\n"})
    assert wrong.status == 422 and "line 2, column item: 'exam' is no [[external]] of the course" in wrong.json["error"]
    assert len(hub.book.audit(COURSE)) == before
    assert tina.course("POST", f"assignments/{slug}/groups", {"csv": "username,groupname\nann,A\nben,A\n"})["taken"]
    assert [team.members for team in hub.book.teams(COURSE, slug)] == [("ann", "ben")]


def test_who_looks_for_a_partner_is_seen_by_those_without_a_team(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    ann, ben, cat = (hub.person(name) for name in ("ann", "ben", "cat"))
    ann.course("POST", f"assignments/{slug}/partners", {"note": "evenings <b>only</b>"})
    seen = ben.course("GET", f"assignments/{slug}/partners")
    assert [(one["who"]["username"], one["note"]) for one in seen["others"]] == [("ann", "evenings <b>only</b>")]
    assert ann.course("GET", f"assignments/{slug}/partners")["mine"] == "evenings <b>only</b>"
    ben.course("POST", f"assignments/{slug}/invite", {"to": "ann"})
    ann.course("POST", f"assignments/{slug}/accept", {"from": "ben"})
    assert ben.course("GET", f"assignments/{slug}/partners") in (None, {"ok": True})
    assert cat.course("GET", f"assignments/{slug}/partners")["others"] == []
    refused = ann.course_answer("POST", f"assignments/{slug}/partners", {"note": ""})
    assert (refused.status, refused.json["code"]) == (409, "has-team")


def test_staff_take_permits_back(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    tina = hub.person("tina")
    tina.course("POST", f"assignments/{slug}/permit", {"username": "ann", "kind": "alone"})
    assert [kind for _, kind in tina.course("GET", f"assignments/{slug}/pairs")["permits"]] == ["alone"]
    tina.course("POST", f"assignments/{slug}/permit/end", {"username": "ann", "kind": "alone"})
    assert tina.course("GET", f"assignments/{slug}/pairs")["permits"] == []


@pytest.mark.browser
def test_a_student_puts_himself_in_the_list_and_is_invited_from_it(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = assignment()
    ann = window("ann").page
    ann.goto(f"{hub.url}services/course/assignments/{slug}/")
    ann.get_by_label("A few words for those who are looking too").fill("free on Sundays")
    ann.get_by_role("button", name="Put me in the list").click()
    expect(ann.get_by_text("You are in the list now")).to_be_visible()
    ben = window("ben").page
    ben.goto(f"{hub.url}services/course/assignments/{slug}/")
    expect(ben.get_by_text("free on Sundays")).to_be_visible()
    ben.get_by_role("button", name="Invite Ann Levi").click()
    expect(ben.get_by_text("The invitation is on its way")).to_be_visible()
    assert [i.to for i in hub.book.pairing(COURSE, slug, "ben").invitations_out] == ["ann"]


@pytest.mark.browser
def test_a_file_is_shown_before_it_is_taken(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window], tmp_path: Path
) -> None:
    slug = assignment()
    file = tmp_path / "groups.csv"
    file.write_text("Username;Group name;Section\ncat;Red & <i>blue</i>;1\ndan;Red & <i>blue</i>;1\n")
    tina = window("tina").page
    tina.goto(f"{hub.url}services/course/assignments/{slug}/groups")
    tina.get_by_label("A CSV file").set_input_files(file)
    tina.get_by_role("button", name="See what it would do").click()
    expect(tina.get_by_text("New teams: 1. As they were: 0.")).to_be_visible()
    expect(tina.get_by_text("Red & <i>blue</i>")).to_be_visible()
    assert hub.book.teams(COURSE, slug) == ()
    tina.get_by_role("button", name="Take the file").click()
    expect(tina.get_by_text("The file groups.csv is taken.")).to_be_visible()
    assert [team.members for team in hub.book.teams(COURSE, slug)] == [("cat", "dan")]


@pytest.mark.browser
def test_a_bad_file_says_on_the_page_what_is_wrong(hub: HubOfTests, window: Callable[..., Window], tmp_path: Path) -> None:
    file = tmp_path / "people.csv"
    file.write_bytes("username,name\nnew2,\xe0\n".encode("latin-1"))
    opened = window("ivy")
    ivy = opened.page
    ivy.goto(f"{hub.url}services/course/tables/people")
    ivy.get_by_label("A CSV file").set_input_files(file)
    ivy.get_by_role("button", name="See what it would do").click()
    expect(ivy.get_by_role("alert")).to_contain_text("line 2, column 6: the byte 0xe0 makes no sense in UTF-8")
    opened.complaints.clear()  # the browser notes that the answer was 422
    ivy.get_by_label("A CSV file").set_input_files(file)
    ivy.get_by_label("Encoding").select_option("windows-1252")
    ivy.get_by_role("button", name="See what it would do").click()
    expect(ivy.get_by_role("cell", name="à", exact=True)).to_be_visible()
    assert hub.book.role_of(COURSE, "new2") is None


def upload(*fields: tuple[str, str | None, bytes]) -> tuple[str, bytes]:
    """A multipart form: (name, file name, content)."""

    def head(name: str, file: str | None) -> bytes:
        more = "" if file is None else f'; filename="{file}"'
        return f'--b\r\nContent-Disposition: form-data; name="{name}"{more}\r\n\r\n'.encode()

    return "multipart/form-data; boundary=b", b"".join([*(head(n, f) + content + b"\r\n" for n, f, content in fields), b"--b--\r\n"])


def test_the_second_form_carries_the_file() -> None:
    form, data = read_form(*upload(("do", None, b"look"), ("csv", "a.csv", b"x,y\n")))
    assert (form, data) == ({"do": "look", "name": "a.csv"}, b"x,y\n")
    form, data = read_form(*upload(("do", None, b"take"), ("content", None, b"eCx5Cg=="), ("name", None, b"a.csv")))
    assert data == b"x,y\n"


@pytest.mark.parametrize(
    ("body", "error"),
    [
        (upload(("do", None, b"take")), CourseError),
        (upload(("content", None, b"not base64")), Refused),
        (upload(("do", None, b"\xff")), Refused),
        (("multipart/form-data; boundary=b", b"--x"), Refused),
        (("multipart/form-data", b"--x"), Refused),
        (("text/plain", b"x"), CourseError),
    ],
)
def test_anything_else_is_refused(body: Any, error: type[Exception]) -> None:
    with pytest.raises((error, RuleError)):
        read_form(*body)
