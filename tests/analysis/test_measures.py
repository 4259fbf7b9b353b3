"""Figures by hand, and what must hold for any numbers."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.analysis import measures
from autograder.analysis.measures import Bin, Group

DUE = datetime(2026, 11, 20, 22, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
percents = st.lists(st.floats(0, 100), min_size=5, max_size=40)


def test_a_distribution_by_hand() -> None:
    found = measures.distribution([0, 10, 55, 99.9, 100, 100])
    assert found is not None and found.n == 6
    assert found.mean == pytest.approx(364.9 / 6)
    assert found.quartiles == pytest.approx((21.25, 77.45, 99.975))
    assert [one.count for one in found.bins] == [1, 1, 0, 0, 0, 1, 0, 0, 0, 3]
    assert found.bins[9] == Bin(90, 100, 3)


@pytest.mark.parametrize("n", range(5))
def test_nothing_is_told_about_fewer_than_five(n: int) -> None:
    assert measures.distribution([50.0] * n) is None
    assert all(group.mean is None for group in measures.by_attempts([1] * n, [50.0] * n))


@given(percents)
def test_a_histogram_counts_everybody_once(values: list[float]) -> None:
    found = measures.distribution(values)
    assert found is not None and sum(one.count for one in found.bins) == len(values)
    assert list(found.quartiles) == sorted(found.quartiles)


def test_points_above_all_and_below_none_are_counted_at_the_ends() -> None:
    found = measures.distribution([-5, 50, 50, 50, 104])
    assert found is not None and (found.bins[0].count, found.bins[9].count) == (1, 1)


# Ten results of three problems; the rest of the first problem is b + c = 3 3 4 5 5 6 6 7 9 9.
A = [0, 1, 0, 1, 0, 1, 1, 1, 1, 1]
B = [1, 2, 2, 3, 2, 3, 4, 3, 5, 5]
C = [2, 1, 2, 2, 3, 3, 2, 4, 4, 4]
SCORES = [{"a": a, "b": b, "c": c} for a, b, c in zip(A, B, C, strict=True)]


def test_discrimination_by_hand_is_the_point_biserial_with_the_rest() -> None:
    # Mean of the rest with the point 45/7, without it 4; over all 5.7 with variance 4.21; share of points 0.7.
    rest = [b + c for b, c in zip(B, C, strict=True)]
    assert rest == [3, 3, 4, 5, 5, 6, 6, 7, 9, 9]
    by_hand = (45 / 7 - 4) / 4.21**0.5 * (0.7 * 0.3) ** 0.5
    found = measures.discrimination(SCORES, "a")
    assert found.n == 10 and found.value == pytest.approx(by_hand) and round(by_hand, 4) == 0.5424
    assert found.low is not None and found.high is not None
    assert (found.low, found.high) == pytest.approx((-0.1325, 0.8737), abs=1e-4)


@pytest.mark.parametrize(
    "scores, why",
    [
        (SCORES[:9], "fewer than 10 results"),
        ([{"a": 1.0, "b": float(n)} for n in range(12)], "all have the same"),
        ([{"a": float(n), "b": 1.0} for n in range(12)], "all have the same"),
        ([{"a": float(n)} for n in range(12)], "there is only one problem"),
        ([], "fewer than 10 results"),
    ],
    ids=["few", "item constant", "rest constant", "one problem", "none"],
)
def test_a_correlation_that_means_nothing_is_not_given(scores: list[dict[str, float]], why: str) -> None:
    found = measures.discrimination(scores, "a")
    assert found.value is None and str(found.why) == why


whole = st.integers(0, 20)
results = st.lists(st.fixed_dictionaries({"a": whole, "b": whole, "c": whole}), min_size=10, max_size=30)


@given(results, st.integers(-100, 100), st.integers(1, 50), st.sampled_from("abc"))
def test_a_constant_or_a_factor_for_everybody_changes_no_discrimination(
    scores: list[dict[str, float]], constant: int, factor: int, item: str
) -> None:
    before = measures.discrimination(scores, "a")
    shifted = measures.discrimination([{**one, item: one[item] + constant} for one in scores], "a")
    scaled = measures.discrimination([{name: factor * points for name, points in one.items()} for one in scores], "a")
    for after in (shifted, scaled):
        assert (after.value is None) == (before.value is None)
        assert after.value == pytest.approx(before.value, abs=1e-6)


@given(results)
def test_a_correlation_lies_in_its_interval_and_between_minus_one_and_one(scores: list[dict[str, float]]) -> None:
    found = measures.discrimination(scores, "b")
    if found.value is not None:
        assert found.low is not None and found.high is not None
        assert -1 <= found.low <= found.value <= found.high <= 1


def test_the_timeline_counts_from_the_due_time() -> None:
    came = [DUE - 30 * HOUR, DUE - HOUR / 2, DUE, DUE + HOUR / 2, DUE + 2 * HOUR]
    slots = measures.timeline(came, DUE, UTC)
    assert len(slots) == 33 and slots[0].start == DUE - 30 * HOUR
    assert [(slot.start - DUE, slot.count, slot.late) for slot in slots if slot.count] == [
        (-30 * HOUR, 1, False),
        (-HOUR, 2, False),  # what came at the very instant is in time
        (timedelta(), 1, True),
        (2 * HOUR, 1, True),
    ]


def test_a_long_time_is_counted_by_the_day_and_what_lies_far_off_at_its_ends() -> None:
    slots = measures.timeline([DUE - 300 * DAY, DUE - 10 * DAY, DUE + DAY / 2], DUE, UTC, longest=20)
    assert len(slots) == 20 and sum(slot.count for slot in slots) == 3
    assert slots[0].count == 1 and slots[1].start - slots[0].start == DAY


@given(st.lists(st.integers(-500_000, 500_000), min_size=1, max_size=30), st.booleans())
def test_a_timeline_counts_every_submission_once(minutes: list[int], has_due: bool) -> None:
    came = [DUE + timedelta(minutes=m) for m in minutes]
    slots = measures.timeline(came, DUE if has_due else None, UTC)
    assert sum(slot.count for slot in slots) == len(came) and len(slots) <= 60
    if has_due:
        assert all(slot.late == (slot.start >= DUE) for slot in slots)


def test_attempts_by_hand() -> None:
    found = measures.by_attempts([1, 1, 1, 1, 1, 2, 4, 30], [0, 50, 100, 50, 50, 70, 80, 90])
    assert found == (Group(1, 1, 5, 50.0), Group(2, 2, 1, None), Group(3, 5, 1, None), Group(11, None, 1, None))
