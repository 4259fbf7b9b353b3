"""hw03-eigen-svd as written: it loads, its points are spread as promised, and every planned mistake is in its bank.

Whether the tests tell right from wrong is tried in the real engine by the qualification, not here.
"""
from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring import bank, load_assignment

FOLDER = Path(__file__).parents[2] / "assignments" / "hw03-eigen-svd"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}
SCRATCH = ("p1", "p2", "p3")            # no library at all

# The mistakes that the plan of the assignment lists: problem, case, the test that must notice it.
MISTAKES = [
    ("p1", "power_norm_as_value", "power_method-negative"),
    ("p1", "power_fixed_loops", "power_method-certificate"),
    ("p1", "power_absolute_tol", "power_method-scale"),
    ("p1", "power_watches_the_vector", "power_method-negative"),
    ("p1", "power_no_normalisation", "power_method-scale"),
    ("p1", "power_always_converged", "power_method-honest"),
    ("p1", "power_three_products", "power_method-certificate"),
    ("p2", "eigh_descending", "eigh_jacobi-factors"),
    ("p2", "eigh_rows", "eigh_jacobi-factors"),
    ("p2", "eigh_one_sweep", "eigh_jacobi-factors"),
    ("p2", "eigh_wrong_sign", "eigh_jacobi-factors"),
    ("p2", "eigh_symmetrises", "eigh_jacobi-symmetric_only"),
    ("p2", "eigh_sorts_values_only", "eigh_jacobi-factors"),
    ("p3", "svd_gram", "svd_thin-small_values"),
    ("p3", "svd_gram", "svd_thin-rank_deficient"),
    ("p3", "svd_v_for_vt", "svd_thin-factors"),
    ("p3", "svd_abs_eigenvalues", "svd_thin-signs"),
    ("p3", "svd_null_columns", "svd_thin-rank_deficient"),
    ("p3", "svd_unsorted", "svd_thin-factors"),
    ("p4", "pinv_no_cut", "pinv-rank"),
    ("p4", "pinv_absolute_cut", "pinv-scale"),
    ("p4", "pinv_transposed", "pinv-penrose"),
    ("p4", "pinv_full_rank_formula", "pinv-rank"),
    ("p4", "pinv_cut_by_smallest", "pinv-rank"),
    ("p5", "pca_not_centred", "pca-edges"),
    ("p5", "pca_divides_by_n", "pca-variances"),
    ("p5", "pca_columns", "pca-components"),
    ("p5", "pca_standardises", "pca-components"),
    ("p5", "pca_values_not_squared", "pca-variances"),
    ("p5", "pca_centres_rows", "pca-components"),
    ("p6", "procrustes_transposed", "procrustes-optimal"),
    ("p6", "procrustes_no_reflection", "procrustes-edges"),
    ("p6", "procrustes_not_orthogonal", "procrustes-optimal"),
    ("p6", "procrustes_wrong_product", "procrustes-optimal"),
    ("p6", "procrustes_keeps_stretch", "procrustes-optimal"),
    ("p7", "rate_sign", "sigma_rate-formula"),
    ("p7", "rate_factor", "sigma_rate-formula"),
]
# The mistakes that are tried against every function, by the ending of the case's name, and what notices them.
STANDARD = {"hard": "", "alias": "habits", "ravel": "habits", "f32": "", "int": "habits", "global": "habits",
            "swallow": "", "const": "", "peek": ""}
BORROWED = {"p1": 3, "p2": 3, "p3": 6, "p4": 4, "p5": 3, "p6": 3}


def problem(name):
    return next(p for p in ASSIGNMENT.problems if p.id == name)


def cases_of(name, kind):
    return [case for case in CASES.values()
            if case.name.startswith(kind) and case.replaces[0] in problem(name).solutions]


def test_the_points_are_those_of_the_plan():
    assert {p.id: p.points for p in ASSIGNMENT.problems} == {
        "p1": 14, "p2": 18, "p3": 22, "p4": 12, "p5": 12, "p6": 8, "p7": 4,
        "p7-eckart_young": 6, "p7-spectrum_plot": 2, "p7-spectrum_comment": 2,
    }
    assert ASSIGNMENT.points == 100
    assert ASSIGNMENT.team.size == 2


@pytest.mark.parametrize(("number", "name", "test"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES])
def test_every_planned_mistake_is_in_the_bank_and_noticed_where_it_was_made(number, name, test):
    case = CASES[f"wrong/{name}"]
    assert case.replaces[0] in problem(number).solutions
    assert test in case.fails


@pytest.mark.parametrize("number", sorted(BORROWED))
@pytest.mark.parametrize("habit", STANDARD)
def test_the_standard_mistakes_are_tried_against_every_function(number, habit):
    found = [case for case in cases_of(number, "wrong/") if case.name.endswith(f"_{habit}")]
    assert found, f"{number} has no case for {habit}"
    for case in found:
        assert any(test.endswith(STANDARD[habit]) for test in case.fails)
        if habit == "hard":             # what it knows by heart is worth little
            own = {t.id: t.points for t in problem(number).tests if t.id.partition("-")[0] == case.replaces[0]}
            assert sum(points for test, points in own.items() if test not in case.fails) <= 0.25 * sum(own.values())


@pytest.mark.parametrize("number", sorted(BORROWED))
def test_a_borrowed_routine_fails_every_test_of_its_function(number):
    borrowed = [case for case in cases_of(number, "wrong/") if "_lib_" in case.name]
    assert len(borrowed) >= BORROWED[number]
    for case in borrowed:
        own = {t.id for t in problem(number).tests if t.points and t.id.partition("-")[0] in case.replaces}
        assert own <= set(case.fails), case.name


@pytest.mark.parametrize("number", [f"p{n}" for n in range(1, 8)])
def test_two_other_correct_solutions_are_tried(number):
    assert len(cases_of(number, "correct/")) >= 2


@pytest.mark.parametrize("number", [f"p{n}" for n in range(1, 7)])
def test_points_are_spread_over_visible_main_edge_and_habit_tests(number):
    tests = problem(number).tests
    total = sum(test.points for test in tests)
    visible = sum(test.points for test in tests if not test.hidden)
    habits = sum(test.points for test in tests if test.id.endswith("habits"))
    assert 0.1 <= visible / total <= 0.2
    assert 0.05 <= habits / total <= 0.15
    assert any(test.id.endswith("habits") for test in tests)


def test_every_graded_cell_asks_first_who_computed_it():
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        if not told.get("grade") or told.get("solution") or not told["points"]:
            continue
        name = told["grade_id"].partition("-")[0]
        if name in problem("p7").solutions:
            continue
        first = next(line for line in cell["source"].split("\n") if line and not line.startswith("#"))
        assert first.startswith("checks.forbid("), told["grade_id"]
        if any(name in problem(p).solutions for p in SCRATCH):
            assert first == f"checks.forbid({name}, NOT_IN_1_TO_3, allow=())"
