"""hw10-optim-stochastic as written: it loads, its points are spread as promised, and every planned mistake is in its bank.

Whether the tests tell right from wrong is tried in the real engine by the qualification, not here.
"""
from __future__ import annotations

import itertools
from pathlib import Path

import numpy as np
import pytest

from autograder.authoring import bank, load_assignment

FOLDER = Path(__file__).parents[2] / "assignments" / "hw10-optim-stochastic"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}
CODED = [f"p{n}" for n in range(1, 8)]

# The mistakes that the plan of the assignment lists: problem, case, the test that must notice it.
MISTAKES = [
    ("p1", "batches_with_replacement", "minibatches-permutation"),
    ("p1", "batches_same_order", "minibatches-uniform"),
    ("p1", "batches_lose_the_rest", "minibatches-sizes"),
    ("p1", "batches_keep_the_rest", "minibatches-edges"),
    ("p1", "batches_rolled", "minibatches-uniform"),
    ("p1", "batches_of_neighbours", "minibatches-uniform"),
    ("p1", "batches_from_one", "minibatches-permutation"),
    ("p1", "batches_global", "minibatches-habits"),
    ("p1", "batches_keep_the_state", "minibatches-uniform"),
    ("p2", "sgd_same_sample", "sgd-uniform"),
    ("p2", "sgd_full_gradient", "sgd-recursion"),
    ("p2", "sgd_cycle", "sgd-uniform"),
    ("p2", "sgd_reshuffles", "sgd-uniform"),
    ("p2", "sgd_reshuffles", "sgd-noise"),
    ("p2", "moment_no_variance", "second_moment-paths"),
    ("p2", "moment_lr_once", "second_moment-paths"),
    ("p2", "moment_first", "second_moment-paths"),
    ("p2", "moment_n_minus_one", "second_moment-limits"),
    ("p3", "adam_no_correction", "adam_step-by_hand"),
    ("p3", "adam_no_correction", "adam_step-steps"),
    ("p3", "adam_eps_inside", "adam_step-tiny"),
    ("p3", "adagrad_eps_inside", "adagrad_step-steps"),
    ("p3", "rmsprop_eps_inside", "rmsprop_step-steps"),
    ("p3", "momentum_shared_state", "momentum_step-interleaved"),
    ("p3", "adam_counts_elsewhere", "momentum_step-interleaved"),
    ("p3", "adam_from_zero", "adam_step-steps"),
    ("p3", "adamw_penalty", "adamw_step-steps"),
    ("p3", "adam_gradient_not_squared", "adam_step-steps"),
    ("p3", "adam_in_place", "adam_step-habits"),
    ("p3", "sgd_step_in_place", "sgd_step-habits"),
    ("p3", "momentum_is_the_gradient", "momentum_step-habits"),
    ("p3", "adagrad_no_eps", "adagrad_step-steps"),
    ("p4", "schedule_degrees", "lr_at-boundaries"),
    ("p4", "schedule_off_by_one", "lr_at-boundaries"),
    ("p4", "schedule_warm_up_late", "lr_at-boundaries"),
    ("p4", "schedule_restarts", "lr_at-boundaries"),
    ("p4", "schedule_no_floor", "lr_at-boundaries"),
    ("p4", "schedule_integer_division", "lr_at-arrays"),
    ("p4", "schedule_divides_by_zero", "lr_at-edges"),
    ("p5", "svrg_snapshot_alias", "svrg-recursion"),
    ("p5", "svrg_stale_mean", "svrg-recursion"),
    ("p5", "svrg_wrong_sign", "svrg-recursion"),
    ("p5", "svrg_is_sgd", "svrg-linear"),
    ("p5", "svrg_full_every_step", "svrg-work"),
    ("p5", "svrg_cycle", "svrg-uniform"),
    ("p6", "interval_95", "estimate_rate-coverage"),
    ("p6", "interval_n", "estimate_rate-interval"),
    ("p6", "interval_sd", "estimate_rate-interval"),
    ("p6", "polyak_everything", "polyak-mean"),
    ("p6", "polyak_everything", "polyak-variance"),
    ("p6", "polyak_recent", "polyak-mean"),
    ("p7", "loop_accumulates", "train_loop-fresh_gradients"),
    ("p7", "loop_clips_after", "train_loop-clip"),
    ("p7", "loop_clips_each", "train_loop-clip"),
    ("p7", "loop_logs_previous", "train_loop-log"),
    ("p7", "loop_stays_in_training", "train_loop-mode"),
    ("p7", "state_without_rng", "checkpoint-resume"),
    ("p7", "state_without_optimiser", "checkpoint-resume"),
    ("p7", "restore_lends_the_state", "checkpoint-snapshot"),
    ("p8", "floor_without_correction", "noise_floor-formula"),
    ("p8", "batch_with_replacement", "batch_variance-formula"),
    ("p8", "memory_mixed_units", "adam_memory-value"),
]


def problem(name):
    return next(p for p in ASSIGNMENT.problems if p.id == name)


def cases_of(name, kind):
    return [case for case in CASES.values() if case.name.startswith(kind) and case.replaces[0] in problem(name).solutions]


def test_the_points_are_those_of_the_plan():
    assert {p.id: p.points for p in ASSIGNMENT.problems} == {
        "p1": 8, "p2": 16, "p3": 20, "p4": 6, "p5": 12, "p6": 8, "p7": 10, "p8": 12, "p8-falling_step": 8}
    assert ASSIGNMENT.points == 100


@pytest.mark.parametrize(("number", "name", "test"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES])
def test_every_planned_mistake_is_in_the_bank_and_noticed_where_it_was_made(number, name, test):
    case = CASES[f"wrong/{name}"]
    assert case.replaces[0] in problem(number).solutions
    assert test in case.fails


@pytest.mark.parametrize("number", [*CODED, "p8"])
def test_two_other_correct_solutions_and_five_wrong_ones_are_tried(number):
    assert len(cases_of(number, "correct/")) >= 2
    assert len(cases_of(number, "wrong/")) >= 5


@pytest.mark.parametrize("number", CODED)
def test_a_borrowed_routine_fails_every_test_of_its_function(number):
    borrowed = [case for case in cases_of(number, "wrong/") if "_lib_" in case.name]
    assert len(borrowed) >= 3
    for case in borrowed:
        own = {t.id for t in problem(number).tests if t.points and t.id.partition("-")[0] in case.replaces}
        assert own <= set(case.fails), case.name


@pytest.mark.parametrize("number", CODED)
def test_points_are_spread_over_visible_main_edge_and_habit_tests(number):
    tests = problem(number).tests
    total = sum(test.points for test in tests)
    assert 0.1 <= sum(test.points for test in tests if not test.hidden) / total <= 0.2
    assert 0.04 <= sum(test.points for test in tests if test.id.endswith("habits")) / total <= 0.15
    for solution in problem(number).solutions:
        assert f"{solution}-habits" in {test.id for test in tests}


def test_every_graded_cell_asks_who_computed_it():
    answers = problem("p8").solutions
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        if told.get("grade") and not told.get("solution") and told["points"] and told["grade_id"].partition("-")[0] not in answers:
            assert "checks.forbid(" in cell["source"], told["grade_id"]


def test_what_the_paper_problems_claim():
    h, lr = np.array([0.5, 1.0, 2.5]), 0.3
    paths = [np.prod([1 - lr * h[i] for i in path]) ** 2 for path in itertools.product(range(3), repeat=4)]
    assert np.mean(paths) == pytest.approx(((1 - lr * h.mean()) ** 2 + lr**2 * h.var()) ** 4, rel=1e-13)
    limit = 2 * h.mean() / (h.mean() ** 2 + h.var())
    assert (1 - limit * h.mean()) ** 2 + limit**2 * h.var() == pytest.approx(1.0)
    values, b = np.array([1.0, 4.0, -2.0, 0.5, 7.0]), 2
    means = [np.mean(pair) for pair in itertools.combinations(values, b)]
    assert np.var(means) == pytest.approx(values.var() / b * (5 - b) / 4)
    assert 1 - 0.999**693 > 0.5 > 1 - 0.999**692
