"""The rubric of a written answer, read from where its model answer stands, and the PDF that may hold the answer."""
from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from autograder.authoring import Rubric, load_assignment, rubrics
from autograder.model import AssignmentError, RubricLine, WrittenPart

FIXTURE = Path(__file__).parent / "fixture" / "small-steps"
MODEL = "Expand $(x+h)^2 - x^2 = 2xh + h^2$ and divide by $h$."
TABLE = """
**Rubric**

| points | for |
|---|---|
| 4 | $\\|x\\|$ expanded, with | bars |
| 2 | the quotient |

Without a limit: at most 5."""


def with_model(folder: Path, model: str, settings: str = "") -> Path:
    """The fixture with more in its model answer and its assignment.toml."""
    copy = folder / "small-steps"
    shutil.copytree(FIXTURE, copy)
    notebook = copy / "notebook.py"
    text = notebook.read_text()
    assert MODEL in text
    notebook.write_text(text.replace(f"# {MODEL}\n", "".join(f"# {line}".rstrip() + "\n" for line in model.splitlines())))
    (copy / "assignment.toml").write_text((copy / "assignment.toml").read_text().replace("[flags]", settings + "[flags]"))
    return copy


def proof(folder: Path) -> Rubric:
    return next(rubric for rubric in rubrics(load_assignment(folder)) if rubric.test_id == "proof")


def test_a_table_is_read_line_by_line_and_the_rest_stays_with_the_marker(tmp_path: Path) -> None:
    rubric = proof(with_model(tmp_path, MODEL + "\n" + TABLE))
    assert rubric.lines == (RubricLine("r1", 4.0, "$\\|x\\|$ expanded, with | bars"), RubricLine("r2", 2.0, "the quotient"))
    assert (rubric.model, rubric.notes, rubric.points) == (MODEL, "Without a limit: at most 5.", 6)


def test_a_rubric_in_words_is_part_of_the_model_answer(tmp_path: Path) -> None:
    rubric = proof(with_model(tmp_path, MODEL + "\n\nRubric: 3 the square, 3 the quotient."))
    assert rubric.lines == () and rubric.model.endswith("3 the quotient.")


@pytest.mark.parametrize(("old", "new", "says"), [
    ("| 4 |", "| 3 |", "add up to 5, but the answer has 6 points"),
    ("| 4 |", "| four |", "line 1 of its rubric is"),
    ("| 4 |", "| -4 |", "line 1 of its rubric is"),
    ("the quotient", "", "line 2 of its rubric is"),
    ("| 2 | the quotient |", "| 2 the quotient", "line 2 of its rubric is"),
], ids=["another sum", "no number", "below zero", "for nothing", "no columns"])
def test_a_table_that_cannot_be_marked_by_is_an_error_at_its_cell(tmp_path: Path, old: str, new: str, says: str) -> None:
    with pytest.raises(AssignmentError, match=says) as error:
        load_assignment(with_model(tmp_path, MODEL + "\n" + TABLE.replace(old, new)))
    assert error.value.cell == "proof" and error.value.file.endswith("notebook.py")


@pytest.mark.parametrize(("settings", "rule"), [
    ("", WrittenPart(answers=("proof", "essay"))),
    ('[written]\nfile = "proof.pdf"\npages = 2\nmegabytes = 3.5\ntext = false\nrequired = true\nanswers = ["proof"]\n',
     WrittenPart("proof.pdf", 2, 3.5, False, True, ("proof",))),
], ids=["the flag alone", "all that can be said"])
def test_the_rules_of_the_pdf_stand_in_assignment_toml(tmp_path: Path, settings: str, rule: WrittenPart) -> None:
    assignment = load_assignment(with_model(tmp_path, MODEL, settings))
    assert assignment.written == rule and rule.file in assignment.files


def test_what_markers_read_does_not_change_the_version(tmp_path: Path) -> None:
    assert load_assignment(with_model(tmp_path, MODEL + "\n" + TABLE)).version == load_assignment(FIXTURE).version
