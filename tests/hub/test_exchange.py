"""nbgrader's own commands and JupyterLab's Assignment List, in students' servers, over the service."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.hub.client import Client
from tests.hub.conftest import COURSE, HubOfTests, execute, notebook


@pytest.fixture(scope="module")
def at_work(hub: HubOfTests) -> tuple[Client, Client]:
    for name in ("ann", "ben"):
        hub.person(name).start_server()
    return hub.person("ann"), hub.person("ben")


def listed(person: Client) -> list[dict[str, object]]:
    """What the Assignment List shows, by its own handler."""
    answer = person.request("GET", f"user/{person.username}/assignments?course_id={COURSE}").json
    assert answer["success"], answer
    value: list[dict[str, object]] = answer["value"]
    return value


def of(person: Client, slug: str, status: str) -> dict[str, object]:
    return next(row for row in listed(person) if row["assignment_id"] == slug and row["status"] == status)


def act(person: Client, deed: str, slug: str) -> dict[str, object]:
    said = {"assignment_id": slug, "course_id": COURSE}
    answer: dict[str, object] = person.request("POST", f"user/{person.username}/assignments/{deed}", said).json
    return answer


def command(person: Client, line: str) -> str:
    """What a command in somebody's server says."""
    return execute(person, f"import subprocess\nprint(subprocess.run({line.split()!r}, text=True, capture_output=True).stderr)")


def test_a_pair_fetches_submits_and_sees_the_work_of_both_in_the_assignment_list(
    hub: HubOfTests, at_work: tuple[Client, Client], assignment: Callable[..., str], pair: Callable[[str], None]
) -> None:
    ann, ben = at_work
    slug = assignment()
    assert of(ann, slug, "released")["course_id"] == COURSE
    assert act(ann, "fetch", slug)["success"]
    assert of(ann, slug, "fetched")["notebooks"] == [{"notebook_id": slug, "path": f"{slug}/{slug}.ipynb"}]

    alone = act(ann, "submit", slug)
    assert alone["success"] is False and "team" in str(alone["value"])
    pair(slug)
    assert act(ann, "submit", slug)["success"]
    receipt = json.loads(ann.read(f"{slug}/receipts/receipt-0001.json"))
    assert hub.book.verify_receipt(receipt) and receipt["by"] == "ann"

    assert act(ben, "fetch", slug)["success"]
    ben.write(f"{slug}/{slug}.ipynb", notebook("x = 'the work of ben'"))
    assert act(ben, "submit", slug)["success"]
    for person in (ann, ben):
        (row,) = [row for row in listed(person) if row["assignment_id"] == slug and row["status"] == "submitted"]
        submissions = row["submissions"]
        assert isinstance(submissions, list)
        assert [one["timestamp"].partition("#")[2] for one in submissions] == ["1 ann", "2 ben"]
        assert not any(one["has_exchange_feedback"] for one in submissions)

    team = hub.book.submissions(COURSE, slug)[-1].team
    hub.book.release_feedback(COURSE, slug, {team: b"<p>well done</p>"}, actor="tina")
    assert act(ann, "fetch_feedback", slug)["success"]
    (row,) = [row for row in listed(ann) if row["assignment_id"] == slug and row["status"] == "submitted"]
    second = row["submissions"][1]  # type: ignore[index]
    assert second["has_local_feedback"] and not row["submissions"][0]["has_local_feedback"]  # type: ignore[index]
    assert ann.read(f"{second['local_feedback_path']}/{slug}.html") == b"<p>well done</p>"


def test_nbgraders_commands_speak_to_the_course_and_print_its_sentences(
    hub: HubOfTests, at_work: tuple[Client, Client], assignment: Callable[..., str]
) -> None:
    slug, ann = assignment(size=1), at_work[0]

    def nbgrader(line: str) -> str:
        return command(ann, f"nbgrader {line}")

    assert slug in nbgrader("list")
    assert f"Fetched as: {COURSE} {slug}" in nbgrader(f"fetch_assignment {slug}")
    assert "already have a copy" in nbgrader(f"fetch_assignment {slug}")
    assert f"Submitted as: {COURSE} {slug} #1" in nbgrader(f"submit {slug}")
    assert "There is no feedback" in nbgrader(f"fetch_feedback {slug}")
    assert "no course" in nbgrader(f"submit {slug} --course other")
    assert "cannot be removed" in nbgrader("list --remove")
    assert [row.number for row in hub.book.submissions(COURSE, slug)] == [1]


def test_a_lost_copy_is_mended_without_touching_what_was_changed(
    hub: HubOfTests, at_work: tuple[Client, Client], assignment: Callable[..., str]
) -> None:
    slug, ann = assignment(size=1), at_work[0]
    act(ann, "fetch", slug)
    ann.write(f"{slug}/extra.txt", b"mine")
    execute(ann, f"import os; os.remove('{slug}/{slug}.ipynb')")
    assert "Fetched" in command(ann, f"nbgrader fetch_assignment {slug} --replace")
    assert json.loads(ann.read(f"{slug}/{slug}.ipynb"))["nbformat"] == 4 and ann.read(f"{slug}/extra.txt") == b"mine"


def test_the_plug_in_needs_nothing_of_the_course(at_work: tuple[Client, Client]) -> None:
    text = (Path(__file__).parents[2] / "autograder" / "hub" / "single_user" / "course_exchange.py").read_text()
    assert "autograder." not in text
    assert "False" in execute(at_work[0], "import importlib.util; print(importlib.util.find_spec('autograder') is not None)")
