"""Laws of derivatives: right ones pass at rounding, each kind of wrong one is found, kinks are told from bends."""
from __future__ import annotations

import doctest

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from autograder import checks
from autograder.checks import differentiation

SEEDS = st.integers(0, 2**32 - 1)


def test_its_examples_run():
    result = doctest.testmod(differentiation)
    assert result.attempted > 0 and result.failed == 0


# ---------------------------------------------------------------- complex_step and kink_scan

@given(SEEDS)
def test_the_complex_step_is_exact_to_rounding(seed):
    rng = np.random.default_rng(seed)
    A, b, x, u = rng.normal(size=(5, 7)), rng.normal(size=5), rng.normal(size=7), rng.normal(size=7)
    slope = checks.complex_step(lambda x: np.tanh(A @ x + b), x, u)
    exact = (1 - np.tanh(A @ x + b) ** 2) * (A @ u)
    assert np.abs(slope - exact).max() <= 1e-14 * np.abs(A).max() * np.abs(u).max() * 7


def test_the_complex_step_follows_nested_points():
    slope = checks.complex_step(lambda p: {"all": p["a"] * p["b"][0]}, {"a": 2.0, "b": [3.0]}, {"a": 1.0, "b": [10.0]})
    assert slope == {"all": 23.0}


@given(SEEDS, st.sampled_from([1e-6, 1.0, 1e6]))
def test_a_kink_is_told_from_a_bend(seed, scale):
    rng = np.random.default_rng(seed)
    x, u = rng.normal(size=5), rng.normal(size=5)
    assume(abs(x @ u) > 0.1 and np.abs(u).min() > 0.05)
    at = x.copy()
    at[rng.integers(5)] = 0.0
    assert checks.kink_scan(lambda x: scale * float(np.abs(x).sum()), at, u)
    assert checks.kink_scan(lambda x: scale * float(np.maximum(x, 0).sum() + x @ x), at, u)
    assert not checks.kink_scan(lambda x: scale * float(x @ x), x, u)
    assert not checks.kink_scan(lambda x: scale * float(np.tanh(x).sum() + x @ x), x, u)
    assert not checks.kink_scan(lambda x: scale * float(np.sum(x)), x, u)


# ---------------------------------------------------------------- adjoint

@given(SEEDS, st.sampled_from([(7, 5), (3, 3), (1, 6), (400, 300)]), st.booleans())
def test_an_adjoint_passes_at_rounding(seed, shape, is_complex):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=shape) + (1j * rng.normal(size=shape) if is_complex else 0)
    inside, outside = np.zeros(shape[1], dtype=A.dtype), np.zeros(shape[0], dtype=A.dtype)
    verdict = checks.adjoint.verdict(lambda v: A @ v, lambda c: A.conj().T @ c, inside, outside, rng=rng)
    assert verdict.status == "ok"
    assert verdict.detail["worst"] < differentiation.ADJOINT / 1e3


def test_an_adjoint_of_several_blocks():
    rng = np.random.default_rng(0)
    x, W = rng.normal(size=(4, 3)), rng.normal(size=(3, 5))
    def forward(v):
        return v[0] @ W + x @ v[1]

    checks.adjoint(forward, lambda c: (c @ W.T, x.T @ c), (x, W), np.zeros((4, 5)), rng=rng)
    verdict = checks.adjoint.verdict(forward, lambda c: (c @ W.T, 0 * W), (x, W), np.zeros((4, 5)), rng=rng)
    assert verdict.status == "wrong"


ADJOINTS = {
    "the map itself": lambda A: A,
    "a sign": lambda A: -A.T,
    "zero": lambda A: 0 * A.T,
    "a factor": lambda A: 1.001 * A.T,
    "one entry": lambda A: A.T + 1e-6 * np.eye(*A.T.shape),
    "nan": lambda A: np.nan * A.T,
}


@given(SEEDS, st.sampled_from(sorted(ADJOINTS)))
def test_what_is_not_the_adjoint_is_found(seed, kind):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(6, 6))
    other = ADJOINTS[kind](A)
    verdict = checks.adjoint.verdict(lambda v: A @ v, lambda c: other @ c, np.zeros(6), np.zeros(6), rng=rng)
    assert verdict.status == "wrong"


def test_an_adjoint_of_a_wrong_shape_is_told_so():
    A = np.ones((2, 3))
    verdict = checks.adjoint.verdict(lambda v: A @ v, lambda c: A @ c[:1], np.zeros(3), np.zeros(2), rng=np.random.default_rng(0))
    assert verdict.status == "error"
    verdict = checks.adjoint.verdict(lambda v: A @ v, lambda c: c, np.zeros(3), np.zeros(2), rng=np.random.default_rng(0))
    assert verdict.message == "The result of the adjoint should have shape (3,); got (2,)."


# ---------------------------------------------------------------- hvp

def bowl(seed):
    """Gradient and Hessian of sum log cosh(A x) + b^T x, which take complex numbers."""
    rng = np.random.default_rng(seed)
    A, b, x = rng.normal(size=(9, 5)), 100 * rng.normal(size=5), rng.normal(size=5)
    return (lambda x: A.T @ np.tanh(A @ x) + b), (A.T * (1 - np.tanh(A @ x) ** 2)) @ A, x, rng


@given(SEEDS)
def test_an_exact_product_passes_at_rounding(seed):
    grad, H, x, rng = bowl(seed)
    verdict = checks.hvp.verdict(lambda v: H @ v, grad, x, rng=rng)
    assert verdict.status == "ok"
    assert max(verdict.detail.values()) < 1e-12
    assert checks.hvp.verdict(lambda v: H @ v, grad, x, rng=rng, analytic=False, tol=1e-5).status == "ok"


@given(SEEDS)
def test_differences_reach_the_loose_tolerance_and_not_the_exact_one(seed):
    grad, _, x, rng = bowl(seed)

    def product(v):
        length = np.linalg.norm(v) or 1.0
        h = 1e-5 / length
        return (grad(x + h * v) - grad(x - h * v)) / (2 * h)

    assert checks.hvp.verdict(product, grad, x, rng=rng, tol=1e-5, laws=1e-5).status == "ok"
    assert checks.hvp.verdict(product, grad, x, rng=rng, tol=1e-11, laws=1e-5).status == "wrong"


PRODUCTS = {
    "the diagonal": lambda H, v: np.diag(H) * v,
    "a triangle": lambda H, v: np.triu(H) @ v,
    "the absolute value": lambda H, v: H @ np.abs(v),
    "a constant": lambda H, v: H @ v + 1e-3,
    "of its direction": lambda H, v: H @ v / (np.linalg.norm(v) or 1.0),
    "a sign": lambda H, v: -H @ v,
    "nan at zero": lambda H, v: H @ v if v.any() else np.nan * v,
    "one entry": lambda H, v: H @ v + 1e-6 * v[0] * np.eye(len(v))[1] * np.linalg.norm(H),
}


@given(SEEDS, st.sampled_from(sorted(PRODUCTS)))
def test_what_is_not_the_product_is_found(seed, kind):
    grad, H, x, rng = bowl(seed)
    assert checks.hvp.verdict(lambda v: PRODUCTS[kind](H, v), grad, x, rng=rng).status == "wrong"


def test_a_product_of_several_blocks():
    def grad(p):
        return [p[0] ** 2 * p[1], p[0] ** 3 / 3 + 4 * p[1]]

    x = [np.array([1.0, 2.0]), np.array([3.0, -1.0])]

    def product(v):
        return [2 * x[0] * x[1] * v[0] + x[0] ** 2 * v[1], x[0] ** 2 * v[0] + 4 * v[1]]

    checks.hvp(product, grad, x, rng=np.random.default_rng(0))
    verdict = checks.hvp.verdict(lambda v: product(v)[:1], grad, x, rng=np.random.default_rng(0))
    assert verdict.message == "The product H v should be nested like the parameters."


# ---------------------------------------------------------------- subgradient

def nuclear(x):
    return float(np.linalg.svd(x, compute_uv=False).sum())


@settings(max_examples=40)
@given(SEEDS)
def test_every_element_of_the_subdifferential_passes(seed):
    rng = np.random.default_rng(seed)
    x = rng.normal(size=6) * (rng.random(6) < 0.5)
    g = np.where(x == 0, rng.uniform(-1, 1, 6), np.sign(x))
    checks.subgradient(lambda x: float(np.abs(x).sum()), x, g, rng=rng, n=50)
    ties = rng.integers(3, size=6).astype(float)
    weights = rng.dirichlet(np.ones(6)) * (ties == ties.max())
    checks.subgradient(lambda x: float(x.max()), ties, weights / weights.sum(), rng=rng, n=50)
    inside = rng.normal(size=6)
    checks.subgradient(lambda x: float(np.linalg.norm(x)), np.zeros(6), inside / np.linalg.norm(inside), rng=rng, n=50)
    U, V = np.linalg.qr(rng.normal(size=(5, 3)))[0], np.linalg.qr(rng.normal(size=(4, 3)))[0]
    part = U[:, :2] @ V[:, :2].T + rng.uniform(-1, 1) * np.outer(U[:, 2], V[:, 2])
    checks.subgradient(nuclear, (U[:, :2] * [3.0, 0.5]) @ V[:, :2].T, part, rng=rng, n=50)


@settings(max_examples=40)
@given(SEEDS, st.floats(0.01, 1.0))
def test_an_element_outside_is_found(seed, excess):
    rng = np.random.default_rng(seed)
    wrong = 1 + excess
    l1 = checks.subgradient.verdict(lambda x: float(np.abs(x).sum()), np.array([0.0, 1.0]), np.array([wrong, 1.0]), rng=rng)
    top = checks.subgradient.verdict(lambda x: float(x.max()), np.ones(3), np.array([wrong, 0.0, 0.0]), rng=rng)
    ball = checks.subgradient.verdict(lambda x: float(np.linalg.norm(x)), np.zeros(4), np.array([0, 0, wrong, 0]), rng=rng)
    U, V = np.linalg.qr(rng.normal(size=(5, 3)))[0], np.linalg.qr(rng.normal(size=(4, 3)))[0]
    matrix = checks.subgradient.verdict(nuclear, 3 * np.outer(U[:, 0], V[:, 0]), (U * [1, wrong, 0.3]) @ V.T, rng=rng)
    smooth = checks.subgradient.verdict(lambda x: float(x @ x), np.ones(3), 2 * np.ones(3) * wrong, rng=rng)
    assert [v.status for v in (l1, top, ball, matrix, smooth)] == ["wrong"] * 5


@pytest.mark.parametrize("g", [np.ones(2), np.array([np.nan, 0, 0]), None, "ones", 1j * np.ones(3)])
def test_what_is_no_real_array_of_that_shape_is_wrong(g):
    verdict = checks.subgradient.verdict(lambda x: float(x.max()), np.ones(3), g, rng=np.random.default_rng(0))
    assert verdict.status == "wrong" and "shape (3,)" in verdict.message
