"""hw09-optim-deterministic as written: it loads, its points are spread as promised, and every planned mistake is in its bank.

Whether the tests tell right from wrong is tried in the real engine by the qualification, not here.
"""
from __future__ import annotations

import math
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring import bank, load_assignment

FOLDER = Path(__file__).parents[2] / "assignments" / "hw09-optim-deterministic"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}
CODED = [f"p{n}" for n in range(1, 8)]

# The mistakes that the plan of the assignment lists: problem, case, the test that must notice it.
MISTAKES = [
    ("p1", "gd_same_array", "gd-recursion"),
    ("p1", "gd_uphill", "gd-recursion"),
    ("p1", "gd_no_start", "gd-recursion"),
    ("p1", "gd_one_step_less", "gd-recursion"),
    ("p1", "gd_normalised", "gd-recursion"),
    ("p1", "gd_line_search", "gd-recursion"),
    ("p1", "gd_made_up", "gd-recursion"),
    ("p1", "gd_differences", "gd-recursion"),
    ("p1", "gd_asks_twice", "gd-recursion"),
    ("p2", "optimal_lr_one_over_l", "optimal_lr-promise"),
    ("p2", "optimal_lr_root_kappa", "optimal_lr-values"),
    ("p2", "optimal_lr_unsorted", "optimal_lr-promise"),
    ("p2", "quad_rate_largest_only", "quad_rate-values"),
    ("p2", "quad_rate_singular_values", "quad_rate-not_positive"),
    ("p3", "nesterov_gradient_descent", "nesterov-convex"),
    ("p3", "nesterov_gradient_descent", "nesterov-spectrum"),
    ("p3", "nesterov_heavy_ball", "nesterov-looks_ahead"),
    ("p3", "nesterov_sign", "nesterov-looks_ahead"),
    ("p3", "nesterov_t_stays", "nesterov-convex"),
    ("p3", "nesterov_ignores_mu", "nesterov-strongly_convex"),
    ("p3", "nesterov_restarts_always", "nesterov-convex"),
    ("p3", "nesterov_made_up", "nesterov-looks_ahead"),
    ("p4", "hb_roots_real_root", "hb_roots-roots"),
    ("p4", "heavy_ball_sign", "heavy_ball-recursion"),
    ("p4", "heavy_ball_swapped", "heavy_ball-recursion"),
    ("p4", "heavy_ball_from_zero", "heavy_ball-recursion"),
    ("p5", "newton_pure", "newton-damped"),
    ("p5", "newton_uphill", "newton-order"),
    ("p5", "newton_bfgs", "newton-order"),
    ("p5", "newton_not_turned", "newton-not_convex"),
    ("p5", "newton_never_ends", "newton-order"),
    ("p5", "armijo_wrong_sign_of_c", "armijo-condition"),
    ("p5", "armijo_goes_uphill", "armijo-refuses"),
    ("p5", "armijo_gives_up", "armijo-tiny"),
    ("p6", "ista_threshold_lam", "ista-optimal"),
    ("p6", "ista_sign_of_entries", "ista-optimal"),
    ("p6", "ista_no_half", "ista-optimal"),
    ("p6", "fista_wrong_sequence", "fista-bound"),
    ("p6", "fista_is_ista", "fista-bound"),
    ("p6", "subgradient_last", "subgradient-best"),
    ("p7", "kkt_nu_sign", "kkt_qp-price"),
    ("p7", "kkt_inverse_of_q", "kkt_qp-singular"),
    ("p7", "kkt_plain_solve", "kkt_qp-dependent"),
    ("p7", "kkt_no_error", "kkt_qp-inconsistent"),
]


def problem(name):
    return next(p for p in ASSIGNMENT.problems if p.id == name)


def cases_of(name, kind):
    return [case for case in CASES.values()
            if case.name.startswith(kind) and case.replaces[0] in problem(name).solutions]


def test_the_points_are_those_of_the_plan():
    assert {p.id: p.points for p in ASSIGNMENT.problems} == {
        "p1": 10, "p2": 10, "p3": 16, "p4": 8, "p5": 12, "p6": 12, "p7": 8, "p8": 14,
        "p8-why_one_over_k": 8, "p8-three_methods": 2,
    }
    assert ASSIGNMENT.points == 100
    assert ASSIGNMENT.team.size == 2


@pytest.mark.parametrize(("number", "name", "test"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES])
def test_every_planned_mistake_is_in_the_bank_and_noticed_where_it_was_made(number, name, test):
    case = CASES[f"wrong/{name}"]
    assert case.replaces[0] in problem(number).solutions
    assert test in case.fails


@pytest.mark.parametrize("number", [*CODED, "p8"])
def test_right_and_wrong_solutions_are_tried(number):
    assert len(cases_of(number, "correct/")) >= 2
    assert len(cases_of(number, "wrong/")) >= 5


@pytest.mark.parametrize("number", CODED)
def test_a_borrowed_routine_fails_every_test_of_its_function(number):
    borrowed = [case for case in cases_of(number, "wrong/") if "_lib_" in case.name]
    assert borrowed
    for case in borrowed:
        own = {t.id for t in problem(number).tests if t.points and t.id.partition("-")[0] in case.replaces}
        assert own <= set(case.fails), case.name


@pytest.mark.parametrize("number", CODED)
def test_points_are_spread_over_visible_main_edge_and_habit_tests(number):
    tests = problem(number).tests
    total = sum(test.points for test in tests)
    assert 0.15 <= sum(test.points for test in tests if not test.hidden) / total <= 0.2
    assert 0.05 <= sum(test.points for test in tests if test.id.endswith("habits")) / total <= 0.15


@pytest.mark.parametrize("number", CODED)
def test_every_function_that_is_given_arrays_is_asked_for_its_habits(number):
    functions = set(problem(number).solutions) - {"hb_tune", "hb_roots"}        # these are given numbers
    assert {f"{name}-habits" for name in functions} <= {test.id for test in problem(number).tests}


def test_every_graded_cell_asks_first_who_computed_it():
    coded = {name for number in CODED for name in problem(number).solutions}
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        name = told.get("grade_id", "").partition("-")[0]
        if not told.get("grade") or told.get("solution") or not told["points"] or name not in coded:
            continue
        first = next(line for line in cell["source"].split("\n") if line and not line.startswith("#"))
        assert first == f"checks.forbid({name}, NOT_HERE)", told["grade_id"]


def test_the_answers_on_paper_follow_from_the_theorems():
    assert math.ceil(math.log(1e6) / math.log(101 / 99)) == 691
    assert math.ceil(math.log(1e-6) / math.log(1 - 1 / math.sqrt(100))) == 132
    x, H = np.array([9.0, 1.0]), np.diag([1.0, 9.0])
    g = H @ x
    assert g @ g / (g @ H @ g) == 0.2
    lowest = [min(u**2 + 2 * (s - u) ** 2 for u in np.linspace(0, 4, 40001)) for s in (3 - 1e-3, 3 + 1e-3)]
    assert abs((lowest[1] - lowest[0]) / 2e-3 - 4) < 1e-3
    v, lam, mu = 3.0, 1.0, 0.5
    near = np.linspace(0, 4, 400001)
    found = near[np.argmin((near - v) ** 2 / 2 + lam * near + mu * near**2 / 2)]
    assert abs(found - (v - lam) / (1 + mu)) < 1e-4
