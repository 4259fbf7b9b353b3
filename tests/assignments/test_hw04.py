"""hw04-lowrank-randomized as written: it loads, its points are spread as promised, and every planned mistake is in its bank.

Whether the tests tell right from wrong is tried in the real engine by the qualification, not here.
"""
from __future__ import annotations

from pathlib import Path

import pytest

from autograder.authoring import bank, load_assignment

FOLDER = Path(__file__).parents[2] / "assignments" / "hw04-lowrank-randomized"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}
CODED = [f"p{number}" for number in range(1, 7)]

# The mistakes that the plan of the assignment lists: problem, case, the test that must notice it.
MISTAKES = [
    ("p1", "low_rank_smallest", "best_rank_k-optimal"),
    ("p1", "low_rank_one_more", "best_rank_k-optimal"),
    ("p1", "low_rank_squares", "best_rank_k-optimal"),
    ("p1", "low_rank_twice", "best_rank_k-optimal"),
    ("p1", "low_rank_dense", "best_rank_k-optimal"),
    ("p1", "low_rank_swapped", "best_rank_k-optimal"),
    ("p1", "low_rank_columns_of_vt", "best_rank_k-optimal"),
    ("p1", "low_rank_from_the_end", "best_rank_k-edges"),
    ("p1", "low_rank_ties", "best_rank_k-ties"),
    ("p1", "low_rank_not_conjugated", "best_rank_k-complex"),
    ("p1", "errors_cancel", "errors-values"),
    ("p1", "errors_index", "errors-edges"),
    ("p2", "rsvd_no_powers", "rsvd-powers"),
    ("p2", "rsvd_one_power_less", "rsvd-powers"),
    ("p2", "rsvd_plain_powers", "rsvd-stable"),
    ("p2", "rsvd_u_is_q", "rsvd-accuracy"),
    ("p2", "rsvd_as_an_array", "rsvd-accuracy"),
    ("p2", "rsvd_identity", "rsvd-products"),
    ("p2", "rsvd_in_pieces", "rsvd-products"),
    ("p2", "rsvd_no_oversampling", "rsvd-accuracy"),
    ("p2", "rsvd_own_seed", "rsvd-generator"),
    ("p2", "rsvd_global", "rsvd-habits"),
    ("p2", "rsvd_not_centred", "rsvd-mean_zero"),
    ("p2", "rsvd_columns", "rsvd-accuracy"),
    ("p2", "rsvd_keeps_p", "rsvd-edges"),
    ("p2", "rsvd_extra_products", "rsvd-products"),
    ("p3", "sampled_no_s", "sampled_matmul-unbiased"),
    ("p3", "sampled_no_p", "sampled_matmul-unbiased"),
    ("p3", "sampled_no_weights", "sampled_matmul-unbiased"),
    ("p3", "sampled_one_root", "sampled_matmul-unbiased"),
    ("p3", "sampled_without_replacement", "sampled_matmul-variance"),
    ("p3", "sampled_without_replacement_ever", "sampled_matmul-edges"),
    ("p3", "sampled_evenly", "sampled_matmul-variance"),
    ("p3", "sampled_uniform", "sampled_matmul-given_law"),
    ("p3", "probs_squared", "optimal_probs-law"),
    ("p3", "probs_squares_of_a", "optimal_probs-law"),
    ("p3", "probs_nan", "optimal_probs-zeros"),
    ("p3", "sampled_nan", "sampled_matmul-edges"),
    ("p4", "sketch_two", "sketch_lstsq-solution"),
    ("p4", "sketch_full", "sketch_lstsq-generator"),
    ("p4", "sketch_first_rows", "sketch_lstsq-heavy_row"),
    ("p4", "sketch_picks_rows", "sketch_lstsq-heavy_row"),
    ("p4", "sketch_b_only", "sketch_lstsq-residual"),
    ("p4", "sketch_accepts_few", "sketch_lstsq-refuses"),
    ("p5", "svt_hard", "svt-minimiser"),
    ("p5", "svt_entries", "svt-minimiser"),
    ("p5", "svt_not_clipped", "svt-edges"),
    ("p5", "impute_mask_inverted", "soft_impute-minimiser"),
    ("p5", "impute_keeps_nan", "soft_impute-objective"),
    ("p5", "impute_no_half", "soft_impute-objective"),
    ("p5", "impute_puts_back", "soft_impute-minimiser"),
    ("p5", "impute_never_stops", "soft_impute-stops"),
    ("p5", "impute_stops_early", "soft_impute-minimiser"),
    ("p5", "impute_writes", "soft_impute-habits"),
    ("p6", "woodbury_plus", "woodbury_solve-solves"),
    ("p6", "woodbury_transposed", "woodbury_solve-solves"),
    ("p6", "woodbury_only_u", "woodbury_solve-solves"),
    ("p6", "woodbury_no_inverse", "woodbury_solve-solves"),
    ("p6", "woodbury_dense", "woodbury_solve-large"),
    ("p6", "woodbury_one_side", "woodbury_solve-several"),
    ("p6", "woodbury_needs_columns", "woodbury_solve-edges"),
    ("p6", "woodbury_divides", "woodbury_solve-singular"),
    ("p7", "jl_one_pair", "jl_rows-number"),
    ("p7", "jl_half_of_the_bound", "jl_rows-number"),
    ("p7", "sign_variance_through_the_points", "sign_variance-formula"),
    ("p7", "sketch_ratio_through_the_point", "sketch_ratio-formula"),
    ("p7", "samples_ratio_first_terms", "samples_ratio-number"),
    ("p7", "randomised_wins_accuracy", "randomised_wins-choice"),
]


def problem(name):
    return next(p for p in ASSIGNMENT.problems if p.id == name)


def cases_of(name, kind):
    return [case for case in CASES.values()
            if case.name.startswith(kind) and case.replaces[0] in problem(name).solutions]


def test_the_points_are_those_of_the_plan():
    assert {p.id: p.points for p in ASSIGNMENT.problems} == {
        "p1": 12, "p2": 20, "p3": 14, "p4": 10, "p5": 14, "p6": 10, "p7": 10, "p7-optimal_law": 10,
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
    assert len(borrowed) >= 2
    for case in borrowed:
        own = {t.id for t in problem(number).tests if t.points and t.id.partition("-")[0] in case.replaces}
        assert own <= set(case.fails), case.name


@pytest.mark.parametrize("number", CODED)
def test_at_least_five_mistakes_and_two_other_solutions_are_tried_for_each_problem(number):
    assert len([case for case in cases_of(number, "wrong/") if "_lib_" not in case.name]) >= 5
    assert len(cases_of(number, "correct/")) >= 2


@pytest.mark.parametrize("number", CODED)
def test_points_are_spread_over_visible_main_edge_and_habit_tests(number):
    tests = problem(number).tests
    total = sum(test.points for test in tests)
    visible = sum(test.points for test in tests if not test.hidden)
    habits = sum(test.points for test in tests if test.id.endswith("habits"))
    assert 0.15 <= visible / total <= 0.20
    assert 0.05 <= habits / total <= 0.15


def test_every_answer_on_paper_has_one_test_of_two_points():
    assert [test.points for test in problem("p7").tests] == [2, 2, 2, 2, 2]


def test_every_graded_cell_asks_first_who_computed_it():
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        if not told.get("grade") or told.get("solution") or not told["points"]:
            continue
        name = told["grade_id"].partition("-")[0]
        if name in problem("p7").solutions:
            continue
        first = next(line for line in cell["source"].split("\n") if line and not line.startswith("#"))
        assert first == f"checks.forbid({name}, NOT_ALLOWED)", told["grade_id"]
