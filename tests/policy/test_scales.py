"""What a grade is on another scale, and in a study module of several courses."""
from __future__ import annotations

from fractions import Fraction

import pytest
from click.testing import CliRunner

from autograder.cli import main
from autograder.policy import USUAL_CUTS, module_average, pass_fail, to_ects
from autograder.policy.scales import points


@pytest.mark.parametrize(("grade", "letter", "passed"), [
    (0, "F", "fail"), (1, "E", "pass"), (2, "D", "pass"), (3, "C", "pass"), (4, "B", "pass"), (5, "A", "pass")])
def test_a_grade_from_0_to_5_is_a_letter_and_a_pass(grade: int, letter: str, passed: str) -> None:
    assert (to_ects(grade), pass_fail(grade)) == (letter, passed)


@pytest.mark.parametrize(("percent", "grade"), [
    ("0", 0), ("49.99", 0), ("50", 1), ("59.5", 1), ("60", 2), ("69.999", 2), ("75", 3), ("89.9", 4), ("90", 5), ("100", 5)])
def test_a_cut_is_a_lower_bound_of_the_exact_percentage(percent: str, grade: int) -> None:
    assert points(Fraction(percent), USUAL_CUTS) == grade


@pytest.mark.parametrize(("parts", "average"), [
    ([(5, 3), (5, 4)], 4), ([(5, 3), (10, 4)], 4), ([(10, 3), (5, 4)], 3), ([(5, 1), (5, 2)], 2), ([(5, 4), (5, None)], 4),
    ([(5, None)], None), ([], None), ([("2.5", 5), ("7.5", 1)], 2), ([(1, 1), (1, 1), (1, 2)], 1)])
def test_a_module_is_graded_by_credits_and_half_up_without_what_is_only_passed(
        parts: list[tuple[float | str, int | None]], average: int | None) -> None:
    assert module_average((Fraction(credit), grade) for credit, grade in parts) == average


@pytest.mark.parametrize(("parts", "said"), [
    (["5=4", "10=3", "2.5=pass"], "3 (pass; C as ECTS)\n"), (["5=4", "5=5"], "5 (pass; A as ECTS)\n"), (["5=0"], "0 (fail; F as ECTS)\n"),
    (["5=pass"], "pass\n")])
def test_the_average_is_printed_on_every_scale(parts: list[str], said: str) -> None:
    assert CliRunner().invoke(main, ["average", *parts]).output == said


@pytest.mark.parametrize("said", ["5", "5=6", "=4", "0=4", "0.00=4", "5=٣", "-5=4", "1e3=4", "5=4\n", "5=good"])
def test_what_is_no_course_of_a_module_is_refused(said: str) -> None:
    told = CliRunner().invoke(main, ["average", "--", said])
    assert told.exit_code == 2 and "write its credits and its grade" in told.stderr
