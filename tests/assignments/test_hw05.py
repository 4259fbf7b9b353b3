"""hw05-special-matrices as written: it loads, its points are spread as promised, and every planned mistake is in its bank.

Whether the tests tell right from wrong is tried in the real engine by the qualification, not here.
"""
from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from autograder.authoring import bank, load_assignment

FOLDER = Path(__file__).parents[2] / "assignments" / "hw05-special-matrices"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}
CODED = ("p1", "p2", "p3", "p4", "p5", "p6")

# The mistakes that the plan of the assignment lists: problem, case, the test that must notice it.
MISTAKES = [
    ("p1", "dft_plus_sign", "dft_matrix-entries"),
    ("p1", "dft_no_root", "dft_matrix-laws"),
    ("p1", "dft_divided_by_n", "dft_matrix-laws"),
    ("p1", "dft_real_part", "dft_matrix-entries"),
    ("p1", "dft_from_one", "dft_matrix-entries"),
    ("p1", "dft_powers_of_omega", "dft_matrix-accuracy"),
    ("p2", "fft_plus_sign", "fft-values"),
    ("p2", "fft_no_bit_reversal", "fft-values"),
    ("p2", "fft_dense", "fft-counted"),
    ("p2", "fft_multiplies_twice", "fft-counted"),
    ("p2", "fft_pads", "fft-edges"),
    ("p2", "fft_drops_imaginary", "fft-complex"),
    ("p2", "fft_turns_step_by_step", "fft-values"),
    ("p2", "fft_remembers", "fft-habits"),
    ("p2", "ifft_no_n", "ifft-inverse"),
    ("p3", "circ_first_row", "circ_matvec-product"),
    ("p3", "circ_correlation", "circ_matvec-product"),
    ("p3", "circ_drops_imaginary", "circ_matvec-complex"),
    ("p3", "circ_always_complex", "circ_matvec-complex"),
    ("p3", "circ_dense", "circ_matvec-large"),
    ("p3", "circ_no_n", "circ_matvec-product"),
    ("p3", "circ_rolls_upwards", "circ_matvec-product"),
    ("p3", "circ_solve_divides_by_zero", "circ_solve-singular"),
    ("p3", "circ_solve_exact_zero", "circ_solve-singular"),
    ("p3", "circ_solve_absolute_limit", "circ_solve-solution"),
    ("p3", "circ_eigs_half", "circ_eigs-values"),
    ("p4", "toep_no_room", "toep_matvec-product"),
    ("p4", "toep_one_too_small", "toep_matvec-product"),
    ("p4", "toep_swapped", "toep_matvec-product"),
    ("p4", "toep_row_not_reversed", "toep_matvec-product"),
    ("p4", "toep_corner_from_row", "toep_matvec-corner"),
    ("p4", "toep_dense", "toep_matvec-large"),
    ("p4", "toep_drops_imaginary", "toep_matvec-complex"),
    ("p4", "levinson_elimination", "levinson-counted"),
    ("p4", "levinson_ignores_minors", "levinson-edges"),
    ("p4", "levinson_looks_at_corner_only", "levinson-edges"),
    ("p5", "laplacian_sign", "laplacian-comb"),
    ("p5", "laplacian_one_side", "laplacian-normalised"),
    ("p5", "laplacian_counts_edges", "laplacian-comb"),
    ("p5", "laplacian_nan_alone", "laplacian-edges"),
    ("p5", "laplacian_keeps_loops", "laplacian-edges"),
    ("p5", "fiedler_smallest", "fiedler-known"),
    ("p5", "fiedler_first_positive", "fiedler-known"),
    ("p5", "resistance_no_inf", "effective_resistance-pieces"),
    ("p5", "resistance_shortest_way", "effective_resistance-values"),
    ("p5", "bipartition_means_global", "spectral_bipartition-habits"),
    ("p5", "bipartition_degrees", "spectral_bipartition-planted"),
    ("p6", "kron_column_major", "kron_matvec-product"),
    ("p6", "kron_swapped", "kron_matvec-product"),
    ("p6", "kron_forms_it", "kron_matvec-large"),
    ("p6", "conv_flipped", "conv2d_matrix-valid"),
    ("p6", "conv_same_padding", "conv2d_matrix-full"),
    ("p6", "conv_off_by_one", "conv2d_matrix-valid"),
    ("p7", "cycle_path", "cycle_eigenvalue-formula"),
    ("p7", "string_n", "string_eigenvalue-formula"),
    ("p7", "cost_twice", "fft_cost-count"),
    ("p7", "gap_not_lazy", "spectral_gap-number"),
    ("p7", "ring_signs", "ring_eigenvalues-all"),
    ("p7", "resistance_series", "ring_resistance-number"),
]
# Mistakes that must cost one property and no more.
ALONE = ["dft_powers_of_omega", "dft_remembers", "fft_dense", "fft_multiplies_twice", "fft_turns_step_by_step", "fft_converts",
         "circ_drops_imaginary", "circ_dense", "circ_solve_exact_zero", "toep_corner_from_row", "toep_dense",
         "toep_drops_imaginary", "levinson_elimination", "levinson_converts", "levinson_ignores_minors",
         "laplacian_nan_alone", "laplacian_any_kind", "fiedler_first_positive", "resistance_no_inf",
         "bipartition_means_global", "kron_conjugates", "kron_forms_it", "conv_any_mode"]
BORROWED = {"p1": 4, "p2": 5, "p3": 4, "p4": 8, "p5": 5, "p6": 6}


def problem(name):
    return next(p for p in ASSIGNMENT.problems if p.id == name)


def cases_of(name, kind):
    return [case for case in CASES.values()
            if case.name.startswith(kind) and case.replaces[0] in problem(name).solutions]


def test_the_points_are_those_of_the_plan():
    assert {p.id: p.points for p in ASSIGNMENT.problems} == {
        "p1": 8, "p2": 18, "p3": 14, "p4": 16, "p5": 16, "p6": 8, "p7": 15, "p7-convolution_theorem": 5,
    }
    assert ASSIGNMENT.points == 100
    assert ASSIGNMENT.team.size == 2


@pytest.mark.parametrize(("number", "name", "test"), MISTAKES, ids=[f"{m[1]}-{m[2]}" for m in MISTAKES])
def test_every_planned_mistake_is_in_the_bank_and_noticed_where_it_was_made(number, name, test):
    case = CASES[f"wrong/{name}"]
    assert case.replaces[0] in problem(number).solutions
    assert test in case.fails


@pytest.mark.parametrize("name", ALONE)
def test_one_mistake_costs_one_property(name):
    case = CASES[f"wrong/{name}"]
    assert len([test for test in case.fails if test.partition("-")[0] == case.replaces[0]]) == 1


@pytest.mark.parametrize("number", CODED)
def test_a_borrowed_routine_fails_every_test_of_its_function(number):
    borrowed = [case for case in cases_of(number, "wrong/") if "_lib_" in case.name]
    assert len(borrowed) >= BORROWED[number]
    for case in borrowed:
        own = {t.id for t in problem(number).tests if t.points and t.id.partition("-")[0] in case.replaces}
        assert own <= set(case.fails), case.name


@pytest.mark.parametrize("solution", sorted({s for p in ASSIGNMENT.problems if p.tests for s in p.solutions} - {"convolution_theorem"}))
def test_two_other_correct_solutions_are_tried_for_every_function(solution):
    assert len([case for case in CASES.values() if case.name.startswith("correct/") and case.replaces[0] == solution]) >= 2


@pytest.mark.parametrize("number", CODED)
def test_points_are_spread_over_visible_main_edge_and_habit_tests(number):
    tests = problem(number).tests
    total = sum(test.points for test in tests)
    visible = sum(test.points for test in tests if not test.hidden)
    habits = sum(test.points for test in tests if test.id.endswith("habits"))
    assert 0.15 <= visible / total <= 0.2
    assert 0.05 <= habits / total <= 0.15
    for solution in problem(number).solutions:
        assert f"{solution}-habits" in {test.id for test in tests}


def test_every_graded_cell_of_code_asks_first_who_computed_it():
    for cell in ASSIGNMENT.notebook["cells"]:
        told = cell["metadata"].get("nbgrader", {})
        if not told.get("grade") or told.get("solution") or not told["points"]:
            continue
        name = told["grade_id"].partition("-")[0]
        if not any(name in problem(p).solutions for p in CODED):
            continue
        first = next(line for line in cell["source"].split("\n") if line and not line.startswith("#"))
        assert first.startswith(f"checks.forbid({name}, "), told["grade_id"]


# ---------------------------------------------------------------- facts that the notebook states

def test_the_answers_on_paper_are_those_of_the_matrices():
    for n in (4, 7):
        k = np.arange(n)
        cycle = 2 * np.eye(n) - np.eye(n)[k - 1] - np.eye(n)[(k + 1) % n]
        assert np.allclose(np.linalg.eigvalsh(cycle), np.sort(2 - 2 * np.cos(2 * np.pi * k / n)))
        string = 2 * np.eye(n) - np.eye(n, k=1) - np.eye(n, k=-1)
        assert np.allclose(np.linalg.eigvalsh(string), 2 - 2 * np.cos(np.pi * (k + 1) / (n + 1)))
    k = np.arange(12)
    lazy = np.eye(12) / 2 + (np.eye(12)[k - 1] + np.eye(12)[(k + 1) % 12]) / 4
    assert 1 - np.linalg.eigvalsh(lazy)[-2] == pytest.approx(0.0669873, rel=1e-6)
    assert sorted(np.fft.fft([5, 2, -1, 2]).real) == [0, 6, 6, 8]
    ring = 2 * np.eye(6) - np.eye(6)[np.arange(6) - 1] - np.eye(6)[(np.arange(6) + 1) % 6]
    P = np.linalg.pinv(ring)
    assert P[0, 0] + P[2, 2] - 2 * P[0, 2] == pytest.approx(4 / 3)


def test_a_circulant_matrix_is_diagonal_between_the_waves():
    rng = np.random.default_rng(0)
    n = 6
    c = rng.normal(size=n)
    k = np.arange(n)
    F = np.exp(-2j * np.pi * np.outer(k, k) / n) / n**0.5
    C = c[(k[:, None] - k) % n]
    assert np.allclose(C, F.conj().T @ np.diag(np.fft.fft(c)) @ F)


def test_levinson_as_the_notebook_writes_it_solves_and_tells_definite_matrices():
    t, b = np.array([4.0, 2.0, -1.0, 0.5]), np.array([1.0, 2.0, 3.0, 4.0])
    f, x, definite = 1 / t[:1], b[:1] / t[:1], True
    for k in range(1, 4):
        epsilon = t[k:0:-1] @ f
        definite &= abs(epsilon) < 1
        f = (np.append(f, 0) - epsilon * np.append(0, f[::-1])) / (1 - epsilon**2)
        x = np.append(x, 0) + (b[k] - t[k:0:-1] @ x) * f[::-1]
    T = t[np.abs(np.arange(4)[:, None] - np.arange(4))]
    assert np.allclose(T @ x, b)
    assert definite == (np.linalg.eigvalsh(T)[0] > 0)
