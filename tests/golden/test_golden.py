"""The golden notebook and the form of a case laid over it are what their readers rely on."""

from __future__ import annotations

import doctest
import json
from pathlib import Path

import pytest

from autograder.execution.rebuild import grade_id
from tests.golden import cases
from tests.golden.cases import SIX, Case, base, golden, read_case


def case(folder: Path, toml: str = "", **files: str) -> Case:
    folder.mkdir()
    (folder / "case.toml").write_text('tries = "x"\nfamily = "y"\n' + toml)
    for name, text in files.items():
        (folder / f"{name}.py").write_text(text)
    return read_case(folder)


def test_every_problem_has_a_visible_and_a_hidden_point() -> None:
    for problem in golden().problems:
        assert [(test.points, test.hidden) for test in problem.tests] == [(1, False), (1, True)]


@pytest.mark.parametrize("kind", cases.BASES)
def test_nobody_receives_hidden_tests_and_only_the_reference_shows_solutions(kind: str) -> None:
    text = json.dumps(base(golden(), kind))
    assert "HIDDEN TESTS" not in text and "ref = " not in text
    assert ("BEGIN SOLUTION" in text) is (kind == "reference")
    assert "BEGIN HIDDEN TESTS" in (SIX / "notebook.py").read_text()


def test_cells_replace_follow_and_come_first(tmp_path: Path) -> None:
    text = "note\n# %% softmax\na = 1\n# %% after softmax\nb = 2\n# %% after softmax\nc = 3\n# %% before first\nd = 4\n"
    laid = case(tmp_path / "c", cells=text)
    cells = json.loads(laid.files(golden())["six.ipynb"])["cells"]
    at = next(i for i, cell in enumerate(cells) if grade_id(cell) == "softmax")
    assert [cell["source"] for cell in cells[at:at + 3]] == ["a = 1", "b = 2", "c = 3"]
    assert cells[0]["source"] == "d = 4"


def test_an_edit_sees_the_cells_and_adds_files(tmp_path: Path) -> None:
    edit = "def edit(notebook, files):\n    files['notes.txt'] = notebook['cells'][0]['source'].encode()\n    notebook['cells'].clear()\n"
    files = case(tmp_path / "c", cells="# %% before first\nx = 1\n", edit=edit).files(golden())
    assert files["notes.txt"] == b"x = 1" and json.loads(files["six.ipynb"])["cells"] == []


def test_a_written_case_has_its_links_and_stays_in_its_folder(tmp_path: Path) -> None:
    case(tmp_path / "c", '[links]\n"notes.txt" = "/etc/hostname"\n').write(golden(), tmp_path / "out")
    assert (tmp_path / "out" / "notes.txt").is_symlink() and (tmp_path / "out" / "six.ipynb").is_file()
    with pytest.raises(ValueError, match="out of the folder"):
        case(tmp_path / "d", edit="def edit(notebook, files):\n    files['../x'] = b''\n").write(golden(), tmp_path / "two")


@pytest.mark.parametrize("toml", ["deserve = {}", 'others = "mine"', '[status]\nsoftmax-hidden = "good"'])
def test_a_case_with_a_word_that_nobody_knows_is_refused(toml: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError):
        case(tmp_path / "c", toml)


def test_a_cell_that_the_notebook_does_not_have_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="softmaxx"):
        case(tmp_path / "c", cells="# %% softmaxx\n").files(golden())


def test_the_examples_in_the_text_hold() -> None:
    assert doctest.testmod(cases).failed == 0
