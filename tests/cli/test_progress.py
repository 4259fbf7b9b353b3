"""What a command shows while it works: on a terminal how far it is; in a log a line for each result, and one for each long silence."""

from __future__ import annotations

import json
import os
import pty
import re
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner

from autograder.authoring import load_assignment
from autograder.authoring.cells import released
from autograder.cli import main
from autograder.cli.terminal import pace, progress

ROOT = Path(__file__).parents[2]
SIX = ROOT / "tests" / "golden" / "six"


@pytest.mark.parametrize(
    ("done", "of", "failed", "seconds", "said"),
    [
        (0, 60, 0, 0.0, "0 of 60, 0 failed"),
        (1, 60, 0, 0.5, "1 of 60, 0 failed, 120 per minute, 0:00:30 left"),
        (30, 60, 2, 10.0, "30 of 60, 2 failed, 180 per minute, 0:00:10 left"),
        (60, 60, 2, 10.0, "60 of 60, 2 failed, 360 per minute, 0:00:00 left"),
        (1, 300, 0, 60.0, "1 of 300, 0 failed, 1 per minute, 4:59:00 left"),
        (1, 2, 0, 0.0, "1 of 2, 0 failed"),
    ],
)
def test_the_pace_is_that_of_what_is_done(done: int, of: int, failed: int, seconds: float, said: str) -> None:
    assert pace(done, of, failed, seconds) == said


@pytest.fixture
def course(tmp_path: Path) -> Path:
    """A checkout with one assignment, and downloads/ with two notebooks that nobody filled in and one that is cut off."""
    (tmp_path / "assignments").mkdir()
    (tmp_path / "assignments" / "six").symlink_to(SIX)
    notebook = load_assignment(SIX).notebook
    downloads = tmp_path / "downloads"
    downloads.mkdir()
    for name in ("ann", "ben"):
        cells = [{**cell, "source": f"{released(cell['source'], cell['cell_type'])}\n# {name}"} for cell in notebook["cells"]]
        (downloads / f"{name}.ipynb").write_text(json.dumps({**notebook, "cells": cells}), encoding="utf-8")
    (downloads / "cem.ipynb").write_text("{", encoding="utf-8")
    return tmp_path


def arguments(course: Path) -> list[str]:
    return ["--root", str(course), "grade", "six", "--from", str(course / "downloads"), "--workers", "1"]


def test_a_log_has_one_line_for_each_result_and_no_sign_of_a_terminal(course: Path) -> None:
    done = CliRunner().invoke(main, arguments(course), catch_exceptions=False)
    assert done.exit_code == 1, done.output
    lines = done.output.splitlines()
    assert sorted(line.partition(":")[0] for line in lines[:3]) == ["ann", "ben", "cem"]
    assert all(re.match(r"\w+: 0 of 12 in \d+\.\d s \(", line) for line in lines[:3])
    assert not re.search(r"[\x00-\x09\x0b-\x1f\x7f]", done.output)
    assert lines[-1] == "six: 3 graded, 1 wait for a person, 0 could not be read."


def test_a_log_of_long_work_says_how_far_it_is_after_each_five_minutes_without_a_word(capsys: pytest.CaptureFixture[str]) -> None:
    times = iter([0.0, 60.0, 299.0, 360.0, 500.0, 799.0, 800.0])  # begun, then one for each thing said
    with progress("verify six", clock=lambda: next(times)) as say:
        say(0, 40)
        say(5, 40)
        say(10, 40)
        say(15, 40, 1, "a surprise")
        say(20, 40, 1)
        say(25, 40, 1)
    assert capsys.readouterr().out.splitlines() == [
        "verify six: 10 of 40, 0 failed, 2 per minute, 0:15:00 left",
        "a surprise",
        "verify six: 25 of 40, 1 failed, 2 per minute, 0:07:24 left",
    ]


def test_a_terminal_shows_how_far_it_is_and_a_line_for_what_failed_only(course: Path) -> None:
    shown = on_a_terminal(arguments(course))
    moving, _, table = shown.partition("by hand")
    assert "3 of 3, 1 failed, " in moving
    assert re.search(r"\d+ per minute, \d:\d\d:\d\d left", moving)
    assert re.search(r"cem: 0 of 12 in", moving) and not re.search(r"(ann|ben): 0 of 12 in", moving)
    assert all(name in table for name in ("ann", "ben", "cem"))


def on_a_terminal(given: list[str]) -> str:
    """All that the command writes to a terminal of 120 columns."""
    master, slave = pty.openpty()
    environ = {**os.environ, "PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "120"}
    program = [sys.executable, "-c", "from autograder.cli import main; main()", *given]
    with subprocess.Popen(program, stdin=slave, stdout=slave, stderr=slave, env=environ) as process:
        os.close(slave)
        written = b""
        try:
            while part := os.read(master, 1 << 16):
                written += part
        except OSError:  # how Linux says that nobody writes any more
            pass
        finally:
            os.close(master)
    assert process.returncode == 1, written.decode()
    return written.decode()
