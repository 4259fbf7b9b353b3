"""A student tries everything against another team: its ids in every address, paths that climb, links of an old partner, markup in texts.

The addresses come from the routes and the calls of the service, so that a new one is tried too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import cast

import pytest
from playwright.sync_api import expect

from autograder.hub import api, pages
from autograder.hub.desk import Desk
from autograder.hub.service import SECTIONS
from autograder.model import Graded, ProblemResult, Role, Status, TestResult

from .conftest import COURSE, HubOfTests, Window, notebook

pytestmark = pytest.mark.hub
SECRET = "x = 'nobody else reads this'"
EVIL = "<img src=x onerror=\"document.title='evil'\"><script>document.title='evil'</script>"
GAP = re.compile(r"\(\?P<(\w+)>[^)]*\)")
CLIMBING = ("..%2F..%2Fcourse.toml", "%2e%2e%2f%2e%2e%2fstate%2fsecret", "..%5C..%5Cstate", "%00", "%D7%90", "x" * 5000)


def addresses(hub: HubOfTests) -> Iterator[tuple[str, str]]:
    """Every address with a gap in it: the method, and the pattern below services/course/."""
    desk = cast(Desk, SimpleNamespace(course=hub.site.course()))
    for pattern, page, _ in pages.routes("", desk, {"hub": "", "formgrader": ""}, SECTIONS):
        if GAP.search(pattern):
            yield "GET", pattern
            if hasattr(page, "post"):
                yield "POST", pattern
    for call in [*api.CALLS, *(call for section in SECTIONS for call in section.calls)]:
        if GAP.search(call.path):
            yield call.method, f"api/{call.path}"


@pytest.fixture
def theirs(hub: HubOfTests, assignment: Callable[..., str]) -> dict[str, str]:
    """What Ann and Ben have: a team with work, a grade, feedback and a request."""
    slug = assignment()
    for one, other in (("ann", "ben"), ("cat", "dan")):
        hub.book.assign_team(COURSE, slug, (one, other), actor="tina")
    receipt = hub.book.submit(COURSE, slug, "ann", {f"{slug}.ipynb": notebook(SECRET)})
    problem = ProblemResult("p1", "One", 1.0, 10.0, Status.WRONG, (TestResult("p1-values", 1.0, 10.0, Status.WRONG, message=SECRET),))
    graded = Graded(receipt["team"], ("ann", "ben"), slug, 1.0, 10.0, (problem,), Status.OK, 1.0, "e1", {}, receipt["sha256"])
    hub.book.record(COURSE, graded, assignment_version="v1", engine="e1", actor="tina")
    hub.book.release_feedback(COURSE, slug, {receipt["team"]: SECRET.encode()}, actor="tina")
    asked = hub.book.requests.ask(COURSE, slug, "ann", "p1", SECRET, window=None)
    return {"slug": slug, "team": receipt["team"], "number": "1", "id": str(asked.id), "username": "ann", "answer": "p1",
            "stage": "proposal", "deed": "leave", "form": "csv"}  # fmt: skip


def test_ids_of_another_team_open_nothing(hub: HubOfTests, theirs: dict[str, str]) -> None:
    cat, before = hub.person("cat"), len(hub.book.audit(COURSE))
    cat.browse("services/course/")
    for method, pattern in addresses(hub):
        path = GAP.sub(lambda gap: theirs[gap[1]], pattern).replace("[^/]+", theirs["slug"]).replace("(.*)", "x")
        for query in ("", f"?team={theirs['team']}", "?student=ann", f"?team={theirs['team']}&student=ann"):
            url = f"services/course/{path}{query}"
            if method == "GET":
                answer = cat.request("GET", url) if pattern.startswith("api/") else cat.browse(url)
            elif pattern.startswith("api/"):  # what is asked for is not her own: it names Ann, her team and her words
                said = {"from": "ben", "username": "ann", "student": "ann", "team": theirs["team"], "reason": "mine", "problem": "p1"}
                answer = cat.request("POST", url, said)
            else:
                answer = cat.browse(url, form={"_xsrf": cat.xsrf("services/course/"), "do": "withdraw", "number": theirs["id"]})
            assert answer.status < 500 and "nobody else reads this" not in answer.text, (method, url, answer.status)
    done = [(line.actor, line.action, line.data) for line in hub.book.audit(COURSE)[before:] if line.actor == "cat"]
    assert not [line for line in done if theirs["team"] in str(line) or "'ann'" in str(line)], done
    assert hub.book.requests.get(COURSE, int(theirs["id"])).answer is None


@pytest.mark.parametrize("climbing", CLIMBING, ids=lambda text: text[:12])
def test_a_path_that_climbs_leads_nowhere(hub: HubOfTests, theirs: dict[str, str], climbing: str) -> None:
    ivy = hub.person("ivy")  # even for those who may see everything
    for method, pattern in addresses(hub):
        gaps = [gap[1] for gap in GAP.finditer(pattern)]
        for gap in gaps:
            path = GAP.sub(lambda found, gap=gap: climbing if found[1] == gap else theirs[found[1]], pattern)  # type: ignore[misc]
            answer = ivy.request(method, f"services/course/{path}", {} if method == "POST" else None)
            assert 400 <= answer.status < 500, (method, path[:200], answer.status)
            assert "Traceback" not in answer.text and "[policy]" not in answer.text


def test_the_links_of_an_old_partner_show_him_nothing_new(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment()
    hub.book.assign_team(COURSE, slug, ("ann", "ben"), actor="tina")
    old = hub.person("ann").submit(slug, {f"{slug}.ipynb": notebook("x = 'of both'")})
    hub.book.assign_team(COURSE, slug, ("ann", "cat"), actor="tina", reason="they parted")
    new = hub.person("ann").submit(slug, {f"{slug}.ipynb": notebook(SECRET)})
    assert new["team"] != old["team"]
    hub.book.release_feedback(COURSE, slug, {new["team"]: SECRET.encode()}, actor="tina")
    ben = hub.person("ben")
    archive = f"submissions/{new['number']}/archive"
    for path in ("", "feedback", "feedback/", archive, f"{archive}?team={new['team']}", f"submissions?team={new['team']}", "requests/"):
        for answer in (
            ben.request("GET", f"services/course/api/assignments/{slug}/{path}"),
            ben.browse(f"services/course/assignments/{slug}/{path}"),
        ):
            assert "nobody else reads this" not in answer.text and new["signature"] not in answer.text, path
    assert ben.request("GET", f"services/course/api/assignments/{slug}/{archive}?team={new['team']}").status == 404
    mine = ben.request("GET", f"services/course/api/assignments/{slug}/submissions/{old['number']}/archive?team={old['team']}")
    assert mine.status == 200  # what he handed in himself stays his


@pytest.mark.parametrize("text", ["", "{}", "[" * 10**5, '{"signature": "\\ud800"}'], ids=["empty", "no fields", "deep", "half a letter"])
def test_what_is_no_receipt_is_said_to_be_none(hub: HubOfTests, text: str) -> None:
    tina = hub.person("tina")
    tina.browse("services/course/")
    answer = tina.browse("services/course/receipts", form={"_xsrf": tina.xsrf("services/course/"), "receipt": text})
    assert answer.status < 500 and "This is not a receipt of this course" in answer.text


@pytest.mark.browser
def test_markup_in_names_and_texts_is_text_to_everybody(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = assignment(title=EVIL)
    hub.book.enrol(COURSE, "cat", Role.STUDENT, name=EVIL, email="cat@uni.example", actor="test")
    try:
        hub.book.invite(COURSE, slug, "cat", "ann")
        hub.person("dan").course("POST", f"assignments/{slug}/partners", {"note": EVIL})
        for username, paths in {
            "ann": ("", f"assignments/{slug}/", f"assignments/{slug}/partners/"),
            "tina": ("", f"assignments/{slug}/", f"assignments/{slug}/teams/", "roster"),
            "ivy": ("audit", "grades"),
        }.items():
            page = window(username).page
            for path in paths:
                page.goto(f"{hub.url}services/course/{path}")
                expect(page.locator("main h1")).to_have_count(1)
                assert page.locator("main img, main script").count() == 0 and page.title() != "evil", path
    finally:
        hub.book.enrol(COURSE, "cat", Role.STUDENT, name="Catherine Moreau-Lefèvre", email="cat@uni.example", actor="test")
