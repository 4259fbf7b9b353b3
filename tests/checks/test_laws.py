"""Laws between two calls, groups and components up to their names, and functions that remember."""
from __future__ import annotations

import doctest
import functools
import itertools
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from autograder import checks

laws = sys.modules["autograder.checks.laws"]
SEEDS = st.integers(0, 2**32 - 1)


def test_its_examples_run():
    result = doctest.testmod(laws)
    assert result.attempted > 0 and result.failed == 0


# ---------------------------------------------------------------- law

def signal(rng):
    return (rng.normal(size=16),)


def rolled(x):
    return (np.roll(x, 1),)


def shifted(result, x):
    return result * np.exp(-2j * np.pi * np.arange(16) / 16)


def shift(function, rng, **options):
    return checks.law.verdict(function, "a shift multiplies by powers of w", signal, rolled, shifted, rng=rng, **options)


@settings(max_examples=20)
@given(SEEDS)
def test_a_true_law_is_accepted_and_a_broken_one_is_not(seed):
    rng = np.random.default_rng(seed)
    assert shift(np.fft.fft, rng).status == "ok"
    for broken in (np.fft.ifft, lambda x: np.fft.fft(x)[::-1], lambda x: np.fft.fft(x) + 1e-9, np.abs):
        assert shift(broken, rng).status == "wrong"


def test_zero_keeps_every_linear_law_and_is_refused_all_the_same():
    rng = np.random.default_rng(0)
    assert shift(lambda x: np.zeros(16), rng).message.endswith("gives one and the same result for 5 different inputs.")
    assert shift(lambda x: np.zeros(16), rng, constant=True).status == "ok"


def test_a_law_between_results_that_are_not_unique_takes_a_checker():
    def groups(points):
        return (points > np.sort(points)[len(points) // 2]).astype(int)

    def turned(points):
        return (-points,)

    def ask(function):
        return checks.law.verdict(function, "a mirror image has the same groups", lambda rng: (rng.normal(size=9),), turned,
                                  rng=np.random.default_rng(1), compare=checks.same_up_to_labels)

    assert ask(lambda points: (points > 0).astype(int)).status == "ok"
    told = ask(groups)
    assert told.status == "wrong" and "mirror image" in told.message and "The result should agree" in told.message


def test_what_the_function_raises_is_told():
    def broken(x):
        raise KeyError(3)

    assert shift(broken, np.random.default_rng(0)).status == "error"


# ---------------------------------------------------------------- labels

def best_by_trying(got, expected):
    values, k = sorted(set(expected)), max(len(set(got)), len(set(expected)))
    names = sorted(set(got)) + [None] * (k - len(set(got)))
    return max(sum(dict(zip(order, values, strict=False)).get(g) == e for g, e in zip(got, expected, strict=True))
               for order in itertools.permutations(names))


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 4), st.integers(0, 3)), min_size=1, max_size=12))
def test_the_best_naming_is_that_of_trying_all(pairs):
    got, expected = zip(*pairs, strict=True)
    share = checks.same_up_to_labels.verdict(got, expected, "the labels", at_least=0.0).detail["share"]
    assert share == pytest.approx(best_by_trying(got, expected) / len(pairs))


@settings(max_examples=20)
@given(SEEDS)
def test_renamed_groups_are_the_same_and_a_moved_example_is_noticed(seed):
    rng = np.random.default_rng(seed)
    k, n = int(rng.integers(2, 8)), 60
    expected = np.concatenate([np.arange(k), rng.integers(0, k, n - k)])
    got = rng.permutation(k)[expected] * 7 - 3
    checks.same_up_to_labels(got, expected, "the labels")
    checks.same_up_to_labels(got.astype(float), expected, "the labels")
    got[-1] = got[(expected != expected[-1]).argmax()]
    assert checks.same_up_to_labels.verdict(got, expected, "the labels").status == "wrong"
    checks.same_up_to_labels(got, expected, "the labels", at_least=0.98)


@pytest.mark.parametrize(("got", "words"), [
    (None, "Is the return missing?"), ([0, 1, 1], "shape (4,)"), ([0.5, 1, 0, 1], "whole numbers"),
    ([np.nan, 1, 0, 1], "whole numbers"), (["a", "b", "a", "b"], "array of labels"), ([0, 0, 0, 0], "every example"),
], ids=["none", "short", "fraction", "nan", "text", "constant"])
def test_what_is_no_labelling_is_told_in_words(got, words):
    told = checks.same_up_to_labels.verdict(got, [0, 0, 1, 1], "the labels")
    assert told.status == "wrong" and words in told.message


def test_groups_merged_and_groups_split_cost_their_examples():
    expected = np.repeat([0, 1, 2], 10)
    assert checks.same_up_to_labels.verdict(expected // 2, expected, "y", at_least=0).detail["share"] == pytest.approx(2 / 3)
    assert checks.same_up_to_labels.verdict(np.arange(30) // 5, expected, "y", at_least=0).detail["share"] == 0.5
    assert checks.same_up_to_labels.verdict(np.arange(30), expected, "y", at_least=0).status == "wrong"
    with pytest.raises(ValueError, match="10"):
        checks.same_up_to_labels(expected, np.arange(30), "y")


# ---------------------------------------------------------------- order

@settings(max_examples=20)
@given(SEEDS)
def test_any_order_is_the_same_and_a_wrong_multiplicity_is_not(seed):
    rng = np.random.default_rng(seed)
    k = int(rng.integers(2, 9))
    parts = rng.dirichlet(np.ones(k)), rng.normal(size=(k, 3)), rng.normal(size=(k, 2, 2))
    order = rng.permutation(k)
    checks.same_up_to_order(tuple(part[order] for part in parts), parts, "the components")
    told = checks.same_up_to_order.verdict((parts[0], parts[1][np.roll(np.arange(k), 1)], parts[2]), parts, "the components")
    assert told.status == "wrong"                                   # the parts must keep one order
    values = np.array([1j, 1j, -1j, 2.0]) + 1e-13 * rng.normal(size=4)
    checks.same_up_to_order(values[rng.permutation(4)], [1j, 2.0, 1j, -1j], "the eigenvalues")
    assert checks.same_up_to_order.verdict([1j, -1j, -1j, 2.0], [1j, 2.0, 1j, -1j], "the eigenvalues").status == "wrong"


@pytest.mark.parametrize(("got", "words"), [
    (None, "numbers"), ([1.0], "shape (2,)"), ([1.0, np.nan], "finite"), (([1.0, 2.0], [1.0, 2.0]), "1 arrays; got 2"),
], ids=["none", "short", "nan", "two"])
def test_what_cannot_be_compared_is_told_in_words(got, words):
    told = checks.same_up_to_order.verdict(got, [1.0, 2.0], "the values")
    assert told.status == "wrong" and words in told.message


# ---------------------------------------------------------------- memory

TOTAL = 0
LOG: list[int] = []
CACHE: dict[int, float] = {}


def counts(x):
    global TOTAL
    TOTAL += 1
    return x


def logs(x):
    LOG.append(1)
    return x


def through_a_helper(x):
    return logs(x) + 1


def remembers(x, seen=[]):  # noqa: B006
    seen.append(x)
    return x


def by_keyword(x, *, seen={}):  # noqa: B006
    seen["n"] = seen.get("n", 0) + 1
    return x


def on_itself(x):
    on_itself.calls = getattr(on_itself, "calls", 0) + 1
    return x


def around():
    n = 0

    def inside(x):
        nonlocal n
        n += 1
        return x
    return inside


def patches(x):
    np.linalg.norm = lambda a: 0.0
    return x


def forgets(x):
    local = [x]
    local.append(2 * x)
    return sum(local)


def caches(x):
    if x not in CACHE:
        CACHE[x] = 2.0 * x
    return CACHE[x]


@functools.cache
def cached(x):
    return 2 * x


def through_a_cache(x):
    return cached(x) + forgets(x)


def recursive(x):
    return recursive(x - 1) if x else 0


@pytest.mark.parametrize(("function", "place"), [
    (counts, "TOTAL"), (logs, "LOG"), (through_a_helper, "LOG"), (remembers, "the default of seen"),
    (by_keyword, "the default of seen"), (on_itself, "on_itself.calls"), (around(), "the variable n around inside"),
], ids=lambda value: getattr(value, "__name__", None))
def test_what_stays_behind_is_found_and_named(function, place):
    by_keyword(0)                                                   # a count that grows is not a cache
    told = checks.stateless.verdict(function, 3)
    assert told.status == "wrong" and place in told.message


def test_a_replaced_routine_is_found(monkeypatch):
    monkeypatch.setattr(np.linalg, "norm", np.linalg.norm)          # put back afterwards
    assert "the routine numpy.linalg.norm" in checks.stateless.verdict(patches, 3).message


@pytest.mark.parametrize("function", [forgets, caches, through_a_cache, recursive, np.sum], ids=lambda f: f.__name__)
def test_functions_without_memory_and_caches_pass(function):
    checks.stateless(function, 3)
