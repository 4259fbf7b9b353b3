"""Counts are exact, whatever way a method is written; compiled routines and idle functions are noticed."""
from __future__ import annotations

import doctest
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import checks
from autograder.checks import seams

counting = sys.modules["autograder.checks.counting"]
SEEDS = st.integers(0, 2**32 - 1)
SIZES = st.integers(1, 6)


def test_its_examples_run():
    result = doctest.testmod(counting)
    assert result.attempted > 0 and result.failed == 0


def counted(function, *args):
    """(multiplications, additions, result) of one call."""
    told = counting.counted_call(function, (np.inf, np.inf), None, args, {})
    return told["multiplications"], told["additions"], told["result"]


# ---------------------------------------------------------------- what is counted

PRODUCTS = {
    "at": lambda A, x: A @ x, "dot": np.dot, "method": lambda A, x: A.dot(x), "inner": np.inner, "tensordot": lambda A, x:
    np.tensordot(A, x, 1), "einsum": lambda A, x: np.einsum("ij,j->i", A, x), "rows": lambda A, x: (A * x).sum(axis=1),
    "columns": lambda A, x: sum(A[:, j] * x[j] for j in range(len(x))),
    "loops": lambda A, x: np.array([sum(a * b for a, b in zip(row, x, strict=True)) for row in A], dtype=object),
}


@pytest.mark.parametrize("way", PRODUCTS)
@settings(max_examples=20, deadline=None)
@given(SEEDS, SIZES, SIZES)
def test_a_product_takes_mn_multiplications_however_it_is_written(way, seed, m, n):
    rng = np.random.default_rng(seed)
    A, x = rng.normal(size=(m, n)), rng.normal(size=n)
    multiplications, additions, result = counted(PRODUCTS[way], A, x)
    assert multiplications == m * n
    assert m * (n - 1) <= additions <= m * n                    # some start from zero, some from the first term
    assert np.allclose(result, A @ x, rtol=1e-13, atol=1e-13) and result.dtype == float


def fft(x):
    n = len(x)
    if n == 1:
        return x
    even, odd = fft(x[::2]), fft(x[1::2])
    turned = np.exp(-2j * np.pi * np.arange(n // 2) / n) * odd
    return np.concatenate([even + turned, even - turned])


@pytest.mark.parametrize("k", [1, 4, 10])
def test_the_radix_2_transform_takes_n_half_log_n(k):
    n = 2**k
    x = np.random.default_rng(k).normal(size=n) + 1j
    multiplications, additions, result = counted(fft, x)
    assert (multiplications, additions) == (n // 2 * k, n * k)
    assert np.allclose(result, np.fft.fft(x), rtol=1e-12)


def eliminate(A):
    A = np.array(A, dtype=np.result_type(A, float))
    n = len(A)
    for k in range(n):
        p = k + np.argmax(np.abs(A[k:, k]))
        A[[k, p]] = A[[p, k]]
        A[k + 1:, k] /= A[k, k]
        A[k + 1:, k + 1:] -= np.outer(A[k + 1:, k], A[k, k + 1:])
    return A


def test_elimination_takes_n_cubed_thirds():
    n = 9
    A = np.random.default_rng(0).normal(size=(n, n))
    multiplications, additions, result = counted(eliminate, A)
    assert multiplications == (n**3 - n) // 3 and additions == n * (n - 1) * (2 * n - 1) // 6
    assert np.allclose(result, eliminate(A), rtol=1e-13)


@pytest.mark.parametrize(("operation", "multiplications", "additions"), [
    (lambda x: 2.0 * x[0], 1, 0), (lambda x: x[0] * np.float64(2), 1, 0), (lambda x: np.float64(2) * x[0], 1, 0), (lambda x: 1j * x, 3, 0),
    (lambda x: x[0] * x, 3, 0), (lambda x: x * x[0], 3, 0), (lambda x: x / x[1], 3, 0), (lambda x: 1 / x, 3, 0), (lambda x: x**2, 3, 0),
    (np.square, 3, 0), (np.sqrt, 3, 0), (lambda x: x[0] + 1, 0, 1), (lambda x: 1 - x[0], 0, 1), (lambda x: x - x, 0, 3),
    (np.sum, 0, 2), (np.cumsum, 0, 2), (np.mean, 1, 2), (np.abs, 0, 0), (np.negative, 0, 0), (np.conj, 0, 0), (np.sort, 0, 0),
    (np.argmax, 0, 0), (lambda x: np.where(x > 0, x, -x), 0, 0), (np.max, 0, 0), (np.copy, 0, 0), (lambda x: x[0].real, 0, 0),
    (lambda x: np.array(x, dtype=np.result_type(x, float)), 0, 0), (np.zeros_like, 0, 0),
])
def test_every_operation_counts_once(operation, multiplications, additions):
    x = np.array([3.0, 1.0, 2.0])
    done = counted(operation, x)
    assert done[:2] == (multiplications, additions)
    assert np.allclose(done[2], operation(x)) if operation not in (np.zeros_like,) else True


def test_values_are_those_of_python_and_nothing_is_raised_for_a_zero_divisor():
    assert np.isnan(counted(lambda x: x / 0.0, np.ones(2))[2]).all()
    assert np.isnan(counted(np.sqrt, np.array([-1.0]))[2]).all()
    assert counted(lambda x: x[0].imag, np.array([1 + 2j]))[2] == 2
    assert counted(lambda x: bool(x[0]) and x[0] == x[0] and x[0] <= 1 and x[0] >= 1 and not x[0] < 1, np.ones(1))[2] is True
    assert counted(lambda x: len({x[0], x[1]}), np.ones(2))[2] == 1
    assert counted(lambda x: repr(+x[0]), np.ones(2))[2] == "1.0"


def test_integers_stay_indices_and_structure_is_kept():
    def pick(parts, order, scale=None):
        assert order.dtype == np.int64
        return {"x": parts[0][order] * scale["w"], "n": len(parts)}

    told = counting.counted_call(pick, (np.inf, np.inf), None, ([np.ones(3)], np.array([2, 0])), {"scale": {"w": np.ones(2)}})
    assert told["multiplications"] == 2 and told["result"]["x"].tolist() == [1, 1] and told["result"]["n"] == 1


# ---------------------------------------------------------------- what is refused

@pytest.mark.parametrize("convert", [
    lambda x: np.asarray(x, dtype=float), lambda x: np.asarray(x, complex), np.fft.fft, lambda x: float(x[0]), lambda x: complex(x[0]),
    lambda x: int(x[0]), lambda x: np.linalg.solve(np.outer(x, x), x), lambda x: np.exp(x), lambda x: np.zeros(3).__setitem__(0, x[0]),
])
def test_what_is_compiled_refuses_counted_numbers(convert):
    verdict = checks.operations.verdict(convert, np.ones(3), multiplications=100)
    assert verdict.status == "error" and "dtype object" in verdict.message


def test_a_method_that_takes_too_many_is_stopped_at_the_limit():
    def dense(x):
        n = len(x)
        try:
            return np.exp(-2j * np.pi * np.outer(np.arange(n), np.arange(n)) / n) @ x
        except Exception:
            return x

    x = np.ones(128)
    assert counting.counted_call(dense, (448, np.inf), None, (x,), {})["multiplications"] == 449
    verdict = checks.operations.verdict(dense, x, multiplications=448, hint="Use the halves.")
    assert verdict.message == "dense makes more than 448 multiplications. Use the halves."
    assert "896 additions" in checks.operations.verdict(lambda x: sum(dense(x)), x, additions=896).message
    seams.HIDDEN.set(True)
    try:
        assert checks.operations.verdict(dense, x, multiplications=448).message == "dense makes more multiplications than allowed."
    finally:
        seams.HIDDEN.set(False)


@settings(max_examples=20, deadline=None)
@given(SEEDS, st.integers(2, 6))
def test_the_bounds_are_exact(seed, n):
    x = np.random.default_rng(seed).normal(size=n)
    checks.operations(fft_free := lambda x: x @ x, x, multiplications=(n, n), additions=(n - 1, n), expected=x @ x)
    assert checks.operations.verdict(fft_free, x, multiplications=n - 1).status == "wrong"
    assert "fewer multiplications" in checks.operations.verdict(fft_free, x, multiplications=(n + 1, 2 * n)).message


def test_the_result_is_compared_so_that_doing_nothing_is_no_way_out():
    def idle(x):
        return x[0] if x.dtype == object else x @ x

    x = np.array([1.0, 2.0])
    verdict = checks.operations.verdict(idle, x, multiplications=2, expected=5)
    assert verdict.status == "wrong" and "should be 5" in verdict.message
    checks.operations(idle, x, multiplications=2)                   # which is why the docstring asks for `expected`


def test_only_some_arguments_are_counted():
    def chain(matrices, x):
        y = np.array(x, dtype=float)
        for M in matrices:
            y = M @ y
        return y

    matrices, x = [np.ones((3, 2)), np.ones((4, 3))], np.ones(2)
    checks.operations(chain, matrices, x, multiplications=(18, 18), only=[0], expected=chain(matrices, x))
    assert checks.operations.verdict(chain, matrices, x, multiplications=18).status == "error"
    assert counting.counted_call(lambda x, y=None: x * y, (9, 9), [0], (2.0,), {"y": np.ones(2)})["multiplications"] == 0


def test_it_raises_or_returns_nothing():
    assert checks.operations(lambda x: x, np.ones(2), multiplications=0) is None
    with pytest.raises(checks.CheckFailed):
        checks.operations(lambda x: x * x, np.ones(2), multiplications=1)
    assert checks.operations.verdict(3, np.ones(2)).status in ("wrong", "error")


def test_what_the_other_process_claims_is_looked_at(monkeypatch):
    for claim in (-1, True, "0", None):
        monkeypatch.setattr(seams, "remote", lambda helper, claim=claim: lambda *given: {
            "multiplications": claim, "additions": 0, "result": 1})
        assert checks.operations.verdict(lambda x: x, np.ones(2), multiplications=5).status == "wrong"
