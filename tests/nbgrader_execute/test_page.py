"""The lines and commands of docs/nbgrader.md that let nbgrader use the engine, as they stand there."""

from __future__ import annotations

import json
import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

from nbgrader.api import Gradebook
from nbgrader.preprocessors import Execute

from autograder.nbgrader_execute import UNUSED, ConfinedExecute
from tests.nbgrader_execute.conftest import cell, notebook, scored

ROOT = Path(__file__).parents[2]
SECTION = (ROOT / "docs/nbgrader.md").read_text(encoding="utf-8").partition("## Use the engine from nbgrader")[2].partition("\n## ")[0]


def block(language: str) -> str:
    found = re.search(rf"^```{language}\n(.*?)^```$", SECTION, re.MULTILINE | re.DOTALL)
    assert found
    return found[1]


def test_the_lines_and_commands_of_the_page_work_as_written(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text(block("python"))
    answer = cell("def one():\n    ### BEGIN SOLUTION\n    return 1\n    ### END SOLUTION", "one", solution=True)
    made = notebook(answer, scored("import warnings\nwarnings.warn('careful')\nassert one() == 1", "one-test", 2))
    for folder in ("source/ps1", "submitted/ann/ps1"):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "ps1.ipynb").write_text(json.dumps(made))
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "HOME": str(tmp_path / "home")}
    said = []
    for line in block("console").splitlines():
        program, *words = shlex.split(line.removeprefix("$ "))
        assert program == "nbgrader"
        done = subprocess.run(
            [sys.executable, "-m", program, *words], cwd=tmp_path, env=environ, capture_output=True, text=True, check=False, timeout=300
        )
        assert done.returncode == 0, f"{line}\n{done.stderr}"
        said.append(done.stdout + done.stderr)
    with Gradebook(f"sqlite:///{tmp_path / 'gradebook.db'}") as book:
        assert book.find_submission("ps1", "ann").score == 2, "a warning costs nothing where tests run apart"
    assert "Trying the solutions" in said[1]
    assert "VALIDATION FAILED ON 1 CELL(S)" in said[2], "in one process nbgrader's rule holds"


def test_the_page_names_every_setting() -> None:
    own = set(ConfinedExecute.class_own_traits(config=True))
    named = set(re.findall(r"`(?:c\.\w+\.)?(\w+)`", SECTION))
    assert own | set(UNUSED) <= named
    assert named & set(Execute.class_trait_names()) <= set(ConfinedExecute.class_trait_names())
