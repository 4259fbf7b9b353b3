"""What can be said of many results at once: pure functions over numbers.

Difficulty is the mean share of the points. Discrimination is the corrected item-total correlation: of the points in one problem with the
points in all the others, so that a problem is not compared with itself (for a problem that is right or wrong, the point-biserial
correlation). A correlation of few values is mostly chance, so it comes with its 95 % interval, and below MEANINGFUL values, or where all
are equal, not at all. About fewer than FEW people nothing is said.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from math import atanh, fsum, sqrt, tanh

from autograder.words import Text, text

FEW = 5
"""Nothing is said about fewer: a person could be recognised."""
MEANINGFUL = 10
"""Values below which a correlation is not given."""
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Bin:
    """How many values lie from `low` to below `high`; in the last bin, up to it."""

    low: float
    high: float
    count: int


@dataclass(frozen=True)
class Distribution:
    """Percent of many. Minimum and maximum are one person's, so they are not told."""

    n: int
    mean: float
    quartiles: tuple[float, float, float]
    bins: tuple[Bin, ...]


def distribution(values: Sequence[float], *, width: float = 10.0) -> Distribution | None:
    """Of values in percent; what lies outside of 0 to 100 is counted at the end. None for fewer than FEW."""
    if len(values) < FEW:
        return None
    count = round(100 / width)
    counts = [0] * count
    for value in values:
        counts[min(max(int(value // width), 0), count - 1)] += 1
    bins = tuple(Bin(number * width, (number + 1) * width, many) for number, many in enumerate(counts))
    quartiles = quantile(values, 0.25), quantile(values, 0.5), quantile(values, 0.75)
    return Distribution(len(values), fsum(values) / len(values), quartiles, bins)


def quantile(values: Sequence[float], part: float) -> float:
    """Between the two nearest values in proportion, as spreadsheets do."""
    ordered = sorted(values)
    place = part * (len(ordered) - 1)
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (place - low) * (ordered[high] - ordered[low])


@dataclass(frozen=True)
class Correlation:
    """A correlation with its 95 % interval; `value` is None when nothing can be said, and `why` says why."""

    n: int
    value: float | None
    low: float | None = None
    high: float | None = None
    why: Text | None = None


def correlation(xs: Sequence[float], ys: Sequence[float]) -> Correlation:
    """Pearson's, with Fisher's interval."""
    n = len(xs)
    if n < MEANINGFUL:
        return Correlation(n, None, why=text("fewer than {number} results", number=MEANINGFUL))
    mean_x, mean_y = fsum(xs) / n, fsum(ys) / n
    dx, dy = [x - mean_x for x in xs], [y - mean_y for y in ys]
    spread = sqrt(fsum(d * d for d in dx)) * sqrt(fsum(d * d for d in dy))
    scale = max(map(abs, (*xs, *ys)), default=0.0)
    if spread <= n * (1e-9 * scale) ** 2:
        return Correlation(n, None, why=text("all have the same"))
    r = max(-1.0, min(1.0, fsum(a * b for a, b in zip(dx, dy, strict=True)) / spread))
    if abs(r) > 1 - 1e-12:
        return Correlation(n, r, r, r)
    reach = 1.96 / sqrt(n - 3)
    return Correlation(n, r, tanh(atanh(r) - reach), tanh(atanh(r) + reach))


def discrimination(scores: Sequence[Mapping[str, float]], item: str) -> Correlation:
    """Of one problem with all the others; each mapping is one result: problem -> points."""
    if scores and len(scores[0]) < 2:
        return Correlation(len(scores), None, why=text("there is only one problem"))
    rest = [fsum(points for name, points in one.items() if name != item) for one in scores]
    return correlation([one[item] for one in scores], rest)


@dataclass(frozen=True)
class Slot:
    """Submissions from `start` on, for an hour or a day."""

    start: datetime
    count: int
    late: bool  # the whole slot lies behind the due time


def timeline(instants: Sequence[datetime], due: datetime | None, zone: tzinfo, *, longest: int = 60) -> tuple[Slot, ...]:
    """How many came when, counted from the due time: by the hour when all came within three days, otherwise by the day. At most `longest`
    slots; what came earlier is counted in the first, what came later in the last."""
    if not instants:
        return ()
    anchor = due or max(instants)
    unit = HOUR if max(instants) - min(instants) <= 3 * DAY else DAY
    numbers = [(instant - anchor) // unit if due is None or instant != anchor else -1 for instant in instants]
    first, last = min(numbers), max(numbers)
    first = max(first, min(-1, last) - longest + 1)
    last = min(last, first + longest - 1)
    counts = dict.fromkeys(range(first, last + 1), 0)
    for number in numbers:
        counts[min(max(number, first), last)] += 1
    return tuple(
        Slot((anchor + number * unit).astimezone(zone), count, due is not None and number >= 0) for number, count in counts.items()
    )


ATTEMPTS: tuple[tuple[int, int | None], ...] = ((1, 1), (2, 2), (3, 5), (6, 10), (11, None))
"""Groups of how often a team handed in."""


@dataclass(frozen=True)
class Group:
    """Results that have something in common; `mean` is None about fewer than FEW."""

    low: int
    high: int | None  # None: or more
    n: int
    mean: float | None


def by_attempts(attempts: Sequence[int], percents: Sequence[float]) -> tuple[Group, ...]:
    """Mean percent by how often was handed in."""
    found = []
    for low, high in ATTEMPTS:
        values = [percent for number, percent in zip(attempts, percents, strict=True) if low <= number and (high is None or number <= high)]
        if values:
            found.append(Group(low, high, len(values), fsum(values) / len(values) if len(values) >= FEW else None))
    return tuple(found)
