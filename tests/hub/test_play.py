"""A whole assignment, played by two students in two languages, a TA and an instructor, in the browser wherever a person would use it.

The assignment is hw03-eigen-svd with a few cases of its bank, so that it is verified in a minute or two. With PLAY_PICTURES=docs/pictures
the play writes its pictures there; without, it changes nothing in the checkout.
"""

from __future__ import annotations

import io
import json
import os
import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from autograder import jobs
from autograder.authoring import load_assignment, solution_cells
from autograder.course import Folders
from autograder.demo import Answers, answered
from autograder.hub.authenticator import add_passwords
from autograder.hub.client import Client
from autograder.hub.running import free_port, running_hub
from autograder.hub.site import Site
from autograder.model import Role

from .conftest import HubOfTests, Window

pytestmark = [pytest.mark.hub, pytest.mark.browser, pytest.mark.long]
ROOT = Path(__file__).parents[2]
SLUG, COURSE = "hw03-eigen-svd", "play"
CASES = ("correct/power_ritz", "wrong/power_fixed_loops", "wrong/svd_gram", "wrong/pca_divides_by_n")
PEOPLE = {
    "ann": (Role.STUDENT, "Ann Levi"),
    "ben": (Role.STUDENT, "בן כהן"),
    "tina": (Role.TA, "Tina Berg"),
    "ivy": (Role.INSTRUCTOR, "Ivy Stone"),
}
COURSE_TOML = """
id = "play"
title = "Deep Learning"
term = "Winter"
timezone = "Asia/Jerusalem"
[[assignment]]
slug = "hw03-eigen-svd"
opens = {opens}
pairs_lock = {lock}
due = {due}
[[external]]
id = "exam"
title = "Final exam"
[policy]
pass_mark = 55
[[component]]
id = "homework"
title = "Homework"
weight = 40
items = ["hw03-eigen-svd"]
[[component]]
id = "exam"
title = "Final exam"
kind = "exam"
weight = 60
items = ["exam"]
"""
WIDE, PHONE = {"width": 1280, "height": 860}, {"width": 360, "height": 740}
COLOURS, LONGEST = 48, 1400


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory, need: Callable[[str], Path]) -> Iterator[HubOfTests]:
    """A course whose one assignment is verified and not yet released."""
    need("bubblewrap"), need("proxy")
    root = tmp_path_factory.mktemp("course")
    shutil.copytree(ROOT / "assignments" / SLUG, root / "assignments" / SLUG, ignore=shutil.ignore_patterns("bank"))
    for case in CASES:
        (root / "assignments" / SLUG / "bank" / case).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / "assignments" / SLUG / "bank" / f"{case}.py", root / "assignments" / SLUG / "bank" / f"{case}.py")
    hours = {"opens": -24, "lock": 1, "due": 2}
    at = {name: f"{datetime.now(UTC) + timedelta(hours=hour):%Y-%m-%dT%H:%M:%S+00:00}" for name, hour in hours.items()}
    (root / "course.toml").write_text(COURSE_TOML.format(**at), encoding="utf-8")
    site = Site(Folders(root, root / "state"), root / "course.toml", free_port())
    site.prepare()
    assert jobs.verify(site.folders, SLUG, seeds=1, workers=2).ok
    with site.ledger() as book:
        for username, (role, name) in PEOPLE.items():
            book.enrol(COURSE, username, role, name=name, email=f"{username}@uni.example", actor="setup")
        passwords = add_passwords(site.passwords, PEOPLE)
        with running_hub(site, log=site.folders.state / "hub.log") as running:
            yield HubOfTests(running.url, running.pid, site, book, passwords)


def picture(page: Page, name: str) -> None:
    """Keep the page as it is, where the environment asks for it, in few colours."""
    if folder := os.environ.get("PLAY_PICTURES"):
        shot = Image.open(io.BytesIO(page.screenshot(full_page=True)))
        shot = shot.convert("RGB").crop((0, 0, shot.width, min(shot.height, LONGEST)))
        shot.quantize(COLOURS).save(Path(folder) / f"{name}.png", optimize=True)


def solved(hub: HubOfTests, fetched: bytes, **instead: str) -> bytes:
    """A fetched notebook with everything answered as the reference does, but for some cells."""
    author = solution_cells(load_assignment(hub.site.folders.assignments / SLUG).notebook)
    cells = {name: re.sub(r"^.*(BEGIN|END) SOLUTION.*$", "", text, flags=re.MULTILINE).strip() for name, text in author.items()}
    written = {"eckart_young": "By Weyl, $s_{i+k}(A) \\le s_i(A - B)$; sum the squares.", "spectrum_comment": "Five stand out."}
    return json.dumps(answered(json.loads(fetched), Answers(cells | written | instead))).encode()


def of_the_bank(case: str) -> str:
    """A case as a student would write it."""
    text = (ROOT / "assignments" / SLUG / "bank" / f"{case}.py").read_text(encoding="utf-8")
    return re.sub(r'\A\s*""".*?"""\s*', "", text, flags=re.DOTALL)


def test_an_assignment_from_its_release_to_the_course_grade(hub: HubOfTests, window: Callable[..., Window], tmp_path: Path) -> None:
    place = f"{hub.url}services/course/"
    one = f"{place}assignments/{SLUG}/"
    windows = {name: window(name, viewport=WIDE, locale=language) for name, language in
               {"ann": "en", "ben": "he", "tina": "en", "ivy": "en"}.items()}  # fmt: skip
    ann, ben, tina, ivy = (windows[name].page for name in ("ann", "ben", "tina", "ivy"))

    # The instructor releases, the students find each other: Ann in English, Ben in Hebrew on his phone.
    ivy.goto(place)
    picture(ivy, "instructor-release")
    ivy.get_by_role("button", name="Release", exact=True).click()
    expect(ivy.locator("main")).to_contain_text("Eigenvalues and singular values")
    ann.goto(one)
    ann.get_by_label("Invite your partner").fill("ben")
    ann.get_by_role("button", name="Invite", exact=True).click()
    expect(ann.get_by_role("status")).to_contain_text("on its way")
    picture(ann, "student-invites")
    ben.set_viewport_size(PHONE)
    ben.goto(one)
    expect(ben.locator("html[dir=rtl]")).to_have_count(1)
    picture(ben, "student-hebrew-phone")
    ben.locator("form[action$=accept] button").click()
    expect(ben.locator("#team")).to_contain_text("Ann Levi")

    # Ann fetches and works in JupyterLab; she writes into a cell, saves, and hands in from there.
    worker = hub.person("ann")
    worker.start_server()
    assert _assignment_list(worker, "fetch")["success"]
    file = f"{SLUG}/{SLUG}.ipynb"
    ann.goto(f"{hub.url}user/ann/lab/tree/{file}")
    editor = ann.locator(".jp-CodeCell .cm-content", has_text="YOUR CODE HERE").first
    editor.click(timeout=90_000)
    ann.keyboard.press("Control+End")
    ann.keyboard.insert_text("\n# First the Rayleigh quotient, then the certificate.")
    picture(ann, "student-lab")
    with ann.expect_response(lambda answer: answer.request.method == "PUT" and "/api/contents/" in answer.url, timeout=60_000):
        ann.keyboard.press("Control+s")
    assert b"# First the Rayleigh quotient" in worker.read(file)
    assert _assignment_list(worker, "submit")["success"]
    windows["ann"].complaints.clear()  # JupyterLab's own
    ann.goto(one)
    expect(ann.locator("#submissions")).to_contain_text("#1")

    # Ben fetches on the page, solves all but one problem, and hands in; his receipt is genuine.
    ben.set_viewport_size(WIDE)
    ben.goto(one)
    with ben.expect_download() as download:
        ben.locator("a[href$='/archive'][download]").first.click()
    assert download.value.suggested_filename == f"{SLUG}.zip"
    work = tmp_path / "mine.ipynb"
    work.write_bytes(solved(hub, worker.read(file), pca=of_the_bank("wrong/pca_divides_by_n")))
    ben.locator("#notebook").set_input_files(work)
    ben.locator("form.upload button").click()
    expect(ben.locator("#submissions")).to_contain_text("#2")
    ben.locator("#submissions summary").first.click()
    picture(ben, "student-submitted-hebrew")
    receipt = ben.locator("#submissions pre").first.inner_text()
    tina.goto(place)
    tina.get_by_label("A student's receipt").fill(receipt)
    tina.get_by_role("button", name="Check", exact=True).click()
    expect(tina.get_by_role("status")).to_contain_text("Genuine: ben")
    picture(tina, "ta-receipt")

    # The deadline passes; the TA grades the batch, and marks the written answers.
    ivy.goto(one)
    ivy.get_by_label("Due now, and later work is late, because").fill("the deadline of the play")
    ivy.get_by_role("button", name="Due now").click()
    expect(ivy.get_by_role("status")).to_contain_text("due now")
    tina.goto(f"{one}grading")
    tina.get_by_role("button", name="Start the batch").click()
    expect(tina.locator("#batch")).to_contain_text("1 of 1 graded, 0 failed", timeout=300_000)
    picture(tina, "ta-grading")
    tina.goto(f"{one}marking/")
    tina.locator("a[href='eckart_young/next']").click()
    expect(tina.locator("h1")).to_have_text("team-00001")
    for line in tina.locator("[data-line]").all():
        line.fill("1")
    tina.fill("[name=remark-1]", "The case of equality is missing.")
    picture(tina, "ta-marking")
    tina.get_by_role("button", name="Save", exact=True).click()
    expect(tina.locator(".notice")).to_contain_text("formgrader")
    for answer in ("spectrum_plot", "spectrum_comment"):
        hub.person("tina").course("POST", f"assignments/{SLUG}/marking/{answer}/team-00001/mark", {"points": 2})
    tina.goto(f"{one}grading")
    tina.get_by_role("button", name="Release the feedback").click(timeout=90_000)
    expect(tina.get_by_role("status")).to_contain_text("see their feedback")

    # Both read it, each in the own language, and ask once more; the TA answers.
    for page, name, said in ((ann, "student-feedback", "The case of equality is missing."), (ben, "student-feedback-hebrew", "equality")):
        page.goto(f"{one}feedback/")
        expect(page.locator("body")).to_contain_text(said)
        picture(page, name)
    assert [page.locator("html").get_attribute("lang") for page in (ann, ben)] == ["en", "he"]
    ann.goto(one)
    problem = ann.locator("#q-problem option", has_text=re.compile("principal|PCA", re.IGNORECASE)).first.get_attribute("value")
    ann.locator("#q-problem").select_option(problem)
    ann.get_by_label("Why? Say what was overlooked, and where.").fill("The statement leaves the divisor open.")
    ann.get_by_role("button", name="Ask for a regrade").click()
    expect(ann.get_by_role("status")).to_contain_text("Your request is made.")
    tina.goto(f"{place}requests")
    tina.get_by_role("link", name="Answer").first.click()
    tina.get_by_label("Yes: upheld").check()
    tina.get_by_label("What the team reads").fill("Partly: the sign was right.")
    tina.get_by_label("Points to add").fill("1")
    picture(tina, "ta-request")
    tina.get_by_role("button", name="Answer").click()
    expect(tina.get_by_role("status")).to_contain_text("The answer is given")
    ben.goto(f"{one}requests/")
    expect(ben.locator("#requests")).to_contain_text("Partly: the sign was right.")

    # The instructor takes in the exam, looks at the figures and the rules, and exports.
    hub.person("ivy").course("POST", "marks", {"csv": "username,item,mark\nann,exam,80\nben,exam,70\n"})
    ivy.goto(f"{place}statistics")
    expect(ivy.locator("main")).to_contain_text("Eigenvalues and singular values")
    ivy.goto(f"{place}rules")
    ivy.locator("#r-reason").fill("the syllabus")
    ivy.get_by_role("button", name="Adopt").click()
    expect(ivy.get_by_role("status")).to_contain_text("adopted")
    rules = ivy.locator("#r-text")
    rules.fill(rules.input_value().replace("weight = 40", "weight = 50").replace("weight = 60", "weight = 50"))
    ivy.get_by_role("button", name="Whose grade would change?").click()
    expect(ivy.locator("#preview")).to_contain_text("ann")
    picture(ivy, "instructor-rules")
    ivy.goto(f"{place}grades")
    picture(ivy, "instructor-grades")
    with ivy.expect_download() as exported:
        ivy.get_by_role("link", name="Moodle").click()
    assert "ann" in Path(exported.value.path()).read_text(encoding="utf-8-sig")

    # The course grade, with every step, and what another mark would do to it.
    standing = worker.course("GET", "standing")["standing"]["grade"]["final"]
    for page, name, size in ((ann, "student-grade", WIDE), (ben, "student-grade-hebrew-phone", PHONE)):
        page.set_viewport_size(size)
        page.goto(place)
        page.locator("#standing summary").click()
        expect(page.locator("#standing .steps li").first).to_be_visible()
        picture(page, name)
        page.locator("#i-item").select_option("exam")
        page.locator("#i-mark").fill("100")
        page.locator("form[action$=imagine] button").click()
        expect(page.locator("main")).to_contain_text("100")
    assert standing is not None and hub.person("ben").course("GET", "standing")["standing"]["grade"]["final"] != standing


def _assignment_list(person: Client, deed: str) -> dict[str, object]:
    """What JupyterLab's Assignment List does when its button is pressed."""
    said = {"assignment_id": SLUG, "course_id": COURSE}
    answer: dict[str, object] = person.request("POST", f"user/{person.username}/assignments/{deed}", said).json
    return answer
