"""Similar submissions, figures and failure rates on a hub of their own, whose course has eight teams with results."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from autograder.course import Folders
from autograder.hub.authenticator import add_passwords
from autograder.hub.running import running_hub
from autograder.jobs import workplace
from autograder.model import Role
from tests.hub.conftest import COURSE, PEOPLE, HubOfTests, Window, make_site
from tests.insight.conftest import ROOT, SLUG, TEAMS, Clock, assignment_of, fill

PLACE = f"services/course/assignments/{SLUG}"
LOOKS = {"light": {}, "dark": {"color_scheme": "dark"}, "phone": {"viewport": {"width": 360, "height": 800}}}


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, need: Callable[[str], Path]) -> Iterator[HubOfTests]:
    need("bubblewrap"), need("proxy")
    site = make_site(tmp_path_factory.mktemp("course"))
    (site.folders.assignments / SLUG).symlink_to(ROOT / "assignments" / SLUG)
    clock = Clock()
    with workplace(Folders(site.folders.root, site.folders.state), clock=clock) as work:
        fill(work, clock, assignment_of())
        for username in ("ann", "tina", "ivy"):
            work.ledger.enrol(COURSE, username, PEOPLE[username][0], name=PEOPLE[username][1], actor="setup")
    site.prepare()
    passwords = add_passwords(site.passwords, ["ann", "tina", "ivy"])
    with site.ledger() as book, running_hub(site, log=site.folders.state / "hub.log") as running:
        yield HubOfTests(running.url, running.pid, site, book, passwords)


def test_a_ta_compares_reads_side_by_side_and_dismisses(hub: HubOfTests, window: Callable[..., Window]) -> None:
    page = window("tina").page
    page.goto(f"{hub.url}{PLACE}/")
    page.click("text=Similar submissions")
    assert f"{TEAMS} submissions count now" in page.inner_text("main")
    page.click("text=Compare the submissions")
    assert "The submissions are compared." in page.inner_text("[role=status]")
    first = page.locator("table").first.locator("tbody tr").first
    assert "team-00001" in first.inner_text() and "team-00008" in first.inner_text() and "S0A" in first.inner_text()
    assert page.locator("mark").count() > 2
    page.locator("mark a").first.click()
    page.locator("input[name=reason]").first.fill("They <b>follow</b> the lecture")
    page.locator("button", has_text="Dismiss").first.click()
    assert "The pair is dismissed." in page.inner_text("[role=status]")
    last = page.locator("table").first.locator("tbody tr").last
    assert "They <b>follow</b> the lecture" in last.inner_text() and "Tina Berg" in last.inner_text()
    (line,) = hub.book.similarity.dismissed(COURSE, SLUG)
    assert (line.actor, line.one, line.other) == ("tina", "team-00001", "team-00008")


def test_programs_get_the_same(hub: HubOfTests) -> None:
    tina, ivy = hub.person("tina"), hub.person("ivy")
    assert tina.course_answer("POST", f"assignments/{SLUG}/similarity", {}).status == 200
    found = tina.course_answer("GET", f"assignments/{SLUG}/similarity").json
    pair = next(each for each in found["pairs"] if {each["one"], each["other"]} == {"team-00001", "team-00008"})
    assert pair["share_one"] == 1.0 and "sides" not in pair
    said = {"one": pair["one"], "other": pair["other"], "digest": "of before", "reason": "seen"}
    stale = tina.course_answer("POST", f"assignments/{SLUG}/similarity/dismiss", said)
    assert (stale.status, stale.json["code"]) == (409, "stale")
    failures = tina.course_answer("GET", f"assignments/{SLUG}/failures").json
    assert failures["results"] == TEAMS and failures["tests"][0]["failed"] == TEAMS - 1
    figures = ivy.course_answer("GET", f"assignments/{SLUG}/statistics").json
    assert figures["results"] == TEAMS and figures["problems"]
    both = ivy.course_answer("GET", "statistics").json
    assert both["course"]["students"] == 2 * TEAMS + 1 and both["assignments"][0]["slug"] == SLUG


@pytest.mark.parametrize("path", ["similarity", "statistics", "failures"])
def test_a_student_learns_nothing_of_it(hub: HubOfTests, path: str) -> None:
    assert hub.book.role_of(COURSE, "ann") is Role.STUDENT
    answer = hub.person("ann").course_answer("GET", f"assignments/{SLUG}/{path}")
    assert (answer.status, answer.json["code"]) == (403, "forbidden")
    for page in (f"{PLACE}/similarity", f"{PLACE}/statistics", "services/course/statistics"):
        assert hub.person("ann").request("GET", page).status == 403


@pytest.mark.parametrize("look", LOOKS)
def test_an_instructor_sees_each_picture_with_its_table(hub: HubOfTests, window: Callable[..., Window], look: str) -> None:
    page = window("ivy", **LOOKS[look]).page
    page.goto(f"{hub.url}services/course/statistics")
    page.click("a.button:has-text('Open')")
    assert page.locator("svg.plot").count() == page.locator("svg.plot[aria-labelledby]").count() >= 4
    assert page.locator("table").count() >= 5
    assert "Near zero or below it" in page.inner_text("main")
    wide = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    assert wide <= 0, "the page scrolls sideways"


def test_the_staff_page_of_an_assignment_says_which_test_failed_how_often(hub: HubOfTests, window: Callable[..., Window]) -> None:
    page = window("tina").page
    page.goto(f"{hub.url}{PLACE}/")
    panel = page.locator("#failures")
    assert f"{TEAMS - 1} / {TEAMS}" in panel.inner_text() and "Statistics" not in panel.inner_text()
