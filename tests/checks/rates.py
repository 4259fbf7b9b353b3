"""What each checker is measured on for `docs/checkers.md`: right answers that differ from ours, and wrong ones as close to right as the
checker claims to tell. `tests.checks.page` counts how many of each it refuses; the tests hold the counts to none and all.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from autograder import checks
from autograder.checks import seams
from autograder.checks.factor import backward_error
from autograder.checks.verdict import Verdict

Rng = np.random.Generator
Draw = Callable[[Rng], Verdict]
Array = np.ndarray[Any, Any]


@dataclass(frozen=True)
class Rate:
    """One checker, on right answers and on one kind of wrong ones."""

    checker: str  # its name in autograder.checks
    right: Draw
    wrong: Draw
    mistake: str  # what the wrong answers do
    draws: int = 200  # fewer where one takes long


def refused(draw: Draw, draws: int, *, seed: int = 0) -> int:
    """How many of the drawn answers the checker refuses."""
    return sum(draw(np.random.default_rng([seed, number])).status != "ok" for number in range(draws))


# ---------------------------------------------------------------- material


def orthogonal(rng: Rng, m: int, n: int) -> Array:
    """Orthonormal columns (m, n)."""
    return np.linalg.qr(rng.normal(size=(m, n)))[0]


def with_values(rng: Rng, m: int, n: int, values: Array) -> Array:
    """A matrix (m, n) with these singular values."""
    return orthogonal(rng, m, len(values)) * values @ orthogonal(rng, n, len(values)).T


def definite(rng: Rng, n: int, condition: float = 100.0) -> Array:
    """A symmetric positive definite matrix with this condition number."""
    Q = orthogonal(rng, n, n)
    A = Q * np.geomspace(1, 1 / condition, n) @ Q.T
    return (A + A.T) / 2


def signs(rng: Rng, n: int) -> Array:
    """Random signs (n,)."""
    return rng.choice([-1.0, 1.0], n)


def spelt(rng: Rng, value: float) -> str:
    """A number as somebody might write it."""
    text = f"{value:.5f}"
    return str(rng.choice([text, f"{value:.6e}", text.replace(".", ","), f" {text} ", f"{round(1e5 * value)}/100000"]))


def case(rng: Rng, letter: str) -> str:
    """An option as somebody might write it."""
    return str(rng.choice([letter, letter.upper(), f"({letter})", f"{letter}."]))


def svd_of(A: Array, rng: Rng) -> tuple[Array, Array, Array]:
    """Another SVD of A: signs turned."""
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    turned = signs(rng, len(s))
    return U * turned, s, turned[:, None] * Vt


def by_gram(A: Array) -> tuple[Array, Array, Array]:
    """The popular shortcut: eigenvalues of A^T A."""
    w, V = np.linalg.eigh(A.T @ A)
    s, V = np.sqrt(np.clip(w[::-1], 0, None)), V[:, ::-1]
    return A @ V / np.where(s > 0, s, 1), s, V.T


def modified_gram_schmidt(A: Array) -> tuple[Array, Array]:
    Q, R = np.array(A, dtype=float), np.zeros((A.shape[1],) * 2)
    for j in range(A.shape[1]):
        R[j, j] = np.linalg.norm(Q[:, j])
        Q[:, j] /= R[j, j]
        R[j, j + 1 :] = Q[:, j] @ Q[:, j + 1 :]
        Q[:, j + 1 :] -= np.outer(Q[:, j], R[j, j + 1 :])
    return Q, R


def lu_of(A: Array, *, pivot: bool) -> tuple[Array, Array, Array]:
    """Gaussian elimination, with exchange of rows or without."""
    U, p = np.array(A, dtype=float), np.arange(len(A))
    L = np.zeros_like(U)
    for k in range(len(A)):
        j = k + int(np.argmax(np.abs(U[k:, k]))) if pivot else k
        for rows in (U, L, p):
            rows[[k, j]] = rows[[j, k]]
        L[k + 1 :, k] = U[k + 1 :, k] / U[k, k]
        U[k + 1 :] -= np.outer(L[k + 1 :, k], U[k])
        U[k + 1 :, k] = 0
    return p, L + np.eye(len(A)), U


def conjugate_gradients(A: Any, b: Array, tol: float, maxit: int, *, honest: bool = True) -> tuple[Array, list[float]]:
    x, r = np.zeros_like(b), b.copy()
    p, res = r.copy(), [float(np.linalg.norm(b))]
    while res[-1] > tol * res[0] and len(res) <= maxit:
        Ap = A.matvec(p)
        step = r @ r / (p @ Ap)
        x, new = x + step * p, r - step * Ap
        p, r = new + (new @ new) / (r @ r) * p, new
        res.append(float(np.linalg.norm(r)))
    return x, res if honest else [res[0] * 0.5**k for k in range(len(res))]


def power_method(A: Any, x0: Array, tol: float, maxit: int, *, loops: int | None = None) -> tuple[float, Array, int, bool]:
    v = x0 / np.linalg.norm(x0)
    for k in range(1, (loops or maxit) + 1):
        w = A.matvec(v)
        lam = float(v @ w)
        done = bool(np.linalg.norm(w - lam * v) <= tol * abs(lam))
        if (done and loops is None) or k == (loops or maxit):
            return lam, v, k, done or loops is not None
        v = w / np.linalg.norm(w)
    raise AssertionError


def sketched(A: Any, k: int, p: int, q: int, rng: Rng, *, power: bool = True) -> tuple[Array, Array, Array]:
    Q = np.linalg.qr(A.matmat(rng.normal(size=(A.shape[1], k + p))))[0]
    for _ in range(q if power else 0):
        Q = np.linalg.qr(A.matmat(np.linalg.qr(A.rmatmat(Q))[0]))[0]
    U, s, Vt = np.linalg.svd(A.rmatmat(Q).T, full_matrices=False)
    return Q @ U[:, :k], s[:k], Vt[:k]


def soft(A: Array, tau: float, *, hard: bool = False) -> Array:
    U, s, Vt = np.linalg.svd(A, full_matrices=False)
    return U * (np.where(s > tau, s, 0) if hard else np.clip(s - tau, 0, None)) @ Vt


def lasso(A: Array, b: Array, lam: float, steps: int = 4000) -> Array:
    L = np.linalg.norm(A, 2) ** 2
    x = y = np.zeros(A.shape[1])
    for k in range(steps):
        z = y - A.T @ (A @ y - b) / L
        new = np.sign(z) * np.clip(np.abs(z) - lam / L, 0, None)
        y, x = new + k / (k + 3) * (new - x), new
    return x


def network(params: Any, X: Array, y: Array) -> float:
    """The mean squared error of a small network; what gradients are asked of."""
    (W, b), (V, c) = params
    return float(np.mean((np.tanh(X @ W + b) @ V + c - y) ** 2))


def network_gradients(params: Any, X: Array, y: Array, *, forget: bool = False) -> Any:
    (W, b), (V, c) = params
    H = np.tanh(X @ W + b)
    error = 2 * (H @ V + c - y) / y.size
    back = error @ V.T * (1 - H**2)
    return [(X.T @ back, 0 * b if forget else back.sum(axis=0)), (H.T @ error, error.sum(axis=0))]


def small_network(rng: Rng) -> tuple[Any, Array, Array]:
    params = [(rng.normal(size=(4, 6)), rng.normal(size=6)), (rng.normal(size=(6, 3)), rng.normal(size=3))]
    return params, rng.normal(size=(9, 4)), rng.normal(size=(9, 3))


def components(X: Array, k: int, *, centred: bool = True) -> Array:
    return np.linalg.svd(X - X.mean(axis=0) * centred, full_matrices=False)[2][:k]


def pca_of(X: Array, k: int, rng: Rng, *, centred: bool = True, ddof: int = 1) -> tuple[Array, Array, Array, Array]:
    turned = signs(rng, k)[:, None] * components(X, k, centred=centred)
    values = np.linalg.svd(X - X.mean(axis=0) * centred, compute_uv=False)[:k] ** 2 / (len(X) - ddof)
    return X.mean(axis=0), turned, values, (X - X.mean(axis=0) * centred) @ turned.T


def data(rng: Rng) -> Array:
    """Examples with clearly different variances, far from the origin."""
    return rng.normal(size=(40, 5)) * [5.0, 3.0, 2.0, 1.0, 0.5] @ orthogonal(rng, 5, 5) + 2 * rng.normal(size=5)


# ---------------------------------------------------------------- a right and a wrong answer of each


def _close(rng: Rng, error: float) -> Verdict:
    x = rng.normal(size=(7, 5))
    return checks.close.verdict(x + error * np.linalg.norm(x) * signs(rng, 5) / 6, x, "x")


def _number(rng: Rng, factor: float) -> Verdict:
    value = rng.uniform(0.1, 10)
    return checks.number.verdict(spelt(rng, factor * value), value)


def _numbers(rng: Rng, factor: float) -> Verdict:
    values = rng.uniform(0.1, 10, size=3)
    texts = [f"{value:.6f}" for value in rng.permutation(np.append(values[1:], factor * values[0]))]
    return checks.numbers.verdict(str(rng.choice(["; ", " ; "])).join(texts), list(values))


def _choices(rng: Rng, *, right: bool) -> Verdict:
    wanted = sorted(rng.choice(list("abcde"), 3, replace=False))
    told = rng.permutation(wanted)
    return checks.choices.verdict(", ".join(told if right else told[:2]), wanted, "abcde")


def _raises(rng: Rng, error: type[Exception] | None) -> Verdict:
    def function(x: Array) -> Array:
        if error is not None:
            raise error("no")
        return x

    return checks.raises.verdict(ValueError, function, rng.normal(size=3), when="when x is odd")


def _in_place(x: Array) -> Array:
    x *= 2
    return x.copy()


def _kkt_qp(rng: Rng, sign: float) -> Verdict:
    Q, c, A, b = definite(rng, 5), rng.normal(size=5), rng.normal(size=(2, 5)), rng.normal(size=2)
    whole = np.linalg.solve(np.block([[Q, A.T], [A, np.zeros((2, 2))]]), np.append(-c, b))
    return checks.kkt_qp.verdict(whole[:5], sign * whole[5:], Q, c, A, b)


def _kkt_lasso(rng: Rng, factor: float) -> Verdict:
    A, b = rng.normal(size=(20, 8)), rng.normal(size=20)
    lam = 0.3 * float(np.abs(A.T @ b).max())
    return checks.kkt_lasso.verdict(lasso(A, b, factor * lam), A, b, lam)


def _feasible(rng: Rng, beyond: float) -> Verdict:
    x = rng.dirichlet(np.ones(6))
    x[0] += beyond
    return checks.feasible.verdict(x, "alpha", at_least=0, equalities=(np.ones((1, 6)), [1.0]))


def _semidefinite(rng: Rng, below: float) -> Verdict:
    Q = orthogonal(rng, 6, 6)
    M = Q * np.append(np.geomspace(1, 1e-3, 5), -below) @ Q.T
    return checks.positive_semidefinite.verdict((M + M.T) / 2, "the kernel")


def _eigenpair(rng: Rng, loops: int | None) -> Verdict:
    Q = orthogonal(rng, 7, 7)
    A = Q * [1.0, 0.95, 0.7, 0.5, 0.3, 0.2, 0.1] @ Q.T
    return checks.eigenpair.verdict(lambda *a: power_method(*a, loops=loops), (A + A.T) / 2, rng.normal(size=7), 1e-8, 5000)


def _mean(rng: Rng, shift: float) -> Verdict:
    return checks.mean_is.verdict(rng.normal(size=(4000, 3)) + shift * 12 / np.sqrt(4000), np.zeros(3), "the mean")


def _adjoint(rng: Rng, extra: float) -> Verdict:
    A = rng.normal(size=(5, 7))
    B = A.T + extra * rng.normal(size=(7, 5))
    return checks.adjoint.verdict(lambda v: A @ v, lambda c: B @ c, np.zeros(7), np.zeros(5), rng=rng)


def _hvp(rng: Rng, extra: float) -> Verdict:
    A = definite(rng, 6)
    return checks.hvp.verdict(lambda v: (A + extra * np.eye(6)) @ v, lambda x: A @ x, rng.normal(size=6), rng=rng)


def _subgradient(rng: Rng, at_kink: float) -> Verdict:
    x = rng.normal(size=5)
    x[2] = 0.0
    g = np.sign(x)
    g[2] = at_kink
    return checks.subgradient.verdict(lambda z: float(np.abs(z).sum()), x, g, rng=rng)


def _lu(rng: Rng, *, pivot: bool) -> Verdict:
    A = rng.normal(size=(9, 9))
    A[0, 0] = 1e-13
    return checks.lu.verdict(lambda A: lu_of(A, pivot=pivot), A)


def _qr(rng: Rng, *, stable: bool) -> Verdict:
    A = with_values(rng, 20, 8, np.geomspace(1, 1e-8, 8))

    def factors(A: Array) -> tuple[Array, Array]:
        Q, R = np.linalg.qr(A)
        turned = signs(rng, 8)
        return Q * turned, turned[:, None] * np.triu(R)

    return checks.qr.verdict(factors if stable else modified_gram_schmidt, A)


def _cholesky(rng: Rng, jitter: float) -> Verdict:
    return checks.cholesky.verdict(lambda A: np.linalg.cholesky(A + jitter * np.eye(len(A))), definite(rng, 8))


def _least_squares(rng: Rng, *, stable: bool) -> Verdict:
    A = with_values(rng, 30, 6, np.geomspace(1, 1e-7, 6))
    b = A @ rng.normal(size=6) + 1e-6 * rng.normal(size=30)

    def by_normal_equations(A: Array, b: Array) -> Array:
        return np.asarray(np.linalg.solve(A.T @ A, A.T @ b))

    return checks.least_squares.verdict((lambda A, b: np.linalg.lstsq(A, b)[0]) if stable else by_normal_equations, A, b)


def _condition(rng: Rng, factor: float) -> Verdict:
    A = with_values(rng, 6, 6, np.geomspace(1, 1e-4, 6))
    x = rng.normal(size=6)
    b = A @ x + 1e-9 * rng.normal(size=6)

    def report(A: Array, b: Array, x: Array) -> dict[str, float]:
        kappa, t = factor * float(np.linalg.cond(A)), backward_error(A, x, b)
        return {"kappa_est": kappa, "backward": t, "forward_bound": 2 * kappa * t / (1 - kappa * t)}

    return checks.condition_report.verdict(report, A, b, x)


def _history_of_residuals(rng: Rng, *, honest: bool) -> Verdict:
    A, b = definite(rng, 12), rng.normal(size=12)
    return checks.residual_history.verdict(lambda *a: conjugate_gradients(*a, honest=honest), A, b, 1e-8, 60)


def _solves(rng: Rng, error: float) -> Verdict:
    A, b = rng.normal(size=(8, 8)), rng.normal(size=8)
    x = np.linalg.solve(A, b)
    return checks.solves.verdict(x + error * np.linalg.norm(x) * rng.normal(size=8), A, b)


def _gradient(rng: Rng, *, forget: bool) -> Verdict:
    params, X, y = small_network(rng)
    return checks.gradient.verdict(lambda p: network(p, X, y), params, network_gradients(params, X, y, forget=forget), rng=rng)


def _law(rng: Rng, power: int) -> Verdict:
    norm = lambda x: float(np.abs(x**power).sum() ** (1 / 2))  # noqa: E731
    draw = lambda r: (r.normal(size=6),)  # noqa: E731
    return checks.law.verdict(norm, "|3 x| = 3 |x|", draw, lambda x: (3 * x,), lambda result, x: 3 * result, rng=rng)


def _labels(rng: Rng, changed: int) -> Verdict:
    labels = np.append(np.arange(4), rng.integers(4, size=36))
    got = rng.permutation(4)[labels]
    got[4 : 4 + changed] = (got[4 : 4 + changed] + 1) % 4
    return checks.same_up_to_labels.verdict(got, labels, "the groups")


def _order(rng: Rng, error: float) -> Verdict:
    rows = rng.normal(size=(5, 3))
    return checks.same_up_to_order.verdict(rng.permutation(rows) + error * rng.normal(size=(5, 3)), rows, "the means")


def _stateless(rng: Rng, *, remembers: bool) -> Verdict:
    kept: list[float] = []

    def function(x: Array) -> float:
        if remembers:
            kept.append(float(x[0]))
        return float(x.sum() + len(kept))

    return checks.stateless.verdict(function, rng.normal(size=3))


def _descent(rng: Rng, factor: float) -> tuple[Array, checks.Oracle, Array]:
    A, x0 = definite(rng, 4, 10), rng.normal(size=4)
    oracle = checks.Oracle(lambda x: x @ A @ x / 2, lambda x: A @ x, 4)
    X = [x0]
    for _ in range(10):
        X.append(X[-1] - factor * 0.5 * oracle.g(X[-1]))
    return np.array(X), oracle, x0


def _trace(rng: Rng, factor: float) -> Verdict:
    X, oracle, x0 = _descent(rng, factor)
    return checks.trace.verdict(X, oracle, lambda k, X, q, g: q - 0.5 * g, start=x0, steps=10)


def _queries(rng: Rng, allowed: int) -> Verdict:
    return checks.queries.verdict(_descent(rng, 1.0)[1], g=allowed)


def _history(rng: Rng, error: float) -> Verdict:
    X, _, _ = _descent(rng, 1.0)
    values = [float(x @ x) for x in X]
    values[5] *= 1 + error
    return checks.history.verdict(values, X, lambda x: x @ x)


def _spectrum(rng: Rng) -> Array:
    return with_values(rng, 12, 7, np.geomspace(1, 1e-7, 7))


def _svd(rng: Rng, *, stable: bool) -> Verdict:
    return checks.svd.verdict((lambda A: svd_of(A, rng)) if stable else by_gram, _spectrum(rng))


def _eigh(rng: Rng, turn: float) -> Verdict:
    def values(A: Array) -> tuple[Array, Array]:
        w, V = np.linalg.eigh(A)
        V = V * signs(rng, len(w))
        V[:, :2] = V[:, :2] @ [[np.cos(turn), np.sin(turn)], [-np.sin(turn), np.cos(turn)]]
        return w, V

    A = rng.normal(size=(7, 7))
    return checks.eigh.verdict(values, A + A.T)


def _truncated(rng: Rng, error: float) -> Verdict:
    A = with_values(rng, 9, 6, np.arange(6.0, 0, -1))
    U, s, Vt = svd_of(A, rng)
    return checks.best_rank.verdict(U[:, :3] * s[:3] * (1 + error) @ Vt[:3], A, 3, "A_3")


def _low_rank(rng: Rng, *, smallest: bool) -> Verdict:
    def factors(A: Array, k: int) -> tuple[Array, Array]:
        U, s, Vt = svd_of(A, rng)
        return (U[:, -k:] * s[-k:], Vt[-k:]) if smallest else (U[:, :k] * np.sqrt(s[:k]), np.sqrt(s[:k])[:, None] * Vt[:k])

    return checks.low_rank.verdict(factors, with_values(rng, 9, 6, np.arange(6.0, 0, -1)), 3)


def _sketched(rng: Rng, *, power: bool) -> Verdict:
    A = with_values(rng, 60, 40, np.append(np.full(5, 1.5), np.full(35, 1.0)))
    method = lambda A, k, p, q, r: sketched(A, k, p, q, r, power=power)  # noqa: E731
    return checks.sketched_svd.verdict(method, A, 5, 5, 8, rng, runs=3, values=0.05)


def _min_norm(rng: Rng, beside: float) -> Verdict:
    A, b = with_values(rng, 8, 6, np.array([3.0, 2.0, 1.0])), rng.normal(size=8)

    def solve(A: Array, b: Array) -> Array:
        return np.asarray(np.linalg.pinv(A) @ b + beside * np.linalg.svd(A)[2][-1])

    return checks.min_norm.verdict(solve, A, b, rank=3)


def _pseudo_inverse(rng: Rng, cut: float) -> Verdict:
    A = with_values(rng, 8, 6, np.array([3.0, 2.0, 1.0]))
    return checks.pseudo_inverse.verdict(lambda A: np.linalg.pinv(A, rcond=cut), A, rank=3)


def _polar(rng: Rng, *, left: bool) -> Verdict:
    def factors(A: Array) -> tuple[Array, Array]:
        U, s, Vt = np.linalg.svd(A)
        return U @ Vt, U * s @ U.T if left else Vt.T * s @ Vt

    return checks.polar.verdict(factors, rng.normal(size=(5, 5)))


def _procrustes(rng: Rng, *, transposed: bool) -> Verdict:
    def rotation(A: Array, B: Array) -> Array:
        U, _, Vt = np.linalg.svd(A.T @ B)
        return np.asarray((U @ Vt).T if transposed else U @ Vt)

    A = rng.normal(size=(9, 4))
    return checks.procrustes.verdict(rotation, A, A @ orthogonal(rng, 4, 4) + 0.1 * rng.normal(size=(9, 4)))


def _pca(checker: Any, rng: Rng, **mistake: Any) -> Verdict:
    verdict: Verdict = checker.verdict(lambda X, k: pca_of(X, k, rng, **mistake), data(rng), 3)
    return verdict


def _subspace(rng: Rng, angle: float) -> Verdict:
    Q = orthogonal(rng, 6, 6)
    got = Q[:, :2] * np.cos(angle) + Q[:, 2:4] * np.sin(angle)
    return checks.subspace.verdict(got @ rng.normal(size=(2, 2)), Q[:, :2], "the plane")


def _formula(rng: Rng, texts: tuple[str, ...]) -> Verdict:
    return checks.formula.verdict(str(rng.choice(texts)), "2*x*cos(x**2)", {"x": (-2, 2)}, rng=rng)


def _formulas(rng: Rng, *, transposed: bool) -> Verdict:
    texts = [["2*x", "y"], ["0", "cos(y)"]]
    told = [list(row) for row in zip(*texts, strict=True)] if transposed else [["x + x", "y*1"], ["x - x", "sin(y + pi/2)"]]
    return checks.formulas.verdict(told, texts, {"x": (-1, 1), "y": (0.5, 1)}, rng=rng)


def _forbid(routine: str) -> Verdict:
    """As in a notebook, whose functions the guard can read."""
    before, seams.source_of = seams.source_of, inspect.getsource
    try:
        return checks.forbid.verdict(components, [routine])
    finally:
        seams.source_of = before


ANGLES = np.arange(6) * np.pi / 3
CENTRES = 4.0 * np.stack([np.cos(ANGLES), np.sin(ANGLES)], axis=1)


def blobs(rng: Rng) -> tuple[Array, Array, Array, Array]:
    """Six clusters around fixed places on a circle: what a linear classifier learns, and hardly ever guesses."""
    y, y_test = rng.integers(6, size=120), rng.integers(6, size=300)
    return CENTRES[y] + 0.5 * rng.normal(size=(120, 2)), y, CENTRES[y_test] + 0.5 * rng.normal(size=(300, 2)), y_test


def linear(params: Any, X: Array) -> Array:
    return np.asarray(X @ params[0][0] + params[0][1])


def train(X: Array, y: Array, k: int, rng: Rng, on_step: Any = None, *, epochs: int = 60, known: Any = None, deaf: bool = False) -> Any:
    """Softmax regression by mini-batches, with its history."""
    W, b, history = (np.zeros((2, k)) if deaf else 0.1 * rng.normal(size=(2, k))), np.zeros(k), []
    order = np.random.default_rng(0) if deaf else rng
    for _ in range(epochs):
        rows = order.permutation(len(X))[:40]
        if on_step is not None:
            on_step([(W.copy(), b.copy())], rows)
        scores = X[rows] @ W + b
        P = np.exp(scores - scores.max(axis=1, keepdims=True))
        P /= P.sum(axis=1, keepdims=True)
        history.append(float(-np.log(P[np.arange(40), y[rows]]).mean()))
        P[np.arange(40), y[rows]] -= 1
        W, b = W - 0.5 * X[rows].T @ P / 40, b - 0.5 * P.mean(axis=0)
    return ([(W, b)] if known is None else known), np.array(history)


STORED = [(CENTRES.T, np.zeros(6))]
FIXED: dict[str, Any] = {"classes": 6, "max_params": 18, "max_examples": 60 * 40}


def _uniform(rng: Rng, high: int) -> Verdict:
    return checks.chi2_uniform.verdict(np.minimum(rng.integers(high, size=4000), 9), 10, "the positions")


def _moments(rng: Rng, sd: float) -> Verdict:
    return checks.moments.verdict(sd * rng.normal(size=65_536), "the weights", var=1.0)


RATES: tuple[Rate, ...] = (
    Rate("answered", lambda r: checks.answered.verdict(case(r, "b"), "abcd"), lambda r: checks.answered.verdict("f", "abcd"), "no option"),
    Rate("choice", lambda r: checks.choice.verdict(case(r, "b"), "b"), lambda r: checks.choice.verdict(case(r, "c"), "b"), "another one"),
    Rate("choices", lambda r: _choices(r, right=True), lambda r: _choices(r, right=False), "one of three is missing"),
    Rate(
        "integer",
        lambda r: checks.integer.verdict(str(r.choice(["42", " 42 ", "42.0", "84/2"])), 42),
        lambda r: checks.integer.verdict(int(r.choice([41, 43])), 42),
        "one too many or too few",
    ),
    Rate("number", lambda r: _number(r, 1.0), lambda r: _number(r, 1.006), "0.6 % off, where 0.5 % is allowed"),
    Rate("numbers", lambda r: _numbers(r, 1.0), lambda r: _numbers(r, 1.006), "one is 0.6 % off"),
    Rate(
        "array",
        lambda r: checks.array.verdict(r.normal(size=(4, 3)), "X", shape=(4, 3)),
        lambda r: checks.array.verdict(r.normal(size=(4, 3)).astype("f4"), "X", shape=(4, 3)),
        "float32 for float64",
    ),
    Rate("close", lambda r: _close(r, 1e-12), lambda r: _close(r, 1e-8), "off by 1e-8 of the norm"),
    Rate(
        "equal",
        lambda r: checks.equal.verdict(np.arange(5), np.arange(5), "p"),
        lambda r: checks.equal.verdict(r.permutation([1, 2, 3, 4, 5, 0]), np.arange(6), "p"),
        "another order",
        draws=20,
    ),
    Rate("holds", lambda r: checks.holds.verdict(True, "no"), lambda r: checks.holds.verdict(r.normal(size=2) > 9, "no"), "false"),
    Rate("raises", lambda r: _raises(r, ValueError), lambda r: _raises(r, None), "a result in place of an exception"),
    Rate(
        "battery",
        lambda r: checks.battery.verdict(lambda x: 2 * np.array(x), r.normal(size=(5, 3))),
        lambda r: checks.battery.verdict(_in_place, r.normal(size=(5, 3))),
        "the argument is changed",
        draws=50,
    ),
    Rate(
        "steps",
        lambda r: checks.steps.verdict(lambda x: (x * x).sum(), r.normal(size=2000)),
        lambda r: checks.steps.verdict(lambda x: sum(v * v for v in x), r.normal(size=2000)),
        "a loop over 2000 numbers",
        draws=50,
    ),
    Rate(
        "duality_gap",
        lambda r: checks.duality_gap.verdict(1.0 + r.uniform(0, 9e-7), 1.0, "(w, alpha)", at_most=1e-6),
        lambda r: checks.duality_gap.verdict(1.0 + r.uniform(1.1e-6, 1e-3), 1.0, "(w, alpha)", at_most=1e-6),
        "above the limit",
    ),
    Rate("feasible", lambda r: _feasible(r, 0.0), lambda r: _feasible(r, 1e-8), "a sum off by 1e-8"),
    Rate("kkt_lasso", lambda r: _kkt_lasso(r, 1.0), lambda r: _kkt_lasso(r, 0.99), "the minimum for 0.99 lam", draws=50),
    Rate("kkt_qp", lambda r: _kkt_qp(r, 1.0), lambda r: _kkt_qp(r, -1.0), "multipliers of the other sign"),
    Rate("positive_semidefinite", lambda r: _semidefinite(r, 0.0), lambda r: _semidefinite(r, 1e-10), "an eigenvalue of -1e-10"),
    Rate(
        "stationary",
        lambda r: checks.stationary.verdict(1e-9 * r.normal(size=5), "x", at_most=1e-8),
        lambda r: checks.stationary.verdict(1e-6 * r.normal(size=5), "x", at_most=1e-8),
        "a gradient of 1e-6 where 1e-8 is asked",
    ),
    Rate(
        "converges",
        lambda r: checks.converges.verdict(r.uniform(0.5, 2) * r.uniform(0.5, 0.7) ** np.arange(40), "linear", "x", at_most=0.7),
        lambda r: checks.converges.verdict(r.uniform(0.5, 2) * r.uniform(0.72, 0.9) ** np.arange(40), "linear", "x", at_most=0.7),
        "a factor of 0.72 or more where 0.7 is promised",
    ),
    Rate("eigenpair", lambda r: _eigenpair(r, None), lambda r: _eigenpair(r, 50), "50 loops and `converged`", draws=50),
    Rate("mean_is", lambda r: _mean(r, 0.0), lambda r: _mean(r, 1.0), "off by 12 standard errors"),
    Rate(
        "rate",
        lambda r: checks.rate.verdict(r.uniform(0.1, 0.8) ** np.arange(20), "gradient descent on a quadratic", "x", kappa=9.0, start=1.0),
        lambda r: checks.rate.verdict(r.uniform(0.81, 0.9) ** np.arange(20), "gradient descent on a quadratic", "x", kappa=9.0, start=1.0),
        "a factor of 0.81 or more where 0.8 is the theorem's",
    ),
    Rate(
        "operations",
        lambda r: checks.operations.verdict(lambda A, x: A @ x, r.normal(size=(4, 5)), r.normal(size=5), multiplications=20),
        lambda r: checks.operations.verdict(lambda A, x: A @ A.T @ A @ x, r.normal(size=(4, 5)), r.normal(size=5), multiplications=20),
        "products of matrices first",
        draws=50,
    ),
    Rate("adjoint", lambda r: _adjoint(r, 0.0), lambda r: _adjoint(r, 1e-8), "an error of 1e-8"),
    Rate("hvp", lambda r: _hvp(r, 0.0), lambda r: _hvp(r, 1e-6), "1e-6 more on the diagonal"),
    Rate("subgradient", lambda r: _subgradient(r, r.uniform(-1, 1)), lambda r: _subgradient(r, r.uniform(1.001, 2)), "outside by 1e-3"),
    Rate(
        "bounded",
        lambda r: checks.bounded.verdict(r.uniform(-1, 1, size=5000), "W", bound=1.0),
        lambda r: checks.bounded.verdict(r.uniform(-1.05, 1.05, size=5000), "W", bound=1.0),
        "a bound that is 5 % wider",
    ),
    Rate("chi2_uniform", lambda r: _uniform(r, 10), lambda r: _uniform(r, 12), "one class three times as likely"),
    Rate(
        "ks_check",
        lambda r: checks.ks_check.verdict(r.uniform(size=20_000), lambda x: np.clip(x, 0, 1), "u"),
        lambda r: checks.ks_check.verdict(r.uniform(size=20_000) ** 1.2, lambda x: np.clip(x, 0, 1), "u"),
        "u to the power 1.2",
    ),
    Rate("moments", lambda r: _moments(r, 1.0), lambda r: _moments(r, 1.05), "a standard deviation 5 % too large", draws=100),
    Rate(
        "unbiased",
        lambda r: checks.unbiased.verdict(r.binomial(10_000, 0.5) / 10_000, 0.5, "the share", variance=0.25 / 10_000),
        lambda r: checks.unbiased.verdict(r.binomial(10_000, 0.57) / 10_000, 0.5, "the share", variance=0.25 / 10_000),
        "0.57 for 0.5",
    ),
    Rate(
        "uncorrelated",
        lambda r: checks.uncorrelated.verdict(r.normal(size=20_000), r.normal(size=20_000), "the layers"),
        lambda r: checks.uncorrelated.verdict(x := r.normal(size=20_000), 0.1 * x + r.normal(size=20_000), "the layers"),
        "a correlation of 0.1",
    ),
    Rate(
        "within",
        lambda r: checks.within.verdict(r.uniform(0.9, 1), "the accuracy", at_least=0.9),
        lambda r: checks.within.verdict(r.uniform(0, 0.899), "the accuracy", at_least=0.9),
        "below the limit",
    ),
    Rate("cholesky", lambda r: _cholesky(r, 0.0), lambda r: _cholesky(r, 1e-10), "1e-10 added to the diagonal"),
    Rate("condition_report", lambda r: _condition(r, r.uniform(0.6, 1.8)), lambda r: _condition(r, 2.2), "a factor of 2.2"),
    Rate(
        "least_squares",
        lambda r: _least_squares(r, stable=True),
        lambda r: _least_squares(r, stable=False),
        "normal equations at condition 1e7",
    ),
    Rate("lu", lambda r: _lu(r, pivot=True), lambda r: _lu(r, pivot=False), "no exchange of rows"),
    Rate("qr", lambda r: _qr(r, stable=True), lambda r: _qr(r, stable=False), "modified Gram-Schmidt at condition 1e8"),
    Rate(
        "residual_history",
        lambda r: _history_of_residuals(r, honest=True),
        lambda r: _history_of_residuals(r, honest=False),
        "a history that was made up",
        draws=50,
    ),
    Rate("solves", lambda r: _solves(r, 0.0), lambda r: _solves(r, 1e-11), "off by 1e-11"),
    Rate("gradient", lambda r: _gradient(r, forget=False), lambda r: _gradient(r, forget=True), "no gradient of a bias", draws=50),
    Rate(
        "through_autograd",
        lambda r: checks.through_autograd.verdict(torch.func.grad(lambda x: (x**3).sum()), torch.tensor(r.normal(size=4))),
        lambda r: checks.through_autograd.verdict(lambda x: 3 * x**2, torch.tensor(r.normal(size=4))),
        "a formula in place of autograd",
        draws=50,
    ),
    Rate("law", lambda r: _law(r, 2), lambda r: _law(r, 3), "a sum of cubes"),
    Rate("same_up_to_labels", lambda r: _labels(r, 0), lambda r: _labels(r, 1), "one label of forty"),
    Rate("same_up_to_order", lambda r: _order(r, 0.0), lambda r: _order(r, 1e-6), "off by 1e-6"),
    Rate("stateless", lambda r: _stateless(r, remembers=False), lambda r: _stateless(r, remembers=True), "a list that grows", draws=50),
    Rate("history", lambda r: _history(r, 0.0), lambda r: _history(r, 1e-6), "one value off by 1e-6"),
    Rate("queries", lambda r: _queries(r, 10), lambda r: _queries(r, 9), "one gradient too many"),
    Rate("trace", lambda r: _trace(r, 1.0), lambda r: _trace(r, 1 + 1e-6), "steps longer by 1e-6"),
    Rate("best_rank", lambda r: _truncated(r, 0.0), lambda r: _truncated(r, 1e-3), "values 0.1 % too large"),
    Rate(
        "component_scores",
        lambda r: _pca(checks.component_scores, r),
        lambda r: _pca(checks.component_scores, r, centred=False),
        "data that are not centred",
    ),
    Rate(
        "component_variances",
        lambda r: _pca(checks.component_variances, r),
        lambda r: _pca(checks.component_variances, r, ddof=0),
        "1 / n for 1 / (n - 1)",
    ),
    Rate(
        "principal_components",
        lambda r: _pca(checks.principal_components, r),
        lambda r: _pca(checks.principal_components, r, centred=False),
        "data that are not centred",
    ),
    Rate("eigh", lambda r: _eigh(r, 0.0), lambda r: _eigh(r, 1e-10), "two vectors turned by 1e-10"),
    Rate("low_rank", lambda r: _low_rank(r, smallest=False), lambda r: _low_rank(r, smallest=True), "the smallest values kept"),
    Rate("min_norm", lambda r: _min_norm(r, 0.0), lambda r: _min_norm(r, 1e-6), "1e-6 of the null space"),
    Rate(
        "nuclear_prox",
        lambda r: checks.nuclear_prox.verdict(soft, r.normal(size=(7, 5)), 1.0),
        lambda r: checks.nuclear_prox.verdict(lambda A, tau: soft(A, tau, hard=True), r.normal(size=(7, 5)), 1.0),
        "values cut and not shrunk",
    ),
    Rate(
        "orthonormal",
        lambda r: checks.orthonormal.verdict(orthogonal(r, 9, 4), "Q"),
        lambda r: checks.orthonormal.verdict(orthogonal(r, 9, 4) + 1e-11 * r.normal(size=(9, 4)), "Q"),
        "off by 1e-11",
    ),
    Rate("polar", lambda r: _polar(r, left=False), lambda r: _polar(r, left=True), "the factor on the left"),
    Rate("procrustes", lambda r: _procrustes(r, transposed=False), lambda r: _procrustes(r, transposed=True), "the rotation transposed"),
    Rate("pseudo_inverse", lambda r: _pseudo_inverse(r, 1e-10), lambda r: _pseudo_inverse(r, 0.0), "rounding inverted"),
    Rate("sketched_svd", lambda r: _sketched(r, power=True), lambda r: _sketched(r, power=False), "no power steps", draws=50),
    Rate("subspace", lambda r: _subspace(r, 0.0), lambda r: _subspace(r, 1e-9), "a plane turned by 1e-9"),
    Rate("svd", lambda r: _svd(r, stable=True), lambda r: _svd(r, stable=False), "eigenvalues of A^T A at condition 1e7"),
    Rate(
        "formula",
        lambda r: _formula(r, ("cos(x*x)*2*x", "2*x*cos(x^2)", "x*(cos(x**2) + cos(-x**2))", "2*x*sin(x**2 + pi/2)")),
        lambda r: _formula(r, ("cos(x**2)", "-2*x*cos(x**2)", "2*x*cos(2*x)", "x*cos(x**2)", "2*x*sin(x**2)")),
        "a sign, a factor or the inner derivative",
        draws=50,
    ),
    Rate(
        "formula_value",
        lambda r: checks.formula_value.verdict("x**2 + 1", {"x": (x := float(r.normal()))}, x * x + 1),
        lambda r: checks.formula_value.verdict("x**2", {"x": (x := float(r.normal()))}, x * x + 1),
        "1 is missing",
        draws=50,
    ),
    Rate("formulas", lambda r: _formulas(r, transposed=False), lambda r: _formulas(r, transposed=True), "a Jacobian transposed", draws=50),
    Rate(
        "forbid",
        lambda r: _forbid("numpy.linalg.eigh"),
        lambda r: _forbid("numpy.linalg.svd"),
        "the routine that is ruled out",
        draws=20,
    ),
    Rate(
        "training",
        lambda r: checks.training.verdict(train, blobs, forward=linear, rng=r, runs=2, at_least=0.9, **FIXED),
        lambda r: checks.training.verdict(
            lambda *a, **k: train(*a, **k, known=STORED), blobs, forward=linear, rng=r, runs=2, at_least=0.9, **FIXED
        ),
        "stored weights",
        draws=20,
    ),
    Rate(
        "training_follows_rng",
        lambda r: checks.training_follows_rng.verdict(train, blobs, classes=6, rng=r),
        lambda r: checks.training_follows_rng.verdict(lambda *a, **k: train(*a, **k, deaf=True), blobs, classes=6, rng=r),
        "a generator of its own",
        draws=20,
    ),
    Rate(
        "training_on_noise",
        lambda r: checks.training_on_noise.verdict(train, blobs, forward=linear, rng=r, at_most=0.9, **FIXED),
        lambda r: checks.training_on_noise.verdict(
            lambda *a, **k: train(*a, **k, known=STORED), blobs, forward=linear, rng=r, at_most=0.9, **FIXED
        ),
        "stored weights",
        draws=20,
    ),
)
