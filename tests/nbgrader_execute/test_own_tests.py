"""nbgrader's own tests of autograde, validate and feedback, from its installed wheel, with the engine in the place of its Execute."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from xml.etree import ElementTree

import pytest

MODULES = (
    "apps.test_nbgrader_autograde",
    "apps.test_nbgrader_validate",
    "apps.test_nbgrader_generate_feedback",
    "apps.test_nbgrader_releasefeedback",
    "test_validator",
)
SKIPPED = {"test_many_students", "test_infinite_loop_with_output"}
"""nbgrader skips them itself, here as everywhere: "takes too long"."""
EXCEPTIONS: dict[str, str] = {}
"""Tests that pass with nbgrader's own Execute and not with the engine, with the reason. There is none."""
TESTS, RUNS = 143, 120
"""How many tests there are at least, and how many notebooks they let the engine run."""
CONFIG = """
from autograder import nbgrader_execute as engine
engine.use_engine(get_config())
run = engine.ConfinedExecute._run
if run.__name__ == "_run":
    def counted(self, *args):
        with open({counter!r}, "a") as file:
            file.write("x")
        return run(self, *args)
    engine.ConfinedExecute._run = counted
"""


@pytest.mark.long
def test_nbgraders_own_tests_pass_with_the_engine(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    counter, report = tmp_path / "counter", tmp_path / "report.xml"
    (tmp_path / "config" / "nbgrader_config.py").write_text(CONFIG.format(counter=str(counter)))
    (tmp_path / "pytest.ini").write_text("[pytest]\n")
    environ = {**os.environ, "JUPYTER_CONFIG_DIR": str(tmp_path / "config"), "PYTHONPATH": str(Path(__file__).parents[2])}
    environ.pop("PYTEST_ADDOPTS", None)
    program = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:cacheprovider",
        "-n",
        "2",
        "-c",
        "pytest.ini",
        f"--junitxml={report}",
        "--pyargs",
    ]
    done = subprocess.run(
        [*program, *(f"nbgrader.tests.{module}" for module in MODULES)],
        cwd=tmp_path,
        env=environ,
        capture_output=True,
        text=True,
        check=False,
        timeout=3000,
    )
    ended = [(case.get("name", ""), case[0].tag if len(case) else "passed") for case in ElementTree.parse(report).iter("testcase")]
    assert len(ended) >= TESTS, done.stdout[-3000:]
    assert {name for name, end in ended if end == "skipped"} == SKIPPED
    failed = {name for name, end in ended if end in ("failure", "error")}
    assert failed == set(EXCEPTIONS), done.stdout[-5000:]
    assert len(counter.read_text()) >= RUNS
