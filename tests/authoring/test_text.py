"""Author text to source notebook: what a cell becomes, and every mistake is named with its place."""
from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from hypothesis import given
from hypothesis import strategies as st
from nbgrader.nbgraderformat import MetadataValidator

from autograder.authoring import read_author_text, solution_cells, stub_cells
from autograder.authoring.cells import MarkerError, find_regions, released, visible_lines, withheld_lines
from autograder.model import AssignmentError

SOLUTION = '# %% solution="f"\ndef f():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION\n'
TEST = '# %% test="f-value" points=2\nchecks.equal(f(), 1)\n'
MANUAL = '# %% [markdown] manual="why" points=3\n# <!-- BEGIN SOLUTION -->\n# Because.\n# <!-- END SOLUTION -->\n'


def read(text: str) -> dict:
    return read_author_text(text, file="notebook.py")


def by_id(notebook: dict, grade_id: str) -> dict:
    return next(c for c in notebook["cells"] if c["metadata"].get("nbgrader", {}).get("grade_id") == grade_id)


def test_a_source_notebook_is_valid_for_nbformat_and_nbgrader(fixture: Path) -> None:
    notebook = nbformat.from_dict(read((fixture / "notebook.py").read_text()))
    nbformat.validate(notebook)
    MetadataValidator().validate_nb(notebook)
    assert notebook.metadata == {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}


@pytest.mark.parametrize(("grade_id", "flags", "points"), [
    ("setup", (False, False, True), None),
    ("length", (False, True, False), None),
    ("length-mean", (True, False, True), 3.5),
    ("proof", (True, True, False), 6),
])
def test_the_key_in_the_cell_line_decides_what_the_cell_is_for_nbgrader(
        fixture: Path, grade_id: str, flags: tuple[bool, ...], points: float | None) -> None:
    told = by_id(read((fixture / "notebook.py").read_text()), grade_id)["metadata"]["nbgrader"]
    assert (told["grade"], told["solution"], told["locked"]) == flags
    assert told["schema_version"] == 3 and told["task"] is False and told.get("points") == points


@pytest.mark.parametrize(("grade_id", "header"), [
    ("length-by_hand", "# length-by_hand, 2 points"),
    ("length-mean", "# length-mean, 3.5 points"),
    ("rate-formula", "# rate-formula, 1 point"),
    ("length-data", "# The grader keeps its numbers here."),
])
def test_a_test_cell_begins_with_its_id_and_points(fixture: Path, grade_id: str, header: str) -> None:
    cell = by_id(read((fixture / "notebook.py").read_text()), grade_id)
    assert cell["source"].split("\n")[0] == header


def test_a_look_cell_is_tagged_and_has_no_grade_id(fixture: Path) -> None:
    looks = [c for c in read((fixture / "notebook.py").read_text())["cells"] if c["metadata"].get("tags") == ["look"]]
    assert len(looks) == 1 and "nbgrader" not in looks[0]["metadata"]


def test_reading_twice_gives_the_same_notebook_and_cell_ids_are_grade_ids(fixture: Path) -> None:
    text = (fixture / "notebook.py").read_text()
    assert read(text) == read(text)
    assert by_id(read(text), "angle")["id"] == "angle"
    assert read(text)["cells"][0]["id"] == "cell-001"


def test_a_text_without_header_is_for_python3() -> None:
    assert read("# %%\nx = 1\n")["metadata"]["kernelspec"]["name"] == "python3"


def test_solution_cells_hold_the_references_and_stub_cells_what_students_start_from(fixture: Path) -> None:
    notebook = read((fixture / "notebook.py").read_text())
    assert list(solution_cells(notebook)) == ["length", "angle", "rate", "proof", "essay"]
    assert "squares_secret_name" in solution_cells(notebook)["length"]
    assert stub_cells(notebook)["rate"] == (
        'rate = ""     # a formula in x\n# YOUR CODE HERE\nraise NotImplementedError()')
    assert stub_cells(notebook)["essay"] == "Two sentences.\nYOUR ANSWER HERE"


def test_a_notebook_file_may_hold_its_text_in_lines(fixture: Path) -> None:
    notebook = read((fixture / "notebook.py").read_text())
    lines = {**notebook, "cells": [{**c, "source": c["source"].splitlines(keepends=True)} for c in notebook["cells"]]}
    assert solution_cells(lines) == solution_cells(notebook) and stub_cells(lines) == stub_cells(notebook)


MISTAKES = [
    # id, text, line, what the message says
    ("misspelt key", '# %% solution="f" pints=3\nx = 1\n', 2, 'unknown key "pints" .*did you mean "points"'),
    ("foreign key", '# %% tags=["a"]\nx = 1\n', 2, 'unknown key "tags"'),
    ("title", "# %% My title\nx = 1\n", 2, 'unknown key "title"'),
    ("unreadable cell line", "# %% solution=f\nx = 1\n", 2, "cannot be read near 'solution=f'"),
    ("two roles", '# %% solution="f" given="g"\nx = 1\n', 2, "solution and given at once"),
    ("test in markdown", '# %% [markdown] test="f-a" points=1\n# x\n', 2, "holds code"),
    ("raw cell", "# %% [raw]\n# x\n", 2, "raw cell"),
    ("no cells", "", 0, "no cells"),
    ("unknown kernel", "# ---\n# jupyter:\n#   kernelspec: {name: ir, display_name: R, language: R}\n# ---\n# %%\n1\n",
     0, 'unknown kernel "ir"'),
    ("solution id with hyphen", SOLUTION.replace('"f"', '"f-g"'), 2, "'f-g' is not a name of letters"),
    ("id with a space", MANUAL.replace('"why"', '"w y"'), 2, "is not a name of letters"),
    ("id that is no text", SOLUTION.replace('"f"', "3"), 2, "solution=3"),
    ("test id without property", SOLUTION + TEST.replace("f-value", "fvalue"), 7, "<solution>-<property>"),
    ("test id with two hyphens", SOLUTION + TEST.replace("f-value", "f-a-b"), 7, "<solution>-<property>"),
    ("test id with a letter nbgrader refuses", SOLUTION + TEST.replace("f-value", "f-é"), 7, "<solution>-<property>"),
    ("id too long", MANUAL.replace("why", "w" * 65), 2, "65 characters"),
    ("look at nothing", '# %% look=3\nx = 1\n', 2, "look=3"),
    ("points missing", SOLUTION + TEST.replace(" points=2", ""), 7, "points are missing"),
    ("points negative", SOLUTION + TEST.replace("=2", "=-2"), 7, "points=-2 must not be negative"),
    ("points text", SOLUTION + TEST.replace("=2", '="2"'), 7, "points='2' must be a number"),
    ("points true", SOLUTION + TEST.replace("=2", "=true"), 7, "points=True must be a number"),
    ("manual without points", MANUAL.replace(" points=3", ""), 2, "points are missing"),
    ("manual for nothing", MANUAL.replace("=3", "=0"), 2, "points=0 for a written answer"),
    ("points on a given cell", '# %% given="g" points=3\nx = 1\n', 2, "nobody could earn them"),
    ("no region", '# %% solution="f"\ndef f():\n    return 1\n', 2, "no solution region"),
    ("manual without region", '# %% [markdown] manual="why" points=3\n# Because.\n', 2, "no solution region"),
    ("empty region", SOLUTION.replace("    return 1\n", ""), 3, "the region is empty"),
    ("never ended", SOLUTION.replace("    ### END SOLUTION\n", ""), 3, "BEGIN SOLUTION has no END SOLUTION"),
    ("never begun", SOLUTION.replace("    ### BEGIN SOLUTION\n", ""), 4, "END SOLUTION has no BEGIN"),
    ("nested", SOLUTION.replace("    return 1\n", "    ### BEGIN SOLUTION\n    return 1\n"), 4, "regions do not nest"),
    ("crossed", SOLUTION.replace("END SOLUTION", "END HIDDEN TESTS"), 5, "END HIDDEN TESTS comes where END SOLUTION"),
    ("two hashes", SOLUTION.replace("### BEGIN", "## BEGIN"), 3, "resembles a marker"),
    ("small letters", SOLUTION.replace("### BEGIN SOLUTION", "### Begin solution"), 3, "resembles a marker"),
    ("hidden test, singular", SOLUTION + TEST + "### BEGIN HIDDEN TEST\n1\n### END HIDDEN TEST\n", 8,
     "resembles a marker"),
    ("mark scheme", MANUAL.replace("BEGIN SOLUTION", "BEGIN MARK SCHEME"), 2, "resembles a marker"),
    ("autotest", SOLUTION + TEST + "### AUTOTEST f()\n", 8, "resembles a marker"),
    ("markdown never ended", MANUAL.replace("# <!-- END SOLUTION -->\n", ""), 2, "has no END SOLUTION"),
    ("markdown with code marker", MANUAL.replace("<!-- BEGIN SOLUTION -->", "### BEGIN SOLUTION"), 2, "resembles"),
    ("hidden in solution", SOLUTION.replace("SOLUTION", "HIDDEN TESTS"), 3, "hidden tests stand outside a test cell"),
    ("hidden in free cell", "# %%\n### BEGIN HIDDEN TESTS\nx = 1\n### END HIDDEN TESTS\n", 2, "outside a test cell"),
    ("solution in test", SOLUTION + TEST + "### BEGIN SOLUTION\n1\n### END SOLUTION\n", 8, "outside a solution cell"),
    ("solution in statement", "# %% [markdown]\n# <!-- BEGIN SOLUTION -->\n# a\n# <!-- END SOLUTION -->\n", 2,
     "outside a solution cell"),
    ("does not compile", "# %%\nx = 1\ny = (\n", 3, "does not compile"),
    ("assertion on a tuple", SOLUTION + TEST + 'assert (f() == 1, "one")\n', 8,
     "does not compile: assertion is always true"),
    ("magic", "# %%\n%matplotlib inline\n", 2, "IPython command"),
    ("stub does not compile", SOLUTION + '# %% test="f-a" points=1\nfor i in range(3):\n    ### BEGIN HIDDEN TESTS\n'
     "    checks.equal(f(), 1)\n    ### END HIDDEN TESTS\n", 7, "what students receive does not compile"),
    ("other name", SOLUTION.replace("def f", "def ff"), 2, 'does not define "f"; did you mean "ff"'),
    ("local name", SOLUTION.replace("def f():", "def g():\n    f = 2"), 2, 'does not define "f"'),
    ("defined in the region only", '# %% solution="f"\n### BEGIN SOLUTION\ndef f():\n    return 1\n### END SOLUTION\n',
     2, "inside the region only"),
    ("no checker", SOLUTION + TEST.replace("checks.equal(f(), 1)", "assert f() == 1"), 7, "calls no checker"),
    ("a generator is no checker", SOLUTION + TEST.replace("equal(f(), 1)", 'fresh_rng("f-value")'), 7, "no checker"),
    ("a verdict is no check", SOLUTION + TEST.replace("equal(f(), 1)", "equal.verdict(f(), 1)"), 7, "no checker"),
    ("checker in a comment", SOLUTION + TEST.replace("checks.equal", "1  # checks.equal"), 7, "calls no checker"),
    ("long line", "# %%\nx = 1\n" + "y" * 99 + "\n", 3, "99 columns, 98 fit"),
    ("duplicate id", SOLUTION + TEST + TEST, 9, "used before, in line 7"),
    ("duplicate across roles", SOLUTION + MANUAL.replace("why", "f"), 7, "used before"),
    ("test of nothing", TEST, 2, 'tests "f", but no cell has solution="f"'),
    ("test of a misspelt name", SOLUTION + TEST.replace("f-value", "ff-value"), 7, 'did you mean "f"'),
    ("test before its solution", TEST + SOLUTION, 2, "move it below"),
    ("look at a misspelt name", SOLUTION + '# %% look="g"\nf()\n', 7, 'looks at "g"'),
]


@pytest.mark.parametrize(("text", "line", "says"), [pytest.param(*case[1:], id=case[0]) for case in MISTAKES])
def test_a_mistake_in_the_text_is_named_with_its_place(text: str, line: int, says: str) -> None:
    with pytest.raises(AssignmentError, match=says) as caught:
        read(text)
    assert caught.value.file == "notebook.py"
    assert caught.value.line == line


def test_a_message_names_file_line_and_cell() -> None:
    with pytest.raises(AssignmentError) as caught:
        read("# %% [markdown]\n# Hello\n\n" + SOLUTION.replace("    ### END SOLUTION\n", ""))
    assert str(caught.value).startswith("notebook.py:6: cell f: BEGIN SOLUTION has no END SOLUTION")


def test_the_line_of_a_message_is_right_behind_markdown_and_long_cells(fixture: Path) -> None:
    text = (fixture / "notebook.py").read_text().replace("# a formula in x", "# " + "a formula in x" * 9)
    with pytest.raises(AssignmentError) as caught:
        read(text)
    assert "# a formula in xa formula" in text.split("\n")[caught.value.line - 1]


def test_lines_that_students_do_not_see_may_be_long() -> None:
    long = f"    return {' + '.join(['1'] * 60)}"
    assert read(SOLUTION.replace("    return 1", long))["cells"]


@pytest.mark.parametrize("line", ["f, g = 1, 2", "f: int = 1", "import numpy as f", "class f: pass",
                                  "if True:\n    f = 1", "for f in range(3): pass", "(f := 2)",
                                  "with open('x') as f: pass"])
def test_any_statement_that_binds_the_name_defines_it(line: str) -> None:
    text = f'# %% solution="f"\n{line}\n### BEGIN SOLUTION\nf = 3\n### END SOLUTION\n'
    assert stub_cells(read(text))["f"].startswith(line)


@pytest.mark.parametrize("line", ["f: int", "[f for f in range(3)]", "x = lambda f: 1", "def g():\n    f = 1"])
def test_what_does_not_bind_the_name_at_the_top_level_does_not_define_it(line: str) -> None:
    with pytest.raises(AssignmentError, match='does not define "f"'):
        read(f'# %% solution="f"\n{line}\n### BEGIN SOLUTION\nprint(3)\n### END SOLUTION\n')


LINES = st.sampled_from(["x = 1", "    y = 2", "", "### BEGIN SOLUTION", "    ### BEGIN SOLUTION", "### END SOLUTION",
                         "### BEGIN HIDDEN TESTS", "### END HIDDEN TESTS", "# end"])


@given(st.lists(LINES, max_size=12))
def test_every_line_is_visible_withheld_or_a_marker_and_no_marker_is_released(lines: list[str]) -> None:
    source = "\n".join(lines)
    try:
        regions = find_regions(source, "code")
    except MarkerError as wrong:
        assert "###" in lines[wrong.at]
        return
    shown, kept = visible_lines(source, "code"), withheld_lines(source, "code")
    assert len(shown) + len(kept) + 2 * len(regions) == len(source.split("\n"))
    assert not any("BEGIN" in line or "END" in line for line in (*shown, *kept))
    out = released(source, "code").split("\n")
    assert not any("BEGIN" in line or "END" in line for line in out)
    assert len([line for line in out if "NotImplementedError" in line]) == sum(not r.hidden for r in regions)
