"""`nbgrader validate` says with the engine what it says with a kernel, word for word."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from nbgrader.validator import Validator
from traitlets.config import Config

from autograder.nbgrader_execute import ConfinedExecute
from tests.nbgrader_execute.conftest import cell, notebook, scored

FAILING = notebook(
    cell("x = 1\nprint('seen')", "x", solution=True),
    scored("assert x == 1", "right"),
    scored("def f():\n    assert x == 2, 'x should be 2'\nf()", "wrong"),
    scored("undefined + 1", "missing"),
    scored("import sys\nprint('careful', file=sys.stderr)", "warns"),
    scored("0.5", "partial"),
    scored("def f(:", "broken"),
)
PASSING = notebook(cell("x = 1", "x", solution=True), scored("assert x == 1", "right"), scored("print('all is well')", "shown"))


def validated(folder: Path, made: Any, **traits: Any) -> str:
    """What is printed."""
    (folder / "work.ipynb").write_text(json.dumps(made))
    validator = Validator(config=Config(), **traits)
    validator.stream = io.StringIO()
    validator.validate_and_print(str(folder / "work.ipynb"))
    return validator.stream.getvalue()


@pytest.mark.parametrize("invert", [False, True])
@pytest.mark.parametrize("made", [FAILING, PASSING], ids=["failing", "passing"])
def test_validate_prints_what_it_prints_with_a_kernel(made: Any, invert: bool, tmp_path: Path, config: Config) -> None:
    ours = validated(tmp_path, made, invert=invert)
    assert ConfinedExecute in Validator.preprocessors
    Validator.preprocessors = [one if one is not ConfinedExecute else ConfinedExecute.__mro__[1] for one in Validator.preprocessors]
    assert ours == validated(tmp_path, made, invert=invert)
    assert ours


def test_validating_changes_nothing_beside_the_notebook(tmp_path: Path, config: Config) -> None:
    (tmp_path / "data.txt").write_text("mine")
    writes = "\n".join(f"open({name!r}, 'w').write('new')" for name in ("data.txt", "other.ipynb", "new.txt"))
    validated(tmp_path, notebook(cell(writes)))
    assert (tmp_path / "data.txt").read_text() == "mine"
    assert not (tmp_path / "other.ipynb").exists()
    assert (tmp_path / "new.txt").read_text() == "new"
