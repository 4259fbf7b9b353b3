"""hw06-single-neuron as written: it loads, its points are spread as promised, and every planned mistake is in its bank.

Whether the tests tell right from wrong is tried in the real engine by the qualification, not here.
"""
from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring import bank, load_assignment

FOLDER = Path(__file__).parents[2] / "assignments" / "hw06-single-neuron"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}
CODED = [f"p{n}" for n in range(1, 8)]

# The mistakes that the plan of the assignment lists: problem, case, the test that must notice it.
MISTAKES = [
    ("p1", "lse_no_shift", "logsumexp-large"),
    ("p1", "softmax_no_shift", "softmax-large"),
    ("p1", "lse_global_max", "logsumexp-large"),
    ("p1", "softmax_global_max", "softmax-large"),
    ("p1", "log_softmax_global_max", "log_softmax-large"),
    ("p1", "lse_axis_0", "logsumexp-values"),
    ("p1", "softmax_columns", "softmax-values"),
    ("p1", "log_softmax_of_softmax", "log_softmax-large"),
    ("p1", "softmax_nan_to_num", "softmax-large"),
    ("p1", "log_softmax_in_place", "log_softmax-habits"),
    ("p1", "lse_nan_for_nothing", "logsumexp-masked"),
    ("p1", "lse_two_axes", "logsumexp-values"),
    ("p2", "bce_sum", "bce_logits-loss"),
    ("p2", "bce_signs", "bce_logits-loss"),
    ("p2", "bce_naive", "bce_logits-large"),
    ("p2", "bce_unstable_slope", "bce_logits-large"),
    ("p2", "bce_no_weight_in_gradient", "bce_logits-weight"),
    ("p2", "bce_sign", "bce_logits-gradient"),
    ("p2", "bce_hard_labels", "bce_logits-loss"),
    ("p3", "reg_gradient_of_the_sum", "softmax_reg-gradient"),
    ("p3", "reg_sum", "softmax_reg-loss"),
    ("p3", "reg_penalises_b", "softmax_reg-gradient"),
    ("p3", "reg_without_half", "softmax_reg-loss"),
    ("p3", "reg_db_mean", "softmax_reg-gradient"),
    ("p3", "reg_db_axis", "softmax_reg-gradient"),
    ("p3", "reg_transposed", "softmax_reg-loss"),
    ("p3", "reg_labels_from_one", "softmax_reg-loss"),
    ("p3", "reg_without_labels", "softmax_reg-gradient"),
    ("p3", "reg_absent_classes", "softmax_reg-edges"),
    ("p3", "reg_no_shift", "softmax_reg-large"),
    ("p4", "perceptron_strict", "perceptron-replay"),
    ("p4", "perceptron_decays", "perceptron-replay"),
    ("p4", "perceptron_shuffles", "perceptron-replay"),
    ("p4", "perceptron_counts_epochs", "perceptron-replay"),
    ("p4", "perceptron_bias", "perceptron-bound"),
    ("p4", "perceptron_one_epoch", "perceptron-bound"),
    ("p4", "perceptron_never_gives_up", "perceptron-stops"),
    ("p5", "fit_thousand_steps", "fit_logistic-scaled"),
    ("p5", "fit_penalises_bias", "fit_logistic-one_class"),
    ("p5", "fit_fake_report", "fit_logistic-certificate"),
    ("p5", "fit_reports_w_alone", "fit_logistic-honest"),
    ("p5", "fit_weights_by_n", "fit_logistic-weights"),
    ("p5", "fit_ignores_lam", "fit_logistic-separable"),
    ("p5", "fit_lib_sklearn", "fit_logistic-certificate"),
    ("p6", "act_slope_of_the_value", "act-slopes"),
    ("p6", "act_gelu_tanh", "act-gelu"),
    ("p6", "act_softplus_overflows", "act-large"),
    ("p6", "act_tanh_overflows", "act-large"),
    ("p6", "act_relu_kink", "act-kinks"),
    ("p6", "loss_hinge_sign", "scalar_loss-values"),
    ("p6", "loss_huber_without_half", "scalar_loss-values"),
    ("p6", "loss_huber_jumps", "scalar_loss-values"),
    ("p6", "loss_absolute_nan", "scalar_loss-kinks"),
    ("p7", "auc_ties_lost", "roc_auc-ties"),
    ("p7", "auc_unsorted", "roc_auc-pairs"),
    ("p7", "auc_order_of_rows", "roc_auc-ties"),
    ("p7", "auc_one_class", "roc_auc-laws"),
    ("p7", "prf_swapped", "prf-values"),
    ("p7", "prf_nan", "prf-undefined"),
    ("p7", "confusion_transposed", "confusion-counts"),
    ("p8", "bernoulli_sign", "bernoulli_slope-formula"),
    ("p8", "likelihoods_exchanged", "likelihoods-matched"),
]


def problem(name):
    return next(p for p in ASSIGNMENT.problems if p.id == name)


def cases_of(name, kind):
    return [case for case in CASES.values()
            if case.name.startswith(kind) and case.replaces[0] in problem(name).solutions]


def test_the_points_are_those_of_the_plan():
    assert {p.id: p.points for p in ASSIGNMENT.problems} == {
        "p1": 14, "p2": 10, "p3": 16, "p4": 10, "p5": 16, "p6": 14, "p7": 8, "p8": 4, "p8-convexity": 8,
    }
    assert ASSIGNMENT.points == 100
    assert ASSIGNMENT.team.size == 2


@pytest.mark.parametrize(("number", "name", "test"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES])
def test_every_planned_mistake_is_in_the_bank_and_noticed_where_it_was_made(number, name, test):
    case = CASES[f"wrong/{name}"]
    assert case.replaces[0] in problem(number).solutions
    assert test in case.fails


@pytest.mark.parametrize("number", CODED)
def test_a_borrowed_routine_fails_every_test_of_its_function(number):
    borrowed = [case for case in cases_of(number, "wrong/") if "_lib_" in case.name]
    assert borrowed
    for case in borrowed:
        own = {t.id for t in problem(number).tests if t.points and t.id.partition("-")[0] in case.replaces}
        assert own == set(case.fails), case.name


@pytest.mark.parametrize("name", [name for p in ASSIGNMENT.problems if not p.by_hand for name in p.solutions])
def test_two_other_correct_solutions_and_mistakes_are_tried_for_every_function(name):
    right, wrong = ([case for case in CASES.values() if case.replaces == (name,) and case.name.startswith(kind)]
                    for kind in ("correct/", "wrong/"))
    assert len(right) >= 2
    assert len(wrong) >= (5 if name in [n for p in CODED for n in problem(p).solutions] else 3)


@pytest.mark.parametrize("number", CODED)
def test_points_are_spread_over_visible_main_edge_and_habit_tests(number):
    for name in problem(number).solutions:
        tests = [test for test in problem(number).tests if test.id.partition("-")[0] == name]
        total = sum(test.points for test in tests)
        assert 0 < sum(test.points for test in tests if not test.hidden) <= 0.2 * total
        assert 0 < sum(test.points for test in tests if test.id.endswith("-habits")) <= 0.2 * total
        assert sum(test.points >= 0.25 for test in tests) >= 3


def test_every_graded_cell_asks_first_who_computed_it():
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        if not told.get("grade") or told.get("solution") or not told["points"]:
            continue
        name = told["grade_id"].partition("-")[0]
        if name in problem("p8").solutions:
            continue
        first = next(line for line in cell["source"].split("\n") if line and not line.startswith("#"))
        assert first.startswith(f"checks.forbid({name}, NOT_"), told["grade_id"]
