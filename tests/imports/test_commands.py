"""The page about tables works as written, and what is taken from a file is taken whole or not at all."""

from __future__ import annotations

import json
import re
import shlex
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.course import Folders
from autograder.imports import import_people
from autograder.jobs import workplace
from autograder.ledger import Person
from autograder.model import Role, TeamRule
from autograder.tables import write_table

ROOT = Path(__file__).parents[2]
SLUG = "hw03-eigen-svd"
PEOPLE = ("ann", "ben", "cat", "dan", "eva", "zoe")
NOTEBOOK = b'{"nbformat": 4, "nbformat_minor": 5, "metadata": {}, "cells": []}'
Run = Callable[[str], Result]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A course with one published assignment and nobody in it, and the files that the page names."""
    monkeypatch.delenv("AUTOGRADER_STATE", raising=False)
    monkeypatch.setenv("AUTOGRADER_ACTOR", "noa")
    (tmp_path / "course.toml").write_bytes((ROOT / "courses" / "demo.toml").read_bytes())
    people = [[name, name.title(), f"{name}@uni.example"] for name in PEOPLE]
    (tmp_path / "people.csv").write_bytes(write_table(["username", "name", "email"], people))
    (tmp_path / "exam.csv").write_text("username;exam\nann;87,5\nben;absent\n")
    (tmp_path / "oral.csv").write_text("email,mark\ncat@uni.example,90\n")
    (tmp_path / "groups.csv").write_text("username,groupname\nann,Red\nben,Red\ncat,Blue\ndan,Blue\n")
    with workplace(Folders.of(tmp_path)) as work:
        work.ledger.publish(
            work.course.id, SLUG, title="SVD", opens=None, due=datetime.now(UTC) + timedelta(days=3), pairs_lock=None, team=TeamRule(),
            version="v1", archive=b"zip", points=10, actor="noa",
        )  # fmt: skip
    return tmp_path


@pytest.fixture
def run(root: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.chdir(root)
    return lambda line: CliRunner().invoke(main, shlex.split(line), catch_exceptions=False)



def enrol(root: Path) -> None:
    with workplace(Folders.of(root)) as work:
        people = [Person(name, Role.STUDENT, name.title(), f"{name}@uni.example") for name in PEOPLE]
        work.ledger.intake.people(work.course.id, people, actor="noa")


def audit(root: Path) -> int:
    with workplace(Folders.of(root)) as work:
        work.ledger.check_chain(work.course.id)
        return len(work.ledger.audit(work.course.id))


def commands(page: str) -> list[str]:
    blocks = re.findall(r"^```console\n(.*?)^```$", (ROOT / "docs" / page).read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    return [line.removeprefix("$ autograder ") for block in blocks for line in block.splitlines()]


def test_the_page_works_as_written(root: Path, run: Run) -> None:
    for line in commands("tables.md"):
        before = audit(root)
        done = run(line)
        assert done.exit_code == 0, f"{line}\n{done.output}"
        if "--preview" in line:
            assert audit(root) == before
    with workplace(Folders.of(root)) as work:
        course, ledger = work.course.id, work.ledger
        marks = {(mark.item, mark.username): mark.mark for mark in ledger.external_marks(course)}
        teams = [team.members for team in ledger.teams(course, SLUG)]
        erased = next(person for person in ledger.people(course) if person.username == "zoe")
    assert marks == {("exam", "ann"): "87.5", ("exam", "ben"): "absent", ("project", "cat"): "90"}
    assert teams == [("ann", "ben"), ("cat", "eva")]
    assert (erased.name, erased.email) == ("", "")
    assert "cat,cat@uni.example,team-00002" in (root / "teams.csv").read_text(encoding="utf-8-sig")


def test_teams_that_are_written_are_the_same_teams_when_they_are_read(root: Path, run: Run) -> None:
    enrol(root)
    for line in (f"groups {SLUG} groups.csv", f"teams {SLUG} --to teams.csv"):
        assert run(line).exit_code == 0
    before = audit(root)
    done = run(f"groups {SLUG} teams.csv")
    assert "0 new teams, 2 as they were" in done.output and audit(root) == before


@pytest.mark.parametrize(
    ("line", "content", "said"),
    [
        ("marks bad.csv", "username,exam\nann,80\nann,70\n", "line 3, column exam: ann has a mark for exam in line 2 already"),
        ("marks bad.csv", "username,exam\nann,80\nevaa,70\n", "line 3, column username: there is no student 'evaa'; did you mean 'eva'?"),
        ("marks bad.csv", "username,exam\nann,80\nben,101\n", "line 3, column exam: 101 is more than the 100"),
        ("marks bad.csv", "username,exam\nann,80\nLevi, Ben,70\n", "line 3: 3 columns instead of 2"),
        ("marks bad.csv", b"username,exam\nann,80\n\xe0,7\n", "line 3, column 1: the byte 0xe0 makes no sense in UTF-8"),
        ("roster bad.csv", "username,name\nfay,Fay\nann,\nann,\n", "line 4, column username: 'ann' is in line 3 already"),
        ("roster bad.csv", "username,role\nfay,boss\n", "line 2, column role: 'boss' is no role; there are student, ta, instructor"),
        ("roster bad.csv", "username,email\nfay,x\n", "line 2, column email: 'x' is no address"),
        ("roster bad.csv", "username\nfay\nteam-00001\n", "line 3, column username: 'team-00001' cannot be a user name"),
        ("roster bad.csv", "name\nfay\n", "there is no column username"),
        (f"groups {SLUG} bad.csv", "username,groupname\nann,A\nben,A\nann,B", "line 4, column groupname: ann is in 'A' by line 2"),
        (f"groups {SLUG} bad.csv", "username,groupname\nann,A\nxyz,A\n", "line 3, column username: there is no student 'xyz'"),
        (f"groups {SLUG} bad.csv", "username,groupname\nann,A\nben,A\ncat,A\ndan,A\n", "'A': That would be a team of 4"),
        (f"groups {SLUG} bad.csv", "username\nann\n", "there is no column groupname"),
    ],
)  # fmt: skip
def test_a_bad_file_changes_nothing_and_says_line_and_column(root: Path, run: Run, line: str, content: str | bytes, said: str) -> None:
    enrol(root)
    before = audit(root)
    (root / "bad.csv").write_bytes(content.encode() if isinstance(content, str) else content)
    for end in ("", " --preview"):
        done = run(line + end)
        assert done.exit_code == 2 and said in done.output, done.output
        assert audit(root) == before


def test_lines_about_others_are_left_out_when_somebody_says_so(root: Path, run: Run) -> None:
    enrol(root)
    (root / "exam.csv").write_text("username,exam\nann,80\nstranger,70\n")
    done = run("marks exam.csv --skip-unknown")
    assert done.exit_code == 0 and "1 new" in done.output and "line 3, column username: there is no student 'stranger'" in done.output


def test_a_roster_says_who_is_not_in_it_and_keeps_what_it_does_not_say(root: Path, run: Run) -> None:
    enrol(root)
    (root / "people.csv").write_text("Login,Role\nann,TA\nben,\n")
    report = json.loads(run("roster people.csv --json").output)
    assert [person["username"] for person in report["absent"]] == ["cat", "dan", "eva", "zoe"]
    with workplace(Folders.of(root)) as work:
        found = {p.username: (p.role, p.name, p.email) for p in work.ledger.people(work.course.id)}
    assert found["ann"] == (Role.TA, "Ann", "ann@uni.example") and found["ben"] == (Role.STUDENT, "Ben", "ben@uni.example")
    assert set(found) == set(PEOPLE)


def test_a_roster_does_not_bring_back_who_was_erased(root: Path, run: Run) -> None:
    enrol(root)
    run("erase ann")
    assert "0 new, 0 changed" in run("roster people.csv").output
    assert b"Ann" not in (root / "state" / "ledger.db").read_bytes()


def test_a_password_is_shown_once(root: Path, run: Run) -> None:
    first = json.loads(run("roster people.csv --json").output)["passwords"]
    assert set(first) == set(PEOPLE) and "passwords" not in json.loads(run("roster people.csv --json").output)


def test_who_has_handed_in_is_not_moved_by_a_file(root: Path, run: Run) -> None:
    enrol(root)
    run(f"groups {SLUG} groups.csv")
    with workplace(Folders.of(root)) as work:
        work.ledger.submit(work.course.id, SLUG, "ann", {f"{SLUG}.ipynb": NOTEBOOK})
    (root / "groups.csv").write_text("username,groupname\nann,Red\ncat,Red\n")
    done = run(f"groups {SLUG} groups.csv --preview")
    assert done.exit_code == 2 and "line 2, column groupname: ann has handed in with team-00001" in done.output


def test_several_thousand_people_come_in_within_seconds(root: Path, run: Run) -> None:
    rows = [[f"s{number}", f"Student {number}", f"s{number}@uni.example"] for number in range(5000)]
    data = write_table(["username", "name", "email"], rows)
    with workplace(Folders.of(root)) as work:
        began = time.perf_counter()
        report = import_people(work.course, work.ledger, data, file="people.csv", actor="noa")
        took = time.perf_counter() - began
        work.ledger.check_chain(work.course.id)
    assert len(report.added) == 5000 and took < 5
    print(f"{took:.2f} s")
