"""Calling student code, and comparing plain values: nothing shared, nothing overloaded, nothing shown that is hidden."""
from __future__ import annotations

import doctest
import re
import warnings
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as hnp

from autograder import checks
from autograder.checks import CheckFailed, ask, basic, seams
from autograder.checks.basic import copied, leaves, norm, plain


@pytest.fixture
def hidden():
    token = seams.HIDDEN.set(True)
    yield
    seams.HIDDEN.reset(token)


def verdict_of(function, *args):
    with pytest.raises(CheckFailed) as failed:
        ask(function, *args)
    return failed.value.verdict


def test_its_examples_run():
    result = doctest.testmod(basic)
    assert result.attempted > 0 and result.failed == 0


# ---------------------------------------------------------------- ask

def test_the_arguments_are_copies():
    def greedy(A, parts):
        A[0] = 99
        parts.append(1)
        return A

    A, parts = np.zeros(3), [np.ones(2)]
    ask(greedy, A, parts)
    assert A[0] == 0 and len(parts) == 1


def test_the_result_shares_nothing_with_the_students_objects():
    kept = np.zeros(3)
    result = ask(lambda: kept)
    kept[0] = 5
    assert result[0] == 0


def test_a_generator_starts_every_call_from_the_same_state():
    rng, generator = np.random.default_rng(3), torch.Generator().manual_seed(3)
    draw = lambda r, g: (r.random(), torch.rand(1, generator=g).item())  # noqa: E731
    assert ask(draw, rng, generator) == ask(draw, rng, generator)


def test_a_bound_method_is_passed_on_as_it_is():
    class Counter:
        calls = 0

        def count(self):
            self.calls += 1

    counter = Counter()
    ask(lambda step: step(), counter.count)
    assert counter.calls == 1


def test_warnings_cost_nothing():
    def noisy():
        warnings.warn("look out", stacklevel=1)
        return np.float64(1) / np.zeros(1)

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert np.isinf(ask(noisy)).all()


def test_what_is_not_written_yet_is_said_so():
    def later():
        raise NotImplementedError

    assert verdict_of(later).message == "later is not written yet."
    assert verdict_of(later).status == "wrong"


def test_an_exception_becomes_one_sentence():
    def divide(x):
        return x / 0

    verdict = verdict_of(divide, 1)
    assert (verdict.status, verdict.message) == ("error", "divide raised ZeroDivisionError: division by zero")


def test_what_is_no_function_is_said_so():
    assert verdict_of(3).message == "your function should be a function; it is of type int."


def test_a_hidden_test_shows_neither_text_nor_class_of_an_exception(hidden):
    class Telling(ValueError):
        pass

    def tell(secret):
        raise Telling(f"the input was {secret}")

    def tell_by_name(secret):
        raise type(f"Secret{secret}", (KeyError,), {})("x")

    assert verdict_of(tell, 1234).message == "tell raised ValueError."
    assert verdict_of(tell_by_name, 1234).message == "tell_by_name raised KeyError."


@pytest.mark.parametrize("error", [KeyboardInterrupt, SystemExit, GeneratorExit])
def test_what_is_no_exception_is_never_caught(error):
    def stop():
        raise error

    with pytest.raises(error):
        ask(stop)


# ---------------------------------------------------------------- exact types

class Always(float):
    def __eq__(self, other):
        return True

    __hash__ = float.__hash__
    __sub__ = __rsub__ = lambda self, other: 0.0


class Agreeable(np.ndarray):
    def __array_ufunc__(self, ufunc, method, *inputs, **kwargs):
        return np.zeros(self.shape)


class Nice(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return torch.zeros(2)


@pytest.mark.parametrize("value", [
    Always(7.0), np.full(2, 7.0).view(Agreeable), torch.full((2,), 7.0).as_subclass(Nice),
    [Always(7.0)] * 2, type("T", (tuple,), {})([7.0, 7.0]),
], ids=["float", "array", "tensor", "inside a list", "tuple"])
def test_no_overloaded_operator_answers_for_the_student(value):
    result = ask(lambda: value)
    assert type(result) in (float, np.ndarray, torch.Tensor, list, tuple)
    assert checks.close.verdict(result, np.ones(np.shape(result)), "it").status == "wrong"


def test_a_tensor_comes_back_detached():
    result = ask(lambda: torch.ones(2, requires_grad=True) * 2)
    assert type(result) is torch.Tensor and not result.requires_grad


def test_plain_keeps_ordinary_values():
    value = {"a": [1, 2.5, None, "s", True, (np.float32(2), b"x", 1j)]}
    assert plain(value) == value and type(plain(value)["a"][4]) is bool


def test_leaves_name_their_places_whatever_the_order_of_the_keys():
    assert list(leaves({"b": 1, "a": (2, [3])})) == [("['a'][0]", 2), ("['a'][1][0]", 3), ("['b']", 1)]


@given(st.recursive(st.floats(allow_nan=False) | st.text(max_size=3), lambda inner: st.lists(inner, max_size=3)
                    | st.dictionaries(st.text(max_size=2), inner, max_size=3)))
def test_a_copy_equals_the_original(value):
    assert copied(value) == value


# ---------------------------------------------------------------- close

NUMBERS = hnp.arrays(np.float64, hnp.array_shapes(max_dims=3, max_side=4),
                     elements=st.floats(-1e200, 1e200, allow_subnormal=False))


@given(NUMBERS)
def test_close_accepts_rounding(A):
    assert checks.close.verdict(A * (1 + 1e-12), A, "it").status == "ok"


@given(NUMBERS, st.floats(1e-6, 1e6))
def test_close_rejects_what_is_off(A, off):
    wrong = A.copy()
    wrong.flat[0] += off * max(norm(A), 1.0)
    assert checks.close.verdict(wrong, A, "it").status == "wrong"


@pytest.mark.parametrize(("got", "expected"), [
    (np.nan, np.nan), (np.inf, 1.0), (1.0, np.inf), (-np.inf, np.inf), ([1.0, np.nan], [1.0, 2.0]),
    (1e300, 1.1e300), ([1e308, 1e308, 1e308], [1e308, 1e308, -1e308]), (None, 0.0), ("1", 1.0), ([1, [2, 3]], [1, 2]),
    ([[1.0]], [1.0]), (1.0, [1.0]), (object(), 1.0), (1 + 1j, 1.0), (True, 0),
], ids=lambda v: re.sub(" at 0x[0-9a-f]+", "", str(v)))
def test_close_never_accepts_these(got, expected):
    assert checks.close.verdict(got, expected, "it").status == "wrong"


@pytest.mark.parametrize(("got", "expected"), [
    (np.inf, np.inf), ([-np.inf, 1.0], [-np.inf, 1.0]), (3, 3.0), (np.uint8(3), 3), (True, 1), (torch.ones(2), [1, 1]),
    (1 + 1j, 1 + 1j), ([], []), (np.zeros((0, 3)), np.zeros((0, 3))), (1e300, 1e300), (np.uint8([1]), [1]),
    (torch.ones(2, dtype=torch.bfloat16), [1, 1]),
], ids=lambda v: re.sub(" at 0x[0-9a-f]+", "", str(v)))
def test_close_accepts_these(got, expected):
    assert checks.close.verdict(got, expected, "it").status == "ok"


def test_small_numbers_need_a_floor_of_zero():
    assert checks.close.verdict(0.0, 1e-200, "it").status == "ok"
    assert checks.close.verdict(0.0, 1e-200, "it", floor=0).status == "wrong"
    assert checks.close.verdict(1e-200, 1e-200, "it", floor=0).status == "ok"


def test_close_says_how_far_two_numbers_differ_that_print_alike():
    said = checks.close.verdict([0.5, 0.3], [0.5, 0.3 + 3e-8], "the law").message
    assert said == "The law should be [0.5, 0.3]; got [0.5, 0.3], which differs by about 3e-08."


def test_close_takes_fractions_and_decimals_as_numbers():
    checks.close([Fraction(1, 3), Decimal("0.25")], [1 / 3, 0.25], "it")
    checks.close(Fraction(4, 3), 4 / 3, "it")
    assert checks.close.verdict(Fraction(10**400), 1.0, "it").status == "wrong"
    assert "other things" in checks.close.verdict([Fraction(1, 3), "0.25"], [1 / 3, 0.25], "it").message


def test_a_visible_test_shows_both_values_and_a_hidden_one_the_size():
    assert checks.close.verdict([1.25], [1.0], "the sum").message == "The sum should be [1.]; got [1.25]."
    assert checks.close.verdict([1.25], [1.0], "the sum", hidden=True).message == (
        "The sum is not right: the error is about 2e-01.")


@pytest.mark.parametrize(("got", "said"), [(2.0, "got 2."), (0.1 + 0.2, "got 0.3."), (7, "got 7."), (1 + 2j, "got 1+2j.")])
def test_single_numbers_are_shown_plainly(got, said):
    assert checks.close.verdict(got, 5, "it").message == f"It should be 5; {said}"


def test_a_test_with_hidden_lines_is_hidden_whatever_it_says(hidden):
    assert "1.25" not in checks.close.verdict([1.25], [1.0], "the sum").message
    assert checks.equal.verdict("secret", "other", "the word").message == "The word is not right."


@pytest.mark.parametrize(("what", "said"), [
    ("the sum", "The sum"), ("a small matrix", "A small matrix"), ("x", "x"), ("a", "a"), ('report["np"]', 'report["np"]'),
    ("dW of layer 2", "dW of layer 2"),
])
def test_a_sentence_begins_with_a_capital_unless_with_a_name(what, said):
    assert checks.close.verdict(1, 2, what).message.startswith(f"{said} should be")


def test_a_missing_return_is_suspected():
    assert checks.close.verdict(None, 1, "the sum").message.endswith("got None. Is the return missing?")


# ---------------------------------------------------------------- equal, holds, array, raises

@pytest.mark.parametrize(("got", "expected", "status"), [
    ("a", "a", "ok"), ((2, 3), (2, 3), "ok"), (1, 1.0, "wrong"), (True, 1, "wrong"), ([1, 2], [1], "wrong"), (1, 2, "wrong"),
    (np.arange(3), np.arange(3), "ok"), (np.arange(3), np.arange(3.0), "wrong"), (np.arange(3), np.arange(4), "wrong"),
    (torch.ones(2), torch.ones(2), "ok"), (torch.ones(2), torch.zeros(2), "wrong"), ({"a": 1}, {"a": 1}, "ok"),
    (np.bool_(True), True, "ok"), (np.int64(2), 2, "ok"), (np.float32(0.5), 0.5, "ok"), (np.bool_(True), 1, "wrong"),
    (np.float64(2), 2, "wrong"), (np.int64(1), True, "wrong"), (np.array(True), True, "wrong"),
    ({"a": 1}, {"b": 1}, "wrong"), ([1, (2.0,)], [1, (2,)], "wrong"), (float("nan"), float("nan"), "wrong"),
], ids=lambda v: re.sub(" at 0x[0-9a-f]+", "", str(v)))
def test_equal_is_exact_in_value_and_type(got, expected, status):
    assert checks.equal.verdict(got, expected, "it").status == status


@pytest.mark.parametrize(("condition", "status"), [
    (True, "ok"), (np.bool_(True), "ok"), (False, "wrong"), (1, "wrong"), (None, "wrong"), (np.array([True]), "wrong"),
    ("yes", "wrong"), (float("nan") >= 0, "wrong"),
])
def test_holds_takes_nothing_but_true(condition, status):
    assert checks.holds.verdict(condition, "So it should be.").status == status


@pytest.mark.parametrize(("got", "wanted", "said"), [
    (np.zeros((2, 3)), dict(shape=(2, 3)), ""),
    (np.zeros((3, 2)), dict(shape=(2, 3)), "shape (2, 3); got (3, 2)"),
    (np.zeros(2, int), dict(shape=(2,)), "dtype float64; got int64"),
    (np.zeros(2, np.float32), dict(shape=(2,), dtype=["float32", "float64"]), ""),
    ([0.0], dict(shape=(1,)), "a numpy array; got list"),
    (torch.zeros(2), dict(shape=(2,)), "a numpy array; got Tensor"),
    (torch.zeros(2), dict(shape=(2,), dtype="float32", of="torch"), ""),
    (torch.zeros(2), dict(shape=(2,), dtype="float64", of="torch"), "dtype float64; got float32"),
    (np.zeros(2), dict(shape=(2,), of="torch"), "a torch tensor; got ndarray"),
])
def test_array_asks_kind_shape_and_dtype_in_this_order(got, wanted, said):
    verdict = checks.array.verdict(got, "the result", **wanted)
    assert said in verdict.message and (verdict.status == "ok") == (not said)


def raising(error):
    def f():
        raise error
    return f


@pytest.mark.parametrize(("function", "status", "said"), [
    (raising(ValueError("no")), "ok", ""),
    (raising(UnicodeDecodeError("utf-8", b"", 0, 1, "no")), "ok", ""),
    (raising(IndexError("no")), "wrong", "it raised IndexError"),
    (raising(NotImplementedError()), "wrong", "not written yet"),
    (lambda: 1, "wrong", "it returned a result"),
    (7, "wrong", "should be a function"),
], ids=["the class", "a derived class", "another class", "not written", "returns", "no function"])
def test_raises(function, status, said):
    verdict = checks.raises.verdict(ValueError, function, when="when x is odd")
    assert verdict.status == status and said in verdict.message
