"""Certificates: whatever found the minimum is accepted, and what only lies near it is not."""
from __future__ import annotations

import doctest
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import certificate

SEEDS = st.integers(0, 2**32 - 1)


def says(verdict, text):
    assert verdict.status == "wrong"
    assert re.search(text, verdict.message), verdict.message


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(certificate).failed == 0


# ---------------------------------------------------------------- stationary

@settings(deadline=None, max_examples=40)
@given(SEEDS, st.floats(1e-9, 1e-3))
def test_the_excess_that_strong_convexity_proves_is_an_upper_bound(seed, far):
    rng = np.random.default_rng(seed)
    B = rng.normal(size=(7, 5))
    Q, x = B.T @ B + 0.1 * np.eye(5), far * rng.normal(size=5)             # the minimum is at 0
    verdict = certificate.stationary.verdict([Q @ x], "x", at_most=1.0, mu=0.1)
    assert verdict.status == "ok"
    assert x @ Q @ x / 2 <= verdict.detail["excess"] * (1 + 1e-9)


@pytest.mark.parametrize(("gradient", "message"), [
    ([1e-3, 0.0], "norm about 1e-03; at most 1e-06"),
    ([np.zeros(3), [np.array([0.0, 2.0])]], "norm about 2e"),
    ({"w": np.zeros(2), "b": 0.5}, "norm about 5e-01"),
    ([np.nan, 0.0], "not finite"),
    ([np.inf], "not finite"),
    ([None], "not finite"),
])
def test_a_gradient_that_is_not_small_is_no_minimum(gradient, message):
    says(certificate.stationary.verdict(gradient, "x", at_most=1e-6), message)


# ---------------------------------------------------------------- quadratic programs

def program(rng, n=7, m=3, rank=None, flat=0):
    """Q, c, A, b with Q of rank n - flat, convex on the null space of A."""
    B, A = rng.normal(size=(n, n)), rng.normal(size=(m, n))
    B[:flat] = 0
    if rank is not None:
        A = rng.normal(size=(m, rank)) @ rng.normal(size=(rank, n))
    return B.T @ B, rng.normal(size=n), A, A @ rng.normal(size=n)


def solved(Q, c, A, b):
    K = np.block([[Q, A.T], [A, np.zeros((len(A), len(A)))]])
    z = np.linalg.lstsq(K, np.concatenate([-c, b]))[0]
    return z[:len(c)], z[len(c):]


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.sampled_from([{}, {"m": 1}, {"m": 4, "rank": 2}, {"flat": 2}]), st.sampled_from([1.0, 1e-6, 1e6]))
def test_a_solved_kkt_system_is_certified_at_any_rank_and_scale(seed, kind, scale):
    Q, c, A, b = program(np.random.default_rng(seed), **kind)
    x, nu = solved(Q, c, A, b)
    certificate.kkt_qp(x, nu, Q, c, A, b)
    certificate.kkt_qp(x, None, Q, c, A, b)
    certificate.kkt_qp(scale * x, scale * nu, Q, scale * c, A, scale * b)


@settings(deadline=None, max_examples=40)
@given(SEEDS)
def test_other_points_and_other_signs_are_refused(seed):
    rng = np.random.default_rng(seed)
    Q, c, A, b = program(rng)
    x, nu = solved(Q, c, A, b)
    says(certificate.kkt_qp.verdict(x, -nu, Q, c, A, b), "sign of this equation")
    says(certificate.kkt_qp.verdict(-np.linalg.solve(Q, c), nu, Q, c, A, b), "A x should be b")
    inside = np.linalg.svd(A)[2][3:].T @ rng.normal(size=4)
    says(certificate.kkt_qp.verdict(x + 1e-4 * inside, nu, Q, c, A, b), "should be zero")
    says(certificate.kkt_qp.verdict(x + 1e-4 * inside, None, Q, c, A, b), "should be zero")


@pytest.mark.parametrize(("x", "message"), [
    (None, "return missing"), ([1.0], r"shape \(2,\)"), ([1.0, np.nan], "finite"), (["a", "b"], "real numbers"),
])
def test_what_is_no_vector_is_said(x, message):
    says(certificate.kkt_qp.verdict(x, [0.0], np.eye(2), np.zeros(2), np.ones((1, 2)), np.ones(1)), message)
    says(certificate.kkt_lasso.verdict(x, np.eye(2), np.ones(2), 0.5), message)


def test_a_program_without_minimum_is_the_authors_mistake():
    with pytest.raises(ValueError, match="not convex"):
        certificate.kkt_qp([0.0, 1.0], [0.0], -np.eye(2), np.zeros(2), np.array([[0.0, 1.0]]), np.ones(1))
    saddle = np.diag([1.0, -1.0])                           # convex where x_2 is fixed
    certificate.kkt_qp([0.0, 1.0], [1.0], saddle, np.zeros(2), np.array([[0.0, 1.0]]), np.ones(1))
    with pytest.raises(ValueError, match="lam > 0"):
        certificate.kkt_lasso([0.0], np.eye(1), np.ones(1), 0.0)


# ---------------------------------------------------------------- lasso

def lasso(A, b, lam, threshold=None):
    """FISTA; `threshold` is where it can go wrong."""
    L = np.linalg.norm(A, 2) ** 2
    cut = lam / L if threshold is None else threshold
    x = y = np.zeros(A.shape[1])
    t = 1.0
    for _ in range(3_000):
        z = y - A.T @ (A @ y - b) / L
        new, grown = np.sign(z) * np.maximum(np.abs(z) - cut, 0), (1 + np.sqrt(1 + 4 * t * t)) / 2
        if np.abs(new - x).max() == 0 and t > 1:
            return new
        x, y, t = new, new + (t - 1) / grown * (new - x), grown
    return x


@settings(deadline=None, max_examples=12)
@given(SEEDS, st.sampled_from([0.05, 0.3, 0.9, 1.5]), st.sampled_from([1.0, 1e-4, 1e4]))
def test_a_lasso_is_certified_and_its_excess_is_proven(seed, share, scale):
    rng = np.random.default_rng(seed)
    A, b = rng.normal(size=(20, 7)), scale * rng.normal(size=20)
    lam = share * np.abs(A.T @ b).max()
    x = lasso(A, b, lam)
    verdict = certificate.kkt_lasso.verdict(x, A, b, lam)
    assert verdict.status == "ok", verdict.message
    assert 0 <= verdict.detail["excess"] + 1e-12 * (b @ b) <= 1e-6 * (b @ b)
    if share > 1:
        assert (x == 0).all()
    else:
        says(certificate.kkt_lasso.verdict(lasso(A, b, lam, lam), A, b, lam), "not a minimum")
        says(certificate.kkt_lasso.verdict(lasso(A, b, 2 * lam), A, b, lam), "not a minimum")
        says(certificate.kkt_lasso.verdict(x + 1e-3 * scale, A, b, lam), "not a minimum")


def test_an_entry_of_the_wrong_sign_is_noticed():
    says(certificate.kkt_lasso.verdict([-1.0], np.eye(1), np.zeros(1), 1.0), "times its sign")
    says(certificate.kkt_lasso.verdict([0.5], np.eye(1), np.array([1.0]), 1.0), "exactly zero")


# ---------------------------------------------------------------- constraints

def test_bounds_inequalities_and_equations_are_asked():
    simplex = {"at_least": 0, "equalities": (np.ones((1, 3)), [1.0])}
    certificate.feasible([0.2, 0.3, 0.5], "alpha", **simplex)
    certificate.feasible(np.full((3, 3), 1 / 3), "P", at_least=0, at_most=np.ones((3, 1)))
    certificate.feasible([1e9, 1e9], "x", inequalities=([[1.0, -1.0]], [0.0]))
    says(certificate.feasible.verdict([0.2, 0.3, 0.6], "alpha", **simplex), "one equation is violated by about 5e-02")
    says(certificate.feasible.verdict([-0.1, 0.6, 0.5], "alpha", **simplex), "below its bound by about 1e-01")
    says(certificate.feasible.verdict([0.5, 2.0], "x", at_most=[1.0, 1.5]), "above its bound by about 3e-01")
    says(certificate.feasible.verdict([2.0, 1.0], "x", inequalities=([[1.0, -1.0]], [0.0]), hint="Clip."), "Clip")
    says(certificate.feasible.verdict([1.0], "x", inequalities=([[1.0, -1.0]], [0.0])), r"shape \(2,\)")
    says(certificate.feasible.verdict([np.nan], "x", at_least=0), "finite")


@settings(deadline=None, max_examples=25)
@given(SEEDS, st.integers(1, 12), st.integers(1, 12), st.sampled_from([1e-200, 1.0, 1e200]))
def test_gram_matrices_of_any_rank_and_scale_are_positive_semidefinite(seed, n, rank, scale):
    rng = np.random.default_rng(seed)
    B = rng.normal(size=(n, rank))
    certificate.positive_semidefinite(scale * (B @ B.T), "the Gram matrix")
    C = B + 1j * rng.normal(size=(n, rank))
    certificate.positive_semidefinite(C @ C.conj().T, "the Gram matrix")
    certificate.positive_semidefinite((B @ B.T).astype(np.float32), "the Gram matrix")


@pytest.mark.parametrize(("M", "message"), [
    (np.diag([1.0, -1e-6]), "negative eigenvalue; one is about -1e-06"),
    (np.diag([1e200, -1e195]), "one is about -1e\\+195"),
    ([[1.0, 0.5], [0.0, 1.0]], "should be symmetric"),
    (np.array([[1.0, 1j], [1j, 1.0]]), "should be symmetric"),
    (np.ones((2, 3)), r"square matrix.*\(2, 3\)"),
    (np.diag([1.0, np.nan]), "finite"),
    (None, "return missing"),
])
def test_what_is_not_positive_semidefinite_is_named(M, message):
    says(certificate.positive_semidefinite.verdict(M, "the kernel"), message)
    certificate.positive_semidefinite(np.zeros((3, 3)), "the kernel")


# ---------------------------------------------------------------- duality

def test_a_gap_is_small_and_never_negative():
    certificate.duality_gap(5.0, 5.0 * (1 + 1e-15), "(w, alpha)", at_most=1e-6)
    certificate.duality_gap(0.0, 0.0, "(w, alpha)", at_most=1e-6)
    says(certificate.duality_gap.verdict(5.0, 5.1, "(w, alpha)", at_most=1e-6), "weak duality excludes")
    says(certificate.duality_gap.verdict(5.0, 4.0, "(w, alpha)", at_most=1e-6), "gap is about 1e")
    says(certificate.duality_gap.verdict(np.inf, 4.0, "(w, alpha)", at_most=1e-6), "finite")
    says(certificate.duality_gap.verdict(1.0, None, "(w, alpha)", at_most=1e-6), "dual value.*return missing")
