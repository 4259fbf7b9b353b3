"""Factorisations and solutions: every stable method is accepted whatever the condition; every listed mistake is named."""
from __future__ import annotations

import doctest
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import factor

SEEDS = st.integers(0, 2**32 - 1)
SCALES = st.sampled_from([1.0, 1e-100, 1e100])


def normal(rng, *shape, imaginary=False):
    return rng.normal(size=shape) + (1j * rng.normal(size=shape) if imaginary else 0)


def with_values(rng, m, n, values):
    left, right = np.linalg.qr(rng.normal(size=(m, n)))[0], np.linalg.qr(rng.normal(size=(n, n)))[0]
    return (left * values) @ right.T


def definite(rng, n, imaginary=False):
    M = normal(rng, n, n, imaginary=imaginary)
    A = M @ M.conj().T + 0.1 * n * np.eye(n)
    return (A + A.conj().T) / 2


def says(verdict, text):
    assert verdict.status == "wrong"
    assert re.search(text, verdict.message), verdict.message


# ---------------------------------------------------------------- methods to judge

def by_columns(A, pivot=lambda column: np.argmax(np.abs(column))):
    U = np.array(A, dtype=np.result_type(A, float))
    n = len(U)
    p = np.arange(n)
    for k in range(n - 1):
        r = k + int(pivot(U[k:, k]))
        U[[k, r]], p[[k, r]] = U[[r, k]], p[[r, k]]
        if U[k, k] != 0:
            U[k + 1:, k] /= U[k, k]
            U[k + 1:, k + 1:] -= np.outer(U[k + 1:, k], U[k, k + 1:])
    return p, np.tril(U, -1) + np.eye(n), np.triu(U)


def householder(A):
    R = np.array(A, dtype=np.result_type(A, float))
    m, n = R.shape
    Q, mirrors = np.eye(m, n, dtype=R.dtype), []
    for k in range(n):
        v = R[k:, k].copy()
        length = np.linalg.norm(v)
        if length == 0:
            continue
        v[0] += length * (v[0] / abs(v[0]) if v[0] != 0 else 1)
        v /= np.linalg.norm(v)
        R[k:] -= 2 * np.outer(v, v.conj() @ R[k:])
        mirrors.append((k, v))
    for k, v in reversed(mirrors):
        Q[k:] -= 2 * np.outer(v, v.conj() @ Q[k:])
    return Q, np.triu(R[:n])


def gram_schmidt(A, times=1, modified=False):
    m, n = A.shape
    Q, R = np.zeros((m, n), A.dtype), np.zeros((n, n), A.dtype)
    for j in range(n):
        v = A[:, j].copy()
        for _ in range(times):
            for i in range(j) if modified else [slice(0, j)]:
                part = Q[:, i].conj().T @ v
                R[i, j] += part
                v = v - Q[:, i] * part if modified else v - Q[:, i] @ part
        R[j, j] = np.linalg.norm(v)
        Q[:, j] = v / R[j, j]
    return Q, R


def conjugate_gradients(A, b, tol, maxit):
    x, r = np.zeros(len(b)), np.array(b, dtype=float)
    p, rr = r, r @ r
    res, whole = [float(np.sqrt(rr))], float(np.sqrt(rr))
    while res[-1] > tol * whole and len(res) <= maxit:
        Ap = A.matvec(p)
        step = rr / (p @ Ap)
        x, r = x + step * p, r - step * Ap
        rr, old = r @ r, rr
        p = r + rr / old * p
        res.append(float(np.sqrt(rr)))
    return x, res


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(factor).failed == 0


# ---------------------------------------------------------------- lu

@settings(deadline=None, max_examples=60)
@given(SEEDS, st.integers(1, 25), st.booleans(), SCALES)
def test_lu_accepts_elimination_with_any_choice_between_equal_pivots(seed, n, imaginary, scale):
    rng = np.random.default_rng(seed)
    A = scale * normal(rng, n, n, imaginary=imaginary)
    factor.lu(by_columns, A)
    ties = scale * rng.choice([-1.0, 0.0, 1.0], size=(n, n))
    factor.lu(lambda M: by_columns(M, lambda c: len(c) - 1 - np.argmax(np.abs(c[::-1]))), ties)


@pytest.mark.parametrize("A", [np.zeros((3, 3)), np.ones((4, 4)), np.array([[0.0, 2.0], [0.0, 3.0]]), np.array([[-2.0]])])
def test_lu_accepts_singular_matrices(A):
    factor.lu(by_columns, A)


@pytest.mark.parametrize(("change", "message"), [
    (lambda p, L, U: (L, U), "three things"),
    (lambda p, L, U: (np.eye(5)[p], L, U), "whole numbers"),
    (lambda p, L, U: (p.astype(float), L, U), "whole numbers"),
    (lambda p, L, U: (p * 0, L, U), "each of 0"),
    (lambda p, L, U: (np.argsort(p), L, U), r"A\[p\] is not L @ U"),
    (lambda p, L, U: (p, L * np.nan, U), "finite"),
    (lambda p, L, U: (p, L - np.eye(5), U), "ones on it"),
    (lambda p, L, U: (p, U.T, L.T), "ones on it"),
    (lambda p, L, U: (p, L, U + 1e-17), "exact zeros below"),
    (lambda p, L, U: (p, L, U.astype(np.float32)), "is not L @ U"),
    (lambda p, L, U: (p, L, np.roll(U, 1, axis=1)), "exact zeros below"),
])
def test_lu_names_the_mistake(change, message):
    A = np.array([[1.0, 2, 3, 4, 5], [0, 1, 9, 1, 2], [8, 1, 2, 3, 1], [0, 7, 1, 1, 3], [2, 3, 1, 9, 4]])
    p = by_columns(A)[0]
    assert not np.array_equal(p, np.argsort(p))                     # not its own inverse
    says(factor.lu.verdict(lambda M: change(*by_columns(M)), A), message)


def test_lu_asks_for_the_largest_pivot_in_absolute_value():
    A = np.array([[1.0, 2.0], [-3.0, 1.0]])
    says(factor.lu.verdict(lambda M: by_columns(M, np.argmax), A), "exceed 1")
    tiny = np.array([[1e-20, 1.0], [1.0, 1.0]])
    says(factor.lu.verdict(lambda M: by_columns(M, lambda c: 0), tiny), "exceed 1")


# ---------------------------------------------------------------- qr

@settings(deadline=None, max_examples=60)
@given(SEEDS, st.sampled_from([(7, 5), (6, 6), (40, 15), (4, 1), (1, 1)]), st.integers(0, 8), SCALES)
def test_qr_accepts_reflections_and_gram_schmidt_done_twice_with_any_signs(seed, shape, digits, scale):
    rng = np.random.default_rng(seed)
    A = with_values(rng, *shape, np.logspace(0, -digits, shape[1]))
    signs = rng.choice([-1.0, 1.0], shape[1])
    factor.qr(householder, scale * A)
    factor.qr(lambda M: (householder(M)[0] * signs, signs[:, None] * householder(M)[1]), A)
    factor.qr(lambda M: gram_schmidt(M, times=2), A)
    factor.qr(householder, normal(rng, *shape, imaginary=True))


def test_qr_accepts_rank_deficient_matrices():
    A = np.random.default_rng(0).normal(size=(7, 4))
    for columns in ([0, 0, 1, 2], [1, 1, 1, 1]):
        factor.qr(householder, A[:, columns])
    factor.qr(householder, np.zeros((5, 3)))


@pytest.mark.parametrize("modified", [False, True])
def test_qr_rejects_gram_schmidt_done_once(modified):
    A = with_values(np.random.default_rng(1), 40, 15, np.logspace(0, -8, 15))
    says(factor.qr.verdict(lambda M: gram_schmidt(M, modified=modified), A), "not orthonormal")


@pytest.mark.parametrize(("change", "message"), [
    (lambda Q, R: Q, "two things"),
    (lambda Q, R: (np.hstack([Q, Q]), R), "Q should have shape"),
    (lambda Q, R: (Q, R.T), "upper triangular"),
    (lambda Q, R: (Q, R + 1e-17), "upper triangular"),
    (lambda Q, R: (-Q, R), "Q @ R is not A"),
    (lambda Q, R: (Q.astype(np.float32), R), "Q @ R is not A"),
    (lambda Q, R: (2 * Q, R / 2), "not orthonormal"),
    (lambda Q, R: (Q, R + 0j * np.nan), "finite"),
])
def test_qr_names_the_mistake(change, message):
    A = np.random.default_rng(2).normal(size=(7, 4))
    says(factor.qr.verdict(lambda M: change(*householder(M)), A), message)


# ---------------------------------------------------------------- cholesky

@settings(deadline=None, max_examples=60)
@given(SEEDS, st.integers(1, 20), st.booleans(), st.booleans(), SCALES)
def test_cholesky_accepts_lapack_also_for_graded_matrices(seed, n, imaginary, graded, scale):
    A = scale * definite(np.random.default_rng(seed), n, imaginary)
    grades = np.logspace(-4, 4, n) if graded else np.ones(n)
    factor.cholesky(np.linalg.cholesky, A * np.outer(grades, grades))


def jittered(A):
    return np.linalg.cholesky(A + 1e-8 * np.eye(len(A)))


@pytest.mark.parametrize(("change", "message"), [
    (lambda L: L.T, "lower triangular"),
    (lambda L: -L, "positive"),
    (lambda L: L * np.array([1, 1, -1, 1, 1]), "positive"),
    (lambda L: L.astype(np.float32), "is not A"),
    (lambda L: L * np.nan, "finite"),
])
def test_cholesky_names_the_mistake(change, message):
    A = definite(np.random.default_rng(3), 5)
    says(factor.cholesky.verdict(lambda M: change(np.linalg.cholesky(M)), A), message)
    says(factor.cholesky.verdict(jittered, A), "is not A")


def test_cholesky_sees_an_error_in_a_small_row_of_a_graded_matrix():
    grades = np.logspace(-4, 4, 5)
    A = definite(np.random.default_rng(4), 5) * np.outer(grades, grades)
    says(factor.cholesky.verdict(lambda M: np.linalg.cholesky(M + np.diag([1e-12, 0, 0, 0, 0])), A), "is not A")


# ---------------------------------------------------------------- solving

@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(0, 8))
def test_elimination_solves_whatever_the_condition(seed, digits):
    rng = np.random.default_rng(seed)
    A, b = with_values(rng, 9, 9, np.logspace(0, -digits, 9)), rng.normal(size=9)
    factor.solves(np.linalg.solve(A, b), A, b)
    says(factor.solves.verdict(np.linalg.solve(A, b) * 1.01, A, b), "does not solve")


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.floats(0, 1))
def test_the_backward_error_is_that_of_the_nearest_system(seed, share):
    """Perturbing A by E with |E| = t |A| moves the solution to one whose backward error is at most t."""
    rng = np.random.default_rng(seed)
    A, x = rng.normal(size=(5, 5)), rng.normal(size=5)
    E = rng.normal(size=(5, 5))
    E *= 1e-3 * share * np.linalg.norm(A, 2) / np.linalg.norm(E, 2)
    assert factor.backward_error(A, x, (A + E) @ x) <= 1e-3 * share * (1 + 1e-9) + 1e-15
    assert factor.backward_error(A, np.zeros(5), np.zeros(5)) == 0


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.sampled_from([(7, 3), (5, 5), (30, 8)]), st.integers(0, 9), st.booleans(), SCALES)
def test_least_squares_accepts_orthogonal_methods_at_every_condition(seed, shape, digits, small, scale):
    rng = np.random.default_rng(seed)
    A, b = scale * with_values(rng, *shape, np.logspace(0, -digits, shape[1])), rng.normal(size=(shape[0], 2))
    if small:
        b = A @ rng.normal(size=(shape[1], 2)) + 1e-8 * scale * b

    def by_qr(M, y):
        Q, R = householder(M)
        return np.linalg.solve(R, Q.T @ y)

    factor.least_squares(by_qr, A, b)
    factor.least_squares(lambda M, y: np.linalg.lstsq(M, y, rcond=1e-15)[0], A, b[:, 0])


def normal_equations(A, b):
    return np.linalg.solve(A.T @ A, A.T @ b)


def test_least_squares_rejects_the_normal_equations_where_they_lose_digits():
    rng = np.random.default_rng(5)
    A = with_values(rng, 30, 8, np.logspace(0, -7, 8))
    b = A @ rng.normal(size=8) + 1e-10 * rng.normal(size=30)
    says(factor.least_squares.verdict(normal_equations, A, b), "squares the condition|not orthogonal")
    factor.least_squares(normal_equations, with_values(rng, 30, 8, np.linspace(1, 2, 8)), b)


@pytest.mark.parametrize(("function", "message"), [
    (lambda A, b: np.linalg.solve(A.T @ A + 1e-6 * np.eye(3), A.T @ b), "not orthogonal"),
    (lambda A, b: np.linalg.solve(A[:3], b[:3]), "not orthogonal"),
    (lambda A, b: np.linalg.lstsq(A, b, rcond=None)[0][:, 0], "shape"),
    (lambda A, b: np.linalg.lstsq(A, b, rcond=None)[0] * np.nan, "finite"),
])
def test_least_squares_names_the_mistake(function, message):
    rng = np.random.default_rng(6)
    says(factor.least_squares.verdict(function, rng.normal(size=(7, 3)), rng.normal(size=(7, 2))), message)


def report(A, b, x, kappa=np.linalg.cond, norm=2):
    t = float(np.linalg.norm(b - A @ x) / (np.linalg.norm(A, norm) * np.linalg.norm(x) + np.linalg.norm(b)))
    product = kappa(A) * t
    return {"kappa_est": kappa(A), "backward": t, "forward_bound": 2 * product / (1 - product) if product < 1 else np.inf}


@settings(deadline=None, max_examples=40)
@given(SEEDS, st.integers(1, 9), st.floats(0, 8), st.floats(-12, 0), st.floats(0.55, 1.9))
def test_a_report_is_accepted_with_any_estimate_inside_the_factor(seed, n, digits, error, factor_off):
    rng = np.random.default_rng(seed)
    A = with_values(rng, n, n, np.logspace(0, -digits if n > 1 else 0, n))
    x = rng.normal(size=n)
    b = A @ x + 10.0**error * rng.normal(size=n)
    factor.condition_report(lambda *given: report(*given, kappa=lambda M: factor_off * np.linalg.cond(M)), A, b, x)


def test_the_condition_of_a_singular_matrix_is_infinite():
    A, b = np.array([[1.0, 2.0], [2.0, 4.0]]), np.ones(2)
    factor.condition_report(lambda *given: report(*given, kappa=lambda M: np.inf), A, b, b)
    says(factor.condition_report.verdict(lambda *given: report(*given, kappa=lambda M: 5.0), A, b, b), "singular")


@pytest.mark.parametrize(("function", "message", "part"), [
    (lambda A, b, x: np.linalg.cond(A), "a dict", "kappa_est"),
    (lambda A, b, x: {"kappa_est": 1.0, "backward": 0.0}, "a dict", "kappa_est"),
    (lambda *given: report(*given) | {"backward": np.nan}, "nan says nothing", "kappa_est"),
    (lambda *given: report(*given, kappa=lambda M: np.linalg.cond(M) ** 2), "factor of 2", "kappa_est"),
    (lambda *given: report(*given, norm="fro"), "largest singular value", "backward"),
    (lambda *given: report(*given) | {"forward_bound": 0.0}, "forward_bound is not", "forward_bound"),
    (lambda *given: report(*given) | {"forward_bound": np.inf}, "forward_bound is not", "forward_bound"),
])
def test_a_wrong_report_is_named_where_it_is_wrong(function, message, part):
    rng = np.random.default_rng(8)
    A, x = with_values(rng, 6, 6, np.geomspace(3, 1, 6)), rng.normal(size=6)
    b = A @ x + 0.01 * rng.normal(size=6)
    says(factor.condition_report.verdict(function, A, b, x), message)
    says(factor.condition_report.verdict(function, A, b, x, parts=(part,)), message)


# ---------------------------------------------------------------- histories

def symmetric(seed, n, kappa):
    rng = np.random.default_rng(seed)
    A = with_values(rng, n, n, np.ones(n))
    Q = np.linalg.qr(A)[0]
    A = (Q * np.geomspace(1, kappa, n)) @ Q.T
    return (A + A.T) / 2, rng.normal(size=n)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.floats(1, 1e3), st.integers(1, 40))
def test_an_honest_history_is_accepted(seed, kappa, maxit):
    A, b = symmetric(seed, 30, kappa)
    factor.residual_history(conjugate_gradients, A, b, 1e-10, maxit, at=range(1, maxit, 3))
    factor.residual_history(conjugate_gradients, A, 0 * b, 1e-10, maxit)


def made_up(A, b, tol, maxit):
    x, res = conjugate_gradients(A, b, tol, maxit)
    return x, list(np.linspace(res[0], res[-1], len(res)))


def by_reading(A, b, tol, maxit):
    M = np.column_stack([A.matvec(e) for e in np.eye(len(b))])
    return np.linalg.solve(M, b), [float(np.linalg.norm(b)), *([1e-13] * min(maxit, 14))]


def test_reading_the_matrix_column_by_column_is_too_many_products():
    A, b = symmetric(9, 30, 50.0)
    says(factor.residual_history.verdict(by_reading, A, b, 0.0, 14, at=(1,)), r"too often")
    factor.residual_history(twice, A, b, 1e-9, 50)


def twice(A, b, tol, maxit):
    x, res = conjugate_gradients(A, b, tol, maxit)
    for _ in res:
        A.matvec(x)                                 # recomputes the residual in every step
    return x, res


def on(change):
    return lambda A, b, tol, maxit: change(*conjugate_gradients(A, b, tol, maxit), b)


@pytest.mark.parametrize(("function", "message"), [
    (on(lambda x, res, b: x), "two things"),
    (on(lambda x, res, b: (x, res[-1])), "list of finite"),
    (on(lambda x, res, b: (x, [*res, float("nan")])), "list of finite"),
    (on(lambda x, res, b: (x, [-r for r in res])), "list of finite"),
    (on(lambda x, res, b: (x, [*res, *([0.0] * 60)])), "more than maxit"),
    (on(lambda x, res, b: (x, res[1:])), r"res\[0\]"),
    (on(lambda x, res, b: (x, [r / res[0] for r in res])), r"res\[0\]"),
    (on(lambda x, res, b: (x, [*res, res[-1]])), "goes on"),
    (on(lambda x, res, b: (x, [*res[:-1], res[-1] / 2 + 1e-6])), "last entry"),
    (lambda A, b, tol, maxit: conjugate_gradients(A, b, tol, 3), "stops before"),
    (lambda A, b, tol, maxit: conjugate_gradients(A, b, 1e-13, maxit), "goes on"),
    (twice, "too often"),
    (made_up, r"res\[k\]"),
    (on(lambda x, res, b: (x * (1 + 5e-9), res)), "claims to be below"),
])
def test_a_dishonest_or_wasteful_history_is_named(function, message):
    A, b = symmetric(7, 30, 50.0)
    says(factor.residual_history.verdict(function, A, b, 1e-9, 50, at=(2, 5, 11), products=1), message)
