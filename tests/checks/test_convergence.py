"""Iterations: what a theorem promises is never rejected, and what only looks like it is."""
from __future__ import annotations

import doctest
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import CountedOp, ask, convergence

SEEDS = st.integers(0, 2**32 - 1)


def symmetric(rng, values):
    Q = np.linalg.qr(rng.normal(size=(len(values), len(values))))[0]
    A = (Q * np.asarray(values)) @ Q.T
    return (A + A.T) / 2


def length(x):
    top = np.abs(x).max()
    return top * np.sqrt(np.sum((x / top) ** 2)) if top else 0.0


def power(A, x0, tol, maxit, *, stop=lambda w, lam, tol: length(w) <= tol * abs(lam), value=lambda v, w: v @ w):
    """The power method; `stop` and `value` are where it can go wrong."""
    v = x0 / length(x0)
    for k in range(1, maxit + 1):
        w = A.matvec(v)
        lam = float(value(v, w))
        if stop(w - lam * v, lam, tol):
            return lam, v, k, True
        if k < maxit:
            v = w / length(w)
    return lam, v, maxit, False


def says(verdict, text):
    assert verdict.status == "wrong"
    assert re.search(text, verdict.message), verdict.message


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(convergence).failed == 0


# ---------------------------------------------------------------- counted products

def test_products_are_counted_also_when_arguments_are_copied():
    A = CountedOp(np.arange(6.0).reshape(2, 3))

    def twice(operator):
        return operator.matvec(np.ones(3)) + operator.matvec(np.ones(3))

    assert ask(twice, A).tolist() == [6.0, 24.0]
    assert A.count == 2


def test_an_operator_declares_what_another_process_may_use_of_it():
    assert CountedOp.remote_methods == ("matvec",)
    assert {name: getattr(CountedOp(np.eye(3)), name) for name in CountedOp.remote_attributes} == {"shape": (3, 3)}


@pytest.mark.parametrize("x", [np.ones(2), np.ones((3, 1)), np.eye(3)])
def test_only_vectors_are_multiplied(x):
    with pytest.raises(ValueError, match="shape"):
        CountedOp(np.eye(3)).matvec(x)


def test_the_matrix_does_not_change_with_the_array_it_came_from():
    matrix = np.eye(2)
    A = CountedOp(matrix)
    matrix[0, 0] = 5
    assert A.matvec(np.ones(2)).tolist() == [1.0, 1.0]


# ---------------------------------------------------------------- eigenpairs

@settings(deadline=None, max_examples=40)
@given(SEEDS, st.sampled_from([0.5, -0.7, 0.95]), st.sampled_from([1.0, -1.0]), st.sampled_from([1.0, 1e-200, 1e200]))
def test_the_power_method_is_certified_at_any_sign_and_scale(seed, second, sign, scale):
    rng = np.random.default_rng(seed)
    A = scale * sign * symmetric(rng, [1.0, second, 0.3, 0.1, 0.0])
    convergence.eigenpair(power, A, rng.normal(size=5), 1e-10, 5000)


@pytest.mark.parametrize("sign", [1.0, -1.0])
def test_another_method_and_another_eigenpair_are_certified(sign):
    A = sign * symmetric(np.random.default_rng(0), [1.0, 0.9, 0.5])
    w, V = np.linalg.eigh(A)
    for i in range(3):
        convergence.eigenpair(lambda op, x0, tol, maxit, i=i: (w[i], -V[:, i], 1, True), A, np.ones(3), 1e-10, 500)


def test_giving_up_is_right_only_where_the_method_does_not_arrive():
    rng = np.random.default_rng(1)
    mirror = symmetric(rng, [1.0, 1.0, -1.0])
    gives_up = lambda A, x0, tol, maxit: (*power(A, x0, tol, maxit)[:3], False)  # noqa: E731
    convergence.eigenpair(power, mirror, rng.normal(size=3), 1e-8, 200)
    convergence.eigenpair(gives_up, mirror, rng.normal(size=3), 1e-8, 200)
    says(convergence.eigenpair.verdict(gives_up, symmetric(rng, [1.0, 0.5, 0.2]), np.ones(3), 1e-8, 200), "False where")


def with_loops(count):
    def loops(A, x0, tol, maxit):
        lam, v, _, _ = power(A, x0, 0.0, count)
        return lam, v, count, True
    return loops


@pytest.mark.parametrize(("function", "message"), [
    (with_loops(100), r"converged is True.*1e-08"),
    (with_loops(4900), "goes on after it has arrived"),
    (lambda A, x0, tol, maxit: (*power(A, x0, tol, maxit)[:2], 10**6, True), "whole number"),
    (lambda A, x0, tol, maxit: (*power(A, x0, tol, maxit)[:3], 1.0), "True or False"),
    (lambda A, x0, tol, maxit: (*power(A, x0, tol, maxit)[:2], 3, True), "more often than once"),
    (lambda A, x0, tol, maxit: (*[2 * p for p in power(A, x0, tol, maxit)[:2]], 3000, True), "length 1"),
    (lambda A, x0, tol, maxit: (np.nan, np.ones(5), 3, True), "lam is not finite"),
    (lambda A, x0, tol, maxit: power(A, x0, tol, maxit)[:3], "four things"),
    (lambda A, x0, tol, maxit: (1.0, np.zeros((5, 1)), 3, True), "v should be"),
    (lambda A, x0, tol, maxit: power(A, x0, tol, maxit, stop=lambda w, lam, tol: False), "False where"),
])
def test_each_mistake_of_a_power_method_is_named(function, message):
    rng = np.random.default_rng(2)
    A = symmetric(rng, [1.0, 0.99, 0.5, 0.2, 0.1])
    convergence.eigenpair(power, A, np.ones(5), 1e-8, 5000)
    says(convergence.eigenpair.verdict(function, A, np.ones(5), 1e-8, 5000, at_most=3.0), message)


@pytest.mark.parametrize(("change", "A", "message"), [
    ({"value": lambda v, w: length(w)}, np.diag([-2.0, 1.0, 0.5]), "False where"),
    ({"stop": lambda w, lam, tol: length(w) <= tol}, 1e-200 * np.diag([2.0, 1.0, 0.5]), "converged is True"),
    ({"stop": lambda w, lam, tol: True}, np.diag([1.0, -1.0, 0.5]), "converged is True"),
])
def test_sign_scale_and_honesty_are_asked(change, A, message):
    says(convergence.eigenpair.verdict(lambda *args: power(*args, **change), A, np.ones(3), 1e-8, 500), message)


def test_a_zero_product_is_an_eigenvector_for_zero():
    A, x0 = np.diag([2.0, 1.0, 0.0]), np.array([0.0, 0.0, 3.0])
    convergence.eigenpair(lambda op, x0, tol, maxit: (0.0, x0 / 3, 1, True), A, x0, 1e-8, 50)


# ---------------------------------------------------------------- rates

def descend(gradient, x, step, count):
    path = [x]
    for _ in range(count):
        path.append(path[-1] - step * gradient(path[-1]))
    return path


def nesterov(gradient, x, step, count):
    path, y, t = [x], x, 1.0
    for _ in range(count):
        new, grown = y - step * gradient(y), (1 + np.sqrt(1 + 4 * t * t)) / 2
        y, t = new + (t - 1) / grown * (new - path[-1]), grown
        path.append(new)
    return path


@pytest.mark.parametrize("N", [9, 20, 60])
def test_gradient_descent_cannot_pass_for_nesterov_on_the_hard_function(N):
    hard = convergence.hard_for_gradient_descent(N, L=3.0, R=2.0)
    start = np.array([2.0])
    slow, fast = ([hard.f(x) for x in method(hard.gradient, start, 1 / 3.0, N)] for method in (descend, nesterov))
    assert slow[-1] == pytest.approx(3.0 * 2.0**2 / (4 * N + 2), rel=1e-12)
    convergence.rate(slow, "gradient descent", "f", L=3.0, R=2.0)
    convergence.rate(fast, "Nesterov", "f", L=3.0, R=2.0)
    says(convergence.rate.verdict(slow, "Nesterov", "f", L=3.0, R=2.0), "above the bound for Nesterov")


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.sampled_from([10.0, 100.0, 1000.0]))
def test_methods_on_quadratics_stay_below_their_bounds(seed, kappa):
    rng = np.random.default_rng(seed)
    A = symmetric(rng, np.linspace(1.0, kappa, 12))
    x = rng.normal(size=12)
    R = float(np.linalg.norm(x))
    path = descend(lambda z: A @ z, x, 2 / (1 + kappa), 60)
    convergence.rate([np.linalg.norm(z) for z in path], "gradient descent on a quadratic", "x", kappa=kappa, start=R)

    z, r = x, -A @ x
    p, errors = r, [float(np.sqrt(x @ A @ x))]
    for _ in range(8):
        a = (r @ r) / (p @ A @ p)
        z, new = z + a * p, r - a * (A @ p)
        p, r = new + (new @ new) / (r @ r) * p, new
        errors.append(float(np.sqrt(z @ A @ z)))
    convergence.rate(errors, "conjugate gradients", "x", kappa=kappa, start=errors[0])


def test_strong_convexity_and_sub_gradients_have_their_bounds():
    kappa, x = 50.0, np.ones(8)
    A = np.diag(np.linspace(1.0, kappa, 8))
    q = (np.sqrt(kappa) - 1) / (np.sqrt(kappa) + 1)
    path, y = [x], x
    for _ in range(80):
        new = y - A @ y / kappa
        y = new + q * (new - path[-1])
        path.append(new)
    values = [z @ A @ z / 2 for z in path]
    convergence.rate(values, "strongly convex Nesterov", "f", L=kappa, mu=1.0, start=values[0], R=float(np.sqrt(8)))

    steps = 100
    z, best = np.array([1.0, 0.0]), [1.0]
    for _ in range(steps):
        z = z - np.sign(z) / np.sqrt(2) / np.sqrt(steps)
        best.append(min(best[-1], float(np.abs(z).sum())))
    assert best[-1] <= convergence.subgradient_bound(np.array(steps), G=np.sqrt(2), R=1.0)


@pytest.mark.parametrize("errors", [[1.0, np.nan], [], [[1.0]]])
def test_values_that_are_none_do_not_pass(errors):
    assert convergence.rate.verdict(errors, "gradient descent", "f", L=1.0, R=1.0).status == "wrong"
    assert convergence.converges.verdict(errors, "linear", "f", at_most=0.5).status == "wrong"


# ---------------------------------------------------------------- slopes

@settings(deadline=None, max_examples=40)
@given(st.floats(0.1, 0.97), st.floats(1e-3, 1e3))
def test_a_slope_finds_the_rate_and_ignores_rounding(rate, start):
    errors = start * rate ** np.arange(300) + start * 1e-15
    assert convergence.fit_rate(errors).rate == pytest.approx(rate, abs=2e-3)


@pytest.mark.parametrize("power", [-0.5, -1.0, -2.0])
def test_a_slope_finds_the_power(power):
    k = np.arange(1, 200)
    fit = convergence.fit_rate(5.0 * k**power, k, "power")
    assert fit.slope == pytest.approx(power, abs=1e-9)
    assert fit.r2 == pytest.approx(1.0)


def newton_errors(order):
    return [0.3, *(0.3 ** (order**i) for i in range(1, 5))]


def test_orders_and_rates_are_told_apart():
    convergence.converges(newton_errors(2.0), "order", "x", at_least=1.8)
    says(convergence.converges.verdict(0.3 ** np.arange(1, 20), "order", "x", at_least=1.8), "order of convergence")
    k = np.arange(1, 100)
    convergence.converges(1.0 / k**2, "power", "f", at_most=-2.0)
    says(convergence.converges.verdict(1.0 / k, "power", "f", at_most=-2.0), "power -1;")
    convergence.converges((1 + np.arange(150)) * 0.8182 ** np.arange(150), "linear", "x", at_most=0.8182, skip=80)


def test_three_points_are_needed_for_a_slope():
    with pytest.raises(ValueError, match="three points"):
        convergence.fit_rate([1.0, 1e-20, 1e-21])
    convergence.converges([1.0, 0.0, 0.0], "linear", "x", at_most=0.5)


# ---------------------------------------------------------------- averages

def test_a_correct_mean_is_not_rejected_in_many_seeds():
    worst = max(convergence.mean_is.verdict(np.random.default_rng(s).exponential(2.0, size=(2000, 3)), 2 * np.ones(3),
                                            "the mean").detail["z"] for s in range(300))
    assert 2 < worst < convergence.SIGMAS


@pytest.mark.parametrize(("runs", "expected", "message"), [
    (np.random.default_rng(0).normal(0.3, 1.0, size=(4000, 2)), np.zeros(2), "standard errors"),
    (np.ones((100, 2)), np.array([1.0, 2.0]), "never vary"),
    (np.full((100, 2), np.nan), np.zeros(2), "finite"),
    (np.ones((100, 3)), np.zeros(2), "shape"),
])
def test_a_wrong_mean_is_named(runs, expected, message):
    says(convergence.mean_is.verdict(runs, expected, "the estimate"), message)


def test_too_few_runs_are_the_authors_mistake():
    with pytest.raises(ValueError, match="100 runs"):
        convergence.mean_is(np.zeros((20, 1)), np.zeros(1), "the estimate")
