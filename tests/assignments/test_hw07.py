"""hw07-autodiff as written: it loads, its points are spread as promised, and every planned mistake is in its bank.

Whether the tests tell right from wrong is tried in the real engine by the qualification, not here.
"""
from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring import bank, load_assignment

FOLDER = Path(__file__).parents[2] / "assignments" / "hw07-autodiff"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}
WET = [f"p{n}" for n in range(1, 8)]

# The mistakes that the plan of the assignment lists: problem, case, the test that must notice it.
MISTAKES = [
    ("p1", "dual_no_rsub", "Dual-constants"),
    ("p1", "dual_no_rtruediv", "Dual-constants"),
    ("p1", "dual_quotient_sign", "Dual-trees"),
    ("p1", "dual_exponent_constant", "Dual-trees"),
    ("p1", "dual_log_without_eps", "Dual-trees"),
    ("p1", "jvp_confuses", "jvp-confusion"),
    ("p1", "dual_mutates", "Dual-habits"),
    ("p1", "jvp_call_per_variable", "jvp-slope"),
    ("p2", "tensor_overwrites", "Tensor-diamond"),
    ("p2", "tensor_no_unbroadcast", "Tensor-broadcast"),
    ("p2", "tensor_preorder", "Tensor-diamond"),
    ("p2", "tensor_every_path", "Tensor-diamond"),
    ("p2", "tensor_recursion", "Tensor-long_chain"),
    ("p2", "tensor_relu_below", "Tensor-graphs"),
    ("p2", "tensor_matmul_not_transposed", "Tensor-graphs"),
    ("p2", "tensor_seed_of_ones", "Tensor-graphs"),
    ("p2", "tensor_assigns_grad", "Tensor-accumulates"),
    ("p2", "tensor_negative_axes", "Tensor-axes"),
    ("p2", "tensor_cycle", "Tensor-no_cycles"),
    ("p2", "tensor_constants_get_grad", "Tensor-constants"),
    ("p3", "softmax_zero", "vjp_softmax-adjoint"),
    ("p3", "solve_not_transposed", "vjp_solve-adjoint"),
    ("p3", "solve_sign", "vjp_solve-adjoint"),
    ("p3", "layer_norm_no_mean_of_g", "vjp_layer_norm-adjoint"),
    ("p3", "layer_norm_no_mean_of_product", "vjp_layer_norm-adjoint"),
    ("p3", "max_all_ties", "vjp_max-ties"),
    ("p4", "hvp_fixed_step", "hvp-scale"),
    ("p4", "hvp_differences", "hvp-exact"),
    ("p4", "hvp_exact_gauss_newton", "hvp_exact-residual"),
    ("p4", "hvp_diagonal", "hvp-product"),
    ("p4", "hvp_full_hessian", "hvp-calls"),
    ("p5", "ridge_sign", "ridge_hypergrad-value"),
    ("p5", "ridge_no_lambda", "ridge_hypergrad-value"),
    ("p5", "ridge_swapped", "ridge_hypergrad-value"),
    ("p5", "ridge_sets_exchanged", "ridge_hypergrad-value"),
    ("p5", "fixed_point_unrolled_ten", "fixed_point_grad-value"),
    ("p5", "fixed_point_jacobian_not_transposed", "fixed_point_grad-value"),
    ("p5", "fixed_point_no_steps_no_gradient", "fixed_point_grad-start"),
    ("p5", "fixed_point_forms_the_jacobian", "fixed_point_grad-calls"),
    ("p6", "subgrad_nan_at_zero", "subgrad-corners"),
    ("p6", "subgrad_all_maxima", "subgrad-corners"),
    ("p6", "subgrad_hinge_wrong_side", "subgrad-smooth"),
    ("p6", "subgrad_nuclear_long_rest", "subgrad-rank"),
    ("p6", "is_subgradient_always", "is_subgradient-corners"),
    ("p6", "is_subgradient_gradient_only", "is_subgradient-corners"),
    ("p7", "cost_counts_additions", "forward_reverse_cost-counts"),
    ("p7", "cost_forgets_biases", "forward_reverse_cost-counts"),
    ("p7", "cost_swapped", "forward_reverse_cost-counts"),
]
# Right answers of another kind, which the plan asks to accept.
ALTERNATIVES = ["tensor_kahn", "tensor_numbered", "tensor_nodes", "max_first", "max_last", "subgrad_other_corners", "hvp_two_calls",
                "fixed_point_krylov", "ridge_svd"]


def problem(name):
    return next(p for p in ASSIGNMENT.problems if p.id == name)


def cases_of(name, kind):
    return [case for case in CASES.values() if case.name.startswith(kind) and case.replaces[0] in problem(name).solutions]


def points_of(solution):
    """Test id -> points of the tests of one solution."""
    return {t.id: t.points for p in ASSIGNMENT.problems for t in p.tests if t.points and t.id.partition("-")[0] == solution}


def test_the_points_are_those_of_the_plan():
    assert {p.id: p.points for p in ASSIGNMENT.problems} == {
        "p1": 14, "p2": 24, "p3": 14, "p4": 10, "p5": 12, "p6": 10, "p7": 6, "p8": 2, "p8-lagrangian": 8,
    }
    assert ASSIGNMENT.points == 100
    assert ASSIGNMENT.team.size == 2


@pytest.mark.parametrize(("number", "name", "test"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES])
def test_every_planned_mistake_is_in_the_bank_and_noticed_where_it_was_made(number, name, test):
    case = CASES[f"wrong/{name}"]
    assert case.replaces[0] in problem(number).solutions
    assert test in case.fails


@pytest.mark.parametrize("name", ALTERNATIVES)
def test_other_right_ways_are_tried(name):
    assert CASES[f"correct/{name}"].fails == ()


@pytest.mark.parametrize("solution", ["Dual", "Tensor"])
@pytest.mark.parametrize("mistake", ["const", "hard", "swallow", "f32", "global", "peek"])
def test_the_standard_mistakes_are_written_by_hand_for_classes(solution, mistake):
    case = CASES[f"wrong/{solution.lower()}_{mistake}"]
    own = points_of(solution)
    assert set(case.fails) & set(own)
    if mistake in ("const", "hard", "peek"):
        assert sum(points for test, points in own.items() if test not in case.fails) <= 0.2 * sum(own.values())


@pytest.mark.parametrize("number", WET)
def test_five_wrong_solutions_are_tried_for_every_problem(number):
    assert len(cases_of(number, "wrong/")) >= 5 * len(problem(number).solutions)


@pytest.mark.parametrize("number", WET)
def test_a_borrowed_library_fails_every_test_of_its_function(number):
    borrowed = [case for case in cases_of(number, "wrong/") if "_lib_" in case.name]
    assert {case.replaces[0] for case in borrowed} == set(problem(number).solutions)
    for case in borrowed:
        assert set(points_of(case.replaces[0])) <= set(case.fails), case.name


@pytest.mark.parametrize("number", [f"p{n}" for n in range(1, 9)])
def test_two_other_correct_solutions_are_tried(number):
    assert len(cases_of(number, "correct/")) >= 2


@pytest.mark.parametrize("number", WET)
def test_points_are_spread_over_visible_main_edge_and_habit_tests(number):
    for solution in problem(number).solutions:
        own = {t for t in problem(number).tests if t.points and t.id.partition("-")[0] == solution}
        total = sum(t.points for t in own)
        assert 0.1 <= sum(t.points for t in own if not t.hidden) / total <= 0.2
        assert 0.04 <= sum(t.points for t in own if t.id.endswith("-habits")) / total <= 0.17


def test_differences_instead_of_an_exact_product_keep_about_half_of_the_points():
    own = points_of("hvp")
    kept = sum(points for test, points in own.items() if test not in CASES["wrong/hvp_differences"].fails)
    assert 0.4 <= kept / sum(own.values()) <= 0.6


def test_every_graded_cell_asks_first_who_computed_it():
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        if not told.get("grade") or told.get("solution") or not told["points"]:
            continue
        name = told["grade_id"].partition("-")[0]
        if name in problem("p8").solutions:
            continue
        first = next(line for line in cell["source"].split("\n") if line and not line.startswith("#"))
        assert first == f"checks.forbid({name}, OTHERS)", told["grade_id"]
