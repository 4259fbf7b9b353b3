"""Projects on the running hub: a pair goes through all stages, nobody else sees anything of it, and the pages look as they should.

The project is the one of the hub's course; each test takes a pair of its own, since a project's team stays for good.
"""

from __future__ import annotations

import base64
import io
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from autograder.hub.client import Client
from autograder.hub.projects import unzipped
from autograder.model import Role, SubmissionError

from .conftest import COURSE, HubOfTests, Window

pytestmark = pytest.mark.hub
PLACE = "projects/project"
PAST = (datetime.now(UTC) - timedelta(hours=1)).isoformat()


def files(**given: bytes) -> dict[str, dict[str, str]]:
    return {"files": {name.replace("_", "."): base64.b64encode(content).decode() for name, content in given.items()}}


@pytest.fixture(scope="module")
def opened(hub: HubOfTests) -> HubOfTests:
    """An instructor has opened the project, and all four students are in pairs."""
    assert hub.person("ann").course_answer("GET", PLACE).status == 404
    hub.person("ivy").course("POST", f"{PLACE}/publish", {})
    for one, other in (("ann", "ben"), ("cat", "dan")):
        hub.person(one).course("POST", f"{PLACE}/partner", {"do": "invite", "name": other})
        hub.person(other).course("POST", f"{PLACE}/partner", {"do": "accept", "name": one})
    return hub


def team_of(person: Client) -> str:
    return str(person.course("GET", PLACE)["team"])


def test_a_pair_goes_from_the_proposal_to_its_marks(opened: HubOfTests) -> None:
    ann, ben, cat, tina = (opened.person(name) for name in ("ann", "ben", "cat", "tina"))
    team = team_of(ann)
    refused = ann.course_answer("POST", f"{PLACE}/stages/final", files(run_py=b"print()"))
    assert (refused.status, refused.json["code"]) == (409, "blocked")
    receipt = ann.course("POST", f"{PLACE}/stages/proposal", files(proposal_pdf=b"%PDF 1"))
    assert receipt["members"] == ["ann", "ben"]
    assert ann.course("POST", "receipts/verify", receipt) == {"valid": True}
    tina.course("POST", f"{PLACE}/teams/{team}/decide", {"stage": "proposal", "approved": False, "text": "Too large.", "seen": 1})
    lines = ben.course("GET", PLACE)["lines"]
    assert [(line["did"], line["text"]) for line in lines] == [("returned", "Too large."), ("handed in", "")]
    ben.course("POST", f"{PLACE}/stages/proposal", files(proposal_pdf=b"%PDF 2"))
    late = tina.course_answer("POST", f"{PLACE}/teams/{team}/decide", {"stage": "proposal", "approved": True, "seen": 1})
    assert (late.status, late.json["code"]) == (409, "newer-there")
    tina.course("POST", f"{PLACE}/teams/{team}/decide", {"stage": "proposal", "approved": True, "seen": 2})
    number = ann.course("POST", f"{PLACE}/stages/meeting/notes", {"text": "The baseline first.", "when": PAST})["number"]
    assert ann.course_answer("POST", f"{PLACE}/notes/{number}/acknowledge", {}).status == 409
    tina.course("POST", f"{PLACE}/notes/{number}/acknowledge", {})
    ann.course("POST", f"{PLACE}/stages/final", files(run_py=b"print()"))
    tina.course("POST", f"{PLACE}/teams/{team}/schedule", {"stage": "talk", "when": PAST, "place": "Room 861"})
    tina.course("POST", f"{PLACE}/teams/{team}/presented", {"stage": "talk", "held": True})
    tina.course("POST", f"{PLACE}/teams/{team}/mark", {"line": "method", "points": "60.5", "comment": "Careful."})
    for member, points in (("ann", "25"), ("ben", "20")):
        tina.course("POST", f"{PLACE}/teams/{team}/mark", {"line": "talk", "points": points, "member": member})
    before = ann.course("GET", PLACE)
    assert [mark["percent"] for mark in before["marks"]] == [None] and "Careful." not in str(before)
    assert all(stage["done"] for stage in before["stages"])
    tina.course("POST", f"{PLACE}/teams/{team}/release", {})
    for person, points, others in ((ann, 85.5, 20.0), (ben, 80.5, 25.0)):      # of a partner's own marks nobody learns
        seen = person.course("GET", PLACE)
        assert [mark["percent"] for mark in seen["marks"]] == [points]
        assert others not in [line["points"] for line in seen["lines"]]
    first = ann.course("GET", PLACE)["lines"][-1]["id"]
    answer = ann.course_answer("GET", f"{PLACE}/files/{first}")
    assert answer.status == 200, answer.text
    with zipfile.ZipFile(io.BytesIO(answer.body)) as packed:
        assert packed.read("proposal.pdf") == b"%PDF 1"
    assert cat.course_answer("GET", f"{PLACE}/files/{first}").status == 404
    assert cat.course_answer("POST", f"{PLACE}/notes/{number}/acknowledge", {}).status == 404
    assert "ann" not in str(cat.course("GET", PLACE)) and cat.course("GET", PLACE)["lines"] == []
    rows = {row["team"]: row for row in tina.course("GET", PLACE)["rows"]}
    assert rows[team]["percents"] == [85.5, 80.5]


def test_a_pair_finds_everything_on_its_page(opened: HubOfTests, window: Callable[..., Window]) -> None:
    windows = window("cat"), window("tina")
    cat, tina = (one.page for one in windows)
    cat.get_by_role("link", name="Project", exact=True).click()
    expect(cat.get_by_role("heading", name="Project", exact=True)).to_be_visible()
    cat.get_by_label("Files, or one zip").set_input_files({"name": "x.txt", "mimeType": "text/plain", "buffer": b"x"})
    cat.get_by_role("button", name="Hand in").click()
    expect(cat.get_by_role("alert")).to_contain_text("x.txt: This file is not asked for")
    cat.get_by_label("Files, or one zip").set_input_files({"name": "proposal.pdf", "mimeType": "application/pdf", "buffer": b"%PDF"})
    cat.get_by_role("button", name="Hand in").click()
    expect(cat.get_by_role("status")).to_contain_text("It is handed in")
    tina.get_by_role("link", name="Project", exact=True).click()
    expect(tina.get_by_text("waits for you").first).to_be_visible()
    tina.get_by_role("link", name="Catherine").click()
    tina.get_by_label("What the team reads").fill("<b>Go on</b>")
    tina.get_by_role("button", name="Approve").click()
    expect(tina.get_by_role("status")).to_contain_text("approved")
    cat.reload()
    expect(cat.get_by_text("<b>Go on</b>")).to_be_visible()
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("ours/README.md", "how")
        archive.writestr("ours/predictions/seed-0.csv", "id,prediction\n")
    cat.get_by_label("Files, or one zip").set_input_files({"name": "all.zip", "mimeType": "application/zip", "buffer": packed.getvalue()})
    cat.get_by_role("button", name="Hand in").click()
    expect(cat.get_by_role("status")).to_contain_text("It is handed in")
    tina.reload()
    tina.get_by_role("textbox", name="The method fits the question / 75").fill("70")
    tina.get_by_role("button", name="Keep these marks").click()
    expect(tina.get_by_role("status")).to_contain_text("The marks are kept")
    expect(cat.get_by_text("70", exact=True)).to_have_count(0)
    tina.get_by_role("textbox", name="The method fits the question / 75").fill("seventy")
    tina.get_by_role("button", name="Keep these marks").click()
    expect(tina.get_by_role("alert")).to_contain_text("is no number of points")
    tina.get_by_role("button", name="Show the team its marks").click()
    cat.reload()
    expect(cat.get_by_role("cell", name="70").first).to_be_visible()
    for one in windows:                                         # what the browser says of an answer that refuses
        assert all("the server responded with a status of 4" in said for said in one.complaints)
        one.complaints.clear()


@pytest.mark.parametrize("look", [{"viewport": {"width": 360, "height": 740}}, {"color_scheme": "dark"}], ids=["phone", "dark"])
def test_the_pages_of_a_project_fit(opened: HubOfTests, window: Callable[..., Window], look: dict[str, object]) -> None:
    base = f"{opened.url}services/course/projects/project/"
    for name, path in (("ann", ""), ("tina", ""), ("tina", f"teams/{team_of(opened.person('ann'))}/")):
        page = window(name, **look).page
        page.goto(base + path)
        assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"), (name, path)


def test_the_pages_of_a_project_speak_the_readers_language(opened: HubOfTests) -> None:
    ann = opened.person("ann")
    for language in ("he", "ru", "en"):
        ann.course("POST", "language", {"language": language})
        page = ann.browse(f"services/course/{PLACE}/")
        assert page.status == 200 and f'lang="{language}"' in page.text


def test_somebody_who_leaves_the_course_keeps_his_lines_in_the_book(opened: HubOfTests) -> None:
    assert opened.book.projects.lines(COURSE, "project", ["sam"]) == ()
    assert opened.book.role_of(COURSE, "ann") is Role.STUDENT


# ---------------------------------------------------------------- zips


def packed(**given: bytes) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in given.items():
            archive.writestr(name.replace("__", "/"), data)
    return content.getvalue()


def test_one_zip_stands_for_the_files_in_it() -> None:
    assert unzipped({"a.zip": packed(ours__run=b"1", ours__src__x=b"2")}, megabytes=1) == {"run": b"1", "src/x": b"2"}
    assert unzipped({"a.zip": packed(run=b"1", src__x=b"2")}, megabytes=1) == {"run": b"1", "src/x": b"2"}
    assert unzipped({"a.py": b"1"}, megabytes=1) == {"a.py": b"1"}


CUT = packed(a=b"x")[:-30]


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", packed(a=b"x" * 2_000_000), CUT], ids=["empty", "cut", "bomb", "no end"])
def test_a_zip_that_is_none_or_too_much_is_refused(content: bytes) -> None:
    with pytest.raises(SubmissionError):
        unzipped({"a.zip": content}, megabytes=1)
