"""From the ledger to the list of similar submissions and to figures, as staff get them."""

from __future__ import annotations

import json
from collections.abc import Callable

import pytest
from click.testing import CliRunner

from autograder import analysis, insight, similarity
from autograder.cli import main
from autograder.cli.terminal import console
from autograder.jobs import Workplace
from autograder.model import RuleError
from autograder.words import LANGUAGES
from tests.insight.conftest import NOW, SLUG, TEAMS


@pytest.fixture
def run(course: Workplace, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A command in the course's checkout; answers what it printed."""
    monkeypatch.setenv("AUTOGRADER_ACTOR", "tina")
    monkeypatch.delenv("AUTOGRADER_STATE", raising=False)
    monkeypatch.chdir(course.folders.root)
    monkeypatch.setattr(console, "width", 200)

    def given(*arguments: str) -> str:
        done = CliRunner().invoke(main, arguments, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.output

    return given


def test_a_renamed_copy_stands_before_work_that_only_has_some_solutions_in_common(course: Workplace) -> None:
    compared = insight.compare_course(course, SLUG, now=NOW)
    first, second = compared.comparison.pairs[:2]
    assert (first.one, first.other) == ("team-00001", "team-00008")
    assert first.share == 1.0 and second.share < 0.9


def test_a_comparison_is_kept_where_pages_find_it(course: Workplace) -> None:
    assert insight.compared_before(course.folders, SLUG) is None
    compared = insight.compare_course(course, SLUG, now=NOW)
    assert insight.compared_before(course.folders, SLUG) == compared
    assert "team-00008" in insight.similarity_page(course.folders, SLUG).read_text(encoding="utf-8")


def test_a_dismissed_pair_sinks_and_says_by_whom_until_it_shares_something_else(course: Workplace) -> None:
    compared = insight.compare_course(course, SLUG, now=NOW)
    insight.dismiss(course, SLUG, "team-00008", "team-00001", reason="Both <b>follow</b> the lecture", actor="tina")
    last = insight.listed(course, SLUG, compared)[-1]
    assert (last.pair.other, last.dismissal and last.dismissal.actor) == ("team-00008", "tina")
    page = insight.similarity_page(course.folders, SLUG).read_text(encoding="utf-8")
    assert "by Tina on" in page and "Both &lt;b&gt;follow" in page
    rows = course.ledger.effective(course.course.id, SLUG)
    files = course.ledger.load(rows[7]).files
    notebook = json.loads(files[f"{SLUG}.ipynb"])
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "svd_thin":
            cell["source"] = "def svd_thin(A):\n    return np.eye(3), np.ones(3), np.eye(3)"
    course.ledger.submit(course.course.id, SLUG, rows[7].members[0], {f"{SLUG}.ipynb": json.dumps(notebook).encode()})
    again = insight.compare_course(course, SLUG, now=NOW)
    assert insight.listed(course, SLUG, again)[0].pair.other == "team-00008"


@pytest.mark.parametrize(
    "one, other, reason, code",
    [
        ("team-00001", "team-99999", "why not", "unknown-pair"),
        ("team-00001", "team-00008", "  ", "no-reason"),
        ("team-00001", "team-00008", "x" * 3000, "long-reason"),
    ],
)
def test_only_a_pair_that_was_found_is_dismissed_and_only_with_a_reason(
    course: Workplace, one: str, other: str, reason: str, code: str
) -> None:
    with pytest.raises(RuleError) as before:
        insight.dismiss(course, SLUG, one, other, reason=reason, actor="tina")
    assert before.value.code == "not-compared"
    insight.compare_course(course, SLUG, now=NOW)
    with pytest.raises(RuleError) as refused:
        insight.dismiss(course, SLUG, one, other, reason=reason, actor="tina")
    assert refused.value.code == code


def test_a_pair_that_was_compared_again_meanwhile_is_not_dismissed_unseen(course: Workplace) -> None:
    insight.compare_course(course, SLUG, now=NOW)
    with pytest.raises(RuleError) as refused:
        insight.dismiss(course, SLUG, "team-00001", "team-00008", reason="seen", actor="tina", digest="of before")
    assert refused.value.code == "stale" and not course.ledger.similarity.dismissed(course.course.id, SLUG)


def test_nothing_that_similarity_does_changes_a_grade(course: Workplace) -> None:
    before = course.ledger.credits(course.course.id, SLUG)
    insight.compare_course(course, SLUG, now=NOW)
    insight.dismiss(course, SLUG, "team-00001", "team-00008", reason="no matter", actor="tina")
    assert course.ledger.credits(course.course.id, SLUG) == before
    course.ledger.check_chain(course.course.id)


def test_figures_of_recorded_results(course: Workplace) -> None:
    found = insight.assignment_figures(course, SLUG)
    assert (found.results, found.students, found.submissions, found.late) == (TEAMS, 2 * TEAMS, TEAMS, 1)
    assert found.incomplete == 0 and "p1" in found.counted, "the written answer waits for everybody, so totals are made of the rest"
    first, second = found.problems[:2]
    assert first.difficulty is not None and second.difficulty is not None and first.difficulty < second.difficulty
    assert str(first.discrimination.why) == "fewer than 10 results"
    worst = found.tests[0]
    assert (worst.problem, worst.failed, worst.n, worst.message, worst.told) == ("p1", 7, 8, "Not sorted.", 7)
    assert any(test.misconceptions for test in found.tests)


def test_below_five_teams_there_are_no_figures(course: Workplace) -> None:
    few = analysis.figures(SLUG, "HW", [analysis.Result(2, 1, ())] * 4, zone=course.course.zone)
    assert few.withheld and few.results == 4 and not few.problems and not few.tests
    assert "a person could be recognised" in analysis.body(few)


def test_the_command_lists_the_pairs_and_takes_a_dismissal(course: Workplace, run: Callable[..., str]) -> None:
    said = run("similarity", SLUG, "--json", "pairs.json", "--top", "3")
    assert "team-00008" in said and f"{TEAMS} submissions compared" in said
    values = json.loads((course.folders.root / "pairs.json").read_text(encoding="utf-8"))
    assert similarity.from_json(values).pairs[0].other == "team-00008"
    run("similarity", SLUG, "--dismiss", "team-00001", "team-00008", "--reason", "[red]seen[/red]")
    assert "tina: [red]seen[/red]" in run("similarity", SLUG)


def test_the_command_prints_figures_and_writes_a_page_in_each_language(course: Workplace, run: Callable[..., str]) -> None:
    assert "what it was written to catch" in run("statistics", SLUG)
    for language in LANGUAGES:
        values = json.loads(run("statistics", "--html", f"{language}.html", "--json", "--language", language))
        assert values["assignments"][0]["results"] == TEAMS and values["course"]["students"] == 2 * TEAMS
        page = (course.folders.root / f"{language}.html").read_text(encoding="utf-8")
        assert page.count("<svg") >= 4 and f'lang="{language}"' in page


def test_a_folder_is_compared_without_a_ledger_and_with_an_archive(course: Workplace, run: Callable[..., str]) -> None:
    folder, archive = course.folders.root / "downloads", course.folders.root / "old" / "2025"
    folder.mkdir()
    archive.mkdir(parents=True)
    for number, row in enumerate(course.ledger.effective(course.course.id, SLUG)):
        content = course.ledger.load(row).files[f"{SLUG}.ipynb"]
        ((archive if number == 7 else folder) / f"person{number}.ipynb").write_bytes(content)
    (folder / "broken.ipynb").write_bytes(b"{")
    said = run("similarity", SLUG, "--from", "downloads", "--archive", "old", "--top", "2")
    assert "person0" in said and "2025/person7.ipynb" in said
    assert "8 submissions compared, 1 of earlier terms" in said
