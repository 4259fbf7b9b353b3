"""The report shows every solution under every test, what should not be in red, and how far right and wrong lie apart."""

from __future__ import annotations

from dataclasses import replace

from autograder.model import Problem, TestCase
from autograder.qualification import Qualified, Trial, margins, page

PROBLEM = Problem("p1", "Twice <x>", 5.0, ("double",), (TestCase("double-a", 1.0, False), TestCase("double-b", 4.0, True)))


def trial(case: str, *failed: str, expected: tuple[str, ...] | None = None, seed: int = 0, **measured: float) -> Trial:
    told = {f"double-{name}": value for name, value in measured.items()}
    return Trial("p1", case, seed, failed, failed if expected is None else expected, 0.25, "x & y", "", ("ok", "ok"), margins=told)


TRIALS = (
    trial("reference", a=0.01, b=0.002),
    trial("release", "double-a", "double-b"),
    trial("correct/sum", a=0.3),
    trial("correct/sum", a=0.2, seed=1),
    trial("wrong/third", "double-b", b=50.0),
    trial("wrong/fourth", "double-b", b=7.0),
)
RESULT = Qualified("double", "0123456789abcdef", (PROBLEM,), TRIALS, 2)


def test_margins_are_the_worst_of_the_right_and_the_best_of_the_wrong() -> None:
    a, b = margins(PROBLEM, TRIALS)
    assert (a.test, a.worst_right, a.best_wrong) == ("double-a", 0.3, None)
    assert (b.test, b.worst_right, b.best_wrong) == ("double-b", 0.002, 7.0)


def test_a_solution_that_surprised_says_nothing_of_margins() -> None:
    passed = trial("wrong/fifth", expected=("double-b",), b=0.5)
    failed = trial("correct/other", "double-b", expected=(), b=3.0)
    assert margins(PROBLEM, (*TRIALS, passed, failed)) == margins(PROBLEM, TRIALS)


def test_every_solution_has_its_row_and_text_is_escaped() -> None:
    text = page(RESULT, title="Twice & more")
    assert "Twice &amp; more" in text and "Twice &lt;x&gt;" in text and "All ended as they should." in text
    for name in ("sum", "third", "fourth", "reference", "release"):
        assert f">{name}</th>" in text
    assert text.count("<circle") == 4 and text.count("<path") == 2


def test_what_should_not_be_is_red() -> None:
    missed = trial("wrong/fifth", expected=("double-b",))
    text = page(replace(RESULT, trials=(*TRIALS, missed)), title="Twice")
    assert '<th title="x &amp; y" class="odd">fifth</th>' in text and "1 of 7 trials did not end" in text
    assert text.count('<td class="odd">') == 1
