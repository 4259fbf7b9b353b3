"""Requests, answers and adjustments as they are given on the command line."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.course import Folders
from autograder.jobs import Workplace, workplace
from autograder.model import Graded, ProblemResult, Role, Status, TeamRule, TestResult

SLUG = "hw00-preflight"
NOW = datetime(2027, 1, 20, 9, tzinfo=UTC)
NOTEBOOK = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'
Run = Callable[..., Result]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course in which ann and ben have 3 of 5 points in p1, and their feedback."""
    shutil.copy(Path(__file__).parents[2] / "courses" / "demo.toml", tmp_path / "course.toml")
    monkeypatch.delenv("AUTOGRADER_STATE", raising=False)
    monkeypatch.setenv("AUTOGRADER_ACTOR", "tina")
    with opened(tmp_path) as work:
        book, course = work.ledger, work.course.id
        for name in ("ann", "ben"):
            book.enrol(course, name, Role.STUDENT, name=name.title(), actor="noa")
        book.publish(course, SLUG, title="Preflight", opens=None, due=None, pairs_lock=None, team=TeamRule(), version="1", archive=b"",
                     points=5, actor="noa")  # fmt: skip
        team = book.assign_team(course, SLUG, ["ann", "ben"], actor="noa")
        receipt = book.submit(course, SLUG, "ann", {f"{SLUG}.ipynb": NOTEBOOK})
        test = TestResult("t1", 3, 5, Status.WRONG)
        problem = ProblemResult("p1", "One", 3, 5, Status.WRONG, (test,))
        book.record(course, Graded(team.id, ("ann", "ben"), SLUG, 3, 5, (problem,), Status.OK, 1.0, "e", {}, receipt["sha256"]),
                    assignment_version="1", engine="e", actor="tina")  # fmt: skip
        book.release_feedback(course, SLUG, {team.id: b"page"}, actor="tina")
        book.requests.ask(course, SLUG, "ann", "p1", "See [red]line 3[/red].\nIt is right.", window=None)
    return tmp_path


def opened(root: Path) -> AbstractContextManager[Workplace]:
    return workplace(Folders(root, root / "state"), clock=lambda: NOW)


@pytest.fixture
def run(root: Path) -> Run:
    return lambda *words: CliRunner().invoke(main, ["--root", str(root), *words])


def test_requests_are_listed_with_their_reasons_as_they_were_written(run: Run) -> None:
    done = run("requests", SLUG, "--open")
    assert done.exit_code == 0
    assert done.output.splitlines() == [
        f"#1 open: {SLUG} p1, team-00001 (ann, ben), ann on 2027-01-20 11:00", "    See [red]line 3[/red].", "    It is right.",
        "1 request, 1 open.",
    ]  # fmt: skip


def test_an_answer_gives_its_points_and_is_listed(run: Run, root: Path) -> None:
    done = run("answer", "1", "--upheld", "--points", "1.5", "--text", "Right.")
    assert done.exit_code == 0 and re.search("upheld by tina on .*, [+]1.5 points to ann, ben\n    Right.", done.output)
    assert run("requests", "--open").output == "0 requests, 0 open.\n"
    (told,) = json.loads(run("requests", "--json").output)
    assert told["reason"] == "See [red]line 3[/red].\nIt is right."
    assert (told["answer"]["points"], told["answer"]["members"]) == (1.5, ["ann", "ben"])
    with opened(root) as work:
        credit = work.ledger.grade_for(work.course.id, SLUG, "ben")
        assert credit is not None and credit.score == 4.5


@pytest.mark.parametrize(("words", "said"), [
    (("answer", "1", "--text", "x"), "Say --upheld or --declined"),
    (("answer", "1", "--upheld", "--points", "9", "--text", "x"), "p1 lacks 2 points, fewer than 9."),
    (("answer", "2", "--declined", "--text", "x"), "There is no request 2"),
    (("answer", "1", "--declined", "--text", " "), "An answer needs words"),
    (("adjust", SLUG, "zoe", "1", "--reason", "x"), "There is no student 'zoe'"),
    (("adjust", SLUG, "ann", "nan", "--reason", "x"), "nan is not a number of points"),
])  # fmt: skip
def test_what_cannot_be_is_refused_in_a_sentence(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.exit_code == 2 and said in done.output and "Traceback" not in done.output


def test_points_are_added_and_taken_off_by_hand(run: Run) -> None:
    assert run("adjust", SLUG, "ann", "-1", "--reason", "Late by mail.").output == f"ann: -1 points by hand in {SLUG}.\n"
    assert run("adjust", SLUG, "ann", "0.5", "--reason", "Nice plots.").output == f"ann: -0.5 points by hand in {SLUG}.\n"
