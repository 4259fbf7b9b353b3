"""Everybody can use every page: WCAG 2.2 AA by axe-core in English and Hebrew, light and dark, wide and narrow; by keyboard; on paper.

The addresses of PAGES are compared with the routes of the service, so that a new page is tried too.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import pypdf
import pytest
from playwright.sync_api import Browser, Page, expect

from autograder.hub import pages
from autograder.hub.desk import Desk
from autograder.hub.service import SECTIONS
from autograder.words import Text, say

from .conftest import COURSE, HubOfTests, Window, notebook
from .filled import PROOFS, SLUG, Filled, filled_course

pytestmark = [pytest.mark.hub, pytest.mark.browser]

PAGES = {
    "ann": (
        "", "assignments/open/", f"assignments/{PROOFS}/", "assignments/graded/", "assignments/open/partners/",
        f"assignments/{PROOFS}/partners/", f"assignments/{PROOFS}/feedback/", f"assignments/{PROOFS}/requests/", "projects/project/",
        "imagine?item=graded&mark=70", "password",
    ),
    "dan": ("", "assignments/open/", f"assignments/{PROOFS}/feedback/", f"assignments/{PROOFS}/requests/", "projects/project/"),
    "tina": (
        "", "assignments/open/", f"assignments/{PROOFS}/", f"assignments/{SLUG}/", "assignments/open/teams/", "assignments/open/groups",
        f"assignments/{PROOFS}/grading", f"assignments/{PROOFS}/marking/", f"assignments/{SLUG}/marking/",
        f"assignments/{PROOFS}/marking/why/",
        f"assignments/{PROOFS}/marking/why/{{team}}/", f"assignments/{PROOFS}/marking/why/{{other}}/",
        f"assignments/{PROOFS}/marking/picture/{{team}}/", f"assignments/{SLUG}/similarity", "requests", "requests/{waits}/",
        "requests/{answered}/", "projects/project/", "projects/project/teams/{project_team}/", "projects/project/teams/{project_waits}/",
        "students/ann", "roster",
    ),
    "ivy": (
        "", "assignments/open/", f"assignments/{PROOFS}/", f"assignments/{PROOFS}/marking/picture/{{team}}/",
        f"assignments/{PROOFS}/regrade/", f"assignments/{SLUG}/statistics", "statistics", "students/s0a", "roster", "audit",
        "tables/marks", "tables/people", "people", "people/ben", "people/sam", "letters", "grades", "grades/publish",
        f"assignments/{SLUG}/verification", "arrangements", "rules", "rules/past", "nosuch",
    ),
}  # fmt: skip
"""Who looks at which address; {gaps} are filled from what the course has."""
NO_PAGES = {
    "Asset", "ArchiveDownload", "SubmissionDownload", "FilesDownload", "TeamsDownload", "GradesDownload", "PaperFile", "PictureFile",
    "MarksDownload", "ReportPage", "GradingEvents",  # files, what qualification has written, a stream of events
    "DeedHandler", "SubmitPage", "HandInPage", "ReceiptPage", "LanguagePage", "NextPage",  # take a form, or lead on to a page
}  # fmt: skip
LEVELS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 360, "height": 740}
LOOKS: dict[str, tuple[Any, Any]] = {
    f"{scheme}, {name}": (scheme, size) for scheme in ("light", "dark") for name, size in (("wide", WIDE), ("narrow", NARROW))
}
CROSSED = ("light, narrow", "dark, wide")
FOUND = """async levels => (await axe.run(document, {runOnly: levels, iframes: false, preload: false})).violations
    .flatMap(rule => rule.nodes.map(node => `${rule.id}: ${node.target} ${node.failureSummary.replace(/\\s+/g, " ")}`))"""


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory, need: Callable[[str], Path]) -> Iterator[Filled]:
    need("bubblewrap"), need("proxy")
    with filled_course(tmp_path_factory.mktemp("course")) as course:
        yield course


@pytest.fixture(scope="module")
def hub(filled: Filled) -> HubOfTests:
    return filled.hub


@pytest.fixture(scope="session")
def axe(need: Callable[[str], Path]) -> str:
    return need("axe").read_text(encoding="utf-8")


def violations(page: Page, axe: str) -> list[str]:
    """What axe-core holds against the page as it is now: the rule, the element, what is wrong."""
    page.evaluate(axe)
    return cast(list[str], page.evaluate(FOUND, LEVELS))


def wider(page: Page) -> list[str]:
    """A sentence when the page scrolls sideways."""
    excess = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return [f"is {excess} pixels wider than its window"] if excess > 0 else []


def held_against(page: Page, axe: str, language: str) -> list[str]:
    """Everything, in each look; in another language than English each colour and each width once, as words change only places."""
    wrong = []
    for look, (scheme, size) in LOOKS.items():
        if language != "en" and look not in CROSSED:
            continue
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size(size)
        wrong += [f"({look}): {said}" for said in (*violations(page, axe), *wider(page))]
    return wrong


def test_axe_would_say_so(chromium: Browser, axe: str) -> None:
    page = chromium.new_page()
    page.set_content("<html lang=en><title>x</title><h1 style='width: 200vw; color: #ccc'>Hardly to be read</h1><input><img src=data:,>")
    found = {said.partition(":")[0] for said in violations(page, axe)}
    assert found >= {"color-contrast", "label", "image-alt"} and wider(page)
    page.close()


def test_the_table_names_every_page_of_the_service(filled: Filled) -> None:
    desk = cast(Desk, SimpleNamespace(course=filled.hub.site.course()))
    routes = pages.routes("", desk, {"hub": "", "formgrader": ""}, SECTIONS)
    tried = {address.format(**filled.names).partition("?")[0] for addresses in PAGES.values() for address in addresses}
    serving = {next(pattern for pattern, *_ in routes if re.fullmatch(pattern, address)) for address in tried}
    assert {pattern for pattern, page, _ in routes if page.__name__ not in NO_PAGES} == serving
    assert not NO_PAGES - {page.__name__ for _, page, _ in routes}


@pytest.mark.parametrize("language", ["en", pytest.param("he", marks=pytest.mark.long)])
@pytest.mark.parametrize("username", PAGES)
def test_every_page_is_open_to_everybody(
    filled: Filled, window: Callable[..., Window], axe: str, username: str, language: str
) -> None:
    opened = window(username, locale=language)
    page, wrong = opened.page, []
    for address in PAGES[username]:
        answer = page.goto(f"{filled.hub.url}services/course/{address.format(**filled.names)}")
        assert answer is not None and answer.status == (404 if address == "nosuch" else 200), address
        wrong += [f"{address} {said}" for said in held_against(page, axe, language)]
        assert address.endswith("feedback/") or page.locator("html").get_attribute("lang") == language
    if "nosuch" in PAGES[username]:  # the browser says so, and nothing else
        assert len(opened.complaints) == 1 and "404" in opened.complaints.pop()
    assert "\n".join(wrong) == ""


@pytest.mark.long
@pytest.mark.parametrize("username", PAGES)
def test_the_longest_words_fit_every_window(filled: Filled, window: Callable[..., Window], username: str) -> None:
    opened = window(username, locale="ru")
    page, wrong = opened.page, []
    for address in PAGES[username]:
        page.goto(f"{filled.hub.url}services/course/{address.format(**filled.names)}")
        for size in (WIDE, NARROW):
            page.set_viewport_size(size)
            wrong += [f"{address}: {said}" for said in wider(page)]
    if "nosuch" in PAGES[username]:
        assert "404" in opened.complaints.pop()
    assert wrong == []


HUB_PAGES = {
    "hub/home": (200, "My server"),
    "hub/token": (200, "Manage JupyterHub Tokens"),
    "hub/nosuch": (404, "There is no such page."),
    "hub/user/ben/lab": (404, "There is no such page."),
    "hub/admin": (403, "This is not open to you."),
    f"services/{COURSE}/formgrader": (403, "This is not open to you."),
    "hub/user/dan/lab": (424, "Your server is not running"),
}
"""What the hub itself says to a student between the log-in and JupyterLab: the status, and the heading."""


@pytest.mark.parametrize("language", ["en", *(pytest.param(other, marks=pytest.mark.long) for other in ("he", "ru"))])
def test_the_hub_s_own_pages_are_open_to_everybody(filled: Filled, chromium: Browser, axe: str, language: str) -> None:
    hub = filled.hub
    dan = hub.person("dan")
    context = chromium.new_context(locale=language)
    page, wrong = context.new_page(), []

    def looked_at(name: str, heading: str) -> None:
        expect(page.get_by_role("heading", level=1)).to_have_text(say(Text(heading), language))
        assert page.locator("html").get_attribute("lang") == language
        wrong.extend(f"{name} {said}" for said in held_against(page, axe, language))

    page.goto(f"{hub.url}hub/login")
    looked_at("log-in", "Log in")
    for password in ("wrong", hub.passwords["dan"]):
        page.fill("#username_input", "dan")
        page.fill("#password_input", password)
        page.click("#login_submit")
        if password == "wrong":
            expect(page.get_by_role("alert")).to_be_visible()
            looked_at("refused", "Log in")
    page.wait_for_url("**/services/course/")
    for address, (status, heading) in HUB_PAGES.items():
        answer = page.goto(f"{hub.url}{address}")
        assert answer is not None and answer.status == status, address
        looked_at(address, heading)
    context.route("**/progress*", lambda route: route.abort())  # by which the page would learn that it may go on
    try:
        page.goto(f"{hub.url}hub/spawn")
        looked_at("starting", "Your server is starting")
        dan.start_server()
        page.goto(f"{hub.url}hub/home")
        expect(page.locator("#stop")).to_be_visible()
        looked_at("running", "My server")
    finally:
        dan.stop_server()
        context.close()
    assert "\n".join(wrong) == ""


def test_the_password_can_be_read_before_it_is_sent(hub: HubOfTests, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{hub.url}hub/login")
    page.fill("#password_input", "secret")
    page.get_by_label("Show the password").check()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    page.get_by_label("Show the password").uncheck()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "password")
    page.close()


# ---------------------------------------------------------------- by keyboard alone

HERE = """() => {
    const here = document.activeElement, style = getComputedStyle(here);
    here.dataset.visited = "";
    const named = here.labels?.length ? here.labels[0].innerText : here.getAttribute("aria-label") || here.innerText || "";
    return {name: named.trim(), seen: here === document.body || here.tagName === "IFRAME"
        || style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && here.getBoundingClientRect().width > 0};
}"""
STOPS = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']"
NEVER_REACHED = """stops => [...document.querySelectorAll(stops)]
    .filter(one => one.checkVisibility({contentVisibilityAuto: true}) && !one.disabled && !("visited" in one.dataset))
    .map(one => one.outerHTML.slice(0, 120))"""


def tab_to(page: Page, name: str, most: int = 80) -> None:
    """Press Tab until this is where the keyboard is; wherever it comes by can be seen to have it."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        assert here["seen"], f"{here['name']!r} does not show that it has the keyboard"
        if name in here["name"]:
            return
    raise AssertionError(f"{name!r} is not reached by Tab")


def test_a_pair_finds_each_other_works_and_reads_by_keyboard_alone(
    hub: HubOfTests, assignment: Callable[..., str], window: Callable[..., Window], tmp_path: Path
) -> None:
    slug = assignment(title="By keyboard")
    ann, ben = window("ann").page, window("ben").page
    tab_to(ann, "By keyboard")
    ann.keyboard.press("Enter")
    ann.wait_for_url(f"**/{slug}/")
    ann.keyboard.press("Tab")
    assert ann.evaluate("document.activeElement.innerText") == "Skip to content" and ann.evaluate(HERE)["seen"]
    ann.keyboard.press("Enter")
    expect(ann.locator("main")).to_be_focused()
    tab_to(ann, "Invite your partner")
    ann.keyboard.type("ben")
    ann.keyboard.press("Escape")  # the browser's list of names
    tab_to(ann, "Invite")
    ann.keyboard.press("Space")
    expect(ann.get_by_role("status")).to_contain_text("on its way")

    ben.reload()
    tab_to(ben, "Answer")
    ben.keyboard.press("Enter")
    ben.wait_for_url("**/assignments/**")
    ben.goto(f"{hub.url}services/course/assignments/{slug}/")
    tab_to(ben, "Accept")
    ben.keyboard.press("Enter")
    expect(ben.locator("#team")).to_contain_text("You work with Ann Levi")
    with ben.expect_download():
        tab_to(ben, "Fetch")
        ben.keyboard.press("Enter")
    work = tmp_path / "mine.ipynb"
    work.write_bytes(notebook())
    with ben.expect_file_chooser() as chooser:
        tab_to(ben, "Notebook")
        ben.keyboard.press("Space")
    chooser.value.set_files(work)
    tab_to(ben, "Submit")
    ben.keyboard.press("Enter")
    expect(ben.get_by_role("status")).to_contain_text("handed in")
    tab_to(ben, "Receipt")
    ben.keyboard.press("Space")
    expect(ben.locator("#submissions pre")).to_be_visible()

    page = b"<!doctype html><title>Feedback</title><main>well done"
    team = hub.book.submissions(COURSE, slug)[0].team
    hub.book.release_feedback(COURSE, slug, {team: page}, actor="tina")
    ann.goto(f"{hub.url}services/course/assignments/{slug}/")
    tab_to(ann, "Read feedback")
    ann.keyboard.press("Enter")
    ann.wait_for_url("**/feedback/")


@pytest.mark.parametrize(
    ("username", "address"),
    [
        ("ann", "assignments/open/"),
        ("ann", f"assignments/{PROOFS}/feedback/"),
        ("tina", "assignments/open/"),
        ("tina", f"assignments/{PROOFS}/marking/why/{{team}}/"),
        ("ivy", "rules"),
        ("ivy", "audit"),
    ],
)
def test_the_keyboard_comes_everywhere_and_out_again(
    filled: Filled, window: Callable[..., Window], username: str, address: str
) -> None:
    page = window(username).page
    page.goto(f"{filled.hub.url}services/course/{address.format(**filled.names)}")
    page.evaluate("document.activeElement.blur()")  # where a page puts the keyboard itself, the way still begins at its top
    page.evaluate("document.getSelection().collapse(document.body, 0)")
    for _ in range(400):  # a date has a stop for each of its numbers
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        assert here["seen"], f"{here['name']!r} does not show that it has the keyboard"
        if not page.evaluate(NEVER_REACHED, STOPS):
            return
    assert page.evaluate(NEVER_REACHED, STOPS) == []


# ---------------------------------------------------------------- on paper

CUT = """() => [...document.querySelectorAll("main *")].filter(one => {
    const style = getComputedStyle(one), box = one.getBoundingClientRect();
    if (one.closest(".hidden, .katex, svg, thead") || box.width <= 1 || style.display === "inline") return false;
    const hides = style.overflowX !== "visible" && one.scrollWidth > one.clientWidth + 1;
    return hides || box.right > document.documentElement.clientWidth + 1 || box.left < -1;
}).map(one => one.outerHTML.slice(0, 120))"""
A4 = {"width": 718, "height": 1000}  # 190 mm at 96 pixels to the inch


@pytest.mark.parametrize("language", ["en", "he"])
@pytest.mark.parametrize(
    ("username", "address", "told"),
    [
        ("ann", "", "Proofs & pictures"),
        ("ann", f"assignments/{PROOFS}/", "10 / 10"),
        ("ann", f"assignments/{PROOFS}/feedback/", "2"),
        ("tina", "students/ann", "Final exam"),
        ("ivy", f"assignments/{SLUG}/statistics", "p1"),
    ],
    ids=["course", "assignment", "feedback", "explanation", "statistics"],
)
def test_on_paper_it_is_black_on_white_and_whole(
    filled: Filled, window: Callable[..., Window], username: str, address: str, told: str, language: str
) -> None:
    page = window(username, locale=language, color_scheme="dark", viewport=A4).page
    page.goto(f"{filled.hub.url}services/course/{address}")
    page.emulate_media(media="print", color_scheme="dark")
    assert page.evaluate("[getComputedStyle(document.body).color, getComputedStyle(document.body).backgroundColor]") == [
        "rgb(0, 0, 0)", "rgb(255, 255, 255)"]  # fmt: skip
    for hidden in ("header nav", "button", "form", ".skip"):
        assert not page.locator(hidden).locator("visible=true").count(), hidden
    assert page.evaluate(CUT) == []
    printed = pypdf.PdfReader(io.BytesIO(page.pdf(format="A4", margin=dict.fromkeys(("top", "bottom", "left", "right"), "10mm"))))
    assert len(printed.pages) <= 12
    text = "".join(sheet.extract_text() for sheet in printed.pages)
    assert told in text
    if address in ("", "students/ann"):  # what is folded on a screen is there on paper
        assert page.locator(".derivation .steps").is_visible()
