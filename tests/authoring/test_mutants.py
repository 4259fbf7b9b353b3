"""The standard mutants: each spoils one thing, and only where that can be told from the reference."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest

from autograder.authoring.mutants import STANDARD, Seen, mutant, possible, recorder, seen, telling

MEAN = '''
import numpy as np


def mean(x):
    """The mean of x (n,)."""
    if x.ndim != 1:
        raise ValueError("one axis")
    return np.array(x, dtype=float).sum() / len(x)


def scaled(x, c):
    return c * np.array(x)
'''
VISIBLE = np.array([1.0, 2.0, 4.5])


def run(text: str) -> dict[str, Any]:
    names: dict[str, Any] = {}
    exec(text, names)
    return names


def watched(name: str, *calls: tuple[Any, ...], capsys: pytest.CaptureFixture[str]) -> Seen:
    """What a recorder writes down during these calls."""
    names = run(recorder(MEAN, name))
    for args in calls:
        names[name](*args)
    exec(telling([name]), names)
    return seen(capsys.readouterr().out)[name]


@pytest.fixture
def there(capsys: pytest.CaptureFixture[str]) -> Seen:
    return watched("mean", (VISIBLE,), capsys=capsys)


def spoilt(kind: str, there: Seen) -> Any:
    return run(mutant(MEAN, "mean", kind, there))["mean"]


def test_a_recorder_returns_what_the_reference_does_and_tells_what_it_saw(there: Seen) -> None:
    assert run(recorder(MEAN, "mean"))["mean"](VISIBLE) == 2.5
    assert (there.arrays, there.floats, there.real, there.returns, len(there.known)) == (True, True, False, ("float64",), 1)


def test_the_same_numbers_are_the_same_input_wherever_they_lie(capsys: pytest.CaptureFixture[str]) -> None:
    wide = np.zeros(6)
    wide[::2] = VISIBLE
    assert len(watched("mean", (VISIBLE,), (wide[::2],), (VISIBLE[::-1][::-1],), capsys=capsys).known) == 1
    assert len(watched("mean", (VISIBLE,), (VISIBLE + 1,), capsys=capsys).known) == 2


@pytest.mark.parametrize("kind", ["const", "peek"])
def test_who_knows_nothing_returns_zeros(kind: str, there: Seen) -> None:
    assert spoilt(kind, there)(VISIBLE) == 0
    assert spoilt(kind, there)(np.ones((2, 2))) is None  # and raises nothing that the statement asks for


def test_swallowed_exceptions_leave_nothing(there: Seen) -> None:
    assert spoilt("swallow", there)(VISIBLE) is None


def test_who_knows_the_visible_tests_by_heart_knows_no_more(there: Seen) -> None:
    hard = spoilt("hard", there)
    assert hard(VISIBLE.copy()) == 2.5 and hard(VISIBLE + 1) == 0 and hard(np.ones((2, 2))) is None


def test_alias_changes_its_argument(there: Seen) -> None:
    x = VISIBLE.copy()
    assert spoilt("alias", there)(x) == 2.5 and (x != VISIBLE).all()


def test_ravel_needs_contiguous_arrays(there: Seen) -> None:
    ravel = spoilt("ravel", there)
    assert ravel(VISIBLE) == 2.5
    with pytest.raises(ValueError, match="contiguous"):
        ravel(np.repeat(VISIBLE, 2)[::2])


def test_global_moves_the_global_generator(there: Seen) -> None:
    draws = spoilt("global", there)
    np.random.seed(0)
    before = np.random.get_state()[2]
    assert draws(VISIBLE) == 2.5 and np.random.get_state()[2] != before


def test_single_precision_is_seen_at_the_eighth_digit(there: Seen) -> None:
    x = np.array([0.1, 0.2, 0.7])
    assert 1e-10 < abs(spoilt("f32", there)(x) - x.mean()) < 1e-6


def test_int_truncates_for_whole_numbers_alone(capsys: pytest.CaptureFixture[str]) -> None:
    there = watched("scaled", (VISIBLE, 0.5), capsys=capsys)
    whole = run(mutant(MEAN, "scaled", "int", there))["scaled"]
    assert whole(np.array([1, 3]), 0.5).tolist() == [0.0, 1.0]
    assert whole(np.array([1.0, 3.0]), 0.5).tolist() == [0.5, 1.5]


@pytest.mark.parametrize(
    ("there", "without"),
    [
        (Seen(("x",), True, True, False, ("ndarray",)), set()),
        (Seen(("x",), False, False, True, ("float",)), {"alias", "ravel", "int"}),
        (Seen(("x",), True, False, False, ("ndarray",)), {"f32", "int"}),
        (Seen((), False, False, False, ()), set(STANDARD) - {"swallow", "global"}),
    ],
    ids=["arrays", "a number", "labels", "text"],
)
def test_what_cannot_be_told_from_the_reference_is_not_tried(there: Seen, without: set[str]) -> None:
    assert set(STANDARD) - set(possible(there)) == without


def test_nothing_told_is_nothing_seen() -> None:
    assert seen("") == seen("1.0\nnot seen: nothing\n") == {}
