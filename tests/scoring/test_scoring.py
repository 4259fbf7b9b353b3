"""From outcomes to points: lateness, tests to problems to assignments, and the rule of a binary assignment."""
from __future__ import annotations

from datetime import timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.model import (
    Assignment,
    AssignmentError,
    MachineryError,
    Problem,
    ProblemResult,
    Status,
    TestCase,
    TestResult,
)
from autograder.scoring import (
    LateRule,
    exact,
    free_days_used,
    graded_status,
    late_penalty,
    mark,
    passed,
    problem_result,
    total,
)

RULE = LateRule(per_day=Fraction(5), at_most=Fraction(20))
GRACE = LateRule(timedelta(minutes=30), Fraction(10), close_after=timedelta(days=3))
DAY, MINUTE, SECOND = timedelta(days=1), timedelta(minutes=1), timedelta(seconds=1)


# ── lateness ──────────────────────────────────────────────────────────────────────────────────────────────────────────
@pytest.mark.parametrize(("rule", "late_by", "percent"), [
    (RULE, -DAY, 0), (RULE, timedelta(), 0), (RULE, SECOND, 5), (RULE, DAY, 5), (RULE, DAY + SECOND, 10),
    (RULE, 4 * DAY, 20), (RULE, 5 * DAY, 20), (RULE, 400 * DAY, 20),
    (GRACE, 30 * MINUTE, 0), (GRACE, 30 * MINUTE + SECOND, 10), (GRACE, DAY + 30 * MINUTE, 10),
    (GRACE, DAY + 31 * MINUTE, 20), (GRACE, 3 * DAY, 30), (LateRule(), 400 * DAY, 0)])
def test_every_day_begun_after_the_grace_costs_the_same(rule: LateRule, late_by: timedelta, percent: int) -> None:
    assert late_penalty(Fraction(150), Fraction(200), late_by, rule) == Fraction(percent * 200, 100)


def test_a_penalty_is_never_more_than_was_earned() -> None:
    assert late_penalty(Fraction(3), Fraction(100), 2 * DAY, RULE) == 3


def test_work_after_closing_counts_nothing() -> None:
    assert late_penalty(Fraction(90), Fraction(100), 3 * DAY + SECOND, GRACE) == 90
    assert GRACE.closed(3 * DAY + SECOND) and not GRACE.closed(3 * DAY)


DELAYS = st.timedeltas(timedelta(), 10 * DAY)


@pytest.mark.parametrize(("late_by", "percent"), [
    (SECOND, 2), (timedelta(hours=1), 2), (timedelta(hours=1) + SECOND, 4), (DAY, 48), (2 * DAY, 60)])
def test_every_hour_begun_costs_the_same(late_by: timedelta, percent: int) -> None:
    rule = LateRule(per_hour=Fraction(2), at_most=Fraction(60))
    assert late_penalty(Fraction(150), Fraction(200), late_by, rule) == Fraction(percent * 200, 100)


@pytest.mark.parametrize(("late_by", "used"), [
    ((DAY, DAY, DAY, DAY), (1, 1, 1, 0)),
    ((2 * DAY, timedelta(), 2 * DAY), (2, 0, 1)),
    ((SECOND, 5 * DAY, SECOND), (1, 2, 0)),
    ((9 * DAY, DAY), (0, 1)),
], ids=["one each", "what is left", "a day begun", "closed"])
def test_free_days_are_taken_in_order_until_none_are_left(late_by: tuple[timedelta, ...], used: tuple[int, ...]) -> None:
    assert free_days_used(late_by, LateRule(per_day=Fraction(5), close_after=7 * DAY, free_days=3)) == used


@pytest.mark.parametrize(("late_by", "free", "percent"), [
    (DAY, 1, 0), (DAY + SECOND, 1, 5), (3 * DAY, 2, 5), (3 * DAY, 0, 15), (8 * DAY, 3, 100)])
def test_free_days_cost_nothing_and_open_nothing_that_is_closed(late_by: timedelta, free: int, percent: int) -> None:
    rule = LateRule(per_day=Fraction(5), close_after=7 * DAY, free_days=3)
    assert late_penalty(Fraction(100), Fraction(100), late_by, rule, free_days=free) == percent


@given(score=st.fractions(0, 100), late=DELAYS, later=DELAYS)
def test_later_never_costs_less(score: Fraction, late: timedelta, later: timedelta) -> None:
    first, second = (late_penalty(score, Fraction(100), by, GRACE) for by in (late, late + later))
    assert 0 <= first <= second <= score


@pytest.mark.parametrize(("score", "max_score", "penalty", "percent"), [
    (43, 50, 0, 86), (43, 50, 5, 76), (1, 3, 0, Fraction(100, 3)), (52, 50, 0, 100), (-1, 50, 0, 0)])
def test_a_mark_is_the_percentage_that_is_left(score: int, max_score: int, penalty: int, percent: Fraction) -> None:
    assert mark(Fraction(score), Fraction(max_score), Fraction(penalty)) == percent


def test_a_mark_out_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="points to be out of"):
        mark(Fraction(0), Fraction(0))


@pytest.mark.parametrize(("number", "fraction"), [
    (0.1, Fraction(1, 10)), (Decimal("54.40"), Fraction(272, 5)), ("1.5", Fraction(3, 2)), (7, Fraction(7)),
    (1e-7, Fraction(1, 10**7)), (Fraction(1, 3), Fraction(1, 3))])
def test_numbers_mean_their_digits(number: float, fraction: Fraction) -> None:
    assert exact(number) == fraction


@pytest.mark.parametrize("number", [float("nan"), float("inf"), Decimal("NaN"), "Infinity", "many"])
def test_what_is_no_finite_number_is_refused(number: float) -> None:
    with pytest.raises(ValueError, match="not a finite number"):
        exact(number)


# ── tests → problem → assignment ──────────────────────────────────────────────────────────────────────────────────────
SVD = Problem("svd", "SVD", 10, ("svd",), (TestCase("svd_shape", 2, False), TestCase("svd_factors", 8, True)))
PROOF = Problem("proof", "Proof", 5, ("proof",), (), by_hand=True)


def result(name: str, status: Status, message: str = "", score: float = 0.0) -> TestResult:
    return TestResult(name, score, 1.0, status, message)


def test_a_test_earns_all_its_points_or_none_whatever_score_came_with_it() -> None:
    results = [result("svd_factors", Status.WRONG, score=9), result("svd_shape", Status.OK, score=9)]
    graded = problem_result(SVD, results)
    assert (graded.score, graded.max_score) == (2, 10)
    assert [(test.id, test.score, test.max_score, test.hidden) for test in graded.tests] == [
        ("svd_shape", 2, 2, False), ("svd_factors", 0, 8, True)]


@pytest.mark.parametrize(("shape", "factors", "status"), [
    (Status.OK, Status.OK, Status.OK), (Status.OK, Status.TIMEOUT, Status.TIMEOUT),
    (Status.ERROR, Status.TIMEOUT, Status.ERROR), (Status.UNDECIDED, Status.WRONG, Status.UNDECIDED)])
def test_a_problem_has_the_status_of_its_first_test_that_is_not_ok(
        shape: Status, factors: Status, status: Status) -> None:
    assert problem_result(SVD, [result("svd_shape", shape), result("svd_factors", factors)]).status is status


def test_the_message_of_a_problem_is_its_first() -> None:
    results = [result("svd_factors", Status.WRONG, "second"), result("svd_shape", Status.WRONG, "first")]
    assert problem_result(SVD, results).message == "first"


def test_a_test_without_a_result_waits_for_a_person() -> None:
    graded = problem_result(SVD, [result("svd_shape", Status.OK)])
    assert (graded.score, graded.status, graded.tests[1].status) == (2, Status.UNDECIDED, Status.UNDECIDED)


@pytest.mark.parametrize("names", [["svd_shape", "lu_shape"], ["svd_shape", "svd_shape"]])
def test_results_that_fit_no_test_are_our_fault(names: list[str]) -> None:
    with pytest.raises(MachineryError, match="Problem svd got results"):
        problem_result(SVD, [result(name, Status.OK) for name in names])


def test_a_written_answer_waits_with_all_its_points() -> None:
    graded = problem_result(PROOF, [])
    assert (graded.score, graded.max_score, graded.status, graded.by_hand) == (0, 5, Status.UNDECIDED, True)
    assert [(test.id, test.max_score) for test in graded.tests] == [("proof", 5)]


def test_points_add_up_without_float_error() -> None:
    tenths = Problem("p", "P", 0.3, ("p",), tuple(TestCase(f"p_{n}", 0.1, True) for n in range(3)))
    graded = problem_result(tenths, [result(f"p_{n}", Status.OK) for n in range(3)])
    assert (graded.score, graded.max_score) == (0.3, 0.3)
    assert total([graded, graded, problem_result(PROOF, [])]) == (0.6, 5.6)
    assert total([]) == (0.0, 0.0)


def test_written_answers_do_not_hold_up_the_status_of_a_submission() -> None:
    right = problem_result(SVD, [result("svd_shape", Status.OK), result("svd_factors", Status.WRONG)])
    written = problem_result(PROOF, [])
    assert graded_status([right, written]) is Status.OK
    assert graded_status([right, written, problem_result(SVD, [])]) is Status.UNDECIDED


# ── binary assignments ────────────────────────────────────────────────────────────────────────────────────────────────
def binary(first: Status, second: Status, pass_score: float | None = 80.0) -> tuple[Assignment, list[ProblemResult]]:
    """Two problems of 80 and 20 points; both have to be tried."""
    problems = tuple(Problem(name, name, points, (name,), (TestCase(f"{name}_all", points, True),))
                     for name, points in (("p1", 80.0), ("p2", 20.0)))
    assignment = Assignment("hw00", "Zero", "homework", 100, problems, {}, pass_score=pass_score, pass_problems=("p1",))
    return assignment, [problem_result(problem, [result(f"{problem.id}_all", status)])
                        for problem, status in zip(problems, (first, second), strict=True)]


@pytest.mark.parametrize(("first", "second", "verdict"), [
    (Status.OK, Status.OK, True), (Status.OK, Status.WRONG, True), (Status.WRONG, Status.OK, False),
    (Status.UNDECIDED, Status.OK, None), (Status.OK, Status.UNDECIDED, True), (Status.UNDECIDED, Status.WRONG, None),
    (Status.WRONG, Status.UNDECIDED, False)])
def test_a_binary_assignment_waits_only_while_a_decision_matters(
        first: Status, second: Status, verdict: bool | None) -> None:
    assert passed(*binary(first, second)) is verdict


@pytest.mark.parametrize(("pass_score", "verdict"), [(80.0, True), (80.1, False)])
def test_the_percentage_to_pass_is_included(pass_score: float, verdict: bool) -> None:
    assert passed(*binary(Status.OK, Status.WRONG, pass_score)) is verdict


def test_a_listed_problem_needs_more_than_nothing() -> None:
    assert passed(*binary(Status.WRONG, Status.OK, 20.0)) is False


def test_nothing_handed_in_does_not_pass() -> None:
    assert passed(binary(Status.OK, Status.OK)[0], []) is False


def test_an_assignment_without_a_pass_rule_says_so() -> None:
    with pytest.raises(AssignmentError, match="pass_score = 80"):
        passed(*binary(Status.OK, Status.OK, None))
