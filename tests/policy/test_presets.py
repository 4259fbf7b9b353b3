"""The courses that are shipped are the courses that they say they are."""
from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from pathlib import Path

import pytest

from autograder.course import Course, load_course, parse_course
from autograder.ledger import Credit
from autograder.ledger.rows import GradeRow, SubmissionRow
from autograder.model import CourseError, ProblemResult, Status, TestResult
from autograder.policy import Combine, Kind, Scale, To
from autograder.standing import Facts, Work, standing_of

COURSES = Path(__file__).parents[2] / "courses"
PRESETS = sorted(path.stem for path in COURSES.glob("*.toml"))
SLUGS = {  # the assignments of the curriculum
    "hw00-preflight", "hw01-linalg-calculus", "hw02-numerical-linalg", "hw03-eigen-svd", "hw04-lowrank-randomized",
    "hw05-special-matrices", "hw06-single-neuron", "hw07-autodiff", "hw08-mlp", "hw09-optim-deterministic",
    "hw10-optim-stochastic", "hw11-convnets", "hw12-sequences", "hw13-training-methods", "hw14-approximation",
    "hw15-ntk-generalisation", "hw16-probability-variational", "hw17-efficiency-pretraining", "quiz01-refresher", "quiz02-losses",
    "quiz03-derivatives", "quiz04-networks", "quiz05-descent", "quiz06-stochastic", "quiz07-convolution", "quiz08-sequences",
    "quiz09-training", "quiz10-generalisation", "quiz11-compression", "quiz12-pretraining"}


def course(name: str) -> Course:
    return load_course(COURSES / f"{name}.toml")


def shares(name: str, component: str) -> dict[str, Fraction]:
    """What each notebook is of its component, by its number."""
    items = course(name).policy.component(component).items
    total = sum(item.share for item in items)
    return {item.slug.partition("-")[0]: item.share / total for item in items}


@pytest.mark.parametrize("name", PRESETS)
def test_a_preset_names_assignments_of_the_curriculum(name: str) -> None:
    assert {schedule.slug for schedule in course(name).schedules} <= SLUGS


@pytest.mark.parametrize("name", PRESETS)
def test_what_is_scheduled_counts(name: str) -> None:
    counted = {item.slug for component in course(name).components for item in component.items}
    assert {schedule.slug for schedule in course(name).schedules} <= counted


def test_bgu_is_nine_assignments_of_equal_weight_and_an_exam() -> None:
    policy = course("bgu").policy
    assert {c.id: c.weight for c in policy.components} == {"assignments": 20, "exam": 80}
    ninth = Fraction(1, 9)
    assert shares("bgu", "assignments") == {f"hw{n:02}": ninth / 2 if n in (6, 7) else ninth for n in range(1, 11)}
    assert (policy.pass_mark, policy.component("exam").combine, policy.gates) == (56, Combine.LAST, ())


def test_technion_has_three_homeworks_a_project_an_exam_and_a_bonus() -> None:
    policy = course("technion").policy
    assert {c.id: c.weight for c in policy.components if c.weight} == {"hw1": 10, "hw2": 10, "hw3": 10, "project": 30, "exam": 40}
    thirds = [set(shares("technion", name)) for name in ("hw1", "hw2", "hw3")]
    assert thirds == [{"hw06", "hw07", "hw09"}, {"hw08", "hw10", "hw11"}, {"hw12", "hw13", "hw17"}]
    assert policy.component("hw3").items[2].problems == ("p1", "p2", "p3", "p4")      # compression is off the syllabus
    assert (policy.component("hw0").kind, policy.component("bonus").points) == (Kind.GATE, 2)
    assert shares("technion", "bonus") == {f"quiz{week:02}": Fraction(1, 12) for week in range(1, 13)}
    assert policy.options[0].weights == {"hw3": 0, "exam": 50} and policy.pass_marks == {"graduate": 65}
    assert next(s.team for s in course("technion").schedules if s.slug == "hw06-single-neuron").size == 2


def test_oulu_is_graded_0_to_5_with_five_exercises_in_which_proofs_weigh_double() -> None:
    policy = course("oulu").policy
    fifth = Fraction(1, 5)
    assert shares("oulu", "assignments") == {"hw09": fifth / 2, "hw10": fifth / 2, "hw07": fifth, "hw08": fifth, "hw14": fifth,
                                             "hw15": fifth}
    assert (policy.scale, policy.cuts) == (Scale.POINTS, (50, 60, 70, 80, 90))
    assert {item.by_hand for item in policy.component("assignments").items} == {2}


def test_deeplearnmath_is_three_laboratory_works_whose_rest_takes_what_is_excused() -> None:
    policy = course("deeplearnmath").policy
    assert {c.id: c.weight for c in policy.components} == dict.fromkeys(("lab1", "lab2", "lab3"), Fraction(100, 3))
    assert [sorted(shares("deeplearnmath", lab)) for lab in ("lab1", "lab2", "lab3")] == [
        ["hw01", "hw03"], ["hw06", "hw07", "hw08", "hw09", "hw10"], ["hw11", "hw13", "hw16"]]
    policy.check_excuses({"lab1": To.REST})
    with pytest.raises(CourseError, match="excused_to"):
        policy.check_excuses({"lab1": To.EXAM})


def test_the_checkout_runs_the_technion_preset() -> None:
    assert (COURSES.parent / "course.toml").read_text() == (COURSES / "technion.toml").read_text()


# ── points that a person gives ────────────────────────────────────────────────────────────────────────────────────────
TEXT = """
id = "c"
title = "C"
timezone = "UTC"
[[assignment]]
slug = "one"
[policy]
pass_mark = 50
[[component]]
id = "hw"
weight = 100
by_hand = {times}
items = [{item}]
"""


def problem(name: str, score: float, possible: float, *, by_hand: bool = False) -> ProblemResult:
    status = Status.OK if score == possible else Status.WRONG
    return ProblemResult(name, name, score, possible, status, (TestResult(f"{name}_all", score, possible, status),), by_hand)


def credit(problems: tuple[ProblemResult, ...]) -> Credit:
    at, score = datetime(2027, 1, 1, tzinfo=UTC), sum(one.score for one in problems)
    row = SubmissionRow(1, "c", "one", "team-00001", 1, "ann", ("ann",), "0" * 64, 10, at)
    grade = GradeRow("c", "one", "team-00001", "0" * 64, 1, ("ann",), score, 100.0, Status.OK, problems, "1", "test", "test", at)
    return Credit("c", "one", "ann", row, None, timedelta(), grade, problems, {}, ())


@pytest.mark.parametrize(("times", "mark", "told"), [
    ("1", Fraction(70), "70 of 100 points = 70 "),
    ("2", Fraction(80 * 100, 120), "80 of 120 points, where what a person gave counts 2 times = ≈66.67 "),
    ("0.5", Fraction(65 * 100, 90), "65 of 90 points, where what a person gave counts 0.5 times = ≈72.22 ")])
def test_what_a_person_marks_can_weigh_more(times: str, mark: Fraction, told: str) -> None:
    problems = (problem("p1", 60, 80), problem("p2", 10, 20, by_hand=True))
    now = datetime(2027, 1, 1, tzinfo=UTC)
    work = Work("One", 100, None, credit(problems), (), True)
    one = standing_of(parse_course(TEXT.format(times=times, item='"one"'), file="c"), Facts("ann", {"one": work}),
                      assignments={}, now=now)
    assert one.marks[0].mark == mark and str(one.marks[0].text).startswith(told)


@pytest.mark.parametrize(("times", "item", "reason"), [
    ("0", '"one"', "more than 0"), ("-1", '"one"', "more than 0"), ("2", '"paper"', "never applies")])
def test_a_weight_of_marks_that_never_applies_is_refused(times: str, item: str, reason: str) -> None:
    text = TEXT.format(times=times, item=item).replace("[policy]", '[[external]]\nid = "paper"\n[policy]')
    with pytest.raises(CourseError, match=re.escape("component[0].by_hand") + ".*" + reason):
        parse_course(text, file="c")
