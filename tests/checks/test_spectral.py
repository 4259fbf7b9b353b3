"""Factorisations: every correct one is accepted whatever its signs, bases and scale; every listed mistake is named."""
from __future__ import annotations

import doctest
import re

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder.checks import CheckFailed, spectral

SEEDS = st.integers(0, 2**32 - 1)
SHAPES = st.sampled_from([(7, 5), (5, 7), (6, 6), (30, 12), (1, 4), (4, 1), (1, 1)])
EPS = 2.0**-52


def orthogonal(rng, m, n, *, imaginary=False):
    """(m, n) with orthonormal columns."""
    M = rng.normal(size=(m, n)) + (1j * rng.normal(size=(m, n)) if imaginary else 0)
    return np.linalg.qr(M)[0]


def with_values(rng, m, n, values, *, imaginary=False):
    """(m, n) with these singular values."""
    r = len(values)
    left, right = (orthogonal(rng, size, r, imaginary=imaginary) for size in (m, n))
    return (left * values) @ right.conj().T


def symmetric(rng, values, *, imaginary=False):
    Q = orthogonal(rng, len(values), len(values), imaginary=imaginary)
    A = (Q * np.asarray(values)) @ Q.conj().T
    return (A + A.conj().T) / 2


def lapack(A):
    return np.linalg.svd(A, full_matrices=False)


def over_gram(A):
    """The shortcut that squares the condition."""
    w, V = np.linalg.eigh(A.T @ A)
    s, V = np.sqrt(np.abs(w[::-1])), V[:, ::-1]
    return A @ V / s, s, V.T


def says(verdict, text):
    assert verdict.status == "wrong"
    assert re.search(text, verdict.message), verdict.message


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(spectral).failed == 0


# ---------------------------------------------------------------- svd

@settings(deadline=None, max_examples=60)
@given(SEEDS, SHAPES, st.integers(1, 10), st.booleans(), st.sampled_from([1.0, 1e-200, 1e150]))
def test_svd_accepts_lapack_at_every_condition_and_scale_with_any_signs(seed, shape, digits, imaginary, scale):
    rng = np.random.default_rng(seed)
    A = scale * with_values(rng, *shape, np.logspace(0, -digits, min(shape)), imaginary=imaginary)

    def other_signs(M):
        U, s, Vt = lapack(M)
        phase = np.exp(2j * np.pi * rng.random(len(s))) if imaginary else rng.choice([-1.0, 1.0], len(s))
        return U * phase, s, np.conj(phase)[:, None] * Vt

    spectral.svd(other_signs, A)


@settings(deadline=None, max_examples=30)
@given(SEEDS)
def test_svd_accepts_any_basis_for_equal_singular_values(seed):
    rng = np.random.default_rng(seed)

    def other_basis(M):
        U, s, Vt = lapack(M)
        turn = orthogonal(rng, 3, 3)
        U[:, :3], Vt[:3] = U[:, :3] @ turn, turn.T @ Vt[:3]
        return U, s, Vt

    spectral.svd(other_basis, with_values(rng, 7, 5, [3.0, 3.0, 3.0, 1.0, 1.0]))


@pytest.mark.parametrize("rank", [0, 1, 3])
def test_svd_counts_the_rank_when_asked(rank):
    rng = np.random.default_rng(rank)
    A = rng.normal(size=(9, rank)) @ rng.normal(size=(rank, 6))
    spectral.svd(lapack, A, rank=rank)
    says(spectral.svd.verdict(lapack, A, rank=rank + 1), "rank")


def test_svd_holds_float32_input_to_float32():
    A = np.random.default_rng(0).normal(size=(7, 5)).astype(np.float32)
    spectral.svd(lapack, A)
    says(spectral.svd.verdict(lambda M: tuple(p.astype(np.float32) for p in lapack(M)), A.astype(float)), "not A")


@pytest.mark.parametrize("digits", [7, 8, 10])
def test_svd_rejects_the_route_over_the_gram_matrix(digits):
    rng = np.random.default_rng(digits)
    verdict = spectral.svd.verdict(over_gram, with_values(rng, 30, 12, np.logspace(0, -digits, 12)))
    # At ten digits the smallest values are noise, and with another LAPACK not even in order.
    says(verdict, "descending" if "descending" in verdict.message and digits == 10 else "not orthonormal")


def swap_two(U, s, Vt):
    order = np.arange(len(s))
    order[[0, 1]] = [1, 0]
    return U[:, order], s, Vt


@pytest.mark.parametrize(("change", "message"), [
    (lambda U, s, Vt: (U, s), "three things"),
    (lambda U, s, Vt: (U, s, Vt.T), "Vt should have shape"),
    (lambda U, s, Vt: (U, s[:, None], Vt), "s should have shape"),
    (lambda U, s, Vt: (U * np.nan, s, Vt), "U should hold finite"),
    (lambda U, s, Vt: (U[:, ::-1], s[::-1], Vt[::-1]), "descending"),
    (lambda U, s, Vt: (-U, -s, Vt), "non-negative"),
    (lambda U, s, Vt: (U * s, np.ones_like(s), Vt), "not orthonormal"),
    (swap_two, "not A"),
    (lambda U, s, Vt: (U, s**2, Vt), "not A"),
    (lambda U, s, Vt: (U.astype(np.float32), s, Vt), "not A"),
    (lambda U, s, Vt: (U, s, Vt * 1j), "real for a real input"),
])
def test_svd_names_the_mistake(change, message):
    A = np.random.default_rng(1).normal(size=(5, 7))
    says(spectral.svd.verdict(lambda M: change(*lapack(M)), A), message)


def test_svd_tells_v_from_its_transpose_on_a_square_matrix():
    A = np.random.default_rng(2).normal(size=(5, 5))
    says(spectral.svd.verdict(lambda M: (lapack(M)[0], lapack(M)[1], lapack(M)[2].T), A), "transpose")


def test_svd_tells_a_complex_v_from_its_conjugate():
    rng = np.random.default_rng(3)
    A = with_values(rng, 6, 4, [4.0, 3.0, 2.0, 1.0], imaginary=True)
    says(spectral.svd.verdict(lambda M: (lapack(M)[0], lapack(M)[1], lapack(M)[2].conj()), A), "not A")


# ---------------------------------------------------------------- eigh

@settings(deadline=None, max_examples=60)
@given(SEEDS, st.lists(st.floats(-1, 1).map(lambda x: round(x, 3)), min_size=1, max_size=9), st.booleans(),
       st.sampled_from([1.0, 1e-200, 1e150]))
def test_eigh_accepts_lapack_with_any_spectrum_sign_and_scale(seed, values, imaginary, scale):
    rng = np.random.default_rng(seed)
    A = scale * symmetric(rng, values, imaginary=imaginary)

    def other_signs(M):
        w, V = np.linalg.eigh(M)
        return w, V * (np.exp(2j * np.pi * rng.random(len(w))) if imaginary else rng.choice([-1.0, 1.0], len(w)))

    spectral.eigh(other_signs, A)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.floats(0, 2e-14))
def test_eigh_accepts_any_basis_inside_a_cluster(seed, spread):
    rng = np.random.default_rng(seed)
    A = symmetric(rng, [1.0, 2.0, 2.0 + spread, 2.0 - spread, 5.0])

    def other_basis(M):
        w, V = np.linalg.eigh(M)
        V[:, 1:4] = V[:, 1:4] @ orthogonal(rng, 3, 3)
        return w, V

    spectral.eigh(other_basis, A)


def swap_columns(w, V):
    return w, V[:, [1, 0, *range(2, len(w))]]


def nearly(w, V):
    """A rotation by 1e-9 that a sweep too few would leave."""
    c, s = np.cos(1e-9), np.sin(1e-9)
    V[:, :2] = V[:, :2] @ np.array([[c, -s], [s, c]])
    return w, V


@pytest.mark.parametrize(("change", "message"), [
    (lambda w, V: w, "two things"),
    (lambda w, V: (w[::-1], V[:, ::-1]), "ascending"),
    (lambda w, V: (w, V.T), "not V @ diag"),
    (lambda w, V: (np.sort(w)[::1], V[:, ::-1]), "not V @ diag"),
    (swap_columns, "not V @ diag"),
    (nearly, "not V @ diag"),
    (lambda w, V: (w, 2 * V), "not orthonormal"),
    (lambda w, V: (w, np.zeros_like(V)), "not orthonormal"),
    (lambda w, V: (np.full_like(w, w[0]), np.repeat(V[:, :1], len(w), axis=1)), "not orthonormal"),
    (lambda w, V: (w + 0.1j, V), "real"),
    (lambda w, V: (w.astype(int), V), "floating-point"),
    (lambda w, V: (w, V[:, :3]), "V should have shape"),
])
def test_eigh_names_the_mistake(change, message):
    A = symmetric(np.random.default_rng(4), [-3.0, -1.0, 0.5, 1.0, 2.5])
    says(spectral.eigh.verdict(lambda M: change(*np.linalg.eigh(M)), A), message)


def test_eigh_tells_complex_vectors_from_their_conjugates():
    A = symmetric(np.random.default_rng(5), [1.0, 2.0, 3.0], imaginary=True)
    says(spectral.eigh.verdict(lambda M: (np.linalg.eigh(M)[0], np.linalg.eigh(M)[1].conj()), A), "not V @ diag")


def test_eigh_keeps_small_eigenvalues_of_a_graded_matrix_to_the_norm():
    A = symmetric(np.random.default_rng(6), np.logspace(-10, 0, 8))
    spectral.eigh(np.linalg.eigh, A, c=100)
    assert spectral.eigh.verdict(lambda M: tuple(p.astype(np.float32) for p in np.linalg.eigh(M)), A).status == "wrong"


# ---------------------------------------------------------------- subspaces, low rank

@settings(deadline=None, max_examples=30)
@given(SEEDS, st.floats(1e-15, 1.0))
def test_the_sine_of_a_small_angle_keeps_its_digits(seed, angle):
    Q = orthogonal(np.random.default_rng(seed), 7, 4)
    turned = np.column_stack([Q[:, 0], np.cos(angle) * Q[:, 1] + np.sin(angle) * Q[:, 2]])
    assert spectral.sin_angle(Q[:, :2], turned) == pytest.approx(np.sin(angle), rel=1e-6, abs=1e-15)


def test_a_subspace_may_come_in_any_basis_but_not_too_small():
    rng = np.random.default_rng(7)
    Q = orthogonal(rng, 7, 3)
    spectral.subspace(Q @ rng.normal(size=(3, 3)), Q, "the span")
    says(spectral.subspace.verdict(Q[:, [0, 0, 1]], Q, "the span"), "dependent")
    says(spectral.subspace.verdict(np.zeros((7, 3)), Q, "the span"), "dependent")
    says(spectral.subspace.verdict(Q[:, :2], Q, "the span"), "shape")
    near = orthogonal(rng, 7, 7)[:, :3] * 1e-9 + Q
    says(spectral.subspace.verdict(near, Q, "the span"), "right space")
    spectral.subspace(near, Q, "the span", error=1e-8)


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.integers(0, 5))
def test_the_truncated_svd_is_a_best_approximation(seed, k):
    A = with_values(np.random.default_rng(seed), 7, 5, [5.0, 3.0, 3.0, 1.0, 0.2])
    U, s, Vt = lapack(A)
    spectral.best_rank((U[:, :k] * s[:k]) @ Vt[:k], A, k, "the approximation")
    if 0 < k < 5:
        says(spectral.best_rank.verdict(A, A, k, "the approximation"), "rank should be at most")
        worse = (U[:, -k:] * s[-k:]) @ Vt[-k:]
        says(spectral.best_rank.verdict(worse, A, k, "the approximation"), "exceeds")


# ---------------------------------------------------------------- what the SVD is good for

@settings(deadline=None, max_examples=40)
@given(SEEDS, st.sampled_from([(7, 5), (5, 7), (30, 4)]), st.integers(1, 3), st.booleans(),
       st.sampled_from([1.0, 1e-12, 1e150]))
def test_numpys_pseudo_inverse_is_accepted(seed, shape, rank, imaginary, scale):
    rng = np.random.default_rng(seed)
    A = scale * with_values(rng, *shape, np.logspace(0, -3, rank + 1)[:rank], imaginary=imaginary)
    spectral.pseudo_inverse(lambda M: np.linalg.pinv(M, rcond=1e-12), A, rank=rank)
    b = rng.normal(size=shape[0])
    spectral.min_norm(lambda M, y: np.linalg.pinv(M, rcond=1e-12) @ y, A, b, rank=rank)


def all_inverted(M):
    U, s, Vt = lapack(M)
    return Vt.T / s @ U.T


@pytest.mark.parametrize(("function", "message"), [
    (lambda M: np.linalg.pinv(M).T, "X should have shape"),
    (all_inverted, "rounding must not be inverted|A @ X @ A is not A"),
    (lambda M: np.zeros(M.T.shape), "A @ X @ A is not A"),
    (lambda M: np.linalg.pinv(M).astype(np.float32), "is not"),
    (lambda M: np.linalg.pinv(M) + np.outer(lapack(M)[2][0], orthogonal(np.random.default_rng(0), 9, 9)[0]), "is not"),
])
def test_a_wrong_pseudo_inverse_is_named(function, message):
    rng = np.random.default_rng(8)
    A = rng.normal(size=(9, 2)) @ rng.normal(size=(2, 6))
    says(spectral.pseudo_inverse.verdict(function, A, rank=2), message)


def test_a_one_sided_inverse_is_not_enough():
    rng = np.random.default_rng(9)
    A = rng.normal(size=(7, 5))
    left = np.linalg.pinv(A) + rng.normal(size=(5, 7)) @ (np.eye(7) - A @ np.linalg.pinv(A))
    assert np.allclose(left @ A, np.eye(5))
    says(spectral.pseudo_inverse.verdict(lambda M: left, A), "A @ X is not symmetric")


def test_the_pseudo_inverse_of_zero_is_zero():
    spectral.pseudo_inverse(np.linalg.pinv, np.zeros((3, 5)))
    says(spectral.pseudo_inverse.verdict(lambda M: np.ones((5, 3)), np.zeros((3, 5))), "zero matrix")
    spectral.min_norm(lambda M, b: np.zeros(5), np.zeros((3, 5)), np.ones(3))


def test_a_solution_that_is_not_the_shortest_is_rejected():
    rng = np.random.default_rng(10)
    A, b = rng.normal(size=(4, 6)), rng.normal(size=4)
    basic = np.zeros(6)
    basic[:4] = np.linalg.solve(A[:, :4], b)
    says(spectral.min_norm.verdict(lambda M, y: basic, A, b), "not the shortest")
    says(spectral.min_norm.verdict(lambda M, y: 0.9 * np.linalg.pinv(M) @ y, A, b), "not as small")


def pca_by_svd(X, k):
    mean = X.mean(axis=0)
    U, s, Vt = lapack(X - mean)
    return mean, Vt[:k], s[:k] ** 2 / (len(X) - 1), U[:, :k] * s[:k]


def pca_by_covariance(X, k):
    mean = X.mean(axis=0)
    w, V = np.linalg.eigh(np.cov(X.T))
    C = -V[:, ::-1][:, :k].T
    return mean, C, w[::-1][:k], (X - mean) @ C.T


PCA_CHECKS = (spectral.principal_components, spectral.component_variances, spectral.component_scores)


@pytest.mark.parametrize("pca", [pca_by_svd, pca_by_covariance])
@pytest.mark.parametrize("seed", range(5))
def test_pca_by_either_route_is_accepted(pca, seed):
    rng = np.random.default_rng(seed)
    for n, d in [(30, 5), (4, 7)]:
        X = rng.normal(size=(n, d)) @ np.diag(2.0 ** -np.arange(d)) + 3
        for check in PCA_CHECKS:
            check(pca, X, 2)
            check(pca, X + 1e6, 2, tol=1e-6)


def on_centred(change):
    def pca(X, k):
        return change(*pca_by_svd(X, k), X, k)
    return pca


@pytest.mark.parametrize(("pca", "fails"), [
    (lambda X, k: (X.mean(0), *pca_by_svd(X - 0.3, k)[1:3], X @ pca_by_svd(X, k)[1].T), "scores"),
    (on_centred(lambda m, C, v, S, X, k: (m, C, v * (len(X) - 1) / len(X), S)), "variances"),
    (on_centred(lambda m, C, v, S, X, k: (m, C, np.sqrt(v), S)), "variances"),
    (on_centred(lambda m, C, v, S, X, k: (m, C.T, v, S)), "components scores"),
    (on_centred(lambda m, C, v, S, X, k: (0 * m, C, v, S)), "components scores"),
    (lambda X, k: pca_by_svd((X - X.mean(0)) / X.std(0), k), "components variances scores"),
    (on_centred(lambda m, C, v, S, X, k: (m, C, v, -S)), "scores"),
])
def test_each_pca_mistake_fails_where_it_was_made(pca, fails):
    X = np.random.default_rng(11).normal(size=(30, 5)) @ np.diag([5.0, 4.0, 3.0, 0.5, 0.2]) + 3
    verdicts = dict(zip(("components", "variances", "scores"), (check.verdict(pca, X, 2) for check in PCA_CHECKS),
                        strict=True))
    assert {name for name, verdict in verdicts.items() if verdict.status == "wrong"} == set(fails.split())


def best_turn(A, B):
    U, _, Vt = np.linalg.svd(A.T @ B)
    return U @ Vt


def turn_without_reflection(A, B):
    U, _, Vt = np.linalg.svd(A.T @ B)
    U[:, -1] *= np.sign(np.linalg.det(U @ Vt))
    return U @ Vt


@settings(deadline=None, max_examples=30)
@given(SEEDS, st.sampled_from([(7, 3), (3, 5)]))
def test_procrustes_accepts_the_optimum_only(seed, shape):
    rng = np.random.default_rng(seed)
    A, B = rng.normal(size=shape), rng.normal(size=shape)
    Q = orthogonal(rng, shape[1], shape[1])
    spectral.procrustes(best_turn, A, B)
    spectral.procrustes(best_turn, A, A @ Q)
    says(spectral.procrustes.verdict(lambda M, N: best_turn(M, N).T, A, B), "larger than it must be")
    says(spectral.procrustes.verdict(lambda M, N: np.linalg.pinv(M) @ N, A, B), "not orthonormal")


def test_procrustes_needs_the_reflection_where_it_is_better():
    rng = np.random.default_rng(12)
    A = rng.normal(size=(7, 3))
    says(spectral.procrustes.verdict(turn_without_reflection, A, A @ np.diag([1.0, 1.0, -1.0])), "reflection")


def polar_by_svd(A):
    U, s, Vt = lapack(A)
    return U @ Vt, (Vt.T * s) @ Vt


@pytest.mark.parametrize(("function", "message"), [
    (lambda A: polar_by_svd(A)[::-1], "Q should have shape"),
    (lambda A: (-polar_by_svd(A)[0], -polar_by_svd(A)[1]), "negative eigenvalues"),
    (lambda A: (A, np.eye(3)), "not orthonormal"),
    (lambda A: (lapack(A)[0], np.diag(lapack(A)[1]) @ lapack(A)[2]), "symmetric"),
    (lambda A: (polar_by_svd(A)[0], A.T @ A), "Q @ P is not A"),
])
def test_a_wrong_polar_factorisation_is_named(function, message):
    A = np.random.default_rng(13).normal(size=(7, 3))
    spectral.polar(polar_by_svd, A)
    spectral.polar(polar_by_svd, 1e-200 * A)
    spectral.polar(polar_by_svd, A[:, :1] @ A[:1])
    says(spectral.polar.verdict(function, A), message)


# ---------------------------------------------------------------- low rank, sketches, shrinkage

def thin(M, k):
    U, s, Vt = lapack(M)
    return U[:, :k] * s[:k], Vt[:k]


@settings(deadline=None, max_examples=60)
@given(SEEDS, SHAPES, st.floats(0, 1), st.booleans(), st.sampled_from([1.0, 1e-200, 1e150]))
def test_low_rank_accepts_any_split_of_the_product_at_every_rank_and_scale(seed, shape, part, imaginary, scale):
    rng = np.random.default_rng(seed)
    r = min(shape)
    k = round(part * r)
    values = np.sort(rng.choice([3.0, 2.0, 1.0, 0.0], r))[::-1]

    def other_split(M, k):
        L, R = thin(M, k)
        return L * 2.0, R / 2.0

    spectral.low_rank(other_split, scale * with_values(rng, *shape, values, imaginary=imaginary), k)


NOT_THE_BEST = {
    "the smallest values": lambda M, k: thin(M[::-1], k),
    "one value too many": lambda M, k: thin(M, k + 1),
    "values in both factors": lambda M, k: (thin(M, k)[0], np.diag(lapack(M)[1][:k]) @ thin(M, k)[1]),
    "the dense matrix": lambda M, k: (M, np.eye(M.shape[1])),
    "the other order": lambda M, k: thin(M, k)[::-1],
    "the next direction": lambda M, k: (lambda U, s, Vt: (U[:, 1:k + 1] * s[1:k + 1], Vt[1:k + 1]))(*lapack(M)),
    "not finite": lambda M, k: (np.full((len(M), k), np.nan), np.zeros((k, M.shape[1]))),
    "one result": lambda M, k: thin(M, k)[0],
}


@pytest.mark.parametrize("mistake", NOT_THE_BEST)
@settings(deadline=None, max_examples=10)
@given(SEEDS)
def test_low_rank_refuses_what_is_not_the_best(mistake, seed):
    rng = np.random.default_rng(seed)
    verdict = spectral.low_rank.verdict(NOT_THE_BEST[mistake], with_values(rng, 9, 6, 3.0 * 0.7 ** np.arange(6)), 2)
    assert verdict.status == "wrong"
    assert len(verdict.message) > 20


def test_low_rank_judges_both_norms():
    """Best in the spectral norm alone: the second value is thrown away where the first approximation leaves a gap."""
    A = np.diag([3.0, 1.0, 1.0])
    says(spectral.low_rank.verdict(lambda M, k: (np.array([[3.0], [0.0], [0.0]]), np.array([[1.0, 0.2, 0.0]])), A, 1), "Frobenius")
    spectral.low_rank(lambda M, k: (np.array([[3.0], [0.0], [0.0]]), np.array([[1.0, 0.0, 0.0]])), A, 1)


def sketched(sketch=None, power=True, basis=True):
    """A randomised SVD with one step left out."""
    def rsvd(A, k, p, q, rng):
        block = rng.normal(size=(A.shape[1], k + p)) if sketch is None else sketch(rng, A.shape[1], k, p)
        Y = A.matmat(block)
        for _ in range(q if power else 0):
            Y = A.matmat(np.linalg.qr(A.rmatmat(np.linalg.qr(Y)[0]))[0] if basis else A.rmatmat(Y))
        Q, _ = np.linalg.qr(Y)
        U, s, Vt = lapack(A.rmatmat(Q).T)
        return (Q @ U)[:, :k], s[:k], Vt[:k]
    return rsvd


@settings(deadline=None, max_examples=15)
@given(SEEDS, st.sampled_from([(40, 30), (30, 40), (25, 25)]), st.integers(0, 2))
def test_sketched_svd_accepts_any_good_sketch(seed, shape, q):
    rng = np.random.default_rng(seed)
    A = with_values(rng, *shape, 1.0 / np.arange(1, 26) ** 2)
    for sketch in (None, lambda r, n, k, p: r.choice([-1.0, 1.0], (n, k + p))):
        spectral.sketched_svd(sketched(sketch), A, 5, 5, q, rng, runs=9, frobenius=1.5, products=2 * (q + 1))


@pytest.mark.parametrize("seed", range(5))
def test_sketched_svd_refuses_what_leaves_a_step_out(seed):
    rng = np.random.default_rng(seed)
    A = with_values(rng, 80, 60, 1.0 / np.arange(1, 61) ** 2)
    no_oversampling = sketched(lambda r, n, k, p: r.normal(size=(n, k)))
    says(spectral.sketched_svd.verdict(no_oversampling, A, 10, 8, 0, rng, runs=20, frobenius=1.558), "Frobenius norm is in half")
    flat = with_values(rng, 90, 80, np.r_[np.ones(8), 0.4 * np.ones(72)])
    spectral.sketched_svd(sketched(), flat, 8, 6, 2, rng, runs=5, spectral=1.3)
    says(spectral.sketched_svd.verdict(sketched(power=False), flat, 8, 6, 2, rng, runs=5, spectral=1.3), "spectral norm")
    wide = with_values(rng, 80, 70, np.logspace(0, -12, 37))
    spectral.sketched_svd(sketched(), wide, 16, 5, 3, rng, values=1e-6)
    says(spectral.sketched_svd.verdict(sketched(basis=False), wide, 16, 5, 3, rng, values=1e-6), "off by .* of itself")


def test_sketched_svd_counts_products_and_columns():
    A, rng = np.random.default_rng(0).normal(size=(30, 20)), np.random.default_rng(1)

    def in_pieces(A, k, p, q, rng):
        whole = np.hstack([A.matmat(np.eye(20)[:, j:j + 2]) for j in range(0, 20, 2)])
        U, s, Vt = lapack(whole)
        return U[:, :k], s[:k], Vt[:k]

    says(spectral.sketched_svd.verdict(in_pieces, A, 2, 2, 1, rng), "too many products")
    spectral.sketched_svd(in_pieces, A, 2, 2, 1, rng, products=10)
    says(spectral.sketched_svd.verdict(sketched(), A, 2, 2, 1, rng, products=3), "too many products")


@pytest.mark.parametrize("change, text", [
    (lambda U, s, Vt: (U, s[::-1], Vt), "descending"),
    (lambda U, s, Vt: (U, -s, Vt), "non-negative"),
    (lambda U, s, Vt: (2 * U, s / 2, Vt), "columns of U"),
    (lambda U, s, Vt: (U, s, Vt + 0.1), "rows of Vt"),
    (lambda U, s, Vt: (U, s, Vt.T), "shape"),
    (lambda U, s, Vt: (U, s), "three things"),
    (lambda U, s, Vt: (U, s * 1.01, Vt), "singular value is off"),
    (lambda U, s, Vt: (-U, s, Vt), "too far from A"),
])
def test_sketched_svd_looks_at_the_form_first(change, text):
    A, rng = with_values(np.random.default_rng(0), 20, 15, [3.0, 2.0, 1.0]), np.random.default_rng(1)

    def changed(A, k, p, q, rng):
        return change(*sketched()(A, k, p, q, rng))

    says(spectral.sketched_svd.verdict(changed, A, 3, 3, 0, rng, frobenius=1.0, values=1e-6), text)


def test_an_operator_keeps_its_blocks_and_refuses_other_shapes():
    A = spectral.BlockOp(np.arange(6.0).reshape(2, 3), columns=2)
    A.matmat(np.ones((3, 2)))
    for X in (np.ones(3), np.ones((2, 1)), np.ones((3, 3))):
        with pytest.raises(ValueError, match="matmat"):
            A.matmat(X)
    assert A.count == 1
    assert A.blocks[0].shape == (3, 2)


def shrunk(M, tau):
    U, s, Vt = lapack(M)
    return (U * np.maximum(s - tau, 0)) @ Vt


@settings(deadline=None, max_examples=60)
@given(SEEDS, SHAPES, st.floats(0, 1.2), st.sampled_from([1.0, 1e-200, 1e150]))
def test_nuclear_prox_accepts_the_minimiser_at_every_threshold_and_scale(seed, shape, part, scale):
    A = scale * np.random.default_rng(seed).normal(size=shape)
    spectral.nuclear_prox(shrunk, A, part * float(np.abs(A).max()))
    spectral.nuclear_prox(lambda M, tau: M - (lambda U, s, Vt: (U * np.minimum(s, tau)) @ Vt)(*lapack(M)), A,
                          part * float(np.abs(A).max()))


NOT_SHRUNK = {
    "a hard threshold": lambda M, tau: (lambda U, s, Vt: (U * np.where(s > tau, s, 0)) @ Vt)(*lapack(M)),
    "entries": lambda M, tau: np.sign(M) * np.maximum(np.abs(M) - tau, 0),
    "not clipped": lambda M, tau: (lambda U, s, Vt: (U * (s - tau)) @ Vt)(*lapack(M)),
    "half": lambda M, tau: shrunk(M, tau / 2),
    "twice": lambda M, tau: shrunk(M, 2 * tau),
    "zero": lambda M, tau: np.zeros(M.shape),
    "nothing": lambda M, tau: M,
    "single precision": lambda M, tau: shrunk(M.astype("float32"), np.float32(tau)).astype(float),
    "transposed": lambda M, tau: shrunk(M, tau).T,
    "nan": lambda M, tau: M * np.nan,
}


@pytest.mark.parametrize("mistake", NOT_SHRUNK)
@settings(deadline=None, max_examples=10)
@given(SEEDS)
def test_nuclear_prox_refuses_everything_else(mistake, seed):
    A = with_values(np.random.default_rng(seed), 9, 6, [4.0, 3.0, 2.0, 1.0, 0.5, 0.2])
    assert spectral.nuclear_prox.verdict(NOT_SHRUNK[mistake], A, 0.8).status == "wrong"


# ---------------------------------------------------------------- the house rules

def test_messages_show_neither_input_nor_more_than_one_digit():
    rng = np.random.default_rng(14)
    A = rng.normal(size=(7, 5))
    for verdict in [spectral.svd.verdict(lambda M: (lapack(M)[0], lapack(M)[1] * 1.01, lapack(M)[2]), A),
                    spectral.eigh.verdict(lambda M: (np.linalg.eigh(M)[0] + 0.01, np.linalg.eigh(M)[1]), A @ A.T),
                    spectral.pseudo_inverse.verdict(lambda M: 1.01 * np.linalg.pinv(M), A)]:
        assert verdict.status == "wrong"
        assert not re.search(r"\d\.\d", verdict.message), verdict.message


def test_a_student_who_raises_is_told_what():
    def raises(M):
        raise ZeroDivisionError("no")

    with pytest.raises(CheckFailed, match="raises raised ZeroDivisionError: no"):
        spectral.svd(raises, np.eye(2))
