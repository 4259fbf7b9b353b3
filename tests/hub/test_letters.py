"""Letters on the hub: what would go out is shown first, goes out once, and says why where it could not."""

from __future__ import annotations

import fcntl
import json
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import expect

from autograder.model import Role

from .conftest import COURSE, HubOfTests, Window

pytestmark = pytest.mark.hub
PAGE = "services/course/letters"


@pytest.fixture
def others(hub: HubOfTests) -> Iterator[None]:
    """One whose mailbox is full, and one without an address."""
    hub.book.enrol(COURSE, "fay", Role.STUDENT, name="Fay Full", email="full@uni.example", actor="setup")
    hub.book.enrol(COURSE, "nat", Role.STUDENT, name="Nat Noaddress", actor="setup")
    yield
    for username in ("fay", "nat"):
        hub.book.unenrol(COURSE, username, actor="setup")


def sent(hub: HubOfTests, title: str) -> dict[str, str]:
    """Who got a letter with this in its subject, and in which language."""
    written = (hub.site.folders.root / "letters.txt").read_text(encoding="utf-8")
    return {one["username"]: one["language"] for one in map(json.loads, written.splitlines()) if title in one["subject"]}


@pytest.mark.browser
@pytest.mark.usefixtures("others")
def test_an_instructor_reads_what_would_go_out_and_sends_it_once(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window]
) -> None:
    assignment(size=1, title="Postal <b>work</b>")
    hub.person("dan").course("POST", "language", {"language": "he"})
    page = window("ivy").page
    page.goto(f"{hub.url}services/course/roster")
    page.get_by_role("link", name="Letters to students").click()
    found = f"{page.url}?find=postal"  # other tests of this hub may have many letters waiting
    page.goto(found)
    mine = page.get_by_role("row").filter(has_text="Postal <b>work</b>")
    expect(mine).to_have_count(5)  # ann ben cat dan fay; nat has no address
    mine.filter(has_text="Ann Levi").locator("summary").click()
    expect(mine.filter(has_text="Ann Levi")).to_contain_text("nothing is handed in yet")
    expect(page.get_by_role("region", name="Without an address")).to_contain_text("Nat Noaddress")
    page.get_by_role("button", name="Send").click()
    expect(page.get_by_role("status")).to_contain_text("sent")
    failed = page.get_by_role("region", name="Not sent").get_by_role("row").filter(has_text="Postal <b>work</b>")
    expect(failed).to_contain_text("mailbox full")
    page.goto(found)
    expect(mine).to_have_count(1)
    expect(mine).to_contain_text("Fay Full")  # it is tried again the next time
    assert sent(hub, "Postal") == {"ann": "en", "ben": "en", "cat": "en", "dan": "he"}
    assert hub.book.audit(COURSE)[-1].actor == "ivy" and hub.book.audit(COURSE)[-1].action == "letter"
    hub.person("ivy").course("POST", "letters/send")
    written = (hub.site.folders.root / "letters.txt").read_text(encoding="utf-8")
    assert sum('"username": "ann"' in one and "Postal" in one for one in written.splitlines()) == 1
    hub.person("dan").course("POST", "language", {"language": "en"})


def test_two_do_not_send_at_once(hub: HubOfTests) -> None:
    with (hub.site.folders.state / "letters.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        answer = hub.person("ivy").course_answer("POST", "letters/send")
    assert (answer.status, answer.json["code"]) == (409, "busy") and "being sent just now" in answer.json["error"]


def test_who_is_no_instructor_reads_no_letters(hub: HubOfTests) -> None:
    assert [hub.person(name).browse(PAGE).status for name in ("ann", "tina")] == [403, 403]
