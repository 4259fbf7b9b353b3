"""What each checker is measured on for `docs/checkers.md`: right answers that differ from ours, and wrong ones as close to right as the
checker claims to tell. `tests.checks.page` counts how many of each it refuses; the tests hold the counts to none and all.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from autograder import checks
from autograder.checks.verdict import Verdict

Draw = Callable[[np.random.Generator], Verdict]


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


def normal(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.normal(size=shape)


def _close(rng: np.random.Generator, error: float) -> Verdict:
    x = normal(rng, 7, 5)
    return checks.close.verdict(x + error * np.linalg.norm(x) * np.sign(x) / 6, x, "x")


RATES: tuple[Rate, ...] = (
    Rate("close", lambda rng: _close(rng, 1e-12), lambda rng: _close(rng, 1e-8), "off by 1e-8 of the norm"),
)
