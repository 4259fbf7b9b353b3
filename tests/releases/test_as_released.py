"""What students receive runs on a machine of their own: unsolved, the visible tests say what is still to do; solved, all pass and every
picture is drawn."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from autograder.qualification import with_answers

ROOT = Path(__file__).parents[2]
SLUGS = sorted(path.parent.name for path in (ROOT / "assignments").glob("*/assignment.toml"))


def run(folder: Path, slug: str) -> list[dict[str, Any]]:
    environ = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONSTARTUP")}
    command = [sys.executable, str(Path(__file__).parent / "alone.py"), f"{slug}.ipynb"]
    done = subprocess.run(command, cwd=folder, env=environ, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    told = json.loads(done.stdout.splitlines()[-1])
    assert told["checks"].startswith(str(folder))
    return list(told["cells"])


@pytest.fixture
def received(slug: str, tmp_path: Path) -> Path:
    """The released folder, somewhere else."""
    return Path(shutil.copytree(ROOT / "release" / slug, tmp_path / slug))


@pytest.mark.parametrize("slug", SLUGS)
def test_unsolved_the_visible_tests_say_what_is_to_do(slug: str, received: Path) -> None:
    cells = run(received, slug)
    unwritten = "NotImplementedError"  # of an answer's own cell, as nbgrader leaves it
    failed = [cell for cell in cells if cell["error"] and not cell["look"]]
    others = [cell for cell in failed if cell["error"] != ("CheckFailed" if cell["test"] else unwritten)]
    assert [(cell["id"], cell["error"], cell["said"]) for cell in others] == []
    assert any(cell["test"] for cell in failed) and all(cell["said"].strip() for cell in failed if cell["test"])


@pytest.mark.long
@pytest.mark.parametrize("slug", SLUGS)
def test_solved_every_cell_runs(slug: str, received: Path) -> None:
    released = json.loads((received / f"{slug}.ipynb").read_text(encoding="utf-8"))
    source = json.loads((ROOT / "source" / slug / f"{slug}.ipynb").read_text(encoding="utf-8"))
    solutions = {
        told["grade_id"]: "".join(cell["source"])
        for cell in source["cells"]
        if (told := cell["metadata"].get("nbgrader", {})) and told["solution"] and cell["cell_type"] == "code"
    }
    (received / f"{slug}.ipynb").write_text(json.dumps(with_answers(released, solutions)), encoding="utf-8")
    assert [(cell["id"], cell["error"], cell["said"]) for cell in run(received, slug) if cell["error"]] == []
