"""What students are told about hidden tests, on every way by which they read feedback, and the form that changes it."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import expect

from autograder.authoring import load_assignment
from autograder.feedback import kept
from autograder.model import Disclosure, Graded, Level, Status, TestResult
from autograder.scoring import graded_status, problem_result, total

from .conftest import COURSE, HubOfTests, Window, notebook
from .test_accessibility import held_against

pytestmark = pytest.mark.hub
SMALL = Path(__file__).parents[1] / "authoring" / "fixture" / "small-steps"
MESSAGE, NAME, VISIBLE = "Did you forget the root?", "length: mean", "length: by hand"
Hand = Callable[..., str]


def feedback_of(team: str) -> bytes:
    """What is kept of a submission: of its tests a hidden one failed."""
    assignment = load_assignment(SMALL)

    def result(name: str) -> TestResult:
        failed = name == "length-mean"
        return TestResult(name, 0, 0, Status.WRONG if failed else Status.OK, MESSAGE if failed else "")

    problems = tuple(problem_result(problem, [result(test.id) for test in problem.tests]) for problem in assignment.problems)
    score, possible = total(problems)
    graded = Graded(team, ("ann",), assignment.slug, score, possible, problems, graded_status(problems), 1.0, "e1", assignment.notebook)
    return kept(assignment, graded, team=team, members=("ann", "ben"), number=1, submitted_at=None, marks={})


@pytest.fixture
def handed_in(hub: HubOfTests, assignment: Hand, pair: Callable[[str], None]) -> Hand:
    """An assignment that Ann and Ben have handed in and got feedback on."""

    def make(**stated: object) -> str:
        slug = assignment(**stated)
        pair(slug)
        team = hub.person("ann").submit(slug, {f"{slug}.ipynb": notebook()})["team"]
        hub.book.release_feedback(COURSE, slug, {team: feedback_of(team)}, actor="tina")
        return slug

    return make


def ways(hub: HubOfTests, name: str, slug: str) -> list[str]:
    """The feedback as somebody reads it: on the page, by the API with a token, and what else he is told about the assignment."""
    person = hub.person(name)
    query = "" if name in ("ann", "ben") else "?student=ann"
    page = person.browse(f"services/course/assignments/{slug}/feedback/{query}")
    answer = person.course_answer("GET", f"assignments/{slug}/feedback{query}")
    assert (page.status, answer.status) == (200, 200)
    return [page.text, answer.text]


SOON, BEFORE = datetime.now(UTC) + timedelta(days=2), datetime.now(UTC) - timedelta(days=2)
TOLD = [
    (Disclosure(), {NAME, MESSAGE}),
    (Disclosure(Level.OUTCOMES), {NAME}),
    (Disclosure(Level.POINTS), set()),
    (Disclosure(Level.MESSAGES, SOON), set()),
    (Disclosure(Level.OUTCOMES, BEFORE), {NAME}),
    (Disclosure(Level.MESSAGES, BEFORE), {NAME, MESSAGE}),
]


@pytest.mark.parametrize(("disclosure", "told"), TOLD)
def test_students_read_what_the_assignment_tells_and_staff_everything(
    hub: HubOfTests, handed_in: Hand, disclosure: Disclosure, told: set[str]
) -> None:
    slug = handed_in(disclosure=disclosure)
    for name in ("ann", "ben"):
        for text in ways(hub, name, slug):
            assert {word for word in (NAME, "length-mean", MESSAGE) if word in text} == told and VISIBLE in text
        person, one = hub.person(name), f"assignments/{slug}"
        pages = [person.browse(f"services/course/{path}").text for path in ("", f"{one}/", f"{one}/requests/")]
        calls = [person.course_answer("GET", path).text for path in (one, "assignments", "standing", f"{one}/requests")]
        for text in (*pages, *calls):
            assert NAME not in text and "length-mean" not in text and MESSAGE not in text
    for name in ("tina", "ivy"):
        for text in ways(hub, name, slug):
            assert NAME in text and MESSAGE in text and "Students see" in text


def test_a_change_counts_at_the_next_reading_for_feedback_that_is_out(hub: HubOfTests, handed_in: Hand) -> None:
    slug = handed_in()
    ivy = hub.person("ivy")
    assert NAME in ways(hub, "ann", slug)[0]
    told = {"level": "messages", "from": SOON.isoformat()}
    for body, there in (({"level": "points"}, False), ({"level": "outcomes"}, True), (told, False)):
        ivy.course("POST", f"assignments/{slug}/disclose", body | {"reason": "extensions still run"})
        assert all((NAME in text) == there for name in ("ann", "ben") for text in ways(hub, name, slug)), body
    assert {name: hub.person(name).course("GET", f"assignments/{slug}/disclosure") for name in ("ann", "tina", "ivy")} == {
        "ann": told, "tina": told, "ivy": told}  # fmt: skip
    assert hub.person("ben").course("GET", f"assignments/{slug}")["disclosure"] == told
    line = [line for line in hub.book.audit(COURSE) if line.action == "disclosure"][-1]
    assert line.actor == "ivy" and line.data["row"]["reason"] == "extensions still run"


@pytest.mark.parametrize(
    ("body", "status", "word"),
    [
        ({"level": "all", "reason": "x"}, 409, "There is no level"),
        ({"level": "<b>", "reason": "x"}, 409, "There is no level"),
        ({"level": 3, "reason": "x"}, 400, "'level'"),
        ({"level": "points"}, 409, "needs a reason"),
        ({"level": "outcomes", "from": "tomorrow", "reason": "x"}, 400, "'from'"),
        ({"level": "points", "from": "2099-01-01T00:00:00+00:00", "reason": "x"}, 409, "Leave the time out"),
    ],
)
def test_a_change_that_cannot_be_is_refused_and_adds_no_line(
    hub: HubOfTests, assignment: Hand, body: dict[str, object], status: int, word: str
) -> None:
    slug = assignment()
    answer = hub.person("ivy").course_answer("POST", f"assignments/{slug}/disclose", body)
    assert (answer.status, word in answer.json["error"]) == (status, True), answer.text
    assert hub.book.disclosures.lines(COURSE, slug) == ()


def test_a_page_from_before_is_kept_back_from_students_alone(hub: HubOfTests, assignment: Hand, pair: Callable[[str], None]) -> None:
    slug = assignment(disclosure=Disclosure(Level.OUTCOMES))
    pair(slug)
    team = hub.person("ann").submit(slug, {f"{slug}.ipynb": notebook()})["team"]
    hub.book.release_feedback(COURSE, slug, {team: f"<p>{MESSAGE}".encode()}, actor="tina")
    assert all(MESSAGE not in text and "cannot be shown" in text for name in ("ann", "ben") for text in ways(hub, name, slug))
    assert all(MESSAGE in text for text in ways(hub, "tina", slug))


def test_feedback_that_is_fetched_into_a_server_tells_the_same(hub: HubOfTests, handed_in: Hand) -> None:
    slug, ben = handed_in(disclosure=Disclosure(Level.POINTS)), hub.person("ben")
    ben.start_server()
    said = {"assignment_id": slug, "course_id": COURSE}
    assert ben.request("POST", "user/ben/assignments/fetch_feedback", said).json["success"]
    rows = ben.request("GET", f"user/ben/assignments?course_id={COURSE}").json["value"]
    (row,) = [row for row in rows if row["assignment_id"] == slug and row["status"] == "submitted"]
    page = ben.read(f"{row['submissions'][0]['local_feedback_path']}/{slug}.html").decode()
    assert VISIBLE in page and NAME not in page and "length-mean" not in page


@pytest.mark.browser
def test_an_instructor_changes_it_on_the_page_and_the_student_reads_from_when(
    hub: HubOfTests, handed_in: Hand, window: Callable[..., Window]
) -> None:
    slug = handed_in(title="Small steps")
    page, mine = window("ivy").page, window("ann").page
    address = f"{hub.url}services/course/assignments/{slug}/"
    page.goto(address)
    panel = page.locator("#disclosure")
    expect(panel).to_contain_text("whether it passed, failed or could not be decided, and for each problem where to look")
    panel.get_by_label("Of each hidden test students learn").select_option("outcomes")
    panel.get_by_label("From").fill("2099-02-01T12:00")
    panel.get_by_label("Reason").fill("an extension <b>still</b> runs")
    panel.get_by_role("button", name="Change").click()
    expect(page.get_by_role("status")).to_contain_text("What feedback tells is changed.")
    expect(panel).to_contain_text("an extension <b>still</b> runs")
    expect(panel.get_by_label("From")).to_have_value("2099-02-01T12:00")
    mine.goto(address)
    said = re.compile(r"Until Sun 1 Feb 2099 12:00 \(in \d+ d \d+ h\) feedback tells of hidden tests only how many points they earn")
    expect(mine.locator("main")).to_contain_text(said)
    mine.goto(f"{address}feedback/")
    expect(mine.get_by_text("from Sun 1 Feb 2099 12:00 IST on, how each of them ended")).to_be_visible()
    expect(mine.get_by_text("Hidden tests, together").first).to_be_visible()


@pytest.mark.browser
def test_a_refused_change_keeps_what_was_filled_in_and_touches_no_other_form(
    hub: HubOfTests, assignment: Hand, window: Callable[..., Window]
) -> None:
    ivy = window("ivy")
    page = ivy.page
    page.goto(f"{hub.url}services/course/assignments/{assignment()}/")
    panel = page.locator("#disclosure")
    panel.get_by_label("Of each hidden test students learn").select_option("points")
    panel.get_by_label("From").fill("2099-02-01T12:00")
    panel.get_by_label("Reason").fill("because")
    panel.get_by_role("button", name="Change").click()
    expect(page.get_by_role("alert")).to_contain_text("Leave the time out")
    assert panel.get_by_label("Reason").input_value() == "because" and panel.locator("select").input_value() == "points"
    assert [one.input_value() for one in page.locator("input[name=reason]").all()].count("because") == 1
    assert all("409" in said for said in ivy.complaints)
    ivy.complaints.clear()


@pytest.mark.browser
@pytest.mark.parametrize("language", ["en", pytest.param("he", marks=pytest.mark.long)])
def test_pages_that_tell_less_are_open_to_everybody(
    hub: HubOfTests,
    handed_in: Hand,
    window: Callable[..., Window],
    need: Callable[[str], Path],
    language: str,
) -> None:
    axe = need("axe").read_text(encoding="utf-8")
    slug, page = handed_in(disclosure=Disclosure(Level.MESSAGES, SOON)), window("ann", locale=language).page

    def wrong(path: str) -> list[str]:
        page.goto(f"{hub.url}services/course/assignments/{slug}/{path}")
        assert page.locator("html").get_attribute("lang") == language
        return [f"{path} {said}" for said in held_against(page, axe, language)]

    assert wrong("") + wrong("feedback/") == []
    hub.book.release_feedback(COURSE, slug, {hub.book.submissions(COURSE, slug)[-1].team: b"<p>an early page"}, actor="tina")
    assert wrong("feedback/") == []
