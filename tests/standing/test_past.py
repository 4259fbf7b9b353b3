"""A file of marks holds all that the rules read, nothing about who it was, and is believed in nothing else."""
from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime, timedelta
from fractions import Fraction
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import given as supposed
from hypothesis import strategies as st

from autograder.course import load_course, parse_course
from autograder.ledger import Adjustment, Arrangement, Credit, ExternalMark, GradeRow, SubmissionRow, What
from autograder.model import CourseError, ProblemResult, Status, TestResult
from autograder.projects import Kind, Project, ProjectMark, RubricLine, Stage
from autograder.scoring import LateRule
from autograder.standing import Facts, Rules, Work, marks_file, names_of, read_facts, read_marks, standing_by, tried
from autograder.standing.past import BYTES, FORMAT, VERSION, Kept
from tests.standing.test_as_of import Term, changes
from tests.standing.test_standing import COURSES, DAY, HW0, HW1, HW2, LATER, PREFLIGHT, STUDENTS

PASSES = {HW0: PREFLIGHT}
LATE = {"late.grace": 30, "late.per_day": 7, "late.close_after_days": 4, "late.free_days": 2}
OTHERS: tuple[dict[str, object], ...] = ({}, {"component.bonus.points": 1}, LATE, {"policy.pass_mark": 70, **LATE})


def in_order(rows: list[Any]) -> None:
    """No drawing: the rows can be compared."""


@pytest.fixture
def term(tmp_path: Path) -> Iterator[Term]:
    made = Term(tmp_path)
    made.all_homework()
    made.import_demo_marks()
    yield made
    made.ledger.close()


def facts_of(term: Term) -> tuple[Facts, ...]:
    return read_facts(term.course, term.ledger, term.now)


def same_grades(facts: tuple[Facts, ...], now: datetime, changes: dict[str, object]) -> None:
    """The file gives every student the grade that his own facts give, by the rules of then and by others."""
    rules = Rules(load_course(COURSES / "demo.toml"), PASSES)
    others = Rules(load_course(COURSES / "demo.toml", changes), PASSES)
    past = read_marks(marks_file(rules, facts, now, in_order).encode())
    found = tried(past, others)
    for one, before, after in zip(facts, found.before, found.after, strict=True):
        for given, by in ((before, rules), (after, others)):
            own = standing_by(by, one, now).grade
            assert (given.raw, given.passed) == (own.raw if own.final is not None else None, own.status == "pass")
            assert given.shown == (own.status if own.final is None else f"{own.shown} ({own.status})")
    assert found.rises + found.falls + found.stays == len(facts)
    assert [standing_by(others, one, now).provisional for one in facts] == [
        standing_by(others, one, datetime(2000, 1, 1, tzinfo=now.tzinfo)).provisional for one, _ in past.rows]


# ── any course ────────────────────────────────────────────────────────────────────────────────────────────────────────
@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@supposed(st.lists(st.integers(4, 15), max_size=6), st.sampled_from(OTHERS))
def test_the_file_gives_the_grades_of_the_ledger_after_any_history(
        tmp_path_factory: pytest.TempPathFactory, chosen: list[int], others: dict[str, object]) -> None:
    term = Term(tmp_path_factory.mktemp("term"))
    try:
        term.import_demo_marks()
        term.hand_in(HW1, "alice", late_by=timedelta(hours=30, seconds=7))
        term.all_homework(but=(HW2,))
        for number in chosen:
            term.now += timedelta(hours=7)
            changes(term)[number]()
        same_grades(facts_of(term), term.now, others)
    finally:
        term.ledger.close()


points = st.sampled_from([0.0, 0.125, 2.5, 7.0, 33.3, 60.0])


@st.composite
def problems(draw: st.DrawFn, name: str) -> ProblemResult:
    tests = []
    for number in range(draw(st.integers(1, 3))):
        most = draw(points.filter(bool))
        status = draw(st.sampled_from([Status.OK, Status.WRONG, Status.UNDECIDED]))
        tests.append(TestResult(f"{name}-{number}", most if status is Status.OK else 0.0, most, status))
    score, most = sum(test.score for test in tests), sum(test.max_score for test in tests)
    return ProblemResult(name, name, score, most, Status.OK, tuple(tests), draw(st.booleans()))


@st.composite
def works(draw: st.DrawFn, slug: str) -> Work:
    due = LATER + draw(st.sampled_from([-3, -2, -1, 0, 1, 2])) * DAY if draw(st.integers(0, 9)) else None
    added = tuple(Adjustment(slug, "ann", draw(st.sampled_from([-2.0, 0.0, 1.5, 0.1])), "a reason", "prof", LATER)
                  for _ in range(draw(st.integers(0, 2))))
    credit = None
    if draw(st.booleans()):
        late_by = timedelta(seconds=draw(st.integers(0, 6 * 86400))) if due is not None else timedelta()
        row = SubmissionRow(1, "c", slug, "team-00001", 1, "ann", ("ann",), "ab", 9, LATER)
        found = tuple(draw(problems(name)) for name in ("p1", "p2")) if draw(st.integers(0, 4)) else ()
        grade = GradeRow("c", slug, "team-00001", "ab", 1, ("ann",), 0, 0, Status.OK, found, "1", "e", "a", LATER) if found else None
        unsettled = tuple(test.id for one in found for test in one.tests if draw(st.integers(0, 9)) == 0)
        credit = Credit("c", slug, "ann", row, due, late_by, grade, found, {}, added, unsettled)
    return Work(slug, 100.0, due, credit, added, draw(st.booleans()))


@st.composite
def students(draw: st.DrawFn) -> Facts:
    work = {slug: draw(works(slug)) for slug in (HW0, HW1, HW2) if draw(st.integers(0, 9))}
    marks = {item: draw(st.sampled_from(["", "absent", "0", "54.5", "61.25", "100"])) for item in ("exam", "project")}
    external = {item: ExternalMark(item, "ann", mark, "csv", "prof", LATER) for item, mark in marks.items() if mark}
    arranged = draw(st.sampled_from([(), ((What.EXCUSE, "hw1", "exam"),), ((What.NO_LATENESS, "", ""),), ((What.KIND, "", "graduate"),),
                                     ((What.POSTPONE, "project", ""), (What.NO_LATENESS, HW2, ""))]))
    return Facts("ann", work, external, frozenset(("exam", "project")),
                 tuple(Arrangement("ann", what, item, value, None, LATER) for what, item, value in arranged))


@settings(max_examples=100, deadline=None)
@supposed(st.lists(students(), min_size=1, max_size=4), st.sampled_from(OTHERS))
def test_the_file_gives_the_grades_of_any_facts(found: list[Facts], others: dict[str, object]) -> None:
    same_grades(tuple(found), LATER, others)


# ── what a file says ──────────────────────────────────────────────────────────────────────────────────────────────────
def written(term: Term, shuffle: Callable[[list[Any]], None] = in_order) -> str:
    return marks_file(Rules(term.course, PASSES), facts_of(term), term.now, shuffle)


def test_nobody_can_be_found_in_the_file_by_name_team_reason_or_place(term: Term) -> None:
    term.arrange("alice", What.EXCUSE, "hw1", "exam")
    term.ledger.adjust(term.course.id, HW1, "bob", 5, "because of his accident", actor="prof")
    term.ledger.extend(term.course.id, HW1, "carol", until=term.due(HW1) + DAY, reason="illness", actor="prof")
    file = written(term)
    for hidden in (*STUDENTS, *map(str.title, STUDENTS), "team-", "accident", "illness", "north", "reserve", "prof", "202", "Z\""):
        assert hidden not in file, hidden
    drawn = json.loads(written(term, list.reverse))["rows"]
    assert drawn == json.loads(file)["rows"][::-1] and drawn != json.loads(file)["rows"]


def test_what_other_rules_make_of_it_is_counted_and_the_largest_changes_lead(term: Term) -> None:
    past = read_marks(written(term).encode())
    assert tried(past, Rules(term.course, PASSES)) == tried(past, Rules(load_course(COURSES / "demo.toml"), PASSES))
    found = tried(past, Rules(load_course(COURSES / "demo.toml", {"component.bonus.points": 1}), PASSES))
    assert (found.rises, found.falls, found.stays) == (0, 3, 5)
    assert [(one.row, one.before.shown, one.after.shown) for one in found.largest] == [
        (5, "64 (pass)", "63 (pass)"), (7, "93 (pass)", "92 (pass)"), (2, "90 (pass)", "89 (pass)")]
    strict = tried(past, Rules(load_course(COURSES / "demo.toml", {"policy.pass_mark": 70}), PASSES))
    assert (strict.rises, strict.falls) == (0, 3) and {one.after.passed for one in strict.largest} == {False}
    assert found.unknown == found.missing == ()


def test_what_is_called_otherwise_now_is_told_and_can_be_named(term: Term) -> None:
    text = (COURSES / "demo.toml").read_text(encoding="utf-8")
    for old, new in (('id = "exam"', 'id = "final"'), ('items = ["exam"]', 'items = ["final"]'), (f'"{HW1}"', '"spectra"')):
        text = text.replace(old, new, 1 if old == 'id = "exam"' else -1)
    other = Rules(parse_course(text, file="c"), PASSES)
    past = read_marks(written(term).encode())
    strange = tried(past, other)
    assert strange.unknown == ("exam", HW1) and strange.missing == ("final", "spectra") and not any(one.passed for one in strange.after)
    names = names_of(f"exam = final\n\n  {HW1}=spectra ")
    told = tried(past, other, names)
    assert (told.unknown, told.missing, told.stays) == ((), (), len(STUDENTS))


@pytest.mark.parametrize(("lines", "said"), [
    ("exam", "line 1: 'exam' is not one old name"), ("a = b = ", "line 1"), ("\na = ", "line 2"), ("a = b\na = c", "line 2"),
    ("a = c\nb = c", "line 2")])
def test_a_line_that_names_nothing_is_told(lines: str, said: str) -> None:
    if lines == "a = b = ":
        assert names_of(lines) == {"a": "b ="}
        return
    with pytest.raises(CourseError, match=said):
        names_of(lines)


def test_names_that_fit_nothing_and_other_points_are_told(term: Term) -> None:
    past, rules = read_marks(written(term).encode()), Rules(term.course, PASSES)
    with pytest.raises(CourseError, match="no marks in 'exams'"):
        tried(past, rules, {"exams": "final"})
    with pytest.raises(CourseError, match="there are marks in that too"):
        tried(past, rules, {"exam": "project"})
    of_200 = Rules(load_course(COURSES / "demo.toml", {"external.exam.out_of": 200}), PASSES)
    with pytest.raises(CourseError, match="exam was out of 100 points and is now out of 200"):
        tried(past, of_200)


# ── projects ──────────────────────────────────────────────────────────────────────────────────────────────────────────
PROJECT = Project("project", "Project", (Stage("final", "Report", Kind.HAND_IN, files=("*.pdf",)),),
                  (RubricLine("all", Fraction(100), ""),), late=LateRule(per_day=Fraction(10)))


@pytest.mark.parametrize(("kept", "percent", "to_come"), [
    (Kept(Fraction(80), timedelta(), False, False), Fraction(80), False),
    (Kept(Fraction(80), timedelta(hours=25), False, True), Fraction(60), False),
    (Kept(None, None, False, False), Fraction(0), False),
    (Kept(None, None, True, False), None, True)])
def test_a_project_counts_by_the_rules_of_now(kept: Kept, percent: Fraction | None, to_come: bool) -> None:
    found: ProjectMark = kept.mark(PROJECT, "1", LATER)
    assert (found.percent, found.to_come, bool(found.provisional)) == (percent, to_come, kept.provisional)


# ── hostile files ─────────────────────────────────────────────────────────────────────────────────────────────────────
ROW: dict[str, Any] = {
    "then": {"shown": "80 (pass)", "passed": True, "raw": "80"},
    "work": {"hw": {"points": 10, "shown": True, "due": -1, "late": 5, "problems": {"p1": {"score": 3, "of": 5, "open": 2}}}},
    "outside": {"exam": "61.5"}, "projects": {}, "arranged": [["excuse", "hw", "exam"]]}
GOOD: dict[str, Any] = {
    "format": FORMAT, "version": VERSION, "items": {"hw": {"kind": "assignment"}, "exam": {"kind": "outside", "out_of": "100"}},
    "rows": [ROW]}


def with_change(path: str, value: object) -> bytes:
    """GOOD with another value at a path."""
    made = json.loads(json.dumps(GOOD))
    *way, last = [int(part) if part.isdigit() else part for part in path.split(".")]
    place = made
    for part in way:
        place = place[part]
    place[last] = value
    return json.dumps(made).encode()


def test_the_example_of_the_next_test_is_good() -> None:
    past = read_marks(json.dumps(GOOD).encode())
    assert len(past.rows) == 1 and past.kinds == {"hw": "assignment", "exam": "outside"}


@pytest.mark.parametrize(("path", "value", "said"), [
    ("format", "marks", "no file of marks"), ("version", 2, "version 2"), ("version", True, "version True"), ("extra", 1, "file: 'extra'"),
    ("rows", [], "file, rows: there is no row"), ("rows", {}, "no list"), ("rows", [1], "file, rows 1: this is no object"),
    ("items.hw.kind", "magic", "file, items, hw, kind: this is none of"), ("items.hw.kind", ["assignment"], "this is none of"),
    ("items.exam.out_of", "0", "more than 0"), ("items.exam.out_of", 100, "as text"), ("items.exam.out_of", "1e9", "as text"),
    ("items.exam.out_of", "1/0", "as text"), ("items.exam.begun", 1, "neither true nor false"),
    ("rows.0.then.raw", "9" * 5000, "as text"), ("rows.0.then.raw", "99999999", "more than"), ("rows.0.then.shown", "x" * 201, "200"),
    ("rows.0.then.shown", "a\u202eb", "no text"), ("rows.0.then", {}, "no 'shown'"),
    ("rows.0.work.nosuch", {}, "rows 1, work, nosuch: 'nosuch' is none of the items"),
    ("rows.0.work.exam", {}, "none of the items of this kind"), ("rows.0.work.hw.points", -1, "hw, points: this is no number"),
    ("rows.0.work.hw.points", True, "no number"), ("rows.0.work.hw.points", 10**400, "no number"), ("rows.0.work.hw.late", 1.5, "whole"),
    ("rows.0.work.hw.late", -1, "whole number from 0"), ("rows.0.work.hw.late", None, "nothing was handed in"),
    ("rows.0.work.hw.due", 10**9, "whole number"), ("rows.0.work.hw.added", "1", "no number"),
    ("rows.0.work.hw.problems.p1.score", 6, "6 points are more than 5"), ("rows.0.work.hw.problems.p1.id", 6, "'id' is not known here"),
    ("rows.0.work.hw.problems.p1.open", float("1e7"), "no number"), ("rows.0.outside.exam", 61, "no mark"),
    ("rows.0.outside.exam", "-1", "no mark"), ("rows.0.outside.exam", "٦١", "no mark"),
    ("rows.0.arranged", [["excuse", "hw"]], "arranged 1"),
    ("rows.0.arranged", [["pardon", "hw", ""]], "none of"), ("rows.0.projects.exam", {}, "none of the items"),
    ("rows.0.name", "Ann", "'name'"),
])
def test_what_is_wrong_in_a_file_is_told_with_its_place(path: str, value: object, said: str) -> None:
    with pytest.raises(CourseError, match=re.escape(said)):
        read_marks(with_change(path, value))


RAW = {
    "nothing": b"", "no JSON": b"{", "a list": b"[]", "a number": b"1", "no text": b"\xff\xfe", "deep": b"[" * 100_000,
    "no number": b'{"format": NaN}', "without end": b'{"format": -Infinity}', "twice": b'{"format": 1, "format": 2}',
    "a long number": b"1" * 10_000, "too large": b" " * (BYTES + 1),
}


@pytest.mark.parametrize("case", RAW)
def test_what_is_no_file_of_marks_is_told(case: str) -> None:
    with pytest.raises(CourseError, match="no file of marks" if case != "too large" else "a file of marks has at most"):
        read_marks(RAW[case])


@pytest.mark.parametrize("word", ["NaN", "Infinity", "1e999"])
def test_what_is_no_number_is_taken_nowhere(word: str) -> None:
    with pytest.raises(CourseError, match="no number"):
        read_marks(json.dumps(GOOD).replace('"points": 10', f'"points": {word}').encode())


PLACES = ("rows", "rows.0", "rows.0.work", "rows.0.work.hw", "rows.0.work.hw.problems", "rows.0.then", "rows.0.outside", "rows.0.projects",
          "rows.0.arranged", "items", "items.hw")


@settings(max_examples=150, deadline=None)
@supposed(st.recursive(st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5), lambda inner: (
    st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(["then", "work", "hw", "exam", "p1", "score", "late"]), inner)),
    max_leaves=8), st.sampled_from(PLACES))
def test_whatever_stands_in_a_file_it_is_read_or_told(value: object, path: str) -> None:
    with suppress(CourseError):
        assert read_marks(with_change(path, value)).rows
