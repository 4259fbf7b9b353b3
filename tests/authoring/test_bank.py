"""Bank files: what their header says is read, and checked against the assignment."""
from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.authoring import bank, bank_case
from autograder.model import AssignmentError

Altered = Callable[..., Path]
CORRECT, WRONG = "bank/correct/length_hypot.py", "bank/wrong/both_degrees.py"


def test_a_bank_lists_correct_cases_first(fixture: Path) -> None:
    assert [(case.name, case.correct) for case in bank(fixture)] == [
        ("correct/length_hypot", True), ("wrong/both_degrees", False)]


def test_a_header_says_what_is_replaced_and_what_fails(fixture: Path) -> None:
    case = bank_case(fixture / WRONG)
    assert case.title == "No root, and degrees: two cells in one file."
    assert case.replaces == ("length", "angle")
    assert case.fails == ("length-mean", "length-by_hand", "angle-right")       # in the author's order


def test_a_file_takes_the_place_of_the_first_cell_and_empties_the_others(fixture: Path) -> None:
    case = bank_case(fixture / WRONG)
    assert case.cells == {"length": (fixture / WRONG).read_text(), "angle": ""}


MISTAKES = [
    ("no docstring", CORRECT, '"""Folds the numbers with hypot.', 'x = """Folds', "must begin with one sentence"),
    ("does not compile", CORRECT, "return", "retrun", "does not compile"),
    ("nothing replaced", CORRECT, "replaces: length", "", "must say"),
    ("unknown line", CORRECT, "replaces:", "replace:", 'unknown line "replace:".*did you mean "replaces"'),
    ("line twice", CORRECT, "replaces: length", "replaces: length\nreplaces: angle", "stands twice"),
    ("unknown cell", CORRECT, "replaces: length", "replaces: lenght", 'did you mean "length"'),
    ("written cell", CORRECT, "replaces: length", "replaces: proof", "no tested solution cell"),
    ("cells of two problems", CORRECT, "replaces: length", "replaces: length rate", "several problems"),
    ("cell twice", CORRECT, "replaces: length", "replaces: length length", "names length twice"),
    ("correct but fails", CORRECT, "replaces: length", "replaces: length\nfails: length-mean", "move it to bank/wrong"),
    ("unknown test", WRONG, "fails: length-mean", "fails: length-meen", 'did you mean "length-mean"'),
    ("unknown test sometimes", WRONG, "fails: length-mean", "sometimes: length-meen\nfails: length-mean",
     'names "length-meen", which is no test'),
    ("test of another problem", WRONG, "fails: length-mean", "fails: rate-formula", "no test of problem p1"),
    ("test twice", WRONG, "fails: length-mean", "fails: length-mean length-mean", "names length-mean twice"),
    ("sometimes as well", WRONG, "fails: length-mean", "sometimes: length-mean\nfails: length-mean", "names length-mean twice"),
    ("correct but fails sometimes", CORRECT, "replaces: length", "replaces: length\nsometimes: length-mean", "move it to bank/wrong"),
    ("wrong but fails nothing", WRONG, "fails: length-mean\n    length-by_hand, angle-right", "", "says no test"),
    ("wrong but fails only for nothing", WRONG, "length-mean\n    length-by_hand, angle-right", "length-data",
     "says no test"),
]


@pytest.mark.parametrize(("name", "old", "new", "says"), [pytest.param(*case[1:], id=case[0]) for case in MISTAKES])
def test_a_mistake_in_a_header_is_named(altered: Altered, name: str, old: str, new: str, says: str) -> None:
    path = altered(name, old, new) / name
    with pytest.raises(AssignmentError, match=says) as caught:
        bank_case(path)
    assert caught.value.file == str(path)


def test_a_case_outside_the_two_folders_is_refused(altered: Altered) -> None:
    folder = altered(CORRECT, "hypot", "hypot")
    (folder / "bank" / "rong").mkdir()
    (folder / "bank" / "rong" / "a.py").write_text('"""A."""\n')
    with pytest.raises(AssignmentError, match="only"):
        bank(folder)
    with pytest.raises(AssignmentError, match=r"bank/correct/ or bank/wrong/"):
        bank_case(folder / "bank" / "rong" / "a.py")
