"""Regrade requests and shadow regrades on the running hub: who sees what, what can be done, how the pages look."""

from __future__ import annotations

import itertools
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from autograder.authoring import load_assignment
from autograder.grading import engine_version
from autograder.ledger import Receipt
from autograder.model import Graded, ProblemResult, Status, TestResult
from tests.regrading.conftest import NOTEBOOK, RIGHT, WRONG, write

from .conftest import COURSE, HubOfTests, Window, notebook

pytestmark = pytest.mark.hub
SECRET = "expected [1 2], for the staff alone"
_salt = itertools.count(1)


def graded(receipt: Receipt, *, bound: float, proof: float = 1.0, engine: str = "e1") -> Graded:
    """p1 of 3 points with a hidden test, p2 of 2 points."""

    def problem(name: str, score: float, possible: float) -> ProblemResult:
        status = Status.OK if score == possible else Status.WRONG
        test = TestResult(f"{name}-test", score, possible, status, message="Look at <b>the sign</b>.", detail=SECRET)
        return ProblemResult(name, f"Problem {name}", score, possible, status, (test,))

    problems = (problem("p1", bound, 3.0), problem("p2", proof, 2.0))
    return Graded(receipt["team"], tuple(receipt["members"]), receipt["slug"], bound + proof, 5.0, problems, Status.OK, 1.0, engine, {},
                  receipt["sha256"])  # fmt: skip


@pytest.fixture
def with_feedback(hub: HubOfTests, assignment: Callable[..., str], pair: Callable[[str], None]) -> Receipt:
    """Ann and Ben have 1 of 3 points in p1 and 1 of 2 in p2; feedback is out."""
    slug = assignment(title="Bounds", points=5.0)
    pair(slug)
    receipt = hub.book.submit(COURSE, slug, "ann", {f"{slug}.ipynb": notebook(f"x = {next(_salt)}")})
    hub.book.record(COURSE, graded(receipt, bound=1.0), assignment_version="v1", engine="e1", actor="tina")
    hub.book.release_feedback(COURSE, slug, {receipt["team"]: b"<p>page"}, actor="tina")
    return receipt


# ---------------------------------------------------------------- requests by API


def test_a_pair_asks_a_ta_answers_and_both_get_the_points(hub: HubOfTests, with_feedback: Receipt) -> None:
    slug = with_feedback["slug"]
    ann, ben, tina = (hub.person(name) for name in ("ann", "ben", "tina"))
    problems = ann.course("GET", f"assignments/{slug}/requests")["problems"]
    assert [(one["id"], one["why_not"]) for one in problems] == [("p1", None), ("p2", None)]
    made = ann.course("POST", f"assignments/{slug}/requests", {"problem": "p1", "reason": "The bound is right."})
    seen = ben.course("GET", f"assignments/{slug}/requests")
    assert [(r["reason"], r["answer"]) for r in seen["requests"]] == [("The bound is right.", None)]
    refused = ben.course_answer("POST", f"assignments/{slug}/requests", {"problem": "p1", "reason": "I think so too."})
    assert (refused.status, refused.json["code"]) == (409, "open-request")
    assert made["id"] in [view["request"]["id"] for view in tina.course("GET", "requests")]
    answered = tina.course("POST", f"requests/{made['id']}/answer", {"upheld": True, "text": "It is.", "points": 2})
    assert answered["answer"]["members"] == ["ann", "ben"]
    assert ben.course("GET", f"assignments/{slug}")["score"] == 4.0


def test_nobody_else_learns_of_a_request(hub: HubOfTests, with_feedback: Receipt) -> None:
    slug = with_feedback["slug"]
    made = hub.person("ann").course("POST", f"assignments/{slug}/requests", {"problem": "p2", "reason": "A private reason."})
    cat = hub.person("cat")
    assert cat.course("GET", f"assignments/{slug}/requests") | {"title": ""} == {
        "slug": slug, "title": "", "problems": [], "requests": [], "names": {}, "until": None}  # fmt: skip
    for answer in (
        cat.course_answer("POST", f"assignments/{slug}/requests/{made['id']}/withdraw", {}),
        cat.course_answer("GET", "assignments/nosuch/requests"),
        hub.person("ann").course_answer("POST", f"assignments/{slug}/requests/{made['id'] + 1000}/withdraw", {}),
    ):
        assert answer.status == 404
    assert "A private reason" not in cat.browse(f"services/course/assignments/{slug}/").text
    assert cat.browse("services/course/requests").status == 403
    assert cat.browse(f"services/course/requests/{made['id']}/").status == 403


def test_what_tests_said_to_staff_is_not_told_to_students(hub: HubOfTests, with_feedback: Receipt) -> None:
    slug = with_feedback["slug"]
    ann = hub.person("ann")
    ann.course("POST", f"assignments/{slug}/requests", {"problem": "p1", "reason": "Why?"})
    told = json.dumps(ann.course("GET", f"assignments/{slug}/requests")) + ann.browse(f"services/course/assignments/{slug}/requests/").text
    assert SECRET not in told and "p1-test" not in told


def test_before_feedback_there_is_nothing_to_ask_about(hub: HubOfTests, assignment: Callable[..., str]) -> None:
    slug = assignment(size=1)
    receipt = hub.book.submit(COURSE, slug, "ann", {f"{slug}.ipynb": notebook()})
    hub.book.record(COURSE, graded(receipt, bound=1.0), assignment_version="v1", engine="e1", actor="tina")
    ann = hub.person("ann")
    assert ann.course("GET", f"assignments/{slug}/requests")["problems"] == []
    answer = ann.course_answer("POST", f"assignments/{slug}/requests", {"problem": "p1", "reason": "Why?"})
    assert (answer.status, answer.json["code"]) == (409, "no-feedback")
    assert "Which problem" not in ann.browse(f"services/course/assignments/{slug}/").text


def test_who_declared_a_conflict_of_interest_does_not_answer(hub: HubOfTests, with_feedback: Receipt) -> None:
    made = hub.person("ann").course("POST", f"assignments/{with_feedback['slug']}/requests", {"problem": "p1", "reason": "Why?"})
    hub.book.marking.declare(COURSE, "tina", "ben", "cousins", actor="tina")
    try:
        refused = hub.person("tina").course_answer("POST", f"requests/{made['id']}/answer", {"upheld": False, "text": "No."})
        assert (refused.status, refused.json["code"]) == (409, "conflict")
    finally:
        hub.book.marking.withdraw(COURSE, "tina", "ben", actor="tina")
    hub.person("ivy").course("POST", f"requests/{made['id']}/answer", {"upheld": False, "text": "No."})


UNREADABLE: tuple[dict[str, Any], ...] = (
    {"upheld": "yes", "text": "x"}, {"text": "x"}, {"upheld": True}, {"upheld": True, "text": "x", "points": "2"},
)  # fmt: skip


@pytest.mark.parametrize("said", UNREADABLE, ids=json.dumps)
def test_an_answer_that_cannot_be_read_is_refused(hub: HubOfTests, with_feedback: Receipt, said: dict[str, Any]) -> None:
    made = hub.person("ann").course("POST", f"assignments/{with_feedback['slug']}/requests", {"problem": "p1", "reason": "Why?"})
    assert hub.person("tina").course_answer("POST", f"requests/{made['id']}/answer", said).status == 400


# ---------------------------------------------------------------- requests on pages


def at(page: Page, hub: HubOfTests, path: str) -> Page:
    page.goto(f"{hub.url}services/course/{path}")
    return page


@pytest.mark.browser
def test_asking_and_answering_on_the_pages(hub: HubOfTests, with_feedback: Receipt, window: Callable[..., Window]) -> None:
    slug = with_feedback["slug"]
    ann, tinas = window("ann").page, window("tina")
    tina = tinas.page
    at(ann, hub, f"assignments/{slug}/")
    ann.get_by_label("Which problem should be looked at again?").select_option("p1")
    ann.get_by_label("Why? Say what was overlooked, and where.").fill("Line 3 holds:\n<script>alert(1)</script> \u05de\u05e9")
    ann.get_by_role("button", name="Ask for a regrade").click()
    expect(ann.get_by_role("status")).to_contain_text("Your request is made.")
    expect(ann.locator("blockquote")).to_contain_text("<script>alert(1)</script>")
    at(tina, hub, "")
    tina.get_by_role("link", name=re.compile("wait.* for an answer")).click()
    tina.get_by_role("row").filter(has_text=with_feedback["team"]).get_by_role("link", name="Answer").click()
    expect(tina.locator("blockquote")).to_contain_text("Line 3 holds:")
    tina.get_by_label("Yes: upheld").check()
    tina.get_by_label("What the team reads").fill("Indeed.")
    tina.get_by_label("Points to add").fill("7")
    tina.get_by_role("button", name="Answer").click()
    expect(tina.get_by_role("alert")).to_contain_text("p1 lacks 2 points, fewer than 7.")
    assert tina.get_by_label("What the team reads").input_value() == "Indeed."
    tinas.complaints.clear()  # of the 409 that it should be
    tina.get_by_label("Points to add").fill("1,5")
    tina.get_by_role("button", name="Answer").click()
    expect(tina.get_by_role("status")).to_contain_text("The answer is given")
    at(ann, hub, f"assignments/{slug}/requests/")
    expect(ann.get_by_text("Points added for you: 1.5.")).to_be_visible()
    expect(ann.get_by_text("Indeed.")).to_be_visible()


@pytest.mark.browser
def test_a_request_can_be_taken_back_without_javascript(hub: HubOfTests, with_feedback: Receipt, window: Callable[..., Window]) -> None:
    ann = window("ann", java_script_enabled=False).page
    at(ann, hub, f"assignments/{with_feedback['slug']}/requests/")
    ann.get_by_label("Why? Say what was overlooked, and where.").fill("A mistake of mine.")
    ann.get_by_role("button", name="Ask for a regrade").click()
    ann.get_by_role("button", name="Take back").click()
    expect(ann.locator(".request .tag")).to_have_text("taken back")


# ---------------------------------------------------------------- regrades


@pytest.fixture
def regraded(hub: HubOfTests, assignment: Callable[..., str]) -> tuple[str, Receipt, Receipt]:
    """Of an assignment whose test was corrected: Ann gains 2 points, Cat loses 2; open."""
    slug = f"means-{next(_salt)}"
    root = hub.site.folders.root
    write(root, NOTEBOOK.replace(WRONG, RIGHT), slug=slug)
    assignment(slug=slug, size=1, title="Means", points=5.0)
    first, second = (hub.book.submit(COURSE, slug, name, {f"{slug}.ipynb": notebook(f"{name} = {next(_salt)}")}) for name in ("ann", "cat"))
    for receipt, points in ((first, 1.0), (second, 3.0)):
        hub.book.record(COURSE, graded(receipt, bound=points), assignment_version="v1", engine="e1", actor="tina")
    built = load_assignment(root / "assignments" / slug)
    run = hub.book.regrades.begin(COURSE, slug, version=built.version, engine=engine_version(built), actor="ivy")
    page = json.dumps({"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}).encode()
    for receipt, points in ((first, 3.0), (second, 1.0)):
        hub.book.regrades.record(run, graded(receipt, bound=points, engine=run.engine), page, actor="ivy")
    return slug, first, second


def scores(hub: HubOfTests, slug: str) -> dict[str, float | None]:
    return {credit.username: credit.score for credit in hub.book.credits(COURSE, slug)}


def test_instructors_publish_a_regrade_by_api(hub: HubOfTests, regraded: tuple[str, Receipt, Receipt]) -> None:
    slug, *_ = regraded
    ivy = hub.person("ivy")
    told = ivy.course("GET", f"assignments/{slug}/regrade")
    assert (told["counts"]["up"], told["counts"]["down"], told["end"]) == (1, 1, None)
    assert scores(hub, slug) == {"ann": 2, "cat": 4}
    done = ivy.course("POST", f"assignments/{slug}/regrade/publish", {"reason": "A test was wrong.", "keep_better": True})
    assert done == {"published": 1} and scores(hub, slug) == {"ann": 4, "cat": 4}
    assert ivy.course_answer("POST", f"assignments/{slug}/regrade/discard", {"reason": "x"}).json["code"] == "ended"
    assert hub.person("tina").browse(f"services/course/assignments/{slug}/regrade/").status == 403


@pytest.mark.browser
def test_an_instructor_looks_and_discards_on_the_page(
    hub: HubOfTests, regraded: tuple[str, Receipt, Receipt], window: Callable[..., Window]
) -> None:
    slug, *_ = regraded
    ivy = window("ivy").page
    at(ivy, hub, f"assignments/{slug}/")
    ivy.get_by_role("link", name="See who changes").click()
    expect(ivy.locator("figure.moves svg circle")).to_have_count(2)
    expect(ivy.get_by_role("row").filter(has_text=regraded[1]["team"])).to_contain_text("p1-test: wrong, now passed (+2)")
    ivy.get_by_label("Discard, because").fill("The statement says otherwise.")
    ivy.get_by_role("button", name="Discard").click()
    expect(ivy.get_by_role("status")).to_contain_text("All grades stay as they were.")
    expect(ivy.get_by_text("Discarded by ivy")).to_be_visible()
    assert scores(hub, slug) == {"ann": 2, "cat": 4}


LOOKS: dict[str, dict[str, Any]] = {
    "light": {"viewport": {"width": 1280, "height": 900}},
    "dark": {"viewport": {"width": 1280, "height": 900}, "color_scheme": "dark"},
    "phone": {"viewport": {"width": 360, "height": 740}},
    "hebrew": {"viewport": {"width": 1280, "height": 900}, "locale": "he"},
}


@pytest.mark.browser
@pytest.mark.parametrize("look", LOOKS)
def test_no_page_is_wider_than_its_window(
    hub: HubOfTests,
    with_feedback: Receipt,
    regraded: tuple[str, Receipt, Receipt],
    window: Callable[..., Window],
    look: str,
    tmp_path: Path,
) -> None:
    made = hub.book.requests.ask(COURSE, with_feedback["slug"], "ben", "p2", "x" * 300 + " is right.\n\nReally.", window=None)
    ann, tina, ivy = (window(name, **LOOKS[look]).page for name in ("ann", "tina", "ivy"))
    shown = {
        "own": at(ann, hub, f"assignments/{with_feedback['slug']}/requests/"),
        "queue": at(tina, hub, "requests"),
        "regrade": at(ivy, hub, f"assignments/{regraded[0]}/regrade/"),
    }
    for name, page in shown.items():
        page.screenshot(path=tmp_path / f"{name}-{look}.png", full_page=True)
        assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth"), name
    at(tina, hub, f"requests/{made.id}/").screenshot(path=tmp_path / f"request-{look}.png", full_page=True)
    assert tina.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    hub.book.requests.withdraw(COURSE, made.id, by="ben")
