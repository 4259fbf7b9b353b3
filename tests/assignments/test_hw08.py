"""The multilayer perceptron: its bank holds every mistake that was thought of, its limits lie far from the reference.

That the tests accept and refuse what the bank says is `autograder verify`, in the processes that grade.
"""
from __future__ import annotations

import ast
import tomllib
from pathlib import Path

import pytest

from autograder.authoring import bank, load_assignment, stub_cells
from autograder.authoring.assignment import SIGMAS, Threshold

HERE = Path(__file__).parents[2] / "assignments" / "hw08-mlp"

STANDARD = {"hard", "alias", "ravel", "f32", "int", "global", "lib", "swallow", "const", "peek"}
NOT_APPLICABLE = {
    "layers": set(),
    "mlp_loss": set(),
    "init_params": {"ravel"},                               # no array among the arguments
    "train_mlp": {"ravel", "f32", "int", "lib"},            # torch and float32 are allowed; chaos hides the layout
    "symmetry": {"lib"},                                    # torch is allowed
    "residual": set(),
    "paper": STANDARD - {"hard", "const"},                  # answers, no functions
}
SPECIFIC = {
    "layers": {"affine_dw_transposed", "affine_db_mean", "relu_mask_by_dout", "relu_global_cache", "relu_in_place"},
    "mlp_loss": {"mlp_no_mean", "mlp_db_mean", "mlp_no_first_bias", "mlp_tanh_slope", "mlp_act_on_last",
                 "mlp_penalised_biases", "mlp_reversed", "mlp_relu_mask"},
    "init_params": {"init_variance_as_sd", "init_fan_out", "init_same_matrix", "init_global", "init_uniform_bound",
                    "init_truncated", "init_uniform_for_normal"},
    "train_mlp": {"train_fake_history", "train_stored", "train_own_data", "train_zero_init",
                  "train_nearest_neighbour", "train_no_bias"},
    "symmetry": {"rescale_no_bias", "rescale_wrong_side", "rescale_any_sign", "balancedness_transposed",
                 "balancedness_sum", "drift_runge_kutta", "permute_columns_only"},
    "residual": {"resnet_no_skip_gradient", "resnet_relu_after_sum", "resnet_shared_block",
                 "variance_profile_shared_block", "variance_profile_scaled_skip"},
    "paper": {"saddle_positive", "symmetry_permutations", "symmetry_signs", "parameters_no_biases"},
}


@pytest.fixture(scope="module")
def assignment():
    return load_assignment(HERE)


@pytest.fixture(scope="module")
def cases(assignment):
    """problem -> its bank cases"""
    found = {problem.id: [] for problem in assignment.problems}
    for case in bank(HERE, assignment):
        owner = next(p.id for p in assignment.problems if case.replaces[0] in p.solutions)
        found[owner].append(case)
    return found


def test_the_points_are_those_of_the_statement(assignment):
    assert {p.id: p.points for p in assignment.problems} == {
        "layers": 12, "mlp_loss": 22, "init_params": 12, "train_mlp": 16, "symmetry": 14, "residual": 6,
        "paper": 8, "paper-conservation_law": 10}


@pytest.mark.parametrize("problem", SPECIFIC)
def test_every_mistake_of_the_problem_is_in_the_bank(cases, problem):
    names = {case.name for case in cases[problem]}
    assert {f"wrong/{name}" for name in SPECIFIC[problem]} <= names


@pytest.mark.parametrize("problem", SPECIFIC)
def test_every_standard_mutant_that_applies_is_in_the_bank(cases, problem):
    named = {kind for case in cases[problem] for kind in STANDARD
             if f"mutant {kind})" in case.title or f"standard mutant {kind})" in case.title}
    assert named >= STANDARD - NOT_APPLICABLE[problem]


@pytest.mark.parametrize("problem", SPECIFIC)
def test_two_other_solutions_are_accepted_beside_the_reference(cases, problem):
    assert sum(case.correct for case in cases[problem]) >= 2


def test_stored_answers_of_the_visible_tests_fail_a_hidden_one(assignment, cases):
    for problem in assignment.problems:
        hidden = {test.id for test in problem.tests if test.hidden and test.points}
        for case in cases[problem.id]:
            if "mutant hard" in case.title:
                assert hidden & set(case.fails), case.name


def test_each_test_is_failed_by_some_case(assignment, cases):
    for problem in assignment.problems:
        failed = {name for case in cases[problem.id] for name in case.fails}
        assert {t.id for t in problem.tests if t.points} == failed


def test_visible_tests_are_worth_about_a_fifth(assignment):
    tested = [t for p in assignment.problems for t in p.tests]
    visible = sum(t.points for t in tested if not t.hidden)
    assert 0.15 <= visible / sum(t.points for t in tested) <= 0.25


def test_measured_limits_lie_six_standard_deviations_from_the_reference():
    table = tomllib.loads((HERE / "assignment.toml").read_text(encoding="utf-8"))
    assert len(table["threshold"]) >= 10
    for one in table["threshold"]:
        threshold = Threshold(one["test"], one["argument"], one["value"], one.get("runs_averaged", 1), one["mean"],
                              one["sd"], one.get("others", {}))
        assert threshold.sigmas >= SIGMAS
        for mean, sd in threshold.others.values():          # and others at least three on their own side
            assert abs(mean - threshold.value) >= 3 * sd


def test_each_test_uses_random_numbers_under_its_own_name(assignment):
    for cell in assignment.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        if told.get("grade") and cell["cell_type"] == "code":
            for node in ast.walk(ast.parse(cell["source"])):
                if isinstance(node, ast.Call) and getattr(node.func, "attr", "") == "fresh_rng":
                    assert ast.literal_eval(node.args[0]) == told["grade_id"]


def test_the_stubs_give_two_lines_of_hint(assignment):
    for name, text in stub_cells(assignment.notebook).items():
        if "def " in text:
            hints = [line for line in text.split("\n") if line.startswith("    # ") and "YOUR CODE" not in line]
            assert len(hints) == 2, name
