"""Every habit is caught on its own, in arrays and tensors; good functions pass whatever they return."""
from __future__ import annotations

import doctest
import gc
import random
import sys

import numpy as np
import pytest
import torch
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import checks
from autograder.checks.verdict import Verdict, checker, ok, wrong

battery = sys.modules["autograder.checks.battery"]           # the checker of the same name hides the module
SEEDS = st.integers(0, 2**32 - 1)
A = np.random.default_rng(5).normal(size=(7, 4))


def test_its_examples_run():
    result = doctest.testmod(battery)
    assert result.attempted > 0 and result.failed == 0


# ---------------------------------------------------------------- good functions

def gram(A):
    A = np.asarray(A, dtype=float)
    return A.T @ A


def as_dict(A):
    return {"mean": np.asarray(A, dtype=float).mean(axis=0), "name": "A", "n": len(A)}


def nested(parts, weights):
    return [(np.sum(W, dtype=float), np.array(b, dtype=float)) for W, b in parts], float(np.sum(weights["w"]))


def drawn(n, rng):
    return rng.normal(size=n)


@settings(max_examples=30)
@given(SEEDS)
def test_good_functions_pass(seed):
    rng = np.random.default_rng(seed)
    A = rng.normal(size=(7, 4))
    checks.battery(gram, A)
    checks.battery(as_dict, A)
    checks.battery(nested, [(A, A[0]), (A.T, A[:, 0])], {"w": A[1]})
    checks.battery(drawn, 5, np.random.default_rng(seed))
    checks.battery(lambda n, g: torch.randn(n, generator=g), 5, torch.Generator().manual_seed(seed))


@settings(max_examples=30)
@given(SEEDS)
def test_good_functions_on_tensors_pass(seed):
    W, x = (torch.tensor(np.random.default_rng(seed).normal(size=shape)) for shape in [(5, 3), (3,)])
    checks.battery(lambda W, x: W.to(x.dtype) @ x, W, x, skip=("integer",))
    checks.battery(lambda W: (W @ W.T).numpy(), W, skip=("integer",))


def test_integer_arguments_are_labels_and_are_never_cast():
    def labels(y):
        assert y.dtype == np.int64
        return np.eye(4)[y]

    checks.battery(labels, np.array([0, 3, 1]))


# ---------------------------------------------------------------- one habit each

def changes(A):
    A += 1
    return A.copy()


def sorts(A):
    A.sort(axis=0)
    return A.sum(axis=0)


def requires(A):
    return A.requires_grad_().detach().clone()


def leaves_grad(A):
    A.square().sum().backward()
    return A.detach().clone()


def seeds_numpy(A):
    np.random.seed(0)
    return gram(A)


def seeds_torch(A):
    torch.manual_seed(1)
    return gram(A)


def draws_globally(A):
    np.random.normal()
    return gram(A)


def seeds_random(A):
    random.seed(0)
    return gram(A)


class Counting:
    __name__ = "counting"
    calls = 0

    def __call__(self, A):
        self.calls += 1
        return gram(A) + self.calls

    def __deepcopy__(self, memo):
        return self


def remembers(A, seen=[]):  # noqa: B006
    seen.append(1)
    return float(len(seen))


def by_memory(A):
    return A.ravel(order="K").reshape(A.shape).cumsum(axis=0).astype(float)


def writes(A):
    B = A
    B[0] = B[0]
    return gram(B)


def contiguous(A):
    B = A.copy() if A.flags.c_contiguous else A * 1.0001
    return gram(B)


def half(A):
    return gram(A.astype(np.float16) if A.dtype == np.float32 else A)


def refuses_floats(A):
    if A.dtype == np.float32:
        raise TypeError("float64, please")
    return gram(A)


def truncates(A):
    B = np.zeros_like(A)
    B[...] = A / 2
    return B.astype(float)


@pytest.mark.parametrize(("function", "said"), [
    (changes, "changes its arguments"), (sorts, "changes its arguments"), (lambda A: A, "view of its argument"),
    (lambda A: A[::2], "view of its argument"), (lambda A: {"part": [A.T]}, "view of its argument"),
    (lambda A: torch.from_numpy(A), "view of its argument"), (seeds_numpy, "global random state"),
    (seeds_torch, "global random state"), (seeds_random, "global random state"), (draws_globally, "global random state"),
    (Counting(), "second time"), (remembers, "second time"), (by_memory, "memory"), (writes, "raised ValueError"),
    (contiguous, "memory"), (half, "float32"), (refuses_floats, "raised TypeError"), (truncates, "integers"),
], ids=lambda f: getattr(f, "__name__", ""))
def test_each_bad_habit_is_named(function, said):
    verdict = checks.battery.verdict(function, A)
    assert verdict.status in ("wrong", "error") and said in verdict.message


@pytest.mark.parametrize(("function", "said"), [
    (lambda T: T.add_(1).clone(), "changes its arguments"), (requires, "changes its arguments"),
    (lambda T: T.view(-1), "view of its argument"), (lambda T: T.numpy(), "view of its argument"),
    (lambda T: T.view(-1).clone(), "raised RuntimeError"), (lambda T: torch.rand(1), "global random state"),
    (lambda T: T @ torch.ones(3, dtype=torch.float64), "raised RuntimeError"),
    (lambda T: T.as_strided((4, 3), (3, 1)).cumsum(0), "memory"),
], ids=range(8))
def test_each_bad_habit_with_tensors_is_named(function, said):
    T = torch.tensor(np.random.default_rng(1).normal(size=(4, 3)))
    verdict = checks.battery.verdict(function, T, skip=("integer",))
    assert verdict.status in ("wrong", "error") and said in verdict.message


def test_a_gradient_left_on_the_argument_is_named():
    T = torch.ones(3, requires_grad=True)
    assert "leaves a gradient" in checks.battery.verdict(leaves_grad, T, skip=("integer",)).message


@pytest.mark.parametrize("change", [
    lambda items: items.pop(), lambda items: items.reverse(), lambda items: items.append(A),
    lambda items: items.__setitem__(0, items[0] + 1), lambda items: items.insert(0, items.pop(0) + 0),
], ids=["pop", "reverse", "append", "exchange", "rebuild"])
def test_a_list_of_arrays_is_an_argument_too(change):
    def product(items):
        result = items[0] @ items[-1].T
        change(items)
        return result

    assert "changes its arguments" in checks.battery.verdict(product, [A, A + 1]).message
    assert checks.battery.verdict(lambda items: items[0] @ items[-1].T, [A, A + 1]).status == "ok"


def test_a_dict_of_arrays_is_an_argument_too():
    def step(params):
        result = params["W"].sum(axis=0)
        params["W"] = params["W"] + 1
        return result

    assert "changes its arguments" in checks.battery.verdict(step, {"W": A}).message
    assert checks.battery.verdict(lambda params: params["W"].sum(axis=0), {"W": A}).status == "ok"


def test_whole_numbers_beside_fractions_are_seen():
    def shifted(x, g):
        out = np.zeros_like(x)
        out[...] = x * g
        return out

    x, g = A[:, 0].copy(), A[:, 1].copy()
    assert "for integers" in checks.battery.verdict(lambda x, g: shifted(x, g), x, g).message
    assert checks.battery.verdict(lambda x, g: np.asarray(x) * g, x, g).status == "ok"
    assert "for integers" in checks.battery.verdict(lambda g, x: shifted(x, g), g, x).message


def test_an_exception_says_for_which_input_it_came():
    assert checks.battery.verdict(refuses_floats, A).message.endswith("It does so for float32 input.")


def test_the_rounding_of_float32_is_not_called_a_matter_of_memory():
    def single(A):
        total = np.float32(0)
        for a in A.astype(np.float32).ravel(order="K"):
            total += a
        return total

    many = np.random.default_rng(3).uniform(size=(40, 30))
    said = checks.battery.verdict(single, many, skip=("float32", "integer")).message
    assert "the relative difference is about" in said and "the rounding of float32" in said


def test_one_draw_from_a_global_state_is_noticed():
    for draw in (np.random.random, random.random, lambda: torch.rand(1)):
        before = battery._random_states()
        assert battery._random_states() == before
        draw()
        assert battery._random_states() != before


@pytest.mark.parametrize(("part", "function"), [("layout", contiguous), ("float32", half), ("integer", truncates)])
def test_a_part_can_be_skipped(part, function):
    assert checks.battery.verdict(function, A).status != "ok"
    assert checks.battery.verdict(function, A, skip=(part,)).status == "ok"


def test_an_unknown_part_is_an_authors_error():
    with pytest.raises(ValueError, match="layuot"):
        checks.battery(gram, A, skip=("layuot",))


@checker
def is_root(function, A) -> Verdict:
    """function(A) squares to A @ A.T, whatever its signs."""
    R = checks.ask(function, A)
    return ok() if np.allclose(R @ R.T, np.asarray(A, float) @ np.asarray(A, float).T, rtol=1e-4) else wrong("no")


def test_what_is_wrong_in_itself_is_said_by_its_own_checker_and_not_blamed_on_a_habit():
    assert checks.battery.verdict(lambda A: np.array(A, dtype=float) + 1, A, same=is_root).message == "no"


def test_a_result_that_is_not_unique_is_left_to_its_own_checker():
    def moody(A):
        return np.array(A, dtype=float) * (1.0 if A.flags.c_contiguous else -1.0)

    assert checks.battery.verdict(moody, A).status == "wrong"
    assert checks.battery.verdict(moody, A, same=is_root).status == "ok"
    assert checks.battery.verdict(truncates, A, same=is_root).status == "wrong"


# ---------------------------------------------------------------- distance

@pytest.mark.parametrize(("got", "expected", "error"), [
    ([1.0, 2.0], [1.0, 2.0], 0.0), ({"a": 1}, {"a": 1}, 0.0), ({"a": 1}, {"b": 1}, np.inf), ([1.0], [1.0, 2.0], np.inf),
    (np.ones(2), np.ones(3), np.inf), (np.nan, 1.0, np.inf), ("x", "x", 0.0), ("x", "y", np.inf), (1.1, 1.0, 0.1),
    (torch.ones(2), np.ones(2), 0.0), (1j, 1.0, np.sqrt(2)), (None, None, 0.0),
])
def test_distance(got, expected, error):
    assert battery.distance(got, expected) == pytest.approx(error)


# ---------------------------------------------------------------- steps

def whole(X):
    return (np.asarray(X) ** 2).sum()


def loop(X):
    total = 0.0
    for x in X:
        total += x * x
    return total


def one_line(X):
    return sum([x * x for x in X])


def mapped(X):
    return sum(map(lambda x: x * x, X))


def vectorized(X):
    return np.vectorize(lambda x: x * x)(X).sum()


def by_index(X):
    i = total = 0
    while i < len(X): total += X[i] ** 2; i += 1  # noqa: E701, E702
    return total


def recursive(X):
    return X[0] ** 2 if len(X) == 1 else recursive(X[: len(X) // 2]) + recursive(X[len(X) // 2:])


@pytest.mark.parametrize("function", [loop, one_line, mapped, vectorized, by_index, recursive], ids=lambda f: f.__name__)
def test_every_loop_over_the_data_is_counted(function):
    assert checks.steps.verdict(function, np.ones(1500)).status == "wrong"


@pytest.mark.parametrize("function", [whole, lambda X: np.linalg.norm(X), lambda X: sorted(X.tolist()),
                                      lambda X: [whole(part) for part in np.array_split(X, 10)]], ids=range(4))
def test_array_code_takes_few_steps_whatever_the_size(function):
    checks.steps(function, np.ones(10**5))
    taken = [battery.steps_taken(function, 500, (np.ones(n),), {}) for n in (100, 100, 10**5)]
    assert taken[1] == taken[2]


def test_what_others_left_behind_is_not_counted():
    class Left:
        def __del__(self):
            for _ in range(1000):
                pass

    def many_lists(X):
        return X.tolist()

    X = np.ones((5000, 1))
    taken = battery.steps_taken(many_lists, 500, (X,), {})
    gc.collect()
    gc.disable()
    left = Left()
    left.own = left  # nobody but the collector takes it away
    del left
    gc.enable()
    assert battery.steps_taken(many_lists, 500, (X,), {}) == taken
    assert gc.isenabled()


def test_a_loop_is_stopped_early():
    turns = []

    def endless(X):
        while True:
            turns.append(1)

    assert checks.steps.verdict(endless, np.ones(3)).status == "wrong"
    assert len(turns) <= 500


def test_an_exception_of_the_function_is_told():
    assert checks.steps.verdict(lambda X: X / "a", np.ones(3)).status == "error"


def test_the_tracer_of_a_debugger_is_put_back():
    def tracer(frame, event, argument):
        return None

    before = sys.gettrace()
    sys.settrace(tracer)
    try:
        checks.steps(whole, np.ones(3))
        assert sys.gettrace() is tracer
    finally:
        sys.settrace(before)


def test_a_function_that_returns_zeros_has_no_habits_to_judge():
    assert "nothing but zeros" in checks.battery.verdict(np.zeros_like, np.ones((2, 3))).message
    assert "nothing but zeros" in checks.battery.verdict(lambda a: {"loss": 0.0, "grads": [0 * a]}, np.ones(3)).message
    assert checks.battery.verdict(lambda a: (0.0, np.array(a, dtype=float)), np.ones(3)).status == "ok"
