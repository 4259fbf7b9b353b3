"""Other rules tried on the hub on marks of the past: of a file, of another course of the instructor, of this one."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from playwright.sync_api import expect

from autograder.hub.client import Answer, Client
from autograder.hub.handlers import Refused
from autograder.hub.past import packed, unpacked
from autograder.model import Role
from autograder.standing.past import BYTES, FORMAT, VERSION

from .conftest import COURSE, HubOfTests, Window

pytestmark = pytest.mark.hub

LAST = """
id = "last-term"
title = "Calculus"
term = "Autumn"
timezone = "UTC"
[[external]]
id = "exam"
title = "Exam"
[policy]
pass_mark = 55
[[component]]
id = "exam"
title = "Exam"
weight = 100
items = ["exam"]
"""
TEXT = LAST.replace('"last-term"', f'"{COURSE}"').replace("pass_mark = 55", "pass_mark = 75")
MARKS = {"oak": "80", "elm": "60", "ash": "70", "fir": "absent", "yew": "90", "box": "10"}


def rows() -> list[dict[str, object]]:
    """The marks of six people in an exam, with the grades that they had."""
    said = []
    for mark in MARKS.values():
        points = int(mark.replace("absent", "0"))
        then = {"shown": f"{points} ({'pass' if points >= 55 else 'fail'})", "passed": points >= 55, "raw": str(points)}
        said.append({"then": then, "work": {}, "outside": {"exam": mark}, "projects": {}, "arranged": []})
    return said


FILE = json.dumps({
    "format": FORMAT, "version": VERSION, "items": {"exam": {"kind": "outside", "out_of": "100", "begun": True}}, "rows": rows(),
})  # fmt: skip


@pytest.fixture
def last_term(hub: HubOfTests) -> Iterator[str]:
    """Another course in the same ledger."""
    book = hub.book
    for name, mark in MARKS.items():
        book.enrol("last-term", name, Role.STUDENT, name=name.title(), actor="setup")
        book.external_mark("last-term", "exam", name, mark, actor="setup", source="csv")
    book.policies.adopt("last-term", LAST, {}, effective=datetime(2020, 1, 1, tzinfo=UTC), reason="syllabus", actor="setup")
    yield "last-term"
    book.unenrol("last-term", "ivy", actor="setup")


def upload(person: Client, form: dict[str, str], file: bytes = b"") -> Answer:
    """The form of the page as a browser sends it."""
    person.browse("services/course/rules/past")
    line = uuid.uuid4().hex
    parts = [f'--{line}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'.encode() for name, value in form.items()]
    head = f'--{line}\r\nContent-Disposition: form-data; name="marks"; filename="marks.json"\r\n\r\n'.encode()
    body = b"".join([*parts, *([head, file, b"\r\n"] if file else []), f"--{line}--\r\n".encode()])
    place = f"services/course/rules/past?_xsrf={person.xsrf('services/course/')}"
    return person.browse(place, body=body, content_type=f"multipart/form-data; boundary={line}")


def counted(view: dict[str, dict[str, object]]) -> tuple[object, ...]:
    tried = view["tried"]
    return tried["rises"], tried["falls"], tried["stays"]


def test_a_file_says_what_a_text_would_have_given(hub: HubOfTests) -> None:
    said = hub.person("ivy").course("POST", "policy/try", {"text": TEXT, "marks": FILE})
    assert counted(said) == (0, 2, 4) and said["passed"] == [pytest.approx(400 / 6), pytest.approx(200 / 6)] and said["graded"] == [6, 6]
    assert [(one["row"], one["after"]["shown"]) for one in said["tried"]["largest"]] == [(2, "60 (fail)"), (3, "70 (fail)")]
    assert [bin for bin in said["bins"] if bin[1]] == [[f"{low}-{low + 10}", 1, 1] for low in (0, 10, 60, 70, 80, 90)]


def test_another_course_is_open_to_its_own_instructors_alone(hub: HubOfTests, last_term: str) -> None:
    ivy, asked = hub.person("ivy"), {"text": TEXT, "source": last_term}
    assert ivy.course_answer("POST", "policy/try", asked).status == 404 and last_term not in ivy.browse("services/course/rules/past").text
    hub.book.enrol(last_term, "ivy", Role.TA, name="Ivy Stone", actor="setup")
    assert ivy.course_answer("POST", "policy/try", asked).status == 404
    assert ivy.course_answer("POST", "policy/try", {**asked, "source": "nosuch"}).status == 404
    hub.book.enrol(last_term, "ivy", Role.INSTRUCTOR, name="Ivy Stone", actor="setup")
    assert counted(ivy.course("POST", "policy/try", asked)) == (0, 2, 4)
    assert "Calculus Autumn" in ivy.browse("services/course/rules/past").text
    other = ivy.course("POST", "policy/try", {**asked, "text": TEXT.replace('"exam"', '"final"')})
    assert (other["tried"]["unknown"], other["tried"]["missing"]) == (["exam"], ["final"])
    named = ivy.course("POST", "policy/try", {**asked, "text": TEXT.replace('"exam"', '"final"'), "names": "exam = final"})
    assert counted(named) == (0, 2, 4)


def test_this_course_is_tried_like_any_other(hub: HubOfTests) -> None:
    text = hub.site.course_file.read_text(encoding="utf-8")
    said = hub.person("ivy").course("POST", "policy/try", {"text": text, "source": COURSE})
    assert counted(said)[:2] == (0, 0) and said["tried"]["stays"] >= 4


def test_the_download_names_nobody_and_reads_back(hub: HubOfTests) -> None:
    ivy = hub.person("ivy")
    answer = ivy.browse("services/course/grades/marks")
    assert answer.status == 200 and answer.headers["Content-Disposition"] == f'attachment; filename="{COURSE}-marks.json"'
    file = answer.text
    assert not [name for name in ("ann", "ben", "Levi", "Cohen", "team-", "tina", "ivy") if f'"{name}' in file or name in file.split('"')]
    text = hub.site.course_file.read_text(encoding="utf-8")
    assert counted(ivy.course("POST", "policy/try", {"text": text, "marks": file}))[:2] == (0, 0)


REFUSED = {
    "no file": ({"text": TEXT, "source": "file"}, b"", "Choose a file of marks first"),
    "a file that is none": ({"text": TEXT, "source": "file"}, b"{", "this is no file of marks"),
    "a file of something else": ({"text": TEXT, "source": "file"}, b"<i>\xff", "this is no file of marks"),
    "rules that are none": ({"text": "pass = <i>", "source": "file"}, FILE.encode(), "course.toml"),
    "names that are none": ({"text": TEXT, "source": "file", "names": "exam"}, FILE.encode(), "line 1"),
    "a bad copy of the file": ({"text": TEXT, "source": "file", "content": "AAAA"}, b"", "cannot be read"),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused_says_why_and_keeps_the_text(hub: HubOfTests, case: str) -> None:
    form, file, sentence = REFUSED[case]
    answer = upload(hub.person("ivy"), {"do": "try", **form}, file)
    assert answer.status in (400, 409, 422) and sentence in answer.text and "<i>" not in answer.text
    assert "pass_mark = 75" in answer.text or case in ("rules that are none", "a bad copy of the file")


def test_the_page_keeps_the_file_for_another_text_and_gives_the_text_back_to_the_rules(hub: HubOfTests) -> None:
    ivy = hub.person("ivy")
    first = upload(ivy, {"do": "try", "text": TEXT, "source": "file"}, FILE.encode())
    assert first.status == 200 and "2 grades fall" in first.text and "<svg" in first.text
    content = first.text.partition('name="content" value="')[2].partition('"')[0]
    again = upload(ivy, {"do": "try", "text": TEXT.replace("75", "55"), "source": "file", "content": content})
    assert "0 grades fall" in again.text and "Nobody&#39;s course grade would change" in again.text
    back = ivy.browse("services/course/rules", form={"do": "edit", "text": TEXT, "_xsrf": ivy.xsrf("services/course/")})
    assert back.status == 200 and "pass_mark = 75" in back.text.partition("<textarea")[2]
    for name in ("ann", "tina"):
        assert hub.person(name).browse("services/course/rules/past").status == 403
        assert hub.person(name).browse("services/course/grades/marks").status == 403


def test_a_file_that_grows_beyond_measure_is_not_unpacked() -> None:
    bomb = packed(b"0" * (3 * BYTES))
    assert len(bomb) < 10**6 and len(unpacked(bomb) or b"") == BYTES + 1
    assert unpacked("") is None and unpacked(packed(b"marks")) == b"marks"
    for broken in ("=", "AAAA", packed(b"marks")[:-8] + "AAAAAAAA"):
        with pytest.raises(Refused):
            unpacked(broken)


@pytest.mark.browser
def test_an_instructor_tries_the_text_that_he_edits_on_a_file_of_marks(
    hub: HubOfTests, window: Callable[..., Window], tmp_path: Path
) -> None:
    page = window("ivy").page
    page.goto(f"{hub.url}services/course/rules")
    page.get_by_label("Text", exact=True).fill(TEXT)
    page.get_by_role("button", name="Try it on marks of the past").click()
    expect(page.locator("main h1")).to_have_text("Try rules on marks of the past")
    (tmp_path / "marks.json").write_text(FILE)
    page.get_by_label("File of marks").set_input_files(tmp_path / "marks.json")
    page.get_by_role("button", name="Try it").click()
    expect(page.locator("#tried")).to_contain_text("2 grades fall")
    expect(page.locator("#tried svg")).to_be_visible()
    page.get_by_role("button", name="Back to the rules with this text").click()
    expect(page.get_by_label("Text", exact=True)).to_have_value(TEXT)
