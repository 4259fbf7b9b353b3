"""Staff mark a written answer in formgrader, in a real browser, with the settings of this checkout."""
from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.error import URLError

import pytest
from nbgrader.api import Gradebook

from autograder import gradebook
from autograder.course import Folders, secret
from autograder.ledger import Ledger
from autograder.model import Assignment, Role, TeamRule
from tests.gradebook.conftest import HALF, NOON, SLUG, graded, submission

pytestmark = pytest.mark.browser

ROOT = Path(__file__).resolve().parents[2]
TOKEN = "a-token-of-this-test"
PATIENCE = 60_000                                   # milliseconds, on a busy machine
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
         "--disable-component-update", "--disable-sync"]
ATTACK = "<img src=x onerror=\"document.title = 'taken over'\"> It is."


@pytest.fixture
def page(need: Callable[[str], Path]) -> Iterator[Any]:
    from playwright.sync_api import sync_playwright
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(need("chromium")), args=FLAGS)
        opened = browser.new_page()
        opened.set_default_timeout(PATIENCE)
        opened.route("**/*", lambda route: route.continue_() if "//127.0.0.1:" in route.request.url else route.abort())
        yield opened
        browser.close()


@pytest.fixture
def server(folders: Folders) -> Iterator[str]:
    """A Jupyter server in the checkout, with nbgrader's formgrader."""
    shutil.copy(ROOT / "nbgrader_config.py", folders.root)
    (folders.root / "course.toml").write_text('id = "calc"\n')
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = folders.state / "home"
    home.mkdir()
    environment = {name: value for name, value in os.environ.items() if not name.startswith(("JUPYTER", "AUTOGRADER"))}
    with (home / "log").open("w") as log:
        process = subprocess.Popen(
            [sys.executable, "-m", "jupyter_server", f"--ServerApp.port={port}", "--ServerApp.port_retries=0", "--no-browser",
             "--ServerApp.ip=127.0.0.1", "--allow-root", f"--IdentityProvider.token={TOKEN}",
             "--ServerApp.terminals_enabled=False", f"--ServerApp.root_dir={folders.root}"],
            cwd=folders.root, env={**environment, "HOME": str(home), "PYTHONPATH": str(ROOT)}, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        while not _answers(f"{address}/api?token={TOKEN}"):
            assert process.poll() is None, (home / "log").read_text()
            time.sleep(0.1)
        yield address
    finally:
        process.terminate()
        process.wait(30)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=5):
            return True
    except (URLError, OSError):
        return False


@pytest.fixture
def book(folders: Folders, assignment: Assignment) -> Iterator[Ledger]:
    """A course in which one team has handed in and was graded."""
    folders.state.mkdir(parents=True, mode=0o700)
    with Ledger(folders.ledger_url, clock=lambda: NOON, blobs=folders.blobs, key=b"key") as ledger:
        for username in ("ann", "ben"):
            ledger.enrol("calc", username, Role.STUDENT, name=username.title(), actor="tina")
        ledger.publish("calc", SLUG, title="Homework", opens=None, due=None, pairs_lock=None, team=TeamRule(), version="v1",
                       archive=b"", points=10, actor="tina")
        ledger.assign_team("calc", SLUG, ["ann", "ben"], actor="tina", reason="")
        ledger.submit("calc", SLUG, "ann", submission(why=ATTACK).files)
        row, = ledger.effective("calc", SLUG)
        result = graded(ledger.load(row), HALF)
        gradebook.register(folders, assignment)
        gradebook.collect(folders, [ledger.load(row)])
        gradebook.record(folders, assignment, result)
        ledger.record("calc", result, assignment_version="v1", engine="e1", actor="tina")
        yield ledger


def test_a_mark_given_in_formgrader_counts_for_both_members(folders: Folders, assignment: Assignment, book: Ledger,
                                                            server: str, page: Any) -> None:
    page.goto(f"{server}/formgrader/manage_assignments?token={TOKEN}")
    page.goto(f"{server}/formgrader/manage_submissions/{SLUG}")
    page.get_by_text("team-00001").first.wait_for()
    page.goto(f"{server}/formgrader/gradebook/{SLUG}/{SLUG}")
    page.get_by_text("Submission #1").click()
    page.wait_for_url("**/formgrader/submissions/**")
    page.locator('#double-more[placeholder="0"]').wait_for()       # scores arrive after the page
    assert "double(7) is 13." in page.content()
    page.locator("#why").fill("3.5")
    with page.expect_response(lambda r: "/api/grade/" in r.url and r.request.method == "PUT"):
        page.locator("#why").press("Tab")
    page.locator("#why-comment").fill("Nearly: say why.")
    with page.expect_response(lambda r: "/api/comment/" in r.url and r.request.method == "PUT"):
        page.locator("#why-comment").blur()
    assert page.title() != "taken over"

    marks = gradebook.pull(folders, [assignment])
    for mark in marks:
        book.mark("calc", SLUG, mark.team, mark.test_id, mark.points, mark.comment, actor="formgrader", sha256=mark.sha256)
    gradebook.settle(folders, marks)
    line, = book.marks("calc", SLUG)
    assert (line.test_id, line.points, line.comment, line.actor) == ("why", 3.5, "Nearly: say why.", "formgrader")
    assert [credit.score for credit in book.credits("calc", SLUG)] == [6.5, 6.5]
    assert gradebook.pull(folders, [assignment]) == ()


def test_nbgraders_own_autograder_finds_the_same_scores_here(folders: Folders, assignment: Assignment) -> None:
    shutil.copy(ROOT / "nbgrader_config.py", folders.root)
    (folders.root / "course.toml").write_text('id = "calc"\n')
    secret(folders)
    gradebook.register(folders, assignment)
    handed_in = submission("def double(x):\n    return 2")
    gradebook.collect(folders, [handed_in])
    done = subprocess.run([sys.executable, "-m", "nbgrader", "autograde", SLUG, "--force"], cwd=folders.root,
                          capture_output=True, text=True, env={**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(folders.state)})
    assert done.returncode == 0, done.stderr
    with Gradebook(f"sqlite:///{folders.nbgrader / 'gradebook.db'}") as book:
        grades = book.find_submission_notebook(SLUG, SLUG, handed_in.team).grades
        assert {grade.name: grade.auto_score for grade in grades} == {"double-one": 3, "double-more": 0, "why": None, "draw": None}
