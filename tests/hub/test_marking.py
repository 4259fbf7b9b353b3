"""Marking in the hub: one answer across all teams by keyboard alone, what students' files may be, what the check of a PDF found."""
from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import expect

from autograder import jobs
from autograder.authoring import build, load_assignment, solution_cells, stub_cells
from autograder.hub.client import ClientError
from autograder.jobs import Workplace
from autograder.model import TeamRule
from autograder.qualification import with_answers
from tests.marking.conftest import NOTEBOOK, SETTINGS, grade
from tests.written.papers import paper, photo, plot, typed

from .conftest import COURSE, HubOfTests, Window, release_of

pytestmark = pytest.mark.hub
EVIL = "It is *twice* $2x$.<script>document.title='evil'</script><img src=x onerror=\"document.title='evil'\">"


@pytest.fixture
def proofs(hub: HubOfTests) -> Callable[..., str]:
    """Publishes the assignment of tests/marking under a name of its own, handed in by two pairs; answers its slug."""

    def make(*, graded: bool = False) -> str:
        folders = hub.site.folders
        slug = f"proofs-{sum(1 for path in folders.assignments.glob('proofs-*')) + 1}"
        author = folders.assignments / slug
        author.mkdir(parents=True)
        (author / "assignment.toml").write_text(SETTINGS)
        (author / "notebook.py").write_text(NOTEBOOK)
        built = load_assignment(author)
        if graded:
            build(author, source=folders.source, release=folders.release)
        now = datetime.now(UTC)
        hub.book.publish(
            COURSE, slug, title="Proofs", opens=None, due=now + timedelta(days=1), pairs_lock=None, team=TeamRule(), version=built.version,
            archive=release_of(slug), points=10.0, files=built.files, written=built.written, actor="setup",
        )  # fmt: skip
        cells = {**stub_cells(built.notebook), "double": solution_cells(built.notebook)["double"]}
        one = with_answers(built.notebook, {**cells, "why": EVIL, "picture": "plt.plot([0, 1], [0, 2])\nplt.show()"})
        for pair in (("ann", "ben"), ("cat", "dan")):
            hub.book.assign_team(COURSE, slug, pair, actor="setup")
        hub.book.submit(COURSE, slug, "ann", {f"{slug}.ipynb": json.dumps(one).encode()})
        other = json.dumps(with_answers(built.notebook, cells)).encode()
        hub.book.submit(COURSE, slug, "cat", {f"{slug}.ipynb": other, "written.pdf": paper(typed, plot)})
        if graded:
            grade(Workplace(hub.site.course(), folders, hub.book, b"key"), slug)
        return slug

    return make


def teams(hub: HubOfTests, slug: str) -> dict[str, str]:
    """By the first of its members: the team."""
    return {row.members[0]: row.team for row in hub.book.effective(COURSE, slug)}


def test_a_marker_marks_by_keyboard_alone_and_formgrader_has_it(
    hub: HubOfTests, proofs: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = proofs(graded=True)
    page = window("tina").page
    page.goto(f"{hub.url}services/course/assignments/{slug}/marking/why/next")
    first = page.locator("h1").inner_text()
    assert first in teams(hub, slug).values()
    expect(page.locator("#line-r1")).to_be_focused()
    for key in "3", "Tab", "1.5":
        page.keyboard.press(key) if key == "Tab" else page.keyboard.type(key)
    expect(page.locator("#sum")).to_have_text("4.5")
    page.fill("[name=remark-1]", "Say why.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("h1")).not_to_have_text(first)
    assert page.locator("h1").inner_text() in teams(hub, slug).values()
    assert page.locator("#bank option").get_attribute("value") == "Say why."
    page.fill("#line-r1", "1")
    page.keyboard.press("Control+Enter")
    expect(page.locator(".notice")).to_contain_text("Nothing more waits")
    expect(page.locator("progress")).to_have_attribute("value", "2")
    marks = {m.team: (m.points, m.comment, m.actor) for m in hub.book.marks(COURSE, slug)}
    assert marks[first] == (4.5, "Say why.", "tina") and len(marks) == 2
    work = Workplace(hub.site.course(), hub.site.folders, hub.book, b"key")
    assert jobs.pull(work, slug) == 0                           # formgrader shows the same already


def test_keys_lead_to_the_next_and_the_previous_team(hub: HubOfTests, proofs: Callable[..., str], window: Callable[..., Window]) -> None:
    slug = proofs()
    page = window("tina").page
    page.goto(f"{hub.url}services/course/assignments/{slug}/marking/picture/")
    order = page.locator("tbody th a").all_inner_texts()
    page.goto(f"{hub.url}services/course/assignments/{slug}/marking/picture/{order[0]}/")
    page.locator("#comment").press("n")                         # where one writes, a letter is a letter
    assert (page.locator("h1").inner_text(), page.input_value("#comment")) == (order[0], "n")
    page.locator("#points").press("n")
    page.wait_for_url(f"**/{order[1]}/")
    page.locator("main").focus()
    page.keyboard.press("p")
    page.wait_for_url(f"**/{order[0]}/")


def test_nothing_of_a_students_is_a_page_of_ours(hub: HubOfTests, proofs: Callable[..., str], window: Callable[..., Window]) -> None:
    slug = proofs(graded=True)
    named = teams(hub, slug)
    tina = window("tina")
    base = f"services/course/assignments/{slug}/marking"
    tina.page.goto(f"{hub.url}{base}/why/{named['ann']}/")
    expect(tina.page.locator(".written .katex").first).to_be_visible()
    assert tina.page.title() != "evil" and tina.page.locator(".written script, .written img").count() == 0
    assert "Ann" not in tina.page.content() and "ben" not in tina.page.locator("main").inner_text()
    tina.page.goto(f"{hub.url}{base}/picture/{named['ann']}/")
    assert tina.page.locator("img.drawn").evaluate("image => image.complete && image.naturalWidth > 50")
    browser = hub.person("tina")
    files = {f"{base}/why/{named['cat']}/paper.pdf": "application/pdf", f"{base}/picture/{named['ann']}/picture-0": "image/png"}
    for path, kind in files.items():
        answer = browser.browse(path)
        assert answer.status == 200 and answer.headers["Content-Type"] == kind, path
        assert answer.headers["X-Content-Type-Options"] == "nosniff" and "default-src 'none'" in answer.headers["Content-Security-Policy"]
        for name in ("ann", "cat"):
            assert hub.person(name).browse(path).status == 403
    assert browser.browse(f"{base}/why/{named['ann']}/paper.pdf").status == 409
    assert browser.browse(f"{base}/picture/{named['ann']}/picture-7").status == 404
    assert browser.browse(f"{base}/why/team-99999/").status == 404


def test_it_works_without_javascript_and_what_is_refused_stays_filled_in(
    hub: HubOfTests, proofs: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = proofs()
    tina = window("tina", java_script_enabled=False)
    tina.page.goto(f"{hub.url}services/course/assignments/{slug}/marking/")
    tina.page.locator("a[href='why/next']").click()
    team = tina.page.locator("h1").inner_text()
    tina.page.fill("#line-r1", "3")
    tina.page.fill("#points", "2")
    tina.page.click("text=Save and next")
    expect(tina.page.locator("[role=alert]")).to_contain_text("Say in a comment why")
    assert tina.page.input_value("#line-r1") == "3" and tina.page.input_value("#points") == "2"
    tina.complaints.clear()                                     # the browser tells of the status 409
    tina.page.fill("#comment", "For n = 2 only.")
    tina.page.get_by_role("button", name="Save", exact=True).click()
    expect(tina.page.locator("[role=status]")).to_contain_text("here and in formgrader")
    assert hub.book.marking.sheet(COURSE, slug, team, "why").mark.points == 2                   # type: ignore[union-attr]


def test_a_second_marker_sees_nothing_of_the_first_and_an_instructor_settles(
    hub: HubOfTests, proofs: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = proofs()
    team = teams(hub, slug)["ann"]
    tina, ivy = hub.person("tina"), hub.person("ivy")
    path = f"assignments/{slug}/marking/why/{team}"
    tina.course("POST", f"{path}/mark", {"lines": {"r1": 3, "r2": 1.5}, "remarks": ["Secret remark."]})
    assert tina.course("POST", f"{path}/second", {"reason": "unsure"})["state"] == "second"
    seen = next(one for one in ivy.course("GET", f"assignments/{slug}/marking/why") if one["team"] == team)
    assert (seen["points"], seen["comment"], seen["lines"]) == (None, "", {})
    page = window("ivy").page
    page.goto(f"{hub.url}services/course/assignments/{slug}/marking/why/{team}/")
    text = page.locator("main").inner_text()
    assert "You are the second marker" in text and "unsure" not in text and "4.5" not in text
    assert page.input_value("#line-r1") == "" and page.input_value("[name=remark-1]") == ""
    page.fill("#line-r1", "1")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("main")).to_contain_text("Two markers differ")
    expect(page.locator("main")).to_contain_text("Secret remark.")           # who settles sees both
    with pytest.raises(ClientError, match="instructors only"):
        tina.course("POST", f"{path}/settle", {"points": 5})
    page.fill("#line-r1", "2"), page.fill("#line-r2", "")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator("[role=status]")).to_contain_text("It is settled")
    credit = hub.book.grade_for(COURSE, slug, "ben")
    assert credit is not None and credit.marks["why"].points == 2 and credit.unsettled == ()


def test_who_has_a_conflict_is_turned_away_from_answer_and_files(hub: HubOfTests, proofs: Callable[..., str]) -> None:
    slug = proofs()
    named = teams(hub, slug)
    tina, ivy = hub.person("tina"), hub.person("ivy")
    tina.course("POST", "conflicts", {"student": "dan", "reason": "my cousin"})
    try:
        assert {(c["username"], c["student"]) for c in ivy.course("GET", "conflicts")} >= {("tina", "dan")}
        base = f"services/course/assignments/{slug}/marking/why/{named['cat']}"
        for path in (f"{base}/", f"{base}/paper.pdf"):
            answer = tina.browse(path)
            assert answer.status == 409 and "conflict of interest" in answer.text and "my cousin" not in answer.text
        assert tina.course("POST", f"assignments/{slug}/marking/why/next", {})["team"] == named["ann"]
        with pytest.raises(ClientError, match="conflict of interest"):
            tina.course("POST", f"assignments/{slug}/marking/why/{named['cat']}/mark", {"points": 1})
        with pytest.raises(ClientError, match="instructors only"):
            tina.course("POST", "conflicts", {"student": "ann", "username": "ivy"})
    finally:
        tina.course("POST", "conflicts", {"student": "dan", "withdraw": True})
    assert all(c["student"] != "dan" for c in tina.course("GET", "conflicts"))


def test_students_read_what_the_check_found_and_why_a_scan_is_refused(
    hub: HubOfTests, proofs: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = proofs()
    page = window("cat").page
    page.goto(f"{hub.url}services/course/assignments/{slug}/")
    expect(page.locator("main")).to_contain_text("The check found 2 pages and")
    notebook = hub.book.load(hub.book.submissions(COURSE, slug)[0]).files[f"{slug}.ipynb"]
    with pytest.raises(ClientError, match="Page 2 holds no text that can be searched") as refused:
        hub.person("cat").submit(slug, {f"{slug}.ipynb": notebook, "written.pdf": paper(typed, photo)})
    assert refused.value.answer.status == 422
    assert len(hub.book.submissions(COURSE, slug)) == 2


def test_staff_find_marking_on_the_assignments_page(hub: HubOfTests, proofs: Callable[..., str]) -> None:
    slug = proofs()
    page = hub.person("tina").browse(f"services/course/assignments/{slug}/").text
    assert "0 of 2 marked" in page and f"/assignments/{slug}/marking/" in page
    told = hub.person("tina").course("GET", f"assignments/{slug}/marking")
    assert [(one["answer"], one["marked"], one["teams"]) for one in told] == [("why", 0, 2), ("picture", 0, 2)]

