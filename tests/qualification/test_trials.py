"""An assignment may be released when its tests accept what is right and refuse what is wrong, standard mutants included."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from autograder.model import Status
from autograder.qualification import Qualified, Trial, margins, qualify
from tests.qualification.conftest import Made


def tried(made: Made, **options: Any) -> Qualified:
    assignment, cases, stubs = made
    return qualify(assignment, cases, stubs, **{"seeds": 1, "workers": 1, **options})


def surprises(result: Qualified) -> set[str]:
    return {trial.case for trial in result.surprises}


def test_good_tests_pass_their_own_trial(make: Callable[..., Made]) -> None:
    heard: list[tuple[int, int]] = []
    result = tried(make(), seeds=5, progress=lambda done, of, trials: heard.append((done, of)))
    assert result.ok and not result.thin
    seeds = {case: sum(t.case == case for t in result.trials) for case in ("reference", "correct/added", "wrong/nearly", "mutant/p1_hard")}
    assert seeds == {"reference": 5, "correct/added": 5, "wrong/nearly": 2, "mutant/p1_hard": 2}
    mutants = {t.case for t in result.trials if t.case.startswith("mutant/")}
    kinds = {"const", "swallow", "peek", "alias", "ravel", "global", "f32"}
    assert mutants == {f"mutant/double_{kind}" for kind in kinds} | {"mutant/p1_hard"}
    assert heard[0] == (0, heard[-1][1]) and heard[-1][0] == heard[-1][1]
    found = {margin.test: margin for margin in margins(result.problems[0], result.trials)}
    right, wrong = found["double-hidden"].worst_right, found["double-hidden"].best_wrong
    assert right is not None and wrong is not None and right < 1e-3 and 5 < wrong < 1e3  # single precision, where 1e-9 is allowed


RIGHT = '"""Is right.\n\nreplaces: double\nfails: double-hidden\n"""\ndef double(x):\n    return 2.0 * x.copy()\n'
WRONG = '"""Is wrong.\n\nreplaces: double\n"""\ndef double(x):\n    return x\n'
NO_HABITS = "checks.equal(len(checks.ask(double, np.ones(3))), 3, 'the length')"


@pytest.mark.parametrize(
    ("options", "found"),
    [
        ({"visible": 2}, {"mutant/p1_hard"}),
        ({"habits": NO_HABITS}, {f"mutant/{name}" for name in ("double_alias", "double_ravel", "double_global", "p1_hard")}),
        ({"skip": "[]"}, {"mutant/double_int"}),
        ({"wrong/right.py": RIGHT}, {"wrong/right"}),
        ({"correct/wrong.py": WRONG}, {"correct/wrong"}),
    ],
    ids=["visible points", "habits not asked", "an equivalent mutant", "no mistake", "no alternative"],
)
def test_weak_tests_are_found(options: dict[str, Any], found: set[str], make: Callable[..., Made]) -> None:
    result = tried(make(**options))
    assert not result.ok
    assert surprises(result) == found


@pytest.mark.parametrize(
    ("failed", "fine"),
    [("hidden", True), ("hidden habits", True), ("hidden visible", False), ("habits", False), ("", False)],
)
def test_chance_may_add_a_test_that_is_named_and_takes_none_away(failed: str, fine: bool) -> None:
    statuses = (Status.OK, Status.WRONG)
    trial = Trial("p1", "wrong/nearly", 0, tuple(failed.split()), ("hidden",), 0.1, "", "", statuses, by_chance=("habits",))
    assert trial.as_expected is fine


def test_one_case_or_mutant_can_be_tried_alone(make: Callable[..., Made]) -> None:
    made = make()
    assert {t.case for t in tried(made, only=["wrong/nearly"]).trials} == {"reference", "release", "wrong/nearly"}
    assert {t.case for t in tried(made, only=["mutant/double_f32"]).trials} == {"reference", "release", "mutant/double_f32"}
