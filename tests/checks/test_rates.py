"""No right answer is refused and no wrong one accepted, for every checker, on what `docs/checkers.md` reports."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder import checks
from tests.checks.rates import RATES, Rate, refused

ROOT = Path(__file__).parents[2]
FEW = 20
"""Draws in every run of the tests; the page has more."""


@pytest.mark.parametrize("rate", RATES, ids=lambda rate: f"{rate.checker}: {rate.mistake}")
def test_right_answers_pass_and_wrong_ones_do_not(rate: Rate) -> None:
    draws = min(FEW, rate.draws)
    assert refused(rate.right, draws) == 0
    assert refused(rate.wrong, draws) == draws


def test_every_checker_is_measured() -> None:
    there = {name for name, value in vars(checks).items() if hasattr(value, "verdict") and callable(value) and not isinstance(value, type)}
    assert {rate.checker for rate in RATES} == there


@pytest.mark.long
def test_the_page_of_checkers_is_fresh() -> None:
    done = subprocess.run([sys.executable, "-m", "tests.checks.page", "--check"], capture_output=True, text=True, cwd=ROOT)
    assert done.returncode == 0, done.stderr
