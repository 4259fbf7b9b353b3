"""hw01-linalg-calculus as written: it loads, its points are spread as promised, and every planned mistake is in its bank.

Whether the tests tell right from wrong is tried in the real engine by the qualification, not here.
"""
from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring import bank, load_assignment

FOLDER = Path(__file__).parents[2] / "assignments" / "hw01-linalg-calculus"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}
CODED = [f"p{n}" for n in range(1, 6)]
FORMULAS = ("grad_saddle", "chain_rule", "grad_least_squares", "softmax_jacobian", "det_rate", "slope")
GUARDS = {"p1": "NOT_IN_1_AND_3, allow=()", "p2": "NOT_IN_2", "p3": "NOT_IN_1_AND_3, allow=()", "p4": "NOT_IN_4", "p5": "NOT_IN_5"}

# The mistakes that the plan of the assignment lists: problem, case, the test that must notice it.
MISTAKES = [
    ("p1", "norms_no_scaling", "norms-huge"),
    ("p1", "norms_no_scaling", "norms-tiny"),
    ("p1", "norms_complex_square", "norms-complex"),
    ("p1", "norms_linf_signed", "norms-values"),
    ("p1", "norms_no_zero", "norms-zero"),
    ("p1", "angle_arccos", "angle-small"),
    ("p1", "angle_no_clip", "angle-parallel"),
    ("p1", "angle_degrees", "angle-values"),
    ("p2", "contract_b_first", "contract-values"),
    ("p2", "contract_last_with_first", "contract-equal_sizes"),
    ("p2", "contract_first_pair_only", "contract-values"),
    ("p2", "contract_scalar_in_list", "contract-ends"),
    ("p2", "contract_no_transpose", "contract-values"),
    ("p2", "contract_no_negative", "contract-negative"),
    ("p2", "contract_no_check", "contract-mismatch"),
    ("p3", "slogdet_no_exchange", "slogdet-zero_pivot"),
    ("p3", "slogdet_sign_kept", "slogdet-permutation"),
    ("p3", "slogdet_product", "slogdet-scale"),
    ("p3", "slogdet_log_of_negative", "slogdet-values"),
    ("p3", "slogdet_exchanges_columns", "slogdet-values"),
    ("p3", "slogdet_exchanges_views", "slogdet-values"),
    ("p4", "diff_step_1e_10", "num_diff-central"),
    ("p4", "diff_step_1e_3", "num_diff-forward"),
    ("p4", "diff_h_for_2h", "num_diff-central"),
    ("p4", "diff_not_scaled", "num_diff-scale"),
    ("p4", "diff_relative_only", "num_diff-zero"),
    ("p4", "diff_forward_for_all", "num_diff-central"),
    ("p4", "diff_real_part", "num_diff-complex"),
    ("p4", "diff_planned_step", "num_diff-step"),
    ("p4", "diff_many_calls", "num_diff-calls"),
    ("p4", "diff_double_only", "num_diff-single"),
    ("p5", "chain_reversed", "apply_chain-values"),
    ("p5", "chain_product_first", "apply_chain-work"),
    ("p5", "chain_same_object", "apply_chain-habits"),
    ("p5", "chain_entrywise", "apply_chain-values"),
    ("p5", "commutes_absolute", "commutes-scale"),
    ("p6", "jacobian_transposed", "softmax_jacobian-formula"),
    ("p6", "saddle_sign", "grad_saddle-formula"),
    ("p6", "least_squares_factor", "grad_least_squares-formula"),
    ("p6", "chain_rule_inner", "chain_rule-formula"),
    ("p6", "chain_rule_unevaluated", "chain_rule-formula"),
    ("p6", "det_rate_number", "det_rate-formula"),
]
BORROWED = {"norms": 4, "angle": 2, "contract": 4, "tensor_product": 3, "slogdet": 4, "num_diff": 4, "apply_chain": 4, "commutes": 1}


def problem(name):
    return next(p for p in ASSIGNMENT.problems if p.id == name)


def graded(solution):
    return [test for p in ASSIGNMENT.problems for test in p.tests if test.id.partition("-")[0] == solution and test.points]


def cases_of(solutions, kind):
    return [case for case in CASES.values() if case.name.startswith(kind) and case.replaces[0] in solutions]


def test_the_points_are_those_of_the_plan():
    assert {p.id: p.points for p in ASSIGNMENT.problems} == {
        "p1": 15, "p2": 15, "p3": 15, "p4": 20, "p5": 15, "p6": 15, "p6-steepest_ascent": 5}
    assert ASSIGNMENT.points == 100
    assert ASSIGNMENT.team.size == 2


@pytest.mark.parametrize(("number", "name", "test"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES])
def test_every_planned_mistake_is_in_the_bank_and_noticed_where_it_was_made(number, name, test):
    case = CASES[f"wrong/{name}"]
    assert case.replaces[0] in problem(number).solutions
    assert test in case.fails


@pytest.mark.parametrize("solution", sorted(BORROWED))
def test_a_borrowed_routine_fails_every_test_of_its_function(solution):
    borrowed = [case for case in cases_of([solution], "wrong/") if "_lib_" in case.name]
    assert len(borrowed) >= BORROWED[solution]
    for case in borrowed:
        assert {test.id for test in graded(solution)} == set(case.fails), case.name


@pytest.mark.parametrize("number", [*CODED, "p6"])
def test_other_correct_solutions_and_five_wrong_ones_are_tried(number):
    assert len(cases_of(problem(number).solutions, "correct/")) >= 2
    for solution in problem(number).solutions:
        assert len(cases_of([solution], "wrong/")) >= (3 if number == "p6" else 5), solution


@pytest.mark.parametrize("solution", sorted(BORROWED))
def test_the_visible_tests_are_worth_a_fifth_at_most_and_habits_a_little(solution):
    tests = graded(solution)
    total = sum(test.points for test in tests)
    assert 0.1 <= sum(test.points for test in tests if not test.hidden) / total <= 0.2
    assert 0.05 <= sum(test.points for test in tests if test.id.endswith("-habits")) / total <= 0.15


def test_what_is_counted_beside_the_student_is_worth_little():
    work = next(test for test in graded("apply_chain") if test.id == "apply_chain-work")
    assert work.points <= 0.2 * problem("p5").points


def test_formulas_are_asked_one_by_one():
    for solution in FORMULAS:
        (test,) = graded(solution)
        assert test.points == 2.5 and test.hidden


def test_every_graded_cell_asks_first_who_computed_it():
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        if not told.get("grade") or told.get("solution") or not told["points"]:
            continue
        name = told["grade_id"].partition("-")[0]
        if name in FORMULAS:
            continue
        number = next(p.id for p in ASSIGNMENT.problems if name in p.solutions)
        first = next(line for line in cell["source"].split("\n") if line and not line.startswith("#"))
        assert first == f"checks.forbid({name}, {GUARDS[number]})", told["grade_id"]
