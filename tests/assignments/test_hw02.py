"""hw02-numerical-linalg as written: it loads, its points are spread as promised, every planned mistake is in its bank, and
the answers on paper are what counting, numpy and the bound say.

Whether the tests tell right from wrong is tried in the real engine by the qualification, not here.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.authoring import bank, load_assignment
from autograder.checks.convergence import conjugate_gradient_bound

FOLDER = Path(__file__).parents[2] / "assignments" / "hw02-numerical-linalg"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}
CODED = [f"p{n}" for n in range(1, 7)]
FROM_SCRATCH = ("lu", "qr", "cholesky")             # not even a norm

# The mistakes that the plan of the assignment lists: problem, case, the test that must notice it.
MISTAKES = [
    ("p1", "lu_no_pivoting", "lu-tiny_pivot"),
    ("p1", "lu_signed_max", "lu-factors"),
    ("p1", "lu_forgets_multipliers", "lu-factors"),
    ("p1", "lu_inverse_permutation", "lu-factors"),
    ("p1", "lu_exchange_alias", "lu-factors"),
    ("p1", "lu_permutation_matrix", "lu-factors"),
    ("p1", "lu_zero_pivot", "lu-singular"),
    ("p1", "lu_whole_rows", "lu-operations"),
    ("p1", "lu_real_pivots", "lu-complex"),
    ("p2", "qr_classical", "qr-stable"),
    ("p2", "qr_modified", "qr-stable"),
    ("p2", "qr_cancelling_sign", "qr-stable"),
    ("p2", "qr_by_cholesky", "qr-stable"),
    ("p2", "qr_sign_of_zero", "qr-edges"),
    ("p2", "qr_transposed", "qr-factors"),
    ("p2", "qr_wrong_order", "qr-factors"),
    ("p2", "qr_plain_transpose", "qr-complex"),
    ("p3", "cholesky_lower_half", "cholesky-symmetric_only"),
    ("p3", "cholesky_nan", "cholesky-indefinite"),
    ("p3", "cholesky_upper", "cholesky-factors"),
    ("p3", "cholesky_absolute", "cholesky-indefinite"),
    ("p3", "cholesky_jitter", "cholesky-factors"),
    ("p3", "cholesky_absolute_limit", "cholesky-graded"),
    ("p3", "cholesky_plain_transpose", "cholesky-complex"),
    ("p4", "lstsq_normal_equations", "lstsq-accurate"),
    ("p4", "lstsq_first_column", "lstsq-columns"),
    ("p4", "lstsq_off_by_one", "lstsq-optimal"),
    ("p4", "lstsq_ridge", "lstsq-optimal"),
    ("p4", "lstsq_square_part", "lstsq-optimal"),
    ("p4", "lstsq_no_refusal", "lstsq-refuses"),
    ("p5", "cond_squared", "cond_report-kappa"),
    ("p5", "cond_frobenius", "cond_report-kappa"),
    ("p5", "cond_determinant", "cond_report-scale"),
    ("p5", "cond_without_b", "cond_report-backward"),
    ("p5", "cond_singular_nan", "cond_report-singular"),
    ("p5", "cond_bound_once", "cond_report-bound"),
    ("p5", "cond_gram", "cond_report-kappa"),
    ("p6", "cg_steepest_descent", "cg-few_eigenvalues"),
    ("p6", "cg_steepest_descent", "cg-rate"),
    ("p6", "cg_beta_inverted", "cg-few_eigenvalues"),
    ("p6", "cg_two_products", "cg-products"),
    ("p6", "cg_thousand", "cg-stops"),
    ("p6", "cg_thousand", "cg-products"),
    ("p6", "cg_made_up", "cg-honest"),
    ("p6", "cg_zero_over_zero", "cg-zero"),
    ("p6", "cg_reads_the_matrix", "cg-honest"),
    ("p7", "lu_count_both", "lu_count-formula"),
    ("p7", "qr_count_square", "qr_count-formula"),
    ("p7", "spacing_eps", "spacing-number"),
    ("p7", "digits_lost_left", "digits_lost-number"),
    ("p7", "cg_steps_no_two", "cg_steps-number"),
]


def problem(name):
    return next(p for p in ASSIGNMENT.problems if p.id == name)


def cases_of(name, kind):
    return [case for case in CASES.values()
            if case.name.startswith(kind) and case.replaces[0] in problem(name).solutions]


def test_the_points_are_those_of_the_plan():
    assert {p.id: p.points for p in ASSIGNMENT.problems} == {
        "p1": 18, "p2": 18, "p3": 12, "p4": 14, "p5": 12, "p6": 16, "p7": 5, "p7-normal_equations": 5,
    }
    assert ASSIGNMENT.points == 100
    assert ASSIGNMENT.team.size == 2


@pytest.mark.parametrize(("number", "name", "test"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES])
def test_every_planned_mistake_is_in_the_bank_and_noticed_where_it_was_made(number, name, test):
    case = CASES[f"wrong/{name}"]
    assert case.replaces[0] in problem(number).solutions
    assert test in case.fails


@pytest.mark.parametrize("number", CODED)
def test_a_borrowed_routine_fails_every_test_of_its_problem(number):
    borrowed = [case for case in cases_of(number, "wrong/") if "_lib_" in case.name]
    assert len(borrowed) >= 3
    for case in borrowed:
        assert set(case.fails) == {t.id for t in problem(number).tests if t.points}, case.name


@pytest.mark.parametrize("number", CODED)
def test_other_right_solutions_and_enough_wrong_ones_are_tried(number):
    assert len(cases_of(number, "correct/")) >= 3
    assert len([case for case in cases_of(number, "wrong/") if "_lib_" not in case.name]) >= 9


@pytest.mark.parametrize("name", problem("p7").solutions)
def test_every_answer_is_tried_in_other_forms_and_with_five_mistakes(name):
    if not any(test.id.startswith(f"{name}-") for test in problem("p7").tests):
        return                                      # marked by hand
    kinds = [case.correct for case in CASES.values() if case.replaces == (name,)]
    assert kinds.count(True) >= 2
    assert kinds.count(False) >= 5


@pytest.mark.parametrize("number", CODED)
def test_points_are_spread_over_visible_main_edge_and_habit_tests(number):
    tests = problem(number).tests
    total = sum(test.points for test in tests)
    visible = sum(test.points for test in tests if not test.hidden)
    habits = sum(test.points for test in tests if test.id.endswith("habits"))
    assert 0.15 <= visible / total <= 0.20
    assert 0.05 <= habits / total <= 0.15


def test_every_graded_cell_asks_first_who_computed_it():
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        if not told.get("grade") or told.get("solution") or not told["points"]:
            continue
        name = told["grade_id"].partition("-")[0]
        if name in problem("p7").solutions:
            continue
        first = next(line for line in cell["source"].split("\n") if line and not line.startswith("#"))
        allowed = "()" if name in FROM_SCRATCH else {"lstsq": "IN_4", "cond_report": "IN_5", "cg": "IN_6"}[name]
        assert first == f"checks.forbid({name}, NOT_ALLOWED, allow={allowed})", told["grade_id"]


# ---------------------------------------------------------------- the answers on paper

@pytest.mark.parametrize("n", [40, 80])
def test_elimination_makes_a_third_of_n_cubed_products(n):
    products = sum((n - k) + (n - k) ** 2 for k in range(1, n))
    assert products == pytest.approx(n**3 / 3, rel=2 / n)


@pytest.mark.parametrize(("m", "n"), [(400, 200), (300, 300)])
def test_reflections_make_as_many_operations_as_the_formula_says(m, n):
    operations = sum(4 * (m - k) * (n - k) for k in range(n))
    assert operations == pytest.approx(2 * m * n**2 - 2 * n**3 / 3, rel=5 / n)


def test_the_numbers_of_the_short_answers():
    assert np.nextafter(1000.0, 2000.0) - 1000.0 == 2.0**-43
    assert np.log10(4e5) == pytest.approx(5.6, abs=0.05)
    promised = conjugate_gradient_bound(np.arange(100), kappa=100.0, start=1.0) <= 1e-6
    assert int(np.argmax(promised)) == 73


def test_the_example_of_the_model_answer_loses_everything_when_it_is_squared():
    A = np.array([[1.0, 1.0], [1e-9, 0.0], [0.0, 1e-9]])
    assert np.array_equal(A.T @ A, np.ones((2, 2)))
    assert np.linalg.matrix_rank(A, tol=1e-12) == 2
