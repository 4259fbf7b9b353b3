"""The first notebook holds the mistakes that it was designed to catch. Whether its tests decide rightly, qualification asks."""
from __future__ import annotations

import ast
from pathlib import Path

import pytest

from autograder.authoring import bank, load_assignment, stub_cells

FOLDER = Path(__file__).resolve().parents[2] / "assignments" / "hw00-preflight"
ASSIGNMENT = load_assignment(FOLDER)
CASES = {case.name: case for case in bank(FOLDER, ASSIGNMENT)}

# The mistakes that each problem is there to catch, and the test that must name each of them first.
LISTED = [
    ("dists_no_factor_two", "values"), ("dists_root", "values"), ("dists_no_clip", "shifted"), ("dists_transposed", "shapes"),
    ("dists_float32", "shifted"), ("dists_triple_loop", "large"),
    ("one_hot_negative_wraps", "negative"), ("one_hot_index_error", "too_large"), ("one_hot_k_from_max", "values"),
    ("one_hot_transposed", "values"), ("one_hot_int", "habits"), ("one_hot_mutates", "habits"), ("one_hot_lists", "by_hand"),
    ("quad_symmetric", "values"), ("quad_accumulates", "repeat"), ("quad_leaves_grad", "caller"), ("quad_detaches", "values"),
    ("quad_by_formula", "autograd"),
    ("report_numpy_global", "global_state"), ("report_ignores_seed", "differ"), ("report_uniform", "normal"),
    ("report_same_numbers", "differ"), ("report_clock", "repeat"),
]
# The standard mistakes, as far as the problem allows them.
STANDARD = {
    "dists": {"hard", "alias", "ravel", "float32", "int", "global", "swallow", "const", "peek"},
    "one_hot": {"hard", "mutates", "ravel", "float32", "int", "global", "swallow", "const", "peek"},
    "quad": {"hard", "alias", "ravel", "float32", "global", "swallow", "const", "peek"},
    "report": {"hard", "float32", "int", "numpy_global", "torch_global", "swallow", "const", "peek"},
}


@pytest.mark.parametrize(("name", "test"), LISTED)
def test_every_listed_mistake_is_in_the_bank_and_fails_where_it_should(name, test):
    case = CASES[f"wrong/{name}"]
    assert case.fails[0] == f"{case.replaces[0]}-{test}"


@pytest.mark.parametrize("problem", STANDARD)
def test_every_standard_mistake_is_in_the_bank(problem):
    assert {f"wrong/{problem}_{word}" for word in STANDARD[problem]} <= set(CASES)


@pytest.mark.parametrize("problem", ASSIGNMENT.problems, ids=lambda p: p.id)
def test_every_problem_has_other_solutions_to_accept(problem):
    assert sum(case.correct and case.replaces[0] in problem.solutions for case in CASES.values()) >= 2


@pytest.mark.parametrize("name", ["dists", "one_hot", "quad", "report"])
def test_stored_visible_answers_earn_little(name):
    case = CASES[f"wrong/{name}_hard"]
    problem = next(p for p in ASSIGNMENT.problems if case.replaces[0] in p.solutions)
    earned = sum(test.points for test in problem.tests if test.id not in case.fails)
    assert earned <= 0.2 * problem.points


def test_a_formula_instead_of_autograd_earns_half():
    problem = next(p for p in ASSIGNMENT.problems if p.id == "p3")
    fails = CASES["wrong/quad_by_formula"].fails
    assert sum(test.points for test in problem.tests if test.id not in fails) == problem.points / 2


def test_peeking_costs_the_whole_problem():
    for name in STANDARD:
        case = CASES[f"wrong/{name}_peek"]
        problem = next(p for p in ASSIGNMENT.problems if case.replaces[0] in p.solutions)
        assert set(case.fails) == {test.id for test in problem.tests if test.points}


def test_it_is_passed_alone_with_80_points_and_something_in_each_coded_problem():
    assert (ASSIGNMENT.pass_score, ASSIGNMENT.pass_problems) == (80, ("p1", "p2", "p3", "p4"))
    assert (ASSIGNMENT.team.size, ASSIGNMENT.team.alone, ASSIGNMENT.team.three) == (1, "yes", "no")
    assert [problem.points for problem in ASSIGNMENT.problems] == [20] * 5


def test_each_question_of_the_quiz_is_a_cell_of_its_own_whose_visible_line_tells_only_the_form():
    quiz = ASSIGNMENT.problems[-1]
    assert [test.points for test in quiz.tests] == [4] * 5
    cells = {cell["metadata"]["nbgrader"]["grade_id"]: cell["source"] for cell in ASSIGNMENT.notebook["cells"]
             if "nbgrader" in cell["metadata"]}
    for name in quiz.solutions:
        visible, _, hidden = cells[f"{name}-letter"].partition("### BEGIN HIDDEN TESTS")
        assert f"checks.answered({name}, " in visible and "checks.choice(" not in visible
        assert f"checks.choice({name}, " in hidden


def test_the_stub_binds_every_name_so_that_an_empty_notebook_fails_with_a_sentence():
    stubs = stub_cells(ASSIGNMENT.notebook)
    for problem in ASSIGNMENT.problems:
        for name in problem.solutions:
            bound = {getattr(node, "name", "") or ast.unparse(node.targets[0])
                     for node in ast.parse(stubs[name]).body if isinstance(node, (ast.FunctionDef, ast.Assign))}
            assert name in bound
