"""The demo makes the same grades every time."""

from __future__ import annotations

import fcntl
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from rich.console import Console

from autograder.demo import run
from autograder.model import MachineryError

ROOT = Path(__file__).parents[2]
GOLDEN = Path(__file__).parent / "golden.txt"


@pytest.mark.long
@pytest.mark.hub
def test_the_demo_makes_the_golden_grades_and_makes_them_again(tmp_path: Path, need: Callable[[str], Path]) -> None:
    need("bubblewrap")
    need("proxy")
    for _ in range(2):
        said = io.StringIO()
        run(ROOT, tmp_path / "state", stay=False, console=Console(file=said, width=200))
        assert (tmp_path / "state" / "grades.txt").read_text() == GOLDEN.read_text()
        assert "erin: 62 (pass)" in said.getvalue()
        assert re.search(r"http://127\.0\.0\.1:\d+/services/demo/formgrader", said.getvalue())


def test_two_demos_in_one_folder_are_refused(tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    with open(state / "demo.lock", "w") as held:
        fcntl.flock(held, fcntl.LOCK_EX)
        with pytest.raises(MachineryError, match="Another demo is running"):
            run(ROOT, state, stay=False, console=Console(file=io.StringIO()))
