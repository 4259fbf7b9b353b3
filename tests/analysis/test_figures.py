"""An assignment in figures, from recorded results."""

from __future__ import annotations

import json
import xml.etree.ElementTree as xml
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from autograder.analysis import Figures, Result, as_json, body, course_body, course_figures, figures
from autograder.model import ProblemResult, Status, TestResult
from autograder.sheet import page
from autograder.words import LANGUAGES, text

DUE = datetime(2026, 11, 20, 22, tzinfo=UTC)
HOSTILE = "<script>alert(1)</script>"
OK, WRONG, OPEN = Status.OK, Status.WRONG, Status.UNDECIDED


def problem(name: str, *statuses: Status, message: str = "No.", seconds: float = 1.0, by_hand: bool = False) -> ProblemResult:
    """Tests of five points each."""
    tests = tuple(
        TestResult(f"{name}-{n}", 5.0 * (status is OK), 5.0, status, "" if status is OK else message, seconds, hidden=n > 0)
        for n, status in enumerate(statuses)
    )
    whole = OPEN if OPEN in statuses else WRONG if WRONG in statuses else OK
    return ProblemResult(name, f"Problem {name}", sum(t.score for t in tests), 5.0 * len(tests), whole, tests, by_hand)


def result(*problems: ProblemResult, members: int = 2, attempts: int = 1) -> Result:
    return Result(members, attempts, problems)


def of(results: list[Result], **more: object) -> Figures:
    return figures("hw", "Homework", results, zone=UTC, **more)  # type: ignore[arg-type]


def test_an_assignment_by_hand() -> None:
    results = [
        result(problem("p1", OK, OK if n < 6 else WRONG), problem("p2", OK if n < 3 else WRONG), attempts=1 + n % 2) for n in range(12)
    ]
    found = of(results, due=DUE, instants=[DUE - timedelta(hours=n - 1) for n in range(6)])
    one, two = found.problems
    assert (found.results, found.students, found.incomplete, found.counted) == (12, 24, 0, ("p1", "p2"))
    assert (one.difficulty, two.difficulty) == (0.75, 0.25)
    assert one.seconds == 2.0 and one.points == 10
    # p1 is 10 for six and 5 for six; p2 is 5 for three of the first: phi of (6, 6) and (3, 9) with 3 in common
    assert one.discrimination.value == pytest.approx((12 * 3 - 6 * 3) / (6 * 6 * 3 * 9) ** 0.5) == two.discrimination.value
    assert found.scores is not None and found.scores.mean == pytest.approx((3 * 100 + 3 * 1000 / 15 + 6 * 500 / 15) / 12)
    assert [(test.id, test.failed, test.n) for test in found.tests] == [("p2-0", 9, 12), ("p1-1", 6, 12), ("p1-0", 0, 12)]
    assert [test.hidden for test in found.tests] == [False, True, False]
    assert (found.submissions, found.late) == (6, 1)
    assert [(g.low, g.n) for g in found.attempts] == [(1, 6), (2, 6)]


def test_what_waits_for_a_person_is_left_out_and_counted() -> None:
    written = problem("p3", OPEN, by_hand=True)
    results = [result(problem("p1", OK), problem("p2", OPEN if n == 0 else WRONG), written) for n in range(7)]
    found = of(results)
    assert found.counted == ("p1", "p2") and found.incomplete == 1
    assert found.scores is not None and found.scores.n == 6
    assert {p.id: p.n for p in found.problems} == {"p1": 7, "p2": 6}
    assert {t.id: t.n for t in found.tests} == {"p1-0": 7, "p2-0": 6}


def test_a_mark_by_hand_counts_once_everybody_has_it() -> None:
    results = [result(problem("p1", OK), problem("p3", OK if n else WRONG, by_hand=True)) for n in range(6)]
    found = of(results)
    assert found.counted == ("p1", "p3") and found.problems[1].difficulty == pytest.approx(5 / 6)
    assert [t.id for t in found.tests] == ["p1-0"], "what a person marked is no test"


def test_the_commonest_message_is_told_only_when_five_were_told_it() -> None:
    results = [result(problem("p1", WRONG, message="Yours alone." if n < 4 else "Not sorted.")) for n in range(9)]
    assert (of(results).tests[0].message, of(results).tests[0].told) == ("Not sorted.", 5)
    assert of(results[:8]).tests[0].message == ""


@pytest.mark.parametrize("n", range(5))
def test_about_fewer_than_five_teams_only_their_number_is_told(n: int) -> None:
    found = of([result(problem("p1", WRONG))] * n, instants=[DUE] * n)
    assert found == replace(of([]), results=n, students=2 * n, submissions=n) and found.withheld
    assert "p1" not in body(found) and "p1" not in json.dumps(as_json(found))


def test_results_without_a_problem_or_a_point_do_no_harm() -> None:
    assert of([result()] * 6).scores is None
    assert of([result(replace(problem("p1", OK), max_score=0.0, tests=()))] * 6).problems[0].difficulty is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_is_well_formed_and_holds_no_markup_of_others(language: str) -> None:
    results = [result(problem("p1", OK, WRONG if n % 3 else OK, message=HOSTILE), problem("p2", OK if n % 2 else WRONG)) for n in range(12)]
    found = of(results, instants=[DUE + timedelta(hours=n) for n in range(12)], due=DUE, misconceptions={"p1-1": (HOSTILE,)})
    made = page(
        text("{course}: statistics", course=HOSTILE), [body(replace(found, title=HOSTILE), language=language)], made=DUE, language=language
    )
    assert "<script" not in made and made.count("&lt;script&gt;") >= 4
    assert f'dir="{"rtl" if language == "he" else "ltr"}"' in made
    fragment = xml.fromstring(str(body(found, language=language)).replace("<details>", '<details open="">'))
    ids = [element.get("id") for element in fragment.iter() if element.get("id")]
    assert len(ids) == len(set(ids))
    pictures = [element for element in fragment.iter() if element.tag == "svg"]
    assert len(pictures) == 6
    tables = [element for element in fragment.iter() if element.tag == "table"]
    assert len(tables) == 5


def test_course_grades_in_figures() -> None:
    grades = [(float(10 * n), "pass" if n > 5 else "fail", n == 0) for n in range(11)] + [(None, "absent", True)]
    found = course_figures(grades)
    assert found.totals is not None and (found.students, found.totals.n, found.totals.mean, found.provisional) == (12, 11, 50.0, 2)
    assert found.statuses == {"fail": 6, "pass": 5, "absent": 1}
    assert "<svg" in course_body(found)
    few = course_figures(grades[:4])
    assert few.withheld and "pass" not in course_body(few) and "<svg" not in course_body(few)
