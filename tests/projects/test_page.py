"""docs/projects.md: its course.toml is a course, and its commands, one after the other, take two students to their marks."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from autograder.cli import main
from autograder.course import Course, Folders, parse_course
from autograder.jobs import workplace
from autograder.model import CourseError, Role
from autograder.projects import Kind
from tests.projects.test_reproduction import right

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "projects.md").read_text(encoding="utf-8")
HEAD = 'id = "course"\ntitle = "A course"\ntimezone = "Asia/Jerusalem"\n[policy]\npass_mark = 55\n'
EXAM = '\n[[external]]\nid = "exam"\n\n[[component]]\nid = "exam"\nkind = "exam"\nweight = 70\nitems = ["exam"]\n'
(TOML,) = re.findall(r"^```toml\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
COMMANDS = [line.removeprefix("$ autograder ") for block in re.findall(r"^```console\n(.*?)^```$", PAGE, re.MULTILINE | re.DOTALL)
            for line in block.splitlines()]


def course_text(now: datetime) -> str:
    """The course of the page, running now: what is due is due in some days."""
    def moved(found: re.Match[str]) -> str:
        when = now + (timedelta(days=-7) if found[1] == "opens" else timedelta(days=next(days)))
        return f"{found[1]} = {when:%Y-%m-%dT%H:%M:%S}+00:00"
    days = iter(range(10, 100, 10))
    return HEAD + re.sub(r"(?m)^(opens|due) = \S+", moved, TOML) + EXAM


def course(text: str) -> Course:
    return parse_course(text, file="course.toml")


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Result]:
    """A checkout with the course of the page, two students and what they hand in; `run` takes a command."""
    (tmp_path / "course.toml").write_text(course_text(datetime.now(UTC)), encoding="utf-8")
    (tmp_path / "projects").symlink_to(ROOT / "projects")
    handed_in = {f"final/{name}": content for name, content in right().items()}
    for name, content in {"proposal.pdf": b"%PDF 1", "second/proposal.pdf": b"%PDF 2", **handed_in}.items():
        (tmp_path / "work" / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "work" / name).write_bytes(content)
    for name in ("STATE", "LEDGER", "COURSE"):
        monkeypatch.delenv(f"AUTOGRADER_{name}", raising=False)
    monkeypatch.setenv("AUTOGRADER_ACTOR", "tina")
    monkeypatch.chdir(tmp_path)
    with workplace(Folders(tmp_path, tmp_path / "state")) as work:
        for username in ("ann", "ben"):
            work.ledger.enrol("course", username, Role.STUDENT, name=username.title(), actor="tina")
    return lambda line: CliRunner().invoke(main, shlex.split(line))


def test_the_commands_of_the_page_take_two_students_to_their_marks(run: Callable[[str], Result], tmp_path: Path,
                                                                  need: Callable[[str], Path]) -> None:
    need("bubblewrap")
    said = {}
    for line in COMMANDS:
        done = run(line)
        assert done.exit_code == 0, f"{line}\n{done.output}\n{done.exception}"
        said[line] = done.output
        if line == COMMANDS[0]:
            with workplace(Folders(tmp_path, tmp_path / "state")) as work:
                work.ledger.invite("course", "project", "ann", "ben")
                work.ledger.accept("course", "project", "ben", "ann")
    assert said["project check project"].splitlines() == ["team-00001 #3: 15 of 15 points", "project: 1 run."]
    (team,) = json.loads(said["project list project --json"])
    assert team["marks"] == {"ann": 89.5, "ben": 87.5}
    assert {name: stage["state"] for name, stage in team["stages"].items()} == {
        "proposal": "approved", "meeting": "noted", "presentation": "held", "final": "handed in"}
    shown = run("project show project team-00001").output
    assert "Compare with a baseline of your own." in shown and "ann: 89.5 of 100 points" in shown


def test_a_mistake_is_a_sentence_and_changes_nothing(run: Callable[[str], Result], tmp_path: Path) -> None:
    run("project publish project")
    with workplace(Folders(tmp_path, tmp_path / "state")) as work:
        lines = len(work.ledger.audit("course"))
    for line, said in {
        "project publish projet": "did you mean",
        "project approve project team-00009": "no team-00009",
        "project show project team-00001": "There is no team-00001",
        "project hand-in project final work/final --for ann": "",
        "project hand-in project nothing work/final --for ann": "has no stage nothing",
        "project mark project team-00001 question": "is no mark",
        "project mark project team-00001 question=nan": "is no mark",
        "project mark project team-00001 question=11": "at most 10",
        "project mark project team-00001 question=1e99999999": "is no mark",
        "project note project team-00001 --on yesterday --text x": "is no date with a time",
    }.items():
        done = run(line)
        assert done.exit_code == 2 and said in done.output and len(done.output) < 1000, f"{line}: {done.output}{done.exception!r}"
    with workplace(Folders(tmp_path, tmp_path / "state")) as work:
        assert len(work.ledger.audit("course")) == lines


# ── what course.toml says ─────────────────────────────────────────────────────────────────────────────────────────────
def test_the_course_of_the_page_is_read_as_it_says() -> None:
    found = course(HEAD + TOML + EXAM)
    one = found.project("project")
    assert [(stage.id, stage.kind, stage.blocking) for stage in one.stages] == [
        ("proposal", Kind.APPROVAL, True), ("meeting", Kind.NOTES, False), ("presentation", Kind.PRESENTATION, False),
        ("final", Kind.HAND_IN, False)]
    assert one.final.due == datetime(2027, 1, 31, 21, 59, tzinfo=UTC)
    assert one.pairs_lock == one.stages[0].due
    assert one.automatic is not None and one.automatic.points == 15
    assert [line.id for line in one.rubric if line.per_member] == ["presentation"]
    assert sum((line.points for line in one.rubric), Fraction(0)) == 100


@pytest.mark.parametrize(("old", "new", "said"), [
    ("points = 25", "points = 24", "project[0].rubric: its lines have 99 points together, and the project is out of 100"),
    ("due = 2027-01-31", "due = 2026-12-01", "project[0].stage[3].due: final would be due before proposal"),
    ('kind = "notes"', 'kind = "note"', "project[0].stage[1].kind: \"note\" is none of approval, notes"),
    ('files = ["proposal.pdf"]', 'file = "proposal.pdf"', "project[0].stage[0].file: unknown key; did you mean"),
    ("megabytes = 20", "megabytes = 500", "project[0].stage[3].megabytes: 1 to 100"),
    ("automatic = true", "automatic = 1", "project[0].rubric[4].automatic: this must be true or false"),
    ('scaffold = "scaffold"', 'scaffold = "../x"', "project[0].scaffold: a name is made of"),
    ('scaffold = "scaffold"', "", "project[0].rubric: reproducibility would never get its points"),
    ('id = "project"\ntitle = "Project"\nopens', 'id = "exam"\ntitle = "Project"\nopens', "or an [[external]] mark already"),
], ids=range(9))
def test_what_cannot_work_is_refused_with_its_place(old: str, new: str, said: str) -> None:
    text = HEAD + TOML + EXAM
    assert text.count(old) == 1
    with pytest.raises(CourseError) as refused:
        course(text.replace(old, new))
    assert said in str(refused.value)


def test_a_project_that_no_component_counts_is_refused() -> None:
    with pytest.raises(CourseError, match="project never counts"):
        course(HEAD + TOML.partition("[[component]]")[0] + EXAM.replace("70", "100"))


def test_a_project_has_the_late_rule_and_the_team_of_its_course() -> None:
    text = HEAD + TOML.replace("team = { size = 2 } ", "") + EXAM + "[late]\nper_day = 5\n[team]\nsize = 3\n"
    one = course(text).project("project")
    assert (one.late.per_day, one.team.size) == (5, 3)
    assert replace(one, late=one.late) == one
