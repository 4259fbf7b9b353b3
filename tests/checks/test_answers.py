"""Short answers are read generously and judged exactly; no message helps to guess."""
from __future__ import annotations

import doctest
import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from autograder import checks
from autograder.checks import answers


def test_its_examples_run():
    result = doctest.testmod(answers)
    assert result.attempted > 0 and result.failed == 0


NUMBER = [
    # answer, expected, unit, status
    ("1e-3", 1e-3, "", "ok"), ("0,001", 1e-3, "", "ok"), ("0.001", 1e-3, "", "ok"), (" 1/1000 ", 1e-3, "", "ok"),
    (0.001, 1e-3, "", "ok"), (np.float32(0.001), 1e-3, "", "ok"), (np.array([0.001]), 1e-3, "", "ok"), (True, 1, "", "wrong"),
    (torch.tensor(0.001), 1e-3, "", "ok"), ("-3/8", -0.375, "", "ok"), ("\N{MINUS SIGN}3/8", -0.375, "", "ok"),
    ("pi", math.pi, "", "ok"), ("2*pi/3", 2 * math.pi / 3, "", "ok"), ("sqrt(2)/2", 0.70711, "", "ok"), ("e", math.e, "", "ok"),
    ("2**10", 1024, "", "ok"), ("2^10", 1024, "", "ok"), ("1.5\N{MULTIPLICATION SIGN}10^3", 1500, "", "ok"),
    ("12,5", 12.5, "", "ok"), ("1 000 000", 1e6, "", "ok"), ("1_000_000", 1e6, "", "ok"), ("1\N{NARROW NO-BREAK SPACE}000", 1000, "", "ok"),
    ("1,000", 1000, "", "wrong"), ("1.234,5", 1234.5, "", "wrong"), ("50 %", 0.5, "", "ok"), ("0.333", 1 / 3, "", "ok"),
    ("0.33", 1 / 3, "", "wrong"), ("0.5", 0.4, "", "wrong"), ("", 1, "", "wrong"), (None, 1, "", "wrong"), ("a lot", 1, "", "wrong"),
    ("1/0", 1, "", "wrong"), ("nan", 1, "", "wrong"), (float("nan"), 1, "", "wrong"), (float("inf"), 1, "", "wrong"), ([1], 1, "", "wrong"),
    ("__import__('os')", 1, "", "wrong"), (0, 0, "", "ok"), ("1e-4", 0, "", "ok"), ("0.01", 0, "", "wrong"),
    # units
    ("1 bit", math.log(2), "nats", "ok"), ("1 bits", 1, "bits", "ok"), ("0.693 nats", 1, "bits", "ok"), ("1", 1, "bits", "ok"),
    ("48 MiB", 48, "MiB", "ok"), ("48MiB", 48, "mib", "ok"), ("48 MB", 48, "MiB", "wrong"), ("50.33 MB", 48, "MiB", "ok"),
    ("2 GFLOP", 1, "GMAC", "ok"), ("1 GMAC", 1, "GFLOP", "wrong"), ("180 deg", math.pi, "rad", "ok"), ("90 min", 1.5, "h", "ok"),
    ("48 s", 48, "MiB", "wrong"), ("3 parameters", 3, "parameters", "ok"), ("3 bits", 3, "", "wrong"), ("3", 3, "parameters", "ok"),
    ("2 MACs", 4, "FLOPs", "ok"), ("3 GFLOPs", 1.5, "GMACs", "ok"), ("250 ns", 0.25, "us", "ok"), ("2 hours", 120, "minutes", "ok"),
    ("1.33 ohm", 4 / 3, "ohm", "ok"), ("0.5 radians", 0.5, "rad", "ok"), ("129.23\N{DEGREE SIGN}", 129.23, "deg", "ok"),
    ("200 MByte", 2e8, "bytes", "ok"), ("5.6 decimal digits", 5.6, "digits", "ok"), ("2 pi", 2 * math.pi, "", "wrong"),
    (Fraction(1, 3), 1 / 3, "", "ok"), (Decimal("0.25"), 0.25, "", "ok"), (Fraction(1, 3), 0.33, "", "wrong"),
    (Decimal("nan"), 1, "", "wrong"), (10**400, 1e300, "", "wrong"), (-(10**400), 1, "", "wrong"),
    (Fraction(10**400), 1, "", "wrong"), (8 + 0j, 8, "", "ok"), (np.complex128(8 + 1e-15j), 8, "", "ok"),
    (8 + 1e-6j, 8, "", "wrong"), (complex(8, math.nan), 8, "", "wrong"), ("2*np.pi", 2 * math.pi, "", "ok"),
    ("math.sqrt(2)", 2**0.5, "", "ok"), ("np.linalg.norm(3)", 3, "", "wrong"),
    ("40 epochs", 40, "steps", "wrong"), ("inf", 1, "", "wrong"), ("7 decimals", 7, "digits", "ok"),
]


@pytest.mark.parametrize(("answer", "expected", "unit", "status"), NUMBER, ids=lambda v: repr(v)[:24])
def test_numbers(answer, expected, unit, status):
    assert checks.number.verdict(answer, expected, unit=unit).status == status


def test_a_list_of_numbers_may_come_from_complex_eigenvalues_or_as_fractions():
    checks.numbers(np.fft.fft([5.0, 2, -1, 2]), [8, 6, 0, 6])
    checks.numbers([Fraction(1, 2), Decimal(-1)], [-1, 0.5])
    assert checks.numbers.verdict([1 + 1j, 1 - 1j], [1, 1]).message == "The answer should be a real number."


def test_a_text_that_cannot_be_read_is_told_without_the_parsers_place():
    said = checks.number.verdict("(3 + 1", 4).message
    assert "cannot be read" in said and "<unknown>" not in said and "line" not in said


def test_a_unit_that_is_not_known_is_named():
    assert checks.number.verdict("3 apples", 3).message == (
        'The unit "apples" cannot be read. Write the bare number, in the unit that is asked.')
    assert "product" in checks.number.verdict("2 pi", 6).message


def test_half_of_the_points_may_go_to_a_wrong_unit_of_the_same_kind():
    assert checks.number.verdict("48 MB", 48, unit="MiB", any_unit=True).status == "ok"
    assert checks.number.verdict("50.33 MB", 48, unit="MiB", any_unit=True).status == "wrong"
    assert checks.number.verdict("48 s", 48, unit="MiB", any_unit=True).status == "wrong"


@given(st.floats(1e-12, 1e12), st.sampled_from([1, -1]))
def test_a_number_that_was_rounded_to_three_digits_is_right(size, sign):
    checks.number(f"{sign * size:.3g}", sign * size)


@given(st.floats(1, 10))
def test_a_number_that_was_rounded_to_two_digits_is_right_only_when_the_third_hardly_matters(size):
    off = abs(float(f"{size:.2g}") / size - 1)
    assert (checks.number.verdict(f"{size:.2g}", size).status == "ok") == (off <= 5e-3)


def test_the_tolerance_is_the_questions():
    assert checks.number.verdict("0.33", 1 / 3, rtol=0.02).status == "ok"
    assert checks.number.verdict("0.3333", 1 / 3, rtol=1e-6).status == "wrong"


def test_a_unit_that_the_table_lacks_is_an_authors_error():
    with pytest.raises(ValueError, match="furlong"):
        checks.number("1", 1, unit="furlong")


@given(st.floats(1e-200, 1e200) | st.floats(-1e200, -1e-200))
def test_every_float_is_read_as_it_is_written(value):
    assert checks.number.verdict(repr(value), value, rtol=1e-15).status == "ok"
    with_comma = checks.number.verdict(repr(value).replace(".", ","), value)
    assert with_comma.status == "ok" or "two ways" in with_comma.message
    assert checks.number.verdict(repr(value * 1.01), value).status == "wrong"


@pytest.mark.parametrize(("answer", "expected", "off_by", "status"), [
    (7, 7, 0, "ok"), ("7", 7, 0, "ok"), (7.0, 7, 0, "ok"), ("120 000", 120000, 0, "ok"), ("6*7", 42, 0, "ok"), (8, 7, 0, "wrong"),
    (8, 7, 1, "ok"), (9, 7, 1, "wrong"), (7.5, 7, 1, "wrong"), ("seven", 7, 0, "wrong"), (None, 7, 0, "wrong"),
    (float("inf"), 7, 0, "wrong"),
    (0.1 * 3 * 10, 3, 0, "ok"), ("7 digits", 7, 0, "ok"), ("7 iterations", 7, 0, "ok"),
    ("7 %", 7, 0, "wrong"), (np.int64(7), 7, 0, "ok"), (-7, 7, 0, "wrong"),
    ("2**20 + 1", 2**20, 0, "wrong"),
])
def test_integers(answer, expected, off_by, status):
    assert checks.integer.verdict(answer, expected, off_by=off_by).status == status


@pytest.mark.parametrize(("answer", "status"), [
    ("b", "ok"), ("B", "ok"), ("(b)", "ok"), ("b.", "ok"), (" b ", "ok"), (["b"], "ok"), ("a", "wrong"), ("e", "wrong"), ("", "wrong"),
    ("ab", "wrong"), ("a, b", "wrong"), (None, "wrong"), (2, "wrong"), ("bb", "wrong"), ({"b": 1}, "wrong"), ("the second", "wrong"),
])
def test_choices_of_one(answer, status):
    assert checks.choice.verdict(answer, "b").status == status


@pytest.mark.parametrize(("answer", "several", "status"), [
    ("a", False, "ok"), ("e", False, "wrong"), ("ab", False, "wrong"), ("ab", True, "ok"), ("", True, "wrong"), ("x", True, "wrong"),
    (None, False, "wrong"),
])
def test_answered_looks_at_the_form_only(answer, several, status):
    assert checks.answered.verdict(answer, "abcd", several=several).status == status


@pytest.mark.parametrize(("answer", "at_least", "status"), [
    ("ac", 1.0, "ok"), ("c and a", 1.0, "ok"), ({"a", "c"}, 1.0, "ok"), (["C", "A"], 1.0, "ok"), ("a", 1.0, "wrong"), ("a", 0.5, "ok"),
    ("abc", 1.0, "wrong"), ("abc", 0.5, "ok"), ("abcd", 0.5, "wrong"), ("b", 0.5, "wrong"), ("abcd", 0.1, "wrong"), ("xyz", 0.5, "wrong"),
])
def test_choices_of_several(answer, at_least, status):
    assert checks.choices.verdict(answer, "ac", at_least=at_least).status == status


@pytest.mark.parametrize("wrong_key", [lambda: checks.choice("a", "z"), lambda: checks.choice("a", "ab"), lambda: checks.choices("a", ""),
                                       lambda: checks.choices("a", "az")], ids=range(4))
def test_a_key_that_is_no_option_is_an_authors_error(wrong_key):
    with pytest.raises(ValueError, match="option"):
        wrong_key()


@pytest.mark.parametrize(("answer", "expected", "ordered", "status"), [
    ("1, 3", [3, 1], False, "ok"), ([3, 1], [1, 3], False, "ok"), ({1, 3}, [1, 3], False, "ok"), ("{1, 3}", [1, 3], False, "ok"),
    ("0,5; 1", [1, 0.5], False, "ok"), ("1/2 and -1", [-1, 0.5], False, "ok"), ("1, 1", [1, 1], False, "ok"), ("1", [1, 1], False, "wrong"),
    ("1, 2", [1, 3], False, "wrong"), ("[0, 1/2]", [0, 0.5], True, "ok"), ("[1/2, 0]", [0, 0.5], True, "wrong"),
    ("(0; 1)", [0, 1], True, "ok"),
    ("(1+sqrt(5))/2, (1-sqrt(5))/2", [-0.618034, 1.618034], False, "ok"), (np.array([1.0, 3.0]), [1, 3], True, "ok"), (5, [5], False, "ok"),
    ("[0, inf)", [0, math.inf], True, "ok"), ("(-oo; 1,5]", [-math.inf, 1.5], True, "ok"), ([0, math.inf], [0, math.inf], True, "ok"),
    ("[0, inf)", [0, 9], True, "wrong"), ("[0, 9]", [0, math.inf], True, "wrong"), ("(-inf, inf)", [0, math.inf], True, "wrong"),
    ("one", [1], False, "wrong"), (None, [1], False, "wrong"), ([float("nan")], [1], False, "wrong"), ("", [1], False, "wrong"),
])
def test_sets_and_intervals(answer, expected, ordered, status):
    assert checks.numbers.verdict(answer, expected, ordered=ordered).status == status


@given(st.floats(0.5, 100).map(lambda v: round(v, 6)), st.sampled_from([1.5, 0.2, -1.0, 3.0]))
def test_no_message_contains_the_answer_or_how_close_it_was(expected, factor):
    for verdict in (checks.number.verdict(expected * factor, expected), checks.numbers.verdict([expected * factor], [expected]),
                    checks.integer.verdict(round(expected * 1000) + 7, round(expected * 1000))):
        assert verdict.status == "wrong" and not any(letter.isdigit() for letter in verdict.message)
    assert checks.choice.verdict("a", "c").message == checks.choice.verdict("b", "d").message


def test_answers_are_taken_in_exact_types():
    class Right(str):
        def __eq__(self, other):
            return True

        __hash__ = str.__hash__

        def lower(self):
            return "c"

    assert checks.choice.verdict(Right("a"), "c").status == "wrong"
