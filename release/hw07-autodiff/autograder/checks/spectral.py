"""Checkers for factorisations: eigenvalues, singular values and what is built from them, free of signs and bases.

Nothing is compared with a stored eigenvector. A factorisation is right when its *laws* hold to rounding (product,
orthonormal factors, order) and its values are accurate; by the theorems named below this determines everything that is
determined at all. Where single vectors are not determined (equal eigenvalues, complex phases), whole subspaces are
compared through the sine of their largest angle.

Thresholds are multiples of eps, the rounding unit 2**-52 (2**-23 for float32 input), times a norm of the input. Before
anything is squared, matrices are divided by their largest entry: an input of size 1e-200 is judged like one of size 1.

Words: A is the input, c the backward-error constant, r = min(m, n).
"""
from __future__ import annotations

import itertools
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from . import seams
from .basic import ask
from .verdict import CheckFailed, Verdict, checker, factor, ok, size, wrong

Array = NDArray[Any]

C = 200
"""Backward-error constant of every factorisation here. Worst correct code measured on 30 x 12 matrices with condition
1e1 ... 1e10: product 41 eps (LAPACK), orthogonality 39 eps and values 8 eps (one-sided Jacobi); 5 times slack. Own
Jacobi, Golub-Kahan, classical Jacobi and tridiagonal QL stay below 13 eps in all three (n <= 30, 15 seeds). The route
over A.T @ A at condition 1e7: product 2.6 eps, orthogonality 1e13 eps, values 6e5 eps; 3000 times too much."""
ORDER = 10
"""Neighbouring values may be out of order by 10 eps of the largest: equal values come out in any order."""
CLUSTER = 1e-6
"""Eigenvalues nearer than this (relative to the norm) form one cluster: only the span of its vectors is compared."""
TINY = float(np.finfo(np.float64).tiny)
ANGLE = 1e-12
"""Sine of the largest angle between subspaces that is always accepted. Above it, Davis and Kahan: sin(angle) <=
|E| / gap for the error E that the product and orthogonality laws allow."""
RANK = 1e-10
"""Eckart and Young: relative distance from the best error (squares of it are rounding: 1e-16), and the part of the
largest singular value below which a direction does not count for the rank."""
PENROSE = 1e-10
"""Each Penrose identity, relative, times the condition number of the part that is kept. The route over an SVD is at
1e-16 ... 1e-14 times the condition; forgetting to cut one value of size 1e-16 gives 1."""
SPANS = 1e-10
"""Components: sine of the largest angle, for known gaps. The covariance route squares the condition and is at
eps * s_1**2 / (s_k**2 - s_(k+1)**2), which is 1e-14 for the data of the assignment; scaled columns are at 0.1."""
NORMS = 1e-10
"""Low rank in both norms: relative distance from the best error. An SVD is at 1e-15; a neighbouring singular value taken
instead is off by the gap between the two, 0.1 and more in the assignments."""
SKETCH = 1e-11
"""What an approximation from random products may be off in addition, relative to |A|: an exact rank is found to 1e-15
times a small power of the dimensions."""
SPARE = 2
"""A method may ask so many times the products of the plain one, 2 (q + 1), before the checker refuses to look at its
accuracy; the exact number is a property of its own. Twice is far from enough for reading the matrix column by column."""
PROX = 1e-10
"""Both optimality conditions of the shrunk matrix, relative. Over an SVD they hold to 1e-15; in single precision to 1e-7;
a hard threshold is at tau."""
OPTIMUM = 1e-12
"""Procrustes: relative excess over the optimal distance. Near an optimum the distance is flat, so correct code is at
1e-16; a reflection that is not taken, or a transposed matrix, is at 0.1."""


# ---------------------------------------------------------------- factorisations

@checker
def eigh(function: Callable[..., Any], A: Array, *, c: float = C) -> Verdict:
    """`w, V = function(A)` are the eigenvalues, ascending, and eigenvectors (columns) of the Hermitian matrix A.

    A (n, n) real symmetric or complex Hermitian -> w (n,) real, V (n, n). In this order, each with its own message: two
    results, shapes, finite, ascending (slack `ORDER`), A V = V diag(w) to c eps |A|, orthonormal columns to
    2 c eps sqrt(n), values to c eps |A| (Weyl: they move at most by the norm of the backward error), and the span of
    each cluster of eigenvalues (Davis and Kahan, `ANGLE`). Signs, complex phases, the basis inside a cluster and the
    algorithm are free. float32 input is held to float32's eps.

    >>> eigh(np.linalg.eigh, np.array([[2.0, 1.0], [1.0, 2.0]]))
    >>> eigh.verdict(lambda A: (np.linalg.eigh(A)[0][::-1], np.linalg.eigh(A)[1]), np.diag([1.0, 2.0])).message
    'The eigenvalues should be in ascending order; reorder the columns of V with them.'
    """
    w, V = _parts(ask(function, A), ("w", "V"))
    eps, (exact, scale), n = _eps(A), _unit(A), len(A)
    w, V = _real("w", w, (n,), A) / scale, _numbers("V", V, (n, n), A)
    norm = float(np.linalg.norm(exact))
    if (np.diff(w) < -ORDER * eps * norm).any():
        return wrong("The eigenvalues should be in ascending order; reorder the columns of V with them.", A=A)
    residual = float(np.linalg.norm(exact @ V - V * w))
    if not seams.fits(residual, c * eps * norm):
        return wrong(f"A @ V is not V @ diag(w): relative error {_relative(residual, norm)}, rounding would be "
                     f"{size(eps)}. Eigenvectors are the columns of V, in the order of w. Has the iteration converged?",
                     residual=residual, A=A)
    if problem := _orthonormal(V, "columns of V", c * eps):
        return problem
    reference, basis = np.linalg.eigh(exact)
    error = float(np.abs(w - reference).max(initial=0.0))
    if not seams.fits(error, c * eps * norm):
        return wrong(f"The eigenvalues are off by {_relative(error, norm)} of the norm of A; rounding would be "
                     f"{size(eps)}. Is one of them missing, and another one there twice?", error=error, A=A)
    for inside, gap in _clusters(reference, CLUSTER * norm):
        sine = sin_angle(basis[:, inside], V[:, inside])
        if not seams.fits(sine, max(ANGLE, 4 * c * eps * norm / gap)):
            return wrong("The eigenvectors of some eigenvalue do not span its eigenspace: the largest angle has sine "
                         f"{size(sine)}.", sine=sine, gap=gap, A=A)
    return ok(residual=residual, values=error)


@checker
def svd(function: Callable[..., Any], A: Array, *, c: float = C, rank: int | None = None) -> Verdict:
    """`U, s, Vt = function(A)` is a thin SVD of A.

    A     (m, n) real or complex -> U (m, r), s (r,) real, Vt (r, n) with r = min(m, n)
    rank  when given: so many singular values lie above c eps s_1, no more and no less

    In this order, each with its own message: three results, shapes, finite, non-negative and descending, product to
    c eps |A|, orthonormal columns of U and rows of Vt to 2 c eps sqrt(r), values to c eps s_1, rank. The product alone
    would accept the route over A.T @ A, whose U is not orthonormal; orthonormality alone would accept anything. Signs,
    phases and the basis for equal singular values are free. float32 input is held to float32's eps.

    >>> svd(lambda A: np.linalg.svd(A, full_matrices=False), np.array([[3.0, 0.0], [4.0, 5.0], [0.0, 1.0]]))
    >>> svd.verdict(np.linalg.svd, np.ones((3, 2))).message
    'For an input of shape (3, 2), U should have shape (3, 2); got (3, 3).'
    """
    U, s, Vt = _parts(ask(function, A), ("U", "s", "Vt"))
    eps, (exact, scale) = _eps(A), _unit(A)
    (m, n), r = A.shape, min(A.shape)
    hint = " A division by a zero singular value gives nan."
    U = _numbers("U", U, (m, r), A, hint)
    s = _real("s", s, (r,), A, hint) / scale
    Vt = _numbers("Vt", Vt, (r, n), A, hint)
    if s.min(initial=0.0) < 0 or (np.diff(s) > ORDER * eps * s.max(initial=0.0)).any():
        return wrong("The singular values should be non-negative and in descending order; reorder U and Vt with "
                     "them.", A=A)
    norm = float(np.linalg.norm(exact))
    product = float(np.linalg.norm(exact - (U * s) @ Vt))
    if not seams.fits(product, c * eps * norm):
        return wrong(f"U @ diag(s) @ Vt is not A: relative error {_relative(product, norm)}, rounding would be "
                     f"{size(eps)}. Look at the third result (V or its transpose?) and at the order of the columns.",
                     product=product, A=A)
    hint = " Dividing by a small singular value magnifies errors, and a zero one needs a direction of its own."
    for name, columns in [("columns of U", U), ("rows of Vt", Vt.conj().T)]:
        if problem := _orthonormal(columns, name, c * eps, hint):
            return problem
    reference = np.linalg.svd(exact, compute_uv=False)
    largest = float(reference.max(initial=0.0))
    error = float(np.abs(s - reference).max(initial=0.0))
    if not seams.fits(error, c * eps * largest):
        return wrong(f"The singular values are off by {_relative(error, largest)} of the largest; rounding would be "
                     f"{size(eps)}. Squaring A first loses half of the digits.", error=error, A=A)
    if rank is not None and int(np.sum(s > c * eps * largest)) != rank:
        return wrong("The numerical rank, read from the singular values, is not the rank of A.", s=s, A=A)
    return ok(product=product, values=error)


@checker
def polar(function: Callable[..., Any], A: Array, *, c: float = C) -> Verdict:
    """`Q, P = function(A)` is the polar factorisation A = Q P.

    A (m, n) with m >= n, of any rank -> Q (m, n) with orthonormal columns, P (n, n) symmetric (Hermitian) positive
    semidefinite. P is determined by A; Q where A has full rank. In order: shapes, finite, orthonormal columns of Q,
    P symmetric, eigenvalues of P not below zero, product; all to c eps |A|.

    >>> polar(lambda A: (A / 2, 2 * np.eye(2)), np.array([[0.0, -2.0], [2.0, 0.0]]))
    >>> polar.verdict(lambda A: (-A / 2, -2 * np.eye(2)), np.array([[0.0, -2.0], [2.0, 0.0]])).message
    'P should have no negative eigenvalues; one lies below zero by about 2e+00. A sign belongs into Q.'
    """
    Q, P = _parts(ask(function, A), ("Q", "P"))
    eps, (exact, scale), (m, n) = _eps(A), _unit(A), A.shape
    Q, P = _numbers("Q", Q, (m, n), A), _numbers("P", P, (n, n), A) / scale
    norm = float(np.linalg.norm(exact))
    hint = " A zero singular value needs a direction of its own."
    if problem := _orthonormal(Q, "columns of Q", c * eps, hint):
        return problem
    skew = float(np.linalg.norm(P - P.conj().T))
    if not seams.fits(skew, c * eps * norm):
        return wrong(f"P should be symmetric; P - P.T has relative size {_relative(skew, norm)}.", skew=skew, A=A)
    lowest = float(np.linalg.eigvalsh((P + P.conj().T) / 2).min(initial=0.0))
    if not lowest >= -c * eps * norm:
        return wrong(f"P should have no negative eigenvalues; one lies below zero by {size(-lowest * scale)}. A sign "
                     "belongs into Q.", lowest=lowest, A=A)
    product = float(np.linalg.norm(exact - Q @ P))
    if not seams.fits(product, c * eps * norm):
        return wrong(f"Q @ P is not A: relative error {_relative(product, norm)}, rounding would be {size(eps)}. The "
                     "symmetric factor stands on the right.", product=product, A=A)
    return ok(product=product)


# ---------------------------------------------------------------- subspaces and low rank

def sin_angle(first: Array, second: Array) -> float:
    """Sine of the largest angle between the column spans of two (n, k) arrays with orthonormal columns.

    The spectral norm of (I - P) second with P the projector on the first span: accurate for tiny angles, where an
    arccos of 1 - 1e-16 would know nothing below 1e-8. Spans of different dimension have sine 1.

    >>> round(sin_angle(np.eye(3)[:, :1], np.array([[0.8], [0.6], [0.0]])), 12)
    0.6
    """
    if first.shape != second.shape:
        return 1.0
    rest = second - first @ (first.conj().T @ second)
    return float(np.linalg.norm(rest, 2)) if rest.size else 0.0


@checker
def subspace(got: Array, expected: Array, what: str, *, error: float = 0.0, gap: float = 1.0) -> Verdict:
    """The columns of `got` (n, k) span the same space as the columns of `expected`; any basis, signs and phases.

    error, gap  size of the error that is allowed in the matrix behind the space, and the distance of the values inside
                from those outside: Davis and Kahan accept a sine of error / gap; at least `ANGLE` is accepted

    >>> subspace(np.array([[1.0, 1.0], [1.0, -1.0], [0.0, 0.0]]), np.eye(3)[:, :2], "the plane")
    >>> subspace.verdict(np.eye(3)[:, 1:], np.eye(3)[:, :2], "the plane").message
    'the plane: the columns do not span the right space; the sine of the largest angle is about 1e+00.'
    """
    got = np.asarray(got)
    if got.shape != np.shape(expected):
        return wrong(f"{what}: the shape should be {np.shape(expected)}; got {got.shape}.")
    if got.dtype.kind not in "biufc" or not np.isfinite(got).all():
        return wrong(f"{what}: the entries should be finite numbers.")
    lengths = np.linalg.svd(got, compute_uv=False)
    if lengths.size and not lengths[-1] > 1e-8 * lengths[0]:
        return wrong(f"{what}: the columns are linearly dependent, so they span too little.")
    sine = sin_angle(np.linalg.qr(np.asarray(expected))[0], np.linalg.qr(got)[0])
    if not seams.fits(sine, max(ANGLE, error / gap)):
        return wrong(f"{what}: the columns do not span the right space; the sine of the largest angle is {size(sine)}.",
                     sine=sine)
    return ok(sine=sine)


@checker
def best_rank(X: Array, A: Array, k: int, what: str) -> Verdict:
    """`X` is a best approximation of `A` with rank at most k, in the Frobenius norm (Eckart and Young).

    X, A (m, n). The numerical rank of X is at most k, and |A - X| exceeds the root of s_(k+1)**2 + ... by at most the
    part `RANK`; where that is zero, by `C` eps |A|. Equal singular values s_k = s_(k+1) leave the choice free.

    >>> best_rank(np.diag([3.0, 0.0]), np.diag([3.0, 1.0]), 1, "the approximation")
    >>> best_rank.verdict(np.diag([0.0, 1.0]), np.diag([3.0, 1.0]), 1, "the approximation").message
    'the approximation: the distance from A exceeds the smallest possible one by about 2e+00 of it.'
    """
    X = np.asarray(X)
    if X.shape != A.shape:
        return wrong(f"{what}: the shape should be {A.shape}; got {X.shape}.")
    if X.dtype.kind not in "biufc" or not np.isfinite(X).all():
        return wrong(f"{what}: the entries should be finite numbers.")
    exact, scale = _unit(A)
    close = X / scale
    s, own = np.linalg.svd(exact, compute_uv=False), np.linalg.svd(close, compute_uv=False)
    rank = int(np.sum(own > RANK * max(float(own.max(initial=0.0)), float(s.max(initial=0.0)))))
    if rank > k:
        return wrong(f"{what}: the rank should be at most {k}; it is {rank}.", rank=rank)
    best, norm = float(np.linalg.norm(s[k:])), float(np.linalg.norm(s))
    excess = float(np.linalg.norm(exact - close)) - best
    if not seams.fits(excess, RANK * best + C * _eps(A) * norm):
        nothing_left = best <= C * _eps(A) * norm
        part = f"{_relative(excess, norm)} of the norm of A" if nothing_left else f"{size(excess / best)} of it"
        return wrong(f"{what}: the distance from A exceeds the smallest possible one by {part}.", excess=excess)
    return ok(excess=excess)


@checker
def low_rank(function: Callable[..., Any], A: Array, k: int) -> Verdict:
    """`L, R = function(A, k)` are the factors of a best approximation of rank k: k (m + n) numbers in place of m n.

    A (m, n) real or complex, 0 <= k <= min(m, n) -> L (m, k), R (k, n); how the product is split is free, and so is the
    choice between equal singular values. In order: two results, shapes, finite, |A - L R| in the Frobenius norm and in the
    spectral norm: above the best possible (Eckart and Young; Mirsky) by at most the part `NORMS`, or by `C` eps |A|.

    >>> low_rank(lambda A, k: (A[:, :1], np.eye(1, 2)), np.diag([3.0, 1.0]), 1)
    >>> low_rank.verdict(lambda A, k: (A[:, 1:], np.eye(2)[1:]), np.diag([3.0, 1.0]), 1).message
    'L @ R is not the best approximation of rank 1: its distance from A in the Frobenius norm is about 3 times the best.'
    """
    L, R = _parts(ask(function, A, k), ("L", "R"))
    (m, n), (exact, scale), eps = A.shape, _unit(A), _eps(A)
    hint = " With k = 0 they are empty."
    L, R = _numbers("L", L, (m, k), A, hint), _numbers("R", R, (k, n), A, hint)
    s = np.linalg.svd(exact, compute_uv=False)
    rest = exact - (L / scale) @ R
    worst = 0.0
    for norm, got, best, whole in [("Frobenius", float(np.linalg.norm(rest)), _length(s[k:]), _length(s)),
                                   ("spectral", _largest(rest), _length(s[k:k + 1]), _length(s[:1]))]:
        excess = got - best
        if not seams.fits(excess, NORMS * best + C * eps * whole):
            part = (f"{factor(got / best)} times the best" if best > C * eps * whole
                    else f"{_relative(got, whole)} of the norm of A, where zero is possible")
            return wrong(f"L @ R is not the best approximation of rank {k}: its distance from A in the {norm} norm is "
                         f"{part}.", excess=excess, A=A)
        worst = max(worst, excess / (whole or 1.0))
    return ok(excess=worst)


class BlockOp:
    """A matrix that shows only its shape and its products with blocks, and keeps what it was asked.

    `shape` is (m, n); `matmat(X)` is A @ X for X (n, c), `rmatmat(X)` is A.T @ X for X (m, c), in float64. With
    `columns`, a wider block raises ValueError. The blocks stay with the checker: where the student's code runs in another
    process, it sees an object with the declared methods and attribute alone.

    >>> A = BlockOp(np.array([[2.0, 0.0, 1.0], [0.0, 1.0, 0.0]]), columns=2)
    >>> A.rmatmat(np.eye(2)).shape, A.matmat(np.ones((3, 1))).ravel(), A.count
    ((3, 2), array([3., 1.]), 2)
    """

    remote_methods = ("matmat", "rmatmat")
    remote_attributes = ("shape",)

    def __init__(self, matrix: Any, *, columns: int | None = None) -> None:
        self._matrix: Array = np.array(matrix, dtype=np.float64)
        self._columns = columns
        self.shape: tuple[int, ...] = tuple(self._matrix.shape)
        self.blocks: list[Array] = []

    @property
    def count(self) -> int:
        """How many products were asked."""
        return len(self.blocks)

    def matmat(self, X: Any) -> Array:
        """A @ X for X (n, c); ValueError for another shape or too many columns."""
        return self._product(self._matrix, X, "matmat")

    def rmatmat(self, X: Any) -> Array:
        """A.T @ X for X (m, c); ValueError for another shape or too many columns."""
        return self._product(self._matrix.T, X, "rmatmat")

    def _product(self, matrix: Array, X: Any, name: str) -> Array:
        block = np.array(X, dtype=np.float64)
        if block.ndim != 2 or len(block) != matrix.shape[1]:
            raise ValueError(f"{name} needs a block of shape ({matrix.shape[1]}, c); got {block.shape}")
        if self._columns is not None and block.shape[1] > self._columns:
            raise ValueError(f"{name} takes at most {self._columns} columns at a time; got {block.shape[1]}")
        self.blocks.append(block)
        product: Array = matrix @ block
        return product

    def __deepcopy__(self, memo: dict[int, Any]) -> BlockOp:
        return self             # `ask` copies arguments; the blocks are kept once


@checker
def sketched_svd(function: Callable[..., Any], A: Array, k: int, p: int, q: int, rng: np.random.Generator, *,
                 runs: int = 1, frobenius: float = np.inf, spectral: float = np.inf, values: float = np.inf,
                 products: int | None = None) -> Verdict:
    """`U, s, Vt = function(BlockOp(A), k, p, q, generator)` is a good approximation of rank k from few products with A.

    A         (m, n) real; the block sketch may have k + p columns, q power steps -> U (m, k), s (k,), Vt (k, n)
    runs      independent runs, each with its own generator drawn from `rng`
    frobenius, spectral   the *median* over the runs of |A - U diag(s) Vt| is at most so many times the smallest possible,
              plus `SKETCH` |A|. For a Gaussian sketch without power steps sqrt(1 + k / (p - 1)) bounds the mean in the
              Frobenius norm: the theorem of Halko, Martinsson and Tropp (2011, 10.5) for the range holds after truncation
              to rank k as well, since its proof exhibits a subspace of dimension k inside the range. The median, because
              other good sketches have rare bad luck: of random signs, two rows are equal once in 2**(k + p)
    values    each s_i is within this part of itself of the true one
    products  the largest number of products; by default `SPARE` times 2 (q + 1), so that nobody reads off the matrix

    In order: three results, shapes, finite, s not negative and descending, orthonormal U and Vt, products, values, errors.
    False reject: as far as the median of `runs` correct runs lies below the limit, which assignment.toml records.

    >>> A, rng = np.diag([4.0, 2.0, 0.0, 0.0]), np.random.default_rng(0)
    >>> def whole(A, k, p, q, rng):
    ...     U, s, Vt = np.linalg.svd(A.matmat(np.eye(4)))
    ...     return U[:, :k], s[:k], Vt[:k]
    >>> sketched_svd(whole, A, 2, 2, 0, rng, frobenius=1.0)
    >>> sketched_svd.verdict(whole, A, 2, 1, 0, rng).message
    'whole raised ValueError: matmat takes at most 3 columns at a time; got 4'
    """
    (m, n), exact, eps = A.shape, np.asarray(A, dtype=np.float64), float(np.finfo(np.float64).eps)
    allowed = 2 * SPARE * (q + 1) if products is None else products
    reference = np.linalg.svd(exact, compute_uv=False)
    errors, used, deviation = [], 0, 0.0
    for _ in range(runs):
        operator = BlockOp(exact, columns=k + p)
        U, s, Vt = _parts(ask(function, operator, k, p, q, np.random.default_rng(rng.integers(2**63))), ("U", "s", "Vt"))
        U, s, Vt = _numbers("U", U, (m, k), A), _real("s", s, (k,), A), _numbers("Vt", Vt, (k, n), A)
        if s.min(initial=0.0) < 0 or (np.diff(s) > ORDER * eps * s.max(initial=0.0)).any():
            return wrong("The singular values should be non-negative and in descending order.")
        for name, columns in [("columns of U", U), ("rows of Vt", Vt.T)]:
            if problem := _orthonormal(columns, name, C * eps):
                return problem
        used = max(used, operator.count)
        if used > allowed:
            return wrong("A was asked for too many products: one for the sketch, two for each power step and one for the "
                         "small matrix will do.", used=used)
        deviation = max(deviation, float((np.abs(s - reference[:k]) / np.maximum(reference[:k], TINY)).max(initial=0.0)))
        rest = exact - (U * s) @ Vt
        errors.append((float(np.linalg.norm(rest)), _largest(rest) if spectral < np.inf else np.inf))
    if not seams.fits(deviation, values):
        return wrong(f"A singular value is off by {size(deviation)} of itself. Without a new orthonormal basis after each "
                     "product the powers leave only the largest directions.", values=deviation)
    middle, ratios = np.median(errors, axis=0), []
    for norm, got, limit, tail, head in [("Frobenius", float(middle[0]), frobenius, reference[k:], reference),
                                         ("spectral", float(middle[1]), spectral, reference[k:k + 1], reference[:1])]:
        best, whole = _length(tail), _length(head)
        ratios.append(got / (best or whole or 1.0))
        if limit < np.inf and not got <= limit * best + SKETCH * whole:
            part = (f"{factor(got / best)} times the smallest possible" if best > SKETCH * whole
                    else f"{_relative(got, whole)} of the norm of A")
            often = "in half of the runs " if runs > 1 else ""
            return wrong(f"U @ diag(s) @ Vt is too far from A: its distance in the {norm} norm is {often}{part}.",
                         ratios=ratios)
    return ok(frobenius=ratios[0], spectral=ratios[1], values=deviation, used=used)


@checker
def nuclear_prox(function: Callable[..., Any], A: Array, tau: float) -> Verdict:
    """`X = function(A, tau)` minimises |A - X|**2 / 2 + tau (sum of the singular values of X), Frobenius norm.

    A (m, n) real, tau >= 0 -> X (m, n). The minimiser is unique, and two conditions say it: no singular value of A - X is
    above tau, and <A - X, X> is tau times the sum of the singular values of X (A - X is tau times a subgradient). Both to
    `PROX`, relative to |A| and |A|**2; the distance from the minimiser is asked as well, to 2 `C` eps |A|: the operator does
    not magnify errors of A. float32 input is held to float32's eps.

    >>> nuclear_prox(lambda A, tau: np.diag([1.0, 0.0]), np.diag([3.0, 1.0]), 2.0)
    >>> nuclear_prox.verdict(lambda A, tau: np.diag([3.0, 0.0]), np.diag([3.0, 1.0]), 2.0).message
    'What is left, A - X, is not in line with X: the singular values that stay should be smaller by tau, all of them.'
    """
    X = _numbers("X", ask(function, A, tau), A.shape, A)
    (exact, scale), eps = _unit(A), _eps(A)
    X, tau = X / scale, tau / scale
    rest, norm, tol = exact - X, float(np.linalg.norm(exact)), max(PROX, C * eps)
    excess = _largest(rest) - tau
    if not seams.fits(excess, tol * norm):
        return wrong("What is left, A - X, has a singular value above tau: something that should stay was taken away, by "
                     f"{_relative(excess, norm)} of the norm of A.", excess=excess, A=A)
    slack = tau * float(np.linalg.svd(X, compute_uv=False).sum()) - float((rest * X).sum())
    if not seams.fits(abs(slack), tol * norm**2):
        return wrong("What is left, A - X, is not in line with X: the singular values that stay should be smaller by tau, "
                     "all of them.", slack=slack, A=A)
    U, s, Vt = np.linalg.svd(exact, full_matrices=False)
    error = float(np.linalg.norm(X - (U * np.maximum(s - tau, 0.0)) @ Vt))
    if not seams.fits(error, 2 * C * eps * norm):
        return wrong(f"X is near the minimiser and not accurate: relative error {_relative(error, norm)}, rounding would be "
                     f"{size(eps)}.", error=error, A=A)
    return ok(excess=excess, slack=slack, error=error)


@checker
def orthonormal(Q: Array, what: str, *, c: float = C) -> Verdict:
    """The columns of `Q` (m, k) are orthonormal to 2 c eps sqrt(k). `what` names them, such as "columns of Q".

    >>> orthonormal(np.array([[0.6, -0.8], [0.8, 0.6], [0.0, 0.0]]), "columns of Q")
    >>> orthonormal.verdict(np.ones((2, 1)), "columns of Q").message
    'The columns of Q are not orthonormal: error about 1e+00, rounding would be about 2e-16.'
    """
    Q = np.asarray(Q)
    if Q.ndim != 2 or Q.dtype.kind not in "biufc" or not np.isfinite(Q).all():
        return wrong(f"The {what} should be a matrix of finite numbers.")
    return _orthonormal(Q, what, c * float(np.finfo(np.float64).eps)) or ok()


# ---------------------------------------------------------------- what the SVD is good for

@checker
def pseudo_inverse(function: Callable[..., Any], A: Array, *options: Any, rank: int | None = None) -> Verdict:
    """`X = function(A, *options)` is the Moore-Penrose inverse of A, or of its part of the given rank.

    A     (m, n) real or complex -> X (n, m)
    rank  how many singular values count; the others are cut off as rounding errors. Default: those above
          max(m, n) eps s_1

    The four identities A X A = A, X A X = X, A X and X A Hermitian hold relative to |A|, |X|, 1 and 1, up to `PENROSE`
    times the condition number s_1 / s_rank; they determine X (Penrose, 1955). With a rank that cuts something off, A is
    replaced by its best approximation of that rank.

    >>> pseudo_inverse(np.linalg.pinv, np.array([[1.0, 2.0, 0.0], [2.0, 4.0, 0.0]]))
    >>> pseudo_inverse.verdict(lambda A: A.T, np.array([[3.0, 0.0], [0.0, 1.0]])).message
    'A @ X @ A is not A: relative error about 8e+00. Which singular values have been inverted?'
    """
    X = _numbers("X", ask(function, A, *options), A.shape[::-1], A, " A division by a zero singular value gives inf.")
    exact, scale = _unit(A)
    X = X * scale
    U, s, Vt = np.linalg.svd(exact, full_matrices=False)
    if rank is None:
        rank = int(np.sum(s > max(A.shape) * _eps(A) * s.max(initial=0.0)))
    if rank == 0:
        return ok() if not X.any() else wrong("The pseudo-inverse of a zero matrix is the zero matrix (n, m).", A=A)
    kept = (U[:, :rank] * s[:rank]) @ Vt[:rank]
    allowed = max(PENROSE, C * _eps(A)) * float(s[0] / s[rank - 1])
    AX, XA = kept @ X, X @ kept
    for error, message in [
        (_part(kept - AX @ kept, kept),
         "A @ X @ A is not A: relative error {}. Which singular values have been inverted?"),
        (_part(X - XA @ X, X),
         "X @ A @ X is not X: relative error {}. A value that is only rounding must not be inverted; compare it with "
         "the largest one."),
        (float(np.linalg.norm(AX - AX.conj().T)), "A @ X is not symmetric (Hermitian): error {}."),
        (float(np.linalg.norm(XA - XA.conj().T)), "X @ A is not symmetric (Hermitian): error {}."),
    ]:
        if not seams.fits(error, allowed):
            return wrong(message.format(size(error)), error=error, A=A)
    return ok()


@checker
def min_norm(function: Callable[..., Any], A: Array, b: Array, *, rank: int | None = None) -> Verdict:
    """`x = function(A, b)` is the shortest of all x that minimise |b - A x|.

    A (m, n), b (m,) -> x (n,). Two laws determine x: the residual is orthogonal to the columns of A (relative to
    |A| (|A| |x| + |b|)), and x lies in the row space of A (relative to |x|), both up to `PENROSE` times the condition
    number of the kept part; `rank` as in `pseudo_inverse`.

    >>> min_norm(lambda A, b: np.linalg.pinv(A) @ b, np.array([[1.0, 1.0, 0.0], [2.0, 2.0, 0.0]]), np.array([1.0, 0.0]))
    >>> min_norm.verdict(lambda A, b: np.array([5.0, -3.0]), np.array([[1.0, 1.0]]), np.array([2.0])).message
    'x is a solution and not the shortest one: a part of relative size about 1e+00 lies in the null space of A.'
    """
    x = _numbers("x", ask(function, A, b), A.shape[1:], A)
    exact, scale = _unit(A)
    x = x * scale
    U, s, Vt = np.linalg.svd(exact, full_matrices=False)
    if rank is None:
        rank = int(np.sum(s > max(A.shape) * _eps(A) * s.max(initial=0.0)))
    if rank == 0:
        return ok() if not x.any() else wrong("For a zero matrix the shortest solution is zero.", A=A)
    kept, rows = (U[:, :rank] * s[:rank]) @ Vt[:rank], Vt[:rank].conj().T
    allowed = max(PENROSE, C * _eps(A)) * float(s[0] / s[rank - 1])
    length = float(np.linalg.norm(x))
    slope = float(np.linalg.norm(kept.conj().T @ (b - kept @ x)))
    slope /= float(s[0] * (s[0] * length + np.linalg.norm(b))) or 1.0
    if not seams.fits(slope, allowed):
        return wrong("|b - A x| is not as small as it can be: the residual is not orthogonal to the columns of A, by "
                     f"{size(slope)}.", slope=slope, A=A)
    outside = _part(x - rows @ (rows.conj().T @ x), x)
    if not seams.fits(outside, allowed):
        return wrong(f"x is a solution and not the shortest one: a part of relative size {size(outside)} lies in the "
                     "null space of A.", outside=outside, A=A)
    return ok(slope=slope, outside=outside)


@checker
def principal_components(function: Callable[..., Any], X: Array, k: int, *, tol: float = SPANS) -> Verdict:
    """Of `mean, components, var, scores = function(X, k)`: the mean, and components that span the right space.

    X    (n, d), rows are examples; s_k and s_(k+1) of the centred data must differ -> mean (d,), components (k, d)
    tol  sine of the largest angle, and size of the error of the mean relative to the largest entry of X

    In order: four results, shapes, finite, mean, orthonormal rows, their span. Signs are free.

    >>> X = np.array([[0.0, 1.0], [2.0, 1.0], [4.0, 1.0]])
    >>> principal_components(lambda X, k: (X.mean(0), np.eye(k, 2), np.array([4.0]), X[:, :1] - 2), X, 1)
    >>> principal_components.verdict(lambda X, k: (X.mean(0), np.eye(2)[1:], 0, 0), X, 1).message
    'The components do not span the directions of largest variance: the sine of the largest angle is about 1e+00.'
    """
    mean, components, _, _ = _parts(ask(function, X, k), PCA)
    exact = np.asarray(X, dtype=np.float64)
    mean = _numbers("mean", mean, X.shape[1:], X)
    components = _numbers("components", components, (k, X.shape[1]), X)
    eps, center = _eps(X), exact.mean(axis=0)
    if not seams.fits(np.abs(mean - center).max(initial=0.0), max(tol, C * eps) * np.abs(exact).max(initial=0.0)):
        return wrong("mean should be the mean of the rows of X, one number per column.", mean=mean)
    if problem := _orthonormal(components.T, "rows of components", C * eps):
        return problem
    s, Vt = np.linalg.svd(exact - center, full_matrices=False)[1:]
    below = s[k] if k < len(s) else 0.0
    gap = float(s[k - 1] ** 2 - below**2) / float(s[0] ** 2)
    sine = sin_angle(Vt[:k].T, components.T)
    if not seams.fits(sine, max(tol, C * eps / gap)):
        return wrong("The components do not span the directions of largest variance: the sine of the largest angle is "
                     f"{size(sine)}.", sine=sine)
    return ok(sine=sine)


@checker
def component_variances(function: Callable[..., Any], X: Array, k: int, *, tol: float = SPANS) -> Verdict:
    """Of `mean, components, var, scores = function(X, k)`: var (k,) holds s_i**2 / (n - 1) of the centred X.

    Descending; relative to the largest, up to `tol`; the covariance route and the SVD agree to a few eps.

    >>> X = np.array([[0.0, 1.0], [2.0, 1.0], [4.0, 1.0]])
    >>> component_variances(lambda X, k: (0, 0, np.array([4.0]), 0), X, 1)
    >>> component_variances.verdict(lambda X, k: (0, 0, np.array([8.0 / 3]), 0), X, 1).message
    'var is off by about 3e-01 of the largest variance. The sum of squares is divided by n - 1.'
    """
    var = _real("var", _parts(ask(function, X, k), PCA)[2], (k,), X)
    exact = np.asarray(X, dtype=np.float64)
    s = np.linalg.svd(exact - exact.mean(axis=0), compute_uv=False)
    expected = s[:k] ** 2 / (len(X) - 1)
    error = float(np.abs(var - expected).max(initial=0.0) / expected[0])
    if not seams.fits(error, max(tol, C * _eps(X))):
        return wrong(f"var is off by {size(error)} of the largest variance. The sum of squares is divided by n - 1.",
                     error=error)
    return ok(error=error)


@checker
def component_scores(function: Callable[..., Any], X: Array, k: int, *, tol: float = SPANS) -> Verdict:
    """Of `mean, components, var, scores = function(X, k)`: scores (n, k) = (X - mean) @ components.T.

    The claimed mean and components are taken for this, so an error in them is charged where it belongs; relative to the
    norm of the centred data, up to `tol`.

    >>> X = np.array([[0.0, 1.0], [2.0, 1.0], [4.0, 1.0]])
    >>> component_scores(lambda X, k: (X.mean(0), np.eye(k, 2), 0, X[:, :1] - 2), X, 1)
    >>> component_scores.verdict(lambda X, k: (X.mean(0), np.eye(k, 2), 0, X[:, :1]), X, 1).message
    'scores should be (X - mean) @ components.T: relative error about 1e+00.'
    """
    mean, components, _, scores = _parts(ask(function, X, k), PCA)
    mean = _numbers("mean", mean, X.shape[1:], X)
    components = _numbers("components", components, (k, X.shape[1]), X)
    scores = _numbers("scores", scores, (len(X), k), X)
    centred = np.asarray(X, dtype=np.float64) - mean
    error = float(np.linalg.norm(scores - centred @ components.T)) / (float(np.linalg.norm(centred)) or 1.0)
    if not seams.fits(error, max(tol, C * _eps(X))):
        return wrong(f"scores should be (X - mean) @ components.T: relative error {size(error)}.", error=error)
    return ok(error=error)


@checker
def procrustes(function: Callable[..., Any], A: Array, B: Array, *, c: float = C) -> Verdict:
    """`Q = function(A, B)` is orthogonal and makes |A Q - B| (Frobenius) as small as any orthogonal matrix does.

    A, B (m, n), of any rank -> Q (n, n); reflections are allowed. With the singular values t_i of A.T @ B the square
    of the optimal distance is |A|**2 + |B|**2 - 2 sum t_i (Schönemann, 1966). The distance may exceed the optimum by
    the part `OPTIMUM` of it and by c eps (|A| + |B|), which is what an orthogonal matrix in floating point can do.

    >>> turn = np.array([[0.0, 1.0], [-1.0, 0.0]])
    >>> procrustes(lambda A, B: turn, np.diag([2.0, 1.0]), np.diag([2.0, 1.0]) @ turn)
    >>> procrustes.verdict(lambda A, B: turn.T, np.diag([2.0, 1.0]), np.diag([2.0, 1.0]) @ turn).message
    '|A @ Q - B| is larger than it must be, by about 2e+00 of |B|. Is Q transposed, or a reflection left out?'
    """
    n = A.shape[1]
    Q = _numbers("Q", ask(function, A, B), (n, n), A)
    if problem := _orthonormal(Q, "columns of Q", c * _eps(A)):
        return problem
    a, b = np.asarray(A, dtype=np.float64), np.asarray(B, dtype=np.float64)
    U, _, Vt = np.linalg.svd(a.T @ b)
    best = float(np.linalg.norm(a @ (U @ Vt) - b))
    whole = float(np.linalg.norm(a) + np.linalg.norm(b))
    excess = float(np.linalg.norm(a @ Q - b)) - best
    if not seams.fits(excess, OPTIMUM * best + c * _eps(A) * whole):
        return wrong(f"|A @ Q - B| is larger than it must be, by {_relative(excess, float(np.linalg.norm(b)))} of |B|. "
                     "Is Q transposed, or a reflection left out?", excess=excess, A=A, B=B)
    return ok(excess=excess)


# ---------------------------------------------------------------- reading an answer

PCA = ("mean", "components", "var", "scores")
COUNTS = {2: "two", 3: "three", 4: "four"}


def _parts(answer: Any, names: Sequence[str]) -> list[Any]:
    """The results by position; a failed check when there are more or fewer."""
    if not isinstance(answer, tuple | list) or len(answer) != len(names):
        got = f"{len(answer)} results" if isinstance(answer, tuple | list) else seams.kind_of(answer)
        raise CheckFailed(wrong(f"The result should be {COUNTS[len(names)]} things: {', '.join(names)}; got {got}."))
    return list(answer)


def _numbers(name: str, part: Any, shape: tuple[int, ...], given: Array, hint: str = "") -> Array:
    """The part as float64 or complex128: shape, kind and finiteness have been looked at."""
    try:
        part = np.asarray(part)
    except ValueError:
        raise CheckFailed(wrong(f"{name} should be an array of numbers.")) from None
    if part.shape != shape:
        message = f"For an input of shape {given.shape}, {name} should have shape {shape}; got {part.shape}."
        raise CheckFailed(wrong(message))
    if part.dtype.kind not in "fc" or not np.isfinite(part).all():
        raise CheckFailed(wrong(f"{name} should hold finite floating-point numbers.{hint}"))
    if part.dtype.kind == "c" and given.dtype.kind != "c" and part.imag.any():
        raise CheckFailed(wrong(f"{name} should be real for a real input."))
    numbers: Array = part.astype(np.complex128 if part.dtype.kind == "c" else np.float64)
    return numbers


def _real(name: str, part: Any, shape: tuple[int, ...], given: Array, hint: str = "") -> Array:
    """As `_numbers`, for values that are real even when the input is complex."""
    numbers = _numbers(name, part, shape, given, hint)
    if numbers.dtype.kind == "c":
        if numbers.imag.any():
            raise CheckFailed(wrong(f"{name} should hold real numbers, also for a complex input."))
        numbers = numbers.real
    return numbers


def _orthonormal(Q: Array, what: str, unit: float, hint: str = "") -> Verdict | None:
    """A verdict when the columns of Q (m, k) are not orthonormal to 2 unit sqrt(k)."""
    k = Q.shape[1]
    error = float(np.linalg.norm(Q.conj().T @ Q - np.eye(k)))
    if error <= 2 * unit * np.sqrt(k):
        return None
    message = f"The {what} are not orthonormal: error {size(error)}, rounding would be {size(unit / C)}.{hint}"
    return wrong(message, error=error)


def _clusters(values: Array, near: float) -> list[tuple[slice, float]]:
    """Groups of neighbouring ascending values, each with its distance from all others (inf for a single group)."""
    cuts = [0, *(i + 1 for i in range(len(values) - 1) if values[i + 1] - values[i] > near), len(values)]
    distances = [np.inf, *(float(values[i] - values[i - 1]) for i in cuts[1:-1]), np.inf]
    return [(slice(low, high), min(distances[i], distances[i + 1]))
            for i, (low, high) in enumerate(itertools.pairwise(cuts))]


def _unit(A: Array) -> tuple[Array, float]:
    """A in double precision divided by its largest entry, and that entry (1 for a zero or empty matrix)."""
    exact = np.asarray(A, dtype=np.complex128 if np.asarray(A).dtype.kind == "c" else np.float64)
    scale = float(np.abs(exact).max(initial=0.0)) or 1.0
    return exact / scale, scale


def _eps(A: Array) -> float:
    """The rounding unit that the input allows: float32's for float32 and complex64, otherwise float64's."""
    return float(np.finfo(np.float32 if A.dtype in (np.float32, np.complex64) else np.float64).eps)


def _length(values: Array) -> float:
    """The root of the sum of squares, 0 for none."""
    return float(np.linalg.norm(values)) if values.size else 0.0


def _largest(A: Array) -> float:
    """The spectral norm, 0 for an empty matrix."""
    return float(np.linalg.norm(A, 2)) if A.size else 0.0


def _part(difference: Array, whole: Array) -> float:
    """Relative size; the size itself when the whole is zero."""
    return float(np.linalg.norm(difference)) / (float(np.linalg.norm(whole)) or 1.0)


def _relative(error: float, norm: float) -> str:
    return size(error / norm if norm else error)
