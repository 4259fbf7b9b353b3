"""Oracles: who followed the recursion is believed in whatever way it was written, who made it up is not."""
from __future__ import annotations

import copy
import doctest
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import ask, oracle
from autograder.checks.oracle import FiniteSum, Oracle, followed, history, queries, trace

SEEDS = st.integers(0, 2**32 - 1)
LR, BETA, STEPS = 0.05, 0.6, 12


def quadratic(rng, dim=3):
    B = rng.normal(size=(dim, dim))
    H, c = B @ B.T / dim + np.eye(dim), rng.normal(size=dim)
    return Oracle(lambda x: x @ H @ x / 2 - c @ x, lambda x: H @ x - c, dim)


def rows(orc, x0, step):
    X = [np.array(x0, dtype=float)]
    for k in range(STEPS):
        X.append(step(k, X, orc))
    return np.array(X)


def descent(orc, x0):
    return rows(orc, x0, lambda k, X, orc: X[-1] - LR * orc.g(X[-1]))


def descent_elsewise(orc, x0):
    """Rows of one array, changed in place."""
    X = np.zeros((STEPS + 1, len(x0)))
    X[0] = x0
    for k in range(STEPS):
        X[k + 1] = X[k]
        X[k + 1] += -orc.g(X[k]) * LR
    return X


def heavy_ball(orc, x0):
    return rows(orc, x0, lambda k, X, orc: X[-1] - LR * orc.g(X[-1]) + BETA * (X[-1] - X[max(k - 1, 0)]))


def heavy_ball_by_velocity(orc, x0):
    X, v = [np.array(x0, dtype=float)], np.zeros(len(x0))
    for _ in range(STEPS):
        v = BETA * v - LR * orc.g(X[-1])
        X.append(X[-1] + v)
    return np.array(X)


def nesterov(orc, x0):
    def step(k, X, orc):
        y = X[-1] + k / (k + 3) * (X[-1] - X[max(k - 1, 0)])
        return y - LR * orc.g(y)

    return rows(orc, x0, step)


def descend(k, X, q, g):
    return q - LR * g


def roll(k, X, q, g):
    return q - LR * g + BETA * (X[k] - X[max(k - 1, 0)])


def judged(method, rule, seed, anywhere=False):
    rng = np.random.default_rng(seed)
    orc = quadratic(rng)
    x0 = rng.normal(size=3) * 10.0 ** rng.integers(-3, 4)
    return trace.verdict(method(orc, x0), orc, rule, start=x0, steps=STEPS, anywhere=anywhere)


def says(verdict, text):
    assert verdict.status == "wrong"
    assert re.search(text, verdict.message), verdict.message


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(oracle).failed == 0


# ---------------------------------------------------------------- what is logged

def test_every_question_is_logged_also_when_arguments_are_copied():
    orc = Oracle(lambda x: x @ x / 2, lambda x: x, 2)

    def method(orc, x):
        slope = orc.g(x)
        slope *= 0                          # what it was told is its own copy
        x += orc.g(x)
        return orc.f(x)

    assert ask(method, orc, np.array([3.0, 4.0])) == 50.0
    assert orc.points.tolist() == [[3.0, 4.0], [3.0, 4.0]]
    assert orc.gradients.tolist() == [[3.0, 4.0], [3.0, 4.0]]
    assert orc.f_points.tolist() == [[6.0, 8.0]]
    assert (orc.g_count, orc.f_count) == (2, 1)
    orc.clear()
    assert (orc.g_count, orc.f_count, orc.points.shape) == (0, 0, (0, 2))


def test_what_crosses_to_the_students_process_is_declared():
    assert Oracle.remote_methods == ("f", "g")
    assert (FiniteSum.remote_methods, FiniteSum.remote_attributes) == (("gi", "full"), ("n",))


def test_our_own_questions_are_not_logged():
    orc = quadratic(np.random.default_rng(0))
    orc.value(np.ones(3))
    orc.gradient(np.ones(3))
    assert (orc.g_count, orc.f_count) == (0, 0)


@pytest.mark.parametrize("shape", [(), (2,), (3, 1), (1, 3), (4,)])
def test_a_point_of_another_shape_is_refused(shape):
    orc = quadratic(np.random.default_rng(0))
    for question in (orc.f, orc.g):
        with pytest.raises(ValueError, match="shape"):
            question(np.ones(shape))
    assert orc.g_count == 0


def test_a_sum_counts_single_terms_and_n_for_all_of_them():
    centres = np.arange(8.0).reshape(4, 2)
    terms = FiniteSum(lambda i, x: x - centres[i], 4, 2)
    assert terms.full(np.zeros(2)).tolist() == (-centres.mean(axis=0)).tolist()
    assert terms.gi(np.int64(3), np.zeros(2)).tolist() == (-centres[3]).tolist()
    assert copy.deepcopy(terms) is terms
    assert (terms.count, terms.indices, terms.points.shape, terms.gradients[1].tolist()) == (5, [-1, 3], (2, 2), [-6, -7])
    for outside in (-1, 4):
        with pytest.raises(IndexError):
            terms.gi(outside, np.zeros(2))


# ---------------------------------------------------------------- the recursion

@pytest.mark.parametrize(("method", "rule", "anywhere"), [
    (descent, descend, False), (descent_elsewise, descend, False), (descent, descend, True), (heavy_ball, roll, False),
    (heavy_ball_by_velocity, roll, False), (nesterov, descend, True),
], ids=["descent", "in place", "descent anywhere", "heavy ball", "velocity", "nesterov"])
@settings(max_examples=25)
@given(seed=SEEDS)
def test_a_method_that_follows_the_rule_is_believed(method, rule, anywhere, seed):
    assert judged(method, rule, seed, anywhere).status == "ok"


def test_the_rounding_of_correct_methods_is_far_below_the_tolerance():
    eps = np.finfo(float).eps
    for method, rule, anywhere in [(descent, descend, False), (descent_elsewise, descend, False), (heavy_ball, roll, False),
                                   (heavy_ball_by_velocity, roll, False), (nesterov, descend, True)]:
        for seed in range(60):
            rng = np.random.default_rng(seed)
            orc, x0 = quadratic(rng), rng.normal(size=3)
            followed(method(orc, x0), orc, rule, start=x0, steps=STEPS, anywhere=anywhere, rtol=3 * eps)


@settings(max_examples=20)
@given(seed=SEEDS)
def test_the_points_that_it_started_each_step_from_are_told(seed):
    rng = np.random.default_rng(seed)
    orc, x0 = quadratic(rng), rng.normal(size=3)
    X = nesterov(orc, x0)
    assert followed(X, orc, descend, start=x0, steps=STEPS, anywhere=True).tolist() == orc.points.tolist()


@pytest.mark.parametrize(("wrong", "rule", "anywhere", "text"), [
    (lambda orc, x0: rows(orc, x0, lambda k, X, o: X[-1] + LR * o.g(X[-1])), descend, False, "by the rule"),
    (lambda orc, x0: rows(orc, x0, lambda k, X, o: X[-1] - LR * (1 + 1e-9) * o.g(X[-1])), descend, False, "by the rule"),
    (lambda orc, x0: rows(orc, x0, lambda k, X, o: X[-1] - LR * o.g(X[-1]) / np.linalg.norm(o.g(X[-1]))), descend, False,
     "by the rule"),
    (lambda orc, x0: rows(orc, x0, lambda k, X, o: X[-1] - LR * o.g(x0)), descend, False, "never asked"),
    (lambda orc, x0: rows(orc, x0, lambda k, X, o: X[-1] - LR * o.gradient(X[-1])), descend, False, "never asked"),
    (lambda orc, x0: rows(orc, x0, lambda k, X, o: X[-1] - LR * o.gradient(X[-1])), descend, True, "never asked"),
    (lambda orc, x0: nesterov(orc, x0), descend, False, "never asked"),
    (lambda orc, x0: heavy_ball(orc, x0), descend, True, "where the gradient was asked"),
    (lambda orc, x0: np.roll(descent(orc, x0), 1, axis=0), descend, False, "x0, unchanged"),
    (lambda orc, x0: np.array([descent(orc, x0)[-1]] * (STEPS + 1)), descend, False, "x0, unchanged"),
    (lambda orc, x0: descent(orc, x0)[:-1], descend, False, "shape"),
    (lambda orc, x0: descent(orc, x0).astype(np.float32), descend, False, "dtype"),
    (lambda orc, x0: None, descend, False, "NoneType"),
    (lambda orc, x0: np.vstack([x0, np.full((STEPS, 3), np.nan)]), descend, False, "not finite"),
], ids=["ascent", "a little longer", "normalised", "stale", "no oracle", "no oracle, anywhere", "nesterov for descent",
        "heavy ball for nesterov", "shifted", "one buffer", "too short", "float32", "none", "nan"])
@settings(max_examples=10)
@given(seed=SEEDS)
def test_what_does_not_follow_the_rule_is_noticed(wrong, rule, anywhere, text, seed):
    says(judged(wrong, rule, seed, anywhere), text)


def test_a_method_that_has_arrived_may_keep_the_last_gradient():
    orc = Oracle(lambda x: x @ x / 2, lambda x: x, 1)
    X = np.array([[0.0], [0.0], [0.0]])
    orc.g([0.0])
    assert trace.verdict(X, orc, descend, start=[0.0], steps=2).status == "ok"


def test_no_steps_are_a_start_alone():
    orc = Oracle(lambda x: x @ x / 2, lambda x: x, 1)
    assert trace.verdict(np.array([[2.0]]), orc, descend, start=[2.0], steps=0).status == "ok"
    says(trace.verdict(np.zeros((0, 1)), orc, descend, start=[2.0], steps=0), "shape")


# ---------------------------------------------------------------- values and counts

@settings(max_examples=20)
@given(seed=SEEDS)
def test_a_history_is_computed_again(seed):
    rng = np.random.default_rng(seed)
    orc = quadratic(rng)
    X = descent(orc, rng.normal(size=3))
    values = np.array([orc.f(x) for x in X])
    assert history.verdict(values, X, orc.value).status == "ok"
    assert history.verdict(list(values * (1 + 1e-12)), X, orc.value).status == "ok"
    off = values.copy()
    off[5] += 1e-6 * np.abs(values).max()
    says(history.verdict(off, X, orc.value), "entry 5")
    says(history.verdict(values[1:], X, orc.value), "one number for each")
    says(history.verdict(np.linspace(values[0], values[-1], len(values)), X, orc.value), "does not belong")


@pytest.mark.parametrize("values", [None, "falling", [1.0, float("nan")], [1.0, 1j]])
def test_what_is_no_history_is_refused(values):
    assert history.verdict(values, [[1.0], [0.5]], lambda x: x @ x).status == "wrong"


def test_iterates_where_the_function_has_no_value_have_no_history():
    says(history.verdict([np.inf], [[np.inf]], lambda x: x @ x), "not finite")


def test_questions_are_limited_by_count_and_not_by_time():
    orc = quadratic(np.random.default_rng(0))
    orc.g(np.ones(3))
    assert queries.verdict(orc, g=1, f=0).status == "ok"
    assert queries.verdict(orc).status == "ok"
    orc.f(np.ones(3))
    says(queries.verdict(orc, g=1, f=0), "orc.f should not be asked at all")
    says(queries.verdict(orc, g=0), "orc.g should not be asked at all")
    orc.g(np.ones(3))
    says(queries.verdict(orc, g=1), "2 times")
