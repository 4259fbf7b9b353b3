"""A batch that is started, watched and stopped on the hub's page, on a hub of its own whose service is also started again."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from autograder import batches
from autograder.batches import Run
from autograder.hub.authenticator import add_passwords
from autograder.hub.running import running_hub
from autograder.model import Role

from .conftest import COURSE, PEOPLE, HubOfTests, Window, make_site
from .means import SLOW, publish_means

pytestmark = [pytest.mark.hub, pytest.mark.browser]
TEAMS = 6
LOOKS: dict[str, dict[str, Any]] = {"dark": {"color_scheme": "dark"}, "phone": {"viewport": {"width": 360, "height": 800}}}
STUDENTS = [f"student{number}" for number in range(TEAMS)]
BREAKS = "import os\nos._exit(3)\n"
"""In a test: our own process ends, so nobody can tell whether the answer was right."""
PATIENCE = 120_000
"""Milliseconds for a batch on a busy machine."""


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, need: Callable[[str], Path]) -> Iterator[HubOfTests]:
    need("bubblewrap"), need("proxy")
    site = make_site(tmp_path_factory.mktemp("course"))
    site.prepare()
    with site.ledger() as book:
        for username in ("tina", "ivy"):
            book.enrol(COURSE, username, PEOPLE[username][0], name=PEOPLE[username][1], actor="setup")
        for number, username in enumerate(STUDENTS):
            book.enrol(COURSE, username, Role.STUDENT, name=f"Student <b>{number}</b>", actor="setup")
        passwords = add_passwords(site.passwords, ["tina", "ivy", STUDENTS[0]])
        with running_hub(site, log=site.folders.state / "hub.log") as running:
            yield HubOfTests(running.url, running.pid, site, book, passwords)


@pytest.fixture
def handed_in(hub: HubOfTests) -> Iterator[Callable[..., str]]:
    """Publishes an assignment that all students have handed in alone; answers its slug. What still runs at the end is stopped."""
    made: list[str] = []

    def make(*, answer: str = SLOW, test: str = "", teams: int = TEAMS) -> str:
        folders = hub.site.folders
        slug = f"means-{sum(1 for path in folders.assignments.glob('means-*')) + 1}"
        publish_means(folders, hub.book, COURSE, slug, STUDENTS[:teams], answer=answer, test=test)
        made.append(slug)
        return slug

    yield make
    for slug in made:
        run = batches.seen(hub.site.folders, slug)
        if run is not None and run.runs:
            os.kill(run.pid, signal.SIGCONT)
            os.kill(run.pid, signal.SIGTERM)
            ended(hub, slug)


def ended(hub: HubOfTests, slug: str) -> Run:
    """The batch, once it has ended."""
    return seen(hub, slug, lambda run: not run.runs)


def seen(hub: HubOfTests, slug: str, so: Callable[[Run], bool]) -> Run:
    """The batch, once it is so."""
    deadline = time.monotonic() + PATIENCE / 1000
    while time.monotonic() < deadline:
        run = batches.seen(hub.site.folders, slug)
        if run is not None and so(run):
            return run
        time.sleep(0.1)
    raise AssertionError(f"after {PATIENCE / 1000:.0f} s it is {batches.seen(hub.site.folders, slug)}")


def actors(hub: HubOfTests, slug: str) -> list[str]:
    return [grade.actor for grade in hub.book.grades(COURSE, slug)]


def opened(hub: HubOfTests, page: Page, slug: str) -> Page:
    page.goto(f"{hub.url}services/course/assignments/{slug}/")
    page.locator("main a[href$='/grading']").click()
    return page


def place_of(slug: str) -> str:
    return f"services/course/assignments/{slug}/grading"


def test_a_ta_starts_a_batch_and_watches_it_to_its_end(
    hub: HubOfTests, handed_in: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = handed_in(test=BREAKS)
    page = opened(hub, window("tina").page, slug)
    assert page.locator(".facts dd").all_inner_texts() == [str(TEAMS), "0", "0"]
    page.get_by_label("Workers").fill("1")
    page.get_by_role("button", name="Start the batch").click()
    expect(page.get_by_role("status")).to_contain_text("The batch has begun")
    expect(page.locator("#batch")).to_contain_text("Tina Berg began it")
    page.evaluate("""() => {
        window.heard = [];
        new MutationObserver(() => window.heard.push(document.querySelector('#batch-progress')?.value))
            .observe(document.querySelector('#batch'), {subtree: true, childList: true, attributes: true});
    }""")
    expect(page.locator("#batch-failures tr").first).to_contain_text("average: The test process ended.", timeout=PATIENCE)
    expect(page.locator("#batch-failures tr").first).to_contain_text("Student <b>")
    expect(page.locator("#batch-pace")).to_contain_text("per minute", timeout=PATIENCE)
    expect(page.locator("#batch")).to_contain_text(f"{TEAMS} of {TEAMS} graded, {TEAMS} failed", timeout=PATIENCE)
    heard = [value for value in page.evaluate("window.heard") if value]
    assert len(set(heard)) > 1 and heard == sorted(heard), "the bar went forward"
    assert actors(hub, slug) == ["tina"] * TEAMS
    again = page.locator("#needs tr", has_text="Student <b>2")
    expect(again).to_contain_text("The test process ended.")
    expect(again.get_by_role("link", name="files")).to_have_attribute("href", re.compile(r"/submissions/1/archive\?team=team-\d+$"))
    again.get_by_role("button", name="Again").click()
    expect(page.get_by_role("status")).to_contain_text("graded again")
    run = ended(hub, slug)
    assert (run.end, run.of, run.done, run.by) == ("finished", 1, 1, "tina")
    assert run.team == hub.book.effective(COURSE, slug)[2].team


def test_one_batch_at_a_time_whoever_begins_the_other(
    hub: HubOfTests, handed_in: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = handed_in()
    tina, ivy = hub.person("tina"), hub.person("ivy")
    late = window("ivy")
    opened(hub, late.page, slug)
    begun = tina.course("POST", f"assignments/{slug}/grading/start", {"workers": 1})
    os.kill(begun["pid"], signal.SIGSTOP)  # until everybody was refused
    refused = ivy.course_answer("POST", f"assignments/{slug}/grading/start", {"workers": 1, "force": True})
    assert (refused.status, refused.json["code"]) == (409, "batch-runs")
    assert re.match(rf"tina grades {slug} since 20\d\d-.* \(Asia/Jerusalem\); ", refused.json["error"])
    late.page.get_by_role("button", name="Start the batch").click()
    expect(late.page.get_by_role("alert")).to_contain_text(f"tina grades {slug} since")
    assert all("409" in said for said in late.complaints)
    late.complaints.clear()
    command = [sys.executable, "-m", "autograder.cli", "--root", str(hub.site.folders.root), "grade", slug]
    done = subprocess.run(command, env={**os.environ, **hub.site.environment()}, capture_output=True, text=True, check=False)
    assert done.returncode == 2 and f"tina grades {slug} since" in done.stderr
    # Whoever comes late sees it as well, and stops it.
    os.kill(begun["pid"], signal.SIGCONT)
    seen(hub, slug, lambda run: run.done >= 1)
    os.kill(begun["pid"], signal.SIGSTOP)
    late.page.get_by_role("button", name="Stop").click()
    expect(late.page.get_by_role("status")).to_contain_text("is stopped")
    os.kill(begun["pid"], signal.SIGCONT)
    run = ended(hub, slug)
    assert (run.end, run.stopped_by) == ("stopped", "ivy") and 1 <= run.done < TEAMS
    expect(late.page.locator("#batch")).to_contain_text("Ivy Stone stopped the last one")
    assert set(actors(hub, slug)) == {"tina"}
    nothing = ivy.course_answer("POST", f"assignments/{slug}/grading/stop")
    assert (nothing.status, nothing.json["code"]) == (409, "no-batch")


def test_a_batch_that_was_killed_says_so_and_goes_on_with_the_rest(
    hub: HubOfTests, handed_in: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = handed_in()
    tina = hub.person("tina")
    page = window("ivy").page
    run = tina.course("POST", f"assignments/{slug}/grading/start", {"workers": 1})
    opened(hub, page, slug)
    expect(page.locator("#batch")).to_contain_text("A batch is running")
    seen(hub, slug, lambda run: run.done >= 2)
    os.kill(run["pid"], signal.SIGKILL)
    said, graded = ended(hub, slug).done, len(actors(hub, slug))
    assert 2 <= said <= graded <= said + 1, "it may have been killed after it recorded and before it said so"
    expect(page.locator("#batch")).to_contain_text("was cut off", timeout=PATIENCE)
    expect(page.locator("#batch")).to_contain_text(f"What was graded stays: {said} of {TEAMS}.")
    assert tina.course("GET", f"assignments/{slug}/grading")["batch"]["state"] == "cut off"
    page.get_by_role("button", name="Go on with the rest").click()
    expect(page.get_by_role("status")).to_contain_text("has begun")
    run = ended(hub, slug)
    assert (run.end, run.of, run.by) == ("finished", TEAMS - graded, "ivy")
    assert actors(hub, slug) == ["tina"] * graded + ["ivy"] * (TEAMS - graded)
    recorded = [line for line in hub.book.audit(COURSE) if line.action == "grade" and line.data["row"]["slug"] == slug]
    assert len(recorded) == TEAMS, "none twice"
    expect(page.locator(".facts dd")).to_have_text(["0", "0", str(TEAMS)])
    page.get_by_role("button", name="Release the feedback").click()
    expect(page.get_by_role("status")).to_contain_text("see their feedback")


def test_the_service_ends_and_starts_while_a_batch_goes_on(
    hub: HubOfTests, handed_in: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = handed_in(answer=SLOW + "time.sleep(0.6)\n")
    watching = window("tina")
    page = opened(hub, watching.page, slug)
    page.get_by_label("Workers").fill("1")
    page.get_by_role("button", name="Start the batch").click()
    expect(page.locator("#batch-pace")).to_contain_text("per minute", timeout=PATIENCE)
    pid = seen(hub, slug, lambda run: run.done >= 1).pid
    os.kill(pid, signal.SIGSTOP)
    done = seen(hub, slug, lambda run: True).done
    (before,) = services(hub)
    os.kill(before, signal.SIGKILL)
    while services(hub) in ([], [before]):
        time.sleep(0.1)
    os.kill(pid, signal.SIGCONT)
    assert done < TEAMS and seen(hub, slug, lambda run: run.done > done).by == "tina"
    expect(page.locator("#batch")).to_contain_text(f"{TEAMS} of {TEAMS} graded, 0 failed", timeout=PATIENCE)
    assert actors(hub, slug) == ["tina"] * TEAMS
    assert all("Failed to load resource" in said for said in watching.complaints)
    watching.complaints.clear()


def services(hub: HubOfTests) -> list[int]:
    """The process of the course's service."""
    children = Path(f"/proc/{hub.pid}/task/{hub.pid}/children").read_text().split()
    return [int(child) for child in children if b"autograder.hub.service" in Path(f"/proc/{child}/cmdline").read_bytes()]


def test_everything_but_liveness_works_without_javascript(
    hub: HubOfTests, handed_in: Callable[..., str], window: Callable[..., Window]
) -> None:
    slug = handed_in(teams=2)
    page = opened(hub, window("tina", java_script_enabled=False).page, slug)
    page.get_by_role("button", name="Start the batch").click()
    expect(page.locator("#batch")).to_contain_text("A batch is running")
    ended(hub, slug)
    page.get_by_role("link", name="Load the page again").click()
    expect(page.locator("#batch")).to_contain_text("2 of 2 graded, 0 failed")


def test_a_student_learns_nothing_of_it(hub: HubOfTests, handed_in: Callable[..., str]) -> None:
    slug = handed_in(teams=1)
    student = hub.person(STUDENTS[0])
    for path in (place_of(slug), f"{place_of(slug)}/events"):
        assert student.request("GET", path).status == 403
    for method, path in (("GET", "grading"), ("POST", "grading/start"), ("POST", "grading/stop")):
        answer = student.course_answer(method, f"assignments/{slug}/{path}", None if method == "GET" else {})
        assert (answer.status, answer.json["code"]) == (403, "forbidden")
    assert batches.seen(hub.site.folders, slug) is None


@pytest.mark.parametrize(
    ("said", "status", "code"),
    [
        ({"workers": 0}, 409, "workers"),
        ({"workers": 10**6}, 409, "workers"),
        ({"workers": 1.5}, 409, "workers"),
        ({"workers": "1"}, 400, "bad-request"),
        ({"team": "team-99999"}, 409, "unknown-team"),
        ({"team": "--unsafe"}, 409, "unknown-team"),
    ],
    ids=str,
)
def test_what_no_batch_begins_with(hub: HubOfTests, handed_in: Callable[..., str], said: dict[str, Any], status: int, code: str) -> None:
    slug = handed_in(teams=1)
    answer = hub.person("tina").course_answer("POST", f"assignments/{slug}/grading/start", said)
    assert (answer.status, answer.json["code"]) == (status, code)
    assert batches.seen(hub.site.folders, slug) is None


def test_events_end_at_once_where_nothing_runs(hub: HubOfTests, handed_in: Callable[..., str]) -> None:
    slug = handed_in(teams=1)
    answer = hub.person("tina").request("GET", f"{place_of(slug)}/events")
    assert answer.headers["Content-Type"].startswith("text/event-stream")
    assert answer.text.endswith("event: end\ndata: {}\n\n") and "progress" not in answer.text


@pytest.mark.parametrize("look", LOOKS)
def test_the_page_fits_every_reader(hub: HubOfTests, handed_in: Callable[..., str], window: Callable[..., Window], look: str) -> None:
    slug = handed_in(teams=1)
    page = window("tina", **LOOKS[look]).page
    opened(hub, page, slug)
    assert page.evaluate("document.documentElement.scrollWidth <= document.documentElement.clientWidth")
    assert page.locator("main h1").count() == 1
