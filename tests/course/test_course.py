"""Reading course.toml: what it may say, and what an error tells whoever wrote it."""
from __future__ import annotations

from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from autograder.course import days_later, load_course, local_instant, parse_course
from autograder.model import CourseError, Disclosure, Level, TeamRule
from autograder.policy import Item, Kind

ROOT = Path(__file__).parents[2]
PRESETS = sorted((ROOT / "courses").glob("*.toml"))

COURSE = """\
id = "course"
title = "A course"
timezone = "Asia/Jerusalem"

[[assignment]]
slug = "hw1"
opens = 2027-01-10T10:30:00
due = 2027-01-24T23:59:00

[[external]]
id = "exam"

[policy]
pass_mark = 55

[[component]]
id = "homework"
weight = 40
items = ["hw1"]

[[component]]
id = "exam"
kind = "exam"
weight = 60
items = ["exam"]
"""
LATE = "[late]\nper_day = 5\n"


def edited(old: str, new: str) -> str:
    assert COURSE.count(old) == 1
    return COURSE.replace(old, new)


# ── the presets ───────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize("path", [*PRESETS, ROOT / "course.toml"], ids=lambda path: path.stem)
def test_a_preset_is_a_course(path: Path) -> None:
    course = load_course(path)
    assert sum(component.weight for component in course.components) == 100
    assert {item.slug for component in course.components for item in component.items} <= {
        *(schedule.slug for schedule in course.schedules), *(external.id for external in course.externals),
        *(project.id for project in course.projects)}


def test_there_is_a_preset_for_every_course() -> None:
    assert [path.stem for path in PRESETS] == ["bgu", "deeplearnmath", "demo", "oulu", "technion"]


def test_the_first_homework_is_done_alone_and_the_others_in_pairs() -> None:
    course = load_course(ROOT / "courses" / "demo.toml")
    assert course.schedule("hw00-preflight").team == TeamRule(1, "yes", "no")
    assert course.schedule("hw08-mlp").team == TeamRule(2, "by permit", "by permit")


@pytest.mark.parametrize(("usual", "own", "told"), [
    ("", "", Disclosure()),
    ("", "disclosure = {}", Disclosure()),
    ("", 'disclosure = { level = "outcomes" }', Disclosure(Level.OUTCOMES)),
    ("", "disclosure = { from = 2027-02-01T12:00:00 }", Disclosure(Level.MESSAGES, datetime(2027, 2, 1, 10, tzinfo=UTC))),
    ('[disclosure]\nlevel = "points"\n', "", Disclosure(Level.POINTS)),
    ('[disclosure]\nlevel = "points"\n', 'disclosure = { level = "messages" }', Disclosure()),
])
def test_an_assignment_says_itself_or_as_the_course_does_what_is_told_about_hidden_tests(usual: str, own: str, told: Disclosure) -> None:
    course = parse_course(edited("[[external]]", f"{own}\n{usual}[[external]]"), file="course.toml")
    assert course.schedule("hw1").disclosure == told


# ── times ─────────────────────────────────────────────────────────────────────────────────────────────────────────────
def test_times_are_local_in_the_file_and_utc_inside() -> None:
    schedule = parse_course(COURSE, file="course.toml").schedule("hw1")
    assert schedule.opens == datetime(2027, 1, 10, 8, 30, tzinfo=UTC)
    assert schedule.due == datetime(2027, 1, 24, 21, 59, tzinfo=UTC)
    assert schedule.due.tzinfo is UTC


def test_a_time_with_an_offset_is_meant_so() -> None:
    course = parse_course(edited("2027-01-24T23:59:00", "2027-01-24T23:59:00-03:00"), file="course.toml")
    assert course.schedule("hw1").due == datetime(2027, 1, 25, 2, 59, tzinfo=UTC)


def test_pairs_are_locked_a_day_before_it_is_due_unless_written() -> None:
    schedule = parse_course(COURSE, file="course.toml").schedule("hw1")
    assert schedule.due is not None and schedule.pairs_lock == schedule.due - timedelta(days=1)
    written = parse_course(edited("due =", "pairs_lock = 2027-01-12T12:00:00Z\ndue ="), file="course.toml")
    assert written.schedule("hw1").pairs_lock == datetime(2027, 1, 12, 12, tzinfo=UTC)


def test_an_assignment_without_dates_has_none() -> None:
    bare = parse_course(edited("opens = 2027-01-10T10:30:00\ndue = 2027-01-24T23:59:00\n", ""), file="course.toml")
    assert (bare.schedule("hw1").due, bare.schedule("hw1").pairs_lock) == (None, None)


def test_an_assignment_closes_as_the_late_rule_says() -> None:
    closing = parse_course(edited("[policy]", LATE + "close_after_days = 7\n[policy]"), file="course.toml")
    assert closing.schedule("hw1").closes == datetime(2027, 1, 31, 21, 59, tzinfo=UTC)
    assert parse_course(COURSE, file="course.toml").schedule("hw1").closes is None


def test_students_can_ask_for_some_days_or_without_end() -> None:
    assert parse_course(edited("[policy]", "[requests]\ndays = 1.5\n[policy]"), file="c").request_window == timedelta(hours=36)
    assert parse_course(COURSE, file="c").request_window is None


# ── what is said and what is meant ────────────────────────────────────────────────────────────────────────────────────
def test_decimals_are_exact() -> None:
    course = parse_course(edited("weight = 40", "weight = 39.9").replace("weight = 60", "weight = 60.1"), file="c")
    assert course.components[0].weight == Fraction(399, 10)


def test_thirds_can_be_written() -> None:
    assert load_course(ROOT / "courses" / "deeplearnmath.toml").components[0].weight == Fraction(100, 3)


def test_exams_and_projects_are_rounded_when_recorded_unless_written() -> None:
    assert [c.rounded for c in parse_course(COURSE, file="c").components] == [False, True]
    assert not parse_course(edited('kind = "exam"', 'kind = "exam"\nrounded = false'), file="c").components[1].rounded


def test_some_problems_of_an_assignment_can_be_an_item() -> None:
    course = parse_course(edited('items = ["hw1"]', 'items = [{ slug = "hw1", problems = ["p1", "p2"] }]'), file="c")
    assert course.components[0].items == (Item("hw1", ("p1", "p2")),)
    assert course.components[0].items[0].key == "hw1[p1,p2]"


def test_what_differs_for_a_student_has_no_place_here() -> None:
    with pytest.raises(CourseError) as refused:
        parse_course(COURSE + '[[student]]\nusername = "dana"\nexcused = ["hw1"]\n', file="course.toml")
    assert refused.value.key == "student" and "autograder arrange USERNAME" in str(refused.value)


@pytest.mark.parametrize(("said", "instant"), [
    ("2027-01-24T23:59", "2027-01-24T21:59:00+00:00"), ("2027-01-24 23:59:30", "2027-01-24T21:59:30+00:00"),
    ("2027-07-24T23:59", "2027-07-24T20:59:00+00:00"), ("2027-01-24T23:59Z", "2027-01-24T23:59:00+00:00"),
    ("2027-10-31T01:30+02:00", "2027-10-30T23:30:00+00:00")])
def test_a_time_is_read_as_it_is_in_the_course(said: str, instant: str) -> None:
    assert local_instant(said, ZoneInfo("Asia/Jerusalem")).isoformat() == instant


@pytest.mark.parametrize(("said", "why"), [
    ("2027-01-24", "no date with a time"), ("tomorrow", "no date with a time"), ("", "no date with a time"),
    ("2027-02-30T12:00", "no date with a time"), ("9999-12-31T23:59", "no date with a time"),
    ("0001-01-01T00:00Z", "no date with a time"), ("2027-03-26T02:30", "does not exist"), ("2027-10-31T01:30", "happens twice")])
def test_a_time_that_is_none_is_refused(said: str, why: str) -> None:
    with pytest.raises(ValueError, match=why):
        local_instant(said, ZoneInfo("Asia/Jerusalem"))


@pytest.mark.parametrize(("start", "days", "end"), [
    ("2027-01-24T23:59", 3, "2027-01-27T23:59"), ("2027-03-25T23:59", 1, "2027-03-26T23:59"),       # 23 hours
    ("2027-10-30T23:59", 1, "2027-10-31T23:59"), ("2027-10-30T01:30", 1, "2027-10-31T01:30+03:00")])    # 25 hours
def test_days_are_those_of_the_calendar_whatever_the_clocks_do(start: str, days: int, end: str) -> None:
    zone = ZoneInfo("Asia/Jerusalem")
    assert days_later(local_instant(start, zone), days, zone) == local_instant(end, zone)


@pytest.mark.parametrize(("change", "message"), [
    ({"component.exam.weight": 50}, "must sum to 100"), ({"component.exma.weight": 60}, "there is no 'exma' to change"),
    ({"policy.pass_mrak": 1}, "did you mean 'pass_mark'?"), ({"title.short": "A"}, "there is no 'title' to change")])
def test_a_change_is_checked_like_the_file(change: dict[str, object], message: str) -> None:
    with pytest.raises(CourseError) as refused:
        parse_course(COURSE, file="course.toml", changes=change)
    assert message in str(refused.value)


# ── errors ────────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("old", "new", "key", "reason"), [
    ("opens =", 'disclosure = { level = "pionts" }\nopens =', "assignment[0].disclosure.level", "did you mean 'points'?"),
    ("opens =", 'disclosure = { form = 1 }\nopens =', "assignment[0].disclosure.form", "did you mean 'from'?"),
    ("opens =", 'disclosure = "points"\nopens =', "assignment[0].disclosure", "must be a table"),
    ("opens =", 'disclosure = { level = "points", from = 2027-02-01T12:00:00 }\nopens =', "assignment[0].disclosure.from",
     "points are told before that time as well"),
    ("weight = 60", "weigth = 60", "component[1].weigth", "unknown key; did you mean 'weight'?"),
    ("pass_mark", "passmark", "policy.passmark", "did you mean 'pass_mark'?"),
    ('title = "A course"', 'titel = "A course"', "titel", "did you mean 'title'?"),
    ('id = "course"\n', "", "id", "this is missing"),
    ('title = "A course"', "title = 5", "title", "must be a text, not 5"),
    ('id = "course"', 'id = "my course"', "id", "a name is made of letters"),
    ("Asia/Jerusalem", "Asia/Jerusalm", "timezone", '"Asia/Jerusalm" is no time zone'),
    ("Asia/Jerusalem", "../etc/passwd", "timezone", "is no time zone"),
    ("2027-01-24T23:59:00", "2027-01-24", "assignment[0].due", "such as 2027-01-24T23:59:00"),
    ("2027-01-24T23:59:00", '"24 January"', "assignment[0].due", "a date with a time, without quotes"),
    ("2027-01-24T23:59:00", "2027-01-04T23:59:00", "assignment[0].due", "due at 2027-01-04 23:59, before it opens"),
    ("2027-01-24T23:59:00", "2027-03-26T02:30:00", "assignment[0].due", "does not exist in Asia/Jerusalem"),
    ("2027-01-24T23:59:00", "2027-10-31T01:30:00", "assignment[0].due", "happens twice in Asia/Jerusalem"),
    ("due =", "pairs_lock = 2027-01-25T12:00:00\ndue =", "assignment[0].pairs_lock", "only after the work is due"),
    ("due =", "team = { size = 4 }\ndue =", "assignment[0].team.size", "1, 2 or 3 hand in together, not 4"),
    ("due =", 'team = { size = 1, alone = "no" }\ndue =', "assignment[0].team.alone", "would let nobody hand in"),
    ("due =", 'team = { alone = "by permitt" }\ndue =', "assignment[0].team.alone", "did you mean 'by permit'?"),
    ("due =", "team = 2\ndue =", "assignment[0].team", "must be a table, not 2"),
    ("[[external]]", '[[assignment]]\nslug = "hw1"\n[[external]]', "assignment[1].slug", "hw1 is here twice"),
    ('[[external]]\nid = "exam"', '[[external]]\nid = "exam"\n[[external]]\nid = "exam"', "external[1].id",
     "here twice"),
    ('[[external]]\nid = "exam"', '[[external]]\nid = "exam"\n[[external]]\nid = "hw1"', "external[1].id",
     "an assignment already"),
    ('[[external]]\nid = "exam"', '[[external]]\nid = "exam"\n[[external]]\nid = "lab"', "external[1]",
     "lab never counts"),
    ('[[external]]\nid = "exam"', '[[external]]\nid = "exam"\nout_of = 0', "external[0].out_of", "more than 0, not 0"),
    ("[[external]]", "[external]", "external", "[[external]] tables"),
    ("weight = 60", 'weight = "sixty"', "component[1].weight", 'must be a number, not "sixty"'),
    ("weight = 60", "weight = true", "component[1].weight", "must be a number, not true"),
    ("weight = 60", "weight = 50", "component", "the weights must sum to 100, and homework 40 + exam 50 is 90"),
    ("weight = 60", "weight = 60\nrounded = 1", "component[1].rounded", "true or false, not 1"),
    ("weight = 60", "weight = 60\ndrop_lowest = -1", "component[1].drop_lowest", "a whole number from 0, not -1"),
    ('kind = "exam"', 'kind = "exams"', "component[1].kind", "did you mean 'exam'?"),
    ('items = ["exam"]', 'items = "exam"', "component[1].items", 'must be a list, in brackets, not "exam"'),
    ('items = ["exam"]', "items = [3]", "component[1].items[0]", "must be a text, not 3"),
    ('items = ["exam"]', 'items = ["exma"]', "component[1].items[0]", "did you mean 'exam'?"),
    ('items = ["exam"]', 'items = [{ slug = "exam", problems = ["p1"] }]', "component[1].items[0]", "has no problems"),
    ('items = ["exam"]', 'items = [{ slug = "exam", problem = ["p1"] }]', "component[1].items[0].problem",
     "did you mean 'problems'?"),
    ('kind = "exam"\nweight = 60', 'kind = "gate"', "component[1].items[0]", "no pass rule of its own"),
    ("pass_mark = 55", "pass_mark = 0", "policy.pass_mark", "more than 0"),
    ("pass_mark = 55", "cuts = [50, 40]", "policy.cuts", "must rise"),
    ("pass_mark = 55", "pass_mark = 55\npass_marks = 65", "policy.pass_marks", "a table of numbers"),
    ("[policy]", '[[gate]]\nid = "g"\ncomponents = ["exam"]\notherwise = "lower"\n[policy]', "gate[0].otherwise",
     "did you mean 'lowest'?"),
    ("[policy]", '[[option]]\nid = "o"\nnot_submitted = "homework"\nweights = { homework = 0 }\n[policy]', "option o",
     "must sum to 100"),
    ("[policy]", "[late]\n[policy]", "late.per_day", "leave [late] out"),
    ("[policy]", "[requests]\n[policy]", "requests.days", "this is missing"),
    ("[policy]", "[requests]\ndays = 0\n[policy]", "requests.days", "more than 0"),
    ("[policy]", "[late]\nper_day = 101\n[policy]", "late.per_day", "0 to 100, not 101"),
    ("[policy]", LATE + "at_most = 0\n[policy]", "late.at_most", "more than 0"),
    ("[policy]", LATE + "close_after_days = 2\nat_most = 20\n[policy]", "late.at_most", "never reached: 2 days at 5"),
    ("[policy]", LATE + "close_after_days = 1\ngrace = 1440\n[policy]", "late.grace", "before the grace is over"),
    ("[policy]", "[late]\ngrace = 60\nclose_after_days = 2\n[policy]", "late.per_day", "never apply"),
    ("[policy]", LATE + "per_hour = 1\n[policy]", "late.per_hour", "by the day or by the hour"),
    ("[policy]", "[late]\nper_hour = 101\n[policy]", "late.per_hour", "percent per hour are 0 to 100, not 101"),
    ("[policy]", "[late]\nper_hour = 1\nclose_after_days = 1\nat_most = 50\n[policy]", "late.at_most",
     "never reached: 24 hours at 1 until it closes are less than 50"),
    ("[policy]", "[late]\nfree_days = 2\nclose_after_days = 2\n[policy]", "late.per_day", "free_days and at_most never apply"),
    ("[policy]", LATE + "grcae = 5\n[policy]", "late.grcae", "did you mean 'grace'?"),
])
def test_an_error_names_the_file_the_key_and_the_reason(old: str, new: str, key: str, reason: str) -> None:
    with pytest.raises(CourseError) as refused:
        parse_course(edited(old, new), file="course.toml")
    assert (refused.value.file, refused.value.key) == ("course.toml", key)
    assert str(refused.value).startswith(f"course.toml: {key}: ")
    assert reason in str(refused.value)


def test_a_course_needs_components() -> None:
    with pytest.raises(CourseError, match="what is the grade made of"):
        parse_course(COURSE.split("[[component]]")[0], file="course.toml")


def test_what_is_not_toml_is_told_with_its_line() -> None:
    with pytest.raises(CourseError, match=r"course.toml: this is not TOML: .*line 1"):
        parse_course("id = course", file="course.toml")


def test_a_missing_file_says_where_to_begin(tmp_path: Path) -> None:
    with pytest.raises(CourseError, match="preset of courses/"):
        load_course(tmp_path / "course.toml")


def test_a_file_in_another_encoding_is_told(tmp_path: Path) -> None:
    (tmp_path / "course.toml").write_bytes("title = 'é'".encode("latin-1"))
    with pytest.raises(CourseError, match="not UTF-8"):
        load_course(tmp_path / "course.toml")


def test_asking_for_an_unknown_assignment_names_the_near_one() -> None:
    with pytest.raises(CourseError, match=r"'hw11' is no assignment of A course; did you mean 'hw1'\?"):
        parse_course(COURSE, file="c").schedule("hw11")


# ── the documentation ─────────────────────────────────────────────────────────────────────────────────────────────────
def test_the_example_of_the_grading_page_is_a_course() -> None:
    page = (ROOT / "docs" / "grading-policy.md").read_text(encoding="utf-8")
    course = parse_course(page.split("```toml\n")[1].split("```")[0], file="grading-policy.md")
    assert {c.kind for c in course.components} == set(Kind)
    assert course.policy.gates and course.policy.options and course.late.per_day == 5
