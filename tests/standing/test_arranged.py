"""What arrangements do to one student's marks, that nobody else's change, and that nobody reads why."""
from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from autograder import export
from autograder.course import Course, days_later, parse_course
from autograder.ledger import Arrangement, Credit, ExternalMark, GradeRow, SubmissionRow, What
from autograder.model import CourseError, ProblemResult, Role, Status, TestResult
from autograder.standing import (
    Facts,
    Standing,
    Work,
    as_json,
    as_published,
    check_arrangement,
    check_excuses,
    differs,
    explanation,
    item_and_value,
    standing_of,
)
from tests.standing.test_standing import HW1, HW2, MINUTE, Class, said

NOW = datetime(2027, 6, 1, tzinfo=UTC)
DUE = datetime(2027, 1, 24, 21, 59, tzinfo=UTC)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
COURSE = """\
id = "course"
title = "A course"
timezone = "Asia/Jerusalem"

[late]
grace = 30
per_day = 10
at_most = 60
free_days = 2
close_after_days = 7

[[assignment]]
slug = "a"
due = 2027-01-24T23:59:00
[[assignment]]
slug = "b"
due = 2027-01-31T23:59:00
[[external]]
id = "first"
title = "First sitting"
[[external]]
id = "second"
title = "Second sitting"

[policy]
pass_mark = 55
pass_marks = { graduate = 65 }

[[component]]
id = "a"
title = "Homework A"
weight = 20
items = ["a"]
[[component]]
id = "b"
title = "Homework B"
weight = 20
items = ["b"]
[[component]]
id = "exam"
title = "Exam"
kind = "exam"
weight = 60
combine = "last"
items = ["first", "second"]
"""


def arrangement(what: What, item: str = "", value: str = "", *, expires: datetime | None = None, student: str = "ann") -> Arrangement:
    return Arrangement(student, what, item, value, expires, NOW)


def work(slug: str, points: float | None, late_by: timedelta = timedelta(), *, due: datetime = DUE, **more: object) -> Work:
    """An assignment of 100 points; None: nothing handed in."""
    if points is None:
        return Work(slug.upper(), 100, due, None, (), True)
    at = due + late_by
    test = TestResult("t", points, 100, Status.OK if points == 100 else Status.WRONG)
    problem = ProblemResult("p", "p", points, 100, test.status, (test,))
    row = SubmissionRow(1, "course", slug, "team-00001", 1, "ann", ("ann",), "0", 1, at)
    grade = GradeRow("course", slug, "team-00001", "0", 1, ("ann",), points, 100, Status.OK, (problem,), "1", "e", "x", at)
    credit = Credit("course", slug, "ann", row, due, late_by, grade, (problem,), {}, ())
    return replace(Work(slug.upper(), 100, due, credit, (), True), **more)  # type: ignore[arg-type]


def facts(*, a: Work | None = None, b: Work | None = None, exam: dict[str, str] | None = None,
          arrangements: tuple[Arrangement, ...] = ()) -> Facts:
    marks = {"first": "70", "second": "50"} if exam is None else exam
    rows = {item: ExternalMark(item, "ann", mark, "list", "ivy", NOW) for item, mark in marks.items()}
    return Facts("ann", {"a": a or work("a", 80), "b": b or work("b", 100, due=DUE + 7 * DAY)}, rows,
                 frozenset({"first", "second"}), arrangements)


def stand(given: Facts, course: str = COURSE) -> Standing:
    return standing_of(parse_course(course, file="c"), given, assignments={}, now=NOW)


def mark(standing: Standing, item: str) -> Fraction | None:
    return next(one.mark for one in standing.marks if one.item == item)


# ── what each kind does ───────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("arranged", "raw", "status"), [
    ((), Fraction(66), "pass"),                                          # 20 % of 80, 20 % of 100, 60 % of 50
    ((arrangement(What.EXCUSE, "a", "exam"),), Fraction(60), "pass"),    # 20 % of 100, 80 % of 50
    ((arrangement(What.EXCUSE, "a", "rest"),), Fraction(70), "pass"),    # 40 % of 100, 60 % of 50
    ((arrangement(What.SITTING, "exam", "first"),), Fraction(78), "pass"),
    ((arrangement(What.SITTING, "exam", "second"),), Fraction(66), "pass"),
    ((arrangement(What.KIND, "", "graduate"),), Fraction(66), "pass"),
    ((arrangement(What.KIND, "", "graduate"), arrangement(What.EXCUSE, "a", "exam")), Fraction(60), "fail"),
    ((arrangement(What.NO_LATENESS),), Fraction(66), "pass"),
])
def test_an_arrangement_acts_on_the_grade(arranged: tuple[Arrangement, ...], raw: Fraction, status: str) -> None:
    grade = stand(facts(arrangements=arranged)).grade
    assert (grade.raw, grade.status) == (raw, status)


def test_a_sitting_that_does_not_count_is_none_and_awaits_nothing() -> None:
    only = (arrangement(What.SITTING, "exam", "second"),)
    told = stand(facts(exam={"first": "70"}, arrangements=only))
    assert told.grade.status == "absent" and mark(told, "first") is None
    assert "does not count" in explanation(told)
    assert stand(replace(facts(exam={"first": "70"}, arrangements=only), begun=frozenset({"first"}))).grade.status == "incomplete"


def test_what_is_postponed_is_to_come_until_its_mark_is_there() -> None:
    later = (arrangement(What.POSTPONE, "exam"),)
    assert stand(facts(exam={}, arrangements=later)).grade.status == "incomplete"
    assert stand(facts(exam={}, arrangements=())).grade.status == "absent"
    assert stand(facts(arrangements=later)).grade.raw == 66


# ── lateness ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("late_by", "usual", "free_of_it"), [
    (timedelta(), 80, 80),
    (30 * MINUTE, 80, 80),                       # the grace
    (31 * MINUTE, 80, 80),                       # the first of two free days
    (2 * DAY, 80, 80),
    (2 * DAY + 31 * MINUTE, 70, 80),             # one day more
    (6 * DAY, 40, 80),
    (7 * DAY, 30, 80),
    (7 * DAY + timedelta(seconds=1), 0, 80),     # closed
])
def test_what_lateness_costs_and_that_it_costs_nothing_where_that_was_arranged(late_by: timedelta, usual: int, free_of_it: int) -> None:
    late = work("a", 80, late_by)
    assert mark(stand(facts(a=late)), "a") == usual
    for item in ("", "a"):
        assert mark(stand(facts(a=late, arrangements=(arrangement(What.NO_LATENESS, item),))), "a") == free_of_it
    assert mark(stand(facts(a=late, arrangements=(arrangement(What.NO_LATENESS, "b"),))), "a") == usual


@pytest.mark.parametrize(("rule", "late_by", "expected"), [
    ("per_hour = 2", HOUR, 78), ("per_hour = 2", HOUR + timedelta(seconds=1), 76), ("per_hour = 2\ngrace = 60", 2 * HOUR, 78),
    ("per_hour = 2\nat_most = 10", 20 * HOUR, 70), ("per_hour = 2\nfree_days = 1", DAY + HOUR, 78),
    ("per_hour = 2\nfree_days = 1", 23 * HOUR, 80), ("close_after_days = 1", DAY, 80), ("close_after_days = 1", DAY + MINUTE, 0),
    ("close_after_days = 0.5", 13 * HOUR, 0),
])
def test_other_late_rules(rule: str, late_by: timedelta, expected: int) -> None:
    late, rest = COURSE.index("[late]"), COURSE.index("[[assignment]]")
    course = COURSE[:late] + f"[late]\n{rule}\n" + COURSE[rest:]
    assert mark(stand(facts(a=work("a", 80, late_by)), course), "a") == expected


def test_work_that_is_never_late_takes_no_free_days() -> None:
    late = {"a": work("a", 80, 2 * DAY), "b": work("b", 80, 2 * DAY, due=DUE + 7 * DAY)}
    assert [mark(stand(facts(**late)), slug) for slug in "ab"] == [80, 60]
    assert [mark(stand(facts(**late, arrangements=(arrangement(What.NO_LATENESS, "a"),))), slug) for slug in "ab"] == [80, 80]


@pytest.mark.parametrize(("due", "handed_in", "days"), [
    ("2027-10-30T23:59", "2027-10-31T23:30", 2),        # clocks go back: 24 h 31 min
    ("2027-10-30T23:59", "2027-10-31T22:59", 1),
    ("2027-03-25T23:59", "2027-03-26T23:59", 1),        # clocks go forward: 23 h
    ("2027-03-25T23:59", "2027-03-27T00:59", 1),        # exactly 24 h
    ("2027-03-25T23:59", "2027-03-27T01:00", 2),
])
def test_a_day_of_lateness_is_24_hours_whatever_the_clocks_do(due: str, handed_in: str, days: int) -> None:
    course = parse_course(COURSE.replace("grace = 30\n", "").replace("free_days = 2\n", ""), file="c")
    first, at = (datetime.fromisoformat(said).replace(tzinfo=course.zone).astimezone(UTC) for said in (due, handed_in))
    told = standing_of(course, facts(a=work("a", 80, at - first, due=first)), assignments={}, now=NOW)
    assert mark(told, "a") == 80 - 10 * days


def test_an_extension_of_days_ends_at_the_same_hour_though_clocks_change(demo: Class) -> None:
    for days in (1, 3, 60, 150):
        until = days_later(demo.due(HW1), days, demo.course.zone)
        assert until.astimezone(demo.course.zone).time() == demo.due(HW1).astimezone(demo.course.zone).time()


# ── a pair, in a real ledger ──────────────────────────────────────────────────────────────────────────────────────────
@pytest.fixture
def demo(tmp_path: Path) -> Iterator[Class]:
    made = Class(tmp_path)
    yield made
    made.ledger.close()


def extend(demo: Class, student: str, days: int) -> None:
    demo.ledger.extend(demo.course.id, HW1, student, until=demo.due(HW1) + days * DAY, reason="illness: flu", actor="prof")


@pytest.mark.parametrize(("handed_in", "alice", "bob"), [
    ((-DAY,), 80, 80),
    ((DAY,), 80, 75),                            # late for bob alone
    ((-DAY, 2 * DAY), 80, 70),                   # the newest in time for one of them counts for both
    ((-DAY, 4 * DAY), 80, 80),                   # after both due times: the one in time counts
    ((4 * DAY,), 75, 60),                        # late for both, by each one's own due time
])
def test_an_extension_of_one_of_a_pair(demo: Class, handed_in: tuple[timedelta, ...], alice: int, bob: int) -> None:
    extend(demo, "alice", 3)
    for number, late_by in enumerate(handed_in):
        demo.hand_in(HW1, "alice" if number % 2 == 0 else "bob", late_by=late_by)
    demo.grade(HW1, "alice", 60.0, 20.0)
    assert (demo.mark("alice", HW1), demo.mark("bob", HW1)) == (alice, bob)


def test_no_lateness_of_one_of_a_pair_is_his_alone(demo: Class) -> None:
    demo.arrange("alice", What.NO_LATENESS, HW1)
    demo.hand_in(HW1, "bob", late_by=2 * DAY)
    demo.grade(HW1, "alice", 60.0, 20.0)
    assert (demo.mark("alice", HW1), demo.mark("bob", HW1)) == (80, 70)
    assert "2 days late, which costs nothing here" in explanation(demo.standing("alice"))


def test_an_arrangement_counts_until_it_expires(demo: Class) -> None:
    demo.all_homework()
    demo.import_demo_marks()
    before = demo.standing("alice").grade
    demo.arrange("alice", What.EXCUSE, "hw1", "exam", expires=demo.now + DAY)
    assert demo.standing("alice").grade != before
    demo.now += DAY
    assert demo.standing("alice").grade == before


def test_what_was_granted_is_told_in_words(demo: Class) -> None:
    extend(demo, "alice", 3)
    for what, item, value in ((What.EXCUSE, "hw1", "exam"), (What.NO_LATENESS, "", ""), (What.NO_LATENESS, HW2, ""),
                              (What.KIND, "", "graduate"), (What.POSTPONE, "project", "")):
        demo.arrange("alice", what, item, value)
    assert said(demo.standing("alice").granted) == [
        f"{HW1} is due on {(demo.due(HW1) + 3 * DAY).astimezone(demo.course.zone):%Y-%m-%d %H:%M}, by an extension",
        "Homework 1 is excused, and its weight goes to the exam",
        "the pass mark is 65 (graduate)", "being late costs nothing in any assignment",
        f"being late costs nothing in {HW2}", "the mark of Project comes later"]


def test_nothing_meant_for_others_says_why(demo: Class) -> None:
    demo.all_homework()
    demo.import_demo_marks()
    extend(demo, "alice", 3)
    for what, item, value in ((What.EXCUSE, "hw1", "exam"), (What.NO_LATENESS, "", ""), (What.KIND, "", "graduate")):
        demo.arrange("alice", what, item, value)
    told = demo.standing("alice")
    people = demo.ledger.people(demo.course.id, Role.STUDENT)
    rows = export.rows(demo.course, [demo.standing(p.username) for p in people], people)
    shown = [json.dumps(as_json(told)), repr(told), repr(as_published(told)),
             *(explanation(told, language) for language in ("en", "he", "ru")), *(export.write(form, rows) for form in export.FORMATS),
             repr(demo.ledger.history.snapshot(demo.course.id, demo.now))]
    for text in shown:
        assert not any(word in text for word in ("reserve", "north", "illness", "flu"))


# ── what a course can arrange ─────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("what", "about", "to", "why"), [
    (What.KIND, "graduat", "", "did you mean 'graduate'"), (What.EXCUSE, "exam", "", "cannot be excused"),
    (What.EXCUSE, "c", "", "neither a component nor an item"), (What.POSTPONE, "exma", "", "did you mean 'exam'"),
    (What.SITTING, "a", "", "no sitting"), (What.SITTING, "third", "", "no sitting"), (What.SITTING, "exam", "", "no sitting"),
    (What.NO_LATENESS, "first", "", "no assignment"), (What.NO_LATENESS, "exam", "", "no assignment"),
])
def test_what_the_course_cannot_arrange_is_refused(what: What, about: str, to: str, why: str) -> None:
    course = parse_course(COURSE, file="c")
    with pytest.raises(CourseError, match=why):
        check_arrangement(course, what, *item_and_value(course, what, about, to))


def test_somebody_must_be_left_to_take_the_weight() -> None:
    course = parse_course(COURSE, file="c")
    one, both = arrangement(What.EXCUSE, "a", "rest"), arrangement(What.EXCUSE, "b", "rest")
    check_excuses(course, [one])
    with pytest.raises(CourseError, match="no other homework is left"):
        check_excuses(course, [one, both])


def test_what_new_rules_do_not_know_no_longer_acts_and_is_told(unknown: str = "gone") -> None:
    told = stand(facts(arrangements=(arrangement(What.EXCUSE, unknown, "exam"), arrangement(What.SITTING, unknown, "x"))))
    assert told.grade == stand(facts()).grade and told.granted == ()
    assert told.provisional and said(told.notes) == ["an arrangement about gone fits nothing in the rules that hold"] * 2


# ── laws ──────────────────────────────────────────────────────────────────────────────────────────────────────────────
ANY = st.one_of(
    st.builds(arrangement, st.just(What.EXCUSE), st.sampled_from("ab"), st.sampled_from(["exam", "rest"])),
    st.builds(arrangement, st.just(What.POSTPONE), st.sampled_from(["a", "b", "exam", "first"])),
    st.builds(arrangement, st.just(What.SITTING), st.just("exam"), st.sampled_from(["first", "second"])),
    st.builds(arrangement, st.just(What.NO_LATENESS), st.sampled_from(["", "a", "b"])),
    st.builds(arrangement, st.just(What.KIND), st.just(""), st.just("graduate")))
POINTS = st.none() | st.integers(0, 100).map(float)
LATE = st.integers(0, 300).map(lambda hours: hours * HOUR)
MARKS = st.dictionaries(st.sampled_from(["first", "second"]), st.integers(0, 100).map(str) | st.just("absent"))
COURSES: Callable[[], Course] = lambda: parse_course(COURSE, file="c")  # noqa: E731


@settings(max_examples=150, deadline=None)
@given(POINTS, LATE, POINTS, LATE, MARKS, st.lists(ANY, max_size=4))
def test_every_combination_gives_a_standing_within_its_bounds(
        a: float | None, late_a: timedelta, b: float | None, late_b: timedelta, exam: dict[str, str], arranged: list[Arrangement]) -> None:
    newest = tuple({(one.what, one.item): one for one in arranged}.values())
    told = stand(facts(a=work("a", a, late_a), b=work("b", b, late_b, due=DUE + 7 * DAY), exam=exam, arrangements=newest))
    assert told.grade.raw is None or 0 <= told.grade.raw <= 100
    assert len(told.granted) + sum("fits nothing" in note for note in said(told.notes)) == len(newest)
    assert json.dumps(as_json(told)) and explanation(told)


@settings(max_examples=100, deadline=None)
@given(LATE, LATE, st.sampled_from(["", "a", "b"]))
def test_no_lateness_never_lowers_a_mark(late_a: timedelta, late_b: timedelta, item: str) -> None:
    late = {"a": work("a", 80, late_a), "b": work("b", 80, late_b, due=DUE + 7 * DAY)}
    usual, freed = stand(facts(**late)), stand(facts(**late, arrangements=(arrangement(What.NO_LATENESS, item),)))
    assert all((mark(freed, slug) or 0) >= (mark(usual, slug) or 0) for slug in "ab")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from(["alice", "bob"]), st.sampled_from([
    (What.EXCUSE, "hw1", "exam"), (What.EXCUSE, "hw2", "exam"), (What.POSTPONE, "project", ""), (What.NO_LATENESS, "", ""),
    (What.KIND, "", "graduate")])), max_size=5))
def test_arrangements_touch_nobody_else_and_ending_them_restores_the_grade_exactly(
        finished: Class, arranged: list[tuple[str, tuple[What, str, str]]]) -> None:
    names = ("alice", "bob", "carol", "dan")
    before = {name: finished.standing(name) for name in names}
    for student, (what, item, value) in arranged:
        finished.now += MINUTE
        finished.arrange(student, what, item, value)
    touched = {student for student, _ in arranged}
    assert {name: finished.standing(name) for name in names if name not in touched} == {
        name: before[name] for name in names if name not in touched}
    for student, (what, item, _) in arranged:
        finished.ledger.arrangements.end(finished.course.id, student, what, item, actor="prof")
    assert {name: finished.standing(name) for name in names} == before
    assert differs(finished.course, Facts("alice", {})).granted == ()


@pytest.fixture(scope="module")
def finished(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Class]:
    made = Class(tmp_path_factory.mktemp("class"))
    made.all_homework()
    made.import_demo_marks()
    assert made.standing("alice").grade.raw == Fraction(Decimal("82.4"))
    yield made
    made.ledger.close()
