"""One answer across all teams: the ledger and formgrader say the same, whichever was used."""
from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from nbgrader.api import Gradebook

from autograder import jobs, marking
from autograder.cli import main
from autograder.jobs import Workplace
from autograder.ledger import Given, State
from autograder.model import RuleError
from tests.marking.conftest import SLUG, Place, grade
from tests.written.papers import paper, photo, typed

ONE, OTHER = "team-00001", "team-00002"


def formgrader(work: Workplace, name: str, team: str = ONE) -> tuple[float | None, str | None, bool]:
    """Points, comment, and whether it waits, as formgrader shows them."""
    with Gradebook(f"sqlite:///{work.folders.nbgrader}/gradebook.db") as book:
        grade = book.find_grade(name, SLUG, SLUG, team)
        return grade.manual_score, book.find_comment(name, SLUG, SLUG, team).manual_comment, grade.needs_manual_grade


def in_formgrader(work: Workplace, name: str, points: float, comment: str, team: str = ONE) -> None:
    """What formgrader's handlers write when a person types."""
    with Gradebook(f"sqlite:///{work.folders.nbgrader}/gradebook.db") as book:
        grade = book.find_grade(name, SLUG, SLUG, team)
        grade.manual_score, grade.needs_manual_grade = points, False
        book.find_comment(name, SLUG, SLUG, team).manual_comment = comment
        book.db.commit()


def scores(work: Workplace) -> dict[str, float | None]:
    return {credit.username: credit.score for credit in work.ledger.credits("calc", SLUG)}


def test_a_mark_here_is_a_mark_in_formgrader(work: Workplace) -> None:
    marking.mark(work, SLUG, ONE, "why", Given({"r1": 3, "r2": 1}, remarks=("Say why.",), comment="Nice."), actor="tina")
    assert formgrader(work, "why") == (4, "Say why.\n\nNice.", False)
    assert scores(work) == {"ann": 7, "ben": 7, "cat": 3, "dan": 3}
    assert jobs.pull(work, SLUG) == 0                                       # it does not come back


def test_a_mark_in_formgrader_is_taken_in_before_anything_is_marked_here(work: Workplace) -> None:
    in_formgrader(work, "picture", 1, "No label.")
    in_formgrader(work, "why", 2, "Short.", OTHER)
    sheet = marking.mark(work, SLUG, ONE, "why", Given({"r1": 3}), actor="tina")
    assert sheet.state is State.MARKED and scores(work)["ann"] == 7
    why, picture = marking.progress(work, SLUG)
    assert [(p.rubric.test_id, p.marked, p.teams) for p in (why, picture)] == [("why", 2, 2), ("picture", 1, 2)]
    assert {m.actor for m in work.ledger.marks("calc", SLUG)} == {"formgrader", "tina"}


def test_what_was_marked_before_it_was_graded_is_shown_in_formgrader_afterwards(work: Workplace, place: Place) -> None:
    notebook = place.answered(why="Other words.")
    work.ledger.submit("calc", SLUG, "ben", {f"{SLUG}.ipynb": notebook})
    marking.mark(work, SLUG, ONE, "why", Given(points=5), actor="tina")
    grade(work)
    assert formgrader(work, "why") == (5, None, False) and scores(work)["ann"] == 8


def test_two_markers_differ_by_more_than_the_assignments_tolerance(work: Workplace) -> None:
    marking.mark(work, SLUG, ONE, "why", Given({"r1": 3}), actor="tina")
    work.ledger.marking.ask_second("calc", SLUG, ONE, "why", actor="tina")
    assert marking.mark(work, SLUG, ONE, "why", Given({"r1": 2}), actor="tom").state is State.MARKED       # 20 % of 5 points
    assert marking.mark(work, SLUG, ONE, "why", Given({"r1": 1}), actor="tom").state is State.DIFFERENT
    assert (formgrader(work, "why")[0], marking.progress(work, SLUG)[0].different) == (3, 1)
    marking.settle(work, SLUG, ONE, "why", Given({"r1": 2}), actor="ina")
    assert (formgrader(work, "why")[0], scores(work)["ben"]) == (2, 5)


def test_a_marker_sees_the_answer_what_it_drew_and_the_paper(work: Workplace) -> None:
    assignment = work.assignment(SLUG)
    shown = {(s.team, s.test_id): marking.shown(work, assignment, s)
             for s in work.ledger.marking.sheets("calc", SLUG, marking.answers(assignment))}
    assert shown[ONE, "why"].source.startswith("It is *twice*.") and not shown[ONE, "why"].empty
    assert shown[OTHER, "why"].empty and shown[OTHER, "picture"].empty
    (kind, picture), = shown[ONE, "picture"].pictures
    assert kind == "image/png" and picture.startswith(b"\x89PNG") and shown[OTHER, "picture"].pictures == ()
    assert shown[ONE, "why"].paper is None
    paper = shown[OTHER, "why"].paper
    assert paper is not None and paper.pages == 1 and shown[OTHER, "picture"].paper is None
    name, content = marking.paper(work, shown[OTHER, "why"].sheet)
    assert name == "written.pdf" and content.startswith(b"%PDF-")
    with pytest.raises(RuleError, match="has handed in no PDF"):
        marking.paper(work, shown[ONE, "why"].sheet)


def test_the_rubric_stays_with_staff(work: Workplace) -> None:
    rubric = marking.rubric_of(work.assignment(SLUG), "why")
    released = (work.folders.release / SLUG / f"{SLUG}.ipynb").read_text()
    assert [line.text for line in rubric.lines] == ["the sum", "the reason"] and "at most 4" in rubric.notes
    assert not any(words in released for words in ("the reason", "at most 4", "x + x"))
    with pytest.raises(RuleError, match="no written answer wy; it has: why, picture"):
        marking.rubric_of(work.assignment(SLUG), "wy")


# ---------------------------------------------------------------- by command

def run(place: Place, *words: str) -> Result:
    return CliRunner().invoke(main, ["--root", str(place.root), *words], env={"AUTOGRADER_ACTOR": "tina", "AUTOGRADER_STATE": ""})


def test_marking_by_command(place: Place) -> None:
    said = run(place, "mark", SLUG, ONE, "why", "--line", "r1=3", "--line", "r2=0.5", "--remark", "Say why.")
    assert (said.exit_code, said.output) == (0, f"{ONE} why: 3.5 points, marked.\n")
    said = run(place, "mark", SLUG, ONE, "why", "--ask-second")
    assert said.output == f"{ONE} why: 3.5 points, waits for a second marker.\n"
    told = json.loads(run(place, "marking", SLUG, "--json").output)[0]
    assert (told["answer"], told["teams"], told["marked"], told["second"]) == ("why", 2, 0, 1)
    assert {"team": ONE, "state": "second", "points": 3.5, "comment": "Say why.", "lines": {"r1": 3, "r2": 0.5}} in told["answers"]
    listed = run(place, "marking", SLUG).output
    assert "why (On paper: why), 5 points: 0 of 2 marked" in listed and "  r2  2  the reason" in listed
    assert "waits for a second marker" in listed and "not marked" in listed


def test_a_pdf_in_a_folder_is_looked_at_and_costs_nothing(place: Place, tmp_path: Path) -> None:
    downloads = tmp_path / "downloads"
    for name, pages in (("ann", (typed,)), ("ben", (typed, photo))):
        (downloads / name).mkdir(parents=True)
        (downloads / name / f"{SLUG}.ipynb").write_bytes(place.answered(why="See the PDF."))
        (downloads / name / "written.pdf").write_bytes(paper(*pages))
    said = run(place, "grade", SLUG, "--from", str(downloads), "--json", str(tmp_path / "results.json"), "--workers", "1")
    assert "ben: Page 2 holds no text that can be searched" in said.output and "2 graded" in said.output
    told = {one["submission"]: one for one in json.loads((tmp_path / "results.json").read_text())}
    assert told["ann"]["pdf"]["pages"] == 1 and told["ann"]["pdf"]["trouble"] == []
    assert told["ben"]["score"] == told["ann"]["score"] == 3 and len(told["ben"]["pdf"]["trouble"]) == 1


@pytest.mark.parametrize(("words", "code", "says"), [
    (["mark", SLUG, ONE, "why"], 2, "Give --points, or --line"),
    (["mark", SLUG, ONE, "why", "--line", "r1"], 2, "r1 gives no points to a line"),
    (["mark", SLUG, ONE, "why", "--line", "r1=nan"], 2, "Line r1 of the rubric is worth 3 points"),
    (["mark", SLUG, ONE, "why", "--points", "9"], 2, "why is worth 5 points"),
    (["mark", SLUG, ONE, "proof", "--points", "1"], 2, "has no written answer proof"),
    (["mark", SLUG, "team-00009", "why", "--points", "1"], 2, "has handed in nothing"),
    (["mark", SLUG, "ann", "why", "--points", "1"], 2, "is not a team of this ledger"),
    (["mark", SLUG, ONE, "why", "--points", "1", "--settle"], 2, "nothing to settle"),
    (["conflicts", "tina", "nobody"], 2, "no student"),
    (["conflicts", "--withdraw"], 2, "Name who shall not mark whom"),
], ids=["no points", "no number", "nan", "too many", "no such answer", "no such team", "a name", "nothing to settle", "no student",
        "conflict with nobody"])
def test_a_wrong_command_says_what_is_wrong(place: Place, words: list[str], code: int, says: str) -> None:
    said = run(place, *words)
    assert said.exit_code == code and says in said.output


def test_conflicts_by_command(place: Place) -> None:
    assert run(place, "conflicts").output == "No conflicts are declared.\n"
    assert run(place, "conflicts", "tina", "ben", "--reason", "my cousin").output == "tina does not mark ben (my cousin).\n"
    said = run(place, "mark", SLUG, ONE, "why", "--points", "1")
    assert said.exit_code == 2 and "conflict of interest" in said.output
    assert run(place, "conflicts", "tina", "ben", "--withdraw").output == "No conflicts are declared.\n"
