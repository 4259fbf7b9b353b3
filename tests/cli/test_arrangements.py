"""Arrangements, extensions and the rules by command, as an instructor gives them."""

from __future__ import annotations

import json
import re
import shlex
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.course import Folders
from autograder.jobs import workplace
from autograder.model import Disclosure, Level

ROOT = Path(__file__).parents[2]
SLUG = "hw03-eigen-svd"
Run = Callable[..., str]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The demo's course with one student and its assignments published, due in three days."""
    for name in ("AUTOGRADER_STATE", "AUTOGRADER_LEDGER", "AUTOGRADER_COURSE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("AUTOGRADER_ACTOR", "ivy")
    (tmp_path / "assignments").symlink_to(ROOT / "assignments")
    text = (ROOT / "courses" / "demo.toml").read_text(encoding="utf-8")
    for name, days in (("opens", -1), ("due", 3), ("pairs_lock", 2)):
        text = re.sub(rf"(?m)^{name} = .*$", f"{name} = {datetime.now(UTC) + timedelta(days=days):%Y-%m-%dT%H:%M:%S}+00:00", text)
    (tmp_path / "course.toml").write_text(text, encoding="utf-8")
    assert CliRunner().invoke(main, ["--root", str(tmp_path), "enrol", "ann", "--name", "Ann"]).exit_code == 0
    with workplace(Folders.of(tmp_path)) as work:
        for schedule in work.course.schedules:
            assert schedule.team is not None
            work.ledger.publish(work.course.id, schedule.slug, title=schedule.slug, opens=None, due=schedule.due, pairs_lock=None,
                                closes=None, team=schedule.team, version="1", archive=b"zip", points=100, actor="ivy")  # fmt: skip
    return tmp_path


@pytest.fixture
def run(root: Path) -> Run:
    def given(line: str, *, code: int = 0) -> str:
        """What a command says; it must end with this code."""
        done = CliRunner().invoke(main, ["--root", str(root), *shlex.split(line)])
        assert done.exit_code == code and (done.exception is None or isinstance(done.exception, SystemExit)), done.output
        return done.output
    return given


def test_what_is_arranged_is_listed_with_its_reason_and_ended(run: Run) -> None:
    assert "Homework 1 is excused" in run('arrange ann excuse hw1 --reason reserve-duty --note "[red]north[/red]"')
    run("arrange ann no-lateness --reason technical --until 2199-03-01T12:00")
    run(f"extend {SLUG} ann --days 3 --reason illness")
    listed = json.loads(run("arrangements --json"))
    assert {line["by"] for line in listed} == {"ivy"} and [(line["what"], line["item"], line["reason"]) for line in listed] == [
        ("excuse", "hw1", "reserve-duty"), ("no-lateness", "", "technical"), ("extension", SLUG, "illness")]  # fmt: skip
    assert listed[0]["note"] == "[red]north[/red]" and "[red]" in run("arrangements")
    run("arrange ann excuse hw1 --end")
    run(f"extend {SLUG} ann --end --reason other")
    assert [line["what"] for line in json.loads(run("arrangements --json"))] == ["no-lateness"]
    assert [(line["what"], line["ended"]) for line in json.loads(run("arrangements --all --json"))][2] == ("excuse", True)
    assert json.loads(run("arrangements --student nobody --json")) == []


@pytest.mark.parametrize(("line", "why"), [
    ("arrange ann excuse exam --reason illness", "cannot be excused"),
    ("arrange ann postpone exma --reason illness", "did you mean 'exam'"),
    ("arrange ann sitting exam --reason illness", "no sitting"),
    ("arrange nobody postpone exam --reason illness", "no student 'nobody'"),
    ("arrange ann postpone exam", "--reason or --end"),
    ("arrange ann postpone exam --reason illness --end", "--reason or --end"),
    ("arrange ann postpone exam --reason love", "is not one of"),
    ("arrange ann postpone exam --to rest --reason illness", "--to is for excuse"),
    ("arrange ann postpone exam --reason illness --until 2020-01-01T00:00", "never counts"),
    ("arrange ann postpone exam --end", "Nothing was arranged"),
    ("extend nothing ann --days 3 --reason illness", "not released"),
    (f"extend {SLUG} ann --reason illness", "one of --days"),
    (f"extend {SLUG} ann --days 3 --end --reason illness", "one of --days"),
    (f"extend {SLUG} ann --days 3", "Say why"),
    (f"extend {SLUG} ann --days 0 --reason illness", "0 is not in the range"),
    (f"extend {SLUG} ann --until 2020-01-01T00:00 --reason illness", "is not after"),
    ("disclose nothing points --reason x", "no assignment 'nothing'"),
    (f"disclose {SLUG} all --reason x", "'all' is not one of 'messages', 'outcomes', 'points'"),
    (f"disclose {SLUG} points", "Missing option '--reason'"),
    (f"disclose {SLUG} points --reason ' '", "needs a reason"),
    (f"disclose {SLUG} points --from 2027-02-01T12:00 --reason x", "Leave the time out"),
    (f"disclose {SLUG} outcomes --from 2027-02-01 --reason x", "no date with a time"),
    ("grades --publish", "adopt the rules first"),
    ("grades --publish --as-of 2026-01-01T00:00", "as they are now"),
    ("grades --as-of 2026-01-01", "no date with a time"),
    ("policy show 1", "no version 1"),
    ("policy adopt --from 2026-01-01T00:00 --reason ' '", "need a reason"),
], ids=lambda value: value[:40])  # fmt: skip
def test_what_cannot_be_is_refused_with_the_reason_and_changes_nothing(run: Run, root: Path, line: str, why: str) -> None:
    def lines() -> int:
        with workplace(Folders.of(root)) as work:
            return len(work.ledger.audit(work.course.id))

    before = lines()
    assert why in run(line, code=2)
    assert lines() == before


def test_what_feedback_tells_is_changed_by_command_in_course_time(run: Run, root: Path) -> None:
    said = run(f'disclose {SLUG} outcomes --from 2027-02-01T12:00 --reason "[red]an extension[/red]"')
    assert "of hidden tests feedback tells points until 2027-02-01 12:00, then outcomes." in " ".join(said.split())
    with workplace(Folders.of(root)) as work:
        (line,) = work.ledger.disclosures.lines(work.course.id, SLUG)
        assert line.disclosure == Disclosure(Level.OUTCOMES, datetime(2027, 2, 1, 12, tzinfo=work.course.zone).astimezone(UTC))
        assert (line.reason, line.actor) == ("[red]an extension[/red]", "ivy")


def test_rules_are_adopted_and_an_edited_file_changes_nothing_before_it_is(run: Run, root: Path) -> None:
    assert "No rules are in effect" in run("policy") and json.loads(run("policy --json")) == []
    assert "draft" in run("grades")
    assert "Version 1" in run('policy adopt --from 2020-01-01T00:00 --reason "the syllabus"')
    assert "Version 1" in run('policy adopt --from 2020-01-01T00:00 --reason "the syllabus"')
    assert "is version 1, which counts" in run("policy") and "draft" not in run("grades")
    (version,) = json.loads(run("policy --json"))
    assert version["in_effect"] and version["is_course_file"] and version["passes"]["hw00-preflight"]["pass_score"]
    file = root / "course.toml"
    text = file.read_text(encoding="utf-8")
    assert run("policy show 1") == text
    before = run("grades --json")
    file.write_text(text.replace("points = 2", "points = 1"), encoding="utf-8")
    assert "differs from version 1" in run("policy") and run("grades --json") == before
    assert "0 course grades would change" in run("policy preview")


def test_provisional_grades_are_published_only_by_name(run: Run) -> None:
    run('policy adopt --from 2020-01-01T00:00 --reason "the syllabus"')
    assert "0 course grades published" in (said := run("grades --publish")) and "ann" in said
    assert "1 course grades published" in run("grades --publish --student ann")
    assert "0 course grades published, 1 were" in run("grades --publish --student ann")
    assert json.loads(run("grades --student ann --json"))[0]["published"] == "incomplete"


def test_the_same_instant_gives_the_same_bytes(run: Run) -> None:
    run('policy adopt --from 2020-01-01T00:00 --reason "the syllabus"')
    before = run("grades --json")
    at = datetime.now(UTC).isoformat()
    run("arrange ann kind graduate --reason other")
    run("enrol ben --name Ben")
    run(f"extend {SLUG} ann --days 3 --reason illness")
    assert run("grades --json") != before
    assert run(f"grades --as-of {at} --json") == before


def test_an_explanation_is_told_in_another_language(run: Run) -> None:
    told = run("grades --student ann --explain --language he")
    assert "ציון" in told and "Marks" not in told


def test_rules_are_tried_on_a_file_of_marks(run: Run, root: Path) -> None:
    run("export marks --to " + str(root / "marks.json"))
    said = json.loads((root / "marks.json").read_text(encoding="utf-8"))
    assert len(said["rows"]) == 1 and "ann" not in (root / "marks.json").read_text(encoding="utf-8")
    assert "Of 1 course grades 0 would rise, 0 fall and 1 stay." in run(f"policy preview --marks {root / 'marks.json'}")
    file = root / "course.toml"
    file.write_text(file.read_text(encoding="utf-8").replace(f'"{SLUG}"', '"spectra"'), encoding="utf-8")
    lost = run(f"policy preview --marks {root / 'marks.json'}")
    assert f"There are marks in {SLUG}" in lost and "These rules count spectra" in lost
    assert "There are marks" not in run(f"policy preview --marks {root / 'marks.json'} --rename {SLUG}=spectra")
    (root / "marks.json").write_text("{", encoding="utf-8")
    assert "no file of marks" in run(f"policy preview --marks {root / 'marks.json'}", code=2)
    assert "--rename belongs to --marks" in run("policy preview --rename a=b", code=2)
